/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The two kinds of time in ASN.1: UTCTime and GeneralizedTime, of certificates
 * (RFC 5280 4.1.2.5) and of messages.
 */
#ifndef LWCMP_GENTIME_H
#define LWCMP_GENTIME_H

#include "lwcmp/types.h"

/*
 * Content octets to seconds since 1970; what is earlier is 0. `tag` is that of
 * UTCTime or GeneralizedTime. Only the forms of DER are taken: in UTC, down to
 * the second. A GeneralizedTime may have a fraction of a second, which
 * messages bring; it is dropped. A leap second is an error, as RFC 5280 has no
 * place for it. LWCMP_ERR_SYNTAX; *seconds is then left alone.
 */
int lwcmp_time_read(uint8_t tag, const struct lwcmp_bytes *content,
                    uint64_t *seconds);

#endif
