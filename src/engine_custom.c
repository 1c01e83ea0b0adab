/* SPDX-License-Identifier: Apache-2.0 */
#include "engine_custom.h"

#include <string.h>

#include "custom_path.h"

#if LWCMP_WITH_CUSTOM_SIG
int lwcmp_engine_read_alg(struct lwcmp *c)
{
    const struct lwcmp_bytes *der = &c->in.protection_alg;
    const struct lwcmp_custom_sig *custom;
    int err = lwcmp_prot_alg_read(der, &c->peer);

    custom =
        err == LWCMP_ERR_ALGORITHM ? lwcmp_custom_find(c->config, der) : NULL;
    if (custom) {
        memset(&c->peer, 0, sizeof c->peer);
        c->peer.kind = LWCMP_PROT_SIG;
        c->peer.custom = custom;
        err = 0;
    }
    return err;
}

/*
 * A key of the application's stays where the certificate is, in the work
 * buffer, and is good for this answer only.
 */
int lwcmp_engine_take_key(struct lwcmp *c, const struct lwcmp_cert *cert)
{
    if (c->peer.custom == NULL) {
        return lwcmp_crypto_public_import(cert->spki, c->peer.sig,
                                          &c->peer_key);
    }
    return lwcmp_custom_of_spki(c->config, &cert->spki, &c->peer.key) ==
                   c->peer.custom
               ? 0
               : LWCMP_ERR_ALGORITHM;
}

int lwcmp_engine_check_path(struct lwcmp *c)
{
    return lwcmp_custom_path(c->config, c->path, c->path_n, &c->time);
}

enum lwcmp_hash lwcmp_engine_cert_hash(struct lwcmp *c,
                                       const struct lwcmp_cert *cert)
{
    const struct lwcmp_custom_sig *custom = NULL;

    c->hash_alg = LWCMP_HASH_NONE;
    if (cert->sig == LWCMP_SIG_NONE) {
        custom = lwcmp_custom_of_cert(c->config, cert);
    }
    if (custom == NULL) {
        return lwcmp_alg_sig_hash((enum lwcmp_sig)cert->sig);
    }
    if (custom->hash_alg) {
        c->hash_alg = (uint8_t)custom->hash;
    }
    return custom->hash;
}
#endif
