/* SPDX-License-Identifier: Apache-2.0 */
#include "algorithms.h"

#include <strings.h>

#include "fail.h"

const char *const lwcmp_cli_key_types[LWCMP_CLI_KEY_TYPES] = {
    "p256", "p384", "p521", "rsa2048", "rsa3072", "rsa4096"};

static int read_key_type(struct lwcmp_cli_options *o)
{
    size_t i;

    if (!o->keytype) {
        return 0;
    }
    for (i = 0; i < LWCMP_CLI_KEY_TYPES; i++) {
        if (strcasecmp(o->keytype, lwcmp_cli_key_types[i]) == 0) {
            o->key_type = (enum lwcmp_key_type)i;
            if (o->rsa_pss && o->key_type >= LWCMP_RSA_2048) {
                o->key_type += LWCMP_RSA_PSS_2048 - LWCMP_RSA_2048;
            }
            return 0;
        }
    }
    return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                          "--keytype is p256, p384, p521, rsa2048, rsa3072 "
                          "or rsa4096");
}

/* SHA-256 is the default, and stays 0. */
static int read_hash(const char *option, const char *text,
                     enum lwcmp_hash *hash)
{
    static const struct {
        const char *name;
        enum lwcmp_hash hash;
    } names[] = {
        {"sha256", LWCMP_HASH_NONE},
        {"sha384", LWCMP_SHA384},
        {"sha512", LWCMP_SHA512},
    };
    size_t i;

    for (i = 0; text && i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcasecmp(text, names[i].name) == 0) {
            *hash = names[i].hash;
            return 0;
        }
    }
    return text ? lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                                 "--%s is sha256, sha384 or sha512", option)
                : 0;
}

int lwcmp_cli_algorithms_read(struct lwcmp_cli_options *options)
{
    int code = read_key_type(options);

    if (!code) {
        code =
            read_hash("mac-hash", options->mac_hash_text, &options->mac_hash);
    }
    return code ? code
                : read_hash("rsa-hash", options->rsa_hash_text,
                            &options->rsa_hash);
}

enum lwcmp_cli_key_use lwcmp_cli_key_use(
    const struct lwcmp_cli_options *options)
{
    return options->rsa_pss ? LWCMP_CLI_KEY_PSS : LWCMP_CLI_KEY_SIGN;
}

#if LWCMP_WITH_PSS
static void wish_rsa(const struct lwcmp_cli_options *o,
                     struct lwcmp_algorithms *algorithms)
{
    algorithms->rsa_hash = o->rsa_hash;
}
#else
static void wish_rsa(const struct lwcmp_cli_options *o,
                     struct lwcmp_algorithms *algorithms)
{
    (void)o;
    (void)algorithms;
}
#endif

#if LWCMP_WITH_MAC_HASH
static void wish_mac(const struct lwcmp_cli_options *o,
                     struct lwcmp_algorithms *algorithms)
{
    algorithms->mac_hash = o->mac_hash;
}
#else
static void wish_mac(const struct lwcmp_cli_options *o,
                     struct lwcmp_algorithms *algorithms)
{
    (void)o;
    (void)algorithms;
}
#endif

void lwcmp_cli_algorithms_wish(const struct lwcmp_cli_options *options,
                               struct lwcmp_algorithms *algorithms)
{
    wish_rsa(options, algorithms);
    wish_mac(options, algorithms);
}
