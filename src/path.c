/* SPDX-License-Identifier: Apache-2.0 */
#include "path.h"

#include "bytes.h"

/* Takes the issuer of `cert`, other than itself, from a row in its place. */
static bool find_issuer(struct lwcmp_bytes row, const struct lwcmp_cert *known,
                        struct lwcmp_cert *cert)
{
    struct lwcmp_bytes der;
    struct lwcmp_cert issuer;

    while (lwcmp_cert_next(&row, &der)) {
        issuer = *known;
        if (der.p != known->der.p &&
            lwcmp_cert_read_of(&der, &cert->issuer, &issuer)) {
            continue;
        }
        if (lwcmp_cert_issued_by(cert, &issuer) &&
            !lwcmp_bytes_equal(&der, &cert->der)) {
            *cert = issuer;
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
static bool find_next(const struct lwcmp_path_pool *pool,
                      struct lwcmp_cert *cert)
{
    for (size_t i = 0; i < LWCMP_PATH_ROWS; i++) {
        if (find_issuer(*pool->row[i], pool->known, cert)) {
            return true;
        }
    }
    return false;
}

/*
 * The first issuer that fits is taken. Certificates that share name and key
 * identifier but not the key would need a search; such a path fails.
 */
int lwcmp_path_find(const struct lwcmp_cert *certificate,
                    const struct lwcmp_path_pool *pool,
                    struct lwcmp_bytes path[LWCMP_MAX_PATH], uint8_t *n)
{
    struct lwcmp_cert cert = *certificate;

    path[0] = cert.der;
    *n = 1;
    while (!is_anchor(&cert.der, pool)) {
        if (*n == LWCMP_MAX_PATH || !find_next(pool, &cert)) {
            *n = 0;
            return LWCMP_ERR_UNTRUSTED;
        }
        path[(*n)++] = cert.der;
    }
    return 0;
}
