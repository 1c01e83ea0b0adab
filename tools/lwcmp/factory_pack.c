/* SPDX-License-Identifier: Apache-2.0 */
/* From the options to an image of the factory record. */
#include "factory.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "crc/crc32.h"
#include "bytes.h"
#include "factory_image.h"
#include "fail.h"
#include "files.h"
#include "name.h"
#include "secret.h"
#include "url.h"

#define ROW_MAX 65535
#define HTTP_PORT "80"

/* What goes into the image, and the image. */
struct parcel {
    const struct lwcmp_cli_options *options;
    struct lwcmp_cli_url url;
    struct lwcmp_bytes subject, recipient, anchors;
    struct lwcmp_cli_secret secret;
    size_t n;

    /* What the slices point to. */
    uint8_t subject_room[LWCMP_CLI_NAME_MAX];
    uint8_t recipient_room[LWCMP_CLI_NAME_MAX];
    uint8_t anchors_room[ROW_MAX];

    uint8_t image[LWCMP_CLI_BLOCK_MAX + ROW_MAX];
};

/* A device looks up names and IPv4 addresses only, and speaks no TLS. */
static int read_url(struct parcel *parcel)
{
    const char *text = parcel->options->server;
    int code = lwcmp_cli_url_read(text, &parcel->url);

    if (!code && parcel->url.tls) {
        code = lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "--server %s: a device has no TLS. CMP protects "
                              "its messages itself: take http://",
                              text);
    }
    if (!code && strchr(parcel->url.host, ':')) {
        code = lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "--server %s: a device takes a name or an IPv4 "
                              "address",
                              text);
    }
    if (!code && strlen(parcel->url.host) > LWCMP_FACTORY_HOST_MAX) {
        code = lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "--server %s: the host name is longer than %d "
                              "characters",
                              text, LWCMP_FACTORY_HOST_MAX);
    }
    return code;
}

static int read_certificates(struct parcel *parcel)
{
    struct lwcmp_der_out row;
    int code;

    lwcmp_der_out_init(&row, parcel->anchors_room,
                       sizeof(parcel->anchors_room));
    code = lwcmp_cli_certificates_read_all(&parcel->options->trusted, &row);
    parcel->anchors = (struct lwcmp_bytes){row.p, row.n};
    return code;
}

static int read_wishes(struct parcel *parcel)
{
    const struct lwcmp_cli_options *o = parcel->options;
    int code = read_url(parcel);

    if (!code) {
        code = lwcmp_cli_name_read("--subject", o->subject,
                                   parcel->subject_room, &parcel->subject);
    }
    if (!code) {
        code = lwcmp_cli_name_read("--recipient", o->recipient,
                                   parcel->recipient_room, &parcel->recipient);
    }
    if (!code) {
        code = read_certificates(parcel);
    }
    return code ? code
                : lwcmp_cli_secret_read(&parcel->secret, "--secret", o->secret);
}

static void put_number(uint8_t p[2], size_t value)
{
    p[0] = (uint8_t)(value >> 8);
    p[1] = (uint8_t)value;
}

/* The head of a part; its length is put in when it is known. */
static void put_head(struct lwcmp_der_out *o, uint8_t *p, size_t cap,
                     const char *magic, uint8_t flags)
{
    const uint8_t head[] = {LWCMP_FACTORY_LAYOUT, flags, 0, 0};

    lwcmp_der_out_init(o, p, cap < ROW_MAX ? cap : ROW_MAX);
    lwcmp_der_put_raw(o, (const uint8_t *)magic, LWCMP_FACTORY_AT_VERSION);
    lwcmp_der_put_raw(o, head, sizeof(head));
}

/* One that is absent is left out. */
static void put_field(struct lwcmp_der_out *o, uint8_t tag, const void *p,
                      size_t n)
{
    uint8_t head[LWCMP_FACTORY_FIELD_HEAD] = {tag};

    if (n > 0) {
        put_number(head + 1, n);
        lwcmp_der_put_raw(o, head, sizeof(head));
        lwcmp_der_put_raw(o, p, n);
    }
}

static int put_checksum(struct lwcmp_der_out *o, const char *part)
{
    uint8_t sum[LWCMP_FACTORY_CRC];
    uint32_t crc;

    if (!o->err) {
        put_number(o->p + LWCMP_FACTORY_AT_LENGTH, o->n - LWCMP_FACTORY_HEAD);
        crc = lwcmp_crc32(0, o->p, o->n);
        put_number(sum, crc >> 16);
        put_number(sum + 2, crc);
        lwcmp_der_put_raw(o, sum, sizeof(sum));
    }
    return o->err ? lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                                   "the %s has no room in %zu bytes: give a "
                                   "larger --block-size, or less to trust",
                                   part, o->cap)
                  : 0;
}

static uint8_t flags_of(const struct parcel *parcel)
{
    const struct lwcmp_cli_options *o = parcel->options;
    bool label = o->label || (parcel->url.well_known && !o->no_label);

    return (uint8_t)((label ? LWCMP_FACTORY_LABEL : 0) |
                     (o->learn_anchors ? LWCMP_FACTORY_LEARN : 0) |
                     (o->implicit_confirm ? LWCMP_FACTORY_IMPLICIT : 0) |
                     (o->keep_secret ? LWCMP_FACTORY_KEEP_SECRET : 0));
}

static void put_port(struct lwcmp_der_out *o, const char *text)
{
    uint8_t port[2];

    if (strcmp(text, HTTP_PORT) != 0) {
        put_number(port, strtoul(text, NULL, 10));
        put_field(o, LWCMP_FACTORY_PORT, port, sizeof(port));
    }
}

static int put_record(struct parcel *parcel)
{
    const struct lwcmp_cli_url *url = &parcel->url;
    struct lwcmp_der_out o;

    put_head(&o, parcel->image, parcel->options->block_size,
             LWCMP_FACTORY_RECORD_MAGIC, flags_of(parcel));
    put_field(&o, LWCMP_FACTORY_HOST, url->host, strlen(url->host) + 1);
    put_field(&o, LWCMP_FACTORY_PATH, url->path, strlen(url->path) + 1);
    put_port(&o, url->port);
    put_field(&o, LWCMP_FACTORY_SUBJECT, parcel->subject.p, parcel->subject.n);
    put_field(&o, LWCMP_FACTORY_RECIPIENT, parcel->recipient.p,
              parcel->recipient.n);
    put_field(&o, LWCMP_FACTORY_ANCHORS, parcel->anchors.p, parcel->anchors.n);
    return put_checksum(&o, "record");
}

static int put_secret(struct parcel *parcel)
{
    const char *reference = parcel->options->ref;
    size_t block_size = parcel->options->block_size;
    struct lwcmp_der_out o;
    int code;

    put_head(&o, parcel->image + block_size, block_size,
             LWCMP_FACTORY_SECRET_MAGIC, 0);
    put_field(&o, LWCMP_FACTORY_REFERENCE, reference, strlen(reference));
    put_field(&o, LWCMP_FACTORY_SECRET, parcel->secret.p, parcel->secret.n);
    code = put_checksum(&o, "secret");
    parcel->n = block_size + o.n;
    return code;
}

/* What a device would not read does not leave the house. */
static int check_image(const struct lwcmp_cli_options *options)
{
    static struct lwcmp_cli_image image;
    int code;

    image.path = options->out;
    image.block_size = options->block_size;
    code = lwcmp_cli_image_read(&image);
    if (!code) {
        code = lwcmp_cli_image_check_record(&image);
    }
    if (!code) {
        code = lwcmp_cli_image_check_secret(&image);
    }
    lwcmp_wipe(&image, sizeof(image));
    if (code) {
        (void)unlink(options->out);
    }
    return code;
}

static int write_image(struct parcel *parcel)
{
    const char *path = parcel->options->out;
    int code = lwcmp_cli_file_create(
        path, (struct lwcmp_bytes){parcel->image, parcel->n});

    return code ? code : check_image(parcel->options);
}

int lwcmp_cli_factory_pack(const struct lwcmp_cli_options *options)
{
    static struct parcel parcel; /* too big for some stacks */
    int code;

    parcel.options = options;
    memset(parcel.image, 0xff, sizeof(parcel.image)); /* erased flash */
    code = read_wishes(&parcel);
    if (!code) {
        code = put_record(&parcel);
    }
    if (!code) {
        code = put_secret(&parcel);
    }
    if (!code) {
        code = write_image(&parcel);
    }
    lwcmp_wipe(&parcel, sizeof(parcel));
    return code;
}
