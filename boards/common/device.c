/* SPDX-License-Identifier: Apache-2.0 */
#include "device.h"

#include <psa/crypto.h>

#include "flash/psa_its.h"
#include "flash/store.h"
#include "board.h"
#include "say.h"

/*
 * What is neither blank nor a store was damaged, and an identity in it is
 * lost: whether the device gets another one is for the factory record to say.
 */
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
        lwcmp_say("flash", "the store is damaged and made anew");
        err = lwcmp_log_format(&d->log);
        break;
    case LWCMP_LOG_FAILED:
        err = LWCMP_ERR_STORE;
        break;
    }
    if (err) {
        lwcmp_say("flash", "the store does not work: service is needed");
        return err;
    }
    lwcmp_flash_its_use(&d->log);
    d->store = lwcmp_flash_store(&d->log);
    return 0;
}

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

static void wipe_secret(void)
{
    int err = lwcmp_board_wipe_secret();

    lwcmp_say("secret", err ? "cannot be wiped: tried again at the next start"
                            : "is wiped: the certificate takes its place");
}

/* A wipe that was cut off is finished: it may have left most of the secret. */
static int read_secret(struct lwcmp_device *d)
{
    enum lwcmp_factory_state state =
        lwcmp_factory_read_secret(lwcmp_board_secret(), &d->secret);
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
    int err = open_store(d);

    if (!err && psa_crypto_init() != PSA_SUCCESS) {
        lwcmp_say("crypto", "PSA Crypto does not start");
        err = LWCMP_ERR_CRYPTO;
    }
    if (!err) {
        err = read_record(d);
    }
    return err ? err : read_secret(d);
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
    if (d->secret_key == 0) {
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
