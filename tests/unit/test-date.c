/* Days and times that exist, and others.
   SPDX-License-Identifier: MIT */

#include "support.h"

#include "core/date.h"

static const struct {
    const char *text;
    bool day;
    bool time;
} rows[] = {
    { "2024-02-29", true, false },
    { "2023-02-29", false, false },
    { "1900-02-29", false, false },
    { "2000-02-29", true, false },
    { "2026-12-31", true, false },
    { "2026-04-31", false, false },
    { "2026-00-10", false, false },
    { "2026-13-10", false, false },
    { "2026-01-00", false, false },
    { "2026-1-10", false, false },
    { "2026-01-1", false, false },
    { "2026/01/10", false, false },
    { "2026-01-10 ", false, false },
    { "", false, false },
    { "2026-02-28T06:53:00Z", false, true },
    { "2026-02-28T23:59:59Z", false, true },
    { "2026-02-28T24:00:00Z", false, false },
    { "2026-02-28T06:60:00Z", false, false },
    { "2026-02-28T06:53:60Z", false, false },
    { "2026-02-30T06:53:00Z", false, false },
    { "2026-02-28T06:53:00", false, false },
    { "2026-02-28t06:53:00z", false, false },
    { "2026-02-28T06:53:00+00:00", false, false },
};

START_TEST(tells)
{
    struct az_str text = az_str_from(rows[_i].text);

    ck_assert_msg(az_date_is_day(text) == rows[_i].day, "day: %s", text.p);
    ck_assert_msg(az_date_is_time(text) == rows[_i].time, "time: %s", text.p);
}
END_TEST

static const struct {
    int64_t seconds;
    const char *text; /* NULL: cannot be spelled */
} times[] = {
    { 0, "1970-01-01T00:00:00Z" },
    { 59, "1970-01-01T00:00:59Z" },
    { 86399, "1970-01-01T23:59:59Z" },
    { 86400, "1970-01-02T00:00:00Z" },
    { 68169599, "1972-02-28T23:59:59Z" },
    { 68169600, "1972-02-29T00:00:00Z" },
    { 68256000, "1972-03-01T00:00:00Z" },
    { 94694399, "1972-12-31T23:59:59Z" },
    { 951782400, "2000-02-29T00:00:00Z" },
    { 1772261580, "2026-02-28T06:53:00Z" },
    { 4107542400, "2100-03-01T00:00:00Z" },
    { 253402300799, "9999-12-31T23:59:59Z" },
    { 253402300800, NULL },
    { INT64_MAX, NULL },
    { -1, NULL },
};

START_TEST(spells)
{
    char text[AZ_DATE_TIME_SIZE];
    bool good = az_date_spell(times[_i].seconds, text);

    ck_assert_msg(good == (times[_i].text != NULL), "%lld",
                  (long long)times[_i].seconds);
    if (good)
        ck_assert_str_eq(text, times[_i].text);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("date");
    TCase *tcase = new_case(suite, "date");

    tcase_add_loop_test(tcase, tells, 0, COUNT(rows));
    tcase_add_loop_test(tcase, spells, 0, COUNT(times));
    return run_suite(suite);
}
