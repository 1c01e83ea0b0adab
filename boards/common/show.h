/* SPDX-License-Identifier: Apache-2.0 */
/* Shows a certificate on the console and judges its age. */
#ifndef LWCMP_BOARD_SHOW_H
#define LWCMP_BOARD_SHOW_H

#include "lwcmp/types.h"

/* Subject, serial number and validity of the first certificate in the row. */
int lwcmp_show_certificate(struct lwcmp_bytes row);

enum lwcmp_show_age {
    LWCMP_AGE_GOOD,
    LWCMP_AGE_DUE, /* two thirds of its time are over */
    LWCMP_AGE_EXPIRED
};

/* The age of this certificate; `now` in seconds since 1970. */
enum lwcmp_show_age lwcmp_show_age(struct lwcmp_bytes row, uint64_t now);

#endif
