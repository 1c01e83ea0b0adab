/* SPDX-License-Identifier: Apache-2.0 */
/* The time of day. */
#ifndef LWCMP_POSIX_CLOCK_H
#define LWCMP_POSIX_CLOCK_H

#include "lwcmp/crypto.h"

/* 2026-01-01 00:00:00 UTC. This code is not older. */
#define LWCMP_POSIX_TIME_MIN 1767225600

/*
 * The system's clock, taken as set. One that shows a time before this code
 * was written has not been set: then the time is unknown.
 */
struct lwcmp_time lwcmp_posix_time(void);

#endif
