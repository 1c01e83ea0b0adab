/* SPDX-License-Identifier: Apache-2.0 */
/* port/mbedtls/arena.c, in a small area so that it gets full. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lwcmp/config.h"

#undef LWCMP_CRYPTO_ARENA
#define LWCMP_CRYPTO_ARENA 1024
#include "mbedtls/arena.c"

#define WHOLE (LWCMP_CRYPTO_ARENA - 12)

static int wipe_area(void **state)
{
    (void)state;
    memset(&area, 0, sizeof area);
    lwcmp_arena_reset();
    return 0;
}

static void memory_is_cleared_and_aligned(void **state)
{
    uint8_t *p = lwcmp_arena_calloc(3, 5);
    static const uint8_t zeros[15];

    (void)state;
    assert_non_null(p);
    assert_int_equal((uintptr_t)p % 8, 0);
    memset(p, 0xa5, 15);
    lwcmp_arena_free(p);
    assert_ptr_equal(lwcmp_arena_calloc(15, 1), p);
    assert_memory_equal(p, zeros, 15);
}

static void all_of_it_can_be_had(void **state)
{
    void *p;

    (void)state;
    assert_false(lwcmp_arena_was_short());
    assert_null(lwcmp_arena_calloc(1, WHOLE + 1));
    assert_true(lwcmp_arena_was_short());
    p = lwcmp_arena_calloc(1, WHOLE);
    assert_non_null(p);
    assert_null(lwcmp_arena_calloc(1, 1));
    lwcmp_arena_free(p);
    assert_ptr_equal(lwcmp_arena_calloc(1, WHOLE), p);
}

static void a_product_that_overflows_is_refused(void **state)
{
    (void)state;
    assert_null(lwcmp_arena_calloc(SIZE_MAX / 2, 3));
    assert_null(lwcmp_arena_calloc(SIZE_MAX, SIZE_MAX));
    assert_non_null(lwcmp_arena_calloc(0, SIZE_MAX));
    assert_non_null(lwcmp_arena_calloc(SIZE_MAX, 0));
}

static void free_neighbours_are_joined(void **state)
{
    void *p[4];

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        p[i] = lwcmp_arena_calloc(1, 200);
    }
    assert_null(lwcmp_arena_calloc(1, 300));
    lwcmp_arena_free(p[2]);
    lwcmp_arena_free(p[1]);
    assert_ptr_equal(lwcmp_arena_calloc(1, 400), p[1]);
    lwcmp_arena_free(NULL);
}

static void the_peak_stays_until_it_is_reset(void **state)
{
    void *p = lwcmp_arena_calloc(1, 100);
    size_t top = lwcmp_arena_peak();

    (void)state;
    assert_in_range(top, 104, 116);
    lwcmp_arena_free(p);
    assert_false(is_used(FIRST));
    assert_int_equal(lwcmp_arena_peak(), top);
    lwcmp_arena_reset();
    assert_int_equal(lwcmp_arena_peak(), 0);
}

#define BLOCKS 24

struct block {
    uint8_t *p;
    size_t n;
    uint8_t fill;
};

static void check(const struct block *b)
{
    for (size_t i = 0; i < b->n; i++) {
        assert_int_equal(b->p[i], b->fill);
    }
}

/* Nobody's bytes change, whatever comes and goes around them. */
static void blocks_do_not_touch_each_other(void **state)
{
    struct block blocks[BLOCKS] = {{NULL, 0, 0}};
    unsigned seed = 1, refused = 0;

    (void)state;
    for (unsigned i = 0; i < 20000; i++) {
        struct block *b;

        seed = seed * 1103515245u + 12345u;
        b = &blocks[(seed >> 16) % BLOCKS];
        check(b);
        lwcmp_arena_free(b->p);
        b->n = (seed >> 8) % 90;
        b->fill = (uint8_t)i;
        b->p = lwcmp_arena_calloc(1, b->n);
        if (b->p == NULL) {
            b->n = 0;
            refused++;
            continue;
        }
        memset(b->p, b->fill, b->n);
    }
    assert_int_not_equal(refused, 0);
    for (size_t i = 0; i < BLOCKS; i++) {
        check(&blocks[i]);
        lwcmp_arena_free(blocks[i].p);
    }
    assert_non_null(lwcmp_arena_calloc(1, WHOLE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(memory_is_cleared_and_aligned, wipe_area),
        cmocka_unit_test_setup(all_of_it_can_be_had, wipe_area),
        cmocka_unit_test_setup(a_product_that_overflows_is_refused, wipe_area),
        cmocka_unit_test_setup(free_neighbours_are_joined, wipe_area),
        cmocka_unit_test_setup(the_peak_stays_until_it_is_reset, wipe_area),
        cmocka_unit_test_setup(blocks_do_not_touch_each_other, wipe_area),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
