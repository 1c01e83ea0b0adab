/* SPDX-License-Identifier: Apache-2.0 */
/* Shows a certificate on the console and judges its age. */
#ifndef LWCMP_BOARD_SHOW_H
#define LWCMP_BOARD_SHOW_H

#include "lwcmp/types.h"

/* Subject, serial number and validity of the first certificate in the row. */
int lwcmp_show_certificate(struct lwcmp_bytes row);

/*
 * Whether two thirds of the certificate's time are over; `now` in seconds
 * since 1970. Not if it cannot be read.
 */
bool lwcmp_show_is_due(struct lwcmp_bytes row, uint64_t now);

#endif
