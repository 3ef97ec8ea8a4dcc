/* Histories: what is read back, and what is not believed.
   SPDX-License-Identifier: MIT */

#include "support.h"

#include <stdio.h>

#include "core/limits.h"
#include "gate/history.h"

static struct az_history history;

static const struct az_record_row two_rows[] = {
    { AZ_STR("M-1"), AZ_STR("desktop"), AZ_STR("9.40"), AZ_STR("us"),
      AZ_RECORD_WARN, AZ_REGRESSION_FIRST },
    { AZ_STR("M-2"),
      { NULL, 0 },
      { NULL, 0 },
      AZ_STR("ms"),
      AZ_RECORD_SKIP,
      AZ_REGRESSION_NONE },
};

/* The record of run NUMBER, behind that with the hash PREVIOUS. */
static struct az_record
make_record(unsigned number, const char *previous)
{
    struct az_record record = {
        .commit = az_str_from(az_arena_printf(arena, "commit-%u", number)),
        .branch = AZ_STR("main \"quoted\" \\ \xc3\xa9"),
        .profile = AZ_STR("core-min"),
        .time = AZ_STR("2026-11-21T00:00:00Z"),
        .verdict = AZ_WARN,
        .rows = two_rows,
        .row_count = 2,
    };

    memcpy(record.previous, previous, AZ_SHA256_SIZE);
    return record;
}

/* COUNT records one behind the other, as text. */
static struct az_str
chain_of(unsigned count)
{
    char previous[AZ_SHA256_SIZE];
    struct az_buf text;
    unsigned i;

    az_buf_init(&text, arena);
    memcpy(previous, az_history_nothing, sizeof previous);
    for (i = 0; i < count; i++) {
        struct az_record record = make_record(i, previous);

        az_buf_add(&text, az_record_print(arena, &record));
        memcpy(previous, record.hash, sizeof previous);
    }
    return az_buf_str(&text);
}

static bool
read_text(struct az_str text)
{
    az_sink_init(&sink, arena);
    return az_history_read(arena, &sink, source_of("h", text), &history);
}

START_TEST(reads_what_it_prints)
{
    const struct az_record *record;

    ck_assert(read_text(chain_of(3)));
    ck_assert_uint_eq(sink.total, 0);
    ck_assert_uint_eq(history.count, 3);
    ck_assert_uint_eq(history.whole, chain_of(3).len);
    ck_assert(!history.unended);
    record = &history.records[2];
    ck_assert_str_eq(record->previous, history.records[1].hash);
    ck_assert_str_eq(history.records[0].previous, az_history_nothing);
    ck_assert_str_eq(history.head, record->hash);
    ck_assert(az_str_eq_c(record->commit, "commit-2"));
    ck_assert(az_str_eq_c(record->branch, "main \"quoted\" \\ \xc3\xa9"));
    ck_assert(az_str_eq_c(record->profile, "core-min"));
    ck_assert(az_str_eq_c(record->time, "2026-11-21T00:00:00Z"));
    ck_assert_uint_eq(record->verdict, AZ_WARN);
    ck_assert_uint_eq(record->row_count, 2);
    ck_assert(az_str_eq_c(record->rows[0].value, "9.40"));
    ck_assert_uint_eq(record->rows[0].status, AZ_RECORD_WARN);
    ck_assert_uint_eq(record->rows[0].regression, AZ_REGRESSION_FIRST);
    ck_assert_uint_eq(record->rows[1].environment.len, 0);
    ck_assert_uint_eq(record->rows[1].value.len, 0);
    ck_assert_uint_eq(record->rows[1].status, AZ_RECORD_SKIP);
    ck_assert(az_history_has(&history, history.records[1].hash));
    ck_assert(az_history_has(&history, az_history_nothing));
    ck_assert(!az_history_has(&history, "0"));
}
END_TEST

/* The bytes that are written are what the manual says, for ever. */
START_TEST(prints_exact_bytes)
{
    struct az_record record = make_record(7, az_history_nothing);

    ck_assert_str_eq(
        az_record_print(arena, &record).p,
        "{\"v\":1,\"previous\":\"0000000000000000000000000000000000000000000000"
        "000000000000000000\",\"commit\":\"commit-7\",\"branch\":\"main "
        "\\\"quoted\\\" \\\\ \xc3\xa9\",\"profile\":\"core-min\",\"time\":"
        "\"2026-11-21T00:00:00Z\",\"verdict\":\"warn\",\"rows\":[{"
        "\"metric_id\":\"M-1\",\"environment\":\"desktop\",\"value\":9.40,"
        "\"unit\":\"us\",\"status\":\"warn\",\"regression\":\"first\"},{"
        "\"metric_id\":\"M-2\",\"environment\":null,\"value\":null,\"unit\":"
        "\"ms\",\"status\":\"skip\",\"regression\":null}],\"hash\":"
        "\"a99f455093e5740f55b5fd055d434bcffdfe93f720d841ecc77e857315a2562a\"}"
        "\n");
}
END_TEST

START_TEST(empty_text_is_no_record)
{
    ck_assert(read_text(AZ_STR("")));
    ck_assert_uint_eq(history.count, 0);
    ck_assert_str_eq(history.head, az_history_nothing);
}
END_TEST

/* Changes of one text by another in the second record of three; those that are
   RESEALED get a hash that fits, as whoever forges one would do. */
static const struct change {
    const char *label;
    const char *from, *to;
    bool resealed;
    const char *message;
} changes[] = {
    { "a value", "9.40", "7.40", false, "the hash of this record is " },
    { "a blank", "\"v\":1", "\"v\": 1", false, "the hash of this record is " },
    { "another hash", "\"hash\":\"", "\"hash\":\"0", false,
      "'hash' is not 64 small hexadecimal digits" },
    { "no hash", "\"hash\"", "\"hush\"", false, "'hash' is missing" },
    { "a value, resealed: the next does not follow", "9.40", "7.40", true,
      "the record before this one is " },
    { "an unknown key", "\"v\":1", "\"v\":1,\"note\":\"x\"", true,
      "no record has a key 'note'" },
    { "a missing key", "\"branch\":\"main \\\"quoted\\\" \\\\ \xc3\xa9\",", "",
      true, "'branch' is missing" },
    { "a key twice", "\"v\":1", "\"v\":1,\"v\":1", true,
      "has the key 'v' twice" },
    { "another version", "\"v\":1", "\"v\":2", true,
      "'v' is not 1, the version that this program knows" },
    { "a version by another spelling", "\"v\":1", "\"v\":1.0", true,
      "'v' is not 1, the version that this program knows" },
    { "no commit", "\"commit-1\"", "\"\"", true, "'commit' is not a name" },
    { "a commit that is null", "\"commit-1\"", "null", true,
      "'commit' is not a name" },
    { "no such time", "2026-11-21", "2026-02-30", true,
      "'time' is not a time of RFC 3339 in UTC" },
    { "no verdict", "\"verdict\":\"warn\"", "\"verdict\":\"no-verdict\"", true,
      "'verdict' is not pass, warn or fail" },
    { "no such status", "\"status\":\"warn\"", "\"status\":\"waived\"", true,
      "'status' is not pass, warn, fail, skip or missing" },
    { "no such regression", "\"regression\":\"first\"", "\"regression\":true",
      true, "'regression' is not null, first or confirmed" },
    { "a value that is text", "9.40", "\"9.40\"", true,
      "'value' is not a number or null" },
    { "judged without a value", "9.40", "null", true,
      "the row was judged, but has no value or environment" },
    { "judged in no environment", "\"desktop\"", "null", true,
      "the row was judged, but has no value or environment" },
    { "skipped with a value", "\"environment\":null,\"value\":null",
      "\"environment\":null,\"value\":1", true,
      "the row has a value, but was not judged" },
    { "a row that is none", "\"rows\":[{", "\"rows\":[1,{", true,
      "that is not an object" },
    { "an unknown key of a row", "\"unit\":\"us\"",
      "\"unit\":\"us\",\"note\":1", true, "no record has a key 'note'" },
    { "not JSON", "\"v\":1", "\"v\":NaN", true, "'NaN' is no number of JSON" },
    { "no UTF-8", "\xc3\xa9", "\xc3", true, "" },
    { "what it follows", "\"previous\":\"", "\"previous\":\"g", true,
      "'previous' is not 64 small hexadecimal digits" },
};

/* TEXT with the first FROM behind OFFSET as TO. */
static struct az_str
replaced(struct az_str text, size_t offset, const char *from, const char *to)
{
    const char *at = strstr(text.p + offset, from);
    struct az_buf buf;

    ck_assert_ptr_nonnull(at);
    az_buf_init(&buf, arena);
    az_buf_add(&buf, (struct az_str){ text.p, (size_t)(at - text.p) });
    az_buf_add_c(&buf, to);
    az_buf_add_c(&buf, at + strlen(from));
    return az_buf_str(&buf);
}

/* TEXT with a hash that fits for its line that begins at OFFSET. */
static struct az_str
reseal(struct az_str text, size_t offset)
{
    static const char key[] = ",\"hash\":\"";
    char *copy = az_arena_strdup(arena, text.p);
    char *at = strstr(copy + offset, key);
    char digest[AZ_SHA256_SIZE];
    struct az_sha256 hash;

    ck_assert_ptr_nonnull(at);
    az_sha256_init(&hash);
    az_sha256_add(&hash, copy + offset, (size_t)(at - copy) - offset);
    az_sha256_add(&hash, "}", 1);
    az_sha256_finish(&hash, digest);
    memcpy(at + sizeof(key) - 1, digest, AZ_SHA256_SIZE - 1);
    return az_str_from(copy);
}

START_TEST(refuses_change)
{
    const struct change *change = &changes[_i];
    struct az_str text = chain_of(3);
    size_t second = (size_t)(strchr(text.p, '\n') - text.p) + 1;
    const char *message;

    text = replaced(text, second, change->from, change->to);
    if (change->resealed)
        text = reseal(text, second);
    ck_assert_msg(!read_text(text), "%s: accepted", change->label);
    ck_assert_uint_eq(sink.total, 1);
    ck_assert_uint_eq(sink.diags[0]->id, AZ_DIAG_HISTORY_BROKEN);
    message = sink.diags[0]->message;
    ck_assert_msg(strstr(message, change->message) != NULL, "%s: %s",
                  change->label, message);
    ck_assert_uint_eq(az_source_position(sink.diags[0]->place.source,
                                         sink.diags[0]->place.span.start)
                          .line,
                      strstr(message, "before this one") != NULL ? 3 : 2);
}
END_TEST

/* Lines that are taken out, doubled or swapped. */
static const struct shuffle {
    const char *label;
    const char *order; /* of three lines, by number */
    unsigned line;     /* that is refused */
} shuffles[] = {
    { "the first is gone", "23", 1 },
    { "the middle is gone", "13", 2 },
    { "one twice", "1223", 3 },
    { "swapped", "132", 2 },
    { "reversed", "321", 1 },
    { "the first again", "1231", 4 },
    { "an empty line", "12 3", 3 },
    { "an empty line at the end", "123 ", 4 },
    { "an empty line before", " 123", 1 },
};

START_TEST(refuses_shuffle)
{
    const struct shuffle *shuffle = &shuffles[_i];
    struct az_str rest = chain_of(3), lines[4] = { { "", 0 } };
    struct az_buf buf;
    const char *c;
    unsigned i;

    for (i = 1; i <= 3; i++)
        ck_assert(az_str_take_line(&rest, &lines[i]));
    az_buf_init(&buf, arena);
    for (c = shuffle->order; *c != '\0'; c++) {
        az_buf_add(&buf, lines[*c == ' ' ? 0 : *c - '0']);
        az_buf_add_char(&buf, '\n');
    }
    ck_assert_msg(!read_text(az_buf_str(&buf)), "%s: accepted", shuffle->label);
    ck_assert_uint_eq(sink.diags[0]->id, AZ_DIAG_HISTORY_BROKEN);
    ck_assert_uint_eq(az_source_position(sink.diags[0]->place.source,
                                         sink.diags[0]->place.span.start)
                          .line,
                      shuffle->line);
}
END_TEST

/* Cut off anywhere in the last record, what is before it stays. */
START_TEST(recovers_torn_tail)
{
    struct az_str text = chain_of(2);
    size_t whole = chain_of(1).len, cut;

    for (cut = whole + 1; cut < text.len - 1; cut++) {
        ck_assert(read_text((struct az_str){ text.p, cut }));
        ck_assert_uint_eq(history.count, 1);
        ck_assert_uint_eq(history.whole, whole);
        ck_assert(!history.unended);
        ck_assert_uint_eq(sink.total, 1);
        ck_assert_uint_eq(sink.diags[0]->id, AZ_DIAG_HISTORY_TORN);
    }
    /* a cut between two records cannot be told */
    ck_assert(read_text((struct az_str){ text.p, whole }));
    ck_assert_uint_eq(sink.total, 0);
    /* only the newline is gone: the record is whole */
    ck_assert(read_text((struct az_str){ text.p, text.len - 1 }));
    ck_assert_uint_eq(history.count, 2);
    ck_assert_uint_eq(history.whole, text.len - 1);
    ck_assert(history.unended);
    ck_assert_uint_eq(sink.total, 0);
}
END_TEST

/* What is whole but wrong was not torn off, newline or not. */
START_TEST(wrong_tail_is_not_torn)
{
    struct az_str text = chain_of(2);

    text = replaced(text, chain_of(1).len, "9.40", "7.40");
    text.len--;
    ck_assert(!read_text(text));
    ck_assert_uint_eq(sink.diags[0]->id, AZ_DIAG_HISTORY_BROKEN);
}
END_TEST

/* What stands behind a chain without a newline, and whether it was torn off. */
static const struct {
    const char *text;
    size_t len, records;
    bool torn;
} tails[] = {
    { "{", 1, 0, true },
    { "{\"v\":1,\"previous\":\"0", 20, 0, true },
    { "{\"v\":1,\"previous\":\"0\0\0\0", 23, 0, true },
    { "{\"v\":1,\"previous\":\"0\0x", 22, 0, false },
    { "\0\0\0", 3, 1, true },
    { "\0\0\0", 3, 0, false },
    { "secret", 6, 0, false },
    { "{\"schema_version\":1}", 20, 0, false },
    { "{\"v\":2", 6, 1, false },
    { "{\"v\":1,\"previous\":\"0000", 23, 1, false },
    { " ", 1, 1, false },
};

START_TEST(knows_torn_tail)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    if (tails[_i].records > 0)
        az_buf_add(&buf, chain_of((unsigned)tails[_i].records));
    az_buf_add(&buf, (struct az_str){ tails[_i].text, tails[_i].len });
    ck_assert_int_eq(read_text(az_buf_str(&buf)), tails[_i].torn);
    ck_assert_uint_eq(sink.diags[0]->id, tails[_i].torn
                                             ? AZ_DIAG_HISTORY_TORN
                                             : AZ_DIAG_HISTORY_BROKEN);
}
END_TEST

START_TEST(keeps_limits)
{
    struct az_limits limits = az_limits_own;
    struct az_record record;
    struct az_str line;

    limits.records = 3;
    az_arena_set_limits(arena, &limits);
    ck_assert(!read_text(chain_of(4)));
    ck_assert_uint_eq(sink.diags[0]->id, AZ_DIAG_HISTORY_LIMIT);
    ck_assert(read_text(chain_of(3)));
    record = make_record(3, history.head);
    line = az_record_print(arena, &record);
    ck_assert(!az_history_has_room(&sink, &history, history.whole, line));
    ck_assert_uint_eq(sink.diags[0]->id, AZ_DIAG_HISTORY_LIMIT);
    limits.records = 4;
    ck_assert(az_history_has_room(&sink, &history, history.whole, line));
    limits.file_size = history.whole + line.len;
    ck_assert(!az_history_has_room(&sink, &history, history.whole, line));
    limits.file_size++;
    ck_assert(az_history_has_room(&sink, &history, history.whole, line));
}
END_TEST

/* Notes: in any order, doubled, of one commit. */
START_TEST(reads_notes)
{
    static const struct {
        const char *commit, *time;
    } runs[] = {
        { "bbb", "2026-11-21T03:00:00Z" },
        { "aaa", "2026-11-21T02:00:00Z" },
        { "bbb", "2026-11-21T01:00:00Z" },
        { "ccc", "2026-11-21T02:00:00Z" },
    };
    static const char *const order[] = { "bbb 01", "bbb 03", "aaa 02",
                                         "ccc 02" };
    struct az_str lines[4];
    size_t i;

    az_history_init(&history, arena);
    for (i = 0; i < 4; i++) {
        struct az_record record = make_record(0, az_history_nothing);
        struct az_buf twice;

        record.commit = az_str_from(runs[i].commit);
        record.time = az_str_from(runs[i].time);
        lines[i] = az_record_print(arena, &record);
        az_buf_init(&twice, arena);
        az_buf_add(&twice, lines[i]);
        az_buf_add(&twice, lines[i]);
        ck_assert(az_history_read_note(&sink,
                                       source_of("note", az_buf_str(&twice)),
                                       record.commit, &history));
    }
    ck_assert_uint_eq(history.count, 4);
    az_history_sort(&history);
    for (i = 0; i < 4; i++) {
        const struct az_record *record = &history.records[i];

        ck_assert_str_eq(az_arena_printf(arena, "%.*s %.2s",
                                         AZ_STR_ARG(record->commit),
                                         record->time.p + 11),
                         order[i]);
    }
    /* under another commit's name it is forged */
    ck_assert(!az_history_read_note(&sink, source_of("note", lines[0]),
                                    AZ_STR("aaa"), &history));
    ck_assert_uint_eq(sink.diags[0]->id, AZ_DIAG_HISTORY_BROKEN);
}
END_TEST

/* A record that follows another is of a file, not of a note. */
START_TEST(notes_follow_nothing)
{
    struct az_record record;

    ck_assert(read_text(chain_of(1)));
    record = make_record(0, history.head);
    ck_assert(!az_history_read_note(
        &sink, source_of("note", az_record_print(arena, &record)),
        AZ_STR("commit-0"), &history));
    ck_assert_uint_eq(sink.diags[0]->id, AZ_DIAG_HISTORY_BROKEN);
}
END_TEST

#define COUNT_OF(list) (sizeof(list) / sizeof((list)[0]))

int
main(void)
{
    Suite *suite = suite_create("history");
    TCase *tcase = new_case(suite, "history");

    tcase_add_test(tcase, reads_what_it_prints);
    tcase_add_test(tcase, prints_exact_bytes);
    tcase_add_test(tcase, empty_text_is_no_record);
    tcase_add_loop_test(tcase, refuses_change, 0, COUNT_OF(changes));
    tcase_add_loop_test(tcase, refuses_shuffle, 0, COUNT_OF(shuffles));
    tcase_add_test(tcase, recovers_torn_tail);
    tcase_add_test(tcase, wrong_tail_is_not_torn);
    tcase_add_loop_test(tcase, knows_torn_tail, 0, COUNT(tails));
    tcase_add_test(tcase, keeps_limits);
    tcase_add_test(tcase, reads_notes);
    tcase_add_test(tcase, notes_follow_nothing);
    return run_suite(suite);
}
