/* SPDX-License-Identifier: Apache-2.0 */
/* Tests that run on flash with program units of 4, 8, 16 and 32 bytes. */
#ifndef LOG_UNITS_H
#define LOG_UNITS_H

static uint32_t units[5] = {4, 8, 16, 0, 32}; /* where unit / 8 points */

/* An initializer of struct CMUnitTest; the test's state is the unit. */
#define WITH_UNIT(f, setup, unit)                                  \
    {                                                              \
        .name = #f " " #unit, .test_func = f, .setup_func = setup, \
        .initial_state = &units[unit / 8]                          \
    }

#endif
