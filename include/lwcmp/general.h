/* SPDX-License-Identifier: Apache-2.0 */
/*
 * General messages: what they ask for, and what the answers hold (RFC 9483
 * 4.3, RFC 9810 5.3.19). LWCMP_WITH_GENM.
 *
 *     request.operation = LWCMP_GENM;
 *     request.info_type = (struct lwcmp_bytes)LWCMP_INFO_CA_CERTS;
 *     ...                                      a transaction like any other
 *     err = lwcmp_ca_certs_read(lwcmp_info(&c), &row);
 *
 * The functions below take infoValue as lwcmp_info() gives it. Absent is no
 * error: the CA has nothing. What they hand out lies inside of it, and lives
 * as long. They return 0; LWCMP_ERR_SYNTAX, if it is of another type; or
 * what is said there.
 */
#ifndef LWCMP_GENERAL_H
#define LWCMP_GENERAL_H

#include "lwcmp/anchors.h"
#include "lwcmp/lwcmp.h"

/*
 * infoType for struct lwcmp_request: content octets of id-it n, 1.3.6.1.5.5.7.4
 * with one number behind it. Behind the name: infoValue of the question, and
 * of the answer. The engine knows which type answers which.
 */
#define LWCMP_ID_IT(n)                                       \
    {                                                        \
        (const uint8_t *)"\x2b\x06\x01\x05\x05\x07\x04" n, 8 \
    }

/* none; Certificate */
#define LWCMP_INFO_CA_PROT_ENC_CERT LWCMP_ID_IT("\x01")
/* none; SEQUENCE OF AlgorithmIdentifier */
#define LWCMP_INFO_SIGN_KEY_PAIR_TYPES LWCMP_ID_IT("\x02")
#define LWCMP_INFO_ENC_KEY_PAIR_TYPES LWCMP_ID_IT("\x03")
/* none; AlgorithmIdentifier */
#define LWCMP_INFO_PREFERRED_SYMM_ALG LWCMP_ID_IT("\x04")
/* none; CertificateList */
#define LWCMP_INFO_CURRENT_CRL LWCMP_ID_IT("\x06")
/* OBJECT IDENTIFIER; AlgorithmIdentifier */
#define LWCMP_INFO_KEY_PAIR_PARAM_REQ LWCMP_ID_IT("\x0a")
/* EncryptedKey; none */
#define LWCMP_INFO_REV_PASSPHRASE LWCMP_ID_IT("\x0c")
/* SEQUENCE OF UTF8String; the same with one of them */
#define LWCMP_INFO_SUPP_LANG_TAGS LWCMP_ID_IT("\x10")
/* none; SEQUENCE OF Certificate */
#define LWCMP_INFO_CA_CERTS LWCMP_ID_IT("\x11")
/* none; CertReqTemplateContent. The only one that may have a profile. */
#define LWCMP_INFO_CERT_REQ_TEMPLATE LWCMP_ID_IT("\x13")
/* the root, a Certificate, or none; RootCaKeyUpdateContent */
#define LWCMP_INFO_ROOT_CA_CERT LWCMP_ID_IT("\x14")
/* SEQUENCE OF CRLStatus, one; SEQUENCE OF CertificateList, one */
#define LWCMP_INFO_CRL_STATUS_LIST LWCMP_ID_IT("\x16")

/*
 * caCerts: certificates in a row, DER, each a SEQUENCE and not looked into.
 * They are there to build paths with, and never trust anchors.
 */
int lwcmp_ca_certs_read(struct lwcmp_bytes value, struct lwcmp_bytes *row);

/* crls: the one CertificateList in it, DER; nobody has looked into it. */
int lwcmp_crls_read(struct lwcmp_bytes value, struct lwcmp_bytes *crl);

/* A root's successor; all are certificates, DER. */
struct lwcmp_root_update {
    struct lwcmp_bytes new_with_new, new_with_old;
    struct lwcmp_bytes old_with_new; /* may be absent */
};

/* rootCaKeyUpdate. LWCMP_ERR_INFO: there is no new_with_old in it. */
int lwcmp_root_update_read(struct lwcmp_bytes value,
                           struct lwcmp_root_update *update);

/*
 * All that is to be done with an answer to rootCaCert, before lwcmp_end(): the
 * new root is read, verified and kept as lwcmp_anchor_update() says, whose
 * errors these are.
 */
int lwcmp_root_update_keep(struct lwcmp_bytes value,
                           const struct lwcmp_anchors *anchors);

/* certReqTemplate: what requests should look like (RFC 9483 4.3.3). */
struct lwcmp_template {
    bool present;                  /* else nothing is wanted */
    struct lwcmp_bytes subject;    /* DER Name, values may be empty; absent */
    struct lwcmp_bytes extensions; /* DER Extension values in a row; absent */
    uint32_t key_types; /* bit n: enum lwcmp_key_type n may be used */
};

/*
 * Reads it. Fields that must not be there, such as publicKey, are stepped
 * over, and so are keys of kinds that lwcmp does not know.
 */
int lwcmp_template_read(struct lwcmp_bytes value, struct lwcmp_template *t);

/* A value for what the template leaves empty. */
struct lwcmp_template_value {
    /*
     * Content octets of an OBJECT IDENTIFIER: an attribute of the subject, or
     * an extension. Or the one tag octet of a name in subjectAltName: 0x82 for
     * dNSName, 0x87 for iPAddress ... (RFC 5280 4.2.1.6).
     */
    struct lwcmp_bytes what;
    /* Of an attribute or a name: content octets; of an extension: its DER. */
    struct lwcmp_bytes value;
};

/*
 * Makes subject, extensions and key_type of a request as the template wants
 * them. The n values fill what is empty; where there is none the part is left
 * out. If the whole subject is empty, that of the request stays. key_type
 * stays if it may be used; else the first one that may is taken. Subject and
 * extensions lie in the room, size bytes: as many as the template and the
 * values have are enough. Without a template the request stays as it is.
 *
 * LWCMP_ERR_ALGORITHM: none of the keys is of a kind that lwcmp knows;
 * LWCMP_ERR_BUFFER: the room is too small; LWCMP_ERR_SYNTAX: something that is
 * to be filled is no ASN.1. After an error the request has not changed.
 */
int lwcmp_template_apply(const struct lwcmp_template *t,
                         const struct lwcmp_template_value *values, size_t n,
                         uint8_t *room, size_t size,
                         struct lwcmp_request *request);

#endif
