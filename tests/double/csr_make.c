/* SPDX-License-Identifier: Apache-2.0 */
#include "csr_make.h"

#include "cert_make.h"

static void put_info(struct lwcmp_der_out *o, const struct csr_make *what)
{
    uint8_t spki[CRYPTO_TOY_SPKI];

    crypto_toy_spki(what->number, spki);
    lwcmp_der_open_sequence(o);
    lwcmp_der_put_int(o, what->version);
    (void)name_make(o, what->subject ? what->subject : "csr");
    if (what->spki.n > 0) {
        lwcmp_der_put_raw(o, what->spki.p, what->spki.n);
    } else {
        lwcmp_der_put_raw(o, spki, sizeof spki);
    }
    if (!what->no_attributes) {
        lwcmp_der_put(o, LWCMP_DER_CTX(0), what->attributes.p,
                      what->attributes.n);
    }
    lwcmp_der_close(o);
}

struct lwcmp_bytes csr_make(struct lwcmp_der_out *o,
                            const struct csr_make *what)
{
    static lwcmp_oid unknown = {3, 0x2b, 0x65, 0x70}; /* Ed25519 */
    uint8_t bits[1 + CRYPTO_TOY_SIGNATURE] = {0};
    struct lwcmp_bytes info;
    size_t begin = o->n;

    lwcmp_der_open_sequence(o);
    info.p = o->p + o->n;
    put_info(o, what);
    info.n = (size_t)(o->p + o->n - info.p);
    crypto_toy_signature(what->signer ? what->signer : what->number,
                         LWCMP_ECDSA_SHA256, &info, 1, bits + 1);
    if (what->unknown_sig) {
        lwcmp_der_open_sequence(o);
        lwcmp_oid_put(o, unknown);
        lwcmp_der_close(o);
    } else {
        lwcmp_alg_put(o, LWCMP_ALG_SIG, LWCMP_ECDSA_SHA256);
    }
    lwcmp_der_put(o, LWCMP_DER_BIT_STRING, bits, sizeof bits);
    lwcmp_der_close(o);
    return (struct lwcmp_bytes){o->p + begin, o->n - begin};
}
