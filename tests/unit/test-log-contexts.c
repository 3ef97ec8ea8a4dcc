/* Contexts of sample logs: what is kept of their lines, however many there are.
   SPDX-License-Identifier: MIT */

#include "log-support.h"
#include "random.h"

#include "core/limits.h"
#include "measure/log-kept.h"
#include "measure/log-told.h"

/* Kept lines. */

static const struct {
    const char *label, *first, *second;
    size_t size; /* that the second takes at most, beside what each does */
} pairs[] = {
    { "the same", "{\"seed\": 11, \"unit\": \"us\"}",
      "{\"seed\": 11, \"unit\": \"us\"}", 0 },
    { "nothing in common", "abc", "xyz", 3 },
    { "empty behind a line", "{\"seed\": 11, \"unit\": \"us\"}", "", 0 },
    { "a number", "{\"seed\": 11, \"unit\": \"microsecond\"}",
      "{\"seed\": 4211, \"unit\": \"microsecond\"}", 5 },
    { "a shorter number", "{\"seed\": 4211, \"unit\": \"microsecond\"}",
      "{\"seed\": 11, \"unit\": \"microsecond\"}", 3 },
    { "two texts", "{\"seed\": 11, \"a\": \"first\", \"b\": \"second one\"}",
      "{\"seed\": 11, \"a\": \"fist\", \"b\": \"second two\"}", 10 },
    { "a text more", "{\"seed\": 11, \"unit\": \"microsecond of a clock\"}",
      "{\"seed\": 11, \"unit\": \"microsecond of a clock\", \"m\": \"m\"}",
      17 },
    { "a text less", "{\"seed\": 11, \"unit\": \"microsecond\", \"m\": \"m\"}",
      "{\"seed\": 11, \"unit\": \"microsecond\"}", 7 },
    { "quotes alone", "\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"",
      "\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"", 4 },
    { "a quote less", "\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"",
      "\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"", 4 },
};

static void
check_kept(const char *label, const struct az_log_kept *kept, unsigned number,
           struct az_str line)
{
    const struct az_source *source = az_log_kept_source(arena, kept);

    ck_assert_msg(az_str_eq(source->text, line), "%s: %.*s", label,
                  AZ_STR_ARG(source->text));
    ck_assert_str_eq(source->name, "l");
    ck_assert_uint_eq(source->before + 1, number);
}

START_TEST(keeps_line)
{
    struct az_log_shelf shelf = { .count = 0 };
    struct az_str first = az_str_from(pairs[_i].first);
    struct az_str second = az_str_from(pairs[_i].second);
    const struct az_log_kept *kept[2];
    size_t alone = 0, size = 0, each;

    kept[0] = az_log_keep(arena, &shelf, "l", 7, first, &alone);
    each = alone - first.len;
    kept[1] = az_log_keep(arena, &shelf, "l", 1u << 31, second, &size);
    check_kept(pairs[_i].label, kept[0], 7, first);
    check_kept(pairs[_i].label, kept[1], 1u << 31, second);
    ck_assert_msg(size - each <= pairs[_i].size, "%s: %zu bytes",
                  pairs[_i].label, size - each);
}
END_TEST

/* A line of the kind KIND, which is like none of another. */
static struct az_str
line_of_kind(unsigned kind, unsigned number)
{
    char name[41];

    memset(name, (int)('a' + kind), sizeof name - 1);
    name[sizeof name - 1] = '\0';
    return az_str_from(
        az_arena_printf(arena, "{\"%s\": %u}", name, number % 10));
}

/* What is kept of a line of the kind KIND, beside what each takes. */
static size_t
size_of_kind(struct az_log_shelf *shelf, unsigned kind, unsigned number)
{
    static struct az_log_shelf none;
    struct az_str line = line_of_kind(kind, number);
    size_t alone = 0, size = 0;

    none.count = 0;
    none.scratch = NULL;
    az_log_keep(arena, &none, "l", 1, line, &alone);
    az_log_keep(arena, shelf, "l", 1, line, &size);
    return size + line.len - alone;
}

/* As many kinds of lines in turn as the shelf has room for. */
START_TEST(keeps_kinds_in_turn)
{
    struct az_log_shelf shelf = { .count = 0 };

    for (unsigned i = 0; i < 4 * AZ_LOG_SHELF_SIZE; i++) {
        size_t size = size_of_kind(&shelf, i % AZ_LOG_SHELF_SIZE, i);

        ck_assert_msg((size < 5) == (i >= AZ_LOG_SHELF_SIZE), "%u: %zu", i,
                      size);
    }
}
END_TEST

/* One kind between more others than the shelf has room for. */
START_TEST(keeps_kind_in_use)
{
    struct az_log_shelf shelf = { .count = 0 };

    size_of_kind(&shelf, 0, 0);
    for (unsigned i = 1; i < 25; i++) {
        ck_assert_uint_gt(size_of_kind(&shelf, i, 0), 40);
        ck_assert_uint_lt(size_of_kind(&shelf, 0, i), 5);
    }
}
END_TEST

/* Times, and whether the first is before the second, or behind it. */
static const struct {
    const char *a, *b;
    int want;
} times[] = {
    { "2026-02-28T06:53:00Z", "2026-02-28T06:53:00Z", 0 },
    { "2026-02-28T06:53:00Z", "2026-02-28T06:53:01Z", -1 },
    { "2026-02-28T06:53:00Z", "2026-02-28T06:53:00.1Z", -1 },
    { "2026-02-28T06:53:00.9Z", "2026-02-28T06:53:01Z", -1 },
    { "2026-02-28T06:53:00Z", "2026-02-28T07:53:00+02:00", 1 },
    { "2026-02-28T06:53:00+02:00", "2026-02-28T06:53:00+01:00", -1 },
    { "2026-02-28t06:53:00Z", "2026-02-28T07:53:00Z", -1 },
    /* the same moment: by their texts, so that there is one order */
    { "2026-02-28T06:53:00Z", "2026-02-28T06:53:00.0Z", 1 },
};

START_TEST(compares_times)
{
    struct az_str a = az_str_from(times[_i].a), b = az_str_from(times[_i].b);
    int order = az_log_compare_times(a, b), back = az_log_compare_times(b, a);

    ck_assert_int_eq((order > 0) - (order < 0), times[_i].want);
    ck_assert_int_eq((back > 0) - (back < 0), -times[_i].want);
}
END_TEST

static unsigned
random_below(unsigned limit)
{
    return (unsigned)(next_random() >> 20) % limit;
}

/* LINE with some bytes changed, put in or left out. */
static struct az_str
change(struct az_str line)
{
    static const char bytes[] = "\"\"{}:,ab 01";
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "");
    for (size_t i = 0; i < line.len; i++) {
        unsigned what = random_below(300);

        if (what < 2)
            az_buf_add_char(&buf, bytes[random_below(sizeof bytes - 1)]);
        if (what > 1 || random_below(2) > 0)
            az_buf_add_char(&buf, line.p[i]);
    }
    if (random_below(300) == 0)
        for (unsigned i = random_below(40000); i > 0; i--)
            az_buf_add_char(&buf, bytes[random_below(sizeof bytes - 1)]);
    return az_buf_str(&buf);
}

/* Any lines, more alike or less. */
START_TEST(keeps_any_line)
{
    enum { LINES = 2000 };
    struct az_log_shelf shelf = { .count = 0 };
    static const struct az_log_kept *kept[LINES];
    static struct az_str lines[LINES];
    size_t size = 0, whole = 0;
    struct az_buf buf;

    reset_random();
    az_buf_init(&buf, arena);
    add_line(&buf, "seed", "1");
    for (unsigned i = 0; i < LINES; i++) {
        lines[i] = change(i % 50 == 0 ? az_buf_str(&buf)
                                      : lines[i - 1 - random_below(i % 50)]);
        kept[i] = az_log_keep(arena, &shelf, "l", i + 1, lines[i], &size);
        whole += lines[i].len;
    }
    for (unsigned i = 0; i < LINES; i++)
        check_kept("random", kept[i], i + 1, lines[i]);
    ck_assert_uint_lt(size, whole);
}
END_TEST

/* Lines that tell times of one context, one after the other; what is kept of
   the last of them. */
static const struct {
    const char *label;
    unsigned changes[3]; /* bytes of each that the first has not; 0: no more */
    const char *time;    /* of the last */
    bool by_number;      /* it is kept by its number alone */
} tellers[] = {
    { "one", { 5 }, "t", false },
    { "a shorter one", { 20, 1 }, "", false },
    { "a longer one", { 5, 20 }, "time", false },
    { "one that needs more room", { 5, 200 }, "t", false },
    { "a longer time", { 5, 24 }, "a time that is longer", false },
    { "what may be", { LOG_MAX_TOLD_EDITS - 12 }, "t", false },
    { "too much", { LOG_MAX_TOLD_EDITS }, "t", true },
    { "too much, after little", { 5, LOG_MAX_TOLD_EDITS }, "t", true },
    { "little, after too much", { 5, LOG_MAX_TOLD_EDITS, 6 }, "t", false },
};

/* A line with COUNT bytes of its own. */
static struct az_str
line_with(unsigned count)
{
    char own[LOG_MAX_TOLD_EDITS + 1];

    memset(own, 'x', count);
    own[count] = '\0';
    return az_str_from(az_arena_printf(
        arena, "{\"metric_id\": \"M\", \"own\": \"%s\", \"seed\": 1}", own));
}

START_TEST(keeps_teller)
{
    const unsigned *changes = tellers[_i].changes;
    struct az_str first = line_with(0), text = first;
    struct az_log_told *told = NULL;
    const struct az_source *source;
    unsigned number = 7;

    ck_assert_uint_eq(az_log_told_time(told).len, 0);
    for (size_t i = 0; i < 3 && changes[i] > 0; i++) {
        bool last = i == 2 || changes[i + 1] == 0;
        struct log_told_line line = { "l", ++number, line_with(changes[i]) };

        text = line.text;
        az_log_tell(arena, &told,
                    az_str_from(last ? tellers[_i].time : "another"), &line,
                    first);
    }
    source = az_log_told_source(arena, told, first);
    ck_assert_str_eq(source->name, "l");
    ck_assert_uint_eq(source->before + 1, number);
    ck_assert(az_str_eq_c(az_log_told_time(told), tellers[_i].time));
    ck_assert_msg(
        az_str_eq(source->text, tellers[_i].by_number ? AZ_STR("") : text),
        "%s: %.*s", tellers[_i].label, AZ_STR_ARG(source->text));
}
END_TEST

/* Of a time in a line that is kept by its number alone, the line is told. */
START_TEST(tells_line_alone)
{
    const struct az_log_options options = { .jobs = 1 };
    struct az_place place;
    struct az_buf buf;
    struct az_log log;
    char own[LOG_MAX_TOLD_EDITS + 1];

    memset(own, 'x', sizeof own - 1);
    own[sizeof own - 1] = '\0';
    az_buf_init(&buf, arena);
    add_line(&buf, "measured_at", "\"2026-02-28T06:53:00Z\"");
    az_buf_add_c(&buf, "\n");
    add_line(&buf, "artifact_paths", az_arena_printf(arena, "[\"%s\"]", own));
    buf.len--; /* the brace */
    az_buf_add_c(&buf, ", \"measured_at\": \"2026-02-28T06:53:01Z\"}\n");
    write_file("l", buf.p, buf.len);
    az_log_init(&log, arena, &sink, &options);
    ck_assert(az_log_read(&log, "l"));
    ck_assert_uint_eq(sink.total, 0);
    place = az_log_context_time_place(arena, az_log_context_at(&log, 0),
                                      AZ_LOG_LATEST);
    ck_assert_uint_eq(place.source->before + 1, 2);
    ck_assert_uint_eq(place.source->text.len, 0);
}
END_TEST

/* Many contexts. */

/* More than a thread remembers. */
enum { SEEDS = 6000, ROUNDS = 3, LINES = SEEDS * ROUNDS };

/* The seed of line I, no order among those of a round. */
static unsigned
seed_of(unsigned i)
{
    return (unsigned)(((unsigned long long)i * 7919 + i / SEEDS) % SEEDS);
}

/* The second of the day that line I tells. */
static unsigned
second_of(unsigned i)
{
    return i * 37 % 86400;
}

static void
write_many(void)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    for (unsigned i = 0; i < LINES; i++) {
        unsigned second = second_of(i);

        az_buf_addf(
            &buf,
            "{\"scenario_id\": \"s\", \"framework\": \"f\", \"workload\": "
            "\"w\", \"profile\": \"p\", \"browser\": \"b\", \"bundler\": "
            "\"v\", \"seed\": %u, \"metric_id\": \"M\", \"value\": %u, "
            "\"unit\": \"%s\", \"status\": \"pass\", \"artifact_paths\": "
            "[\"a\"], \"repro_command\": \"run --seed %u\", \"measured_at\": "
            "\"2026-02-28T%02u:%02u:%02uZ\"}\n",
            seed_of(i), i + 1, seed_of(i) % 2 == 0 ? "us" : "ms", seed_of(i),
            second / 3600, second / 60 % 60, second % 60);
    }
    write_file("l", buf.p, buf.len);
}

/* What lines of one seed tell. */
struct told {
    unsigned first;                    /* the number of the first */
    unsigned lines[AZ_LOG_SIDE_COUNT]; /* the number of the earliest, latest */
    unsigned values[ROUNDS];
    size_t count;
};

static struct told told[SEEDS];

static void
note_many(void)
{
    memset(told, 0, sizeof told);
    for (unsigned i = 0; i < LINES; i++) {
        struct told *t = &told[seed_of(i)];
        unsigned *lines = t->lines;

        if (t->count == 0)
            *t = (struct told){ .first = i + 1, .lines = { i + 1, i + 1 } };
        if (second_of(i) < second_of(lines[AZ_LOG_EARLIEST] - 1))
            lines[AZ_LOG_EARLIEST] = i + 1;
        if (second_of(i) > second_of(lines[AZ_LOG_LATEST] - 1))
            lines[AZ_LOG_LATEST] = i + 1;
        t->values[t->count++] = i + 1;
    }
}

/* Whether CONTEXT's time of SIDE is that of the line NUMBER, and stands there.
 */
static void
check_time(const struct az_log_context *context, enum az_log_side side,
           unsigned number)
{
    unsigned second = second_of(number - 1);
    const char *want =
        az_arena_printf(arena, "2026-02-28T%02u:%02u:%02uZ", second / 3600,
                        second / 60 % 60, second % 60);
    struct az_place place = az_log_context_time_place(arena, context, side);
    struct az_str text = place.source->text;

    ck_assert(az_str_eq_c(az_log_context_time(context, side), want));
    ck_assert_uint_eq(place.source->before + 1, number);
    text = (struct az_str){ text.p + place.span.start,
                            place.span.end - place.span.start };
    ck_assert(az_str_eq_c(text, az_arena_printf(arena, "\"%s\"", want)));
}

static void
check_context(const struct az_log *log, const struct az_log_context *context)
{
    unsigned seed = (unsigned)context->key.seed;
    const struct told *t = &told[seed];
    struct az_str command = az_log_text(log, context, AZ_LOG_COMMAND);
    const struct az_document *line = az_log_context_read(arena, context);

    ck_assert(
        az_str_eq_c(command, az_arena_printf(arena, "run --seed %u", seed)));
    ck_assert(az_str_eq_c(az_log_text(log, context, AZ_LOG_COMMIT), ""));
    ck_assert_str_eq(context->unit->name, seed % 2 == 0 ? "us" : "ms");
    ck_assert_uint_eq(line->source->before + 1, t->first);
    ck_assert(az_str_eq_c(az_node_text(az_node_get(line->root, "seed")),
                          az_arena_printf(arena, "%u", seed)));
    ck_assert(!context->untimed);
    for (int side = 0; side < AZ_LOG_SIDE_COUNT; side++)
        check_time(context, (enum az_log_side)side, t->lines[side]);
    ck_assert_uint_eq(context->group->samples.count, t->count);
}

static const struct az_log_options ways[] = {
    { .jobs = 1 },
    { .jobs = 4 },
    { .jobs = 1, .block_size = 4000 },
    { .jobs = 4, .block_size = 4000 },
    { .jobs = 2, .block_size = 100000 },
    { .jobs = 2, .block_size = 4000, .plain = true },
};

START_TEST(reads_many)
{
    struct az_log log;

    write_many();
    note_many();
    az_log_init(&log, arena, &sink, &ways[_i]);
    ck_assert(az_log_read(&log, "l"));
    ck_assert_uint_eq(sink.total, 0);
    ck_assert_uint_eq(log.contexts.count, SEEDS);
    ck_assert_uint_eq(log.groups.count, SEEDS);
    for (size_t i = 0; i < SEEDS; i++)
        check_context(&log, az_log_context_at(&log, i));
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("log-contexts");
    TCase *tcase = tcase_create("log-contexts");

    tcase_add_checked_fixture(tcase, enter_folder, leave_folder);
    suite_add_tcase(suite, tcase);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, keeps_line, 0, COUNT(pairs));
    tcase_add_test(tcase, keeps_any_line);
    tcase_add_loop_test(tcase, keeps_teller, 0, COUNT(tellers));
    tcase_add_test(tcase, tells_line_alone);
    tcase_add_test(tcase, keeps_kinds_in_turn);
    tcase_add_test(tcase, keeps_kind_in_use);
    tcase_add_loop_test(tcase, compares_times, 0, COUNT(times));
    tcase_add_loop_test(tcase, reads_many, 0, COUNT(ways));
    return run_suite(suite);
}
