/* SPDX-License-Identifier: Apache-2.0 */
#include "cert_make.h"

#include <string.h>

/* Extensions below id-ce (RFC 5280 4.2.1). */
static lwcmp_oid subject_key_id = {3, 0x55, 0x1d, 0x0e};
static lwcmp_oid authority_key_id = {3, 0x55, 0x1d, 0x23};
static lwcmp_oid key_usage = {3, 0x55, 0x1d, 0x0f};
static lwcmp_oid ext_key_usage = {3, 0x55, 0x1d, 0x25};
static lwcmp_oid subject_alt_name = {3, 0x55, 0x1d, 0x11};
static lwcmp_oid basic_constraints = {3, 0x55, 0x1d, 0x13};
static lwcmp_oid distribution_points = {3, 0x55, 0x1d, 0x1f};

static void put_text(struct lwcmp_der_out *o, uint8_t tag, const char *s)
{
    lwcmp_der_put(o, tag, (const uint8_t *)s, strlen(s));
}

struct lwcmp_bytes name_make(struct lwcmp_der_out *o, const char *cn)
{
    size_t name = o->n;

    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    lwcmp_der_open(o, LWCMP_DER_SET);
    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    lwcmp_oid_put(o, lwcmp_oid_common_name);
    put_text(o, LWCMP_DER_UTF8_STRING, cn);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
    return (struct lwcmp_bytes){o->p + name, o->n - name};
}

static void open_extension(struct lwcmp_der_out *o, lwcmp_oid oid)
{
    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    lwcmp_oid_put(o, oid);
    lwcmp_der_open(o, LWCMP_DER_OCTET_STRING);
}

static void close_extension(struct lwcmp_der_out *o)
{
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}

static void put_key_ids(struct lwcmp_der_out *o, const struct cert_make *what)
{
    if (what->ski) {
        open_extension(o, subject_key_id);
        lwcmp_der_put(o, LWCMP_DER_OCTET_STRING, &what->ski, 1);
        close_extension(o);
    }
    if (what->aki) {
        open_extension(o, authority_key_id);
        lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
        lwcmp_der_put(o, LWCMP_DER_CTX_PRIM(0), &what->aki, 1);
        lwcmp_der_close(o);
        close_extension(o);
    }
}

static void put_raw_extension(struct lwcmp_der_out *o, lwcmp_oid oid,
                              const struct lwcmp_bytes *value)
{
    if (value->n > 0) {
        open_extension(o, oid);
        lwcmp_der_put_raw(o, value->p, value->n);
        close_extension(o);
    }
}

/* id-kp-cmKGA: RFC 9480 2.2 */
static lwcmp_oid oid_cm_kga = {8, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 32};

static void put_usage(struct lwcmp_der_out *o, const struct cert_make *what)
{
    static const uint8_t cert_sign[] = {2, 0x04};

    if (what->no_signing) {
        open_extension(o, key_usage);
        lwcmp_der_put(o, LWCMP_DER_BIT_STRING, cert_sign, sizeof cert_sign);
        close_extension(o);
    }
    put_raw_extension(o, key_usage, &what->usage);
    put_raw_extension(o, basic_constraints, &what->constraints);
    put_raw_extension(o, distribution_points, &what->points);
    if (what->cmc || what->kga) {
        open_extension(o, ext_key_usage);
        lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
        lwcmp_oid_put(o, what->kga ? oid_cm_kga : lwcmp_oid_cmc_ra);
        lwcmp_der_close(o);
        close_extension(o);
    }
    if (what->dns) {
        open_extension(o, subject_alt_name);
        lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
        put_text(o, LWCMP_DER_CTX_PRIM(2), what->dns);
        lwcmp_der_close(o);
        close_extension(o);
    }
}

#if LWCMP_WITH_CUSTOM_SIG
static struct lwcmp_prot_alg algorithm(const struct cert_make *what)
{
    return (struct lwcmp_prot_alg){
        .kind = LWCMP_PROT_SIG, .sig = LWCMP_ECDSA_SHA256, .custom = what->by};
}
#else
static struct lwcmp_prot_alg algorithm(const struct cert_make *what)
{
    (void)what;
    return (struct lwcmp_prot_alg){.kind = LWCMP_PROT_SIG,
                                   .sig = LWCMP_ECDSA_SHA256};
}
#endif

static void put_alg(struct lwcmp_der_out *o, const struct cert_make *what)
{
    static lwcmp_oid unknown = {3, 0x2b, 0x65, 0x70}; /* Ed25519 */

    if (what->unknown_sig) {
        lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
        lwcmp_oid_put(o, unknown);
        lwcmp_der_close(o);
    } else {
        struct lwcmp_prot_alg alg = algorithm(what);

        lwcmp_prot_alg_put(o, &alg);
    }
}

static void put_time(struct lwcmp_der_out *o, const char *time)
{
    put_text(
        o, strlen(time) > 13 ? LWCMP_DER_GENERALIZED_TIME : LWCMP_DER_UTC_TIME,
        time);
}

static bool has_extensions(const struct cert_make *what)
{
    return what->ski || what->aki || what->cmc || what->kga ||
           what->no_signing || what->dns || what->usage.n > 0 ||
           what->constraints.n > 0 || what->points.n > 0 || what->more.n > 0;
}

static void put_tbs(struct lwcmp_der_out *o, const struct cert_make *what)
{
    static const uint8_t version[] = {0x02, 0x01, 0x02};

    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    if (!what->version_1) {
        lwcmp_der_put(o, LWCMP_DER_CTX(0), version, sizeof version);
    }
    lwcmp_der_put_int(o, what->serial ? what->serial : 0x1234);
    put_alg(o, what);
    (void)name_make(o, what->issuer);
    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    put_time(o, what->from ? what->from : "250101000000Z");
    put_time(o, what->until ? what->until : "450101000000Z");
    lwcmp_der_close(o);
    (void)name_make(o, what->subject);
    lwcmp_der_put_raw(o, what->spki.p, what->spki.n);
    if (has_extensions(what)) {
        lwcmp_der_open(o, LWCMP_DER_CTX(3));
        lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
        put_key_ids(o, what);
        put_usage(o, what);
        lwcmp_der_put_raw(o, what->more.p, what->more.n);
        lwcmp_der_close(o);
        lwcmp_der_close(o);
    }
    lwcmp_der_close(o);
}

static void put_signature(struct lwcmp_der_out *o, const struct cert_make *what,
                          struct lwcmp_bytes tbs)
{
    static const uint8_t signature[9];
    struct lwcmp_prot_alg alg = algorithm(what);

    if (what->by_key) {
        lwcmp_prot_alg_put_bits(o, &alg, what->by_key, &tbs, 1);
    } else {
        lwcmp_der_put(o, LWCMP_DER_BIT_STRING, signature, sizeof signature);
    }
}

struct lwcmp_bytes cert_make(struct lwcmp_der_out *o,
                             const struct cert_make *what)
{
    size_t cert = o->n;
    size_t tbs;
    size_t n;

    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    tbs = o->n;
    put_tbs(o, what);
    n = o->n - tbs;
    put_alg(o, what);
    put_signature(o, what, (struct lwcmp_bytes){o->p + tbs, n});
    lwcmp_der_close(o);
    return (struct lwcmp_bytes){o->p + cert, o->n - cert};
}
