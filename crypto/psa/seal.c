/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Encrypts for somebody else's key (RFC 9481 4, 5). The key of the content is
 * on the stack for a moment, and in PSA as a volatile one.
 */
#include <string.h>

#include "aes.h"
#include "bytes.h"
#include "psa_map.h"
#include "spki.h"

#if LWCMP_WITH_ARCHIVE
#define KEY_N 32    /* bytes of the AES keys */
#define WRAP_MORE 8 /* that AES key wrap adds */

struct recipient {
    psa_key_attributes_t is;
    struct lwcmp_bytes octets; /* as PSA takes them */
};

/* What is wrong with the recipient's key looks like an argument of ours. */
static int recipient_error(psa_status_t status)
{
    return status == PSA_ERROR_INVALID_ARGUMENT ? LWCMP_ERR_CERT_SYNTAX
                                                : lwcmp_psa_error(status);
}

static int encrypt_rsa(struct recipient *to, const uint8_t key[KEY_N],
                       struct lwcmp_sealed *sealed)
{
    psa_algorithm_t alg = PSA_ALG_RSA_OAEP(PSA_ALG_SHA_256);
    psa_key_id_t id;
    int err;

    psa_set_key_usage_flags(&to->is, PSA_KEY_USAGE_ENCRYPT);
    psa_set_key_algorithm(&to->is, alg);
    err = recipient_error(
        psa_import_key(&to->is, to->octets.p, to->octets.n, &id));
    if (err) {
        return err;
    }
    err = lwcmp_psa_error(
        psa_asymmetric_encrypt(id, alg, key, KEY_N, NULL, 0, sealed->room,
                               sizeof sealed->room, &sealed->key.n));
    sealed->key.p = sealed->room;
    (void)psa_destroy_key(id);
    return err == LWCMP_ERR_BUFFER ? LWCMP_ERR_ALGORITHM : err;
}

/* A key pair for this one message. */
static int make_sender(const struct recipient *to, lwcmp_key *sender)
{
    psa_key_attributes_t is = psa_key_attributes_init();
    psa_key_id_t id = 0;
    int err;

    psa_set_key_type(
        &is, PSA_KEY_TYPE_KEY_PAIR_OF_PUBLIC_KEY(psa_get_key_type(&to->is)));
    psa_set_key_bits(&is, psa_get_key_bits(&to->is));
    psa_set_key_usage_flags(&is, PSA_KEY_USAGE_DERIVE);
    psa_set_key_algorithm(&is, PSA_ALG_ECDH);
    err = lwcmp_psa_error(psa_generate_key(&is, &id));
    *sender = id;
    return err;
}

static int wrap(lwcmp_key sender, const struct recipient *to,
                struct lwcmp_bytes info, const uint8_t key[KEY_N], uint8_t *out)
{
    struct lwcmp_seal theirs = {.point = to->octets};
    lwcmp_key wraps = 0;
    int err;

    theirs.kdf.owf = LWCMP_SHA256;
    theirs.kdf.key_length = KEY_N;
    theirs.kdf.salt = info;
    err = lwcmp_psa_agree(sender, &theirs, &wraps);
    if (err) {
        return err == LWCMP_ERR_DECRYPT ? LWCMP_ERR_CERT_SYNTAX : err;
    }
    err = lwcmp_psa_aes_wrap(wraps, key, KEY_N, out);
    (void)psa_destroy_key(wraps);
    return err;
}

/* There is room for a key of P-521 and a wrapped one. */
static int encrypt_ec(const struct recipient *to, struct lwcmp_bytes info,
                      const uint8_t key[KEY_N], struct lwcmp_sealed *sealed)
{
    lwcmp_key sender = 0;
    uint8_t *wrapped = sealed->room;
    size_t n = 0;
    int err = make_sender(to, &sender);

    if (!err) {
        err = lwcmp_crypto_key_public(sender, wrapped, sizeof sealed->room, &n);
    }
    sealed->sender = (struct lwcmp_bytes){wrapped, n};
    wrapped += n;
    if (!err) {
        err = wrap(sender, to, info, key, wrapped);
    }
    sealed->key = (struct lwcmp_bytes){wrapped, KEY_N + WRAP_MORE};
    (void)psa_destroy_key(sender);
    return err;
}

int lwcmp_crypto_seal(struct lwcmp_bytes spki, struct lwcmp_bytes info,
                      struct lwcmp_sealed *sealed)
{
    struct recipient to = {.is = psa_key_attributes_init()};
    uint8_t key[KEY_N];
    int err = lwcmp_psa_spki_read(spki, &to.is, &to.octets);

    memset(sealed, 0, sizeof *sealed);
    if (!err && lwcmp_psa_sig_of(&to.is) == LWCMP_SIG_NONE) {
        err = LWCMP_ERR_ALGORITHM;
    }
    if (!err) {
        err = lwcmp_crypto_random(key, sizeof key);
    }
    if (!err) {
        err = lwcmp_crypto_random(sealed->iv, sizeof sealed->iv);
    }
    if (!err) {
        sealed->ec = PSA_KEY_TYPE_IS_ECC(psa_get_key_type(&to.is));
        err = sealed->ec ? encrypt_ec(&to, info, key, sealed)
                         : encrypt_rsa(&to, key, sealed);
    }
    if (!err) {
        err = lwcmp_psa_aes_import(key, sizeof key, &sealed->content_key);
    }
    lwcmp_wipe(key, sizeof key);
    return err;
}
#endif
