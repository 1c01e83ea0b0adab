/* SPDX-License-Identifier: Apache-2.0 */
#include "extensions.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "oid.h"
#include "fail.h"

/* id-ce-subjectAltName, RFC 5280 4.2.1.6 */
static lwcmp_oid subject_alt_name = {3, 0x55, 0x1d, 0x11};

/* GeneralName, RFC 5280 4.2.1.6: the numbers of its choices. */
enum choice {
    EMAIL = 1,
    DNS = 2,
    URI = 6,
    IP = 7,
    NONE = -1
};

static const struct {
    const char *prefix;
    enum choice choice;
} prefixes[] = {{"email:", EMAIL}, {"dns:", DNS}, {"uri:", URI}, {"ip:", IP}};

/* 4 or 16 octets, or 0: this is no address. */
static size_t read_address(const char *text, uint8_t address[16])
{
    if (inet_pton(AF_INET, text, address) == 1) {
        return 4;
    }
    return inet_pton(AF_INET6, text, address) == 1 ? 16 : 0;
}

/* What is behind a prefix; without one the text tells what it is. */
static enum choice choose(const char **text)
{
    uint8_t address[16];
    size_t i, n;

    if (read_address(*text, address)) {
        return IP;
    }
    for (i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
        n = strlen(prefixes[i].prefix);
        if (strncasecmp(*text, prefixes[i].prefix, n) == 0) {
            *text += n;
            return prefixes[i].choice;
        }
    }
    if (strstr(*text, "://")) {
        return URI;
    }
    return strchr(*text, '@') ? EMAIL : strchr(*text, ':') ? NONE : DNS;
}

static bool is_visible(const char *text)
{
    for (; *text; text++) {
        if (*text <= ' ' || *text > '~') {
            return false;
        }
    }
    return true;
}

/* Letters, digits, hyphens and dots; an asterisk; an underscore. */
static bool is_host(const char *text)
{
    const char *allowed = "abcdefghijklmnopqrstuvwxyz"
                          "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._*";

    return text[strspn(text, allowed)] == '\0' && text[0] != '.' &&
           strstr(text, "..") == NULL;
}

static bool fits(enum choice choice, const char *text)
{
    if (*text == '\0' || !is_visible(text)) {
        return false;
    }
    switch (choice) {
    case EMAIL:
        return strchr(text, '@') != NULL;
    case DNS:
        return is_host(text);
    case URI:
        return strchr(text, ':') != NULL;
    case IP:
        return true;
    case NONE:
        break;
    }
    return false;
}

static int put_name(struct lwcmp_der_out *o, const char *text)
{
    const char *value = text;
    enum choice choice = choose(&value);
    struct lwcmp_bytes content = {(const uint8_t *)value, strlen(value)};
    uint8_t address[16];

    if (choice == IP) {
        content = (struct lwcmp_bytes){address, read_address(value, address)};
    }
    if (content.n == 0 || !fits(choice, value)) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "--san: \"%s\" is none of dns:HOST, ip:ADDRESS, "
                              "email:ADDRESS, uri:URI",
                              text);
    }
    lwcmp_der_put(o, LWCMP_DER_CTX_PRIM((unsigned)choice), content.p,
                  content.n);
    return 0;
}

/*
 * Extension ::= SEQUENCE {                            -- RFC 5280 4.1
 *     extnID     OBJECT IDENTIFIER,
 *     critical   BOOLEAN DEFAULT FALSE,
 *     extnValue  OCTET STRING }
 *
 * GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName   -- 4.2.1.6
 */
int lwcmp_cli_san_put(struct lwcmp_der_out *o,
                      const struct lwcmp_cli_list *list, bool critical)
{
    static const uint8_t yes[] = {0xff};
    struct lwcmp_cli_words words = {0};
    int code = 0;

    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    lwcmp_oid_put(o, subject_alt_name);
    if (critical) {
        lwcmp_der_put(o, LWCMP_DER_BOOLEAN, yes, 1);
    }
    lwcmp_der_open(o, LWCMP_DER_OCTET_STRING);
    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    while (!code && lwcmp_cli_next_word(list, &words)) {
        code = put_name(o, words.word);
    }
    lwcmp_der_close(o);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
    return code;
}
