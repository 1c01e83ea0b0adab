/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PSA Internal Trusted Storage 1.0 on files: four bytes of flags, then the
 * data. Nothing but the permissions of the file protects a key here.
 */
#include "psa_its.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include <psa/internal_trusted_storage.h>

#include "file.h"

#define FLAGS_N 4
#define NAME_CAP 24 /* "key-", 16 digits, NUL */

/* Static because the PSA functions have no context to keep it in. */
static int its_directory = -1;

int lwcmp_posix_its_open(const char *directory)
{
    if (its_directory >= 0) {
        (void)close(its_directory);
        its_directory = -1;
    }
    return directory ? lwcmp_posix_directory_open(directory, &its_directory)
                     : 0;
}

static psa_status_t status_of(int error)
{
    switch (error) {
    case 0:
        return PSA_SUCCESS;
    case ENOENT:
        return PSA_ERROR_DOES_NOT_EXIST;
    case ENOSPC:
    case EDQUOT:
        return PSA_ERROR_INSUFFICIENT_STORAGE;
    default:
        return PSA_ERROR_STORAGE_FAILURE;
    }
}

/* Names the file and reads its flags and size: what every call begins with. */
static psa_status_t look_up(psa_storage_uid_t uid, char name[NAME_CAP],
                            struct psa_storage_info_t *info)
{
    uint8_t flags[FLAGS_N];
    size_t n, size;
    int err;

    if (uid == 0) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (its_directory < 0) {
        return PSA_ERROR_STORAGE_FAILURE;
    }
    (void)snprintf(name, NAME_CAP, "key-%016" PRIx64, uid);
    err = lwcmp_posix_file_read(its_directory, name, 0, flags, sizeof(flags),
                                &n, &size);
    if (err) {
        return status_of(err);
    }
    if (n < FLAGS_N || size < FLAGS_N) {
        return PSA_ERROR_STORAGE_FAILURE;
    }
    info->flags = (psa_storage_create_flags_t)flags[0] << 24 |
                  (psa_storage_create_flags_t)flags[1] << 16 |
                  (psa_storage_create_flags_t)flags[2] << 8 | flags[3];
    info->size = size - FLAGS_N;
    info->capacity = info->size;
    return PSA_SUCCESS;
}

psa_status_t psa_its_set(psa_storage_uid_t uid, size_t data_length,
                         const void *p_data,
                         psa_storage_create_flags_t create_flags)
{
    const uint8_t flags[FLAGS_N] = {0, 0, 0, (uint8_t)create_flags};
    const struct lwcmp_bytes parts[] = {{flags, FLAGS_N},
                                        {p_data, data_length}};
    struct psa_storage_info_t info;
    char name[NAME_CAP];
    psa_status_t status;

    if (data_length > 0 && p_data == NULL) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if ((create_flags & ~PSA_STORAGE_FLAG_WRITE_ONCE) != 0) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    status = look_up(uid, name, &info);
    if (status == PSA_SUCCESS && (info.flags & PSA_STORAGE_FLAG_WRITE_ONCE)) {
        return PSA_ERROR_NOT_PERMITTED;
    }
    if (status != PSA_SUCCESS && status != PSA_ERROR_DOES_NOT_EXIST) {
        return status;
    }
    return status_of(lwcmp_posix_file_write(its_directory, name, parts, 2));
}

psa_status_t psa_its_get(psa_storage_uid_t uid, size_t data_offset,
                         size_t data_size, void *p_data, size_t *p_data_length)
{
    struct psa_storage_info_t info;
    char name[NAME_CAP];
    psa_status_t status;
    size_t size;

    if (p_data_length == NULL || (data_size > 0 && p_data == NULL)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    *p_data_length = 0;
    status = look_up(uid, name, &info);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (data_offset > info.size) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    return status_of(lwcmp_posix_file_read(its_directory, name,
                                           FLAGS_N + data_offset, p_data,
                                           data_size, p_data_length, &size));
}

psa_status_t psa_its_get_info(psa_storage_uid_t uid,
                              struct psa_storage_info_t *p_info)
{
    char name[NAME_CAP];

    if (p_info == NULL) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    return look_up(uid, name, p_info);
}

psa_status_t psa_its_remove(psa_storage_uid_t uid)
{
    struct psa_storage_info_t info;
    char name[NAME_CAP];
    psa_status_t status;

    status = look_up(uid, name, &info);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (info.flags & PSA_STORAGE_FLAG_WRITE_ONCE) {
        return PSA_ERROR_NOT_PERMITTED;
    }
    return status_of(lwcmp_posix_file_remove(its_directory, name));
}
