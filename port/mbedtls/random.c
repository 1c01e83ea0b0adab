/* SPDX-License-Identifier: Apache-2.0 */
/* Random bytes for PSA Crypto, from the platform's generator. */
#include <psa/crypto.h>

#include "lwcmp/platform.h"

psa_status_t mbedtls_psa_external_get_random(
    mbedtls_psa_external_random_context_t *context, uint8_t *output,
    size_t output_size, size_t *output_length)
{
    (void)context;
    *output_length = 0;
    if (lwcmp_platform_entropy(output, output_size) != 0) {
        return PSA_ERROR_INSUFFICIENT_ENTROPY;
    }
    *output_length = output_size;
    return PSA_SUCCESS;
}
