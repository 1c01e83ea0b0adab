/* SPDX-License-Identifier: Apache-2.0 */
#include "engine.h"

#include <string.h>

#include "bytes.h"
#include "engine_cms.h"
#include "engine_fits.h"
#include "engine_p10.h"
#include "quirks.h"

#define BUFFER_MAX 65535u

/* Whether a row of certificates parses, if there is one. The last is kept. */
static bool is_row(struct lwcmp_bytes row, struct lwcmp_cert *last)
{
    struct lwcmp_bytes der;

    while (row.n > 0) {
        if (!lwcmp_cert_next(&row, &der) || lwcmp_cert_read(&der, last)) {
            return false;
        }
    }
    return true;
}

/* Certificate by certificate: DER, and nothing behind it. */
static bool is_certificate(const struct lwcmp_bytes *der)
{
    struct lwcmp_cert cert;

    return der->n == 0 || lwcmp_cert_read(der, &cert) == 0;
}

static bool is_name(const struct lwcmp_bytes *der)
{
    return der->n == 0 || lwcmp_cert_check_name(der) == 0;
}

/* A slot's key is made and destroyed at will, so nothing else may be there. */
static bool is_slot(const struct lwcmp_config *config, lwcmp_key key)
{
    return key != 0 && key != config->key && key != config->secret;
}

static bool device_is_complete(const struct lwcmp_config *config)
{
    return config->buffer != NULL && config->buffer_size > 0 &&
           config->store != NULL && is_slot(config, config->key_slot[0]) &&
           is_slot(config, config->key_slot[1]) &&
           config->key_slot[0] != config->key_slot[1];
}

static bool names_fit(const struct lwcmp_config *config,
                      const struct lwcmp_request *request)
{
    return is_name(&config->responder_name) && is_name(&config->recipient) &&
           is_name(&request->subject) && lwcmp_crls_fit(config) &&
           (request->extensions.n == 0 ||
            lwcmp_pki_check_row(request->extensions) == 0);
}

/* What is given has to parse, and none goes without its other half. */
static bool credentials_fit(const struct lwcmp_config *config,
                            struct lwcmp_cert *anchor)
{
    return is_row(config->chain, anchor) && is_row(config->anchors, anchor) &&
           is_certificate(&config->certificate) &&
           is_certificate(&config->responder_certificate) &&
           (config->certificate.n == 0 || config->key != 0) &&
           (config->secret == 0 || config->reference.n > 0) &&
           lwcmp_engine_algorithms_fit(config) && lwcmp_quirks_fit(config);
}

static const struct {
    uint8_t body;
    char label[15]; /* RFC 9483 6.1 */
} operations[] = {
    [LWCMP_IR - 1] = {LWCMP_BODY_IR, "initialization"},
    [LWCMP_CR - 1] = {LWCMP_BODY_CR, "certification"},
    [LWCMP_KUR - 1] = {LWCMP_BODY_KUR, "keyupdate"},
#if LWCMP_WITH_P10CR
    [LWCMP_P10CR - 1] = {LWCMP_BODY_P10CR, "pkcs10"},
#endif
#if LWCMP_WITH_RECOVERY
    [LWCMP_KRR - 1] = {LWCMP_BODY_KRR, ""}, /* RFC 9483 has none for it */
#endif
};

static bool is_known(enum lwcmp_operation operation)
{
    return (operation >= LWCMP_IR && operation <= LWCMP_KUR) ||
           (LWCMP_WITH_P10CR && operation == LWCMP_P10CR) ||
           (LWCMP_WITH_RECOVERY && operation == LWCMP_KRR);
}

/*
 * The identity in the store signs its own renewal only: a certificate of
 * another kind would take its place. A renewal has subject and names of the
 * old certificate (RFC 9483 4.1.3), and is signed.
 */
static bool request_fits(const struct lwcmp_config *config,
                         const struct lwcmp_request *request)
{
    if (!is_known(request->operation) ||
        request->key_type > LWCMP_KEY_TYPE_LAST) {
        return false;
    }
    if (request->operation == LWCMP_KUR) {
        return LWCMP_WITH_SIGNATURE && request->subject.n == 0 &&
               request->extensions.n == 0;
    }
    return (LWCMP_WITH_PBM && config->secret != 0) ||
           (LWCMP_WITH_SIGNATURE && config->certificate.n > 0);
}

/* An errand may also be signed by the identity in the store. */
static bool fits(const struct lwcmp_config *config,
                 const struct lwcmp_request *request)
{
    if (!lwcmp_engine_may_ask(config, request) ||
        (lwcmp_is_poll_by_id(request) && !lwcmp_poll_id_fits(request))) {
        return false;
    }
    return lwcmp_is_errand(request) ? lwcmp_errand_fits(config, request)
                                    : request_fits(config, request);
}

static uint8_t body_of(const struct lwcmp_request *request)
{
    if (lwcmp_is_errand(request)) {
        return request->operation == LWCMP_RR ? LWCMP_BODY_RR : LWCMP_BODY_GENM;
    }
    return operations[request->operation - 1].body;
}

static uint8_t choose_kind(const struct lwcmp_config *config,
                           const struct lwcmp_request *request)
{
    return LWCMP_WITH_PBM && config->secret != 0 &&
                   request->operation != LWCMP_KUR
               ? LWCMP_PROT_MAC
               : LWCMP_PROT_SIG;
}

int lwcmp_begin(struct lwcmp *c, const struct lwcmp_config *config,
                const struct lwcmp_request *request)
{
    int err;

    memset(c, 0, sizeof *c);
    if (!device_is_complete(config) || !credentials_fit(config, &c->anchor) ||
        !names_fit(config, request) || !fits(config, request)) {
        c->error = LWCMP_ERR_CONFIG;
        return c->error;
    }
    err = lwcmp_p10_check(request);
    if (err) {
        c->error = err;
        return err;
    }
    c->config = config;
    c->request = request;
    c->own.kind = choose_kind(config, request);
    c->size =
        config->buffer_size < BUFFER_MAX ? config->buffer_size : BUFFER_MAX;
    c->asking = body_of(request);
    c->sending = c->asking;
    c->state = lwcmp_is_errand(request) ? LWCMP_AT_ERRAND : LWCMP_AT_LOAD;
    return 0;
}

int lwcmp_resume(struct lwcmp *c, const struct lwcmp_config *config,
                 const struct lwcmp_request *request)
{
    int err = lwcmp_begin(c, config, request);

    c->resuming = true;
    return err;
}

uint32_t lwcmp_wait_seconds(const struct lwcmp *c)
{
    return c->wait;
}

void lwcmp_set_time(struct lwcmp *c, struct lwcmp_time time)
{
    c->time = time;
}

/*
 * Once an outcome is on record an error cannot change it. What an authority
 * has refused leaves no trace behind; after any other failure the key and
 * the note stay, for the next attempt. So does a certificate that is kept
 * but not known to be confirmed: it may be the only one that the CA still
 * knows.
 */
void lwcmp_engine_fail(struct lwcmp *c, int err)
{
    lwcmp_engine_wipe_key(c);
    if (c->error == 0) {
        c->error = err;
    }
    c->state = c->abandon && c->journal.phase == LWCMP_PHASE_ASKED
                   ? LWCMP_AT_ABANDON
                   : LWCMP_AT_DONE;
}

/* The states that have work to do. */
static int (*const work[])(struct lwcmp *) = {
    [LWCMP_AT_LOAD] = lwcmp_at_load,
    [LWCMP_AT_LEARNED] = lwcmp_at_learned,
    [LWCMP_AT_KEY] = lwcmp_at_key,
    [LWCMP_AT_NOTE_ASKED] = lwcmp_at_note_asked,
    [LWCMP_AT_OWN] = lwcmp_at_own,
    [LWCMP_AT_BUILD] = lwcmp_at_build,
    [LWCMP_AT_PROTECT] = lwcmp_at_protect,
    [LWCMP_AT_READ] = lwcmp_at_read,
    [LWCMP_AT_ANCHORS] = lwcmp_at_anchors,
    [LWCMP_AT_VERIFY] = lwcmp_at_verify,
    [LWCMP_AT_KEEP_SIGNER] = lwcmp_at_keep_signer,
    [LWCMP_AT_ANSWER] = lwcmp_at_answer,
#if LWCMP_WITH_PBM
    [LWCMP_AT_PEER_DERIVE] = lwcmp_at_peer_derive,
#endif
#if LWCMP_WITH_SIGNATURE
    [LWCMP_AT_SIGNER] = lwcmp_at_signer,
#endif
#if LWCMP_WITH_POLLING
    [LWCMP_AT_NOTE_POLL] = lwcmp_at_note_poll,
    [LWCMP_AT_WAIT] = lwcmp_at_wait,
#endif
    [LWCMP_AT_NOTE_OVER] = lwcmp_at_note_over,
    [LWCMP_AT_EXAMINE] = lwcmp_at_examine,
    [LWCMP_AT_LOCAL] = lwcmp_at_local,
    [LWCMP_AT_CHAIN] = lwcmp_at_chain,
    [LWCMP_AT_KEEP] = lwcmp_at_keep,
    [LWCMP_AT_KEEP_ANCHOR] = lwcmp_at_keep_anchor,
    [LWCMP_AT_NOTE_KEPT] = lwcmp_at_note_kept,
    [LWCMP_AT_COMMIT] = lwcmp_at_commit,
    [LWCMP_AT_ABANDON] = lwcmp_at_abandon,
    [LWCMP_AT_ERASE_KEY] = lwcmp_at_erase_key,
    [LWCMP_AT_ERASE_CERT] = lwcmp_at_erase_cert,
#if LWCMP_WITH_ERRANDS
    [LWCMP_AT_ERRAND] = lwcmp_at_errand,
#endif
#if LWCMP_WITH_SENT_KEY
    [LWCMP_AT_OPEN] = lwcmp_at_open,
    [LWCMP_AT_IMPORT] = lwcmp_at_import,
#endif
#if LWCMP_WITH_SENT_KEY && LWCMP_WITH_SIGNATURE
    [LWCMP_AT_KGA] = lwcmp_at_kga,
    [LWCMP_AT_KGA_VERIFY] = lwcmp_at_kga_verify,
#endif
#if LWCMP_WITH_ENCRYPTED_CERT
    [LWCMP_AT_OPEN_CERT] = lwcmp_at_open_cert,
#endif
#if LWCMP_WITH_CRL
    [LWCMP_AT_STATUS] = lwcmp_at_status,
#endif
};

enum lwcmp_want lwcmp_step(struct lwcmp *c)
{
    int err = work[c->state] ? work[c->state](c) : 0;

    if (err) {
        lwcmp_engine_fail(c, err);
    }
    return c->state < LWCMP_STEP ? (enum lwcmp_want)c->state : LWCMP_STEP;
}

struct lwcmp_bytes lwcmp_output(const struct lwcmp *c)
{
    if (c->state != LWCMP_AT_EXCHANGE || c->in_n > 0) {
        return (struct lwcmp_bytes){NULL, 0};
    }
    return (struct lwcmp_bytes){c->config->buffer, c->out_n};
}

const char *lwcmp_label(const struct lwcmp *c)
{
    if (c->request && lwcmp_is_errand(c->request)) {
        return lwcmp_errand_label(c->request);
    }
    return c->request ? operations[c->request->operation - 1].label : "";
}

uint8_t *lwcmp_room(struct lwcmp *c, size_t *n)
{
    if (c->state != LWCMP_AT_EXCHANGE) {
        *n = 0;
        return NULL;
    }
    *n = c->size - c->in_n;
    return c->config->buffer + c->in_n;
}

int lwcmp_received(struct lwcmp *c, size_t n, bool last)
{
    if (c->state != LWCMP_AT_EXCHANGE) {
        return LWCMP_ERR_STATE;
    }
    if (n > c->size - c->in_n) {
        return LWCMP_ERR_BUFFER;
    }
    c->in_n += n;
    if (last) {
        c->state = LWCMP_AT_READ;
    }
    return 0;
}

int lwcmp_failed(struct lwcmp *c, int why)
{
    if (c->state != LWCMP_AT_EXCHANGE || why == 0) {
        return LWCMP_ERR_STATE;
    }
    lwcmp_engine_fail(c, why);
    return 0;
}

struct lwcmp_bytes lwcmp_certificate(const struct lwcmp *c)
{
    if (c->state != LWCMP_AT_DECIDE) {
        return (struct lwcmp_bytes){NULL, 0};
    }
    return c->answer.certificate;
}

int lwcmp_accept(struct lwcmp *c)
{
    if (c->state != LWCMP_AT_DECIDE) {
        return LWCMP_ERR_STATE;
    }
    c->state = lwcmp_engine_taken(c);
    return 0;
}

int lwcmp_refuse(struct lwcmp *c)
{
    if (c->state != LWCMP_AT_DECIDE) {
        return LWCMP_ERR_STATE;
    }
    c->abandon = true;
    lwcmp_engine_reject(c, LWCMP_ERR_REFUSED);
    return 0;
}

int lwcmp_result(const struct lwcmp *c)
{
    bool never_begun = c->config == NULL && c->error == 0;

    if (c->state == LWCMP_AT_WAIT) {
        return LWCMP_ERR_WAITING;
    }
    return c->state != LWCMP_AT_DONE || never_begun ? LWCMP_ERR_STATE
                                                    : c->error;
}

struct lwcmp_status lwcmp_server_status(const struct lwcmp *c)
{
    return c->answer.status;
}

void lwcmp_engine_keep(struct lwcmp_bytes *kept, const struct lwcmp_bytes *from,
                       uint8_t *octets, size_t cap)
{
    if (from->n > 0 && from->n <= cap) {
        memcpy(octets, from->p, from->n);
        kept->p = octets;
        kept->n = from->n;
    }
}

void lwcmp_engine_forget(lwcmp_key *key)
{
    if (*key != 0) {
        (void)lwcmp_crypto_key_destroy(*key);
        *key = 0;
    }
}

int lwcmp_end(struct lwcmp *c)
{
    int result = lwcmp_result(c);

    if (c->own.kind == LWCMP_PROT_MAC) {
        lwcmp_engine_forget(&c->own_key); /* else it is the device's */
    }
    lwcmp_engine_forget(&c->peer_key);
    lwcmp_engine_wipe_key(c);
    lwcmp_wipe(c, sizeof *c);
    return result;
}
