/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every part of lwcmp shares: the byte slice, key names and the errors.
 */
#ifndef LWCMP_TYPES_H
#define LWCMP_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lwcmp/config.h"

/* Bytes that somebody else owns. {NULL, 0} means absent. */
struct lwcmp_bytes {
    const uint8_t *p;
    size_t n;
};

/* The name of a key in the crypto provider (a PSA key identifier). 0: none. */
typedef uint32_t lwcmp_key;

/*
 * Errors, in bands by who must act. The first one sticks. Functions return 0
 * or one of these; lwcmp_result() returns the one that ended a transaction.
 */
enum lwcmp_error {
    LWCMP_OK = 0,

    /* The caller: something was asked that cannot be. */
    LWCMP_ERR_CONFIG = 1,      /* configuration or request lacks something */
    LWCMP_ERR_STATE = 2,       /* this call does not fit the moment */
    LWCMP_ERR_BUFFER = 3,      /* the work buffer is too small */
    LWCMP_ERR_REFUSED = 4,     /* the application refused the certificate */
    LWCMP_ERR_NO_ANCHOR = 5,   /* nothing to validate a certificate against */
    LWCMP_ERR_NO_IDENTITY = 6, /* no certificate of our own to sign with */

    /* The platform: storage, crypto, network. */
    LWCMP_ERR_STORE = 20,   /* the store failed or has no room */
    LWCMP_ERR_JOURNAL = 21, /* the journal is damaged or too new */
    LWCMP_ERR_RANDOM = 22,  /* no random bytes */
    LWCMP_ERR_KEY = 23,     /* a key is missing, unusable or not allowed */
    LWCMP_ERR_CRYPTO = 24,  /* the crypto provider failed */
    LWCMP_ERR_NETWORK = 25, /* no connection, or it broke */
    LWCMP_ERR_TIMEOUT = 26, /* no answer in time */

    /* TLS below HTTP, where there is one. */
    LWCMP_ERR_TLS = 27,      /* no TLS with this server, or it refused ours */
    LWCMP_ERR_TLS_CERT = 28, /* its certificate is not to be trusted */

    /* The peer: its message is bad or cannot be trusted. */
    LWCMP_ERR_HTTP = 40,           /* not HTTP, or a status other than 200 */
    LWCMP_ERR_CONTENT = 41,        /* the answer is not application/pkixcmp */
    LWCMP_ERR_SYNTAX = 42,         /* not DER, or not the ASN.1 of CMP */
    LWCMP_ERR_VERSION = 43,        /* pvno is neither 2 nor 3 */
    LWCMP_ERR_TRANSACTION_ID = 44, /* not the one of our request */
    LWCMP_ERR_SENDER_NONCE = 45,   /* absent, too short or too long */
    LWCMP_ERR_RECIP_NONCE = 46,    /* does not echo our senderNonce */
    LWCMP_ERR_UNEXPECTED = 47,     /* this body cannot answer our message */
    LWCMP_ERR_UNPROTECTED = 48,    /* protection is missing */
    LWCMP_ERR_PROTECTION = 49,     /* MAC or signature does not verify */
    LWCMP_ERR_WRONG_KIND = 50,     /* MAC where a signature is due, or v.v. */
    LWCMP_ERR_ALGORITHM = 51,      /* unknown, not built in or not allowed */
    LWCMP_ERR_ITERATIONS = 52,     /* iteration count out of bounds */
    LWCMP_ERR_SENDER_KID = 53,     /* senderKID names another key */
    LWCMP_ERR_NO_SIGNER = 54,      /* the responder's certificate is missing */
    LWCMP_ERR_UNTRUSTED = 55,      /* no valid path to a trust anchor */
    LWCMP_ERR_NOT_AUTHORIZED = 56, /* valid signer, but not a responder */
    LWCMP_ERR_EXPIRED = 57,        /* a certificate is no longer valid */
    LWCMP_ERR_NOT_YET_VALID = 58,  /* not valid yet: is the clock right? */
    LWCMP_ERR_CERT_REQ_ID = 59,    /* certReqId is not ours */
    LWCMP_ERR_STATUS = 60,         /* status contradicts the content */
    LWCMP_ERR_CERT_SYNTAX = 61,    /* the certificate does not parse */
    LWCMP_ERR_CERT_KEY = 62,       /* certificate for another public key */
    LWCMP_ERR_CERT_CHAIN = 63,     /* new certificate has no valid path */
    LWCMP_ERR_INFO = 64,           /* genp has not what genm has asked for */
    LWCMP_ERR_CMS = 65,            /* a key or certificate is wrapped badly */
    LWCMP_ERR_DECRYPT = 66,        /* it is damaged, or encrypted for another */
    LWCMP_ERR_REVOKED = 67,        /* a certificate is on a CRL */
    LWCMP_ERR_CRL = 68,            /* no CRL that could be used */

    /* The authority: it understood us and said no, or not yet. */
    LWCMP_ERR_REJECTED = 80,   /* authenticated rejection */
    LWCMP_ERR_PEER_ERROR = 81, /* authenticated error message */
    LWCMP_ERR_PEER_CLAIM = 82, /* an error that nobody vouches for */
    LWCMP_ERR_WAITING = 83     /* the request waits for approval */
};

#endif
