/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A QEMU plugin that counts the instructions that a guest executes, by ranges
 * of addresses:
 *
 *     -plugin file=counter.so,out=FILE[,from=ADDRESS][,to=ADDRESS]
 *         [,range=NAME:LOW-HIGH]...
 *
 * Addresses are hexadecimal; HIGH is the first one behind. Ranges of the same
 * name are counted together; what is in none is "elsewhere". With from,
 * counting begins when the instruction there is executed (which counts), and
 * ends before that of to; again and again.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugin_api.h"

#define MAX_NAMES 256
#define MAX_RANGES 1024
#define NAME_SIZE 32

struct counter {
    char name[NAME_SIZE];
    uint64_t n;
};

struct range {
    uint64_t low, high;
    struct counter *counter;
};

int qemu_plugin_version = 1;

static struct counter counters[MAX_NAMES] = {{"elsewhere", 0}};
static size_t counter_count = 1;
static struct range ranges[MAX_RANGES];
static size_t range_count;

static const char *out;
static uint64_t from = UINT64_MAX, to = UINT64_MAX;
static bool counting = true;
static uint64_t begins;

/*
 * QEMU refuses a plugin that was made for too old a version: 1 is too old from
 * QEMU 9 on. It asks after loading, so that the version may be set here to one
 * that the running QEMU has.
 */
__attribute__((constructor)) static void choose_version(void)
{
    if (qemu_plugin_read_memory_vaddr) {
        qemu_plugin_version = 4;
    } else if (qemu_plugin_scoreboard_new) {
        qemu_plugin_version = 2;
    }
}

static void count(unsigned int cpu, void *context)
{
    (void)cpu;
    ((struct counter *)context)->n += counting;
}

static void begin(unsigned int cpu, void *context)
{
    (void)cpu;
    (void)context;
    begins++;
    counting = true;
}

static void end(unsigned int cpu, void *context)
{
    (void)cpu;
    (void)context;
    counting = false;
}

static struct counter *counter_at(uint64_t address)
{
    for (size_t i = 0; i < range_count; i++) {
        if (address >= ranges[i].low && address < ranges[i].high) {
            return ranges[i].counter;
        }
    }
    return &counters[0];
}

/* Callbacks of an instruction are called in the order of registration. */
static void translate(qemu_plugin_id_t id, struct qemu_plugin_tb *block)
{
    (void)id;
    for (size_t i = 0; i < qemu_plugin_tb_n_insns(block); i++) {
        struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(block, i);
        uint64_t address = qemu_plugin_insn_vaddr(insn);

        if (address == from) {
            qemu_plugin_register_vcpu_insn_exec_cb(
                insn, begin, QEMU_PLUGIN_CB_NO_REGS, NULL);
        }
        if (address == to) {
            qemu_plugin_register_vcpu_insn_exec_cb(
                insn, end, QEMU_PLUGIN_CB_NO_REGS, NULL);
        }
        qemu_plugin_register_vcpu_insn_exec_cb(
            insn, count, QEMU_PLUGIN_CB_NO_REGS, counter_at(address));
    }
}

static void report(qemu_plugin_id_t id, void *context)
{
    FILE *f = fopen(out, "w");
    uint64_t total = 0;

    (void)id;
    (void)context;
    if (!f) {
        perror(out);
        return;
    }
    for (size_t i = 0; i < counter_count; i++) {
        total += counters[i].n;
        fprintf(f, "%s %llu\n", counters[i].name,
                (unsigned long long)counters[i].n);
    }
    fprintf(f, "total %llu\n", (unsigned long long)total);
    if (from != UINT64_MAX) {
        fprintf(f, "begins %llu\n", (unsigned long long)begins);
    }
    fclose(f);
}

/* The counter of that name, a new one if need be; NULL without room. */
static struct counter *counter_named(const char *name, size_t n)
{
    struct counter *c;

    for (size_t i = 0; i < counter_count; i++) {
        if (strlen(counters[i].name) == n &&
            memcmp(counters[i].name, name, n) == 0) {
            return &counters[i];
        }
    }
    if (n >= NAME_SIZE || counter_count == MAX_NAMES) {
        return NULL;
    }
    c = &counters[counter_count++];
    memcpy(c->name, name, n);
    return c;
}

/* NAME:LOW-HIGH */
static bool add_range(const char *text)
{
    const char *colon = strchr(text, ':');
    struct range *r = &ranges[range_count];
    char *rest;

    if (!colon || range_count == MAX_RANGES) {
        return false;
    }
    r->counter = counter_named(text, (size_t)(colon - text));
    r->low = strtoull(colon + 1, &rest, 16);
    if (!r->counter || *rest != '-') {
        return false;
    }
    r->high = strtoull(rest + 1, &rest, 16);
    range_count++;
    return *rest == '\0' && r->low < r->high;
}

static bool read_address(const char *text, uint64_t *address)
{
    char *rest;

    *address = strtoull(text, &rest, 16);
    return rest != text && *rest == '\0';
}

static bool take_argument(const char *text)
{
    if (strncmp(text, "range=", 6) == 0) {
        return add_range(text + 6);
    }
    if (strncmp(text, "out=", 4) == 0) {
        out = text + 4;
        return true;
    }
    if (strncmp(text, "from=", 5) == 0) {
        counting = false;
        return read_address(text + 5, &from);
    }
    return strncmp(text, "to=", 3) == 0 && read_address(text + 3, &to);
}

int qemu_plugin_install(qemu_plugin_id_t id, const void *info, int argc,
                        char **argv)
{
    (void)info;
    for (int i = 0; i < argc; i++) {
        char *copy = strdup(argv[i]);

        if (!copy || !take_argument(copy)) {
            fprintf(stderr, "counter: wrong argument: %s\n", argv[i]);
            return 1;
        }
    }
    if (!out) {
        fprintf(stderr, "counter: out=FILE is missing\n");
        return 1;
    }
    qemu_plugin_register_vcpu_tb_trans_cb(id, translate);
    qemu_plugin_register_atexit_cb(id, report, NULL);
    return 0;
}
