/* SPDX-License-Identifier: Apache-2.0 */
#include "lwcmp/general.h"

#if LWCMP_WITH_GENM

#include <string.h>

#include "alg.h"
#include "bytes.h"
#include "cert.h"
#include "general_own.h"

/*
 * CertReqTemplateContent ::= SEQUENCE {             -- RFC 9810 5.3.19.16
 *     certTemplate  CertTemplate,
 *     keySpec       Controls OPTIONAL }
 */
struct content {
    struct lwcmp_bytes wanted, key_spec;
};

static const struct lwcmp_der_field content_fields[] = {
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE, offsetof(struct content, wanted)},
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_OPTIONAL | LWCMP_DER_LAST,
     offsetof(struct content, key_spec)},
};

/*
 * CertTemplate ::= SEQUENCE {                       -- RFC 4211 5
 *     version       [0] Version               OPTIONAL,
 *     serialNumber  [1] INTEGER               OPTIONAL,
 *     signingAlg    [2] AlgorithmIdentifier   OPTIONAL,
 *     issuer        [3] Name                  OPTIONAL,
 *     validity      [4] OptionalValidity      OPTIONAL,
 *     subject       [5] Name                  OPTIONAL,
 *     publicKey     [6] SubjectPublicKeyInfo  OPTIONAL,
 *     issuerUID     [7] UniqueIdentifier      OPTIONAL,
 *     subjectUID    [8] UniqueIdentifier      OPTIONAL,
 *     extensions    [9] Extensions            OPTIONAL }
 * The tags are implicit, save for those of a Name.
 */
static const struct lwcmp_der_field fields[] = {
    {LWCMP_DER_CTX_PRIM(0), 0, LWCMP_DER_OPTIONAL, LWCMP_DER_IGNORED},
    {LWCMP_DER_CTX_PRIM(1), 0, LWCMP_DER_OPTIONAL, LWCMP_DER_IGNORED},
    {LWCMP_DER_CTX(2), 0, LWCMP_DER_OPTIONAL, LWCMP_DER_IGNORED},
    {LWCMP_DER_CTX(3), 0, LWCMP_DER_OPTIONAL, LWCMP_DER_IGNORED},
    {LWCMP_DER_CTX(4), 0, LWCMP_DER_OPTIONAL, LWCMP_DER_IGNORED},
    {LWCMP_DER_CTX(5), LWCMP_DER_SEQUENCE, LWCMP_DER_OPTIONAL | LWCMP_DER_WHOLE,
     offsetof(struct lwcmp_template, subject)},
    {LWCMP_DER_CTX(6), 0, LWCMP_DER_OPTIONAL, LWCMP_DER_IGNORED},
    {LWCMP_DER_CTX_PRIM(7), 0, LWCMP_DER_OPTIONAL, LWCMP_DER_IGNORED},
    {LWCMP_DER_CTX_PRIM(8), 0, LWCMP_DER_OPTIONAL, LWCMP_DER_IGNORED},
    {LWCMP_DER_CTX(9), 0, LWCMP_DER_OPTIONAL | LWCMP_DER_LAST,
     offsetof(struct lwcmp_template, extensions)},
};

/* Extension ::= SEQUENCE { extnID, critical DEFAULT FALSE, extnValue } */
static const struct lwcmp_der_field extension[] = {
    {LWCMP_DER_OID, 0, 0, offsetof(struct lwcmp_extension, id)},
    {LWCMP_DER_BOOLEAN, 0, LWCMP_DER_OPTIONAL | LWCMP_DER_WHOLE,
     offsetof(struct lwcmp_extension, critical)},
    {LWCMP_DER_OCTET_STRING, 0, LWCMP_DER_LAST,
     offsetof(struct lwcmp_extension, value)},
};

int lwcmp_extension_next(struct lwcmp_bytes *row, struct lwcmp_extension *e)
{
    struct lwcmp_bytes der;
    int err = lwcmp_der_take_whole(row, LWCMP_DER_SEQUENCE, &der);

    return err ? err : lwcmp_der_read(&der, extension, e);
}

/* Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension */
static int check_extensions(struct lwcmp_bytes row)
{
    struct lwcmp_extension e;
    int err = 0;

    if (row.p == NULL) {
        return 0;
    }
    do {
        err = lwcmp_extension_next(&row, &e);
    } while (err == 0 && row.n > 0);
    return err;
}

/* id-regCtrl-algId (11) and id-regCtrl-rsaKeyLen (12) without the last. */
static const uint8_t reg_ctrl[] = {0x2b, 0x06, 0x01, 0x05,
                                   0x05, 0x07, 0x05, 0x01};

/* AlgorithmIdentifiers of keys on curves, and INTEGERs, lengths of RSA. */
static const struct {
    uint8_t control, type, n, der[21];
} specs[] = {
    {11, LWCMP_EC_P256, 21, {0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48,
                             0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
                             0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07}},
    {11,
     LWCMP_EC_P384,
     18,
     {0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06,
      0x05, 0x2b, 0x81, 0x04, 0x00, 0x22}},
    {11,
     LWCMP_EC_P521,
     18,
     {0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06,
      0x05, 0x2b, 0x81, 0x04, 0x00, 0x23}},
    {12, LWCMP_RSA_2048, 4, {0x02, 0x02, 0x08, 0x00}},
    {12, LWCMP_RSA_3072, 4, {0x02, 0x02, 0x0c, 0x00}},
    {12, LWCMP_RSA_4096, 4, {0x02, 0x02, 0x10, 0x00}},
};

/* The bit of the type of key that is meant, or 0. */
static uint32_t key_type(const struct lwcmp_alg_id *spec)
{
    struct lwcmp_bytes arc = {spec->oid.p, sizeof reg_ctrl};

    if (spec->oid.n != sizeof reg_ctrl + 1 ||
        !lwcmp_bytes_are(&arc, reg_ctrl, sizeof reg_ctrl)) {
        return 0;
    }
    for (size_t i = 0; i < sizeof specs / sizeof specs[0]; i++) {
        if (specs[i].control == spec->oid.p[sizeof reg_ctrl] &&
            lwcmp_bytes_are(&spec->parameters, specs[i].der, specs[i].n)) {
            return UINT32_C(1) << specs[i].type;
        }
    }
    return 0;
}

/*
 * Controls ::= SEQUENCE SIZE (1..MAX) OF AttributeTypeAndValue
 * AttributeTypeAndValue ::= SEQUENCE {
 *     type   OBJECT IDENTIFIER,
 *     value  ANY DEFINED BY type }
 * The latter looks like an AlgorithmIdentifier.
 */
static int read_key_spec(struct lwcmp_bytes row, uint32_t *types)
{
    struct lwcmp_alg_id spec;
    struct lwcmp_bytes der;
    int err;

    *types = UINT32_MAX;
    if (row.p == NULL) {
        return 0;
    }
    *types = 0;
    do {
        err = lwcmp_der_take_whole(&row, LWCMP_DER_SEQUENCE, &der);
        if (err == 0) {
            err = lwcmp_alg_read(&der, &spec);
        }
        if (err == 0) {
            *types |= key_type(&spec);
        }
    } while (err == 0 && row.n > 0);
    return err;
}

int lwcmp_template_read(struct lwcmp_bytes value, struct lwcmp_template *t)
{
    struct content content;
    int err;

    memset(t, 0, sizeof *t);
    t->present = value.n > 0;
    t->key_types = UINT32_MAX;
    if (value.n == 0) {
        return 0;
    }
    err = lwcmp_der_read(&value, content_fields, &content);
    if (err == 0) {
        err = lwcmp_der_read(&content.wanted, fields, t);
    }
    if (err == 0 && t->subject.p != NULL) {
        err = lwcmp_cert_check_name(&t->subject);
    }
    if (err == 0) {
        err = check_extensions(t->extensions);
    }
    return err ? err : read_key_spec(content.key_spec, &t->key_types);
}

#endif
