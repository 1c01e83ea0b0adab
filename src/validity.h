/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the time is one at which something is valid. */
#ifndef LWCMP_VALIDITY_H
#define LWCMP_VALIDITY_H

#include "lwcmp/lifecycle.h"

#if LWCMP_WITH_EXTENSIONS
/*
 * 0, LWCMP_ERR_EXPIRED or LWCMP_ERR_NOT_YET_VALID, as far as the clock can
 * tell. For certificates that the provider does not know, and CRLs.
 */
int lwcmp_validity_check(const struct lwcmp_validity *validity,
                         const struct lwcmp_time *time);
#endif

#endif
