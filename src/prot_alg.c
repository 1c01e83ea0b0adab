/* SPDX-License-Identifier: Apache-2.0 */
#include "prot_alg.h"

#include <string.h>

#include "custom.h"

#if LWCMP_WITH_PBM
static int read_hash(const struct lwcmp_bytes *der, enum lwcmp_alg_kind kind,
                     enum lwcmp_hash *hash)
{
    uint8_t value;
    int err = lwcmp_alg_get(der, kind, &value);

    *hash = (enum lwcmp_hash)value;
    return err;
}

#if LWCMP_WITH_PBMAC1
#define KEY_MIN 16 /* bytes of the key that PBKDF2 makes */
#define KEY_MAX 64

static int read_key_length(const struct lwcmp_bytes *integer,
                           struct lwcmp_pbm *pbm)
{
    uint32_t length = lwcmp_der_number(integer);

    pbm->key_length = (uint8_t)length;
    return length < KEY_MIN || length > KEY_MAX ? LWCMP_ERR_ALGORITHM : 0;
}

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
static int read_pbkdf2(const struct lwcmp_bytes *der, struct lwcmp_pbm *pbm)
{
    struct params {
        struct lwcmp_bytes salt, iterations, length, prf;
    } params;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_OCTET_STRING, 0, 0, offsetof(struct params, salt)},
        {LWCMP_DER_INTEGER, 0, 0, offsetof(struct params, iterations)},
        {LWCMP_DER_INTEGER, 0, LWCMP_DER_OPTIONAL,
         offsetof(struct params, length)},
        {LWCMP_DER_SEQUENCE, 0,
         LWCMP_DER_OPTIONAL | LWCMP_DER_WHOLE | LWCMP_DER_LAST,
         offsetof(struct params, prf)},
    };
    int err = lwcmp_der_read(der, fields, &params);

    if (err) {
        return err;
    }
    pbm->salt = params.salt;
    pbm->iterations = lwcmp_der_number(&params.iterations);
    if (params.length.p != NULL) {
        err = read_key_length(&params.length, pbm);
    }
    if (err == 0 && params.prf.p != NULL) {
        err = read_hash(&params.prf, LWCMP_ALG_HMAC, &pbm->owf);
    } else if (err == 0) {
        pbm->owf = LWCMP_SHA1;
        err = LWCMP_WITH_HMAC_SHA1 ? 0 : LWCMP_ERR_ALGORITHM;
    }
    return err;
}

/* PBKDF2, though Bouncy Castle, and with it EJBCA, calls it PBES2. */
int lwcmp_prot_alg_read_kdf(const struct lwcmp_bytes *der,
                            struct lwcmp_pbm *pbm)
{
    struct lwcmp_alg_id kdf;
    int err = lwcmp_alg_read(der, &kdf);

    if (err == 0 && !lwcmp_oid_is(&kdf.oid, lwcmp_oid_pbkdf2) &&
        !lwcmp_oid_is(&kdf.oid, lwcmp_oid_pbes2)) {
        err = LWCMP_ERR_ALGORITHM;
    }
    return err ? err : read_pbkdf2(&kdf.parameters, pbm);
}

/*
 * PBMAC1-params ::= SEQUENCE {                     -- RFC 8018 A.5
 *     keyDerivationFunc  AlgorithmIdentifier,
 *     messageAuthScheme  AlgorithmIdentifier }
 *
 * A key whose length is not given is as long as the hash of the HMAC.
 */
static int read_pbmac1(const struct lwcmp_bytes *der, struct lwcmp_pbm *pbm)
{
    static const uint8_t hash_length[] = {0, 20, 32, 48, 64};
    struct params {
        struct lwcmp_bytes kdf, mac;
    } params;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE, offsetof(struct params, kdf)},
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE | LWCMP_DER_LAST,
         offsetof(struct params, mac)},
    };
    int err = lwcmp_der_read(der, fields, &params);

    if (err == 0) {
        err = lwcmp_prot_alg_read_kdf(&params.kdf, pbm);
    }
    if (err == 0) {
        err = read_hash(&params.mac, LWCMP_ALG_HMAC, &pbm->hmac);
    }
    if (pbm->key_length == 0) {
        pbm->key_length = hash_length[pbm->hmac];
    }
    return err;
}

static void put_pbmac1(struct lwcmp_der_out *o, const struct lwcmp_pbm *pbm)
{
    lwcmp_der_open_sequence(o);
    lwcmp_der_open_sequence(o);
    lwcmp_oid_put(o, lwcmp_oid_pbkdf2);
    lwcmp_der_open_sequence(o);
    lwcmp_der_put(o, LWCMP_DER_OCTET_STRING, pbm->salt.p, pbm->salt.n);
    lwcmp_der_put_int(o, pbm->iterations);
    lwcmp_der_put_int(o, pbm->key_length);
    lwcmp_alg_put(o, LWCMP_ALG_HMAC, (uint8_t)pbm->owf);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
    lwcmp_alg_put(o, LWCMP_ALG_HMAC, (uint8_t)pbm->hmac);
    lwcmp_der_close(o);
}
#endif

/*
 * PBMParameter ::= SEQUENCE {                      -- RFC 9810 5.1.3.1
 *     salt            OCTET STRING,
 *     owf             AlgorithmIdentifier,
 *     iterationCount  INTEGER,
 *     mac             AlgorithmIdentifier }
 */
static int read_pbm(const struct lwcmp_bytes *der, struct lwcmp_pbm *pbm)
{
    struct params {
        struct lwcmp_bytes salt, owf, iterations, mac;
    } params;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_OCTET_STRING, 0, 0, offsetof(struct params, salt)},
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE, offsetof(struct params, owf)},
        {LWCMP_DER_INTEGER, 0, 0, offsetof(struct params, iterations)},
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE | LWCMP_DER_LAST,
         offsetof(struct params, mac)},
    };
    int err = lwcmp_der_read(der, fields, &params);

    if (err) {
        return err;
    }
    pbm->salt = params.salt;
    pbm->iterations = lwcmp_der_number(&params.iterations);
    err = read_hash(&params.owf, LWCMP_ALG_HASH, &pbm->owf);
    return err ? err : read_hash(&params.mac, LWCMP_ALG_HMAC, &pbm->hmac);
}

static void put_pbm(struct lwcmp_der_out *o, const struct lwcmp_pbm *pbm)
{
    lwcmp_der_open_sequence(o);
    lwcmp_der_put(o, LWCMP_DER_OCTET_STRING, pbm->salt.p, pbm->salt.n);
    lwcmp_alg_put(o, LWCMP_ALG_HASH, (uint8_t)pbm->owf);
    lwcmp_der_put_int(o, pbm->iterations);
    lwcmp_alg_put(o, LWCMP_ALG_HMAC, (uint8_t)pbm->hmac);
    lwcmp_der_close(o);
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

int lwcmp_prot_alg_read(const struct lwcmp_bytes *der,
                        struct lwcmp_prot_alg *alg)
{
    struct lwcmp_alg_id id;
    int err = lwcmp_alg_read(der, &id);

    memset(alg, 0, sizeof *alg);
    if (err) {
        return err;
    }
#if LWCMP_WITH_PBM
    alg->kind = LWCMP_PROT_MAC;
    if (lwcmp_oid_is(&id.oid, lwcmp_oid_pbm)) {
        return read_pbm(&id.parameters, &alg->pbm);
    }
#endif
#if LWCMP_WITH_PBM && LWCMP_WITH_PBMAC1
    if (lwcmp_oid_is(&id.oid, lwcmp_oid_pbmac1)) {
        return read_pbmac1(&id.parameters, &alg->pbm);
    }
#endif
    alg->kind = LWCMP_PROT_SIG;
    alg->sig = (enum lwcmp_sig)lwcmp_alg_find(&id, LWCMP_ALG_SIG);
    return alg->sig == LWCMP_SIG_NONE ? LWCMP_ERR_ALGORITHM : 0;
}

void lwcmp_prot_alg_put(struct lwcmp_der_out *o,
                        const struct lwcmp_prot_alg *alg)
{
    const struct lwcmp_custom_sig *custom = lwcmp_custom_of(alg);

    if (custom) {
        lwcmp_der_put_raw(o, custom->algorithm.p, custom->algorithm.n);
        return;
    }
#if LWCMP_WITH_PBM
    if (alg->kind == LWCMP_PROT_MAC) {
        lwcmp_der_open_sequence(o);
        put_mac(o, &alg->pbm);
        lwcmp_der_close(o);
        return;
    }
#endif
    lwcmp_alg_put(o, LWCMP_ALG_SIG, (uint8_t)alg->sig);
}

static int make_bits(const struct lwcmp_prot_alg *alg, lwcmp_key key,
                     const struct lwcmp_bytes *parts, size_t count, uint8_t *p,
                     size_t *n)
{
    const struct lwcmp_custom_sig *custom = lwcmp_custom_of(alg);

    if (custom) {
        return custom->sign(custom->context, key, parts, count, p, *n, n);
    }
#if LWCMP_WITH_PBM
    if (alg->kind == LWCMP_PROT_MAC) {
        return lwcmp_crypto_mac(key, alg->pbm.hmac, parts, count, p, *n, n);
    }
#endif
    return lwcmp_crypto_sign(key, alg->sig, parts, count, p, *n, n);
}

/* The octet in front is the number of unused bits. */
void lwcmp_prot_alg_put_bits(struct lwcmp_der_out *o,
                             const struct lwcmp_prot_alg *alg, lwcmp_key key,
                             const struct lwcmp_bytes *parts, size_t count)
{
    static const uint8_t no_unused_bits = 0;
    uint8_t *p;
    size_t n;
    int err;

    lwcmp_der_open(o, LWCMP_DER_BIT_STRING);
    lwcmp_der_put_raw(o, &no_unused_bits, 1);
    p = lwcmp_der_room(o, &n);
    if (p != NULL) {
        err = make_bits(alg, key, parts, count, p, &n);
        lwcmp_der_wrote(o, err, n);
    }
    lwcmp_der_close(o);
}
