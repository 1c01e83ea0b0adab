/* SPDX-License-Identifier: Apache-2.0 */
/* The storage port (lwcmp/store.h) on a log in flash. */
#ifndef LWCMP_FLASH_STORE_H
#define LWCMP_FLASH_STORE_H

#include "log.h"
#include "lwcmp/store.h"

/* The log must be open, and stay. */
struct lwcmp_store lwcmp_flash_store(struct lwcmp_log *log);

#endif
