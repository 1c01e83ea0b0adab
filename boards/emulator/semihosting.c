/* SPDX-License-Identifier: Apache-2.0 */
/* The instructions that call the emulator. */
#include "semihosting.h"

#if defined __arm__

intptr_t lwcmp_semihosting(int call, uintptr_t *arguments)
{
    register intptr_t r0 __asm__("r0") = call;
    register uintptr_t *r1 __asm__("r1") = arguments;

    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

#elif defined __riscv

/* The three are one call only if none is compressed or on another page. */
intptr_t lwcmp_semihosting(int call, uintptr_t *arguments)
{
    register intptr_t a0 __asm__("a0") = call;
    register uintptr_t *a1 __asm__("a1") = arguments;

    __asm__ volatile(".option push\n"
                     ".option norvc\n"
                     ".balign 16\n"
                     "slli zero, zero, 0x1f\n"
                     "ebreak\n"
                     "srai zero, zero, 7\n"
                     ".option pop\n"
                     : "+r"(a0)
                     : "r"(a1)
                     : "memory");
    return a0;
}

#endif
