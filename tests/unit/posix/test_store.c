/* SPDX-License-Identifier: Apache-2.0 */
/* port/posix/store.c */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "posix/store.h"
#include "scratch.h"
#include "store_scenes.h"

static char directory[256];
static int descriptors;
static struct lwcmp_posix_store s;

static void put_file(const char *name, const char *text, mode_t mode)
{
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, mode);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    assert_int_equal(close(fd), 0);
}

static unsigned mode_of(const char *name)
{
    struct stat st;

    assert_int_equal(lstat(name, &st), 0);
    return st.st_mode & 07777;
}

static int setup(void **state)
{
    (void)state;
    descriptors = open_descriptors();
    assert_int_equal(scratch_enter(directory, sizeof(directory)), 0);
    return lwcmp_posix_store_open(&s, &store, directory);
}

static int teardown(void **state)
{
    (void)state;
    lwcmp_posix_store_close(&s);
    lwcmp_posix_store_close(&s);
    assert_int_equal(open_descriptors(), descriptors);
    return scratch_leave(directory);
}

static void reopen(void)
{
    lwcmp_posix_store_close(&s);
    assert_int_equal(lwcmp_posix_store_open(&s, &store, directory), 0);
}

static void test_files(void **state)
{
    static const char *const names[] = {NULL, "journal", "cert-1", "cert-2",
                                        "anchors"};

    (void)state;
    for (int id = LWCMP_RECORD_JOURNAL; id <= LWCMP_RECORD_ANCHORS; id++) {
        enum lwcmp_record record = (enum lwcmp_record)id;

        assert_int_equal(write_text(record, "", ""), 0);
        assert_int_equal(access(names[id], F_OK), 0);
        assert_int_equal(store.remove(store.context, record), 0);
        assert_int_equal(access(names[id], F_OK), -1);
        assert_int_equal(store.remove(store.context, record), 0);
        assert_int_equal(s.error, 0);
    }
}

#define LAST (LWCMP_RECORD_ERRAND + 1) /* no record any more */

static void test_unknown_record(void **state)
{
    uint8_t p[4];
    size_t n;
    int id;

    (void)state;
    for (id = 0; id <= LAST; id += LAST) {
        enum lwcmp_record record = (enum lwcmp_record)id;

        assert_int_equal(store.read(store.context, record, p, 4, &n),
                         LWCMP_ERR_STORE);
        assert_int_equal(write_text(record, "x", ""), LWCMP_ERR_STORE);
        assert_int_equal(store.remove(store.context, record), LWCMP_ERR_STORE);
        assert_int_equal(s.error, EINVAL);
    }
}

static void test_unreadable(void **state)
{
    uint8_t p[4];
    size_t n = 1;

    (void)state;
    assert_int_equal(mkdir("cert-1", 0700), 0);
    assert_int_equal(store.read(store.context, LWCMP_RECORD_CERT_1, p, 4, &n),
                     LWCMP_ERR_STORE);
    assert_int_equal(n, 0);
    assert_int_not_equal(s.error, 0);
    assert_int_equal(write_text(LWCMP_RECORD_CERT_1, "x", ""), LWCMP_ERR_STORE);
    assert_int_equal(store.remove(store.context, LWCMP_RECORD_CERT_1),
                     LWCMP_ERR_STORE);
    assert_int_equal(access("cert-1.lwcmp-new", F_OK), -1);
    assert_int_equal(mkfifo("journal", 0600), 0);
    assert_int_equal(store.read(store.context, LWCMP_RECORD_JOURNAL, p, 4, &n),
                     LWCMP_ERR_STORE);
}

static void test_permissions(void **state)
{
    (void)state;
    put_file("cert-1", "lax", 0666);
    assert_int_equal(write_text(LWCMP_RECORD_CERT_1, "x", ""), 0);
    assert_int_equal(mode_of("cert-1"), 0600);
    assert_int_equal(mode_of("lock"), 0600);
}

/* With nothing but zeros in it: descriptor 0 has to stay open. */
static int open_other(struct lwcmp_posix_store *other, const char *path)
{
    struct lwcmp_store second;

    memset(other, 0, sizeof(*other));
    other->error = EIO;
    return lwcmp_posix_store_open(other, &second, path);
}

static void test_lock(void **state)
{
    struct lwcmp_posix_store other;

    (void)state;
    assert_int_equal(open_other(&other, directory), LWCMP_ERR_STORE);
    assert_int_equal(other.error, EWOULDBLOCK);
    assert_int_equal(open_descriptors(), descriptors + 2);
    lwcmp_posix_store_close(&other);
    lwcmp_posix_store_close(&s);
    assert_int_equal(open_other(&other, directory), 0);
    assert_int_equal(other.error, 0);
    lwcmp_posix_store_close(&s); /* has nothing to close any more */
    assert_int_equal(open_descriptors(), descriptors + 2);
    lwcmp_posix_store_close(&other);
}

static void test_directory(void **state)
{
    struct lwcmp_posix_store other;

    (void)state;
    assert_int_equal(open_other(&other, "a/b"), LWCMP_ERR_STORE);
    assert_int_equal(other.error, ENOENT);
    put_file("target", "", 0600);
    assert_int_equal(open_other(&other, "target"), LWCMP_ERR_STORE);
    assert_int_equal(other.error, ENOTDIR);
    assert_int_equal(open_other(&other, "made"), 0);
    assert_int_equal(mode_of("made"), 0700);
    assert_int_equal(mode_of("made/lock"), 0600);
    lwcmp_posix_store_close(&other);
    assert_int_equal(unlink("made/lock"), 0);
}

/* Also of keys in the same directory; nothing else, and not without the lock */
static void test_leftovers(void **state)
{
    struct lwcmp_posix_store other;

    (void)state;
    put_file("cert-1.lwcmp-new", "half", 0600);
    put_file("key-0000000000000001.lwcmp-new", "secret", 0600);
    put_file("key-0000000000000001", "key", 0600);
    put_file(".lwcmp-new", "", 0600);
    put_file("x.lwcmp-new.x", "", 0600);
    assert_int_equal(open_other(&other, directory), LWCMP_ERR_STORE);
    lwcmp_posix_store_close(&other);
    assert_int_equal(access("key-0000000000000001.lwcmp-new", F_OK), 0);
    lwcmp_posix_store_close(&s);
    assert_int_equal(lwcmp_posix_store_open(&s, &store, directory), 0);
    assert_int_equal(access("cert-1.lwcmp-new", F_OK), -1);
    assert_int_equal(access("key-0000000000000001.lwcmp-new", F_OK), -1);
    assert_int_equal(access("key-0000000000000001", F_OK), 0);
    assert_int_equal(access(".lwcmp-new", F_OK), 0);
    assert_int_equal(access("x.lwcmp-new.x", F_OK), 0);
}

/* Better no store than one in which a part of a key stays. */
static void test_leftover_stays(void **state)
{
    struct lwcmp_posix_store other;

    (void)state;
    assert_int_equal(mkdir("made", 0700), 0);
    assert_int_equal(mkdir("made/x.lwcmp-new", 0700), 0);
    assert_int_equal(open_other(&other, "made"), LWCMP_ERR_STORE);
    assert_int_not_equal(other.error, 0);
    assert_int_equal(open_descriptors(), descriptors + 2);
    lwcmp_posix_store_close(&other);
    assert_int_equal(rmdir("made/x.lwcmp-new"), 0);
    assert_int_equal(unlink("made/lock"), 0);
}

/* Nowhere to write to, also for root. */
static void test_directory_removed(void **state)
{
    (void)state;
    assert_int_equal(unlink("lock"), 0);
    assert_int_equal(rmdir(directory), 0);
    assert_int_equal(write_text(LWCMP_RECORD_CERT_1, "x", ""), LWCMP_ERR_STORE);
    assert_int_equal(s.error, ENOENT);
    assert_int_equal(mkdir(directory, 0700), 0);
    assert_int_equal(chdir(directory), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_SCENES,
        TEST(test_files),
        TEST(test_unknown_record),
        TEST(test_unreadable),
        TEST(test_permissions),
        TEST(test_lock),
        TEST(test_directory),
        TEST(test_directory_removed),
        TEST(test_leftovers),
        TEST(test_leftover_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
