/* SPDX-License-Identifier: Apache-2.0 */
/* Files: read whole, replaced whole; certificates and keys in PEM. */
#ifndef LWCMP_CLI_FILES_H
#define LWCMP_CLI_FILES_H

#include "der_out.h"
#include "list.h"

#define LWCMP_CLI_FILE_MAX 65536

/* Reads a file and puts a zero octet behind it. */
int lwcmp_cli_file_read(const char *path, uint8_t p[LWCMP_CLI_FILE_MAX],
                        size_t *n);

/* Likewise of up to cap octets, the zero octet counted. */
int lwcmp_cli_file_read_into(const char *path, uint8_t *p, size_t cap,
                             size_t *n);

/* Appends the certificates of a file, PEM or one in DER, to a row. */
int lwcmp_cli_certificates_read(const char *path, struct lwcmp_der_out *row);

/* Likewise those of several files. */
int lwcmp_cli_certificates_read_all(const struct lwcmp_cli_list *files,
                                    struct lwcmp_der_out *row);

/* Writes the certificates of a row as PEM; readable by all. */
int lwcmp_cli_certificates_write(const char *path, struct lwcmp_bytes row);

/* Writes a file, in place of another; readable by all. */
int lwcmp_cli_file_write(const char *path, struct lwcmp_bytes bytes);

/* Whether two paths are one file, however they are spelled. */
bool lwcmp_cli_file_same(const char *a, const char *b);

/* Whether a file can be made or replaced there. */
int lwcmp_cli_file_check(const char *path);

/*
 * Writes a file that must not exist yet, for its owner only. It is on the
 * medium when this returns 0.
 */
int lwcmp_cli_file_create(const char *path, struct lwcmp_bytes bytes);

#endif
