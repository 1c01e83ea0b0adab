/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From reset to main(): the vector table, and memory as C expects it. A real
 * board sets its clocks up here as well, or at lwcmp_board_begin().
 */
#include <string.h>

#include "board.h"
#include "fault.h"
#include "registers.h"
#include "stack.h"
#include "startup.h"

/* From link.ld; only their addresses count, also where they mean a size. */
extern uint8_t lwcmp_link_stack[], lwcmp_link_stack_size[];
extern uint8_t lwcmp_link_data[], lwcmp_link_data_size[];
extern const uint8_t lwcmp_link_data_load[];
extern uint8_t lwcmp_link_bss[], lwcmp_link_bss_size[];
extern uint32_t lwcmp_link_stack_end[];

int main(void);

/*
 * What the processor reads at reset, and at exceptions 2 to 15. The Ethernet
 * controller only wakes it: see lwcmp_board_idle().
 */
static const struct {
    uint32_t *stack_end;
    void (*handler[15])(void);
} vectors __attribute__((section(".vectors"), used)) = {
    lwcmp_link_stack_end,
    {lwcmp_board_reset, lwcmp_board_fault, lwcmp_board_fault, lwcmp_board_fault,
     lwcmp_board_fault, lwcmp_board_fault, lwcmp_board_fault, lwcmp_board_fault,
     lwcmp_board_fault, lwcmp_board_fault, lwcmp_board_fault, lwcmp_board_fault,
     lwcmp_board_fault, lwcmp_board_fault, lwcmp_board_tick}};

/*
 * On most devices there is nothing below RAM, so a stack that is too deep
 * faults. This machine ignores what goes there; so it is forbidden.
 */
static void guard_stack(void)
{
    MPU_RNR = 0;
    MPU_RBAR = 0x10000000u;
    MPU_RASR = MPU_RASR_NO_ACCESS(28); /* 256 MiB, up to RAM */
    MPU_CTRL = MPU_CTRL_ON;
    __asm__ volatile("dsb\n isb" ::: "memory");
}

void lwcmp_board_reset(void)
{
    memcpy(lwcmp_link_data, lwcmp_link_data_load, (size_t)lwcmp_link_data_size);
    memset(lwcmp_link_bss, 0, (size_t)lwcmp_link_bss_size);
    guard_stack();
    lwcmp_stack_paint();
    lwcmp_board_stop(main());
}

uint8_t *lwcmp_board_stack(size_t *n)
{
    *n = (size_t)lwcmp_link_stack_size;
    return lwcmp_link_stack;
}
