/* SPDX-License-Identifier: Apache-2.0 */
#include "oid.h"

#include "bytes.h"

/* id-at-commonName: RFC 5280 appendix A */
lwcmp_oid lwcmp_oid_common_name = {3, 0x55, 0x04, 0x03};

/* id-kp-cmcCA, id-kp-cmcRA: RFC 6402 2.10 */
lwcmp_oid lwcmp_oid_cmc_ca = {8,    0x2b, 0x06, 0x01, 0x05,
                              0x05, 0x07, 0x03, 0x1b};
lwcmp_oid lwcmp_oid_cmc_ra = {8,    0x2b, 0x06, 0x01, 0x05,
                              0x05, 0x07, 0x03, 0x1c};

/* id-regCtrl-oldCertID: RFC 4211 6.5 */
lwcmp_oid lwcmp_oid_old_cert_id = {9,    0x2b, 0x06, 0x01, 0x05,
                                   0x05, 0x07, 0x05, 0x01, 0x05};

#if LWCMP_WITH_P10CR
/* pkcs-9-at-extensionRequest: RFC 2985 5.4.2 */
lwcmp_oid lwcmp_oid_extension_request = {9,    0x2a, 0x86, 0x48, 0x86,
                                         0xf7, 0x0d, 0x01, 0x09, 0x0e};
#endif

/* id-PasswordBasedMac: RFC 9810 5.1.3.1 */
lwcmp_oid lwcmp_oid_pbm = {9,    0x2a, 0x86, 0x48, 0x86,
                           0xf6, 0x7d, 0x07, 0x42, 0x0d};

#if LWCMP_WITH_PBMAC1
/* id-PBMAC1, id-PBKDF2, id-PBES2: RFC 8018 appendix A */
lwcmp_oid lwcmp_oid_pbmac1 = {9,    0x2a, 0x86, 0x48, 0x86,
                              0xf7, 0x0d, 0x01, 0x05, 0x0e};
lwcmp_oid lwcmp_oid_pbkdf2 = {9,    0x2a, 0x86, 0x48, 0x86,
                              0xf7, 0x0d, 0x01, 0x05, 0x0c};
lwcmp_oid lwcmp_oid_pbes2 = {9,    0x2a, 0x86, 0x48, 0x86,
                             0xf7, 0x0d, 0x01, 0x05, 0x0d};
#endif

bool lwcmp_oid_is(const struct lwcmp_bytes *content, lwcmp_oid oid)
{
    return lwcmp_bytes_are(content, oid + 1, oid[0]);
}

void lwcmp_oid_put(struct lwcmp_der_out *o, lwcmp_oid oid)
{
    lwcmp_der_put(o, LWCMP_DER_OID, oid + 1, oid[0]);
}
