/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a store (lwcmp/store.h) has to do on any medium: tests for each port
 * of it. The including file gives TEST(), with a setup that opens an empty
 * store as `store`, and the function below.
 */
#ifndef STORE_SCENES_H
#define STORE_SCENES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lwcmp/store.h"

static struct lwcmp_store store;

/* As after a reset of the device. */
static void reopen(void);

static int write_text(enum lwcmp_record id, const char *a, const char *b)
{
    const struct lwcmp_bytes parts[] = {{(const uint8_t *)a, strlen(a)},
                                        {NULL, 0},
                                        {(const uint8_t *)b, strlen(b)}};

    return store.write(store.context, id, parts, 3);
}

static void check(enum lwcmp_record id, const char *text)
{
    size_t want = strlen(text), n = 1;
    uint8_t *p = malloc(want);

    assert_int_equal(store.read(store.context, id, p, want, &n), 0);
    assert_int_equal(n, want);
    assert_memory_equal(p, text, n);
    free(p);
}

static void test_records(void **state)
{
    (void)state;
    check(LWCMP_RECORD_JOURNAL, "");
    assert_int_equal(write_text(LWCMP_RECORD_JOURNAL, "jour", "nal"), 0);
    assert_int_equal(write_text(LWCMP_RECORD_CERT_1, "first", ""), 0);
    assert_int_equal(write_text(LWCMP_RECORD_CERT_2, "", "second"), 0);
    assert_int_equal(write_text(LWCMP_RECORD_ANCHORS, "an", "chors"), 0);
    check(LWCMP_RECORD_JOURNAL, "journal");
    check(LWCMP_RECORD_CERT_1, "first");
    check(LWCMP_RECORD_CERT_2, "second");
    check(LWCMP_RECORD_ANCHORS, "anchors");
    assert_int_equal(write_text(LWCMP_RECORD_CERT_1, "1", ""), 0);
    check(LWCMP_RECORD_CERT_1, "1");
    assert_int_equal(write_text(LWCMP_RECORD_CERT_1, "", ""), 0);
    check(LWCMP_RECORD_CERT_1, "");
    check(LWCMP_RECORD_CERT_2, "second");
}

static void test_survives(void **state)
{
    static const char *const texts[] = {NULL, "journal", "1", "", "anchors"};

    (void)state;
    assert_int_equal(write_text(LWCMP_RECORD_CERT_1, "first", ""), 0);
    assert_int_equal(write_text(LWCMP_RECORD_CERT_2, "second", ""), 0);
    for (int id = LWCMP_RECORD_JOURNAL; id <= LWCMP_RECORD_ANCHORS; id++) {
        assert_int_equal(write_text((enum lwcmp_record)id, texts[id], ""), 0);
    }
    reopen();
    for (int id = LWCMP_RECORD_JOURNAL; id <= LWCMP_RECORD_ANCHORS; id++) {
        check((enum lwcmp_record)id, texts[id]);
    }
    assert_int_equal(write_text(LWCMP_RECORD_CERT_1, "", ""), 0);
    check(LWCMP_RECORD_CERT_1, "");
}

static void test_remove(void **state)
{
    (void)state;
    assert_int_equal(write_text(LWCMP_RECORD_CERT_1, "x", ""), 0);
    assert_int_equal(write_text(LWCMP_RECORD_CERT_2, "y", ""), 0);
    assert_int_equal(store.remove(store.context, LWCMP_RECORD_CERT_1), 0);
    check(LWCMP_RECORD_CERT_1, "");
    assert_int_equal(store.remove(store.context, LWCMP_RECORD_CERT_1), 0);
    reopen();
    check(LWCMP_RECORD_CERT_1, "");
    check(LWCMP_RECORD_CERT_2, "y");
}

static void test_too_long(void **state)
{
    uint8_t *p = malloc(4);
    size_t n = 1;

    (void)state;
    assert_int_equal(write_text(LWCMP_RECORD_CERT_1, "12345", ""), 0);
    assert_int_equal(store.read(store.context, LWCMP_RECORD_CERT_1, p, 4, &n),
                     LWCMP_ERR_BUFFER);
    assert_int_equal(n, 0);
    assert_int_equal(store.read(store.context, LWCMP_RECORD_CERT_1, p, 0, &n),
                     LWCMP_ERR_BUFFER);
    free(p);
}

#define STORE_SCENES                                            \
    TEST(test_records), TEST(test_survives), TEST(test_remove), \
        TEST(test_too_long)

#endif
