/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The device's key pairs. Only attributes are looked at, so that the key may
 * as well live in a secure element behind an opaque driver.
 */
#include "psa_map.h"

#define EXPORT PSA_KEY_USAGE_EXPORT
#define OPEN LWCMP_PSA_KEY_OPEN

#if LWCMP_WITH_CMS
/* Beside signing: opens what is encrypted for it. */
static void set_use(psa_key_attributes_t *key)
{
    if (PSA_KEY_TYPE_IS_RSA(psa_get_key_type(key))) {
        psa_set_key_usage_flags(key, PSA_KEY_USAGE_SIGN_HASH |
                                         PSA_KEY_USAGE_DECRYPT);
        psa_set_key_enrollment_algorithm(key, PSA_ALG_RSA_PKCS1V15_CRYPT);
    } else {
        psa_set_key_usage_flags(key,
                                PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_DERIVE);
        psa_set_key_enrollment_algorithm(key, PSA_ALG_ECDH);
    }
}
#else
static void set_use(psa_key_attributes_t *key)
{
    psa_set_key_usage_flags(key, PSA_KEY_USAGE_SIGN_HASH);
}
#endif

void lwcmp_psa_own_key(psa_key_attributes_t *key, lwcmp_key name)
{
    set_use(key);
    psa_set_key_id(key, name);
    psa_set_key_lifetime(key, LWCMP_PSA_KEY_LIFETIME);
}

int lwcmp_crypto_key_generate(lwcmp_key key, enum lwcmp_key_type type)
{
    psa_key_attributes_t attributes = psa_key_attributes_init();
    psa_key_id_t id;
    int err = lwcmp_psa_key_type(&attributes, type);

    if (!err) {
        err = lwcmp_crypto_key_destroy(key);
    }
    if (err) {
        return err;
    }
    lwcmp_psa_own_key(&attributes, key);
    psa_set_key_usage_flags(&attributes, psa_get_key_usage_flags(&attributes) |
                                             (type & OPEN ? EXPORT : 0));
    return lwcmp_psa_error(psa_generate_key(&attributes, &id));
}

int lwcmp_crypto_key_destroy(lwcmp_key key)
{
    psa_status_t status = psa_destroy_key(key);

    if (status == PSA_ERROR_INVALID_HANDLE ||
        status == PSA_ERROR_DOES_NOT_EXIST) {
        return LWCMP_OK;
    }
    return lwcmp_psa_error(status);
}

static bool can_sign(const psa_key_attributes_t *attributes)
{
    return PSA_KEY_TYPE_IS_KEY_PAIR(psa_get_key_type(attributes)) &&
           (psa_get_key_usage_flags(attributes) & PSA_KEY_USAGE_SIGN_HASH) != 0;
}

int lwcmp_crypto_key_sig(lwcmp_key key, enum lwcmp_sig *sig)
{
    psa_key_attributes_t attributes = psa_key_attributes_init();
    int err = lwcmp_psa_error(psa_get_key_attributes(key, &attributes));

    *sig = LWCMP_SIG_NONE;
    if (!err && can_sign(&attributes)) {
        *sig = lwcmp_psa_sig_of(&attributes);
    }
    if (!err && *sig == LWCMP_SIG_NONE) {
        err = LWCMP_ERR_KEY;
    }
    psa_reset_key_attributes(&attributes);
    return err;
}

/* A request with a copy of its key does not share it with one without. */
static bool is_as_open(const psa_key_attributes_t *is, enum lwcmp_key_type type)
{
    bool open = (psa_get_key_usage_flags(is) & EXPORT) != 0;

    return !LWCMP_WITH_ARCHIVE || open == ((type & OPEN) != 0);
}

int lwcmp_crypto_key_is(lwcmp_key key, enum lwcmp_key_type type)
{
    psa_key_attributes_t is = psa_key_attributes_init();
    psa_key_attributes_t due = psa_key_attributes_init();
    int err = lwcmp_psa_key_type(&due, type);

    if (!err) {
        err = lwcmp_psa_error(psa_get_key_attributes(key, &is));
    }
    if (!err && (psa_get_key_type(&is) != psa_get_key_type(&due) ||
                 psa_get_key_bits(&is) != psa_get_key_bits(&due) ||
                 lwcmp_psa_sig_of(&is) != lwcmp_psa_sig_of(&due) ||
                 !is_as_open(&is, type))) {
        err = LWCMP_ERR_KEY;
    }
    psa_reset_key_attributes(&is);
    return err;
}
