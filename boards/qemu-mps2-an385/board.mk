# SPDX-License-Identifier: Apache-2.0
#
# The reference board: Arm's MPS2 with the Cortex-M3 image AN385, in QEMU.

CROSS := arm-none-eabi-
ARCH := -mcpu=cortex-m3 -mthumb
LIBC := --specs=nano.specs
SHARED := emulator
PORTS := flash lwip mbedtls factory crc
PACKAGES := build arm
RUN := boards/qemu-mps2-an385/run
BLOCK := 4096
