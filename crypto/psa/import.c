/* SPDX-License-Identifier: Apache-2.0 */
/* A private key that somebody else has made. */
#include "psa_map.h"
#include "spki.h"

#if LWCMP_WITH_CMS
/* A host may put the key into a file, like those that it makes itself. */
#define EXPORTS (LWCMP_CRYPTO_FILES ? PSA_KEY_USAGE_EXPORT : 0)

/*
 * Of RSA the strength is known when the key is in, so a weak one goes again;
 * nobody knows of it yet.
 */
static int check_strength(lwcmp_key key)
{
    enum lwcmp_sig sig;
    int err = lwcmp_crypto_key_sig(key, &sig);

    if (err == LWCMP_ERR_KEY) {
        (void)lwcmp_crypto_key_destroy(key);
        err = LWCMP_ERR_ALGORITHM;
    }
    return err;
}

/*
 * An RSA key does not say how it signs, so that is as of the type that was
 * asked for, if it is one of RSA.
 */
static void set_sig(psa_key_attributes_t *key, enum lwcmp_key_type type)
{
    psa_key_attributes_t wish = psa_key_attributes_init();

    if (lwcmp_psa_key_type(&wish, type) == 0 &&
        psa_get_key_type(&wish) == psa_get_key_type(key)) {
        psa_set_key_algorithm(key, psa_get_key_algorithm(&wish));
    }
}

int lwcmp_crypto_key_import(lwcmp_key key, enum lwcmp_key_type type,
                            struct lwcmp_bytes alg, struct lwcmp_bytes octets)
{
    psa_key_attributes_t attributes = psa_key_attributes_init();
    psa_key_id_t id;
    int err = lwcmp_psa_spki_alg(alg, &attributes);

    if (!err) {
        err = lwcmp_crypto_key_destroy(key);
    }
    if (err) {
        return err;
    }
    set_sig(&attributes, type);
    lwcmp_psa_own_key(&attributes, key);
    psa_set_key_usage_flags(&attributes,
                            psa_get_key_usage_flags(&attributes) | EXPORTS);
    err = lwcmp_psa_error(psa_import_key(&attributes, octets.p, octets.n, &id));
    if (err == LWCMP_ERR_KEY) {
        return LWCMP_ERR_CMS; /* no number of this size, no RSAPrivateKey */
    }
    return err ? err : check_strength(key);
}
#endif
