/* SPDX-License-Identifier: Apache-2.0 */
/* Revocation: of which certificate, and what the CA says. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cert.h"
#include "fail.h"
#include "number.h"
#include "session.h"

#define REVOCATION_WARNING 4 /* PKIStatus, RFC 9810 5.2.3 */

#if LWCMP_WITH_ERRANDS
/* CRLReason, RFC 5280 5.3.1; the index is the number. */
static const char *const reasons[] = {"unspecified",     "keyCompromise",
                                      "cACompromise",    "affiliationChanged",
                                      "superseded",      "cessationOfOperation",
                                      "certificateHold", NULL,
                                      "removeFromCRL",   "privilegeWithdrawn",
                                      "aACompromise"};
#define REASONS (sizeof(reasons) / sizeof(reasons[0]))

static bool is_reason(const char *text, size_t number)
{
    char digits[4];

    (void)snprintf(digits, sizeof(digits), "%zu", number);
    return reasons[number] && (strcasecmp(text, reasons[number]) == 0 ||
                               strcmp(text, digits) == 0);
}

static int put_reason(struct lwcmp_cli_session *s)
{
    const char *text = s->options->reason;
    size_t i;

    for (i = 0; text && i < REASONS; i++) {
        if (is_reason(text, i)) {
            s->request.revoke.reason = (enum lwcmp_reason)i;
            return 0;
        }
    }
    return text ? lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                                 "--reason is unspecified, keyCompromise, "
                                 "affiliationChanged, superseded, "
                                 "cessationOfOperation, certificateHold, "
                                 "removeFromCRL, privilegeWithdrawn, or a "
                                 "number of RFC 5280 5.3.1")
                : 0;
}

static int put_serial(struct lwcmp_cli_session *s)
{
    const char *text = s->options->serial;
    size_t n = text ? lwcmp_cli_serial_read(text, s->serial) : 0;

    s->request.revoke.serial = (struct lwcmp_bytes){s->serial, n};
    return text && n == 0
               ? lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                                "--serial is a number in hexadecimal digits")
               : 0;
}

static int put_certificate(struct lwcmp_cli_session *s)
{
    const char *file = s->options->revoke;
    struct lwcmp_der_out row;
    struct lwcmp_bytes rest;
    int code;

    if (!file) {
        return 0;
    }
    lwcmp_der_out_init(&row, s->answer, sizeof(s->answer));
    code = lwcmp_cli_certificates_read(file, &row);
    rest = (struct lwcmp_bytes){s->answer, row.n};
    (void)lwcmp_cert_next(&rest, &s->request.revoke.certificate);
    return code;
}

int lwcmp_cli_revoke_wish(struct lwcmp_cli_session *s)
{
    int code = lwcmp_cli_name_read("--issuer", s->options->issuer, s->issuer,
                                   &s->request.revoke.issuer);

    if (!code) {
        code = put_serial(s);
    }
    if (!code) {
        code = put_reason(s);
    }
    return code ? code : put_certificate(s);
}

static bool ends_hold(const struct lwcmp_cli_session *s)
{
    return s->request.revoke.reason == LWCMP_REASON_REMOVE_FROM_CRL;
}

void lwcmp_cli_revoke_take(struct lwcmp_cli_session *s)
{
    s->will_be_revoked =
        lwcmp_server_status(&s->c).status == REVOCATION_WARNING;
}
#else
static bool ends_hold(const struct lwcmp_cli_session *s)
{
    (void)s;
    return false;
}

/* Options of what is not built in are refused before. */
int lwcmp_cli_revoke_wish(struct lwcmp_cli_session *s)
{
    (void)s;
    return LWCMP_EXIT_USAGE;
}

void lwcmp_cli_revoke_take(struct lwcmp_cli_session *s)
{
    (void)s;
}
#endif

int lwcmp_cli_revoke_deliver(const struct lwcmp_cli_session *s)
{
    static const char *const texts[2][2] = {
        {"the CA has revoked the certificate",
         "the CA is going to revoke the certificate"},
        {"the hold on the certificate has ended",
         "the CA is going to end the hold on the certificate"}};

    if (!s->options->quiet) {
        (void)printf("%s\n", texts[ends_hold(s)][s->will_be_revoked]);
    }
    return 0;
}
