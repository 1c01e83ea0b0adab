/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A CRL: all of its reader, whatever it is signed with; and what is asked by
 * it. In a row with itself it is looked up in itself.
 */
#include "fuzz.h"

#include "crypto_toy.h"
#include "lwcmp/crl.h"

const char fuzz_name[] = "crl";

#if LWCMP_WITH_CRL

static void check_ask(struct lwcmp_bytes der)
{
    const struct lwcmp_crl_wanted by_crl = {.have = der};
    const struct lwcmp_crl_wanted by_cert = {.certificate = der};
    static uint8_t room[65535];
    const struct lwcmp_bytes all = {room, sizeof room};
    struct lwcmp_bytes value;

    if (lwcmp_crl_ask(&by_crl, room, sizeof room, &value) == 0) {
        assert_true(fuzz_within(all, value));
    }
    if (lwcmp_crl_ask(&by_cert, room, sizeof room, &value) == 0) {
        assert_true(fuzz_within(all, value));
    }
}

static void check_crl(struct lwcmp_bytes der)
{
    const struct lwcmp_time now = {LWCMP_TIME_EXACT, 1893456000};
    const struct lwcmp_bytes path[] = {der, der};
    struct lwcmp_crl crl;

    if (lwcmp_crl_read(&der, &crl) == 0) {
        assert_true(fuzz_within(der, crl.issuer));
        assert_true(fuzz_within(der, crl.this_update));
        assert_true(fuzz_within(der, crl.number));
        assert_true(fuzz_within(der, crl.aki));
        assert_true(fuzz_within(der, crl.point));
        assert_true(fuzz_within(der, crl.revoked));
        (void)lwcmp_crl_find(&crl, &crl.number);
        (void)lwcmp_crl_verify(&crl, &der, &now);
    }
    (void)lwcmp_crl_check_path(&der, path, 2, &now, true);
}

/* A certificate, that of its CA, and CRLs: each of them may be anything. */
static void check_path(struct lwcmp_bytes row)
{
    const struct lwcmp_time now = {LWCMP_TIME_EXACT, 1893456000};
    struct lwcmp_bytes path[2] = {row, row};
    size_t half = row.n / 2;

    path[0].n = half;
    path[1].p += half;
    path[1].n -= half;
    (void)lwcmp_crl_check_path(&row, path, 2, &now, false);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    struct lwcmp_bytes all = {p, n};
    uint8_t *copy = fuzz_copy(all);

    crypto_toy_reset();
    crypto_toy.accept_all = true;
    all.p = copy;
    check_crl(all);
    check_ask(all);
    check_path(all);
    assert_int_equal(crypto_toy_volatile_keys(), 0);
    free(copy);
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
