/* SPDX-License-Identifier: Apache-2.0 */
#include "prot_alg.h"

#include <string.h>

#if LWCMP_WITH_PBM
/*
 * PBMParameter ::= SEQUENCE {                      -- RFC 9810 5.1.3.1
 *     salt            OCTET STRING,
 *     owf             AlgorithmIdentifier,
 *     iterationCount  INTEGER,
 *     mac             AlgorithmIdentifier }
 *
 * Whether the count is bearable is not judged here, but at least one hash it
 * must be.
 */
static void get_pbm(struct lwcmp_der_in *in, struct lwcmp_pbm *pbm)
{
    struct lwcmp_der_in seq;
    int32_t iterations;
    uint8_t owf;
    uint8_t hmac;

    lwcmp_der_enter(in, LWCMP_DER_SEQUENCE, &seq);
    lwcmp_der_get(&seq, LWCMP_DER_OCTET_STRING, &pbm->salt);
    lwcmp_alg_get(&seq, LWCMP_ALG_HASH, &owf);
    lwcmp_der_get_int(&seq, &iterations);
    lwcmp_alg_get(&seq, LWCMP_ALG_HMAC, &hmac);
    lwcmp_der_finish(&seq);
    if (iterations < 1) {
        lwcmp_der_fail(in, LWCMP_ERR_ITERATIONS);
    }
    pbm->iterations = (uint32_t)iterations;
    pbm->owf = (enum lwcmp_hash)owf;
    pbm->hmac = (enum lwcmp_hash)hmac;
}

static void put_pbm(struct lwcmp_der_out *o, const struct lwcmp_pbm *pbm)
{
    size_t alg = lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    size_t seq;

    lwcmp_oid_put(o, lwcmp_oid_pbm);
    seq = lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    lwcmp_der_put(o, LWCMP_DER_OCTET_STRING, pbm->salt);
    lwcmp_alg_put(o, LWCMP_ALG_HASH, (uint8_t)pbm->owf);
    lwcmp_der_put_int(o, pbm->iterations);
    lwcmp_alg_put(o, LWCMP_ALG_HMAC, (uint8_t)pbm->hmac);
    lwcmp_der_close(o, seq);
    lwcmp_der_close(o, alg);
}

/* Reads PasswordBasedMac, or says that it is something else. */
static bool get_mac(struct lwcmp_bytes encoded, struct lwcmp_prot_alg *alg,
                    int *err)
{
    struct lwcmp_der_in in;
    struct lwcmp_der_in seq;
    struct lwcmp_bytes oid;

    lwcmp_der_in_init(&in, encoded, err);
    lwcmp_der_enter(&in, LWCMP_DER_SEQUENCE, &seq);
    lwcmp_der_get(&seq, LWCMP_DER_OID, &oid);
    if (!lwcmp_oid_is(oid, lwcmp_oid_pbm)) {
        return false;
    }
    alg->kind = LWCMP_PROT_MAC;
    get_pbm(&seq, &alg->pbm);
    lwcmp_der_finish(&seq);
    lwcmp_der_finish(&in);
    return true;
}
#endif

int lwcmp_prot_alg_get(struct lwcmp_bytes encoded, struct lwcmp_prot_alg *alg)
{
    struct lwcmp_der_in in;
    uint8_t sig;
    int err = 0;

    memset(alg, 0, sizeof *alg);
#if LWCMP_WITH_PBM
    if (get_mac(encoded, alg, &err)) {
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
        put_pbm(o, &alg->pbm);
        return;
    }
#endif
    lwcmp_alg_put(o, LWCMP_ALG_SIG, (uint8_t)alg->sig);
}
