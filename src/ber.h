/* SPDX-License-Identifier: Apache-2.0 */
/*
 * BER to DER (X.690 8.1.3, 8.7), for what is encrypted or signed as CMS:
 * stacks in Java write it as a stream, with lengths that are not known when
 * they begin. Everything else in a message is DER (RFC 9810 5).
 */
#ifndef LWCMP_BER_H
#define LWCMP_BER_H

#include "der_out.h"

/*
 * Rewrites the one element that p[0 .. *n - 1] is, in place: each length in
 * its shortest form, each OCTET STRING in one piece. It never grows. What is
 * DER already stays as it is. LWCMP_ERR_SYNTAX: not BER, deeper than 16
 * elements, or more than 65535 octets; the octets are spoilt then.
 */
int lwcmp_ber_to_der(uint8_t *p, size_t *n);

#endif
