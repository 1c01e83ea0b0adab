# SPDX-License-Identifier: Apache-2.0
#
# Builds Mbed TLS without TLS. A makefile of its own, because the list of
# files is known only once the source is there:
#   make -f mk/mbedtls-lib.mk SRC=source OUT=folder FLAGS=file CC=... CFLAGS=...
# FLAGS is a file that changes when the flags do.

TLS := ssl_% debug mps_% net_sockets timing
names := $(filter-out $(TLS),\
	$(patsubst $(SRC)/library/%.c,%,$(wildcard $(SRC)/library/*.c)))
objects := $(names:%=$(OUT)/%.o)
Q := $(if $(filter 1,$(V)),,@)

$(OUT)/libmbedtls.a: $(objects)
	$(Q)rm -f $@ && ar rcs $@ $^

$(OUT)/%.o: $(SRC)/library/%.c $(FLAGS)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) -w -MD -MP -c -o $@ $<

-include $(objects:.o=.d)
