/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the factory record where it lies: no copy, no heap. */
#include "record.h"

#include <string.h>

#include "crc/crc32.h"
#include "layout.h"

#define ERASED 0xff
#define HTTP_PORT 80
#define SEQUENCE 0x30

/* What tells the two parts from each other. */
struct kind {
    const char *magic;
    uint8_t flags, tags; /* the highest that there are */
};

static uint16_t number(const uint8_t p[2])
{
    return (uint16_t)(p[0] << 8 | p[1]);
}

static bool is_erased(const uint8_t *p, size_t n)
{
    while (n > 0 && *p == ERASED) {
        p++;
        n--;
    }
    return n == 0;
}

/* A part whose writing was cut off ends in erased flash. */
static enum lwcmp_factory_state check_sum(const uint8_t *p, size_t n)
{
    uint32_t crc = lwcmp_crc32(0, p, n);

    p += n;
    if (number(p) == crc >> 16 && number(p + 2) == (crc & 0xffff)) {
        return LWCMP_FACTORY_GOOD;
    }
    return is_erased(p, LWCMP_FACTORY_CRC) ? LWCMP_FACTORY_SHORT
                                           : LWCMP_FACTORY_DAMAGED;
}

/* What is there, judged by the head and the checksum. */
static enum lwcmp_factory_state judge(struct lwcmp_bytes flash,
                                      const struct kind *kind)
{
    const uint8_t *p = flash.p;
    size_t n;

    if (flash.n < LWCMP_FACTORY_HEAD + LWCMP_FACTORY_CRC) {
        return LWCMP_FACTORY_SHORT;
    }
    if (is_erased(p, LWCMP_FACTORY_HEAD)) {
        return LWCMP_FACTORY_BLANK;
    }
    if (memcmp(p, kind->magic, LWCMP_FACTORY_AT_VERSION) != 0) {
        return LWCMP_FACTORY_FOREIGN;
    }
    if (p[LWCMP_FACTORY_AT_VERSION] == ERASED) {
        return LWCMP_FACTORY_SHORT;
    }
    if (p[LWCMP_FACTORY_AT_VERSION] != LWCMP_FACTORY_LAYOUT) {
        return LWCMP_FACTORY_VERSION;
    }
    n = LWCMP_FACTORY_HEAD + (size_t)number(p + LWCMP_FACTORY_AT_LENGTH);
    return n <= flash.n - LWCMP_FACTORY_CRC ? check_sum(p, n)
                                            : LWCMP_FACTORY_SHORT;
}

/* Fields by ascending tags, into field[tag - 1]; those not there stay. */
static bool take_fields(struct lwcmp_bytes rest, struct lwcmp_bytes *field,
                        unsigned tags)
{
    unsigned last = 0;
    size_t n;

    while (rest.n > 0) {
        if (rest.n < LWCMP_FACTORY_FIELD_HEAD || rest.p[0] <= last ||
            rest.p[0] > tags) {
            return false;
        }
        last = rest.p[0];
        n = number(rest.p + 1);
        rest.p += LWCMP_FACTORY_FIELD_HEAD;
        rest.n -= LWCMP_FACTORY_FIELD_HEAD;
        if (n == 0 || n > rest.n) {
            return false;
        }
        field[last - 1] = (struct lwcmp_bytes){rest.p, n};
        rest.p += n;
        rest.n -= n;
    }
    return true;
}

/* Visible characters with a NUL behind, so that it can be used in place. */
static const char *take_text(struct lwcmp_bytes field, size_t max)
{
    size_t i;

    if (field.n < 2 || field.n - 1 > max || field.p[field.n - 1] != '\0') {
        return NULL;
    }
    for (i = 0; i + 1 < field.n; i++) {
        if (field.p[i] <= ' ' || field.p[i] >= 0x7f) {
            return NULL;
        }
    }
    return (const char *)field.p;
}

/* Whether it is nothing but elements that look like a SEQUENCE. */
static bool is_row(struct lwcmp_bytes der)
{
    size_t n, head;

    while (der.n >= 4 && der.p[0] == SEQUENCE) {
        n = der.p[1];
        head = 2;
        if (n == 0x81) {
            n = der.p[2];
            head = 3;
        } else if (n == 0x82) {
            n = number(der.p + 2);
            head = 4;
        } else if (n >= 0x80) {
            return false;
        }
        n += head;
        if (n > der.n) {
            return false;
        }
        der.p += n;
        der.n -= n;
    }
    return der.n == 0;
}

/* The port may be left out if it is HTTP's. */
static bool read_port(struct lwcmp_bytes field, uint16_t *port)
{
    *port = HTTP_PORT;
    if (field.n == 2) {
        *port = number(field.p);
    }
    return *port > 0 && (field.n == 0 || field.n == 2);
}

static bool read_fields(const struct lwcmp_bytes *field,
                        struct lwcmp_factory *f)
{
    f->host = take_text(field[LWCMP_FACTORY_HOST - 1], LWCMP_FACTORY_HOST_MAX);
    f->path = take_text(field[LWCMP_FACTORY_PATH - 1], LWCMP_FACTORY_PATH_MAX);
    f->subject = field[LWCMP_FACTORY_SUBJECT - 1];
    f->recipient = field[LWCMP_FACTORY_RECIPIENT - 1];
    f->anchors = field[LWCMP_FACTORY_ANCHORS - 1];
    return f->host && f->path && f->path[0] == '/' &&
           read_port(field[LWCMP_FACTORY_PORT - 1], &f->port) &&
           f->subject.n > 0 && is_row(f->subject) && is_row(f->recipient) &&
           is_row(f->anchors) && (f->learn || f->anchors.n > 0);
}

/* The fields of a good part. */
static enum lwcmp_factory_state open_part(struct lwcmp_bytes flash,
                                          const struct kind *kind,
                                          struct lwcmp_bytes *field)
{
    enum lwcmp_factory_state state = judge(flash, kind);
    struct lwcmp_bytes body;

    if (state) {
        return state;
    }
    body.p = flash.p + LWCMP_FACTORY_HEAD;
    body.n = number(flash.p + LWCMP_FACTORY_AT_LENGTH);
    return flash.p[LWCMP_FACTORY_AT_FLAGS] <= kind->flags &&
                   take_fields(body, field, kind->tags)
               ? LWCMP_FACTORY_GOOD
               : LWCMP_FACTORY_FIELD;
}

enum lwcmp_factory_state lwcmp_factory_read(struct lwcmp_bytes flash,
                                            struct lwcmp_factory *factory)
{
    static const struct kind record = {LWCMP_FACTORY_RECORD_MAGIC,
                                       LWCMP_FACTORY_FLAGS,
                                       LWCMP_FACTORY_RECORD_TAGS};
    struct lwcmp_bytes field[LWCMP_FACTORY_RECORD_TAGS] = {{NULL, 0}};
    enum lwcmp_factory_state state = open_part(flash, &record, field);
    uint8_t flags;

    if (state) {
        return state;
    }
    flags = flash.p[LWCMP_FACTORY_AT_FLAGS];
    factory->label = flags & LWCMP_FACTORY_LABEL;
    factory->learn = flags & LWCMP_FACTORY_LEARN;
    factory->implicit = flags & LWCMP_FACTORY_IMPLICIT;
    factory->keep_secret = flags & LWCMP_FACTORY_KEEP_SECRET;
    return read_fields(field, factory) ? LWCMP_FACTORY_GOOD
                                       : LWCMP_FACTORY_FIELD;
}

enum lwcmp_factory_state lwcmp_factory_read_secret(
    struct lwcmp_bytes flash, struct lwcmp_factory_secret *secret)
{
    static const struct kind part = {LWCMP_FACTORY_SECRET_MAGIC, 0,
                                     LWCMP_FACTORY_SECRET_TAGS};
    struct lwcmp_bytes field[LWCMP_FACTORY_SECRET_TAGS] = {{NULL, 0}};
    enum lwcmp_factory_state state = open_part(flash, &part, field);

    if (state) {
        return state;
    }
    secret->reference = field[LWCMP_FACTORY_REFERENCE - 1];
    secret->secret = field[LWCMP_FACTORY_SECRET - 1];
    return secret->reference.n > 0 && secret->secret.n > 0 &&
                   secret->secret.n <= LWCMP_FACTORY_SECRET_MAX
               ? LWCMP_FACTORY_GOOD
               : LWCMP_FACTORY_FIELD;
}
