/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Test data of tests/vectors/. Tests run from the root of the tree. All bytes
 * lie in allocations of exactly their size, so that the address sanitizer
 * sees whoever reads past them.
 */
#ifndef VECTORS_H
#define VECTORS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "der_out.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Fails with the name of the case at hand. */
#define CHECK(condition)                                   \
    do {                                                   \
        if (!(condition)) {                                \
            fail_msg("%s: %s", vectors_where, #condition); \
        }                                                  \
    } while (0)
#define CHECK_INT(a, b) vectors_check_int((long)(a), (long)(b), #a)
#define CHECK_BYTES(a, b) vectors_check_bytes((a), (b), #a)
#define CHECK_FIELD(a, field) vectors_check_field((a), (field), #a)
#define CHECK_PLACE(whole, a, due) vectors_check_place((whole), (a), (due), #a)

/* The case at hand; vectors_each() names it after line and comment. */
extern char vectors_where[128];
void vectors_at(const char *format, ...);

void vectors_check_int(long is, long due, const char *what);
void vectors_check_bytes(struct lwcmp_bytes is, struct lwcmp_bytes due,
                         const char *what);

/* A field of vectors_each(): what vectors_hex() takes, or "-" for absent. */
void vectors_check_field(struct lwcmp_bytes is, const char *field,
                         const char *what);

/* Where a slice lies in the whole: "offset:length", or "-" for absent. */
void vectors_check_place(struct lwcmp_bytes whole, struct lwcmp_bytes is,
                         const char *due, const char *what);

/* That it puts just this, and fails in every smaller capacity. */
void vectors_check_put(void (*put)(struct lwcmp_der_out *o, const void *what),
                       const void *what, const char *hex);

/* A file of tests/vectors/; free all of these with vectors_free(). */
struct lwcmp_bytes vectors_file(const char *name);

/* The DER inside a PEM file. */
struct lwcmp_bytes vectors_pem(const char *name);

/* Hexadecimal digits; "+N" at the end stands for N more octets of zero. */
struct lwcmp_bytes vectors_hex(const char *hex);

struct lwcmp_bytes vectors_copy(const void *p, size_t n);
void vectors_free(struct lwcmp_bytes bytes);

/*
 * Hands over each line of a file in tests/vectors/, which has `count` fields
 * with blanks between them. # starts a comment. Fails if there is no line.
 */
void vectors_each(const char *name, size_t count,
                  void (*check)(char *const field[]));

/* "ok", or the name of an enum lwcmp_error without LWCMP_ERR_. */
int vectors_error(const char *name);

#endif
