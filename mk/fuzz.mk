# SPDX-License-Identifier: Apache-2.0
#
# Fuzzing with libFuzzer. A target runs in short in `make test`, and from then
# on as a test of its own over what was found (tests/fuzz/replay.c).

FUZZ_TARGETS := message engine http journal cms crl
RUNS ?= 10000000

fuzz_SRC := tests/fuzz/fuzz.c tests/fuzz/der_edit.c
FUZZ_PROGRAMS := $(FUZZ_TARGETS:%=$(BUILD)/fuzz/%)
REPLAYS := $(foreach v,$(SANITIZED),\
	$(FUZZ_TARGETS:%=$(BUILD)/$(v)/tests/fuzz/replay_%))

# $(call fuzz_link,variant,compiler,flags,program before %,sources,core's
# variant)
define fuzz_link
$(4)%: $(BUILD)/$(1)/tests/fuzz/fuzz_%.o $(call objects,$(1),$(5)) \
		$(BUILD)/$(1)/libdouble.a $(BUILD)/$(6)/libcore.a
	$$(call say,LD,$$(@:$(BUILD)/%=%))
	@mkdir -p $$(@D)
	$$(Q)$(2) $(3) -o $$@ $$(filter %.o,$$^) -Wl,--start-group \
		$$(filter %.a,$$^) -Wl,--end-group -lcmocka
endef

# Only the core is instrumented: what tests do is not interesting.
$(eval $(call variant,clang-fuzz,clang,\
	$(SANITIZE) -fsanitize=fuzzer-no-link,test))
$(eval $(call fuzz_link,clang-san,clang,$(SANITIZE) -fsanitize=fuzzer,\
	$(BUILD)/fuzz/,$(fuzz_SRC),clang-fuzz))
$(foreach v,$(SANITIZED),$(eval $(call fuzz_link,$(v),$(v:%-san=%),\
	$(SANITIZE),$(BUILD)/$(v)/tests/fuzz/replay_,\
	$(fuzz_SRC) tests/fuzz/replay.c,$(v))))

.PHONY: fuzz fuzz-quick fuzz-keep

## fuzz: RUNS=10000000 runs of the fuzz targets together
fuzz: $(FUZZ_PROGRAMS)
	$(Q)scripts/fuzz long $(BUILD) $(RUNS)

## fuzz-quick: half a minute of fuzzing
fuzz-quick: $(FUZZ_PROGRAMS)
	$(call say,FUZZ,quick)
	$(Q)scripts/fuzz quick $(BUILD)

## fuzz-keep: put what long runs have reached into tests/fuzz/corpus
fuzz-keep: $(FUZZ_PROGRAMS)
	$(Q)scripts/fuzz keep $(BUILD)

TESTS += $(REPLAYS) make:fuzz-quick
test: $(REPLAYS) $(FUZZ_PROGRAMS)
