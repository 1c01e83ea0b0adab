/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The few functions of QEMU's plugin interface that are used here, declared
 * again since distributions ship no header of it. They have not changed from
 * version 1 of the interface (QEMU 7.2) to version 4 (QEMU 10).
 */
#ifndef PLUGIN_API_H
#define PLUGIN_API_H

#include <stddef.h>
#include <stdint.h>

#define PLUGIN_EXPORT __attribute__((visibility("default")))

typedef uint64_t qemu_plugin_id_t;

struct qemu_plugin_tb;
struct qemu_plugin_insn;

/* What a callback does with registers: nothing. */
#define QEMU_PLUGIN_CB_NO_REGS 0

typedef void (*plugin_translate)(qemu_plugin_id_t id,
                                 struct qemu_plugin_tb *block);
typedef void (*plugin_execute)(unsigned int cpu, void *context);
typedef void (*plugin_exit)(qemu_plugin_id_t id, void *context);

/* From QEMU. */
void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id,
                                           plugin_translate f);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *block);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(
    const struct qemu_plugin_tb *block, size_t i);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn,
                                            plugin_execute f, int registers,
                                            void *context);
void qemu_plugin_register_atexit_cb(qemu_plugin_id_t id, plugin_exit f,
                                    void *context);

/* Only there from version 2, or version 4, on. */
void *qemu_plugin_scoreboard_new(size_t element_size) __attribute__((weak));
int qemu_plugin_read_memory_vaddr(uint64_t address, void *data, size_t n)
    __attribute__((weak));

/* To QEMU: the version that we are made for, and the entry. */
PLUGIN_EXPORT extern int qemu_plugin_version;
PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const void *info,
                                      int argc, char **argv);

#endif
