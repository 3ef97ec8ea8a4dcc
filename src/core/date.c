/* Calendar dates and times.
   SPDX-License-Identifier: MIT */

#include "core/date.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/ascii.h"

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

/* Years of 400 have the same days in each era of the calendar, and are counted
   from March, so that the leap day is the last of a year. */
enum { DAYS_OF_ERA = 146097, DAYS_TO_1970 = 719468 };

/* The days from the first of 1970 to a day of the Gregorian calendar. */
static int64_t
count_days(int64_t year, unsigned month, unsigned day)
{
    int64_t era;
    unsigned of_era, of_year;

    year -= month <= 2;
    era = (year >= 0 ? year : year - 399) / 400;
    of_era = (unsigned)(year - era * 400);
    of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * DAYS_OF_ERA +
           (int64_t)(of_era * 365 + of_era / 4 - of_era / 100 + of_year) -
           DAYS_TO_1970;
}

/* The other way round. */
static void
find_day(int64_t days, int64_t *ret_year, unsigned *ret_month,
         unsigned *ret_day)
{
    unsigned of_era, year, of_year, month;
    int64_t era;

    days += DAYS_TO_1970;
    era = (days >= 0 ? days : days - (DAYS_OF_ERA - 1)) / DAYS_OF_ERA;
    of_era = (unsigned)(days - era * DAYS_OF_ERA);
    year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    of_year = of_era - (365 * year + year / 4 - year / 100);
    month = (5 * of_year + 2) / 153;
    *ret_day = of_year - (153 * month + 2) / 5 + 1;
    *ret_month = month < 10 ? month + 3 : month - 9;
    *ret_year = era * 400 + year + (*ret_month <= 2);
}

struct az_moment
az_moment_of(int64_t seconds)
{
    int64_t day = seconds / AZ_SECONDS_OF_DAY;
    int64_t second = seconds % AZ_SECONDS_OF_DAY;

    if (second < 0) {
        day--;
        second += AZ_SECONDS_OF_DAY;
    }
    return (struct az_moment){ .day = day,
                               .has_time = true,
                               .second = (unsigned)second };
}

/* gmtime_r would do, but reads the zone of the machine from a file first. */
bool
az_date_spell(int64_t seconds, char text[static AZ_DATE_TIME_SIZE])
{
    struct az_moment moment = az_moment_of(seconds);
    char spelt[AZ_MOMENT_SIZE];

    if (seconds < 0 || moment.day >= count_days(10000, 1, 1))
        return false;
    memcpy(text, az_moment_spell(&moment, spelt), AZ_DATE_TIME_SIZE);
    return true;
}

/* Takes the zone at the end of a date-time: minutes east of UTC. */
static bool
parse_zone(struct az_str zone, int *ret)
{
    unsigned hour, minute;

    *ret = 0;
    if (zone.len == 1 && (zone.p[0] == 'Z' || zone.p[0] == 'z'))
        return true;
    if (!has_form(zone, "+dd:dd") && !has_form(zone, "-dd:dd"))
        return false;
    hour = number_at(zone, 1, 2);
    minute = number_at(zone, 4, 2);
    *ret = (int)(hour * 60 + minute) * (zone.p[0] == '-' ? -1 : 1);
    return hour < 24 && minute < 60;
}

/* Takes the fraction of a second, if S begins with one, off it; false if its
   digits are missing. */
static bool
take_fraction(struct az_str *s, struct az_str *ret)
{
    size_t length = 1;

    *ret = (struct az_str){ NULL, 0 };
    if (s->len == 0 || s->p[0] != '.')
        return true;
    while (length < s->len && az_is_digit(s->p[length]))
        length++;
    *ret = (struct az_str){ s->p + 1, length - 1 };
    s->p += length;
    s->len -= length;
    if (ret->len == 0)
        return false;
    while (ret->len > 0 && ret->p[ret->len - 1] == '0')
        ret->len--;
    return true;
}

/* Sets the time of MOMENT, whose day is a local one, from "hh:mm:ss...". */
static bool
parse_time(struct az_str s, struct az_moment *moment)
{
    unsigned hour, minute, second;
    int64_t seconds;
    struct az_str rest;
    int zone;

    if (s.len < 8 || !has_form((struct az_str){ s.p, 8 }, "dd:dd:dd"))
        return false;
    hour = number_at(s, 0, 2);
    minute = number_at(s, 3, 2);
    second = number_at(s, 6, 2);
    rest = (struct az_str){ s.p + 8, s.len - 8 };
    if (hour > 23 || minute > 59 || second > 60 ||
        !take_fraction(&rest, &moment->fraction) || !parse_zone(rest, &zone))
        return false;
    /* a leap second is looked at as the one before it, and put back */
    seconds = (int64_t)hour * 3600 + minute * 60 + second - (second == 60) -
              (int64_t)zone * 60;
    moment->day += seconds < 0 ? -1 : seconds >= AZ_SECONDS_OF_DAY ? 1 : 0;
    seconds = (seconds + AZ_SECONDS_OF_DAY) % AZ_SECONDS_OF_DAY;
    moment->second = (unsigned)seconds + (second == 60);
    moment->has_time = true;
    return second < 60 || moment->second == AZ_SECONDS_OF_DAY;
}

bool
az_moment_parse(struct az_str s, struct az_moment *ret)
{
    struct az_str day = { s.p, s.len < 10 ? s.len : 10 };

    *ret = (struct az_moment){ .has_time = false };
    if (!az_date_is_day(day))
        return false;
    ret->day =
        count_days(number_at(s, 0, 4), number_at(s, 5, 2), number_at(s, 8, 2));
    if (s.len == 10)
        return true;
    return (s.p[10] == 'T' || s.p[10] == 't') &&
           parse_time((struct az_str){ s.p + 11, s.len - 11 }, ret);
}

int
az_moment_compare(const struct az_moment *a, const struct az_moment *b)
{
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (!a->has_time || !b->has_time)
        return 0;
    if (a->second != b->second)
        return a->second < b->second ? -1 : 1;
    return az_str_compare(a->fraction, b->fraction);
}

bool
az_moment_is_later(struct az_str a, struct az_str b)
{
    struct az_moment left, right;

    return az_moment_parse(a, &left) && az_moment_parse(b, &right) &&
           az_moment_compare(&left, &right) > 0;
}

const char *
az_moment_spell(const struct az_moment *moment,
                char text[static AZ_MOMENT_SIZE])
{
    unsigned month, day, second = moment->second;
    unsigned leap = second == AZ_SECONDS_OF_DAY;
    int64_t year;
    int length;

    find_day(moment->day, &year, &month, &day);
    length = snprintf(text, AZ_MOMENT_SIZE, "%04" PRId64 "-%02u-%02u", year,
                      month, day);
    second -= leap;
    if (moment->has_time && length > 0)
        snprintf(text + length, AZ_MOMENT_SIZE - (size_t)length,
                 "T%02u:%02u:%02uZ", second / 3600, second / 60 % 60,
                 second % 60 + leap);
    return text;
}
