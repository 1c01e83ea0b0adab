/* SPDX-License-Identifier: Apache-2.0 */
/* Random bytes for tests: of the host's kernel, or of the board. */
#include "psa_random_test.h"

#ifdef __unix__
#include <sys/random.h>
#endif

#include <psa/crypto.h>

#include "lwcmp/platform.h"

static bool dry;

void psa_random_test_fail(bool fail)
{
    dry = fail;
}

#ifdef __unix__

/* getrandom() gives up to 256 bytes without fail; Mbed TLS wants all. */
static bool fill(uint8_t *p, size_t n)
{
    size_t at, more;

    for (at = 0; at < n; at += more) {
        more = n - at < 256 ? n - at : 256;
        if (getrandom(p + at, more, 0) != (ssize_t)more) {
            return false;
        }
    }
    return true;
}

#else

static bool fill(uint8_t *p, size_t n)
{
    return lwcmp_platform_entropy(p, n) == 0;
}

#endif

psa_status_t mbedtls_psa_external_get_random(
    mbedtls_psa_external_random_context_t *context, uint8_t *output,
    size_t output_size, size_t *output_length)
{
    (void)context;
    if (dry || !fill(output, output_size)) {
        return PSA_ERROR_INSUFFICIENT_ENTROPY;
    }
    *output_length = output_size;
    return PSA_SUCCESS;
}
