/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The device, for lwcmp.h, which includes this and has the
 * contract. Fields of an option are there where it is built in.
 */
#ifndef LWCMP_DEVICE_H
#define LWCMP_DEVICE_H

#include "lwcmp/algorithms.h"
#include "lwcmp/store.h"

/* The device: what stays the same from one transaction to the next. */
struct lwcmp_config {
    /*
     * The work buffer, for the message out and the answer to it in turn: as
     * large as the longest message, or as the longest answer and the learned
     * anchors behind it. 2 KiB do for P-256 and certificates of usual size
     * without intermediates. At most 65535 bytes are used.
     */
    uint8_t *buffer;
    size_t buffer_size;

    /* Journal, certificates, learned anchors. */
    const struct lwcmp_store *store;

    /*
     * Names of the two keys of the two certificate slots. Whichever is free
     * gets the next key; the engine destroys what it no longer names. No
     * other key of the device may have these names.
     */
    lwcmp_key key_slot[2];

    /*
     * Shared secret and its reference number (RFC 9483 4.1.5). Where it is
     * set it protects LWCMP_IR, LWCMP_CR and LWCMP_P10CR, whatever else could.
     * With the PSA provider it is a key of type PASSWORD, with the usage
     * EXPORT for PasswordBasedMac, DERIVE for PBMAC1.
     */
    struct lwcmp_bytes reference;
    lwcmp_key secret;
    uint32_t pbm_iterations; /* from 100 on; 0: LWCMP_PBM_ITERATIONS */
    bool pbmac1;             /* send PBMAC1 rather than PasswordBasedMac */
    bool allow_hmac_sha1;    /* accept it from the server */

    /*
     * A certificate to sign with that is not in the store, a manufacturer's
     * say, DER; the certificates above it, DER in a row, no root; its key.
     * LWCMP_KUR renews the identity in the store if there is one, else this.
     */
    struct lwcmp_bytes certificate;
    struct lwcmp_bytes chain;
    lwcmp_key key;

    /* Trust anchors, DER certificates in a row. */
    struct lwcmp_bytes anchors;

    /*
     * Learn trust anchors from the caPubs of a MAC-protected ip, for a device
     * that has nothing but a reference number and a secret (RFC 9483 4.1.5).
     * The one that the new certificate leads to is kept in the store and
     * counts like `anchors` from then on.
     */
    bool accept_ca_pubs;

    /*
     * Where there is no trust anchor at all, take a new certificate without
     * validating its chain. Renewal has no use for such an identity: without
     * an anchor nobody's signature can be trusted.
     */
    bool allow_no_anchor;

    /*
     * Who may answer with a signature: exactly this certificate (DER), which
     * then needs no other anchor; else a valid certificate of this subject
     * (DER Name); else a valid one with the extended key usage cmcCA or
     * cmcRA, or a trust anchor itself.
     */
    struct lwcmp_bytes responder_certificate;
    struct lwcmp_bytes responder_name;

    /* The CA's name (DER Name) for the first message; absent: NULL-DN. */
    struct lwcmp_bytes recipient;

    /* Ask the CA to do without certConf. Not wise with a one-time secret. */
    bool implicit_confirm;

    /* Stop at LWCMP_DECIDE before a new certificate is kept. */
    bool decide;

    /*
     * Stop at LWCMP_PROVE before a new identity takes the place of an old one:
     * after it was confirmed, or where the CA does not know any more, or does
     * not accept the old one.
     */
    bool prove;

    /*
     * The longest time to wait for a CA in one run, in seconds of
     * LWCMP_WAIT in all; 0: for ever. Then LWCMP_ERR_WAITING is the result,
     * and lwcmp_resume() goes on.
     */
    uint32_t wait_limit;

#if LWCMP_WITH_ALGORITHMS
    /* Of our own messages (algorithms.h); NULL: the usual ones. */
    const struct lwcmp_algorithms *algorithms;
#endif
#if LWCMP_WITH_QUIRKS
    /* What servers are forgiven: enum lwcmp_quirk, or'ed (quirks.h). */
    uint32_t quirks;
#endif
#if LWCMP_WITH_CMS
    /*
     * Take private keys as OpenSSL packs them, too: as id-data, or without the
     * package that RFC 9483 4.1.6 wants.
     */
    bool allow_loose_cms;

    /*
     * The CA's certificate to encrypt private keys for, DER, where a request
     * asks for a backup (docs/backup.md).
     */
    struct lwcmp_bytes archive_certificate;
#endif
#if LWCMP_WITH_P10CR
    /*
     * Take an answer to LWCMP_P10CR with certReqId 0, too, and use that number
     * in what follows, for old CAs; it has to be -1 (RFC 9483 4.1.4).
     */
    bool allow_cert_req_id_0;
#endif
#if LWCMP_WITH_CRL
    /*
     * CRLs that the device has, DER in a row: who signs, and the CAs above, are
     * looked up in them. Whether it has to be known of each that it is not
     * revoked. Both as crl.h tells.
     */
    struct lwcmp_bytes crls;
    bool require_status;
#endif
};

#endif
