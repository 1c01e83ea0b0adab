/* SPDX-License-Identifier: Apache-2.0 */
/* The peer with keys and signatures of an algorithm of the application. */
#include "peer_inside.h"
#include "sig_toy.h"

struct lwcmp_bytes peer_custom_root(void)
{
    static const uint8_t is_ca[] = {0x30, 0x03, 0x01, 0x01, 0xff};
    static uint8_t buffer[512];
    struct cert_make what = {.subject = "Root",
                             .issuer = "Root",
                             .ski = 1,
                             .aki = 1,
                             .constraints = {is_ca, sizeof is_ca},
                             .by = &sig_toy_table[0],
                             .by_key = PEER_CUSTOM_ROOT};
    uint8_t spki[SIG_TOY_SPKI];
    struct lwcmp_der_out o;

    what.spki = sig_toy_spki(PEER_CUSTOM_ROOT, spki);
    lwcmp_der_out_init(&o, buffer, sizeof buffer);
    return cert_make(&o, &what);
}

const struct lwcmp_custom_sig *peer_signs_by(const struct peer *p)
{
    return p->answers >= p->signs_by_from ? p->signs_by : NULL;
}

void peer_custom_issue(const struct peer *p, struct cert_make *what)
{
    if (p->issues_by) {
        what->by = p->issues_by;
        what->by_key = PEER_CUSTOM_ROOT;
    } else if (p->really_issues) {
        what->by_key = PEER_ROOT_KEY;
    }
}

struct lwcmp_bytes peer_custom_signer(const struct peer *p,
                                      struct cert_make what, uint8_t *buffer,
                                      size_t cap)
{
    uint8_t spki[SIG_TOY_SPKI];
    struct lwcmp_der_out o;

    what.spki = sig_toy_spki(PEER_CUSTOM_SIGNER, spki);
    peer_custom_issue(p, &what);
    lwcmp_der_out_init(&o, buffer, cap);
    return cert_make(&o, &what);
}

#if LWCMP_WITH_CUSTOM_SIG
void peer_custom_alg(const struct peer *p, struct lwcmp_prot_alg *alg)
{
    alg->custom = alg->kind == LWCMP_PROT_SIG ? peer_signs_by(p) : NULL;
}
#else
void peer_custom_alg(const struct peer *p, struct lwcmp_prot_alg *alg)
{
    (void)p;
    (void)alg;
}
#endif
