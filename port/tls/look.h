/* SPDX-License-Identifier: Apache-2.0 */
/* A look at each certificate of the server's path. */
#ifndef LWCMP_TLS_LOOK_H
#define LWCMP_TLS_LOOK_H

#include <mbedtls/x509_crt.h>

/*
 * For mbedtls_ssl_conf_verify(), with the struct lwcmp_tls as context: changes
 * the flags that Mbed TLS has set for a certificate of the path that it has
 * found; depth 0 is the server's own.
 */
int lwcmp_tls_look(void *context, mbedtls_x509_crt *crt, int depth,
                   uint32_t *flags);

#endif
