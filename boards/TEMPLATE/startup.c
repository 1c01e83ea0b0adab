/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From reset to main(): the vector table, and memory as C expects it. Your
 * maker's start-up code does as well, if it paints the stack and calls main().
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
extern uint32_t lwcmp_link_stack_end[];

int main(void);

/*
 * TODO: keep the registers for the next boot, as far as there is memory that
 * outlives a reset; boards/qemu-mps2-an385/fault.c has how to get them.
 */
static void fault(void)
{
    lwcmp_board_stop(1);
}

/*
 * What the processor reads at reset, and at exceptions 2 to 15. TODO: the
 * interrupts that you use, behind these.
 */
static const struct {
    uint32_t *stack_end;
    void (*handler[15])(void);
} vectors __attribute__((section(".vectors"), used)) = {
    lwcmp_link_stack_end,
    {lwcmp_board_reset, fault, fault, fault, fault, fault, fault, fault, fault,
     fault, fault, fault, fault, fault, lwcmp_board_tick}};

void lwcmp_board_reset(void)
{
    memcpy(lwcmp_link_data, lwcmp_link_data_load, (size_t)lwcmp_link_data_size);
    memset(lwcmp_link_bss, 0, (size_t)lwcmp_link_bss_size);
    lwcmp_stack_paint();
    lwcmp_board_stop(main());
}

uint8_t *lwcmp_board_stack(size_t *n)
{
    *n = (size_t)lwcmp_link_stack_size;
    return lwcmp_link_stack;
}
