/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Strict DER reader (X.690): takes received bytes apart, without copying.
 *
 * A slice holds one element with its tag and length octets, or a row of
 * elements. A SEQUENCE is read by a table that looks like its ASN.1; what it
 * hands out lies inside of the element and nowhere else. A BOOLEAN, INTEGER,
 * BIT STRING or NULL that is not DER is an error wherever it is stepped over.
 *
 * Functions return 0 or LWCMP_ERR_SYNTAX. What they hand out is always set,
 * and means nothing after an error.
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
    LWCMP_DER_SET = 0x31,
    LWCMP_DER_ANY = 0xff /* none of DER: whatever stands there */
};

/* Tag octets of context-specific tag n: constructed and primitive. */
#define LWCMP_DER_CTX(n) ((uint8_t)(0xa0 + (n)))
#define LWCMP_DER_CTX_PRIM(n) ((uint8_t)(0x80 + (n)))

/*
 * Takes the next element off a row and hands out its content. `out` may be the
 * row itself, which is empty after an error then.
 */
int lwcmp_der_take(struct lwcmp_bytes *row, uint8_t tag,
                   struct lwcmp_bytes *out);

/* The same with tag and length octets; `out` is not the row. */
int lwcmp_der_take_whole(struct lwcmp_bytes *row, uint8_t tag,
                         struct lwcmp_bytes *out);

/* The content of an element with nothing behind it. */
int lwcmp_der_take_only(const struct lwcmp_bytes *element, uint8_t tag,
                        struct lwcmp_bytes *out);

enum lwcmp_der_how {
    LWCMP_DER_WHOLE = 1,    /* with tag and length octets, not just content */
    LWCMP_DER_OPTIONAL = 2, /* absent: {NULL, 0} */
    LWCMP_DER_LAST = 4      /* there are no more fields */
};

/* A field of a SEQUENCE. */
struct lwcmp_der_field {
    uint8_t tag;
    uint8_t inner; /* the tag below an explicit one, or 0 */
    uint8_t how;   /* enum lwcmp_der_how, or'ed */
    uint8_t where; /* offset of the struct lwcmp_bytes that it goes to */
};

#define LWCMP_DER_IGNORED 0xff /* goes nowhere */

/*
 * Reads an element that is a SEQUENCE of exactly these fields into the struct
 * at `out`.
 */
int lwcmp_der_read(const struct lwcmp_bytes *element,
                   const struct lwcmp_der_field *field, void *out);

/*
 * Content octets of an INTEGER as a number: 0 for a negative one, INT32_MAX
 * for what is larger.
 */
uint32_t lwcmp_der_number(const struct lwcmp_bytes *content);

/* Content octets of a BIT STRING: drops the one that says "whole octets". */
int lwcmp_der_octets(struct lwcmp_bytes *content);

#endif
