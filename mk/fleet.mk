# SPDX-License-Identifier: Apache-2.0
#
# What 100,000 devices do to a CA that comes back after four hours.

FLEET := $(BUILD)/gcc-san/tests/fleet/fleet

# The core alone: without Mbed TLS, so not the general rule.
$(FLEET): $(FLEET).o $(BUILD)/gcc-san/libcore.a
	$(call say,LD,$(@:$(BUILD)/%=%))
	$(Q)gcc $(SANITIZE) -o $@ $^

.PHONY: fleet fleet-plot

run_fleet = tests/fleet/fleet.py $(FLEET) --json $(BUILD)/fleet.json \
	--plot docs/fleet.svg

## fleet: 100,000 devices through an outage of their CA; fail past a limit
fleet: $(FLEET)
	$(Q)$(run_fleet)

## fleet-plot: draw docs/fleet.svg
fleet-plot: $(FLEET)
	$(Q)$(run_fleet) --write

TESTS += make:fleet
test: $(FLEET)
