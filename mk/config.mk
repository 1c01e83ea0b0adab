# SPDX-License-Identifier: Apache-2.0
#
# The options: .config if there is one, else the host's; for another board
# .config.BOARD, else its own. Kconfig checks them when kconfiglib is installed.

CONFIG := $(or $(wildcard .config),boards/host/defconfig)
CONFIG_HEADER := $(BUILD)/config/lwcmp_config.h
KEPT := .config$(patsubst %,.%,$(filter-out host,$(BOARD)))
KCONFIG := CONFIG_=LWCMP_ KCONFIG_CONFIG=$(KEPT) $(PYTHON) -m

.PHONY: menuconfig defconfig

## menuconfig: choose options in a menu, kept in .config or .config.BOARD
menuconfig: | $(call packages,config)
	$(Q)[ -f $(KEPT) ] || $(KCONFIG) defconfig boards/$(BOARD)/defconfig
	$(Q)$(KCONFIG) menuconfig

## defconfig: write the board's own options there
defconfig: | $(call packages,config)
	$(Q)$(KCONFIG) defconfig boards/$(BOARD)/defconfig

# $(call config_header,header,options): made anew, too, when the options are to
# come from another file.
define config_header
$(1): $(2) Kconfig scripts/genconfig $(dir $(1))source | $(call packages,build)
	$$(call say,CONF,$(2))
	$$(Q)scripts/genconfig $(2) $$@

$(dir $(1))source: FORCE
	@mkdir -p $$(@D)
	@echo $(2) | cmp -s - $$@ || echo $(2) >$$@
endef

$(eval $(call config_header,$(CONFIG_HEADER),$(CONFIG)))
