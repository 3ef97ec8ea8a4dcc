/* Fuzz target: a dialect, a pattern, a NUL, a subject.
   SPDX-License-Identifier: MIT

   The first byte chooses: 'e' ECMA-262, 'E' the same for the whole subject, 'i'
   and 'I' I-Regexp; any other is like 'e'.  No pattern may run for long, none
   that was accepted may turn out to be refused by the engine, and a match of
   the whole is a match. */

#include "support.h"

#include "core/arena.h"
#include "core/utf8.h"
#include "regex/regex.h"

static void
run(struct az_arena *arena, struct az_regex *regex, struct az_str subject)
{
    enum az_regex_result result = az_regex_match(regex, subject);

    if (az_utf8_check(subject) < subject.len)
        require(result == AZ_REGEX_OVER_BUDGET);
    require(az_regex_match(regex, subject) == result);
    require(az_regex_match(regex, az_arena_str(arena, subject)) == result);
}

/* What WHOLE matches is found without it too. */
static void
compare(struct az_arena *arena, struct az_str pattern,
        enum az_regex_dialect dialect, struct az_str subject)
{
    struct az_regex_error error;
    struct az_regex *whole =
        az_regex_new(arena, pattern, dialect, true, &error);
    struct az_regex *part =
        az_regex_new(arena, pattern, dialect, false, &error);

    require((whole == NULL) == (part == NULL) || error.unsupported);
    if (whole && part && az_regex_match(whole, subject) == AZ_REGEX_MATCH)
        require(az_regex_match(part, subject) != AZ_REGEX_NO_MATCH);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum az_regex_dialect dialect = AZ_REGEX_ECMA;
    struct az_regex_error error = { .message = NULL };
    struct az_str pattern, subject;
    struct az_regex *regex;
    struct az_arena *arena;
    bool whole;

    if (size == 0)
        return 0;
    if (data[0] == 'i' || data[0] == 'I')
        dialect = AZ_REGEX_IREGEXP;
    whole = data[0] == 'E' || data[0] == 'I';
    subject = (struct az_str){ (const char *)data + 1, size - 1 };
    pattern = next_part(&subject);
    arena = az_arena_new(oom);
    regex = az_regex_new(arena, pattern, dialect, whole, &error);
    if (!regex) {
        require(error.message != NULL && error.offset <= pattern.len);
    } else {
        require(az_str_eq(az_regex_pattern(regex), pattern));
        run(arena, regex, subject);
        compare(arena, pattern, dialect, subject);
    }
    az_arena_free(arena);
    return 0;
}
