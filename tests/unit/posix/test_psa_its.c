/* SPDX-License-Identifier: Apache-2.0 */
/* port/posix/psa_its.c */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <psa/internal_trusted_storage.h>

#include "posix/psa_its.h"
#include "scratch.h"

#define UID 0x80000000ABCD0001u
#define FILE_OF_UID "key-80000000abcd0001"

static char directory[256];
static int descriptors;

static int setup(void **state)
{
    (void)state;
    descriptors = open_descriptors();
    assert_int_equal(scratch_enter(directory, sizeof(directory)), 0);
    return lwcmp_posix_its_open(directory);
}

static int teardown(void **state)
{
    (void)state;
    assert_int_equal(lwcmp_posix_its_open(NULL), 0);
    assert_int_equal(open_descriptors(), descriptors);
    return scratch_leave(directory);
}

static psa_status_t put(psa_storage_uid_t uid, const char *text)
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
    assert_int_equal(put(UID, "a private key"), PSA_SUCCESS);
    assert_int_equal(put(1, "another"), PSA_SUCCESS);
    check(UID, "a private key");
    check(1, "another");
    assert_int_equal(put(UID, "new"), PSA_SUCCESS);
    check(UID, "new");
    assert_int_equal(psa_its_set(UID, 0, NULL, 0), PSA_SUCCESS);
    check(UID, "");
    check(1, "another");
}

static void test_survives(void **state)
{
    (void)state;
    assert_int_equal(put(UID, "kept"), PSA_SUCCESS);
    assert_int_equal(lwcmp_posix_its_open(directory), 0);
    check(UID, "kept");
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
    size_t i, n;
    char *p;

    (void)state;
    assert_int_equal(put(UID, "01234"), PSA_SUCCESS);
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        p = malloc(rows[i].size);
        n = 99;
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
    assert_int_equal(put(UID, "x"), PSA_SUCCESS);
    assert_int_equal(psa_its_remove(UID), PSA_SUCCESS);
    assert_int_equal(access(FILE_OF_UID, F_OK), -1);
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
    assert_int_equal(put(UID, "y"), PSA_ERROR_NOT_PERMITTED);
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
    assert_int_equal(put(0, "x"), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_its_get(0, 0, 1, &p, &n), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_its_get_info(0, &info), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_its_remove(0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_its_set(UID, 1, NULL, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_its_set(UID, 1, "x", 0x100), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(put(UID, "x"), PSA_SUCCESS);
    assert_int_equal(psa_its_get(UID, 0, 1, NULL, &n),
                     PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_its_get(UID, 0, 1, &p, NULL),
                     PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_its_get_info(UID, NULL), PSA_ERROR_INVALID_ARGUMENT);
    check(UID, "x");
}

/* Keys are for their owner only, whatever was there before. */
static void test_permissions(void **state)
{
    struct stat s;
    int fd = open(FILE_OF_UID ".lwcmp-new", O_WRONLY | O_CREAT, 0666);

    (void)state;
    assert_true(fd >= 0);
    assert_int_equal(close(fd), 0);
    assert_int_equal(put(UID, "x"), PSA_SUCCESS);
    assert_int_equal(stat(FILE_OF_UID, &s), 0);
    assert_int_equal(s.st_mode & 07777, 0600);
    assert_int_equal(access(FILE_OF_UID ".lwcmp-new", F_OK), -1);
}

static void test_damaged(void **state)
{
    struct psa_storage_info_t info;
    int fd = open(FILE_OF_UID, O_WRONLY | O_CREAT, 0600);

    (void)state;
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "\0\0\0", 3), 3);
    assert_int_equal(close(fd), 0);
    assert_int_equal(psa_its_get_info(UID, &info), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(mkdir("key-0000000000000002", 0700), 0);
    assert_int_equal(put(2, "x"), PSA_ERROR_STORAGE_FAILURE);
}

static void test_no_directory(void **state)
{
    struct psa_storage_info_t info;
    size_t n;
    char p;

    (void)state;
    assert_int_equal(put(UID, "x"), PSA_SUCCESS);
    assert_int_equal(lwcmp_posix_its_open(NULL), 0);
    assert_int_equal(put(UID, "y"), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(psa_its_get(UID, 0, 1, &p, &n), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(psa_its_get_info(UID, &info), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(psa_its_remove(UID), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(lwcmp_posix_its_open("a/b"), ENOENT);
    assert_int_equal(put(UID, "y"), PSA_ERROR_STORAGE_FAILURE);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_records),     TEST(test_survives),   TEST(test_part),
        TEST(test_absent),      TEST(test_write_once), TEST(test_arguments),
        TEST(test_permissions), TEST(test_damaged),    TEST(test_no_directory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
