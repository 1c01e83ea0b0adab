/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A CA for engine tests: answers a message of the engine as told, by way of
 * whatever crypto provider is linked. Its encoding is our own; peers that we
 * did not write judge that elsewhere.
 */
#ifndef PEER_H
#define PEER_H

#include "pki_message.h"

enum peer_fault {
    PEER_HONEST,
    /* header */
    PEER_PVNO_1,
    PEER_PVNO_4,
    PEER_PVNO_3, /* no fault: cmp2021 is fine */
    PEER_NO_TRANSACTION_ID,
    PEER_OTHER_TRANSACTION_ID,
    PEER_NO_SENDER_NONCE,
    PEER_SHORT_SENDER_NONCE,
    PEER_LONG_SENDER_NONCE, /* LWCMP_MAX_NONCE: no fault */
    PEER_HUGE_SENDER_NONCE,
    PEER_NO_RECIP_NONCE,
    PEER_OTHER_RECIP_NONCE,
    PEER_OTHER_KID,
    PEER_NO_KID, /* no fault */
    PEER_NULL_SENDER,
    PEER_LONG_SENDER, /* no fault, but too long to be kept */
    /* protection */
    PEER_UNPROTECTED,
    PEER_NO_PROTECTION_ALG,
    PEER_FLIPPED_PROTECTION,
    PEER_EMPTY_PROTECTION,
    PEER_SHORT_PROTECTION,
    PEER_LONG_PROTECTION,
    PEER_OTHER_KIND,
    PEER_UNKNOWN_ALG,
    PEER_FEW_ITERATIONS,
    PEER_MANY_ITERATIONS,
    PEER_SHORT_SALT,
    PEER_SAME_PBM, /* our own parameters: no fault */
    PEER_NO_SIGNER,
    PEER_DEVICE_SIGNER,
    PEER_SIGNER_MAY_NOT_SIGN,
    PEER_FOREIGN_SIGNER,
    /* body */
    PEER_TRAILING_BYTE,
    PEER_WRONG_BODY,
    PEER_CERT_REQ_ID,
    PEER_REJECTS,
    PEER_OTHER_KEY,
    PEER_BAD_CERT,
    PEER_UNKNOWN_SIG,
    PEER_FOREIGN_CHAIN,
    PEER_GRANTED_WITH_MODS, /* no fault */
    PEER_STATUS_WITHOUT_CERT,
    PEER_ERROR,
    PEER_BUSY, /* an error that passes */
    PEER_CLAIM,
    PEER_CLAIM_WAITING,
    /* polling */
    PEER_POLL_ID,       /* pollRep for another request */
    PEER_POLL_AGAIN,    /* the first "waiting" rather than pollRep */
    PEER_POLL_REPLAY,   /* with the nonce of the request, too */
    PEER_POLL_NEGATIVE, /* checkAfter -1 */
    /* New ones come last: a corpus of the fuzzer knows them by number. */
    PEER_PVNO_512,           /* the first octet of which is 2 */
    PEER_OTHER_SENDER,       /* rfc822Name: no fault, but no use either */
    PEER_SIGNER_WITHOUT_KID, /* no fault */
    PEER_JUNK_CERT,          /* before the signer's: no fault */
    PEER_BAD_ERROR,          /* its status parses, the rest does not */
    PEER_BAD_PKICONF,
    PEER_CERT_IN_CA_PUBS, /* the new certificate */
    PEER_DH_MAC,          /* DHBasedMac for its protection */
    PEER_KEY_UPDATE_WARNING,
    PEER_ID_IN_USE, /* another error that passes */
    PEER_CONFIRMED, /* an error that says certConfirmed */
    PEER_REVOKED,   /* another that says certRevoked, */
    PEER_KEY_USED,  /* badCertTemplate, */
    PEER_DUPLICATE, /* duplicateCertReq, */
    PEER_UNTRUSTED  /* signerNotTrusted */
};

struct peer_key;

struct peer {
    enum peer_fault fault;
    unsigned at;          /* the answer that has the fault: 1 is the first */
    enum peer_fault also; /* a second one */
    unsigned also_at;
    bool sign;
    bool implicit; /* grants implicitConfirm, asked or not */
    bool ca_pubs;
    bool more_ca_pubs; /* that have nothing to do with the certificate */
    bool no_root;      /* in caPubs */
    bool intermediate; /* issues below an intermediate CA */
    bool omit_chain;   /* and does not send it along */
    /* Wants time: answers waiting, then so many pollReqs by pollRep. */
    bool waits, waits_by_error, waits_at_confirm;
    unsigned polls;
    uint32_t check_after;
    bool other_signer; /* of the final answer */
    uint32_t serial;   /* of a new certificate; 0: always the same */
    uint8_t root_kid;  /* that it is issued by, and the signer's; 0: 1 */
    bool zero_id;      /* a p10cr has number 0 to it, not -1 */
    bool old_nonce;    /* the final answer echoes the nonce of the request */
    const char *time;  /* messageTime */
    struct lwcmp_bytes reply; /* DER, in rp or genp */
    unsigned more_pairs;      /* in krp, than one */
    struct lwcmp_pbm pbm;     /* but for the salt; 0 iterations: its own */
    lwcmp_key secret;
    struct lwcmp_bytes reference;
    /* Habits that quirks are for. */
    unsigned turns_at;    /* the answer from which on `sign` is the other way */
    bool reflects;        /* our senderKID as its own */
    bool root_comes;      /* in extraCerts */
    unsigned twins;       /* of its signer, by nobody, before it */
    unsigned other_roots; /* before it */
    uint8_t as; /* type of the body with the certificate; 0: the right one */

    /* Algorithms of its messages and of new certificates, or NULL. */
    const struct lwcmp_custom_sig *signs_by, *issues_by;
    unsigned signs_by_from; /* this answer on */
    bool really_issues;     /* certificates with a signature that is right */

    /* What it has seen. */
    unsigned answers;
    struct lwcmp_message in;
    uint8_t asked; /* type of the message that is to be answered at last */
    uint8_t first_nonce[16];
    uint8_t spki[128]; /* that was asked for */
    size_t spki_n;
    bool waiting;
    bool introduces; /* itself: the first signed answer */

    /* What comes encrypted (peer_key.h), if anything does. */
    const struct peer_key *key;
};

/* The root certificate, DER; lives as long as the program. */
struct lwcmp_bytes peer_root(void);

/* The same of a key of the application's algorithm. */
struct lwcmp_bytes peer_custom_root(void);

/*
 * The certificate of the key that it signs with, as of any device: without
 * extended key usage. Lives as long.
 */
struct lwcmp_bytes peer_signer(void);

/* Prepares the peer's keys; once per test, after the provider was reset. */
void peer_init(struct peer *p);

/* The SubjectPublicKeyInfo of any key of the provider. */
struct lwcmp_bytes peer_spki(lwcmp_key key, uint8_t *buffer, size_t cap);

/*
 * The public key that a request asks for; returns its size. Where the peer is
 * to make it, there is an algorithm and no key.
 */
size_t peer_read_key(const struct lwcmp_message *m, uint8_t *spki, size_t cap);

/* Answers the request in place; returns the size of the answer. */
size_t peer_answer(struct peer *p, struct lwcmp_bytes request, uint8_t *out,
                   size_t cap);

#endif
