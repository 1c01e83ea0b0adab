/* SPDX-License-Identifier: Apache-2.0 */
#include "body_info.h"

#if LWCMP_WITH_GENM

#include "alg.h"
#include "bytes.h"

/* id-it, 1.3.6.1.5.5.7.4: all that comes behind it here is one octet. */
static const uint8_t id_it[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x04};

#define CERT_REQ_TEMPLATE 19

/* Questions that are answered under another number, or have a label. */
static const struct info {
    uint8_t asked, answered;
    char label[19];
} infos[] = {
    {10, 11, ""}, /* keyPairParamReq, keyPairParamRep */
    {17, 17, "getcacerts"},
    {CERT_REQ_TEMPLATE, CERT_REQ_TEMPLATE, "getcertreqtemplate"},
    {20, 18, "getrootupdate"}, /* rootCaCert, rootCaKeyUpdate */
    {22, 23, "getcrls"},       /* crlStatusList, crls */
};

/* n of id-it n, or 0. */
static uint8_t number(const struct lwcmp_bytes *type)
{
    struct lwcmp_bytes arc = {type->p, sizeof id_it};

    return type->n == sizeof id_it + 1 &&
                   lwcmp_bytes_are(&arc, id_it, sizeof id_it)
               ? type->p[sizeof id_it]
               : 0;
}

static const struct info *find(const struct lwcmp_bytes *type)
{
    uint8_t n = number(type);

    for (size_t i = 0; i < sizeof infos / sizeof infos[0]; i++) {
        if (infos[i].asked == n) {
            return &infos[i];
        }
    }
    return NULL;
}

const char *lwcmp_body_info_label(const struct lwcmp_bytes *type)
{
    const struct info *info = find(type);

    return info != NULL ? info->label : "";
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
    const struct info *info = find(type);

    return info != NULL ? number(got) == info->answered
                        : lwcmp_bytes_equal(got, type);
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

    value->p = NULL;
    value->n = 0;
    if (err) {
        return err;
    }
    if (row.n == 0) {
        return LWCMP_ERR_INFO;
    }
    err = lwcmp_der_take_whole(&row, LWCMP_DER_SEQUENCE, &der);
    if (err == 0) {
        err = lwcmp_alg_read(&der, &info);
    }
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
