/* SPDX-License-Identifier: Apache-2.0 */
#include "pki_header.h"

#include <string.h>

#include "cert.h"

#define PVNO_CMP2000 2 /* cmp2021 only where its syntax is needed */

/*
 * GeneralName ::= CHOICE { ..., directoryName [4] Name, ... }
 * Name is itself a CHOICE, so the tag is explicit. Without a name the one of
 * a shared secret: its reference number as commonName (RFC 9483 3.1).
 */
static void put_name(struct lwcmp_der_out *o, struct lwcmp_bytes name,
                     struct lwcmp_bytes common_name)
{
    size_t directory = lwcmp_der_open(o, LWCMP_DER_CTX(4));
    size_t rdns;

    if (name.n > 0) {
        lwcmp_der_put_raw(o, name);
    } else {
        rdns = lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
        if (common_name.n > 0) {
            size_t set = lwcmp_der_open(o, LWCMP_DER_SET);
            size_t seq = lwcmp_der_open(o, LWCMP_DER_SEQUENCE);

            lwcmp_oid_put(o, lwcmp_oid_common_name);
            lwcmp_der_put(o, LWCMP_DER_UTF8_STRING, common_name);
            lwcmp_der_close(o, seq);
            lwcmp_der_close(o, set);
        }
        lwcmp_der_close(o, rdns);
    }
    lwcmp_der_close(o, directory);
}

/* [n] EXPLICIT OCTET STRING OPTIONAL */
static void put_octets(struct lwcmp_der_out *o, uint8_t n,
                       struct lwcmp_bytes octets)
{
    size_t tagged;

    if (octets.n > 0) {
        tagged = lwcmp_der_open(o, LWCMP_DER_CTX(n));
        lwcmp_der_put(o, LWCMP_DER_OCTET_STRING, octets);
        lwcmp_der_close(o, tagged);
    }
}

/*
 * generalInfo [8] SEQUENCE SIZE (1..MAX) OF InfoTypeAndValue
 * id-it-implicitConfirm has the value NULL (RFC 9810 5.1.1.1).
 */
static void put_implicit_confirm(struct lwcmp_der_out *o)
{
    size_t tagged = lwcmp_der_open(o, LWCMP_DER_CTX(8));
    size_t infos = lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    size_t info = lwcmp_der_open(o, LWCMP_DER_SEQUENCE);

    lwcmp_oid_put(o, lwcmp_oid_implicit_confirm);
    lwcmp_der_put(o, LWCMP_DER_NULL, (struct lwcmp_bytes){NULL, 0});
    lwcmp_der_close(o, info);
    lwcmp_der_close(o, infos);
    lwcmp_der_close(o, tagged);
}

/*
 * PKIHeader ::= SEQUENCE {                         -- RFC 9810 5.1.1
 *     pvno           INTEGER { cmp1999(1), cmp2000(2), cmp2021(3) },
 *     sender         GeneralName,
 *     recipient      GeneralName,
 *     messageTime    [0] GeneralizedTime                OPTIONAL,
 *     protectionAlg  [1] AlgorithmIdentifier            OPTIONAL,
 *     senderKID      [2] KeyIdentifier                  OPTIONAL,
 *     recipKID       [3] KeyIdentifier                  OPTIONAL,
 *     transactionID  [4] OCTET STRING                   OPTIONAL,
 *     senderNonce    [5] OCTET STRING                   OPTIONAL,
 *     recipNonce     [6] OCTET STRING                   OPTIONAL,
 *     freeText       [7] PKIFreeText                    OPTIONAL,
 *     generalInfo    [8] SEQUENCE SIZE (1..MAX) OF
 *                        InfoTypeAndValue               OPTIONAL }
 * All tags are explicit.
 */
void lwcmp_pki_header_put(struct lwcmp_der_out *o,
                          const struct lwcmp_pki_header *h)
{
    static const struct lwcmp_bytes absent;
    size_t seq = lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    size_t tagged;

    lwcmp_der_put_int(o, PVNO_CMP2000);
    put_name(o, h->sender, h->sender_kid);
    put_name(o, h->recipient, absent);
    tagged = lwcmp_der_open(o, LWCMP_DER_CTX(1));
    lwcmp_prot_alg_put(o, h->protection);
    lwcmp_der_close(o, tagged);
    put_octets(o, 2, h->sender_kid);
    put_octets(o, 4, h->transaction_id);
    put_octets(o, 5, h->sender_nonce);
    put_octets(o, 6, h->recip_nonce);
    if (h->implicit_confirm) {
        put_implicit_confirm(o);
    }
    lwcmp_der_close(o, seq);
}

/* [0] to [8], of which [0], [3], [4] and [5] are constructed. */
static bool is_general_name(uint8_t tag)
{
    unsigned n = tag & 0x1fu;

    return n <= 8 && tag == (0x80u | n | (0x39u >> n & 1u) << 5);
}

/* Only a directoryName is of use; any other kind of name counts as none. */
static void get_name(struct lwcmp_der_in *in, struct lwcmp_bytes *name)
{
    struct lwcmp_der_in directory;
    struct lwcmp_bytes other;

    if (lwcmp_der_enter_if(in, LWCMP_DER_CTX(4), &directory)) {
        lwcmp_der_get_whole(&directory, LWCMP_DER_SEQUENCE, name);
        lwcmp_der_finish(&directory);
        lwcmp_cert_check_name(in, *name);
        return;
    }
    lwcmp_der_get_any(in, &other);
    if (other.n == 0 || !is_general_name(other.p[0])) {
        lwcmp_der_fail(in, LWCMP_ERR_SYNTAX);
    }
}

/*
 * InfoTypeAndValue ::= SEQUENCE {
 *     infoType   OBJECT IDENTIFIER,
 *     infoValue  ANY DEFINED BY infoType OPTIONAL }
 *
 * What we do not know is ignored (RFC 9483 3.5). implicitConfirm has the
 * value NULL; nothing is taken for it.
 */
static void get_info(struct lwcmp_der_in *infos, bool *implicit_confirm)
{
    struct lwcmp_der_in info;
    struct lwcmp_bytes oid;
    struct lwcmp_bytes value;

    lwcmp_der_enter(infos, LWCMP_DER_SEQUENCE, &info);
    lwcmp_der_get(&info, LWCMP_DER_OID, &oid);
    if (lwcmp_oid_is(oid, lwcmp_oid_implicit_confirm)) {
        *implicit_confirm = true;
        lwcmp_der_skip_if(&info, LWCMP_DER_NULL);
    } else if (lwcmp_der_more(&info)) {
        lwcmp_der_get_any(&info, &value);
    }
    lwcmp_der_finish(&info);
}

/* Tags under the explicit ones of the optional fields, [0] to [8]. */
static const uint8_t optional[] = {
    LWCMP_DER_GENERALIZED_TIME, LWCMP_DER_SEQUENCE,     LWCMP_DER_OCTET_STRING,
    LWCMP_DER_OCTET_STRING,     LWCMP_DER_OCTET_STRING, LWCMP_DER_OCTET_STRING,
    LWCMP_DER_OCTET_STRING,     LWCMP_DER_SEQUENCE,     LWCMP_DER_SEQUENCE,
};

void lwcmp_pki_header_get(struct lwcmp_der_in *in, struct lwcmp_message *m)
{
    struct lwcmp_bytes field[sizeof optional];
    struct lwcmp_der_in h;
    struct lwcmp_der_in tagged;

    memset(field, 0, sizeof field);
    lwcmp_der_enter(in, LWCMP_DER_SEQUENCE, &h);
    lwcmp_der_get_int(&h, &m->pvno);
    get_name(&h, &m->sender);
    get_name(&h, &field[0]); /* recipient: whoever that is */
    for (uint8_t i = 0; i < sizeof optional; i++) {
        if (lwcmp_der_enter_if(&h, LWCMP_DER_CTX(i), &tagged)) {
            if (i == 1) {
                m->protection_alg = (struct lwcmp_bytes){tagged.p, tagged.n};
            }
            lwcmp_der_get(&tagged, optional[i], &field[i]);
            lwcmp_der_finish(&tagged);
        }
    }
    lwcmp_der_finish(&h);
    m->sender_kid = field[2];
    m->transaction_id = field[4];
    m->sender_nonce = field[5];
    m->recip_nonce = field[6];
    if (field[8].p != NULL) {
        lwcmp_der_in_init(&h, field[8], in->err);
        do {
            get_info(&h, &m->implicit_confirm);
        } while (lwcmp_der_more(&h));
    }
}
