# SPDX-License-Identifier: Apache-2.0
#
# What the README says in numbers is measured here, and kept within limits.

OPERATIONS := $(BUILD)/gcc-san/tests/figures/operations
WEAR := $(BUILD)/gcc-san/tests/figures/wear
REFERENCE := $(addprefix $(BUILD)/qemu-mps2-an385,\
	/firmware.elf -p256m/firmware.elf)

SIZED := $(if $(filter host,$(BOARD)),qemu-mps2-an385,$(BOARD))

.PHONY: figures figures-readme size size-matrix wear

## figures: measure sizes, bytes on the wire, operations; fail past a limit
figures: all $(OPERATIONS) $(WEAR) $(REFERENCE) $(BUILD)/counter.so | \
		$(MBEDTLS_READY) $(call packages,demo arm qemu)
	$(Q)LWCMP=$(abspath $(BUILD)/$(PROGRAM)) OPERATIONS=$(OPERATIONS) \
		WEAR=$(WEAR) scripts/figures measure -isystem $(MBEDTLS_SRC)/include

## figures-readme: put the figures measured last into README.md
figures-readme: figures
	$(Q)scripts/figures readme

## size-matrix: what each option costs in the core on Cortex-M4
size-matrix: | $(call packages,arm)
	$(Q)scripts/size-matrix

## wear: what a device's life costs its flash
wear: $(WEAR) | $(call packages,test)
	$(Q)$<

TESTS += $(WEAR)
test: $(WEAR)

## size: a board's flash and RAM by part, and what a transaction takes of it
size: $(BUILD)/$(SIZED)/firmware.elf $(BUILD)/$(PROGRAM) $(BUILD)/counter.so \
		| $(call packages,demo qemu)
	$(Q)scripts/image-size $<
	$(Q)[ -z '$($(SIZED)_RUN)' ] || \
		LWCMP=$(abspath $(BUILD)/$(PROGRAM)) $(PYTHON) \
		tests/figures/board.py $(SIZED)
