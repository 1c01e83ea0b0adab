/* SPDX-License-Identifier: Apache-2.0 */
/* Where PSA Crypto keeps persistent keys: a log in flash. */
#ifndef LWCMP_FLASH_PSA_ITS_H
#define LWCMP_FLASH_PSA_ITS_H

#include "log.h"

/*
 * Names the log, which must be open, and stay. Until then, and after NULL,
 * every psa_its function fails with PSA_ERROR_STORAGE_FAILURE. Call it before
 * psa_crypto_init().
 */
void lwcmp_flash_its_use(struct lwcmp_log *log);

#endif
