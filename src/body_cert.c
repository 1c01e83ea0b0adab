/* SPDX-License-Identifier: Apache-2.0 */
#include "body_cert.h"

#include <string.h>

#include "body_pair.h"

#if LWCMP_WITH_CMS
static int read_key_pair(const struct lwcmp_bytes *der,
                         struct lwcmp_response *answer)
{
    return lwcmp_body_pair_read(der, answer);
}
#else
/*
 * CertifiedKeyPair ::= SEQUENCE {
 *     certOrEncCert    CHOICE {
 *         certificate    [0] CMPCertificate,
 *         encryptedCert  [1] EncryptedKey },
 *     privateKey       [0] EncryptedKey        OPTIONAL,
 *     publicationInfo  [1] PKIPublicationInfo  OPTIONAL }
 *
 * We made the key ourselves, so nobody has a private key to send us.
 */
static int read_key_pair(const struct lwcmp_bytes *der,
                         struct lwcmp_response *answer)
{
    struct pair {
        struct lwcmp_bytes certificate, private_key;
    } pair;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_CTX(0), LWCMP_DER_SEQUENCE, LWCMP_DER_WHOLE,
         offsetof(struct pair, certificate)},
        {LWCMP_DER_CTX(0), 0, LWCMP_DER_OPTIONAL,
         offsetof(struct pair, private_key)},
        {LWCMP_DER_CTX(1), 0, LWCMP_DER_OPTIONAL | LWCMP_DER_LAST,
         LWCMP_DER_IGNORED},
    };
    int err = lwcmp_der_read(der, fields, &pair);

    answer->certificate = pair.certificate;
    return err == 0 && pair.private_key.p != NULL ? LWCMP_ERR_STATUS : err;
}
#endif

/* failInfo only with rejection, a certificate only and always if granted. */
static int check_status(const struct lwcmp_response *answer)
{
    bool granted = answer->status.status <= LWCMP_PKI_GRANTED_WITH_MODS;

    return granted == lwcmp_body_has_cert(answer) &&
                   (answer->status.fail_info == 0 ||
                    answer->status.status == LWCMP_PKI_REJECTION)
               ? 0
               : LWCMP_ERR_STATUS;
}

/*
 * CertResponse ::= SEQUENCE {
 *     certReqId         INTEGER,
 *     status            PKIStatusInfo,
 *     certifiedKeyPair  CertifiedKeyPair  OPTIONAL,
 *     rspInfo           OCTET STRING      OPTIONAL }
 */
static int read_response(const struct lwcmp_bytes *der,
                         struct lwcmp_response *answer, uint8_t id)
{
    struct response {
        struct lwcmp_bytes cert_req_id, status, key_pair;
    } response;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_INTEGER, 0, 0, offsetof(struct response, cert_req_id)},
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE,
         offsetof(struct response, status)},
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_OPTIONAL | LWCMP_DER_WHOLE,
         offsetof(struct response, key_pair)},
        {LWCMP_DER_OCTET_STRING, 0, LWCMP_DER_OPTIONAL | LWCMP_DER_LAST,
         LWCMP_DER_IGNORED},
    };
    int err = lwcmp_der_read(der, fields, &response);

    if (err == 0) {
        err = lwcmp_pki_status_read(&response.status, &answer->status);
    }
    if (err == 0 && response.key_pair.p != NULL) {
        err = read_key_pair(&response.key_pair, answer);
    }
    if (err) {
        return err;
    }
    return response.cert_req_id.n == 1 && response.cert_req_id.p[0] == id
               ? check_status(answer)
               : LWCMP_ERR_CERT_REQ_ID;
}

/*
 * CertRepMessage ::= SEQUENCE {
 *     caPubs    [1] SEQUENCE SIZE (1..MAX) OF CMPCertificate OPTIONAL,
 *     response  SEQUENCE OF CertResponse }
 * RFC 9483 4.1.1: exactly one response.
 */
static int read_message(const struct lwcmp_bytes *content,
                        struct lwcmp_response *answer, uint8_t id)
{
    struct message {
        struct lwcmp_bytes ca_pubs, response;
    } message;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_CTX(1), LWCMP_DER_SEQUENCE, LWCMP_DER_OPTIONAL,
         offsetof(struct message, ca_pubs)},
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_LAST,
         offsetof(struct message, response)},
    };
    int err = lwcmp_der_read(content, fields, &message);

    memset(answer, 0, sizeof *answer);
    if (err == 0) {
        err = lwcmp_pki_check_row(message.ca_pubs);
    }
    answer->ca_pubs = message.ca_pubs;
    return err ? err : read_response(&message.response, answer, id);
}

#if LWCMP_WITH_P10CR
int lwcmp_body_cert_read_of(const struct lwcmp_bytes *content,
                            struct lwcmp_response *answer, uint8_t id)
{
    return read_message(content, answer, id);
}
#else
int lwcmp_body_cert_read(const struct lwcmp_bytes *content,
                         struct lwcmp_response *answer)
{
    return read_message(content, answer, 0);
}
#endif

#if LWCMP_WITH_RECOVERY
int lwcmp_body_cert_read_pair(const struct lwcmp_bytes *der,
                              struct lwcmp_response *answer)
{
    int err = der->p != NULL ? read_key_pair(der, answer) : 0;

    return err ? err : check_status(answer);
}
#endif
