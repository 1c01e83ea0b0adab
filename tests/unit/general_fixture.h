/* SPDX-License-Identifier: Apache-2.0 */
/* The example of RFC 9483 appendix A, in DER. */
#ifndef LWCMP_TEST_GENERAL_FIXTURE_H
#define LWCMP_TEST_GENERAL_FIXTURE_H

#include "vectors.h"

#include "lwcmp/general.h"

/*
 * An empty issuer; a subject with an empty CN and two OUs; an empty iPAddress
 * behind a dNSName; keyUsage; an empty extKeyUsage; P-256 or RSA 2048.
 */
#define EXAMPLE                                                                \
    "3081a93072a3023000a530302e3109300706035504030c00310f300d060355040b0c066d" \
    "79446570743110300e060355040b0c076d7947726f7570a93a301d0603551d1104163014" \
    "82107777772e6d795365727665722e636f6d8700300e0603551d0f0101ff040403020388" \
    "30090603551d25040230003033302006092b060105050705010b301306072a8648ce3d02" \
    "0106082a8648ce3d030107300f06092b060105050705010c02020800"

#endif
