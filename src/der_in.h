/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Strict DER reader (X.690): a cursor over received bytes, without copying.
 *
 * A cursor that enters an element gives a child that cannot leave it. All
 * cursors of one message share an error cell: the first error stays in it,
 * and from then on every call fails and hands out nothing, so the code that
 * reads a structure looks like its ASN.1 and is checked once at the end. A
 * BOOLEAN, INTEGER, BIT STRING or NULL that is not DER is an error wherever
 * it is read or stepped over.
 */
#ifndef LWCMP_DER_IN_H
#define LWCMP_DER_IN_H

#include "lwcmp/types.h"

enum lwcmp_der_tag {
    LWCMP_DER_BOOLEAN = 0x01,
    LWCMP_DER_INTEGER = 0x02,
    LWCMP_DER_BIT_STRING = 0x03,
    LWCMP_DER_OCTET_STRING = 0x04,
    LWCMP_DER_NULL = 0x05,
    LWCMP_DER_OID = 0x06,
    LWCMP_DER_UTF8_STRING = 0x0c,
    LWCMP_DER_UTC_TIME = 0x17,
    LWCMP_DER_GENERALIZED_TIME = 0x18,
    LWCMP_DER_SEQUENCE = 0x30,
    LWCMP_DER_SET = 0x31
};

/* Tag octets of context-specific tag n: constructed and primitive. */
#define LWCMP_DER_CTX(n) ((uint8_t)(0xa0 + (n)))
#define LWCMP_DER_CTX_PRIM(n) ((uint8_t)(0x80 + (n)))

struct lwcmp_der_in {
    const uint8_t *p;
    size_t n;
    int *err;
};

void lwcmp_der_in_init(struct lwcmp_der_in *in, struct lwcmp_bytes bytes,
                       int *err);

/* Puts an error into the cell, unless there is one already. */
void lwcmp_der_fail(struct lwcmp_der_in *in, int err);

/* Whether there is something left and no error so far. */
bool lwcmp_der_more(const struct lwcmp_der_in *in);

/* Whether an element with this tag comes next. */
bool lwcmp_der_next_is(const struct lwcmp_der_in *in, uint8_t tag);

/* It is an error if anything is left. */
void lwcmp_der_finish(struct lwcmp_der_in *in);

/* The next element must have this tag: its content. */
void lwcmp_der_get(struct lwcmp_der_in *in, uint8_t tag,
                   struct lwcmp_bytes *content);

/* The same with its tag and length octets in front. */
void lwcmp_der_get_whole(struct lwcmp_der_in *in, uint8_t tag,
                         struct lwcmp_bytes *element);

/* The next element, of whatever tag, with its tag and length octets. */
void lwcmp_der_get_any(struct lwcmp_der_in *in, struct lwcmp_bytes *element);

/* The next element must have this tag; the child reads its content. */
void lwcmp_der_enter(struct lwcmp_der_in *in, uint8_t tag,
                     struct lwcmp_der_in *child);

/* The same if the tag is there; else false and an empty child. */
bool lwcmp_der_enter_if(struct lwcmp_der_in *in, uint8_t tag,
                        struct lwcmp_der_in *child);

/* Steps over an element if it has this tag. */
void lwcmp_der_skip_if(struct lwcmp_der_in *in, uint8_t tag);

/* INTEGER that fits 32 bits. */
void lwcmp_der_get_int(struct lwcmp_der_in *in, int32_t *value);

/* BIT STRING of whole octets. */
void lwcmp_der_get_bits(struct lwcmp_der_in *in, struct lwcmp_bytes *octets);

#endif
