/* SPDX-License-Identifier: Apache-2.0 */
/* What Mbed TLS says, as an error of lwcmp and in words. */
#ifndef LWCMP_TLS_REASON_H
#define LWCMP_TLS_REASON_H

#include <stdint.h>

struct lwcmp_tls_failure {
    int error; /* enum lwcmp_error */
    const char *reason;
};

/*
 * `code` is what a function of Mbed TLS has returned, `flags` what it has
 * found in the server's certificate, `alert` what the server has sent, if the
 * code says that it has sent one.
 */
struct lwcmp_tls_failure lwcmp_tls_explain(int code, uint32_t flags,
                                           uint8_t alert);

#endif
