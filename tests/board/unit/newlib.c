/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What newlib asks of a system, for tests: a console, files of the computer
 * that runs the emulator, and a heap behind all other data.
 */
#include <errno.h>

#ifndef __PICOLIBC__

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "board.h"
#include "semihosting.h"

#define READ_BINARY 1u

extern char __heap_start[], __heap_end[]; /* from link.ld */

int _open(const char *path, int flags, int mode);
int _close(int file);
int _read(int file, char *p, int n);
int _write(int file, const char *p, int n);
int _lseek(int file, int offset, int whence);
int _fstat(int file, struct stat *st);
int _isatty(int file);
void *_sbrk(ptrdiff_t n);
void _exit(int status);
int _kill(int process, int signal);
int _getpid(void);

int _open(const char *path, int flags, int mode)
{
    uintptr_t arguments[] = {(uintptr_t)path, READ_BINARY, strlen(path)};

    (void)mode;
    if ((flags & O_ACCMODE) != O_RDONLY) {
        errno = EROFS;
        return -1;
    }
    errno = ENOENT;
    return (int)lwcmp_semihosting(SEMIHOSTING_OPEN, arguments);
}

int _close(int file)
{
    uintptr_t arguments[] = {(uintptr_t)file};

    return (int)lwcmp_semihosting(SEMIHOSTING_CLOSE, arguments);
}

int _read(int file, char *p, int n)
{
    uintptr_t arguments[] = {(uintptr_t)file, (uintptr_t)p, (uintptr_t)n};

    return n - (int)lwcmp_semihosting(SEMIHOSTING_READ, arguments);
}

int _write(int file, const char *p, int n)
{
    (void)file;
    lwcmp_board_print(p, (size_t)n);
    return n;
}

int _lseek(int file, int offset, int whence)
{
    (void)file;
    (void)offset;
    (void)whence;
    errno = ESPIPE;
    return -1;
}

int _fstat(int file, struct stat *st)
{
    memset(st, 0, sizeof *st);
    st->st_mode = _isatty(file) ? S_IFCHR : S_IFREG;
    return 0;
}

int _isatty(int file)
{
    return file <= 2;
}

void *_sbrk(ptrdiff_t n)
{
    static char *end = __heap_start;
    char *old = end;

    if (n > __heap_end - end) {
        errno = ENOMEM;
        return (void *)-1;
    }
    end += n;
    return old;
}

void _exit(int status)
{
    lwcmp_board_stop(status);
}

int _kill(int process, int signal)
{
    (void)process;
    (void)signal;
    errno = EINVAL;
    return -1;
}

int _getpid(void)
{
    return 1;
}

#endif
