/* SPDX-License-Identifier: Apache-2.0 */
/* An image of a factory record, read as a device would read it. */
#ifndef LWCMP_CLI_FACTORY_IMAGE_H
#define LWCMP_CLI_FACTORY_IMAGE_H

#include "factory/layout.h"
#include "factory/record.h"

/* The largest part that there can be. */
#define LWCMP_CLI_PART_MAX (LWCMP_FACTORY_HEAD + 65535 + LWCMP_FACTORY_CRC)

struct lwcmp_cli_image {
    const char *path;
    size_t block_size; /* where the secret begins */
    enum lwcmp_factory_state record_state, secret_state;
    struct lwcmp_factory record;
    struct lwcmp_factory_secret secret;
    uint8_t record_part[LWCMP_CLI_PART_MAX], secret_part[LWCMP_CLI_PART_MAX];
};

/*
 * Reads both parts, good or not, of the file that image->path names. The
 * caller wipes the image, after a failure as well.
 */
int lwcmp_cli_image_read(struct lwcmp_cli_image *image);

/* Say what is wrong with a part, if anything is. */
int lwcmp_cli_image_check_record(const struct lwcmp_cli_image *image);
int lwcmp_cli_image_check_secret(const struct lwcmp_cli_image *image);

#endif
