/* SPDX-License-Identifier: Apache-2.0 */
#include "crl_make.h"

#include <string.h>

#include "cert_make.h"

#define ABSENT 255

static void put_time(struct lwcmp_der_out *o, const char *time)
{
    size_t n = strlen(time);

    if (n > 0) {
        lwcmp_der_put(o,
                      n > 13 ? LWCMP_DER_GENERALIZED_TIME : LWCMP_DER_UTC_TIME,
                      (const uint8_t *)time, n);
    }
}

static void put_extension(struct lwcmp_der_out *o, const struct crl_ext *e)
{
    static const uint8_t yes = 0xff;
    const uint8_t oid[] = {0x55, 0x1d, e->number};

    lwcmp_der_open_sequence(o);
    lwcmp_der_put(o, LWCMP_DER_OID, oid, sizeof oid);
    if (e->critical) {
        lwcmp_der_put(o, LWCMP_DER_BOOLEAN, &yes, 1);
    }
    lwcmp_der_put(o, LWCMP_DER_OCTET_STRING, e->value.p, e->value.n);
    lwcmp_der_close(o);
}

static void put_extensions(struct lwcmp_der_out *o,
                           const struct crl_ext e[CRL_EXTS])
{
    lwcmp_der_open_sequence(o);
    for (size_t i = 0; i < CRL_EXTS && e[i].number != 0; i++) {
        put_extension(o, &e[i]);
    }
    lwcmp_der_close(o);
}

static void put_entry(struct lwcmp_der_out *o, uint32_t serial,
                      const char *date, const struct crl_ext *e)
{
    lwcmp_der_open_sequence(o);
    lwcmp_der_put_int(o, serial);
    put_time(o, date);
    if (e != NULL && e->number != 0) {
        put_extensions(o, e);
    }
    lwcmp_der_close(o);
}

static void put_entries(struct lwcmp_der_out *o, const struct crl_make *what)
{
    if (what->serial == 0 && what->many == 0) {
        return;
    }
    lwcmp_der_open_sequence(o);
    for (uint32_t i = 0; i < what->many; i++) {
        put_entry(o, 100000 + i, "250101000000Z", NULL);
    }
    if (what->serial != 0) {
        put_entry(o, what->serial, what->date ? what->date : "250101000000Z",
                  what->entry);
    }
    lwcmp_der_close(o);
}

static void put_list_extensions(struct lwcmp_der_out *o,
                                const struct crl_make *what)
{
    const uint8_t aki[] = {0x30, 0x03, 0x80, 0x01, what->aki};
    struct crl_ext all[CRL_EXTS] = {what->list[0], what->list[1],
                                    what->list[2]};

    if (what->aki != 0) {
        all[2] = all[1];
        all[1] = all[0];
        all[0] = (struct crl_ext){35, false, {aki, sizeof aki}};
    }
    if (all[0].number != 0) {
        lwcmp_der_open(o, LWCMP_DER_CTX(0));
        put_extensions(o, all);
        lwcmp_der_close(o);
    }
}

static void put_alg(struct lwcmp_der_out *o, const struct crl_make *what,
                    bool other)
{
    static const uint8_t unknown[] = {0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70};

    if (what->unknown_sig) {
        lwcmp_der_put_raw(o, unknown, sizeof unknown);
    } else {
        lwcmp_alg_put(o, LWCMP_ALG_SIG,
                      other ? LWCMP_ECDSA_SHA384 : LWCMP_ECDSA_SHA256);
    }
}

static void put_tbs(struct lwcmp_der_out *o, const struct crl_make *what)
{
    lwcmp_der_open_sequence(o);
    if (what->version != ABSENT) {
        lwcmp_der_put_int(o, what->version ? what->version : 1);
    }
    put_alg(o, what, what->other_alg);
    (void)name_make(o, what->issuer);
    put_time(o, what->from ? what->from : "250101000000Z");
    put_time(o, what->until ? what->until : "450101000000Z");
    put_entries(o, what);
    put_list_extensions(o, what);
    lwcmp_der_close(o);
}

struct lwcmp_bytes crl_make(struct lwcmp_der_out *o,
                            const struct crl_make *what)
{
    uint8_t signature[128] = {0};
    size_t n = 8;
    size_t crl = o->n;
    struct lwcmp_bytes tbs;

    lwcmp_der_open_sequence(o);
    tbs.n = o->n;
    put_tbs(o, what);
    tbs.p = o->p + tbs.n;
    tbs.n = o->n - tbs.n;
    if (what->signer != 0 && o->err == 0) {
        lwcmp_der_out_fail(
            o, lwcmp_crypto_sign(what->signer, LWCMP_ECDSA_SHA256, &tbs, 1,
                                 signature + 1, sizeof signature - 1, &n));
    }
    put_alg(o, what, false);
    lwcmp_der_put(o, LWCMP_DER_BIT_STRING, signature, n + 1);
    lwcmp_der_close(o);
    return (struct lwcmp_bytes){o->p + crl, o->n - crl};
}
