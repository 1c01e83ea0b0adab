/* SPDX-License-Identifier: Apache-2.0 */
/* What the device knows of itself when it decides (lwcmp/lifecycle.h). */
#ifndef LWCMP_BOARD_FACTS_H
#define LWCMP_BOARD_FACTS_H

#include "device.h"

/*
 * Everything, from the store and the board; or LWCMP_ERR_JOURNAL. A store that
 * cannot be read now can be in a while, perhaps: it is looked at again. Where
 * that goes on for long and there is a secret, which can get another identity
 * in the place of what cannot be read, there is none.
 */
int lwcmp_facts_wait(struct lwcmp_device *d, struct lwcmp_life_facts *facts);

/*
 * The time, for what it is worth: a clock's, or what it is at least. A clock
 * that is behind what has been heard in this transaction is not set.
 */
struct lwcmp_time lwcmp_facts_time(const struct lwcmp_device *d,
                                   uint64_t heard);

/*
 * What time an authenticated message says it is: not later than the end of
 * what was issued with it, or else of the last trust anchor. True: worth a
 * lwcmp_life_write().
 */
bool lwcmp_facts_heard(struct lwcmp_device *d, uint64_t seconds, bool issued);

#endif
