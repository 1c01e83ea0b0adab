/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The engine behind authentication: the provider accepts every signature and
 * MAC, so that the input is the authentic CA and may say what it wants.
 *
 * The input says how the device is set up and what of its store and provider
 * fails, then how each answer is made: the peer's answer, with one of the
 * peer's faults or none, and with edits; or any bytes at all. No piece of a
 * message is as long as MORE: that asks for something else (engine_ask.h).
 */
#include "fuzz.h"

#include "der_edit.h"
#include "device.h"
#include "engine_ask.h"

const char fuzz_name[] = "engine";

#define STEPS 4000
#define EXCHANGES 40
#define TRANSACTIONS 4
#define RAW 0xff
#define MORE 0xf8

static struct device d;
static struct lwcmp_request usual;
static bool has_no_key; /* of its identity, after a p10cr */
static struct lwcmp_bytes in;
static struct der_edit answer;

static bool bit(uint8_t flags, unsigned n)
{
    return (flags >> n & 1) != 0;
}

static void set_up(void)
{
    static const enum lwcmp_operation operations[] = {LWCMP_IR, LWCMP_IR,
                                                      LWCMP_CR, LWCMP_KUR};
    uint8_t flags = fuzz_u8(&in);
    uint8_t peer = fuzz_u8(&in);

    device_init(&d);
    d.config.pbm_iterations = 100;
    if ((flags & 3) == 1) {
        device_set_factory(&d);
    }
    if ((flags & 3) == 3) {
        device_enrol(&d);
    }
    d.request.operation = operations[flags & 3];
    d.config.implicit_confirm = bit(flags, 2);
    d.config.decide = bit(flags, 3);
    d.refuse = bit(flags, 4);
    d.config.accept_ca_pubs = bit(flags, 5);
    if (bit(flags, 6)) {
        d.config.anchors.n = 0;
    }
    d.config.allow_no_anchor = bit(flags, 7);
    d.peer.implicit = bit(peer, 0);
    d.peer.ca_pubs = bit(peer, 1);
    d.peer.more_ca_pubs = bit(peer, 2);
    d.peer.intermediate = bit(peer, 3);
    d.peer.omit_chain = bit(peer, 4);
    d.peer.waits = bit(peer, 6);
    d.peer.waits_at_confirm = bit(peer, 7);
    d.peer.waits_by_error = bit(peer, 6) && bit(peer, 7);
    if (bit(peer, 5)) {
        crypto_toy.path_result = LWCMP_ERR_UNTRUSTED;
    }
    crypto_toy.accept_all = true;
}

/* What fails, counted from the start of the transaction; 0: nothing. */
static void set_failures(void)
{
    crypto_toy.calls = 0;
    crypto_toy.fail_at = fuzz_u8(&in);
    crypto_toy.fail_with = LWCMP_ERR_CRYPTO;
    d.ram.operations = 0;
    d.ram.fail_at = fuzz_u8(&in);
    d.ram.error = LWCMP_ERR_STORE;
    d.piece = fuzz_u8(&in);
}

/* Another certificate, or whatever it is this time. */
static void set_request(void)
{
    d.request = usual;
    d.peer.key = NULL;
    d.peer.reply.n = 0;
    if (d.piece >= MORE) {
        ask_for(&d, (unsigned)d.piece - MORE);
        d.piece = 0;
    }
    has_no_key = has_no_key || d.request.operation == LWCMP_P10CR;
}

/* A message that the peer did not make gets the numbers of this exchange. */
static void fit_header(const struct lwcmp_message *request)
{
    struct lwcmp_message m;
    struct lwcmp_bytes all = {answer.p, answer.n};

    if (lwcmp_pki_message_read(&all, &m) != 0) {
        return;
    }
    if (m.transaction_id.n == request->transaction_id.n) {
        memcpy(answer.p + (m.transaction_id.p - answer.p),
               request->transaction_id.p, m.transaction_id.n);
    }
    if (m.recip_nonce.n == request->sender_nonce.n) {
        memcpy(answer.p + (m.recip_nonce.p - answer.p), request->sender_nonce.p,
               m.recip_nonce.n);
    }
}

static void make_answer(struct lwcmp_bytes request, uint8_t kind)
{
    struct crypto_toy toy = crypto_toy;
    struct lwcmp_bytes raw;
    unsigned edits;

    if (kind == RAW) {
        raw = fuzz_take(&in, fuzz_u16(&in) % (DER_EDIT_CAP + 1));
        answer.n = raw.n;
        if (raw.n > 0) {
            memcpy(answer.p, raw.p, raw.n);
        }
        assert_int_equal(lwcmp_pki_message_read(&request, &d.peer.in), 0);
    } else {
        crypto_toy.fail_at = 0;
        d.peer.fault = (enum peer_fault)kind;
        d.peer.at = 1;
        d.peer.answers = 0;
        answer.n = peer_answer(&d.peer, request, answer.p, DER_EDIT_CAP);
        crypto_toy = toy;
    }
    for (edits = fuzz_u8(&in) % 8; edits > 0; edits--) {
        der_edit_apply(&answer, &in);
    }
    fit_header(&d.peer.in);
}

static void deliver(void)
{
    size_t sent = 0;
    size_t room;
    uint8_t *to;

    while (sent < answer.n) {
        size_t n = d.piece ? d.piece : answer.n;

        to = lwcmp_room(&d.c, &room);
        if (room == 0) {
            assert_int_equal(lwcmp_failed(&d.c, LWCMP_ERR_BUFFER), 0);
            return;
        }
        n = n < room ? n : room;
        n = n < answer.n - sent ? n : answer.n - sent;
        memcpy(to, answer.p + sent, n);
        assert_int_equal(lwcmp_received(&d.c, n, false), 0);
        sent += n;
    }
    assert_int_equal(lwcmp_received(&d.c, 0, true), 0);
}

/* An input that has come to its end is a server that is gone. */
static void exchange(void)
{
    static uint8_t sent[DER_EDIT_CAP];
    struct lwcmp_bytes out = lwcmp_output(&d.c);

    assert_true(out.n > 0 && out.n <= d.config.buffer_size);
    if (in.n == 0 || ++d.exchanges > EXCHANGES) {
        assert_int_equal(lwcmp_failed(&d.c, LWCMP_ERR_NETWORK), 0);
        return;
    }
    memcpy(sent, out.p, out.n);
    make_answer((struct lwcmp_bytes){sent, out.n}, fuzz_u8(&in));
    deliver();
}

/* Whether the power goes off at this LWCMP_WAIT. */
static bool wait_or_stop(void)
{
    assert_in_range(lwcmp_wait_seconds(&d.c), 1, INT32_MAX);
    return fuzz_u8(&in) % 4 == 3;
}

static int run(bool resume)
{
    int err = resume ? lwcmp_resume(&d.c, &d.config, &d.request)
                     : lwcmp_begin(&d.c, &d.config, &d.request);
    enum lwcmp_want want = LWCMP_STEP;

    d.exchanges = 0;
    for (unsigned steps = 0; err == 0 && want != LWCMP_DONE; steps++) {
        assert_in_range(steps, 0, STEPS);
        want = lwcmp_step(&d.c);
        if (want == LWCMP_EXCHANGE) {
            exchange();
        } else if (want == LWCMP_DECIDE) {
            assert_true(lwcmp_certificate(&d.c).n > 0);
            (void)(d.refuse ? lwcmp_refuse(&d.c) : lwcmp_accept(&d.c));
        } else if (want == LWCMP_WAIT && wait_or_stop()) {
            break;
        }
    }
    return err ? err : lwcmp_result(&d.c);
}

static bool is_errand(void)
{
    return d.request.operation == LWCMP_RR || d.request.operation == LWCMP_GENM;
}

struct before {
    uint8_t active;
    unsigned volatile_keys;
};

/* Nobody but an answer that is fine puts another identity there. */
static void check_active(int err, uint8_t before, bool stays)
{
    uint8_t active = device_journal(&d).active;

    assert_true(active != 0 || before == 0);
    if (active != 0 && !has_no_key) {
        device_check_identity(&d);
    }
    assert_true(active != 0 || err != 0 || is_errand());
    if (is_errand() || stays) {
        assert_int_equal(active, before);
    }
}

/*
 * What has to hold after each transaction, whatever was said and failed. A
 * volatile key that the provider would not destroy is its own affair.
 */
static void check(int err, struct before before)
{
    unsigned spared = before.volatile_keys;
    bool crypto_failed = crypto_toy.fail_at != 0;
    bool store_failed = d.ram.fail_at != 0;

    crypto_toy.fail_at = 0;
    d.ram.fail_at = 0;
    (void)lwcmp_server_status(&d.c);
    assert_int_equal(lwcmp_end(&d.c), err);
    spared += crypto_failed ? 1 : 0;
    assert_in_range(crypto_toy_volatile_keys(), 0, spared);
    check_active(err, before.active,
                 err != 0 && !crypto_failed && !store_failed);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    struct before before;
    unsigned transactions = 0;
    uint8_t flags;

    in = (struct lwcmp_bytes){p, n};
    set_up();
    usual = d.request;
    has_no_key = false;
    do {
        before.active = device_journal(&d).active;
        before.volatile_keys = crypto_toy_volatile_keys();
        set_failures();
        set_request();
        flags = fuzz_u8(&in);
        d.config.wait_limit = flags >> 1;
        d.peer.polls = flags >> 4;
        check(run(bit(flags, 0)), before);
    } while (in.n > 0 && ++transactions < TRANSACTIONS);
    device_free(&d);
    return 0;
}
