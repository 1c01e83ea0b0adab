/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Trust anchors over a life. What is learned here is believed for decades, so
 * all of it is checked before the one write.
 */
#include "lwcmp/anchors.h"

#include <string.h>

#include "bytes.h"
#include "cert.h"
#include "lwcmp/lifecycle.h"

/* KeyUsage ::= BIT STRING { ..., keyCertSign (5), ... }, where it is there. */
static bool may_sign_certs(const struct lwcmp_cert *cert)
{
    const struct lwcmp_bytes *bits = &cert->key_usage;

    return bits->p == NULL || (bits->n >= 2 && (bits->p[1] & 0x04) != 0);
}

#if LWCMP_WITH_EXTENSIONS
static inline bool is_ca(const struct lwcmp_cert *cert)
{
    return lwcmp_cert_is_ca(cert);
}
#else
/* Extension, which was seen to be well-formed (RFC 5280 4.1). */
struct extension {
    struct lwcmp_bytes id, value;
};

static const struct lwcmp_der_field fields[] = {
    {LWCMP_DER_OID, 0, 0, offsetof(struct extension, id)},
    {LWCMP_DER_BOOLEAN, 0, LWCMP_DER_OPTIONAL, LWCMP_DER_IGNORED},
    {LWCMP_DER_OCTET_STRING, 0, LWCMP_DER_LAST,
     offsetof(struct extension, value)},
};

/*
 * BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, ... } -- 4.2.1.9
 *
 * Extensions stand behind the public key; behind unique identifiers, which no
 * CA may write any more, they are not looked for.
 */
static bool is_ca(const struct lwcmp_cert *cert)
{
    static const uint8_t basic_constraints[] = {0x55, 0x1d, 0x13};
    const uint8_t *p = cert->spki.p + cert->spki.n;
    struct lwcmp_bytes row = {p, (size_t)(cert->der.p + cert->der.n - p)};
    struct lwcmp_bytes der;
    struct extension e;

    (void)lwcmp_der_take(&row, LWCMP_DER_CTX(3), &row);
    (void)lwcmp_der_take(&row, LWCMP_DER_SEQUENCE, &row);
    while (lwcmp_der_take_whole(&row, LWCMP_DER_SEQUENCE, &der) == 0) {
        (void)lwcmp_der_read(&der, fields, &e);
        if (lwcmp_bytes_are(&e.id, basic_constraints,
                            sizeof basic_constraints)) {
            return lwcmp_der_take(&e.value, LWCMP_DER_SEQUENCE, &e.value) ==
                       0 &&
                   lwcmp_der_take(&e.value, LWCMP_DER_BOOLEAN, &e.value) == 0 &&
                   e.value.p[0] != 0;
        }
    }
    return false;
}
#endif

/*
 * What can be seen without crypto. Only a root's own name may stand in all
 * places: a subordinate CA, too, has a certificate by the root for its key,
 * and could make itself an anchor by it, for ever and without constraints.
 */
static int check_pair(const struct lwcmp_bytes pair[2])
{
    struct lwcmp_cert root;
    struct lwcmp_cert link;

    if (lwcmp_cert_read(&pair[0], &root) || lwcmp_cert_read(&pair[1], &link)) {
        return LWCMP_ERR_CERT_SYNTAX;
    }
    if (!lwcmp_bytes_equal(&root.spki, &link.spki) ||
        !lwcmp_bytes_equal(&root.subject, &link.subject)) {
        return LWCMP_ERR_CERT_KEY;
    }
    if (!lwcmp_bytes_equal(&root.subject, &root.issuer) || !is_ca(&root) ||
        !may_sign_certs(&root)) {
        return LWCMP_ERR_CERT_CHAIN;
    }
    return lwcmp_bytes_equal(&link.subject, &link.issuer) ? 0
                                                          : LWCMP_ERR_UNTRUSTED;
}

/* Learned anchors while they are worked on, and those configured. */
struct known {
    struct lwcmp_bytes learned, configured;
};

static int load(const struct lwcmp_anchors *anchors, struct known *known)
{
    const struct lwcmp_store *store = anchors->store;

    known->configured = anchors->configured;
    known->learned.p = anchors->buffer;
    return store->read(store->context, LWCMP_RECORD_ANCHORS, anchors->buffer,
                       anchors->buffer_size, &known->learned.n);
}

/* Takes the next anchor off one of the rows. */
static bool take_next(struct known *rest, struct lwcmp_bytes *der)
{
    return lwcmp_cert_next(&rest->learned, der) ||
           lwcmp_cert_next(&rest->configured, der);
}

/*
 * The new key has signed new_with_new, and an anchor's key new_with_old. Two
 * paths rather than one of three: new_with_old is no step towards a
 * pathLenConstraint of the old root (RFC 5280 6.1.4 (l)), and not every
 * provider knows that. Each anchor is tried: a root that has had a successor
 * before shares its name with it. Of the reasons the one that says more than
 * "not this one" is given.
 */
static int check_signatures(struct known rest, const struct lwcmp_time *time,
                            const struct lwcmp_bytes pair[2])
{
    struct lwcmp_bytes path[2] = {pair[1], {NULL, 0}};
    int why = LWCMP_ERR_UNTRUSTED;
    int err = lwcmp_crypto_path(pair, 2, time);

    if (err) {
        return err == LWCMP_ERR_UNTRUSTED ? LWCMP_ERR_CERT_CHAIN : err;
    }
    while (take_next(&rest, &path[1])) {
        err = lwcmp_crypto_path(path, 2, time);
        if (err == 0) {
            return 0;
        }
        if (err != LWCMP_ERR_UNTRUSTED) {
            why = err;
        }
    }
    return why;
}

/* The end of its life; 0: unknown. */
static uint64_t end_of(struct lwcmp_bytes certificate)
{
    struct lwcmp_validity validity;

    (void)lwcmp_validity_next(&certificate, &validity);
    return validity.until;
}

/* For certain, however much a clock is ahead. */
static bool has_expired(const struct lwcmp_bytes *certificate,
                        const struct lwcmp_time *time)
{
    uint64_t end = end_of(*certificate);

    return end > 0 && time->clock != LWCMP_TIME_UNKNOWN &&
           time->seconds > end + LWCMP_CLOCK_SKEW;
}

/*
 * Writes the learned anchors that have not expired, and one more behind them.
 * A record that does not fit the buffer could never be loaded again.
 */
static int keep(const struct lwcmp_anchors *anchors, struct lwcmp_bytes learned,
                const struct lwcmp_bytes *more)
{
    const struct lwcmp_store *store = anchors->store;
    struct lwcmp_bytes parts[2] = {{anchors->buffer, 0}, *more};
    struct lwcmp_bytes der;
    size_t n = learned.n;

    while (lwcmp_cert_next(&learned, &der)) {
        if (!has_expired(&der, &anchors->time)) {
            memmove(anchors->buffer + parts[0].n, der.p, der.n);
            parts[0].n += der.n;
        }
    }
    if (more->n > anchors->buffer_size - parts[0].n) {
        return LWCMP_ERR_BUFFER;
    }
    return parts[0].n == n && more->n == 0
               ? 0
               : store->write(store->context, LWCMP_RECORD_ANCHORS, parts, 2);
}

int lwcmp_anchor_update(const struct lwcmp_anchors *anchors,
                        const struct lwcmp_bytes *new_with_new,
                        const struct lwcmp_bytes *new_with_old)
{
    struct lwcmp_bytes pair[2] = {*new_with_new, *new_with_old};
    struct known known;
    int err = check_pair(pair);

    if (err == 0) {
        err = load(anchors, &known);
    }
    if (err || lwcmp_cert_in_row(new_with_new, known.learned) ||
        lwcmp_cert_in_row(new_with_new, known.configured)) {
        return err;
    }
    err = check_signatures(known, &anchors->time, pair);
    return err ? err : keep(anchors, known.learned, new_with_new);
}

/*
 * Where no anchor is left that has not expired, it may be the clock that is
 * wrong, and all of them stay.
 */
int lwcmp_anchors_clear(const struct lwcmp_anchors *anchors)
{
    static const struct lwcmp_bytes none;
    struct lwcmp_bytes der;
    struct known known;
    struct known rest;
    int err = load(anchors, &known);

    if (err) {
        return err;
    }
    rest = known;
    while (take_next(&rest, &der)) {
        if (end_of(der) >= anchors->time.seconds) {
            return keep(anchors, known.learned, &none);
        }
    }
    return 0;
}
