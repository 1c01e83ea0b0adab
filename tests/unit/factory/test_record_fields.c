/* SPDX-License-Identifier: Apache-2.0 */
/* port/factory/record.c: what is in the parts, under a right checksum */
#include "factory_parts.h"

#include "crc/crc32.h"

#define BODY_MAX 1024

/* A part around these fields, with a right checksum. */
static size_t seal(uint8_t *p, const struct part *part, uint8_t flags,
                   const void *body, size_t n)
{
    uint32_t crc;
    size_t i;

    memcpy(p, part->magic, 4);
    p[4] = 1;
    p[5] = flags;
    p[6] = (uint8_t)(n >> 8);
    p[7] = (uint8_t)n;
    memcpy(p + 8, body, n);
    n += 8;
    crc = lwcmp_crc32(0, p, n);
    for (i = 0; i < 4; i++) {
        p[n++] = (uint8_t)(crc >> (24 - 8 * i));
    }
    return n;
}

static enum lwcmp_factory_state read_sealed(const struct part *part,
                                            uint8_t flags, const void *body,
                                            size_t n)
{
    uint8_t image[BODY_MAX + 12];

    assert_true(n <= BODY_MAX);
    return read_part(part, image, seal(image, part, flags, body, n));
}

#define HOST "\001\000\002h\000"
#define PATH "\002\000\002/\000"
#define PORT "\003\000\002\000\001"
#define NAME "\060\002\005\000"
#define SUBJECT "\004\000\004" NAME
#define RECIPIENT "\005\000\004" NAME
#define ANCHORS "\006\000\004" NAME
#define BODY(text) text, sizeof(text) - 1

static const struct {
    const char *body;
    size_t n;
    uint8_t flags;
    enum lwcmp_factory_state state;
} records[] = {
    {BODY(HOST PATH SUBJECT), 2, LWCMP_FACTORY_GOOD},
    {BODY(HOST PATH SUBJECT ANCHORS), 0, LWCMP_FACTORY_GOOD},
    {BODY(HOST PATH PORT SUBJECT RECIPIENT ANCHORS), 15, LWCMP_FACTORY_GOOD},
    /* Nobody to trust, and a flag that does not exist. */
    {BODY(HOST PATH SUBJECT), 13, LWCMP_FACTORY_FIELD},
    {BODY(HOST PATH SUBJECT), 18, LWCMP_FACTORY_FIELD},
    /* Missing, double, out of order, unknown. */
    {BODY(""), 2, LWCMP_FACTORY_FIELD},
    {BODY(PATH SUBJECT), 2, LWCMP_FACTORY_FIELD},
    {BODY(HOST SUBJECT), 2, LWCMP_FACTORY_FIELD},
    {BODY(HOST PATH), 2, LWCMP_FACTORY_FIELD},
    {BODY(HOST HOST PATH SUBJECT), 2, LWCMP_FACTORY_FIELD},
    {BODY(HOST PATH SUBJECT SUBJECT), 2, LWCMP_FACTORY_FIELD},
    {BODY(PATH HOST SUBJECT), 2, LWCMP_FACTORY_FIELD},
    {BODY(HOST PATH SUBJECT PORT), 2, LWCMP_FACTORY_FIELD},
    {BODY("\000\000\001x" HOST PATH SUBJECT), 2, LWCMP_FACTORY_FIELD},
    {BODY(HOST PATH SUBJECT "\007\000\001x"), 2, LWCMP_FACTORY_FIELD},
    /* Length octets that lie, and empty fields. */
    {BODY(HOST PATH SUBJECT "\005"), 2, LWCMP_FACTORY_FIELD},
    {BODY(HOST PATH SUBJECT "\005\000"), 2, LWCMP_FACTORY_FIELD},
    {BODY(HOST PATH SUBJECT "\005\000\000"), 2, LWCMP_FACTORY_FIELD},
    {BODY(HOST PATH SUBJECT "\005\000\005" NAME), 2, LWCMP_FACTORY_FIELD},
    {BODY(HOST PATH SUBJECT "\005\001\004" NAME), 2, LWCMP_FACTORY_FIELD},
    {BODY(HOST PATH SUBJECT "\005\000\003" NAME), 2, LWCMP_FACTORY_FIELD},
    {BODY("\001\000\000" PATH SUBJECT), 2, LWCMP_FACTORY_FIELD},
    /* Texts. */
    {BODY("\001\000\001h" PATH SUBJECT), 2, LWCMP_FACTORY_FIELD},
    {BODY("\001\000\002hh" PATH SUBJECT), 2, LWCMP_FACTORY_FIELD},
    {BODY("\001\000\001\000" PATH SUBJECT), 2, LWCMP_FACTORY_FIELD},
    {BODY("\001\000\003h\000\000" PATH SUBJECT), 2, LWCMP_FACTORY_FIELD},
    {BODY("\001\000\003\000h\000" PATH SUBJECT), 2, LWCMP_FACTORY_FIELD},
    {BODY("\001\000\003h\040\000" PATH SUBJECT), 2, LWCMP_FACTORY_FIELD},
    {BODY("\001\000\003h\041\000" PATH SUBJECT), 2, LWCMP_FACTORY_GOOD},
    {BODY("\001\000\003h\176\000" PATH SUBJECT), 2, LWCMP_FACTORY_GOOD},
    {BODY("\001\000\003h\177\000" PATH SUBJECT), 2, LWCMP_FACTORY_FIELD},
    {BODY("\001\000\003h\200\000" PATH SUBJECT), 2, LWCMP_FACTORY_FIELD},
    {BODY("\001\000\003\012h\000" PATH SUBJECT), 2, LWCMP_FACTORY_FIELD},
    {BODY(HOST "\002\000\002p\000" SUBJECT), 2, LWCMP_FACTORY_FIELD},
    {BODY(HOST "\002\000\003/\015\000" SUBJECT), 2, LWCMP_FACTORY_FIELD},
    {BODY(HOST "\002\000\002/p" SUBJECT), 2, LWCMP_FACTORY_FIELD},
    /* Ports. */
    {BODY(HOST PATH "\003\000\002\377\377" SUBJECT), 2, LWCMP_FACTORY_GOOD},
    {BODY(HOST PATH "\003\000\002\000\000" SUBJECT), 2, LWCMP_FACTORY_FIELD},
    {BODY(HOST PATH "\003\000\001\001" SUBJECT), 2, LWCMP_FACTORY_FIELD},
    {BODY(HOST PATH "\003\000\003\000\001\001" SUBJECT), 2,
     LWCMP_FACTORY_FIELD},
    /* DER from outside. */
    {BODY(HOST PATH "\004\000\004\061\002\005\000"), 2, LWCMP_FACTORY_FIELD},
    {BODY(HOST PATH "\004\000\004\060\003\005\000"), 2, LWCMP_FACTORY_FIELD},
    {BODY(HOST PATH "\004\000\004\060\001\005\000"), 2, LWCMP_FACTORY_FIELD},
    {BODY(HOST PATH "\004\000\004\060\200\000\000"), 2, LWCMP_FACTORY_FIELD},
    {BODY(HOST PATH "\004\000\005\060\203\000\000\000"), 2,
     LWCMP_FACTORY_FIELD},
    {BODY(HOST PATH "\004\000\005\060\204\000\000\000"), 2,
     LWCMP_FACTORY_FIELD},
    {BODY(HOST PATH "\004\000\004\060\202\000\001"), 2, LWCMP_FACTORY_FIELD},
    {BODY(HOST PATH "\004\000\004\060\202\377\377"), 2, LWCMP_FACTORY_FIELD},
    {BODY(HOST PATH SUBJECT "\005\000\004\061\002\005\000"), 2,
     LWCMP_FACTORY_FIELD},
    {BODY(HOST PATH SUBJECT "\006\000\007" NAME "\060\001\005"), 2,
     LWCMP_FACTORY_FIELD},
    {BODY(HOST PATH SUBJECT "\006\000\010" NAME NAME), 0, LWCMP_FACTORY_GOOD},
    {BODY(HOST PATH SUBJECT "\006\000\010" NAME "\060\003\005\000"), 0,
     LWCMP_FACTORY_FIELD},
};

static void test_records(void **state)
{
    enum lwcmp_factory_state got;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(records) / sizeof(records[0]); i++) {
        got = read_sealed(&parts[0], records[i].flags, records[i].body,
                          records[i].n);
        if (got != records[i].state) {
            fail_msg("record %zu: state %d", i, got);
        }
    }
}

#define REFERENCE "\001\000\001r"
#define SECRET "\002\000\001s"

static const struct {
    const char *body;
    size_t n;
    uint8_t flags;
    enum lwcmp_factory_state state;
} secrets[] = {
    {BODY(REFERENCE SECRET), 0, LWCMP_FACTORY_GOOD},
    {BODY(REFERENCE SECRET), 1, LWCMP_FACTORY_FIELD},
    {BODY(""), 0, LWCMP_FACTORY_FIELD},
    {BODY(REFERENCE), 0, LWCMP_FACTORY_FIELD},
    {BODY(SECRET), 0, LWCMP_FACTORY_FIELD},
    {BODY(SECRET REFERENCE), 0, LWCMP_FACTORY_FIELD},
    {BODY(REFERENCE SECRET SECRET), 0, LWCMP_FACTORY_FIELD},
    {BODY(REFERENCE SECRET "\003\000\001x"), 0, LWCMP_FACTORY_FIELD},
};

static void test_secrets(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
        assert_int_equal(read_sealed(&parts[1], secrets[i].flags,
                                     secrets[i].body, secrets[i].n),
                         secrets[i].state);
    }
}

/* A field of n bytes, all the same, and what to put at both its ends. */
static size_t put_long(uint8_t *p, uint8_t tag, size_t n, int first, int last)
{
    p[0] = tag;
    p[1] = (uint8_t)(n >> 8);
    p[2] = (uint8_t)n;
    memset(p + 3, 'x', n);
    p[3] = (uint8_t)first;
    p[2 + n] = (uint8_t)last;
    return 3 + n;
}

static enum lwcmp_factory_state read_long(size_t host_n, size_t path_n)
{
    uint8_t body[BODY_MAX];
    size_t n = put_long(body, 1, host_n + 1, 'h', '\0');

    n += put_long(body + n, 2, path_n + 1, '/', '\0');
    memcpy(body + n, SUBJECT, sizeof(SUBJECT) - 1);
    return read_sealed(&parts[0], 2, body, n + sizeof(SUBJECT) - 1);
}

/* The longest, and one more. */
static void test_limits(void **state)
{
    uint8_t body[BODY_MAX];
    size_t n = put_long(body, 1, 200, 'r', 'r');

    (void)state;
    assert_int_equal(read_long(127, 255), LWCMP_FACTORY_GOOD);
    assert_int_equal(read_long(128, 255), LWCMP_FACTORY_FIELD);
    assert_int_equal(read_long(127, 256), LWCMP_FACTORY_FIELD);
    assert_int_equal(
        read_sealed(&parts[1], 0, body, n + put_long(body + n, 2, 128, 0, 0)),
        LWCMP_FACTORY_GOOD);
    assert_int_equal(
        read_sealed(&parts[1], 0, body, n + put_long(body + n, 2, 129, 0, 0)),
        LWCMP_FACTORY_FIELD);
}

/* A subject of n bytes that begins with these ones. */
static enum lwcmp_factory_state read_subject(const char *begin, size_t begin_n,
                                             size_t n)
{
    uint8_t body[BODY_MAX];
    size_t at = sizeof(HOST PATH) - 1;

    memcpy(body, HOST PATH, at);
    n = put_long(body + at, 4, n, 'x', 'x');
    memcpy(body + at + 3, begin, begin_n);
    return read_sealed(&parts[0], 2, body, at + n);
}

/* Length octets of DER in all their forms. */
static void test_long_der(void **state)
{
    (void)state;
    assert_int_equal(read_subject(BODY("\060\177"), 129), LWCMP_FACTORY_GOOD);
    assert_int_equal(read_subject(BODY("\060\177"), 130), LWCMP_FACTORY_FIELD);
    assert_int_equal(read_subject(BODY("\060\200"), 130), LWCMP_FACTORY_FIELD);
    assert_int_equal(read_subject(BODY("\060\201\377"), 258),
                     LWCMP_FACTORY_GOOD);
    assert_int_equal(read_subject(BODY("\060\201\377"), 257),
                     LWCMP_FACTORY_FIELD);
    assert_int_equal(read_subject(BODY("\060\202\001\002"), 262),
                     LWCMP_FACTORY_GOOD);
    assert_int_equal(read_subject(BODY("\060\202\001\002"), 261),
                     LWCMP_FACTORY_FIELD);
    assert_int_equal(read_subject(BODY("\060\203\001\002"), 262),
                     LWCMP_FACTORY_FIELD);
}

/* Any fields under a right checksum; read_part() looks at what comes out. */
static void test_random_fields(void **state)
{
    uint8_t body[sizeof(record)];
    unsigned good = 0, bad = 0;
    uint32_t seed = 2;
    const struct part *part;
    size_t n, changes;
    int run;

    (void)state;
    for (run = 0; run < RUNS; run++) {
        part = &parts[run & 1];
        n = part->good.n - 12;
        memcpy(body, part->good.p + 8, n);
        for (changes = next_random(&seed) % 4; changes > 0; changes--) {
            body[next_random(&seed) % n] = (uint8_t)next_random(&seed);
        }
        if (read_sealed(part, part->good.p[5], body, n)) {
            bad++;
        } else {
            good++;
        }
    }
    assert_true(good > 0 && bad > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_records),       cmocka_unit_test(test_secrets),
        cmocka_unit_test(test_limits),        cmocka_unit_test(test_long_der),
        cmocka_unit_test(test_random_fields),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
