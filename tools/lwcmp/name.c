/* SPDX-License-Identifier: Apache-2.0 */
#include "name.h"

#include <string.h>
#include <strings.h>

#include "bytes.h"
#include "fail.h"
#include "oid_text.h"
#include "text.h"

#define VALUE_MAX 256
#define PRINTABLE_STRING 0x13
#define IA5_STRING 0x16
#define COUNTRY 2 /* characters of a country, no more and no less */

/* Types, their strings and upper bounds: RFC 5280 appendix A, RFC 4519. */
static const struct attribute {
    const char *name, *oid;
    uint8_t tag;
    uint16_t max; /* characters */
} attributes[] = {
    {"C", "2.5.4.6", PRINTABLE_STRING, COUNTRY},
    {"ST", "2.5.4.8", LWCMP_DER_UTF8_STRING, 128},
    {"L", "2.5.4.7", LWCMP_DER_UTF8_STRING, 128},
    {"O", "2.5.4.10", LWCMP_DER_UTF8_STRING, 64},
    {"OU", "2.5.4.11", LWCMP_DER_UTF8_STRING, 64},
    {"CN", "2.5.4.3", LWCMP_DER_UTF8_STRING, 64},
    {"SN", "2.5.4.5", PRINTABLE_STRING, 64},
    {"serialNumber", "2.5.4.5", PRINTABLE_STRING, 64},
    {"T", "2.5.4.12", LWCMP_DER_UTF8_STRING, 64},
    {"title", "2.5.4.12", LWCMP_DER_UTF8_STRING, 64},
    {"DC", "0.9.2342.19200300.100.1.25", IA5_STRING, 255},
    {"UID", "0.9.2342.19200300.100.1.1", LWCMP_DER_UTF8_STRING, 255},
    {"E", "1.2.840.113549.1.9.1", IA5_STRING, 255},
    {"emailAddress", "1.2.840.113549.1.9.1", IA5_STRING, 255},
};

/* A type that is given by its number. */
static const struct attribute any = {NULL, NULL, LWCMP_DER_UTF8_STRING, 255};

/* One "type=value" of the text. */
struct part {
    const char *type;
    int type_n; /* as printf wants it */
    uint8_t value[VALUE_MAX];
    size_t n;
};

static int hex_digit(char c)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    const char *p = c ? strchr(digits, c) : NULL;
    int value = p ? (int)(p - digits) : -1;

    return value < 16 ? value : value - 6;
}

/* What a backslash stands for, with the text behind it. */
static uint8_t take_escaped(const char **text)
{
    const char *p = *text;
    int high = hex_digit(p[0]);
    int low = high < 0 ? -1 : hex_digit(p[1]);

    *text = p + (low < 0 ? 1 : 2);
    return (uint8_t)(low < 0 ? p[0] : high * 16 + low);
}

/* A character, or what a backslash makes of those behind it. */
static bool take_octet(const char **text, uint8_t *octet, bool *escaped)
{
    char c = *(*text)++;

    *escaped = c == '\\' && **text != '\0';
    *octet = *escaped ? take_escaped(text) : (uint8_t)c;
    return *escaped || strchr("+\"\\", c) == NULL;
}

/* Up to the separator; blanks at both ends are not part of the value. */
static int take_value(const char *option, const char **text, char separator,
                      struct part *part)
{
    size_t n = 0;
    bool escaped;

    part->n = 0;
    *text += strspn(*text, " ");
    while (**text != '\0' && **text != separator) {
        if (n == sizeof(part->value)) {
            return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                                  "%s: the value of %.*s is too long", option,
                                  part->type_n, part->type);
        }
        if (!take_octet(text, &part->value[n], &escaped)) {
            return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                                  "%s: write \\%c in the value of %.*s", option,
                                  part->value[n], part->type_n, part->type);
        }
        n++;
        if (escaped || part->value[n - 1] != ' ') {
            part->n = n;
        }
    }
    return 0;
}

static int take_part(const char *option, const char **text, char separator,
                     struct part *part)
{
    const char *p = *text + strspn(*text, " ");
    size_t n = strcspn(p, "=,/\\");

    if (n == 0 || p[n] != '=') {
        return lwcmp_cli_fail(
            LWCMP_EXIT_USAGE,
            "%s: \"%.*s\" is not an attribute like CN=device 1", option,
            (int)strcspn(p, separator == ',' ? "," : "/"), p);
    }
    part->type = p;
    part->type_n = (int)n;
    *text = p + n + 1;
    return take_value(option, text, separator, part);
}

static const struct attribute *find(const struct part *part)
{
    size_t i, n = (size_t)part->type_n;

    for (i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++) {
        if (strlen(attributes[i].name) == n &&
            strncasecmp(attributes[i].name, part->type, n) == 0) {
            return &attributes[i];
        }
    }
    return &any;
}

/* X.680 41.4 */
static bool is_printable(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') ||
           (c != 0 && c < 0x80 && strchr(" '()+,-./:=?", (int)c) != NULL);
}

static const char *judge_character(uint8_t tag, uint32_t c)
{
    if (tag == IA5_STRING && c >= 0x80) {
        return "may have ASCII characters only";
    }
    if (tag == PRINTABLE_STRING && !is_printable(c)) {
        return "may have letters, digits and '()+,-./:=? only";
    }
    return NULL;
}

/* What is wrong with the value, or NULL. */
static const char *judge(const struct attribute *a, const struct part *part)
{
    struct lwcmp_bytes rest = {part->value, part->n};
    const char *wrong = NULL;
    size_t n, count = 0;
    uint32_t c;

    for (; rest.n > 0 && !wrong; rest.p += n, rest.n -= n) {
        n = lwcmp_cli_utf8(rest, &c);
        if (n == 0) {
            return "is not UTF-8";
        }
        wrong = judge_character(a->tag, c);
        count++;
    }
    if (count == 0) {
        return "is empty";
    }
    if (!wrong && a->max == COUNTRY && count != COUNTRY) {
        return "is a code of two letters";
    }
    return !wrong && count > a->max ? "is too long" : wrong;
}

/*
 * RelativeDistinguishedName ::= SET SIZE (1..MAX) OF AttributeTypeAndValue
 * AttributeTypeAndValue ::= SEQUENCE {              -- RFC 5280 4.1.2.4
 *     type   OBJECT IDENTIFIER,
 *     value  ANY }
 */
static int put_part(struct lwcmp_der_out *o, const char *option,
                    const struct part *part)
{
    const struct attribute *a = find(part);
    const char *oid = a->oid ? a->oid : part->type;
    const char *wrong = judge(a, part);

    if (wrong) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE, "%s: the value of %.*s %s",
                              option, part->type_n, part->type, wrong);
    }
    lwcmp_der_open(o, LWCMP_DER_SET);
    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    if (!lwcmp_cli_oid_put(o, oid,
                           a->oid ? strlen(oid) : (size_t)part->type_n)) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "%s: \"%.*s\" is no attribute type; there are "
                              "C, ST, L, O, OU, CN, serialNumber, T, DC, UID, "
                              "E and dotted numbers",
                              option, part->type_n, part->type);
    }
    lwcmp_der_put(o, a->tag, part->value, part->n);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
    return 0;
}

/* Name ::= SEQUENCE OF RelativeDistinguishedName      -- RFC 5280 4.1.2.4 */
int lwcmp_cli_name_put(struct lwcmp_der_out *o, const char *option,
                       const char *text)
{
    char separator = text[0] == '/' ? '/' : ',';
    const char *rest = text + (separator == '/');
    struct part part;
    int code;

    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    for (;;) {
        code = take_part(option, &rest, separator, &part);
        if (!code) {
            code = put_part(o, option, &part);
        }
        if (code) {
            return code;
        }
        if (*rest == '\0') {
            break;
        }
        rest++;
    }
    lwcmp_der_close(o);
    return o->err ? lwcmp_cli_fail(LWCMP_EXIT_USAGE, "%s is too long", option)
                  : 0;
}

int lwcmp_cli_name_read(const char *option, const char *text,
                        uint8_t room[LWCMP_CLI_NAME_MAX],
                        struct lwcmp_bytes *name)
{
    struct lwcmp_der_out o;
    int code;

    if (!text) {
        return 0;
    }
    lwcmp_der_out_init(&o, room, LWCMP_CLI_NAME_MAX);
    code = lwcmp_cli_name_put(&o, option, text);
    *name = (struct lwcmp_bytes){room, o.n};
    return code;
}

/* The longest name of a type is the clearest, and stands last. */
static void print_type(FILE *out, struct lwcmp_bytes oid)
{
    size_t i = sizeof(attributes) / sizeof(attributes[0]);
    uint8_t room[32];
    struct lwcmp_der_out o;

    while (i-- > 0) {
        lwcmp_der_out_init(&o, room, sizeof(room));
        (void)lwcmp_cli_oid_put(&o, attributes[i].oid,
                                strlen(attributes[i].oid));
        if (lwcmp_bytes_are(&oid, o.p, o.n)) {
            (void)fputs(attributes[i].name, out);
            return;
        }
    }
    lwcmp_cli_oid_print(out, oid);
}

static bool is_special(uint8_t c)
{
    return c != 0 && strchr(",+\"\\", c) != NULL;
}

static void print_value(FILE *out, struct lwcmp_bytes value)
{
    size_t n;

    while (value.n > 0) {
        for (n = 0; n < value.n && !is_special(value.p[n]); n++) {
        }
        lwcmp_cli_print(out, (struct lwcmp_bytes){value.p, n}, false);
        if (n < value.n) {
            (void)fprintf(out, "\\%c", value.p[n++]);
        }
        value.p += n;
        value.n -= n;
    }
}

static void print_set(FILE *out, struct lwcmp_bytes set)
{
    struct lwcmp_bytes pair, oid;

    while (lwcmp_der_take(&set, LWCMP_DER_SEQUENCE, &pair) == 0) {
        (void)lwcmp_der_take_whole(&pair, LWCMP_DER_OID, &oid);
        (void)lwcmp_der_take(&pair, LWCMP_DER_ANY, &pair);
        print_type(out, oid);
        (void)fputc('=', out);
        print_value(out, pair);
        if (set.n > 0) {
            (void)fputc('+', out);
        }
    }
}

void lwcmp_cli_name_print(FILE *out, struct lwcmp_bytes name)
{
    struct lwcmp_bytes set;

    (void)lwcmp_der_take(&name, LWCMP_DER_SEQUENCE, &name);
    while (lwcmp_der_take(&name, LWCMP_DER_SET, &set) == 0) {
        print_set(out, set);
        if (name.n > 0) {
            (void)fputc(',', out);
        }
    }
}

/* The types, and the octets of the values. */
static bool is_same_set(struct lwcmp_bytes a, struct lwcmp_bytes b)
{
    struct lwcmp_bytes one, other, x, y;
    bool same = true;

    while (same && a.n > 0 && b.n > 0) {
        (void)lwcmp_der_take(&a, LWCMP_DER_SEQUENCE, &one);
        (void)lwcmp_der_take(&b, LWCMP_DER_SEQUENCE, &other);
        (void)lwcmp_der_take(&one, LWCMP_DER_OID, &x);
        (void)lwcmp_der_take(&other, LWCMP_DER_OID, &y);
        same = lwcmp_bytes_equal(&x, &y);
        (void)lwcmp_der_take(&one, LWCMP_DER_ANY, &x);
        (void)lwcmp_der_take(&other, LWCMP_DER_ANY, &y);
        same = same && lwcmp_bytes_equal(&x, &y);
    }
    return same && a.n == b.n;
}

bool lwcmp_cli_name_is_same(struct lwcmp_bytes a, struct lwcmp_bytes b)
{
    struct lwcmp_bytes one, other;
    bool same = true;

    (void)lwcmp_der_take(&a, LWCMP_DER_SEQUENCE, &a);
    (void)lwcmp_der_take(&b, LWCMP_DER_SEQUENCE, &b);
    while (same && a.n > 0 && b.n > 0) {
        (void)lwcmp_der_take(&a, LWCMP_DER_SET, &one);
        (void)lwcmp_der_take(&b, LWCMP_DER_SET, &other);
        same = is_same_set(one, other);
    }
    return same && a.n == b.n;
}
