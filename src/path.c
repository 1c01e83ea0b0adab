/* SPDX-License-Identifier: Apache-2.0 */
#include "path.h"

#include "bytes.h"

/* Looks in a row for the issuer of `cert`, other than itself. */
static bool find_issuer(const struct lwcmp_cert *cert, struct lwcmp_bytes row,
                        struct lwcmp_cert *issuer)
{
    struct lwcmp_bytes der;

    while (lwcmp_cert_next(&row, &der)) {
        if (lwcmp_cert_read(&der, issuer) == 0 &&
            lwcmp_cert_issued_by(cert, issuer) &&
            !lwcmp_bytes_equal(&der, &cert->der)) {
            return true;
        }
    }
    return false;
}

static bool is_anchor(const struct lwcmp_bytes *certificate,
                      const struct lwcmp_path_pool *pool)
{
    for (size_t i = 0; i < LWCMP_PATH_ANCHORS; i++) {
        if (lwcmp_cert_in_row(certificate, *pool->row[i])) {
            return true;
        }
    }
    return false;
}

/* An anchor rather than anything else, so that a path is as short as can be. */
static bool find_next(const struct lwcmp_cert *cert,
                      const struct lwcmp_path_pool *pool,
                      struct lwcmp_cert *issuer)
{
    for (size_t i = 0; i < LWCMP_PATH_ROWS; i++) {
        if (find_issuer(cert, *pool->row[i], issuer)) {
            return true;
        }
    }
    return false;
}

/*
 * The first issuer that fits is taken. Certificates that share name and key
 * identifier but not the key would need a search; such a path fails.
 */
int lwcmp_path_find(const struct lwcmp_bytes *certificate,
                    const struct lwcmp_path_pool *pool,
                    struct lwcmp_bytes path[LWCMP_MAX_PATH], uint8_t *n)
{
    struct lwcmp_cert cert;
    struct lwcmp_cert issuer;
    int err = lwcmp_cert_read(certificate, &cert);

    *n = 0;
    if (err) {
        return err;
    }
    path[(*n)++] = *certificate;
    while (!is_anchor(&cert.der, pool)) {
        if (*n == LWCMP_MAX_PATH || !find_next(&cert, pool, &issuer)) {
            return LWCMP_ERR_UNTRUSTED;
        }
        path[(*n)++] = issuer.der;
        cert = issuer;
    }
    return 0;
}
