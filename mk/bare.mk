# SPDX-License-Identifier: Apache-2.0
#
# A build without a single option: the library, the command line, the unit
# tests. What somebody leaves out must not break what is left.

BARE := $(BUILD)/bare
bare_SRC := $(unit_SRC) $(filter-out $(unit_lwip_SRC),$(units_SRC))
bare_PROGRAMS := $(BARE)/gcc-fast/$(PROGRAM) \
	$(POWERCUT:$(BUILD)/%=$(BARE)/%)
bare_TESTS := $(bare_SRC:%.c=$(BARE)/gcc-fast/%)

.PHONY: bare bare-build
bare-build: $(filter %/.unpacked,$(MBEDTLS_READY)) \
		| $(call packages,build test)
	$(Q)$(MAKE) --no-print-directory BUILD=$(BARE) BOOTSTRAP=no \
		CONFIG=tests/bare.config MBEDTLS_DIR=$(MBEDTLS_SRC) \
		$(bare_PROGRAMS) $(bare_TESTS)

## bare: the unit tests in a build with all options off
bare: bare-build
	$(Q)scripts/run-tests $(bare_TESTS)

TESTS += make:bare
test: bare-build
