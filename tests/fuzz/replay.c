/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a fuzz target over recorded inputs, one test each: what fuzzing has
 * found (tests/regress/) and what it has found worth keeping.
 */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>

#define MAX_FILES 1000
#define MAX_SIZE 65536

static struct CMUnitTest tests[MAX_FILES + 1];
static size_t count;

static void replay(void **state)
{
    static uint8_t buffer[MAX_SIZE];
    FILE *f = fopen(*state, "rb");
    size_t n;

    assert_non_null(f);
    n = fread(buffer, 1, sizeof buffer, f);
    fclose(f);
    assert_in_range(n, 0, sizeof buffer - 1);
    assert_int_equal(LLVMFuzzerTestOneInput(buffer, n), 0);
}

static void replay_nothing(void **state)
{
    (void)state;
    assert_int_equal(LLVMFuzzerTestOneInput((const uint8_t *)"", 0), 0);
}

/* A folder that is not there has no files. */
static void add_folder(const char *name)
{
    DIR *folder = opendir(name);
    struct dirent *entry;

    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        size_t size = strlen(name) + strlen(entry->d_name) + 2;
        char *path;

        if (entry->d_name[0] == '.') {
            continue;
        }
        path = malloc(size);
        assert_true(path != NULL && count < MAX_FILES);
        snprintf(path, size, "%s/%s", name, entry->d_name);
        tests[count].name = path;
        tests[count].test_func = replay;
        tests[count].initial_state = path;
        count++;
    }
    if (folder != NULL) {
        closedir(folder);
    }
}

int main(void)
{
    char folder[64];
    int failed;

    snprintf(folder, sizeof folder, "tests/regress/%s", fuzz_name);
    add_folder(folder);
    snprintf(folder, sizeof folder, "tests/fuzz/corpus/%s", fuzz_name);
    add_folder(folder);
    tests[count].name = "nothing";
    tests[count++].test_func = replay_nothing;
    failed = _cmocka_run_group_tests(fuzz_name, tests, count, NULL, NULL);
    for (size_t i = 0; i + 1 < count; i++) {
        free(tests[i].initial_state);
    }
    return failed;
}
