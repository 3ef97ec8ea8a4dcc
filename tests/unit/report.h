/* Findings and rows as short texts, for tables of tests of the gate.
   SPDX-License-Identifier: MIT */

#ifndef TESTS_UNIT_REPORT_H
#define TESTS_UNIT_REPORT_H

#include "support.h"

/* TEXT read as JSON under NAME; it must be sound. */
static inline const struct az_document *
named_document(const char *name, const char *text)
{
    struct az_sink problems;
    const struct az_document *document;

    az_sink_init(&problems, arena);
    document = az_read_json(arena, &problems,
                            az_source_new(arena, name, az_str_from(text)));
    ck_assert_msg(document != NULL && problems.total == 0, "not JSON: %s",
                  text);
    return document;
}

static inline void
add_place(struct az_buf *buf, struct az_place place)
{
    struct az_position at;

    if (place.source == NULL) {
        az_buf_add_c(buf, "-");
        return;
    }
    at = az_source_position(place.source, place.span.start);
    az_buf_addf(buf, "%s:%u:%u", place.source->name, at.line, at.column);
}

/* The findings from severity LEAST up, sorted, each "id place pointer", then
   " < place" for each related one, and a semicolon. */
static inline const char *
findings_text(enum az_severity least)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "");
    az_sink_sort(&sink);
    for (size_t i = 0; i < sink.count; i++) {
        const struct az_diag *diag = sink.diags[i];

        if (diag->severity < least)
            continue;
        az_buf_addf(&buf, "%s ", az_diag_info(diag->id)->name);
        add_place(&buf, diag->place);
        az_buf_addf(&buf, " %s", diag->pointer != NULL ? diag->pointer : "-");
        for (const struct az_related *r = diag->related; r != NULL;
             r = r->next) {
            az_buf_add_c(&buf, " < ");
            add_place(&buf, r->place);
        }
        az_buf_add_c(&buf, "; ");
    }
    return az_buf_str(&buf).len > 0 ? buf.p : "";
}

/* The first finding called NAME, or NULL. */
static inline const struct az_diag *
find_finding(const char *name)
{
    for (size_t i = 0; i < sink.count; i++)
        if (sink.diags[i]->id == az_diag_find(name))
            return sink.diags[i];
    return NULL;
}

/* An entry of a budget summary; fields are JSON text. */
struct entry {
    const char *commit, *profile, *environment, *metric_id, *value, *unit;
    const char *threshold_warn, *threshold_hard, *status;
    const char *seed_set, *commands, *artifact_paths;
};

/* What a field is when a test does not say: sound. */
#define OR(field, usual) ((field) != NULL ? (field) : (usual))

/* ENTRY as JSON on one line; a field that is "" is left out. */
static inline const char *
entry_text(const struct entry *e)
{
    const struct {
        const char *name, *text;
    } fields[] = {
        { "commit", OR(e->commit, "\"c0ffee\"") },
        { "profile", OR(e->profile, "\"core-min\"") },
        { "environment", OR(e->environment, "\"desktop\"") },
        { "metric_id", OR(e->metric_id, "\"SIZE\"") },
        { "value", OR(e->value, "600") },
        { "unit", OR(e->unit, "\"KiB\"") },
        { "threshold_warn", OR(e->threshold_warn, "null") },
        { "threshold_hard", OR(e->threshold_hard, "null") },
        { "status", OR(e->status, "null") },
        { "seed_set", OR(e->seed_set, "[11, 29]") },
        { "commands", OR(e->commands, "[\"make\"]") },
        { "artifact_paths", OR(e->artifact_paths, "[\"a.wasm\"]") },
    };
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "{");
    for (size_t i = 0; i < COUNT(fields); i++)
        if (fields[i].text[0] != '\0')
            az_buf_addf(&buf, "%s\"%s\": %s", buf.len > 1 ? ", " : "",
                        fields[i].name, fields[i].text);
    az_buf_add_c(&buf, "}");
    return buf.p;
}

/* A budget summary of COUNT entries, one a line from line 2, named NAME. */
static inline const struct az_document *
summary_of(const char *name, const struct entry *entries, size_t count)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "{\"entries\": [\n");
    for (size_t i = 0; i < count; i++)
        az_buf_addf(&buf, "%s%s\n", i > 0 ? ", " : "  ",
                    entry_text(&entries[i]));
    az_buf_add_c(&buf, "]}\n");
    return named_document(name, buf.p);
}

#endif
