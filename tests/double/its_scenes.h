/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What PSA Internal Trusted Storage has to do on any medium: tests for each
 * port of it. The including file gives TEST(), with a setup that opens an
 * empty storage, and the two functions below.
 */
#ifndef ITS_SCENES_H
#define ITS_SCENES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <psa/internal_trusted_storage.h>

#define UID 0x80000000abcd0001u

/* As after a reset of the device. */
static void reopen(void);

/* From here on there is no storage. */
static void withdraw(void);

static psa_status_t set(psa_storage_uid_t uid, const char *text)
{
    return psa_its_set(uid, strlen(text), text, PSA_STORAGE_FLAG_NONE);
}

static void check(psa_storage_uid_t uid, const char *text)
{
    struct psa_storage_info_t info;
    size_t want = strlen(text), n = 1;
    char *p = malloc(want);

    assert_int_equal(psa_its_get_info(uid, &info), PSA_SUCCESS);
    assert_int_equal(info.size, want);
    assert_int_equal(info.capacity, want);
    assert_int_equal(info.flags, PSA_STORAGE_FLAG_NONE);
    assert_int_equal(psa_its_get(uid, 0, want, p, &n), PSA_SUCCESS);
    assert_int_equal(n, want);
    assert_memory_equal(p, text, want);
    free(p);
}

static void test_records(void **state)
{
    (void)state;
    assert_int_equal(set(UID, "a private key"), PSA_SUCCESS);
    assert_int_equal(set(1, "another"), PSA_SUCCESS);
    check(UID, "a private key");
    check(1, "another");
    assert_int_equal(set(UID, "new"), PSA_SUCCESS);
    check(UID, "new");
    assert_int_equal(psa_its_set(UID, 0, NULL, 0), PSA_SUCCESS);
    check(UID, "");
    check(1, "another");
}

static void test_survives(void **state)
{
    (void)state;
    assert_int_equal(set(UID, "old"), PSA_SUCCESS);
    assert_int_equal(set(UID, "kept"), PSA_SUCCESS);
    assert_int_equal(psa_its_set(1, 0, NULL, 0), PSA_SUCCESS);
    assert_int_equal(set(2, "x"), PSA_SUCCESS);
    assert_int_equal(psa_its_remove(2), PSA_SUCCESS);
    reopen();
    check(UID, "kept");
    check(1, "");
    assert_int_equal(psa_its_remove(2), PSA_ERROR_DOES_NOT_EXIST);
}

static void test_part(void **state)
{
    static const struct {
        size_t offset, size;
        psa_status_t status;
        const char *text;
    } rows[] = {
        {0, 5, PSA_SUCCESS, "01234"},
        {0, 6, PSA_SUCCESS, "01234"},
        {2, 2, PSA_SUCCESS, "23"},
        {4, 9, PSA_SUCCESS, "4"},
        {5, 1, PSA_SUCCESS, ""},
        {6, 1, PSA_ERROR_INVALID_ARGUMENT, ""},
        {2, 0, PSA_SUCCESS, ""},
        {6, 0, PSA_ERROR_INVALID_ARGUMENT, ""},
        {SIZE_MAX, 1, PSA_ERROR_INVALID_ARGUMENT, ""},
    };

    (void)state;
    assert_int_equal(set(UID, "01234"), PSA_SUCCESS);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char *p = malloc(rows[i].size);
        size_t n = 99;

        assert_int_equal(psa_its_get(UID, rows[i].offset, rows[i].size, p, &n),
                         rows[i].status);
        assert_int_equal(n, strlen(rows[i].text));
        assert_memory_equal(p, rows[i].text, n);
        free(p);
    }
}

static void test_absent(void **state)
{
    struct psa_storage_info_t info;
    char p[4];
    size_t n = 1;

    (void)state;
    assert_int_equal(psa_its_get(UID, 0, 4, p, &n), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(n, 0);
    assert_int_equal(psa_its_get_info(UID, &info), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(psa_its_remove(UID), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(set(UID, "x"), PSA_SUCCESS);
    assert_int_equal(psa_its_remove(UID), PSA_SUCCESS);
    assert_int_equal(psa_its_remove(UID), PSA_ERROR_DOES_NOT_EXIST);
}

static void test_write_once(void **state)
{
    struct psa_storage_info_t info;
    size_t n;
    char p;

    (void)state;
    assert_int_equal(psa_its_set(UID, 1, "x", PSA_STORAGE_FLAG_WRITE_ONCE),
                     PSA_SUCCESS);
    assert_int_equal(set(UID, "y"), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_its_remove(UID), PSA_ERROR_NOT_PERMITTED);
    reopen();
    assert_int_equal(psa_its_remove(UID), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_its_get_info(UID, &info), PSA_SUCCESS);
    assert_int_equal(info.flags, PSA_STORAGE_FLAG_WRITE_ONCE);
    assert_int_equal(psa_its_get(UID, 0, 1, &p, &n), PSA_SUCCESS);
    assert_int_equal(p, 'x');
}

static void test_arguments(void **state)
{
    struct psa_storage_info_t info;
    size_t n;
    char p;

    (void)state;
    assert_int_equal(set(0, "x"), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_its_get(0, 0, 1, &p, &n), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_its_get_info(0, &info), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_its_remove(0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_its_set(UID, 1, NULL, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_its_set(UID, 1, "x", 0x100), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(set(UID, "x"), PSA_SUCCESS);
    assert_int_equal(psa_its_get(UID, 0, 1, NULL, &n),
                     PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_its_get(UID, 0, 1, &p, NULL),
                     PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_its_get_info(UID, NULL), PSA_ERROR_INVALID_ARGUMENT);
    check(UID, "x");
}

static void test_withdrawn(void **state)
{
    struct psa_storage_info_t info;
    size_t n;
    char p;

    (void)state;
    assert_int_equal(set(UID, "x"), PSA_SUCCESS);
    withdraw();
    assert_int_equal(set(UID, "y"), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(psa_its_get(UID, 0, 1, &p, &n), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(psa_its_get_info(UID, &info), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(psa_its_remove(UID), PSA_ERROR_STORAGE_FAILURE);
}

#define ITS_SCENES                                                      \
    TEST(test_records), TEST(test_survives), TEST(test_part),           \
        TEST(test_absent), TEST(test_write_once), TEST(test_arguments), \
        TEST(test_withdrawn)

#endif
