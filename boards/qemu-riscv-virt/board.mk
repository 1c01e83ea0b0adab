# SPDX-License-Identifier: Apache-2.0
#
# QEMU's own machine for RISC-V, 32 bits: not a Cortex-M, and it has a real
# source of entropy and a clock.

CROSS := riscv64-unknown-elf-
# The older specification, for compilers whose libraries are named by it.
ARCH := -march=rv32imac -misa-spec=2.2 -mabi=ilp32
LIBC := --specs=picolibc.specs
TEST_LIBC := --oslib=semihost
SHARED := emulator
PORTS := flash lwip mbedtls factory crc
PACKAGES := build riscv
RUN := boards/qemu-riscv-virt/run
BLOCK := 262144
