/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a device may ask for besides a certificate of its own key, for the
 * fuzzer of the engine. What is not built in leaves the request as it is.
 */
#ifndef LWCMP_FUZZ_ENGINE_ASK_H
#define LWCMP_FUZZ_ENGINE_ASK_H

#include "csr_make.h"
#include "device.h"
#include "peer_key.h"

/* The key that the CA makes, or has in its archive. */
#define ASK_NUMBER 5000

static struct peer_key ask_key;

static inline void ask_general(struct device *d, uint8_t type)
{
    static uint8_t octets[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x04, 0};
    static uint8_t genp[] = {0x30, 0x0e, 0x30, 0x0c, 0x06, 0x08, 0x2b, 0x06,
                             0x01, 0x05, 0x05, 0x07, 0x04, 0,    0x30, 0x00};

    octets[sizeof octets - 1] = type;
    genp[13] = type == 20 ? 18 : type;
    d->peer.reply = (struct lwcmp_bytes){genp, sizeof genp};
#if LWCMP_WITH_GENM
    d->request.operation = LWCMP_GENM;
    d->request.info_type = (struct lwcmp_bytes){octets, sizeof octets};
#endif
}

static inline void ask_revocation(struct device *d)
{
    static const uint8_t rp[] = {0x30, 0x07, 0x30, 0x05, 0x30,
                                 0x03, 0x02, 0x01, 0x00};

    d->peer.reply = (struct lwcmp_bytes){rp, sizeof rp};
#if LWCMP_WITH_RR
    static const uint8_t serial[] = {0x01};
    static uint8_t room[64];
    struct lwcmp_der_out o;

    lwcmp_der_out_init(&o, room, sizeof room);
    d->request.operation = LWCMP_RR;
    d->request.revoke.issuer = name_make(&o, "Root");
    d->request.revoke.serial = (struct lwcmp_bytes){serial, sizeof serial};
#endif
}

static inline void ask_encrypted(struct device *d, bool certificate,
                                 bool recover)
{
    ask_key = (struct peer_key){
        .certificate = certificate,
        .to = d->config.secret && !certificate ? 0 : d->config.key,
        .number = certificate ? 0 : ASK_NUMBER,
    };
    d->peer.key = &ask_key;
#if LWCMP_WITH_CMS
    d->request.encryption_only = LWCMP_WITH_ENCRYPTED_CERT && certificate;
    d->request.central_key = LWCMP_WITH_CENTRAL_KEY && !certificate && !recover;
    if (LWCMP_WITH_RECOVERY && recover) {
        d->request.operation = LWCMP_KRR;
    }
#endif
    (void)recover;
}

static inline void ask_p10(struct device *d)
{
#if LWCMP_WITH_P10CR
    static uint8_t room[512];
    struct lwcmp_der_out o;

    lwcmp_der_out_init(&o, room, sizeof room);
    d->request.operation = LWCMP_P10CR;
    d->request.csr = csr_make(&o, &(struct csr_make){.number = ASK_NUMBER + 1});
#else
    (void)d;
#endif
}

/* `which` from 0 to 7. */
static inline void ask_for(struct device *d, unsigned which)
{
    switch (which) {
    case 0:
        ask_general(d, 17); /* caCerts */
        break;
    case 1:
        ask_general(d, 20); /* rootCaCert */
        break;
    case 2:
        ask_revocation(d);
        break;
    case 3:
        ask_p10(d);
        break;
    default:
        ask_encrypted(d, which == 4, which == 5);
    }
}

#endif
