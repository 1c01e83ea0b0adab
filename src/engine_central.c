/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A key that the CA has made (RFC 9483 4.1.6): opened, judged by who has
 * signed it, and in its slot before anything is kept or confirmed; but not
 * before its certificate is known to be fine, for the slot may hold the key of
 * another that is kept. Whoever sent the message was verified before; what is
 * found wrong here is turned down like a certificate.
 */
#include "ber.h"
#include "bytes.h"
#include "cms.h"
#include "cms_alg.h"
#include "engine_cms.h"
#include "own_sig.h"
#include "quirks.h"

#if LWCMP_WITH_SENT_KEY
static uint8_t *room_of(const struct lwcmp *c, const struct lwcmp_bytes *part)
{
    return c->config->buffer + (part->p - c->config->buffer);
}

/* Once it is opened it is all in what was encrypted. */
void lwcmp_engine_wipe_key(struct lwcmp *c)
{
    struct lwcmp_bytes *key = &c->answer.private_key;

    if (key->n > 0) {
        lwcmp_wipe(room_of(c, key), key->n);
    }
    key->n = 0;
}

static int judge(struct lwcmp *c, uint8_t next, int err)
{
    c->state = next;
    if (err >= LWCMP_ERR_HTTP) {
        c->abandon = !lwcmp_is_poll_by_id(c->request);
        lwcmp_engine_reject(c, err);
        return 0;
    }
    return err;
}

/* id-data is what OpenSSL says instead. */
static bool is_type(struct lwcmp *c, const struct lwcmp_bytes *type,
                    enum lwcmp_cms_oid due)
{
    unsigned is = lwcmp_cms_oid(type);

    if (is == LWCMP_CMS_DATA && c->config->allow_loose_cms) {
        lwcmp_quirks_note(c, LWCMP_QUIRK_LOOSE_CMS);
        return true;
    }
    return is == due;
}

/* With a wrong key it may look decrypted once in a while, but is no BER. */
static int open_key(struct lwcmp *c)
{
    struct lwcmp_bytes *key = &c->answer.private_key;
    struct lwcmp_cms_opener opener = {c->own_key, 0};
    struct lwcmp_cms_content *content = &c->sent.content;
    uint8_t *p;
    int err;

    if (c->own.kind == LWCMP_PROT_MAC) {
        opener.key = c->config->secret;
        opener.iterations = LWCMP_PBM_ITERATIONS_MAX;
    }
    err = lwcmp_cms_open(room_of(c, key), key->n, &opener, content);
    if (err) {
        return err;
    }
    p = room_of(c, &content->data);
    if (lwcmp_ber_to_der(p, &content->data.n)) {
        return LWCMP_ERR_DECRYPT;
    }
    c->answer.opened = true;
    return is_type(c, &content->type, LWCMP_CMS_SIGNED_DATA)
               ? lwcmp_cms_signed_read(p, content->data.n, &c->sent)
               : LWCMP_ERR_CMS;
}

/* Under a MAC of the answer the secret speaks for who has made the key. */
int lwcmp_at_open(struct lwcmp *c)
{
    bool mac = lwcmp_quirks_answer(c) == LWCMP_PROT_MAC;

    return judge(c, mac ? LWCMP_AT_EXAMINE : LWCMP_AT_KGA, open_key(c));
}

#if LWCMP_WITH_SIGNATURE
/*
 * The authority that makes keys is known by its extended key usage, or is the
 * one that has issued the new certificate, a trust anchor, or who answers.
 */
static bool may_make_keys(const struct lwcmp *c, const struct lwcmp_cert *kga)
{
    struct lwcmp_cert cert;

    if (!lwcmp_cert_may_sign(kga)) {
        return false;
    }
    if (kga->kga || c->path_n == 1 ||
        (c->peer_kid.n > 0 && lwcmp_bytes_equal(&c->peer_kid, &kga->ski))) {
        return true;
    }
    return lwcmp_cert_read(&c->answer.certificate, &cert) == 0 &&
           lwcmp_cert_issued_by(&cert, kga);
}

/* Whoever the signer says to be: it has to be there (RFC 9483 4.1.6). */
static int find_kga(struct lwcmp *c)
{
    struct lwcmp_bytes row = c->sent.certificates;
    struct lwcmp_bytes der;
    struct lwcmp_cert kga;
    int err = LWCMP_ERR_NO_SIGNER;

    while (err && lwcmp_cert_next(&row, &der)) {
        if (lwcmp_cert_read(&der, &kga) ||
            !lwcmp_cms_signed_is_by(&c->sent, &kga)) {
            continue;
        }
        err = lwcmp_engine_path(c, &kga, &c->learned, &c->sent.certificates);
        if (err == 0 && !may_make_keys(c, &kga)) {
            err = LWCMP_ERR_NOT_AUTHORIZED;
        }
    }
    return err;
}

int lwcmp_at_kga(struct lwcmp *c)
{
    int err = find_kga(c);

    if (err == 0) {
        err = lwcmp_crypto_path(c->path, c->path_n, &c->time);
    }
    return judge(c, lwcmp_status_begin(c, 0, LWCMP_AT_KGA_VERIFY), err);
}

int lwcmp_at_kga_verify(struct lwcmp *c)
{
    struct lwcmp_cert kga;
    int err = lwcmp_cert_read(&c->path[0], &kga);

    if (err == 0) {
        err = lwcmp_cms_signed_verify(&c->sent, &kga);
    }
    return judge(c, LWCMP_AT_EXAMINE, err);
}
#endif

/*
 * From here on there is nothing in the slot that another certificate may go
 * with, or a request of another kind; that is on record first. After a reset
 * the same transaction brings the same key again.
 */
static int put_key(struct lwcmp *c, const struct lwcmp_cms_key *key)
{
    int err;

    c->journal.phase = LWCMP_PHASE_ASKED;
    c->journal.marks |= LWCMP_MARK_SENT_KEY;
    err = lwcmp_engine_note(c);
    return err ? err
               : lwcmp_crypto_key_import(c->config->key_slot[c->slot],
                                         c->request->key_type, key->alg,
                                         key->octets);
}

/* Whether the private key is that of the certificate shows in its slot. */
static int import_key(struct lwcmp *c)
{
    const struct lwcmp_cms_content *content = &c->sent.content;
    struct lwcmp_cms_key key;
    struct lwcmp_cert cert;
    int err = is_type(c, &content->type, LWCMP_CMS_KEY_PACKAGE)
                  ? lwcmp_cert_read(&c->answer.certificate, &cert)
                  : LWCMP_ERR_CMS;

    if (err == 0) {
        err = lwcmp_cms_key_read(&content->data, c->config->allow_loose_cms,
                                 &cert.spki, &key);
    }
    if (err == 0) {
        err = put_key(c, &key);
    }
    return err ? err
               : lwcmp_own_match(c->config, c->config->key_slot[c->slot],
                                 &cert.spki);
}

int lwcmp_at_import(struct lwcmp *c)
{
    int err = import_key(c);

    lwcmp_engine_wipe_key(c);
    return judge(c, LWCMP_AT_KEEP, err);
}
#endif
