/* SPDX-License-Identifier: Apache-2.0 */
#include "pem.h"

#include <string.h>

#include <mbedtls/pem.h>

#include "fail.h"

/* *text moves behind it. */
static int read_one(const char *path, const char **text,
                    const struct lwcmp_cli_pem *pem)
{
    mbedtls_pem_context one;
    struct lwcmp_bytes der;
    size_t used;
    int code;

    mbedtls_pem_init(&one);
    if (mbedtls_pem_read_buffer(&one, pem->begin, pem->end,
                                (const uint8_t *)*text, NULL, 0, &used)) {
        code =
            lwcmp_cli_fail(LWCMP_EXIT_STORAGE, "%s: the PEM is damaged", path);
    } else {
        der.p = mbedtls_pem_get_buffer(&one, &der.n);
        code = pem->put(path, der, pem->context);
        *text += used;
    }
    mbedtls_pem_free(&one);
    return code;
}

int lwcmp_cli_pem_each(const char *path, struct lwcmp_bytes file,
                       const struct lwcmp_cli_pem *pem)
{
    const char *text = (const char *)file.p;
    int code = 0;

    if (!strstr(text, pem->begin)) {
        return pem->put(path, file, pem->context);
    }
    while (!code && strstr(text, pem->begin)) {
        code = read_one(path, &text, pem);
    }
    return code;
}
