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

static void print_word(const char *name, uint32_t word)
{
    char text[] = " xxxx=00000000";

    for (int i = 0; i < 4; i++) {
        text[1 + i] = name[i];
    }
    for (int i = 0; i < 8; i++) {
        text[6 + i] = "0123456789abcdef"[word >> (28 - 4 * i) & 15];
    }
    lwcmp_board_print(text, sizeof text - 1);
}

static void print_frame(const uint32_t *frame)
{
    static const char names[FRAME_WORDS][5] = {"r0  ", "r1  ", "r2  ", "r3  ",
                                               "r12 ", "lr  ", "pc  ", "psr "};

    for (int i = 0; i < FRAME_WORDS; i++) {
        print_word(names[i], frame[i]);
    }
}

void lwcmp_board_fault_report(const uint32_t *sp, uint32_t number);

void lwcmp_board_fault_report(const uint32_t *sp, uint32_t number)
{
    size_t n;
    const uint8_t *stack = lwcmp_board_stack(&n);
    const uint8_t *frame = (const uint8_t *)sp;

    lwcmp_board_print("\nfault:", 7);
    print_word("exc ", number & 0x1ff);
    print_word("cfsr", SCB_CFSR);
    print_word("hfsr", SCB_HFSR);
    print_word("bfar", SCB_BFAR);
    print_word("sp  ", (uint32_t)sp);
    if (frame >= stack && frame + 4 * FRAME_WORDS <= stack + n) {
        print_frame(sp);
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
