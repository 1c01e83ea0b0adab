/* SPDX-License-Identifier: Apache-2.0 */
#include "state.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
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

/* A file that says that this program has made the directory for one run. */
#define MARK "temporary"

static bool has_mark(const char *path)
{
    char mark[LWCMP_CLI_TEXT_MAX + 32];
    int n = snprintf(mark, sizeof(mark), "%s/" MARK, path);

    return n > 0 && (size_t)n < sizeof(mark) && access(mark, F_OK) == 0;
}

static int put_mark(const char *path)
{
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int fd, error = 0;

    if (directory < 0) {
        return errno;
    }
    fd = openat(directory, MARK, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        error = errno;
    } else {
        (void)close(fd);
    }
    (void)close(directory);
    return error;
}

/*
 * Keys and anchors are going to lie there, so it has to be a directory of the
 * user's own that nobody else writes to; the one of a single run, which is
 * going to be removed, has to be of our making.
 */
static int check_place(struct lwcmp_cli_state *state)
{
    struct stat s;

    state->was_there = lstat(state->path, &s) == 0;
    if (!state->was_there) {
        return 0;
    }
    if (!state->temporary && stat(state->path, &s) != 0) {
        return complain(state, errno);
    }
    if (!S_ISDIR(s.st_mode) || s.st_uid != geteuid() ||
        (s.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE,
                              "%s: not a directory of yours that nobody else "
                              "can write to",
                              state->path);
    }
    if (state->temporary && !has_mark(state->path)) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE,
                              "%s is in the way; name a place by --state",
                              state->path);
    }
    return 0;
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

static int open_store(struct lwcmp_cli_state *state)
{
    int error, code = check_place(state);

    if (code) {
        return code;
    }
    if (lwcmp_posix_store_open(&state->posix, &state->store, state->path)) {
        return complain(state, state->posix.error);
    }
    if (state->temporary && !state->was_there) {
        error = put_mark(state->path);
        if (error) {
            lwcmp_posix_store_close(&state->posix);
            return complain(state, error);
        }
    }
    return 0;
}

/* Beside what a run of the same command writes; else in this directory. */
static const char *name_of_run(const struct lwcmp_cli_options *options)
{
    if (options->certout) {
        return options->certout;
    }
    if (options->infoout) {
        return options->infoout;
    }
    return options->anchorsout ? options->anchorsout
                               : lwcmp_cli_verb_name(options->verb);
}

int lwcmp_cli_state_open(struct lwcmp_cli_state *state,
                         const struct lwcmp_cli_options *options)
{
    int code;

    state->temporary = options->state == NULL;
    (void)snprintf(state->path, sizeof(state->path), "%s%s",
                   state->temporary ? name_of_run(options) : options->state,
                   state->temporary ? ".lwcmp" : "");
    /* The identity in it is to sign. */
    if (!options->cert && !options->secret && access(state->path, F_OK) != 0) {
        return complain(state, ENOENT);
    }
    code = open_store(state);
    if (code) {
        return code;
    }
    code = start(state);
    if (code) {
        lwcmp_cli_state_close(state, false);
    }
    return code;
}

/* Whether a file is one that a state directory is made of. */
static bool is_ours(const char *name)
{
    static const char *const names[] = {"journal", "cert-1", "cert-2",
                                        "anchors", "signer", "life",
                                        "errand",  "lock",   MARK};
    static const char temporary[] = ".lwcmp-new";
    size_t n = strlen(name);

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return strncmp(name, "key-", 4) == 0 ||
           (n >= sizeof(temporary) &&
            strcmp(name + n + 1 - sizeof(temporary), temporary) == 0);
}

/* What we have put there goes, and then the directory. */
static int erase(const char *path)
{
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *entries = directory < 0 ? NULL : fdopendir(directory);
    const struct dirent *entry;

    if (!entries) {
        return errno;
    }
    while ((entry = readdir(entries)) != NULL) {
        if (is_ours(entry->d_name)) {
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
