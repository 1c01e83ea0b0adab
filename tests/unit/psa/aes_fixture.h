/* SPDX-License-Identifier: Apache-2.0 */
/* Keys and known answers of AES, for either way. */
#ifndef LWCMP_TEST_AES_FIXTURE_H
#define LWCMP_TEST_AES_FIXTURE_H

#include "psa_fixture.h"
#include "vectors.h"

#include "../../../crypto/psa/aes.h" /* below the provider */

static lwcmp_key aes(const char *hex)
{
    struct lwcmp_bytes octets = vectors_hex(hex);
    lwcmp_key key = 0;

    assert_int_equal(lwcmp_psa_aes_import(octets.p, octets.n, &key), 0);
    vectors_free(octets);
    return key;
}

static void drop(lwcmp_key key)
{
    assert_int_equal(lwcmp_crypto_key_destroy(key), 0);
}

/* RFC 3394 4.1, 4.3, 4.6: KEK, plain, wrapped */
static const struct {
    const char *kek, *plain, *wrapped;
} wraps[] = {
    {"000102030405060708090a0b0c0d0e0f", "00112233445566778899aabbccddeeff",
     "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5"},
    {"000102030405060708090a0b0c0d0e0f1011121314151617"
     "18191a1b1c1d1e1f",
     "00112233445566778899aabbccddeeff",
     "64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae7"},
    {"000102030405060708090a0b0c0d0e0f1011121314151617"
     "18191a1b1c1d1e1f",
     "00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f",
     "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326"
     "cbc7f0e71a99f43bfb988b9b7a02dd21"},
};

#endif
