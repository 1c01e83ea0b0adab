/* SPDX-License-Identifier: Apache-2.0 */
/* Public keys: out of a key pair, into PSA, and compared. */
#include "psa_map.h"

#include "bytes.h"
#include "spki.h"

int lwcmp_crypto_key_public(lwcmp_key key, uint8_t *out, size_t cap, size_t *n)
{
    psa_key_attributes_t attributes = psa_key_attributes_init();
    size_t size;
    int err = lwcmp_psa_error(psa_get_key_attributes(key, &attributes));

    if (!err) {
        err = lwcmp_psa_error(psa_export_public_key(key, out, cap, &size));
    }
    if (!err) {
        err = lwcmp_psa_spki_wrap(&attributes, out, cap, &size);
    }
    psa_reset_key_attributes(&attributes);
    if (!err) {
        *n = size;
    }
    return err;
}

/* Whether a key is strong enough and of the kind that `alg` needs. */
static bool fits(const psa_key_attributes_t *key, psa_algorithm_t alg)
{
    psa_key_type_t type = psa_get_key_type(key);

    if (lwcmp_psa_sig_of(key) == LWCMP_SIG_NONE) {
        return false;
    }
    return PSA_ALG_IS_ECDSA(alg) ? PSA_KEY_TYPE_IS_ECC(type)
                                 : PSA_KEY_TYPE_IS_RSA(type);
}

/*
 * The signer of a message may use another hash for the next one, so the key is
 * for all of them.
 */
static void allow(psa_key_attributes_t *key, psa_algorithm_t alg)
{
    psa_set_key_usage_flags(key, PSA_KEY_USAGE_VERIFY_HASH);
    if (PSA_ALG_IS_ECDSA(alg)) {
        psa_set_key_algorithm(key, PSA_ALG_ECDSA(PSA_ALG_ANY_HASH));
    } else {
        lwcmp_psa_peer_rsa(key);
    }
}

int lwcmp_crypto_public_import(struct lwcmp_bytes spki, enum lwcmp_sig sig,
                               lwcmp_key *key)
{
    psa_key_attributes_t attributes = psa_key_attributes_init();
    psa_algorithm_t alg = lwcmp_psa_sig_alg(sig);
    struct lwcmp_bytes octets;
    psa_key_id_t id = 0;
    int err;

    if (alg == PSA_ALG_NONE) {
        return LWCMP_ERR_ALGORITHM;
    }
    err = lwcmp_psa_spki_read(spki, &attributes, &octets);
    if (!err && !fits(&attributes, alg)) {
        err = LWCMP_ERR_ALGORITHM;
    }
    if (err) {
        return err;
    }
    allow(&attributes, alg);
    err = lwcmp_psa_error(psa_import_key(&attributes, octets.p, octets.n, &id));
    if (err == LWCMP_ERR_KEY) {
        return LWCMP_ERR_CERT_SYNTAX; /* not on the curve, or no RSAPublicKey */
    }
    if (!err) {
        *key = id;
    }
    return err;
}

/*
 * The keys are compared, not their DER: a CA may write the same key with other
 * parameters. Type and curve need no look: octets of another kind have another
 * size or beginning.
 */
int lwcmp_crypto_key_match(lwcmp_key key, struct lwcmp_bytes spki)
{
    psa_key_attributes_t attributes = psa_key_attributes_init();
    uint8_t own[PSA_EXPORT_PUBLIC_KEY_MAX_SIZE];
    struct lwcmp_bytes octets;
    size_t n;
    int err;

    if (lwcmp_psa_spki_read(spki, &attributes, &octets)) {
        return LWCMP_ERR_CERT_KEY; /* what cannot be read is not our key */
    }
    err = lwcmp_psa_error(psa_export_public_key(key, own, sizeof own, &n));
    if (!err && !lwcmp_bytes_are(&octets, own, n)) {
        err = LWCMP_ERR_CERT_KEY;
    }
    return err;
}
