/* SPDX-License-Identifier: Apache-2.0 */
#include "world.h"

#include <stdio.h>
#include <stdarg.h>
#include <string.h>

#include "oracle.h"

#define START 1767225600u /* some day */

/* The provider knows nothing of worlds. */
static struct world *world;

void world_say(const struct world *w, const char *format, ...)
{
    va_list args;

    if (w->trace) {
        va_start(args, format);
        (void)vprintf(format, args);
        va_end(args);
        (void)putchar('\n');
    }
}

static const char *const kinds[] = {"", "power goes", "fails", "comes twice"};

enum fault_kind world_point(struct world *w, bool can_twice, const char *format,
                            ...)
{
    const struct fault *fault = &w->fault[w->faults];
    bool due = w->faults < FAULTS && ++w->point == fault->point;
    va_list args;

    if (w->trace) {
        va_start(args, format);
        (void)printf("  %4u  ", w->point);
        (void)vprintf(format, args);
        va_end(args);
        (void)printf("%s%s\n", due ? ": " : "", due ? kinds[fault->kind] : "");
    }
    if (!due) {
        return FAULT_NONE;
    }
    w->faults++;
    w->noise++;
    w->point = 0;
    if (fault->kind == FAULT_TWICE && !can_twice) {
        w->unfit = true;
    }
    if (fault->kind == FAULT_CUT || w->unfit) {
        longjmp(w->off, 1);
    }
    return fault->kind;
}

/* A change to the medium is the same whether it writes or removes. */
static int change_begin(struct world *w, const char *what, unsigned id)
{
    return world_point(w, false, "before %s %#x", what, id) == FAULT_FAIL;
}

static int change_end(struct world *w, const char *what, unsigned id)
{
    oracle_watch(w, BLAME_DEVICE);
    return world_point(w, false, "after %s %#x", what, id) == FAULT_FAIL;
}

static int store_read(void *context, enum lwcmp_record id, uint8_t *p,
                      size_t cap, size_t *n)
{
    struct world *w = context;

    return w->inner.read(w->inner.context, id, p, cap, n);
}

static int store_write(void *context, enum lwcmp_record id,
                       const struct lwcmp_bytes *parts, size_t count)
{
    struct world *w = context;
    int err;

    if (change_begin(w, "write of record", id)) {
        return LWCMP_ERR_STORE;
    }
    err = w->inner.write(w->inner.context, id, parts, count);
    w->wear.writes++;
    w->wear.bytes += w->ram.record[id].n;
    if (change_end(w, "write of record", id)) {
        return LWCMP_ERR_STORE;
    }
    return err;
}

static int store_remove(void *context, enum lwcmp_record id)
{
    struct world *w = context;
    int err;

    if (w->ram.record[id].n == 0) {
        return 0; /* nothing happens */
    }
    if (change_begin(w, "removal of record", id)) {
        return LWCMP_ERR_STORE;
    }
    err = w->inner.remove(w->inner.context, id);
    w->wear.removes++;
    if (change_end(w, "removal of record", id)) {
        return LWCMP_ERR_STORE;
    }
    return err;
}

/* Either side of a key that is made or destroyed, one after the other. */
static int change_key(lwcmp_key name)
{
    if (name != DEVICE_KEY_1 && name != DEVICE_KEY_2) {
        return 0;
    }
    world->wear.keys++; /* on either side */
    oracle_watch(world, BLAME_DEVICE);
    return world_point(world, false, "at a change of key %#x", name) ==
                   FAULT_FAIL
               ? LWCMP_ERR_CRYPTO
               : 0;
}

void world_wipe_secret(struct world *w)
{
    if (w->has_secret &&
        change_begin(w, "wipe of secret", DEVICE_SECRET) == 0) {
        w->has_secret = false;
        (void)change_end(w, "wipe of secret", DEVICE_SECRET);
    }
}

static uint32_t key_number(lwcmp_key name)
{
    enum lwcmp_sig sig;

    return lwcmp_crypto_key_sig(name, &sig) == 0 ? crypto_toy_key_number(name)
                                                 : 0;
}

void world_flush(struct world *w)
{
    if (w->reversed) {
        w->medium.ram = w->ram;
        w->medium.key[0] = key_number(DEVICE_KEY_1);
        w->medium.key[1] = key_number(DEVICE_KEY_2);
        w->medium.has_secret = w->has_secret;
    }
}

static void restore_key(lwcmp_key name, uint32_t number)
{
    (void)lwcmp_crypto_key_destroy(name);
    if (number != 0) {
        crypto_toy_key_set(name, number);
    }
}

void world_power_off(struct world *w)
{
    crypto_toy.on_change = NULL;
    crypto_toy_drop_volatile();
    if (w->reversed) {
        w->ram = w->medium.ram;
        w->has_secret = w->medium.has_secret;
        restore_key(DEVICE_KEY_1, w->medium.key[0]);
        restore_key(DEVICE_KEY_2, w->medium.key[1]);
    }
    crypto_toy.on_change = change_key;
    oracle_watch(w, BLAME_DEVICE);
    if (ca_forget(&w->ca)) {
        world_say(w, "        the CA forgets open transactions");
        oracle_watch(w, BLAME_CA);
        w->noise++;
    }
}

void world_begin(struct world *w, const struct model *model)
{
    static const uint8_t reference[] = "ref-1";
    static const uint8_t secret[] = "secret of the test";
    const struct lwcmp_bytes octets = {secret, sizeof secret - 1};

    memset(w, 0, sizeof *w);
    world = w;
    crypto_toy_reset();
    crypto_toy_secret_set(DEVICE_SECRET, octets);
    w->model = model;
    w->now = START;
    w->inner = store_ram(&w->ram);
    w->store = (struct lwcmp_store){w, store_read, store_write, store_remove};
    w->has_secret = true;
    ca_init(&w->ca, model,
            (struct lwcmp_bytes){reference, sizeof reference - 1}, octets);
    w->ca.now = w->now;
    if (model->key == KEY_ARCHIVED) {
        ca_fill_archive(&w->ca);
    }
    crypto_toy.on_change = change_key;
}
