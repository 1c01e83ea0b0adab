# SPDX-License-Identifier: Apache-2.0
#
# The gates. Each is a target of its own, and one test of `make test`.

C_FILES := $(shell find src include crypto port boards tools tests \
	-name '*.[ch]' 2>/dev/null)
QUICK_GATES := check-format check-includes check-shape check-openssl \
	check-tree check-symbols check-conformance
GATES := $(QUICK_GATES) check-config check-mbedtls check-cppcheck

.PHONY: check check-quick $(GATES)
## check: all gates: form, layers, symbols, shape, cppcheck
check: $(GATES)
## check-quick: the gates that take less than 30 s
check-quick: $(QUICK_GATES)

$(GATES): | $(call packages,build)

check-format: | $(call packages,check)
	$(call say,GATE,format)
	$(Q)clang-format --dry-run -Werror $(C_FILES)

check-includes:
	$(call say,GATE,includes)
	$(Q)scripts/check-includes

check-shape: | $(call packages,check)
	$(call say,GATE,shape)
	$(Q)scripts/check-shape

check-openssl:
	$(call say,GATE,openssl)
	$(Q)scripts/check-openssl

check-tree:
	$(call say,GATE,tree)
	$(Q)scripts/check-tree

check-conformance:
	$(call say,GATE,conformance)
	$(Q)scripts/conformance check

check-symbols: $(call objects,release,$(core_SRC))
	$(call say,GATE,symbols)
	$(Q)scripts/check-symbols $^

check-config: | $(call packages,config)
	$(call say,GATE,config)
	$(Q)scripts/check-config

check-mbedtls: mbedtls-check
	$(call say,GATE,mbedtls)

check-cppcheck: $(CONFIG_HEADER) | $(call packages,check)
	$(call say,GATE,cppcheck)
	@mkdir -p $(BUILD)/cppcheck
	$(Q)cppcheck --quiet --std=c99 --inline-suppr --error-exitcode=1 \
		--enable=warning,performance,portability \
		--cppcheck-build-dir=$(BUILD)/cppcheck $(CONFIG_INC) -Isrc -Iport \
		-Iboards/common -Iboards/emulator $(filter %.c,\
		$(filter src/% crypto/% port/% boards/% tools/%,$(C_FILES)))
