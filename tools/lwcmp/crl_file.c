/* SPDX-License-Identifier: Apache-2.0 */
#include "crl_file.h"

#include <errno.h>
#include <string.h>

#include "lwcmp/crl.h"
#include "fail.h"
#include "files.h"
#include "pem.h"
#include "session.h"

#if LWCMP_WITH_CRL

#define BEGIN "-----BEGIN X509 CRL-----"
#define END "-----END X509 CRL-----"

/* One that is not understood is for the engine to pass over. */
static int put(const char *path, struct lwcmp_bytes der, void *context)
{
    struct lwcmp_cli_crls *crls = context;
    struct lwcmp_crl crl;

    if (lwcmp_crl_read(&der, &crl) == LWCMP_ERR_SYNTAX) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE, "%s: there is no CRL in it",
                              path);
    }
    if (der.n > sizeof(crls->p) - crls->n) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE, "%s: %s", path,
                              strerror(EFBIG));
    }
    memcpy(crls->p + crls->n, der.p, der.n);
    crls->n += der.n;
    return 0;
}

int lwcmp_cli_crls_read(const char *path, struct lwcmp_cli_crls *crls)
{
    static uint8_t file[LWCMP_CLI_CRLS_MAX];
    const struct lwcmp_cli_pem pem = {BEGIN, END, put, crls};
    size_t n;
    int code = lwcmp_cli_file_read_into(path, file, sizeof(file), &n);

    return code ? code
                : lwcmp_cli_pem_each(path, (struct lwcmp_bytes){file, n}, &pem);
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
