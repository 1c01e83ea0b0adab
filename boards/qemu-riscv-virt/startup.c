/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From reset to main(): stack, memory as C expects it. Interrupts are never
 * taken; they only wake the processor (time.c).
 */
#include <string.h>

#include "board.h"
#include "stack.h"
#include "startup.h"

/* From link.ld; only their addresses count, also where they mean a size. */
extern uint8_t lwcmp_link_stack[], lwcmp_link_stack_size[];
extern uint8_t lwcmp_link_data[], lwcmp_link_data_size[];
extern const uint8_t lwcmp_link_data_load[];
extern uint8_t lwcmp_link_bss[], lwcmp_link_bss_size[];

int main(void);

/*
 * Nobody may use the 512 KiB below RAM, us included: a stack that is too deep
 * faults. (One range of physical memory protection, of a power of two, locked,
 * with no rights.)
 */
static void guard_stack(void)
{
    uint32_t range = (0x80080000u >> 2) | (0x80000u / 8 - 1);

    __asm__ volatile("csrw pmpaddr0, %0\n"
                     "csrw pmpcfg0, %1\n"
                     :
                     : "r"(range), "r"(1u << 7 | 3u << 3)
                     : "memory");
}

void lwcmp_board_start(void)
{
    memcpy(lwcmp_link_data, lwcmp_link_data_load, (size_t)lwcmp_link_data_size);
    memset(lwcmp_link_bss, 0, (size_t)lwcmp_link_bss_size);
    guard_stack();
    lwcmp_stack_paint();
    lwcmp_board_stop(main());
}

__attribute__((naked, section(".vectors"))) void lwcmp_board_reset(void)
{
    __asm__ volatile(".option push\n"
                     ".option norelax\n"
                     "la gp, __global_pointer$\n"
                     ".option pop\n"
                     "la sp, lwcmp_link_stack_end\n"
                     "la tp, lwcmp_link_tls\n"
                     "la t0, lwcmp_board_fault\n"
                     "csrw mtvec, t0\n"
                     "j lwcmp_board_start\n");
}

uint8_t *lwcmp_board_stack(size_t *n)
{
    *n = (size_t)lwcmp_link_stack_size;
    return lwcmp_link_stack;
}
