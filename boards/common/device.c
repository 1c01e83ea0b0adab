/* SPDX-License-Identifier: Apache-2.0 */
#include "device.h"

#include <psa/crypto.h>

#include "flash/psa_its.h"
#include "flash/store.h"
#include "board.h"
#include "say.h"

/* The index is enum lwcmp_factory_state. */
static const char *const states[] = {
    "good",
    "is blank: the device has not been provisioned",
    "is not there, but something else",
    "is of a newer version than this firmware",
    "is cut short",
    "is damaged: the checksum is wrong",
    "has a field that is missing or makes no sense",
};

static void complain(const char *what, enum lwcmp_factory_state state)
{
    lwcmp_say_begin("factory");
    lwcmp_say_text(what);
    lwcmp_say_text(states[state]);
    lwcmp_say_end();
}

static int read_record(struct lwcmp_device *d)
{
    enum lwcmp_factory_state state =
        lwcmp_factory_read(lwcmp_board_factory(), &d->factory);

    if (state != LWCMP_FACTORY_GOOD) {
        complain("the factory record ", state);
        return LWCMP_ERR_CONFIG;
    }
    lwcmp_say_begin("factory");
    lwcmp_say_text("server http://");
    lwcmp_say_text(d->factory.host);
    lwcmp_say_text(":");
    lwcmp_say_number(d->factory.port);
    lwcmp_say_text(d->factory.path);
    lwcmp_say_end();
    return 0;
}

/*
 * PasswordBasedMac needs a secret that may be read, PBMAC1 one to derive from.
 * The key is volatile: the factory record is the only place where the secret
 * survives a reset, so that it is gone when it is wiped there.
 */
static int import_secret(struct lwcmp_device *d)
{
    psa_key_attributes_t a = psa_key_attributes_init();

    psa_set_key_type(&a, PSA_KEY_TYPE_PASSWORD);
    psa_set_key_usage_flags(&a, PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_DERIVE);
    psa_set_key_algorithm(&a, PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256));
    if (psa_import_key(&a, d->secret.secret.p, d->secret.secret.n,
                       &d->secret_key) != PSA_SUCCESS) {
        lwcmp_say("factory", "the secret cannot be imported");
        return LWCMP_ERR_KEY;
    }
    return 0;
}

static bool is_erased(struct lwcmp_bytes block)
{
    size_t i = 0;

    while (i < block.n && block.p[i] == 0xff) {
        i++;
    }
    return i == block.n;
}

/*
 * What is neither blank nor a store was damaged. Without a secret nothing
 * would be gained by making it anew, and somebody may read out what is left.
 */
static int mend_store(struct lwcmp_device *d)
{
    if (d->secret.secret.n == 0) {
        lwcmp_say("flash", "the store is damaged, and there is no secret to "
                           "begin anew: service is needed");
        return LWCMP_ERR_STORE;
    }
    lwcmp_say("flash", "the store is damaged and made anew");
    return lwcmp_log_format(&d->log);
}

static int open_store(struct lwcmp_device *d)
{
    int err = 0;

    switch (lwcmp_log_open(&d->log, &lwcmp_board_flash)) {
    case LWCMP_LOG_GOOD:
        break;
    case LWCMP_LOG_NEW:
        lwcmp_say("flash", "the store is empty");
        break;
    case LWCMP_LOG_DAMAGED:
        err = mend_store(d);
        break;
    case LWCMP_LOG_FAILED:
        lwcmp_say("flash", "it cannot be written: service is needed");
        err = LWCMP_ERR_STORE;
        break;
    }
    if (!err) {
        lwcmp_flash_its_use(&d->log);
        d->store = lwcmp_flash_store(&d->log);
    }
    return err;
}

/*
 * A key that has rotted in the slot that is free could neither be used nor
 * replaced: PSA does not destroy what it cannot read.
 */
static void drop_rotten_key(struct lwcmp_device *d)
{
    psa_key_attributes_t a = psa_key_attributes_init();
    psa_key_id_t key = LWCMP_DEVICE_KEY_1;
    psa_status_t status;
    unsigned slot;

    if (lwcmp_free_slot(&d->store, &slot)) {
        return;
    }
    key += slot;
    status = psa_get_key_attributes(key, &a);
    psa_reset_key_attributes(&a);
    if (status != PSA_SUCCESS && status != PSA_ERROR_INVALID_HANDLE &&
        status != PSA_ERROR_DOES_NOT_EXIST) {
        lwcmp_say("flash", "a damaged key that is not in use is removed");
        (void)lwcmp_log_remove(&d->log, LWCMP_LOG_ITS, key, true);
    }
}

/* What a power cut has left of an old identity is finished, too. */
static void tidy(struct lwcmp_device *d)
{
    const struct lwcmp_config config = {
        .store = &d->store,
        .key_slot = {LWCMP_DEVICE_KEY_1, LWCMP_DEVICE_KEY_2},
    };

    drop_rotten_key(d);
    (void)lwcmp_tidy(&config); /* else at the next start, or by a renewal */
}

static void wipe_secret(void)
{
    int err = lwcmp_board_wipe_secret();

    lwcmp_say("secret", err ? "cannot be wiped: tried again at the next start"
                            : "is wiped: the certificate takes its place");
}

/* A wipe that was cut off is finished: it may have left most of the secret. */
static int take_secret(struct lwcmp_device *d, enum lwcmp_factory_state state)
{
    unsigned slot;

    if (state == LWCMP_FACTORY_GOOD) {
        return import_secret(d);
    }
    if (state == LWCMP_FACTORY_BLANK && is_erased(lwcmp_board_secret())) {
        return 0;
    }
    if (lwcmp_identity(&d->store, &slot) == 0) {
        wipe_secret();
        return 0;
    }
    complain("the secret ", state);
    return LWCMP_ERR_CONFIG;
}

int lwcmp_device_open(struct lwcmp_device *d)
{
    enum lwcmp_factory_state state =
        lwcmp_factory_read_secret(lwcmp_board_secret(), &d->secret);
    int err;

    if (state != LWCMP_FACTORY_GOOD) {
        d->secret = (struct lwcmp_factory_secret){{NULL, 0}, {NULL, 0}};
    }
    err = read_record(d);
    if (!err) {
        err = open_store(d);
    }
    if (!err && psa_crypto_init() != PSA_SUCCESS) {
        lwcmp_say("crypto", "PSA Crypto does not start");
        err = LWCMP_ERR_CRYPTO;
    }
    if (!err) {
        tidy(d);
        err = take_secret(d, state);
    }
    return err;
}

int lwcmp_device_certificate(struct lwcmp_device *d, unsigned slot,
                             struct lwcmp_bytes *row)
{
    enum lwcmp_record id =
        slot == 0 ? LWCMP_RECORD_CERT_1 : LWCMP_RECORD_CERT_2;

    row->p = d->buffer;
    return d->store.read(d->store.context, id, d->buffer, sizeof d->buffer,
                         &row->n);
}

void lwcmp_device_forget_secret(struct lwcmp_device *d)
{
    if (d->secret_key == 0 || lwcmp_pending(&d->store).doubtful) {
        return;
    }
    if (d->factory.keep_secret) {
        lwcmp_say("secret", "is kept, as the factory record wants");
        return;
    }
    (void)psa_destroy_key(d->secret_key);
    d->secret_key = 0;
    d->secret = (struct lwcmp_factory_secret){{NULL, 0}, {NULL, 0}};
    wipe_secret();
}
