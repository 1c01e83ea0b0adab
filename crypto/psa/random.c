/* SPDX-License-Identifier: Apache-2.0 */
/* Random bytes. */
#include "psa_map.h"

int lwcmp_crypto_random(uint8_t *p, size_t n)
{
    if (psa_generate_random(p, n) != PSA_SUCCESS) {
        return LWCMP_ERR_RANDOM;
    }
    return LWCMP_OK;
}
