/* Calendar dates and times (RFC 3339, 5.6).
   SPDX-License-Identifier: MIT */

#ifndef AZ_CORE_DATE_H
#define AZ_CORE_DATE_H

#include <stdbool.h>

#include "core/str.h"

/* Whether S is YYYY-MM-DD, a day of the Gregorian calendar.  Two of them are
   ordered as their texts are. */
bool az_date_is_day(struct az_str s);
/* Whether S is YYYY-MM-DDThh:mm:ssZ, a second of such a day; no leap second. */
bool az_date_is_time(struct az_str s);

#endif
