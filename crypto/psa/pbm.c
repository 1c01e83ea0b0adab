/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The key of a MAC by a shared secret: of PasswordBasedMac (RFC 9810 5.1.3.1,
 * RFC 4211 4.4), in slices. That of PBMAC1 is made in pbkdf2.c.
 *
 *   K = OWF(secret || salt), then K = OWF(K), `iterations` times in all
 *
 * PSA cannot hash a key, so the secret is exported onto the stack, and what
 * was derived so far is a volatile PSA key between two slices.
 */
#include "psa_map.h"

#include <string.h>

#include "bytes.h"

/* The state between two slices, or the secret before the first one. */
struct state {
    uint8_t p[LWCMP_PSA_SECRET_MAX];
    size_t n;
};

static int check(const struct lwcmp_pbm *pbm, lwcmp_key key, uint32_t done)
{
    if ((key == 0) != (done == 0) || done > pbm->iterations) {
        return LWCMP_ERR_STATE;
    }
    if (pbm->iterations == 0) {
        return LWCMP_ERR_ITERATIONS;
    }
    /* SHA-1 is good for nothing but HMAC. */
    if ((pbm->owf == LWCMP_SHA1 && pbm->key_length == 0) ||
        lwcmp_psa_hash_alg(pbm->owf) == PSA_ALG_NONE ||
        lwcmp_psa_hash_alg(pbm->hmac) == PSA_ALG_NONE) {
        return LWCMP_ERR_ALGORITHM;
    }
    return LWCMP_OK;
}

/* Iterations done to `to`. Only the first one takes the salt. */
static int stretch(const struct lwcmp_pbm *pbm, struct state *k, uint32_t done,
                   uint32_t to)
{
    psa_algorithm_t owf = lwcmp_psa_hash_alg(pbm->owf);
    uint8_t next[LWCMP_HASH_MAX];
    int err = LWCMP_OK;

    for (; done < to && !err; done++) {
        struct lwcmp_bytes parts[2] = {{k->p, k->n}, pbm->salt};

        err = lwcmp_psa_digest(owf, parts, done == 0 ? 2 : 1, next, sizeof next,
                               &k->n);
        if (!err) {
            memcpy(k->p, next, k->n);
        }
    }
    lwcmp_wipe(next, sizeof next);
    return err;
}

/* Puts the new state in place of the old one. */
static int keep(const struct lwcmp_pbm *pbm, const struct state *k,
                bool finished, lwcmp_key *key)
{
    psa_key_attributes_t attributes = psa_key_attributes_init();
    psa_key_id_t id = 0;
    int err;

    if (finished) {
        lwcmp_psa_mac_key(&attributes, pbm->hmac);
    } else {
        psa_set_key_type(&attributes, PSA_KEY_TYPE_RAW_DATA);
        psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_EXPORT);
    }
    err = lwcmp_psa_error(psa_import_key(&attributes, k->p, k->n, &id));
    if (err) {
        return err;
    }
    err = lwcmp_crypto_key_destroy(*key);
    if (err) {
        (void)psa_destroy_key(id);
        return err;
    }
    *key = id;
    return LWCMP_OK;
}

/* Iterations from *done to `to`. */
static int slice(const struct lwcmp_pbm *pbm, lwcmp_key secret, lwcmp_key *key,
                 uint32_t done, uint32_t to)
{
    struct state k;
    int err = LWCMP_OK;

    /* Too long for the buffer is no fault of the work buffer, but of the key */
    if (psa_export_key(done == 0 ? secret : *key, k.p, sizeof k.p, &k.n) !=
        PSA_SUCCESS) {
        err = LWCMP_ERR_KEY;
    }
    if (!err) {
        err = stretch(pbm, &k, done, to);
    }
    if (!err) {
        err = keep(pbm, &k, to == pbm->iterations, key);
    }
    lwcmp_wipe(&k, sizeof k);
    return err;
}

int lwcmp_crypto_pbm(const struct lwcmp_pbm *pbm, lwcmp_key secret,
                     lwcmp_key *key, uint32_t *done)
{
    uint32_t to = pbm->iterations;
    int err = check(pbm, *key, *done);

    if (err || *done == to) {
        return err;
    }
    if (pbm->key_length) {
        err = lwcmp_psa_pbkdf2(pbm, secret, key);
    } else {
        if (to - *done > LWCMP_PBM_SLICE) {
            to = *done + LWCMP_PBM_SLICE;
        }
        err = slice(pbm, secret, key, *done, to);
    }
    if (!err) {
        *done = to;
    }
    return err;
}
