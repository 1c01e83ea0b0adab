/* SPDX-License-Identifier: Apache-2.0 */
#include "server_said.h"

#include "text.h"

/* PKIStatus; the index is the value. */
static const char *const statuses[] = {
    "accepted",          "grantedWithMods",        "rejection",       "waiting",
    "revocationWarning", "revocationNotification", "keyUpdateWarning"};

/*
 * PKIFailureInfo; the index is the bit. Some have one usual reason, which may
 * depend on who asks: the second advice is for signed requests.
 */
static const struct {
    const char *name, *by_secret, *by_signature;
} failures[] = {
    {"badAlg", "another --keytype", "another --keytype"},
    {"badMessageCheck",
     "check --ref and --secret; a one-time secret may have been used already",
     "check that the CA trusts the certificate that signs"},
    {"badRequest", NULL, NULL},
    {"badTime", "check the clock of this machine",
     "check the clock of this machine"},
    {"badCertId", NULL,
     "check --cert; or, if it was to be revoked, --revoke, or --issuer and "
     "--serial"},
    {"badDataFormat", NULL, NULL},
    {"wrongAuthority", "check --recipient", "check --recipient"},
    {"incorrectData", NULL, NULL},
    {"missingTimeStamp", NULL, NULL},
    {"badPOP", NULL, NULL},
    {"certRevoked", NULL, "enroll anew: the certificate is revoked"},
    {"certConfirmed", NULL, NULL},
    {"wrongIntegrity",
     "the CA may want a request signed with a certificate: --cert and --key",
     "the CA may want a secret: --ref and --secret"},
    {"badRecipientNonce", NULL, NULL},
    {"timeNotAvailable", NULL, NULL},
    {"unacceptedPolicy", NULL, NULL},
    {"unacceptedExtension", "without --key-usage, --ext-key-usage and --san",
     "without --key-usage, --ext-key-usage and --san"},
    {"addInfoNotAvailable", NULL, NULL},
    {"badSenderNonce", NULL, NULL},
    {"badCertTemplate", "another --subject or --san, or without",
     "another --subject or --san, or without"},
    {"signerNotTrusted", NULL,
     "check that the CA trusts the certificate that signs; --chain, if there "
     "are others above it"},
    {"transactionIdInUse", "again", "again"},
    {"unsupportedVersion", NULL, NULL},
    {"notAuthorized", "ask the CA what this --ref may have",
     "ask the CA what this certificate may ask for"},
    {"systemUnavail", "again later", "again later"},
    {"systemFailure", "again later; look at the server's log",
     "again later; look at the server's log"},
    {"duplicateCertReq", NULL, NULL},
};
#define FAILURES (sizeof(failures) / sizeof(failures[0]))

void lwcmp_cli_server_said(FILE *out, const struct lwcmp_status *status)
{
    const char *separator = ", ";
    size_t bit;

    if (!status->present || (status->status == 0 && status->fail_info == 0)) {
        return;
    }
    (void)fprintf(out, "The server said: %s",
                  status->status < sizeof(statuses) / sizeof(statuses[0])
                      ? statuses[status->status]
                      : "unknown status");
    for (bit = 0; bit < FAILURES; bit++) {
        if (status->fail_info & (uint32_t)1 << bit) {
            (void)fprintf(out, "%s%s", separator, failures[bit].name);
        }
    }
    if (status->text.n > 0) {
        (void)fputs(": ", out);
        lwcmp_cli_print(out, status->text, false);
    }
    (void)fprintf(out, "%s\n",
                  status->authenticated ? "" : " (not authenticated)");
}

const char *lwcmp_cli_advise_fail_info(uint32_t fail_info, bool by_secret)
{
    size_t bit;

    for (bit = 0; bit < FAILURES; bit++) {
        if (fail_info & (uint32_t)1 << bit) {
            const char *advice = by_secret ? failures[bit].by_secret
                                           : failures[bit].by_signature;

            if (advice) {
                return advice;
            }
        }
    }
    return NULL;
}
