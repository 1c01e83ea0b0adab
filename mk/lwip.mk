# SPDX-License-Identifier: Apache-2.0
#
# lwIP, for boards with a network and for the tests of port/lwip; nothing else
# needs it. LWIP_DIR= takes a tree of the user's.

ifdef LWIP_DIR
LWIP_SRC := $(abspath $(LWIP_DIR))
LWIP_READY :=
else
LWIP_SRC := $(BUILD)/deps/lwip
LWIP_READY := $(LWIP_SRC)/.unpacked
endif

# Its options are in port/lwip.
LWIP_INC := -isystem $(LWIP_SRC)/src/include -Iport/lwip
LWIP_CONFIG := port/lwip/lwipopts.h port/lwip/arch/cc.h port/lwip/ethernet.h

$(eval $(call source,lwip,lwip))
