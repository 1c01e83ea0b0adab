/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From reset to main(): the vector table, and memory as C expects it. Your
 * maker's start-up code does as well, if it paints the stack and calls main().
 */
#include "board.h"
#include "startup.h"

/* From link.ld; only their addresses count. */
extern uint32_t lwcmp_link_stack[], lwcmp_link_stack_end[];
extern uint32_t lwcmp_link_data[], lwcmp_link_data_end[];
extern const uint32_t lwcmp_link_data_load[];
extern uint32_t lwcmp_link_bss[], lwcmp_link_bss_end[];

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

/* Up to what is in use now; this function calls nothing that is lower. */
static void paint_stack(void)
{
    volatile uint8_t *p = (volatile uint8_t *)lwcmp_link_stack;
    const uint8_t *end = __builtin_frame_address(0);

    while (p < end - 64) {
        *p++ = LWCMP_BOARD_STACK_PAINT;
    }
}

void lwcmp_board_reset(void)
{
    const uint32_t *from = lwcmp_link_data_load;

    for (uint32_t *to = lwcmp_link_data; to < lwcmp_link_data_end;) {
        *to++ = *from++;
    }
    for (uint32_t *to = lwcmp_link_bss; to < lwcmp_link_bss_end;) {
        *to++ = 0;
    }
    paint_stack();
    lwcmp_board_stop(main());
}

uint8_t *lwcmp_board_stack(size_t *n)
{
    *n =
        (size_t)((uint8_t *)lwcmp_link_stack_end - (uint8_t *)lwcmp_link_stack);
    return (uint8_t *)lwcmp_link_stack;
}
