# SPDX-License-Identifier: Apache-2.0
#
# System packages, by groups of scripts/bootstrap. A rule that needs a group
# has $(call packages,GROUP) among its order-only prerequisites.

BOOTSTRAP ?= yes
PACKAGE_GROUPS := build demo test check config arm riscv qemu lwip

packages = $(if $(filter yes,$(BOOTSTRAP)),$(1:%=$(BUILD)/packages/%))

.PHONY: deps
## deps: install the system packages that all targets need
deps: $(call packages,$(PACKAGE_GROUPS))

$(BUILD)/packages/%: scripts/bootstrap
	@mkdir -p $(@D)
	$(Q)scripts/bootstrap $*
	@touch $@
