# SPDX-License-Identifier: Apache-2.0
#
# How good the unit tests are: branches of src/ that they take, and mutants of
# the codec that they notice.

COVERAGE_LIMIT ?= 95
MUTATION_LIMIT ?= 90

$(eval $(call variant,gcc-cov,gcc,-O0 -g --coverage,test))
$(eval $(call variant,gcc-mut,gcc,-O0,test))

coverage_TESTS := $(call programs,gcc-cov,$(unit_SRC))
mutate_TESTS := $(call programs,gcc-mut,$(unit_SRC))

# The core alone: without Mbed TLS, so not the general rule.
$(coverage_TESTS): $(BUILD)/gcc-cov/%: $(BUILD)/gcc-cov/%.o \
		$(BUILD)/gcc-cov/libdouble.a $(BUILD)/gcc-cov/libcore.a
	$(call say,LD,$(@:$(BUILD)/%=%))
	$(Q)gcc --coverage -o $@ $< -Wl,--start-group $(filter %.a,$^) \
		-Wl,--end-group -lcmocka

.PHONY: coverage mutate mutate-quick

## coverage: branches of src/ that the unit tests take
coverage: $(coverage_TESTS)
	$(Q)scripts/coverage $(BUILD) $(COVERAGE_LIMIT) $(coverage_TESTS)

mutate_PARTS := $(BUILD)/gcc-mut/libdouble.a $(BUILD)/gcc-mut/libcore.a \
	$(BUILD)/gcc-san/libdouble.a $(BUILD)/gcc-san/libcore.a \
	$(call objects,gcc-mut,$(unit_SRC)) $(call objects,gcc-san,$(unit_SRC))

## mutate: mutants of the codec that the unit tests notice
mutate: $(mutate_PARTS)
	$(Q)scripts/mutate $(BUILD) $(MUTATION_LIMIT)

## mutate-quick: the same for one mutant in ten
mutate-quick: $(mutate_PARTS)
	$(Q)scripts/mutate $(BUILD) $(MUTATION_LIMIT) --every 10

TESTS += make:coverage
test: $(coverage_TESTS)
