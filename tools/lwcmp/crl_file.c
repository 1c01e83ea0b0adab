/* SPDX-License-Identifier: Apache-2.0 */
#include "crl_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <mbedtls/pem.h>

#include "lwcmp/crl.h"
#include "fail.h"
#include "session.h"

#if LWCMP_WITH_CRL

#define BEGIN "-----BEGIN X509 CRL-----"
#define END "-----END X509 CRL-----"

static int complain(const char *path, int error)
{
    return lwcmp_cli_fail(LWCMP_EXIT_STORAGE, "%s: %s", path, strerror(error));
}

/* One that is not understood is for the engine to pass over. */
static int put(const char *path, struct lwcmp_bytes der,
               struct lwcmp_cli_crls *crls)
{
    struct lwcmp_crl crl;

    if (lwcmp_crl_read(&der, &crl) == LWCMP_ERR_SYNTAX) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE, "%s: there is no CRL in it",
                              path);
    }
    if (der.n > sizeof(crls->p) - crls->n) {
        return complain(path, EFBIG);
    }
    memcpy(crls->p + crls->n, der.p, der.n);
    crls->n += der.n;
    return 0;
}

/* One CRL; *text moves behind it. */
static int read_pem(const char *path, const char **text,
                    struct lwcmp_cli_crls *crls)
{
    mbedtls_pem_context pem;
    struct lwcmp_bytes der;
    size_t used;
    int code;

    mbedtls_pem_init(&pem);
    if (mbedtls_pem_read_buffer(&pem, BEGIN, END, (const uint8_t *)*text, NULL,
                                0, &used)) {
        code =
            lwcmp_cli_fail(LWCMP_EXIT_STORAGE, "%s: the PEM is damaged", path);
    } else {
        der.p = mbedtls_pem_get_buffer(&pem, &der.n);
        code = put(path, der, crls);
        *text += used;
    }
    mbedtls_pem_free(&pem);
    return code;
}

/* Reads the file, and puts a zero octet behind it. */
static int read_file(const char *path, uint8_t p[LWCMP_CLI_CRLS_MAX], size_t *n)
{
    FILE *f = fopen(path, "rb");
    int error = f ? 0 : errno;

    if (!error) {
        *n = fread(p, 1, LWCMP_CLI_CRLS_MAX, f);
        error = ferror(f) ? errno : 0;
        (void)fclose(f);
    }
    if (!error && *n == LWCMP_CLI_CRLS_MAX) {
        error = EFBIG;
    }
    if (error) {
        return complain(path, error);
    }
    p[*n] = 0;
    return 0;
}

int lwcmp_cli_crls_read(const char *path, struct lwcmp_cli_crls *crls)
{
    static uint8_t file[LWCMP_CLI_CRLS_MAX];
    const char *text = (const char *)file;
    size_t n = 0;
    int code = read_file(path, file, &n);

    if (code) {
        return code;
    }
    if (!strstr(text, BEGIN)) {
        return put(path, (struct lwcmp_bytes){file, n}, crls);
    }
    while (!code && strstr(text, BEGIN)) {
        code = read_pem(path, &text, crls);
    }
    return code;
}

int lwcmp_cli_crl_load(struct lwcmp_cli_session *s)
{
    static struct lwcmp_cli_crls crls;
    const struct lwcmp_cli_list *files = &s->options->crls;
    int code = 0;

    for (size_t i = 0; i < files->n && !code; i++) {
        code = lwcmp_cli_crls_read(files->item[i], &crls);
    }
    s->config.crls = (struct lwcmp_bytes){crls.p, crls.n};
    s->config.require_status = s->options->require_status;
    return code;
}

#else

int lwcmp_cli_crl_load(struct lwcmp_cli_session *s)
{
    (void)s;
    return 0;
}

#endif
