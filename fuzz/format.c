/* Fuzz target: a text, judged by all formats.
   SPDX-License-Identifier: MIT

   With and without the reason the answer is the same, and a refusal has one.
   What one format accepts, those that are wider accept too. */

#include "support.h"

#include "core/arena.h"
#include "core/utf8.h"
#include "schema/format.h"

static const char *const names[] = {
    "date-time",
    "date",
    "time",
    "duration",
    "email",
    "idn-email",
    "hostname",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uri-reference",
    "iri",
    "iri-reference",
    "uri-template",
    "uuid",
    "regex",
    "json-pointer",
    "relative-json-pointer",
};

/* What the text of the first is, after the prefix and before the suffix, is a
   text of the second. */
static const struct {
    const char *narrow;
    const char *prefix;
    const char *suffix;
    const char *wide;
} wider[] = {
    { "uri", "", "", "uri-reference" },
    { "uri", "", "", "iri" },
    { "uri-reference", "", "", "iri-reference" },
    { "iri", "", "", "iri-reference" },
    { "email", "", "", "idn-email" },
    { "hostname", "", "", "idn-hostname" },
    { "hostname", "a@", "", "email" },
    { "hostname", "//", ":80/", "uri-reference" },
    { "ipv4", "", "", "hostname" },
    { "ipv4", "::", "", "ipv6" },
    { "ipv4", "a@[", "]", "email" },
    { "ipv6", "//[", "]", "uri-reference" },
    { "uuid", "urn:uuid:", "", "uri" },
    { "json-pointer", "0", "", "relative-json-pointer" },
    { "date", "", "T00:00:00Z", "date-time" },
    { "time", "2016-12-31T", "", "date-time" },
    { "uri-template", "{x}", "{y}", "uri-template" },
};

static bool
has_format(struct az_arena *arena, const char *name, struct az_str text)
{
    const struct az_schema_format *format =
        az_schema_format_find(az_str_from(name), AZ_DRAFT_2020);
    const char *reason = NULL;
    bool good = az_schema_format_check(format, arena, text, NULL);

    require(good == az_schema_format_check(format, arena, text, &reason));
    require(good == (reason == NULL));
    require(good || (*reason != '\0' &&
                     az_utf8_check(az_str_from(reason)) == strlen(reason)));
    return good;
}

/* A leap second is one on the last day of a month in UTC only. */
static bool
has_leap_second(struct az_str text)
{
    return text.len > 8 && text.p[6] == '6';
}

static void
check_wider(struct az_arena *arena, struct az_str text)
{
    for (size_t i = 0; i < sizeof(wider) / sizeof(wider[0]); i++) {
        struct az_buf buf;

        if (!has_format(arena, wider[i].narrow, text) ||
            (strcmp(wider[i].narrow, "time") == 0 && has_leap_second(text)))
            continue;
        az_buf_init(&buf, arena);
        az_buf_add_c(&buf, wider[i].prefix);
        az_buf_add(&buf, text);
        az_buf_add_c(&buf, wider[i].suffix);
        require(has_format(arena, wider[i].wide, az_buf_str(&buf)));
    }
}

/* A date and time is a date, a letter and a time. */
static void
check_parts(struct az_arena *arena, struct az_str text)
{
    if (!has_format(arena, "date-time", text))
        return;
    require(has_format(arena, "date", (struct az_str){ text.p, 10 }));
    require(has_format(arena, "time",
                       (struct az_str){ text.p + 11, text.len - 11 }));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct az_str text = { (const char *)data, size };
    struct az_arena *arena;

    if (az_utf8_check(text) < size)
        return 0;
    arena = az_arena_new(oom);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        (void)has_format(arena, names[i], text);
    check_wider(arena, text);
    check_parts(arena, text);
    az_arena_free(arena);
    return 0;
}
