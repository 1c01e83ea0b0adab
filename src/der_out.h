/* SPDX-License-Identifier: Apache-2.0 */
/*
 * DER writer, forward: open an element, write what is in it, close it.
 *
 *     lwcmp_der_open_sequence(o);
 *     lwcmp_der_put_int(o, 0);
 *     lwcmp_der_close(o);
 *
 * Closing slides the content when its length needs more than one octet, so a
 * pointer into an element dies when an outer one is closed. The first error
 * sticks in `err` and is looked at once, at the end.
 */
#ifndef LWCMP_DER_OUT_H
#define LWCMP_DER_OUT_H

#include "der_in.h"

#define LWCMP_DER_DEPTH 16 /* elements that are open at the same time */

struct lwcmp_der_out {
    uint8_t *p;
    size_t n;   /* written so far */
    size_t cap; /* at most 65535 */
    int err;
    uint8_t depth;
    uint16_t open[LWCMP_DER_DEPTH]; /* where the open elements begin */
};

void lwcmp_der_out_init(struct lwcmp_der_out *o, uint8_t *p, size_t cap);
void lwcmp_der_out_fail(struct lwcmp_der_out *o, int err);

void lwcmp_der_open(struct lwcmp_der_out *o, uint8_t tag);
void lwcmp_der_open_sequence(struct lwcmp_der_out *o);
void lwcmp_der_close(struct lwcmp_der_out *o);

/* Tag and length octets of an element with n bytes of content, n < 65536. */
size_t lwcmp_der_head(uint8_t head[4], uint8_t tag, size_t n);

/* Bytes as they are: elements that are encoded already. */
void lwcmp_der_put_raw(struct lwcmp_der_out *o, const uint8_t *p, size_t n);

/* An element whose content is at hand. */
void lwcmp_der_put(struct lwcmp_der_out *o, uint8_t tag, const uint8_t *p,
                   size_t n);

void lwcmp_der_put_int(struct lwcmp_der_out *o, uint32_t value);

/*
 * Room for somebody else to write `n` bytes at most, or NULL; afterwards
 * lwcmp_der_wrote() takes over what was written, or the error of the attempt.
 */
uint8_t *lwcmp_der_room(struct lwcmp_der_out *o, size_t *n);
void lwcmp_der_wrote(struct lwcmp_der_out *o, int err, size_t n);

#endif
