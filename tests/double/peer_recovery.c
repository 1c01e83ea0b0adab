/* SPDX-License-Identifier: Apache-2.0 */
/* What the peer has in its archive. */
#include "cert_make.h"
#include "peer_inside.h"

/* What is in KeyRecRepContent. */
void peer_put_recovery(struct peer *p, struct lwcmp_der_out *o)
{
    uint8_t buffer[512];
    struct lwcmp_bytes sub;

    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    peer_put_status(p, o);
    if (p->intermediate) {
        sub = peer_make(
            PEER_SUB_KEY,
            (struct cert_make){
                .subject = "Sub", .issuer = "Root", .ski = 4, .aki = 1},
            buffer, sizeof buffer);
        lwcmp_der_open(o, LWCMP_DER_CTX(1));
        lwcmp_der_put(o, LWCMP_DER_SEQUENCE, sub.p, sub.n);
        lwcmp_der_close(o);
    }
    if (peer_grants(p)) {
        lwcmp_der_open(o, LWCMP_DER_CTX(2));
        lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
        for (unsigned i = 0; i <= p->more_pairs; i++) {
            lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
            peer_put_pair(p, o);
            lwcmp_der_close(o);
        }
        lwcmp_der_close(o);
        lwcmp_der_close(o);
    }
    lwcmp_der_close(o);
}
