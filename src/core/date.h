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

#endif
