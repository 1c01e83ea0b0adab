/* SPDX-License-Identifier: Apache-2.0 */
/* What fault handlers print. */
#include <string.h>

#include "board.h"
#include "emulator.h"

void lwcmp_emulator_print(const char *name, uint32_t word)
{
    char text[] = "=00000000";

    for (int i = 0; i < 8; i++) {
        text[1 + i] = "0123456789abcdef"[word >> (28 - 4 * i) & 15];
    }
    lwcmp_board_print(name, strlen(name));
    lwcmp_board_print(text, sizeof text - 1);
}
