# SPDX-License-Identifier: Apache-2.0
#
# A hostile peer with and without the CA's credentials. `make test` has a
# short run of it.

.PHONY: hostile
## hostile: a hostile peer against the device, thousands of cases
hostile: $(BUILD)/gcc-san/$(PROGRAM) | $(call packages,test)
	$(Q)tests/hostile/hostile --json $(BUILD)/hostile.json
