/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Validation of one certification path (RFC 5280 section 6) by Mbed TLS.
 *
 * What mbedtls_x509_crt_verify does: names chain, signatures verify, every
 * issuer below the anchor is version 3 with basicConstraints cA, keyUsage of
 * an issuer has keyCertSign where the extension is present, pathLenConstraint
 * holds (the anchor's too). Its parser refuses critical extensions that it
 * does not know. It does not process name constraints and policies: critical
 * ones are refused, others are passed over. What the end entity's key may be
 * used for is judged by the core.
 *
 * What is added here: Mbed TLS takes its next certificate from anywhere further
 * on in the path and stops at the anchor as early as it can. It never goes
 * back, so when it has used as many certificates as there are, each was used at
 * its place. The strength of keys follows the one rule of this provider. Time
 * is judged apart, see judge().
 */
#include "psa_map.h"

#include <mbedtls/x509_crt.h>

#include "mbedtls_compat.h"
#include "spki.h"

/* Hashes of signatures. Keys are left to look(). */
static const mbedtls_x509_crt_profile profile = {
    MBEDTLS_X509_ID_FLAG(MBEDTLS_MD_SHA256) |
        MBEDTLS_X509_ID_FLAG(MBEDTLS_MD_SHA384) |
        MBEDTLS_X509_ID_FLAG(MBEDTLS_MD_SHA512),
    0xffffffff, 0xffffffff, 0};

/* Flags that say that an algorithm is to blame. */
#define BAD_ALGORITHM                                            \
    (MBEDTLS_X509_BADCERT_BAD_MD | MBEDTLS_X509_BADCERT_BAD_PK | \
     MBEDTLS_X509_BADCERT_BAD_KEY)

static bool strong(struct lwcmp_bytes spki)
{
    psa_key_attributes_t attributes = psa_key_attributes_init();
    struct lwcmp_bytes key;

    return lwcmp_psa_spki_read(spki, &attributes, &key) == 0 &&
           lwcmp_psa_sig_of(&attributes) != LWCMP_SIG_NONE;
}

/* Called by Mbed TLS for each certificate that it has used. */
static int look(void *context, mbedtls_x509_crt *crt, int depth,
                uint32_t *flags)
{
    size_t *used = context;

    (void)depth;
    ++*used;
    /* A build that knows the time of day does not overrule our time policy. */
    *flags &=
        ~(uint32_t)(MBEDTLS_X509_BADCERT_EXPIRED | MBEDTLS_X509_BADCERT_FUTURE);
    if (!strong((struct lwcmp_bytes){crt->pk_raw.p, crt->pk_raw.len})) {
        *flags |= MBEDTLS_X509_BADCERT_BAD_KEY;
    }
    return 0;
}

static int verify(mbedtls_x509_crt *chain, mbedtls_x509_crt *anchor,
                  size_t count)
{
    size_t used = 0;
    uint32_t flags = 0;
    int ret = mbedtls_x509_crt_verify_with_profile(
        chain, anchor, NULL, &profile, NULL, &flags, look, &used);

    if (ret == 0 && flags == 0 && used == count) {
        return LWCMP_OK;
    }
    if (ret == MBEDTLS_ERR_X509_CERT_VERIFY_FAILED &&
        (flags & BAD_ALGORITHM) != 0) {
        return LWCMP_ERR_ALGORITHM;
    }
    if (mbedtls_error_is_memory(ret)) {
        return LWCMP_ERR_CRYPTO;
    }
    return LWCMP_ERR_UNTRUSTED;
}

static int parse_error(int ret)
{
    if (mbedtls_error_is_memory(ret)) {
        return LWCMP_ERR_CRYPTO;
    }
    switch (mbedtls_error_high(ret)) {
    case MBEDTLS_ERR_X509_UNKNOWN_SIG_ALG:
    case MBEDTLS_ERR_PK_UNKNOWN_PK_ALG:
    case MBEDTLS_ERR_PK_UNKNOWN_NAMED_CURVE:
    case MBEDTLS_ERR_PK_FEATURE_UNAVAILABLE:
        return LWCMP_ERR_ALGORITHM;
    default:
        return LWCMP_ERR_UNTRUSTED;
    }
}

/* Appends one certificate, which has to be all of `der`, to the list. */
static int parse(mbedtls_x509_crt *list, struct lwcmp_bytes der)
{
    int ret = mbedtls_x509_crt_parse_der_nocopy(list, der.p, der.n);

    if (ret != 0) {
        return parse_error(ret);
    }
    while (list->next != NULL) {
        list = list->next;
    }
    return list->raw.len == der.n ? LWCMP_OK : LWCMP_ERR_UNTRUSTED;
}

static bool leap(unsigned year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Seconds since 1970; what is earlier counts as 0. */
static uint64_t seconds(const mbedtls_x509_time *t)
{
    static const uint16_t before[12] = {0,   31,  59,  90,  120, 151,
                                        181, 212, 243, 273, 304, 334};
    unsigned year = (unsigned)t->year;
    unsigned past = year - 1;
    uint64_t days;

    if (t->year < 1970) {
        return 0;
    }
    /* 477 leap days lie before 1970. */
    days = (uint64_t)(year - 1970) * 365 +
           (past / 4 - past / 100 + past / 400 - 477) + before[t->mon - 1] +
           (t->mon > 2 && leap(year) ? 1u : 0u) + (unsigned)t->day - 1;
    return days * 86400 + (unsigned)(t->hour * 3600 + t->min * 60 + t->sec);
}

/*
 * Validity of the end entity and what lies between it and the anchor. The
 * anchor is not judged: RFC 5280 6.1.1 (d) takes its name and key from it and
 * nothing else, and a device in the field whose firmware names an anchor could
 * otherwise never reach the CA again to learn of the next one.
 */
static int judge(const mbedtls_x509_crt *chain, const struct lwcmp_time *time)
{
    if (time->clock == LWCMP_TIME_UNKNOWN) {
        return LWCMP_OK;
    }
    for (; chain != NULL; chain = chain->next) {
        if (time->seconds > seconds(&chain->valid_to)) {
            return LWCMP_ERR_EXPIRED;
        }
        if (time->clock == LWCMP_TIME_EXACT &&
            time->seconds + LWCMP_CLOCK_SKEW < seconds(&chain->valid_from)) {
            return LWCMP_ERR_NOT_YET_VALID;
        }
    }
    return LWCMP_OK;
}

int lwcmp_crypto_path(const struct lwcmp_bytes *path, size_t count,
                      const struct lwcmp_time *time)
{
    mbedtls_x509_crt chain, anchor;
    int err = count > 0 ? LWCMP_OK : LWCMP_ERR_UNTRUSTED;
    size_t i;

    mbedtls_x509_crt_init(&chain);
    mbedtls_x509_crt_init(&anchor);
    for (i = 0; i < count && !err; i++) {
        bool last = i > 0 && i == count - 1;

        err = parse(last ? &anchor : &chain, path[i]);
    }
    if (!err && count > 1) {
        err = verify(&chain, &anchor, count);
    }
    if (!err) {
        err = judge(&chain, time);
    }
    mbedtls_x509_crt_free(&chain);
    mbedtls_x509_crt_free(&anchor);
    return err;
}
