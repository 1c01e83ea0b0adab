/* SPDX-License-Identifier: Apache-2.0 */
/* The registers of QEMU's RISC-V machine that this board uses. */
#ifndef LWCMP_BOARD_REGISTERS_H
#define LWCMP_BOARD_REGISTERS_H

#include <stdint.h>

#define REGISTER(address) (*(volatile uint32_t *)(address))

/* CLINT: time, which never stops, and when it wakes the processor. */
#define MTIME_HZ 10000000u
#define MTIMECMP_LOW REGISTER(0x02004000u)
#define MTIMECMP_HIGH REGISTER(0x02004004u)
#define MTIME_LOW REGISTER(0x0200bff8u)
#define MTIME_HIGH REGISTER(0x0200bffcu)
#define MIE_TIMER (1u << 7)
#define MIE_EXTERNAL (1u << 11)

/* PLIC, for processor 0 in machine mode. */
#define PLIC_PRIORITY(source) REGISTER(0x0c000000u + 4 * (source))
#define PLIC_ENABLE REGISTER(0x0c002000u)
#define PLIC_THRESHOLD REGISTER(0x0c200000u)
#define PLIC_CLAIM REGISTER(0x0c200004u)

/* The clock: nanoseconds since 1970; the lower half is to be read first. */
#define RTC_LOW REGISTER(0x00101000u)
#define RTC_HIGH REGISTER(0x00101004u)

/* The console, a 16550. */
#define UART_DATA (*(volatile uint8_t *)0x10000000u)
#define UART_STATE (*(volatile uint8_t *)0x10000005u)
#define UART_STATE_TX_EMPTY (1u << 5)

/* Places for virtio devices, and the PLIC's number of the first. */
#define VIRTIO_PLACES 8u
#define VIRTIO_PLACE(i) (0x10001000u + 0x1000u * (i))
#define VIRTIO_SOURCE(i) (1u + (i))

/* The second of two flash chips; the first may hold a BIOS. */
#define FLASH_MEMORY 0x22000000u

#endif
