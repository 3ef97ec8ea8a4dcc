/* The history of a gate: records in a row.
   SPDX-License-Identifier: MIT */

#include "gate/history.h"

#include <string.h>

#include "core/arena.h"
#include "core/limits.h"
#include "core/map.h"
#include "gate/record.h"

const char az_history_nothing[AZ_SHA256_SIZE] =
    "0000000000000000000000000000000000000000000000000000000000000000";

/* The reading of one text. */
struct reading {
    struct az_record_reader record;
    struct az_history *history;  /* what it is added to */
    const struct az_str *commit; /* whose note it is; NULL: it is a file */
    struct az_map hashes;        /* of the records of a note */
};

/* Whether RECORD stands where it belongs. */
static bool
check_link(struct reading *reading, const struct az_record *record)
{
    struct az_record_reader *reader = &reading->record;
    bool is_note = reading->commit != NULL;
    const char *wanted = is_note ? az_history_nothing : reading->history->head;

    if (strcmp(record->previous, wanted) != 0)
        return az_record_refuse(
            reader, "previous",
            az_arena_printf(reader->arena,
                            is_note ? "the record of a note follows nothing, %s"
                                    : "the record before this one is %s",
                            wanted));
    if (!is_note || az_str_eq(record->commit, *reading->commit))
        return true;
    return az_record_refuse(reader, "commit",
                            "the record is of another commit than the note");
}

static void
tell_torn(const struct az_record_reader *reader)
{
    struct az_diag *diag = az_sink_add(
        reader->sink, AZ_DIAG_HISTORY_TORN,
        az_record_place(reader,
                        (struct az_span){ 0, (uint32_t)reader->line.len }),
        "the last record of the history was never finished, and counts for "
        "nothing");

    az_diag_hint(
        reader->sink, diag,
        "the run that was ended while it wrote it gave no verdict; the "
        "next record takes its place");
}

/* Takes the next line off *REST; false if it has no newline.  Unlike for
   az_str_take_line, a carriage return is a part of it: what a record's hash is
   of has none. */
static bool
take_line(struct az_str *rest, struct az_str *line)
{
    const char *end = memchr(rest->p, '\n', rest->len);

    *line = (struct az_str){ rest->p, end != NULL ? (size_t)(end - rest->p)
                                                  : rest->len };
    rest->p += line->len + (end != NULL);
    rest->len -= line->len + (end != NULL);
    return end != NULL;
}

void
az_history_init(struct az_history *history, struct az_arena *arena)
{
    *history = (struct az_history){ .arena = arena };
    memcpy(history->head, az_history_nothing, AZ_SHA256_SIZE);
}

void
az_history_add(struct az_history *history, const struct az_record *record)
{
    history->records =
        az_arena_grow(history->arena, history->records, history->count,
                      &history->capacity, sizeof *history->records);
    history->records[history->count++] = *record;
    memcpy(history->head, record->hash, AZ_SHA256_SIZE);
}

static bool
has_room_for_record(struct az_sink *sink, struct az_place place,
                    const struct az_history *history)
{
    size_t limit = az_arena_limits(history->arena)->records;

    if (history->count < limit)
        return true;
    az_diag_hint(sink,
                 az_sink_add(sink, AZ_DIAG_HISTORY_LIMIT, place,
                             "the history has %s, the limit, and there is one "
                             "more",
                             az_str_counted(history->arena, limit, "record")),
                 "keep it, and begin another with --history-init");
    return false;
}

/* Whether the record of a note was there before. */
static bool
is_repeated(struct reading *reading, const struct az_record *record)
{
    bool is_new = true;

    if (reading->commit != NULL)
        az_map_put(
            &reading->hashes,
            az_arena_str(reading->history->arena, az_str_from(record->hash)),
            &is_new);
    return !is_new;
}

/* Whether the line, which has no end, is the beginning of the next record; the
   rest of it may never have reached the disk, and be NUL.  Anything else is no
   record of ours, and is not to be written over. */
static bool
is_begun(const struct reading *reading)
{
    const struct az_history *history = reading->history;
    struct az_str line = reading->record.line;
    const char *wanted = az_arena_printf(
        reading->record.scratch, "{\"v\":1,\"previous\":\"%s\",\"commit\":\"",
        reading->commit != NULL ? az_history_nothing : history->head);
    size_t i = 0;

    while (i < line.len && wanted[i] != '\0' && line.p[i] == wanted[i])
        i++;
    if (i == line.len || wanted[i] == '\0')
        return true;
    if (i == 0 && history->count == 0)
        return false;
    while (i < line.len && line.p[i] == '\0')
        i++;
    return i == line.len;
}

static bool
read_lines(struct reading *reading)
{
    struct az_record_reader *reader = &reading->record;
    struct az_history *history = reading->history;
    struct az_str rest = reader->source->text;
    struct az_record record;
    bool ended;

    while (rest.len > 0) {
        ended = take_line(&rest, &reader->line);
        if (reading->commit != NULL && reader->line.len == 0)
            continue;
        if (!ended && is_begun(reading) && az_record_is_torn(reader)) {
            tell_torn(reader);
            break;
        }
        if (!has_room_for_record(
                reader->sink, az_record_place(reader, (struct az_span){ 0, 0 }),
                history) ||
            !az_record_read(reader, &record) || !check_link(reading, &record))
            return false;
        if (!is_repeated(reading, &record))
            az_history_add(history, &record);
        history->whole = az_record_offset(reader) + reader->line.len + ended;
        history->unended = !ended;
    }
    return true;
}

static bool
read_source(struct az_sink *sink, const struct az_source *source,
            const struct az_str *commit, struct az_history *history)
{
    struct reading reading = {
        .record = { .arena = history->arena,
                    .scratch = az_arena_new_like(history->arena),
                    .sink = sink,
                    .source = source },
        .history = history,
        .commit = commit,
    };
    bool read;

    az_map_init(&reading.hashes, history->arena);
    read = read_lines(&reading);
    az_arena_free(reading.record.scratch);
    return read;
}

bool
az_history_read(struct az_arena *arena, struct az_sink *sink,
                const struct az_source *source, struct az_history *ret)
{
    az_history_init(ret, arena);
    return read_source(sink, source, NULL, ret);
}

bool
az_history_read_note(struct az_sink *sink, const struct az_source *source,
                     struct az_str commit, struct az_history *history)
{
    return read_source(sink, source, &commit, history);
}

bool
az_history_has(const struct az_history *history, const char *hash)
{
    size_t i;

    if (strcmp(hash, az_history_nothing) == 0)
        return true;
    for (i = 0; i < history->count; i++)
        if (strcmp(history->records[i].hash, hash) == 0)
            return true;
    return false;
}

bool
az_history_has_room(struct az_sink *sink, const struct az_history *history,
                    size_t size, struct az_str line)
{
    size_t limit = az_arena_limits(history->arena)->file_size;

    if (!has_room_for_record(sink, AZ_NOWHERE, history))
        return false;
    if (line.len <= AZ_MAX_RECORD_SIZE && size < limit &&
        line.len < limit - size)
        return true;
    az_diag_hint(sink,
                 az_sink_add(sink, AZ_DIAG_HISTORY_LIMIT, AZ_NOWHERE,
                             "the history of %zu bytes has no room for a "
                             "record of %zu",
                             size, line.len),
                 "keep it, and begin another with --history-init");
    return false;
}
