/* Matches in the lines of text files as documents.
   SPDX-License-Identifier: MIT */

#include "rule/capture.h"

#include "core/arena.h"
#include "core/build.h"
#include "core/limits.h"
#include "core/utf8.h"
#include "regex/regex.h"

/* A text being searched. */
struct reading {
    struct az_arena *arena;
    const struct az_source *source;
    struct az_regex *pattern;
    const struct az_str *names;
    size_t name_count;
    struct az_str *groups; /* what they took in the last match */
    struct az_builder matches;
    size_t nodes;    /* of all matches */
    uint64_t excess; /* steps beyond those that the lines have free */
    struct extract_error *error;
};

static struct az_span
span_of(const struct reading *reading, struct az_str s)
{
    uint32_t start = (uint32_t)(s.p - reading->source->text.p);

    return (struct az_span){ start, start + (uint32_t)s.len };
}

static bool
fail(struct reading *reading, struct az_str where, const char *message)
{
    *reading->error = (struct extract_error){ .message = message,
                                              .span = span_of(reading, where) };
    return false;
}

static bool
fail_unsure(struct reading *reading, struct az_str line)
{
    const char *pattern =
        az_str_quote(reading->arena, az_regex_pattern(reading->pattern));

    if (az_regex_too_long(line))
        fail(reading, line,
             az_arena_printf(reading->arena,
                             "the line is too long to match pattern %s with",
                             pattern));
    else
        fail(reading, line,
             az_arena_printf(
                 reading->arena,
                 "matching pattern %s took more than %zu steps, the limit",
                 pattern, az_arena_limits(reading->arena)->match_steps));
    reading->error->unsure = true;
    return false;
}

/* Counts the steps that LINE took; false when all lines took too many. */
static bool
count_steps(struct reading *reading, struct az_str line, uint64_t spent)
{
    uint64_t limit = (uint64_t)AZ_MATCHES_IN_ALL *
                     az_arena_limits(reading->arena)->match_steps;

    reading->excess += az_regex_excess(spent, line.len);
    if (reading->excess <= limit)
        return true;
    fail(reading, line,
         az_arena_printf(
             reading->arena,
             "matching pattern %s took more steps in all than the limit, which "
             "is %zu for a line",
             az_str_quote(reading->arena, az_regex_pattern(reading->pattern)),
             az_arena_limits(reading->arena)->match_steps));
    reading->error->unsure = true;
    return false;
}

/* Adds MATCH and what its groups took; false when there is too much. */
static bool
add_match(struct reading *reading, struct az_str match)
{
    struct az_builder object;
    struct az_node node;
    size_t i;

    az_builder_init(&object, reading->arena);
    for (i = 0; i < reading->name_count; i++) {
        if (reading->groups[i].p == NULL)
            continue;
        node = az_make_string(reading->groups[i]);
        node.span = span_of(reading, reading->groups[i]);
        az_builder_set_str(&object, reading->names[i], node);
        object.members[object.count - 1].key_span = node.span;
    }
    reading->nodes += 1 + object.count;
    if (reading->nodes >= az_arena_limits(reading->arena)->nodes)
        return fail(reading, match, "the pattern matches too often");
    node = az_builder_object(&object);
    node.span = span_of(reading, match);
    az_builder_add(&reading->matches, node);
    return true;
}

static bool
read_line(struct reading *reading, struct az_str line)
{
    struct az_regex_search search = { .subject = line,
                                      .groups = reading->groups };
    enum az_regex_result result;

    for (;;) {
        result = az_regex_capture(reading->pattern, &search);
        if (result == AZ_REGEX_NO_MATCH)
            return count_steps(reading, line, search.spent);
        if (result == AZ_REGEX_OVER_BUDGET)
            return fail_unsure(reading, line);
        if (!add_match(reading, search.match))
            return false;
    }
}

static bool
read_lines(struct reading *reading)
{
    struct az_str text = reading->source->text, rest = text, line;
    size_t good = az_utf8_check(text);

    if (good < text.len)
        return fail(reading, (struct az_str){ text.p + good, 1 },
                    "the text is not UTF-8 here");
    if (az_str_starts_with(text, AZ_STR(AZ_UTF8_MARK)))
        return fail(reading, (struct az_str){ text.p, 3 },
                    "the text begins with a byte order mark");
    while (az_str_take_line(&rest, &line))
        if (!read_line(reading, line))
            return false;
    if (reading->matches.count > 0)
        return true;
    return fail(
        reading, (struct az_str){ text.p, 0 },
        az_arena_printf(
            reading->arena, "no line has a match of pattern %s",
            az_str_quote(reading->arena, az_regex_pattern(reading->pattern))));
}

const struct az_document *
az_capture_lines(struct az_arena *arena, const struct az_source *source,
                 struct az_regex *pattern, struct extract_error *ret_error)
{
    struct reading reading = {
        .arena = arena, .source = source, .pattern = pattern, .error = ret_error
    };
    struct az_document *document;
    struct az_node *root;

    reading.names = az_regex_groups(pattern, &reading.name_count);
    reading.groups =
        az_arena_array(arena, reading.name_count + 1, sizeof(*reading.groups));
    az_builder_init(&reading.matches, arena);
    if (!read_lines(&reading))
        return NULL;
    document = AZ_NEW(arena, struct az_document);
    root = AZ_NEW(arena, struct az_node);
    *root = az_builder_array(&reading.matches);
    root->span = (struct az_span){ 0, (uint32_t)source->text.len };
    document->source = source;
    document->root = root;
    document->scattered = true;
    return document;
}
