/* SPDX-License-Identifier: Apache-2.0 */
#include "show.h"

#include <string.h>

#include <mbedtls/x509_crt.h>

#include "say.h"

/* Attributes of names, by the last octet of id-at (RFC 5280 A.1). */
static const struct {
    uint8_t last;
    char name[13];
} attributes[] = {
    {3, "CN"}, {5, "serialNumber"}, {6, "C"},   {7, "L"},
    {8, "ST"}, {10, "O"},           {11, "OU"},
};

static const char *attribute(const mbedtls_asn1_buf *oid)
{
    static const uint8_t id_at[] = {0x55, 0x04};
    size_t i;

    for (i = 0; i < sizeof attributes / sizeof attributes[0]; i++) {
        if (oid->len == 3 && memcmp(oid->p, id_at, sizeof id_at) == 0 &&
            oid->p[2] == attributes[i].last) {
            return attributes[i].name;
        }
    }
    return "?";
}

static void say_name(const mbedtls_x509_name *name)
{
    for (; name != NULL; name = name->next) {
        struct lwcmp_bytes value = {name->val.p, name->val.len};

        lwcmp_say_text(attribute(&name->oid));
        lwcmp_say_text("=");
        lwcmp_say_bytes(value);
        lwcmp_say_text(name->next != NULL ? ", " : "");
    }
}

static void say_time(const mbedtls_x509_time *t)
{
    lwcmp_say_digits((uint32_t)t->year, 4);
    lwcmp_say_text("-");
    lwcmp_say_digits((uint32_t)t->mon, 2);
    lwcmp_say_text("-");
    lwcmp_say_digits((uint32_t)t->day, 2);
    lwcmp_say_text(" ");
    lwcmp_say_digits((uint32_t)t->hour, 2);
    lwcmp_say_text(":");
    lwcmp_say_digits((uint32_t)t->min, 2);
}

static void say_all(const mbedtls_x509_crt *crt)
{
    lwcmp_say_more("subject");
    say_name(&crt->subject);
    lwcmp_say_end();
    lwcmp_say_more("issuer");
    say_name(&crt->issuer);
    lwcmp_say_end();
    lwcmp_say_more("serial");
    lwcmp_say_hex((struct lwcmp_bytes){crt->serial.p, crt->serial.len});
    lwcmp_say_end();
    lwcmp_say_more("valid");
    say_time(&crt->valid_from);
    lwcmp_say_text(" to ");
    say_time(&crt->valid_to);
    lwcmp_say_text(" UTC");
    lwcmp_say_end();
}

static int parse(mbedtls_x509_crt *crt, struct lwcmp_bytes row)
{
    mbedtls_x509_crt_init(crt);
    return mbedtls_x509_crt_parse_der_nocopy(crt, row.p, row.n) == 0
               ? 0
               : LWCMP_ERR_CERT_SYNTAX;
}

int lwcmp_show_certificate(struct lwcmp_bytes row)
{
    mbedtls_x509_crt crt;
    int err = parse(&crt, row);

    if (!err) {
        say_all(&crt);
    }
    mbedtls_x509_crt_free(&crt);
    return err;
}
