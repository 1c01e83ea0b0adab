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

CONFIG_INC := -Iinclude -I$(BUILD)/config \
	-DLWCMP_CONFIG_FILE='"lwcmp_config.h"'
COMMON := -std=c99 $(CONFIG_INC)

# The core runs on bare metal, so it is compiled for that everywhere. Some
# distributions switch on checks that need their C library.
CORE := -ffreestanding -fno-stack-protector -U_FORTIFY_SOURCE
# Who may include what of src/ is for scripts/check-includes to say.
HOSTED := -D_POSIX_C_SOURCE=200809L -Isrc -Iport $(MBEDTLS_INC)

core_SRC := $(wildcard src/*.c)
psa_SRC := $(wildcard crypto/psa/*.c)
port_SRC := $(wildcard $(PORTS:%=port/%/*.c))
double_SRC := $(wildcard tests/double/*.c)
tool_SRC := $(wildcard tools/$(PROGRAM)/*.c)
cli_SRC := $(filter-out %/main.c,$(tool_SRC))
unit_SRC := $(wildcard tests/unit/test_*.c)
unit_psa_SRC := $(wildcard tests/unit/psa/test_*.c)
unit_posix_SRC := $(wildcard tests/unit/posix/test_*.c)
unit_tools_SRC := $(wildcard tests/unit/tools/test_*.c)

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

# $(call compile,variant,compiler,folder,flags,packages)
define compile
$(BUILD)/$(1)/$(3)%.o: $(3)%.c $(BUILD)/$(1)/flags \
		| $(CONFIG_HEADER) $(call packages,$(5))
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

# $(call variant,name,compiler,flags,packages)
define variant
$(BUILD)/$(1)/flags: export TEXT = \
	$(2) $(3) $(COMMON) $(WARNINGS) $(CORE) $(HOSTED)
$(BUILD)/$(1)/flags: FORCE
	@mkdir -p $$(@D)
	@printf '%s\n' "$$$$TEXT" | cmp -s - $$@ || printf '%s\n' "$$$$TEXT" >$$@

$(call compile,$(1),$(2),src/,$(3) $(COMMON) $(WARNINGS) $(CORE),$(4))
$(call compile,$(1),$(2),,$(3) $(COMMON) $(WARNINGS) $(HOSTED),$(4))
$(call compile,$(1),$(2),tests/,$(3) $(COMMON) $(WARNINGS) $(HOSTED) \
	-Itests/double -Itools/lwcmp,test)
$(call compile,$(1),$(2),port/lwip/,$(3) $(COMMON) $(WARNINGS) $(NETWORK),$(4))
$(call compile,$(1),$(2),tests/unit/lwip/,$(3) $(COMMON) $(WARNINGS) \
	$(NETWORK) -Itests/double,test)
$(foreach part,core psa port cli double network,$(call library,$(1),$(part))
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
$(call link,$(1),$(2),$(3),tests/unit/tools/,cli core psa port)
$(call link,$(1),$(2),$(3),tests/unit/lwip/,core network double)
$(call link,$(1),$(2),$(3),tests/figures/,core double)

$(call programs,$(1),$(unit_lwip_SRC)): $(BUILD)/$(1)/liblwip/liblwip.a
$(call objects,$(1),$(network_SRC) $(unit_lwip_SRC)): | $(LWIP_READY)

# Their headers may come from Mbed TLS.
$(call objects,$(1),$(psa_SRC) $(port_SRC) $(tool_SRC) $(unit_SRC) \
	$(unit_psa_SRC) $(unit_posix_SRC) $(unit_tools_SRC) \
	$(network_SRC) $(unit_lwip_SRC) $(double_SRC)): | $(MBEDTLS_READY)

$(BUILD)/$(1)/mbedtls/libmbedtls.a: $(MBEDTLS_CONFIG) $(CONFIG_HEADER) \
		$(BUILD)/$(1)/flags $(MBEDTLS_READY) | $(call packages,$(4))
	$$(call say,CC,$(1)/mbedtls)
	$$(Q)$$(MAKE) --no-print-directory -f mk/mbedtls-lib.mk V=$(V) \
		SRC=$(MBEDTLS_SRC) OUT=$$(@D) \
		FLAGS=$(BUILD)/$(1)/flags CC='$(2)' \
		CFLAGS="$(subst ",\",$(3) $(COMMON) $(MBEDTLS_INC))"

$(BUILD)/$(1)/liblwip/liblwip.a: $(LWIP_CONFIG) $(CONFIG_HEADER) \
		$(BUILD)/$(1)/flags $(LWIP_READY) | $(call packages,$(4))
	$$(call say,CC,$(1)/liblwip)
	$$(Q)$$(MAKE) --no-print-directory -f mk/lwip-lib.mk V=$(V) \
		SRC=$(LWIP_SRC) OUT=$$(@D) \
		FLAGS=$(BUILD)/$(1)/flags CC='$(2)' \
		CFLAGS="$(subst ",\",$(3) $(COMMON) $(LWIP_INC) -DLWCMP_LWIP_ASSERT)"
endef

$(eval $(call variant,release,$(RELEASE_CC),$(RELEASE) $(CFLAGS),build))
$(eval $(call variant,gcc-san,gcc,$(SANITIZE),test))
$(eval $(call variant,clang-san,clang,$(SANITIZE),test))

$(BUILD)/liblwcmp.a $(BUILD)/$(PROGRAM): $(BUILD)/%: $(BUILD)/release/%
	@cp $< $@

ifneq ($(filter-out help clean distclean deps,$(or $(MAKECMDGOALS),all)),)
-include $(shell find $(BUILD) -name '*.d' ! -path '*/mbedtls/*' \
	! -path '*/liblwip/*' 2>/dev/null)
endif
