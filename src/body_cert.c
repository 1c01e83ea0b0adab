/* SPDX-License-Identifier: Apache-2.0 */
#include "body_cert.h"

#include <string.h>

static void get_certificate(struct lwcmp_der_in *in, struct lwcmp_bytes *der)
{
    lwcmp_der_get_whole(in, LWCMP_DER_SEQUENCE, der);
    lwcmp_der_finish(in);
}

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
static void get_key_pair(struct lwcmp_der_in *in, struct lwcmp_bytes *der)
{
    struct lwcmp_der_in pair;
    struct lwcmp_der_in tagged;

    lwcmp_der_enter(in, LWCMP_DER_SEQUENCE, &pair);
    lwcmp_der_enter(&pair, LWCMP_DER_CTX(0), &tagged);
    get_certificate(&tagged, der);
    if (lwcmp_der_next_is(&pair, LWCMP_DER_CTX(0))) {
        lwcmp_der_fail(in, LWCMP_ERR_STATUS);
    }
    lwcmp_der_skip_if(&pair, LWCMP_DER_CTX(1));
    lwcmp_der_finish(&pair);
}

/*
 * CertResponse ::= SEQUENCE {
 *     certReqId         INTEGER,
 *     status            PKIStatusInfo,
 *     certifiedKeyPair  CertifiedKeyPair  OPTIONAL,
 *     rspInfo           OCTET STRING      OPTIONAL }
 */
static void get_response(struct lwcmp_der_in *in,
                         struct lwcmp_cert_answer *answer)
{
    struct lwcmp_der_in response;
    int32_t cert_req_id;

    lwcmp_der_enter(in, LWCMP_DER_SEQUENCE, &response);
    lwcmp_der_get_int(&response, &cert_req_id);
    if (cert_req_id != 0) {
        lwcmp_der_fail(in, LWCMP_ERR_CERT_REQ_ID);
    }
    lwcmp_pki_status_get(&response, &answer->status);
    if (lwcmp_der_next_is(&response, LWCMP_DER_SEQUENCE)) {
        get_key_pair(&response, &answer->certificate);
    }
    lwcmp_der_skip_if(&response, LWCMP_DER_OCTET_STRING);
    lwcmp_der_finish(&response);
}

/* failInfo only with rejection, a certificate only and always if granted. */
static bool is_consistent(const struct lwcmp_cert_answer *answer)
{
    bool granted = answer->status.status <= LWCMP_PKI_GRANTED_WITH_MODS;

    return granted == (answer->certificate.n > 0) &&
           (answer->status.fail_info == 0 ||
            answer->status.status == LWCMP_PKI_REJECTION);
}

/*
 * CertRepMessage ::= SEQUENCE {
 *     caPubs    [1] SEQUENCE SIZE (1..MAX) OF CMPCertificate OPTIONAL,
 *     response  SEQUENCE OF CertResponse }
 * RFC 9483 4.1.1: exactly one response.
 */
int lwcmp_body_cert_read(struct lwcmp_bytes content,
                         struct lwcmp_cert_answer *answer)
{
    struct lwcmp_der_in in;
    struct lwcmp_der_in seq;
    struct lwcmp_der_in part;
    int err = 0;

    memset(answer, 0, sizeof *answer);
    lwcmp_der_in_init(&in, content, &err);
    lwcmp_der_enter(&in, LWCMP_DER_SEQUENCE, &seq);
    lwcmp_der_finish(&in);
    if (lwcmp_der_enter_if(&seq, LWCMP_DER_CTX(1), &part)) {
        lwcmp_der_get(&part, LWCMP_DER_SEQUENCE, &answer->ca_pubs);
        lwcmp_der_finish(&part);
        lwcmp_pki_check_row(&seq, answer->ca_pubs);
    }
    lwcmp_der_enter(&seq, LWCMP_DER_SEQUENCE, &part);
    get_response(&part, answer);
    lwcmp_der_finish(&part);
    lwcmp_der_finish(&seq);
    if (err == 0 && !is_consistent(answer)) {
        err = LWCMP_ERR_STATUS;
    }
    return err;
}
