# SPDX-License-Identifier: Apache-2.0
#
# A device's life with its power cut at every point and every pair of points.
# Fast it does all of them, under sanitizers a sample.

powercut_SRC := $(wildcard tests/powercut/*.c)
POWERCUT := $(BUILD)/gcc-fast/tests/powercut/powercut
POWERCUT_SAN := $(BUILD)/gcc-san/tests/powercut/powercut

# $(call powercut_link,program,variant,flags): the core alone, without Mbed TLS
define powercut_link
$(1): $(call objects,$(2),$(powercut_SRC)) $(BUILD)/$(2)/libdouble.a \
		$(BUILD)/$(2)/libcore.a
	$$(call say,LD,$$(@:$(BUILD)/%=%))
	$$(Q)gcc $(3) -o $$@ $$(filter %.o,$$^) -Wl,--start-group \
		$$(filter %.a,$$^) -Wl,--end-group
endef

$(eval $(call variant,gcc-fast,gcc,-O2,test))
$(eval $(call powercut_link,$(POWERCUT),gcc-fast))
$(eval $(call powercut_link,$(POWERCUT_SAN),gcc-san,$(SANITIZE)))

.PHONY: powercut powercut-quick
## powercut: cut the power at every point of a device's life, in pairs, too
powercut: $(POWERCUT)
	$(Q)$< json=$(BUILD)/powercut.json

## powercut-quick: a sample of it, under sanitizers
powercut-quick: $(POWERCUT_SAN)
	$(Q)$< every=64

TESTS += make:powercut-quick
test: $(POWERCUT_SAN)
