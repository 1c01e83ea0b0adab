/* SPDX-License-Identifier: Apache-2.0 */
#include "store_ram.h"

#include <string.h>

/* A failing operation leaves the record as it was. */
static int begin(struct store_ram *ram)
{
    unsigned number = ++ram->operations;
    bool hit = number == ram->fail_at ||
               (ram->fail_on && ram->fail_at > 0 && number > ram->fail_at);

    return hit ? ram->error : 0;
}

static int ram_read(void *context, enum lwcmp_record id, uint8_t *p, size_t cap,
                    size_t *n)
{
    struct store_ram *ram = context;
    int err = begin(ram);

    *n = 0;
    if (err) {
        return err;
    }
    if (ram->record[id].n > cap) {
        return LWCMP_ERR_BUFFER;
    }
    *n = ram->record[id].n;
    memcpy(p, ram->record[id].p, *n);
    return 0;
}

static int ram_write(void *context, enum lwcmp_record id,
                     const struct lwcmp_bytes *parts, size_t count)
{
    struct store_ram *ram = context;
    size_t n = 0;
    int err = begin(ram);

    ram->writes++;
    if (err) {
        return err;
    }
    for (size_t i = 0; i < count; i++) {
        n += parts[i].n;
    }
    if (n > STORE_RAM_MAX) {
        return LWCMP_ERR_STORE;
    }
    ram->record[id].n = 0;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].n > 0) {
            memcpy(ram->record[id].p + ram->record[id].n, parts[i].p,
                   parts[i].n);
        }
        ram->record[id].n += parts[i].n;
    }
    return 0;
}

static int ram_remove(void *context, enum lwcmp_record id)
{
    struct store_ram *ram = context;
    int err = begin(ram);

    ram->removes++;
    if (err) {
        return err;
    }
    ram->record[id].n = 0;
    return 0;
}

struct lwcmp_store store_ram(struct store_ram *ram)
{
    return (struct lwcmp_store){ram, ram_read, ram_write, ram_remove};
}
