/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Faults: prints the registers on the console and stops. A device in the field
 * would keep them for the next boot and reset.
 */
#include "board.h"
#include "emulator.h"
#include "fault.h"
#include "registers.h"

/* What the processor puts onto the stack. */
enum {
    R0,
    R1,
    R2,
    R3,
    R12,
    LR,
    PC,
    PSR,
    FRAME_WORDS
};

static const char *const names[FRAME_WORDS] = {" r0",  " r1", " r2", " r3",
                                               " r12", " lr", " pc", " psr"};

void lwcmp_board_fault_report(const uint32_t *sp, uint32_t number);

void lwcmp_board_fault_report(const uint32_t *sp, uint32_t number)
{
    size_t n;
    const uint8_t *stack = lwcmp_board_stack(&n);
    const uint8_t *frame = (const uint8_t *)sp;

    lwcmp_board_print("\nfault: ", 8);
    lwcmp_emulator_print("exception", number);
    lwcmp_emulator_print(" cfsr", SCB_CFSR);
    lwcmp_emulator_print(" hfsr", SCB_HFSR);
    lwcmp_emulator_print(" mmfar", SCB_MMFAR);
    lwcmp_emulator_print(" bfar", SCB_BFAR);
    lwcmp_emulator_print(" sp", (uint32_t)sp);
    if (frame >= stack && frame + 4 * FRAME_WORDS <= stack + n) {
        for (int i = 0; i < FRAME_WORDS; i++) {
            lwcmp_emulator_print(names[i], sp[i]);
        }
    } else {
        lwcmp_board_print(" stack overflow", 15);
    }
    lwcmp_board_print("\n", 1);
    lwcmp_board_stop(LWCMP_EMULATOR_FAULT);
}

/*
 * Where there is no stack left to work on, all of it is taken anew; who used
 * it does not run any more.
 */
__attribute__((naked)) void lwcmp_board_fault(void)
{
    __asm__ volatile("mrs r0, msp\n"
                     "mrs r1, ipsr\n"
                     "ldr r2, =lwcmp_link_stack + 512\n"
                     "cmp r0, r2\n"
                     "itt lo\n"
                     "ldrlo r2, =lwcmp_link_stack_end\n"
                     "msrlo msp, r2\n"
                     "b lwcmp_board_fault_report\n");
}
