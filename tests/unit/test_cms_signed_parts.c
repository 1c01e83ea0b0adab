/* SPDX-License-Identifier: Apache-2.0 */
/* src/cms_signed.c: SignedData whose parts are changed one by one. */
#include "vectors.h"

#include "cms.h"
#include "crypto_toy.h"

#if LWCMP_WITH_CMS

/* Which has to be there for writing. */
static int read(const struct lwcmp_bytes *in, struct lwcmp_cms_signed *s)
{
    return lwcmp_cms_signed_read((uint8_t *)(uintptr_t)in->p, in->n, s);
}

#define KEY_PACKAGE "60864801650201024e05"
#define SHA256 "300b0609608648016503040201"
#define SHA384 "300b0609608648016503040202"
#define ECDSA_SHA256 "300a06082a8648ce3d040302"
#define RSA "300d06092a864886f70d0101010500"

/* What differs from a good one; NULL: it does not. */
struct what {
    const char *type;    /* of the content */
    const char *between; /* that and signerInfos */
    const char *hash;    /* digestAlgorithm */
    const char *sig;     /* signatureAlgorithm */
    const char *attrs;   /* each as put_attribute() says */
    const char *further; /* unsignedAttrs */
    const char *behind;
};

static const char *either(const char *is, const char *other)
{
    return is != NULL ? is : other;
}

static void put_hex(struct lwcmp_der_out *o, const char *hex)
{
    struct lwcmp_bytes der = vectors_hex(hex);

    lwcmp_der_put_raw(o, der.p, der.n);
    vectors_free(der);
}

static const uint8_t content[] = "a key for tests";

static void put_digest(struct lwcmp_der_out *o, char which, const char *alg)
{
    const struct lwcmp_bytes data = {content, sizeof content};
    enum lwcmp_hash hash =
        strcmp(alg, SHA384) == 0 ? LWCMP_SHA384 : LWCMP_SHA256;
    uint8_t digest[LWCMP_HASH_MAX];
    size_t n;

    assert_int_equal(
        lwcmp_crypto_hash(hash, &data, 1, digest, sizeof digest, &n), 0);
    digest[n - 1] ^= which == 'd';
    lwcmp_der_put(o, which == 'o' ? LWCMP_DER_OID : LWCMP_DER_OCTET_STRING,
                  digest, n);
    if (which == '2') {
        lwcmp_der_put(o, LWCMP_DER_OCTET_STRING, digest, n);
    }
}

/* Those that are the same each time, or NULL. */
static const char *plain_attribute(char which)
{
    switch (which) {
    case 'S':
        return "300e06092a864886f70d01090531010c";
    case 'x':
        return "0500";
    case '-':
        return "30";
    default:
        return NULL;
    }
}

static void put_type(struct lwcmp_der_out *o, const char *type)
{
    lwcmp_der_open(o, LWCMP_DER_OID);
    put_hex(o, type);
    lwcmp_der_close(o);
}

static void put_value(struct lwcmp_der_out *o, char which,
                      const struct what *what)
{
    if (which == 'T') {
        put_type(o, either(what->type, KEY_PACKAGE));
    } else if (which == 't') {
        put_type(o, "2a864886f70d010701");
    } else if (which != '0') {
        put_digest(o, which, either(what->hash, SHA256));
    }
}

/*
 * T contentType, t another type; D messageDigest, d a wrong one, o with another
 * tag, 0 with no value, 2 with two; S signingTime, which does not matter; x no
 * Attribute; - only one octet.
 */
static void put_attribute(struct lwcmp_der_out *o, char which,
                          const struct what *what)
{
    bool type = which == 'T' || which == 't';

    if (plain_attribute(which) != NULL) {
        put_hex(o, plain_attribute(which));
        return;
    }
    lwcmp_der_open_sequence(o);
    put_hex(o, type ? "06092a864886f70d010903" : "06092a864886f70d010904");
    lwcmp_der_open(o, LWCMP_DER_SET);
    put_value(o, which, what);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}

/* By key pair 1 of the toy provider. */
static void put_signature(struct lwcmp_der_out *o, const uint8_t *attributes,
                          size_t n)
{
    uint8_t set[256], signature[CRYPTO_TOY_SIGNATURE];
    struct lwcmp_bytes part = {set, n};

    assert_true(n <= sizeof set);
    memcpy(set, attributes, n);
    set[0] = LWCMP_DER_SET;
    crypto_toy_signature(1, LWCMP_ECDSA_SHA256, &part, 1, signature);
    lwcmp_der_put(o, LWCMP_DER_OCTET_STRING, signature, sizeof signature);
}

static void put_signer(struct lwcmp_der_out *o, const struct what *what)
{
    uint8_t room[256];
    struct lwcmp_der_out attributes;

    lwcmp_der_out_init(&attributes, room, sizeof room);
    lwcmp_der_open(&attributes, LWCMP_DER_CTX(0));
    for (const char *c = either(what->attrs, "TD"); *c != 0; c++) {
        put_attribute(&attributes, *c, what);
    }
    lwcmp_der_close(&attributes);
    lwcmp_der_open_sequence(o);
    lwcmp_der_put_int(o, 3);
    put_hex(o, "800107");
    put_hex(o, either(what->hash, SHA256));
    lwcmp_der_put_raw(o, attributes.p, attributes.n);
    put_hex(o, either(what->sig, ECDSA_SHA256));
    put_signature(o, attributes.p, attributes.n);
    put_hex(o, either(what->further, ""));
    lwcmp_der_close(o);
}

static struct lwcmp_bytes make(const struct what *what)
{
    uint8_t room[512];
    struct lwcmp_der_out o;

    lwcmp_der_out_init(&o, room, sizeof room);
    lwcmp_der_open_sequence(&o);
    lwcmp_der_put_int(&o, 3);
    put_hex(&o, "3100");
    lwcmp_der_open_sequence(&o);
    put_type(&o, either(what->type, KEY_PACKAGE));
    lwcmp_der_open(&o, LWCMP_DER_CTX(0));
    lwcmp_der_put(&o, LWCMP_DER_OCTET_STRING, content, sizeof content);
    lwcmp_der_close(&o);
    lwcmp_der_close(&o);
    put_hex(&o, either(what->between, ""));
    lwcmp_der_open(&o, LWCMP_DER_SET);
    put_signer(&o, what);
    lwcmp_der_close(&o);
    put_hex(&o, either(what->behind, ""));
    lwcmp_der_close(&o);
    assert_int_equal(o.err, 0);
    return vectors_copy(o.p, o.n);
}

static const struct {
    struct what what;
    int err;
    enum lwcmp_sig sig;
} cases[] = {
    {{.attrs = "TD"}, 0, LWCMP_ECDSA_SHA256},
    {{.attrs = "DT"}, 0, LWCMP_ECDSA_SHA256},
    {{.attrs = "STD"}, 0, LWCMP_ECDSA_SHA256},
    {{.attrs = "TDSS"}, 0, LWCMP_ECDSA_SHA256},
    {{.attrs = ""}, LWCMP_ERR_PROTECTION, LWCMP_ECDSA_SHA256},
    {{.attrs = "T"}, LWCMP_ERR_PROTECTION, LWCMP_ECDSA_SHA256},
    {{.attrs = "D"}, LWCMP_ERR_PROTECTION, LWCMP_ECDSA_SHA256},
    {{.attrs = "D", .type = "29"}, LWCMP_ERR_PROTECTION, LWCMP_ECDSA_SHA256},
    {{.attrs = "tD"}, LWCMP_ERR_PROTECTION, LWCMP_ECDSA_SHA256},
    {{.attrs = "Td"}, LWCMP_ERR_PROTECTION, LWCMP_ECDSA_SHA256},
    {{.attrs = "TtD"}, LWCMP_ERR_CMS, LWCMP_ECDSA_SHA256},
    {{.attrs = "tTD"}, LWCMP_ERR_CMS, LWCMP_ECDSA_SHA256},
    {{.attrs = "TDd"}, LWCMP_ERR_CMS, LWCMP_ECDSA_SHA256},
    {{.attrs = "TdD"}, LWCMP_ERR_CMS, LWCMP_ECDSA_SHA256},
    {{.attrs = "To"}, LWCMP_ERR_CMS, LWCMP_ECDSA_SHA256},
    {{.attrs = "T0"}, LWCMP_ERR_CMS, LWCMP_ECDSA_SHA256},
    {{.attrs = "T2"}, LWCMP_ERR_CMS, LWCMP_ECDSA_SHA256},
    {{.attrs = "xTD"}, LWCMP_ERR_CMS, LWCMP_ECDSA_SHA256},
    {{.attrs = "TD-"}, LWCMP_ERR_CMS, LWCMP_ECDSA_SHA256},
    {{.sig = RSA}, 0, LWCMP_RSA_SHA256},
    {{.sig = RSA, .hash = SHA384}, 0, LWCMP_RSA_SHA384},
    {{.hash = SHA384}, LWCMP_ERR_ALGORITHM, LWCMP_ECDSA_SHA256},
    {{.hash = "300706052b0e03021a"}, LWCMP_ERR_ALGORITHM, LWCMP_SIG_NONE},
    {{.hash = "3000"}, LWCMP_ERR_CMS, LWCMP_SIG_NONE},
    {{.sig = SHA256}, LWCMP_ERR_ALGORITHM, LWCMP_SIG_NONE},
    {{.sig = "3000"}, LWCMP_ERR_CMS, LWCMP_SIG_NONE},
    {{.between = "a0020500a100"}, 0, LWCMP_ECDSA_SHA256},
    {{.between = "a100"}, 0, LWCMP_ECDSA_SHA256},
    {{.between = "a100a000"}, LWCMP_ERR_CMS, LWCMP_SIG_NONE},
    {{.between = "a200"}, LWCMP_ERR_CMS, LWCMP_SIG_NONE},
    {{.further = "a100"}, 0, LWCMP_ECDSA_SHA256},
    {{.further = "a200"}, LWCMP_ERR_CMS, LWCMP_SIG_NONE},
    {{.behind = "0500"}, LWCMP_ERR_CMS, LWCMP_SIG_NONE},
};

/* By hashes of the toy provider all is well, or what should not be is not. */
static void test_lcp_4_1_6_11_lcp_4_1_6_12_parts(void **state)
{
    (void)state;
    crypto_toy_reset();
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct lwcmp_bytes in = make(&cases[i].what);
        struct lwcmp_cms_signed s = {.sig = LWCMP_SIG_NONE};

        vectors_at("case %zu", i);
        CHECK_INT(read(&in, &s), cases[i].err);
        CHECK_INT(s.sig, cases[i].sig);
        vectors_free(in);
    }
}

/* Over the attributes as a SET OF, and by this signer only. */
static void test_lcp_4_1_6_11_verify(void **state)
{
    const struct what good = {.attrs = "TD"};
    struct lwcmp_bytes in = make(&good);
    uint8_t spki[CRYPTO_TOY_SPKI];
    struct lwcmp_cert cert = {.spki = {spki, sizeof spki}};
    struct lwcmp_cms_signed s;

    (void)state;
    crypto_toy_reset();
    crypto_toy_spki(1, spki);
    assert_int_equal(read(&in, &s), 0);
    assert_int_equal(lwcmp_cms_signed_verify(&s, &cert), 0);
    s.attributes.n--;
    assert_int_equal(lwcmp_cms_signed_verify(&s, &cert), LWCMP_ERR_PROTECTION);
    s.attributes.n++;
    crypto_toy_spki(2, spki);
    assert_int_equal(lwcmp_cms_signed_verify(&s, &cert), LWCMP_ERR_PROTECTION);
    assert_int_equal(crypto_toy_volatile_keys(), 0);
    vectors_free(in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lcp_4_1_6_11_lcp_4_1_6_12_parts),
        cmocka_unit_test(test_lcp_4_1_6_11_verify),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "absent.h"
#endif
