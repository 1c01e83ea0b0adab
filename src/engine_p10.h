/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is different where a PKCS #10 request of the caller's goes out (RFC
 * 9483 4.1.4): the body, the number of the request, and that the engine has no
 * part in the key. In a build without all folds to what is done otherwise.
 */
#ifndef LWCMP_ENGINE_P10_H
#define LWCMP_ENGINE_P10_H

#include "body_confirm.h"
#include "engine.h"
#include "own_sig.h"

static inline bool lwcmp_is_p10(const struct lwcmp *c)
{
    return LWCMP_WITH_P10CR && c->request->operation == LWCMP_P10CR;
}

#if LWCMP_WITH_P10CR

/* Whether the request is in order; 0 for those that have no CSR. */
int lwcmp_p10_check(const struct lwcmp_request *request);

/* LWCMP_ERR_KEY where the slots do not hold what belongs there (lwcmp.h). */
int lwcmp_p10_check_slots(const struct lwcmp *c);

/* The CRC goes on over what is asked for. */
uint32_t lwcmp_p10_digest(const struct lwcmp *c, uint32_t crc);

/*
 * Whether SubjectPublicKeyInfo is that of the key; or of the CSR, if there is
 * one: 0, or LWCMP_ERR_CERT_KEY.
 */
int lwcmp_p10_match(const struct lwcmp *c, lwcmp_key key,
                    const struct lwcmp_bytes *spki);

/* p10cr [4] CertificationRequest */
static inline void lwcmp_p10_put(const struct lwcmp *c, struct lwcmp_der_out *o)
{
    lwcmp_der_put_raw(o, c->request->csr.p, c->request->csr.n);
}

/*
 * ip, cp or kup, into c->answer; notes the number that the CA has for the
 * request.
 */
int lwcmp_p10_read_cert(struct lwcmp *c);

/* The octet of certReqId. */
uint8_t lwcmp_p10_number(const struct lwcmp *c);

#else

static inline int lwcmp_p10_check(const struct lwcmp_request *request)
{
    (void)request;
    return 0;
}

static inline int lwcmp_p10_check_slots(const struct lwcmp *c)
{
    (void)c;
    return 0;
}

static inline uint32_t lwcmp_p10_digest(const struct lwcmp *c, uint32_t crc)
{
    (void)c;
    return crc;
}

static inline int lwcmp_p10_match(const struct lwcmp *c, lwcmp_key key,
                                  const struct lwcmp_bytes *spki)
{
    return lwcmp_own_match(c->config, key, spki);
}

static inline void lwcmp_p10_put(const struct lwcmp *c, struct lwcmp_der_out *o)
{
    (void)c;
    (void)o;
}

static inline int lwcmp_p10_read_cert(struct lwcmp *c)
{
    return lwcmp_body_cert_read(&c->in.content, &c->answer);
}

static inline uint8_t lwcmp_p10_number(const struct lwcmp *c)
{
    (void)c;
    return 0;
}

#endif

/* certReqId of what is polled for: the number of the request, or -1. */
static inline enum lwcmp_poll_id lwcmp_p10_poll_id(const struct lwcmp *c)
{
    return c->journal.waits == LWCMP_WAITS_RESPONSE && lwcmp_p10_number(c) == 0
               ? LWCMP_POLL_RESPONSE
               : LWCMP_POLL_MESSAGE;
}

#endif
