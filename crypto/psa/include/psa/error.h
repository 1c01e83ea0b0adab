/* SPDX-License-Identifier: Apache-2.0 */
/*
 * psa_status_t and its values for the PSA Secure Storage API. Mbed TLS
 * defines them in its own headers and asks for this one when the storage is
 * not its own.
 */
#ifndef LWCMP_PSA_ERROR_H
#define LWCMP_PSA_ERROR_H

#include <psa/crypto.h>

#endif
