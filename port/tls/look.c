/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What Mbed TLS leaves to us in the path of the server, or does in another
 * way: the time by lwcmp's own policy, and who the server is.
 */
#include "look.h"

#include <string.h>

#include "tls.h"

#if LWCMP_WITH_TLS

static bool is_anchor(const struct lwcmp_tls *t, const mbedtls_x509_crt *crt)
{
    const mbedtls_x509_crt *anchor;

    for (anchor = &t->anchors; anchor != NULL; anchor = anchor->next) {
        if (anchor == crt) {
            return true;
        }
    }
    return false;
}

/* By the rules for CMP; an anchor's own time counts there as little. */
static uint32_t judge_time(const struct lwcmp_tls *t,
                           const mbedtls_x509_crt *crt)
{
    struct lwcmp_bytes der = {crt->raw.p, crt->raw.len};
    struct lwcmp_time time = {LWCMP_TIME_UNKNOWN, 0};

    if (t->config.time) {
        time = t->config.time();
    }
    switch (lwcmp_crypto_path(&der, 1, &time)) {
    case LWCMP_OK:
        return 0;
    case LWCMP_ERR_EXPIRED:
        return MBEDTLS_X509_BADCERT_EXPIRED;
    case LWCMP_ERR_NOT_YET_VALID:
        return MBEDTLS_X509_BADCERT_FUTURE;
    default:
        return MBEDTLS_X509_BADCERT_OTHER;
    }
}

static bool has_address(const mbedtls_x509_crt *crt, struct lwcmp_bytes address)
{
    const mbedtls_x509_sequence *name = &crt->subject_alt_names;

    for (; name != NULL; name = name->next) {
        if ((name->buf.tag & MBEDTLS_ASN1_TAG_VALUE_MASK) ==
                MBEDTLS_X509_SAN_IP_ADDRESS &&
            name->buf.len == address.n &&
            memcmp(name->buf.p, address.p, address.n) == 0) {
            return true;
        }
    }
    return false;
}

/*
 * A dNSName is Mbed TLS's to find; but where there is no subjectAltName, it
 * takes the subject's commonName, which says nothing of a server (RFC 9525 2).
 */
static uint32_t judge_name(const struct lwcmp_tls *t,
                           const mbedtls_x509_crt *crt)
{
    struct lwcmp_bytes address = t->config.address;
    bool good = crt->subject_alt_names.buf.p != NULL &&
                (address.n == 0 || has_address(crt, address));

    return good ? 0 : MBEDTLS_X509_BADCERT_CN_MISMATCH;
}

int lwcmp_tls_look(void *context, mbedtls_x509_crt *crt, int depth,
                   uint32_t *flags)
{
    const struct lwcmp_tls *t = context;

    /* A build that knows the time of day does not overrule our time policy. */
    *flags &=
        ~(uint32_t)(MBEDTLS_X509_BADCERT_EXPIRED | MBEDTLS_X509_BADCERT_FUTURE);
    if (!is_anchor(t, crt)) {
        *flags |= judge_time(t, crt);
    }
    if (depth == 0) {
        *flags |= judge_name(t, crt);
    }
    return 0;
}

#endif
