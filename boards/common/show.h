/* SPDX-License-Identifier: Apache-2.0 */
/* Shows a certificate on the console. */
#ifndef LWCMP_BOARD_SHOW_H
#define LWCMP_BOARD_SHOW_H

#include "lwcmp/types.h"

/* Subject, serial number and validity of the first certificate in the row. */
int lwcmp_show_certificate(struct lwcmp_bytes row);

#endif
