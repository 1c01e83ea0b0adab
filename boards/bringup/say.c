/* SPDX-License-Identifier: Apache-2.0 */
/* Text for the console, without the C library's printf. */
#include <string.h>

#include "bringup.h"

void lwcmp_bringup_say(const char *text)
{
    lwcmp_board_print(text, strlen(text));
}

void lwcmp_bringup_say_number(uint32_t number)
{
    char text[12];
    size_t at = sizeof text;

    do {
        text[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    text[--at] = ' ';
    lwcmp_board_print(text + at, sizeof text - at);
}

void lwcmp_bringup_say_bytes(const uint8_t *p, size_t n)
{
    static const char digits[] = "0123456789abcdef";

    lwcmp_bringup_say(" ");
    for (size_t i = 0; i < n; i++) {
        lwcmp_board_print(&digits[p[i] >> 4], 1);
        lwcmp_board_print(&digits[p[i] & 15], 1);
    }
}
