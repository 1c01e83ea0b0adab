# SPDX-License-Identifier: Apache-2.0
#
# The options: .config if there is one, else the board's. Kconfig checks them
# when kconfiglib is installed.

CONFIG := $(or $(wildcard .config),boards/$(BOARD)/defconfig)
CONFIG_HEADER := $(BUILD)/config/lwcmp_config.h
KCONFIG := CONFIG_=LWCMP_ KCONFIG_CONFIG=.config $(PYTHON) -m

.PHONY: menuconfig defconfig

## menuconfig: choose options in a menu, kept in .config
menuconfig: | $(call packages,config)
	$(Q)[ -f .config ] || $(KCONFIG) defconfig boards/$(BOARD)/defconfig
	$(Q)$(KCONFIG) menuconfig

## defconfig: write the board's own options to .config
defconfig: | $(call packages,config)
	$(Q)$(KCONFIG) defconfig boards/$(BOARD)/defconfig

# Rewritten, too, when .config came or went: its name is in the header.
$(CONFIG_HEADER): $(CONFIG) Kconfig scripts/genconfig $(BUILD)/config/source \
		| $(call packages,build)
	$(call say,CONF,$(CONFIG))
	$(Q)scripts/genconfig $(CONFIG) $@

$(BUILD)/config/source: FORCE
	@mkdir -p $(@D)
	@echo $(CONFIG) | cmp -s - $@ || echo $(CONFIG) >$@
