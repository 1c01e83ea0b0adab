/* SPDX-License-Identifier: Apache-2.0 */
#include "lwcmp/general.h"

#if LWCMP_WITH_GENM

#include <string.h>

#include "bytes.h"
#include "cert.h"

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

/*
 * Extension ::= SEQUENCE { extnID, critical DEFAULT FALSE, extnValue }
 *
 * AttributeTypeAndValue ::= SEQUENCE {
 *     type   OBJECT IDENTIFIER,
 *     value  ANY DEFINED BY type }
 */
struct pair {
    struct lwcmp_bytes type, value;
};

static const struct lwcmp_der_field extension[] = {
    {LWCMP_DER_OID, 0, 0, offsetof(struct pair, type)},
    {LWCMP_DER_BOOLEAN, 0, LWCMP_DER_OPTIONAL, LWCMP_DER_IGNORED},
    {LWCMP_DER_OCTET_STRING, 0, LWCMP_DER_LAST, offsetof(struct pair, value)},
};

static const struct lwcmp_der_field control[] = {
    {LWCMP_DER_OID, 0, 0, offsetof(struct pair, type)},
    {LWCMP_DER_ANY, 0, LWCMP_DER_WHOLE | LWCMP_DER_LAST,
     offsetof(struct pair, value)},
};

/* id-regCtrl-algId and id-regCtrl-rsaKeyLen: the last octets. */
enum {
    ALG_ID = 11,
    RSA_KEY_LEN = 12
};

/*
 * Controls, types of key, and how many octets follow: AlgorithmIdentifiers of
 * keys on curves, and INTEGERs, lengths of RSA.
 */
/* clang-format off */
static const uint8_t specs[] = {
    ALG_ID, LWCMP_EC_P256, 21,
    0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
    0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07,
    ALG_ID, LWCMP_EC_P384, 18,
    0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
    0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22,
    ALG_ID, LWCMP_EC_P521, 18,
    0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
    0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x23,
    RSA_KEY_LEN, LWCMP_RSA_2048, 4, 0x02, 0x02, 0x08, 0x00,
    RSA_KEY_LEN, LWCMP_RSA_3072, 4, 0x02, 0x02, 0x0c, 0x00,
    RSA_KEY_LEN, LWCMP_RSA_4096, 4, 0x02, 0x02, 0x10, 0x00,
};
/* clang-format on */

/* The bit of the type of key that is meant, or 0. */
static uint32_t key_type(const struct pair *spec)
{
    size_t n = lwcmp_oid_old_cert_id[0] - 1u; /* id-regCtrl, too */

    if (spec->type.n != n + 1 ||
        memcmp(spec->type.p, lwcmp_oid_old_cert_id + 1, n) != 0) {
        return 0;
    }
    for (const uint8_t *s = specs; s < specs + sizeof specs; s += 3 + s[2]) {
        if (s[0] == spec->type.p[n] &&
            lwcmp_bytes_are(&spec->value, s + 3, s[2])) {
            return UINT32_C(1) << s[1];
        }
    }
    return 0;
}

/* SEQUENCE SIZE (1..MAX) OF one of both, if present: the types in it. */
static int read_row(struct lwcmp_bytes row, const struct lwcmp_der_field *of,
                    uint32_t *types)
{
    struct lwcmp_bytes der;
    struct pair pair;
    int err;

    if (row.p == NULL) {
        return 0;
    }
    *types = 0;
    do {
        err = lwcmp_der_take_whole(&row, LWCMP_DER_SEQUENCE, &der);
        err |= lwcmp_der_read(&der, of, &pair);
        *types |= key_type(&pair);
    } while (err == 0 && row.n > 0);
    return err;
}

/* What is absent has nothing in it, and that is no error. */
int lwcmp_template_read(struct lwcmp_bytes value, struct lwcmp_template *t)
{
    struct content content;
    uint32_t ignored;
    int err = lwcmp_der_read(&value, content_fields, &content);

    err |= lwcmp_der_read(&content.wanted, fields, t);
    if (t->subject.p != NULL) {
        err |= lwcmp_cert_check_name(&t->subject);
    }
    t->present = value.n > 0;
    t->key_types = UINT32_MAX;
    err |= read_row(t->extensions, extension, &ignored);
    err |= read_row(content.key_spec, control, &t->key_types);
    return t->present ? err : 0;
}

#endif
