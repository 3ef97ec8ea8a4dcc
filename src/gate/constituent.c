/* Constituents: the parts that the verdict of a gate is put together from.
   SPDX-License-Identifier: MIT */

#include "gate/constituent.h"

#include <string.h>

#include "core/arena.h"
#include "core/build.h"
#include "gate/gate.h"

/* Of the different ids of a part's errors. */
#define SHOWN_IDS 3

static const char *const names[AZ_CONSTITUENT_COUNT] = {
    [AZ_CONSTITUENT_DOCUMENTS] = "documents",
    [AZ_CONSTITUENT_RULES] = "rules",
    [AZ_CONSTITUENT_MEASUREMENTS] = "measurements",
    [AZ_CONSTITUENT_BUDGETS] = "budgets",
    [AZ_CONSTITUENT_HISTORY] = "history",
    [AZ_CONSTITUENT_BASELINE] = "baseline",
    [AZ_CONSTITUENT_WAIVERS] = "waivers",
};

/* What an id begins with, and the part it is about; others are about documents,
   or about the sample log in which they are. */
static const struct {
    const char *prefix;
    enum az_constituent_id part;
} families[] = {
    { "rule-", AZ_CONSTITUENT_RULES },
    { "measurement-", AZ_CONSTITUENT_MEASUREMENTS },
    { "gzip-", AZ_CONSTITUENT_MEASUREMENTS },
    { "log-", AZ_CONSTITUENT_MEASUREMENTS },
    { "sample-", AZ_CONSTITUENT_MEASUREMENTS },
    { "provenance-", AZ_CONSTITUENT_MEASUREMENTS },
    { "budget-", AZ_CONSTITUENT_BUDGETS },
    { "derived-", AZ_CONSTITUENT_BUDGETS },
    { "nothing-judged", AZ_CONSTITUENT_BUDGETS },
    { "history-", AZ_CONSTITUENT_HISTORY },
    { "baseline-", AZ_CONSTITUENT_BASELINE },
    { "waiver-", AZ_CONSTITUENT_WAIVERS },
    { "usage", AZ_CONSTITUENT_COUNT },
    { "output-failed", AZ_CONSTITUENT_COUNT },
};

const char *
az_constituent_name(enum az_constituent_id id)
{
    return names[id];
}

void
az_constituent_ask(struct az_gate_result *result, enum az_constituent_id id)
{
    struct az_constituent *part = &result->constituents[id];

    if (part->asked)
        return;
    *part = (struct az_constituent){ .asked = true, .verdict = AZ_NO_VERDICT };
}

void
az_constituent_set(struct az_gate_result *result, enum az_constituent_id id,
                   enum az_verdict verdict, const char *reason)
{
    struct az_constituent *part = &result->constituents[id];

    if (part->told && verdict <= part->verdict)
        return;
    *part = (struct az_constituent){
        .asked = true, .told = true, .verdict = verdict, .reason = reason
    };
}

/* Whether DIAG is about a sample log, whatever is wrong with that. */
static bool
is_of_log(const struct az_gate_result *result, const struct az_diag *diag)
{
    const struct az_source *source = diag->place.source;
    size_t i = 0;

    while (source != NULL && i < result->log_count &&
           strcmp(source->name, result->logs[i]) != 0)
        i++;
    return source != NULL && i < result->log_count;
}

/* Which part DIAG is about, by how the name of its id begins;
   AZ_CONSTITUENT_COUNT: about none, as a mistake on the command line is. */
static enum az_constituent_id
part_of(const struct az_gate_result *result, const struct az_diag *diag)
{
    struct az_str name = az_str_from(az_diag_info(diag->id)->name);

    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++)
        if (az_str_starts_with(name, az_str_from(families[i].prefix)))
            return families[i].part;
    return is_of_log(result, diag) ? AZ_CONSTITUENT_MEASUREMENTS
                                   : AZ_CONSTITUENT_DOCUMENTS;
}

/* The part whose file DIAG is in beside being about documents;
   AZ_CONSTITUENT_COUNT if it is in none. */
static enum az_constituent_id
owner_of(const struct az_gate_result *result, const struct az_diag *diag)
{
    const struct az_source *source = diag->place.source;

    for (size_t i = 0; source != NULL && i < result->file_count; i++)
        if (strcmp(source->name, result->files[i].name) == 0)
            return result->files[i].part;
    return AZ_CONSTITUENT_COUNT;
}

/* What the findings say of one part. */
struct tally {
    size_t errors;
    size_t softened;
    enum az_verdict verdict;
    const char *ids[SHOWN_IDS]; /* of the errors or their rules, each once */
    size_t id_count;
};

static void
note_id(struct tally *tally, const struct az_diag *diag)
{
    const char *id =
        diag->rule != NULL ? diag->rule : az_diag_info(diag->id)->name;

    for (size_t i = 0; i < tally->id_count; i++)
        if (strcmp(tally->ids[i], id) == 0)
            return;
    if (tally->id_count < SHOWN_IDS)
        tally->ids[tally->id_count++] = id;
}

static void
count_finding(struct tally *tally, const struct az_diag *diag)
{
    enum az_verdict verdict = AZ_PASS;

    if (diag->severity == AZ_ERROR) {
        tally->errors++;
        note_id(tally, diag);
        verdict = diag->class == AZ_CLASS_JUDGED ? AZ_FAIL : AZ_NO_VERDICT;
    } else if (diag->severity == AZ_WARNING && diag->found == AZ_ERROR) {
        tally->softened++;
        verdict = AZ_WARN;
    }
    if (verdict > tally->verdict)
        tally->verdict = verdict;
}

/* "3 errors: rule-broken, unknown-key" */
static const char *
tally_reason(struct az_arena *arena, const struct tally *tally)
{
    struct az_buf buf;

    if (tally->errors == 0)
        return az_arena_printf(arena, "%s made a warning",
                               az_str_counted(arena, tally->softened, "error"));
    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, az_str_counted(arena, tally->errors, "error"));
    for (size_t i = 0; i < tally->id_count; i++)
        az_buf_addf(&buf, "%s%s", i == 0 ? ": " : ", ", tally->ids[i]);
    return buf.p;
}

static size_t
count_errors(const struct tally *tallies)
{
    size_t count = 0;

    for (size_t i = 0; i <= AZ_CONSTITUENT_COUNT; i++)
        count += tallies[i].errors;
    return count;
}

/* Errors of which only the number is known could be of any part. */
static void
doubt(struct az_gate_result *result, size_t unkept)
{
    const char *reason = az_arena_printf(
        result->arena, "%s, which the limit of findings hides, may be of this",
        az_str_counted(result->arena, unkept, "error"));

    for (size_t i = 0; i < AZ_CONSTITUENT_COUNT; i++)
        if (result->constituents[i].asked)
            az_constituent_set(result, (enum az_constituent_id)i, AZ_FAIL,
                               reason);
}

/* What the rows of budgets come to. */
struct budget_rows {
    struct az_counts counts;
    size_t total;
    size_t judged;
    bool unsure; /* there is no verdict on one */
};

static struct budget_rows
count_budgets(const struct az_gate_result *result)
{
    struct budget_rows ret = { .total = 0 };

    for (size_t i = 0; i < result->count; i++) {
        const struct az_row *row = &result->items[i];

        if (row->benchmark)
            continue;
        az_row_count(&ret.counts, az_row_status(row));
        ret.total++;
        ret.judged += az_row_is_judged(row);
        ret.unsure |= az_row_status(row) == AZ_ROW_NO_VERDICT;
    }
    return ret;
}

static void
close_budgets(struct az_gate_result *result)
{
    const struct budget_rows rows = count_budgets(result);
    const struct az_counts *counts = &rows.counts;

    if (rows.total == 0)
        return;
    az_constituent_set(
        result, AZ_CONSTITUENT_BUDGETS,
        rows.judged == 0 || rows.unsure ? AZ_NO_VERDICT
        : counts->fail > 0              ? AZ_FAIL
        : counts->warn > 0              ? AZ_WARN
                                        : AZ_PASS,
        az_arena_printf(
            result->arena,
            "%zu of %s judged: %zu pass, %zu warn, %zu fail, %zu skipped",
            rows.judged, az_str_counted(result->arena, rows.total, "row"),
            counts->pass, counts->warn, counts->fail, counts->skip));
}

/* Counts for their parts what is found in RESULT's files, of documents as it
   is; a part of which nobody said how it came out has not been judged for that.
 */
static void
count_files(const struct az_gate_result *result, const struct az_sink *sink,
            struct tally *tallies)
{
    for (size_t i = 0; i < sink->count; i++) {
        enum az_constituent_id owner = owner_of(result, sink->diags[i]);
        const struct az_constituent *part;

        if (owner == AZ_CONSTITUENT_COUNT ||
            part_of(result, sink->diags[i]) != AZ_CONSTITUENT_DOCUMENTS)
            continue;
        count_finding(&tallies[owner], sink->diags[i]);
        part = &result->constituents[owner];
        if (part->asked && !part->told && tallies[owner].errors > 0)
            tallies[owner].verdict = AZ_NO_VERDICT;
    }
}

void
az_constituents_close(struct az_gate_result *result, const struct az_sink *sink)
{
    /* the last one is of findings that are about no part */
    struct tally tallies[AZ_CONSTITUENT_COUNT + 1] = { { 0 } };
    size_t kept;

    close_budgets(result);
    for (size_t i = 0; i < sink->count; i++)
        count_finding(&tallies[part_of(result, sink->diags[i])],
                      sink->diags[i]);
    kept = count_errors(tallies);
    count_files(result, sink, tallies);
    for (size_t i = 0; i < AZ_CONSTITUENT_COUNT; i++)
        if (tallies[i].verdict > AZ_PASS)
            az_constituent_set(result, (enum az_constituent_id)i,
                               tallies[i].verdict,
                               tally_reason(result->arena, &tallies[i]));
    if (sink->by_severity[AZ_ERROR] > kept)
        doubt(result, sink->by_severity[AZ_ERROR] - kept);
}

enum az_verdict
az_constituents_verdict(const struct az_gate_result *result)
{
    enum az_verdict worst = AZ_PASS;

    for (size_t i = 0; i < AZ_CONSTITUENT_COUNT; i++)
        if (result->constituents[i].asked &&
            result->constituents[i].verdict > worst)
            worst = result->constituents[i].verdict;
    return worst;
}

const char *
az_constituent_word(const struct az_constituent *constituent)
{
    return constituent->asked ? az_verdict_name(constituent->verdict)
                              : "not-asked";
}

struct az_node
az_constituents_node(struct az_arena *arena,
                     const struct az_gate_result *result)
{
    struct az_builder list, item;

    az_builder_init(&list, arena);
    for (size_t i = 0; i < AZ_CONSTITUENT_COUNT; i++) {
        const struct az_constituent *part = &result->constituents[i];
        const char *reason =
            part->asked && !part->told ? "it did not run" : part->reason;

        az_builder_init(&item, arena);
        az_builder_set(&item, "name", az_make_string_c(names[i]));
        az_builder_set(&item, "verdict",
                       az_make_string_c(az_constituent_word(part)));
        az_builder_set(&item, "reason", az_make_string_c(reason));
        az_builder_add(&list, az_builder_object(&item));
    }
    return az_builder_array(&list);
}
