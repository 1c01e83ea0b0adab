/* SPDX-License-Identifier: Apache-2.0 */
/* Records with a content that tells them apart, in a simulated flash. */
#ifndef LOG_FIXTURE_H
#define LOG_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "flash/log_own.h"
#include "flash_sim.h"

#define RECORD_MAX 2048
#define ITS LWCMP_LOG_ITS
#define STORE LWCMP_LOG_STORE

static struct flash_sim sim;
static struct lwcmp_log log_;

/* Test material: any eight bytes of it are nowhere else. */
static inline void fill(uint8_t *p, size_t n, uint32_t seed)
{
    uint32_t x = seed * 2654435761u + 12345;

    for (size_t i = 0; i < n; i++) {
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        p[i] = (uint8_t)(x >> 8);
    }
}

/* In two parts, with an absent one between them. */
static inline int put(enum lwcmp_log_kind kind, uint64_t id, size_t n,
                      uint32_t seed)
{
    uint8_t p[RECORD_MAX];
    const struct lwcmp_bytes parts[] = {
        {p, n / 3}, {NULL, 0}, {p + n / 3, n - n / 3}};

    fill(p, n, seed);
    return lwcmp_log_write(&log_, kind, id, parts, 3);
}

/* The record as it is read: false if it cannot be. */
static inline bool get(enum lwcmp_log_kind kind, uint64_t id, uint8_t *p,
                       size_t *n)
{
    size_t size;

    return lwcmp_log_read(&log_, kind, id, 0, p, RECORD_MAX, n, &size) == 0 &&
           *n == size;
}

/* n = 0: whether there is none. */
static inline bool has(enum lwcmp_log_kind kind, uint64_t id, size_t n,
                       uint32_t seed)
{
    uint8_t p[RECORD_MAX], want[RECORD_MAX];
    size_t got;

    fill(want, n, seed);
    return get(kind, id, p, &got) && got == n && memcmp(p, want, n) == 0;
}

static inline bool is_left(size_t n, uint32_t seed)
{
    uint8_t p[RECORD_MAX];

    fill(p, n, seed);
    return flash_sim_holds(&sim, p, n);
}

static inline enum lwcmp_log_state power_cycle(void)
{
    flash_sim_power_on(&sim);
    return lwcmp_log_open(&log_, &sim.flash);
}

static inline struct lwcmp_log_use measure(void)
{
    struct lwcmp_log_use use;

    assert_int_equal(lwcmp_log_measure(&log_, &use), 0);
    return use;
}

static inline uint32_t span(size_t n)
{
    return lwcmp_log_span(&sim.flash, n);
}

/* What the records there are take, in all. */
static inline uint32_t live(void)
{
    return measure().live - lwcmp_log_start(&sim.flash);
}

#endif
