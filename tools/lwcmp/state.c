/* SPDX-License-Identifier: Apache-2.0 */
#include "state.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <psa/crypto.h>

#include "posix/psa_its.h"
#include "fail.h"

static int complain(const struct lwcmp_cli_state *state, int error)
{
    if (error == EWOULDBLOCK) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE,
                              "%s: another process is using it", state->path);
    }
    return lwcmp_cli_fail(LWCMP_EXIT_STORAGE, "%s: %s", state->path,
                          strerror(error));
}

static int start(struct lwcmp_cli_state *state)
{
    int error = lwcmp_posix_its_open(state->path);

    if (error) {
        return complain(state, error);
    }
    if (psa_crypto_init() != PSA_SUCCESS) {
        return lwcmp_cli_fail(LWCMP_EXIT_INTERNAL, "PSA Crypto does not start");
    }
    return 0;
}

int lwcmp_cli_state_open(struct lwcmp_cli_state *state,
                         const struct lwcmp_cli_options *options)
{
    int code;

    state->temporary = options->state == NULL;
    (void)snprintf(state->path, sizeof(state->path), "%s%s",
                   state->temporary ? options->certout : options->state,
                   state->temporary ? ".lwcmp" : "");
    if (options->operation == LWCMP_KUR && !options->cert &&
        access(state->path, F_OK) != 0) {
        return complain(state, ENOENT);
    }
    if (lwcmp_posix_store_open(&state->posix, &state->store, state->path)) {
        return complain(state, state->posix.error);
    }
    code = start(state);
    if (code) {
        lwcmp_cli_state_close(state, false);
    }
    return code;
}

/* Everything goes, and then the directory, which is nobody else's. */
static int erase(const char *path)
{
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = directory < 0 ? NULL : fdopendir(directory);
    const struct dirent *entry;

    if (!entries) {
        return errno;
    }
    while ((entry = readdir(entries)) != NULL) {
        if (entry->d_name[0] != '.') {
            (void)unlinkat(directory, entry->d_name, 0);
        }
    }
    (void)closedir(entries);
    return rmdir(path) == 0 ? 0 : errno;
}

void lwcmp_cli_state_close(struct lwcmp_cli_state *state, bool remove)
{
    int error = remove ? erase(state->path) : 0;

    if (error) {
        lwcmp_cli_note("%s cannot be removed: %s", state->path,
                       strerror(error));
    }
    mbedtls_psa_crypto_free();
    (void)lwcmp_posix_its_open(NULL);
    lwcmp_posix_store_close(&state->posix);
}
