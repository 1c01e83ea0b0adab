/* SPDX-License-Identifier: Apache-2.0 */
#include "show.h"

#include <arpa/inet.h>
#include <string.h>

#include <mbedtls/x509_crt.h>
#include <psa/crypto.h>

#include "cert.h"
#include "fail.h"
#include "files.h"
#include "san_walk.h"
#include "text.h"

#define INFO_MAX 16384
#define IP_ADDRESS LWCMP_DER_CTX_PRIM(7)

static void show_fingerprint(FILE *out, const char *name, psa_algorithm_t alg,
                             struct lwcmp_bytes der)
{
    uint8_t hash[PSA_HASH_MAX_SIZE];
    size_t i, n;

    if (psa_hash_compute(alg, der.p, der.n, hash, sizeof(hash), &n)) {
        return; /* SHA-1 is left out of some builds */
    }
    (void)fprintf(out, "%-17s : ", name);
    for (i = 0; i < n; i++) {
        (void)fprintf(out, i ? ":%02X" : "%02X", hash[i]);
    }
    (void)fputc('\n', out);
}

void lwcmp_cli_show_sha256(FILE *out, struct lwcmp_bytes certificate)
{
    show_fingerprint(out, "SHA-256", PSA_ALG_SHA_256, certificate);
}

/* Whether nothing in the names can be taken for lines of ours. */
static bool names_are_plain(struct lwcmp_bytes san)
{
    struct lwcmp_cli_names names;
    struct lwcmp_bytes content;
    uint8_t tag;
    size_t i;

    lwcmp_cli_names_begin(&names, san);
    while (lwcmp_cli_names_next(&names, &tag, &content)) {
        for (i = 0; i < content.n; i++) {
            if (tag != IP_ADDRESS && content.p[i] == '\n') {
                return false;
            }
        }
    }
    return true;
}

static bool next_address(struct lwcmp_cli_names *names,
                         char text[INET6_ADDRSTRLEN])
{
    struct lwcmp_bytes content;
    uint8_t tag;

    while (lwcmp_cli_names_next(names, &tag, &content)) {
        if (tag == IP_ADDRESS && (content.n == 4 || content.n == 16)) {
            return inet_ntop(content.n == 4 ? AF_INET : AF_INET6, content.p,
                             text, INET6_ADDRSTRLEN) != NULL;
        }
    }
    return false;
}

/*
 * The text of Mbed TLS, save for IP addresses: there it leaves out zeros, so
 * that 2001:db8::1 becomes another one.
 */
static void show_info(FILE *out, const char *info, struct lwcmp_bytes san)
{
    const char *label = "    iPAddress : ";
    struct lwcmp_cli_names names;
    char address[INET6_ADDRSTRLEN];
    size_t n;

    lwcmp_cli_names_begin(&names, san);
    for (; *info; info += n) {
        n = strcspn(info, "\n");
        n += info[n] == '\n';
        if (strncmp(info, label, strlen(label)) == 0 &&
            next_address(&names, address)) {
            (void)fprintf(out, "%s%s\n", label, address);
        } else {
            lwcmp_cli_print(out, (struct lwcmp_bytes){(const uint8_t *)info, n},
                            true);
        }
    }
}

/* What a stranger has put into the certificate does not reach a terminal. */
void lwcmp_cli_show(FILE *out, struct lwcmp_bytes certificate)
{
    char info[INFO_MAX];
    struct lwcmp_cert cert;
    mbedtls_x509_crt crt;
    int n = -1;

    mbedtls_x509_crt_init(&crt);
    if (lwcmp_cert_read(&certificate, &cert) == 0 &&
        names_are_plain(cert.san) &&
        mbedtls_x509_crt_parse_der(&crt, certificate.p, certificate.n) == 0) {
        n = mbedtls_x509_crt_info(info, sizeof(info), "", &crt);
    }
    mbedtls_x509_crt_free(&crt);
    if (n >= 0) {
        show_info(out, info, cert.san);
    } else {
        (void)fprintf(out, "(something in this certificate cannot be shown)\n");
    }
    lwcmp_cli_show_sha256(out, certificate);
    show_fingerprint(out, "SHA-1", PSA_ALG_SHA_1, certificate);
}

int lwcmp_cli_show_file(const char *path)
{
    uint8_t room[LWCMP_CLI_FILE_MAX - 1];
    struct lwcmp_der_out o;
    struct lwcmp_bytes row, der;
    bool first = true;
    int code;

    lwcmp_der_out_init(&o, room, sizeof(room));
    code = lwcmp_cli_certificates_read(path, &o);
    if (code) {
        return code;
    }
    if (psa_crypto_init() != PSA_SUCCESS) {
        return lwcmp_cli_fail(LWCMP_EXIT_INTERNAL, "PSA Crypto does not start");
    }
    row = (struct lwcmp_bytes){room, o.n};
    while (lwcmp_cert_next(&row, &der)) {
        if (!first) {
            (void)putchar('\n');
        }
        first = false;
        lwcmp_cli_show(stdout, der);
    }
    mbedtls_psa_crypto_free();
    return 0;
}
