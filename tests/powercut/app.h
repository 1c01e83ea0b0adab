/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The application of the device: reads what lasts, decides, runs transactions,
 * boot after boot, as one in boards/common does.
 */
#ifndef POWERCUT_APP_H
#define POWERCUT_APP_H

#include "world.h"

/* Lives the whole life, through the faults of the world, and is judged. */
void app_live(struct world *w);

#endif
