/* Calendar dates and times (RFC 3339, 5.6).
   SPDX-License-Identifier: MIT */

#ifndef AZ_CORE_DATE_H
#define AZ_CORE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/str.h"

/* Whether S is YYYY-MM-DD, a day of the Gregorian calendar.  Two of them are
   ordered as their texts are. */
bool az_date_is_day(struct az_str s);
/* The days of MONTH, 1 to 12, in YEAR. */
unsigned az_date_days(unsigned year, unsigned month);
/* Whether S is YYYY-MM-DDThh:mm:ssZ, a second of such a day; no leap second. */
bool az_date_is_time(struct az_str s);

#define AZ_DATE_TIME_SIZE sizeof("YYYY-MM-DDThh:mm:ssZ")
/* Writes the time SECONDS after the start of 1970, in UTC and without leap
   seconds as POSIX counts them, to TEXT.  False if its year is not 1970 to
   9999. */
bool az_date_spell(int64_t seconds, char text[static AZ_DATE_TIME_SIZE]);

/* Without a leap second. */
#define AZ_SECONDS_OF_DAY 86400

/* A day, or an instant in it. */
struct az_moment {
    int64_t day;     /* since the first of 1970, in UTC if there is a
                        time */
    bool has_time;   /* the rest is set */
    unsigned second; /* of the day, AZ_SECONDS_OF_DAY for a leap second */
    struct az_str fraction; /* digits of it, without zeros at the end */
};

/* The value of S, a full-date or date-time of RFC 3339, 5.6, borrowed.  False
   if it is neither, or is no day of the calendar or no second of one. */
bool az_moment_parse(struct az_str s, struct az_moment *ret);
/* The instant SECONDS after the start of 1970, as az_date_spell has it; before
   it if they are below 0. */
struct az_moment az_moment_of(int64_t seconds);
/* Below, at or above 0 as A is before, the same as or after B.  If one of them
   is a day, their days are compared. */
int az_moment_compare(const struct az_moment *a, const struct az_moment *b);
/* Whether A is after B, both of RFC 3339; false if one of them is no moment. */
bool az_moment_is_later(struct az_str a, struct az_str b);
/* MOMENT as YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ, fractions left out. */
#define AZ_MOMENT_SIZE 48
const char *az_moment_spell(const struct az_moment *moment,
                            char text[static AZ_MOMENT_SIZE]);

#endif
