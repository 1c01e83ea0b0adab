/* SPDX-License-Identifier: Apache-2.0 */
/* The successor of the root that the peer of other tests has. */
#include "ca_inside.h"
#include "cert_make.h"

enum { /* key identifiers */
    OLD_ROOT = 1,
    NEW_ROOT = 6
};

static struct lwcmp_bytes make_root(uint8_t issuer_kid, uint8_t *p, size_t cap)
{
    static const uint8_t is_ca[] = {0x30, 3, 1, 1, 0xff};
    uint8_t spki[128];
    struct cert_make what = {
        .subject = "Root",
        .issuer = "Root",
        .ski = NEW_ROOT,
        .aki = issuer_kid,
        .constraints = {is_ca, sizeof is_ca},
    };
    struct lwcmp_der_out o;

    what.spki = peer_spki(CA_ROOT_KEY, spki, sizeof spki);
    lwcmp_der_out_init(&o, p, cap);
    return cert_make(&o, &what);
}

void ca_renew_root(struct ca *ca, struct lwcmp_bytes *new_with_new,
                   struct lwcmp_bytes *new_with_old)
{
    static uint8_t by_itself[512];
    static uint8_t by_the_old[512];

    *new_with_new = make_root(NEW_ROOT, by_itself, sizeof by_itself);
    *new_with_old = make_root(OLD_ROOT, by_the_old, sizeof by_the_old);
    ca->peer.root_kid = NEW_ROOT;
}
