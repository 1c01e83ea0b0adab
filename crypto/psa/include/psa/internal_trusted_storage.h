/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PSA Internal Trusted Storage, version 1.0 (PSA Certified Secure Storage
 * API): small named records, each replaced as a whole. Mbed TLS keeps
 * persistent keys by these functions; the port supplies them.
 */
#ifndef LWCMP_PSA_INTERNAL_TRUSTED_STORAGE_H
#define LWCMP_PSA_INTERNAL_TRUSTED_STORAGE_H

#include <stddef.h>
#include <stdint.h>

#include "psa/error.h"

#define PSA_ITS_API_VERSION_MAJOR 1
#define PSA_ITS_API_VERSION_MINOR 0

typedef uint64_t psa_storage_uid_t;
typedef uint32_t psa_storage_create_flags_t;

#define PSA_STORAGE_FLAG_NONE 0u
#define PSA_STORAGE_FLAG_WRITE_ONCE (1u << 0)

struct psa_storage_info_t {
    size_t capacity; /* room set aside for the record */
    size_t size;     /* bytes in it now */
    psa_storage_create_flags_t flags;
};

/* Creates or replaces a record. A record made WRITE_ONCE stays as it is. */
psa_status_t psa_its_set(psa_storage_uid_t uid, size_t data_length,
                         const void *p_data,
                         psa_storage_create_flags_t create_flags);

/* Reads up to data_size bytes from data_offset on. */
psa_status_t psa_its_get(psa_storage_uid_t uid, size_t data_offset,
                         size_t data_size, void *p_data, size_t *p_data_length);

psa_status_t psa_its_get_info(psa_storage_uid_t uid,
                              struct psa_storage_info_t *p_info);

/* PSA_ERROR_DOES_NOT_EXIST when there is no such record. */
psa_status_t psa_its_remove(psa_storage_uid_t uid);

#endif
