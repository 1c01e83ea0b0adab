/* SPDX-License-Identifier: Apache-2.0 */
/* PSA Internal Trusted Storage in RAM, for tests. */
#ifndef PSA_ITS_RAM_H
#define PSA_ITS_RAM_H

#include <stdbool.h>

/* Forgets everything. */
void psa_its_ram_clear(void);

/* Lets every write and removal fail from now on, or work again. */
void psa_its_ram_fail(bool fail);

#endif
