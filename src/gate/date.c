/* Calendar dates.
   SPDX-License-Identifier: MIT */

#include "gate/session.h"

/* The COUNT digits of S from START as a number, or -1. */
static int
digits_at(struct az_str s, size_t start, size_t count)
{
    int value = 0;

    for (size_t i = start; i < start + count; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return -1;
        value = value * 10 + (s.p[i] - '0');
    }
    return value;
}

bool
az_gate_is_date(struct az_str s)
{
    static const int days[] = {
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
    };
    int year, month, day, last;

    if (s.len != 10 || s.p[4] != '-' || s.p[7] != '-')
        return false;
    year = digits_at(s, 0, 4);
    month = digits_at(s, 5, 2);
    day = digits_at(s, 8, 2);
    if (year < 0 || month < 1 || month > 12 || day < 1)
        return false;
    last = days[month - 1];
    if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
        last++;
    return day <= last;
}
