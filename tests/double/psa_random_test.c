/* SPDX-License-Identifier: Apache-2.0 */
/* Random bytes of the host's kernel, for tests. */
#include "psa_random_test.h"

#include <sys/random.h>

#include <psa/crypto.h>

static bool dry;

void psa_random_test_fail(bool fail)
{
    dry = fail;
}

psa_status_t mbedtls_psa_external_get_random(
    mbedtls_psa_external_random_context_t *context, uint8_t *output,
    size_t output_size, size_t *output_length)
{
    size_t n;

    (void)context;
    if (dry) {
        return PSA_ERROR_INSUFFICIENT_ENTROPY;
    }
    /* getrandom() gives up to 256 bytes without fail; Mbed TLS wants all. */
    for (n = 0; n < output_size; n += *output_length) {
        size_t more = output_size - n < 256 ? output_size - n : 256;

        *output_length = more;
        if (getrandom(output + n, more, 0) != (ssize_t)more) {
            return PSA_ERROR_INSUFFICIENT_ENTROPY;
        }
    }
    *output_length = output_size;
    return PSA_SUCCESS;
}
