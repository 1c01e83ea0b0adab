/* SPDX-License-Identifier: Apache-2.0 */
#include "keys.h"

#include <psa/crypto.h>

#include "bytes.h"
#include "compat.h"
#include "fail.h"
#include "files.h"
#include "pkcs8.h"

#define PEM_MAX 4096
#define OPEN LWCMP_CLI_KEY_OPEN

/* What a key may do here, and under which name. */
static void describe(psa_key_attributes_t *a, lwcmp_key name,
                     enum lwcmp_cli_key_use use)
{
    bool rsa = PSA_KEY_TYPE_IS_RSA(psa_get_key_type(a));
    unsigned for_what = use & ~(unsigned)OPEN;

    /* To sign, and to open what is encrypted for it. */
    psa_set_key_usage_flags(
        a, PSA_KEY_USAGE_SIGN_HASH | (use & OPEN ? PSA_KEY_USAGE_EXPORT : 0) |
               (rsa ? PSA_KEY_USAGE_DECRYPT : PSA_KEY_USAGE_DERIVE));
    psa_set_key_enrollment_algorithm(a, rsa ? PSA_ALG_RSA_PKCS1V15_CRYPT
                                            : PSA_ALG_ECDH);
    psa_set_key_algorithm(a, !rsa ? PSA_ALG_ECDSA(PSA_ALG_ANY_HASH)
                             : for_what == LWCMP_CLI_KEY_PSS
                                 ? PSA_ALG_RSA_PSS(PSA_ALG_ANY_HASH)
                                 : PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_ANY_HASH));
    if (name) {
        psa_set_key_id(a, name);
        psa_set_key_lifetime(a, PSA_KEY_LIFETIME_PERSISTENT);
    } else if (rsa && for_what == LWCMP_CLI_KEY_TLS) {
        /* Version 1.3 signs so. */
        psa_set_key_enrollment_algorithm(a, PSA_ALG_RSA_PSS(PSA_ALG_ANY_HASH));
    }
}

static int import(const char *path, const mbedtls_pk_context *pk,
                  enum lwcmp_cli_key_use use, lwcmp_key *key)
{
    psa_key_attributes_t a = psa_key_attributes_init();
    enum lwcmp_sig sig;
    mbedtls_svc_key_id_t id;

    if (mbedtls_pk_get_psa_attributes(pk, PSA_KEY_USAGE_SIGN_HASH, &a)) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE, "%s: this key cannot sign",
                              path);
    }
    describe(&a, *key, use);
    if (mbedtls_pk_import_into_psa(pk, &a, &id)) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE,
                              "%s: the key cannot be stored", path);
    }
    *key = id;
    if (lwcmp_crypto_key_sig(id, &sig)) {
        (void)lwcmp_crypto_key_destroy(id);
        return lwcmp_cli_fail(
            LWCMP_EXIT_STORAGE,
            "%s: only keys of P-256, P-384, P-521 and RSA with "
            "2048 bits or more are used here",
            path);
    }
    return 0;
}

static int complain(const char *path, int error, bool has_passphrase)
{
    const char *what = "there is no private key in it that can be used here";

    if (error == MBEDTLS_ERR_PK_PASSWORD_REQUIRED) {
        what = "the key is encrypted; --key-pass is missing";
    } else if (error == MBEDTLS_ERR_PK_PASSWORD_MISMATCH) {
        what = "the passphrase is wrong";
    } else if (has_passphrase) {
        what = "the passphrase is wrong, or the key is encrypted in a way "
               "that this program cannot read";
    }
    return lwcmp_cli_fail(LWCMP_EXIT_STORAGE, "%s: %s", path, what);
}

int lwcmp_cli_key_read(const char *path,
                       const struct lwcmp_cli_secret *passphrase,
                       enum lwcmp_cli_key_use use, lwcmp_key *key)
{
    uint8_t file[LWCMP_CLI_FILE_MAX];
    mbedtls_pk_context pk;
    size_t n;
    int error, code = lwcmp_cli_file_read(path, file, &n);

    if (code) {
        lwcmp_wipe(file, sizeof(file));
        return code;
    }
    mbedtls_pk_init(&pk);
    /* PEM is text, with the zero behind it; DER is not. */
    n += n > 0 && file[0] != LWCMP_DER_SEQUENCE;
    error = mbedtls_pk_parse(&pk, file, n, passphrase ? passphrase->p : NULL,
                             passphrase ? passphrase->n : 0);
    lwcmp_wipe(file, sizeof(file));
    if (!error && *key) {
        error = lwcmp_crypto_key_destroy(*key);
    }
    code = error ? complain(path, error, passphrase != NULL)
                 : import(path, &pk, use, key);
    mbedtls_pk_free(&pk);
    return code;
}

bool lwcmp_cli_key_is_open(lwcmp_key key)
{
    psa_key_attributes_t a = psa_key_attributes_init();

    return psa_get_key_attributes(key, &a) == PSA_SUCCESS &&
           (psa_get_key_usage_flags(&a) & PSA_KEY_USAGE_EXPORT) != 0;
}

static psa_key_type_t psa_type(enum lwcmp_key_type type)
{
    return type >= LWCMP_RSA_2048
               ? PSA_KEY_TYPE_RSA_KEY_PAIR
               : PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1);
}

/* Keeps a private key under a name. */
static psa_status_t keep(const struct lwcmp_cli_private_key *private, bool open,
                         lwcmp_key key)
{
    unsigned use = private->type >= LWCMP_RSA_PSS_2048 ? LWCMP_CLI_KEY_PSS
                                                       : LWCMP_CLI_KEY_SIGN;
    psa_key_attributes_t a = psa_key_attributes_init();
    mbedtls_svc_key_id_t id;

    psa_set_key_type(&a, psa_type(private->type));
    describe(&a, key, (enum lwcmp_cli_key_use)(use | (open ? OPEN : 0)));
    (void)lwcmp_crypto_key_destroy(key);
    return psa_import_key(&a, private->d, private->d_n, &id);
}

/* A new key, out of PSA's hands. */
static psa_status_t make(struct lwcmp_cli_private_key *private)
{
    static const uint16_t bits[] = {256,  384,  521,  2048, 3072,
                                    4096, 2048, 3072, 4096};
    psa_key_attributes_t a = psa_key_attributes_init();
    mbedtls_svc_key_id_t id;
    psa_status_t status;

    psa_set_key_type(&a, psa_type(private->type));
    psa_set_key_bits(&a, bits[private->type]);
    psa_set_key_usage_flags(&a, PSA_KEY_USAGE_EXPORT);
    status = psa_generate_key(&a, &id);
    if (status) {
        return status;
    }
    status = psa_export_key(id, private->d, sizeof(private->d), &private->d_n);
    if (!status && private->type < LWCMP_RSA_2048) {
        status = psa_export_public_key(id, private->q, sizeof(private->q),
                                       &private->q_n);
    }
    (void)psa_destroy_key(id);
    return status;
}

/* Out of PSA. */
static int take_out(lwcmp_key key, struct lwcmp_cli_private_key *private)
{
    psa_key_attributes_t a = psa_key_attributes_init();
    psa_status_t status = psa_get_key_attributes(key, &a);

    private->type = PSA_KEY_TYPE_IS_RSA(psa_get_key_type(&a)) ? LWCMP_RSA_2048
                    : psa_get_key_bits(&a) == 521             ? LWCMP_EC_P521
                    : psa_get_key_bits(&a) == 384             ? LWCMP_EC_P384
                                                              : LWCMP_EC_P256;
    if (!status) {
        status =
            psa_export_key(key, private->d, sizeof(private->d), &private->d_n);
    }
    if (!status && private->type < LWCMP_RSA_2048) {
        status = psa_export_public_key(key, private->q, sizeof(private->q),
                                       &private->q_n);
    }
    return status ? LWCMP_ERR_KEY : 0;
}

int lwcmp_cli_key_write(const char *path, lwcmp_key key)
{
    struct lwcmp_cli_private_key private;
    uint8_t pem[PEM_MAX];
    size_t n = 0;
    int code;

    if (take_out(key, &private) ||
        lwcmp_cli_pkcs8_write(&private, pem, sizeof(pem), &n)) {
        code = lwcmp_cli_fail(LWCMP_EXIT_STORAGE,
                              "the key that the CA has made cannot be written");
    } else {
        code = lwcmp_cli_file_create(path, (struct lwcmp_bytes){pem, n});
    }
    lwcmp_wipe(&private, sizeof(private));
    lwcmp_wipe(pem, sizeof(pem));
    return code;
}

int lwcmp_cli_key_make(const char *path, enum lwcmp_key_type type,
                       lwcmp_key key)
{
    bool open = (type & LWCMP_KEY_OPEN) != 0;
    struct lwcmp_cli_private_key private = {
        .type = (enum lwcmp_key_type)(type & ~(unsigned)LWCMP_KEY_OPEN)};
    uint8_t pem[PEM_MAX];
    size_t n = 0;
    int code = 0;

    if (make(&private) ||
        lwcmp_cli_pkcs8_write(&private, pem, sizeof(pem), &n)) {
        code = lwcmp_cli_fail(LWCMP_EXIT_STORAGE, "no key could be made");
    }
    if (!code) {
        code = lwcmp_cli_file_create(path, (struct lwcmp_bytes){pem, n});
    }
    if (!code && keep(&private, open, key)) {
        code = lwcmp_cli_fail(LWCMP_EXIT_STORAGE, "the key cannot be stored");
    }
    lwcmp_wipe(&private, sizeof(private));
    lwcmp_wipe(pem, sizeof(pem));
    return code;
}

int lwcmp_cli_secret_import(const struct lwcmp_cli_secret *secret,
                            lwcmp_key *key)
{
    psa_key_attributes_t a = psa_key_attributes_init();
    mbedtls_svc_key_id_t id;

    psa_set_key_type(&a, PSA_KEY_TYPE_PASSWORD);
    psa_set_key_algorithm(&a, PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256));
    /* PasswordBasedMac hashes the secret, and PSA hashes no keys. */
    psa_set_key_usage_flags(&a, PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_EXPORT);
    if (psa_import_key(&a, secret->p, secret->n, &id)) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE,
                              "the secret cannot be used as a key");
    }
    *key = id;
    return 0;
}
