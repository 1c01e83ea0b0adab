# SPDX-License-Identifier: Apache-2.0
#
# The plugin with which QEMU counts what a guest executes (see
# scripts/instructions). It needs nothing of QEMU but QEMU.

counter_CC := gcc -std=c99 -D_POSIX_C_SOURCE=200809L -O2 $(WARNINGS) -shared \
	-fPIC -fvisibility=hidden

$(BUILD)/counter.so: tests/board/instructions/counter.c \
		tests/board/instructions/plugin_api.h | $(call packages,build)
	$(call say,LD,$(@:$(BUILD)/%=%))
	@mkdir -p $(@D)
	$(Q)$(counter_CC) -o $@ $<
