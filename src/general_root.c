/* SPDX-License-Identifier: Apache-2.0 */
#include "lwcmp/general.h"

#if LWCMP_WITH_GENM

#include "der_in.h"

/*
 * RootCaKeyUpdateContent ::= SEQUENCE {             -- RFC 9810 5.3.19.15
 *     newWithNew  CMPCertificate,
 *     newWithOld  [0] CMPCertificate OPTIONAL,
 *     oldWithNew  [1] CMPCertificate OPTIONAL }
 * RFC 9483 4.3.2: newWithOld has to be there.
 */
static const struct lwcmp_der_field root_update[] = {
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE,
     offsetof(struct lwcmp_root_update, new_with_new)},
    {LWCMP_DER_CTX(0), LWCMP_DER_SEQUENCE, LWCMP_DER_OPTIONAL | LWCMP_DER_WHOLE,
     offsetof(struct lwcmp_root_update, new_with_old)},
    {LWCMP_DER_CTX(1), LWCMP_DER_SEQUENCE,
     LWCMP_DER_OPTIONAL | LWCMP_DER_WHOLE | LWCMP_DER_LAST,
     offsetof(struct lwcmp_root_update, old_with_new)},
};

int lwcmp_root_update_read(struct lwcmp_bytes value,
                           struct lwcmp_root_update *update)
{
    int err = lwcmp_der_read(&value, root_update, update);

    if (value.n == 0) {
        return 0;
    }
    return err == 0 && update->new_with_old.p == NULL ? LWCMP_ERR_INFO : err;
}

int lwcmp_root_update_keep(struct lwcmp_bytes value,
                           const struct lwcmp_anchors *anchors)
{
    struct lwcmp_root_update update;
    int err = lwcmp_root_update_read(value, &update);

    if (err || value.n == 0) {
        return err;
    }
    return lwcmp_anchor_update(anchors, &update.new_with_new,
                               &update.new_with_old);
}

#endif
