/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How the factory record lies in flash, for those who read and write it;
 * docs/factory.md explains it. Numbers are big-endian.
 */
#ifndef LWCMP_FACTORY_LAYOUT_H
#define LWCMP_FACTORY_LAYOUT_H

#define LWCMP_FACTORY_RECORD_MAGIC "lwFR"
#define LWCMP_FACTORY_SECRET_MAGIC "lwFS"
#define LWCMP_FACTORY_LAYOUT 1 /* the version */

/* A part: the head, as many bytes of fields as it says, and the checksum. */
enum {
    LWCMP_FACTORY_AT_VERSION = 4,
    LWCMP_FACTORY_AT_FLAGS = 5,
    LWCMP_FACTORY_AT_LENGTH = 6, /* of the fields, two bytes */
    LWCMP_FACTORY_HEAD = 8,
    LWCMP_FACTORY_CRC = 4
};

/* Flags of the record; the secret has none. */
enum {
    LWCMP_FACTORY_LABEL = 1,
    LWCMP_FACTORY_LEARN = 2,
    LWCMP_FACTORY_IMPLICIT = 4,
    LWCMP_FACTORY_KEEP_SECRET = 8,
    LWCMP_FACTORY_FLAGS = 15
};

/* A field is a tag, two bytes of length, and the value, which has some. */
enum {
    LWCMP_FACTORY_FIELD_HEAD = 3,

    LWCMP_FACTORY_HOST = 1,
    LWCMP_FACTORY_PATH = 2,
    LWCMP_FACTORY_PORT = 3,
    LWCMP_FACTORY_SUBJECT = 4,
    LWCMP_FACTORY_RECIPIENT = 5,
    LWCMP_FACTORY_ANCHORS = 6,
    LWCMP_FACTORY_RECORD_TAGS = 6,

    LWCMP_FACTORY_REFERENCE = 1,
    LWCMP_FACTORY_SECRET = 2,
    LWCMP_FACTORY_SECRET_TAGS = 2
};

#endif
