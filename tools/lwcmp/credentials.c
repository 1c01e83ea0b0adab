/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates, keys and the secret that the user has named. */
#include <string.h>

#include "algorithms.h"
#include "bytes.h"
#include "cert.h"
#include "fail.h"
#include "files.h"
#include "keys.h"
#include "session.h"

static int load_anchors(struct lwcmp_cli_session *s)
{
    struct lwcmp_der_out row;
    int code;

    lwcmp_der_out_init(&row, s->anchors, sizeof(s->anchors));
    code = lwcmp_cli_certificates_read_all(&s->options->trusted, &row);
    s->config.anchors = (struct lwcmp_bytes){s->anchors, row.n};
    return code;
}

/* The first certificate signs; those behind it and those of --chain follow. */
static int load_own(struct lwcmp_cli_session *s)
{
    const struct lwcmp_cli_options *o = s->options;
    struct lwcmp_der_out row;
    int code;

    if (!o->cert) {
        return 0;
    }
    lwcmp_der_out_init(&row, s->own, sizeof(s->own));
    code = lwcmp_cli_certificates_read(o->cert, &row);
    if (!code && o->chain) {
        code = lwcmp_cli_certificates_read(o->chain, &row);
    }
    s->config.chain = (struct lwcmp_bytes){s->own, row.n};
    (void)lwcmp_cert_next(&s->config.chain, &s->config.certificate);
    return code;
}

/* A file with one certificate, if it is given. */
static int load_one(const char *file, uint8_t *room,
                    struct lwcmp_bytes *certificate)
{
    struct lwcmp_der_out row;
    struct lwcmp_bytes rest;
    int code;

    if (!file) {
        return 0;
    }
    lwcmp_der_out_init(&row, room, LWCMP_CLI_ROW_MAX);
    code = lwcmp_cli_certificates_read(file, &row);
    rest = (struct lwcmp_bytes){room, row.n};
    (void)lwcmp_cert_next(&rest, certificate);
    if (!code && rest.n > 0) {
        code = lwcmp_cli_fail(LWCMP_EXIT_STORAGE,
                              "%s: that is more than one certificate", file);
    }
    return code;
}

int lwcmp_cli_load_certificates(struct lwcmp_cli_session *s)
{
    int code = load_anchors(s);

    if (!code) {
        code = load_own(s);
    }
    if (!code) {
        code = load_one(s->options->responder_cert, s->responder_cert,
                        &s->config.responder_certificate);
    }
#if LWCMP_WITH_ARCHIVE
    if (!code) {
        code = load_one(s->options->backup, s->backup,
                        &s->config.archive_certificate);
    }
#endif
    return code ? code : lwcmp_cli_crl_load(s);
}

static int load_secret(struct lwcmp_cli_session *s)
{
    const struct lwcmp_cli_options *o = s->options;
    struct lwcmp_cli_secret secret;
    int code;

    if (!o->secret) {
        return 0;
    }
    s->config.reference =
        (struct lwcmp_bytes){(const uint8_t *)o->ref, strlen(o->ref)};
    code = lwcmp_cli_secret_read(&secret, "--secret", o->secret);
    if (!code) {
        code = lwcmp_cli_secret_import(&secret, &s->config.secret);
    }
    lwcmp_wipe(&secret, sizeof(secret));
    return code;
}

static int load_own_key(struct lwcmp_cli_session *s,
                        const struct lwcmp_cli_secret *passphrase)
{
    const struct lwcmp_cli_options *o = s->options;
    struct lwcmp_cert cert;
    int code;

    if (!o->key) {
        return 0;
    }
    code = lwcmp_cli_key_read(o->key, passphrase, lwcmp_cli_key_use(o),
                              &s->config.key);
    if (code) {
        return code;
    }
    if (lwcmp_cert_read(&s->config.certificate, &cert) ||
        lwcmp_crypto_key_match(s->config.key, cert.spki)) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE,
                              "%s is not the key of the certificate in %s",
                              o->key, o->cert);
    }
    return 0;
}

/* Of a key that was kept without --backup no copy can be made any more. */
static int check_copy(lwcmp_key key)
{
    return lwcmp_cli_key_is_open(key)
               ? 0
               : lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                                "an earlier request without --backup is under "
                                "way for this key, which may not leave its "
                                "store: --anew takes it from its file again");
}

/*
 * The slot has the key of an attempt that waits or was cut off; the CA may
 * have a certificate for it. It is taken again if it is the one in the file,
 * and no other takes its place unless the user says so.
 */
static int take_key_again(const struct lwcmp_cli_options *o, lwcmp_key slot,
                          const struct lwcmp_cli_secret *passphrase)
{
    uint8_t spki[LWCMP_CLI_FILE_MAX];
    lwcmp_key key = 0;
    size_t n = 0;
    int code, error = LWCMP_ERR_KEY;

    if (o->newkey) {
        code =
            lwcmp_cli_key_read(o->newkey, passphrase, LWCMP_CLI_KEY_SIGN, &key);
        if (code) {
            return code;
        }
        error = lwcmp_crypto_key_public(key, spki, sizeof(spki), &n);
        if (!error) {
            error = lwcmp_crypto_key_match(slot, (struct lwcmp_bytes){spki, n});
        }
        (void)lwcmp_crypto_key_destroy(key);
    }
    if (error) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "an earlier request is under way for another "
                              "key: give that one by --newkey, or --anew");
    }
    return o->backup ? check_copy(slot) : 0;
}

/* One that is not that of --csr does not even get into the slot. */
static int check_new_key(const struct lwcmp_cli_session *s,
                         const struct lwcmp_cli_secret *passphrase)
{
    const char *path = s->options->newkey;
    lwcmp_key key = 0;
    int code;

    if (!path || !s->options->csr) {
        return 0;
    }
    code = lwcmp_cli_key_read(path, passphrase, LWCMP_CLI_KEY_SIGN, &key);
    if (!code) {
        code = lwcmp_cli_csr_check_key(s, key);
        (void)lwcmp_crypto_key_destroy(key);
    }
    return code;
}

static int put_new_key(struct lwcmp_cli_session *s,
                       const struct lwcmp_cli_secret *passphrase, unsigned slot)
{
    const struct lwcmp_cli_options *o = s->options;
    unsigned type = s->request.key_type | (o->backup ? LWCMP_KEY_OPEN : 0);
    unsigned use = lwcmp_cli_key_use(o) | (o->backup ? LWCMP_CLI_KEY_OPEN : 0);

    if (o->newkeyout) {
        return lwcmp_cli_key_make(o->newkeyout, (enum lwcmp_key_type)type,
                                  s->config.key_slot[slot]);
    }
    return lwcmp_cli_key_read(o->newkey, passphrase,
                              (enum lwcmp_cli_key_use)use,
                              &s->config.key_slot[slot]);
}

/* The key to be certified goes to the slot where the engine expects it. */
static int load_new_key(struct lwcmp_cli_session *s,
                        const struct lwcmp_cli_secret *passphrase)
{
    const struct lwcmp_cli_options *o = s->options;
    enum lwcmp_sig sig;
    unsigned slot;

    if ((!o->newkey && !o->newkeyout) || o->central_key) {
        return 0;
    }
    if (lwcmp_free_slot(&s->state.store, &slot)) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE,
                              "%s: the journal cannot be read; nothing was "
                              "changed",
                              s->state.path);
    }
    s->request.key_is_there = true;
    if (!o->anew && (lwcmp_pending(&s->state.store).operation != 0) &&
        lwcmp_crypto_key_sig(s->config.key_slot[slot], &sig) == 0) {
        return take_key_again(o, s->config.key_slot[slot], passphrase);
    }
    return put_new_key(s, passphrase, slot);
}

int lwcmp_cli_load_keys(struct lwcmp_cli_session *s)
{
    const char *source = s->options->key_pass;
    struct lwcmp_cli_secret passphrase;
    int code = load_secret(s);

    if (!code && source) {
        code = lwcmp_cli_secret_read(&passphrase, "--key-pass", source);
    }
    if (!code) {
        code = load_own_key(s, source ? &passphrase : NULL);
    }
    if (!code) {
        code = lwcmp_cli_csr_check(s);
    }
    if (!code) {
        code = check_new_key(s, source ? &passphrase : NULL);
    }
    if (!code) {
        code = load_new_key(s, source ? &passphrase : NULL);
    }
    lwcmp_wipe(&passphrase, sizeof(passphrase));
    return code;
}
