/* Rules: each assertion both ways, with message and place.
   SPDX-License-Identifier: MIT */

#include "rule-support.h"

#include "core/limits.h"
#include "rule/rustc.h"
#include "rule/shell-words.h"
#include "schema/schema.h"

/* A rule "r" of GIVEN and ASSERT_, judging DOCUMENT, with OTHER (or none) as
   the document of kind "other". */
struct row {
    const char *label;
    const char *given;
    const char *assertion;
    const char *document;
    const char *other;
    const char *expected;
};

static const struct row rows[] = {
#include "rule-rows.h"
};

static const char *
judge(const char *rule, const char *document, const char *other)
{
    const struct az_ruleset *ruleset;
    const struct az_judge_world world = { .now = "2026-11-21T12:00:00Z" };
    struct az_judge *judging;
    struct az_judged set[2];

    ruleset =
        az_ruleset_compile(arena, &sink, read_quoted("rules", rule), NULL);
    ck_assert_msg(ruleset != NULL, "%s: %s", rule, findings(&sink));
    set[0] = (struct az_judged){ "own", read_quoted("test", document), true };
    if (other != NULL)
        set[1] =
            (struct az_judged){ "other", read_quoted("other", other), false };
    judging = az_judge_new(arena, &sink, set, other == NULL ? 1 : 2, AZ_INFO);
    az_judge_show(judging, &world);
    az_judge_document(judging, ruleset, 0, NULL, NULL);
    return findings(&sink);
}

/* Whether those findings yield to nothing that tell that nothing was compared
   or that no answer was found, and no others. */
static bool
voids_are_fatal(void)
{
    size_t i;

    for (i = 0; i < sink.count; i++) {
        const struct az_diag *diag = sink.diags[i];
        bool unknown = diag->id != AZ_DIAG_RULE_BROKEN ||
                       strncmp(diag->message, "nothing to compare", 18) == 0;

        if (unknown != (az_diag_yields(diag) == AZ_YIELD_NONE))
            return false;
    }
    return true;
}

START_TEST(test_assertion)
{
    const struct row *row = &rows[_i];
    const char *found =
        judge(az_arena_printf(arena, "[{`id`:`r`,`given`:`%s`,`assert`:%s}]",
                              row->given, row->assertion),
              row->document, row->other);

    ck_assert_msg(strcmp(found, row->expected) == 0,
                  "row %d (%s):\n%s\nexpected:\n%s", _i, row->label, found,
                  row->expected);
    ck_assert_msg(voids_are_fatal(), "row %d (%s)", _i, row->label);
}
END_TEST

/* An assertion or its negation holds, never both, and neither where there is
   no answer. */
START_TEST(test_negation)
{
    const struct row *row = &rows[_i];
    bool unknown = strstr(row->expected, "nothing to compare") != NULL ||
                   strstr(row->expected, "[regex-budget]") != NULL;
    const char *found;

    if (strchr(row->given, '*') != NULL)
        return;
    found = judge(
        az_arena_printf(arena, "[{`id`:`r`,`given`:`%s`,`assert`:{`not`:%s}}]",
                        row->given, row->assertion),
        row->document, row->other);
    /* what is amiss with that which is compared is a fault, but no answer */
    unknown |= row->expected[0] != '\0' &&
               strstr(found, "nothing to compare") != NULL &&
               strstr(row->expected, "nothing to compare") == NULL;
    ck_assert_msg((found[0] == '\0') == (row->expected[0] != '\0' && !unknown),
                  "row %d (%s): %s", _i, row->label, found);
    ck_assert_msg(!unknown || strcmp(found, row->expected) == 0 ||
                      strstr(row->expected, "nothing to compare") == NULL,
                  "row %d (%s): %s", _i, row->label, found);
}
END_TEST

/* Keys of a rule beside "assert". */
struct rule_row {
    const char *label;
    const char *rule; /* in braces, without the id */
    const char *document;
    const char *other;
    const char *expected;
};

static const struct rule_row rule_rows[] = {
#include "rule-key-rows.h"
};

START_TEST(test_rule_keys)
{
    const struct rule_row *row = &rule_rows[_i];
    const char *found =
        judge(az_arena_printf(arena, "[{`id`:`r`,%s}]", row->rule),
              row->document, row->other);

    ck_assert_msg(strcmp(found, row->expected) == 0,
                  "row %d (%s):\n%s\nexpected:\n%s", _i, row->label, found,
                  row->expected);
}
END_TEST

/* Mistakes in rulesets. */
struct mistake_row {
    const char *label;
    const char *ruleset;
    const char *expected;
};

static const struct mistake_row mistake_rows[] = {
#include "rule-mistake-rows.h"
};

START_TEST(test_mistake)
{
    const struct mistake_row *row = &mistake_rows[_i];
    static const char *const kinds[] = { "perf-budgets", "own", NULL };
    const struct az_ruleset_options options = { kinds };
    const struct az_ruleset *ruleset = az_ruleset_compile(
        arena, &sink, read_quoted("test", row->ruleset), &options);
    const char *found = findings(&sink);

    ck_assert_msg(strcmp(found, row->expected) == 0,
                  "row %d (%s):\n%s\nexpected:\n%s", _i, row->label, found,
                  row->expected);
    ck_assert_msg((ruleset == NULL) == (row->expected[0] != '\0'), "row %d",
                  _i);
}
END_TEST

/* A plain YAML scalar, a quoted one and one with an escape. */
START_TEST(test_mistake_in_yaml)
{
    const struct az_source *source =
        az_source_new(arena, "test",
                      az_str_from("- id: r\n"
                                  "  given: $.a[\n"
                                  "  assert: { in: { path: \"$.b]\" } }\n"
                                  "- id: s\n"
                                  "  given: \"$.\\u0061]\"\n"
                                  "  assert: { pattern: 'a(' }\n"));
    const struct az_document *document = az_read_yaml(arena, &sink, source);
    const char *found;

    ck_assert_ptr_nonnull(document);
    ck_assert_ptr_null(az_ruleset_compile(arena, &sink, document, NULL));
    found = findings(&sink);
    ck_assert_str_eq(
        found,
        "2:14-14 /0/given path: expected a selector: a quoted name, an index, "
        "a slice, '*' or '?', at character 5\n"
        "3:29-30 /0/assert/in/path path: expected '.', '[' or the end, at "
        "character 4\n"
        "5:10-21 /1/given path: expected '.', '[' or the end, at character 4\n"
        "6:24-25 /1/assert/pattern [regex-invalid] pattern: ')' is missing, at "
        "character 2");
}
END_TEST

/* One finding for each kind that is absent, which names the rules. */
START_TEST(test_absent_kinds)
{
    const struct az_ruleset *ruleset = az_ruleset_compile(
        arena, &sink,
        read_quoted("rules",
                    "[{`id`:`a`,`given`:`$.a`,`assert`:{`in`:{`path`:`k: $.x`}}"
                    "},{`id`:`b`,`given`:`$.a`,`assert`:{`in`:{`path`:`l: $.x`}"
                    ",`not_in`:{`path`:`k: $.x`}}},{`id`:`c`,`given`:`$.a`,`ass"
                    "ert`:{`const`:1}}]"),
        NULL);
    const struct az_judged set[] = { { "own", read_quoted("test", "{`a`:1}"),
                                       true } };
    struct az_rule_counts counts = { 0 };
    struct az_judge *judging;

    ck_assert_ptr_nonnull(ruleset);
    judging = az_judge_new(arena, &sink, set, 1, AZ_ERROR);
    az_judge_document(judging, ruleset, 0, "give it", &counts);
    ck_assert_str_eq(findings(&sink),
                     "1:1-1 - [rule-not-judged] 2 rules need a document of "
                     "kind 'k', and there is none: 'a', 'b' | give it\n"
                     "1:1-1 - [rule-not-judged] rule 'b' needs a document of "
                     "kind 'l', and there is none | give it");
    ck_assert_int_eq(az_sink_class(&sink), AZ_CLASS_NO_VERDICT);
    ck_assert_uint_eq(counts.not_judged, 2);
    ck_assert_uint_eq(counts.judged, 1);
    az_judge_rule(judging, az_ruleset_find(ruleset, AZ_STR("b")), 0, &counts);
    ck_assert_uint_eq(counts.not_judged, 3);
    ck_assert_uint_eq(counts.judged, 1);
    ck_assert_uint_eq(sink.total, 2);
}
END_TEST

/* The rule must hold with each document of a kind. */
START_TEST(test_several_documents)
{
    const struct az_ruleset *ruleset = az_ruleset_compile(
        arena, &sink,
        read_quoted("rules", "[{`id`:`r`,`given`:`$.a`,`assert`:"
                             "{`const`:{`path`:`other: $.a`}}}]"),
        NULL);
    const struct az_judged set[] = {
        { "own", read_quoted("test", "{`a`:1}"), true },
        { "other", read_quoted("one", "{`a`:1}"), false },
        { "other", read_quoted("two", "{`a`:2}"), false },
        { "other", read_quoted("three", "{`a`:3}"), false },
    };
    struct az_rule_counts counts = { 0 };
    struct az_judge *judging = az_judge_new(arena, &sink, set, 4, AZ_INFO);

    az_judge_document(judging, ruleset, 0, NULL, &counts);
    az_judge_document(judging, ruleset, 1, NULL, &counts);
    ck_assert_str_eq(findings(&sink),
                     "1:6-7 /a 1 is not 2 > two:1:6-7 the value expected\n"
                     "1:6-7 /a 1 is not 3 > three:1:6-7 the value expected");
    ck_assert_uint_eq(counts.judged, 1);
    ck_assert_uint_eq(counts.broken, 1);
    ck_assert_uint_eq(counts.subjects, 1);
}
END_TEST

/* COUNT documents of kind k, and as many of kind l, after one with a rule about
   both: what became of the rule. */
static struct az_rule_counts
judge_pairs(size_t k_count, size_t l_count)
{
    const struct az_ruleset *ruleset = az_ruleset_compile(
        arena, &sink,
        read_quoted("rules", "[{`id`:`r`,`given`:`$.a`,`assert`:"
                             "{`const`:{`path`:`k: $.a`},"
                             "`in`:{`path`:`l: $.a`}}}]"),
        NULL);
    size_t count = 1 + k_count + l_count, i;
    struct az_judged *set = az_arena_array(arena, count, sizeof(*set));
    const struct az_document *other = read_quoted("other", "{`a`:1}");
    struct az_rule_counts counts = { 0 };

    set[0] = (struct az_judged){ "own", read_quoted("test", "{`a`:1}"), true };
    for (i = 1; i < count; i++)
        set[i] = (struct az_judged){ i <= k_count ? "k" : "l", other, false };
    az_judge_document(az_judge_new(arena, &sink, set, count, AZ_INFO), ruleset,
                      0, NULL, &counts);
    return counts;
}

/* More ways to choose documents than the limit are no verdict. */
START_TEST(test_choices)
{
    struct az_rule_counts counts = judge_pairs(256, AZ_MAX_CHOICES / 256);

    ck_assert_uint_eq(sink.total, 0);
    ck_assert_uint_eq(counts.subjects, 1);
    ck_assert_uint_eq(counts.unsure, 0);
    counts = judge_pairs(257, AZ_MAX_CHOICES / 256);
    ck_assert_str_eq(findings(&sink),
                     "1:1-1  [rule-not-judged] rule 'r' is not judged: the "
                     "documents it refers to can be chosen in more than 65536 "
                     "ways");
    ck_assert_int_eq(az_sink_class(&sink), AZ_CLASS_NO_VERDICT);
    ck_assert_uint_eq(counts.subjects, 0);
    ck_assert_uint_eq(counts.unsure, 1);
}
END_TEST

/* Text that is too long is not the pattern's fault: it is tried on the next. */
START_TEST(test_long_text)
{
    const struct az_ruleset *ruleset = az_ruleset_compile(
        arena, &sink,
        read_quoted("rules", "[{`id`:`r`,`given`:`$[*]`,`assert`:"
                             "{`pattern`:`^(a+)+$`}},{`id`:`s`,"
                             "`given`:`$[*]`,`assert`:{`pattern`:`^b`}}]"),
        NULL);
    struct az_judged set = { "own", NULL, true };
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "[\"b");
    while (buf.len < AZ_MAX_SUBJECT_SIZE)
        az_buf_add_c(&buf, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    az_buf_add_c(&buf, "\",\"baaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\"]");
    set.document = az_read_json(arena, &sink,
                                az_source_new(arena, "test", az_buf_str(&buf)));
    az_judge_document(az_judge_new(arena, &sink, &set, 1, AZ_INFO), ruleset, 0,
                      NULL, NULL);
    ck_assert_uint_eq(sink.count, 3);
    findings(&sink);
    ck_assert_str_eq(sink.diags[0]->message,
                     "the text is too long to match pattern '^(a+)+$' with");
    ck_assert_str_eq(sink.diags[1]->message,
                     "the text is too long to match pattern '^b' with");
    ck_assert_str_eq(sink.diags[0]->pointer, "/0");
    ck_assert_int_eq(sink.diags[0]->id, AZ_DIAG_REGEX_BUDGET);
    ck_assert_int_eq(sink.diags[2]->id, AZ_DIAG_RULE_BROKEN);
}
END_TEST

/* Of an alias's nodes, the pointers come out right, and fast. */
START_TEST(test_scattered)
{
    const struct az_source *source =
        az_source_new(arena, "test",
                      az_str_from("a: &x [{id: 1}, {id: 2}]\n"
                                  "b: [*x, *x]\n"));
    const struct az_document *document = az_read_yaml(arena, &sink, source);
    const struct az_ruleset *ruleset = az_ruleset_compile(
        arena, &sink,
        read_quoted("rules", "[{`id`:`r`,`given`:`$.b[1][*].id`,"
                             "`assert`:{`const`:1}}]"),
        NULL);
    const struct az_judged set[] = { { "own", document, true } };

    az_judge_document(az_judge_new(arena, &sink, set, 1, AZ_INFO), ruleset, 0,
                      NULL, NULL);
    ck_assert_uint_eq(sink.count, 1);
    ck_assert_str_eq(sink.diags[0]->pointer, "/b/1/1/id");
}
END_TEST

/* {`a`:[0, 1, ...]} with COUNT numbers. */
static const struct az_document *
large_document(size_t count)
{
    struct az_buf buf;
    size_t i;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "{\"a\":[");
    for (i = 0; i < count; i++)
        az_buf_addf(&buf, "%s\"m%zu\",%zu", i == 0 ? "" : ",", i, i);
    az_buf_add_c(&buf, "]}");
    return az_read_json(arena, &sink,
                        az_source_new(arena, "test", az_buf_str(&buf)));
}

/* A hundred thousand values against as many: no verdict in quadratic time
   would come within Check's limit of four seconds. */
START_TEST(test_large_sets)
{
    static const char *const rules[] = {
        "[{`id`:`r`,`given`:`$.a[*]`,`assert`:{`in`:{`path`:`$.a[*]`}}}]",
        "[{`id`:`r`,`given`:`$.a`,`assert`:{`unique`:true}}]",
        "[{`id`:`r`,`given`:`$.a`,`assert`:{`same_set`:{`path`:`$.a`}}}]",
        "[{`id`:`r`,`given`:`$.a[*]`,`assert`:{`type`:`null`}}]",
        ("[{`id`:`r`,`given`:[`$.a[*]`,`$.a[0:]`,`$.a[::1]`,`$.*[*]`],"
         "`assert`:{`count`:{`of_path`:`$.a[*]`,`min`:1}}}]"),
    };
    const struct az_ruleset *ruleset =
        az_ruleset_compile(arena, &sink, read_quoted("rules", rules[_i]), NULL);
    const struct az_judged set[] = { { "own", large_document(50000), true } };

    az_judge_document(az_judge_new(arena, &sink, set, 1, AZ_INFO), ruleset, 0,
                      NULL, NULL);
    ck_assert_uint_eq(sink.total, _i == 3 ? 100000 : 0);
}
END_TEST

/* schemas/ruleset.schema.json takes every rule that the engine takes. */
START_TEST(test_schema)
{
    const char *top = getenv("TOP_SRCDIR");
    const struct az_document *document =
        az_read_file(arena, &sink,
                     az_arena_printf(arena, "%s/schemas/ruleset.schema.json",
                                     top == NULL ? "." : top));
    const struct az_schema *schema;
    const struct az_document *rules;
    size_t i;

    ck_assert_ptr_nonnull(document);
    schema = az_schema_compile(az_registry_new(arena, az_read_source), &sink,
                               document, AZ_STR(""));
    ck_assert_msg(schema != NULL, "%s", findings(&sink));
    for (i = 0; i < COUNT(rows); i++) {
        rules = read_quoted(
            "test",
            az_arena_printf(arena, "[{`id`:`r`,`given`:`%s`,`assert`:%s}]",
                            rows[i].given, rows[i].assertion));
        ck_assert_msg(az_schema_check(schema, arena, &sink, rules, rules->root,
                                      NULL, NULL),
                      "row %zu (%s): %s", i, rows[i].label, findings(&sink));
    }
    for (i = 0; i < COUNT(rule_rows); i++) {
        rules = read_quoted("test", az_arena_printf(arena, "[{`id`:`r`,%s}]",
                                                    rule_rows[i].rule));
        ck_assert_msg(az_schema_check(schema, arena, &sink, rules, rules->root,
                                      NULL, NULL),
                      "row %zu (%s): %s", i, rule_rows[i].label,
                      findings(&sink));
    }
}
END_TEST

struct split_row {
    const char *line;
    const char *words; /* joined by | */
    const char *control;
    bool unbalanced;
};

static const struct split_row split_rows[] = {
    { "", "", "", false },
    { "  a\tb ", "a|b", "", false },
    { " \t a  b\t\tc \t", "a|b|c", "", false },
    { "\t", "", "", false },
    { "a b\\ c d", "a|b c|d", "", false },
    { "a 'b c' \"d e\" f\\ g", "a|b c|d e|f g", "", false },
    { "a''b '' \"\"", "ab||", "", false },
    { "'it'\\''s'", "it's", "", false },
    { "\"a\\\"b\\c\\\\\"", "a\"b\\c\\", "", false },
    { "a\\\nb", "ab", "", false },
    { "\"a\\\nb\"", "ab", "", false },
    { "a 'b", "a|b", "", true },
    { "a \"b", "a|b", "", true },
    { "a b\\", "a|b", "", true },
    { "a;b", "a|b", ";", false },
    { "a && b", "a|b", "&", false },
    { "a | b", "a|b", "|", false },
    { "a > b", "a|b", ">", false },
    { "a < b", "a|b", "<", false },
    { "(a)", "a", "(", false },
    { "a\nb", "a|b", "\n", false },
    { "a ';&|<>()`$(x)'", "a|;&|<>()`$(x)", "", false },
    { "a \";&|<>()\"", "a|;&|<>()", "", false },
    { "a \\; \\$x", "a|;|$x", "", false },
    { "a `b`", "a|`b`", "`", false },
    { "a \"`b`\"", "a|`b`", "`", false },
    { "a \"\\`b\\$c\"", "a|`b$c", "", false },
    { "a $(b)", "a|$|b", "$(", false },
    { "a \"$(b)\"", "a|$(b)", "$(", false },
    { "a ${b}", "a|${b}", "${", false },
    { "a $b", "a|$b", "$b", false },
    { "a $Zb", "a|$Zb", "$Z", false },
    { "a $zb", "a|$zb", "$z", false },
    { "a $1", "a|$1", "$1", false },
    { "a $'b'", "a|$b", "$'", false },
    { "a \"$'\" 5$", "a|$'|5$", "", false },
    { "a b#c # d e", "a|b#c", "#", false },
    { "a # d\ne", "a|e", "#", false },
    { "a {b,c}", "a|{b,c}", "{", false },
    { "a b{1..3}c", "a|b{1..3}c", "{", false },
    { "a {b", "a|{b", "", false },
    { "a {b} c,d", "a|{b}|c,d", "", false },
    { "a {}", "a|{}", "", false },
    { "a {b.c}", "a|{b.c}", "", false },
    { "a {b\t,c}", "a|{b|,c}", "", false },
    { "a '{b,c}'", "a|{b,c}", "", false },
    { "a \"{1..3}\"", "a|{1..3}", "", false },
    { "a \\{b,c}", "a|{b,c}", "", false },
    { "a {b,c};d", "a|{b,c}|d", "{", false },
};

START_TEST(test_split)
{
    const struct split_row *row = &split_rows[_i];
    struct shell_words words;
    struct az_buf joined;
    size_t i;

    az_rule_shell_split(arena, az_str_from(row->line), &words);
    az_buf_init(&joined, arena);
    az_buf_add_c(&joined, "");
    for (i = 0; i < words.words.count; i++)
        az_buf_addf(&joined, "%s%.*s", i == 0 ? "" : "|",
                    AZ_STR_ARG(words.words.items[i]));
    ck_assert_msg(az_str_eq_c(az_buf_str(&joined), row->words),
                  "%s: words %.*s", row->line, AZ_STR_ARG(az_buf_str(&joined)));
    ck_assert_msg(az_str_eq_c(words.control, row->control), "%s: control %.*s",
                  row->line, AZ_STR_ARG(words.control));
    ck_assert_msg(words.unbalanced == row->unbalanced, "%s", row->line);
}
END_TEST

/* Each way to spell a flag that rustc knows. */
struct flag_row {
    const char *flags; /* parted by | */
    const char *value; /* NULL: not there; "-": a -C without a value */
};

static const struct flag_row flag_rows[] = {
    { "", NULL },
    { "-C|opt-level=z", "z" },
    { "-Copt-level=z", "z" },
    { "--codegen|opt-level=z", "z" },
    { "--codegen=opt-level=z", "z" },
    { "-C opt-level=z", "z" },
    { "-C|opt_level=z", "z" },
    { "-C|opt-level", "yes" },
    { "-C|opt-level=", "" },
    { "-O", "3" },
    { "-O|-Copt-level=1", "1" },
    { "-Copt-level=1|-O", "3" },
    { "-C|opt-levels=z", NULL },
    { "-C|debuginfo=2", NULL },
    { "-C|opt-Xevel=z", NULL },
    { "-C", "-" },
    { "-Copt-level=z|-C", "-" },
    { "--cfg|-Copt-level=z", NULL },
    { "-Z|unstable|-C|opt-level=s", "s" },
    { "-L|x -C|opt-level=s", "s" },
};

START_TEST(test_flags)
{
    const struct flag_row *row = &flag_rows[_i];
    struct az_str flags[8];
    struct rustc_option option;
    const char *start = row->flags, *end;
    size_t count = 0;

    for (; *start != '\0'; start = *end == '\0' ? end : end + 1) {
        end = start + strcspn(start, "|");
        flags[count++] = (struct az_str){ start, (size_t)(end - start) };
    }
    az_rule_rustc_find(flags, count, AZ_STR("opt-level"), &option);
    if (row->value == NULL) {
        ck_assert_msg(!option.found && !option.dangling, "%s", row->flags);
    } else if (strcmp(row->value, "-") == 0) {
        ck_assert_msg(option.dangling, "%s", row->flags);
    } else {
        ck_assert_msg(option.found && az_str_eq_c(option.value, row->value),
                      "%s: %.*s", row->flags, AZ_STR_ARG(option.value));
    }
}
END_TEST

struct transform_row {
    enum transform transform;
    const char *text;
    const char *made; /* joined by | */
    bool fails;
};

static const struct transform_row transform_rows[] = {
    { TRANSFORM_NONE, "a, b", "a, b", false },
    { TRANSFORM_CARGO_FEATURES, "a, b  c,,d\n", "a|b|c|d", false },
    { TRANSFORM_CARGO_FEATURES, " ,", "", false },
    { TRANSFORM_CARGO_FEATURES, "x/y", "x/y", false },
    { TRANSFORM_CARGO_ENABLES, "a x/y,x?/z dep:w", "a|x/y|x|y|x?/z|x|z|dep:w|w",
      false },
    { TRANSFORM_LOWER, "AbZ\xc3\x89", "abz\xc3\x89", false },
    { TRANSFORM_WORDS, "a 'b c'", "a|b c", false },
    { TRANSFORM_WORDS, "a 'b", "a|b", true },
};

START_TEST(test_transform)
{
    const struct transform_row *row = &transform_rows[_i];
    struct strings made = { NULL, 0, 0 };
    struct az_buf joined;
    bool good;
    size_t i;

    good =
        az_rule_transform(arena, row->transform, az_str_from(row->text), &made);
    az_buf_init(&joined, arena);
    az_buf_add_c(&joined, "");
    for (i = 0; i < made.count; i++)
        az_buf_addf(&joined, "%s%.*s", i == 0 ? "" : "|",
                    AZ_STR_ARG(made.items[i]));
    ck_assert_msg(good == !row->fails, "%s", row->text);
    ck_assert_msg(az_str_eq_c(az_buf_str(&joined), row->made), "%s: %.*s",
                  row->text, AZ_STR_ARG(az_buf_str(&joined)));
}
END_TEST

START_TEST(test_listing)
{
    const struct az_ruleset *ruleset = az_ruleset_compile(
        arena, &sink,
        read_quoted("test",
                    "[{`id`:`a-b`,`given`:`$.x`,`assert`:{`non_empty`:true}},\n"
                    " {`id`:`c2`,`severity`:`info`,`category`:`path`,"
                    "`given`:`$.x`,`assert`:{`in`:{`path`:`k: $.x`}},"
                    "`why`:`W`,`hint`:`H`,`message`:`M`,`breaks`:[[]]}]"),
        NULL);
    const struct az_rule *rules;
    size_t count;

    ck_assert_ptr_nonnull(ruleset);
    rules = az_ruleset_rules(ruleset, &count);
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(rules[0].id, "a-b");
    ck_assert_int_eq(rules[0].severity, AZ_ERROR);
    ck_assert_ptr_null(rules[0].why);
    ck_assert_uint_eq(rules[0].category.len, 0);
    ck_assert_uint_eq(rules[0].kind_count, 0);
    ck_assert_ptr_eq(az_ruleset_find(ruleset, AZ_STR("c2")), &rules[1]);
    ck_assert_ptr_null(az_ruleset_find(ruleset, AZ_STR("c")));
    ck_assert_int_eq(rules[1].severity, AZ_INFO);
    ck_assert(az_str_eq_c(rules[1].category, "path"));
    ck_assert(az_node_is_string(rules[1].why, "W"));
    ck_assert(az_node_is_string(rules[1].hint, "H"));
    ck_assert(az_node_is_string(rules[1].message, "M"));
    ck_assert_uint_eq(rules[1].breaks->count, 1);
    ck_assert_uint_eq(rules[1].kind_count, 1);
    ck_assert_str_eq(rules[1].kinds[0], "k");
    ck_assert_uint_eq(
        az_source_position(rules[1].place.source, rules[1].place.span.start)
            .line,
        2);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("rule");
    TCase *tcase = new_case(suite, "assertions");

    tcase_add_loop_test(tcase, test_assertion, 0, (int)COUNT(rows));
    tcase_add_loop_test(tcase, test_negation, 0, (int)COUNT(rows));
    tcase_add_loop_test(tcase, test_rule_keys, 0, (int)COUNT(rule_rows));
    tcase = new_case(suite, "rulesets");
    tcase_add_loop_test(tcase, test_mistake, 0, (int)COUNT(mistake_rows));
    tcase_add_test(tcase, test_mistake_in_yaml);
    tcase_add_test(tcase, test_listing);
    tcase_add_test(tcase, test_schema);
    tcase = new_case(suite, "strings");
    tcase_add_loop_test(tcase, test_split, 0, (int)COUNT(split_rows));
    tcase_add_loop_test(tcase, test_flags, 0, (int)COUNT(flag_rows));
    tcase_add_loop_test(tcase, test_transform, 0, (int)COUNT(transform_rows));
    tcase = new_case(suite, "documents");
    tcase_add_test(tcase, test_absent_kinds);
    tcase_add_test(tcase, test_several_documents);
    tcase_add_test(tcase, test_choices);
    tcase_add_test(tcase, test_long_text);
    tcase_add_test(tcase, test_scattered);
    tcase_add_loop_test(tcase, test_large_sets, 0, 5);
    return run_suite(suite);
}
