/* SPDX-License-Identifier: Apache-2.0 */
#include "say.h"

#include <string.h>

#include "lwcmp/platform.h"
#include "board.h"

#define TOPIC 12 /* width of the column */

static void pad(size_t n, size_t width)
{
    for (; n < width; n++) {
        lwcmp_board_print(" ", 1);
    }
}

static void print_topic(const char *topic)
{
    lwcmp_say_text(topic);
    pad(strlen(topic), TOPIC);
}

void lwcmp_say_begin(const char *topic)
{
    uint32_t now = lwcmp_platform_uptime();
    uint32_t left;
    size_t width = 4;

    for (left = now / 10000; left > 0 && width > 0; left /= 10) {
        width--;
    }
    lwcmp_say_text("[");
    pad(0, width);
    lwcmp_say_number(now / 1000);
    lwcmp_say_text(".");
    lwcmp_say_digits(now % 1000, 3);
    lwcmp_say_text("] ");
    print_topic(topic);
}

void lwcmp_say_more(const char *topic)
{
    pad(0, sizeof "[    0.000] " - 1 + TOPIC);
    print_topic(topic);
}

void lwcmp_say_text(const char *text)
{
    lwcmp_board_print(text, strlen(text));
}

void lwcmp_say_bytes(struct lwcmp_bytes text)
{
    size_t i;

    for (i = 0; i < text.n; i++) {
        char c = (char)text.p[i];

        if (c < ' ' || c >= 0x7f) {
            c = '.';
        }
        lwcmp_board_print(&c, 1);
    }
}

void lwcmp_say_digits(uint32_t number, unsigned digits)
{
    char text[10]; /* of the largest number */
    size_t i = sizeof text;

    do {
        text[--i] = (char)('0' + number % 10);
        number /= 10;
    } while (i > 0 && (number > 0 || sizeof text - i < digits));
    lwcmp_board_print(text + i, sizeof text - i);
}

void lwcmp_say_number(uint32_t number)
{
    lwcmp_say_digits(number, 1);
}

void lwcmp_say_hex(struct lwcmp_bytes bytes)
{
    static const char digits[] = "0123456789abcdef";
    size_t i;

    for (i = 0; i < bytes.n; i++) {
        lwcmp_board_print(&digits[bytes.p[i] >> 4], 1);
        lwcmp_board_print(&digits[bytes.p[i] & 15], 1);
    }
}

void lwcmp_say_address(const uint8_t address[4])
{
    size_t i;

    for (i = 0; i < 4; i++) {
        lwcmp_say_text(i > 0 ? "." : "");
        lwcmp_say_number(address[i]);
    }
}

void lwcmp_say_end(void)
{
    lwcmp_board_print("\n", 1);
}

void lwcmp_say(const char *topic, const char *text)
{
    lwcmp_say_begin(topic);
    lwcmp_say_text(text);
    lwcmp_say_end();
}
