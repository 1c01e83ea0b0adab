/* SPDX-License-Identifier: Apache-2.0 */
/* Paths by themselves: a test may have a judge of its own. */
#include "crypto_toy_own.h"

#include <assert.h>
#include <string.h>

int lwcmp_crypto_path(const struct lwcmp_bytes *path, size_t count,
                      const struct lwcmp_time *time)
{
    int err = crypto_toy_enter(CRYPTO_TOY_PATH);
    size_t i;

    assert(count <= CRYPTO_TOY_PATH_MAX);
    crypto_toy.path_count = count;
    crypto_toy.path_time = *time;
    for (i = 0; i < count; i++) {
        assert(path[i].n <= CRYPTO_TOY_CERT_MAX);
        crypto_toy.path_n[i] = path[i].n;
        memcpy(crypto_toy.path[i], path[i].p, path[i].n);
    }
    if (err) {
        return err;
    }
    return count == 0 ? LWCMP_ERR_UNTRUSTED : crypto_toy.path_result;
}
