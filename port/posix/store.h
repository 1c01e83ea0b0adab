/* SPDX-License-Identifier: Apache-2.0 */
/* The storage port on files in one directory. */
#ifndef LWCMP_POSIX_STORE_H
#define LWCMP_POSIX_STORE_H

#include "lwcmp/store.h"

/* The fields belong to the store, but `error` may be read. */
struct lwcmp_posix_store {
    int directory, lock;
    int error; /* errno of the last failure, 0 if there was none */
};

/*
 * Opens a directory, makes it if it is missing (but not those above it), and
 * fills in `store`, with *s as its context. The directory belongs to *s until
 * it is closed: a second one fails with EWOULDBLOCK, whoever asks. What was
 * left in it by a write that was cut off is removed, of keys too if
 * lwcmp_posix_its_open() has the same directory.
 */
int lwcmp_posix_store_open(struct lwcmp_posix_store *s,
                           struct lwcmp_store *store, const char *directory);

/* After a failed open, too. */
void lwcmp_posix_store_close(struct lwcmp_posix_store *s);

#endif
