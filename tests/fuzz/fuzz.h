/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What fuzz targets share. A target is a file with LLVMFuzzerTestOneInput(),
 * linked once with libFuzzer and once with replay.c, which needs no fuzzer.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lwcmp/types.h"

/* Folder under tests/regress/ and tests/fuzz/corpus/. */
extern const char fuzz_name[];

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

/* Takes the input apart. When nothing is left, numbers are 0. */
uint8_t fuzz_u8(struct lwcmp_bytes *in);
uint16_t fuzz_u16(struct lwcmp_bytes *in);
struct lwcmp_bytes fuzz_take(struct lwcmp_bytes *in, size_t n);

/* A copy of exactly this size, for the address sanitizer. */
uint8_t *fuzz_copy(struct lwcmp_bytes b);

/* Whether a slice lies in what it was read from, or is absent. */
bool fuzz_within(struct lwcmp_bytes all, struct lwcmp_bytes slice);

#endif
