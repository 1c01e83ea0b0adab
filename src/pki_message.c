/* SPDX-License-Identifier: Apache-2.0 */
#include "pki_message.h"

#include <string.h>

void lwcmp_pki_check_row(struct lwcmp_der_in *in, struct lwcmp_bytes row)
{
    struct lwcmp_der_in certs;
    struct lwcmp_bytes der;

    if (row.n == 0) {
        lwcmp_der_fail(in, LWCMP_ERR_SYNTAX); /* SIZE (1..MAX) */
    }
    lwcmp_der_in_init(&certs, row, in->err);
    while (lwcmp_der_more(&certs)) {
        lwcmp_der_get(&certs, LWCMP_DER_SEQUENCE, &der);
    }
}

/* PKIBody ::= CHOICE { ir [0] CertReqMessages, ... }, tags explicit */
static void get_body(struct lwcmp_der_in *in, struct lwcmp_message *m)
{
    struct lwcmp_der_in tagged;

    m->type = lwcmp_der_more(in) ? (uint8_t)(in->p[0] - LWCMP_DER_CTX(0)) : 0;
    if (m->type > LWCMP_BODY_LAST) {
        lwcmp_der_fail(in, LWCMP_ERR_SYNTAX);
    }
    lwcmp_der_enter(in, LWCMP_DER_CTX(m->type), &tagged);
    lwcmp_der_get_any(&tagged, &m->content);
    lwcmp_der_finish(&tagged);
}

/*
 * PKIMessage ::= SEQUENCE {                        -- RFC 9810 5.1
 *     header      PKIHeader,
 *     body        PKIBody,
 *     protection  [0] PKIProtection OPTIONAL,      -- BIT STRING
 *     extraCerts  [1] SEQUENCE SIZE (1..MAX) OF CMPCertificate OPTIONAL }
 */
int lwcmp_pki_message_read(struct lwcmp_bytes der, struct lwcmp_message *m)
{
    struct lwcmp_der_in in;
    struct lwcmp_der_in seq;
    struct lwcmp_der_in part;
    int err = 0;

    memset(m, 0, sizeof *m);
    lwcmp_der_in_init(&in, der, &err);
    lwcmp_der_enter(&in, LWCMP_DER_SEQUENCE, &seq);
    lwcmp_der_finish(&in);

    m->covered.p = seq.p;
    lwcmp_pki_header_get(&seq, m);
    get_body(&seq, m);
    m->covered.n = err ? 0 : (size_t)(seq.p - m->covered.p);

    if (lwcmp_der_enter_if(&seq, LWCMP_DER_CTX(0), &part)) {
        m->has_protection = true;
        lwcmp_der_get_bits(&part, &m->protection);
        lwcmp_der_finish(&part);
    }
    if (lwcmp_der_enter_if(&seq, LWCMP_DER_CTX(1), &part)) {
        lwcmp_der_get(&part, LWCMP_DER_SEQUENCE, &m->extra_certs);
        lwcmp_der_finish(&part);
        lwcmp_pki_check_row(&seq, m->extra_certs);
    }
    lwcmp_der_finish(&seq);
    return err;
}
