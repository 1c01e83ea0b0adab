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

# $(call source,name,packages): the source of a dependency, in build/deps/NAME
define source
$(BUILD)/deps/$(1)/.unpacked: scripts/fetch | $(call packages,$(2))
	$$(call say,GET,$(1))
	$$(Q)archive=$$$$(LWCMP_DL='$(or $(LWCMP_DL),$(BUILD)/dl)' \
		scripts/fetch $(1)) && \
	rm -rf $$(@D) && mkdir -p $$(@D) && \
	tar -xmf "$$$$archive" -C $$(@D) --strip-components=1
	@touch $$@
endef
