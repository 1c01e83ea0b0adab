/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The object identifiers we know, as the content octets of their DER, with
 * their count in front.
 */
#ifndef LWCMP_OID_H
#define LWCMP_OID_H

#include "der_out.h"

typedef const uint8_t lwcmp_oid[];

extern lwcmp_oid lwcmp_oid_common_name;
extern lwcmp_oid lwcmp_oid_cmc_ca;
extern lwcmp_oid lwcmp_oid_cmc_ra;
extern lwcmp_oid lwcmp_oid_old_cert_id;
extern lwcmp_oid lwcmp_oid_extension_request;
extern lwcmp_oid lwcmp_oid_pbm;
extern lwcmp_oid lwcmp_oid_pbmac1;
extern lwcmp_oid lwcmp_oid_pbkdf2;
extern lwcmp_oid lwcmp_oid_pbes2;

bool lwcmp_oid_is(const struct lwcmp_bytes *content, lwcmp_oid oid);
void lwcmp_oid_put(struct lwcmp_der_out *o, lwcmp_oid oid);

#endif
