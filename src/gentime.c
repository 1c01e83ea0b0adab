/* SPDX-License-Identifier: Apache-2.0 */
#include "gentime.h"

#include "der_in.h"

enum {
    CENTURY,
    YEAR,
    MONTH,
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    FIELDS
};

static const uint8_t least[FIELDS] = {0, 0, 1, 1, 0, 0, 0};
static const uint8_t most[FIELDS] = {99, 99, 12, 31, 23, 59, 59};

static bool is_digit(uint8_t octet)
{
    return octet >= '0' && octet <= '9';
}

/* Two digits each; UTCTime has no century (RFC 5280 4.1.2.5.1). */
static const uint8_t *read_fields(const uint8_t *p, bool utc, uint8_t *field)
{
    for (size_t i = utc ? YEAR : CENTURY; i < FIELDS; i++) {
        field[i] = (uint8_t)((p[0] - '0') * 10 + (p[1] - '0'));
        if (!is_digit(p[0]) || !is_digit(p[1]) || field[i] < least[i] ||
            field[i] > most[i]) {
            return NULL;
        }
        p += 2;
    }
    if (utc) {
        field[CENTURY] = field[YEAR] < 50 ? 20 : 19;
    }
    return p;
}

/* Z, and before it maybe a fraction, which has at least one digit. */
static bool is_end(const uint8_t *p, size_t n, bool utc)
{
    if (!utc && n > 2 && *p == '.') {
        do {
            p++;
            n--;
        } while (n > 1 && is_digit(*p));
    }
    return n == 1 && *p == 'Z';
}

/*
 * The number of a day, counted from a 1st of March before the year 0. A year
 * begins in March here, so that the leap day is its last; 153 days are any
 * five months from then on. Month 13 is the next January.
 */
static unsigned day_number(unsigned year, unsigned month, unsigned day)
{
    year += 400; /* the calendar repeats itself after so many */
    if (month < 3) {
        year--;
        month += 12;
    }
    return year * 365 + year / 4 - year / 100 + year / 400 +
           (153 * (month - 3) + 2) / 5 + day;
}

#define DAY_1970 865566u /* 1970-01-01 by that count */

int lwcmp_time_read(uint8_t tag, const struct lwcmp_bytes *content,
                    uint64_t *seconds)
{
    bool utc = tag == LWCMP_DER_UTC_TIME;
    size_t digits = utc ? 12 : 14;
    uint8_t f[FIELDS];
    const uint8_t *p;
    unsigned year;
    unsigned day;

    if ((!utc && tag != LWCMP_DER_GENERALIZED_TIME) || content->n < digits) {
        return LWCMP_ERR_SYNTAX;
    }
    p = read_fields(content->p, utc, f);
    if (p == NULL || !is_end(p, content->n - digits, utc)) {
        return LWCMP_ERR_SYNTAX;
    }
    year = f[CENTURY] * 100u + f[YEAR];
    day = day_number(year, f[MONTH], f[DAY]);
    if (day >= day_number(year, f[MONTH] + 1u, 1)) {
        return LWCMP_ERR_SYNTAX; /* the month has no such day */
    }
    *seconds = day < DAY_1970
                   ? 0
                   : (uint64_t)(day - DAY_1970) * 86400 +
                         (f[HOUR] * 60u + f[MINUTE]) * 60u + f[SECOND];
    return 0;
}
