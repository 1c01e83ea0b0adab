/* SPDX-License-Identifier: Apache-2.0 */
/* Random bytes for PSA Crypto, from the kernel's generator. */
#include <errno.h>
#include <sys/random.h>
#include <sys/types.h>

#include <psa/crypto.h>

psa_status_t mbedtls_psa_external_get_random(
    mbedtls_psa_external_random_context_t *context, uint8_t *output,
    size_t output_size, size_t *output_length)
{
    ssize_t n;

    (void)context;
    *output_length = 0;
    while (*output_length < output_size) {
        n = getrandom(output + *output_length, output_size - *output_length, 0);
        if (n > 0) {
            *output_length += (size_t)n;
        } else if (n == 0 || errno != EINTR) {
            return PSA_ERROR_INSUFFICIENT_ENTROPY;
        }
    }
    return PSA_SUCCESS;
}
