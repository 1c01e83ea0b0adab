/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Changes one element of a DER message and puts the lengths around it right,
 * so that a reader gets as far as the change.
 */
#ifndef DER_EDIT_H
#define DER_EDIT_H

#include "fuzz.h"

#define DER_EDIT_CAP 4096

struct der_edit {
    uint8_t p[DER_EDIT_CAP];
    size_t n;
};

/* Which element and what to do with it is taken from the input. */
void der_edit_apply(struct der_edit *e, struct lwcmp_bytes *in);

#endif
