/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tolerances for servers that do not keep to RFC 9483, with LWCMP_WITH_QUIRKS:
 * bits of `quirks` in struct lwcmp_config, none by default. Each gives up one
 * check and no other; docs/quirks.md says which servers need it, and what it
 * costs.
 */
#ifndef LWCMP_QUIRKS_H
#define LWCMP_QUIRKS_H

#include "lwcmp/lwcmp.h"

enum lwcmp_quirk {
    /*
     * Under a secret our sender is NULL-DN and only senderKID has the
     * reference number (RFC 9810 5.1.1, C.4), not commonName as well (RFC 9483
     * 3.1).
     */
    LWCMP_QUIRK_NULL_SENDER = 1 << 0,

    /*
     * What is asked for under a secret may be answered by a signature (RFC
     * 9483 3.2 forbids it). The signer needs what any signer does: a path to
     * a trust anchor and the right to answer. caPubs of such an answer are
     * not learned.
     */
    LWCMP_QUIRK_SIGNED_ANSWERS = 1 << 1,

    /*
     * These are told where they have acted, but not asked for here: they are
     * allow_hmac_sha1, allow_cert_req_id_0 and allow_loose_cms in struct
     * lwcmp_config.
     */
    LWCMP_QUIRK_HMAC_SHA1 = 1 << 2,
    LWCMP_QUIRK_CERT_REQ_ID_0 = 1 << 9,
    LWCMP_QUIRK_LOOSE_CMS = 1 << 10,

    /* A signed answer whose senderKID is our own has none (RFC 9483 3.5). */
    LWCMP_QUIRK_REFLECTED_KID = 1 << 3,

    /*
     * A rejection in ip, cp or kup may come without protection, and an error
     * message with a foreign transactionID, nonce or version (RFC 9483 3.5).
     * The attempt ends with LWCMP_ERR_PEER_CLAIM, whatever it says.
     */
    LWCMP_QUIRK_UNPROTECTED_NEGATIVE = 1 << 4,

    /* ip for cp or kup, and cp for ip (RFC 9483 3.5). */
    LWCMP_QUIRK_IP_FOR_CR = 1 << 5,

    /* The signer's keyUsage may lack digitalSignature (RFC 9483 3.5). */
    LWCMP_QUIRK_MISSING_KEY_USAGE = 1 << 6,

    /*
     * certConf without statusInfo; an empty one then turns a certificate down
     * (RFC 9810 5.3.18; RFC 9483 4.1.1 wants statusInfo).
     */
    LWCMP_QUIRK_NO_STATUS_INFO = 1 << 7,

    /*
     * INSECURE: trust on first use. For LWCMP_IR signed with a certificate of
     * the maker where there is no trust anchor at all: a root in extraCerts of
     * the ip counts for this ip and the new certificate, and is learned if the
     * new certificate leads to it (3GPP TS 33.310; RFC 9483 3.3 forbids it).
     */
    LWCMP_QUIRK_ANCHOR_IN_EXTRA_CERTS = 1 << 8
};

/* RFC 9483 as it stands. */
#define LWCMP_PRESET_LCMP 0u

/* Base stations, which have a certificate of their maker and no secret. */
#define LWCMP_PRESET_3GPP ((uint32_t)LWCMP_QUIRK_ANCHOR_IN_EXTRA_CERTS)

/*
 * Servers of the time of RFC 4210. Those that know nothing but HMAC-SHA1 want
 * allow_hmac_sha1 as well.
 */
#define LWCMP_PRESET_LEGACY                                                    \
    ((uint32_t)(LWCMP_QUIRK_NULL_SENDER | LWCMP_QUIRK_SIGNED_ANSWERS |         \
                LWCMP_QUIRK_REFLECTED_KID | LWCMP_QUIRK_UNPROTECTED_NEGATIVE | \
                LWCMP_QUIRK_IP_FOR_CR | LWCMP_QUIRK_MISSING_KEY_USAGE))

/*
 * The tolerances that have acted in this transaction, from lwcmp_begin() to
 * lwcmp_end(): without them it would have gone, or ended, in another way.
 */
#if LWCMP_WITH_QUIRKS
uint32_t lwcmp_quirks_used(const struct lwcmp *c);
#else
static inline uint32_t lwcmp_quirks_used(const struct lwcmp *c)
{
    (void)c;
    return 0;
}
#endif

#endif
