/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "body_cert.h"
#include "ca_inside.h"

void ca_init(struct ca *ca, const struct model *model,
             struct lwcmp_bytes reference, struct lwcmp_bytes secret)
{
    memset(ca, 0, sizeof *ca);
    ca->model = model;
    crypto_toy_secret_set(CA_SECRET, secret);
    peer_init(&ca->peer);
    ca_check(lwcmp_crypto_key_generate(CA_ROOT_KEY, LWCMP_EC_P256) == 0);
    ca->peer.at = 1;
    ca->peer.secret = CA_SECRET;
    ca->peer.reference = reference;
    ca->peer.check_after = 60;
}

void ca_fill_archive(struct ca *ca)
{
    struct ca_cert *c = &ca->cert[CA_ARCHIVED - 1];

    ca_make_key(ca, c);
    c->state = CA_CERT_CURRENT;
    c->issued = ca->now;
    ca->certs = ca->current = CA_ARCHIVED;
}

struct ca_cert *ca_cert(struct ca *ca, uint32_t serial)
{
    return serial >= 1 && serial <= ca->certs ? &ca->cert[serial - 1] : NULL;
}

struct ca_transaction *ca_find(struct ca *ca, const uint8_t id[16])
{
    for (unsigned i = 0; i < ca->transactions; i++) {
        if (memcmp(ca->transaction[i].id, id, 16) == 0) {
            return &ca->transaction[i];
        }
    }
    return NULL;
}

bool ca_accepts_cert(struct ca *ca, uint32_t serial)
{
    const struct ca_cert *c = ca_cert(ca, serial);

    return c != NULL && (c->state == CA_CERT_CURRENT ||
                         (c->state == CA_CERT_UNCONFIRMED &&
                          ca->model->forgets && !ca->model->revokes));
}

bool ca_would_issue(struct ca *ca, uint32_t asker,
                    const uint8_t spki[CRYPTO_TOY_SPKI])
{
    bool good = asker == 0 ? !ca->secret_spent : ca_accepts_cert(ca, asker);

    for (unsigned i = 0; i < ca->certs; i++) {
        if (memcmp(ca->cert[i].spki, spki, CRYPTO_TOY_SPKI) == 0) {
            return ca->model->reissues && (good || ca->cert[i].asker == asker);
        }
    }
    return good;
}

bool ca_forget(struct ca *ca)
{
    bool any = false;

    for (unsigned i = 0; i < ca->transactions && ca->model->forgets; i++) {
        struct ca_transaction *t = &ca->transaction[i];

        if (t->state == CA_WAITING || t->state == CA_OPEN) {
            t->state = CA_FAILED;
            any = true;
            if (t->serial != 0 && ca->model->revokes) {
                ca_cert(ca, t->serial)->state = CA_CERT_REVOKED;
            }
        }
    }
    return any;
}

/* From now on this certificate is the device's, and no other. */
static void confirm(struct ca *ca, struct ca_transaction *t)
{
    struct ca_cert *old = ca_cert(ca, ca->current);

    if (old != NULL && ca->current != t->serial) {
        old->state = CA_CERT_SUPERSEDED;
    }
    ca->current = t->serial;
    ca_cert(ca, t->serial)->state = CA_CERT_CURRENT;
    t->state = CA_CONFIRMED;
    if (t->asker == 0 && ca->model->spent != SPENT_NEVER) {
        ca->secret_spent = true;
    }
}

static void refuse(struct ca *ca)
{
    ca->peer.fault = PEER_ERROR;
}

/* For what it says of a request (RFC 9483 3.6.4). */
static void refuse_request(struct ca *ca, const struct ca_transaction *t)
{
    ca->peer.fault = PEER_ERROR;
    if (t->asker != 0 && !ca_accepts_cert(ca, t->asker)) {
        ca->peer.fault = PEER_UNTRUSTED;
        return;
    }
    for (unsigned i = 0; i < ca->certs; i++) {
        if (memcmp(ca->cert[i].spki, t->spki, sizeof t->spki) == 0) {
            ca->peer.fault = PEER_KEY_USED;
        }
    }
}

/* The peer answers with the certificate of a transaction. */
static void give(struct ca *ca, const struct ca_transaction *t)
{
    ca->peer.serial = t->serial;
    ca->peer.implicit = ca->model->implicit;
    ca->peer.ca_pubs = ca->model->learns && t->body == LWCMP_BODY_IR;
    memcpy(ca->peer.spki, t->spki, sizeof t->spki);
    ca->peer.spki_n = sizeof t->spki;
    ca_give_key(ca, t);
}

/* The serial of a new certificate. */
static uint32_t certify(struct ca *ca, const struct ca_transaction *t)
{
    struct ca_cert *c;

    ca_check(ca->certs < CA_MAX);
    c = &ca->cert[ca->certs++];
    c->state = CA_CERT_UNCONFIRMED;
    c->asker = t->asker;
    c->issued = ca->now;
    memcpy(c->spki, t->spki, sizeof c->spki);
    if (ca->model->key == KEY_BY_CA) {
        ca_make_key(ca, c);
    }
    return ca->certs;
}

static void issue(struct ca *ca, struct ca_transaction *t)
{
    if (!ca_would_issue(ca, t->asker, t->spki)) {
        t->state = CA_FAILED;
        refuse_request(ca, t);
        return;
    }
    t->serial = t->body == LWCMP_BODY_KRR ? CA_ARCHIVED : certify(ca, t);
    t->state = CA_OPEN;
    if (t->asker == 0 && ca->model->spent == SPENT_AT_ISSUE) {
        ca->secret_spent = true;
    }
    if (ca->model->implicit) {
        confirm(ca, t);
        ca->gave_away = true;
    }
    give(ca, t);
}

static bool is_same(const struct ca_transaction *t,
                    const struct ca_transaction *again)
{
    return t->body == again->body && t->asker == again->asker &&
           memcmp(t->nonce, again->nonce, sizeof t->nonce) == 0 &&
           memcmp(t->spki, again->spki, sizeof t->spki) == 0;
}

/* While a transaction is open its request is answered as it was before. */
static void repeat(struct ca *ca, const struct ca_transaction *t,
                   const struct ca_transaction *again)
{
    if (!is_same(t, again)) {
        ca->peer.fault = PEER_ID_IN_USE;
    } else if (t->state == CA_WAITING) {
        ca->peer.waits = true;
    } else {
        give(ca, t);
    }
}

static void take_request(struct ca *ca, const struct lwcmp_message *m,
                         uint32_t asker)
{
    struct ca_transaction *t = ca_find(ca, m->transaction_id.p);
    struct ca_transaction fresh = {.body = m->type, .asker = asker};

    memcpy(fresh.id, m->transaction_id.p, sizeof fresh.id);
    memcpy(fresh.nonce, m->sender_nonce.p, sizeof fresh.nonce);
    fresh.has_key =
        ca_read_key(m, fresh.spki) && ca->model->key != KEY_ELSEWHERE;
    if (t != NULL && t->state <= CA_OPEN) {
        repeat(ca, t, &fresh);
        return;
    }
    if (!ca_would_issue(ca, asker, fresh.spki)) {
        refuse_request(ca, &fresh);
        return;
    }
    if (t == NULL) {
        ca_check(ca->transactions < CA_MAX);
        t = &ca->transaction[ca->transactions++];
    }
    *t = fresh;
    if (ca->model->waits) {
        t->state = CA_WAITING;
        t->polls = 1;
        ca->peer.waits = true;
    } else {
        issue(ca, t);
    }
}

static void take_poll(struct ca *ca, struct ca_transaction *t, uint32_t asker)
{
    if (t == NULL || t->asker != asker || t->state > CA_OPEN) {
        refuse(ca);
        return;
    }
    ca->peer.asked = t->body;
    if (t->state == CA_OPEN) {
        give(ca, t); /* the answer was lost */
    } else if (t->polls > 0) {
        t->polls--;
        ca->peer.polls = 1;
    } else {
        issue(ca, t);
    }
}

/* Nothing that is open, nor was confirmed by the same credentials. */
static bool is_unknown(const struct ca_transaction *t, uint32_t asker)
{
    return t == NULL || t->asker != asker || t->serial == 0 ||
           t->state == CA_FAILED;
}

static void take_confirmation(struct ca *ca, struct ca_transaction *t,
                              const struct lwcmp_message *m, uint32_t asker)
{
    uint32_t verdict;

    if (is_unknown(t, asker)) {
        refuse(ca);
        return;
    }
    if (t->state == CA_CONFIRMED) {
        ca->peer.fault =
            ca->model->says_confirmed ? PEER_CONFIRMED : PEER_HONEST;
        return;
    }
    if (asker != 0 && !ca_accepts_cert(ca, asker)) {
        refuse(ca);
        return;
    }
    verdict = ca_read_verdict(m, ca_cert(ca, t->serial));
    if (verdict == LWCMP_PKI_ACCEPTED) {
        confirm(ca, t);
        ca->accepted = t->serial;
        return;
    }
    t->state = CA_FAILED;
    ca_cert(ca, t->serial)->state = CA_CERT_REVOKED;
    if (verdict == LWCMP_PKI_LAST) {
        refuse(ca);
    }
}

static void decide(struct ca *ca, const struct lwcmp_message *m)
{
    struct ca_transaction *t = ca_find(ca, m->transaction_id.p);
    uint32_t asker = 0;

    if (!ca_authenticate(ca, m, &asker)) {
        refuse(ca);
    } else if (m->type == LWCMP_BODY_CERTCONF) {
        take_confirmation(ca, t, m, asker);
    } else if (m->type == LWCMP_BODY_POLLREQ) {
        take_poll(ca, t, asker);
    } else {
        take_request(ca, m, asker);
    }
}

/* What certConf will have to name. */
static void note_hash(struct ca *ca, const struct lwcmp_bytes *answer)
{
    struct lwcmp_response response;
    struct lwcmp_message m;
    size_t n;

    if (ca->peer.serial == 0 || ca->peer.asked == LWCMP_BODY_KRR) {
        return;
    }
    ca_check(lwcmp_pki_message_read(answer, &m) == 0 &&
             ca_read_answer(ca, &m.content, &response) == 0);
    ca_check(lwcmp_crypto_hash(LWCMP_SHA256, &response.certificate, 1,
                               ca_cert(ca, ca->peer.serial)->hash, 32,
                               &n) == 0);
}

size_t ca_answer(struct ca *ca, struct lwcmp_bytes in, uint8_t *out, size_t cap)
{
    struct lwcmp_message m;
    size_t n;

    ca_check(lwcmp_pki_message_read(&in, &m) == 0);
    ca->peer.answers = 0;
    ca->peer.fault = PEER_HONEST;
    ca->peer.waits = false;
    ca->peer.polls = 0;
    ca->peer.implicit = false;
    ca->peer.ca_pubs = false;
    ca->peer.serial = 0;
    ca->peer.key = NULL;
    ca->accepted = 0;
    ca->gave_away = false;
    decide(ca, &m);
    n = peer_answer(&ca->peer, in, out, cap);
    note_hash(ca, &(struct lwcmp_bytes){out, n});
    return n;
}
