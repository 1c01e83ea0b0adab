/* SPDX-License-Identifier: Apache-2.0 */
/* Words for what happens in a transaction. */
#ifndef LWCMP_BOARD_WORDS_H
#define LWCMP_BOARD_WORDS_H

#include "lwcmp/lwcmp.h"

/* Name of a message by its body: "ir", "pkiconf" ... */
const char *lwcmp_words_message(struct lwcmp_bytes message);

/* One sentence for an enum lwcmp_error. */
const char *lwcmp_words_error(int error);

/* What the server said, as lines on the console; nothing if nothing. */
void lwcmp_words_status(const struct lwcmp_status *status);

#endif
