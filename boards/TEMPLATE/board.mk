# SPDX-License-Identifier: Apache-2.0
#
# The beginning of a board of your own, on a Cortex-M: docs/porting.md. This
# one compiles and does not link, for want of lwcmp_platform_entropy().

CROSS := arm-none-eabi-
# TODO: your processor
ARCH := -mcpu=cortex-m3 -mthumb
LIBC := --specs=nano.specs
PORTS := flash lwip mbedtls factory crc
PACKAGES := build arm
