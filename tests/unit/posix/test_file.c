/* SPDX-License-Identifier: Apache-2.0 */
/* port/posix/file.c: what is left when a call of the system fails */
#define _DEFAULT_SOURCE /* syscall() */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

#include "posix/file.h"
#include "scratch.h"

/*
 * The system calls that change something, under names that are found before
 * those of the C library. The `fail_at`-th gives `fail_errno`; a read or write
 * takes 3 bytes at most.
 */
static unsigned calls, fail_at;
static int fail_errno;

static bool fails(void)
{
    if (++calls != fail_at) {
        return false;
    }
    errno = fail_errno;
    return true;
}

ssize_t write(int fd, const void *p, size_t n)
{
    if (fd > STDERR_FILENO) {
        if (fails()) {
            return -1;
        }
        n = n > 3 ? 3 : n;
    }
    return syscall(SYS_write, fd, p, n);
}

/* Not counted: every other read is interrupted. */
ssize_t pread(int fd, void *p, size_t n, off_t offset)
{
    static bool interrupted;

    interrupted = !interrupted;
    if (interrupted) {
        errno = EINTR;
        return -1;
    }
    return syscall(SYS_pread64, fd, p, n > 3 ? 3 : n, offset);
}

int fsync(int fd)
{
    return fails() ? -1 : (int)syscall(SYS_fsync, fd);
}

int renameat(int old_fd, const char *old, int new_fd, const char *new)
{
    return fails() ? -1
                   : (int)syscall(SYS_renameat2, old_fd, old, new_fd, new, 0);
}

static void fail_call(unsigned at, int error)
{
    calls = 0;
    fail_at = at;
    fail_errno = error;
}

static char directory[256];
static int fd = -1, descriptors;

static int setup(void **state)
{
    (void)state;
    fail_call(0, 0);
    descriptors = open_descriptors();
    assert_int_equal(scratch_enter(directory, sizeof(directory)), 0);
    return lwcmp_posix_directory_open(directory, &fd);
}

static int teardown(void **state)
{
    (void)state;
    assert_int_equal(close(fd), 0);
    assert_int_equal(open_descriptors(), descriptors);
    return scratch_leave(directory);
}

static int put(const char *a, const char *b)
{
    const struct lwcmp_bytes parts[] = {{(const uint8_t *)a, strlen(a)},
                                        {NULL, 0},
                                        {(const uint8_t *)b, strlen(b)}};

    return lwcmp_posix_file_write(fd, "f", parts, 3);
}

static void check_file(const char *name, const char *text)
{
    size_t n, size, want = strlen(text);
    uint8_t p[64];

    assert_int_equal(
        lwcmp_posix_file_read(fd, name, 0, p, sizeof(p), &n, &size), 0);
    assert_int_equal(n, want);
    assert_int_equal(size, want);
    assert_memory_equal(p, text, want);
}

static bool exists(const char *name)
{
    struct stat s;

    return lstat(name, &s) == 0;
}

static unsigned mode_of(const char *name)
{
    struct stat s;

    assert_int_equal(lstat(name, &s), 0);
    return s.st_mode & 07777;
}

/* Each call of a write fails in turn: old or new, and no temporary file. */
static void test_write_fails(void **state)
{
    unsigned i, count;

    (void)state;
    fail_call(0, 0);
    assert_int_equal(put("new", "record"), 0);
    count = calls; /* 3 writes, fsync, rename, fsync of the directory */
    assert_int_equal(count, 6);
    for (i = 1; i <= count; i++) {
        assert_int_equal(put("old", ""), 0);
        fail_call(i, ENOSPC);
        assert_int_equal(put("new", "record"), ENOSPC);
        assert_int_equal(calls, i);
        check_file("f", i == count ? "newrecord" : "old");
        assert_false(exists("f.lwcmp-new"));
    }
}

/* write() and fsync() go on after a signal; rename() is not interrupted. */
static void test_write_interrupted(void **state)
{
    static const unsigned at[] = {1, 2, 3, 4, 6};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
        fail_call(at[i], EINTR);
        assert_int_equal(put("new", "record"), 0);
        assert_int_equal(calls, 7);
        check_file("f", "newrecord");
    }
}

/* Gone from sight, but it counts only when it is on the medium. */
static void test_remove_fails(void **state)
{
    (void)state;
    assert_int_equal(put("x", ""), 0);
    fail_call(1, EIO);
    assert_int_equal(lwcmp_posix_file_remove(fd, "f"), EIO);
    assert_false(exists("f"));
    fail_call(1, EIO);
    assert_int_equal(lwcmp_posix_file_remove(fd, "f"), EIO);
    assert_int_equal(lwcmp_posix_file_remove(fd, "f"), ENOENT);
}

static void test_directory_fails(void **state)
{
    int other = 0;

    (void)state;
    fail_call(1, EIO);
    assert_int_equal(lwcmp_posix_directory_open("f", &other), EIO);
    assert_int_equal(other, -1);
    assert_int_equal(lwcmp_posix_directory_open("f", &other), 0);
    assert_int_equal(mode_of("f"), 0700);
    assert_int_equal(close(other), 0);
    assert_int_equal(rmdir("f"), 0);
}

/* A leftover of a power cut is replaced, never written through. */
static void test_leftovers(void **state)
{
    int other = open("f.lwcmp-new", O_WRONLY | O_CREAT, 0666);

    (void)state;
    assert_true(other >= 0);
    assert_int_equal(write(other, "left", 4), 3);
    assert_int_equal(close(other), 0);
    assert_int_equal(put("1", ""), 0);
    check_file("f", "1");
    assert_int_equal(mode_of("f"), 0600);

    assert_int_equal(rename("f", "target"), 0);
    assert_int_equal(symlink("target", "f.lwcmp-new"), 0);
    assert_int_equal(put("2", ""), 0);
    check_file("f", "2");
    check_file("target", "1");
    assert_false(exists("f.lwcmp-new"));
}

/* Others may be writing to the same file; what is theirs is not touched. */
static void test_publish_beside_others(void **state)
{
    const struct lwcmp_bytes part = {(const uint8_t *)"1", 1};
    int other = open("f.0.lwcmp-new", O_WRONLY | O_CREAT, 0666);

    (void)state;
    assert_true(other >= 0);
    assert_int_equal(symlink("target", "f.1.lwcmp-new"), 0);
    assert_int_equal(lwcmp_posix_file_publish(fd, "f", &part, 1, 0640), 0);
    check_file("f", "1");
    assert_int_equal(mode_of("f"), 0640);
    assert_false(exists("f.2.lwcmp-new"));
    assert_false(exists("target"));
    assert_int_equal(write(other, "2", 1), 1);
    assert_int_equal(close(other), 0);
    check_file("f.0.lwcmp-new", "2");
    assert_true(exists("f.1.lwcmp-new"));
}

/* Each call in turn: our temporary file goes, that of another one stays. */
static void test_publish_fails(void **state)
{
    const struct lwcmp_bytes part = {(const uint8_t *)"1", 1};
    int other = open("f.0.lwcmp-new", O_WRONLY | O_CREAT, 0666);

    (void)state;
    assert_int_equal(close(other), 0);
    for (unsigned i = 1; i <= 4; i++) { /* write, fsync, rename, fsync */
        fail_call(i, ENOSPC);
        assert_int_equal(lwcmp_posix_file_publish(fd, "f", &part, 1, 0640),
                         ENOSPC);
        assert_int_equal(exists("f"), i == 4);
        assert_false(exists("f.1.lwcmp-new"));
        assert_true(exists("f.0.lwcmp-new"));
    }
}

static void test_read_part(void **state)
{
    size_t n, size;
    uint8_t *p = malloc(4);

    (void)state;
    assert_int_equal(put("01234", "56789"), 0);
    assert_int_equal(lwcmp_posix_file_read(fd, "f", 3, p, 4, &n, &size), 0);
    assert_int_equal(n, 4);
    assert_int_equal(size, 10);
    assert_memory_equal(p, "3456", 4);
    assert_int_equal(lwcmp_posix_file_read(fd, "f", 8, p, 4, &n, &size), 0);
    assert_int_equal(n, 2);
    assert_memory_equal(p, "89", 2);
    assert_int_equal(lwcmp_posix_file_read(fd, "f", 11, p, 4, &n, &size), 0);
    assert_int_equal(n, 0);
    assert_int_equal(lwcmp_posix_file_read(fd, "g", 0, p, 4, &n, &size),
                     ENOENT);
    free(p);
}

static void test_long_name(void **state)
{
    const struct lwcmp_bytes part = {(const uint8_t *)"x", 1};
    char name[300];

    (void)state;
    memset(name, 'n', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    assert_int_equal(lwcmp_posix_file_write(fd, name, &part, 1), ENAMETOOLONG);
    assert_int_equal(lwcmp_posix_file_publish(fd, name, &part, 1, 0644),
                     ENAMETOOLONG);
    assert_false(exists(name));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_write_fails),   TEST(test_write_interrupted),
        TEST(test_remove_fails),  TEST(test_directory_fails),
        TEST(test_leftovers),     TEST(test_publish_beside_others),
        TEST(test_publish_fails), TEST(test_read_part),
        TEST(test_long_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
