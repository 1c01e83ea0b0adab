/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is asked of a CA, for lwcmp.h, which includes this and has the
 * contract. Fields of an option are there where it is built in.
 */
#ifndef LWCMP_REQUEST_H
#define LWCMP_REQUEST_H

#include "lwcmp/crypto.h"
#include "lwcmp/revoke.h"

/*
 * What kind of certificate is asked for, and how (RFC 9483 4.1). A store
 * keeps one identity: LWCMP_IR replaces it, and LWCMP_CR wants a store that
 * has none.
 *
 * LWCMP_RR and LWCMP_GENM are errands: they ask for no certificate and touch
 * neither keys nor identity. The secret protects them if it is set, else the
 * certificate of the configuration or the identity in the store signs. A
 * certificate that waits for the CA goes on waiting meanwhile.
 */
enum lwcmp_operation {
    LWCMP_IR = 1, /* the first of this PKI; by secret or another certificate */
    LWCMP_CR,     /* a further one, likewise */
    LWCMP_KUR,    /* the next one of the same identity, signed with it */
    /*
     * By a PKCS #10 request of the caller's (LWCMP_WITH_P10CR). Protected and
     * kept as with LWCMP_IR; but the engine makes, needs and destroys no key
     * for it: the key may be elsewhere, and is then for the caller to find.
     * LWCMP_KUR needs it in the slot of the certificate, else LWCMP_ERR_KEY.
     */
    LWCMP_P10CR,
    /*
     * A key out of the CA's archive, with its certificate, which become the
     * identity (LWCMP_WITH_RECOVERY, docs/backup.md).
     */
    LWCMP_KRR,
    LWCMP_RR,  /* revoke a certificate; LWCMP_WITH_RR */
    LWCMP_GENM /* ask for what the request names; LWCMP_WITH_GENM */
};

/* One transaction. */
struct lwcmp_request {
    enum lwcmp_operation operation;

    /* Subject, a DER Name. Absent: empty; for LWCMP_KUR the old one, always. */
    struct lwcmp_bytes subject;

    /*
     * Requested extensions, DER Extension values in a row (RFC 5280 4.1).
     * For LWCMP_KUR the old subjectAltName is taken and this stays absent.
     */
    struct lwcmp_bytes extensions;

    /* A key that is left of an attempt that was cut off is taken if it fits. */
    enum lwcmp_key_type key_type;

    /*
     * The caller has put the key into the free slot (lwcmp_free_slot). It is
     * then never destroyed while it is new.
     */
    bool key_is_there;

#if LWCMP_WITH_ERRANDS
    /*
     * What LWCMP_GENM asks for (RFC 9483 4.3): infoType, content octets of an
     * OBJECT IDENTIFIER; infoValue, DER, or absent. lwcmp/general.h has those
     * that RFC 9483 names.
     */
    struct lwcmp_bytes info_type, info_value;

    struct lwcmp_revocation revoke; /* what LWCMP_RR revokes (revoke.h) */
#endif
#if LWCMP_WITH_P10CR
    /*
     * For LWCMP_P10CR the CertificationRequest, DER (RFC 2986 4), and neither
     * subject nor extensions: they stand in it. LWCMP_ERR_CONFIG unless
     * version, Name, attributes and the extensions asked for are as they have
     * to be, and the signature is good, where the provider knows its kind.
     * LWCMP_ERR_KEY, before anything is sent, where the free slot holds
     * another key than that of the request, or with key_is_there none; or
     * where the other slot holds that key, for it goes with the old identity.
     */
    struct lwcmp_bytes csr;
#endif
#if LWCMP_WITH_CERT_PROFILE
    /*
     * The certificate profile asked for, UTF-8, or absent. In LWCMP_GENM only
     * with LWCMP_INFO_CERT_REQ_TEMPLATE, and never in LWCMP_RR.
     */
    struct lwcmp_bytes profile;
#endif
#if LWCMP_WITH_POLL_BY_ID
    struct lwcmp_bytes transaction_id; /* to poll in, only (poll_id.h) */
#endif
#if LWCMP_WITH_CMS        /* one of these, as docs/central-key.md has it */
    bool central_key;     /* the CA makes the key */
    bool encryption_only; /* the CA encrypts the certificate for it */
    bool archive;         /* the CA gets a copy of it (docs/backup.md) */
#endif
};

#endif
