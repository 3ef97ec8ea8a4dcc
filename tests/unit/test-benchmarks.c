/* The gate: a run of benchmarks against its baseline.
   SPDX-License-Identifier: MIT */

#include "report.h"

#include "gate/gate.h"

static struct az_gate_result result;
static const char *judged_commit; /* NULL: nobody says */

/* A run of the moment AT with the aliases and benchmarks of the texts. */
static const struct az_document *
run_of(const char *name, const char *at, const char *aliases,
       const char *benchmarks)
{
    return named_document(
        name, az_arena_printf(arena,
                              "{\"generated_at\": \"%s\", \"aliases\": [%s],\n"
                              "\"benchmarks\": [%s]}",
                              at, aliases, benchmarks));
}

static void
compare(const char *percent, const struct az_document *baseline,
        const struct az_document *current)
{
    struct az_gate_input input = { .baseline = baseline,
                                   .current = current,
                                   .commit = judged_commit };

    input.budgets = named_document(
        "b",
        az_arena_printf(arena,
                        "{\"seed_set\": [1], \"hard_budgets\": [], "
                        "\"operational_budgets\": [], \"baseline_regression\": "
                        "{\"max_regression_pct\": %s, \"comparison_metric\": "
                        "\"p95_ns\"}}",
                        percent));
    az_gate_result_init(&result, arena);
    az_constituent_set(&result, AZ_CONSTITUENT_DOCUMENTS, AZ_PASS, "");
    az_constituent_set(&result, AZ_CONSTITUENT_RULES, AZ_PASS, "");
    az_gate_judge(arena, &sink, &input, &result);
    az_constituents_close(&result, &sink);
}

/* "name status reason; " of each row. */
static const char *
rows_text(void)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "");
    for (size_t i = 0; i < result.count; i++)
        az_buf_addf(&buf, "%.*s %s %s; ",
                    AZ_STR_ARG(result.items[i].budget->metric),
                    az_row_status_name(az_row_status(&result.items[i])),
                    az_row_decision(&result.items[i])->reason);
    return buf.p;
}

/* One benchmark of either run. */
static const struct {
    const char *label;
    const char *percent, *base, *now;
    const char *rows;
    const char *findings;
    enum az_verdict verdict;
} times[] = {
    { "equal", "10", "100", "100.00", "a pass 100 <= 100 ns + 10 % (+0 %); ",
      "", AZ_PASS },
    { "at", "10", "100", "110.0", "a pass 110 <= 100 ns + 10 % (+10 %); ", "",
      AZ_PASS },
    { "over", "10", "100", "110.0000000000000000000001",
      "a fail 110.0000000000000000000001 > 100 ns + 10 % (+10 %); ",
      "baseline-regression c:2:50 /benchmarks/0/p95_ns < p:2:50; ", AZ_FAIL },
    { "no tenth is a double", "10", "0.1", "0.11",
      "a pass 0.11 <= 0.1 ns + 10 % (+10 %); ", "", AZ_PASS },
    { "a part of a per cent", "0.1", "1000", "1001.01",
      "a fail 1001.01 > 1000 ns + 0.1 % (+0.101 %); ",
      "baseline-regression c:2:50 /benchmarks/0/p95_ns < p:2:50; ", AZ_FAIL },
    { "faster", "10", "3", "2", "a pass 2 <= 3 ns + 10 % (-33.3333 %); ", "",
      AZ_PASS },
    { "far apart", "10", "1e-9000", "1e9000",
      "a fail 1e+9000 > 1e-9000 ns + 10 % (a change); ",
      "baseline-regression c:2:50 /benchmarks/0/p95_ns < p:2:50; ", AZ_FAIL },
    { "zero baseline", "10", "0", "0",
      "a no-verdict there are no two times to compare; ",
      "baseline-zero c:2:50 /benchmarks/0/p95_ns; "
      "baseline-zero p:2:50 /benchmarks/0/p95_ns; ",
      AZ_NO_VERDICT },
    { "negative", "10", "-1", "1",
      "a no-verdict there are no two times to compare; ",
      "baseline-zero p:2:50 /benchmarks/0/p95_ns; ", AZ_NO_VERDICT },
    { "nothing", "10", "100", "0",
      "a no-verdict there are no two times to compare; ",
      "baseline-zero c:2:50 /benchmarks/0/p95_ns; ", AZ_NO_VERDICT },
    { "no number", "10", "null", "1",
      "a no-verdict there are no two times to compare; ",
      "baseline-shape p:2:50 /benchmarks/0/p95_ns; ", AZ_NO_VERDICT },
    { "no policy", "null", "1", "1", "",
      "baseline-missing b:1:89 /baseline_regression; ", AZ_NO_VERDICT },
};

static const char *
benchmark(const char *time)
{
    return az_arena_printf(arena, "{\"name\": \"a\",           \"p95_ns\": %s}",
                           time);
}

START_TEST(test_times)
{
    compare(times[_i].percent, run_of("p", "t1", "", benchmark(times[_i].base)),
            run_of("c", "t2", "", benchmark(times[_i].now)));
    ck_assert_msg(strcmp(rows_text(), times[_i].rows) == 0, "%s: rows: %s",
                  times[_i].label, rows_text());
    ck_assert_msg(strcmp(findings_text(AZ_INFO), times[_i].findings) == 0,
                  "%s: findings: %s", times[_i].label, findings_text(AZ_INFO));
    ck_assert_msg(az_constituents_verdict(&result) == times[_i].verdict,
                  "%s: verdict", times[_i].label);
}
END_TEST

#define A       "{\"name\": \"a\", \"p95_ns\": 1}"
#define B       "{\"name\": \"b\", \"p95_ns\": 1}"
#define C       "{\"name\": \"c\", \"p95_ns\": 1}"
#define A_TO(n) "{\"from\": \"a\", \"to\": \"" n "\"}"

/* Which benchmark is compared with which. */
static const struct {
    const char *label;
    const char *aliases, *base, *now;
    const char *rows;
    const char *findings;
} names[] = {
    { "in another order", "", A "," B, B "," A,
      "a pass 1 <= 1 ns + 10 % (+0 %); b pass 1 <= 1 ns + 10 % (+0 %); ", "" },
    { "vanished", "", A "," B, A,
      "a pass 1 <= 1 ns + 10 % (+0 %); b fail not in the current run; ",
      "baseline-vanished p:2:43 /benchmarks/1; " },
    { "new", "", A, A "," B, "a pass 1 <= 1 ns + 10 % (+0 %); ",
      "baseline-new c:2:43 /benchmarks/1; " },
    { "renamed", "", A, B, "a fail not in the current run; ",
      "baseline-new c:2:16 /benchmarks/0; "
      "baseline-vanished p:2:16 /benchmarks/0; " },
    { "renamed by an alias", A_TO("b"), A, B,
      "a pass 1 <= 1 ns + 10 % (+0 %); ", "" },
    { "an alias to nothing", A_TO("b"), A, C, "a fail not in the current run; ",
      "baseline-new c:2:16 /benchmarks/0; "
      "baseline-vanished p:2:16 /benchmarks/0; " },
    { "an alias from nothing", "{\"from\": \"x\", \"to\": \"b\"}", A, A "," B,
      "a pass 1 <= 1 ns + 10 % (+0 %); ",
      "baseline-new c:2:43 /benchmarks/1; "
      "baseline-alias p:1:36 /aliases/0; " },
    { "an alias of what is there", A_TO("b"), A, A "," B,
      "a pass 1 <= 1 ns + 10 % (+0 %); ",
      "baseline-new c:2:43 /benchmarks/1; "
      "baseline-alias p:1:36 /aliases/0; " },
    { "an alias to another of the baseline", A_TO("b"), A "," B, B,
      "a fail not in the current run; b pass 1 <= 1 ns + 10 % (+0 %); ",
      "baseline-alias p:1:36 /aliases/0; "
      "baseline-vanished p:2:16 /benchmarks/0; " },
    { "two aliases", A_TO("c") ", {\"from\": \"b\", \"to\": \"c\"}", A "," B, C,
      "a pass 1 <= 1 ns + 10 % (+0 %); b pass 1 <= 1 ns + 10 % (+0 %); ",
      "baseline-alias p:1:62 /aliases/1; " },
    { "half an alias", "{\"from\": \"a\"}", A, A,
      "a pass 1 <= 1 ns + 10 % (+0 %); ",
      "baseline-alias p:1:36 /aliases/0; " },
    { "twice", "", A, A "," A, "", "baseline-shape c:2:43 /benchmarks/1; " },
    { "no name", "", "{\"p95_ns\": 1}", A, "",
      "baseline-shape p:2:16 /benchmarks/0; " },
    { "empty", "", "", A, "", "baseline-shape p:1:1 ; " },
};

START_TEST(test_names)
{
    compare("10", run_of("p", "t1", names[_i].aliases, names[_i].base),
            run_of("c", "t2", "", names[_i].now));
    ck_assert_msg(strcmp(rows_text(), names[_i].rows) == 0, "%s: rows: %s",
                  names[_i].label, rows_text());
    ck_assert_msg(strcmp(findings_text(AZ_INFO), names[_i].findings) == 0,
                  "%s: findings: %s", names[_i].label, findings_text(AZ_INFO));
}
END_TEST

START_TEST(test_same_run)
{
    compare("10", run_of("p", "t1", "", A), run_of("c", "t1", "", A));
    ck_assert_str_eq(findings_text(AZ_INFO),
                     "baseline-same c:1:18 /generated_at; ");
    ck_assert_int_eq(az_constituents_verdict(&result), AZ_NO_VERDICT);
    ck_assert_uint_eq(result.count, 0);
}
END_TEST

/* Two runs that tell when they were and of which commit, and what is judged. */
static const struct {
    const char *label;
    const char *base, *now; /* the first members of the runs */
    const char *commit;
    const char *findings;
} apart[] = {
    { "one after the other", "\"generated_at\": \"2026-01-01T00:00:00Z\"",
      "\"generated_at\": \"2026-01-01T00:00:01Z\"", NULL, "" },
    { "exchanged", "\"generated_at\": \"2026-01-01T00:00:01Z\"",
      "\"generated_at\": \"2026-01-01T00:00:00Z\"", NULL,
      "baseline-same c:1:18 /generated_at < p:1:18; " },
    { "exchanged in another zone", "\"generated_at\": \"2026-01-01T00:00:00Z\"",
      "\"generated_at\": \"2026-01-01T00:30:00+01:00\"", NULL,
      "baseline-same c:1:18 /generated_at < p:1:18; " },
    { "one does not tell when", "\"generated_at\": \"2026-01-01T00:00:01Z\"",
      "\"x\": 0", NULL, "" },
    { "the other does not", "\"x\": 0",
      "\"generated_at\": \"2026-01-01T00:00:01Z\"", NULL, "" },
    { "of another commit", "\"commit\": \"c1\"", "\"commit\": \"c2\"", NULL,
      "" },
    { "of one commit", "\"commit\": \"c1\"", "\"commit\": \"c1\"", NULL,
      "baseline-same p:1:12 /commit; " },
    { "of the commit that is judged", "\"commit\": \"c1\"", "\"x\": 0", "C1",
      "baseline-same p:1:12 /commit; " },
    { "of another commit than is judged", "\"commit\": \"c1\"",
      "\"commit\": \"c1\"", "c2", "measurement-commit c:1:12 /commit; " },
    { "one does not tell its commit", "\"x\": 0", "\"commit\": \"c1\"", "c1",
      "" },
    { "no commit", "\"commit\": \"\"", "\"commit\": \"\"", NULL, "" },
};

static const struct az_document *
run_with(const char *name, const char *members)
{
    return named_document(
        name,
        az_arena_printf(arena, "{%s,\n\"benchmarks\": [" A "]}", members));
}

START_TEST(test_apart)
{
    judged_commit = apart[_i].commit;
    compare("10", run_with("p", apart[_i].base), run_with("c", apart[_i].now));
    ck_assert_msg(strcmp(findings_text(AZ_INFO), apart[_i].findings) == 0,
                  "%s: %s", apart[_i].label, findings_text(AZ_INFO));
    ck_assert_msg((az_constituents_verdict(&result) == AZ_PASS) ==
                      (*apart[_i].findings == '\0'),
                  "%s: verdict", apart[_i].label);
}
END_TEST

START_TEST(test_alone)
{
    compare("10", run_of("p", "t1", "", A), NULL);
    ck_assert_int_eq(az_constituents_verdict(&result), AZ_NO_VERDICT);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("benchmarks");
    TCase *tcase = tcase_create("benchmarks");

    suite_add_tcase(suite, tcase);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, test_times, 0, COUNT(times));
    tcase_add_loop_test(tcase, test_names, 0, COUNT(names));
    tcase_add_test(tcase, test_same_run);
    tcase_add_loop_test(tcase, test_apart, 0, COUNT(apart));
    tcase_add_test(tcase, test_alone);
    return run_suite(suite);
}
