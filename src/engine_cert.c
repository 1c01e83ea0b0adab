/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a new certificate is one for us (RFC 9483 3.6.1, 4.1.1). */
#include "engine_cms.h"
#include "engine_custom.h"
#include "engine_p10.h"

/*
 * RFC 9483 3.6.1: a certificate that we do not want is turned down in
 * certConf; if the CA has confirmed it for us, we only stop.
 */
void lwcmp_engine_reject(struct lwcmp *c, int err)
{
    lwcmp_engine_wipe_key(c);
    if (c->confirmed_implicitly) {
        lwcmp_engine_fail(c, err);
        return;
    }
    c->error = err;
    c->rejecting = true;
    c->sending = LWCMP_BODY_CERTCONF;
    c->state = c->journal.waits == LWCMP_WAITS_NOT ? LWCMP_AT_BUILD
                                                   : LWCMP_AT_NOTE_OVER;
}

/* Trouble of the platform, unlike that of the peer, is no verdict. */
static bool is_verdict(int err)
{
    return err >= LWCMP_ERR_HTTP;
}

int lwcmp_engine_hash(struct lwcmp *c, const struct lwcmp_cert *cert)
{
    enum lwcmp_hash alg = lwcmp_engine_cert_hash(c, cert);
    size_t n = 0;
    int err;

    if (alg == LWCMP_HASH_NONE) {
        return LWCMP_ERR_ALGORITHM;
    }
    err = lwcmp_crypto_hash(alg, &cert->der, 1, c->cert_hash,
                            sizeof c->cert_hash, &n);
    c->cert_hash_n = (uint8_t)n;
    return err;
}

int lwcmp_engine_path(struct lwcmp *c, const struct lwcmp_cert *cert,
                      const struct lwcmp_bytes *anchors,
                      const struct lwcmp_bytes *known)
{
    struct lwcmp_path_pool pool = {
        {&c->config->anchors, &c->learned, anchors, known, &c->in.extra_certs},
        &c->anchor,
    };

    return lwcmp_path_find(cert, &pool, c->path, &c->path_n);
}

/* What the device holds itself comes before what a peer sends along. */
static void find_chain(struct lwcmp *c, const struct lwcmp_cert *cert)
{
    (void)lwcmp_engine_path(c, cert, &c->answer.ca_pubs,
                            c->local.n > 0 ? &c->local : &c->config->chain);
}

/* Is it a certificate for the key that we made? Seen once, it is not again. */
int lwcmp_at_examine(struct lwcmp *c)
{
    struct lwcmp_cert cert;
    int err =
        lwcmp_cert_read_of(&c->answer.certificate, &c->in.recipient, &cert);

    c->state = lwcmp_engine_has_sealed_key(c) ? LWCMP_AT_OPEN : LWCMP_AT_CHAIN;
    if (err == 0) {
        find_chain(c, &cert);
    }
    if (err == 0 && !c->confirmed_implicitly) {
        err = lwcmp_engine_hash(c, &cert);
    }
    if (err == 0 && !c->has_local && !lwcmp_engine_awaits_key(c)) {
        err = lwcmp_p10_match(c, c->config->key_slot[c->slot], &cert.spki);
    }
    if (is_verdict(err)) {
        c->abandon = !lwcmp_is_poll_by_id(c->request);
        lwcmp_engine_reject(c, err);
        return 0;
    }
    return err;
}

static bool can_load_local(const struct lwcmp *c)
{
    return !c->has_local && c->journal.active != 0 &&
           c->request->operation == LWCMP_KUR;
}

/* An anchor alone is nobody's identity. */
static int check_chain(struct lwcmp *c)
{
    return c->path_n < 2 ? LWCMP_ERR_UNTRUSTED : lwcmp_engine_check_path(c);
}

static bool has_no_anchor(const struct lwcmp *c)
{
    return c->config->anchors.n == 0 && !c->has_learned &&
           c->answer.ca_pubs.n == 0;
}

/*
 * extraCerts are not protected, so a chain that fails does not count against
 * the key: the next attempt asks for it again.
 */
int lwcmp_at_chain(struct lwcmp *c)
{
    int err;

    c->state = lwcmp_status_begin(
        c, 1, c->config->decide ? LWCMP_AT_DECIDE : lwcmp_engine_taken(c));
    if (has_no_anchor(c) && c->config->allow_no_anchor) {
        c->path[0] = c->answer.certificate;
        c->path_n = 1;
        return 0;
    }
    err = check_chain(c);
    if (err == LWCMP_ERR_UNTRUSTED && can_load_local(c)) {
        c->state = LWCMP_AT_LOCAL;
        return 0;
    }
    if (is_verdict(err)) {
        lwcmp_engine_reject(c, err == LWCMP_ERR_UNTRUSTED ? LWCMP_ERR_CERT_CHAIN
                                                          : err);
        return 0;
    }
    return err;
}
