/* SPDX-License-Identifier: Apache-2.0 */
/* What a message to the CA says, and who says it. */
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "ca_inside.h"
#include "cert.h"
#include "pki_status.h"
#include "protect.h"

void ca_check(bool good)
{
    if (!good) {
        abort();
    }
}

uint32_t ca_read_verdict(const struct lwcmp_message *m,
                         const struct ca_cert *cert)
{
    struct lwcmp_bytes in = m->content;
    struct lwcmp_bytes hash;
    struct lwcmp_bytes b;
    int err = lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &in);

    if (err || in.n == 0) {
        return LWCMP_PKI_REJECTION;
    }
    err |= lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &in);
    err |= lwcmp_der_take(&in, LWCMP_DER_OCTET_STRING, &hash);
    err |= lwcmp_der_take(&in, LWCMP_DER_INTEGER, &b);
    err |= lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &in);
    err |= lwcmp_der_take(&in, LWCMP_DER_INTEGER, &b);
    ca_check(err == 0);
    return lwcmp_bytes_are(&hash, cert->hash, sizeof cert->hash)
               ? lwcmp_der_number(&b)
               : LWCMP_PKI_LAST;
}

#if LWCMP_WITH_P10CR
/* A p10cr is number -1. */
int ca_read_answer(const struct ca *ca, const struct lwcmp_bytes *content,
                   struct lwcmp_response *response)
{
    return lwcmp_body_cert_read_of(
        content, response, ca->peer.asked == LWCMP_BODY_P10CR ? 0xff : 0);
}
#else
int ca_read_answer(const struct ca *ca, const struct lwcmp_bytes *content,
                   struct lwcmp_response *response)
{
    (void)ca;
    return lwcmp_body_cert_read(content, response);
}
#endif

/* Whose key it was: that of a certificate along with it, or of its asker. */
static uint32_t find_signer(struct ca *ca, const struct lwcmp_message *m)
{
    struct ca_transaction *t = ca_find(ca, m->transaction_id.p);
    struct lwcmp_bytes row = m->extra_certs;
    struct lwcmp_bytes der;
    struct lwcmp_cert cert;

    if (!lwcmp_cert_next(&row, &der)) {
        return t != NULL ? t->asker : 0;
    }
    ca_check(lwcmp_cert_read(&der, &cert) == 0);
    return lwcmp_der_number(&cert.serial);
}

bool ca_authenticate(struct ca *ca, const struct lwcmp_message *m,
                     uint32_t *asker)
{
    struct lwcmp_prot_alg alg;
    struct ca_cert *cert;
    lwcmp_key key = 0;
    uint32_t done = 0;
    int err;

    ca_check(lwcmp_prot_alg_read(&m->protection_alg, &alg) == 0);
    ca->peer.sign = alg.kind == LWCMP_PROT_SIG;
    if (alg.kind == LWCMP_PROT_MAC) {
        *asker = 0;
        do {
            ca_check(lwcmp_crypto_pbm(&alg.pbm, CA_SECRET, &key, &done) == 0);
        } while (done < alg.pbm.iterations);
    } else {
        *asker = find_signer(ca, m);
        cert = ca_cert(ca, *asker);
        if (cert == NULL) {
            return false;
        }
        ca_check(lwcmp_crypto_public_import(
                     (struct lwcmp_bytes){cert->spki, sizeof cert->spki},
                     alg.sig, &key) == 0);
    }
    err = lwcmp_protect_check(m, &alg, key);
    (void)lwcmp_crypto_key_destroy(key);
    return err == 0;
}
