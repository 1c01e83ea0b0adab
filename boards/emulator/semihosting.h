/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Semihosting: a call to the emulator, as Arm and RISC-V define it. Without
 * -semihosting-config it is a fault.
 */
#ifndef LWCMP_EMULATOR_SEMIHOSTING_H
#define LWCMP_EMULATOR_SEMIHOSTING_H

#include <stdint.h>

enum {
    SEMIHOSTING_OPEN = 0x01,
    SEMIHOSTING_CLOSE = 0x02,
    SEMIHOSTING_READ = 0x06,
    SEMIHOSTING_GET_CMDLINE = 0x15,
    SEMIHOSTING_EXIT_EXTENDED = 0x20
};

/* The arguments are a row of words; what comes back depends on the call. */
intptr_t lwcmp_semihosting(int call, uintptr_t *arguments);

#endif
