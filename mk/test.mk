# SPDX-License-Identifier: Apache-2.0
#
# The tests run in the sanitizer variants; programs of Python drive the
# sanitized command line.

SANITIZED := gcc-san clang-san
TESTS := $(foreach v,$(SANITIZED),$(call programs,$(v),\
	$(unit_SRC) $(unit_psa_SRC) $(unit_posix_SRC) $(unit_tools_SRC) \
	$(unit_lwip_SRC))) \
	$(wildcard tests/labca/test_*.py tests/interop/test_*.py)
export LWCMP ?= $(abspath $(BUILD)/gcc-san/$(PROGRAM))

.PHONY: test demo readme

## test: run all tests and checks
test: all $(filter $(BUILD)/%,$(TESTS)) $(BUILD)/gcc-san/$(PROGRAM) \
		| $(call packages,build test check config)
	$(Q)MAKE='$(MAKE)' scripts/run-tests --record $(BUILD)/tests.json $(TESTS) \
		$(addprefix make:,readme $(GATES))

## demo: a device's life: enrol, confirm, renew
demo: all | $(call packages,build demo)
	$(Q)LWCMP=$(abspath $(BUILD)/$(PROGRAM)) scripts/demo

# The example of README.md, compiled and linked.
readme: $(BUILD)/liblwcmp.a $(call mbedtls_lib,release)
	$(call say,DOC,README.md)
	$(Q)scripts/readme-example $(BUILD)/readme $(RELEASE_CC) $(RELEASE) \
		$(COMMON) $(WARNINGS) -Wno-missing-prototypes -- $^
