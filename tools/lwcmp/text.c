/* SPDX-License-Identifier: Apache-2.0 */
#include "text.h"

/* How many octets a first octet announces; 0: it is none. */
static size_t sequence_length(uint8_t first)
{
    if (first < 0x80) {
        return 1;
    }
    if ((first & 0xe0) == 0xc0) {
        return 2;
    }
    if ((first & 0xf0) == 0xe0) {
        return 3;
    }
    return (first & 0xf8) == 0xf0 ? 4 : 0;
}

/* In the fewest octets, no surrogate, and not beyond the last. */
static bool is_code_point(uint32_t code, size_t n)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};

    return code >= least[n] && code <= 0x10ffff &&
           (code < 0xd800 || code > 0xdfff);
}

size_t lwcmp_cli_utf8(struct lwcmp_bytes text, uint32_t *code)
{
    size_t n = text.n > 0 ? sequence_length(text.p[0]) : 0;
    size_t i;

    if (n == 0 || n > text.n) {
        return 0;
    }
    *code = n == 1 ? text.p[0] : text.p[0] & (0x7fu >> n);
    for (i = 1; i < n; i++) {
        if ((text.p[i] & 0xc0) != 0x80) {
            return 0;
        }
        *code = *code << 6 | (text.p[i] & 0x3f);
    }
    return is_code_point(*code, n) ? n : 0;
}

/* Control characters, and those that turn or hide the text around them. */
static bool is_visible(uint32_t code)
{
    static const struct {
        uint32_t first, last;
    } hidden[] = {
        {0x00, 0x1f},     {0x7f, 0x9f},        {0xad, 0xad},
        {0x61c, 0x61c},   {0x200b, 0x200f},    {0x2028, 0x202e},
        {0x2060, 0x206f}, {0xfe00, 0xfe0f},    {0xfeff, 0xfeff},
        {0xfff0, 0xffff}, {0xe0000, 0x10ffff},
    };
    size_t i;

    for (i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++) {
        if (code >= hidden[i].first && code <= hidden[i].last) {
            return false;
        }
    }
    return true;
}

void lwcmp_cli_print(FILE *out, struct lwcmp_bytes text, bool lines)
{
    uint32_t code;
    size_t i, n;

    while (text.n > 0) {
        n = lwcmp_cli_utf8(text, &code);
        if (n > 0 && (is_visible(code) || (lines && code == '\n'))) {
            (void)fwrite(text.p, 1, n, out);
        } else {
            n = n > 0 ? n : 1;
            for (i = 0; i < n; i++) {
                (void)fprintf(out, "\\x%02x", text.p[i]);
            }
        }
        text.p += n;
        text.n -= n;
    }
}
