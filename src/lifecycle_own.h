/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the lifecycle. */
#ifndef LWCMP_LIFECYCLE_OWN_H
#define LWCMP_LIFECYCLE_OWN_H

#include "lwcmp/lifecycle.h"

#define LWCMP_LIFE_DAY 86400u

static inline uint32_t lwcmp_life_pause_max(
    const struct lwcmp_life_policy *policy)
{
    return policy->pause_max ? policy->pause_max : 3600;
}

#endif
