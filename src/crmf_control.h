/* SPDX-License-Identifier: Apache-2.0 */
/* Controls of a request, besides oldCertID (RFC 4211 6). */
#ifndef LWCMP_CRMF_CONTROL_H
#define LWCMP_CRMF_CONTROL_H

#include "crmf.h"

static inline bool lwcmp_crmf_is_archived(const struct lwcmp_crmf *crmf)
{
#if LWCMP_WITH_ARCHIVE
    return crmf->archive != NULL;
#else
    (void)crmf;
    return false;
#endif
}

static inline bool lwcmp_crmf_wants_keys(const struct lwcmp_crmf *crmf)
{
#if LWCMP_WITH_RECOVERY
    return crmf->answer != NULL;
#else
    (void)crmf;
    return false;
#endif
}

/* Whether there is one of these. */
static inline bool lwcmp_crmf_has_control(const struct lwcmp_crmf *crmf)
{
    return lwcmp_crmf_is_archived(crmf) || lwcmp_crmf_wants_keys(crmf);
}

#if LWCMP_WITH_ARCHIVE || LWCMP_WITH_RECOVERY
void lwcmp_crmf_put_control(struct lwcmp_der_out *o,
                            const struct lwcmp_crmf *crmf);
#else
static inline void lwcmp_crmf_put_control(struct lwcmp_der_out *o,
                                          const struct lwcmp_crmf *crmf)
{
    (void)o;
    (void)crmf;
}
#endif

#endif
