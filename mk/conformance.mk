# SPDX-License-Identifier: Apache-2.0
#
# The requirements of the RFCs, and the tests that show them.

.PHONY: conformance
## conformance: requirements and their tests; fail if one is open
conformance:
	$(Q)scripts/conformance write
	$(Q)scripts/conformance judge
