/* SPDX-License-Identifier: Apache-2.0 */
#include "device.h"

#define BUFFER_SIZE 2048

void device_init(struct device *d)
{
    static const uint8_t reference[] = "ref-1";
    static const uint8_t secret[] = "secret of the test";

    memset(d, 0, sizeof *d);
    crypto_toy_reset();
    crypto_toy_secret_set(DEVICE_SECRET,
                          (struct lwcmp_bytes){secret, sizeof secret - 1});
    d->store = store_ram(&d->ram);
    peer_init(&d->peer);
    d->peer.at = 1;
    d->peer.secret = DEVICE_SECRET;
    d->peer.reference = (struct lwcmp_bytes){reference, sizeof reference - 1};
    d->config.buffer = malloc(BUFFER_SIZE);
    d->config.buffer_size = BUFFER_SIZE;
    d->config.store = &d->store;
    d->config.key_slot[0] = DEVICE_KEY_1;
    d->config.key_slot[1] = DEVICE_KEY_2;
    d->config.reference = d->peer.reference;
    d->config.secret = DEVICE_SECRET;
    d->config.pbm_iterations = 1500;
    d->config.anchors = peer_root();
    d->request.operation = LWCMP_IR;
}

void device_free(struct device *d)
{
    free(d->config.buffer);
}

void device_set_factory(struct device *d)
{
    device_set_certificate(
        d, (struct cert_make){
               .subject = "factory", .issuer = "Maker", .ski = 3, .aki = 8});
}

void device_set_certificate(struct device *d, struct cert_make what)
{
    struct lwcmp_der_out o;
    uint8_t spki[128];

    assert_int_equal(
        lwcmp_crypto_key_generate(DEVICE_FACTORY_KEY, LWCMP_EC_P256), 0);
    what.spki = peer_spki(DEVICE_FACTORY_KEY, spki, sizeof spki);
    lwcmp_der_out_init(&o, d->factory_cert, sizeof d->factory_cert);
    d->config.certificate = cert_make(&o, &what);
    d->config.key = DEVICE_FACTORY_KEY;
    d->config.secret = 0;
    d->peer.sign = true;
}

static void deliver(struct device *d, const uint8_t *p, size_t n)
{
    size_t piece = d->piece ? d->piece : n;
    size_t room;
    uint8_t *to;

    while (n > 0) {
        to = lwcmp_room(&d->c, &room);
        if (room == 0) {
            assert_int_equal(lwcmp_failed(&d->c, LWCMP_ERR_BUFFER), 0);
            return;
        }
        room = room < piece ? room : piece;
        room = room < n ? room : n;
        memcpy(to, p, room);
        assert_int_equal(lwcmp_received(&d->c, room, false), 0);
        p += room;
        n -= room;
    }
    assert_int_equal(lwcmp_received(&d->c, 0, true), 0);
}

static bool is_gone(const struct device *d)
{
    return d->exchanges == d->gone_at ||
           (d->gone_on && d->gone_at > 0 && d->exchanges > d->gone_at);
}

/* The peer's own use of the provider does not count and does not fail. */
void device_exchange(struct device *d)
{
    static struct crypto_toy toy;
    struct lwcmp_bytes out = lwcmp_output(&d->c);
    uint8_t answer[4096];
    size_t room;
    size_t n;

    assert_true(d->exchanges < 8 && out.n <= sizeof d->sent[0]);
    memcpy(d->sent[d->exchanges], out.p, out.n);
    d->sent_n[d->exchanges++] = out.n;
    if (is_gone(d) && !d->breaks_off) {
        assert_int_equal(lwcmp_failed(&d->c, d->gone_why), 0);
        return;
    }
    toy = crypto_toy;
    crypto_toy.fail_at = 0;
    n = peer_answer(&d->peer, out, answer, sizeof answer);
    crypto_toy = toy;
    if (is_gone(d)) {
        memcpy(lwcmp_room(&d->c, &room), answer, n / 2);
        assert_int_equal(lwcmp_received(&d->c, n / 2, false), 0);
        assert_int_equal(lwcmp_failed(&d->c, d->gone_why), 0);
        return;
    }
    deliver(d, answer, n);
}

static void decide(struct device *d)
{
    d->decisions++;
    assert_true(lwcmp_certificate(&d->c).n > 0);
    assert_int_equal(d->refuse ? lwcmp_refuse(&d->c) : lwcmp_accept(&d->c), 0);
}

int device_run(struct device *d)
{
    int err = d->resume ? lwcmp_resume(&d->c, &d->config, &d->request)
                        : lwcmp_begin(&d->c, &d->config, &d->request);

    d->exchanges = 0;
    d->waits = 0;
    d->peer.answers = 0;
    lwcmp_set_time(&d->c, d->time);
    while (err == 0) {
        switch (lwcmp_step(&d->c)) {
        case LWCMP_STEP:
            break;
        case LWCMP_EXCHANGE:
            device_exchange(d);
            break;
        case LWCMP_DECIDE:
            decide(d);
            break;
        case LWCMP_WAIT:
            d->waited += lwcmp_wait_seconds(&d->c);
            d->waits++;
            if (d->waits == d->off_at) {
                return lwcmp_result(&d->c);
            }
            break;
        case LWCMP_PROVE:
            d->proofs++;
            assert_int_equal(lwcmp_proven(&d->c, !d->broken), 0);
            break;
        case LWCMP_DONE:
            return lwcmp_result(&d->c);
        }
    }
    return err;
}

struct lwcmp_message device_sent(const struct device *d, unsigned i)
{
    struct lwcmp_message m;

    assert_true(i < d->exchanges);
    assert_int_equal(lwcmp_pki_message_read(
                         &(struct lwcmp_bytes){d->sent[i], d->sent_n[i]}, &m),
                     0);
    return m;
}

void device_enrol(struct device *d)
{
    assert_int_equal(device_run(d), 0);
    assert_int_equal(lwcmp_end(&d->c), 0);
    d->request.operation = LWCMP_KUR;
    d->config.secret = 0;
    d->peer.sign = true;
}

struct lwcmp_journal device_journal(struct device *d)
{
    struct lwcmp_journal journal;
    struct store_ram saved = d->ram;

    d->ram.fail_at = 0;
    assert_int_equal(lwcmp_journal_read(&d->store, &journal), 0);
    d->ram = saved;
    return journal;
}

struct lwcmp_bytes device_record(struct device *d, enum lwcmp_record id)
{
    return (struct lwcmp_bytes){d->ram.record[id].p, d->ram.record[id].n};
}

bool device_has_key(lwcmp_key key)
{
    struct crypto_toy toy = crypto_toy;
    enum lwcmp_sig sig;
    int err;

    crypto_toy.fail_at = 0;
    err = lwcmp_crypto_key_sig(key, &sig);
    crypto_toy = toy;
    return err == 0;
}

void device_check_identity(struct device *d)
{
    struct lwcmp_journal journal = device_journal(d);
    struct lwcmp_bytes row;
    struct lwcmp_bytes der;
    struct lwcmp_cert cert;
    uint8_t spki[128];
    struct crypto_toy toy = crypto_toy;

    crypto_toy.fail_at = 0;
    assert_in_range(journal.active, 1, 2);
    row = device_record(
        d, (enum lwcmp_record)(LWCMP_RECORD_CERT_1 - 1 + journal.active));
    assert_true(lwcmp_cert_next(&row, &der));
    assert_int_equal(lwcmp_cert_read(&der, &cert), 0);
    (void)peer_spki(d->config.key_slot[journal.active - 1], spki, sizeof spki);
    assert_int_equal(cert.spki.n, CRYPTO_TOY_SPKI);
    assert_memory_equal(cert.spki.p, spki, cert.spki.n);
    crypto_toy = toy;
}
