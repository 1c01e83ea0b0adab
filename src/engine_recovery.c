/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A key and its certificate, back from the archive of the CA. What comes is
 * opened and judged as a key that the CA has made. Nothing was issued, so there
 * is nothing to confirm, and what is wrong ends the attempt.
 */
#include "body_recovery.h"
#include "engine_cms.h"

#if LWCMP_WITH_RECOVERY
/* The caCerts help to find the path, and are no anchors. */
int lwcmp_engine_read_recovery(struct lwcmp *c)
{
    struct lwcmp_bytes ca_certs = {NULL, 0};
    int err = lwcmp_body_recovery_read(&c->in.content, &c->answer, &ca_certs);

    if (err == 0) {
        c->local = ca_certs;
    }
    return err;
}
#endif
