/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Paths to certificates whose key or signature is of the application's
 * algorithms. lwcmp/custom_sig.h says which are taken.
 */
#ifndef LWCMP_CUSTOM_PATH_H
#define LWCMP_CUSTOM_PATH_H

#include "cert.h"
#include "custom.h"

#if LWCMP_WITH_CUSTOM_SIG
/* The algorithm that has signed a certificate, which was read; or NULL. */
const struct lwcmp_custom_sig *lwcmp_custom_of_cert(
    const struct lwcmp_config *config, const struct lwcmp_cert *cert);

/* lwcmp_crypto_path(), for all paths: those that it knows are left to it. */
int lwcmp_custom_path(const struct lwcmp_config *config,
                      const struct lwcmp_bytes *path, size_t count,
                      const struct lwcmp_time *time);
#endif

#endif
