/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tolerances (lwcmp/quirks.h). The strict code asks here where it would fail,
 * and without LWCMP_WITH_QUIRKS the answer is what it would say by itself.
 */
#ifndef LWCMP_QUIRKS_OWN_H
#define LWCMP_QUIRKS_OWN_H

#include "engine.h"
#include "lwcmp/quirks.h"

/* How the answer is protected: as our message is, or so it seems. */
static inline uint8_t lwcmp_quirks_answer(const struct lwcmp *c)
{
    return LWCMP_WITH_QUIRKS ? c->peer.kind : c->own.kind;
}

/* A tolerance that is asked for elsewhere has acted. */
static inline void lwcmp_quirks_note(struct lwcmp *c, enum lwcmp_quirk quirk)
{
#if LWCMP_WITH_QUIRKS
    c->quirks_used |= (uint32_t)quirk;
#else
    (void)c;
    (void)quirk;
#endif
}

#if LWCMP_WITH_QUIRKS

/* Whether all that is asked for is known. */
bool lwcmp_quirks_fit(const struct lwcmp_config *config);

/* Whether a tolerance is asked for; if so it has acted. */
bool lwcmp_quirks_allow(struct lwcmp *c, enum lwcmp_quirk quirk);

/* What is said of us in the header of our message. */
void lwcmp_quirks_put_header(struct lwcmp *c, struct lwcmp_pki_header *h,
                             const struct lwcmp_bytes *null_dn);

/* This body cannot answer that message: 0 if it may, and is taken for due. */
int lwcmp_quirks_body(struct lwcmp *c, uint8_t answered);

/* The header is wrong, by this error: gives back what is to be said of it. */
int lwcmp_quirks_header(struct lwcmp *c, int err);

/* Protection is missing: gives back the error. */
int lwcmp_quirks_unprotected(struct lwcmp *c);

/*
 * It is protected in the other way than our message; the last answer was in
 * the way `before`. 0 if it may be.
 */
int lwcmp_quirks_kind(struct lwcmp *c, uint8_t before);

/* Before senderKID is looked at. */
void lwcmp_quirks_kid(struct lwcmp *c);

/* There is no anchor: 0 if one may come. */
int lwcmp_quirks_no_anchor(const struct lwcmp *c);

/*
 * No path leads from the signer to an anchor, which is this error: 0 if
 * another one counts.
 */
int lwcmp_quirks_path(struct lwcmp *c, const struct lwcmp_cert *cert, int err);

/* The anchor that a believed ip brings along for its certificate. */
void lwcmp_quirks_anchor(struct lwcmp *c);

#else

static inline bool lwcmp_quirks_fit(const struct lwcmp_config *config)
{
    (void)config;
    return true;
}

static inline bool lwcmp_quirks_allow(struct lwcmp *c, enum lwcmp_quirk quirk)
{
    (void)c;
    (void)quirk;
    return false;
}

static inline void lwcmp_quirks_put_header(struct lwcmp *c,
                                           struct lwcmp_pki_header *h,
                                           const struct lwcmp_bytes *null_dn)
{
    (void)c;
    (void)h;
    (void)null_dn;
}

static inline int lwcmp_quirks_body(struct lwcmp *c, uint8_t answered)
{
    (void)c;
    (void)answered;
    return LWCMP_ERR_UNEXPECTED;
}

static inline int lwcmp_quirks_header(struct lwcmp *c, int err)
{
    (void)c;
    return err;
}

static inline int lwcmp_quirks_unprotected(struct lwcmp *c)
{
    (void)c;
    return LWCMP_ERR_UNPROTECTED;
}

static inline int lwcmp_quirks_kind(struct lwcmp *c, uint8_t before)
{
    (void)c;
    (void)before;
    return LWCMP_ERR_WRONG_KIND;
}

static inline void lwcmp_quirks_kid(struct lwcmp *c)
{
    (void)c;
}

static inline int lwcmp_quirks_no_anchor(const struct lwcmp *c)
{
    (void)c;
    return LWCMP_ERR_NO_ANCHOR;
}

static inline int lwcmp_quirks_path(struct lwcmp *c,
                                    const struct lwcmp_cert *cert, int err)
{
    (void)c;
    (void)cert;
    return err;
}

static inline void lwcmp_quirks_anchor(struct lwcmp *c)
{
    (void)c;
}

#endif

#endif
