/* SPDX-License-Identifier: Apache-2.0 */
#include "extensions.h"

#include <string.h>
#include <strings.h>

#include "oid.h"
#include "fail.h"
#include "oid_text.h"

/* id-ce-keyUsage, id-ce-extKeyUsage, RFC 5280 4.2.1.3, 4.2.1.12 */
static lwcmp_oid key_usage = {3, 0x55, 0x1d, 0x0f};
static lwcmp_oid ext_key_usage = {3, 0x55, 0x1d, 0x25};

/* KeyUsage, RFC 5280 4.2.1.3: the index is the bit. */
static const char *const usages[] = {
    "digitalSignature", "nonRepudiation", "keyEncipherment",
    "dataEncipherment", "keyAgreement",   "keyCertSign",
    "cRLSign",          "encipherOnly",   "decipherOnly",
};
#define USAGES (sizeof(usages) / sizeof(usages[0]))

/* KeyPurposeId, RFC 5280 4.2.1.12, RFC 4334, RFC 5924, RFC 9480 2.5 */
static const struct {
    const char *name, *oid;
} purposes[] = {
    {"serverAuth", "1.3.6.1.5.5.7.3.1"},
    {"clientAuth", "1.3.6.1.5.5.7.3.2"},
    {"codeSigning", "1.3.6.1.5.5.7.3.3"},
    {"emailProtection", "1.3.6.1.5.5.7.3.4"},
    {"timeStamping", "1.3.6.1.5.5.7.3.8"},
    {"OCSPSigning", "1.3.6.1.5.5.7.3.9"},
    {"eapOverLAN", "1.3.6.1.5.5.7.3.14"},
    {"ipsecIKE", "1.3.6.1.5.5.7.3.17"},
    {"cmcCA", "1.3.6.1.5.5.7.3.27"},
    {"cmcRA", "1.3.6.1.5.5.7.3.28"},
    {"cmKGA", "1.3.6.1.5.5.7.3.32"},
};
#define PURPOSES (sizeof(purposes) / sizeof(purposes[0]))

/* The bit of the name, or USAGES. */
static size_t find_usage(const char *name)
{
    size_t bit = 0;

    if (strcasecmp(name, "contentCommitment") == 0) {
        return 1; /* X.509's newer name of nonRepudiation */
    }
    while (bit < USAGES && strcasecmp(usages[bit], name) != 0) {
        bit++;
    }
    return bit;
}

/* KeyUsage ::= BIT STRING { digitalSignature (0), ... }, without zeros behind
 * its last 1 (X.690 11.2.2). */
static void put_bits(struct lwcmp_der_out *o, uint32_t bits)
{
    uint8_t content[3] = {0};
    size_t bit, last = 0;

    for (bit = 0; bit < USAGES; bit++) {
        if (bits & 1u << bit) {
            content[1 + bit / 8] |= (uint8_t)(0x80 >> bit % 8);
            last = bit;
        }
    }
    content[0] = (uint8_t)(7 - last % 8);
    lwcmp_der_put(o, LWCMP_DER_BIT_STRING, content, 2 + last / 8);
}

/* Critical, as RFC 5280 4.2.1.3 wants it. */
int lwcmp_cli_key_usage_put(struct lwcmp_der_out *o,
                            const struct lwcmp_cli_list *list)
{
    static const uint8_t yes[] = {0xff};
    struct lwcmp_cli_words words = {0};
    size_t bit;
    uint32_t bits = 0;

    while (lwcmp_cli_next_word(list, &words)) {
        bit = find_usage(words.word);
        if (bit == USAGES) {
            return lwcmp_cli_fail(
                LWCMP_EXIT_USAGE,
                "--key-usage: \"%s\" is none of digitalSignature, "
                "nonRepudiation, keyEncipherment, dataEncipherment, "
                "keyAgreement, keyCertSign, cRLSign, encipherOnly, "
                "decipherOnly",
                words.word);
        }
        bits |= 1u << bit;
    }
    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    lwcmp_oid_put(o, key_usage);
    lwcmp_der_put(o, LWCMP_DER_BOOLEAN, yes, 1);
    lwcmp_der_open(o, LWCMP_DER_OCTET_STRING);
    put_bits(o, bits);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
    return 0;
}

static int put_purpose(struct lwcmp_der_out *o, const char *name)
{
    const char *oid = name;
    size_t i;

    for (i = 0; i < PURPOSES; i++) {
        if (strcasecmp(purposes[i].name, name) == 0) {
            oid = purposes[i].oid;
        }
    }
    if (!lwcmp_cli_oid_put(o, oid, strlen(oid))) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "--ext-key-usage: \"%s\" is neither a dotted "
                              "number nor serverAuth, clientAuth, "
                              "codeSigning, emailProtection, timeStamping, "
                              "OCSPSigning, eapOverLAN, ipsecIKE, cmcCA, "
                              "cmcRA, cmKGA",
                              name);
    }
    return 0;
}

/* ExtKeyUsageSyntax ::= SEQUENCE SIZE (1..MAX) OF KeyPurposeId */
int lwcmp_cli_ext_key_usage_put(struct lwcmp_der_out *o,
                                const struct lwcmp_cli_list *list)
{
    struct lwcmp_cli_words words = {0};
    int code = 0;

    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    lwcmp_oid_put(o, ext_key_usage);
    lwcmp_der_open(o, LWCMP_DER_OCTET_STRING);
    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    while (!code && lwcmp_cli_next_word(list, &words)) {
        code = put_purpose(o, words.word);
    }
    lwcmp_der_close(o);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
    return code;
}
