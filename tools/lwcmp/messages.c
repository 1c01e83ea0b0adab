/* SPDX-License-Identifier: Apache-2.0 */
#include "messages.h"

#include <stdio.h>

#include "fail.h"
#include "server_said.h"

enum when {
    ALWAYS,
    BY_SECRET,
    BY_SIGNATURE
};

static const char check_secret[] =
    "check --ref and --secret; a one-time secret may have been used already";
static const char check_trusted[] =
    "check that --trusted has the CA's trust anchor";
static const char check_clock[] = "check the clock of this machine";
static const char old_server[] =
    "if the server knows HMAC-SHA1 only, --hmac-sha1 accepts it";
static const char check_path[] =
    "check the path in --server, and --label or --no-label";
static const char check_server[] =
    "check --server; --dump keeps the messages for a closer look";
static const char ask_ca[] = "ask the CA";
static const char once_more[] = "again; if it stays, look at the server";

/* The first line that fits counts. */
static const struct text {
    int error;
    enum when when;
    int code;
    const char *what, *advice;
} texts[] = {
    {LWCMP_ERR_CONFIG, ALWAYS, LWCMP_EXIT_USAGE,
     "the options do not go together", "`lwcmp help` and the verb"},
    {LWCMP_ERR_STATE, ALWAYS, LWCMP_EXIT_INTERNAL,
     "this should not happen: a call at the wrong moment", NULL},
    {LWCMP_ERR_BUFFER, ALWAYS, LWCMP_EXIT_INTERNAL,
     "a message is longer than 64 KiB", "fewer certificates in files"},
    {LWCMP_ERR_REFUSED, ALWAYS, LWCMP_EXIT_CERTIFICATE,
     "you refused the certificate", NULL},
    {LWCMP_ERR_NO_ANCHOR, BY_SIGNATURE, LWCMP_EXIT_USAGE,
     "there is no trust anchor to validate anything with",
     "--trusted FILE with the CA's root certificate"},
    {LWCMP_ERR_NO_ANCHOR, ALWAYS, LWCMP_EXIT_USAGE,
     "there is no trust anchor to validate the new certificate with",
     "--trusted FILE; or --learn-anchors at enrolment; or --no-anchor"},
    {LWCMP_ERR_NO_IDENTITY, ALWAYS, LWCMP_EXIT_STORAGE,
     "there is no certificate in the state directory",
     "enroll first, or --cert and --key"},

    {LWCMP_ERR_STORE, ALWAYS, LWCMP_EXIT_STORAGE,
     "the state directory cannot be read or written",
     "free space and permissions"},
    {LWCMP_ERR_JOURNAL, ALWAYS, LWCMP_EXIT_STORAGE,
     "the journal in the state directory is damaged, or from a newer version; "
     "nothing was changed",
     "a copy of the directory, or enroll with another one"},
    {LWCMP_ERR_RANDOM, ALWAYS, LWCMP_EXIT_INTERNAL,
     "the system gives no random numbers", NULL},
    {LWCMP_ERR_KEY, ALWAYS, LWCMP_EXIT_STORAGE,
     "a key is missing or may not be used this way",
     "check that key and keyUsage of the certificate allow signing"},
    {LWCMP_ERR_CRYPTO, ALWAYS, LWCMP_EXIT_INTERNAL, "the crypto library failed",
     NULL},
    {LWCMP_ERR_NETWORK, ALWAYS, LWCMP_EXIT_NETWORK,
     "no connection, or it broke",
     "check host and port, and whether the server is up"},
    {LWCMP_ERR_TIMEOUT, ALWAYS, LWCMP_EXIT_NETWORK, "no answer in time",
     "a longer --timeout; check whether the server is up"},

    {LWCMP_ERR_TLS, ALWAYS, LWCMP_EXIT_NETWORK,
     "TLS with the server does not come about",
     "check the port in --server; --tls-cert if the server demands one"},
    {LWCMP_ERR_TLS_CERT, ALWAYS, LWCMP_EXIT_PATH,
     "the server's certificate for TLS is not to be trusted",
     "check --tls-trusted, the name in --server or --tls-host, and the clock"},

    {LWCMP_ERR_HTTP, ALWAYS, LWCMP_EXIT_HTTP,
     "the server does not speak HTTP as CMP needs it", check_server},
    {LWCMP_ERR_CONTENT, ALWAYS, LWCMP_EXIT_HTTP,
     "the answer is not CMP but something else, maybe a web page", check_path},
    {LWCMP_ERR_SYNTAX, ALWAYS, LWCMP_EXIT_NOT_AUTHENTIC,
     "the answer is not a valid CMP message", check_server},
    {LWCMP_ERR_VERSION, ALWAYS, LWCMP_EXIT_NOT_AUTHENTIC,
     "the server answers in a version of CMP that is neither 2 nor 3", NULL},
    {LWCMP_ERR_TRANSACTION_ID, ALWAYS, LWCMP_EXIT_NOT_AUTHENTIC,
     "the answer belongs to another transaction", once_more},
    {LWCMP_ERR_SENDER_NONCE, ALWAYS, LWCMP_EXIT_NOT_AUTHENTIC,
     "the answer has no good senderNonce", check_server},
    {LWCMP_ERR_RECIP_NONCE, ALWAYS, LWCMP_EXIT_NOT_AUTHENTIC,
     "the answer does not repeat our nonce: it may be an old one", once_more},
    {LWCMP_ERR_UNEXPECTED, ALWAYS, LWCMP_EXIT_NOT_AUTHENTIC,
     "the answer does not fit the request", check_path},
    {LWCMP_ERR_UNPROTECTED, ALWAYS, LWCMP_EXIT_NOT_AUTHENTIC,
     "the answer is not protected", check_server},
    {LWCMP_ERR_PROTECTION, BY_SECRET, LWCMP_EXIT_NOT_AUTHENTIC,
     "the answer is not protected with our secret", check_secret},
    {LWCMP_ERR_PROTECTION, ALWAYS, LWCMP_EXIT_NOT_AUTHENTIC,
     "the signature of the answer is wrong", once_more},
    {LWCMP_ERR_WRONG_KIND, BY_SECRET, LWCMP_EXIT_NOT_AUTHENTIC,
     "the answer is signed, though our secret should protect it", check_secret},
    {LWCMP_ERR_WRONG_KIND, ALWAYS, LWCMP_EXIT_NOT_AUTHENTIC,
     "the answer is protected by a secret, though it should be signed", NULL},
    {LWCMP_ERR_ALGORITHM, BY_SECRET, LWCMP_EXIT_NOT_AUTHENTIC,
     "the answer uses an algorithm that is not known or not allowed",
     old_server},
    {LWCMP_ERR_ALGORITHM, ALWAYS, LWCMP_EXIT_NOT_AUTHENTIC,
     "the answer uses an algorithm that is not known or not allowed", NULL},
    {LWCMP_ERR_ITERATIONS, ALWAYS, LWCMP_EXIT_NOT_AUTHENTIC,
     "the server wants too few or too many iterations of the secret",
     "other settings at the server"},
    {LWCMP_ERR_SENDER_KID, BY_SECRET, LWCMP_EXIT_NOT_AUTHENTIC,
     "the answer names another secret", check_secret},
    {LWCMP_ERR_SENDER_KID, ALWAYS, LWCMP_EXIT_NOT_AUTHENTIC,
     "the answer names a key that is not the responder's", check_server},
    {LWCMP_ERR_NO_SIGNER, ALWAYS, LWCMP_EXIT_NOT_AUTHENTIC,
     "the certificate of who signed the answer is missing",
     "--responder-cert FILE"},
    {LWCMP_ERR_UNTRUSTED, ALWAYS, LWCMP_EXIT_PATH,
     "no path leads from the signer of the answer to a trust anchor",
     check_trusted},
    {LWCMP_ERR_NOT_AUTHORIZED, ALWAYS, LWCMP_EXIT_NOT_AUTHENTIC,
     "the signer of the answer is trusted, but not to answer as the CA",
     "--responder NAME or --responder-cert FILE, if that is who should answer"},
    {LWCMP_ERR_EXPIRED, ALWAYS, LWCMP_EXIT_PATH,
     "a certificate of the CA, or the new one, has expired", check_clock},
    {LWCMP_ERR_NOT_YET_VALID, ALWAYS, LWCMP_EXIT_PATH,
     "a certificate of the CA, or the new one, is not valid yet", check_clock},
    {LWCMP_ERR_CERT_REQ_ID, ALWAYS, LWCMP_EXIT_NOT_AUTHENTIC,
     "the answer is for another request", NULL},
    {LWCMP_ERR_STATUS, ALWAYS, LWCMP_EXIT_NOT_AUTHENTIC,
     "the answer contradicts itself", check_server},
    {LWCMP_ERR_INFO, ALWAYS, LWCMP_EXIT_NOT_AUTHENTIC,
     "the answer is not the one to our question", check_server},
    {LWCMP_ERR_CERT_SYNTAX, ALWAYS, LWCMP_EXIT_CERTIFICATE,
     "the new certificate cannot be read", NULL},
    {LWCMP_ERR_CERT_KEY, ALWAYS, LWCMP_EXIT_CERTIFICATE,
     "the new certificate is for another key", NULL},
    {LWCMP_ERR_CERT_CHAIN, ALWAYS, LWCMP_EXIT_CERTIFICATE,
     "no path leads from the new certificate to a trust anchor", check_trusted},
    {LWCMP_ERR_CMS, ALWAYS, LWCMP_EXIT_CERTIFICATE,
     "the encrypted key or certificate is not packed as RFC 9483 has it",
     "--loose-cms, if the server is OpenSSL"},
    {LWCMP_ERR_DECRYPT, ALWAYS, LWCMP_EXIT_CERTIFICATE,
     "the encrypted key or certificate is damaged, or for somebody else", NULL},

    {LWCMP_ERR_REVOKED, ALWAYS, LWCMP_EXIT_PATH,
     "a certificate of the CA, or one above the new one, is revoked", NULL},
    {LWCMP_ERR_CRL, ALWAYS, LWCMP_EXIT_PATH,
     "no CRL says that the signer of the answer is not revoked",
     "--crls with a CRL of each CA above him, and not an old one"},

    {LWCMP_ERR_REJECTED, ALWAYS, LWCMP_EXIT_REJECTED,
     "the CA rejected the request", ask_ca},
    {LWCMP_ERR_PEER_ERROR, ALWAYS, LWCMP_EXIT_REJECTED,
     "the CA answered with an error", ask_ca},
    {LWCMP_ERR_PEER_CLAIM, BY_SECRET, LWCMP_EXIT_NOT_AUTHENTIC,
     "an error came back without protection", check_secret},
    {LWCMP_ERR_PEER_CLAIM, ALWAYS, LWCMP_EXIT_NOT_AUTHENTIC,
     "an error came back without protection",
     "check that the CA trusts the certificate that signs"},
    {LWCMP_ERR_WAITING, ALWAYS, LWCMP_EXIT_WAITING,
     "the request waits for approval by the CA", "again later"},
};

static const struct text *find(const struct lwcmp_cli_failure *f)
{
    static const struct text unknown = {0, ALWAYS, LWCMP_EXIT_INTERNAL,
                                        "this should not happen", NULL};
    const enum when when = f->by_secret ? BY_SECRET : BY_SIGNATURE;
    size_t i;

    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        if (texts[i].error == f->error &&
            (texts[i].when == ALWAYS || texts[i].when == when)) {
            return &texts[i];
        }
    }
    return &unknown;
}

/* HTTP tells more than the error does. */
static const char *advise_http(int status)
{
    switch (status) {
    case 404:
    case 405:
        return check_path;
    case 401:
    case 403:
    case 407:
        return "the server wants to know you before CMP begins; ask who runs "
               "it";
    default:
        break;
    }
    if (status >= 300 && status < 400) {
        return "the address that it redirects to";
    }
    return status >= 500 ? "again later; look at the server's log"
                         : check_server;
}

static bool is_http_status(const struct lwcmp_cli_failure *f)
{
    return f->error == LWCMP_ERR_HTTP && f->http_status != 0 &&
           f->http_status != 200;
}

static const char *advise(const struct lwcmp_cli_failure *f,
                          const struct text *text)
{
    const char *advice = NULL;

    if (is_http_status(f)) {
        return advise_http(f->http_status);
    }
    if (text->code == LWCMP_EXIT_REJECTED || f->error == LWCMP_ERR_PEER_CLAIM) {
        advice = lwcmp_cli_advise_fail_info(f->status.fail_info, f->by_secret);
    }
    if (!advice && f->error == LWCMP_ERR_REJECTED && f->has_names) {
        advice = "other names or extensions; ask the CA";
    }
    return advice ? advice : text->advice;
}

static void print_advice(const char *advice, const char *again)
{
    if (!advice && !*again) {
        return;
    }
    (void)fprintf(stderr, "Try: %s%s%s\n", advice ? advice : "",
                  advice && *again ? "; " : "", again);
}

int lwcmp_cli_explain(const struct lwcmp_cli_failure *f)
{
    const struct text *text = find(f);

    (void)fprintf(stderr, "lwcmp: %s %s: ", f->verb,
                  text->code == LWCMP_EXIT_WAITING ? "is not finished"
                                                   : "failed");
    if (is_http_status(f)) {
        (void)fprintf(stderr, "HTTP status %d", f->http_status);
    } else {
        (void)fputs(text->what, stderr);
    }
    (void)fprintf(stderr, "%s%s\n", *f->detail ? ": " : "", f->detail);
    lwcmp_cli_server_said(stderr, &f->status);
    print_advice(advise(f, text), f->again);
    return text->code;
}
