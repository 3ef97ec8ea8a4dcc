/* self-test of documents in use, and what it demands of all.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include "cli/self-test-on.h"

#include <string.h>

#include "cli/grading.h"
#include "core/arena.h"
#include "core/build.h"

/* Code points of a source line in the picture. */
#define LINE_WIDTH 120

void
az_self_test_demand(struct az_sink *sink,
                    const struct az_self_test_kind *tested,
                    const struct az_self_test *result,
                    const struct az_decimal *min_kill)
{
    struct az_arena *arena = sink->arena;
    size_t wanted = result->mutants + result->cut - result->equivalent;
    struct az_place place =
        az_place_of(tested->sample->source, (struct az_span){ 0, 0 });
    struct az_decimal share, demanded;

    if (min_kill == NULL)
        return;
    share = az_decimal_scale(
        az_decimal_from_int(arena, (int64_t)result->killed), 2);
    demanded = az_decimal_multiply(arena, *min_kill,
                                   az_decimal_from_int(arena, (int64_t)wanted));
    if (wanted == 0)
        az_sink_add(sink, AZ_DIAG_SELF_TEST_KILL, place,
                    "kind '%s': there is no mutant to notice", tested->name);
    else if (az_decimal_compare(share, demanded) < 0)
        az_sink_add(sink, AZ_DIAG_SELF_TEST_KILL, place,
                    "kind '%s': %zu of %zu mutants are noticed, less than "
                    "%s %%",
                    tested->name, result->killed, wanted,
                    az_decimal_print(arena, *min_kill).p);
}

/* The documents of SET as the self-test has kinds, in the same order. */
static struct az_self_test_kind *
kinds_of(const struct az_set *set)
{
    struct az_self_test_kind *kinds =
        az_arena_array(set->arena, set->count + 1, sizeof(*kinds));
    size_t i;

    for (i = 0; i < set->count; i++) {
        struct az_set_entry *entry = &set->entries[i];

        kinds[i] = (struct az_self_test_kind){
            .name = entry->kind->name,
            .schema = az_kind_schema(entry->kind),
            .ruleset = az_kind_ruleset_for_judging(entry->kind),
            .sample = entry->document,
            .free_names = az_node_get(entry->kind->entry, "free_names"),
        };
    }
    return kinds;
}

/* Leaves out of SET what cannot be judged, such as a document for a schema of
   its own. */
static void
keep_documents(struct az_set *set)
{
    size_t i, kept = 0;

    for (i = 0; i < set->count; i++)
        if (set->entries[i].document != NULL && set->entries[i].kind != NULL)
            set->entries[kept++] = set->entries[i];
    set->count = kept;
}

static void
add_row(struct az_builder *rows, const struct az_set_entry *entry,
        const struct az_mutant *mutant)
{
    struct az_position position =
        az_source_position(mutant->place.source, mutant->place.span.start);
    struct az_builder row, ids;
    size_t i;

    az_builder_init(&row, rows->arena);
    az_builder_init(&ids, rows->arena);
    for (i = 0; i < mutant->noticed_count; i++)
        az_builder_add(&ids, az_make_string_c(mutant->noticed_by[i]));
    az_builder_set(&row, "file", az_make_string_c(entry->name));
    az_builder_set(&row, "pointer", az_make_string_c(mutant->pointer));
    az_builder_set_count(&row, "line", position.line);
    az_builder_set_count(&row, "column", position.column);
    az_builder_set(&row, "mutant",
                   az_make_string_c(az_mutation_name(mutant->mutation)));
    az_builder_set(&row, "noticed_by",
                   ids.count == 0 ? az_make_null() : az_builder_array(&ids));
    az_builder_set(&row, "equivalent", az_make_boolean(mutant->equivalent));
    az_builder_add(rows, az_builder_object(&row));
}

/* How many mutants of each sort nobody notices, by line: COUNTS has
   AZ_MUTATION_COUNT for each of LINES, from line 1 on. */
static unsigned *
count_unnoticed(struct az_arena *arena, const struct az_self_test *result,
                size_t lines)
{
    unsigned *counts =
        az_arena_array(arena, (lines + 1) * AZ_MUTATION_COUNT, sizeof(*counts));
    size_t i;

    for (i = 0; i < result->listed_count; i++) {
        const struct az_mutant *mutant = &result->listed[i];
        struct az_position position;

        if (mutant->noticed_count > 0 || mutant->equivalent)
            continue;
        position =
            az_source_position(mutant->place.source, mutant->place.span.start);
        counts[(position.line - 1) * AZ_MUTATION_COUNT + mutant->mutation]++;
    }
    return counts;
}

/* "drop-member, zero (2)"; nothing if there are none. */
static struct az_str
name_mutants(struct az_arena *arena, const unsigned *counts)
{
    struct az_buf buf;
    size_t i;

    az_buf_init(&buf, arena);
    for (i = 0; i < AZ_MUTATION_COUNT; i++) {
        if (counts[i] == 0)
            continue;
        az_buf_addf(&buf, "%s%s", buf.len == 0 ? "" : ", ",
                    az_mutation_name((enum az_mutation)i));
        if (counts[i] > 1)
            az_buf_addf(&buf, " (%u)", counts[i]);
    }
    return az_buf_str(&buf);
}

/* LINE fit for a terminal, a tab as a blank. */
static void
add_source_line(struct az_buf *buf, struct az_str line)
{
    char *text = az_arena_alloc(buf->arena, line.len + 1);
    size_t i;

    for (i = 0; i < line.len; i++)
        text[i] = (char)(line.p[i] == '\t' ? ' ' : line.p[i]);
    az_buf_add_escaped(buf, (struct az_str){ text, line.len }, LINE_WIDTH);
    az_buf_add_char(buf, '\n');
}

static size_t
count_lines(struct az_str text)
{
    size_t lines = 1, i;

    for (i = 0; i + 1 < text.len; i++)
        lines += text.p[i] == '\n';
    return lines;
}

/* The source of ENTRY; below each line the mutants that nobody notices. */
static void
add_picture(struct az_buf *buf, const struct az_set_entry *entry,
            const struct az_self_test *result)
{
    const struct az_source *source = entry->document->source;
    size_t lines = count_lines(source->text), line;
    unsigned *counts = count_unnoticed(buf->arena, result, lines);
    struct az_str names;

    az_buf_add_escaped(buf, az_str_from(entry->name), 0);
    az_buf_addf(buf, ": %zu of %zu changes noticed\n", result->killed,
                result->mutants - result->equivalent);
    for (line = 1; line <= lines; line++) {
        names =
            name_mutants(buf->arena, counts + (line - 1) * AZ_MUTATION_COUNT);
        az_buf_addf(buf, "%c%5zu | ", names.len > 0 ? '>' : ' ', line);
        add_source_line(buf, az_source_line(source, (unsigned)line));
        if (names.len > 0)
            az_buf_addf(buf, "       ^ %s\n", names.p);
    }
}

/* Changes the named documents of SET, one after the other. */
static void
change(struct az_set *set, const struct az_decimal *min_kill,
       struct az_report *report)
{
    const struct az_self_test_options options = { .explore = true,
                                                  .world = set->world };
    struct az_arena *arena = set->arena;
    struct az_self_test_kind *kinds;
    size_t i, k, killed = 0, mutants = 0;
    struct az_builder rows;
    struct az_buf body;

    keep_documents(set);
    kinds = kinds_of(set);
    az_builder_init(&rows, arena);
    az_buf_init(&body, arena);
    az_buf_add(&body, az_str_from(report->remarks));
    for (i = 0; i < set->count; i++) {
        size_t before = set->sink->by_severity[AZ_ERROR];
        struct az_self_test result;

        if (!set->entries[i].named || set->entries[i].governs)
            continue;
        az_self_test_run(arena, set->sink, kinds, set->count, i, &options,
                         &result);
        az_self_test_demand(set->sink, &kinds[i], &result, min_kill);
        for (k = 0; k < result.listed_count; k++)
            add_row(&rows, &set->entries[i], &result.listed[k]);
        add_picture(&body, &set->entries[i], &result);
        killed += result.killed;
        mutants += result.mutants - result.equivalent;
        *(set->sink->by_severity[AZ_ERROR] == before ? &report->counts.pass
                                                     : &report->counts.fail) +=
            1;
    }
    report->rows = az_builder_array(&rows);
    report->remarks = body.p;
    report->closing = az_arena_printf(
        arena, "%s; %zu of %zu changes noticed",
        az_str_counted(arena, report->counts.pass + report->counts.fail,
                       "document"),
        killed, mutants);
}

void
az_self_test_on(struct az_set *set, const struct az_project *project,
                const struct az_list *files, const struct az_decimal *min_kill,
                struct az_report *report)
{
    static const struct az_grading_options none = { 0 };
    struct az_sink *sink = set->sink;
    struct az_grading grading;
    size_t i;

    for (i = 0; i < files->count; i++)
        if (az_set_add(set, files->items[i], files->items[i], true) == NULL)
            return;
    if (project->document != NULL && !az_set_add_project(set, project, false))
        return;
    az_grading_init(&grading, set->arena);
    if (!az_grading_read(&grading, set, project, &none))
        return;
    az_waivers_govern(set);
    az_set_judge(set, AZ_INFO, "name one too, or list it in assize.yaml");
    az_grading_apply(&grading, set, report, NULL, NULL);
    if (sink->by_severity[AZ_ERROR] == 0) {
        change(set, min_kill, report);
        return;
    }
    az_diag_hint(sink,
                 az_sink_add(sink, AZ_DIAG_SELF_TEST_REFUSED, AZ_NOWHERE,
                             "what is wrong already cannot be shown to be "
                             "noticed when it changes"),
                 "mend what 'assize check' finds first");
}
