/* Fuzz target: the text of a history, read as a file and as a git note.
   SPDX-License-Identifier: MIT

   What is read prints as a history that reads as the same.  No fuzzer finds
   hashes, so each text is also read with those that fit. */

#include "support.h"

#include "core/arena.h"
#include "gate/history.h"
#include "gate/streak.h"

/* Each record that was read as a line is that line, but for its white space
   and the spelling of its strings: so its hash may differ, and nothing else. */
static void
check_printed(struct az_arena *arena, const struct az_history *history)
{
    struct az_history again;
    struct az_buf text;
    struct az_sink sink;
    size_t i;

    az_sink_init(&sink, arena);
    az_buf_init(&text, arena);
    az_history_init(&again, arena);
    for (i = 0; i < history->count; i++) {
        struct az_record record = history->records[i];

        memcpy(record.previous, again.head, AZ_SHA256_SIZE);
        az_buf_add(&text, az_record_print(arena, &record));
        az_history_add(&again, &record);
    }
    require(az_history_read(arena, &sink,
                            az_source_new(arena, "again", az_buf_str(&text)),
                            &again));
    require(again.count == history->count && sink.total == 0);
    require(again.whole == text.len);
    for (i = 0; i < again.count; i++)
        require(
            az_str_eq(again.records[i].commit, history->records[i].commit) &&
            again.records[i].row_count == history->records[i].row_count);
}

/* A streak is no longer than the commits that there are. */
static void
check_streaks(struct az_arena *arena, const struct az_history *history)
{
    const struct az_record *last = &history->records[history->count - 1];
    struct az_streaks streaks;
    size_t i;

    az_streaks_init(&streaks, arena, history, last->profile, last->branch);
    for (i = 0; i < last->row_count; i++) {
        const struct az_record_row *row = &last->rows[i];
        struct az_streak streak;

        if (row->status < AZ_RECORD_PASS)
            continue;
        streak = az_streak_at(&streaks, row->metric, row->environment,
                              last->commit, row->status);
        require(streak.count <= streaks.commits.count);
        require(streak.count > 0 || row->status < AZ_RECORD_WARN);
        require(streak.count == 0 ||
                az_str_eq(streak.commits[streak.named - 1], last->commit));
    }
}

static void
check_file(struct az_arena *arena, const struct az_source *source)
{
    struct az_history history;
    struct az_sink sink;
    size_t i;

    az_sink_init(&sink, arena);
    if (!az_history_read(arena, &sink, source, &history)) {
        require(sink.total == 1);
        require(sink.diags[0]->place.span.end <= source->text.len);
        return;
    }
    require(history.whole <= source->text.len);
    require(history.whole == source->text.len || sink.total == 1);
    for (i = 1; i < history.count; i++)
        require(strcmp(history.records[i].previous,
                       history.records[i - 1].hash) == 0);
    check_printed(arena, &history);
    if (history.count > 0)
        check_streaks(arena, &history);
}

static void
check_note(struct az_arena *arena, const struct az_source *source)
{
    struct az_history history;
    struct az_sink sink;
    size_t i;

    az_sink_init(&sink, arena);
    az_history_init(&history, arena);
    if (!az_history_read_note(&sink, source, AZ_STR("c"), &history))
        return;
    az_history_sort(&history);
    for (i = 1; i < history.count; i++)
        require(az_str_compare(history.records[i - 1].time,
                               history.records[i].time) <= 0);
}

#define HEAD      "{\"v\":1,\"previous\":\""
#define TAIL      ",\"hash\":\""
#define DIGITS    (AZ_SHA256_SIZE - 1)
#define TAIL_SIZE (sizeof(TAIL) - 1 + DIGITS + 2)

/* Gives LINE, if it begins and ends as a record does, PREVIOUS and the hash
   that fits, which becomes PREVIOUS. */
static void
reseal(char *line, size_t length, char *previous)
{
    struct az_sha256 hash;
    char *tail = line + length - TAIL_SIZE;

    if (length < sizeof(HEAD) - 1 + DIGITS + TAIL_SIZE ||
        memcmp(line, HEAD, sizeof(HEAD) - 1) != 0 ||
        memcmp(tail, TAIL, sizeof(TAIL) - 1) != 0)
        return;
    memcpy(line + sizeof(HEAD) - 1, previous, DIGITS);
    az_sha256_init(&hash);
    az_sha256_add(&hash, line, length - TAIL_SIZE);
    az_sha256_add(&hash, "}", 1);
    az_sha256_finish(&hash, previous);
    memcpy(tail + sizeof(TAIL) - 1, previous, DIGITS);
}

static const struct az_source *
resealed(struct az_arena *arena, struct az_str text)
{
    char *copy = az_arena_alloc(arena, text.len + 1), *line = copy, *end;
    char previous[AZ_SHA256_SIZE];

    memcpy(copy, text.p, text.len);
    memcpy(previous, az_history_nothing, sizeof previous);
    for (; line < copy + text.len; line = end + 1) {
        end = memchr(line, '\n', (size_t)(copy + text.len - line));
        if (end == NULL)
            end = copy + text.len;
        reseal(line, (size_t)(end - line), previous);
    }
    return az_source_new(arena, "resealed", (struct az_str){ copy, text.len });
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct az_arena *arena = az_arena_new(oom);
    const struct az_source *source = az_source_new(
        arena, "fuzz", (struct az_str){ (const char *)data, size });

    if (size > 0)
        check_file(arena, resealed(arena, source->text));
    check_file(arena, source);
    check_note(arena, source);
    az_arena_free(arena);
    return 0;
}
