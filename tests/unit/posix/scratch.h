/* SPDX-License-Identifier: Apache-2.0 */
/* A directory for the files of a test, and a look at what it leaves open. */
#ifndef LWCMP_TEST_SCRATCH_H
#define LWCMP_TEST_SCRATCH_H

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Makes a new directory and goes there. */
static inline int scratch_enter(char *path, size_t cap)
{
    const char *base = getenv("TMPDIR");

    (void)snprintf(path, cap, "%s/lwcmp-XXXXXX", base ? base : "/tmp");
    return mkdtemp(path) == NULL || chdir(path) != 0;
}

/* Removes it, with what is in it. */
static inline int scratch_leave(const char *path)
{
    DIR *d = opendir(".");
    struct dirent *e;

    if (d == NULL) {
        return -1;
    }
    while ((e = readdir(d)) != NULL) {
        (void)unlink(e->d_name);
        (void)rmdir(e->d_name);
    }
    (void)closedir(d);
    return chdir("/") != 0 || rmdir(path) != 0;
}

static inline int open_descriptors(void)
{
    int fd, count = 0;

    for (fd = 0; fd < 256; fd++) {
        count += fcntl(fd, F_GETFD) != -1;
    }
    return count;
}

#endif
