/* SPDX-License-Identifier: Apache-2.0 */
/* For engine.c: whether there is what the configuration chooses. */
#ifndef LWCMP_ENGINE_FITS_H
#define LWCMP_ENGINE_FITS_H

#include "engine.h"
#include "own_sig.h"

static inline bool lwcmp_engine_algorithms_fit(
    const struct lwcmp_config *config)
{
    uint32_t n = config->pbm_iterations;

    return (LWCMP_WITH_PBMAC1 || !config->pbmac1) &&
           lwcmp_engine_mac_fits(config) && lwcmp_own_sig_fits(config) &&
           lwcmp_custom_fits(config) &&
           (n == 0 ||
            (n >= LWCMP_PBM_ITERATIONS_MIN && n <= LWCMP_PBM_ITERATIONS_MAX));
}

#endif
