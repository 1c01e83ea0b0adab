/* SPDX-License-Identifier: Apache-2.0 */
#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "file.h"

static const char *const names[] = {
    [LWCMP_RECORD_JOURNAL] = "journal", [LWCMP_RECORD_CERT_1] = "cert-1",
    [LWCMP_RECORD_CERT_2] = "cert-2",   [LWCMP_RECORD_ANCHORS] = "anchors",
    [LWCMP_RECORD_SIGNER] = "signer",   [LWCMP_RECORD_LIFE] = "life",
    [LWCMP_RECORD_ERRAND] = "errand",
};

static const char *name_of(enum lwcmp_record id)
{
    return (size_t)id < sizeof(names) / sizeof(names[0]) ? names[id] : NULL;
}

static int failed(struct lwcmp_posix_store *s, int error)
{
    s->error = error;
    return LWCMP_ERR_STORE;
}

static int store_read(void *context, enum lwcmp_record id, uint8_t *p,
                      size_t cap, size_t *n)
{
    struct lwcmp_posix_store *s = context;
    const char *name = name_of(id);
    size_t size;
    int err;

    *n = 0;
    if (name == NULL) {
        return failed(s, EINVAL);
    }
    err = lwcmp_posix_file_read(s->directory, name, 0, p, cap, n, &size);
    if (err == ENOENT) {
        return 0;
    }
    if (err) {
        *n = 0;
        return failed(s, err);
    }
    if (size > cap) {
        *n = 0;
        return LWCMP_ERR_BUFFER;
    }
    return 0;
}

static int store_write(void *context, enum lwcmp_record id,
                       const struct lwcmp_bytes *parts, size_t count)
{
    struct lwcmp_posix_store *s = context;
    const char *name = name_of(id);
    int err;

    if (name == NULL) {
        return failed(s, EINVAL);
    }
    err = lwcmp_posix_file_write(s->directory, name, parts, count);
    return err ? failed(s, err) : 0;
}

static int store_remove(void *context, enum lwcmp_record id)
{
    struct lwcmp_posix_store *s = context;
    const char *name = name_of(id);
    int err;

    if (name == NULL) {
        return failed(s, EINVAL);
    }
    err = lwcmp_posix_file_remove(s->directory, name);
    return err && err != ENOENT ? failed(s, err) : 0;
}

/* The lock goes with the descriptor, also when the process dies. */
static int lock(struct lwcmp_posix_store *s)
{
    s->lock = openat(s->directory, "lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (s->lock < 0 || flock(s->lock, LOCK_EX | LOCK_NB) != 0) {
        return errno;
    }
    return 0;
}

int lwcmp_posix_store_open(struct lwcmp_posix_store *s,
                           struct lwcmp_store *store, const char *directory)
{
    int err;

    s->lock = -1;
    s->error = 0;
    store->context = s;
    store->read = store_read;
    store->write = store_write;
    store->remove = store_remove;
    err = lwcmp_posix_directory_open(directory, &s->directory);
    if (!err) {
        err = lock(s);
    }
    if (!err) {
        err = lwcmp_posix_directory_clean(s->directory);
    }
    if (err) {
        lwcmp_posix_store_close(s);
        return failed(s, err);
    }
    return 0;
}

void lwcmp_posix_store_close(struct lwcmp_posix_store *s)
{
    if (s->lock >= 0) {
        (void)close(s->lock);
    }
    if (s->directory >= 0) {
        (void)close(s->directory);
    }
    s->lock = -1;
    s->directory = -1;
}
