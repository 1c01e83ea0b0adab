/* SPDX-License-Identifier: Apache-2.0 */
#include "protect.h"

#include "custom.h"

/*
 * ProtectedPart ::= SEQUENCE {                     -- RFC 9810 5.1.3
 *     header  PKIHeader,
 *     body    PKIBody }
 *
 * Nobody ever writes it down: its tag and length are made here, its content
 * is taken where it lies.
 */
static void split(struct lwcmp_bytes covered, uint8_t head[4],
                  struct lwcmp_bytes parts[2])
{
    parts[0].p = head;
    parts[0].n = lwcmp_der_head(head, LWCMP_DER_SEQUENCE, covered.n);
    parts[1] = covered;
}

/* PKIProtection ::= BIT STRING, here with no unused bits */
void lwcmp_protect_put(struct lwcmp_der_out *o,
                       const struct lwcmp_prot_alg *alg, lwcmp_key key)
{
    struct lwcmp_bytes parts[2];
    uint8_t head[4];

    split((struct lwcmp_bytes){o->p + 2, o->n - 2}, head, parts);
    lwcmp_der_open(o, LWCMP_DER_CTX(0));
    lwcmp_prot_alg_put_bits(o, alg, key, parts, 2);
    lwcmp_der_close(o);
}

int lwcmp_protect_check(const struct lwcmp_message *m,
                        const struct lwcmp_prot_alg *alg, lwcmp_key key)
{
    struct lwcmp_bytes parts[2];
    uint8_t head[4];

    split(m->covered, head, parts);
    if (lwcmp_custom_of(alg)) {
        return lwcmp_custom_verify(alg, parts, 2, &m->protection);
    }
#if LWCMP_WITH_PBM
    if (alg->kind == LWCMP_PROT_MAC) {
        return lwcmp_crypto_mac_verify(key, alg->pbm.hmac, parts, 2,
                                       m->protection);
    }
#endif
#if LWCMP_WITH_SIGNATURE
    if (alg->kind == LWCMP_PROT_SIG) {
        return lwcmp_crypto_verify(key, alg->sig, parts, 2, m->protection);
    }
#endif
    return LWCMP_ERR_PROTECTION;
}
