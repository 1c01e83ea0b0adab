/* SPDX-License-Identifier: Apache-2.0 */
/* A CRL asked of a CA, and whether it can be used. */
#include "lwcmp/crl.h"

#include <stdio.h>
#include <string.h>

#include "lwcmp/general.h"
#include "posix/clock.h"
#include "bytes.h"
#include "cert.h"
#include "crl_file.h"
#include "fail.h"
#include "files.h"
#include "session.h"

#if LWCMP_WITH_CRL && LWCMP_WITH_GENM

/* What is asked for, until the answer is looked at. */
static struct lwcmp_crl_wanted wanted;
static struct lwcmp_cli_crls have;
static uint8_t certificates[LWCMP_CLI_ROW_MAX];
static struct lwcmp_bytes above; /* the one for which it is wanted */

/* The first certificate of the file is the one whose CRL is wanted. */
static int take_certificate(const struct lwcmp_cli_options *o)
{
    struct lwcmp_der_out row;
    int code;

    lwcmp_der_out_init(&row, certificates, sizeof(certificates));
    code = lwcmp_cli_certificates_read(o->crl_of, &row);
    above = (struct lwcmp_bytes){certificates, row.n};
    (void)lwcmp_cert_next(&above, &wanted.certificate);
    return code;
}

static int take_wanted(struct lwcmp_cli_session *s)
{
    const struct lwcmp_cli_options *o = s->options;
    int code = lwcmp_cli_name_read("--crl-issuer", o->crl_issuer, s->issuer,
                                   &wanted.issuer);

    if (!code && o->crl_of) {
        code = take_certificate(o);
    }
    if (!code && o->have) {
        code = lwcmp_cli_crls_read(o->have, &have);
        wanted.have = (struct lwcmp_bytes){have.p, have.n};
    }
    return code;
}

int lwcmp_cli_crl_wish(struct lwcmp_cli_session *s)
{
    int error, code = take_wanted(s);

    if (!s->options->infoout) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "say where the CRL goes: --out");
    }
    if (code || s->options->current) {
        return code;
    }
    error = lwcmp_crl_ask(&wanted, s->value, sizeof(s->value),
                          &s->request.info_value);
    if (error == LWCMP_ERR_CONFIG) {
        return lwcmp_cli_fail(
            LWCMP_EXIT_USAGE,
            "say which CRL: --crl-of, --crl-issuer or --have");
    }
    return error ? lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                                  "--have is not one CRL, or one of another "
                                  "CA, or one that is not understood")
                 : 0;
}

/* What is wrong with a CRL. */
static int complain(int error)
{
    switch (error) {
    case LWCMP_ERR_SYNTAX:
        return lwcmp_cli_fail(LWCMP_EXIT_NOT_AUTHENTIC,
                              "what the CA has sent is no CRL");
    case LWCMP_ERR_PROTECTION:
        return lwcmp_cli_fail(LWCMP_EXIT_NOT_AUTHENTIC,
                              "the signature of the CRL is wrong");
    case LWCMP_ERR_ALGORITHM:
        return lwcmp_cli_fail(LWCMP_EXIT_NOT_AUTHENTIC,
                              "the CRL is signed with an algorithm that is "
                              "not known or too weak");
    case LWCMP_ERR_EXPIRED:
        return lwcmp_cli_fail(LWCMP_EXIT_PATH,
                              "the CRL has expired: there should be a next "
                              "one; check the clock of this machine");
    case LWCMP_ERR_NOT_YET_VALID:
        return lwcmp_cli_fail(LWCMP_EXIT_PATH,
                              "the CRL is of the future; check the clock of "
                              "this machine");
    case LWCMP_ERR_INFO:
        return lwcmp_cli_fail(LWCMP_EXIT_NOT_AUTHENTIC,
                              "the CA has sent more than one CRL");
    case LWCMP_ERR_UNTRUSTED:
        return lwcmp_cli_fail(LWCMP_EXIT_PATH,
                              "the CRL is by a CA that is not trusted: its "
                              "certificate belongs into --trusted, or below "
                              "an anchor into --chain, or behind the one in "
                              "--crl-of");
    case LWCMP_ERR_CRL:
        return lwcmp_cli_fail(LWCMP_EXIT_NOT_AUTHENTIC,
                              "the CRL is a delta or an indirect one, or has "
                              "no nextUpdate, or something in it that is "
                              "critical is not known; or its CA may not sign "
                              "CRLs (cRLSign)");
    default:
        return lwcmp_cli_fail(LWCMP_EXIT_INTERNAL, "the crypto library failed");
    }
}

/* An anchor, or a CA right below one. */
static bool is_trusted(struct lwcmp_bytes anchors, const struct lwcmp_bytes *ca,
                       const struct lwcmp_time *now)
{
    struct lwcmp_bytes path[2] = {*ca, {NULL, 0}};

    while (lwcmp_cert_next(&anchors, &path[1])) {
        if (lwcmp_bytes_equal(ca, &path[1]) ||
            lwcmp_crypto_path(path, 2, now) == 0) {
            return true;
        }
    }
    return false;
}

/* By a CA in the row; LWCMP_ERR_UNTRUSTED if none of them has made it. */
static int verify_by(const struct lwcmp_crl *crl, struct lwcmp_bytes row,
                     struct lwcmp_bytes anchors)
{
    struct lwcmp_time now = lwcmp_posix_time();
    struct lwcmp_bytes der;
    struct lwcmp_cert ca;
    int error = LWCMP_ERR_UNTRUSTED;

    while (error && lwcmp_cert_next(&row, &der)) {
        if (lwcmp_cert_read(&der, &ca) == 0 &&
            lwcmp_bytes_equal(&ca.subject, &crl->issuer) &&
            is_trusted(anchors, &der, &now)) {
            error = lwcmp_crl_verify(crl, &der, &now);
        }
    }
    return error;
}

/* Appends a record of the state. */
static void add_record(const struct lwcmp_cli_session *s, int id,
                       struct lwcmp_der_out *row)
{
    const struct lwcmp_store *store = &s->state.store;
    size_t n = 0;

    if (store->read(store->context, (enum lwcmp_record)id, row->p + row->n,
                    row->cap - row->n, &n) == 0) {
        row->n += n;
    }
}

/*
 * By an anchor, or by a CA of the chain of the certificate that signs, given
 * or in the state, or of the one for which it is wanted.
 */
static int verify(const struct lwcmp_cli_session *s,
                  const struct lwcmp_crl *crl)
{
    static uint8_t room[2 * LWCMP_CLI_ROW_MAX];
    struct lwcmp_der_out row;
    struct lwcmp_bytes anchors;
    unsigned slot;

    lwcmp_der_out_init(&row, room, sizeof(room));
    lwcmp_der_put_raw(&row, s->config.anchors.p, s->config.anchors.n);
    add_record(s, LWCMP_RECORD_ANCHORS, &row);
    anchors = (struct lwcmp_bytes){room, row.n};
    lwcmp_der_put_raw(&row, s->config.chain.p, s->config.chain.n);
    lwcmp_der_put_raw(&row, above.p, above.n);
    if (lwcmp_identity(&s->state.store, &slot) == 0) {
        add_record(s, LWCMP_RECORD_CERT_1 + (int)slot, &row);
    }
    return verify_by(crl, (struct lwcmp_bytes){room, row.n}, anchors);
}

static size_t count(struct lwcmp_bytes row)
{
    struct lwcmp_bytes der;
    size_t n = 0;

    while (lwcmp_cert_next(&row, &der)) {
        n++;
    }
    return n;
}

/* By the CA that was asked for; without a name any that is trusted does. */
static bool is_by_wanted(const struct lwcmp_crl *crl)
{
    struct lwcmp_cert of;

    if (wanted.certificate.n > 0) {
        return lwcmp_cert_read(&wanted.certificate, &of) == 0 &&
               lwcmp_bytes_equal(&of.issuer, &crl->issuer);
    }
    return wanted.issuer.n == 0 ||
           lwcmp_cli_name_is_same(wanted.issuer, crl->issuer);
}

/* Whether it takes the place of the one that there is. */
static int check_have(const struct lwcmp_cli_options *o,
                      const struct lwcmp_crl *crl)
{
    struct lwcmp_crl old;

    if (!o->have || lwcmp_crl_read(&wanted.have, &old)) {
        return 0;
    }
    if (!lwcmp_bytes_equal(&old.issuer, &crl->issuer) ||
        !lwcmp_bytes_equal(&old.idp, &crl->idp)) {
        return lwcmp_cli_fail(LWCMP_EXIT_NOT_AUTHENTIC,
                              "the CRL is of another CA than %s, or of "
                              "another part of its certificates",
                              o->have);
    }
    return crl->valid.from > old.valid.from
               ? 0
               : lwcmp_cli_fail(LWCMP_EXIT_NOT_AUTHENTIC,
                                "the CRL is not newer than %s", o->have);
}

/* Whether it is one that is worth being kept. */
static int check(const struct lwcmp_cli_session *s,
                 const struct lwcmp_bytes *der, struct lwcmp_crl *crl)
{
    int error = lwcmp_crl_read(der, crl);

    if (!error) {
        error = verify(s, crl);
    }
    if (error) {
        return complain(error);
    }
    return is_by_wanted(crl)
               ? check_have(s->options, crl)
               : lwcmp_cli_fail(LWCMP_EXIT_NOT_AUTHENTIC,
                                "the CRL is by another CA than the one that "
                                "was asked for");
}

static void say(const struct lwcmp_cli_options *o, const struct lwcmp_crl *crl)
{
    if (o->quiet) {
        return;
    }
    if (crl) {
        (void)printf("CRL with %zu entries: %s\n", count(crl->revoked),
                     o->infoout);
    } else {
        (void)printf("the CA has no CRL%s\n", o->have ? " that is newer" : "");
    }
}

/* Nothing is no error, and takes no file's place. */
int lwcmp_cli_crl_deliver(const struct lwcmp_cli_session *s)
{
    const struct lwcmp_cli_options *o = s->options;
    struct lwcmp_bytes der = s->info;
    struct lwcmp_crl crl;
    int code, error = o->current ? 0 : lwcmp_crls_read(s->info, &der);

    if (error) {
        return complain(error);
    }
    if (der.n == 0) {
        say(o, NULL);
        return 0;
    }
    code = check(s, &der, &crl);
    if (!code) {
        code = lwcmp_cli_file_write(o->infoout, der);
    }
    if (!code) {
        say(o, &crl);
    }
    return code;
}

#else

int lwcmp_cli_crl_wish(struct lwcmp_cli_session *s)
{
    (void)s;
    return LWCMP_EXIT_INTERNAL;
}

int lwcmp_cli_crl_deliver(const struct lwcmp_cli_session *s)
{
    (void)s;
    return LWCMP_EXIT_INTERNAL;
}

#endif
