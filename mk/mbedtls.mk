# SPDX-License-Identifier: Apache-2.0
#
# Mbed TLS: its source is fetched and built with our configuration. With
# MBEDTLS_DIR the caller's tree is used; its built libraries are taken as they
# are, with the configuration in its headers (MBEDTLS_CFLAGS may name another).

ifdef MBEDTLS_DIR
MBEDTLS_SRC := $(abspath $(MBEDTLS_DIR))
MBEDTLS_READY := mbedtls-check
MBEDTLS_BUILT := $(wildcard $(addprefix $(MBEDTLS_SRC)/library/libmbed,\
	tls.a x509.a crypto.a))
else
MBEDTLS_SRC := $(BUILD)/deps/mbedtls
MBEDTLS_READY := $(MBEDTLS_SRC)/.unpacked
endif

MBEDTLS_CONFIG := crypto/psa/config/lwcmp_mbedtls_config.h \
	crypto/psa/config/lwcmp_psa_config.h
MBEDTLS_PATHS := -isystem $(MBEDTLS_SRC)/include -Icrypto/psa/include
# Built here, with our configuration: always so for boards.
MBEDTLS_OURS := $(MBEDTLS_PATHS) -Icrypto/psa/config \
	-DMBEDTLS_CONFIG_FILE='"lwcmp_mbedtls_config.h"' \
	-DMBEDTLS_PSA_CRYPTO_CONFIG_FILE='"lwcmp_psa_config.h"'
MBEDTLS_INC := $(if $(MBEDTLS_BUILT),\
	$(MBEDTLS_PATHS) $(MBEDTLS_CFLAGS),$(MBEDTLS_OURS))

# $(call mbedtls_lib,variant)
mbedtls_lib = $(or $(MBEDTLS_BUILT),$(BUILD)/$(1)/mbedtls/libmbedtls.a)

.PHONY: mbedtls mbedtls-check
## mbedtls: fetch and build Mbed TLS
mbedtls: $(call mbedtls_lib,release)

# Says what a foreign configuration lacks.
mbedtls-check: $(MBEDTLS_READY:mbedtls-check=) $(CONFIG_HEADER)
	$(Q)CC='$(RELEASE_CC)' scripts/check-mbedtls $(CONFIG_INC) $(MBEDTLS_INC)

$(eval $(call source,mbedtls,build))
