/* SPDX-License-Identifier: Apache-2.0 */
#include "sig_toy.h"

#include <string.h>

#include "crypto_toy_own.h"

#define DOMAIN 500
#define KEY_SIZE 5 /* bytes of a public key: its name and the algorithm's */

struct sig_toy sig_toy;

/* 2.999.1 and 2.999.2, which are for examples (X.660). */
#define ALGORITHM(n) 0x30, 0x05, 0x06, 0x03, 0x88, 0x37, n
static const uint8_t first[] = {ALGORITHM(1)};
static const uint8_t second[] = {ALGORITHM(2)};

static bool holds(void *context, lwcmp_key key)
{
    return (const uint8_t *)context == first && key >> 8 == 0xa;
}

static struct lwcmp_bytes write_spki(const uint8_t *algorithm, lwcmp_key key,
                                     uint8_t out[SIG_TOY_SPKI])
{
    static const uint8_t bits[] = {0x03, 1 + KEY_SIZE, 0};
    uint8_t *p = out + 2 + sizeof first;

    out[0] = 0x30;
    out[1] = SIG_TOY_SPKI - 3;
    memcpy(out + 2, algorithm, sizeof first);
    memcpy(p, bits, sizeof bits);
    p += sizeof bits;
    *p++ = algorithm[sizeof first - 1];
    for (unsigned shift = 0; shift < 32; shift += 8) {
        *p++ = (uint8_t)(key >> shift);
    }
    out[1] = (uint8_t)(p - out - 2);
    return (struct lwcmp_bytes){out, (size_t)(p - out)};
}

struct lwcmp_bytes sig_toy_spki(lwcmp_key key, uint8_t out[SIG_TOY_SPKI])
{
    return write_spki(first, key, out);
}

static int public_key(void *context, lwcmp_key key, uint8_t *out, size_t cap,
                      size_t *n)
{
    uint8_t spki[SIG_TOY_SPKI];
    struct lwcmp_bytes der = write_spki(context, key, spki);

    if (cap < der.n) {
        return LWCMP_ERR_BUFFER;
    }
    memcpy(out, der.p, der.n);
    *n = der.n;
    return 0;
}

static int match(void *context, lwcmp_key key, struct lwcmp_bytes spki)
{
    uint8_t own[SIG_TOY_SPKI];
    struct lwcmp_bytes der = write_spki(context, key, own);

    return spki.n == der.n && memcmp(spki.p, der.p, der.n) == 0
               ? 0
               : LWCMP_ERR_CERT_KEY;
}

static void compute(struct lwcmp_bytes key, const struct lwcmp_bytes *parts,
                    size_t count, uint8_t out[SIG_TOY_SIGNATURE])
{
    uint8_t material[CRYPTO_TOY_MATERIAL];

    crypto_toy_material(key, material);
    crypto_toy_keyed(DOMAIN, material, parts, count, out, SIG_TOY_SIGNATURE);
}

static int sign(void *context, lwcmp_key key, const struct lwcmp_bytes *parts,
                size_t count, uint8_t *out, size_t cap, size_t *n)
{
    uint8_t spki[SIG_TOY_SPKI];
    struct lwcmp_bytes der = write_spki(context, key, spki);

    sig_toy.signs++;
    if (cap < SIG_TOY_SIGNATURE) {
        return LWCMP_ERR_BUFFER;
    }
    compute((struct lwcmp_bytes){der.p + der.n - KEY_SIZE, KEY_SIZE}, parts,
            count, out);
    *n = SIG_TOY_SIGNATURE;
    return 0;
}

static int verify(void *context, struct lwcmp_bytes key,
                  const struct lwcmp_bytes *parts, size_t count,
                  struct lwcmp_bytes signature)
{
    uint8_t good[SIG_TOY_SIGNATURE];

    (void)context;
    sig_toy.verifies++;
    compute(key, parts, count, good);
    return key.n == KEY_SIZE && signature.n == sizeof good &&
                   memcmp(signature.p, good, sizeof good) == 0
               ? 0
               : LWCMP_ERR_PROTECTION;
}

#define ENTRY(which, of_hash)                                    \
    {                                                            \
        .context = (void *)(uintptr_t)(which), .holds = holds,   \
        .public_key = public_key, .match = match, .sign = sign,  \
        .verify = verify, .algorithm = {(which), sizeof(which)}, \
        .hash = (of_hash), .hash_alg = true                      \
    }

const struct lwcmp_custom_sig sig_toy_table[2] = {
    ENTRY(first, LWCMP_SHA256),
    ENTRY(second, LWCMP_SHA512),
};
