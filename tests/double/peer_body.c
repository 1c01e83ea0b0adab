/* SPDX-License-Identifier: Apache-2.0 */
/* What the peer puts into a body. */
#include <string.h>

#include "cert_make.h"
#include "peer_inside.h"
#include "peer_key.h"

/* CertificationRequest: subjectPKInfo is behind version and subject. */
static int read_csr(struct lwcmp_bytes in, struct lwcmp_bytes *spki)
{
    struct lwcmp_bytes b;
    int err = lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &in);

    err |= lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &in);
    err |= lwcmp_der_take(&in, LWCMP_DER_INTEGER, &b);
    err |= lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &b);
    return err | lwcmp_der_take_whole(&in, LWCMP_DER_SEQUENCE, spki);
}

/* CertReqMessages: publicKey [6] is behind the subject of the CertTemplate. */
static int read_template(struct lwcmp_bytes in, struct lwcmp_bytes *spki)
{
    struct lwcmp_bytes b;
    int err = 0;

    for (int depth = 0; depth < 3; depth++) {
        err |= lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &in);
    }
    err |= lwcmp_der_take(&in, LWCMP_DER_INTEGER, &b);
    err |= lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &in);
    err |= lwcmp_der_take(&in, LWCMP_DER_CTX(5), &b);
    return err | lwcmp_der_take_whole(&in, LWCMP_DER_CTX(6), spki);
}

size_t peer_read_key(const struct lwcmp_message *m, uint8_t *spki, size_t cap)
{
    struct lwcmp_bytes b;

    peer_check(m->type == LWCMP_BODY_P10CR ? read_csr(m->content, &b)
                                           : read_template(m->content, &b));
    peer_check(b.n > cap);
    memcpy(spki, b.p, b.n);
    spki[0] = LWCMP_DER_SEQUENCE;
    return b.n;
}

void peer_note_request(struct peer *p)
{
    bool confirm = p->in.type == LWCMP_BODY_CERTCONF;

    p->sign = p->sign != (p->answers == p->turns_at);
    p->introduces = p->answers == 1 || p->answers == p->turns_at;
    if (p->in.type == LWCMP_BODY_POLLREQ) {
        p->waiting = p->polls > 0;
        p->polls -= p->polls > 0;
        return;
    }
    p->asked = p->in.type;
    memcpy(p->first_nonce, p->in.sender_nonce.p, sizeof p->first_nonce);
    p->waiting = confirm ? p->waits_at_confirm : p->waits;
    if (p->asked <= LWCMP_BODY_KUR) {
        p->spki_n = peer_read_key(&p->in, p->spki, sizeof p->spki);
    }
}

void peer_put_implicit(struct lwcmp_der_out *o)
{
    static lwcmp_oid implicit_confirm = {8,    0x2b, 0x06, 0x01, 0x05,
                                         0x05, 0x07, 0x04, 0x0d};

    lwcmp_der_open(o, LWCMP_DER_CTX(8));
    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    lwcmp_oid_put(o, implicit_confirm);
    lwcmp_der_put(o, LWCMP_DER_NULL, NULL, 0);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}

void peer_put_cert(struct peer *p, struct lwcmp_der_out *o)
{
    struct cert_make what = {.subject = "device",
                             .issuer = p->intermediate ? "Sub" : "Root",
                             .serial = p->serial,
                             .ski = 9,
                             .aki = p->intermediate ? 4
                                    : p->root_kid   ? p->root_kid
                                                    : 1,
                             .dns = "device.example"};
    uint8_t spki[128];

    if (peer_has(p, PEER_BAD_CERT)) {
        lwcmp_der_put(o, LWCMP_DER_SEQUENCE, NULL, 0);
        return;
    }
    what.unknown_sig = peer_has(p, PEER_UNKNOWN_SIG);
    if (peer_has(p, PEER_FOREIGN_CHAIN)) {
        what.issuer = "Somebody else";
    }
    what.spki = (struct lwcmp_bytes){p->spki, p->spki_n};
    peer_key_change(p, &what.spki, spki);
    if (peer_has(p, PEER_OTHER_KEY)) {
        what.spki = peer_spki(PEER_DEVICE_KEY, spki, sizeof spki);
    }
    peer_custom_issue(p, &what);
    (void)cert_make(o, &what);
}

static void put_status_of(struct lwcmp_der_out *o, uint32_t status)
{
    static const uint8_t text[] = {0x30, 0x06, 0x0c, 0x04, 'w', 'h', 'y', '?'};
    static const uint8_t bad_pop[] = {0x03, 0x03, 0x06, 0x00, 0x40};

    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    lwcmp_der_put_int(o, status);
    lwcmp_der_put_raw(o, text, sizeof text);
    if (status == LWCMP_PKI_REJECTION) {
        lwcmp_der_put_raw(o, bad_pop, sizeof bad_pop);
    }
    lwcmp_der_close(o);
}

#define KEY_UPDATE_WARNING 6

static uint32_t status(const struct peer *p)
{
    return peer_has(p, PEER_KEY_UPDATE_WARNING)  ? KEY_UPDATE_WARNING
           : peer_has(p, PEER_REJECTS)           ? LWCMP_PKI_REJECTION
           : p->waiting                          ? LWCMP_PKI_WAITING
           : peer_has(p, PEER_GRANTED_WITH_MODS) ? LWCMP_PKI_GRANTED_WITH_MODS
                                                 : LWCMP_PKI_ACCEPTED;
}

void peer_put_status(const struct peer *p, struct lwcmp_der_out *o)
{
    put_status_of(o, status(p));
}

static void put_ca_pubs(struct peer *p, struct lwcmp_der_out *o)
{
    struct cert_make other = {.subject = "other", .issuer = "Root", .aki = 1};
    uint8_t spki[128];
    struct lwcmp_bytes root = peer_root();

    lwcmp_der_open(o, LWCMP_DER_CTX(1));
    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    if (p->more_ca_pubs) {
        other.spki = peer_spki(PEER_DEVICE_KEY, spki, sizeof spki);
        (void)cert_make(o, &other);
    }
    if (peer_has(p, PEER_CERT_IN_CA_PUBS)) {
        peer_put_cert(p, o);
    }
    if (!p->no_root) {
        lwcmp_der_put_raw(o, root.p, root.n);
    }
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}

/* Whether the request is -1 to it, or 0. */
static bool is_minus_one(const struct peer *p)
{
    return p->asked == LWCMP_BODY_P10CR && !p->zero_id;
}

static const uint8_t minus_one = 0xff;

static void put_number(const struct peer *p, struct lwcmp_der_out *o)
{
    if (is_minus_one(p) && !peer_has(p, PEER_CERT_REQ_ID)) {
        lwcmp_der_put(o, LWCMP_DER_INTEGER, &minus_one, 1);
    } else {
        lwcmp_der_put_int(o, peer_has(p, PEER_CERT_REQ_ID) ? 1 : 0);
    }
}

void peer_put_roots(const struct peer *p, struct lwcmp_der_out *o)
{
    struct cert_make other = {
        .subject = "Other", .issuer = "Other", .ski = 6, .aki = 6};
    uint8_t spki[128];
    struct lwcmp_bytes root = peer_root();

    other.spki = peer_spki(PEER_DEVICE_KEY, spki, sizeof spki);
    for (unsigned i = 0; i < p->other_roots; i++) {
        (void)cert_make(o, &other);
    }
    if (p->root_comes) {
        lwcmp_der_put_raw(o, root.p, root.n);
    }
}

/* What is in CertifiedKeyPair. */
void peer_put_pair(struct peer *p, struct lwcmp_der_out *o)
{
    if (peer_key_put_cert(p, o)) {
        return;
    }
    lwcmp_der_open(o, LWCMP_DER_CTX(0));
    peer_put_cert(p, o);
    lwcmp_der_close(o);
    peer_key_put(p, o);
}

bool peer_grants(const struct peer *p)
{
    return status(p) <= LWCMP_PKI_GRANTED_WITH_MODS &&
           !peer_has(p, PEER_STATUS_WITHOUT_CERT);
}

static void put_cert_answer(struct peer *p, struct lwcmp_der_out *o)
{
    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    if (p->ca_pubs) {
        put_ca_pubs(p, o);
    }
    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    put_number(p, o);
    peer_put_status(p, o);
    if (peer_grants(p)) {
        lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
        peer_put_pair(p, o);
        lwcmp_der_close(o);
    }
    lwcmp_der_close(o);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}

/* Only certificate requests have a response of their own that could wait. */
static bool waits_as_a_whole(const struct peer *p)
{
    return p->waits_by_error || p->asked > LWCMP_BODY_KUR;
}

static bool waits_by_error(const struct peer *p)
{
    return p->waiting && p->in.type != LWCMP_BODY_POLLREQ &&
           (p->waits_by_error ||
            (waits_as_a_whole(p) && p->asked != LWCMP_BODY_KRR));
}

/* PKIStatusInfo of a rejection with a failInfo. */
static const struct refusal {
    enum peer_fault fault;
    uint8_t octets[12];
} refusals[] = {
    /* systemUnavail */
    {PEER_BUSY,
     {0x30, 0x0a, 0x02, 0x01, 0x02, 0x03, 0x05, 0x07, 0x00, 0x00, 0x00, 0x80}},
    /* transactionIdInUse */
    {PEER_ID_IN_USE,
     {0x30, 0x09, 0x02, 0x01, 0x02, 0x03, 0x04, 0x02, 0x00, 0x00, 0x04}},
    /* certConfirmed */
    {PEER_CONFIRMED,
     {0x30, 0x08, 0x02, 0x01, 0x02, 0x03, 0x03, 0x04, 0x00, 0x10}},
    /* badCertTemplate */
    {PEER_KEY_USED,
     {0x30, 0x09, 0x02, 0x01, 0x02, 0x03, 0x04, 0x04, 0x00, 0x00, 0x10}},
    /* duplicateCertReq */
    {PEER_DUPLICATE,
     {0x30, 0x0a, 0x02, 0x01, 0x02, 0x03, 0x05, 0x05, 0x00, 0x00, 0x00, 0x20}},
    /* signerNotTrusted */
    {PEER_UNTRUSTED,
     {0x30, 0x09, 0x02, 0x01, 0x02, 0x03, 0x04, 0x03, 0x00, 0x00, 0x08}},
    /* certRevoked */
    {PEER_REVOKED,
     {0x30, 0x08, 0x02, 0x01, 0x02, 0x03, 0x03, 0x05, 0x00, 0x20}},
};

static const struct refusal *find_refusal(const struct peer *p)
{
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        if (peer_has(p, refusals[i].fault)) {
            return &refusals[i];
        }
    }
    return NULL;
}

static bool is_error(const struct peer *p)
{
    return peer_has(p, PEER_ERROR) || peer_has(p, PEER_CLAIM) ||
           peer_has(p, PEER_CLAIM_WAITING) || peer_has(p, PEER_BAD_ERROR) ||
           find_refusal(p) || waits_by_error(p);
}

static void put_error(struct peer *p, struct lwcmp_der_out *o)
{
    const struct refusal *refusal = find_refusal(p);
    bool waits = waits_by_error(p) || peer_has(p, PEER_CLAIM_WAITING);

    lwcmp_der_open(o, LWCMP_DER_CTX(LWCMP_BODY_ERROR));
    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    if (refusal) {
        lwcmp_der_put_raw(o, refusal->octets, refusal->octets[1] + 2u);
    } else {
        put_status_of(o, waits ? LWCMP_PKI_WAITING : LWCMP_PKI_REJECTION);
    }
    if (peer_has(p, PEER_BAD_ERROR)) {
        lwcmp_der_put(o, LWCMP_DER_SEQUENCE, NULL, 0); /* errorDetails */
    }
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}

static void put_poll_rep(struct peer *p, struct lwcmp_der_out *o)
{
    static const uint8_t zero = 0;
    static const uint8_t text[] = {0x30, 0x06, 0x0c, 0x04, 'w', 'h', 'y', '?'};
    bool whole = waits_as_a_whole(p) || is_minus_one(p);

    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    lwcmp_der_put(o, LWCMP_DER_INTEGER,

                  whole != peer_has(p, PEER_POLL_ID) ? &minus_one : &zero, 1);
    if (peer_has(p, PEER_POLL_NEGATIVE)) {
        lwcmp_der_put(o, LWCMP_DER_INTEGER, &minus_one, 1);
    } else {
        lwcmp_der_put_int(o, p->check_after);
    }
    lwcmp_der_put_raw(o, text, sizeof text);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}

/* What is due, or what it takes for that. */
static uint8_t answer_type(const struct peer *p)
{
    if (p->asked == LWCMP_BODY_CERTCONF) {
        return LWCMP_BODY_PKICONF;
    }
    if (p->as) {
        return p->as;
    }
    return p->asked == LWCMP_BODY_P10CR ? (uint8_t)LWCMP_BODY_CP
                                        : (uint8_t)(p->asked + 1);
}

static uint8_t choose_type(const struct peer *p)
{
    bool confirm = p->asked == LWCMP_BODY_CERTCONF;

    if (peer_has(p, PEER_WRONG_BODY)) {
        return confirm ? LWCMP_BODY_IP : LWCMP_BODY_PKICONF;
    }
    if (p->waiting && p->in.type == LWCMP_BODY_POLLREQ &&
        !peer_has(p, PEER_POLL_AGAIN) && !peer_has(p, PEER_POLL_REPLAY)) {
        return LWCMP_BODY_POLLREP;
    }
    return answer_type(p);
}

void peer_put_body(struct peer *p, struct lwcmp_der_out *o)
{
    uint8_t type = choose_type(p);

    if (is_error(p)) {
        put_error(p, o);
        return;
    }
    lwcmp_der_open(o, LWCMP_DER_CTX(type));
    if (type == LWCMP_BODY_PKICONF && peer_has(p, PEER_BAD_PKICONF)) {
        lwcmp_der_put(o, LWCMP_DER_SEQUENCE, NULL, 0);
    } else if (type == LWCMP_BODY_PKICONF) {
        lwcmp_der_put(o, LWCMP_DER_NULL, NULL, 0);
    } else if (type == LWCMP_BODY_POLLREP) {
        put_poll_rep(p, o);
    } else if (p->reply.n > 0) {
        lwcmp_der_put_raw(o, p->reply.p, p->reply.n);
    } else if (p->asked == LWCMP_BODY_CERTCONF) {
        lwcmp_der_put(o, LWCMP_DER_SEQUENCE, NULL, 0);
    } else if (type == LWCMP_BODY_KRP) {
        peer_put_recovery(p, o);
    } else {
        put_cert_answer(p, o);
    }
    lwcmp_der_close(o);
}
