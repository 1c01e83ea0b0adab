/* SPDX-License-Identifier: Apache-2.0 */
/* What a transaction teaches of trust. src/anchors.c has what comes later. */
#include "engine.h"

/*
 * Of caPubs only the anchor of the new certificate is learned (RFC 9483
 * 4.1.1), next to those learned before, which the old identity may need. They
 * have to fit behind an answer like this one, or it would be the last that can
 * be checked.
 */
int lwcmp_at_keep_anchor(struct lwcmp *c)
{
    const struct lwcmp_store *store = c->config->store;
    struct lwcmp_bytes parts[2] = {c->learned, c->path[c->path_n - 1]};
    size_t first = c->learned.n > 0 ? 0 : 1;

    c->state = LWCMP_AT_NOTE_KEPT;
    if (lwcmp_cert_in_row(&parts[1], c->learned) ||
        lwcmp_cert_in_row(&parts[1], c->config->anchors) ||
        !lwcmp_cert_in_row(&parts[1], c->answer.ca_pubs)) {
        return 0;
    }
    if (parts[1].n > c->size - c->in_n - parts[0].n) {
        return LWCMP_ERR_BUFFER;
    }
    return store->write(store->context, LWCMP_RECORD_ANCHORS, parts + first,
                        2 - first);
}
