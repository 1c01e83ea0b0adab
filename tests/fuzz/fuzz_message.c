/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The readers: the input as a message with all that is in it, and as each of
 * the parts by itself. Whatever a reader hands out lies in the input.
 */
#include "fuzz.h"

#include "body_cert.h"
#include "body_confirm.h"
#include "body_poll.h"
#include "csr.h"
#include "lwcmp/general.h"
#include "path.h"

const char fuzz_name[] = "message";

static void check_cert(struct lwcmp_bytes der)
{
    struct lwcmp_cert cert;

    if (lwcmp_cert_read(&der, &cert) == 0) {
        assert_true(cert.der.p == der.p && cert.der.n == der.n);
        assert_true(fuzz_within(der, cert.serial));
        assert_true(fuzz_within(der, cert.issuer));
        assert_true(fuzz_within(der, cert.subject));
        assert_true(fuzz_within(der, cert.spki));
        assert_true(fuzz_within(der, cert.ski));
        assert_true(fuzz_within(der, cert.aki));
        assert_true(fuzz_within(der, cert.san));
    }
}

static void check_row(struct lwcmp_bytes row)
{
    struct lwcmp_bytes rest = row;
    struct lwcmp_bytes der;

    while (lwcmp_cert_next(&rest, &der)) {
        assert_true(fuzz_within(row, der) && der.n > 0);
        check_cert(der);
    }
}

/* A path starts with the certificate and stays in the pool. */
static void check_path(struct lwcmp_bytes certificate, struct lwcmp_bytes row)
{
    static const struct lwcmp_bytes none;
    static const struct lwcmp_cert unknown;
    const struct lwcmp_path_pool pool = {{&row, &none, &none, &none, &row},
                                         &unknown};
    struct lwcmp_bytes path[LWCMP_MAX_PATH];
    struct lwcmp_cert cert;
    uint8_t n = 0;

    if (lwcmp_cert_read(&certificate, &cert) == 0 &&
        lwcmp_path_find(&cert, &pool, path, &n) == 0) {
        assert_in_range(n, 1, LWCMP_MAX_PATH);
        assert_true(path[0].p == certificate.p || fuzz_within(row, path[0]));
        for (uint8_t i = 1; i < n; i++) {
            assert_true(fuzz_within(row, path[i]));
        }
    }
}

static void check_poll(struct lwcmp_bytes content, enum lwcmp_poll_id id)
{
    struct lwcmp_poll_answer answer;

    if (lwcmp_body_poll_read(&content, id, &answer) == 0) {
        assert_in_range(answer.check_after, 0, INT32_MAX);
        assert_true(fuzz_within(content, answer.reason));
    }
}

#if LWCMP_WITH_P10CR
static void check_csr(struct lwcmp_bytes der)
{
    struct lwcmp_csr csr;

    if (lwcmp_csr_read(&der, &csr) == 0) {
        assert_true(fuzz_within(der, csr.info));
        assert_true(fuzz_within(csr.info, csr.subject));
        assert_true(fuzz_within(csr.info, csr.spki));
        assert_true(fuzz_within(csr.info, csr.extensions));
        assert_true(fuzz_within(der, csr.signature));
        (void)lwcmp_csr_match(&csr, &csr.spki);
        check_row(csr.extensions);
    }
}
#else
static void check_csr(struct lwcmp_bytes der)
{
    (void)der;
}
#endif

#if LWCMP_WITH_GENM
/* What is made of a template fits what it is made of. */
static void check_template(struct lwcmp_bytes value)
{
    static const struct lwcmp_template_value values[] = {
        {{(const uint8_t *)"\x55\x04\x03", 3}, {(const uint8_t *)"a", 1}},
        {{(const uint8_t *)"\x87", 1}, {(const uint8_t *)"1234", 4}},
    };
    static uint8_t room[65535];
    struct lwcmp_request request = {.key_type = LWCMP_RSA_4096};
    struct lwcmp_template t;

    if (lwcmp_template_read(value, &t) == 0) {
        assert_true(fuzz_within(value, t.subject));
        assert_true(fuzz_within(value, t.extensions));
        if (lwcmp_template_apply(&t, values, 2, room, sizeof room, &request) ==
            0) {
            assert_true(request.subject.n + request.extensions.n <=
                        sizeof room);
            assert_true(request.subject.n == 0 ||
                        lwcmp_cert_check_name(&request.subject) == 0);
        }
    }
}

static void check_info(struct lwcmp_bytes value)
{
    struct lwcmp_root_update update;
    struct lwcmp_bytes part;

    if (lwcmp_ca_certs_read(value, &part) == 0) {
        assert_true(fuzz_within(value, part));
        check_row(part);
    }
    if (lwcmp_crls_read(value, &part) == 0) {
        assert_true(fuzz_within(value, part));
    }
    if (lwcmp_root_update_read(value, &update) == 0) {
        assert_true(fuzz_within(value, update.new_with_new));
        assert_true(fuzz_within(value, update.new_with_old));
        assert_true(fuzz_within(value, update.old_with_new));
    }
    check_template(value);
}
#else
static void check_info(struct lwcmp_bytes value)
{
    (void)value;
}
#endif

static void check_body(struct lwcmp_bytes content)
{
    struct lwcmp_response answer;
    struct lwcmp_status status;

    if (lwcmp_body_cert_read(&content, &answer) == 0) {
        assert_true(fuzz_within(content, answer.certificate));
        assert_true(fuzz_within(content, answer.ca_pubs));
        assert_true(fuzz_within(content, answer.status.text));
        check_cert(answer.certificate);
        check_row(answer.ca_pubs);
        check_path(answer.certificate, answer.ca_pubs);
    }
    if (lwcmp_pki_error_read(&content, &status) == 0) {
        assert_true(fuzz_within(content, status.text));
        assert_true(status.present && status.status <= LWCMP_PKI_LAST);
    }
    (void)lwcmp_body_pkiconf_read(&content);
    check_csr(content);
    check_info(content);
    check_poll(content, LWCMP_POLL_RESPONSE);
    check_poll(content, LWCMP_POLL_MESSAGE);
}

static void check_prot_alg(struct lwcmp_bytes encoded)
{
    struct lwcmp_prot_alg alg;

    if (lwcmp_prot_alg_read(&encoded, &alg) == 0) {
        assert_true(alg.kind != LWCMP_PROT_NONE);
        assert_true(fuzz_within(encoded, alg.pbm.salt));
    }
}

static void check_message(struct lwcmp_bytes der)
{
    struct lwcmp_message m;

    if (lwcmp_pki_message_read(&der, &m) != 0) {
        return;
    }
    assert_true(m.type <= LWCMP_BODY_LAST);
    assert_true(fuzz_within(der, m.covered));
    assert_true(fuzz_within(m.covered, m.content));
    assert_true(fuzz_within(der, m.protection));
    assert_true(fuzz_within(der, m.extra_certs));
    assert_true(fuzz_within(m.covered, m.sender));
    assert_true(fuzz_within(m.covered, m.protection_alg));
    assert_true(fuzz_within(m.covered, m.sender_kid));
    assert_true(fuzz_within(m.covered, m.transaction_id));
    assert_true(fuzz_within(m.covered, m.sender_nonce));
    assert_true(fuzz_within(m.covered, m.recip_nonce));
    check_prot_alg(m.protection_alg);
    check_body(m.content);
    check_row(m.extra_certs);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    struct lwcmp_bytes all = {p, n};
    uint8_t *copy = fuzz_copy(all);

    all.p = copy;
    check_message(all);
    check_body(all);
    check_prot_alg(all);
    check_cert(all);
    check_row(all);
    check_path(all, all);
    free(copy);
    return 0;
}
