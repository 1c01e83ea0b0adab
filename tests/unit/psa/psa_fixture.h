/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of the PSA provider share. They run from the root. */
#ifndef PSA_FIXTURE_H
#define PSA_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <psa/crypto.h>

#include "lwcmp/crypto.h"
#include "psa_its_ram.h"
#include "psa_random_test.h"

#define BYTES(s) ((struct lwcmp_bytes){(const uint8_t *)(s), sizeof(s) - 1})

static inline int psa_start(void **state)
{
    (void)state;
    psa_its_ram_clear();
    return psa_crypto_init() == PSA_SUCCESS ? 0 : -1;
}

/* Fails when a volatile key was left behind. Mbed TLS counts them from here. */
static inline int psa_stop(void **state)
{
    psa_key_id_t id;

    (void)state;
    psa_its_ram_fail(false);
    psa_random_test_fail(false);
    for (id = PSA_KEY_ID_VENDOR_MIN; id < PSA_KEY_ID_VENDOR_MIN + 256; id++) {
        psa_key_attributes_t a = psa_key_attributes_init();

        if (psa_get_key_attributes(id, &a) == PSA_SUCCESS) {
            print_error("key 0x%x was left behind\n", (unsigned)id);
            return -1;
        }
    }
    mbedtls_psa_crypto_free();
    return 0;
}

/* A whole file in a buffer of exactly its size; free() it. */
static inline struct lwcmp_bytes file_read(const char *name)
{
    static uint8_t buffer[16384];
    FILE *f = fopen(name, "rb");
    uint8_t *p;
    size_t n;

    if (f == NULL) {
        fail_msg("%s is missing: run from the root", name);
    }
    n = fread(buffer, 1, sizeof buffer, f);
    fclose(f);
    assert_true(n > 0 && n < sizeof buffer);
    p = malloc(n);
    assert_non_null(p);
    memcpy(p, buffer, n);
    return (struct lwcmp_bytes){p, n};
}

static inline void file_free(struct lwcmp_bytes file)
{
    free((void *)(uintptr_t)file.p);
}

/* A volatile key; psa_stop() sees whether it was destroyed. */
static inline lwcmp_key key_import(psa_key_type_t type, psa_algorithm_t alg,
                                   psa_key_usage_t usage,
                                   struct lwcmp_bytes value)
{
    psa_key_attributes_t a = psa_key_attributes_init();
    psa_key_id_t id = 0;

    psa_set_key_type(&a, type);
    psa_set_key_algorithm(&a, alg);
    psa_set_key_usage_flags(&a, usage);
    assert_int_equal(psa_import_key(&a, value.p, value.n, &id), PSA_SUCCESS);
    return id;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, psa_start, psa_stop)

/* The bytes that the protection of a short PKIMessage covers. */
struct protected_part {
    uint8_t head[4];
    struct lwcmp_bytes parts[2];
};

/*
 * ProtectedPart (RFC 9810 5.1.3) of a message with header and body from byte
 * 4 up to `end`: these with a SEQUENCE header of their own.
 */
static inline void protected_part(struct protected_part *p,
                                  struct lwcmp_bytes message, size_t end)
{
    size_t n = end - 4;

    p->head[0] = 0x30;
    p->head[1] = 0x82;
    p->head[2] = (uint8_t)(n >> 8);
    p->head[3] = (uint8_t)n;
    p->parts[0] = (struct lwcmp_bytes){p->head, 4};
    p->parts[1] = (struct lwcmp_bytes){message.p + 4, n};
}

#endif
