/* SPDX-License-Identifier: Apache-2.0 */
#include "cert.h"

#include <string.h>

#include "bytes.h"

/*
 * Name ::= SEQUENCE OF SET OF SEQUENCE {
 *     type   OBJECT IDENTIFIER,
 *     value  ANY }
 *
 * Looked into because we are going to send it in a message of our own.
 */
int lwcmp_cert_check_name(const struct lwcmp_bytes *name)
{
    struct lwcmp_bytes rdns;
    struct lwcmp_bytes set;
    struct lwcmp_bytes one;
    struct lwcmp_bytes part;
    int err = lwcmp_der_take_only(name, LWCMP_DER_SEQUENCE, &rdns);

    while (err == 0 && rdns.n > 0) {
        err = lwcmp_der_take(&rdns, LWCMP_DER_SET, &set);
        do {
            err |= lwcmp_der_take(&set, LWCMP_DER_SEQUENCE, &one);
            err |= lwcmp_der_take(&one, LWCMP_DER_OID, &part);
            err |= lwcmp_der_take_only(&one, LWCMP_DER_ANY, &part);
        } while (err == 0 && set.n > 0);
    }
    return err;
}

#define SUBJECT_ALT_NAME 17

/* The extensions that matter. */
static const struct lwcmp_known known[] = {
    {14, LWCMP_DER_OCTET_STRING, offsetof(struct lwcmp_cert, ski)},
    {15, LWCMP_DER_BIT_STRING, offsetof(struct lwcmp_cert, key_usage)},
    {35, LWCMP_DER_SEQUENCE, offsetof(struct lwcmp_cert, aki)},
    {SUBJECT_ALT_NAME, LWCMP_DER_SEQUENCE, offsetof(struct lwcmp_cert, san)},
    {37, LWCMP_DER_SEQUENCE, offsetof(struct lwcmp_cert, ext_key_usage)},
#if LWCMP_WITH_EXTENSIONS
    {19, LWCMP_DER_SEQUENCE, offsetof(struct lwcmp_cert, constraints)},
    {31, LWCMP_DER_SEQUENCE, offsetof(struct lwcmp_cert, crl_points)},
#endif
    {0, 0, 0},
};

#if LWCMP_WITH_EXTENSIONS
/*
 * Critical, and unknown; or one of those that are to be passed over by who
 * does not know them: the key identifiers and where CRLs are.
 */
static void note_critical(uint8_t critical, const struct lwcmp_known *k,
                          bool *odd)
{
    if (critical && (k->id == 0 || k->id == 14 || k->id == 31 || k->id == 35)) {
        *odd = true;
    }
}

/* Content of a BOOLEAN, or nothing. */
static uint8_t flag(const struct lwcmp_bytes *content)
{
    return content->n > 0 ? content->p[0] : 0;
}

static bool *odd_of(struct lwcmp_cert *cert)
{
    return &cert->odd;
}
#else
static inline void note_critical(uint8_t critical, const struct lwcmp_known *k,
                                 bool *odd)
{
    (void)critical;
    (void)k;
    (void)odd;
}

static inline uint8_t flag(const struct lwcmp_bytes *content)
{
    (void)content;
    return 0;
}

static inline bool *odd_of(struct lwcmp_cert *cert)
{
    (void)cert;
    return NULL;
}
#endif

/* One that was found, and where it goes. */
struct target {
    const struct lwcmp_known *k;
    void *out;
    bool *odd;
};

/*
 * None may stand there twice (4.2): which one would count? An id of 0 is not
 * known either.
 */
static int read_known(const struct target *to, uint8_t id, uint8_t critical,
                      const struct lwcmp_bytes *value,
                      const struct lwcmp_bytes *whole)
{
    const struct lwcmp_known *k = to->k;
    struct lwcmp_bytes *slot;

    while (k->tag != 0 && k->id != id) {
        k++;
    }
    note_critical(critical, k, to->odd);
    if (k->tag == 0) {
        return 0;
    }
    slot = (void *)((uint8_t *)to->out + k->where);
    if (slot->p || lwcmp_der_take_only(value, k->tag, slot)) {
        return LWCMP_ERR_SYNTAX;
    }
    if (id == SUBJECT_ALT_NAME) {
        *slot = *whole;
    }
    return 0;
}

/*
 * Extension ::= SEQUENCE {                         -- RFC 5280 4.1
 *     extnID     OBJECT IDENTIFIER,
 *     critical   BOOLEAN DEFAULT FALSE,
 *     extnValue  OCTET STRING }
 */
static int read_extension(struct lwcmp_bytes *row, const struct target *to)
{
    static const uint8_t id_ce[] = {LWCMP_DER_OID, 3, 0x55, 0x1d};
    struct lwcmp_bytes whole = *row;
    struct lwcmp_bytes in;
    struct lwcmp_bytes value;
    uint8_t critical = 0;
    uint8_t id = 0;
    int err = lwcmp_der_take(row, LWCMP_DER_SEQUENCE, &in);

    if (in.n > sizeof id_ce && memcmp(in.p, id_ce, sizeof id_ce) == 0) {
        id = in.p[sizeof id_ce];
        in.p += sizeof id_ce + 1;
        in.n -= sizeof id_ce + 1;
    } else {
        err |= lwcmp_der_take(&in, LWCMP_DER_OID, &value);
    }
    if (in.n > 0 && in.p[0] == LWCMP_DER_BOOLEAN) {
        err |= lwcmp_der_take(&in, LWCMP_DER_BOOLEAN, &value);
        critical = flag(&value);
    }
    err |= lwcmp_der_take(&in, LWCMP_DER_OCTET_STRING, &value);
    whole.n = (size_t)(row->p - whole.p);
    return err || in.n > 0 ? LWCMP_ERR_SYNTAX
                           : read_known(to, id, critical, &value, &whole);
}

static int read_extensions(struct lwcmp_bytes *row, const struct lwcmp_known *k,
                           void *out, bool *odd)
{
    const struct target to = {k, out, odd};
    int err = 0;

    while (err == 0 && row->n > 0) {
        err = read_extension(row, &to);
    }
    return err;
}

/*
 * AuthorityKeyIdentifier ::= SEQUENCE {            -- RFC 5280 4.2.1.1
 *     keyIdentifier  [0] IMPLICIT OCTET STRING OPTIONAL, ... }
 */
static int read_aki(struct lwcmp_cert *cert)
{
    struct lwcmp_bytes *aki = &cert->aki;

    if (aki->n > 0 && aki->p[0] == LWCMP_DER_CTX_PRIM(0)) {
        return lwcmp_der_take(aki, LWCMP_DER_CTX_PRIM(0), aki);
    }
    aki->p = NULL;
    aki->n = 0;
    return 0;
}

#if LWCMP_WITH_SENT_KEY
/* id-kp-cmKGA: RFC 9480 2.2 */
static lwcmp_oid oid_cm_kga = {8, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 32};

static void note_kga(struct lwcmp_cert *cert, const struct lwcmp_bytes *oid)
{
    cert->kga = cert->kga || lwcmp_oid_is(oid, oid_cm_kga);
}
#else
static inline void note_kga(struct lwcmp_cert *cert,
                            const struct lwcmp_bytes *oid)
{
    (void)cert;
    (void)oid;
}
#endif

/* ExtKeyUsageSyntax ::= SEQUENCE SIZE (1..MAX) OF KeyPurposeId -- 4.2.1.12 */
static int read_ext_key_usage(struct lwcmp_cert *cert)
{
    struct lwcmp_bytes oid;
    int err = 0;

    while (err == 0 && cert->ext_key_usage.n > 0) {
        err = lwcmp_der_take(&cert->ext_key_usage, LWCMP_DER_OID, &oid);
        if (lwcmp_oid_is(&oid, lwcmp_oid_cmc_ca) ||
            lwcmp_oid_is(&oid, lwcmp_oid_cmc_ra)) {
            cert->cmc = true;
        }
        note_kga(cert, &oid);
    }
    return err;
}

/* The offsets in a table of fields are octets. */
typedef char cert_fits[sizeof(struct lwcmp_cert) < 256 ? 1 : -1];

/*
 * TBSCertificate ::= SEQUENCE {                    -- RFC 5280 4.1
 *     version         [0]  EXPLICIT Version DEFAULT v1,
 *     serialNumber         CertificateSerialNumber,
 *     signature            AlgorithmIdentifier,
 *     issuer               Name,
 *     validity             Validity,
 *     subject              Name,
 *     subjectPublicKeyInfo SubjectPublicKeyInfo,
 *     issuerUniqueID  [1]  IMPLICIT UniqueIdentifier OPTIONAL,
 *     subjectUniqueID [2]  IMPLICIT UniqueIdentifier OPTIONAL,
 *     extensions      [3]  EXPLICIT Extensions OPTIONAL }
 */
static const struct lwcmp_der_field tbs_certificate[] = {
    {LWCMP_DER_CTX(0), 0, LWCMP_DER_OPTIONAL, LWCMP_DER_IGNORED},
    {LWCMP_DER_INTEGER, 0, 0, offsetof(struct lwcmp_cert, serial)},
    {LWCMP_DER_SEQUENCE, 0, 0, LWCMP_DER_IGNORED},
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE,
     offsetof(struct lwcmp_cert, issuer)},
    {LWCMP_DER_SEQUENCE, 0, 0, LWCMP_DER_IGNORED},
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE,
     offsetof(struct lwcmp_cert, subject)},
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE, offsetof(struct lwcmp_cert, spki)},
    {LWCMP_DER_CTX_PRIM(1), 0, LWCMP_DER_OPTIONAL, LWCMP_DER_IGNORED},
    {LWCMP_DER_CTX_PRIM(2), 0, LWCMP_DER_OPTIONAL, LWCMP_DER_IGNORED},
    {LWCMP_DER_CTX(3), LWCMP_DER_SEQUENCE, LWCMP_DER_OPTIONAL | LWCMP_DER_LAST,
     offsetof(struct lwcmp_cert, der)},
};

/*
 * Certificate ::= SEQUENCE {
 *     tbsCertificate      TBSCertificate,
 *     signatureAlgorithm  AlgorithmIdentifier,
 *     signatureValue      BIT STRING }
 */
static const struct lwcmp_der_field fields[] = {
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE,
     offsetof(struct lwcmp_signed, tbs)},
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE,
     offsetof(struct lwcmp_signed, alg)},
    {LWCMP_DER_BIT_STRING, 0, LWCMP_DER_LAST,
     offsetof(struct lwcmp_signed, signature)},
};

/* A Name that is equal to one is one. */
static int check_name(const struct lwcmp_bytes *name,
                      const struct lwcmp_bytes *other)
{
    return lwcmp_bytes_equal(name, other) ? 0 : lwcmp_cert_check_name(name);
}

/*
 * A signature algorithm that we do not know is no error here: whether the
 * certificate can be validated is for the provider to say.
 */
int lwcmp_cert_read_of(const struct lwcmp_bytes *der,
                       const struct lwcmp_bytes *name, struct lwcmp_cert *cert)
{
    struct lwcmp_signed parts;
    struct lwcmp_alg_id alg;

    memset(cert, 0, sizeof *cert);
    if (lwcmp_der_read(der, fields, &parts) ||
        lwcmp_der_read(&parts.tbs, tbs_certificate, cert) ||
        check_name(&cert->subject, name) ||
        check_name(&cert->issuer, &cert->subject) ||
        read_extensions(&cert->der, known, cert, odd_of(cert)) ||
        read_aki(cert) || read_ext_key_usage(cert) ||
        lwcmp_alg_read(&parts.alg, &alg) ||
        lwcmp_der_octets(&parts.signature)) {
        return LWCMP_ERR_CERT_SYNTAX;
    }
    cert->der = *der;
    cert->sig = lwcmp_alg_find(&alg, LWCMP_ALG_SIG);
    return 0;
}

int lwcmp_cert_read(const struct lwcmp_bytes *der, struct lwcmp_cert *cert)
{
    return lwcmp_cert_read_of(der, der, cert);
}

/* KeyUsage ::= BIT STRING { digitalSignature (0), ... } */
bool lwcmp_cert_may_sign(const struct lwcmp_cert *cert)
{
    const struct lwcmp_bytes *bits = &cert->key_usage;

    return bits->p == NULL || (bits->n >= 2 && (bits->p[1] & 0x80) != 0);
}

bool lwcmp_cert_next(struct lwcmp_bytes *row, struct lwcmp_bytes *der)
{
    return lwcmp_der_take_whole(row, LWCMP_DER_SEQUENCE, der) == 0;
}

bool lwcmp_cert_in_row(const struct lwcmp_bytes *certificate,
                       struct lwcmp_bytes row)
{
    struct lwcmp_bytes der;

    while (lwcmp_cert_next(&row, &der)) {
        if (lwcmp_bytes_equal(&der, certificate)) {
            return true;
        }
    }
    return false;
}

bool lwcmp_cert_issued_by(const struct lwcmp_cert *cert,
                          const struct lwcmp_cert *ca)
{
    return lwcmp_bytes_equal(&cert->issuer, &ca->subject) &&
           (cert->aki.n == 0 || ca->ski.n == 0 ||
            lwcmp_bytes_equal(&cert->aki, &ca->ski));
}

#if LWCMP_WITH_EXTENSIONS
int lwcmp_cert_extensions(struct lwcmp_bytes *row,
                          const struct lwcmp_known *rows, void *out, bool *odd)
{
    return read_extensions(row, rows, out, odd);
}

/* BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, ... } -- 4.2.1.9 */
bool lwcmp_cert_is_ca(const struct lwcmp_cert *cert)
{
    struct lwcmp_bytes row = cert->constraints;

    (void)lwcmp_der_take(&row, LWCMP_DER_BOOLEAN, &row);
    return flag(&row) != 0;
}

int lwcmp_signed_read(const struct lwcmp_bytes *der, struct lwcmp_signed *s)
{
    int err = lwcmp_der_read(der, fields, s);

    return err ? err : lwcmp_der_octets(&s->signature);
}

int lwcmp_signed_verify(const struct lwcmp_signed *s, uint8_t sig,
                        const struct lwcmp_cert *ca)
{
    lwcmp_key key;
    int err = lwcmp_crypto_public_import(ca->spki, (enum lwcmp_sig)sig, &key);

    if (err == 0) {
        err = lwcmp_crypto_verify(key, (enum lwcmp_sig)sig, &s->tbs, 1,
                                  s->signature);
        (void)lwcmp_crypto_key_destroy(key);
    }
    return err;
}
#endif
