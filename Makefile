# SPDX-License-Identifier: Apache-2.0
#
# lwcmp: the Certificate Management Protocol for devices. Try `make help`.

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:
MAKEFLAGS += --no-builtin-rules
ifeq ($(filter -j%,$(MAKEFLAGS)),)
MAKEFLAGS += -j$(shell nproc)
endif

V ?= 0
Q := $(if $(filter 1,$(V)),,@)
say = @printf '  %-4s %s\n' $(1) $(2)

BOARD ?= host
BUILD := build
PYTHON := /usr/bin/python3

include boards/host/board.mk
include mk/packages.mk
include mk/config.mk
include mk/mbedtls.mk
include mk/lwip.mk
include mk/build.mk
include mk/test.mk
include mk/instructions.mk
include mk/check.mk
include mk/conformance.mk
include mk/figures.mk
include mk/fuzz.mk
include mk/measure.mk
include mk/fleet.mk
include mk/powercut.mk
include mk/bare.mk
include mk/hostile.mk
include mk/boards.mk
include mk/board-test.mk

.PHONY: all help format clean distclean FORCE
FORCE:

## all: build the library and the program, or the firmware of BOARD=
ifeq ($(BOARD),host)
all: $(BUILD)/liblwcmp.a $(BUILD)/$(PROGRAM)
else
all: $(BUILD)/$(BOARD)/firmware.elf
endif

## help: list the targets
help:
	@sed -n 's/^## \([a-z-]*\): /\1\t/p' $(MAKEFILE_LIST) | sort | \
		expand -t 16
	@echo
	@echo 'BOARD= one of: host (the default) $(sort $(BOARDS))'
	@echo 'V=1 shows the commands. MBEDTLS_DIR=/path takes your Mbed TLS,'
	@echo 'LWIP_DIR=/path your lwIP.'
	@echo 'BOOTSTRAP=no never installs a package.'

## format: put the C files into their form
format: | $(call packages,check)
	$(Q)clang-format -i $(C_FILES)

## clean: remove what was built, keep downloads and configuration
clean:
	$(Q)rm -rf $(filter-out $(addprefix $(BUILD)/,dl deps openssl35),\
		$(wildcard $(BUILD)/*))

## distclean: remove everything that is not in the repository
distclean:
	$(Q)rm -rf $(BUILD) .config .config.*
