/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The key of PBMAC1 (RFC 9481 6.1.2), by PBKDF2 (RFC 8018 5.2). Secret and key
 * stay in the key store, so the secret need not be one that may be read.
 */
#include "psa_map.h"

#include "bytes.h"

#if LWCMP_WITH_PBMAC1
static int derive(const struct lwcmp_pbm *pbm, psa_algorithm_t alg,
                  const psa_key_attributes_t *as, lwcmp_key secret,
                  lwcmp_key *key)
{
    psa_key_derivation_operation_t op = psa_key_derivation_operation_init();
    psa_key_id_t id = 0;
    psa_status_t status = psa_key_derivation_setup(&op, alg);

    if (status == PSA_SUCCESS) {
        status = psa_key_derivation_input_integer(
            &op, PSA_KEY_DERIVATION_INPUT_COST, pbm->iterations);
    }
    if (status == PSA_SUCCESS) {
        status = psa_key_derivation_input_bytes(
            &op, PSA_KEY_DERIVATION_INPUT_SALT, pbm->salt.p, pbm->salt.n);
    }
    if (status == PSA_SUCCESS) {
        status = psa_key_derivation_input_key(
            &op, PSA_KEY_DERIVATION_INPUT_PASSWORD, secret);
    }
    if (status == PSA_SUCCESS) {
        status = psa_key_derivation_output_key(as, &op, &id);
    }
    (void)psa_key_derivation_abort(&op);
    if (status == PSA_SUCCESS) {
        *key = id;
    }
    return lwcmp_psa_error(status);
}

/*
 * A key is good for the one algorithm that it was made for. A secret that may
 * be read serves all: this is a copy for the one that is asked for.
 */
static int copy_for(psa_algorithm_t alg, lwcmp_key secret, psa_key_id_t *copy)
{
    psa_key_attributes_t attributes = psa_key_attributes_init();
    uint8_t p[LWCMP_PSA_SECRET_MAX];
    size_t n;
    int err = LWCMP_ERR_KEY;

    psa_set_key_type(&attributes, PSA_KEY_TYPE_PASSWORD);
    psa_set_key_algorithm(&attributes, alg);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_DERIVE);
    if (psa_export_key(secret, p, sizeof p, &n) == PSA_SUCCESS) {
        err = lwcmp_psa_error(psa_import_key(&attributes, p, n, copy));
    }
    lwcmp_wipe(p, sizeof p);
    return err;
}

int lwcmp_psa_pbkdf2_as(const struct lwcmp_pbm *pbm, psa_key_attributes_t *as,
                        lwcmp_key secret, lwcmp_key *key)
{
    psa_algorithm_t alg = PSA_ALG_PBKDF2_HMAC(lwcmp_psa_hash_alg(pbm->owf));
    psa_key_id_t copy;
    int err;

    psa_set_key_bits(as, 8u * pbm->key_length);
    err = derive(pbm, alg, as, secret, key);
    if (err == LWCMP_ERR_KEY) {
        err = copy_for(alg, secret, &copy);
        if (!err) {
            err = derive(pbm, alg, as, copy, key);
            (void)psa_destroy_key(copy);
        }
    }
    return err;
}

int lwcmp_psa_pbkdf2(const struct lwcmp_pbm *pbm, lwcmp_key secret,
                     lwcmp_key *key)
{
    psa_key_attributes_t hmac = psa_key_attributes_init();

    lwcmp_psa_mac_key(&hmac, pbm->hmac);
    return lwcmp_psa_pbkdf2_as(pbm, &hmac, secret, key);
}
#else
int lwcmp_psa_pbkdf2(const struct lwcmp_pbm *pbm, lwcmp_key secret,
                     lwcmp_key *key)
{
    (void)pbm;
    (void)secret;
    (void)key;
    return LWCMP_ERR_ALGORITHM;
}

int lwcmp_psa_pbkdf2_as(const struct lwcmp_pbm *pbm, psa_key_attributes_t *as,
                        lwcmp_key secret, lwcmp_key *key)
{
    (void)as;
    return lwcmp_psa_pbkdf2(pbm, secret, key);
}
#endif
