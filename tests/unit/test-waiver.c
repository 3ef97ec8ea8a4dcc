/* Waivers: which finding each is for, and what it hides.
   SPDX-License-Identifier: MIT */

#include "support.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/file.h"
#include "core/verdict.h"
#include "policy/waiver.h"
#include "read/read.h"

/* What is judged; only findings that a test makes are in it. */
static const char judged_text[] =
    "{\"schema_version\": \"perf-budgets-v1\", \"n\": 5, \"m\": 5.0,"
    " \"list\": [1, 2], \"row\": {\"id\": \"a\", \"value\": 7}}";

static struct az_set set;
static struct az_project project;
static struct az_ids ids;
static struct az_waivers waivers;

/* A finding of the document in a.json. */
struct made {
    enum az_diag_id id;
    const char *rule;
    const char *pointer;
    const char *message;
};

static void
make_finding(const struct made *made)
{
    const struct az_document *document = set.entries[0].document;
    struct az_diag *diag = az_sink_add(
        &sink, made->id, az_document_place(document, document->root), "%s",
        made->message);

    diag->rule = made->rule;
    diag->pointer = made->pointer;
}

static void
write_text(const char *path, const char *text)
{
    ck_assert(az_file_write(arena, &sink, path, az_str_from(text)));
}

/* A set of a.json, and of the waivers in LIST as w.json. */
static void
open_set(const char *list)
{
    char folder[] = "/tmp/assize-waiver-XXXXXX";

    ck_assert_ptr_ne(mkdtemp(folder), NULL);
    ck_assert_int_eq(chdir(folder), 0);
    write_text("a.json", judged_text);
    write_text("b.json", "{}");
    write_text("w.json", az_arena_printf(arena,
                                         "{\"schema_version\": \"waivers-v1\", "
                                         "\"waivers\": [%s]}",
                                         list));
    project = (struct az_project){ .root = "." };
    az_set_init(&set, arena, &sink, (struct az_set_override){ NULL, NULL });
    ck_assert_ptr_ne(az_set_add(&set, "a.json", "a.json", true), NULL);
    ck_assert(az_waivers_add_file(&set, "w.json"));
    ck_assert_uint_eq(sink.total, 0);
    az_ids_read(&ids, set.kinds, NULL);
    unlink("w.json");
}

static void
close_set(void)
{
    char folder[64];

    unlink("a.json");
    unlink("b.json");
    if (getcwd(folder, sizeof(folder)) != NULL)
        rmdir(folder);
}

static void
apply(void)
{
    az_sink_sort(&sink);
    az_waivers_read(&waivers, &set, &project, &ids, AZ_STR("2026-03-01"));
    az_waivers_apply(&waivers, NULL, NULL);
    close_set();
}

#define WAIVER(rule, file, pointer, value, more)                               \
    "{\"rule\": \"" rule "\", \"file\": \"" file "\", \"pointer\": \"" pointer \
    "\", \"value\": " value                                                    \
    ", \"reason\": \"a reason of twenty letters\", \"owner\": \"me\", "        \
    "\"ticket\": \"T-1\", \"created\": \"2026-02-01\", " more "}"
#define UNTIL "\"expires\": \"2026-03-01\""

static const struct made iterations = { AZ_DIAG_RULE_BROKEN,
                                        "budget-protocol-iterations", "/n",
                                        "too few" };
static const struct made whole = { AZ_DIAG_RULE_BROKEN, "budget-seeds-agree",
                                   "/list", "differ" };

#define RULE "budget-protocol-iterations"

static const struct {
    const char *label;
    const char *waiver;
    const struct made *made; /* NULL: the finding is not made */
    enum az_waiver_state state;
} rows[] = {
    { "the value", WAIVER(RULE, "a.json", "/n", "5", UNTIL), &iterations,
      AZ_WAIVER_IN_FORCE },
    { "the value, spelt otherwise", WAIVER(RULE, "a.json", "/n", "5.0", UNTIL),
      &iterations, AZ_WAIVER_IN_FORCE },
    { "the file, spelt otherwise", WAIVER(RULE, "./a.json", "/n", "5", UNTIL),
      &iterations, AZ_WAIVER_IN_FORCE },
    { "a reason that nobody sees",
      "{\"rule\": \"" RULE "\", \"file\": \"a.json\", \"pointer\": \"/n\", "
      "\"value\": 5, \"reason\": \"\\u200b\\u200b\\u200b\\u200b\\u200b\\u200b"
      "\\u200b\\u200b\\u200b\\u200b\\u200b\\u200b\\u200b\\u200b\\u200b\\u200b"
      "\\u200b\\u200b\\u200b\\u200b\\u200b\", \"owner\": \"me\", \"ticket\": "
      "\"T-1\", \"created\": \"2026-02-01\", " UNTIL "}",
      &iterations, AZ_WAIVER_INVALID },
    { "an owner that nobody sees",
      "{\"rule\": \"" RULE "\", \"file\": \"a.json\", \"pointer\": \"/n\", "
      "\"value\": 5, \"reason\": \"a reason of twenty letters\", \"owner\": "
      "\"\\u2060\", \"ticket\": \"T-1\", \"created\": \"2026-02-01\", " UNTIL
      "}",
      &iterations, AZ_WAIVER_INVALID },
    { "another value", WAIVER(RULE, "a.json", "/n", "6", UNTIL), &iterations,
      AZ_WAIVER_MOVED },
    { "another type", WAIVER(RULE, "a.json", "/n", "\"5\"", UNTIL), &iterations,
      AZ_WAIVER_MOVED },
    { "another place, same value", WAIVER(RULE, "a.json", "/m", "5", UNTIL),
      &iterations, AZ_WAIVER_UNUSED },
    { "a pointer that begins like it", WAIVER(RULE, "a.json", "", "5", UNTIL),
      &iterations, AZ_WAIVER_UNUSED },
    { "another rule",
      WAIVER("budget-protocol-warmup", "a.json", "/n", "5", UNTIL), &iterations,
      AZ_WAIVER_UNUSED },
    { "a rule of another kind",
      WAIVER("corpus-metric-known", "a.json", "/n", "5", UNTIL), &iterations,
      AZ_WAIVER_UNUSED },
    { "another file", WAIVER(RULE, "b.json", "/n", "5", UNTIL), &iterations,
      AZ_WAIVER_NOT_JUDGED },
    { "no file", WAIVER(RULE, "c.json", "/n", "5", UNTIL), &iterations,
      AZ_WAIVER_INVALID },
    { "a file outside", WAIVER(RULE, "../c.json", "/n", "5", UNTIL),
      &iterations, AZ_WAIVER_INVALID },
    { "an absolute file", WAIVER(RULE, "/etc/passwd", "/n", "5", UNTIL),
      &iterations, AZ_WAIVER_INVALID },
    { "a folder", WAIVER(RULE, ".", "/n", "5", UNTIL), &iterations,
      AZ_WAIVER_INVALID },
    { "a document of a file of one",
      WAIVER(RULE, "a.json", "/n", "5", UNTIL ", \"document\": 1"), &iterations,
      AZ_WAIVER_INVALID },
    { "no document",
      WAIVER(RULE, "a.json", "/n", "5", UNTIL ", \"document\": 0"), &iterations,
      AZ_WAIVER_INVALID },
    { "half a document",
      WAIVER(RULE, "a.json", "/n", "5", UNTIL ", \"document\": 1.5"),
      &iterations, AZ_WAIVER_INVALID },
    { "no rule", WAIVER("budget-protocol", "a.json", "/n", "5", UNTIL),
      &iterations, AZ_WAIVER_INVALID },
    { "a fatal rule",
      WAIVER("budget-metric-unique", "a.json", "/n", "5", UNTIL), &iterations,
      AZ_WAIVER_INVALID },
    { "a fatal diagnostic", WAIVER("duplicate-key", "a.json", "/n", "5", UNTIL),
      &iterations, AZ_WAIVER_INVALID },
    { "the day after",
      WAIVER(RULE, "a.json", "/n", "5", "\"expires\": \"2026-02-28\""),
      &iterations, AZ_WAIVER_EXPIRED },
    { "gone, and over",
      WAIVER(RULE, "a.json", "/n", "5", "\"expires\": \"2026-02-28\""), NULL,
      AZ_WAIVER_EXPIRED },
    { "gone", WAIVER(RULE, "a.json", "/n", "5", UNTIL), NULL,
      AZ_WAIVER_UNUSED },
    { "90 days",
      WAIVER(RULE, "a.json", "/n", "5", "\"expires\": \"2026-05-02\""),
      &iterations, AZ_WAIVER_IN_FORCE },
    { "91 days",
      WAIVER(RULE, "a.json", "/n", "5", "\"expires\": \"2026-05-03\""),
      &iterations, AZ_WAIVER_INVALID },
    { "no day", WAIVER(RULE, "a.json", "/n", "5", "\"expires\": \"soon\""),
      &iterations, AZ_WAIVER_INVALID },
    { "no end", WAIVER(RULE, "a.json", "/n", "5", "\"message\": \"too few\""),
      &iterations, AZ_WAIVER_INVALID },
    { "its message",
      WAIVER(RULE, "a.json", "/n", "5", UNTIL ", \"message\": \"too few\""),
      &iterations, AZ_WAIVER_IN_FORCE },
    { "another message",
      WAIVER(RULE, "a.json", "/n", "5", UNTIL ", \"message\": \"too\""),
      &iterations, AZ_WAIVER_UNUSED },
    { "a ceiling where nobody knows which way is worse",
      WAIVER(RULE, "a.json", "/n", "{\"at_most\": 9}", UNTIL), &iterations,
      AZ_WAIVER_INVALID },
    { "what stands beside it",
      WAIVER(RULE, "a.json", "/n", "5", UNTIL ", \"beside\": {\"m\": 5}"),
      &iterations, AZ_WAIVER_IN_FORCE },
    { "something else beside it",
      WAIVER(RULE, "a.json", "/n", "5", UNTIL ", \"beside\": {\"m\": 6}"),
      &iterations, AZ_WAIVER_MOVED },
    { "nothing beside it",
      WAIVER(RULE, "a.json", "/n", "5", UNTIL ", \"beside\": {\"k\": 5}"),
      &iterations, AZ_WAIVER_MOVED },
    { "a list without a message",
      WAIVER("budget-seeds-agree", "a.json", "/list", "[1, 2]", UNTIL), &whole,
      AZ_WAIVER_AMBIGUOUS },
    { "a list with its message",
      WAIVER("budget-seeds-agree", "a.json", "/list", "[1, 2]",
             UNTIL ", \"message\": \"differ\""),
      &whole, AZ_WAIVER_IN_FORCE },
    { "a list in another order",
      WAIVER("budget-seeds-agree", "a.json", "/list", "[2, 1]",
             UNTIL ", \"message\": \"differ\""),
      &whole, AZ_WAIVER_MOVED },
    { "a rule that is not judged for want of a document",
      WAIVER("budget-seeds-agree", "a.json", "/n", "5", UNTIL), NULL,
      AZ_WAIVER_NOT_JUDGED },
    { "what only the gate judges",
      WAIVER("budget-exceeded", "a.json", "/row/value", "7",
             UNTIL ", \"beside\": {\"id\": \"a\"}"),
      NULL, AZ_WAIVER_NOT_JUDGED },
};

/* Each waiver is alone; a finding that it is not in force for stays an error,
   and what is wrong with it is an error too, but where it is not judged. */
START_TEST(test_row)
{
    bool in_force = rows[_i].state == AZ_WAIVER_IN_FORCE;
    size_t before;

    open_set(rows[_i].waiver);
    if (rows[_i].made != NULL)
        make_finding(rows[_i].made);
    before = sink.total;
    apply();
    ck_assert_uint_eq(waivers.count, 1);
    ck_assert_msg(waivers.items[0].state == rows[_i].state, "%s: %s",
                  rows[_i].label, az_waiver_state_name(waivers.items[0].state));
    ck_assert_msg((sink.total == before) ==
                      (in_force || rows[_i].state == AZ_WAIVER_NOT_JUDGED),
                  "%s: %zu findings", rows[_i].label, sink.total);
    ck_assert_msg(sink.by_severity[AZ_INFO] == in_force, "%s", rows[_i].label);
    ck_assert_msg((az_verdict_of(&sink, NULL) == AZ_PASS) ==
                      (sink.by_severity[AZ_ERROR] == 0),
                  "%s", rows[_i].label);
}
END_TEST

/* Two findings at one place: none is waived by a waiver for either. */
START_TEST(test_several)
{
    static const struct made second = { AZ_DIAG_RULE_BROKEN, RULE, "/n",
                                        "too few by far" };

    open_set(WAIVER(RULE, "a.json", "/n", "5", UNTIL));
    make_finding(&iterations);
    make_finding(&second);
    apply();
    ck_assert_int_eq(waivers.items[0].state, AZ_WAIVER_AMBIGUOUS);
    ck_assert_uint_eq(sink.by_severity[AZ_ERROR], 3);
}
END_TEST

START_TEST(test_several_by_message)
{
    static const struct made second = { AZ_DIAG_RULE_BROKEN, RULE, "/n",
                                        "too few by far" };

    open_set(
        WAIVER(RULE, "a.json", "/n", "5", UNTIL ", \"message\": \"too few\""));
    make_finding(&iterations);
    make_finding(&second);
    apply();
    ck_assert_int_eq(waivers.items[0].state, AZ_WAIVER_IN_FORCE);
    ck_assert_uint_eq(sink.by_severity[AZ_ERROR], 1);
    ck_assert_uint_eq(sink.by_severity[AZ_INFO], 1);
}
END_TEST

/* Of two for the same the first is in force, and the run fails. */
START_TEST(test_twins)
{
    open_set(WAIVER(RULE, "a.json", "/n", "5",
                    UNTIL) ", " WAIVER(RULE, "./a.json", "/n", "5", UNTIL));
    make_finding(&iterations);
    apply();
    ck_assert_int_eq(waivers.items[0].state, AZ_WAIVER_IN_FORCE);
    ck_assert_int_eq(waivers.items[1].state, AZ_WAIVER_INVALID);
    ck_assert_uint_eq(sink.by_severity[AZ_ERROR], 1);
}
END_TEST

/* What is fatal by its class, its rule or its place stays. */
START_TEST(test_fatal)
{
    static const struct made made = { AZ_DIAG_UNKNOWN_KEY, NULL, "/n", "key" };

    open_set(WAIVER("unknown-key", "a.json", "/n", "5", UNTIL));
    make_finding(&made);
    if (_i == 0)
        az_diag_reclass(&sink, sink.diags[0], AZ_CLASS_INPUT);
    else
        sink.diags[0]->fatal = true;
    apply();
    ck_assert_int_eq(waivers.items[0].state, AZ_WAIVER_INVALID);
    ck_assert_int_eq(sink.diags[0]->severity, AZ_ERROR);
    ck_assert_int_eq((int)sink.diags[1]->id, AZ_DIAG_WAIVER_FATAL);
}
END_TEST

/* A finding that the sink has no room for is waived by nobody. */
START_TEST(test_not_kept)
{
    open_set(WAIVER(RULE, "a.json", "/n", "5", UNTIL));
    sink.limit = 0;
    make_finding(&iterations);
    apply();
    ck_assert_int_eq(waivers.items[0].state, AZ_WAIVER_UNUSED);
    ck_assert_int_eq(az_verdict_of(&sink, NULL), AZ_FAIL);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("waiver");
    TCase *tcase = new_case(suite, "waiver");

    tcase_add_loop_test(tcase, test_row, 0, COUNT(rows));
    tcase_add_test(tcase, test_several);
    tcase_add_test(tcase, test_several_by_message);
    tcase_add_test(tcase, test_twins);
    tcase_add_loop_test(tcase, test_fatal, 0, 2);
    tcase_add_test(tcase, test_not_kept);
    return run_suite(suite);
}
