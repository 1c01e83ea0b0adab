/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the options go together, before anything is opened or sent. */
#include "options.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "algorithms.h"
#include "fail.h"
#include "files.h"
#include "quirk_names.h"

#define TIMEOUT_DEFAULT 30
#define TIMEOUT_MAX 86400
#define WAIT_MAX 31536000  /* a year */
#define ITERATIONS_MIN 100 /* RFC 9810 5.1.3.1 */
#define BLOCK_SIZE_DEFAULT 4096
#define BLOCK_SIZE_MIN 64

/* What goes together and what does not, in the names of the options. */
static const struct {
    const char *option, *other;
    bool needs; /* else it excludes */
} rules[] = {
    {"label", "no-label", false},
    {"verbose", "quiet", false},
    {"newkey", "newkeyout", false},
    {"newkey", "keytype", false},
    {"central-key", "newkey", false},
    {"central-key", "encryption-key", false},
    {"central-key", "csr", false},
    {"central-key", "backup", false},
    {"encryption-key", "csr", false},
    {"loose-cms", "central-key", true},
    /* A new key is written without one. */
    {"newkeyout", "key-pass", false},
    /* What the CA confirms by itself cannot be turned down any more. */
    {"ask", "implicit-confirm", false},
    {"responder-cert", "responder", false},
    {"secret", "cert", false},
    {"ref", "secret", true},
    {"secret", "ref", true},
    {"cert", "key", true},
    {"key", "cert", true},
    {"chain", "cert", true},
    {"tls-cert", "tls-key", true},
    {"tls-key", "tls-cert", true},
    {"tls-key-pass", "tls-key", true},
    /* Without the secret nothing protects what is learned. */
    {"learn-anchors", "secret", true},
    {"iterations", "secret", true},
    {"hmac-sha1", "secret", true},
    {"pbmac1", "secret", true},
    {"mac-hash", "secret", true},
    {"csr", "subject", false},
    {"csr", "san", false},
    {"csr", "key-usage", false},
    {"csr", "ext-key-usage", false},
    {"revoke", "serial", false},
    {"issuer", "serial", true},
    {"serial", "issuer", true},
};

static bool is_given(const struct lwcmp_cli_options *o, const char *name)
{
    const struct lwcmp_cli_option *option =
        lwcmp_cli_option_find(name, LWCMP_CLI_VERBS);
    const char *field = (const char *)o + option->where;

    return option->kind == LWCMP_CLI_FLAG ? *(const bool *)field
                                          : *(const char *const *)field != NULL;
}

static int check_pairs(const struct lwcmp_cli_options *o)
{
    size_t i;

    for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
        if (is_given(o, rules[i].option) &&
            is_given(o, rules[i].other) != rules[i].needs) {
            return lwcmp_cli_fail(
                LWCMP_EXIT_USAGE, "--%s %s --%s", rules[i].option,
                rules[i].needs ? "needs" : "excludes", rules[i].other);
        }
    }
    return 0;
}

/* The identity in the state may poll, save for what takes its place. */
static bool polls_for_own(const struct lwcmp_cli_options *o)
{
    return o->verb == LWCMP_CLI_POLL && !o->csr;
}

/* Who asks, and whom. */
static const char *check_parties(const struct lwcmp_cli_options *o)
{
    if (!o->server) {
        return "--server is missing, as in --server http://ca.example/cmp";
    }
    if (o->secret || o->cert) {
        return NULL;
    }
    if (o->operation == LWCMP_KUR) {
        return o->state ? NULL
                        : "say what to renew: --state, or --cert with --key";
    }
    if ((lwcmp_cli_is_errand(o) || polls_for_own(o)) && o->state) {
        return NULL;
    }
    return "say who asks: --ref with --secret, or --cert with --key";
}

/* What was asked for: that key, or what a PKCS #10 request says. */
static const char *check_polled(const struct lwcmp_cli_options *o)
{
    if (o->csr && o->newkey) {
        return "--csr excludes --newkey";
    }
    return o->csr || o->newkey || o->state
               ? NULL
               : "say where the key of the request is: --newkey, or --state; "
                 "or --csr, if that was the request";
}

/* Where key and certificate go. */
static const char *check_places(const struct lwcmp_cli_options *o)
{
    const char *wrong = o->verb == LWCMP_CLI_POLL ? check_polled(o) : NULL;

    if (wrong || o->state) {
        return wrong;
    }
    if (!o->certout) {
        return "say where the certificate goes: --certout, or --state";
    }
    return o->newkey || o->newkeyout || o->operation == LWCMP_P10CR
               ? NULL
               : "say where the key is or goes: --newkey, --newkeyout, or "
                 "--state";
}

/* A device that trusts nobody would take no certificate. */
static const char *check_record(const struct lwcmp_cli_options *o)
{
    if (!o->server) {
        return "--server is missing, as in --server http://ca.example/cmp";
    }
    if (!o->secret) {
        return "say how the device proves who it is: --ref with --secret";
    }
    if (!o->subject) {
        return "--subject is missing, as in --subject \"CN=device 1\"";
    }
    if (o->trusted.n == 0 && !o->learn_anchors) {
        return "say whom the device trusts: --trusted, or --learn-anchors";
    }
    return o->out ? NULL : "say where the image goes: --out";
}

/* No output may hit another file that the user named. */
static int check_files(const struct lwcmp_cli_options *o)
{
    const char *const files[] = {
        o->certout, o->chainout, o->anchorsout,    o->newkeyout, o->infoout,
        o->newkey,  o->key,      o->chain,         o->csr,       o->tls_cert,
        o->tls_key, o->value,    o->oldroot,       o->template,  o->revoke,
        o->backup,  o->crl_of,   o->responder_cert};
    const size_t outputs = 5, n = sizeof(files) / sizeof(files[0]);
    size_t i, j;

    for (i = 0; i < outputs; i++) {
        for (j = i + 1; j < n; j++) {
            if (files[i] && files[j] &&
                lwcmp_cli_file_same(files[i], files[j])) {
                return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                                      "%s is given for two things", files[i]);
            }
        }
    }
    return 0;
}

/* A text that may be absent; then *number stays. */
static int read_number(const char *option, const char *text, unsigned long min,
                       unsigned long max, unsigned *number)
{
    unsigned long value;

    if (!text) {
        return 0;
    }
    value = strtoul(text, NULL, 10);
    if (text[strspn(text, "0123456789")] != '\0' || value < min ||
        value > max) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "--%s is a number from %lu to %lu", option, min,
                              max);
    }
    *number = (unsigned)value;
    return 0;
}

/* What is asked. */
static const char *check_question(const struct lwcmp_cli_options *o)
{
    if (o->verb == LWCMP_CLI_INFO && !o->info) {
        return "say what to ask for, as in --info caCerts";
    }
    if (o->verb == LWCMP_CLI_ROOTUPDATE && !o->state && !o->anchorsout) {
        return "say where the new root goes: --anchorsout, or --state";
    }
    if (o->verb == LWCMP_CLI_REVOKE && o->secret && !o->revoke && !o->serial) {
        return "say which certificate: --revoke, or --issuer with --serial";
    }
    return NULL;
}

static const char *check_transaction(const struct lwcmp_cli_options *o)
{
    const char *wrong = check_parties(o);

    if (o->operation == LWCMP_P10CR && !o->csr) {
        return "--csr is missing, as in --csr device.csr";
    }
    if (wrong) {
        return wrong;
    }
    if (o->verb == LWCMP_CLI_POLL && !o->transaction) {
        return "say which request waits: --transaction";
    }
    return lwcmp_cli_is_errand(o) ? check_question(o) : check_places(o);
}

/* What this program was built without. */
static int check_build(const struct lwcmp_cli_options *o)
{
    bool recovers = o->operation == LWCMP_KRR;
    const struct {
        bool given, built;
        const char *what, *option;
    } parts[] = {
        {o->hmac_sha1, LWCMP_WITH_HMAC_SHA1, "--hmac-sha1", "HMAC_SHA1"},
        {o->pbmac1, LWCMP_WITH_PBMAC1, "--pbmac1", "PBMAC1"},
        {o->mac_hash_text != NULL, LWCMP_WITH_MAC_HASH, "--mac-hash",
         "MAC_HASH"},
        {o->rsa_pss, LWCMP_WITH_PSS, "--rsa-pss", "PSS"},
        {o->rsa_hash_text != NULL, LWCMP_WITH_PSS, "--rsa-hash", "PSS"},
        {o->csr != NULL, LWCMP_WITH_P10CR, "--csr", "P10CR"},
        {o->central_key && !recovers, LWCMP_WITH_CENTRAL_KEY, "--central-key",
         "CENTRAL_KEY"},
        {o->backup != NULL, LWCMP_WITH_ARCHIVE, "--backup", "ARCHIVE"},
        {recovers, LWCMP_WITH_RECOVERY, "recover", "RECOVERY"},
        {o->encryption_key, LWCMP_WITH_ENCRYPTED_CERT, "--encryption-key",
         "ENCRYPTED_CERT"},
        {o->profile != NULL, LWCMP_WITH_CERT_PROFILE, "--profile",
         "CERT_PROFILE"},
        {o->template != NULL, LWCMP_WITH_GENM, "--template", "GENM"},
        {o->crls.n > 0, LWCMP_WITH_CRL, "--crls", "CRL"},
        {o->require_status, LWCMP_WITH_CRL, "--require-status", "CRL"},
        {o->verb == LWCMP_CLI_CRL, LWCMP_WITH_CRL, "crl", "CRL"},
        {o->operation == LWCMP_RR, LWCMP_WITH_RR, "revoke", "RR"},
        {o->operation == LWCMP_GENM, LWCMP_WITH_GENM,
         lwcmp_cli_verb_name(o->verb), "GENM"},
    };
    size_t i;

    for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (parts[i].given && !parts[i].built) {
            return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                                  "%s was left out when this program was "
                                  "built; build it with LWCMP_WITH_%s",
                                  parts[i].what, parts[i].option);
        }
    }
    return 0;
}

static int check_sense(const struct lwcmp_cli_options *o)
{
    const char *wrong = NULL;
    int code = check_build(o);

    if (code) {
        return code;
    }
    if (o->verb == LWCMP_CLI_FACTORY_PACK) {
        wrong = check_record(o);
    } else if (o->verb != LWCMP_CLI_FACTORY_SHOW) {
        wrong = check_transaction(o);
    }
    return wrong ? lwcmp_cli_fail(LWCMP_EXIT_USAGE, "%s", wrong) : 0;
}

/* What is polled for is known by --csr only. */
static void set_operation(struct lwcmp_cli_options *o)
{
    if (o->verb == LWCMP_CLI_POLL && o->csr) {
        o->operation = LWCMP_P10CR;
    }
}

int lwcmp_cli_options_check(struct lwcmp_cli_options *o)
{
    int code = check_pairs(o);

    set_operation(o);
    if (!code) {
        code = lwcmp_cli_quirks_read(o);
    }
    if (!code) {
        code = check_sense(o);
    }
    o->timeout = TIMEOUT_DEFAULT;
    o->block_size = BLOCK_SIZE_DEFAULT;
    if (!code) {
        code = check_files(o);
    }
    if (!code) {
        code = read_number("iterations", o->iterations_text, ITERATIONS_MIN,
                           LWCMP_PBM_ITERATIONS_MAX, &o->iterations);
    }
    if (!code) {
        code = read_number("timeout", o->timeout_text, 1, TIMEOUT_MAX,
                           &o->timeout);
    }
    if (!code) {
        code = read_number("wait", o->wait_text, 0, WAIT_MAX, &o->wait);
    }
    if (!code) {
        code = read_number("block-size", o->block_size_text, BLOCK_SIZE_MIN,
                           LWCMP_CLI_BLOCK_MAX, &o->block_size);
    }
    return code ? code : lwcmp_cli_algorithms_read(o);
}
