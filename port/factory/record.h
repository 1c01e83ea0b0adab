/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The factory record: what a device is given before its first boot. It lies
 * in flash in two parts, each in an erase block of its own: the record, which
 * stays for life, and the secret, which goes when it is no longer needed.
 * docs/factory.md has the bytes.
 */
#ifndef LWCMP_FACTORY_RECORD_H
#define LWCMP_FACTORY_RECORD_H

#include "lwcmp/types.h"

enum lwcmp_factory_state {
    LWCMP_FACTORY_GOOD,
    LWCMP_FACTORY_BLANK,   /* erased flash: never written, or wiped */
    LWCMP_FACTORY_FOREIGN, /* something else is there */
    LWCMP_FACTORY_VERSION, /* written by a newer tool */
    LWCMP_FACTORY_SHORT,   /* cut short */
    LWCMP_FACTORY_DAMAGED, /* the checksum is wrong */
    LWCMP_FACTORY_FIELD    /* a field is missing, double or makes no sense */
};

/* The most characters of host and path, and bytes of the secret. */
#define LWCMP_FACTORY_HOST_MAX 127 /* what port/lwip looks up */
#define LWCMP_FACTORY_PATH_MAX 255
#define LWCMP_FACTORY_SECRET_MAX 128

/*
 * All slices and texts point into the flash that was read. There are anchors,
 * or they may be learned. DER is looked at from outside only: lwcmp_begin()
 * judges what is in it.
 */
struct lwcmp_factory {
    const char *host; /* name or IPv4 address */
    const char *path; /* begins with a slash */
    uint16_t port;    /* 80 unless said */
    bool label;       /* the operation goes behind the path (RFC 9483 6.1) */
    bool learn;       /* trust anchors may be learned with the secret */
    bool implicit;    /* ask for implicit confirmation */
    bool keep_secret; /* not wiped after enrolment */
    struct lwcmp_bytes subject;   /* DER Name of the certificate */
    struct lwcmp_bytes recipient; /* DER Name of the CA, or absent */
    struct lwcmp_bytes anchors;   /* DER certificates in a row, or absent */
};

struct lwcmp_factory_secret {
    struct lwcmp_bytes reference, secret;
};

/*
 * Reads the record that begins at flash.p; what lies behind it is ignored.
 * Unless it is good *factory means nothing.
 */
enum lwcmp_factory_state lwcmp_factory_read(struct lwcmp_bytes flash,
                                            struct lwcmp_factory *factory);

/* Likewise the secret. */
enum lwcmp_factory_state lwcmp_factory_read_secret(
    struct lwcmp_bytes flash, struct lwcmp_factory_secret *secret);

#endif
