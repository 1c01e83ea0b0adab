/* SPDX-License-Identifier: Apache-2.0 */
/* What the device asks for. */
#ifndef POWERCUT_ASK_H
#define POWERCUT_ASK_H

#include "world.h"

/* The next request, whose octets live until the one after it. */
int ask_request(struct world *w, bool renew, struct lwcmp_request *request);

#endif
