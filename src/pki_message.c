/* SPDX-License-Identifier: Apache-2.0 */
#include "pki_message.h"

#include <string.h>

/* SEQUENCE SIZE (1..MAX) OF CMPCertificate */
int lwcmp_pki_check_row(struct lwcmp_bytes row)
{
    struct lwcmp_bytes der;
    int err;

    if (row.p == NULL) {
        return 0;
    }
    do {
        err = lwcmp_der_take(&row, LWCMP_DER_SEQUENCE, &der);
    } while (err == 0 && row.n > 0);
    return err;
}

/* The offsets in a table of fields are octets. */
typedef char message_fits[sizeof(struct lwcmp_message) < 256 ? 1 : -1];

/*
 * PKIMessage ::= SEQUENCE {                        -- RFC 9810 5.1
 *     header      PKIHeader,
 *     body        PKIBody,
 *     protection  [0] PKIProtection OPTIONAL,      -- BIT STRING
 *     extraCerts  [1] SEQUENCE SIZE (1..MAX) OF CMPCertificate OPTIONAL }
 *
 * PKIBody ::= CHOICE { ir [0] CertReqMessages, ... }, tags explicit
 */
static const struct lwcmp_der_field message[] = {
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE,
     offsetof(struct lwcmp_message, covered)},
    {LWCMP_DER_ANY, LWCMP_DER_ANY, LWCMP_DER_WHOLE,
     offsetof(struct lwcmp_message, content)},
    {LWCMP_DER_CTX(0), LWCMP_DER_BIT_STRING, LWCMP_DER_OPTIONAL,
     offsetof(struct lwcmp_message, protection)},
    {LWCMP_DER_CTX(1), LWCMP_DER_SEQUENCE, LWCMP_DER_OPTIONAL | LWCMP_DER_LAST,
     offsetof(struct lwcmp_message, extra_certs)},
};

/*
 * The protected part is the header, which is read first, and the body behind
 * it, whose tag says what it is.
 */
int lwcmp_pki_message_read(const struct lwcmp_bytes *der,
                           struct lwcmp_message *m)
{
    int err;

    memset(m, 0, sizeof *m);
    err = lwcmp_der_read(der, message, m);
    if (err == 0) {
        err = lwcmp_pki_header_read(&m->covered, m);
    }
    if (err) {
        return err;
    }
    m->type = (uint8_t)(m->covered.p[m->covered.n] - LWCMP_DER_CTX(0));
    m->covered.n = (size_t)(m->content.p + m->content.n - m->covered.p);
    if (m->type > LWCMP_BODY_LAST) {
        return LWCMP_ERR_SYNTAX;
    }
    if (m->protection.p != NULL) {
        err = lwcmp_der_octets(&m->protection);
    }
    return err ? err : lwcmp_pki_check_row(m->extra_certs);
}
