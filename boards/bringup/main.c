/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Proves a board's own code, step by step, before the application needs it:
 * docs/porting.md goes through the lines that it prints. The last block of the
 * store is written to.
 */
#include "bringup.h"
#include "say.h"

/* One line for each step; the first that fails ends it. */
static const struct {
    const char *name;
    bool (*passes)(void);
} steps[] = {
    {"time", lwcmp_bringup_time},         {"entropy", lwcmp_bringup_entropy},
    {"flash", lwcmp_bringup_flash},       {"kept", lwcmp_bringup_kept},
    {"ethernet", lwcmp_bringup_ethernet}, {"stack", lwcmp_bringup_stack},
};

int main(void)
{
    lwcmp_board_begin();
    lwcmp_say_text(lwcmp_board_name);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        bool good;

        lwcmp_say_text("\n");
        lwcmp_say_text(steps[i].name);
        lwcmp_say_text(": ");
        good = steps[i].passes();
        lwcmp_say_text(good ? ", ok" : ", FAILED\n");
        if (!good) {
            return 1;
        }
    }
    lwcmp_say_text("\nall ok\n");
    return 0;
}
