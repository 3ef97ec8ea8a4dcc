/* Compiling and matching with PCRE2, within a budget.
   SPDX-License-Identifier: MIT

   PCRE2's own match limit is no bound on time: it begins anew at each start
   position and does not see what a repeat scans.  So every item of a pattern
   is preceded by a callout (PCRE2_AUTO_CALLOUT), which counts steps and the
   distance moved in the subject.  Without JIT the count depends on nothing but
   pattern and subject.

   Simple patterns are not for PCRE2: see regex/automaton.h. */

#include "regex/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/limits.h"
#include "core/utf8.h"
#include "regex/automaton.h"
#include "regex/translate.h"

/* Translations up to this size, repeated groups unfolded, compile to less than
   half of the 64 KiB that PCRE2 allows. */
#define SAFE_SIZE 3072
/* Memory for backtracking is kept from match to match for subjects no longer
   than this. */
#define SMALL_SUBJECT 4096
/* characters that are scanned in the time of a step */
#define SCAN_PER_STEP 16

struct az_regex {
    struct az_arena *arena;
    struct az_str pattern;
    struct az_str translation;
    /* what a step costs at most: each stands for so many */
    uint32_t step_weight;
    uint32_t scan_weight;
    bool backreference;
    bool plain;
    /* of az_regex_new_capture: the named groups and their numbers */
    struct az_str *names;
    uint32_t *numbers;
    size_t name_count;
    uint32_t pair_count; /* of places that a match tells: its own and groups' */
    /* Whether there is an automaton is found out at the first match. */
    bool examined;
    const struct az_regex_automaton *automaton;
    /* PCRE2 refused it, or az_regex_match had enough of it. */
    bool failed;
    uint64_t excess; /* of all its matches */
    pcre2_code *code;
    /* The one that the last match left for the next. */
    _Atomic(struct matcher *) idle;
};

/* What PCRE2 changes in a match; one for each match that goes on. */
struct matcher {
    pcre2_match_context *context;
    pcre2_match_data *data;
};

/* The steps of one match. */
struct budget {
    uint64_t limit;
    uint64_t spent;
    uint64_t step;
    uint64_t scan;
    size_t position;
};

static int
count_step(pcre2_callout_block *block, void *data)
{
    struct budget *budget = data;
    size_t position = block->current_position;
    size_t moved = position > budget->position ? position - budget->position
                                               : budget->position - position;

    budget->position = position;
    budget->spent += budget->step + moved * budget->scan / SCAN_PER_STEP;
    return budget->spent > budget->limit ? PCRE2_ERROR_CALLOUT : 0;
}

static void
free_matcher(struct matcher *matcher)
{
    if (matcher == NULL)
        return;
    pcre2_match_data_free(matcher->data);
    pcre2_match_context_free(matcher->context);
    free(matcher);
}

static void
release(void *object)
{
    struct az_regex *regex = object;

    free_matcher(atomic_load(&regex->idle));
    pcre2_code_free(regex->code);
}

static struct matcher *
new_matcher(const struct az_regex *regex)
{
    struct matcher *matcher = calloc(1, sizeof(*matcher));

    if (matcher == NULL)
        az_arena_oom(regex->arena);
    matcher->context = pcre2_match_context_create(NULL);
    matcher->data = pcre2_match_data_create(regex->pair_count, NULL);
    if (!matcher->context || !matcher->data)
        az_arena_oom(regex->arena);
    pcre2_set_match_limit(matcher->context,
                          (uint32_t)az_arena_limits(regex->arena)->match_steps);
    pcre2_set_depth_limit(matcher->context, AZ_MAX_MATCH_DEPTH);
    pcre2_set_heap_limit(matcher->context, AZ_MAX_MATCH_HEAP_SIZE >> 10);
    return matcher;
}

/* A matcher that nobody else has. */
static struct matcher *
take_matcher(struct az_regex *regex)
{
    struct matcher *matcher = atomic_exchange(&regex->idle, NULL);

    return matcher != NULL ? matcher : new_matcher(regex);
}

static void
give_back(struct az_regex *regex, struct matcher *matcher)
{
    free_matcher(atomic_exchange(&regex->idle, matcher));
}

/* Compiles the translation; false with the error of PCRE2 and where. */
static bool
compile(struct az_regex *regex, int *ret_error, size_t *ret_offset)
{
    /* Translations hold no '$' and no \C; the latter is made sure of. */
    uint32_t options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C |
                       PCRE2_MATCH_UNSET_BACKREF | PCRE2_AUTO_CALLOUT;
    uint32_t behind = 0;

    /* PCRE2 10.42 takes (?=b)x?b for impossible on "b" (it looks for a second
       "b"), and \P{Cn}*\P{Nd} on "a" (it lets the first take all). */
    if (!regex->plain)
        options |= PCRE2_NO_START_OPTIMIZE | PCRE2_NO_AUTO_POSSESS;
    regex->code =
        pcre2_compile((PCRE2_SPTR)regex->translation.p, regex->translation.len,
                      options, ret_error, ret_offset, NULL);
    if (!regex->code) {
        if (*ret_error == PCRE2_ERROR_HEAP_FAILED)
            az_arena_oom(regex->arena);
        regex->failed = true;
        return false;
    }
    az_arena_defer(regex->arena, release, regex);
    /* A lookbehind first goes back over its length. */
    if (pcre2_pattern_info(regex->code, PCRE2_INFO_MAXLOOKBEHIND, &behind) == 0)
        regex->step_weight += behind / SCAN_PER_STEP;
    return true;
}

/* Where in the pattern that stands which PCRE2 refused at OUTPUT. */
static size_t
landmark_before(const struct az_regex_parser *parser, size_t output)
{
    size_t offset = 0;
    size_t i;

    for (i = 0; i < parser->landmark_count; i++) {
        if (parser->landmarks[i].output <= output)
            offset = parser->landmarks[i].offset;
    }
    return offset;
}

/* Compiles what PCRE2 may refuse; false with the error filled. */
static bool
try_compile(struct az_regex *regex, struct az_regex_parser *parser)
{
    static const struct {
        int error;
        const char *message;
    } messages[] = {
        { PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH,
          "a lookbehind of variable length is not supported" },
        { PCRE2_ERROR_LOOKBEHIND_TOO_LONG, "the lookbehind is too long" },
        { PCRE2_ERROR_LOOKBEHIND_TOO_COMPLICATED,
          "the lookbehind is too complicated" },
        { PCRE2_ERROR_UNKNOWN_UNICODE_PROPERTY,
          "this Unicode property is not supported" },
    };
    size_t offset = 0;
    size_t i;
    int error;

    if (compile(regex, &error, &offset))
        return true;
    for (i = 0; i < sizeof messages / sizeof *messages; i++) {
        if (messages[i].error == error)
            return az_regex_unsupported(parser, landmark_before(parser, offset),
                                        messages[i].message);
    }
    return az_regex_unsupported(parser, 0,
                                "the pattern is too large, or too complicated");
}

/* Checks and translates the pattern of PARSER. */
static bool
translate(struct az_regex_parser *parser, enum az_regex_dialect dialect)
{
    size_t valid = az_utf8_check(parser->pattern);
    bool good;

    if (parser->pattern.len > AZ_MAX_PATTERN_SIZE)
        return az_regex_unsupported(parser, AZ_MAX_PATTERN_SIZE,
                                    "the pattern is too long");
    if (valid < parser->pattern.len)
        return az_regex_fail(parser, valid, "the pattern is not UTF-8");
    if (parser->whole)
        az_regex_write(parser, "\\A(?:");
    good = dialect == AZ_REGEX_ECMA ? az_regex_translate_ecma(parser)
                                    : az_regex_translate_iregexp(parser);
    if (parser->whole)
        az_regex_write(parser, ")\\z");
    return good;
}

/* What PARSER has translated, not compiled. */
static struct az_regex *
make(const struct az_regex_parser *parser)
{
    struct az_regex *regex = AZ_NEW(parser->arena, struct az_regex);
    /* Long classes are looked through one range after the other. */
    size_t classes = 1 + parser->largest_class / 256;

    regex->arena = parser->arena;
    regex->pattern = parser->pattern;
    regex->translation = az_buf_str(&parser->out);
    regex->backreference = parser->has_backreference;
    regex->plain = parser->plain;
    regex->pair_count = 1;
    regex->scan_weight = (uint32_t)classes;
    regex->step_weight =
        (uint32_t)(classes * (1 + parser->longest_count / SCAN_PER_STEP));
    return regex;
}

struct az_regex *
az_regex_new(struct az_arena *arena, struct az_str pattern,
             enum az_regex_dialect dialect, bool whole,
             struct az_regex_error *ret_error)
{
    struct az_regex_parser parser = {
        .arena = arena, .whole = whole, .plain = true, .error = ret_error
    };
    struct az_regex *regex;

    parser.pattern = az_arena_str(arena, pattern);
    az_buf_init(&parser.out, arena);
    if (!translate(&parser, dialect))
        return NULL;
    regex = make(&parser);
    if ((parser.eager || parser.out.len + parser.unfolded > SAFE_SIZE) &&
        !try_compile(regex, &parser))
        return NULL;
    return regex;
}

struct az_regex *
az_regex_new_capture(struct az_arena *arena, struct az_str pattern,
                     struct az_regex_error *ret_error)
{
    struct az_regex_parser parser = {
        .arena = arena, .plain = true, .captures = true, .error = ret_error
    };
    struct az_regex *regex;
    size_t i;

    parser.pattern = az_arena_str(arena, pattern);
    az_buf_init(&parser.out, arena);
    if (!translate(&parser, AZ_REGEX_ECMA))
        return NULL;
    regex = make(&parser);
    regex->examined = true; /* an automaton knows of no groups */
    regex->pair_count += parser.capture_count;
    regex->name_count = parser.group_count;
    regex->names =
        az_arena_array(arena, parser.group_count + 1, sizeof(*regex->names));
    regex->numbers =
        az_arena_array(arena, parser.group_count + 1, sizeof(*regex->numbers));
    for (i = 0; i < parser.group_count; i++) {
        regex->names[i] = parser.groups[i].name;
        regex->numbers[i] = parser.groups[i].number;
    }
    return try_compile(regex, &parser) ? regex : NULL;
}

const struct az_str *
az_regex_groups(const struct az_regex *regex, size_t *ret_count)
{
    *ret_count = regex->name_count;
    return regex->names;
}

/* Tells SEARCH what DATA, of a match, has. */
static void
take_groups(const struct az_regex *regex, pcre2_match_data *data,
            struct az_regex_search *search)
{
    const PCRE2_SIZE *pairs = pcre2_get_ovector_pointer(data);
    const char *text = search->subject.p ? search->subject.p : "";
    size_t i;

    search->match = (struct az_str){ text + pairs[0], pairs[1] - pairs[0] };
    for (i = 0; search->groups != NULL && i < regex->name_count; i++) {
        const PCRE2_SIZE *pair = &pairs[2 * (size_t)regex->numbers[i]];

        search->groups[i] = (struct az_str){ NULL, 0 };
        if (pair[0] != PCRE2_UNSET)
            search->groups[i] =
                (struct az_str){ text + pair[0], pair[1] - pair[0] };
    }
}

/* PCRE2's result for the next match of SEARCH. */
static int
run(struct az_regex *regex, struct az_regex_search *search)
{
    struct budget budget = { .limit =
                                 az_arena_limits(regex->arena)->match_steps,
                             .spent = search->spent,
                             .step = regex->step_weight,
                             .scan = regex->scan_weight,
                             .position = search->at };
    struct matcher *matcher = take_matcher(regex);
    struct az_str subject = search->subject;
    pcre2_match_data *data = matcher->data;
    /* The search for the first match has looked at all of the subject. */
    uint32_t options = search->at > 0 ? PCRE2_NO_UTF_CHECK : 0;
    int rc;

    /* A backreference compares as much as was captured. */
    if (regex->backreference)
        budget.step += subject.len / SCAN_PER_STEP;
    if (subject.len > SMALL_SUBJECT)
        data = pcre2_match_data_create(regex->pair_count, NULL);
    if (!data)
        az_arena_oom(regex->arena);
    pcre2_set_callout(matcher->context, count_step, &budget);
    rc = pcre2_match(regex->code, (PCRE2_SPTR)(subject.p ? subject.p : ""),
                     subject.len, search->at, options, data, matcher->context);
    search->spent = budget.spent;
    if (rc >= 0)
        take_groups(regex, data, search);
    if (data != matcher->data)
        pcre2_match_data_free(data);
    give_back(regex, matcher);
    return rc;
}

/* Eight bytes at a time; the last eight may overlap those before them, which is
   faster than to look at the rest one by one. */
static bool
is_ascii(struct az_str s)
{
    uint64_t word, all = 0;
    size_t i;

    if (s.len < sizeof(word)) {
        for (i = 0; i < s.len; i++)
            all |= (unsigned char)s.p[i];
        return all < 0x80;
    }
    for (i = 0; s.len - i > sizeof(word); i += sizeof(word)) {
        memcpy(&word, s.p + i, sizeof(word));
        all |= word;
    }
    memcpy(&word, s.p + s.len - sizeof(word), sizeof(word));
    all |= word;
    return (all & UINT64_C(0x8080808080808080)) == 0;
}

static void
examine(struct az_regex *regex)
{
    if (regex->plain)
        regex->automaton =
            az_regex_automaton_new(regex->arena, regex->translation.p);
    regex->examined = true;
}

void
az_regex_prepare(struct az_regex *regex)
{
    size_t offset;
    int error;

    if (!regex->examined)
        examine(regex);
    if (!regex->code && !regex->failed)
        compile(regex, &error, &offset);
}

/* The answer of the automaton, if the pattern and SUBJECT are for it. */
static bool
match_simple(struct az_regex *regex, struct az_str subject,
             enum az_regex_result *ret)
{
    if (!regex->examined)
        examine(regex);
    if (!regex->automaton || !is_ascii(subject))
        return false;
    *ret = az_regex_automaton_match(regex->automaton, subject)
               ? AZ_REGEX_MATCH
               : AZ_REGEX_NO_MATCH;
    return true;
}

/* Whether RC tells that a match would have taken too much. */
static bool
is_over_budget(int rc)
{
    return rc == PCRE2_ERROR_CALLOUT || rc == PCRE2_ERROR_MATCHLIMIT ||
           rc == PCRE2_ERROR_DEPTHLIMIT || rc == PCRE2_ERROR_HEAPLIMIT;
}

bool
az_regex_too_long(struct az_str subject)
{
    return subject.len > AZ_MAX_SUBJECT_SIZE;
}

uint64_t
az_regex_excess(uint64_t spent, size_t length)
{
    uint64_t free_steps =
        AZ_FREE_STEPS + (uint64_t)length * AZ_FREE_STEPS_PER_BYTE;

    return spent > free_steps ? spent - free_steps : 0;
}

bool
az_regex_is_tired(const struct az_regex *regex)
{
    return regex->excess > (uint64_t)AZ_MATCHES_IN_ALL *
                               az_arena_limits(regex->arena)->match_steps;
}

/* *RET_OVER is set when the match went over its budget. */
static enum az_regex_result
match_with_pcre2(struct az_regex *regex, struct az_regex_search *search,
                 bool *ret_over)
{
    size_t offset;
    int error, rc;

    if (!regex->code && !regex->failed)
        compile(regex, &error, &offset);
    if (regex->failed)
        return AZ_REGEX_OVER_BUDGET;
    rc = run(regex, search);
    if (rc == PCRE2_ERROR_NOMEMORY)
        az_arena_oom(regex->arena);
    if (rc == PCRE2_ERROR_NOMATCH)
        return AZ_REGEX_NO_MATCH;
    *ret_over = is_over_budget(rc);
    return rc >= 0 ? AZ_REGEX_MATCH : AZ_REGEX_OVER_BUDGET;
}

static inline enum az_regex_result
match(struct az_regex *regex, struct az_str subject, bool *ret_over,
      uint64_t *excess)
{
    struct az_regex_search search = { .subject = subject };
    enum az_regex_result result;

    *ret_over = false;
    if (az_regex_too_long(subject))
        return AZ_REGEX_OVER_BUDGET;
    if (match_simple(regex, subject, &result))
        return result;
    result = match_with_pcre2(regex, &search, ret_over);
    *excess += az_regex_excess(search.spent, subject.len);
    return result;
}

enum az_regex_result
az_regex_match(struct az_regex *regex, struct az_str subject)
{
    bool over;
    enum az_regex_result result = match(regex, subject, &over, &regex->excess);

    regex->failed = regex->failed || over || az_regex_is_tired(regex);
    return result;
}

enum az_regex_result
az_regex_match_shared(struct az_regex *regex, struct az_str subject,
                      uint64_t *excess)
{
    uint64_t unused = 0;
    bool over;

    return match(regex, subject, &over, excess == NULL ? &unused : excess);
}

enum az_regex_result
az_regex_capture(struct az_regex *regex, struct az_regex_search *search)
{
    struct az_str subject = search->subject;
    enum az_regex_result result;
    bool over;

    if (subject.p == NULL)
        subject = search->subject = AZ_STR("");
    if (az_regex_too_long(subject))
        return AZ_REGEX_OVER_BUDGET;
    if (search->at > subject.len)
        return AZ_REGEX_NO_MATCH;
    result = match_with_pcre2(regex, search, &over);
    if (result != AZ_REGEX_MATCH)
        return result;
    search->at = (size_t)(search->match.p - subject.p) + search->match.len;
    if (search->match.len == 0 && search->at < subject.len)
        search->at += az_utf8_decode(subject.p + search->at,
                                     subject.p + subject.len, NULL);
    else if (search->match.len == 0)
        search->at++;
    return result;
}

struct az_str
az_regex_pattern(const struct az_regex *regex)
{
    return regex->pattern;
}
