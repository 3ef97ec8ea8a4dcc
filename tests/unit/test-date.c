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

/* Seconds, and the day and its second that they are of. */
static const struct {
    int64_t seconds, day;
    unsigned second;
} instants[] = {
    { 0, 0, 0 },
    { 86399, 0, 86399 },
    { 86400, 1, 0 },
    { -1, -1, 86399 },
    { -86400, -1, 0 },
    { -86401, -2, 86399 },
    { 1772261580, 20512, 24780 },
};

START_TEST(counts_seconds)
{
    struct az_moment moment = az_moment_of(instants[_i].seconds);

    ck_assert(moment.has_time && moment.fraction.len == 0);
    ck_assert_msg(moment.day == instants[_i].day &&
                      moment.second == instants[_i].second,
                  "%lld", (long long)instants[_i].seconds);
}
END_TEST

/* Moments in order; those of one group are the same. */
static const struct {
    int group;
    const char *text;
    const char *spelt;
} moments[] = {
    { 0, "0000-01-01", "0000-01-01" },
    { 1, "1600-02-29", "1600-02-29" },
    { 2, "1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59Z" },
    { 3, "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z" },
    { 4, "2000-02-29T12:00:00Z", "2000-02-29T12:00:00Z" },
    { 4, "2000-02-29t21:00:00+09:00", "2000-02-29T12:00:00Z" },
    { 4, "2000-02-29T12:00:00.000z", "2000-02-29T12:00:00Z" },
    { 4, "2000-02-28T12:01:00-23:59", "2000-02-29T12:00:00Z" },
    { 5, "2000-02-29T12:00:00.09Z", "2000-02-29T12:00:00Z" },
    { 6, "2000-02-29T12:00:00.1Z", "2000-02-29T12:00:00Z" },
    { 7, "2000-03-01T00:00:00+00:00", "2000-03-01T00:00:00Z" },
    { 8, "2016-12-31T23:59:59Z", "2016-12-31T23:59:59Z" },
    { 9, "2016-12-31T23:59:60Z", "2016-12-31T23:59:60Z" },
    { 9, "2017-01-01T08:59:60+09:00", "2016-12-31T23:59:60Z" },
    { 10, "2017-01-01T00:00:00Z", "2017-01-01T00:00:00Z" },
    { 11, "9999-12-31T23:59:59-01:00", "10000-01-01T00:59:59Z" },
};

START_TEST(is_in_order)
{
    char text[AZ_MOMENT_SIZE];
    struct az_moment moment, other;
    int order, i;

    ck_assert(az_moment_parse(az_str_from(moments[_i].text), &moment));
    ck_assert_str_eq(az_moment_spell(&moment, text), moments[_i].spelt);
    for (i = 0; i < (int)COUNT(moments); i++) {
        ck_assert(az_moment_parse(az_str_from(moments[i].text), &other));
        order = az_moment_compare(&moment, &other);
        ck_assert_msg((order > 0) == (moments[_i].group > moments[i].group) &&
                          (order < 0) == (moments[_i].group < moments[i].group),
                      "%s, %s: %d", moments[_i].text, moments[i].text, order);
        ck_assert(az_moment_is_later(az_str_from(moments[_i].text),
                                     az_str_from(moments[i].text)) ==
                  (order > 0));
    }
}
END_TEST

START_TEST(day_holds_its_times)
{
    struct az_moment day, noon;

    ck_assert(az_moment_parse(AZ_STR("2026-11-21"), &day));
    ck_assert(az_moment_parse(AZ_STR("2026-11-21T23:59:59Z"), &noon));
    ck_assert_int_eq(az_moment_compare(&day, &noon), 0);
    ck_assert(az_moment_parse(AZ_STR("2026-11-21T23:59:59-01:00"), &noon));
    ck_assert_int_lt(az_moment_compare(&day, &noon), 0);
}
END_TEST

START_TEST(nothing_is_later_than_no_moment)
{
    ck_assert(!az_moment_is_later(AZ_STR("2026-11-21"), AZ_STR("")));
    ck_assert(!az_moment_is_later(AZ_STR("tomorrow"), AZ_STR("2026-11-21")));
}
END_TEST

/* Each day from 1 March 0000 on is the one after the last. */
START_TEST(days_follow)
{
    struct az_moment moment = { .day = -719468 }, again;
    char text[AZ_MOMENT_SIZE];

    for (; moment.day < 2932897; moment.day += 97) {
        ck_assert(az_moment_parse(az_str_from(az_moment_spell(&moment, text)),
                                  &again));
        ck_assert_int_eq(again.day, moment.day);
    }
}
END_TEST

static const char *const no_moments[] = {
    "",
    "2026-02-29",
    "2026-01-10T",
    "2026-01-10 00:00:00Z",
    "2026-01-10T00:00:00",
    "2026-01-10T00:00Z",
    "2026-01-10T24:00:00Z",
    "2026-01-10T00:60:00Z",
    "2026-01-10T00:00:61Z",
    "2026-01-10T00:00:60Z",
    "2026-01-10T23:59:60+01:00",
    "2026-01-10T00:00:00.Z",
    "2026-01-10T00:00:00,5Z",
    "2026-01-10T00:00:00+1:00",
    "2026-01-10T00:00:00+24:00",
    "2026-01-10T00:00:00+00:60",
    "2026-01-10T00:00:00Z ",
};

START_TEST(is_none)
{
    struct az_moment moment;

    ck_assert_msg(!az_moment_parse(az_str_from(no_moments[_i]), &moment), "%s",
                  no_moments[_i]);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("date");
    TCase *tcase = new_case(suite, "date");

    tcase_add_loop_test(tcase, tells, 0, COUNT(rows));
    tcase_add_loop_test(tcase, spells, 0, COUNT(times));
    tcase_add_loop_test(tcase, counts_seconds, 0, (int)COUNT(instants));
    tcase_add_loop_test(tcase, is_in_order, 0, (int)COUNT(moments));
    tcase_add_test(tcase, day_holds_its_times);
    tcase_add_test(tcase, nothing_is_later_than_no_moment);
    tcase_add_test(tcase, days_follow);
    tcase_add_loop_test(tcase, is_none, 0, (int)COUNT(no_moments));
    return run_suite(suite);
}
