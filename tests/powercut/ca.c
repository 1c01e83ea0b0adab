/* SPDX-License-Identifier: Apache-2.0 */
#include "ca.h"

#include <stdlib.h>
#include <string.h>

#include "body_cert.h"
#include "bytes.h"
#include "cert.h"
#include "cert_make.h"
#include "protect.h"

#define CA_ROOT_KEY 0x906 /* the new one */

enum { /* key identifiers */
    CA_OLD_ROOT = 1,
    CA_NEW_ROOT = 6
};

/* The test stops where the CA itself cannot go on. */
static void check(bool good)
{
    if (!good) {
        abort();
    }
}

void ca_init(struct ca *ca, const struct model *model,
             struct lwcmp_bytes reference, struct lwcmp_bytes secret)
{
    memset(ca, 0, sizeof *ca);
    ca->model = model;
    crypto_toy_secret_set(CA_SECRET, secret);
    peer_init(&ca->peer);
    check(lwcmp_crypto_key_generate(CA_ROOT_KEY, LWCMP_EC_P256) == 0);
    ca->peer.at = 1;
    ca->peer.secret = CA_SECRET;
    ca->peer.reference = reference;
    ca->peer.check_after = 60;
}

static struct lwcmp_bytes make_root(uint8_t issuer_kid, uint8_t *p, size_t cap)
{
    static const uint8_t is_ca[] = {0x30, 3, 1, 1, 0xff};
    uint8_t spki[128];
    struct cert_make what = {
        .subject = "Root",
        .issuer = "Root",
        .ski = CA_NEW_ROOT,
        .aki = issuer_kid,
        .constraints = {is_ca, sizeof is_ca},
    };
    struct lwcmp_der_out o;

    what.spki = peer_spki(CA_ROOT_KEY, spki, sizeof spki);
    lwcmp_der_out_init(&o, p, cap);
    return cert_make(&o, &what);
}

void ca_renew_root(struct ca *ca, struct lwcmp_bytes *new_with_new,
                   struct lwcmp_bytes *new_with_old)
{
    static uint8_t by_itself[512];
    static uint8_t by_the_old[512];

    *new_with_new = make_root(CA_NEW_ROOT, by_itself, sizeof by_itself);
    *new_with_old = make_root(CA_OLD_ROOT, by_the_old, sizeof by_the_old);
    ca->peer.root_kid = CA_NEW_ROOT;
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

    return c != NULL &&
           (c->state == CA_CERT_CURRENT ||
            (c->state == CA_CERT_UNCONFIRMED && ca->model->forgets &&
             !ca->model->revokes));
}

bool ca_would_issue(struct ca *ca, uint32_t asker,
                    const uint8_t spki[CRYPTO_TOY_SPKI])
{
    bool good = asker == 0 ? !ca->secret_spent : ca_accepts_cert(ca, asker);

    for (unsigned i = 0; i < ca->certs; i++) {
        if (memcmp(ca->cert[i].spki, spki, CRYPTO_TOY_SPKI) == 0) {
            return ca->model->reissues &&
                   (good || ca->cert[i].asker == asker);
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

/* The peer answers with the certificate of a transaction. */
static void give(struct ca *ca, const struct ca_transaction *t)
{
    ca->peer.serial = t->serial;
    ca->peer.implicit = ca->model->implicit;
    ca->peer.ca_pubs = ca->model->learns && t->body == LWCMP_BODY_IR;
    memcpy(ca->peer.spki, t->spki, sizeof t->spki);
    ca->peer.spki_n = sizeof t->spki;
}

static void issue(struct ca *ca, struct ca_transaction *t)
{
    struct ca_cert *c;

    if (!ca_would_issue(ca, t->asker, t->spki)) {
        t->state = CA_FAILED;
        refuse(ca);
        return;
    }
    check(ca->certs < CA_MAX);
    c = &ca->cert[ca->certs++];
    c->state = CA_CERT_UNCONFIRMED;
    c->asker = t->asker;
    c->issued = ca->now;
    memcpy(c->spki, t->spki, sizeof c->spki);
    t->serial = ca->certs;
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

/* The public key in the template of a request, for which see the peer. */
static void read_key(const struct lwcmp_message *m,
                     uint8_t spki[CRYPTO_TOY_SPKI])
{
    struct lwcmp_bytes in = m->content;
    struct lwcmp_bytes b;
    int err = 0;

    for (int depth = 0; depth < 3; depth++) {
        err |= lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &in);
    }
    err |= lwcmp_der_take(&in, LWCMP_DER_INTEGER, &b);
    err |= lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &in);
    err |= lwcmp_der_take(&in, LWCMP_DER_CTX(5), &b);
    err |= lwcmp_der_take_whole(&in, LWCMP_DER_CTX(6), &b);
    check(err == 0 && b.n == CRYPTO_TOY_SPKI);
    memcpy(spki, b.p, b.n);
    spki[0] = LWCMP_DER_SEQUENCE;
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
    read_key(m, fresh.spki);
    if (t != NULL && t->state <= CA_OPEN) {
        repeat(ca, t, &fresh);
        return;
    }
    if (!ca_would_issue(ca, asker, fresh.spki)) {
        refuse(ca);
        return;
    }
    if (t == NULL) {
        check(ca->transactions < CA_MAX);
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

/*
 * What certConf says: LWCMP_PKI_ACCEPTED, LWCMP_PKI_REJECTION, or LWCMP_PKI_LAST
 * if that is of another certificate.
 */
static uint32_t read_verdict(const struct lwcmp_message *m,
                          const struct ca_cert *cert)
{
    struct lwcmp_bytes in = m->content;
    struct lwcmp_bytes hash;
    struct lwcmp_bytes b;
    int err = lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &in);

    if (err || in.n == 0) {
        return LWCMP_PKI_REJECTION;
    }
    err |= lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &in);
    err |= lwcmp_der_take(&in, LWCMP_DER_OCTET_STRING, &hash);
    err |= lwcmp_der_take(&in, LWCMP_DER_INTEGER, &b);
    err |= lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &in);
    err |= lwcmp_der_take(&in, LWCMP_DER_INTEGER, &b);
    check(err == 0);
    return lwcmp_bytes_are(&hash, cert->hash, sizeof cert->hash)
               ? lwcmp_der_number(&b)
               : LWCMP_PKI_LAST;
}

static void take_confirmation(struct ca *ca, struct ca_transaction *t,
                              const struct lwcmp_message *m, uint32_t asker)
{
    uint32_t verdict;

    if (t == NULL || t->asker != asker || t->serial == 0 ||
        t->state == CA_FAILED) {
        refuse(ca);
        return;
    }
    if (t->state == CA_CONFIRMED) {
        if (ca->model->says_confirmed) {
            ca->peer.fault = PEER_CONFIRMED;
        }
        return;
    }
    if (asker != 0 && !ca_accepts_cert(ca, asker)) {
        refuse(ca);
        return;
    }
    verdict = read_verdict(m, ca_cert(ca, t->serial));
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

/* Whose key it was: that of a certificate along with it, or of its asker. */
static uint32_t find_signer(struct ca *ca, const struct lwcmp_message *m)
{
    struct ca_transaction *t = ca_find(ca, m->transaction_id.p);
    struct lwcmp_bytes row = m->extra_certs;
    struct lwcmp_bytes der;
    struct lwcmp_cert cert;

    if (!lwcmp_cert_next(&row, &der)) {
        return t != NULL ? t->asker : 0;
    }
    check(lwcmp_cert_read(&der, &cert) == 0);
    return lwcmp_der_number(&cert.serial);
}

/* False where the protection is not good. */
static bool authenticate(struct ca *ca, const struct lwcmp_message *m,
                         uint32_t *asker)
{
    struct lwcmp_prot_alg alg;
    struct ca_cert *cert;
    lwcmp_key key = 0;
    uint32_t done = 0;
    int err;

    check(lwcmp_prot_alg_read(&m->protection_alg, &alg) == 0);
    ca->peer.sign = alg.kind == LWCMP_PROT_SIG;
    if (alg.kind == LWCMP_PROT_MAC) {
        *asker = 0;
        do {
            check(lwcmp_crypto_pbm(&alg.pbm, CA_SECRET, &key, &done) == 0);
        } while (done < alg.pbm.iterations);
    } else {
        *asker = find_signer(ca, m);
        cert = ca_cert(ca, *asker);
        if (cert == NULL) {
            return false;
        }
        check(lwcmp_crypto_public_import(
                  (struct lwcmp_bytes){cert->spki, sizeof cert->spki}, alg.sig,
                  &key) == 0);
    }
    err = lwcmp_protect_check(m, &alg, key);
    (void)lwcmp_crypto_key_destroy(key);
    return err == 0;
}

static void decide(struct ca *ca, const struct lwcmp_message *m)
{
    struct ca_transaction *t = ca_find(ca, m->transaction_id.p);
    uint32_t asker = 0;

    if (!authenticate(ca, m, &asker)) {
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

    if (ca->peer.serial == 0) {
        return;
    }
    check(lwcmp_pki_message_read(answer, &m) == 0 &&
          lwcmp_body_cert_read(&m.content, &response) == 0);
    check(lwcmp_crypto_hash(LWCMP_SHA256, &response.certificate, 1,
                            ca_cert(ca, ca->peer.serial)->hash, 32, &n) == 0);
}

size_t ca_answer(struct ca *ca, struct lwcmp_bytes in, uint8_t *out, size_t cap)
{
    struct lwcmp_message m;
    size_t n;

    check(lwcmp_pki_message_read(&in, &m) == 0);
    ca->peer.answers = 0;
    ca->peer.fault = PEER_HONEST;
    ca->peer.waits = false;
    ca->peer.polls = 0;
    ca->peer.implicit = false;
    ca->peer.ca_pubs = false;
    ca->peer.serial = 0;
    ca->accepted = 0;
    ca->gave_away = false;
    decide(ca, &m);
    n = peer_answer(&ca->peer, in, out, cap);
    note_hash(ca, &(struct lwcmp_bytes){out, n});
    return n;
}
