/* The formats of dates, times and durations (RFC 3339).
   SPDX-License-Identifier: MIT */

#include "core/date.h"
#include "schema/formats.h"

struct day {
    unsigned year, month, day;
};

struct moment {
    unsigned hour, minute, second;
    int offset; /* of the zone, in minutes east of UTC */
};

enum { MINUTES_OF_DAY = 24 * 60 };

/* Takes exactly COUNT digits. */
static bool
take_digits(struct az_scan *scan, unsigned count, unsigned *ret)
{
    const char *what = count == 4 ? "four digits" : "two digits";

    for (*ret = 0; count > 0; count--) {
        if (!az_scan_sees_any(scan, AZ_SCAN_DIGIT))
            return az_scan_expected(scan, what);
        *ret = *ret * 10 + (unsigned)(*scan->p++ - '0');
    }
    return true;
}

static bool
take_mark(struct az_scan *scan, char mark, const char *what)
{
    return az_scan_take(scan, mark) || az_scan_expected(scan, what);
}

/* Takes two digits up to LARGEST, a number of NAME. */
static bool
take_part(struct az_scan *scan, const char *name, unsigned largest,
          unsigned *ret)
{
    if (!take_digits(scan, 2, ret))
        return false;
    return *ret <= largest ||
           az_scan_fail(scan, "the %s is %u, at most %u", name, *ret, largest);
}

/* full-date, which exists in the calendar. */
static bool
take_day(struct az_scan *scan, struct day *ret)
{
    static const char *const months[] = { "January", "February", "March",
                                          "April",   "May",      "June",
                                          "July",    "August",   "September",
                                          "October", "November", "December" };
    unsigned days;

    if (!take_digits(scan, 4, &ret->year) || !take_mark(scan, '-', "'-'") ||
        !take_digits(scan, 2, &ret->month) || !take_mark(scan, '-', "'-'") ||
        !take_digits(scan, 2, &ret->day))
        return false;
    if (ret->month < 1 || ret->month > 12)
        return az_scan_fail(scan, "there is no month %02u", ret->month);
    days = az_date_days(ret->year, ret->month);
    if (ret->day > days)
        return az_scan_fail(scan, "%s %04u has %u days", months[ret->month - 1],
                            ret->year, days);
    return ret->day > 0 || az_scan_fail(scan, "there is no day 00");
}

/* time-offset */
static bool
take_zone(struct az_scan *scan, int *ret)
{
    unsigned hour, minute;
    bool west = az_scan_sees(scan, '-');

    *ret = 0;
    if (az_scan_take_letter(scan, 'Z'))
        return true;
    if (!az_scan_take(scan, '-') && !az_scan_take(scan, '+'))
        return az_scan_expected(scan, "'Z' or an offset as '+01:00'");
    if (!take_part(scan, "hour of the offset", 23, &hour) ||
        !take_mark(scan, ':', "':'") ||
        !take_part(scan, "minute of the offset", 59, &minute))
        return false;
    *ret = (int)(hour * 60 + minute) * (west ? -1 : 1);
    return true;
}

/* Where MOMENT is in UTC: minutes since the day that it names began. */
static int
utc_minute(const struct moment *moment)
{
    return (int)(moment->hour * 60 + moment->minute) - moment->offset;
}

/* full-time: a leap second is the last one of a day in UTC. */
static bool
take_moment(struct az_scan *scan, struct moment *ret)
{
    if (!take_part(scan, "hour", 23, &ret->hour) ||
        !take_mark(scan, ':', "':'") ||
        !take_part(scan, "minute", 59, &ret->minute) ||
        !take_mark(scan, ':', "':'") ||
        !take_part(scan, "second", 60, &ret->second))
        return false;
    if (az_scan_take(scan, '.') && az_scan_skip(scan, AZ_SCAN_DIGIT) == 0)
        return az_scan_expected(scan, "a digit");
    if (!take_zone(scan, &ret->offset))
        return false;
    return ret->second < 60 ||
           (utc_minute(ret) + MINUTES_OF_DAY) % MINUTES_OF_DAY ==
               MINUTES_OF_DAY - 1 ||
           az_scan_fail(scan, "a leap second is only at 23:59:60 UTC");
}

/* A leap second is the last one of a month in UTC (5.7); east of it DAY may be
   the day after. */
static bool
may_leap(const struct day *day, const struct moment *moment)
{
    return utc_minute(moment) < 0
               ? day->day == 1
               : day->day == az_date_days(day->year, day->month);
}

bool
az_format_date(struct az_scan *scan)
{
    struct day day;

    return take_day(scan, &day) && az_scan_finish(scan);
}

bool
az_format_time(struct az_scan *scan)
{
    struct moment moment;

    return take_moment(scan, &moment) && az_scan_finish(scan);
}

bool
az_format_date_time(struct az_scan *scan)
{
    struct moment moment;
    struct day day;

    if (!take_day(scan, &day))
        return false;
    if (!az_scan_take_letter(scan, 'T'))
        return az_scan_expected(scan, "'T'");
    if (!take_moment(scan, &moment) || !az_scan_finish(scan))
        return false;
    return moment.second < 60 || may_leap(&day, &moment) ||
           az_scan_fail(scan,
                        "a leap second is only at the end of a month in UTC");
}

/* Takes "digits LETTER" for letters of UNITS in their order, without a gap; how
   many, or -1 when what follows the digits is none of them. */
static int
take_units(struct az_scan *scan, const char *units, const char *what)
{
    const char *unit = units;
    int count = 0;

    while (*unit != '\0' && az_scan_skip(scan, AZ_SCAN_DIGIT) > 0) {
        while (count == 0 && unit[1] != '\0' && !az_scan_sees(scan, *unit) &&
               !az_scan_sees(scan, (char)(*unit | 0x20)))
            unit++;
        if (!az_scan_take_letter(scan, *unit)) {
            az_scan_expected(scan, what);
            return -1;
        }
        unit++;
        count++;
    }
    return count;
}

/* Appendix A, where letters have no case (RFC 5234, 2.3).  A unit follows the
   next larger one only, and weeks stand alone. */
bool
az_format_duration(struct az_scan *scan)
{
    struct az_scan weeks;
    int count;

    if (!az_scan_take_letter(scan, 'P'))
        return az_scan_expected(scan, "'P'");
    weeks = *scan;
    if (az_scan_skip(&weeks, AZ_SCAN_DIGIT) > 0 &&
        az_scan_take_letter(&weeks, 'W')) {
        *scan = weeks;
        return az_scan_at_end(scan) || az_scan_fail(scan, "weeks stand alone");
    }
    count = take_units(scan, "YMD",
                       "years, months and days in this order, "
                       "without a gap,");
    if (count < 0)
        return false;
    if (count > 0 && az_scan_at_end(scan))
        return true;
    if (!az_scan_take_letter(scan, 'T'))
        return az_scan_expected(scan, count == 0 ? "a digit or 'T'" : "'T'");
    count = take_units(scan, "HMS",
                       "hours, minutes and seconds in this "
                       "order, without a gap,");
    if (count == 0)
        return az_scan_expected(scan, "a digit");
    return count > 0 && az_scan_finish(scan);
}
