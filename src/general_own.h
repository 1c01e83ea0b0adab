/* SPDX-License-Identifier: Apache-2.0 */
/* What reads a template, for what fills it in. */
#ifndef LWCMP_GENERAL_OWN_H
#define LWCMP_GENERAL_OWN_H

#include "der_in.h"

struct lwcmp_extension {
    struct lwcmp_bytes id;       /* content octets */
    struct lwcmp_bytes critical; /* with tag and length, or absent */
    struct lwcmp_bytes value;    /* what the OCTET STRING holds */
};

/* Takes the next Extension off a row: LWCMP_ERR_SYNTAX if it is none. */
int lwcmp_extension_next(struct lwcmp_bytes *row, struct lwcmp_extension *e);

#endif
