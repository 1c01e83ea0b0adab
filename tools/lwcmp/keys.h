/* SPDX-License-Identifier: Apache-2.0 */
/* Private keys between files and PSA. */
#ifndef LWCMP_CLI_KEYS_H
#define LWCMP_CLI_KEYS_H

#include "lwcmp/crypto.h"
#include "secret.h"

/* What for: an RSA key does one or the other. */
enum lwcmp_cli_key_use {
    LWCMP_CLI_KEY_SIGN, /* RSA: by PKCS#1 v1.5 */
    LWCMP_CLI_KEY_PSS,
    LWCMP_CLI_KEY_TLS,
    LWCMP_CLI_KEY_OPEN = 0x10 /* added: it can be read again */
};

/*
 * Takes a private key in PEM or DER, with its passphrase or NULL. *key is the
 * name it gets and keeps over a reset; 0: a volatile key, whose name is put
 * there.
 */
int lwcmp_cli_key_read(const char *path,
                       const struct lwcmp_cli_secret *passphrase,
                       enum lwcmp_cli_key_use use, lwcmp_key *key);

/* Whether it can be read again from under its name. */
bool lwcmp_cli_key_is_open(lwcmp_key key);

/*
 * Makes a key, writes it to a new file as PKCS#8 in PEM, and keeps it under
 * the name, from where it can be read again only with LWCMP_KEY_OPEN.
 */
int lwcmp_cli_key_make(const char *path, enum lwcmp_key_type type,
                       lwcmp_key key);

/* Writes a key that may be read to a new file, likewise. */
int lwcmp_cli_key_write(const char *path, lwcmp_key key);

/* A volatile key of the shared secret, for PasswordBasedMac. */
int lwcmp_cli_secret_import(const struct lwcmp_cli_secret *secret,
                            lwcmp_key *key);

#endif
