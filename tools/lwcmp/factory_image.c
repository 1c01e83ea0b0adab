/* SPDX-License-Identifier: Apache-2.0 */
#include "factory_image.h"

#include <fcntl.h>
#include <string.h>

#include "posix/file.h"
#include "cert.h"
#include "fail.h"

static int read_part(const struct lwcmp_cli_image *image, size_t offset,
                     uint8_t room[LWCMP_CLI_PART_MAX], struct lwcmp_bytes *part)
{
    size_t cap = image->block_size < LWCMP_CLI_PART_MAX ? image->block_size
                                                        : LWCMP_CLI_PART_MAX;
    size_t size;
    int error = lwcmp_posix_file_read(AT_FDCWD, image->path, offset, room, cap,
                                      &part->n, &size);

    part->p = room;
    return error ? lwcmp_cli_fail(LWCMP_EXIT_STORAGE, "%s: %s", image->path,
                                  strerror(error))
                 : 0;
}

int lwcmp_cli_image_read(struct lwcmp_cli_image *image)
{
    struct lwcmp_bytes record = {NULL, 0}, secret = {NULL, 0};
    int code = read_part(image, 0, image->record_part, &record);

    if (!code) {
        code = read_part(image, image->block_size, image->secret_part, &secret);
    }
    if (!code) {
        image->record_state = lwcmp_factory_read(record, &image->record);
        image->secret_state = lwcmp_factory_read_secret(secret, &image->secret);
    }
    return code;
}

static int complain(const struct lwcmp_cli_image *image, const char *part,
                    size_t offset, const char *what)
{
    return lwcmp_cli_fail(LWCMP_EXIT_STORAGE, "%s: the %s at byte %zu %s",
                          image->path, part, offset, what);
}

/* What is wrong in this state, or NULL. */
static const char *explain(enum lwcmp_factory_state state)
{
    switch (state) {
    case LWCMP_FACTORY_GOOD:
        break;
    case LWCMP_FACTORY_BLANK:
        return "is missing: there is nothing but erased flash";
    case LWCMP_FACTORY_FOREIGN:
        return "is missing: something else is there";
    case LWCMP_FACTORY_VERSION:
        return "was written by a newer lwcmp, or is damaged";
    case LWCMP_FACTORY_SHORT:
        return "is cut short";
    case LWCMP_FACTORY_DAMAGED:
        return "is damaged: its checksum is wrong";
    case LWCMP_FACTORY_FIELD:
        return "makes no sense: a field is missing, double, out of order or "
               "has a wrong value";
    }
    return NULL;
}

static bool are_certificates(struct lwcmp_bytes row)
{
    struct lwcmp_cert cert;
    struct lwcmp_bytes der;

    while (row.n > 0) {
        if (!lwcmp_cert_next(&row, &der) || lwcmp_cert_read(&der, &cert)) {
            return false;
        }
    }
    return true;
}

/* What the device itself finds out only when it begins a transaction. */
static const char *explain_der(const struct lwcmp_factory *record)
{
    if (lwcmp_cert_check_name(&record->subject)) {
        return "has a subject that is no X.501 name";
    }
    if (record->recipient.n > 0 && lwcmp_cert_check_name(&record->recipient)) {
        return "has a recipient that is no X.501 name";
    }
    return are_certificates(record->anchors)
               ? NULL
               : "has a trust anchor that is no X.509 certificate";
}

int lwcmp_cli_image_check_record(const struct lwcmp_cli_image *image)
{
    const char *wrong = explain(image->record_state);

    if (!wrong) {
        wrong = explain_der(&image->record);
    }
    return wrong ? complain(image, "record", 0, wrong) : 0;
}

int lwcmp_cli_image_check_secret(const struct lwcmp_cli_image *image)
{
    const char *wrong = explain(image->secret_state);

    return wrong ? complain(image, "secret", image->block_size, wrong) : 0;
}
