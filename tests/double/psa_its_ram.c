/* SPDX-License-Identifier: Apache-2.0 */
/* PSA Internal Trusted Storage in RAM. It forgets all at the end, of course. */
#include "psa_its_ram.h"

#include <string.h>

#include <psa/internal_trusted_storage.h>

#define RECORDS 16
#define RECORD_MAX 2048

static struct record {
    bool used;
    psa_storage_uid_t uid;
    psa_storage_create_flags_t flags;
    size_t n;
    unsigned char data[RECORD_MAX];
} records[RECORDS];

static bool broken;

void psa_its_ram_clear(void)
{
    memset(records, 0, sizeof records);
}

void psa_its_ram_fail(bool fail)
{
    broken = fail;
}

static struct record *find(bool used, psa_storage_uid_t uid)
{
    size_t i;

    for (i = 0; i < RECORDS; i++) {
        if (records[i].used == used && (!used || records[i].uid == uid)) {
            return &records[i];
        }
    }
    return NULL;
}

psa_status_t psa_its_set(psa_storage_uid_t uid, size_t data_length,
                         const void *p_data,
                         psa_storage_create_flags_t create_flags)
{
    struct record *r = find(true, uid);

    if (broken) {
        return PSA_ERROR_STORAGE_FAILURE;
    }
    if (r == NULL) {
        r = find(false, 0);
    }
    if (r == NULL || data_length > RECORD_MAX) {
        return PSA_ERROR_INSUFFICIENT_STORAGE;
    }
    if (r->used && (r->flags & PSA_STORAGE_FLAG_WRITE_ONCE) != 0) {
        return PSA_ERROR_NOT_PERMITTED;
    }
    r->used = true;
    r->uid = uid;
    r->flags = create_flags;
    r->n = data_length;
    memcpy(r->data, p_data, data_length);
    return PSA_SUCCESS;
}

psa_status_t psa_its_get(psa_storage_uid_t uid, size_t data_offset,
                         size_t data_size, void *p_data, size_t *p_data_length)
{
    const struct record *r = find(true, uid);

    if (r == NULL) {
        return PSA_ERROR_DOES_NOT_EXIST;
    }
    if (data_offset > r->n) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    *p_data_length = r->n - data_offset;
    if (*p_data_length > data_size) {
        *p_data_length = data_size;
    }
    memcpy(p_data, r->data + data_offset, *p_data_length);
    return PSA_SUCCESS;
}

psa_status_t psa_its_get_info(psa_storage_uid_t uid,
                              struct psa_storage_info_t *p_info)
{
    const struct record *r = find(true, uid);

    if (r == NULL) {
        return PSA_ERROR_DOES_NOT_EXIST;
    }
    p_info->capacity = RECORD_MAX;
    p_info->size = r->n;
    p_info->flags = r->flags;
    return PSA_SUCCESS;
}

psa_status_t psa_its_remove(psa_storage_uid_t uid)
{
    struct record *r = find(true, uid);

    if (r == NULL) {
        return PSA_ERROR_DOES_NOT_EXIST;
    }
    if (broken) {
        return PSA_ERROR_STORAGE_FAILURE;
    }
    memset(r, 0, sizeof *r);
    return PSA_SUCCESS;
}
