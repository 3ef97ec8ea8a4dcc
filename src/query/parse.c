/* JSONPath text to its compiled form: segments and selectors.
   SPDX-License-Identifier: MIT

   The grammar is RFC 9535, appendix A, to the letter: blank space stands only
   where it says S. */

#include "query/parse.h"

#include <string.h>

#include "core/arena.h"
#include "core/ascii.h"
#include "core/limits.h"
#include "core/utf8.h"

bool
az_query_enter(struct parser *parser)
{
    if (parser->depth == AZ_MAX_QUERY_DEPTH) {
        return az_query_fail(parser, parser->p,
                             "filters, parentheses and functions are nested "
                             "too deep");
    }
    parser->depth++;
    return true;
}

/* Takes an integer, if one comes next, and the space between it and a colon. */
static bool
take_slice_part(struct parser *parser, bool *ret_given, int64_t *ret)
{
    int c = az_query_peek(parser);

    *ret_given = c == '-' || az_is_digit(c);
    if (!*ret_given)
        return true;
    if (!az_query_take_integer(parser, ret))
        return false;
    const char *after = parser->p;
    (void)az_query_take_space(parser);
    if (az_query_peek(parser) != ':')
        parser->p = after;
    return true;
}

/* An index, or the slice that it begins; "1", "1:2", ":", "::-1". */
static bool
take_index_or_slice(struct parser *parser, struct selector *ret)
{
    struct slice slice = { .step = 1 }, *kept;
    bool has_step = false;

    if (!take_slice_part(parser, &slice.has_start, &slice.start))
        return false;
    if (!az_query_take(parser, ':')) {
        ret->kind = SELECT_INDEX;
        ret->index = slice.start;
        return true;
    }
    (void)az_query_take_space(parser);
    if (!take_slice_part(parser, &slice.has_end, &slice.end))
        return false;
    if (az_query_take(parser, ':')) {
        (void)az_query_take_space(parser);
        int64_t step;
        if (!take_slice_part(parser, &has_step, &step))
            return false;
        slice.step = has_step ? step : 1;
    }
    kept = az_arena_alloc(parser->arena, sizeof(*kept));
    *kept = slice;
    ret->kind = SELECT_SLICE;
    ret->slice = kept;
    return true;
}

static bool
take_filter(struct parser *parser, struct selector *ret)
{
    if (!az_query_enter(parser))
        return false;
    parser->p++;
    (void)az_query_take_space(parser);
    ret->kind = SELECT_FILTER;
    ret->filter = az_query_take_expression(parser);
    parser->depth--;
    return ret->filter != NULL;
}

static bool
take_selector(struct parser *parser, struct selector *ret)
{
    int c = az_query_peek(parser);

    if (c == '"' || c == '\'') {
        ret->kind = SELECT_NAME;
        ret->guess = parser->guess_count++;
        return az_query_take_string(parser, &ret->name);
    }
    if (c == '?')
        return take_filter(parser, ret);
    if (c == ':' || c == '-' || az_is_digit(c))
        return take_index_or_slice(parser, ret);
    if (az_query_take(parser, '*')) {
        ret->kind = SELECT_WILDCARD;
        return true;
    }
    return az_query_fail(parser, parser->p,
                         "expected a selector: a quoted name, an index, a "
                         "slice, '*' or '?'");
}

/* bracketed-selection; '[' comes next. */
static bool
take_brackets(struct parser *parser, struct segment *ret)
{
    struct selector *selectors = AZ_NEW(parser->arena, struct selector);
    size_t count = 0;
    size_t capacity = 1; /* more than one is rare */

    parser->p++;
    do {
        ret->spaced |= az_query_take_space(parser);
        selectors = az_arena_grow(parser->arena, selectors, count, &capacity,
                                  sizeof *selectors);
        if (!take_selector(parser, &selectors[count]))
            return false;
        count++;
        ret->spaced |= az_query_take_space(parser);
    } while (az_query_take(parser, ','));
    if (!az_query_take(parser, ']'))
        return az_query_fail(parser, parser->p, "expected ',' or ']'");
    ret->selectors = selectors;
    ret->count = (uint32_t)count;
    return true;
}

/* What follows '.' or '..': '*' or a name. */
static bool
take_shorthand(struct parser *parser, struct segment *ret)
{
    struct selector *selector = AZ_NEW(parser->arena, struct selector);

    ret->selectors = selector;
    ret->count = 1;
    if (az_query_take(parser, '*')) {
        selector->kind = SELECT_WILDCARD;
        return true;
    }
    selector->kind = SELECT_NAME;
    selector->guess = parser->guess_count++;
    if (az_query_take_name(parser, &selector->name))
        return true;
    return az_query_fail(parser, parser->p,
                         ret->descendant
                             ? "expected a name, '*' or '[' behind '..'"
                             : "expected a name or '*' behind '.'");
}

/* segment; '.' or '[' comes next. */
static bool
take_segment(struct parser *parser, struct segment *ret)
{
    *ret = (struct segment){ .descendant = false };
    if (az_query_take(parser, '.')) {
        ret->descendant = az_query_take(parser, '.');
        if (!ret->descendant || az_query_peek(parser) != '[')
            return take_shorthand(parser, ret);
    }
    return take_brackets(parser, ret);
}

static bool
is_plain(const struct segment *segment)
{
    return !segment->descendant && segment->count == 1 &&
           (segment->selectors[0].kind == SELECT_NAME ||
            segment->selectors[0].kind == SELECT_INDEX);
}

static const struct segment *
keep_segments(struct parser *parser, const struct segment *segments,
              size_t count)
{
    size_t size = count * sizeof(*segments);

    return memcpy(az_arena_alloc(parser->arena, size), segments, size);
}

/* Of segments that most paths do not exceed. */
#define FEW 4

struct az_query *
az_query_take_query(struct parser *parser)
{
    struct az_query *query = AZ_NEW(parser->arena, struct az_query);
    struct segment few[FEW], *segments = few;
    size_t capacity = FEW;

    query->from_root = *parser->p++ == '$';
    query->singular = true;
    query->memo = NO_MEMO;
    for (;;) {
        /* Space belongs to the query only if a segment follows it. */
        const char *after = parser->p;
        (void)az_query_take_space(parser);
        if (az_query_peek(parser) != '.' && az_query_peek(parser) != '[') {
            parser->p = after;
            break;
        }
        segments = az_arena_grow(parser->arena, segments, query->count,
                                 &capacity, sizeof *segments);
        struct segment *segment = &segments[query->count++];
        if (!take_segment(parser, segment))
            return NULL;
        segment->plain = is_plain(segment);
        query->singular &= segment->plain;
        query->spaced |= segment->spaced;
    }
    query->segments =
        segments == few ? keep_segments(parser, few, query->count) : segments;
    return query;
}

/* The offset of a query's end is an error unless it is the path's. */
static bool
check_end(struct parser *parser)
{
    const char *at = parser->p;

    if (at == parser->end)
        return true;
    if (az_query_take_space(parser) && parser->p == parser->end)
        return az_query_fail(parser, at, "white space behind the path");
    return az_query_fail(parser, parser->p, "expected '.', '[' or the end");
}

const struct az_query *
az_query_parse(struct az_arena *arena, struct az_str path,
               struct az_query_error *ret_error)
{
    struct parser parser = { .arena = arena,
                             .start = path.p,
                             .p = path.p,
                             .end = path.p + path.len,
                             .error = ret_error };
    size_t bad = az_utf8_check(path);

    if (bad < path.len) {
        (void)az_query_fail(&parser, path.p + bad, "the path is not UTF-8");
        return NULL;
    }
    if (az_query_peek(&parser) != '$') {
        (void)az_query_fail(&parser, path.p, "a path begins with '$'");
        return NULL;
    }
    struct az_query *query = az_query_take_query(&parser);
    if (query == NULL || !check_end(&parser))
        return NULL;
    query->memo_count = parser.memo_count;
    query->guess_count = parser.guess_count;
    query->has_patterns = parser.has_patterns;
    return query;
}

bool
az_query_is_singular(const struct az_query *query)
{
    return query->singular;
}

bool
az_query_has_patterns(const struct az_query *query)
{
    return query->has_patterns;
}

size_t
az_query_guess_count(const struct az_query *query)
{
    return query->guess_count;
}

size_t
az_query_split(struct az_str text, struct az_str *ret_kind)
{
    size_t i = 0;

    while (i < text.len && ((text.p[i] >= 'a' && text.p[i] <= 'z') ||
                            az_is_digit(text.p[i]) || text.p[i] == '-'))
        i++;
    if (i == 0 || i == text.len || text.p[i] != ':')
        return 0;
    *ret_kind = (struct az_str){ text.p, i };
    for (i++; i < text.len && text.p[i] == ' ';)
        i++;
    return i;
}
