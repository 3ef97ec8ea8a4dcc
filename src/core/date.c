/* Calendar dates and times.
   SPDX-License-Identifier: MIT */

#include "core/date.h"

/* Whether S has the form of PATTERN, in which 'd' stands for a digit. */
static bool
has_form(struct az_str s, const char *pattern)
{
    size_t i;

    for (i = 0; i < s.len && pattern[i] != '\0'; i++)
        if (pattern[i] == 'd' ? s.p[i] < '0' || s.p[i] > '9'
                              : s.p[i] != pattern[i])
            return false;
    return i == s.len && pattern[i] == '\0';
}

/* The COUNT digits of S from START as a number. */
static unsigned
number_at(struct az_str s, size_t start, size_t count)
{
    unsigned value = 0;
    size_t i;

    for (i = start; i < start + count; i++)
        value = value * 10 + (unsigned)(s.p[i] - '0');
    return value;
}

static unsigned
days_of(unsigned year, unsigned month)
{
    static const unsigned char days[] = { 31, 28, 31, 30, 31, 30,
                                          31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : days[month - 1];
}

bool
az_date_is_day(struct az_str s)
{
    unsigned month, day;

    if (!has_form(s, "dddd-dd-dd"))
        return false;
    month = number_at(s, 5, 2);
    day = number_at(s, 8, 2);
    return month >= 1 && month <= 12 && day >= 1 &&
           day <= days_of(number_at(s, 0, 4), month);
}

bool
az_date_is_time(struct az_str s)
{
    return has_form(s, "dddd-dd-ddTdd:dd:ddZ") &&
           az_date_is_day((struct az_str){ s.p, 10 }) &&
           number_at(s, 11, 2) < 24 && number_at(s, 14, 2) < 60 &&
           number_at(s, 17, 2) < 60;
}
