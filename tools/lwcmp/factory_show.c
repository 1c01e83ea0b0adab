/* SPDX-License-Identifier: Apache-2.0 */
/* An image of the factory record for people, but never the secret. */
#include "factory.h"

#include <stdio.h>

#include <psa/crypto.h>

#include "bytes.h"
#include "cert.h"
#include "factory_image.h"
#include "fail.h"
#include "name.h"
#include "show.h"
#include "text.h"

#define HTTP_PORT 80

/* The next line; its text follows. */
static void begin_line(const char *name)
{
    (void)printf("%-17s : ", name);
}

static void show_line(const char *name, const char *text)
{
    begin_line(name);
    (void)printf("%s\n", text);
}

static void show_name(const char *label, struct lwcmp_bytes name)
{
    begin_line(label);
    lwcmp_cli_name_print(stdout, name);
    (void)putchar('\n');
}

static void show_anchors(struct lwcmp_bytes row)
{
    struct lwcmp_bytes der;
    struct lwcmp_cert cert;

    while (lwcmp_cert_next(&row, &der) && lwcmp_cert_read(&der, &cert) == 0) {
        show_name("trust anchor", cert.subject);
        lwcmp_cli_show_sha256(stdout, der);
    }
}

static void show_record(const struct lwcmp_factory *record)
{
    begin_line("server");
    (void)printf("http://%s", record->host);
    if (record->port != HTTP_PORT) {
        (void)printf(":%u", record->port);
    }
    (void)printf("%s\n", record->path);
    show_line("operation",
              record->label ? "goes behind the path" : "is not in the path");
    show_name("subject", record->subject);
    if (record->recipient.n > 0) {
        show_name("recipient", record->recipient);
    }
    show_anchors(record->anchors);
    show_line("other anchors",
              record->learn ? "learned with the secret" : "not learned");
    show_line("confirmation",
              record->implicit ? "implicit, if the CA agrees" : "explicit");
    show_line("after enrolment",
              record->keep_secret ? "the secret stays" : "the secret is wiped");
}

/* A wiped secret is as good as one that is there. */
static int show_secret(const struct lwcmp_cli_image *image)
{
    int code;

    if (image->secret_state == LWCMP_FACTORY_BLANK) {
        begin_line("secret");
        (void)printf("none at byte %zu: wiped, or another --block-size\n",
                     image->block_size);
        return 0;
    }
    code = lwcmp_cli_image_check_secret(image);
    if (!code) {
        begin_line("reference");
        lwcmp_cli_print(stdout, image->secret.reference, false);
        (void)putchar('\n');
        begin_line("secret");
        (void)printf("%zu bytes\n", image->secret.secret.n);
    }
    return code;
}

static int show(const struct lwcmp_cli_image *image)
{
    int code = lwcmp_cli_image_check_record(image);

    if (code) {
        return code;
    }
    if (psa_crypto_init() != PSA_SUCCESS) {
        return lwcmp_cli_fail(LWCMP_EXIT_INTERNAL, "PSA Crypto does not start");
    }
    show_record(&image->record);
    mbedtls_psa_crypto_free();
    return show_secret(image);
}

int lwcmp_cli_factory_show(const struct lwcmp_cli_options *options,
                           const char *path)
{
    static struct lwcmp_cli_image image;
    int code;

    image.path = path;
    image.block_size = options->block_size;
    code = lwcmp_cli_image_read(&image);
    if (!code) {
        code = show(&image);
    }
    lwcmp_wipe(&image, sizeof(image));
    return code;
}
