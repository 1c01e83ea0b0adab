/* SPDX-License-Identifier: Apache-2.0 */
/*
 * FOR TESTS ONLY. An emulated machine without a generator takes its random
 * bytes from the computer that it runs on. A build for devices leaves this
 * file empty; it does not link until the board has an entropy source of its
 * own.
 */
#include "lwcmp/platform.h"

#if LWCMP_INSECURE_TEST_ENTROPY

#include "board.h"
#include "semihosting.h"

#define READ_BINARY 1u

static const char path[] = "/dev/urandom";

static void warn_once(void)
{
    static const char text[] = "\nWARNING: random bytes come from the host: "
                               "INSECURE, for tests only\n";
    static bool warned;

    if (!warned) {
        lwcmp_board_print(text, sizeof text - 1);
        warned = true;
    }
}

static int INSECURE_from_host(uint8_t *p, size_t n)
{
    uintptr_t open[] = {(uintptr_t)path, READ_BINARY, sizeof path - 1};
    intptr_t file = lwcmp_semihosting(SEMIHOSTING_OPEN, open);
    uintptr_t read[] = {(uintptr_t)file, (uintptr_t)p, n};
    intptr_t missing;

    if (file < 0) {
        return LWCMP_ERR_RANDOM;
    }
    missing = lwcmp_semihosting(SEMIHOSTING_READ, read);
    (void)lwcmp_semihosting(SEMIHOSTING_CLOSE, read);
    return missing ? LWCMP_ERR_RANDOM : LWCMP_OK;
}

int lwcmp_platform_entropy(uint8_t *p, size_t n)
{
    warn_once();
    return INSECURE_from_host(p, n);
}

#endif
