/* SPDX-License-Identifier: Apache-2.0 */
#include "pki_header.h"

#include "cert.h"

#define PVNO_CMP2000 2
#define PVNO_CMP2021 3

/*
 * GeneralName ::= CHOICE { ..., directoryName [4] Name, ... }
 * Name is itself a CHOICE, so the tag is explicit. Without a name it is the
 * one of a shared secret: its reference number as commonName (RFC 9483 3.1).
 */
static void put_sender(struct lwcmp_der_out *o,
                       const struct lwcmp_pki_header *h)
{
    lwcmp_der_open(o, LWCMP_DER_CTX(4));
    if (h->sender->n > 0) {
        lwcmp_der_put_raw(o, h->sender->p, h->sender->n);
    } else {
        lwcmp_der_open_sequence(o);
        lwcmp_der_open(o, LWCMP_DER_SET);
        lwcmp_der_open_sequence(o);
        lwcmp_oid_put(o, lwcmp_oid_common_name);
        lwcmp_der_put(o, LWCMP_DER_UTF8_STRING, h->sender_kid->p,
                      h->sender_kid->n);
        lwcmp_der_close(o);
        lwcmp_der_close(o);
        lwcmp_der_close(o);
    }
    lwcmp_der_close(o);
}

/* [n] EXPLICIT OCTET STRING OPTIONAL */
static void put_octets(struct lwcmp_der_out *o, uint8_t n,
                       const struct lwcmp_bytes *octets)
{
    if (octets->n > 0) {
        lwcmp_der_open(o, LWCMP_DER_CTX(n));
        lwcmp_der_put(o, LWCMP_DER_OCTET_STRING, octets->p, octets->n);
        lwcmp_der_close(o);
    }
}

/*
 * generalInfo [8] SEQUENCE SIZE (1..MAX) OF InfoTypeAndValue
 * Just id-it-implicitConfirm, 1.3.6.1.5.5.7.4.13, with its value NULL
 * (RFC 9810 5.1.1.1), as it is sent.
 */
static const uint8_t implicit_confirm[] = {0xa8, 0x10, 0x30, 0x0e, 0x30, 0x0c,
                                           0x06, 0x08, 0x2b, 0x06, 0x01, 0x05,
                                           0x05, 0x07, 0x04, 0x0d, 0x05, 0x00};

/* The OID in it, with its length in front. */
#define IMPLICIT_CONFIRM (implicit_confirm + 7)

#if LWCMP_WITH_CERT_PROFILE
/*
 * The element of generalInfo without the tags around it, and
 *
 * CertProfileValue ::= SEQUENCE SIZE (1..MAX) OF UTF8String -- 9810 5.1.1.4
 *
 * of id-it-certProfile, 1.3.6.1.5.5.7.4.21: exactly one (RFC 9483 3.1).
 */
static void put_general_info(struct lwcmp_der_out *o,
                             const struct lwcmp_pki_header *h)
{
    static const uint8_t cert_profile[] = {0x06, 0x08, 0x2b, 0x06, 0x01,
                                           0x05, 0x05, 0x07, 0x04, 0x15};

    if (!h->implicit_confirm && h->profile.n == 0) {
        return;
    }
    lwcmp_der_open(o, LWCMP_DER_CTX(8));
    lwcmp_der_open_sequence(o);
    if (h->implicit_confirm) {
        lwcmp_der_put_raw(o, implicit_confirm + 4, sizeof implicit_confirm - 4);
    }
    if (h->profile.n > 0) {
        lwcmp_der_open_sequence(o);
        lwcmp_der_put_raw(o, cert_profile, sizeof cert_profile);
        lwcmp_der_open_sequence(o);
        lwcmp_der_put(o, LWCMP_DER_UTF8_STRING, h->profile.p, h->profile.n);
        lwcmp_der_close(o);
        lwcmp_der_close(o);
    }
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}
#else
static void put_general_info(struct lwcmp_der_out *o,
                             const struct lwcmp_pki_header *h)
{
    if (h->implicit_confirm) {
        lwcmp_der_put_raw(o, implicit_confirm, sizeof implicit_confirm);
    }
}
#endif

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
    lwcmp_der_open_sequence(o);
    lwcmp_der_put_int(o, lwcmp_pki_header_cmp2021(h) ? PVNO_CMP2021
                                                     : PVNO_CMP2000);
    put_sender(o, h);
    lwcmp_der_put(o, LWCMP_DER_CTX(4), h->recipient->p, h->recipient->n);
    lwcmp_der_open(o, LWCMP_DER_CTX(1));
    lwcmp_prot_alg_put(o, h->protection);
    lwcmp_der_close(o);
    put_octets(o, 2, h->sender_kid);
    put_octets(o, 4, &h->transaction_id);
    put_octets(o, 5, &h->sender_nonce);
    put_octets(o, 6, &h->recip_nonce);
    put_general_info(o, h);
    lwcmp_der_close(o);
}

/* [0] to [8], of which [0], [3], [4] and [5] are constructed. */
static bool is_general_name(uint8_t tag)
{
    unsigned n = tag & 0x1fu;

    return n <= 8 && tag == (0x80u | n | (0x39u >> n & 1u) << 5);
}

/* Only a directoryName is of use; any other kind of name counts as none. */
static int read_name(struct lwcmp_bytes *name)
{
    uint8_t tag = name->p[0];

    if (tag == LWCMP_DER_CTX(4)) {
        (void)lwcmp_der_take(name, tag, name);
        return lwcmp_cert_check_name(name);
    }
    name->p = NULL;
    name->n = 0;
    return is_general_name(tag) ? 0 : LWCMP_ERR_SYNTAX;
}

/*
 * InfoTypeAndValue ::= SEQUENCE {
 *     infoType   OBJECT IDENTIFIER,
 *     infoValue  ANY DEFINED BY infoType OPTIONAL }
 *
 * What we do not know is ignored (RFC 9483 3.5). implicitConfirm has the
 * value NULL; nothing is taken for it. An AlgorithmIdentifier looks the same.
 */
static int read_infos(struct lwcmp_bytes infos, bool *granted)
{
    struct lwcmp_alg_id info;
    struct lwcmp_bytes der;
    int err;

    do {
        err = lwcmp_der_take_whole(&infos, LWCMP_DER_SEQUENCE, &der);
        if (err == 0) {
            err = lwcmp_alg_read(&der, &info);
        }
        if (err == 0 && lwcmp_oid_is(&info.oid, IMPLICIT_CONFIRM)) {
            *granted = true;
            err =
                info.parameters.n > 0 && info.parameters.p[0] != LWCMP_DER_NULL
                    ? LWCMP_ERR_SYNTAX
                    : 0;
        }
    } while (err == 0 && infos.n > 0);
    return err;
}

int lwcmp_pki_header_read(const struct lwcmp_bytes *der,
                          struct lwcmp_message *m)
{
#define AT(field) offsetof(struct lwcmp_message, field)
    static const struct lwcmp_der_field header[] = {
        {LWCMP_DER_INTEGER, 0, 0, AT(pvno)},
        {LWCMP_DER_ANY, 0, LWCMP_DER_WHOLE, AT(sender)},
        {LWCMP_DER_ANY, 0, LWCMP_DER_WHOLE, AT(recipient)},
        {LWCMP_DER_CTX(0), LWCMP_DER_GENERALIZED_TIME, LWCMP_DER_OPTIONAL,
         AT(message_time)},
        {LWCMP_DER_CTX(1), LWCMP_DER_SEQUENCE,
         LWCMP_DER_OPTIONAL | LWCMP_DER_WHOLE, AT(protection_alg)},
        {LWCMP_DER_CTX(2), LWCMP_DER_OCTET_STRING, LWCMP_DER_OPTIONAL,
         AT(sender_kid)},
        {LWCMP_DER_CTX(3), LWCMP_DER_OCTET_STRING, LWCMP_DER_OPTIONAL,
         LWCMP_DER_IGNORED},
        {LWCMP_DER_CTX(4), LWCMP_DER_OCTET_STRING, LWCMP_DER_OPTIONAL,
         AT(transaction_id)},
        {LWCMP_DER_CTX(5), LWCMP_DER_OCTET_STRING, LWCMP_DER_OPTIONAL,
         AT(sender_nonce)},
        {LWCMP_DER_CTX(6), LWCMP_DER_OCTET_STRING, LWCMP_DER_OPTIONAL,
         AT(recip_nonce)},
        {LWCMP_DER_CTX(7), LWCMP_DER_SEQUENCE, LWCMP_DER_OPTIONAL,
         LWCMP_DER_IGNORED},
        {LWCMP_DER_CTX(8), LWCMP_DER_SEQUENCE,
         LWCMP_DER_OPTIONAL | LWCMP_DER_LAST, AT(general_info)},
    };
    int err = lwcmp_der_read(der, header, m);

    if (err == 0) {
        err = read_name(&m->sender);
    }
    if (err == 0) {
        err = read_name(&m->recipient);
    }
    if (err == 0 && m->general_info.p != NULL) {
        err = read_infos(m->general_info, &m->implicit_confirm);
    }
    return err;
}
