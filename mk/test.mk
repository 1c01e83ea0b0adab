# SPDX-License-Identifier: Apache-2.0
#
# The tests run in the sanitizer variants; programs of Python drive the
# sanitized command line.

SANITIZED := gcc-san clang-san
TESTS := $(foreach v,$(SANITIZED),$(call programs,$(v),\
	$(unit_SRC) $(units_SRC))) \
	$(wildcard $(foreach f,labca interop scripts,tests/$(f)/test_*.py))
export LWCMP ?= $(abspath $(BUILD)/gcc-san/$(PROGRAM))

# The second version of the openssl program that tests talk to, beside the
# machine's own. Without it on machines whose archives are not Debian's.
NO_OPENSSL35 ?= no
OPENSSL35 := $(abspath $(BUILD))/openssl35/openssl
export OPENSSL35 NO_OPENSSL35

$(OPENSSL35): scripts/openssl-peer scripts/aptroot.py | \
		$(call packages,build)
	$(call say,GET,openssl-3.5)
	$(Q)scripts/openssl-peer $(@D)
	@touch $@

.PHONY: test demo demo-host readme

## test: run all tests and checks
test: all $(filter $(BUILD)/%,$(TESTS)) $(BUILD)/gcc-san/$(PROGRAM) \
		$(if $(filter yes,$(NO_OPENSSL35)),,$(OPENSSL35)) \
		| $(call packages,build test check config)
	$(if $(filter yes,$(NO_OPENSSL35)),@echo \
		'  NO_OPENSSL35=yes: no tests with OpenSSL 3.5')
	$(Q)MAKE='$(MAKE)' scripts/run-tests --record $(BUILD)/tests.json \
		--judge 'scripts/conformance judge' $(TESTS) \
		$(addprefix make:,readme $(GATES))

DEMO_BOARD := $(if $(filter host,$(BOARD)),qemu-mps2-an385,$(BOARD))

## demo: a device's life in an emulator: first boot, restart, renewal
demo: $(BUILD)/$(PROGRAM) $(BUILD)/$(DEMO_BOARD)/firmware.elf \
		| $(call packages,build demo qemu)
	$(Q)LWCMP=$(abspath $(BUILD)/$(PROGRAM)) \
		scripts/demo $(DEMO_BOARD) $($(DEMO_BOARD)_BLOCK)

## demo-host: the same life on the command line
demo-host: $(BUILD)/$(PROGRAM) | $(call packages,build demo)
	$(Q)LWCMP=$(abspath $(BUILD)/$(PROGRAM)) scripts/demo-host

# The example of README.md, compiled and linked.
readme: $(BUILD)/liblwcmp.a $(call mbedtls_lib,release)
	$(call say,DOC,README.md)
	$(Q)scripts/readme-example $(BUILD)/readme $(RELEASE_CC) $(RELEASE) \
		$(COMMON) $(WARNINGS) -Wno-missing-prototypes -- $^
