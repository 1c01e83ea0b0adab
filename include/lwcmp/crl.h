/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificate revocation lists (RFC 5280 5): what they say of a certificate,
 * and how a CA is asked for one (RFC 9483 4.3.4). LWCMP_WITH_CRL.
 *
 * Nothing is copied and nothing is kept: slices point into the DER that was
 * handed in and live as long. A CRL may have any number of entries; looking
 * for one is one pass over all of them. Where CRLs are stored is for the
 * application to decide; it hands them to a transaction in struct
 * lwcmp_config.
 *
 * In struct lwcmp_config, which may stay all zeros:
 *
 *   crls            CRLs of any CAs, DER in a row. Who signs a message is
 *                   looked up in them, and so are the CAs above him, and who
 *                   has made a key for us: one that is on a list ends the
 *                   transaction with LWCMP_ERR_REVOKED. So are the CAs above a
 *                   new certificate; it is turned down then. Nobody looks up a
 *                   trust anchor, or a responder_certificate, which is one. A
 *                   CRL that does not parse is LWCMP_ERR_CONFIG; one that
 *                   cannot be used is passed over.
 *   require_status  Whether it has to be known that a signer is not revoked,
 *                   by a CRL of each CA of his path whose nextUpdate has not
 *                   come as far as the clock knows. Else LWCMP_ERR_CRL.
 *
 * Full CRLs by the CA itself, with nextUpdate, are understood, and those of a
 * part: of end entities, of CAs, of some reasons, of a distribution point.
 * Deltas and indirect CRLs are refused.
 */
#ifndef LWCMP_CRL_H
#define LWCMP_CRL_H

#include "lwcmp/lifecycle.h"

/* What a CRL says that it has only some of. */
enum lwcmp_crl_only {
    LWCMP_CRL_USERS = 1,      /* end entities */
    LWCMP_CRL_CAS = 2,        /* CAs */
    LWCMP_CRL_REASONS = 4,    /* revoked for some reasons */
    LWCMP_CRL_INDIRECT = 8,   /* refused */
    LWCMP_CRL_ATTRIBUTES = 16 /* refused */
};

struct lwcmp_crl {
    struct lwcmp_bytes issuer;      /* Name, DER */
    struct lwcmp_bytes this_update; /* Time, DER */
    struct lwcmp_bytes number;      /* content of the INTEGER, or absent */
    struct lwcmp_bytes aki;         /* keyIdentifier of the issuer, or absent */
    struct lwcmp_bytes point;       /* DistributionPointName, DER, or absent */
    struct lwcmp_bytes revoked;     /* its entries, DER in a row */
    struct lwcmp_bytes inner_alg, next_update;          /* DER */
    struct lwcmp_bytes version, extensions, idp, delta; /* content */
    struct lwcmp_signed parts;
    struct lwcmp_validity valid; /* from thisUpdate to nextUpdate */
    uint8_t only;                /* enum lwcmp_crl_only, or'ed */
    uint8_t sig;                 /* enum lwcmp_sig, or 0 */
    bool odd;                    /* an extension is critical and not known */
};

/*
 * Reads a CRL, but for its entries. LWCMP_ERR_SYNTAX, or LWCMP_ERR_CRL for one
 * that says of itself that it needs more than we understand: a delta, an
 * indirect one, one of attribute certificates, one without nextUpdate, or with
 * an unknown extension that is critical.
 */
int lwcmp_crl_read(const struct lwcmp_bytes *der, struct lwcmp_crl *crl);

/*
 * Goes through the entries for a serial number, content octets of the INTEGER:
 * 0 if it is not there, LWCMP_ERR_REVOKED if it is. LWCMP_ERR_SYNTAX or
 * LWCMP_ERR_CRL, as above, for an entry, whichever it is: then the whole CRL
 * says nothing (RFC 5280 5.3).
 */
int lwcmp_crl_find(const struct lwcmp_crl *crl,
                   const struct lwcmp_bytes *serial);

/*
 * Whether a CRL can be used: signed with the certificate of a CA, DER, which
 * somebody has validated; each entry understood; and its time. LWCMP_ERR_CRL:
 * it is by another CA, or this one may not sign CRLs. LWCMP_ERR_PROTECTION:
 * the signature is wrong. LWCMP_ERR_ALGORITHM. LWCMP_ERR_EXPIRED: it is time
 * for the next one. LWCMP_ERR_NOT_YET_VALID. LWCMP_ERR_CERT_SYNTAX: the CA's
 * certificate is none. Or what lwcmp_crl_find() and the provider say.
 */
int lwcmp_crl_verify(const struct lwcmp_crl *crl, const struct lwcmp_bytes *ca,
                     const struct lwcmp_time *time);

/*
 * All that is to be looked at before a CRL that has come is kept: it can be
 * used, and is newer than `have`, DER, and of the same part of the CA's
 * certificates by issuingDistributionPoint, unless that is absent: the list of
 * a part does not take the place of the whole. LWCMP_ERR_CRL: it is not newer,
 * or of another part. Else as above. Another part is kept beside this one.
 */
int lwcmp_crl_accept(const struct lwcmp_bytes *der,
                     const struct lwcmp_bytes *ca,
                     const struct lwcmp_bytes *have,
                     const struct lwcmp_time *time);

/*
 * What CRLs, DER in a row, say of a path that was validated: path[0] is the
 * end entity, each next one issued the one before, path[count - 1] is the
 * anchor, of which nobody says anything. LWCMP_ERR_REVOKED: one of them is on
 * the list, in a CRL whose signature is good, however old. If `required`,
 * LWCMP_ERR_CRL: of one of them no CRL says that it is not. What cannot be
 * used is passed over. Errors below LWCMP_ERR_HTTP are the provider's.
 */
int lwcmp_crl_check_path(const struct lwcmp_bytes *crls,
                         const struct lwcmp_bytes *path, size_t count,
                         const struct lwcmp_time *time, bool required);

/* Which CRL is wanted. At least one of the three. */
struct lwcmp_crl_wanted {
    /*
     * The one for this certificate, DER: by its cRLDistributionPoints, or
     * where it has none by its issuer.
     */
    struct lwcmp_bytes certificate;
    struct lwcmp_bytes issuer; /* that of a CA, a DER Name */
    struct lwcmp_bytes have;   /* one that is newer than this, DER */
};

/*
 * Writes the infoValue of a general message with LWCMP_INFO_CRL_STATUS_LIST
 * (lwcmp/general.h) into the room. LWCMP_ERR_CRL: `have` is by another CA;
 * LWCMP_ERR_CONFIG: nothing is wanted; LWCMP_ERR_BUFFER; LWCMP_ERR_SYNTAX and
 * LWCMP_ERR_CERT_SYNTAX for what is handed in.
 */
int lwcmp_crl_ask(const struct lwcmp_crl_wanted *wanted, uint8_t *room,
                  size_t size, struct lwcmp_bytes *value);

#endif
