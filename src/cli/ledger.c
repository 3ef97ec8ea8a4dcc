/* The history of a gate, where it is kept.
   SPDX-License-Identifier: MIT */

#include "cli/ledger.h"

#include "core/arena.h"
#include "core/build.h"
#include "core/date.h"

/* What a history in git begins with, and the file in git's folder whose lock
   stands for it. */
#define GIT_PREFIX "git:"
#define GIT_LOCK   "assize-history.lock"
/* Times that a history in git is tried to be appended to. */
#define MAX_TRIES 8

/* Says that there is no history called NAME. */
static bool
report_missing(struct az_ledger *ledger, const char *what)
{
    az_diag_hint(
        ledger->sink,
        az_sink_add(ledger->sink, AZ_DIAG_HISTORY_MISSING, AZ_NOWHERE,
                    "the history %s %s",
                    az_str_quote(ledger->arena, az_str_from(ledger->name)),
                    what),
        "%s; 'assize gate --history-init' begins another",
        az_ledger_is_file(ledger->name)
            ? "give the file that has it"
            : az_arena_printf(ledger->arena,
                              "fetch it: 'git fetch origin %s:%s'",
                              ledger->name + 4, ledger->name + 4));
    return false;
}

static bool
report_present(struct az_ledger *ledger)
{
    az_diag_hint(
        ledger->sink,
        az_sink_add(ledger->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                    "option '--history-init' would begin the history "
                    "%s, which is there already",
                    az_str_quote(ledger->arena, az_str_from(ledger->name))),
        "leave the option out");
    return false;
}

/* What the file has, judged by what was to be done with it. */
static bool
read_file(struct az_ledger *ledger)
{
    const struct az_source *source = ledger->file.source;
    enum az_append_mode mode = ledger->file.mode;

    if (source == NULL)
        return report_missing(ledger, "is not there");
    if (mode != AZ_APPEND_CREATE && source->text.len == 0)
        return report_missing(ledger, "is empty");
    if (!az_history_read(ledger->arena, ledger->sink, source, &ledger->history))
        return false;
    if (mode == AZ_APPEND_CREATE)
        return ledger->history.count == 0 || report_present(ledger);
    return ledger->history.count > 0 ||
           report_missing(ledger, "has no whole record");
}

/* Says that the history in git cannot be had; returns false. */
static bool
refuse_git(const struct az_ledger *ledger, bool reading, const char *why)
{
    az_sink_add(ledger->sink,
                reading ? AZ_DIAG_FILE_UNREADABLE : AZ_DIAG_OUTPUT_FAILED,
                AZ_NOWHERE, "cannot %s %s: %s", reading ? "read" : "append to",
                az_str_quote(ledger->arena, az_str_from(ledger->name)), why);
    return false;
}

/* Reads the notes into LEDGER; false after a finding. */
static bool
read_notes(struct az_ledger *ledger)
{
    struct az_git_notes *notes = &ledger->notes;
    const char *why = az_git_notes_read(
        ledger->arena, ledger->name + sizeof(GIT_PREFIX) - 1, notes);
    size_t i;

    az_history_init(&ledger->history, ledger->arena);
    if (why != NULL)
        return refuse_git(ledger, true, why);
    for (i = 0; i < notes->texts.count; i++) {
        const struct az_map_entry *note = &notes->texts.entries[i];
        const struct az_source *source =
            az_source_new(ledger->arena,
                          az_arena_printf(ledger->arena, "%s:%.*s",
                                          ledger->name, AZ_STR_ARG(note->key)),
                          *(const struct az_str *)note->value);

        if (!az_history_read_note(ledger->sink, source, note->key,
                                  &ledger->history))
            return false;
    }
    az_history_sort(&ledger->history);
    if (notes->tip != NULL)
        memcpy(ledger->history.head, notes->tip, strlen(notes->tip) + 1);
    return true;
}

/* Waits for the lock of all histories in the repository. */
static bool
lock_notes(struct az_ledger *ledger)
{
    const char *path = az_git_notes_path(ledger->arena, GIT_LOCK);

    return path == NULL
               ? refuse_git(ledger, false, "there is no git repository")
               : az_append_open(ledger->arena, ledger->sink, path,
                                AZ_APPEND_LOCK, AZ_APPEND_WAIT, &ledger->file);
}

static bool
open_notes(struct az_ledger *ledger, enum az_append_mode mode)
{
    const char *ref = ledger->name + sizeof(GIT_PREFIX) - 1;

    if (!az_git_notes_is_ref(ref)) {
        az_diag_hint(ledger->sink,
                     az_sink_add(ledger->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                                 "a history in git is in notes, not at %s",
                                 az_str_quote(ledger->arena, az_str_from(ref))),
                     "as in: git:refs/notes/assize");
        return false;
    }
    if (mode != AZ_APPEND_READ && !lock_notes(ledger))
        return false;
    if (!read_notes(ledger))
        return false;
    if (mode == AZ_APPEND_CREATE)
        return ledger->history.count == 0 || report_present(ledger);
    return ledger->history.count > 0 ||
           report_missing(ledger, ledger->notes.tip == NULL ? "is not there"
                                                            : "is empty");
}

static bool
open_file(struct az_ledger *ledger, enum az_append_mode mode)
{
    if (strcmp(ledger->name, "-") != 0)
        return az_append_open(ledger->arena, ledger->sink, ledger->name, mode,
                              AZ_APPEND_WAIT, &ledger->file) &&
               read_file(ledger);
    az_diag_hint(ledger->sink,
                 az_sink_add(ledger->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                             "a history is not read from standard input"),
                 "name its file");
    return false;
}

bool
az_ledger_is_file(const char *name)
{
    return strncmp(name, GIT_PREFIX, sizeof(GIT_PREFIX) - 1) != 0;
}

bool
az_ledger_open(struct az_arena *arena, struct az_sink *sink, const char *name,
               enum az_append_mode mode, struct az_ledger *ret)
{
    *ret = (struct az_ledger){ .arena = arena,
                               .sink = sink,
                               .name = name,
                               .git = !az_ledger_is_file(name),
                               .file = { .fd = -1 } };
    az_history_init(&ret->history, arena);
    ret->open = ret->git ? open_notes(ret, mode) : open_file(ret, mode);
    if (!ret->open)
        az_append_close(&ret->file);
    return ret->open;
}

bool
az_ledger_check_head(const struct az_ledger *ledger, const char *head)
{
    if (ledger->git ? az_git_notes_were_at(&ledger->notes, head)
                    : az_history_has(&ledger->history, head))
        return true;
    az_diag_hint(
        ledger->sink,
        az_sink_add(ledger->sink, AZ_DIAG_HISTORY_HEAD, AZ_NOWHERE,
                    "the history %s %s %s",
                    az_str_quote(ledger->arena, az_str_from(ledger->name)),
                    ledger->git ? "never was at" : "has no record", head),
        "its end may have been cut off: put back the history that has "
        "it");
    return false;
}

static bool
append_to_file(struct az_ledger *ledger, struct az_str line)
{
    const struct az_history *history = &ledger->history;
    struct az_buf text;

    az_buf_init(&text, ledger->arena);
    if (history->unended)
        az_buf_add_char(&text, '\n');
    az_buf_add(&text, line);
    return az_history_has_room(ledger->sink, history, history->whole,
                               az_buf_str(&text)) &&
           az_append_write(&ledger->file, history->whole, az_buf_str(&text));
}

/* Whether the records of the profile and branch of RECORD are the same in A and
   B, so that who was judged by the one would be judged so by the other. */
static bool
are_alike(const struct az_history *a, const struct az_history *b,
          const struct az_record *record)
{
    size_t i = 0, k = 0;

    for (;;) {
        while (i < a->count && !az_record_is_beside(&a->records[i], record))
            i++;
        while (k < b->count && !az_record_is_beside(&b->records[k], record))
            k++;
        if (i == a->count || k == b->count)
            return i == a->count && k == b->count;
        if (strcmp(a->records[i++].hash, b->records[k++].hash) != 0)
            return false;
    }
}

/* Makes LINE the last one of the note on COMMIT. */
static bool
write_note(struct az_ledger *ledger, struct az_str commit, struct az_str line,
           int64_t seconds)
{
    const struct az_str *before = az_map_get(&ledger->notes.texts, commit);
    struct az_buf text;

    az_buf_init(&text, ledger->arena);
    if (before != NULL) {
        az_buf_add(&text, *before);
        if (!az_str_ends_with(*before, AZ_STR("\n")))
            az_buf_add_char(&text, '\n');
    }
    az_buf_add(&text, line);
    return az_git_notes_write(&ledger->notes, commit, az_buf_str(&text),
                              seconds);
}

/* Appends LINE, which is RECORD.  What moves the notes meanwhile is no gate of
   this repository, which would wait for the lock, but may be git itself. */
static bool
append_to_notes(struct az_ledger *ledger, const struct az_record *record,
                struct az_str line)
{
    struct az_history judged_by = ledger->history;
    struct az_moment time;
    unsigned tries;

    if (!az_git_notes_is_commit(&ledger->notes, record->commit))
        return refuse_git(
            ledger, false,
            az_arena_printf(ledger->arena,
                            "%s is not the whole name of a "
                            "commit of this repository",
                            az_str_quote(ledger->arena, record->commit)));
    if (!az_moment_parse(record->time, &time))
        return refuse_git(ledger, false, "the time is unknown");
    for (tries = 0; tries < MAX_TRIES; tries++) {
        const char *tip = ledger->notes.tip;

        if (!az_history_has_room(ledger->sink, &ledger->history, 0, line))
            return false;
        if (write_note(ledger, record->commit, line,
                       time.day * AZ_SECONDS_OF_DAY + time.second))
            return true;
        if (!read_notes(ledger))
            return false;
        if (tip != NULL && ledger->notes.tip != NULL &&
            strcmp(tip, ledger->notes.tip) == 0)
            return refuse_git(ledger, false, "git does not take a note");
        if (!are_alike(&judged_by, &ledger->history, record))
            return refuse_git(ledger, false,
                              "it has changed since it was judged by; run the "
                              "gate again");
    }
    return refuse_git(ledger, false, "it changes all the time");
}

/* Whether the note on COMMIT has LINE: a run with the same record in the same
   second, which counts once, as it will when it is read. */
static bool
has_line(struct az_ledger *ledger, struct az_str commit, struct az_str line)
{
    const struct az_str *text = az_map_get(&ledger->notes.texts, commit);
    struct az_str rest = text != NULL ? *text : AZ_STR(""), other;

    if (az_str_ends_with(line, AZ_STR("\n")))
        line.len--;
    while (az_str_take_line(&rest, &other))
        if (az_str_eq(other, line))
            return true;
    return false;
}

bool
az_ledger_append(struct az_ledger *ledger, struct az_record *record)
{
    struct az_history *history = &ledger->history;
    struct az_str line;

    memcpy(record->previous, ledger->git ? az_history_nothing : history->head,
           AZ_SHA256_SIZE);
    line = az_record_print(ledger->arena, record);
    if (ledger->git && has_line(ledger, record->commit, line))
        return true;
    if (ledger->git ? !append_to_notes(ledger, record, line)
                    : !append_to_file(ledger, line))
        return false;
    az_history_add(history, record);
    if (ledger->git && ledger->notes.tip != NULL)
        memcpy(history->head, ledger->notes.tip, strlen(ledger->notes.tip) + 1);
    return true;
}

void
az_ledger_close(struct az_ledger *ledger)
{
    if (ledger->open)
        az_append_close(&ledger->file);
    ledger->open = false;
}

struct az_node
az_ledger_node(const struct az_ledger *ledger)
{
    struct az_builder object;

    az_builder_init(&object, ledger->arena);
    az_builder_set_count(&object, "count", ledger->history.count);
    az_builder_set(&object, "head", az_make_string_c(ledger->history.head));
    return az_builder_object(&object);
}
