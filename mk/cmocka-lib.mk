# SPDX-License-Identifier: Apache-2.0
#
# Builds cmocka, with any compiler:
#   make -f mk/cmocka-lib.mk SRC=source OUT=folder FLAGS=file CC=... CFLAGS=...
# FLAGS is a file that changes when the flags do.

Q := $(if $(filter 1,$(V)),,@)

$(OUT)/libcmocka.a: $(OUT)/cmocka.o
	$(Q)rm -f $@ && ar rcs $@ $^

$(OUT)/cmocka.o: $(SRC)/src/cmocka.c $(FLAGS)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) -std=gnu99 -DHAVE_SIGNAL_H -w -c -o $@ $<
