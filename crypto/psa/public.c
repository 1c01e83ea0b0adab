/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Public keys: SubjectPublicKeyInfo (RFC 5280 4.1.2.7) in and out. Mbed TLS PK
 * knows the ASN.1; the keys themselves are PSA keys.
 */
#include "psa_map.h"

#include <string.h>

#include "mbedtls_compat.h"

int lwcmp_crypto_key_public(lwcmp_key key, uint8_t *out, size_t cap, size_t *n)
{
    mbedtls_pk_context pk;
    int ret;

    mbedtls_pk_init(&pk);
    ret = mbedtls_pk_copy_public_from_psa(key, &pk);
    if (ret != 0) {
        mbedtls_pk_free(&pk);
        return mbedtls_error_is_memory(ret) ? LWCMP_ERR_CRYPTO : LWCMP_ERR_KEY;
    }
    ret = mbedtls_pk_write_pubkey_der(&pk, out, cap);
    mbedtls_pk_free(&pk);
    if (ret < 0) {
        return mbedtls_error_is_room(ret) ? LWCMP_ERR_BUFFER : LWCMP_ERR_CRYPTO;
    }
    /* Mbed TLS writes at the end of the buffer. */
    *n = (size_t)ret;
    memmove(out, out + cap - *n, *n);
    return LWCMP_OK;
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
static psa_algorithm_t any_hash(psa_algorithm_t alg)
{
    if (alg == PSA_ALG_NONE) {
        return alg;
    }
    return PSA_ALG_IS_ECDSA(alg) ? PSA_ALG_ECDSA(PSA_ALG_ANY_HASH)
                                 : PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_ANY_HASH);
}

/* A key read from `spki`, as PSA key for `alg`, or only to be compared. */
static int import(const mbedtls_pk_context *pk, psa_algorithm_t alg,
                  psa_key_attributes_t *attributes, psa_key_id_t *id)
{
    int ret = mbedtls_pk_get_psa_attributes(pk, PSA_KEY_USAGE_VERIFY_HASH,
                                            attributes);

    if (ret != 0) {
        return lwcmp_psa_parse_error(ret, LWCMP_ERR_ALGORITHM);
    }
    if (alg != PSA_ALG_NONE && !fits(attributes, alg)) {
        return LWCMP_ERR_ALGORITHM;
    }
    psa_set_key_algorithm(attributes, any_hash(alg));
    ret = mbedtls_pk_import_into_psa(pk, attributes, id);
    return lwcmp_psa_parse_error(ret, LWCMP_ERR_CERT_SYNTAX);
}

static int spki_read(struct lwcmp_bytes spki, psa_algorithm_t alg,
                     psa_key_attributes_t *attributes, psa_key_id_t *id)
{
    mbedtls_pk_context pk;
    int err;

    mbedtls_pk_init(&pk);
    err =
        lwcmp_psa_parse_error(mbedtls_pk_parse_public_key(&pk, spki.p, spki.n),
                              LWCMP_ERR_CERT_SYNTAX);
    if (!err) {
        err = import(&pk, alg, attributes, id);
    }
    mbedtls_pk_free(&pk);
    return err;
}

int lwcmp_crypto_public_import(struct lwcmp_bytes spki, enum lwcmp_sig sig,
                               lwcmp_key *key)
{
    psa_key_attributes_t attributes = psa_key_attributes_init();
    psa_algorithm_t alg = lwcmp_psa_sig_alg(sig);
    psa_key_id_t id = 0;
    int err;

    if (alg == PSA_ALG_NONE) {
        return LWCMP_ERR_ALGORITHM;
    }
    err = spki_read(spki, alg, &attributes, &id);
    psa_reset_key_attributes(&attributes);
    if (!err) {
        *key = id;
    }
    return err;
}

static int compare(psa_key_id_t a, psa_key_id_t b)
{
    uint8_t p[PSA_EXPORT_PUBLIC_KEY_MAX_SIZE];
    uint8_t q[PSA_EXPORT_PUBLIC_KEY_MAX_SIZE];
    size_t n, m;
    int err;

    err = lwcmp_psa_error(psa_export_public_key(a, p, sizeof p, &n));
    if (err) {
        return err;
    }
    err = lwcmp_psa_error(psa_export_public_key(b, q, sizeof q, &m));
    if (err) {
        return err;
    }
    return n == m && memcmp(p, q, n) == 0 ? LWCMP_OK : LWCMP_ERR_CERT_KEY;
}

/*
 * The keys are compared, not their DER: a CA may write the same key in another
 * way, say with other parameters. The curve needs no look: a point of ours that
 * is not on the curve named in `spki` was refused when that was read.
 */
int lwcmp_crypto_key_match(lwcmp_key key, struct lwcmp_bytes spki)
{
    psa_key_attributes_t attributes = psa_key_attributes_init();
    psa_key_id_t id = 0;
    int err = spki_read(spki, PSA_ALG_NONE, &attributes, &id);

    psa_reset_key_attributes(&attributes);
    if (err == LWCMP_ERR_CRYPTO) {
        return err;
    }
    if (err) {
        return LWCMP_ERR_CERT_KEY; /* what cannot be read is not our key */
    }
    err = compare(key, id);
    (void)psa_destroy_key(id);
    return err;
}
