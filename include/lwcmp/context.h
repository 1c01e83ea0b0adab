/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The context of a transaction, for lwcmp.h, which includes this. It is here
 * for its size alone: its fields belong to the engine. Secrets are not in it,
 * only names of keys.
 */
#ifndef LWCMP_CONTEXT_H
#define LWCMP_CONTEXT_H

#define LWCMP_MAX_NONCE 32 /* bytes of a server's senderNonce */
#define LWCMP_MAX_KID 32   /* bytes of a server's subjectKeyIdentifier */

/* A received PKIMessage; the slices point into the work buffer. */
struct lwcmp_message {
    struct lwcmp_bytes covered; /* header and body, which are protected */
    uint8_t type;               /* number of the PKIBody choice */
    struct lwcmp_bytes content; /* of the body */
    struct lwcmp_bytes protection, extra_certs;
    struct lwcmp_bytes pvno;         /* content of the INTEGER */
    struct lwcmp_bytes message_time; /* content of the GeneralizedTime */
    struct lwcmp_bytes sender, recipient, protection_alg, sender_kid;
    struct lwcmp_bytes transaction_id, sender_nonce, recip_nonce;
    struct lwcmp_bytes general_info; /* while it is read */
    bool implicit_confirm;
};

/* SIGNED of X.509: a certificate or a CRL. */
struct lwcmp_signed {
    struct lwcmp_bytes tbs, alg; /* with tag and length */
    struct lwcmp_bytes signature;
};

/* What CMP needs to know of a certificate; the slices point into it. */
struct lwcmp_cert {
    struct lwcmp_bytes der; /* the whole one; extensions while they are read */
    struct lwcmp_bytes serial;        /* content of the INTEGER */
    struct lwcmp_bytes issuer;        /* Name, with tag and length */
    struct lwcmp_bytes subject;       /* Name, with tag and length */
    struct lwcmp_bytes spki;          /* SubjectPublicKeyInfo, likewise */
    struct lwcmp_bytes ski;           /* subjectKeyIdentifier, octets */
    struct lwcmp_bytes aki;           /* keyIdentifier of the issuer, octets */
    struct lwcmp_bytes key_usage;     /* content of the BIT STRING */
    struct lwcmp_bytes ext_key_usage; /* OIDs in a row; while it is read */
    struct lwcmp_bytes san;           /* Extension subjectAltName, with tag */
    uint8_t sig; /* enum lwcmp_sig of its signature, or 0 */
    bool cmc;    /* extendedKeyUsage has cmcCA or cmcRA */
#if LWCMP_WITH_SENT_KEY
    bool kga; /* or cmKGA */
#endif
#if LWCMP_WITH_EXTENSIONS
    bool odd; /* some extension is critical, and should not be or is unknown */
    struct lwcmp_bytes constraints; /* content of basicConstraints */
    struct lwcmp_bytes crl_points;  /* content of cRLDistributionPoints */
#endif
};

#define LWCMP_MARK_NUMBER_0 1 /* certReqId of our p10cr is 0 to the CA */
#define LWCMP_MARK_SENT_KEY 2 /* the CA has made the key in the slot */

/* The record kept over a reset. */
struct lwcmp_journal {
    uint8_t active; /* 0: no identity yet; else slot + 1 */
    uint8_t phase;  /* of the transaction under way, in the other slot */
    uint8_t operation;
    uint8_t waits; /* what the transaction waits for */
    uint8_t transaction_id[16];
    uint8_t request_nonce[16];
    uint32_t interval;       /* seconds between polls */
    uint32_t request_digest; /* of what was asked for, and how */
    uint8_t peer_nonce[LWCMP_MAX_NONCE];
    uint8_t peer_nonce_n;
    uint8_t doubtful; /* 1: nobody has confirmed the active identity */
    uint8_t marks;    /* LWCMP_MARK_..., added up */
    uint8_t id_n;     /* octets of a given transactionID; 0: all 16 */
};

/* protectionAlg of a message: which protection, with which parameters. */
struct lwcmp_prot_alg {
    uint8_t kind;         /* enum lwcmp_prot_kind */
    enum lwcmp_sig sig;   /* of a signature */
    struct lwcmp_pbm pbm; /* of a MAC; the salt is borrowed */
#if LWCMP_WITH_CUSTOM_SIG
    const struct lwcmp_custom_sig *custom; /* of a signature, or NULL */
    struct lwcmp_bytes key;                /* for it, to verify with */
#endif
};

/* What a response to a certificate request says; slices as above. */
struct lwcmp_response {
    struct lwcmp_status status;
    struct lwcmp_bytes certificate; /* DER, or absent */
    struct lwcmp_bytes ca_pubs;     /* DER certificates in a row, or absent */
#if LWCMP_WITH_CMS
    struct lwcmp_bytes encrypted_cert; /* EncryptedKey, or absent */
    struct lwcmp_bytes private_key;    /* likewise; in the clear once opened */
    bool opened;                       /* and judged, but not in its slot yet */
#endif
};

/* Where in a path, and in a row of CRLs, a look-up is. */
struct lwcmp_crl_walk {
    struct lwcmp_bytes rest; /* of the CRLs */
    uint8_t at;              /* the issuer of what is looked up, in the path */
    bool known;              /* not to be revoked, or there was nothing yet */
    bool required;           /* that it is known */
};

#if LWCMP_WITH_CMS
/* What was encrypted or signed; the slices point into it. */
struct lwcmp_cms_content {
    struct lwcmp_bytes type; /* content octets of the OID (cms_alg.h) */
    struct lwcmp_bytes data;
};

/* SignedData with one signer (RFC 5652 5.1). */
struct lwcmp_cms_signed {
    struct lwcmp_cms_content content;
    struct lwcmp_bytes certificates; /* DER in a row, of whoever it may be */
    struct lwcmp_bytes signer;       /* SignerIdentifier, with its tag */
    struct lwcmp_bytes attributes;   /* that are signed, as SET OF */
    struct lwcmp_bytes signature;
    struct lwcmp_bytes hash_alg, sig_alg; /* AlgorithmIdentifier */
    uint8_t hash, sig;                    /* enum lwcmp_hash, enum lwcmp_sig */
};
#endif

struct lwcmp {
    /* What is used most comes first: it is the cheapest to reach. */
    uint8_t state, asking, sending, slot; /* bodies: asked with, sent now */
    bool resuming, confirmed_implicitly, rejecting, abandon;
    bool has_learned, has_local, new_signer;
    uint8_t path_n, cert_hash_n;
    struct lwcmp_prot_alg own, peer;
    const struct lwcmp_config *config;
    const struct lwcmp_request *request;
    struct lwcmp_bytes learned, local; /* loaded into the work buffer */
    lwcmp_key own_key, peer_key;
    int error;
    size_t size;        /* of the work buffer */
    size_t out_n, in_n; /* the message out, and in its place the answer */
    uint32_t iterated, wait, waited;
    uint32_t heard; /* seconds since 1970 */
    struct lwcmp_bytes peer_name, peer_kid;
    struct lwcmp_response answer;
    struct lwcmp_message in;
    struct lwcmp_journal journal;
    struct lwcmp_bytes path[LWCMP_MAX_PATH]; /* signer's, then the new one's */
    struct lwcmp_time time;
    struct lwcmp_cert own_cert; /* that signs, once it was read */
    struct lwcmp_cert anchor;   /* the last of those configured */
#if LWCMP_WITH_SENT_KEY
    struct lwcmp_cms_signed sent; /* SignedData in answer.private_key */
#endif

    /* Kept from the answer, whose buffer the next message takes. */
    uint8_t nonce[16], salt[16];
    uint8_t peer_name_octets[LWCMP_MAX_NAME];
    uint8_t peer_kid_octets[LWCMP_MAX_KID];
    uint8_t cert_hash[LWCMP_HASH_MAX];
#if LWCMP_WITH_QUIRKS
    uint32_t quirks_used;
    struct lwcmp_bytes sent_kid; /* senderKID of our message, if signed */
    uint8_t sent_kid_octets[LWCMP_MAX_KID];
#endif

#if LWCMP_WITH_CRL
    struct lwcmp_crl_walk walk;
    uint8_t walk_next; /* state behind it */
#endif
#if LWCMP_WITH_CUSTOM_SIG
    uint8_t hash_alg; /* enum lwcmp_hash that certConf has to name, or 0 */
#endif
};

#endif
