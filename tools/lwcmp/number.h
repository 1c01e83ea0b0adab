/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers of certificates and transactions, as people pass them on. */
#ifndef LWCMP_CLI_NUMBER_H
#define LWCMP_CLI_NUMBER_H

#include "lwcmp/types.h"

#define LWCMP_CLI_SERIAL_MAX 64      /* octets; RFC 5280 4.1.2.2 has 20 */
#define LWCMP_CLI_TRANSACTION_MAX 16 /* octets */

/* All three give the number of octets, or 0: that is none, or too long. */

/* Pairs of hexadecimal digits, with colons between them or not. */
size_t lwcmp_cli_hex_read(const char *text, uint8_t *p, size_t cap);

/* A serial number in hexadecimal digits: content octets of its INTEGER. */
size_t lwcmp_cli_serial_read(const char *text, uint8_t p[LWCMP_CLI_SERIAL_MAX]);

/*
 * A transactionID in hexadecimal digits; or, if it has nothing but digits, ten
 * at most, a number of 32 bits, which stands for four octets.
 */
size_t lwcmp_cli_transaction_read(const char *text,
                                  uint8_t p[LWCMP_CLI_TRANSACTION_MAX]);

#endif
