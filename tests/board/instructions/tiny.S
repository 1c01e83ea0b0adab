/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A Cortex-M3 program whose instructions are counted by hand: 11 in lead_in,
 * twice 3 + 2 * 10 in work, twice 3 in other, twice 1 in begin and in end.
 */
    .syntax unified
    .thumb

    .section .vectors, "a"
    .word 0x20001000
    .word start + 1

    .macro function name
    .section .text.\name, "ax"
    .global \name
    .type \name, %function
    .thumb_func
\name:
    .endm

    /* Outside: 3, then 5 in each turn, 3 of them after begin, then the exit. */
    function start
    movs r4, #2
    bl lead_in
    nop
turn:
    bl begin
    bl work
    bl end
    subs r4, #1
    bne turn
    movs r0, #0x20
    ldr r1, =exit_block
    bkpt 0xab
    b .
    .size start, . - start

    function lead_in
    .rept 10
    nop
    .endr
    bx lr
    .size lead_in, . - lead_in

    function begin
    bx lr
    .size begin, . - begin

    function end
    bx lr
    .size end, . - end

    /* A condition that fails does not make an instruction another one. */
    function work
    push {lr}
    movs r0, #10
again:
    subs r0, #1
    bne again
    bl other
    pop {pc}
    .size work, . - work

    function other
    cmp r0, #1
    it eq
    moveq r0, #7
    bx lr
    .size other, . - other

    .section .rodata, "a"
    .balign 4
exit_block:
    .word 0x20026, 17
