/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The two parts of a factory record, and what holds for all that is taken for
 * one. Keys and secrets are test material.
 */
#ifndef LWCMP_TESTS_FACTORY_PARTS_H
#define LWCMP_TESTS_FACTORY_PARTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "factory/record.h"

#define RUNS 20000

/* As another program has made them. */
static const uint8_t record[] = {
    0x6c, 0x77, 0x46, 0x52, 0x01, 0x0b, 0x00, 0x49, 0x01, 0x00, 0x0b,
    0x63, 0x61, 0x2e, 0x65, 0x78, 0x61, 0x6d, 0x70, 0x6c, 0x65, 0x00,
    0x02, 0x00, 0x03, 0x2f, 0x70, 0x00, 0x03, 0x00, 0x02, 0x1f, 0x90,
    0x04, 0x00, 0x0e, 0x30, 0x0c, 0x31, 0x0a, 0x30, 0x08, 0x06, 0x03,
    0x55, 0x04, 0x03, 0x0c, 0x01, 0x61, 0x05, 0x00, 0x0e, 0x30, 0x0c,
    0x31, 0x0a, 0x30, 0x08, 0x06, 0x03, 0x55, 0x04, 0x03, 0x0c, 0x01,
    0x62, 0x06, 0x00, 0x0b, 0x30, 0x03, 0x02, 0x01, 0x01, 0x30, 0x81,
    0x03, 0x04, 0x01, 0x02, 0xb2, 0x53, 0x7e, 0x44,
};
static const uint8_t secret[] = {
    0x6c, 0x77, 0x46, 0x53, 0x01, 0x00, 0x00, 0x1c, 0x01, 0x00,
    0x04, 0x34, 0x37, 0x31, 0x31, 0x02, 0x00, 0x12, 0x73, 0x65,
    0x63, 0x72, 0x65, 0x74, 0x20, 0x6f, 0x66, 0x20, 0x74, 0x68,
    0x65, 0x20, 0x74, 0x65, 0x73, 0x74, 0x17, 0x2c, 0x3e, 0x2a,
};

/* The two parts, so that each test goes over both. */
static const struct part {
    const char *magic;
    struct lwcmp_bytes good;
    bool is_secret;
} parts[] = {{"lwFR", {record, sizeof(record)}, false},
             {"lwFS", {secret, sizeof(secret)}, true}};

static inline bool lies_inside(struct lwcmp_bytes slice,
                               struct lwcmp_bytes flash)
{
    return slice.n == 0 ||
           (slice.p >= flash.p && slice.p + slice.n <= flash.p + flash.n);
}

static inline void check_text(const char *text, struct lwcmp_bytes flash)
{
    struct lwcmp_bytes slice = {(const uint8_t *)text, strlen(text) + 1};

    assert_true(slice.n > 1);
    assert_true(lies_inside(slice, flash));
}

/* What holds for a good record, whatever is in it. */
static inline void check_record(const struct lwcmp_factory *f,
                                struct lwcmp_bytes flash)
{
    check_text(f->host, flash);
    check_text(f->path, flash);
    assert_int_equal(f->path[0], '/');
    assert_true(f->port > 0);
    assert_true(f->subject.n > 0);
    assert_true(f->learn || f->anchors.n > 0);
    assert_true(lies_inside(f->subject, flash));
    assert_true(lies_inside(f->recipient, flash));
    assert_true(lies_inside(f->anchors, flash));
}

static inline void check_secret(const struct lwcmp_factory_secret *s,
                                struct lwcmp_bytes flash)
{
    assert_true(s->reference.n > 0 && lies_inside(s->reference, flash));
    assert_true(s->secret.n > 0 && lies_inside(s->secret, flash));
}

/* Reads from an allocation of exactly this size. */
static inline enum lwcmp_factory_state read_part(const struct part *part,
                                                 const uint8_t *p, size_t n)
{
    uint8_t *copy = malloc(n + (n == 0));
    struct lwcmp_bytes flash = {copy, n};
    struct lwcmp_factory_secret s;
    enum lwcmp_factory_state state;
    struct lwcmp_factory f;

    assert_non_null(copy);
    memcpy(copy, p, n);
    if (part->is_secret) {
        state = lwcmp_factory_read_secret(flash, &s);
        if (!state) {
            check_secret(&s, flash);
        }
    } else {
        state = lwcmp_factory_read(flash, &f);
        if (!state) {
            check_record(&f, flash);
        }
    }
    free(copy);
    return state;
}

static inline uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

#endif
