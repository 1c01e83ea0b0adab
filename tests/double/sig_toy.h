/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A signature algorithm of an application that is none: what the toy provider
 * is for lwcmp/crypto.h, this is for lwcmp/custom_sig.h. Its keys have the
 * names from 0xa00 to 0xaff and are always there.
 */
#ifndef SIG_TOY_H
#define SIG_TOY_H

#include "lwcmp/custom_sig.h"

#define SIG_TOY_SPKI 20      /* bytes of every SubjectPublicKeyInfo */
#define SIG_TOY_SIGNATURE 90 /* bytes of every signature */

/* Which calls there were. */
struct sig_toy {
    unsigned signs, verifies;
};

extern struct sig_toy sig_toy;

/* Two of them, both with hashAlg: SHA-256 for the first, SHA-512. */
extern const struct lwcmp_custom_sig sig_toy_table[2];

/* The public key of a name, by the first algorithm of the table. */
struct lwcmp_bytes sig_toy_spki(lwcmp_key key, uint8_t out[SIG_TOY_SPKI]);

#endif
