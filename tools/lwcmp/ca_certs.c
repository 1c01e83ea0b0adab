/* SPDX-License-Identifier: Apache-2.0 */
/* The certificates of a CA, for people and as PEM. */
#include <stdio.h>

#include "lwcmp/general.h"
#include "cert.h"
#include "fail.h"
#include "files.h"
#include "session.h"
#include "show.h"

#if LWCMP_WITH_GENM

static void show_all(struct lwcmp_bytes row)
{
    struct lwcmp_bytes der;

    while (lwcmp_cert_next(&row, &der)) {
        lwcmp_cli_show(stdout, der);
        (void)putchar('\n');
    }
}

int lwcmp_cli_ca_certs_deliver(const struct lwcmp_cli_session *s)
{
    const struct lwcmp_cli_options *o = s->options;
    struct lwcmp_bytes row;
    int code = 0;

    if (lwcmp_ca_certs_read(s->info, &row)) {
        return lwcmp_cli_fail(LWCMP_EXIT_NOT_AUTHENTIC,
                              "the answer holds something else than "
                              "certificates");
    }
    if (row.n == 0) {
        lwcmp_cli_note("the CA has no certificates to give");
        return 0;
    }
    if (!o->quiet) {
        show_all(row);
    }
    if (o->infoout) {
        code = lwcmp_cli_certificates_write(o->infoout, row);
    }
    if (!code && o->infoout && !o->quiet) {
        (void)printf("CA certificates, no trust anchors: %s\n", o->infoout);
    }
    return code;
}

#else

int lwcmp_cli_ca_certs_deliver(const struct lwcmp_cli_session *s)
{
    (void)s;
    return LWCMP_EXIT_INTERNAL;
}

#endif
