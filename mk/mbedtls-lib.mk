# SPDX-License-Identifier: Apache-2.0
#
# Builds Mbed TLS, with as much of TLS as its options ask for. A makefile of
# its own, because the list of files is known only once the source is there:
#   make -f mk/mbedtls-lib.mk SRC=source OUT=folder FLAGS=file CC=... CFLAGS=...
# FLAGS is a file that changes when the flags do.

names := $(filter-out debug net_sockets timing,\
	$(patsubst $(SRC)/library/%.c,%,$(wildcard $(SRC)/library/*.c)))
P256M := 3rdparty/p256-m
objects := $(names:%=$(OUT)/%.o) \
	$(patsubst $(SRC)/%.c,$(OUT)/%.o,$(wildcard $(SRC)/$(P256M)/*.c \
	$(SRC)/$(P256M)/p256-m/*.c))
includes := $(addprefix -I$(SRC)/,library $(P256M) $(P256M)/p256-m)
Q := $(if $(filter 1,$(V)),,@)

$(OUT)/libmbedtls.a: $(objects)
	$(Q)rm -f $@ && ar rcs $@ $^

define compile
@mkdir -p $(@D)
$(Q)$(CC) $(CFLAGS) $(includes) -w -MD -MP -c -o $@ $<
endef

$(OUT)/3rdparty/%.o: $(SRC)/3rdparty/%.c $(FLAGS)
	$(compile)

$(OUT)/%.o: $(SRC)/library/%.c $(FLAGS)
	$(compile)

-include $(objects:.o=.d)
