/* SPDX-License-Identifier: Apache-2.0 */
#include "ask.h"

#include "csr_make.h"

#define ELSEWHERE 7000 /* numbers of keys that are in no slot, from here on */

#if LWCMP_WITH_P10CR
/* A PKCS #10 request, the same each time that it is for the same key. */
static void put_csr(struct lwcmp_request *request, uint32_t number)
{
    static uint8_t csr[512];
    struct lwcmp_der_out o;

    lwcmp_der_out_init(&o, csr, sizeof csr);
    request->operation = LWCMP_P10CR;
    request->csr = csr_make(&o, &(struct csr_make){.number = number});
}
#else
static void put_csr(struct lwcmp_request *request, uint32_t number)
{
    (void)request; /* no model has one then */
    (void)number;
}
#endif

#if LWCMP_WITH_CENTRAL_KEY
static void put_central(struct lwcmp_request *request)
{
    request->central_key = true;
}
#else
static void put_central(struct lwcmp_request *request)
{
    (void)request;
}
#endif

/* The key of the application: the one in the free slot, or a new one. */
static int make_csr(struct world *w, struct lwcmp_request *request)
{
    enum lwcmp_sig sig;
    unsigned slot;
    lwcmp_key key;
    int err = lwcmp_free_slot(&w->store, &slot);

    if (err) {
        return err;
    }
    key = slot == 0 ? DEVICE_KEY_1 : DEVICE_KEY_2;
    err = lwcmp_crypto_key_sig(key, &sig);
    if (err == LWCMP_ERR_KEY) {
        err = lwcmp_crypto_key_generate(key, LWCMP_EC_P256);
    }
    if (err == 0) {
        put_csr(request, crypto_toy_key_number(key));
        request->key_is_there = true;
    }
    return err;
}

int ask_request(struct world *w, bool renew, struct lwcmp_request *request)
{
    *request =
        (struct lwcmp_request){.operation = renew ? LWCMP_KUR : LWCMP_IR};
    switch (w->model->key) {
    case KEY_OWN:
        break;
    case KEY_OF_CSR:
        return renew ? 0 : make_csr(w, request);
    case KEY_ARCHIVED:
        request->operation = renew ? LWCMP_KUR : LWCMP_KRR;
        break;
    case KEY_BY_CA:
        put_central(request);
        break;
    case KEY_ELSEWHERE:
        put_csr(request, ELSEWHERE + w->stage);
        break;
    }
    return 0;
}
