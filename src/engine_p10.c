/* SPDX-License-Identifier: Apache-2.0 */
#include "engine_p10.h"

#if LWCMP_WITH_P10CR

#include "csr.h"
#include "quirks.h"
#include "record.h"

/* A peer is not to blame for a bad request, and the platform is not either. */
int lwcmp_p10_check(const struct lwcmp_request *request)
{
    struct lwcmp_csr csr;
    int err;

    if (request->operation != LWCMP_P10CR) {
        return request->csr.n > 0 ? LWCMP_ERR_CONFIG : 0;
    }
    if (request->subject.n > 0 || request->extensions.n > 0) {
        return LWCMP_ERR_CONFIG;
    }
    err = lwcmp_csr_read(&request->csr, &csr);
    if (err == 0) {
        err = lwcmp_csr_check(&csr);
    }
    return err < LWCMP_ERR_HTTP ? err : LWCMP_ERR_CONFIG;
}

/*
 * Whether the key of a slot is that of the CSR. LWCMP_ERR_KEY: there is none;
 * LWCMP_ERR_CERT_KEY: it is another one.
 */
static int look_at(const struct lwcmp *c, unsigned slot)
{
    lwcmp_key key = c->config->key_slot[slot];
    struct lwcmp_csr csr;
    int err = lwcmp_own_is_there(c->config, key);

    (void)lwcmp_csr_read(&c->request->csr, &csr);
    return err ? err : lwcmp_own_match(c->config, key, &csr.spki);
}

/*
 * A key that stays beside a certificate of another one would sign, and nobody
 * would believe it. And the key of the old identity goes with that identity.
 */
int lwcmp_p10_check_slots(const struct lwcmp *c)
{
    int err = look_at(c, c->slot);

    if (err == LWCMP_ERR_CERT_KEY) {
        return LWCMP_ERR_KEY;
    }
    if (err && (err != LWCMP_ERR_KEY || c->request->key_is_there)) {
        return err;
    }
    err = look_at(c, 1u - c->slot);
    if (err == 0) {
        return LWCMP_ERR_KEY;
    }
    return err == LWCMP_ERR_KEY || err == LWCMP_ERR_CERT_KEY ? 0 : err;
}

/* Not over the signature: signed again, it is the same request. */
uint32_t lwcmp_p10_digest(const struct lwcmp *c, uint32_t crc)
{
    struct lwcmp_csr csr;

    if (lwcmp_csr_read(&c->request->csr, &csr) == 0) {
        crc = lwcmp_record_crc_of(crc, &csr.info);
    }
    return crc;
}

int lwcmp_p10_match(const struct lwcmp *c, lwcmp_key key,
                    const struct lwcmp_bytes *spki)
{
    struct lwcmp_csr csr;

    if (!lwcmp_is_p10(c)) {
        return lwcmp_own_match(c->config, key, spki);
    }
    (void)lwcmp_csr_read(&c->request->csr, &csr);
    return lwcmp_csr_match(&csr, spki);
}

uint8_t lwcmp_p10_number(const struct lwcmp *c)
{
    if ((c->journal.marks & LWCMP_MARK_NUMBER_0) != 0 || !lwcmp_is_p10(c)) {
        return 0;
    }
    return 0xff;
}

int lwcmp_p10_read_cert(struct lwcmp *c)
{
    int err;

    c->journal.marks &= LWCMP_MARK_SENT_KEY;
    err = lwcmp_body_cert_read_of(&c->in.content, &c->answer,
                                  lwcmp_p10_number(c));
    if (err == LWCMP_ERR_CERT_REQ_ID && c->config->allow_cert_req_id_0) {
        err = lwcmp_body_cert_read_of(&c->in.content, &c->answer, 0);
        if (err == 0) {
            c->journal.marks |= LWCMP_MARK_NUMBER_0;
            lwcmp_quirks_note(c, LWCMP_QUIRK_CERT_REQ_ID_0);
        }
    }
    return err;
}

#endif
