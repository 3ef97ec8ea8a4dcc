/* The history of a gate, where it is kept.
   SPDX-License-Identifier: MIT */

#include "cli/ledger.h"

#include "core/arena.h"
#include "core/build.h"

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
        "give the file that has it; 'assize gate --history-init' "
        "begins another");
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

bool
az_ledger_open(struct az_arena *arena, struct az_sink *sink, const char *name,
               enum az_append_mode mode, struct az_ledger *ret)
{
    *ret = (struct az_ledger){ .arena = arena, .sink = sink, .name = name };
    az_history_init(&ret->history, arena);
    if (strcmp(name, "-") == 0) {
        az_diag_hint(sink,
                     az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                                 "a history is not read from standard input"),
                     "name its file");
        return false;
    }
    if (!az_append_open(arena, sink, name, mode, AZ_APPEND_WAIT, &ret->file))
        return false;
    ret->open = read_file(ret);
    if (!ret->open)
        az_append_close(&ret->file);
    return ret->open;
}

bool
az_ledger_append(struct az_ledger *ledger, struct az_record *record)
{
    struct az_history *history = &ledger->history;
    struct az_str line;
    struct az_buf text;

    memcpy(record->previous, history->head, AZ_SHA256_SIZE);
    line = az_record_print(ledger->arena, record);
    az_buf_init(&text, ledger->arena);
    if (history->unended)
        az_buf_add_char(&text, '\n');
    az_buf_add(&text, line);
    if (!az_history_has_room(ledger->sink, history, history->whole,
                             az_buf_str(&text)) ||
        !az_append_write(&ledger->file, history->whole, az_buf_str(&text)))
        return false;
    az_history_add(history, record);
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
