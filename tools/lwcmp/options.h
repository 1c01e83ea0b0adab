/* SPDX-License-Identifier: Apache-2.0 */
/* What the user wants: the command line, read and judged. */
#ifndef LWCMP_CLI_OPTIONS_H
#define LWCMP_CLI_OPTIONS_H

#include "lwcmp/lwcmp.h"
#include "list.h"

struct lwcmp_cli_options {
    unsigned verb; /* one of those below */
    enum lwcmp_operation operation;

    const char *server;
    bool label, no_label;

    struct lwcmp_cli_list tls_trusted;
    const char *tls_cert, *tls_key, *tls_key_pass, *tls_host;

    const char *ref, *secret;
    const char *cert, *key, *chain, *key_pass;

    const char *recipient, *subject;
    struct lwcmp_cli_list san, key_usage, ext_key_usage;
    const char *csr;
    bool cert_req_id_0;

    const char *newkey, *newkeyout, *keytype;
    bool central_key; /* and with recover, whose key comes from the CA, too */
    bool encryption_key, loose_cms;
    const char *backup;

    struct lwcmp_cli_list trusted;
    const char *responder_cert, *responder;
    bool learn_anchors, no_anchor;

    const char *state, *certout, *chainout, *anchorsout;

    bool rsa_pss;
    const char *rsa_hash_text, *mac_hash_text;

    bool implicit_confirm, anew, ask, pbmac1, hmac_sha1;
    const char *iterations_text, *timeout_text, *wait_text, *dump;
    bool verbose, quiet, help;

    const char *preset;
    struct lwcmp_cli_list quirk;

    /* Of the factory record. */
    const char *out, *block_size_text;
    bool keep_secret;

    /* Of general messages. */
    const char *info, *value, *infoout, *oldroot;
    const char *template, *profile;

    /* Of revocation, and of polling. */
    const char *revoke, *issuer, *serial, *reason;
    const char *transaction;

    /* Of CRLs. */
    struct lwcmp_cli_list crls;
    const char *crl_of, *crl_issuer, *have;
    bool require_status, current;

    /* Out of the texts above. */
    enum lwcmp_key_type key_type;
    enum lwcmp_hash rsa_hash, mac_hash;
    unsigned iterations, timeout, wait, block_size;
    uint32_t quirks; /* those of the preset, too */
};

/* The largest erase block of a factory record. */
#define LWCMP_CLI_BLOCK_MAX 262144

/* Verbs that an option goes with. */
#define LWCMP_CLI_ENROLL 1u
#define LWCMP_CLI_CERTIFY 2u
#define LWCMP_CLI_RENEW 4u
#define LWCMP_CLI_FACTORY_PACK 8u
#define LWCMP_CLI_FACTORY_SHOW 16u
#define LWCMP_CLI_INFO 32u
#define LWCMP_CLI_P10CR 64u
#define LWCMP_CLI_CRL 0x800u
#define LWCMP_CLI_CACERTS 0x1000u
#define LWCMP_CLI_ROOTUPDATE 0x2000u
#define LWCMP_CLI_TEMPLATE 0x4000u
#define LWCMP_CLI_REVOKE 0x100u
#define LWCMP_CLI_POLL 0x200u
#define LWCMP_CLI_RECOVER 0x400u
#define LWCMP_CLI_VERBS 0xffffu /* all of them */

/* A verb. Those that send something have an operation, and an `about`. */
struct lwcmp_cli_verb {
    uint16_t bit;
    uint8_t operation; /* enum lwcmp_operation, or 0 */
    const char *name, *about;
};

extern const struct lwcmp_cli_verb lwcmp_cli_verb_table[];
extern const size_t lwcmp_cli_verb_count;

enum lwcmp_cli_kind {
    LWCMP_CLI_HEADING, /* of the options below, in the help */
    LWCMP_CLI_TEXT,
    LWCMP_CLI_TEXTS,
    LWCMP_CLI_FLAG
};

struct lwcmp_cli_option {
    const char *name; /* without dashes */
    const char *argument;
    const char *help; /* NULL: another name of the option above */
    size_t where;     /* in struct lwcmp_cli_options */
    uint8_t kind;
    uint16_t verbs;
};

extern const struct lwcmp_cli_option lwcmp_cli_option_table[];
extern const size_t lwcmp_cli_option_count;

/* The option of this name that goes with one of the verbs, or NULL. */
const struct lwcmp_cli_option *lwcmp_cli_option_find(const char *name,
                                                     unsigned verbs);

/* The row of a verb, by its bit. */
const struct lwcmp_cli_verb *lwcmp_cli_verb_find(unsigned verb);

const char *lwcmp_cli_verb_name(unsigned verb);

/* The first verb of an operation. */
unsigned lwcmp_cli_verb_bit(enum lwcmp_operation operation);

/* Whether no certificate is asked for. */
bool lwcmp_cli_is_errand(const struct lwcmp_cli_options *options);

/* Reads the words behind the verb. */
int lwcmp_cli_options_read(struct lwcmp_cli_options *options, int argc,
                           char **argv);

/* Whether the options go together; turns texts into numbers. */
int lwcmp_cli_options_check(struct lwcmp_cli_options *options);

/* The nearest of the names that the word may have been meant for, or NULL. */
const char *lwcmp_cli_nearest(const char *word, const char *const *names,
                              size_t n);

#endif
