/* SPDX-License-Identifier: Apache-2.0 */
/* Where PSA Crypto keeps persistent keys: files in one directory. */
#ifndef LWCMP_POSIX_PSA_ITS_H
#define LWCMP_POSIX_PSA_ITS_H

/*
 * Opens the directory of the keys, makes it if it is missing; NULL only
 * closes the one before. Returns 0 or an errno. Until it has succeeded every
 * psa_its function fails with PSA_ERROR_STORAGE_FAILURE. Call it before
 * psa_crypto_init(). The same directory may hold an lwcmp_posix_store, whose
 * lock then keeps other processes off the keys as well.
 */
int lwcmp_posix_its_open(const char *directory);

#endif
