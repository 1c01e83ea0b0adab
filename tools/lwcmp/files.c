/* SPDX-License-Identifier: Apache-2.0 */
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <mbedtls/pem.h>

#include "posix/file.h"
#include "cert.h"
#include "fail.h"
#include "pem.h"

#define BEGIN "-----BEGIN CERTIFICATE-----"
#define END "-----END CERTIFICATE-----"

static int complain(const char *path, int error)
{
    return lwcmp_cli_fail(LWCMP_EXIT_STORAGE, "%s: %s", path, strerror(error));
}

int lwcmp_cli_file_read_into(const char *path, uint8_t *p, size_t cap,
                             size_t *n)
{
    FILE *f = fopen(path, "rb");
    int error = f ? 0 : errno;

    if (!error) {
        *n = fread(p, 1, cap, f);
        error = ferror(f) ? errno : 0;
        (void)fclose(f);
    }
    if (error) {
        return complain(path, error);
    }
    if (*n == cap) {
        return complain(path, EFBIG);
    }
    p[*n] = 0;
    return 0;
}

int lwcmp_cli_file_read(const char *path, uint8_t p[LWCMP_CLI_FILE_MAX],
                        size_t *n)
{
    return lwcmp_cli_file_read_into(path, p, LWCMP_CLI_FILE_MAX, n);
}

static int put_certificate(const char *path, struct lwcmp_bytes der,
                           void *context)
{
    struct lwcmp_der_out *row = context;
    struct lwcmp_cert cert;

    if (lwcmp_cert_read(&der, &cert)) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE,
                              "%s: there is no X.509 certificate in it", path);
    }
    lwcmp_der_put_raw(row, der.p, der.n);
    return row->err ? complain(path, EFBIG) : 0;
}

int lwcmp_cli_certificates_read(const char *path, struct lwcmp_der_out *row)
{
    const struct lwcmp_cli_pem pem = {BEGIN, END, put_certificate, row};
    uint8_t file[LWCMP_CLI_FILE_MAX];
    size_t n;
    int code = lwcmp_cli_file_read(path, file, &n);

    return code ? code
                : lwcmp_cli_pem_each(path, (struct lwcmp_bytes){file, n}, &pem);
}

int lwcmp_cli_certificates_read_all(const struct lwcmp_cli_list *files,
                                    struct lwcmp_der_out *row)
{
    size_t i;
    int code = 0;

    for (i = 0; i < files->n && !code; i++) {
        code = lwcmp_cli_certificates_read(files->item[i], row);
    }
    return code;
}

/* Opens the directory of a file and finds the file's name. */
static int open_directory(const char *path, int *directory, const char **name)
{
    char text[LWCMP_CLI_FILE_MAX];
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash - path) + 1 : 0;

    if (n >= sizeof(text)) {
        return ENAMETOOLONG;
    }
    memcpy(text, path, n);
    text[n] = '\0';
    *name = path + n;
    *directory = open(n ? text : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return *directory < 0 ? errno : 0;
}

/* The directory of a file, and the file's name in it. */
static bool find_place(const char *path, struct stat *directory,
                       const char **name)
{
    int fd, error = open_directory(path, &fd, name);

    if (!error) {
        error = fstat(fd, directory);
        (void)close(fd);
    }
    return error == 0;
}

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

bool lwcmp_cli_file_same(const char *a, const char *b)
{
    const char *name_a, *name_b;
    struct stat s, t;

    if (stat(a, &s) == 0 && stat(b, &t) == 0) {
        return is_same(&s, &t);
    }
    return find_place(a, &s, &name_a) && find_place(b, &t, &name_b) &&
           is_same(&s, &t) && strcmp(name_a, name_b) == 0;
}

/* A device or a pipe would be replaced by a file, so it is refused. */
int lwcmp_cli_file_check(const char *path)
{
    const char *name;
    int directory, error = open_directory(path, &directory, &name);
    struct stat s;

    if (error) {
        return complain(path, error);
    }
    if (*name == '\0') {
        error = EISDIR;
    } else if (fstatat(directory, name, &s, 0) == 0 && !S_ISREG(s.st_mode)) {
        error = S_ISDIR(s.st_mode) ? EISDIR : EINVAL;
    } else if (faccessat(directory, ".", W_OK, 0) != 0) {
        error = errno;
    }
    (void)close(directory);
    return error ? complain(path, error) : 0;
}

/* Appends one certificate as PEM to a text. */
static int append_pem(struct lwcmp_bytes der, uint8_t *text, size_t cap,
                      size_t *n)
{
    size_t used;

    if (mbedtls_pem_write_buffer(BEGIN "\n", END "\n", der.p, der.n, text + *n,
                                 cap - *n, &used)) {
        return EFBIG;
    }
    *n += used - 1; /* without the zero behind it */
    return 0;
}

/* Certificates are for all to read. */
static mode_t public_mode(void)
{
    mode_t mask = umask(0);

    (void)umask(mask);
    return 0644 & ~mask;
}

int lwcmp_cli_file_write(const char *path, struct lwcmp_bytes bytes)
{
    const char *name;
    int directory, error = open_directory(path, &directory, &name);

    if (!error) {
        error =
            lwcmp_posix_file_publish(directory, name, &bytes, 1, public_mode());
        (void)close(directory);
    }
    return error ? complain(path, error) : 0;
}

int lwcmp_cli_certificates_write(const char *path, struct lwcmp_bytes row)
{
    uint8_t text[2 * LWCMP_CLI_FILE_MAX];
    struct lwcmp_bytes der, file = {text, 0};
    int error = 0;

    while (!error && lwcmp_cert_next(&row, &der)) {
        error = append_pem(der, text, sizeof(text), &file.n);
    }
    return error ? complain(path, error) : lwcmp_cli_file_write(path, file);
}

static int write_new(int directory, const char *name, struct lwcmp_bytes bytes)
{
    int fd =
        openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    int error = 0;

    if (fd < 0) {
        return errno;
    }
    if (write(fd, bytes.p, bytes.n) != (ssize_t)bytes.n) {
        error = errno ? errno : ENOSPC;
    } else if (fsync(fd) != 0 || fsync(directory) != 0) {
        error = errno;
    }
    if (close(fd) != 0 && !error) {
        error = errno;
    }
    if (error) {
        (void)unlinkat(directory, name, 0);
    }
    return error;
}

int lwcmp_cli_file_create(const char *path, struct lwcmp_bytes bytes)
{
    const char *name;
    int directory, error = open_directory(path, &directory, &name);

    if (!error) {
        errno = 0;
        error = write_new(directory, name, bytes);
        (void)close(directory);
    }
    return error ? complain(path, error) : 0;
}
