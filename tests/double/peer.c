/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "cert_make.h"
#include "peer_inside.h"
#include "protect.h"

static const struct lwcmp_bytes none;

void peer_check(int err)
{
    if (err) {
        abort();
    }
}

bool peer_has(const struct peer *p, enum peer_fault fault)
{
    return (p->fault == fault && p->answers == p->at) ||
           (p->also == fault && p->answers == p->also_at);
}

struct lwcmp_bytes peer_spki(lwcmp_key key, uint8_t *buffer, size_t cap)
{
    size_t n;

    peer_check(lwcmp_crypto_key_public(key, buffer, cap, &n));
    return (struct lwcmp_bytes){buffer, n};
}

struct lwcmp_bytes peer_make(lwcmp_key key, struct cert_make what,
                             uint8_t *buffer, size_t cap)
{
    struct lwcmp_der_out o;
    struct lwcmp_bytes der;
    uint8_t spki[128];

    what.spki = peer_spki(key, spki, sizeof spki);
    lwcmp_der_out_init(&o, buffer, cap);
    der = cert_make(&o, &what);
    peer_check(o.err);
    return der;
}

static const uint8_t is_ca[] = {0x30, 0x03, 0x01, 0x01, 0xff};
static const struct cert_make root = {.subject = "Root",
                                      .issuer = "Root",
                                      .ski = 1,
                                      .aki = 1,
                                      .constraints = {is_ca, sizeof is_ca}};
static const struct cert_make device_signer = {
    .subject = "Signer", .issuer = "Root", .ski = 2, .aki = 1};
static const struct cert_make twin = {
    .subject = "Signer", .issuer = "Nobody", .ski = 2};
static const struct cert_make sub = {
    .subject = "Sub", .issuer = "Root", .ski = 4, .aki = 1};

struct lwcmp_bytes peer_root(void)
{
    static uint8_t buffer[512];

    return peer_make(PEER_ROOT_KEY, root, buffer, sizeof buffer);
}

struct lwcmp_bytes peer_signer(void)
{
    static uint8_t buffer[512];

    return peer_make(PEER_SIGNER_KEY, device_signer, buffer, sizeof buffer);
}

void peer_init(struct peer *p)
{
    static const lwcmp_key keys[] = {PEER_ROOT_KEY, PEER_SIGNER_KEY,
                                     PEER_DEVICE_KEY, PEER_SUB_KEY};

    memset(p, 0, sizeof *p);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        peer_check(lwcmp_crypto_key_generate(keys[i], LWCMP_EC_P256));
    }
}

/* After polling the CA itself may sign. */
static bool is_other_signer(const struct peer *p)
{
    return p->other_signer && p->in.type == LWCMP_BODY_POLLREQ && !p->waiting;
}

/* Its own certificate for signing, honest or not. */
static struct lwcmp_bytes signer(const struct peer *p, uint8_t *buffer,
                                 size_t cap)
{
    struct cert_make what = device_signer;

    what.cmc = true;
    what.aki = p->root_kid ? p->root_kid : what.aki;
    if (is_other_signer(p)) {
        what.ski = 7;
        what.subject = "CA";
        return peer_make(PEER_SUB_KEY, what, buffer, cap);
    }
    if (peer_has(p, PEER_DEVICE_SIGNER)) {
        what.cmc = false;
    }
    if (peer_has(p, PEER_SIGNER_MAY_NOT_SIGN)) {
        what.no_signing = true;
    }
    if (peer_has(p, PEER_FOREIGN_SIGNER)) {
        what.issuer = "Somebody else";
    }
    if (peer_has(p, PEER_SIGNER_WITHOUT_KID)) {
        what.ski = 0;
    }
    return peer_signs_by(p) ? peer_custom_signer(p, what, buffer, cap)
                            : peer_make(PEER_SIGNER_KEY, what, buffer, cap);
}

static void put_octets(struct lwcmp_der_out *o, uint8_t n,
                       struct lwcmp_bytes octets)
{
    if (octets.p != NULL) {
        lwcmp_der_open(o, LWCMP_DER_CTX(n));
        lwcmp_der_put(o, LWCMP_DER_OCTET_STRING, octets.p, octets.n);
        lwcmp_der_close(o);
    }
}

static void put_sender(struct peer *p, struct lwcmp_der_out *o)
{
    static const uint8_t mail[] = "ca@example";
    char name[201];

    if (peer_has(p, PEER_OTHER_SENDER)) {
        lwcmp_der_put(o, LWCMP_DER_CTX_PRIM(1), mail, sizeof mail - 1);
        return;
    }
    lwcmp_der_open(o, LWCMP_DER_CTX(4));
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = 0;
    if (peer_has(p, PEER_NULL_SENDER)) {
        lwcmp_der_put(o, LWCMP_DER_SEQUENCE, NULL, 0);
    } else {
        (void)name_make(o, peer_has(p, PEER_LONG_SENDER) ? name : "Signer");
    }
    lwcmp_der_close(o);
}

static void put_protection_alg(struct peer *p, struct lwcmp_der_out *o,
                               const struct lwcmp_prot_alg *alg)
{
    static const uint8_t ed25519[] = {0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70};
    static const uint8_t dh_mac[] = {0x30, 0x0b, 0x06, 0x09, 0x2a, 0x86, 0x48,
                                     0x86, 0xf6, 0x7d, 0x07, 0x42, 0x1e};

    if (peer_has(p, PEER_NO_PROTECTION_ALG) || peer_has(p, PEER_UNPROTECTED) ||
        peer_has(p, PEER_CLAIM) || peer_has(p, PEER_CLAIM_WAITING)) {
        return;
    }
    lwcmp_der_open(o, LWCMP_DER_CTX(1));
    if (peer_has(p, PEER_UNKNOWN_ALG)) {
        lwcmp_der_put_raw(o, ed25519, sizeof ed25519);
    } else if (peer_has(p, PEER_DH_MAC)) {
        lwcmp_der_put_raw(o, dh_mac, sizeof dh_mac);
    } else {
        lwcmp_prot_alg_put(o, alg);
    }
    lwcmp_der_close(o);
}

static struct lwcmp_bytes kid(const struct peer *p)
{
    static const uint8_t ski = 2;
    static const uint8_t other_ski = 7;

    if (p->reflects) {
        return p->in.sender_kid;
    }
    if (peer_has(p, PEER_NO_KID) || peer_has(p, PEER_SIGNER_WITHOUT_KID)) {
        return none;
    }
    if (peer_has(p, PEER_OTHER_KID)) {
        return (struct lwcmp_bytes){(const uint8_t *)"other", 5};
    }
    if (is_other_signer(p)) {
        return (struct lwcmp_bytes){&other_ski, 1};
    }
    return p->sign ? (struct lwcmp_bytes){&ski, 1} : p->reference;
}

static struct lwcmp_bytes transaction_id(const struct peer *p)
{
    static const uint8_t other[16];

    if (peer_has(p, PEER_NO_TRANSACTION_ID)) {
        return none;
    }
    return peer_has(p, PEER_OTHER_TRANSACTION_ID)
               ? (struct lwcmp_bytes){other, sizeof other}
               : p->in.transaction_id;
}

static struct lwcmp_bytes sender_nonce(const struct peer *p)
{
    static const uint8_t nonce[LWCMP_MAX_NONCE + 1] = {7};
    size_t n = peer_has(p, PEER_SHORT_SENDER_NONCE)  ? 15
               : peer_has(p, PEER_LONG_SENDER_NONCE) ? LWCMP_MAX_NONCE
               : peer_has(p, PEER_HUGE_SENDER_NONCE) ? LWCMP_MAX_NONCE + 1
                                                     : 16;

    return peer_has(p, PEER_NO_SENDER_NONCE) ? none
                                             : (struct lwcmp_bytes){nonce, n};
}

static struct lwcmp_bytes recip_nonce(const struct peer *p)
{
    static const uint8_t other[16];

    if (peer_has(p, PEER_NO_RECIP_NONCE)) {
        return none;
    }
    if (peer_has(p, PEER_POLL_REPLAY) ||
        (p->old_nonce && p->in.type == LWCMP_BODY_POLLREQ && !p->waiting)) {
        return (struct lwcmp_bytes){p->first_nonce, sizeof p->first_nonce};
    }
    return peer_has(p, PEER_OTHER_RECIP_NONCE)
               ? (struct lwcmp_bytes){other, sizeof other}
               : p->in.sender_nonce;
}

static void put_header(struct peer *p, struct lwcmp_der_out *o,
                       const struct lwcmp_prot_alg *alg)
{
    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    lwcmp_der_put_int(o, peer_has(p, PEER_PVNO_1)     ? 1
                         : peer_has(p, PEER_PVNO_4)   ? 4
                         : peer_has(p, PEER_PVNO_3)   ? 3
                         : peer_has(p, PEER_PVNO_512) ? 512
                                                      : 2);
    put_sender(p, o);
    lwcmp_der_put(o, LWCMP_DER_CTX(4), (const uint8_t *)"\x30", 2);
    if (p->time) {
        lwcmp_der_open(o, LWCMP_DER_CTX(0));
        lwcmp_der_put(o, LWCMP_DER_GENERALIZED_TIME, (const uint8_t *)p->time,
                      strlen(p->time));
        lwcmp_der_close(o);
    }
    put_protection_alg(p, o, alg);
    put_octets(o, 2, kid(p));
    put_octets(o, 4, transaction_id(p));
    put_octets(o, 5, sender_nonce(p));
    put_octets(o, 6, recip_nonce(p));
    if (p->implicit && p->in.type != LWCMP_BODY_CERTCONF) {
        peer_put_implicit(o);
    }
    lwcmp_der_close(o);
}

static void put_raw(struct lwcmp_der_out *o, struct lwcmp_bytes bytes)
{
    lwcmp_der_put_raw(o, bytes.p, bytes.n);
}

static void put_signer(struct peer *p, struct lwcmp_der_out *o)
{
    uint8_t buffer[512];

    if (peer_has(p, PEER_JUNK_CERT)) {
        lwcmp_der_put(o, LWCMP_DER_SEQUENCE, NULL, 0);
    }
    for (unsigned i = 0; i < p->twins; i++) {
        put_raw(o, peer_make(PEER_ROOT_KEY, twin, buffer, sizeof buffer));
    }
    put_raw(o, signer(p, buffer, sizeof buffer));
}

static void put_extra_certs(struct peer *p, struct lwcmp_der_out *o)
{
    uint8_t buffer[512];
    bool send_signer = p->sign && !peer_has(p, PEER_NO_SIGNER) &&
                       (p->introduces || is_other_signer(p));
    bool send_sub = p->intermediate && !p->omit_chain && p->answers == 1;

    if (send_signer || send_sub) {
        lwcmp_der_open(o, LWCMP_DER_CTX(1));
        lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
        if (send_sub) {
            put_raw(o, peer_make(PEER_SUB_KEY, sub, buffer, sizeof buffer));
        }
        if (send_signer) {
            put_signer(p, o);
        }
        peer_put_roots(p, o);
        lwcmp_der_close(o);
        lwcmp_der_close(o);
    }
}

/* [0] BIT STRING: spoiled after the fact, where that is the fault. */
static void put_protection(struct peer *p, struct lwcmp_der_out *o,
                           const struct lwcmp_prot_alg *alg, lwcmp_key key)
{
    static const uint8_t bits[80];
    size_t start = o->n;
    size_t n = peer_has(p, PEER_EMPTY_PROTECTION)   ? 1
               : peer_has(p, PEER_SHORT_PROTECTION) ? 17
               : peer_has(p, PEER_LONG_PROTECTION)  ? sizeof bits
                                                    : 0;

    lwcmp_protect_put(o, alg, key);
    if (peer_has(p, PEER_FLIPPED_PROTECTION)) {
        o->p[o->n - 1] ^= 1;
    }
    if (n > 0) {
        o->n = start;
        lwcmp_der_open(o, LWCMP_DER_CTX(0));
        lwcmp_der_put(o, LWCMP_DER_BIT_STRING, bits, n);
        lwcmp_der_close(o);
    }
}

static void choose_alg(const struct peer *p, struct lwcmp_prot_alg *alg)
{
    static const uint8_t salt[16] = {1, 2, 3};
    struct lwcmp_bytes own_salt;
    bool sign = p->sign != peer_has(p, PEER_OTHER_KIND);

    memset(alg, 0, sizeof *alg);
    alg->kind = sign ? LWCMP_PROT_SIG : LWCMP_PROT_MAC;
    alg->sig = LWCMP_ECDSA_SHA256;
    alg->pbm.salt.p = salt;
    alg->pbm.salt.n = peer_has(p, PEER_SHORT_SALT) ? 7 : sizeof salt;
    alg->pbm.iterations = peer_has(p, PEER_FEW_ITERATIONS) ? 99
                          : peer_has(p, PEER_MANY_ITERATIONS)
                              ? LWCMP_PBM_ITERATIONS_MAX + 1
                              : 100;
    alg->pbm.owf = LWCMP_SHA256;
    alg->pbm.hmac = LWCMP_SHA384;
    if (peer_has(p, PEER_SAME_PBM)) {
        peer_check(lwcmp_prot_alg_read(&p->in.protection_alg, alg));
    }
    if (p->pbm.iterations > 0) {
        own_salt = alg->pbm.salt;
        alg->pbm = p->pbm;
        alg->pbm.salt = own_salt;
    }
    peer_custom_alg(p, alg);
}

static lwcmp_key choose_key(const struct peer *p,
                            const struct lwcmp_prot_alg *alg)
{
    lwcmp_key key = 0;
    uint32_t done = 0;

    if (alg->kind == LWCMP_PROT_SIG) {
        return peer_signs_by(p)     ? PEER_CUSTOM_SIGNER
               : is_other_signer(p) ? PEER_SUB_KEY
                                    : PEER_SIGNER_KEY;
    }
    do {
        peer_check(lwcmp_crypto_pbm(&alg->pbm, p->secret, &key, &done));
    } while (done < alg->pbm.iterations);
    return key;
}

size_t peer_answer(struct peer *p, struct lwcmp_bytes request, uint8_t *out,
                   size_t cap)
{
    struct lwcmp_der_out o;
    struct lwcmp_prot_alg alg;
    lwcmp_key key;

    peer_check(lwcmp_pki_message_read(&request, &p->in));
    p->answers++;
    peer_note_request(p);
    choose_alg(p, &alg);
    key = choose_key(p, &alg);
    lwcmp_der_out_init(&o, out, cap);
    lwcmp_der_open(&o, LWCMP_DER_SEQUENCE);
    put_header(p, &o, &alg);
    peer_put_body(p, &o);
    if (!peer_has(p, PEER_UNPROTECTED) && !peer_has(p, PEER_CLAIM) &&
        !peer_has(p, PEER_CLAIM_WAITING)) {
        put_protection(p, &o, &alg, key);
    }
    put_extra_certs(p, &o);
    lwcmp_der_close(&o);
    if (peer_has(p, PEER_TRAILING_BYTE)) {
        o.p[o.n++] = 0;
    }
    peer_check(o.err);
    if (alg.kind == LWCMP_PROT_MAC) {
        peer_check(lwcmp_crypto_key_destroy(key));
    }
    return o.n;
}
