/* SPDX-License-Identifier: Apache-2.0 */
#include "gentime.h"

#include "der_in.h"

/* Month, day, hour, minute, second: the least and the most. */
#define FIELDS 5

static const uint8_t least[FIELDS] = {1, 1, 0, 0, 0};
static const uint8_t most[FIELDS] = {12, 31, 23, 59, 59};

static bool are_digits(const uint8_t *p, size_t n)
{
    while (n > 0 && p[n - 1] >= '0' && p[n - 1] <= '9') {
        n--;
    }
    return n == 0;
}

/* Of two digits. */
static unsigned number(const uint8_t *p)
{
    return (p[0] - '0') * 10u + (p[1] - '0');
}

/* Z, and before it a fraction, which has at least one digit. */
static bool is_end(const uint8_t *p, size_t n, bool fraction)
{
    if (fraction && n > 2 && p[0] == '.' && are_digits(p + 1, n - 2)) {
        p += n - 1;
        n = 1;
    }
    return n == 1 && p[0] == 'Z';
}

static bool is_leap(unsigned year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static unsigned days_of(unsigned year, unsigned month)
{
    if (month == 2) {
        return is_leap(year) ? 29 : 28;
    }
    /* From August on the long months are the even ones. */
    return 30 + ((month + month / 8) & 1);
}

/*
 * Days from 1970 to a day that is not earlier. The year begins in March here,
 * so that the leap day is its last: 153 days are five months from then on. The
 * last number is that of 1970-01-01 by the same count.
 */
static unsigned days(unsigned year, unsigned month, unsigned day)
{
    if (month < 3) {
        year--;
        month += 12;
    }
    return year * 365 + year / 4 - year / 100 + year / 400 +
           (153 * (month - 3) + 2) / 5 + day - 719469;
}

int lwcmp_time_read(uint8_t tag, const struct lwcmp_bytes *content,
                    uint64_t *seconds)
{
    const uint8_t *p = content->p;
    bool utc = tag == LWCMP_DER_UTC_TIME;
    size_t digits = utc ? 12 : 14;
    unsigned year;
    uint8_t f[FIELDS];

    if ((!utc && tag != LWCMP_DER_GENERALIZED_TIME) || content->n < digits ||
        !are_digits(p, digits) ||
        !is_end(p + digits, content->n - digits, !utc)) {
        return LWCMP_ERR_SYNTAX;
    }
    year = number(p);
    if (utc) {
        year += year < 50 ? 2000 : 1900; /* RFC 5280 4.1.2.5.1 */
    } else {
        p += 2;
        year = year * 100 + number(p);
    }
    for (size_t i = 0; i < FIELDS; i++) {
        p += 2;
        f[i] = (uint8_t)number(p);
        if (f[i] < least[i] || f[i] > most[i]) {
            return LWCMP_ERR_SYNTAX;
        }
    }
    if (f[1] > days_of(year, f[0])) {
        return LWCMP_ERR_SYNTAX;
    }
    *seconds = year < 1970 ? 0
                           : (uint64_t)days(year, f[0], f[1]) * 86400 +
                                 (f[2] * 60u + f[3]) * 60u + f[4];
    return 0;
}
