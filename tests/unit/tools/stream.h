/* SPDX-License-Identifier: Apache-2.0 */
/* What a function writes to a stream; behind complaint.h. */
#ifndef LWCMP_TESTS_STREAM_H
#define LWCMP_TESTS_STREAM_H

#include <stdio.h>

static inline FILE *stream_begin(void)
{
    FILE *f = tmpfile();

    assert_non_null(f);
    return f;
}

static inline void assert_wrote(FILE *f, const char *text)
{
    char got[1024];
    size_t n;

    rewind(f);
    n = fread(got, 1, sizeof(got) - 1, f);
    got[n] = '\0';
    assert_string_equal(got, text);
    (void)fclose(f);
}

#endif
