/* Rules judged in a sweep report what they report one by one.
   SPDX-License-Identifier: MIT */

#include "rule-support.h"

#include "core/limits.h"

/* Items of the list, about as many as a block of a sweep has, and more; and
   which of them are bad: each whose number is a multiple of BAD (0: none). */
static const struct size_row {
    unsigned items;
    unsigned bad;
} sizes[] = {
    { 0, 0 },   { 1, 1 },    { 63, 7 },   { 64, 9 },    { 65, 13 },
    { 66, 65 }, { 128, 0 },  { 129, 64 }, { 300, 1 },   { 300, 4 },
    { 300, 5 }, { 300, 90 }, { 640, 10 }, { 1000, 15 }, { 1000, 16 },
};

/* Rulesets; ` stands for ". The document has a list `l`, an object `o` with the
   same items, and lists `tags` and `ids`. */
static const struct rules_row {
    const char *label;
    const char *rules;
} rulesets[] = {
    { "one rule",
      "[{`id`:`a`,`given`:`$.l[*].n`,`assert`:{`range`:{`max`:5}}}]" },
    { "many about one path",
      "[{`id`:`a`,`given`:`$.l[*].n`,`assert`:{`range`:{`max`:5}}},"
      "{`id`:`b`,`given`:`$.l[*].n`,`assert`:{`const`:1},"
      "`message`:`{value} at {$.name}`,`hint`:`H{key}`},"
      "{`id`:`c`,`given`:`$.l[*].n`,`assert`:{`not`:{`const`:99}}}]" },
    { "many paths, several severities",
      "[{`id`:`a`,`severity`:`warning`,`given`:`$.l[*].n`,`assert`:"
      "{`range`:{`max`:5}}},{`id`:`b`,`given`:`$.l[*].tags[*]`,`assert`:"
      "{`in`:{`path`:`$.tags`}}},{`id`:`c`,`severity`:`info`,`given`:"
      "`$.l[*].tags`,`assert`:{`same_set`:{`path`:`$.tags[*]`}}},"
      "{`id`:`d`,`given`:`$.l[*]`,`assert`:{`of`:`@.cmd`,`command`:"
      "{`no_control_operators`:true,`options`:{`--n`:{`enum`:[1]}}}}}]" },
    { "once", "[{`id`:`a`,`once`:true,`given`:`$.l[*].n`,`assert`:"
              "{`const`:1}},{`id`:`b`,`given`:`$.l[*].cmd`,`assert`:"
              "{`prefix`:`run`}}]" },
    { "void", "[{`id`:`a`,`given`:`$.l[*].n`,`assert`:"
              "{`in`:{`path`:`$.nothing`}}},{`id`:`b`,`given`:`$.l[*].n`,"
              "`assert`:{`not`:{`in`:{`path`:`$.nothing`}}}},{`id`:`c`,"
              "`given`:`$.l[*].n`,`assert`:{`const`:{`path`:`$.nothing`}}},"
              "{`id`:`d`,`given`:`$.l[*].n`,`assert`:{`const`:1}}]" },
    { "sets along the same list",
      "[{`id`:`a`,`given`:`$.ids[*]`,`assert`:{`in`:{`path`:"
      "`$.l[?@.n==1].id`}}},{`id`:`b`,`given`:`$.l[*].id`,`assert`:"
      "{`in`:{`path`:`$.l[?@.n==1].id`}}},{`id`:`c`,`given`:`$.l[*].id`,"
      "`assert`:{`in`:{`path`:`$.ids`}}},{`id`:`d`,`given`:`$.l`,`assert`:"
      "{`superset_of`:{`path`:`$.l[*]`}}}]" },
    { "unique", "[{`id`:`a`,`given`:`$.l`,`assert`:{`unique`:[`@.n`]}},"
                "{`id`:`b`,`given`:`$.l`,`assert`:{`unique`:[`@.id`]}},"
                "{`id`:`c`,`given`:`$.l[*].tags`,`assert`:{`unique`:true}}]" },
    { "sets of few values",
      "[{`id`:`a`,`given`:`$.ids[*]`,`assert`:{`in`:{`path`:`$.l[*].n`}}},"
      "{`id`:`b`,`given`:`$.ids[*]`,`assert`:{`in`:{`path`:"
      "`$.l[*].tags[*]`}}},{`id`:`c`,`given`:`$.l[*].cmd`,`assert`:{`in`:"
      "{`path`:`$.l[*].tags[*]`}}},{`id`:`d`,`given`:`$.ids[*]`,`assert`:"
      "{`in`:{`path`:`$.l[?@.n==1].tags[0]`}},`message`:`{expected}`},"
      "{`id`:`e`,`given`:`$.tags[*]`,`assert`:{`not_in`:{`path`:"
      "`$.l[*].tags[*]`}}},{`id`:`f`,`given`:`$.ids[*]`,`assert`:{`in`:"
      "{`path`:`$.l[*].tags`}}},{`id`:`g`,`given`:`$.ids[*]`,`assert`:{`in`:"
      "{`path`:`$.l[*].cmd`,`as`:`words`}}},{`id`:`h`,`given`:`$.ids[*]`,"
      "`assert`:{`superset_of`:{`path`:`$.l[*].tags[*]`}}},{`id`:`i`,"
      "`given`:`$.ids`,`assert`:{`subset_of`:{`path`:`$.l[*].tags[*]`}}},"
      "{`id`:`j`,`given`:`$.ids[*]`,`assert`:{`in`:{`path`:"
      "`one: $.l[*].tags[*]`}}},{`id`:`k`,`given`:`$.ids[*]`,`assert`:{`in`:"
      "{`path`:`$.l[*][?@!=1]`}}}]" },
    { "unique by other things",
      "[{`id`:`a`,`given`:`$.l`,`assert`:{`unique`:true}},{`id`:`b`,`given`:"
      "`$.l`,`assert`:{`unique`:[`@.id`,`@.n`]}},{`id`:`c`,`given`:`$.l`,"
      "`assert`:{`unique`:[`@.x`]}},{`id`:`d`,`once`:true,`given`:`$.l`,"
      "`assert`:{`unique`:[`@.tags`]}},{`id`:`e`,`given`:`$.l`,`assert`:"
      "{`unique`:[`@.tags[1]`,`$.name`]}},{`id`:`f`,`given`:`$.l`,`assert`:"
      "{`unique`:[`@`]}},{`id`:`g`,`given`:`$.l`,`assert`:{`unique`:"
      "[`@[*]`]}},{`id`:`h`,`given`:`$.o`,`assert`:{`unique`:[`@.id`]}},"
      "{`id`:`i`,`given`:`$.l`,`assert`:{`unique`:[`@.cmd`],"
      "`superset_of`:[1]}},{`id`:`j`,`given`:`$.l`,`assert`:{`unique`:"
      "[`@[?@=='i0']`]}},{`id`:`k`,`given`:`$.l`,`assert`:{`not`:"
      "{`unique`:[`@.id`]}}},{`id`:`l`,`given`:`$`,`assert`:{`of`:`@.l`,"
      "`unique`:[`@.id`]}},{`id`:`m`,`given`:`$.l`,`assert`:{`unique`:"
      "{`path`:`$.l[*].id`}}}]" },
    { "other ways along the list",
      "[{`id`:`a`,`given`:`$.l[::-1].n`,`assert`:{`const`:1}},"
      "{`id`:`b`,`given`:`$.l[3::7].n`,`assert`:{`const`:1}},"
      "{`id`:`c`,`given`:`$.l[0,*,5:70].n`,`assert`:{`const`:1}},"
      "{`id`:`d`,`given`:`$.l[?@.n!=1].n`,`assert`:{`const`:1}},"
      "{`id`:`e`,`given`:`$..n`,`assert`:{`const`:1}},"
      "{`id`:`f`,`given`:`$.*[*].n`,`assert`:{`const`:1}},"
      "{`id`:`g`,`given`:`$.l[1::1000].n`,`assert`:{`const`:1}}]" },
    { "an object", "[{`id`:`a`,`given`:`$.o[*].n`,`assert`:{`const`:1}},"
                   "{`id`:`b`,`given`:{`path`:`$.o`,`keys`:true},`assert`:"
                   "{`in`:{`path`:`$.l[*].id`}}},{`id`:`c`,`given`:"
                   "[`$.o[*].n`,`$.l[*].n`],`assert`:{`const`:1}}]" },
    { "nothing there",
      "[{`id`:`a`,`given`:`$.l[*].x`,`assert`:{`const`:1}},{`id`:`b`,"
      "`given`:`$.l[*].x`,`may_be_empty`:true,`assert`:{`const`:1}},"
      "{`id`:`c`,`given`:`$.l[*]`,`assert`:{`of`:`@.x`,`const`:1}}]" },
    { "patterns",
      "[{`id`:`a`,`given`:`$.l[*].cmd`,`assert`:{`pattern`:`^(\\\\w+ ?)+$`}},"
      "{`id`:`b`,`given`:`$.l[*].cmd`,`assert`:{`pattern`:"
      "`^(\\\\w+ ?)+-`}},"
      "{`id`:`c`,`given`:`$.l[*].cmd`,`assert`:{`pattern`:`^run`}},"
      "{`id`:`d`,`given`:`$.l[?match(@.cmd,'(.*)*x')].cmd`,`assert`:"
      "{`const`:1}}]" },
    { "patterns in paths",
      "[{`id`:`a`,`given`:`$.l[*]`,`assert`:{`of`:"
      "`@[?match(@,'([a-z]+ ?)+')]`,`const`:1}},{`id`:`b`,`given`:`$.l[*].n`,"
      "`assert`:{`in`:{`path`:`$.l[?match(@.cmd,'([a-z]+ ?)+')].n`}}}]" },
    { "other documents",
      "[{`id`:`a`,`given`:`$.l[*].id`,`assert`:{`in`:{`path`:"
      "`one: $.l[*].id`}}},{`id`:`b`,`given`:`$.l[*].n`,`assert`:{`in`:"
      "{`path`:`two: $.l[*].n`}}},{`id`:`c`,`given`:`$.ids[*]`,`assert`:"
      "{`in`:{`path`:`one: $.l[*].id`}}},{`id`:`d`,`given`:`$.l[*].n`,"
      "`assert`:{`in`:{`path`:`none: $.l[*].n`}}}]" },
};

/* An item, bad or not; words of the bad one's command are many. */
static void
add_item(struct az_buf *buf, unsigned number, bool bad)
{
    az_buf_addf(buf, "{\"id\":\"i%u\",\"n\":%u,\"tags\":[\"x\",\"%s\"],",
                bad ? 0 : number, bad ? number + 2 : 1, bad ? "z" : "y");
    az_buf_addf(buf, "\"cmd\":\"%s\"}",
                bad ? "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!; run --n 2"
                    : "run --n 1");
}

static void
add_items(struct az_buf *buf, const struct size_row *size, bool keys)
{
    unsigned i;

    for (i = 0; i < size->items; i++) {
        if (i > 0)
            az_buf_add_char(buf, ',');
        if (keys)
            az_buf_addf(buf, "\"i%u\":", i);
        add_item(buf, i, size->bad > 0 && i % size->bad == size->bad - 1);
    }
}

static const struct az_document *
make_document(const char *name, const struct size_row *size)
{
    const struct az_document *document;
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "{\"name\":\"N\",\"tags\":[\"x\",\"y\"],"
                       "\"ids\":[\"i1\",\"i2\",\"i9\",\"j\"],\"l\":[");
    add_items(&buf, size, false);
    az_buf_add_c(&buf, "],\"o\":{");
    add_items(&buf, size, true);
    az_buf_add_c(&buf, "}}");
    document = az_read_json(arena, &sink,
                            az_source_new(arena, name, az_buf_str(&buf)));
    ck_assert_ptr_nonnull(document);
    return document;
}

/* The findings in the order in which they came. */
static const char *
arrivals(const struct az_sink *from)
{
    const struct az_related *related;
    struct az_buf buf;
    size_t i;

    az_buf_init(&buf, arena);
    az_buf_addf(&buf, "%zu of %zu\n", from->count, from->total);
    for (i = 0; i < from->count; i++) {
        const struct az_diag *diag = from->diags[i];

        az_buf_addf(&buf, "%s %s %s %u-%u %s: %s | %s",
                    az_diag_info(diag->id)->name,
                    az_severity_name(diag->severity), diag->rule,
                    diag->place.span.start, diag->place.span.end,
                    diag->pointer == NULL ? "-" : diag->pointer, diag->message,
                    diag->hint == NULL ? "-" : diag->hint);
        for (related = diag->related; related != NULL; related = related->next)
            az_buf_addf(&buf, " > %s:%u %s", related->place.source->name,
                        related->place.span.start, related->message);
        az_buf_add_char(&buf, '\n');
    }
    return buf.p;
}

/* All documents, of which the first is judged. */
struct documents {
    struct az_judged set[4];
    size_t count;
};

static void
make_documents(const struct size_row *size, struct documents *ret)
{
    static const struct size_row all_good = { 200, 0 };

    ret->set[0] = (struct az_judged){ "own", make_document("own", size), true };
    ret->set[1] =
        (struct az_judged){ "one", make_document("one", &all_good), false };
    ret->set[2] =
        (struct az_judged){ "two", make_document("two", &all_good), false };
    ret->set[3] =
        (struct az_judged){ "two", make_document("two", size), false };
    ret->count = 4;
}

static const struct az_ruleset *
compile(const struct rules_row *row)
{
    const struct az_ruleset *ruleset = az_ruleset_compile(
        arena, &sink, read_quoted("rules", row->rules), NULL);

    ck_assert_msg(ruleset != NULL, "%s: %s", row->label, findings(&sink));
    return ruleset;
}

/* What the rules say one by one; each time compiled anew, since a pattern that
   was given up stays so. */
static const char *
judge_one_by_one(const struct rules_row *row, const struct documents *documents,
                 struct az_rule_counts *counts)
{
    const struct az_ruleset *ruleset = compile(row);
    const struct az_rule *rules;
    struct az_judge *judge;
    struct az_sink found;
    size_t count, i;

    az_sink_init(&found, arena);
    judge =
        az_judge_new(arena, &found, documents->set, documents->count, AZ_INFO);
    rules = az_ruleset_rules(ruleset, &count);
    for (i = 0; i < count; i++)
        az_judge_rule(judge, &rules[i], 0, counts);
    return arrivals(&found);
}

static const char *
judge_together(const struct rules_row *row, const struct documents *documents,
               struct az_rule_counts *counts)
{
    const struct az_ruleset *ruleset = compile(row);
    struct az_sink found;

    /* The kinds that are absent are told first. */
    az_sink_init(&found, arena);
    az_judge_document(
        az_judge_new(arena, &found, documents->set, documents->count, AZ_INFO),
        ruleset, 0, NULL, counts);
    if (strstr(row->rules, "none:") != NULL) {
        ck_assert_uint_ge(found.count, 1);
        found.diags++;
        found.count--;
        found.total--;
    }
    return arrivals(&found);
}

/* FOUND from the first line on that is not in EXPECTED, cut. */
static const char *
differing(const char *found, const char *expected)
{
    size_t i, start = 0;

    for (i = 0; found[i] != '\0' && found[i] == expected[i]; i++)
        if (found[i] == '\n')
            start = i + 1;
    return az_arena_printf(arena, "%.500s", found + start);
}

static void
compare(const struct rules_row *row, const struct size_row *size)
{
    struct az_rule_counts apart = { 0 }, together = { 0 };
    struct documents documents;
    const char *expected, *found;

    make_documents(size, &documents);
    expected = judge_one_by_one(row, &documents, &apart);
    found = judge_together(row, &documents, &together);
    ck_assert_msg(strcmp(found, expected) == 0,
                  "%s, %u items, bad %u:\n%s\nexpected:\n%s", row->label,
                  size->items, size->bad, differing(found, expected),
                  differing(expected, found));
    ck_assert_msg(memcmp(&apart, &together, sizeof(apart)) == 0,
                  "%s, %u items, bad %u: counts", row->label, size->items,
                  size->bad);
}

START_TEST(test_same_findings)
{
    size_t i;

    for (i = 0; i < COUNT(sizes); i++)
        compare(&rulesets[_i], &sizes[i]);
}
END_TEST

/* Which findings are kept, where not all are. */
START_TEST(test_same_findings_kept)
{
    struct az_limits limits = *az_arena_limits(arena);
    size_t i;

    limits.findings = 20;
    az_arena_set_limits(arena, &limits);
    for (i = 0; i < COUNT(sizes); i++)
        if (strstr(rulesets[_i].rules, "none:") == NULL)
            compare(&rulesets[_i], &sizes[i]);
}
END_TEST

/* Each text has an answer, all of them together have none: in a sweep too. */
START_TEST(test_tired)
{
    static const struct rules_row row = {
        "tired", "[{`id`:`a`,`given`:`$.l[*]`,`assert`:{`not_pattern`:"
                 "`^(a|aa)+$`}}]"
    };
    struct az_limits limits = *az_arena_limits(arena);
    struct az_rule_counts apart = { 0 }, together = { 0 };
    struct documents documents = { .count = 1 };
    const char *expected;
    struct az_buf buf;
    unsigned i;

    limits.match_steps = 20000;
    az_arena_set_limits(arena, &limits);
    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "{`l`:[``");
    for (i = 0; i < 2000; i++)
        az_buf_add_c(&buf, ",`aaaaaaaaaaaaaa!`");
    az_buf_add_c(&buf, "]}");
    documents.set[0] =
        (struct az_judged){ "own", read_quoted("own", buf.p), true };
    expected = judge_one_by_one(&row, &documents, &apart);
    ck_assert_str_eq(judge_together(&row, &documents, &together), expected);
    ck_assert_msg(strstr(expected, "in all than the limit") != NULL, "%s",
                  expected);
}
END_TEST

/* What the findings say of budgets: a line for each rule over its own. */
static const char *
exhausted(const char *found)
{
    const char *line, *place;
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "");
    for (line = strstr(found, "rule-budget error "); line != NULL;
         line = strstr(line + 1, "rule-budget error ")) {
        place = line + strlen("rule-budget error ");
        az_buf_addf(&buf, "%.*s\n", (int)strcspn(place, " "), place);
    }
    return buf.p;
}

/* Rules that go over their budget do so in a sweep too; but which of their
   subjects were found to be broken before may differ. */
START_TEST(test_same_exhausted)
{
    static const size_t steps[] = { 1, 100, 1000, 5000, 20000 };
    struct az_limits limits = *az_arena_limits(arena);
    struct az_rule_counts apart, together;
    struct documents documents;
    const char *expected, *found;
    size_t i, k;

    az_arena_set_limits(arena, &limits);
    for (i = 0; i < COUNT(steps) * COUNT(sizes); i++) {
        k = i % COUNT(sizes);
        limits.rule_steps = steps[i / COUNT(sizes)];
        memset(&apart, 0, sizeof(apart));
        memset(&together, 0, sizeof(together));
        make_documents(&sizes[k], &documents);
        expected = judge_one_by_one(&rulesets[_i], &documents, &apart);
        found = judge_together(&rulesets[_i], &documents, &together);
        ck_assert_str_eq(exhausted(found), exhausted(expected));
        ck_assert_uint_eq(together.unsure, apart.unsure);
        ck_assert_uint_eq(together.failed, apart.failed);
    }
}
END_TEST

/* A large set, looked into in its own order: of a value that it has twice, the
   first is shown. */
START_TEST(test_first_of_repeated)
{
    static const struct rules_row row = {
        "repeated", "[{`id`:`a`,`given`:`$.ids[*]`,`assert`:{`not_in`:{`path`:"
                    "`$.l`}}}]"
    };
    struct az_judged judged = { "own", NULL, true };
    struct az_sink found;
    struct az_buf buf;
    unsigned i, half;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "{`l`:[`x`");
    for (i = 0; i < 20; i++)
        az_buf_addf(&buf, ",`a%u`", i);
    half = (unsigned)buf.len;
    for (i = 0; i < 20; i++)
        az_buf_addf(&buf, ",`a%u`", i);
    az_buf_add_c(&buf, "],`ids`:[`a0`");
    for (i = 0; i < 60; i++)
        az_buf_addf(&buf, ",`a%u`", i % 20);
    az_buf_add_c(&buf, "]}");
    judged.document = read_quoted("own", buf.p);
    az_sink_init(&found, arena);
    az_judge_document(az_judge_new(arena, &found, &judged, 1, AZ_INFO),
                      compile(&row), 0, NULL, NULL);
    ck_assert_uint_eq(found.count, 61);
    for (i = 0; i < found.count; i++)
        ck_assert_uint_lt(found.diags[i]->related->place.span.start, half);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("sweep");
    TCase *tcase = new_case(suite, "sweeps");

    tcase_add_loop_test(tcase, test_same_findings, 0, (int)COUNT(rulesets));
    tcase_add_loop_test(tcase, test_same_findings_kept, 0,
                        (int)COUNT(rulesets));
    tcase_add_loop_test(tcase, test_same_exhausted, 0, (int)COUNT(rulesets));
    tcase_add_test(tcase, test_first_of_repeated);
    tcase_add_test(tcase, test_tired);
    return run_suite(suite);
}
