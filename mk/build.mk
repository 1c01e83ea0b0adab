# SPDX-License-Identifier: Apache-2.0
#
# Everything is compiled in variants, each in its own folder: release, and the
# two that the tests run with sanitizers.

WERROR ?= -Werror
WARNINGS := -Wall -Wextra -Wconversion -Wshadow -Wswitch-enum -Wvla \
	-Wmissing-prototypes -Wundef $(WERROR)
SANITIZE := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all
RELEASE := -Os -ffunction-sections -fdata-sections

# $(call config_inc,folder of the header with the options)
config_inc = -Iinclude -I$(1) -DLWCMP_CONFIG_FILE='"lwcmp_config.h"'
CONFIG_INC := $(call config_inc,$(BUILD)/config)
COMMON := -std=c99 $(CONFIG_INC)

# The core runs on bare metal, so it is compiled for that everywhere. Some
# distributions switch on checks that need their C library.
CORE := -ffreestanding -fno-stack-protector -U_FORTIFY_SOURCE
# Who may include what of src/ is for scripts/check-includes to say.
HOSTED := -D_POSIX_C_SOURCE=200809L -Isrc -Iport $(MBEDTLS_INC)

core_SRC := $(wildcard src/*.c)
psa_SRC := $(wildcard crypto/psa/*.c)
port_SRC := $(wildcard $(PORTS:%=port/%/*.c))
# Not with port/posix in one program: both have the psa_its functions.
flash_SRC := $(wildcard port/flash/*.c port/crc/*.c)
factory_SRC := $(wildcard port/factory/*.c port/crc/*.c)
double_SRC := $(wildcard tests/double/*.c)
tool_SRC := $(wildcard tools/$(PROGRAM)/*.c)
cli_SRC := $(filter-out %/main.c,$(tool_SRC))
unit_SRC := $(wildcard tests/unit/test_*.c)
units_SRC := $(wildcard tests/unit/*/test_*.c)

# On lwIP; no part of the host's library.
network_SRC := $(wildcard port/lwip/*.c)
unit_lwip_SRC := $(wildcard tests/unit/lwip/test_*.c)
NETWORK := $(HOSTED) $(LWIP_INC) -DLWCMP_LWIP_ASSERT

# $(call objects,variant,sources), $(call programs,variant,sources)
objects = $(2:%.c=$(BUILD)/$(1)/%.o)
programs = $(2:%.c=$(BUILD)/$(1)/%)

# $(call library,variant,part): an archive of one part of the tree
define library
$(BUILD)/$(1)/lib$(2).a: $(call objects,$(1),$($(2)_SRC))
	$$(Q)rm -f $$@ && ar rcs $$@ $$^
endef

# $(call compile,variant,compiler,folder,flags,packages,header of options)
define compile
$(BUILD)/$(1)/$(3)%.o: $(3)%.c $(BUILD)/$(1)/flags \
		| $(or $(6),$(CONFIG_HEADER)) $(call packages,$(5))
	$$(call say,CC,$(1)/$$(<:.c=.o))
	@mkdir -p $$(@D)
	$$(Q)$(2) $(4) -MD -MP -c -o $$@ $$<
endef

# $(call link,variant,compiler,flags,folder,parts): programs of one object
define link
$(BUILD)/$(1)/$(4)%: $(BUILD)/$(1)/$(4)%.o $(5:%=$(BUILD)/$(1)/lib%.a) \
		$(call mbedtls_lib,$(1))
	$$(call say,LD,$$(@:$(BUILD)/%=%))
	$$(Q)$(2) $(3) -o $$@ $$< -Wl,--start-group $$(filter %.a,$$^) \
		-Wl,--end-group -lcmocka
endef

# $(call flags,variant,text): a file that changes when the flags do
define flags
$(BUILD)/$(1)/flags: export TEXT = $(2)
$(BUILD)/$(1)/flags: FORCE
	@mkdir -p $$(@D)
	@printf '%s\n' "$$$$TEXT" | cmp -s - $$@ || printf '%s\n' "$$$$TEXT" >$$@
endef

# $(call foreign,name,source,variant,compiler,flags,packages,prerequisites):
# a library that is not ours, by the makefile mk/NAME-lib.mk
define foreign
$(BUILD)/$(3)/$(1)/lib$(1).a: $(7) $(BUILD)/$(3)/flags | $(call packages,$(6))
	$$(call say,CC,$(3)/$(1))
	$$(Q)$$(MAKE) --no-print-directory -f mk/$(1)-lib.mk V=$(V) \
		SRC=$(2) OUT=$$(@D) FLAGS=$(BUILD)/$(3)/flags CC='$(4)' \
		CFLAGS="$(subst ",\",$(5))"
endef

# $(call variant,name,compiler,flags,packages)
define variant
$(call flags,$(1),$(2) $(3) $(COMMON) $(WARNINGS) $(CORE) $(HOSTED))

$(call compile,$(1),$(2),src/,$(3) $(COMMON) $(WARNINGS) $(CORE),$(4))
$(call compile,$(1),$(2),,$(3) $(COMMON) $(WARNINGS) $(HOSTED),$(4))
$(call compile,$(1),$(2),tests/,$(3) $(COMMON) $(WARNINGS) $(HOSTED) \
	-Itests/double -Itools/lwcmp,test)
$(call compile,$(1),$(2),port/lwip/,$(3) $(COMMON) $(WARNINGS) $(NETWORK),$(4))
$(call compile,$(1),$(2),tests/unit/lwip/,$(3) $(COMMON) $(WARNINGS) \
	$(NETWORK) -Itests/double,test)
$(foreach part,core psa port flash network cli double,\
	$(call library,$(1),$(part))
)
$(BUILD)/$(1)/liblwcmp.a: \
		$(call objects,$(1),$(core_SRC) $(psa_SRC) $(port_SRC))
	$$(call say,AR,$$(@:$(BUILD)/%=%))
	$$(Q)rm -f $$@ && ar rcs $$@ $$^

$(BUILD)/$(1)/$(PROGRAM): $(call objects,$(1),$(tool_SRC)) \
		$(BUILD)/$(1)/liblwcmp.a $(call mbedtls_lib,$(1))
	$$(call say,LD,$$(@:$(BUILD)/%=%))
	$$(Q)$(2) $(3) -Wl,--gc-sections -o $$@ $$(filter %.o,$$^) \
		-Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group

$(call link,$(1),$(2),$(3),tests/unit/,core double)
$(call link,$(1),$(2),$(3),tests/unit/psa/,core psa double)
$(call link,$(1),$(2),$(3),tests/unit/posix/,core port double)
$(call link,$(1),$(2),$(3),tests/unit/flash/,flash core double)
$(call link,$(1),$(2),$(3),tests/unit/tls/,core psa port double)
$(call link,$(1),$(2),$(3),tests/unit/tools/,cli core psa port)
$(call link,$(1),$(2),$(3),tests/unit/factory/,port)
$(call link,$(1),$(2),$(3),tests/unit/mbedtls/)
$(call link,$(1),$(2),$(3),tests/unit/lwip/,core network double)
$(call link,$(1),$(2),$(3),tests/figures/,flash core double)

$(call programs,$(1),$(unit_lwip_SRC)): $(BUILD)/$(1)/lwip/liblwip.a
$(call objects,$(1),$(network_SRC) $(unit_lwip_SRC)): | $(LWIP_READY)

# Their headers may come from Mbed TLS.
$(call objects,$(1),$(psa_SRC) $(port_SRC) $(flash_SRC) $(network_SRC) \
	$(tool_SRC) $(unit_SRC) $(units_SRC) $(double_SRC)): | $(MBEDTLS_READY)

$(call foreign,mbedtls,$(MBEDTLS_SRC),$(1),$(2),$(3) $(COMMON) $(MBEDTLS_INC),\
	$(4),$(MBEDTLS_CONFIG) $(CONFIG_HEADER) $(MBEDTLS_READY))
$(call foreign,lwip,$(LWIP_SRC),$(1),$(2),$(3) $(COMMON) $(LWIP_INC) \
	-DLWCMP_LWIP_ASSERT,$(4),$(LWIP_CONFIG) $(CONFIG_HEADER) $(LWIP_READY))
endef

$(eval $(call variant,release,$(RELEASE_CC),$(RELEASE) $(CFLAGS),build))
$(eval $(call variant,gcc-san,gcc,$(SANITIZE),test))
$(eval $(call variant,clang-san,clang,$(SANITIZE),test))

$(BUILD)/liblwcmp.a $(BUILD)/$(PROGRAM): $(BUILD)/%: $(BUILD)/release/%
	@cp $< $@

ifneq ($(filter-out help clean distclean deps,$(or $(MAKECMDGOALS),all)),)
# Other projects' are for mk/*-lib.mk to know; port/mbedtls is ours.
-include $(shell find $(BUILD) -type f -name '*.d' \
	! -regex '$(BUILD)/[^/]*/\(mbedtls\|lwip\|cmocka\)/.*' 2>/dev/null)
endif
