/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What comes encrypted, as anybody may have made it who has a key: each input
 * as an EncryptedKey that opens, and as what was in one.
 */
#include "fuzz.h"

#include "ber.h"
#include "cms.h"
#include "crypto_toy.h"

const char fuzz_name[] = "cms";

#if LWCMP_WITH_CMS
static void read_key(struct lwcmp_bytes der)
{
    static const uint8_t spki[] = {0x30, 0x09, 0x30, 0x03, 0x06, 0x01,
                                   0x2a, 0x03, 0x02, 0x00, 0x01};
    const struct lwcmp_bytes of = {spki, sizeof spki};
    struct lwcmp_cms_key key;

    for (int bare = 0; bare < 2; bare++) {
        if (lwcmp_cms_key_read(&der, bare, &of, &key) == 0) {
            assert_true(fuzz_within(der, key.octets));
            assert_true(fuzz_within(der, key.public));
        }
    }
}

/* Digest and signature of an input are as good as they can be. */
static void read_signed(struct lwcmp_bytes der)
{
    struct lwcmp_cms_signed s;
    struct lwcmp_cert cert;
    struct lwcmp_bytes row;
    struct lwcmp_bytes one;
    uint8_t *p = fuzz_copy(der);
    int err = lwcmp_cms_signed_read(p, der.n, &s);

    if (err != 0 && err != LWCMP_ERR_PROTECTION) {
        free(p);
        return;
    }
    der.p = p;
    assert_true(fuzz_within(der, s.content.data));
    assert_true(fuzz_within(der, s.signature));
    row = s.certificates;
    while (lwcmp_cert_next(&row, &one)) {
        if (lwcmp_cert_read(&one, &cert) == 0 &&
            lwcmp_cms_signed_is_by(&s, &cert)) {
            (void)lwcmp_cms_signed_verify(&s, &cert);
        }
    }
    read_key(s.content.data);
    free(p);
}

static void open_key(struct lwcmp_bytes in, bool secret)
{
    struct lwcmp_cms_opener opener = {1, secret ? 10000 : 0};
    struct lwcmp_cms_content content;
    uint8_t *p = fuzz_copy(in);

    if (lwcmp_cms_open(p, in.n, &opener, &content) == 0) {
        assert_true(fuzz_within((struct lwcmp_bytes){p, in.n}, content.type));
        assert_true(fuzz_within((struct lwcmp_bytes){p, in.n}, content.data));
    }
    free(p);
}

/* What is DER stays as it is when it is read once more. */
static void normalise(struct lwcmp_bytes in)
{
    uint8_t *p = fuzz_copy(in);
    size_t n = in.n;

    if (lwcmp_ber_to_der(p, &n) == 0) {
        size_t again = n;
        uint8_t *q = fuzz_copy((struct lwcmp_bytes){p, n});

        assert_true(n <= in.n);
        assert_int_equal(lwcmp_ber_to_der(q, &again), 0);
        assert_int_equal(again, n);
        assert_memory_equal(p, q, n);
        free(q);
        read_signed((struct lwcmp_bytes){p, n});
    }
    free(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    struct lwcmp_bytes in = {p, n};

    crypto_toy_reset();
    crypto_toy.accept_all = true;
    open_key(in, false);
    open_key(in, true);
    normalise(in);
    read_key(in);
    assert_int_equal(crypto_toy_volatile_keys(), 0);
    return 0;
}
#else
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    (void)p;
    (void)n;
    return 0;
}
#endif
