# SPDX-License-Identifier: Apache-2.0
#
# What the README says in numbers is measured here, and kept within limits.

OPERATIONS := $(BUILD)/gcc-san/tests/figures/operations

.PHONY: figures figures-readme

## figures: measure sizes, bytes on the wire, operations; fail past a limit
figures: all $(OPERATIONS) | $(MBEDTLS_READY) $(call packages,demo arm)
	$(Q)LWCMP=$(abspath $(BUILD)/$(PROGRAM)) OPERATIONS=$(OPERATIONS) \
		scripts/figures measure -isystem $(MBEDTLS_SRC)/include

## figures-readme: put the figures measured last into README.md
figures-readme: figures
	$(Q)scripts/figures readme
