/* SPDX-License-Identifier: Apache-2.0 */
/* PKCS #10 requests for tests, of keys of the toy provider. */
#ifndef CSR_MAKE_H
#define CSR_MAKE_H

#include "crypto_toy.h"
#include "der_out.h"

struct csr_make {
    uint32_t number;               /* of the key pair */
    struct lwcmp_bytes spki;       /* of another key; absent: of that pair */
    uint32_t signer;               /* another one that signs; 0: the same */
    const char *subject;           /* common name; absent: "csr" */
    uint8_t version;               /* 0, if it is good */
    bool no_attributes;            /* not even [0] */
    struct lwcmp_bytes attributes; /* Attribute values in a row */
    bool unknown_sig;              /* a signature that nobody knows */
};

/* Writes the request behind what is in `o` already. */
struct lwcmp_bytes csr_make(struct lwcmp_der_out *o,
                            const struct csr_make *what);

#endif
