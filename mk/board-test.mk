# SPDX-License-Identifier: Apache-2.0
#
# The unit tests as programs of the emulated boards, in build/BOARD-test: the
# same sources, with cmocka built for the board. No sanitizers there, but
# another processor, another C library, and the stack is measured.

BOARDS_TESTED := $(foreach b,$(BOARDS),$(if $($(b)_RUN),$(b)))
CMOCKA_SRC := $(BUILD)/deps/cmocka
CMOCKA_INC := -isystem $(CMOCKA_SRC)/include

# What belongs to the host stays there.
board_unit_SRC := $(filter-out $(addprefix tests/unit/,posix/% tools/% lwip/% \
	tls/%),$(unit_SRC) $(units_SRC))
board_unit_OWN := $(wildcard tests/board/unit/*.c)
# Memory of the machine, not of the device that it stands for.
BOARD_TEST_MEMORY := -Wl,--defsym=LWCMP_FLASH=512K,--defsym=LWCMP_RAM=3M \
	-Wl,--defsym=LWCMP_STACK=256K

$(eval $(call source,cmocka,lwip))

# $(call board_link,variant,board,folder,parts): tests of one object
define board_link
$(BUILD)/$(1)/$(3)%.elf: $(BUILD)/$(1)/$(3)%.o boards/$(2)/link.ld \
		$(call objects,$(1),$(board_unit_OWN) $(call board_src,$(2))) \
		$(4:%=$(BUILD)/$(1)/lib%.a) \
		$(foreach l,mbedtls cmocka,$(BUILD)/$(1)/$(l)/lib$(l).a)
	$$(call say,LD,$$(@:$(BUILD)/%=%))
	$$(Q)$($(2)_CROSS)gcc $($(2)_ARCH) $($(2)_LIBC) $($(2)_TEST_LIBC) \
		-nostartfiles -Wl,--gc-sections -T boards/$(2)/link.ld \
		$(BOARD_TEST_MEMORY) -o $$@ $$(filter %.o,$$^) \
		-Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group
endef

# $(call board_tests,variant,board): the options are in test.config
define board_tests
$(call compile,$(1),$($(2)_CROSS)gcc,tests/,$(call board_flags,$(1),$(2)) \
	$(WARNINGS) -Itests/double $(call board_inc,$(2)) $(CMOCKA_INC),\
	$($(2)_PACKAGES),$(call board_header,$(1)))
$(call compile,$(1),$($(2)_CROSS)gcc,tests/unit/,\
	$(call board_flags,$(1),$(2)) $(WARNINGS) -Itests/double \
	$(call board_inc,$(2)) $(CMOCKA_INC) -Dmain=lwcmp_unit_main \
	-Wno-missing-prototypes,$($(2)_PACKAGES),$(call board_header,$(1)))
$(call objects,$(1),$(board_unit_SRC) $(board_unit_OWN) $(double_SRC)): | \
	$(MBEDTLS_READY) $(CMOCKA_SRC)/.unpacked
$(foreach part,core psa flash factory double,$(call library,$(1),$(part))
)
$(call foreign,cmocka,$(CMOCKA_SRC),$(1),$($(2)_CROSS)gcc,\
	$(call board_flags,$(1),$(2)) $(CMOCKA_INC),$($(2)_PACKAGES),\
	$(call board_header,$(1)) $(CMOCKA_SRC)/.unpacked)
$(call board_link,$(1),$(2),tests/unit/,core double)
$(call board_link,$(1),$(2),tests/unit/psa/,core psa double)
$(call board_link,$(1),$(2),tests/unit/flash/,flash core double)
$(call board_link,$(1),$(2),tests/unit/factory/,factory)
$(call board_link,$(1),$(2),tests/unit/mbedtls/)
endef

$(foreach b,$(BOARDS_TESTED),$(eval $(call board_tests,$(b)-test,$(b))))

BOARD_TESTS := $(foreach b,$(BOARDS_TESTED),\
	$(board_unit_SRC:%.c=$(BUILD)/$(b)-test/%.elf))

.PHONY: board-test
## board-test: the unit tests on the emulated boards, with their stack
board-test: $(BOARD_TESTS) | $(call packages,qemu)
	$(Q)scripts/run-tests $(BOARD_TESTS)

# What a newcomer does with each board.
$(BOARDS_TESTED:%=try-%): try-%:
	$(Q)rm -rf $(BUILD)/$*/run
	$(Q)$(MAKE) BOARD=$* bringup
	$(Q)$(MAKE) BOARD=$* run
.PHONY: $(BOARDS_TESTED:%=try-%)

.PHONY: qemu-kills
## qemu-kills: 200 power cuts at random moments on the emulated boards; SEED=
qemu-kills: $(BUILD)/$(PROGRAM) $(BOARDS_TESTED:%=$(BUILD)/%/firmware.elf) \
		| $(call packages,demo qemu)
	$(Q)LWCMP=$(abspath $(BUILD)/$(PROGRAM)) tests/board/qemu_kills \
		$(SEED:%=--seed %) --json $(BUILD)/qemu-kills.json

# Programs of Python live a device's life with the firmware.
TESTS += $(BOARD_TESTS) $(wildcard tests/board/test_*.py) \
	$(BOARDS_TESTED:%=make:try-%) make:demo
test: $(foreach p,firmware bringup,$(BOARDS_TESTED:%=$(BUILD)/%/$(p).elf)) \
	$(BUILD)/counter.so $(BOARD_TESTS) | $(call packages,qemu)
