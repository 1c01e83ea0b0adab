/* SPDX-License-Identifier: Apache-2.0 */
#include "vectors.h"

#include <stdio.h>

#define FOLDER "tests/vectors/"
#define MAX_FIELDS 16
#define MAX_LINE 8192
#define MAX_ABOUT 96

char vectors_where[128];

void vectors_at(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(vectors_where, sizeof vectors_where, format, args);
    va_end(args);
}

void vectors_check_int(long is, long due, const char *what)
{
    if (is != due) {
        fail_msg("%s: %s is %ld, not %ld", vectors_where, what, is, due);
    }
}

static void print_hex(const char *name, struct lwcmp_bytes b)
{
    print_error("%s (%u):", name, (unsigned)b.n);
    for (size_t i = 0; i < b.n; i++) {
        print_error("%s%02x", i % 32 == 0 ? "\n  " : "", b.p[i]);
    }
    print_error("\n");
}

void vectors_check_bytes(struct lwcmp_bytes is, struct lwcmp_bytes due,
                         const char *what)
{
    if (is.n != due.n || (is.n > 0 && memcmp(is.p, due.p, is.n) != 0)) {
        print_hex("is", is);
        print_hex("due", due);
        fail_msg("%s: %s", vectors_where, what);
    }
}

void vectors_check_field(struct lwcmp_bytes is, const char *field,
                         const char *what)
{
    bool none = strcmp(field, "-") == 0;
    struct lwcmp_bytes due = vectors_hex(none ? "" : field);

    vectors_check_bytes(is, due, what);
    if ((is.p == NULL) != none) {
        fail_msg("%s: %s is %s", vectors_where, what,
                 none ? "there" : "absent");
    }
    vectors_free(due);
}

void vectors_check_place(struct lwcmp_bytes whole, struct lwcmp_bytes is,
                         const char *due, const char *what)
{
    char place[32] = "-";

    if (is.p != NULL) {
        snprintf(place, sizeof place, "%u:%u", (unsigned)(is.p - whole.p),
                 (unsigned)is.n);
    }
    if (strcmp(place, due) != 0) {
        fail_msg("%s: %s at %s, not %s", vectors_where, what, place, due);
    }
}

void vectors_check_put(void (*put)(struct lwcmp_der_out *o, const void *what),
                       const void *what, const char *hex)
{
    struct lwcmp_bytes due = vectors_hex(hex);

    for (size_t cap = 0; cap <= due.n; cap++) {
        uint8_t *p = malloc(cap);
        struct lwcmp_der_out o;
        char text[32];

        snprintf(text, sizeof text, "result in %u octets", (unsigned)cap);
        lwcmp_der_out_init(&o, p, cap);
        put(&o, what);
        vectors_check_int(o.err, cap < due.n ? LWCMP_ERR_BUFFER : 0, text);
        if (o.err == 0) {
            CHECK_BYTES(((struct lwcmp_bytes){o.p, o.n}), due);
        }
        free(p);
    }
    vectors_free(due);
}

struct lwcmp_bytes vectors_copy(const void *p, size_t n)
{
    uint8_t *copy = malloc(n);

    assert_true(n == 0 || copy != NULL);
    if (n > 0) {
        memcpy(copy, p, n);
    }
    return (struct lwcmp_bytes){copy, n};
}

void vectors_free(struct lwcmp_bytes bytes)
{
    free((void *)bytes.p);
}

static FILE *open_file(const char *name)
{
    char path[256];
    FILE *f;

    snprintf(path, sizeof path, FOLDER "%s", name);
    f = fopen(path, "rb");
    if (f == NULL) {
        fail_msg("%s is missing: run from the root", path);
    }
    return f;
}

struct lwcmp_bytes vectors_file(const char *name)
{
    static uint8_t buffer[65536];
    FILE *f = open_file(name);
    size_t n = fread(buffer, 1, sizeof buffer, f);

    fclose(f);
    if (n == 0 || n == sizeof buffer) {
        fail_msg("%s is empty or too long", name);
    }
    return vectors_copy(buffer, n);
}

static unsigned base64_digit(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *p = strchr(digits, c);

    if (c == '\0' || p == NULL) {
        fail_msg("%s: not base64", vectors_where);
        return 0;
    }
    return (unsigned)(p - digits);
}

struct lwcmp_bytes vectors_pem(const char *name)
{
    uint8_t der[8192];
    char line[256];
    size_t n = 0;
    uint32_t bits = 0;
    unsigned count = 0;
    FILE *f = open_file(name);

    while (fgets(line, sizeof line, f) != NULL) {
        for (char *p = line; *p >= '+' && line[0] != '-' && *p != '='; p++) {
            bits = bits << 6 | base64_digit(*p);
            count += 6;
            if (count >= 8) {
                count -= 8;
                assert_true(n < sizeof der);
                der[n++] = (uint8_t)(bits >> count);
            }
        }
    }
    fclose(f);
    assert_true(n > 0);
    return vectors_copy(der, n);
}

struct lwcmp_bytes vectors_hex(const char *hex)
{
    size_t digits = strspn(hex, "0123456789abcdef");
    size_t zeros = 0;
    uint8_t *p;

    if (hex[digits] == '+') {
        zeros = strtoul(hex + digits + 1, NULL, 10);
    }
    if (digits % 2 != 0 || (hex[digits] != '\0' && hex[digits] != '+')) {
        fail_msg("%s: not hexadecimal: %s", vectors_where, hex);
    }
    p = calloc(digits / 2 + zeros, 1);
    assert_true(p != NULL || digits / 2 + zeros == 0);
    for (size_t i = 0; i < digits / 2; i++) {
        const char octet[3] = {hex[2 * i], hex[2 * i + 1], '\0'};

        p[i] = (uint8_t)strtoul(octet, NULL, 16);
    }
    return (struct lwcmp_bytes){p, digits / 2 + zeros};
}

static size_t split(char *line, char *field[MAX_FIELDS])
{
    static const char blank[] = " \t\r\n";
    size_t n = 0;

    line[strcspn(line, "#")] = '\0';
    for (char *p = strtok(line, blank); p != NULL; p = strtok(NULL, blank)) {
        assert_true(n < MAX_FIELDS);
        field[n++] = p;
    }
    return n;
}

void vectors_each(const char *name, size_t count,
                  void (*check)(char *const field[]))
{
    static char line[MAX_LINE];
    char about[MAX_ABOUT] = "";
    char *field[MAX_FIELDS];
    unsigned number = 0;
    unsigned cases = 0;
    FILE *f = open_file(name);

    while (fgets(line, sizeof line, f) != NULL) {
        size_t n;

        number++;
        if (line[0] == '#') {
            snprintf(about, sizeof about, "%.*s", (int)strcspn(line, "\n"),
                     line);
        }
        n = split(line, field);
        vectors_at("%s:%u %s", name, number, about);
        if (n > 0) {
            CHECK_INT(n, count);
            check(field);
            cases++;
        }
    }
    fclose(f);
    assert_true(cases > 0);
}

int vectors_error(const char *name)
{
    static const struct {
        const char *name;
        int err;
    } errors[] = {
        {"ok", 0},
        {"SYNTAX", LWCMP_ERR_SYNTAX},
        {"ALGORITHM", LWCMP_ERR_ALGORITHM},
        {"HMAC_SHA1", LWCMP_WITH_HMAC_SHA1 ? 0 : LWCMP_ERR_ALGORITHM},
        {"ITERATIONS", LWCMP_ERR_ITERATIONS},
        {"CERT_SYNTAX", LWCMP_ERR_CERT_SYNTAX},
        {"CERT_REQ_ID", LWCMP_ERR_CERT_REQ_ID},
        {"STATUS", LWCMP_ERR_STATUS},
        {"JOURNAL", LWCMP_ERR_JOURNAL},
        {"KEY", LWCMP_ERR_KEY},
        {"CMS", LWCMP_ERR_CMS},
        {"PRIVATE_KEY", LWCMP_WITH_CMS ? 0 : LWCMP_ERR_STATUS},
        {"ENCRYPTED_CERT", LWCMP_WITH_CMS ? 0 : LWCMP_ERR_SYNTAX},
        {"DECRYPT", LWCMP_ERR_DECRYPT},
        {"WRONG_KIND", LWCMP_ERR_WRONG_KIND},
        {"UNTRUSTED", LWCMP_ERR_UNTRUSTED},
        {"PROTECTION", LWCMP_ERR_PROTECTION},
    };

    for (size_t i = 0; i < COUNT(errors); i++) {
        if (strcmp(errors[i].name, name) == 0) {
            return errors[i].err;
        }
    }
    fail_msg("%s: no such error: %s", vectors_where, name);
    return 1;
}
