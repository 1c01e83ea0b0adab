/* SPDX-License-Identifier: Apache-2.0 */
#include "file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SUFFIX ".lwcmp-new"
#define TEMPORARY_MAX (NAME_MAX + sizeof(SUFFIX))
#define WRITERS_MAX 100
#define PRIVATE 0600

static int sync_fd(int fd)
{
    while (fsync(fd) != 0) {
        if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

/* The new directory's own name is an entry of its parent. */
static int sync_parent(int directory)
{
    int parent = openat(directory, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int err;

    if (parent < 0) {
        return errno;
    }
    err = sync_fd(parent);
    (void)close(parent);
    return err;
}

int lwcmp_posix_directory_open(const char *path, int *directory)
{
    bool made = mkdir(path, 0700) == 0;
    int err = 0;

    *directory = -1;
    if (!made && errno != EEXIST) {
        return errno;
    }
    *directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*directory < 0) {
        return errno;
    }
    if (made) {
        err = sync_parent(*directory);
    }
    if (err) {
        (void)close(*directory);
        *directory = -1;
    }
    return err;
}

static bool is_temporary(const char *name)
{
    size_t n = strlen(name), suffix_n = strlen(SUFFIX);

    return n > suffix_n && strcmp(name + n - suffix_n, SUFFIX) == 0;
}

static int remove_temporaries(DIR *list, int directory)
{
    const struct dirent *entry;

    for (;;) {
        errno = 0;
        entry = readdir(list);
        if (entry == NULL) {
            return errno;
        }
        if (is_temporary(entry->d_name) &&
            unlinkat(directory, entry->d_name, 0) != 0) {
            return errno;
        }
    }
}

int lwcmp_posix_directory_clean(int directory)
{
    int fd = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *list;
    int err;

    if (fd < 0) {
        return errno;
    }
    list = fdopendir(fd);
    if (list == NULL) {
        err = errno;
        (void)close(fd);
        return err;
    }
    err = remove_temporaries(list, directory);
    (void)closedir(list);
    return err ? err : sync_fd(directory);
}

static int write_all(int fd, struct lwcmp_bytes part)
{
    ssize_t n;

    while (part.n > 0) {
        n = write(fd, part.p, part.n);
        if (n >= 0) {
            part.p += n;
            part.n -= (size_t)n;
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

static int fill(int fd, const struct lwcmp_bytes *parts, size_t count,
                mode_t mode)
{
    int err = 0;

    for (size_t i = 0; i < count && !err; i++) {
        err = write_all(fd, parts[i]);
    }
    if (!err && mode != PRIVATE && fchmod(fd, mode) != 0) {
        err = errno;
    }
    return err ? err : sync_fd(fd);
}

/* What is there already under that name is not ours, and stays. */
static int write_new(int directory, const char *name,
                     const struct lwcmp_bytes *parts, size_t count, mode_t mode)
{
    int err, fd = openat(directory, name,
                         O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, PRIVATE);

    if (fd < 0) {
        return errno;
    }
    err = fill(fd, parts, count, mode);
    if (close(fd) != 0 && !err) {
        err = errno;
    }
    if (err) {
        (void)unlinkat(directory, name, 0);
    }
    return err;
}

static int put_in_place(int directory, const char *temporary, const char *name)
{
    int err;

    if (renameat(directory, temporary, directory, name) != 0) {
        err = errno;
        (void)unlinkat(directory, temporary, 0);
        return err;
    }
    return sync_fd(directory);
}

int lwcmp_posix_file_publish(int directory, const char *name,
                             const struct lwcmp_bytes *parts, size_t count,
                             mode_t mode)
{
    char temporary[TEMPORARY_MAX];
    int n, err = EEXIST;

    for (unsigned i = 0; i < WRITERS_MAX && err == EEXIST; i++) {
        n = snprintf(temporary, sizeof(temporary), "%s.%ld.%u" SUFFIX, name,
                     (long)getpid(), i);
        if (n < 0 || (size_t)n >= sizeof(temporary)) {
            return ENAMETOOLONG;
        }
        err = write_new(directory, temporary, parts, count, mode);
    }
    return err ? err : put_in_place(directory, temporary, name);
}

/* What an interrupted write has left is neither opened nor followed. */
int lwcmp_posix_file_write(int directory, const char *name,
                           const struct lwcmp_bytes *parts, size_t count)
{
    char temporary[TEMPORARY_MAX];
    int n = snprintf(temporary, sizeof(temporary), "%s" SUFFIX, name);
    int err;

    if (n < 0 || (size_t)n >= sizeof(temporary)) {
        return ENAMETOOLONG;
    }
    if (unlinkat(directory, temporary, 0) != 0 && errno != ENOENT) {
        return errno;
    }
    err = write_new(directory, temporary, parts, count, PRIVATE);
    return err ? err : put_in_place(directory, temporary, name);
}

static int read_at(int fd, size_t offset, uint8_t *p, size_t cap, size_t *n)
{
    ssize_t got;

    while (*n < cap) {
        got = pread(fd, p + *n, cap - *n, (off_t)(offset + *n));
        if (got == 0) {
            break;
        }
        if (got > 0) {
            *n += (size_t)got;
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

int lwcmp_posix_file_read(int directory, const char *name, size_t offset,
                          uint8_t *p, size_t cap, size_t *n, size_t *size)
{
    int fd = openat(directory, name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat s;
    int err;

    *n = 0;
    *size = 0;
    if (fd < 0) {
        return errno;
    }
    if (fstat(fd, &s) != 0) {
        err = errno;
    } else if (!S_ISREG(s.st_mode)) {
        err = EINVAL;
    } else {
        *size = (size_t)s.st_size;
        err = read_at(fd, offset, p, cap, n);
    }
    (void)close(fd);
    return err;
}

/* Also synced if absent: an earlier removal may not be on the medium yet. */
int lwcmp_posix_file_remove(int directory, const char *name)
{
    int err, absent = 0;

    if (unlinkat(directory, name, 0) != 0) {
        absent = errno;
    }
    if (absent != 0 && absent != ENOENT) {
        return absent;
    }
    err = sync_fd(directory);
    return err ? err : absent;
}
