/* SPDX-License-Identifier: Apache-2.0 */
/* The record of a device's attempts; docs/lifecycle.md has it byte by byte. */
#include <string.h>

#include "lwcmp/lifecycle.h"
#include "record.h"

enum {
    MAGIC = 0x6c,
    VERSION = 1,
    AT_KEPT = 2, /* struct lwcmp_life, up to what is not kept */
    AT_REVOKED = AT_KEPT + offsetof(struct lwcmp_life, revoked),
    AT_CRC = AT_KEPT + offsetof(struct lwcmp_life, stuck),
    RECORD_N = AT_CRC + 4
};

int lwcmp_life_write(const struct lwcmp_store *store,
                     const struct lwcmp_life *life)
{
    static const uint8_t what[] = {MAGIC, VERSION};

    return lwcmp_record_write(store, LWCMP_RECORD_LIFE, what, life,
                              AT_CRC - AT_KEPT);
}

/* A longer record is another version's. */
int lwcmp_life_read(const struct lwcmp_store *store, struct lwcmp_life *life)
{
    uint8_t r[RECORD_N];
    size_t n;
    int err = store->read(store->context, LWCMP_RECORD_LIFE, r, sizeof r, &n);

    memset(life, 0, sizeof *life);
    if (err == 0 && n == sizeof r && r[0] == MAGIC && r[1] == VERSION &&
        lwcmp_record_is_whole(r, sizeof r) && r[AT_REVOKED] <= true) {
        memcpy(life, r + AT_KEPT, AT_CRC - AT_KEPT);
    }
    life->after_reset = true;
    return err == LWCMP_ERR_BUFFER ? 0 : err;
}
