# SPDX-License-Identifier: Apache-2.0
#
# Bare-metal boards: each folder of boards/ with a board.mk, but for host.
# build/BOARD/firmware.elf is the application on lwcmp, build/BOARD/bringup.elf
# proves the board's own code (docs/porting.md). What a board.mk says:
#
#   CROSS     prefix of the compiler's name
#   ARCH      flags that choose the processor
#   LIBC      flags that choose the C library
#   TEST_LIBC more of them for unit tests, which use files and a heap
#   SHARED    folders of boards/ whose files it uses too
#   PORTS     folders of port/
#   PACKAGES  groups of scripts/bootstrap
#   RUN       program that runs an image: RUN image flash-image [word ...]
#   BLOCK     bytes of an erase block of flash, for the factory record

BOARDS := $(patsubst boards/%/board.mk,%,\
	$(filter-out boards/host/%,$(wildcard boards/*/board.mk)))
BOARD_VARIABLES := CROSS ARCH LIBC TEST_LIBC SHARED PORTS PACKAGES RUN \
	BLOCK

$(if $(filter $(BOARD),host $(BOARDS)),,$(error There is no board $(BOARD)))

# $(call board_read,board): keeps what its board.mk says as BOARD_VARIABLE
define board_read
$(foreach v,$(BOARD_VARIABLES),undefine $(v)
)
include boards/$(1)/board.mk
$(foreach v,$(BOARD_VARIABLES),$(1)_$(v) := $$($(v))
)
endef
$(foreach b,$(BOARDS),$(eval $(call board_read,$(b))))

# What every program of a board may use, and what is the application's.
common_SRC := boards/common/say.c boards/common/stack.c
app_SRC := $(filter-out $(common_SRC),$(wildcard boards/common/*.c))
bringup_SRC := $(wildcard boards/bringup/*.c)

# $(call board_src,board): start-up and drivers
board_src = $(common_SRC) \
	$(wildcard boards/$(1)/*.c $($(1)_SHARED:%=boards/%/*.c))
# $(call board_lwcmp,board): the library, as far as the board uses it
board_lwcmp = $(core_SRC) $(psa_SRC) $(wildcard $($(1)_PORTS:%=port/%/*.c))

# $(call board_foreign,board): libraries that are not ours
board_foreign = mbedtls $(filter lwip,$($(1)_PORTS))

board_header = $(BUILD)/$(1)/config/lwcmp_config.h
# $(call board_flags,variant,board)
board_flags = $($(2)_ARCH) $($(2)_LIBC) $(RELEASE) -std=c99 \
	$(call config_inc,$(BUILD)/$(1)/config)
board_inc = -Isrc -Iport -Iboards/common $($(1)_SHARED:%=-Iboards/%) \
	$(MBEDTLS_OURS) $(LWIP_INC)

# $(call board_objects,variant,board,compiler,flags,packages,header of options)
define board_objects
$(call flags,$(1),$(3) $(4) $(WARNINGS) $(CORE) $(call board_inc,$(2)))
$(call compile,$(1),$(3),src/,$(4) $(WARNINGS) $(CORE),$(5),$(6))
$(call compile,$(1),$(3),,$(4) $(WARNINGS) $(call board_inc,$(2)),$(5),$(6))
$(call objects,$(1),$(filter-out src/%,$(call board_lwcmp,$(2))) \
	$(app_SRC)): | $(MBEDTLS_READY) $(LWIP_READY)

$(call foreign,mbedtls,$(MBEDTLS_SRC),$(1),$(3),$(4) $(MBEDTLS_OURS),$(5),\
	$(MBEDTLS_CONFIG) $(6) $(MBEDTLS_READY))
$(call foreign,lwip,$(LWIP_SRC),$(1),$(3),$(4) $(LWIP_INC),$(5),\
	$(LWIP_CONFIG) $(6) $(LWIP_READY))
endef

# $(call board_program,variant,board,name,sources,libraries,flags): a program
# with the board's start-up and drivers
define board_program
$(BUILD)/$(1)/$(3).elf: boards/$(2)/link.ld \
		$(call objects,$(1),$(4) $(call board_src,$(2))) \
		$(foreach l,$(5),$(BUILD)/$(1)/$(l)/lib$(l).a)
	$$(call say,LD,$$(@:$(BUILD)/%=%))
	$$(Q)$($(2)_CROSS)gcc $($(2)_ARCH) $($(2)_LIBC) -nostartfiles \
		-Wl,--gc-sections,-Map=$$(@:.elf=.map) -T $$< $(6) -o $$@ \
		$$(filter %.o,$$^) -Wl,--start-group $$(filter %.a,$$^) \
		-Wl,--end-group
	$$(Q)$($(2)_CROSS)size $$@
endef

# $(call board_variant,name,board,defconfig): a board may be built in several
# variants, with other options
define board_variant
$(call config_header,$(call board_header,$(1)),$(3))
$(call board_objects,$(1),$(2),$($(2)_CROSS)gcc,$(call board_flags,$(1),$(2)),\
	$($(2)_PACKAGES),$(call board_header,$(1)))
$(call board_program,$(1),$(2),firmware,$(call board_lwcmp,$(2)) $(app_SRC),\
	$(call board_foreign,$(2)))
$(call board_program,$(1),$(2),bringup,$(bringup_SRC))
endef

# boards/BOARD/NAME.config makes the variant BOARD-NAME: what it says counts
# before what defconfig says.
variant_name = $(1)-$(patsubst %.config,%,$(notdir $(2)))

$(foreach b,$(BOARDS),$(eval $(call board_variant,$(b),$(b),$(or \
	$(wildcard .config.$(b)),boards/$(b)/defconfig))))
$(foreach b,$(BOARDS),$(foreach c,$(wildcard boards/$(b)/*.config),$(eval \
	$(call board_variant,$(call variant_name,$(b),$(c)),$(b),\
	boards/$(b)/defconfig $(c)))))

.PHONY: run bringup check-entropy
## run: a board's firmware in its emulator, with a CA; all in build/BOARD/run
run: all $(BUILD)/$(PROGRAM) | $(call packages,demo qemu)
	$(Q)[ -n '$($(BOARD)_RUN)' ] || \
		{ echo 'Give BOARD=, one that has an emulator.'; exit 1; }
	$(Q)LWCMP=$(abspath $(BUILD)/$(PROGRAM)) scripts/run-board \
		$(BUILD)/$(BOARD)/run $(BOARD) $($(BOARD)_BLOCK) $(WORDS)

## bringup: in the emulator, the program that proves a board's own code
bringup: $(BUILD)/$(BOARD)/bringup.elf | $(call packages,qemu)
	$(Q)$($(BOARD)_RUN) $< $(BUILD)/$(BOARD)/bringup.flash

# They compile, so that they stay good, but nothing more.
WITHOUT_ENTROPY := TEMPLATE qemu-mps2-an385-release
check-entropy: $(foreach b,$(WITHOUT_ENTROPY),$(call objects,$(b),\
		$(bringup_SRC) $(call board_src,$(b:%-release=%))))
	$(call say,GATE,entropy)
	$(Q)MAKE='$(MAKE)' scripts/check-entropy \
		$(foreach p,bringup firmware,\
		$(WITHOUT_ENTROPY:%=$(BUILD)/%/$(p).elf))

check: check-entropy
TESTS += make:check-entropy
