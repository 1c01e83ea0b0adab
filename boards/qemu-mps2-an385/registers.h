/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The registers of the Cortex-M3 and of the MPS2 that this board uses. A real
 * board takes those of its maker's headers.
 */
#ifndef LWCMP_BOARD_REGISTERS_H
#define LWCMP_BOARD_REGISTERS_H

#include <stdint.h>

#define REGISTER(address) (*(volatile uint32_t *)(address))

/* SysTick, which counts the processor's clock down. */
#define CLOCK_HZ 25000000u
#define SYST_CSR REGISTER(0xe000e010u)
#define SYST_RVR REGISTER(0xe000e014u)
#define SYST_CVR REGISTER(0xe000e018u)
#define SYST_CSR_RUN 7u /* processor's clock, interrupt, on */

/* Interrupts 0 to 31, and why there was a fault. */
#define NVIC_ISER REGISTER(0xe000e100u)
#define NVIC_ICER REGISTER(0xe000e180u)
#define NVIC_ICPR REGISTER(0xe000e280u)
#define SCB_CFSR REGISTER(0xe000ed28u)
#define SCB_HFSR REGISTER(0xe000ed2cu)
#define SCB_MMFAR REGISTER(0xe000ed34u)
#define SCB_BFAR REGISTER(0xe000ed38u)

/* Memory protection: one region, which nobody may use. */
#define MPU_CTRL REGISTER(0xe000ed94u)
#define MPU_RNR REGISTER(0xe000ed98u)
#define MPU_RBAR REGISTER(0xe000ed9cu)
#define MPU_RASR REGISTER(0xe000eda0u)
#define MPU_CTRL_ON 5u /* and all that no region says is allowed */
#define MPU_RASR_NO_ACCESS(log2_size) (1u << 28 | ((log2_size)-1u) << 1 | 1u)

/* The watchdog counts the same clock down; its end is exception 2, NMI. */
#define WDOG_LOAD REGISTER(0x40008000u)
#define WDOG_CTRL REGISTER(0x40008008u)
#define WDOG_LOCK REGISTER(0x40008c00u)
#define WDOG_CTRL_INTERRUPT 1u
#define WDOG_UNLOCK 0x1acce551u

/* The console: UART 0. */
#define UART_DATA REGISTER(0x40004000u)
#define UART_STATE REGISTER(0x40004004u)
#define UART_CTRL REGISTER(0x40004008u)
#define UART_BAUDDIV REGISTER(0x40004010u)
#define UART_STATE_TX_FULL 1u
#define UART_CTRL_TX 1u

/* The Ethernet controller, and its bit in NVIC_ISER and its sisters. */
#define LAN9118 0x40200000u
#define LAN9118_IRQ (1u << 13)

/* The memory that QEMU backs with a file. */
#define FLASH_MEMORY 0x21000000u

#endif
