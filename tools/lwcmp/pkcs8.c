/* SPDX-License-Identifier: Apache-2.0 */
#include "pkcs8.h"

#include <string.h>

#include <mbedtls/pem.h>

#include "bytes.h"
#include "der_out.h"
#include "oid_text.h"

#define DER_MAX (LWCMP_CLI_RSA_MAX + 64)

/* RFC 5480 2.1.1.1 */
static const char *const curves[] = {
    [LWCMP_EC_P256] = "1.2.840.10045.3.1.7",
    [LWCMP_EC_P384] = "1.3.132.0.34",
    [LWCMP_EC_P521] = "1.3.132.0.35",
};

static void put_oid(struct lwcmp_der_out *o, const char *text)
{
    (void)lwcmp_cli_oid_put(o, text, strlen(text));
}

/*
 * ECPrivateKey ::= SEQUENCE {                            -- RFC 5915 3
 *     version     INTEGER { ecPrivkeyVer1(1) },
 *     privateKey  OCTET STRING,
 *     parameters  [0] ECParameters OPTIONAL,
 *     publicKey   [1] BIT STRING OPTIONAL }
 */
static void put_ec_private_key(struct lwcmp_der_out *o,
                               const struct lwcmp_cli_private_key *key)
{
    static const uint8_t no_unused_bits[] = {0};

    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    lwcmp_der_put_int(o, 1);
    lwcmp_der_put(o, LWCMP_DER_OCTET_STRING, key->d, key->d_n);
    lwcmp_der_open(o, LWCMP_DER_CTX(1));
    lwcmp_der_open(o, LWCMP_DER_BIT_STRING);
    lwcmp_der_put_raw(o, no_unused_bits, 1);
    lwcmp_der_put_raw(o, key->q, key->q_n);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}

/*
 * OneAsymmetricKey ::= SEQUENCE {                        -- RFC 5958 2
 *     version              INTEGER { v1(0), v2(1) },
 *     privateKeyAlgorithm  SEQUENCE {
 *         algorithm        OBJECT IDENTIFIER,
 *         parameters       ANY },
 *     privateKey           OCTET STRING }
 *
 * id-ecPublicKey has a namedCurve (RFC 5480 2.1.1) and an ECPrivateKey,
 * rsaEncryption NULL and an RSAPrivateKey (RFC 8017 A.1).
 */
static void put_key(struct lwcmp_der_out *o,
                    const struct lwcmp_cli_private_key *key)
{
    bool rsa = key->type >= LWCMP_RSA_2048;

    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    lwcmp_der_put_int(o, 0);
    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    if (rsa) {
        put_oid(o, "1.2.840.113549.1.1.1");
        lwcmp_der_put(o, LWCMP_DER_NULL, NULL, 0);
    } else {
        put_oid(o, "1.2.840.10045.2.1");
        put_oid(o, curves[key->type]);
    }
    lwcmp_der_close(o);
    lwcmp_der_open(o, LWCMP_DER_OCTET_STRING);
    if (rsa) {
        lwcmp_der_put_raw(o, key->d, key->d_n);
    } else {
        put_ec_private_key(o, key);
    }
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}

int lwcmp_cli_pkcs8_write(const struct lwcmp_cli_private_key *key, uint8_t *pem,
                          size_t cap, size_t *n)
{
    uint8_t der[DER_MAX];
    struct lwcmp_der_out o;
    int err;

    lwcmp_der_out_init(&o, der, sizeof(der));
    put_key(&o, key);
    err = o.err;
    if (!err && mbedtls_pem_write_buffer("-----BEGIN PRIVATE KEY-----\n",
                                         "-----END PRIVATE KEY-----\n", der,
                                         o.n, pem, cap, n)) {
        err = LWCMP_ERR_BUFFER;
    }
    lwcmp_wipe(der, sizeof(der));
    if (!err) {
        *n -= 1; /* without the zero behind it */
    }
    return err;
}
