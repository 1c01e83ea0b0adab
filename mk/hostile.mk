# SPDX-License-Identifier: Apache-2.0
#
# A hostile peer with and without the CA's credentials.

.PHONY: hostile hostile-quick
## hostile: a hostile peer against the device, thousands of cases
hostile: $(BUILD)/gcc-san/$(PROGRAM) | $(call packages,test)
	$(Q)tests/hostile/hostile --json $(BUILD)/hostile.json

## hostile-quick: a sample of it, in two minutes
hostile-quick: $(BUILD)/gcc-san/$(PROGRAM) | $(call packages,test)
	$(Q)scripts/run-tests $(wildcard tests/hostile/test_*.py)
