/* SPDX-License-Identifier: Apache-2.0 */
#include "prot_alg.h"

#include <string.h>

#if LWCMP_WITH_PBM
/*
 * Whether the count is bearable is not judged here, but at least one hash it
 * must be.
 */
static void get_iterations(struct lwcmp_der_in *in, struct lwcmp_pbm *pbm)
{
    int32_t iterations;

    lwcmp_der_get_int(in, &iterations);
    if (iterations < 1) {
        lwcmp_der_fail(in, LWCMP_ERR_ITERATIONS);
    }
    pbm->iterations = (uint32_t)iterations;
}

static void get_hash(struct lwcmp_der_in *in, enum lwcmp_alg_kind kind,
                     enum lwcmp_hash *hash)
{
    uint8_t value;

    lwcmp_alg_get(in, kind, &value);
    *hash = (enum lwcmp_hash)value;
}

#if LWCMP_WITH_PBMAC1
#define KEY_MIN 16 /* bytes of the key that PBKDF2 makes */
#define KEY_MAX 64

/*
 * PBKDF2-params ::= SEQUENCE {                     -- RFC 8018 A.2
 *     salt            CHOICE {
 *         specified       OCTET STRING,
 *         otherSource     AlgorithmIdentifier },
 *     iterationCount  INTEGER (1..MAX),
 *     keyLength       INTEGER (1..MAX) OPTIONAL,
 *     prf             AlgorithmIdentifier DEFAULT algid-hmacWithSHA1 }
 *
 * No other source of salts has ever been defined.
 */
static void get_pbkdf2(struct lwcmp_der_in *in, struct lwcmp_pbm *pbm)
{
    struct lwcmp_der_in seq;
    int32_t length = 0;

    lwcmp_der_enter(in, LWCMP_DER_SEQUENCE, &seq);
    lwcmp_der_get(&seq, LWCMP_DER_OCTET_STRING, &pbm->salt);
    get_iterations(&seq, pbm);
    if (lwcmp_der_next_is(&seq, LWCMP_DER_INTEGER)) {
        lwcmp_der_get_int(&seq, &length);
        if (length < KEY_MIN || length > KEY_MAX) {
            lwcmp_der_fail(in, LWCMP_ERR_ALGORITHM);
        }
    }
    pbm->key_length = (uint8_t)length;
    pbm->owf = LWCMP_SHA1;
    if (lwcmp_der_more(&seq)) {
        get_hash(&seq, LWCMP_ALG_HMAC, &pbm->owf);
    } else if (!LWCMP_WITH_HMAC_SHA1) {
        lwcmp_der_fail(in, LWCMP_ERR_ALGORITHM);
    }
    lwcmp_der_finish(&seq);
}

/*
 * PBMAC1-params ::= SEQUENCE {                     -- RFC 8018 A.5
 *     keyDerivationFunc  AlgorithmIdentifier,
 *     messageAuthScheme  AlgorithmIdentifier }
 *
 * The function is PBKDF2, though Bouncy Castle, and with it EJBCA, calls it
 * PBES2. A key whose length is not given is as long as the hash of the HMAC.
 */
static void get_pbmac1(struct lwcmp_der_in *in, struct lwcmp_pbm *pbm)
{
    static const uint8_t hash_length[] = {0, 20, 32, 48, 64};
    struct lwcmp_der_in seq;
    struct lwcmp_der_in kdf;
    struct lwcmp_bytes oid;

    lwcmp_der_enter(in, LWCMP_DER_SEQUENCE, &seq);
    lwcmp_der_enter(&seq, LWCMP_DER_SEQUENCE, &kdf);
    lwcmp_der_get(&kdf, LWCMP_DER_OID, &oid);
    if (!lwcmp_oid_is(oid, lwcmp_oid_pbkdf2) &&
        !lwcmp_oid_is(oid, lwcmp_oid_pbes2)) {
        lwcmp_der_fail(in, LWCMP_ERR_ALGORITHM);
    }
    get_pbkdf2(&kdf, pbm);
    lwcmp_der_finish(&kdf);
    get_hash(&seq, LWCMP_ALG_HMAC, &pbm->hmac);
    lwcmp_der_finish(&seq);
    if (pbm->key_length == 0) {
        pbm->key_length = hash_length[pbm->hmac];
    }
}

static void put_pbmac1(struct lwcmp_der_out *o, const struct lwcmp_pbm *pbm)
{
    size_t seq = lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    size_t kdf = lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    size_t params;

    lwcmp_oid_put(o, lwcmp_oid_pbkdf2);
    params = lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    lwcmp_der_put(o, LWCMP_DER_OCTET_STRING, pbm->salt);
    lwcmp_der_put_int(o, pbm->iterations);
    lwcmp_der_put_int(o, pbm->key_length);
    lwcmp_alg_put(o, LWCMP_ALG_HMAC, (uint8_t)pbm->owf);
    lwcmp_der_close(o, params);
    lwcmp_der_close(o, kdf);
    lwcmp_alg_put(o, LWCMP_ALG_HMAC, (uint8_t)pbm->hmac);
    lwcmp_der_close(o, seq);
}
#endif

/*
 * PBMParameter ::= SEQUENCE {                      -- RFC 9810 5.1.3.1
 *     salt            OCTET STRING,
 *     owf             AlgorithmIdentifier,
 *     iterationCount  INTEGER,
 *     mac             AlgorithmIdentifier }
 */
static void get_pbm(struct lwcmp_der_in *in, struct lwcmp_pbm *pbm)
{
    struct lwcmp_der_in seq;

    lwcmp_der_enter(in, LWCMP_DER_SEQUENCE, &seq);
    lwcmp_der_get(&seq, LWCMP_DER_OCTET_STRING, &pbm->salt);
    get_hash(&seq, LWCMP_ALG_HASH, &pbm->owf);
    get_iterations(&seq, pbm);
    get_hash(&seq, LWCMP_ALG_HMAC, &pbm->hmac);
    lwcmp_der_finish(&seq);
}

static void put_pbm(struct lwcmp_der_out *o, const struct lwcmp_pbm *pbm)
{
    size_t seq = lwcmp_der_open(o, LWCMP_DER_SEQUENCE);

    lwcmp_der_put(o, LWCMP_DER_OCTET_STRING, pbm->salt);
    lwcmp_alg_put(o, LWCMP_ALG_HASH, (uint8_t)pbm->owf);
    lwcmp_der_put_int(o, pbm->iterations);
    lwcmp_alg_put(o, LWCMP_ALG_HMAC, (uint8_t)pbm->hmac);
    lwcmp_der_close(o, seq);
}

/* Reads a MAC by a shared secret, or says that it is something else. */
static bool get_mac(struct lwcmp_der_in *in, struct lwcmp_pbm *pbm)
{
    struct lwcmp_bytes oid;

    lwcmp_der_get(in, LWCMP_DER_OID, &oid);
    if (lwcmp_oid_is(oid, lwcmp_oid_pbm)) {
        get_pbm(in, pbm);
        return true;
    }
#if LWCMP_WITH_PBMAC1
    if (lwcmp_oid_is(oid, lwcmp_oid_pbmac1)) {
        get_pbmac1(in, pbm);
        return true;
    }
#endif
    return false;
}

static void put_mac(struct lwcmp_der_out *o, const struct lwcmp_pbm *pbm)
{
#if LWCMP_WITH_PBMAC1
    if (pbm->key_length) {
        lwcmp_oid_put(o, lwcmp_oid_pbmac1);
        put_pbmac1(o, pbm);
        return;
    }
#endif
    lwcmp_oid_put(o, lwcmp_oid_pbm);
    put_pbm(o, pbm);
}
#endif

int lwcmp_prot_alg_get(struct lwcmp_bytes encoded, struct lwcmp_prot_alg *alg)
{
    struct lwcmp_der_in in;
    uint8_t sig;
    int err = 0;
#if LWCMP_WITH_PBM
    struct lwcmp_der_in seq;
#endif

    memset(alg, 0, sizeof *alg);
#if LWCMP_WITH_PBM
    lwcmp_der_in_init(&in, encoded, &err);
    lwcmp_der_enter(&in, LWCMP_DER_SEQUENCE, &seq);
    if (get_mac(&seq, &alg->pbm)) {
        alg->kind = LWCMP_PROT_MAC;
        lwcmp_der_finish(&seq);
        lwcmp_der_finish(&in);
        return err;
    }
#endif
    lwcmp_der_in_init(&in, encoded, &err);
    lwcmp_alg_get(&in, LWCMP_ALG_SIG, &sig);
    lwcmp_der_finish(&in);
    alg->kind = LWCMP_PROT_SIG;
    alg->sig = (enum lwcmp_sig)sig;
    return err;
}

void lwcmp_prot_alg_put(struct lwcmp_der_out *o,
                        const struct lwcmp_prot_alg *alg)
{
#if LWCMP_WITH_PBM
    if (alg->kind == LWCMP_PROT_MAC) {
        size_t seq = lwcmp_der_open(o, LWCMP_DER_SEQUENCE);

        put_mac(o, &alg->pbm);
        lwcmp_der_close(o, seq);
        return;
    }
#endif
    lwcmp_alg_put(o, LWCMP_ALG_SIG, (uint8_t)alg->sig);
}
