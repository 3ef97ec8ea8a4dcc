/* Calendar dates and times.
   SPDX-License-Identifier: MIT */

#include "core/date.h"

#include <stdio.h>

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

static bool
is_leap(unsigned year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static unsigned
days_in(unsigned year)
{
    return is_leap(year) ? 366 : 365;
}

unsigned
az_date_days(unsigned year, unsigned month)
{
    static const unsigned char days[] = { 31, 28, 31, 30, 31, 30,
                                          31, 31, 30, 31, 30, 31 };

    return month == 2 && is_leap(year) ? 29 : days[month - 1];
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
           day <= az_date_days(number_at(s, 0, 4), month);
}

bool
az_date_is_time(struct az_str s)
{
    return has_form(s, "dddd-dd-ddTdd:dd:ddZ") &&
           az_date_is_day((struct az_str){ s.p, 10 }) &&
           number_at(s, 11, 2) < 24 && number_at(s, 14, 2) < 60 &&
           number_at(s, 17, 2) < 60;
}

/* gmtime_r would do, but reads the zone of the machine from a file first. */
bool
az_date_spell(int64_t seconds, char text[static AZ_DATE_TIME_SIZE])
{
    enum { DAY = 24 * 60 * 60 };
    int64_t days = seconds / DAY, rest = seconds % DAY;
    unsigned year = 1970, month = 1;
    int length;

    if (seconds < 0)
        return false;
    for (; days >= days_in(year); year++) {
        days -= days_in(year);
        if (year == 9999)
            return false;
    }
    for (; days >= az_date_days(year, month); month++)
        days -= az_date_days(year, month);
    length = snprintf(text, AZ_DATE_TIME_SIZE, "%04u-%02u-%02uT%02u:%02u:%02uZ",
                      year, month, (unsigned)days + 1, (unsigned)(rest / 3600),
                      (unsigned)(rest / 60 % 60), (unsigned)(rest % 60));
    return length == AZ_DATE_TIME_SIZE - 1;
}
