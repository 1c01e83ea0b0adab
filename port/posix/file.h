/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Small files in one directory, replaced whole: what the file store and the
 * key storage have in common. Functions return 0 or an errno.
 */
#ifndef LWCMP_POSIX_FILE_H
#define LWCMP_POSIX_FILE_H

#include <sys/types.h>

#include "lwcmp/types.h"

/* Opens a directory; makes it, for its owner only, if it is missing. */
int lwcmp_posix_directory_open(const char *path, int *directory);

/*
 * Removes what interrupted writes have left: parts of keys, maybe. Only while
 * nobody writes.
 */
int lwcmp_posix_directory_clean(int directory);

/*
 * Puts the parts in place of the file. After 0 they are on the medium;
 * otherwise, and after a power cut, the file is the old one or the new one.
 * There is one writer at a time.
 */
int lwcmp_posix_file_write(int directory, const char *name,
                           const struct lwcmp_bytes *parts, size_t count);

/*
 * The same with another mode than 0600, from the first moment on. Others may
 * be writing to the same file: one of them is the last.
 */
int lwcmp_posix_file_publish(int directory, const char *name,
                             const struct lwcmp_bytes *parts, size_t count,
                             mode_t mode);

/*
 * Reads up to cap bytes from `offset` on and sets *n to their number, *size
 * to that of the whole file. ENOENT if there is none.
 */
int lwcmp_posix_file_read(int directory, const char *name, size_t offset,
                          uint8_t *p, size_t cap, size_t *n, size_t *size);

/* Removes the file for good. ENOENT if there is none. */
int lwcmp_posix_file_remove(int directory, const char *name);

#endif
