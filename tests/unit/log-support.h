/* What the tests of sample logs share.
   SPDX-License-Identifier: MIT */

#ifndef TESTS_UNIT_LOG_SUPPORT_H
#define TESTS_UNIT_LOG_SUPPORT_H

#include <stdio.h>

#include "folder.h"
#include "report.h"

#include "measure/log.h"

static const struct {
    const char *name, *json;
} good_fields[] = {
    { "scenario_id", "\"s\"" },
    { "framework", "\"f\"" },
    { "workload", "\"w\"" },
    { "profile", "\"p\"" },
    { "browser", "\"b\"" },
    { "bundler", "\"v\"" },
    { "seed", "11" },
    { "metric_id", "\"M\"" },
    { "value", "1.5" },
    { "unit", "\"us\"" },
    { "status", "\"pass\"" },
    { "artifact_paths", "[\"a.json\"]" },
    { "repro_command", "\"run\"" },
};

/* A line with the field NAME as JSON says, added if no line need have it, and
   left out if JSON is NULL; all others good. */
static inline void
add_line(struct az_buf *buf, const char *name, const char *json)
{
    const char *separator = "{";
    bool had = false;

    for (size_t i = 0; i < COUNT(good_fields); i++) {
        bool here = strcmp(good_fields[i].name, name) == 0;

        had = had || here;
        if (here && json == NULL)
            continue;
        az_buf_addf(buf, "%s\"%s\": %s", separator, good_fields[i].name,
                    here ? json : good_fields[i].json);
        separator = ", ";
    }
    if (!had && json != NULL)
        az_buf_addf(buf, ", \"%s\": %s", name, json);
    az_buf_add_c(buf, "}");
}

static inline void
write_file(const char *name, const char *text, size_t len)
{
    FILE *file = fopen(name, "wb");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, len, file), len);
    ck_assert_int_eq(fclose(file), 0);
}

/* " 12e-1", without zeros at the mantissa's end. */
static inline void
add_sample_text(struct az_buf *buf, long long mantissa, int exponent)
{
    for (; mantissa != 0 && mantissa % 10 == 0; mantissa /= 10)
        exponent++;
    az_buf_addf(buf, " %llde%d", mantissa, mantissa == 0 ? 0 : exponent);
}

/* All samples of LOG: "metric/seed: 12e-1 13e-1; ", refused ones with a '!'.
 */
static inline const char *
samples_text(const struct az_log *log)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "");
    for (size_t i = 0; i < log->groups.count; i++) {
        const struct az_log_group *group = az_log_group_at(log, i);
        struct az_series_walk walk = az_series_begin(&group->samples);
        struct az_series_value value;

        az_buf_addf(&buf,
                    "%s%.*s/%lld:", group->metric->refused != NULL ? "!" : "",
                    AZ_STR_ARG(group->metric->name), (long long)group->seed);
        while (az_series_next(&walk, &value))
            add_sample_text(&buf, value.mantissa, value.exponent);
        az_buf_add_c(&buf, "; ");
    }
    return buf.p;
}

#endif
