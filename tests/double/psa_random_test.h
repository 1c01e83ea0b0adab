/* SPDX-License-Identifier: Apache-2.0 */
/* The random source of the PSA tests. */
#ifndef PSA_RANDOM_TEST_H
#define PSA_RANDOM_TEST_H

#include <stdbool.h>

/* Lets the source run dry, or flow again. */
void psa_random_test_fail(bool fail);

#endif
