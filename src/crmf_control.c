/* SPDX-License-Identifier: Apache-2.0 */
#include "crmf_control.h"

#include "cms_put.h"

#if LWCMP_WITH_ARCHIVE || LWCMP_WITH_RECOVERY
/* id-regCtrl: RFC 4211 6 */
enum control {
    ARCHIVE_OPTIONS = 4,
    PROTOCOL_ENCR_KEY = 6
};

/*
 * AttributeTypeAndValue ::= SEQUENCE {             -- RFC 4211 3
 *     type   OBJECT IDENTIFIER,
 *     value  ANY }
 */
static void open_control(struct lwcmp_der_out *o, enum control control)
{
    const uint8_t oid[] = {9,    0x2b, 0x06, 0x01, 0x05,
                           0x05, 0x07, 0x05, 0x01, (uint8_t)control};

    lwcmp_der_open_sequence(o);
    lwcmp_oid_put(o, oid);
}
#endif

#if LWCMP_WITH_ARCHIVE
/*
 * PKIArchiveOptions ::= CHOICE {                   -- RFC 4211 6.4
 *     encryptedPrivKey  [0] EncryptedKey, ... }
 * The tag is explicit, since EncryptedKey is a CHOICE. Content of the envelope
 * is an EncKeyWithID, always; its identifier should be there where the CA
 * reads the key (RFC 4211 4.2.1), so that nobody can ask for the key of another
 * by a request around the envelope. It is the subject.
 */
static void put_archive(struct lwcmp_der_out *o, const struct lwcmp_crmf *crmf)
{
    struct lwcmp_cert cert;
    int err = lwcmp_cert_read(crmf->archive, &cert);

    if (err) {
        lwcmp_der_out_fail(o, err);
        return;
    }
    open_control(o, ARCHIVE_OPTIONS);
    lwcmp_der_open(o, LWCMP_DER_CTX(0));
    lwcmp_cms_put_key(o, crmf->key, crmf->subject, &cert);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}
#else
static inline void put_archive(struct lwcmp_der_out *o,
                               const struct lwcmp_crmf *crmf)
{
    (void)o;
    (void)crmf;
}
#endif

#if LWCMP_WITH_RECOVERY
/*
 * id-regCtrl-protocolEncrKey: SubjectPublicKeyInfo     -- RFC 4211 6.6
 * Who wants keys back has to say so (RFC 9810 5.3.7). Under a secret there is
 * no such key, and the secret takes its place (RFC 9810 5.2.2).
 */
static void put_encr_key(struct lwcmp_der_out *o, const struct lwcmp_crmf *crmf)
{
    open_control(o, PROTOCOL_ENCR_KEY);
    lwcmp_der_put_raw(o, crmf->answer->p, crmf->answer->n);
    lwcmp_der_close(o);
}
#else
static inline void put_encr_key(struct lwcmp_der_out *o,
                                const struct lwcmp_crmf *crmf)
{
    (void)o;
    (void)crmf;
}
#endif

#if LWCMP_WITH_ARCHIVE || LWCMP_WITH_RECOVERY
void lwcmp_crmf_put_control(struct lwcmp_der_out *o,
                            const struct lwcmp_crmf *crmf)
{
    if (lwcmp_crmf_is_archived(crmf)) {
        put_archive(o, crmf);
    }
    if (lwcmp_crmf_wants_keys(crmf)) {
        put_encr_key(o, crmf);
    }
}
#endif
