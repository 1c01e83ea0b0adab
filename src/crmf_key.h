/* SPDX-License-Identifier: Apache-2.0 */
/* Requests for keys that are not ours to make, or that do not sign. */
#ifndef LWCMP_CRMF_KEY_H
#define LWCMP_CRMF_KEY_H

#include "crmf.h"

#if LWCMP_WITH_CMS
/* publicKey without a key, where the CA makes it; else nothing and false. */
bool lwcmp_crmf_put_key_type(struct lwcmp_der_out *o,
                             const struct lwcmp_crmf *crmf);

/* The popo of a key that does not sign; true if that was all there is. */
bool lwcmp_crmf_put_other_popo(struct lwcmp_der_out *o,
                               const struct lwcmp_crmf *crmf);
#endif

#endif
