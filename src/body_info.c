/* SPDX-License-Identifier: Apache-2.0 */
#include "body_info.h"

#if LWCMP_WITH_GENM

#include <string.h>

#include "alg.h"
#include "bytes.h"

/* id-it, 1.3.6.1.5.5.7.4: all that comes behind it here is one octet. */
static const uint8_t id_it[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x04};

#define CERT_REQ_TEMPLATE 19

/*
 * Questions that are answered under another number, or have a label: both
 * numbers and the label, and a zero, which no number is. The empty one is for
 * all others.
 */
static const char infos[] = "\012\013\0" /* keyPairParamReq, keyPairParamRep */
                            "\021\021getcacerts\0"
                            "\023\023getcertreqtemplate\0"
                            "\024\022getrootupdate\0" /* rootCaKeyUpdate */
                            "\026\027getcrls\0"       /* crlStatusList, crls */
                            "\0\0";

/* n of id-it n, or 0. */
static uint8_t number(const struct lwcmp_bytes *type)
{
    return type->n == sizeof id_it + 1 &&
                   memcmp(type->p, id_it, sizeof id_it) == 0
               ? type->p[sizeof id_it]
               : 0;
}

static const char *find(const struct lwcmp_bytes *type)
{
    const char *info = infos;
    uint8_t n = number(type);

    while (*info != 0 && *info != n) {
        while (*info++ != 0) {
        }
    }
    return info;
}

const char *lwcmp_body_info_label(const struct lwcmp_bytes *type)
{
    return find(type) + 2;
}

bool lwcmp_body_info_is_template(const struct lwcmp_bytes *type)
{
    return number(type) == CERT_REQ_TEMPLATE;
}

/*
 * GenMsgContent ::= SEQUENCE OF InfoTypeAndValue
 * InfoTypeAndValue ::= SEQUENCE {
 *     infoType   OBJECT IDENTIFIER,
 *     infoValue  ANY DEFINED BY infoType OPTIONAL }
 * RFC 9483 4.3: exactly one.
 */
void lwcmp_body_info_put(struct lwcmp_der_out *o,
                         const struct lwcmp_bytes *type,
                         const struct lwcmp_bytes *value)
{
    lwcmp_der_open_sequence(o);
    lwcmp_der_open_sequence(o);
    lwcmp_der_put(o, LWCMP_DER_OID, type->p, type->n);
    lwcmp_der_put_raw(o, value->p, value->n);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}

static bool answers(const struct lwcmp_bytes *got,
                    const struct lwcmp_bytes *type)
{
    const char *info = find(type);

    return *info != 0 ? number(got) == info[1] : lwcmp_bytes_equal(got, type);
}

/*
 * GenRepContent ::= SEQUENCE OF InfoTypeAndValue
 * An InfoTypeAndValue looks like an AlgorithmIdentifier.
 */
int lwcmp_body_info_read(const struct lwcmp_bytes *content,
                         const struct lwcmp_bytes *type,
                         struct lwcmp_bytes *value)
{
    struct lwcmp_alg_id info;
    struct lwcmp_bytes row;
    struct lwcmp_bytes der;
    int err = lwcmp_der_take_only(content, LWCMP_DER_SEQUENCE, &row);

    if (err == 0 && row.n == 0) {
        return LWCMP_ERR_INFO;
    }
    err |= lwcmp_der_take_whole(&row, LWCMP_DER_SEQUENCE, &der);
    err |= lwcmp_alg_read(&der, &info);
    if (err) {
        return err;
    }
    if (row.n > 0 || !answers(&info.oid, type)) {
        return LWCMP_ERR_INFO;
    }
    *value = info.parameters;
    return 0;
}

#endif
