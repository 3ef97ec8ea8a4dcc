/* Rules that would take longer than anybody waits.
   SPDX-License-Identifier: MIT */

#include "rule-support.h"

#include "core/limits.h"

/* Values of each list of the document: two of them multiply to a hundred times
   the steps. */
#define VALUES 1000
#define STEPS  40000

/* Documents have lists `a`, of numbers, `b`, of strings, and `o`, of objects,
   and a string `text` of many words. */
static const struct row {
    const char *label;
    const char *given;
    const char *assertion;
    bool holds; /* without looking at each with each; else there is no answer */
} rows[] = {
    { "a path, the same for all", "$.a[*]", "{`of`:`$.b[*]`,`type`:`string`}",
      true },
    { "what is not so of it", "$.a[*]", "{`not`:{`of`:`$.b[*]`,`const`:1}}",
      true },
    { "such paths in each other", "$.a[*]",
      "{`of`:`$.b[*]`,`not`:{`of`:`$.o[*]`,`type`:`null`}}", true },
    { "a set, the same for all", "$.b[*]", "{`in`:{`path`:`$.b[*]`}}", true },
    { "another", "$.b", "{`same_set`:{`path`:`$.b[*]`}}", true },
    { "a join, the same for all", "$.a[*]",
      "{`join`:{`rows`:`$.o[*]`,`key`:[`@.k`],`with`:`$.o[*]`,"
      "`unmatched`:{`rows`:`fail`,`with`:`fail`}}}",
      true },
    { "values that are unique, the same for all", "$.a[*]",
      "{`unique`:{`path`:`$.o[*]`,`by`:[`@.k`]}}", true },
    { "a sum, the same for all", "$.a[*]",
      "{`sum`:{`of_path`:`$.a[*]`,`min`:1}}", true },
    { "each that is broken, for each", "$.a[*]", "{`of`:`$.b[*]`,`const`:1}",
      false },
    { "a set in each string", "$.b[*]",
      "{`superset_of`:{`path`:`$.b[*]`},`subject_as`:`words`}", false },
    { "nothing to compare with, for each", "$.a[*]",
      "{`any`:[{`of`:`$.b[*]`,`const`:{`path`:`$.none`}}]}", false },
    { "an identity of many values", "$",
      "{`unique`:{`path`:`$.a[*]`,`by`:[`$.b[*]`]}}", false },
    { "a key that is long", "$",
      "{`join`:{`rows`:`$.o[*]`,`key`:[`@.k`,`$.b`],`with`:`$.o[*]`,"
      "`unmatched`:{`rows`:`fail`,`with`:`fail`}}}",
      false },
    { "rows that nobody asked for", "$.o[*]",
      "{`join`:{`rows`:`@`,`key`:[`@.k`],`with`:`$.o[*]`,"
      "`unmatched`:{`rows`:`fail`,`with`:`fail`}}}",
      false },
    { "a sequence of many keys", "$",
      "{`ordered_along`:{`keys`:{`path`:`$.b[*]`},`each`:`$.o[*]`,"
      "`partial`:true}}",
      false },
    { "words that a command must have", "$.b[*]",
      "{`command`:{`required_words`:{`path`:`$.b[*]`}}}", false },
    { "words that many options may be", "$.text",
      "{`command`:{`options`:{`--a`:{`type`:`string`},`--b`:{`type`:"
      "`string`},`--c`:{`type`:`string`},`--d`:{`type`:`string`}}}}",
      false },
    { "all below all", "$..*",
      "{`of`:`@..*`,`if_absent`:`pass`,`forbidden`:"
      "true}",
      false },
    { "a list, sorted for each", "$.a[*]",
      "{`any`:[{`of`:`$.a`,`sorted`:true,`count`:{`min`:{`path`:`$.none`}}}]}",
      false },
};

static const struct az_document *
make_document(void)
{
    struct az_buf buf;
    int i;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "{\"a\":[0");
    for (i = 1; i < VALUES; i++)
        az_buf_addf(&buf, ",%d", i);
    az_buf_add_c(&buf, "],\"b\":[\"b0\"");
    for (i = 1; i < VALUES; i++)
        az_buf_addf(&buf, ",\"b%d\"", i);
    az_buf_add_c(&buf, "],\"o\":[{\"k\":0}");
    for (i = 1; i < VALUES; i++)
        az_buf_addf(&buf, ",{\"k\":%d}", i);
    az_buf_add_c(&buf, "],\"text\":\"x");
    for (i = 0; i < STEPS / 4; i++)
        az_buf_add_c(&buf, " y");
    az_buf_add_c(&buf, "\"}");
    return az_read_json(arena, &sink,
                        az_source_new(arena, "test", az_buf_str(&buf)));
}

static void
lower_limit(void)
{
    struct az_limits *limits = AZ_NEW(arena, struct az_limits);

    *limits = *az_arena_limits(arena);
    limits->rule_steps = STEPS;
    az_arena_set_limits(arena, limits);
}

/* Judges the rule of ROW, its assertion in FORMAT. */
static void
judge(const struct row *row, const char *format, struct az_rule_counts *counts)
{
    const char *rule = az_arena_printf(
        arena, "[{`id`:`r`,`given`:`%s`,`assert`:%s%s%s}]", row->given, format,
        row->assertion, format[0] == '\0' ? "" : "}");
    const struct az_ruleset *ruleset =
        az_ruleset_compile(arena, &sink, read_quoted("rules", rule), NULL);
    const struct az_judged set[] = { { "own", make_document(), true } };

    ck_assert_msg(ruleset != NULL, "%s: %s", row->label, findings(&sink));
    az_judge_document(az_judge_new(arena, &sink, set, 1, AZ_INFO), ruleset, 0,
                      NULL, counts);
}

/* The finding that the budget was not enough, or NULL; nothing else comes of a
   rule but what was broken before. */
static const struct az_diag *
find_exhausted(void)
{
    const struct az_diag *found = NULL;
    size_t i;

    for (i = 0; i < sink.count; i++)
        if (sink.diags[i]->id == AZ_DIAG_RULE_BUDGET) {
            ck_assert_ptr_null(found);
            found = sink.diags[i];
        }
    return found;
}

START_TEST(test_budget)
{
    const struct row *row = &rows[_i];
    struct az_rule_counts counts = { 0 };

    lower_limit();
    judge(row, "", &counts);
    ck_assert_msg((find_exhausted() == NULL) == row->holds, "%s: %zu findings",
                  row->label, sink.total);
    if (row->holds) {
        ck_assert_msg(sink.total == 0, "%s: %s", row->label, findings(&sink));
        return;
    }
    ck_assert_uint_eq(counts.unsure, 1);
    ck_assert_uint_eq(counts.failed, 1);
    ck_assert_str_eq(find_exhausted()->message,
                     "judging rule 'r' took more than 40000 steps, the limit");
    ck_assert_str_eq(find_exhausted()->rule, "r");
    ck_assert_ptr_nonnull(find_exhausted()->hint);
}
END_TEST

/* No answer cannot be made one, nor another choice of one. */
START_TEST(test_negation)
{
    static const char *const formats[] = { "{`not`:", "{`then`:{`type`:`null`},"
                                                      "`when`:" };
    const struct row *row = &rows[_i / 2];
    struct az_rule_counts counts = { 0 };

    if (row->holds)
        return;
    lower_limit();
    judge(row, formats[_i % 2], &counts);
    /* asked quietly, what is broken early is soon known to be */
    ck_assert_msg(sink.total > 0 || counts.unsure == 0, "%s", row->label);
    ck_assert_uint_eq(counts.unsure, find_exhausted() != NULL);
}
END_TEST

/* In the steps that there are, large lists are judged. */
START_TEST(test_enough)
{
    static const struct row row = { "each with each", "$.a[*]",
                                    "{`of`:`$.b[*]`,`const`:1}", false };

    judge(&row, "", NULL);
    ck_assert_uint_eq(sink.total, (size_t)VALUES * VALUES);
    ck_assert_ptr_null(find_exhausted());
}
END_TEST

/* A document that is judged without a sweep. */
static const struct az_document *
make_small(void)
{
    struct az_buf buf;
    int i;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "{`a`:[0");
    for (i = 1; i < VALUES; i++)
        az_buf_addf(&buf, ",%d", i);
    az_buf_add_c(&buf, "]}");
    return read_quoted("own", buf.p);
}

/* COUNT rules that hold, each in far less steps than one may take. */
static const struct az_ruleset *
make_many(size_t count)
{
    struct az_buf buf;
    size_t i;

    az_buf_init(&buf, arena);
    for (i = 0; i < count; i++)
        az_buf_addf(&buf,
                    "%c{`id`:`r%zu`,`given`:`$.a[*]`,`assert`:{`type`:`number`}"
                    "}",
                    i == 0 ? '[' : ',', i);
    az_buf_add_c(&buf, "]");
    return az_ruleset_compile(arena, &sink, read_quoted("rules", buf.p), NULL);
}

/* Rules share what all may take, with a sweep and without. */
START_TEST(test_in_all)
{
    static const size_t counts[] = { 1, 16, 100, 1000 };
    const struct az_document *own =
        _i % 2 == 0 ? make_small() : make_document();
    const struct az_judged set[] = { { "own", own, true } };
    size_t count = counts[_i / 2];
    const struct az_ruleset *ruleset = make_many(count);
    struct az_rule_counts found = { 0 };
    size_t i;

    ck_assert_ptr_nonnull(ruleset);
    lower_limit();
    az_judge_document(az_judge_new(arena, &sink, set, 1, AZ_INFO), ruleset, 0,
                      NULL, &found);
    ck_assert_uint_eq(found.judged, count);
    ck_assert_uint_eq(found.unsure, sink.total);
    ck_assert_uint_eq(found.failed, sink.total);
    ck_assert_int_eq(sink.total > 0, count == 1000);
    /* each looks at all values, to find them and to judge them */
    ck_assert_uint_le((count - sink.total) * 2 * VALUES,
                      STEPS * AZ_RULES_IN_ALL);
    for (i = 0; i < sink.count; i++) {
        ck_assert_int_eq(sink.diags[i]->id, AZ_DIAG_RULE_BUDGET);
        ck_assert_str_eq(
            sink.diags[i]->message,
            az_arena_printf(arena,
                            "judging rule 'r%zu' and those before it took more "
                            "than 640000 steps, the limit of all rules over a "
                            "document",
                            count - sink.total + i));
    }
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("rule-budget");
    TCase *tcase = new_case(suite, "rule-budget");

    tcase_add_loop_test(tcase, test_budget, 0, COUNT(rows));
    tcase_add_loop_test(tcase, test_negation, 0, 2 * COUNT(rows));
    tcase_add_test(tcase, test_enough);
    tcase_add_loop_test(tcase, test_in_all, 0, 8);
    return run_suite(suite);
}
