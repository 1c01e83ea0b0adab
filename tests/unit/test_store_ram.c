/* SPDX-License-Identifier: Apache-2.0 */
/* tests/double/store_ram.c: that the tests' own store is one. */
#include "store_ram.h"
#include "store_scenes.h"

static struct store_ram ram;

static int setup(void **state)
{
    (void)state;
    memset(&ram, 0, sizeof ram);
    store = store_ram(&ram);
    return 0;
}

/* RAM of the test's, not the device's: a reset leaves it. */
static void reopen(void)
{
    store = store_ram(&ram);
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
    const struct CMUnitTest tests[] = {STORE_SCENES};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
