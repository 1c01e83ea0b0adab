/* SPDX-License-Identifier: Apache-2.0 */
/* Anchors and their successors, and a provider that says what it is told to. */
#ifndef LWCMP_TEST_ANCHORS_FIXTURE_H
#define LWCMP_TEST_ANCHORS_FIXTURE_H

#include "vectors.h"

#include "cert_make.h"
#include "lwcmp/anchors.h"
#include "store_ram.h"

#define ASKED 8

/* What the provider was asked and will say. */
static struct {
    int says[ASKED];
    unsigned calls;
    struct lwcmp_bytes path[ASKED][2];
    struct lwcmp_time time;
} provider;

int lwcmp_crypto_path(const struct lwcmp_bytes *path, size_t count,
                      const struct lwcmp_time *time)
{
    assert_int_equal(count, 2);
    assert_true(provider.calls < ASKED);
    provider.path[provider.calls][0] = vectors_copy(path[0].p, path[0].n);
    provider.path[provider.calls][1] = vectors_copy(path[1].p, path[1].n);
    provider.time = *time;
    return provider.says[provider.calls++];
}

/* Certificates with a letter each. They end in 2030 or 2045, or never. */
static const struct {
    char letter;
    const char *subject, *issuer;
    uint8_t key;
    const char *constraints; /* hexadecimal */
    const char *until;
} kinds[] = {
    {'o', "root", "root", 1, "30030101ff", "300101000000Z"},
    {'n', "root", "root", 2, "30030101ff", NULL},
    {'l', "root", "root", 2, "30030101ff", "20300101000000Z"},
    {'x', "other", "other", 3, "30030101ff", NULL},
    {'e', "root", "root", 4, "30030101ff", "300101000000Z"},
    {'z', "root", "root", 5, "30030101ff", "99991231235959Z"},
    {'u', "root", "root", 6, "30030101ff", "300101000060Z"}, /* no time */

    /* Pairs that are none. */
    {'k', "root", "root", 7, "30030101ff", NULL},
    {'a', "root 2", "root", 2, "30030101ff", NULL},
    {'i', "root", "other", 2, "30030101ff", NULL},
    {'s', "sub", "sub", 2, "30030101ff", NULL}, /* a subordinate CA's own */
    {'t', "sub", "root", 2, "30030101ff", NULL},
    {'0', "root", "root", 2, "", NULL},
    {'1', "root", "root", 2, "3000", NULL},
    {'2', "root", "root", 2, "3003010100", NULL},
    {'3', "root", "root", 2, "3003020101", NULL},
    {'4', "root", "root", 2, "04030101ff", NULL},
    {'5', "root", "root", 2, "30030101", NULL},
    {'6', "root", "root", 2, "30060101ff020100", NULL}, /* this one is good */
};

static uint8_t bytes[16384];
static struct lwcmp_bytes certificate[0x80];
static struct store_ram ram;
static struct lwcmp_store store;
static uint8_t buffer[2048];
static struct lwcmp_anchors anchors;

static inline struct lwcmp_bytes make(struct lwcmp_der_out *o, size_t i)
{
    const uint8_t key[] = {0x30, 3, 4, 1, kinds[i].key};
    struct lwcmp_bytes constraints = vectors_hex(kinds[i].constraints);
    const struct cert_make what = {
        .subject = kinds[i].subject,
        .issuer = kinds[i].issuer,
        .spki = {key, sizeof key},
        .ski = kinds[i].key,
        .until = kinds[i].until,
        .constraints = constraints,
    };
    struct lwcmp_bytes der = cert_make(o, &what);

    vectors_free(constraints);
    return der;
}

static inline int start(void **state)
{
    struct lwcmp_der_out o;

    (void)state;
    lwcmp_der_out_init(&o, bytes, sizeof bytes);
    for (size_t i = 0; i < COUNT(kinds); i++) {
        certificate[(unsigned char)kinds[i].letter] = make(&o, i);
    }
    memset(&ram, 0, sizeof ram);
    memset(&anchors, 0, sizeof anchors);
    memset(&provider, 0, sizeof provider);
    store = store_ram(&ram);
    anchors.store = &store;
    anchors.buffer = buffer;
    anchors.buffer_size = sizeof buffer;
    return o.err;
}

static inline void forget_paths(void)
{
    for (unsigned i = 0; i < provider.calls; i++) {
        vectors_free(provider.path[i][0]);
        vectors_free(provider.path[i][1]);
    }
    provider.calls = 0;
}

static inline int stop(void **state)
{
    (void)state;
    forget_paths();
    return 0;
}

static inline void again(void)
{
    (void)stop(NULL);
    (void)start(NULL);
}

/* Certificates of these letters, in a row. */
static inline size_t put_row(uint8_t *p, const char *letters)
{
    size_t n = 0;

    for (; *letters != '\0'; letters++) {
        const struct lwcmp_bytes der = certificate[(unsigned char)*letters];

        assert_true(der.n > 0);
        memcpy(p + n, der.p, der.n);
        n += der.n;
    }
    return n;
}

static inline void set(const char *learned, const char *configured)
{
    static uint8_t row[4096];

    anchors.configured.p = row;
    anchors.configured.n = put_row(row, configured);
    ram.record[LWCMP_RECORD_ANCHORS].n =
        put_row(ram.record[LWCMP_RECORD_ANCHORS].p, learned);
}

static inline void check_learned(const char *letters)
{
    uint8_t row[4096];
    const struct lwcmp_bytes due = {row, put_row(row, letters)};
    const struct lwcmp_bytes is = {ram.record[LWCMP_RECORD_ANCHORS].p,
                                   ram.record[LWCMP_RECORD_ANCHORS].n};

    CHECK_BYTES(is, due);
}

/* In buffers of exactly their size. */
static inline int update(struct lwcmp_bytes new_with_new,
                         struct lwcmp_bytes new_with_old)
{
    struct lwcmp_bytes a = vectors_copy(new_with_new.p, new_with_new.n);
    struct lwcmp_bytes b = vectors_copy(new_with_old.p, new_with_old.n);
    int err = lwcmp_anchor_update(&anchors, &a, &b);

    vectors_free(a);
    vectors_free(b);
    return err;
}

static inline int update_by(char new_with_new, char new_with_old)
{
    return update(certificate[(unsigned char)new_with_new],
                  certificate[(unsigned char)new_with_old]);
}

static inline void set_time(enum lwcmp_clock clock, uint64_t seconds)
{
    anchors.time.clock = clock;
    anchors.time.seconds = seconds;
}

static inline void check_asked(unsigned call, char below, char above)
{
    CHECK(call < provider.calls);
    CHECK_BYTES(provider.path[call][0], certificate[(unsigned char)below]);
    CHECK_BYTES(provider.path[call][1], certificate[(unsigned char)above]);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)

#endif
