/* SPDX-License-Identifier: Apache-2.0 */
/* The end of the emulator. */
#include "emulator.h"
#include "semihosting.h"

#define APPLICATION_EXIT 0x20026u /* the usual reason */

void lwcmp_emulator_exit(int status)
{
    uintptr_t arguments[] = {APPLICATION_EXIT, (uintptr_t)status};

    for (;;) {
        (void)lwcmp_semihosting(SEMIHOSTING_EXIT_EXTENDED, arguments);
    }
}
