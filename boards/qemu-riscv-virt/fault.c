/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Faults: prints the registers on the console and stops. A device in the field
 * would keep them for the next boot and reset.
 */
#include "board.h"
#include "emulator.h"
#include "startup.h"

void lwcmp_board_fault_report(uint32_t sp, uint32_t ra)
{
    uint32_t mcause, mepc, mtval;
    size_t n;
    uint32_t stack = (uint32_t)lwcmp_board_stack(&n);

    __asm__ volatile("csrr %0, mcause\n"
                     "csrr %1, mepc\n"
                     "csrr %2, mtval\n"
                     : "=r"(mcause), "=r"(mepc), "=r"(mtval));
    lwcmp_board_print("\nfault: ", 8);
    lwcmp_emulator_print("mcause", mcause);
    lwcmp_emulator_print(" mepc", mepc);
    lwcmp_emulator_print(" mtval", mtval);
    lwcmp_emulator_print(" ra", ra);
    lwcmp_emulator_print(" sp", sp);
    if (sp < stack || mtval - (stack - n) < n) {
        lwcmp_board_print(" stack overflow", 15);
    }
    lwcmp_board_print("\n", 1);
    lwcmp_board_stop(LWCMP_EMULATOR_FAULT);
}

/*
 * There may be no stack left to work on, so this takes all of it anew; who
 * used it does not run any more.
 */
__attribute__((naked, aligned(4))) void lwcmp_board_fault(void)
{
    __asm__ volatile("mv a0, sp\n"
                     "mv a1, ra\n"
                     "la sp, lwcmp_link_stack_end\n"
                     "j lwcmp_board_fault_report\n");
}
