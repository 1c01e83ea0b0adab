/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What only an emulated board has: words on a command line, an exit status, a
 * power cut on demand. No file of a real board includes this.
 */
#ifndef LWCMP_EMULATOR_H
#define LWCMP_EMULATOR_H

#include <stdbool.h>
#include <stdint.h>

/* Exit statuses beside those of the program. */
#define LWCMP_EMULATOR_FAULT 41
#define LWCMP_EMULATOR_CUT 42

/* Whether the word is on the command line. */
bool lwcmp_emulator_word(const char *word);

/* The number N of the word NAME=N, or 0. */
uint32_t lwcmp_emulator_number(const char *name);

/* Ends the emulator. */
void lwcmp_emulator_exit(int status) __attribute__((noreturn));

/* Prints NAME=WORD, in hex. */
void lwcmp_emulator_print(const char *name, uint32_t word);

/*
 * To be called before each unit that is programmed and each block that is
 * erased. With the word cut=N the N-th of them does not happen: the machine
 * stops with LWCMP_EMULATOR_CUT.
 */
void lwcmp_emulator_cut(void);

#endif
