/* SPDX-License-Identifier: Apache-2.0 */
/* A power cut at a moment that can be chosen. */
#include "emulator.h"

void lwcmp_emulator_cut(void)
{
    static uint32_t done;

    if (++done == lwcmp_emulator_number("cut")) {
        lwcmp_emulator_exit(LWCMP_EMULATOR_CUT);
    }
}
