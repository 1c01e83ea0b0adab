# SPDX-License-Identifier: Apache-2.0
#
# Builds what port/lwip needs of lwIP, with any compiler; CFLAGS name our
# options (-Iport/lwip) and what they include.
#   make -f mk/lwip-lib.mk SRC=source OUT=folder FLAGS=file CC=... CFLAGS=...
# FLAGS is a file that changes when the flags do.

core := def dns inet_chksum init ip mem memp netif pbuf tcp tcp_in tcp_out \
	timeouts udp
ipv4 := dhcp etharp ip4 ip4_addr
objects := $(patsubst %,$(OUT)/%.o,$(core) $(ipv4) ethernet)
Q := $(if $(filter 1,$(V)),,@)

vpath %.c $(SRC)/src/core $(SRC)/src/core/ipv4 $(SRC)/src/netif

$(OUT)/liblwip.a: $(objects)
	$(Q)rm -f $@ && ar rcs $@ $^

$(OUT)/%.o: %.c $(FLAGS)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) -w -MD -MP -c -o $@ $<

-include $(objects:.o=.d)
