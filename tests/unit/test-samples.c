/* From samples to rows of the gate.
   SPDX-License-Identifier: MIT */

#include "log-support.h"
#include "random.h"

#include "gate/scenarios.h"

/* Percentiles of one seed by the nine definitions: reference values of Hyndman
   and Fan's, as R's quantile() gives them; thirds rounded up. */
static const struct {
    const char *values, *percent;
    const char *want[9];
} percentiles[] = {
    { "1 2 3 4 5 6 7 8 9 10",
      "95",
      { "10", "10", "10", "9.5", "10", "10", "9.55", "10", "10" } },
    { "1 2 3 4 5 6 7 8 9 10",
      "90",
      { "9", "9.5", "9", "9", "9.5", "9.9", "9.1", "9.633333333333333333333334",
        "9.6" } },
    { "10 9 8 7 6 5 4 3 2 1",
      "25",
      { "3", "3", "2", "2.5", "3", "2.75", "3.25", "2.916666666666666666666667",
        "2.9375" } },
    { "1 2 3 4 5 6 7 8 9 10",
      "50",
      { "5", "5.5", "5", "5", "5.5", "5.5", "5.5", "5.5", "5.5" } },
    { "3.1 1.2 5.5 2.0 9.9",
      "75",
      { "5.5", "5.5", "5.5", "4.9", "6.6", "7.7", "5.5",
        "6.966666666666666666666667", "6.875" } },
    { "15 20 35 40 50",
      "40",
      { "20", "27.5", "20", "20", "27.5", "26", "29", "27", "27.125" } },
    { "15 20 35 40 50",
      "30",
      { "20", "20", "20", "17.5", "20", "19", "23",
        "19.666666666666666666666667", "19.75" } },
    { "1 2", "95", { "2", "2", "2", "1.9", "2", "2", "1.95", "2", "2" } },
};

/* The same where higher is better, from Hyndman and Fan's definitions: those
   take samples in ascending order, and these are taken from the best one, in
   descending order.  Thirds rounded down. */
static const struct {
    const char *values, *percent;
    const char *want[9];
} from_best[] = {
    { "1 2 3 4 5 6 7 8 9 10", /* np = 5, of 6 and 5 */
      "50",
      { "6", "5.5", "6", "6", "5.5", "5.5", "5.5", "5.5", "5.5" } },
    { "1 2 3 4 5 6 7 8 9 10", /* np = 9, of 2 and 1 */
      "90",
      { "2", "1.5", "2", "2", "1.5", "1.1", "1.9", "1.366666666666666666666666",
        "1.4" } },
    { "10 9 8 7 6 5 4 3 2 1", /* np = 9.5 */
      "95",
      { "1", "1", "1", "1.5", "1", "1", "1.45", "1", "1" } },
    { "1 2 3 4 5 6 7 8 9 10", /* np = 9.9 */
      "99",
      { "1", "1", "1", "1.1", "1", "1", "1.09", "1", "1" } },
    { "3.1 1.2 5.5 2.0 9.9", /* np = 2.5, of 5.5 and 3.1 */
      "50",
      { "3.1", "3.1", "5.5", "4.3", "3.1", "3.1", "3.1", "3.1", "3.1" } },
    { "3.1 1.2 5.5 2.0 9.9", /* np = 4.5, of 2 and 1.2 */
      "90",
      { "1.2", "1.2", "2", "1.6", "1.2", "1.2", "1.52", "1.2", "1.2" } },
    { "1 4 9 16 25 36 49 64 81 100 121 144 169 196 225 256 289 324 361 400",
      "95", /* np = 19, of 4 and 1 */
      { "4", "2.5", "4", "4", "2.5", "1.15", "3.85", "2.05", "2.1625" } },
    { "1 2", /* np = 1.9 */
      "95",
      { "1", "1", "1", "1.1", "1", "1", "1.05", "1", "1" } },
};

/* Sizes for each percentile: those that it is a whole number of samples of, and
   others. */
static const struct {
    const char *percent;
    int counts[4];
} mirrored[] = {
    { "50", { 1, 2, 7, 10 } },
    { "90", { 9, 10, 11, 30 } },
    { "95", { 19, 20, 40, 47 } },
    { "99", { 2, 99, 100, 101 } },
};

/* Intervals where higher is better, of the samples 1, 2, ...: with R's ranks
   (test-stat-quantile.c) counted from the best. */
static const struct {
    int count;
    const char *percent, *want;
} best_intervals[] = {
    { 100, "95", "1 to 11" },    /* 90 and 100 */
    { 200, "95", "4 to 17" },    /* 184 and 197 */
    { 500, "95", "16 to 36" },   /* 465 and 485 */
    { 2000, "95", "81 to 121" }, /* 1880 and 1920 */
    { 10, "50", "2 to 9" },      { 15, "50", "4 to 12" },
};

/* How many samples of memory are enough beyond a percentile, and one less. */
static const struct {
    int count;
    const char *percent, *better;
    bool doubted;
} tails[] = {
    { 500, "95", "lower", false },  { 499, "95", "lower", true },
    { 500, "95", "higher", false }, { 499, "95", "higher", true },
    { 50, "50", "higher", false },  { 49, "50", "higher", true },
};

/* Medians of several seeds, and what else becomes of samples: "seed: values;"
   of a budget in ns. */
static const struct {
    const char *label;
    const char *seeds, *groups, *sampling, *want, *findings;
} values[] = {
    { "odd", "[1, 2, 3]", "1: 5 6;2: 1 9;3: 7 7;", "latency", "7", "" },
    { "even", "[1, 2]", "1: 5;2: 8;", "latency", "6.5", "" },
    { "even, in other units", "[1, 2]", "1: 5e-1;2: 8.25;", "latency", "4.375",
      "" },
    { "four", "[4, 3, 2, 1]", "1: 5;2: 8;3: 1;4: 100;", "latency", "6.5", "" },
    { "single", "[1, 2]", "2: 5;", "single", "5", "" },
    { "single, two", "[1, 2]", "1: 5;2: 5;", "single", "null", "sample-count" },
    { "a seed missing", "[1, 2]", "1: 5;", "latency", "null", "sample-seeds" },
    { "a seed too many", "[1]", "1: 5;2: 5;", "latency", "null",
      "sample-seeds" },
    { "too few", "[1]", "1: 5;", "memory", "null", "sample-count" },
    { "enough of memory", "[1]", "1: 5 6;", "memory", "6", "" },
    { "seeds that no line can have", "[1, 2.5]", "1: 5;", "latency", "null",
      "sample-seeds" },
};

static const char corpus[] =
    "{\"scenarios\": [{\"id\": \"s\", \"framework\": \"f\", \"workload\": "
    "\"w\", \"profile\": \"p\", \"browsers\": [\"b\"], \"bundlers\": [\"v\"], "
    "\"seed_set\": [1, 2, 3, 4], \"metric_ids\": [\"M\"], \"repro_command\": "
    "\"run\"}]}";

/* The budgets with these parts. */
static const char *
budgets_of(const char *seeds, const char *percent, int definition,
           const char *sampling, const char *better)
{
    return az_arena_printf(
        arena,
        "{\"seed_set\": %s, \"measurement_protocol\": "
        "{\"latency_iterations_per_seed\": 1, \"memory_sample_ops\": 2, "
        "\"percentile_method\": \"median-of-seed-p%s\", "
        "\"percentile_definition\": %d}, \"hard_budgets\": [{\"metric_id\": "
        "\"M\", \"unit\": \"ns\", \"sampling\": \"%s\", \"better\": \"%s\", "
        "\"profiles\": {\"p\": 1000}}], \"operational_budgets\": []}",
        seeds, percent, definition, sampling, better);
}

/* A line of the metric with this seed and value, which ends at *P. */
static void
add_sample(struct az_buf *buf, long seed, const char **p)
{
    struct az_buf line;
    size_t len = strcspn(*p, " ;");
    const char *at, *end;

    az_buf_init(&line, arena);
    add_line(&line, "value", az_arena_printf(arena, "%.*s", (int)len, *p));
    *p += len;
    at = strstr(line.p, "\"seed\": 11");
    end = at + strlen("\"seed\": 11");
    az_buf_addf(buf, "%.*s\"seed\": %ld%s\n", (int)(at - line.p), line.p, seed,
                end);
}

/* Writes the log GROUPS. */
static void
write_groups(const char *groups)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    while (*groups != '\0') {
        char *end;
        long seed = strtol(groups, &end, 10);
        const char *p = end + 1;

        while (*p == ' ') {
            p++;
            add_sample(&buf, seed, &p);
        }
        groups = p + 1;
    }
    write_file("l", buf.p, buf.len);
}

/* Judges the file "l", whose lines are in ns where they say us: KEY of its row.
 */
static const struct az_node *
judge_for(const char *budgets, const char *key)
{
    const struct az_log_options options = { .jobs = 1 };
    struct az_gate_input input = { .profile = AZ_STR("p"),
                                   .commit = "c",
                                   .log_whole = true };
    struct az_gate_result result;
    struct az_log log;

    az_log_init(&log, arena, &sink, &options);
    ck_assert(az_log_read(&log, "l"));
    ck_assert_uint_eq(sink.total, 0);
    input.budgets = named_document("b", budgets);
    input.corpus = named_document("c", corpus);
    input.log = &log;
    az_gate_result_init(&result, arena);
    az_gate_judge(arena, &sink, &input, &result);
    ck_assert_uint_eq(result.rows.count, 1);
    return az_node_get(&result.rows.items[0], key);
}

/* The same for its value. */
static const char *
judge(const char *budgets)
{
    return text_of(judge_for(budgets, "value"));
}

/* In ns: a thousandth of what the lines, in us, say. */
static const char *
in_thousands(const char *groups)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    for (; *groups != '\0'; groups++) {
        if (*groups == ' ' || *groups == ';')
            az_buf_add_c(&buf, buf.len > 0 && buf.p[buf.len - 1] != ':' &&
                                       buf.p[buf.len - 1] != ';'
                                   ? "E-3"
                                   : "");
        az_buf_add_char(&buf, *groups);
    }
    return buf.p;
}

START_TEST(computes_percentile)
{
    const char *groups =
        az_arena_printf(arena, "1: %s;", percentiles[_i].values);

    write_groups(in_thousands(groups));
    for (int type = 1; type <= 9; type++) {
        const char *got;

        az_sink_init(&sink, arena);
        got = judge(budgets_of("[1]", percentiles[_i].percent, type, "latency",
                               "lower"));
        ck_assert_msg(strcmp(got, percentiles[_i].want[type - 1]) == 0,
                      "p%s of %s, type %d: %s", percentiles[_i].percent,
                      percentiles[_i].values, type, got);
    }
}
END_TEST

START_TEST(counts_from_best)
{
    write_groups(
        in_thousands(az_arena_printf(arena, "1: %s;", from_best[_i].values)));
    for (int type = 1; type <= 9; type++) {
        const char *got;

        az_sink_init(&sink, arena);
        got = judge(budgets_of("[1]", from_best[_i].percent, type, "latency",
                               "higher"));
        ck_assert_msg(strcmp(got, from_best[_i].want[type - 1]) == 0,
                      "p%s of %s, type %d: %s", from_best[_i].percent,
                      from_best[_i].values, type, got);
    }
}
END_TEST

/* Above all squares that are samples. */
#define MIRROR 20000

/* Writes as samples the first COUNT squares, or what is left of MIRROR. */
static void
write_squares(int count, bool turned)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "1:");
    for (int i = 1; i <= count; i++)
        az_buf_addf(&buf, " %d", turned ? MIRROR - i * i : i * i);
    az_buf_add_c(&buf, ";");
    write_groups(in_thousands(buf.p));
}

/* The value of the file "l", exactly. */
static struct az_decimal
value_of(const char *percent, int type, const char *better)
{
    struct az_decimal ret;

    az_sink_init(&sink, arena);
    ck_assert(az_decimal_of(
        arena,
        judge_for(budgets_of("[1]", percent, type, "latency", better), "value"),
        &ret));
    return ret;
}

/* Where higher is better, the percentile is what it is where lower is of the
   samples with their signs turned, and turned itself; and what is rounded is
   rounded down, not up.  No time is below zero: all are MIRROR more. */
START_TEST(mirrors_percentile)
{
    const char *percent = mirrored[_i].percent;

    for (size_t k = 0; k < COUNT(mirrored[_i].counts); k++) {
        int count = mirrored[_i].counts[k];
        struct az_decimal want[9];

        write_squares(count, true);
        for (int type = 1; type <= 9; type++)
            want[type - 1] = az_decimal_add(
                arena, az_decimal_from_int(arena, MIRROR),
                az_decimal_negate(value_of(percent, type, "lower")));
        write_squares(count, false);
        for (int type = 1; type <= 9; type++)
            ck_assert_msg(az_decimal_compare(value_of(percent, type, "higher"),
                                             want[type - 1]) == 0,
                          "p%s of %d, type %d", percent, count, type);
    }
}
END_TEST

/* Writes the samples 1, 2, ... COUNT. */
static void
write_range(int count)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "1:");
    for (int i = 1; i <= count; i++)
        az_buf_addf(&buf, " %d", i);
    az_buf_add_c(&buf, ";");
    write_groups(in_thousands(buf.p));
}

START_TEST(bounds_from_best)
{
    const char *percent = best_intervals[_i].percent, *reason;

    write_range(best_intervals[_i].count);
    reason = text_of(judge_for(
        budgets_of("[1]", percent, 1, "latency", "higher"), "reason"));
    ck_assert_msg(strstr(reason, az_arena_printf(arena, "95 %% interval %s ns",
                                                 best_intervals[_i].want)) !=
                      NULL,
                  "p%s of %d: %s", percent, best_intervals[_i].count, reason);
}
END_TEST

START_TEST(doubts_tail)
{
    write_range(tails[_i].count);
    judge(budgets_of("[1]", tails[_i].percent, 1, "memory", tails[_i].better));
    ck_assert(tails[_i].doubted == (find_finding("sample-tail") != NULL));
}
END_TEST

enum { MOST_VALUES = 400 };

/* COUNT values, DISTINCT ones, in an order without a rule. */
static const int *
values_of(int distinct, int count)
{
    static int ret[MOST_VALUES];

    reset_random();
    for (int i = 0; i < count; i++) {
        int k = (int)(next_random() % (unsigned)(i + 1));

        ret[i] = ret[k];
        ret[k] = 1 + i * 17 % distinct;
    }
    return ret;
}

/* COUNT samples of two seeds, of DISTINCT values: all of them WHOLE times, one
   after the other, each RUN times; by a RULE, each is so much more than that
   before it. */
static const char *
copied_groups(int count, int distinct, int whole, int run, bool rule)
{
    const int *order = values_of(distinct, count);
    struct az_buf buf;

    az_buf_init(&buf, arena);
    for (int seed = 1; seed <= 2; seed++) {
        az_buf_addf(&buf, "%d:", seed);
        for (int copy = 0; copy < whole; copy++)
            for (int i = 0; i < count * run; i++)
                az_buf_addf(&buf, " %d.%d",
                            rule ? 1 + i / run * 17 % distinct : order[i / run],
                            seed);
        az_buf_add_c(&buf, ";");
    }
    return buf.p;
}

/* With copies, whether these come to what there is without them, and whether
   they are told: where there are as many values as cannot be equal by chance,
   no rule, and no more copies than mistakes make. */
static const struct {
    int distinct, whole, run;
    bool rule;
    bool same, told;
} copied[] = {
    { 39, 2, 1, false, true, true },   { 39, 1, 2, false, true, true },
    { 39, 3, 2, false, true, true },   { 39, 2, 4, false, true, true },
    { 39, 4, 1, false, true, true },   { 39, 5, 1, false, false, true },
    { 39, 1, 5, false, false, true },  { 39, 2, 5, false, false, true },
    { 20, 2, 1, false, true, true },   { 20, 1, 2, false, true, true },
    { 19, 2, 1, false, false, false }, { 19, 1, 2, false, false, false },
    { 39, 2, 1, true, false, false },  { 39, 1, 2, true, false, false },
    { 39, 2, 5, true, false, false },
};

START_TEST(counts_no_copies)
{
    static const char *const better[] = { "lower", "higher" };
    bool same = true;

    for (int i = 0; i < 18; i++) {
        const char *budgets =
            budgets_of("[1, 2]", "90", 1 + i % 9, "latency", better[i / 9]);
        const char *want, *got;

        write_groups(
            copied_groups(39, copied[_i].distinct, 1, 1, copied[_i].rule));
        want = judge(budgets);
        write_groups(copied_groups(39, copied[_i].distinct, copied[_i].whole,
                                   copied[_i].run, copied[_i].rule));
        az_sink_init(&sink, arena);
        got = judge(budgets);
        same = same && strcmp(got, want) == 0;
        ck_assert_msg(same || !copied[_i].same, "%d: %s, not %s", i, got, want);
        ck_assert(copied[_i].told ==
                  (find_finding("sample-identical") != NULL));
        az_sink_init(&sink, arena);
    }
    ck_assert(same == copied[_i].same);
}
END_TEST

/* 200 samples have 100 beyond their median, 150 twice have not. */
START_TEST(doubts_tail_of_copies)
{
    write_groups(copied_groups(150, copied[_i].distinct, copied[_i].whole,
                               copied[_i].run, copied[_i].rule));
    judge(budgets_of("[1, 2]", "50", 1, "latency", "lower"));
    ck_assert(copied[_i].same == (find_finding("sample-tail") != NULL));
}
END_TEST

/* A stretch of latencies that stands there twice, and of what may be the same
   again. */
static const struct {
    const char *sampling;
    int distinct; /* of 400 samples, and one more */
    bool rule;
    bool refused;
} stretches[] = {
    { "latency", 200, false, true }, { "latency", 400, false, false },
    { "latency", 60, false, false }, /* a cycle */
    { "memory", 200, false, false }, { "latency", 200, true, false },
};

START_TEST(refuses_copies_in_part)
{
    const char *sampling = stretches[_i].sampling;
    int distinct = stretches[_i].distinct;
    const int *order = values_of(distinct, distinct);
    const struct az_diag *diag;
    struct az_buf buf;

    az_buf_init(&buf, arena);
    for (int seed = 1; seed <= 2; seed++) {
        az_buf_addf(&buf, "%d:", seed);
        for (int i = 0; i < 400; i++)
            az_buf_addf(&buf, " %d.%d",
                        stretches[_i].rule ? 1 + i % distinct
                                           : order[i % distinct],
                        seed);
        az_buf_add_c(&buf, " 7;");
    }
    write_groups(buf.p);
    judge(budgets_of("[1, 2]", "90", 1, sampling, "lower"));
    diag = find_finding("sample-count");
    ck_assert(stretches[_i].refused == (diag != NULL));
    if (diag != NULL)
        ck_assert_ptr_nonnull(strstr(
            diag->message, "seed 1 has 401 samples, 201 and 200 copies"));
}
END_TEST

START_TEST(computes_value)
{
    char *groups = az_arena_strdup(arena, values[_i].groups);
    const char *got;

    /* a value with an exponent has it already */
    write_groups(strchr(groups, 'e') != NULL ? "1: 5e-4;2: 8.25e-3;"
                                             : in_thousands(groups));
    got = judge(
        budgets_of(values[_i].seeds, "95", 1, values[_i].sampling, "lower"));
    ck_assert_msg(strcmp(got, values[_i].want) == 0, "%s: %s", values[_i].label,
                  got);
    if (*values[_i].findings != '\0')
        ck_assert_msg(find_finding(values[_i].findings) != NULL, "%s: %s",
                      values[_i].label, findings_text(AZ_ERROR));
    else
        ck_assert_str_eq(findings_text(AZ_ERROR), "");
}
END_TEST

static const struct {
    const char *command, *planned;
    bool is;
} commands[] = {
    { "run", "run", true },
    { "run --seed 7", "run", true },
    { "run --seed=7", "run --seed 1", true },
    { "run  a", "run a", true },
    { "run a", "run --seed 7 --seed 1 a", true },
    { "run --seed 7 a b", "run --seed 1 a", true },
    { "run --seed 1 --seed 7", "run", true },
    { "run --seed 1", "run", false },
    { "run --seed 77", "run", false },
    { "run --seed", "run", false },
    { "run b a", "run a", false },
    { "run", "run a", false },
    { "running", "run", false },
    { "a run", "run", false },
    { "run --seeds 7", "run --metric", false },
};

START_TEST(knows_command)
{
    ck_assert_msg(az_gate_is_command_of(az_str_from(commands[_i].command),
                                        az_str_from(commands[_i].planned),
                                        7) == commands[_i].is,
                  "'%s' of '%s'", commands[_i].command, commands[_i].planned);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("samples");
    TCase *tcase = tcase_create("samples");

    tcase_add_checked_fixture(tcase, enter_folder, leave_folder);
    suite_add_tcase(suite, tcase);
    tcase_add_loop_test(tcase, computes_percentile, 0, COUNT(percentiles));
    tcase_add_loop_test(tcase, counts_from_best, 0, COUNT(from_best));
    tcase_add_loop_test(tcase, mirrors_percentile, 0, COUNT(mirrored));
    tcase_add_loop_test(tcase, bounds_from_best, 0, COUNT(best_intervals));
    tcase_add_loop_test(tcase, doubts_tail, 0, COUNT(tails));
    tcase_add_loop_test(tcase, counts_no_copies, 0, COUNT(copied));
    tcase_add_loop_test(tcase, doubts_tail_of_copies, 0, COUNT(copied));
    tcase_add_loop_test(tcase, refuses_copies_in_part, 0, COUNT(stretches));
    tcase_add_loop_test(tcase, computes_value, 0, COUNT(values));
    tcase_add_loop_test(tcase, knows_command, 0, COUNT(commands));
    return run_suite(suite);
}
