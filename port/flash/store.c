/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates and the journal are no secrets: nothing is wiped. */
#include "store.h"

static int store_read(void *context, enum lwcmp_record id, uint8_t *p,
                      size_t cap, size_t *n)
{
    size_t size;
    int err = lwcmp_log_read(context, LWCMP_LOG_STORE, (uint64_t)id, 0, p, cap,
                             n, &size);

    if (err == 0 && size > cap) {
        *n = 0;
        return LWCMP_ERR_BUFFER;
    }
    return err;
}

static int store_write(void *context, enum lwcmp_record id,
                       const struct lwcmp_bytes *parts, size_t count)
{
    return lwcmp_log_write(context, LWCMP_LOG_STORE, (uint64_t)id, parts,
                           count);
}

static int store_remove(void *context, enum lwcmp_record id)
{
    return lwcmp_log_remove(context, LWCMP_LOG_STORE, (uint64_t)id, false);
}

struct lwcmp_store lwcmp_flash_store(struct lwcmp_log *log)
{
    return (struct lwcmp_store){log, store_read, store_write, store_remove};
}
