/* SPDX-License-Identifier: Apache-2.0 */
/* port/posix/psa_its.c */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "its_scenes.h"
#include "posix/psa_its.h"
#include "scratch.h"

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

static void reopen(void)
{
    assert_int_equal(lwcmp_posix_its_open(directory), 0);
}

static void withdraw(void)
{
    assert_int_equal(lwcmp_posix_its_open(NULL), 0);
}

static void test_file(void **state)
{
    (void)state;
    assert_int_equal(set(UID, "x"), PSA_SUCCESS);
    assert_int_equal(access(FILE_OF_UID, F_OK), 0);
    assert_int_equal(psa_its_remove(UID), PSA_SUCCESS);
    assert_int_equal(access(FILE_OF_UID, F_OK), -1);
}

/* Keys are for their owner only, whatever was there before. */
static void test_permissions(void **state)
{
    struct stat s;
    int fd = open(FILE_OF_UID ".lwcmp-new", O_WRONLY | O_CREAT, 0666);

    (void)state;
    assert_true(fd >= 0);
    assert_int_equal(close(fd), 0);
    assert_int_equal(set(UID, "x"), PSA_SUCCESS);
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
    assert_int_equal(set(2, "x"), PSA_ERROR_STORAGE_FAILURE);
}

static void test_no_directory(void **state)
{
    (void)state;
    assert_int_equal(lwcmp_posix_its_open("a/b"), ENOENT);
    assert_int_equal(set(UID, "y"), PSA_ERROR_STORAGE_FAILURE);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ITS_SCENES,         TEST(test_file),         TEST(test_permissions),
        TEST(test_damaged), TEST(test_no_directory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
