/* SPDX-License-Identifier: Apache-2.0 */
/* One run of a verb that asks a CA. */
#ifndef LWCMP_CLI_SESSION_H
#define LWCMP_CLI_SESSION_H

#include "posix/transport.h"
#include "csr.h"
#include "extensions.h"
#include "files.h"
#include "name.h"
#include "number.h"
#include "options.h"
#include "secure.h"
#include "state.h"
#include "url.h"
#include "watch.h"

#define LWCMP_CLI_ROW_MAX 65535

struct lwcmp_cli_session {
    const struct lwcmp_cli_options *options;
    struct lwcmp_cli_url url;
    bool label;
    struct lwcmp_cli_state state;

    struct lwcmp_config config;
    struct lwcmp_algorithms algorithms;
    struct lwcmp_request request;
    struct lwcmp c;
    struct lwcmp_cli_watch watch;
    struct lwcmp_posix_tcp tcp;
    struct lwcmp_cli_secure secure;
    struct lwcmp_http_result http;

    /* What a general message asks for, an OBJECT IDENTIFIER, and brings. */
    struct lwcmp_bytes info_oid, info;
    bool will_be_revoked;

    /* What config and request point to. */
    uint8_t recipient[LWCMP_CLI_NAME_MAX], responder[LWCMP_CLI_NAME_MAX];
    uint8_t subject[LWCMP_CLI_NAME_MAX];
    uint8_t extensions[LWCMP_CLI_EXTENSIONS_MAX];
    uint8_t own[LWCMP_CLI_ROW_MAX], anchors[LWCMP_CLI_ROW_MAX];
    uint8_t responder_cert[LWCMP_CLI_ROW_MAX], backup[LWCMP_CLI_ROW_MAX];
    uint8_t info_type[LWCMP_CLI_TEXT_MAX], value[LWCMP_CLI_FILE_MAX];
    uint8_t answer[LWCMP_CLI_ROW_MAX];
    uint8_t template[LWCMP_CLI_FILE_MAX], filled[LWCMP_CLI_ROW_MAX];
    uint8_t issuer[LWCMP_CLI_NAME_MAX], serial[LWCMP_CLI_SERIAL_MAX];
    uint8_t transaction_id[LWCMP_CLI_TRANSACTION_MAX];
    uint8_t buffer[LWCMP_CLI_ROW_MAX];

    /* Of --csr; nothing without it. */
    struct lwcmp_bytes csr_der;
    struct lwcmp_csr csr;
    uint8_t csr_file[LWCMP_CLI_FILE_MAX];
};

/* Names, extensions and switches out of the options (wish.c). */
int lwcmp_cli_wish(struct lwcmp_cli_session *s);

/* Certificates out of files (credentials.c). */
int lwcmp_cli_load_certificates(struct lwcmp_cli_session *s);

/* Secret and keys, into PSA; the state is open (credentials.c). */
int lwcmp_cli_load_keys(struct lwcmp_cli_session *s);

/* Reads --csr, for all of the request or for names in it (csr_file.c). */
int lwcmp_cli_csr_take(struct lwcmp_cli_session *s);

/* Its signature, and what keys there are; the state is open (csr_file.c). */
int lwcmp_cli_csr_check(struct lwcmp_cli_session *s);

/* That it names who is renewed; the state is open (csr_names.c). */
int lwcmp_cli_csr_check_names(struct lwcmp_cli_session *s);

/* That this is its key, if there is a --csr (csr_file.c). */
int lwcmp_cli_csr_check_key(const struct lwcmp_cli_session *s, lwcmp_key key);

/* What a general message is to ask (info.c). */
int lwcmp_cli_info_wish(struct lwcmp_cli_session *s);

/* The root that is asked about; the state is open (root.c). */
int lwcmp_cli_root_wish(struct lwcmp_cli_session *s);

/* What the CA wants a request to be, out of a file (template.c). */
int lwcmp_cli_template_wish(struct lwcmp_cli_session *s);

/* Takes the answer out of the engine, if there is one, before its end. */
void lwcmp_cli_info_take(struct lwcmp_cli_session *s);

/* Writes or prints it (info.c, ca_certs.c, root.c, template_show.c). */
int lwcmp_cli_info_deliver(const struct lwcmp_cli_session *s);
int lwcmp_cli_ca_certs_deliver(const struct lwcmp_cli_session *s);
int lwcmp_cli_root_deliver(struct lwcmp_cli_session *s);
int lwcmp_cli_template_deliver(const struct lwcmp_cli_session *s);

/* Reads --crls (crl_file.c). */
int lwcmp_cli_crl_load(struct lwcmp_cli_session *s);

/* Which CRL is asked for, and whether it is good (crl.c). */
int lwcmp_cli_crl_wish(struct lwcmp_cli_session *s);
int lwcmp_cli_crl_deliver(const struct lwcmp_cli_session *s);

/* Writes the trust anchors that were learned, where the user wants them. */
int lwcmp_cli_anchors_deliver(struct lwcmp_cli_session *s);

/* The same for revocation (revoke.c). */
int lwcmp_cli_revoke_wish(struct lwcmp_cli_session *s);
void lwcmp_cli_revoke_take(struct lwcmp_cli_session *s);
int lwcmp_cli_revoke_deliver(const struct lwcmp_cli_session *s);

/* Which request is polled for (poll.c); the state is open for the second. */
int lwcmp_cli_poll_wish(struct lwcmp_cli_session *s);
void lwcmp_cli_poll_choose(struct lwcmp_cli_session *s);

/* "transactionID ..." of the transaction, before its end; its length. */
size_t lwcmp_cli_poll_print_id(const struct lwcmp_cli_session *s, char *text,
                               size_t cap);

/* What to do where the CA has refused such a poll, or NULL. */
const char *lwcmp_cli_poll_advise(const struct lwcmp_cli_session *s, int error);

/* Writes and shows what came of it (outcome.c). */
int lwcmp_cli_deliver(struct lwcmp_cli_session *s);

/* The whole run (transaction.c). */
int lwcmp_cli_transaction(const struct lwcmp_cli_options *options);

#endif
