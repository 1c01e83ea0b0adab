/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PSA Internal Trusted Storage 1.0 on a log: a byte of flags, then the data.
 * What is removed is wiped, since it may be a key. Nothing but the flash's own
 * protection against reading keeps a key secret here.
 */
#include "psa_its.h"

#include <psa/internal_trusted_storage.h>

#define FLAGS_N 1

/* Static because the PSA functions have no context to keep it in. */
static struct lwcmp_log *its_log;

void lwcmp_flash_its_use(struct lwcmp_log *log)
{
    its_log = log;
}

/* What every call begins with. */
static psa_status_t look_up(psa_storage_uid_t uid,
                            struct psa_storage_info_t *info)
{
    size_t n, size;
    uint8_t flags;

    if (uid == 0) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (its_log == NULL || lwcmp_log_read(its_log, LWCMP_LOG_ITS, uid, 0,
                                          &flags, FLAGS_N, &n, &size) != 0) {
        return PSA_ERROR_STORAGE_FAILURE;
    }
    if (size == 0) {
        return PSA_ERROR_DOES_NOT_EXIST;
    }
    info->flags = flags;
    info->size = size - FLAGS_N;
    info->capacity = info->size;
    return PSA_SUCCESS;
}

static psa_status_t may_change(psa_storage_uid_t uid)
{
    struct psa_storage_info_t info;
    psa_status_t status = look_up(uid, &info);

    if (status == PSA_SUCCESS && (info.flags & PSA_STORAGE_FLAG_WRITE_ONCE)) {
        return PSA_ERROR_NOT_PERMITTED;
    }
    return status;
}

psa_status_t psa_its_set(psa_storage_uid_t uid, size_t data_length,
                         const void *p_data,
                         psa_storage_create_flags_t create_flags)
{
    const uint8_t flags = (uint8_t)create_flags;
    const struct lwcmp_bytes parts[] = {{&flags, FLAGS_N},
                                        {p_data, data_length}};
    psa_status_t status;

    if (data_length > 0 && p_data == NULL) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if ((create_flags & ~PSA_STORAGE_FLAG_WRITE_ONCE) != 0) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    status = may_change(uid);
    if (status != PSA_SUCCESS && status != PSA_ERROR_DOES_NOT_EXIST) {
        return status;
    }
    if (lwcmp_log_write(its_log, LWCMP_LOG_ITS, uid, parts, 2) != 0) {
        return its_log->failed ? PSA_ERROR_STORAGE_FAILURE
                               : PSA_ERROR_INSUFFICIENT_STORAGE;
    }
    return PSA_SUCCESS;
}

psa_status_t psa_its_get(psa_storage_uid_t uid, size_t data_offset,
                         size_t data_size, void *p_data, size_t *p_data_length)
{
    struct psa_storage_info_t info;
    psa_status_t status;
    size_t size;

    if (p_data_length == NULL || (data_size > 0 && p_data == NULL)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    *p_data_length = 0;
    status = look_up(uid, &info);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (data_offset > info.size) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (lwcmp_log_read(its_log, LWCMP_LOG_ITS, uid, FLAGS_N + data_offset,
                       p_data, data_size, p_data_length, &size) != 0) {
        return PSA_ERROR_STORAGE_FAILURE;
    }
    return PSA_SUCCESS;
}

psa_status_t psa_its_get_info(psa_storage_uid_t uid,
                              struct psa_storage_info_t *p_info)
{
    return p_info ? look_up(uid, p_info) : PSA_ERROR_INVALID_ARGUMENT;
}

psa_status_t psa_its_remove(psa_storage_uid_t uid)
{
    psa_status_t status = may_change(uid);

    if (status != PSA_SUCCESS) {
        return status;
    }
    if (lwcmp_log_remove(its_log, LWCMP_LOG_ITS, uid, true) != 0) {
        return PSA_ERROR_STORAGE_FAILURE;
    }
    return PSA_SUCCESS;
}
