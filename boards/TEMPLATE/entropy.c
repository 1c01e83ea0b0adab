/* SPDX-License-Identifier: Apache-2.0 */
/*
 * TODO: int lwcmp_platform_entropy(uint8_t *p, size_t n), as lwcmp/platform.h
 * says. Keys are made of these bytes: a generator that was not made for that
 * (rand(), a serial number, the time, an open pin) gives them away. With
 * nothing here the image does not link, and that is on purpose.
 *
 * To think of: start the generator and let it settle; obey its health test,
 * and return LWCMP_ERR_RANDOM when it fails; wait with a limit; wipe what is
 * left over.
 */
#include "lwcmp/platform.h"
