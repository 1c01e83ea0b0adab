/* SPDX-License-Identifier: Apache-2.0 */
/* What comes encrypted, and a certificate that does (RFC 9810 5.2.8.3.2). */
#include "cms.h"
#include "engine_cms.h"

#if LWCMP_WITH_CMS
int lwcmp_engine_check_wrapped(struct lwcmp *c)
{
    const struct lwcmp_response *answer = &c->answer;
    bool key_fits = lwcmp_engine_is_central(c->request)
                        ? answer->private_key.n > 0
                        : answer->private_key.p == NULL;
    bool cert = answer->encrypted_cert.n > 0;

    if (!key_fits || (cert && !lwcmp_engine_is_encrypted(c->request))) {
        return LWCMP_ERR_STATUS;
    }
    if (cert) {
        c->state = LWCMP_AT_OPEN_CERT;
    }
    return 0;
}
#endif

#if LWCMP_WITH_ENCRYPTED_CERT
/*
 * Only the key that was asked for opens it. What does not decrypt has no hash
 * to turn it down by: there is nothing to say then (RFC 9810 8.2).
 */
int lwcmp_at_open_cert(struct lwcmp *c)
{
    const struct lwcmp_bytes *in = &c->answer.encrypted_cert;
    struct lwcmp_cms_opener opener = {c->config->key_slot[c->slot], 0};
    uint8_t *p = c->config->buffer + (in->p - c->config->buffer);
    struct lwcmp_cms_content content;
    int err = lwcmp_cms_open(p, in->n, &opener, &content);

    if (err == 0) {
        c->answer.certificate = content.data;
    }
    c->state = LWCMP_AT_ANCHORS;
    return err;
}
#endif
