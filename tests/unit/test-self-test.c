/* Self-test: what it finds in samples, breaks and mutants.
   SPDX-License-Identifier: MIT */

#include "core/limits.h"
#include "rule-support.h"
#include "rule/self-test.h"
#include "schema/schema.h"

static const struct az_ruleset *
rules_of(const char *text)
{
    const struct az_ruleset *ruleset =
        az_ruleset_compile(arena, &sink, read_quoted("rules", text), NULL);

    ck_assert_msg(ruleset != NULL, "%s: %s", text, findings(&sink));
    return ruleset;
}

static const struct az_schema *
schema_of(const char *text)
{
    const struct az_schema *schema =
        az_schema_compile(az_registry_new(arena, NULL), &sink,
                          read_quoted("schema", text), AZ_STR(""));

    ck_assert_msg(schema != NULL, "%s: %s", text, findings(&sink));
    return schema;
}

/* A ruleset of kind "own" whose sample is SAMPLE, beside kind "other" with
   {`v`:[1,2]}; EXPECTED without survivors. */
struct break_row {
    const char *label;
    const char *rules;
    const char *sample;
    const char *expected;
};

static const struct break_row break_rows[] = {
    { "good",
      "[{`id`:`r`,`given`:`$.a`,`assert`:{`const`:1},`breaks`:[[{`op`:`"
      "replace`,`path`:`/a`,`value`:2}]]}]",
      "{`a`:1}", "" },
    { "no break",
      "[{`id`:`r`,`given`:`$.a`,`assert`:{`const`:1}},\n"
      "{`id`:`s`,`given`:`$.a`,`assert`:{`const`:1},`breaks`:[]}]",
      "{`a`:1}",
      "rules:1:8-11 /0/id [self-test-no-break] rule 'r' has no break\n"
      "rules:2:7-10 /1/id [self-test-no-break] rule 's' has no break" },
    { "a sample that is broken",
      "[{`id`:`r`,`given`:`$.a`,`assert`:{`const`:1},`breaks`:[[{`op`:`"
      "replace`,`path`:`/a`,`value`:2}]]}]",
      "{`a`:2}",
      "1:1-2 - [self-test-sample] the sample of kind 'own' is not accepted: 1 "
      "finding\n"
      "1:6-7 /a 2 is not 1" },
    { "a sample that gives a warning",
      "[{`id`:`r`,`severity`:`warning`,`given`:`$.a`,`assert`:{`const`:1},"
      "`breaks`:[[{`op`:`replace`,`path`:`/a`,`value`:2}]]}]",
      "{`a`:2}",
      "1:1-2 - [self-test-sample] the sample of kind 'own' is not accepted: 1 "
      "finding\n"
      "1:6-7 /a (warning) 2 is not 1" },
    { "a break that breaks nothing",
      "[{`id`:`r`,`given`:`$.a`,`assert`:{`const`:1},\n"
      "`breaks`:[[{`op`:`replace`,`path`:`/a`,`value`:1.0}]]}]",
      "{`a`:1}",
      "rules:2:11-53 /0/breaks/0 [self-test-break] break 1 of rule 'r' does "
      "not make it fire | no rule fires" },
    { "a break of another rule",
      "[{`id`:`r`,`given`:`$.a`,`assert`:{`const`:1},`breaks`:\n"
      "[[{`op`:`replace`,`path`:`/b`,`value`:1}]]},{`id`:`s`,`given`:`$.b`,"
      "`assert`:{`const`:2},`breaks`:[[{`op`:`replace`,`path`:`/b`,`value`:1}]"
      "]}]",
      "{`a`:1,`b`:2}",
      "rules:2:2-42 /0/breaks/0 [self-test-break] break 1 of rule 'r' does not "
      "make it fire | what fires is s" },
    { "a break that only takes the subject away",
      "[{`id`:`r`,`given`:`$.a`,`assert`:{`const`:1},`breaks`:\n"
      "[[{`op`:`remove`,`path`:`/a`}]]}]",
      "{`a`:1}",
      "rules:1:8-11 /0/id [self-test-break] no break of rule 'r' makes its "
      "assertion fail: they only take away what it judges | add one that "
      "leaves something to judge, and wrong" },
    { "a patch that cannot be applied",
      "[{`id`:`r`,`given`:`$.a`,`assert`:{`const`:1},`breaks`:\n"
      "[[{`op`:`remove`,`path`:`/c`}],[{`op`:`remove`,`path`:`/a`}]]}]",
      "{`a`:1}",
      "rules:2:25-29 /0/breaks/0/0/path [self-test-break] break 1 of rule 'r' "
      "cannot be applied: operation 1: there is no value at '/c'" },
    { "a break of another document",
      "[{`id`:`r`,`given`:`$.a[*]`,`assert`:{`in`:{`path`:`other: $.v`}},"
      "`breaks`:[{`document`:`other`,`patch`:[{`op`:`remove`,`path`:`/v/"
      "0`}]}]}]",
      "{`a`:[1]}", "" },
    { "a break of an unknown document",
      "[{`id`:`r`,`given`:`$.a[*]`,`assert`:{`in`:{`path`:`other: $.v`}},\n"
      "`breaks`:[{`document`:`others`,`patch`:[]}]}]",
      "{`a`:[1]}",
      "rules:2:23-31 /0/breaks/0/document [self-test-break] break 1 of rule "
      "'r' names a kind that has no sample" },
    { "a rule that is not judged",
      "[{`id`:`r`,`given`:`$.a[*]`,`assert`:{`in`:{`path`:`third: $.v`}},"
      "`breaks`:\n[[{`op`:`replace`,`path`:`/a`,`value`:[9]}]]}]",
      "{`a`:[1]}",
      "rules:2:2-44 /0/breaks/0 [self-test-break] break 1 of rule 'r' leaves "
      "it not judged | no rule fires\n"
      "1:1-1 - [rule-not-judged] rule 'r' needs a document of kind 'third', "
      "and there is none\n"
      "1:1-2 - [self-test-sample] the sample of kind 'own' is not accepted: 1 "
      "finding" },
    { "a break that only takes long",
      "[{`id`:`r`,`given`:`$.a`,`assert`:{`pattern`:`^(?=b|a)(a+)+$`},\n"
      "`breaks`:[[{`op`:`replace`,`path`:`/a`,`value`:"
      "`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!`}]]}]",
      "{`a`:`a`}",
      "rules:2:11-93 /0/breaks/0 [self-test-break] break 1 of rule 'r' takes "
      "it over a budget | what fires is r" },
    { "a break that is noticed where the rule looks",
      "[{`id`:`r`,`given`:`$.a[*]`,`assert`:{`in`:{`path`:`$.b[?@.c == "
      "1].d`}},`breaks`:[[{`op`:`replace`,`path`:`/b/0/c`,`value`:2}]]}]",
      "{`a`:[1],`b`:[{`c`:1,`d`:1},{`c`:1,`d`:3}]}", "" },
    { "an item removed, the next one told",
      "[{`id`:`r`,`given`:`$.a`,`assert`:{`same_sequence`:[1,2,3]},`breaks`:[[{"
      "`op`:`remove`,`path`:`/a/0`}]]}]",
      "{`a`:[1,2,3]}", "" },
};

START_TEST(test_break)
{
    const struct break_row *row = &break_rows[_i];
    const struct az_self_test_kind kinds[] = {
        { "own", NULL, rules_of(row->rules), read_quoted("test", row->sample),
          NULL },
        { "other", NULL, NULL, read_quoted("other", "{`v`:[1,2]}"), NULL },
    };
    const struct az_self_test_options options = { .no_mutants = true };
    struct az_self_test result;
    const char *found;

    az_self_test_run(arena, &sink, kinds, 2, 0, &options, &result);
    found = findings(&sink);
    ck_assert_msg(strcmp(found, row->expected) == 0,
                  "row %d (%s):\n%s\nexpected:\n%s", _i, row->label, found,
                  row->expected);
}
END_TEST

/* One mutation at a time: how many mutants SAMPLE has of it, and which of them
   are killed by RULES and by SCHEMA. */
struct mutant_row {
    enum az_mutation mutation;
    const char *rules;
    const char *schema; /* or NULL */
    const char *sample;
    size_t mutants;
    size_t killed;
    const char *survivors; /* pointers of this mutation, parted by blanks */
};

#define ANY_RULE "[{`id`:`r`,`given`:`$`,`assert`:{`type`:`object`}}]"

static const struct mutant_row mutant_rows[] = {
    { AZ_MUTATION_DROP_MEMBER, ANY_RULE, "{`required`:[`a`]}", "{`a`:1,`b`:2}",
      2, 1, "/b" },
    { AZ_MUTATION_EMPTY,
      "[{`id`:`r`,`given`:`$.a`,`assert`:{`non_empty`:true}}]", NULL,
      "{`a`:`x`,`b`:`y`,`c`:[],`d`:[0],`e`:{}}", 4, 2, "/b /d" },
    { AZ_MUTATION_DUPLICATE_ITEM,
      "[{`id`:`r`,`given`:`$.a`,`assert`:{`unique`:true}}]", NULL,
      "{`a`:[1,2],`b`:[3]}", 3, 2, "/b/0" },
    { AZ_MUTATION_DUPLICATE_ID,
      "[{`id`:`r`,`given`:`$.a`,`assert`:{`unique`:[`@.id`]}}]", NULL,
      "{`a`:[{`id`:`x`},{`id`:`y`}],`b`:[{`m_id`:`x`},{`m_id`:`y`}],`c`:[{"
      "`id`:`x`},{`id`:`x`}],`d`:[{`id`:`x`}]}",
      4, 2, "/b/0/m_id /b/1/m_id" },
    { AZ_MUTATION_CHANGE_TYPE, ANY_RULE,
      "{`properties`:{`a`:{`type`:`boolean`},`b`:{`type`:`integer`}}}",
      "{`a`:true,`b`:2,`c`:null}", 4, 3, "/c" },
    { AZ_MUTATION_UNKNOWN_KEY, ANY_RULE,
      "{`additionalProperties`:{`type`:"
      "`object`}}",
      "{`a`:{}}", 2, 1, "/a" },
    { AZ_MUTATION_SWAP_REFERENCE,
      "[{`id`:`r`,`given`:`$.a[*]`,`assert`:{`in`:{`path`:`$.b`,`keys`:true}}}"
      "]",
      NULL,
      "{`a`:[`x`],`b`:{`x`:1},`c`:[`once`,`once`],`d`:`x`,`e`:`two "
      "words`,`f`:`two words`}",
      3, 2, "/d" },
    { AZ_MUTATION_OFF_BY_ONE,
      "[{`id`:`r`,`given`:`$.a`,`assert`:{`range`:{`min`:2}}}]", NULL,
      "{`a`:2,`b`:2.5}", 2, 1, "/b" },
    { AZ_MUTATION_ZERO,
      "[{`id`:`r`,`given`:`$.a`,`assert`:{`range`:{`above`:0}}}]", NULL,
      "{`a`:2,`b`:2.5,`c`:0}", 2, 1, "/b" },
    { AZ_MUTATION_NEGATE,
      "[{`id`:`r`,`given`:`$.a`,`assert`:{`range`:{`above`:0}}}]", NULL,
      "{`a`:2,`b`:2.5,`c`:0}", 2, 1, "/b" },
    { AZ_MUTATION_REVERSE,
      "[{`id`:`r`,`given`:`$.a`,`assert`:{`same_sequence`:[1,2]}}]", NULL,
      "{`a`:[1,2],`b`:[1,2,1],`c`:[1,2,3]}", 2, 1, "/c" },
    /* A rule of severity warning notices, one of severity info does not. */
    { AZ_MUTATION_ZERO,
      "[{`id`:`r`,`severity`:`warning`,`given`:`$.a`,`assert`:{`range`:{"
      "`above`:0}}}]",
      NULL, "{`a`:2}", 1, 1, "" },
    { AZ_MUTATION_ZERO,
      "[{`id`:`r`,`severity`:`info`,`given`:`$.a`,`assert`:{`range`:{"
      "`above`:0}}}]",
      NULL, "{`a`:2}", 1, 0, "/a" },
    { AZ_MUTATION_NULL, ANY_RULE,
      "{`properties`:{`a`:{`type`:[`boolean`,`null`]},`b`:{`type`:`integer`}}}",
      "{`a`:true,`b`:2,`c`:null}", 3, 2, "/a" },
    /* beyond, at and within each limit, but for the value that it has; what is
       allowed may go unnoticed */
    { AZ_MUTATION_BOUNDARY,
      "[{`id`:`r`,`given`:`$.a`,`assert`:{`range`:{`min`:2,`below`:2.5}}}]",
      NULL, "{`a`:2,`b`:7}", 5, 4, "/a" },
    { AZ_MUTATION_BOUNDARY, ANY_RULE,
      "{`properties`:{`a`:{`minimum`:2,`exclusiveMaximum`:9},`b`:{`not`:{"
      "`minimum`:1}}}}",
      "{`a`:3,`b`:0}", 5, 3, "/a /a" },
    { AZ_MUTATION_BOUNDARY,
      "[{`id`:`r`,`given`:`$`,`assert`:{`ordered`:[`@.a`,`@.b`]}},{`id`:`s`,"
      "`given`:`$`,`assert`:{`ordered_along`:{`keys`:[`c`,`d`]}}}]",
      NULL, "{`a`:1,`b`:1,`c`:1,`d`:3}", 10, 4, "/a /b /c /c /d /d" },
    /* a bound that is only a condition limits nothing */
    { AZ_MUTATION_BOUNDARY,
      "[{`id`:`r`,`given`:`$.a`,`assert`:{`when`:{`range`:{`min`:2}},`then`:{"
      "`type`:`number`}}}]",
      NULL, "{`a`:3}", 0, 0, "" },
    /* sizes, and numbers that others are reckoned from */
    { AZ_MUTATION_BOUNDARY,
      "[{`id`:`r`,`given`:`$.a`,`assert`:{`count`:{`min`:2,`max`:3}}}]", NULL,
      "{`a`:[1,2]}", 4, 2, "/a /a" },
    { AZ_MUTATION_BOUNDARY,
      "[{`id`:`r`,`given`:`$`,`assert`:{`count`:{`of_path`:`@.a[*]`,`max`:"
      "2}}},{`id`:`s`,`given`:`$`,`assert`:{`count`:{`of_path`:`@.b[?@>1]`,"
      "`max`:5}}}]",
      NULL, "{`a`:[1,2],`b`:[1,2]}", 2, 1, "/a" },
    { AZ_MUTATION_BOUNDARY,
      "[{`id`:`r`,`given`:`$.a`,`assert`:{`length`:{`max`:4,`above`:1}}}]",
      NULL, "{`a`:`\u00e9\u00e92`}", 5, 3, "/a /a" },
    { AZ_MUTATION_BOUNDARY,
      "[{`id`:`r`,`given`:`$.a`,`assert`:{`sum`:{`max`:{`path`:`$.m`}}}}]",
      NULL, "{`a`:[3,4],`m`:10}", 9, 3, "/a/0 /a/0 /a/1 /a/1 /m /m" },
    { AZ_MUTATION_BOUNDARY,
      "[{`id`:`r`,`given`:`$`,`assert`:{`ratio`:{`part`:{`sum`:`@.a[*]`},"
      "`whole`:{`sum`:`@.b[*]`},`max`:0.5}}}]",
      NULL, "{`a`:[1],`b`:[4]}", 5, 2, "/a/0 /b/0 /b/0" },
    { AZ_MUTATION_BOUNDARY,
      "[{`id`:`r`,`given`:`$`,`assert`:{`ratio`:{`part`:{`sum`:`@.a[?@>1]`},"
      "`whole`:{`sum`:`@.a[*]`},`max`:{`path`:`$.m`}}}}]",
      NULL, "{`a`:[1,3],`m`:0.8}", 3, 1, "/m /m" },
    { AZ_MUTATION_BOUNDARY,
      "[{`id`:`r`,`given`:`$`,`assert`:{`join`:{`rows`:`@.a`,`key`:[`@.k`],"
      "`with`:`@.b`,`agree`:[{`rows`:`@.v`,`is`:`at_most`,`with`:`@.v`}],"
      "`unmatched`:{`rows`:`fail`,`with`:`fail`}}}}]",
      NULL, "{`a`:{`k`:`x`,`v`:1},`b`:{`k`:`x`,`v`:3}}", 6, 2,
      "/a/v /a/v /b/v /b/v" },
    { AZ_MUTATION_BOUNDARY,
      "[{`id`:`r`,`given`:`$.a`,`assert`:{`stage`:{`rows`:`$.s[*]`,`date`:"
      "`@.d`,`min`:`@.v`}}}]",
      NULL, "{`a`:3,`s`:[{`d`:`2026-01-01`,`v`:2}]}", 4, 2, "/a /s/0/v" },
};

START_TEST(test_mutation)
{
    const struct mutant_row *row = &mutant_rows[_i];
    const struct az_self_test_kind kinds[] = {
        { "own", row->schema == NULL ? NULL : schema_of(row->schema),
          rules_of(row->rules), read_quoted("test", row->sample), NULL },
    };
    static const struct az_self_test_options options = {
        .world = { .now = "2026-11-21T12:00:00Z" }
    };
    struct az_self_test result;
    struct az_buf survivors;
    size_t i;

    az_self_test_run(arena, &sink, kinds, 1, 0, &options, &result);
    az_buf_init(&survivors, arena);
    az_buf_add_c(&survivors, "");
    for (i = 0; i < result.listed_count; i++)
        if (result.listed[i].mutation == row->mutation)
            az_buf_addf(&survivors, "%s%s", survivors.len == 0 ? "" : " ",
                        result.listed[i].pointer);
    ck_assert_msg(strcmp(survivors.p, row->survivors) == 0, "%s: %s",
                  az_mutation_name(row->mutation), survivors.p);
    ck_assert_msg(result.by_mutation[row->mutation].mutants == row->mutants &&
                      result.by_mutation[row->mutation].killed == row->killed,
                  "%s: %zu of %zu", az_mutation_name(row->mutation),
                  result.by_mutation[row->mutation].killed,
                  result.by_mutation[row->mutation].mutants);
}
END_TEST

static bool
is_no_sample(const struct az_diag *diag, void *context)
{
    (void)context;
    return diag->id != AZ_DIAG_SELF_TEST_SAMPLE;
}

/* A name that may be anything need not be noticed, and may be. */
START_TEST(test_free_names)
{
    static const struct {
        const char *paths;
        size_t survivors;
        const char *found;
    } cases[] = {
        { "[]", 2, "" },
        { "[`$.b`]", 1, "" },
        { "[`$.b`,`$.d`]", 0, "" },
        { "[`$.a`,`$.b`,`$.d`]", 0, "" },
        { "[`$.e`]", 2,
          "1:1-2 - [self-test-sample] free name '$.e' of kind 'own' selects "
          "nothing" },
        { "[`$.`]", 2,
          "1:1-2 - [self-test-sample] free name '$.' of kind 'own' is no path: "
          "expected a name or '*' behind '.'" },
    };
    struct az_self_test_kind kinds[] = {
        { "own", NULL,
          rules_of("[{`id`:`r`,`given`:`$.a`,`assert`:{`in`:[`x`]}}]"),
          read_quoted("test", "{`a`:`x`,`b`:`x`,`c`:7,`d`:`x`}"), NULL },
    };
    struct az_self_test result;
    size_t i, survivors = 0;

    kinds[0].free_names = read_quoted("kinds", cases[_i].paths)->root;
    az_self_test_run(arena, &sink, kinds, 1, 0, NULL, &result);
    for (i = 0; i < result.listed_count; i++)
        survivors += result.listed[i].mutation == AZ_MUTATION_SWAP_REFERENCE &&
                     !result.listed[i].equivalent;
    ck_assert_uint_eq(survivors, cases[_i].survivors);
    ck_assert_uint_eq(result.by_mutation[AZ_MUTATION_SWAP_REFERENCE].killed, 1);
    az_sink_drop(&sink, 0, is_no_sample, NULL);
    ck_assert_str_eq(findings(&sink), cases[_i].found);
}
END_TEST

/* What notices each change of a document in use; a rule that it breaks already
   notices nothing, and no change is a finding. */
START_TEST(test_explore)
{
    const struct az_self_test_kind kinds[] = {
        { "own", schema_of("{`properties`:{`a`:{`type`:`integer`}}}"),
          rules_of("[{`id`:`r`,`given`:`$.a`,`assert`:{`range`:{`min`:0}}},"
                   "{`id`:`s`,`given`:`$.a`,`assert`:{`type`:`number`}},"
                   "{`id`:`t`,`severity`:`warning`,`given`:`$.a`,`assert`:{"
                   "`const`:2}}]"),
          read_quoted("test", "{`a`:1}"), NULL },
    };
    static const struct az_self_test_options options = { .explore = true };
    struct az_self_test result;
    struct az_buf buf;
    size_t i, k;

    az_self_test_run(arena, &sink, kinds, 1, 0, &options, &result);
    az_buf_init(&buf, arena);
    for (i = 0; i < result.listed_count; i++) {
        const struct az_mutant *mutant = &result.listed[i];

        if (strcmp(mutant->pointer, "/a") != 0)
            continue;
        az_buf_addf(&buf, "%s:", az_mutation_name(mutant->mutation));
        for (k = 0; k < mutant->noticed_count; k++)
            az_buf_addf(&buf, " %s", mutant->noticed_by[k]);
        az_buf_add_c(&buf, mutant->equivalent ? " (same)\n" : "\n");
    }
    ck_assert_str_eq(buf.p, "drop-member: r s\n"
                            "null: schema-type r s\n"
                            "change-type: schema-type r s\n"
                            "off-by-one: (same)\n"
                            "zero:\n"
                            "negate: r\n"
                            "boundary: r\n"
                            "boundary: (same)\n");
    ck_assert_uint_eq(sink.total, 0);
    ck_assert_uint_eq(result.listed_count, result.mutants);
}
END_TEST

/* Mutants over the limit are told and not made. */
START_TEST(test_cut)
{
    const struct az_self_test_kind kinds[] = {
        { "own", NULL, NULL, read_quoted("test", "{`a`:[1,2]}"), NULL },
    };
    struct az_limits limits = az_limits_own;
    struct az_self_test all, result;
    struct az_sink unused;

    az_sink_init(&unused, arena);
    az_self_test_run(arena, &unused, kinds, 1, 0, NULL, &all);
    limits.mutants = 3;
    az_arena_set_limits(arena, &limits);
    az_self_test_run(arena, &sink, kinds, 1, 0, NULL, &result);
    ck_assert_uint_eq(result.mutants, 3);
    ck_assert_uint_eq(result.cut, all.mutants - 3);
    ck_assert_str_eq(sink.diags[0]->message,
                     az_arena_printf(arena,
                                     "%zu more mutants than 3, the limit, are "
                                     "not tried",
                                     result.cut));
}
END_TEST

/* A rule of another kind kills a mutant of this one; the sums agree. */
START_TEST(test_onlooker)
{
    const struct az_self_test_kind kinds[] = {
        { "own", NULL, NULL, read_quoted("test", "{`v`:[1,2]}"), NULL },
        { "other", NULL,
          rules_of("[{`id`:`r`,`given`:`$.w`,`assert`:{`same_set`:{`path`:`own:"
                   " $.v`}}}]"),
          read_quoted("other", "{`w`:[2,1]}"), NULL },
    };
    struct az_self_test result;
    size_t i, mutants = 0, killed = 0;

    az_self_test_run(arena, &sink, kinds, 2, 0, NULL, &result);
    for (i = 0; i < AZ_MUTATION_COUNT; i++) {
        mutants += result.by_mutation[i].mutants;
        killed += result.by_mutation[i].killed;
    }
    ck_assert_uint_eq(mutants, result.mutants);
    ck_assert_uint_eq(killed, result.killed);
    ck_assert_uint_eq(result.listed_count, mutants - killed);
    ck_assert_uint_eq(result.by_mutation[AZ_MUTATION_OFF_BY_ONE].killed, 2);
    ck_assert_uint_eq(result.by_mutation[AZ_MUTATION_DUPLICATE_ITEM].killed, 0);
    ck_assert_uint_eq(result.killed_by_schema, 0);
}
END_TEST

/* Of what survives, the finding stands at the value or its key, and what may
   mean the same is none. */
START_TEST(test_survivor)
{
    const struct az_self_test_kind kinds[] = {
        { "own", NULL, NULL, read_quoted("test", "{`a`:[1]}"), NULL },
    };
    struct az_self_test result;

    az_self_test_run(arena, &sink, kinds, 1, 0, NULL, &result);
    ck_assert_str_eq(findings(&sink),
                     "1:1-10  [self-test-survivor] (warning) nobody notices an "
                     "unknown key in this (unknown-key)\n"
                     "1:1-10  [self-test-survivor] (warning) nobody notices "
                     "that this has another type (change-type)\n"
                     "1:1-10  [self-test-survivor] (warning) nobody notices "
                     "that this is empty (empty)\n"
                     "1:1-10  [self-test-survivor] (warning) nobody notices "
                     "that this is null (null)\n"
                     "1:2-5 /a [self-test-survivor] (warning) nobody notices "
                     "that this member is missing (drop-member)\n"
                     "1:6-9 /a [self-test-survivor] (warning) nobody notices "
                     "that this has another type (change-type)\n"
                     "1:6-9 /a [self-test-survivor] (warning) nobody notices "
                     "that this is empty (empty)\n"
                     "1:6-9 /a [self-test-survivor] (warning) nobody notices "
                     "that this is null (null)\n"
                     "1:7-8 /a/0 [self-test-survivor] (warning) nobody notices "
                     "that this has another type (change-type)\n"
                     "1:7-8 /a/0 [self-test-survivor] (warning) nobody notices "
                     "that this is 0 (zero)\n"
                     "1:7-8 /a/0 [self-test-survivor] (warning) nobody notices "
                     "that this is negative (negate)\n"
                     "1:7-8 /a/0 [self-test-survivor] (warning) nobody notices "
                     "that this is null (null)\n"
                     "1:7-8 /a/0 [self-test-survivor] (warning) nobody notices "
                     "that this item is there twice (duplicate-item)");
    ck_assert_uint_eq(result.killed, 0);
    ck_assert_uint_eq(result.equivalent, 1);
}
END_TEST

/* A break that the schema refuses too is counted. */
START_TEST(test_refused)
{
    const struct az_self_test_kind kinds[] = {
        { "own", schema_of("{`properties`:{`a`:{`type`:`integer`}}}"),
          rules_of("[{`id`:`r`,`given`:`$.a`,`assert`:{`const`:1},`breaks`:[[{"
                   "`op`:`replace`,`path`:`/a`,`value`:`x`}],[{`op`:`replace`,"
                   "`path`:`/a`,`value`:2}]]}]"),
          read_quoted("test", "{`a`:1}"), NULL },
    };
    const struct az_self_test_options options = { .no_mutants = true };
    struct az_self_test result;

    az_self_test_run(arena, &sink, kinds, 1, 0, &options, &result);
    ck_assert_uint_eq(sink.total, 0);
    ck_assert_uint_eq(result.rules, 1);
    ck_assert_uint_eq(result.breaks, 2);
    ck_assert_uint_eq(result.breaks_refused, 1);
    ck_assert_uint_eq(result.mutants, 0);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("self-test");
    TCase *tcase = new_case(suite, "breaks");

    tcase_add_loop_test(tcase, test_break, 0, (int)COUNT(break_rows));
    tcase_add_test(tcase, test_refused);
    tcase = new_case(suite, "mutants");
    tcase_add_test(tcase, test_explore);
    tcase_add_test(tcase, test_cut);
    tcase_add_loop_test(tcase, test_free_names, 0, 6);
    tcase_add_loop_test(tcase, test_mutation, 0, (int)COUNT(mutant_rows));
    tcase_add_test(tcase, test_onlooker);
    tcase_add_test(tcase, test_survivor);
    return run_suite(suite);
}
