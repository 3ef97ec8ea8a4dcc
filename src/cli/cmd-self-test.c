/* assize self-test: proof that each rule can fail.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include <string.h>

#include "cli/command.h"
#include "cli/self-test-on.h"
#include "core/arena.h"
#include "core/build.h"
#include "core/decimal.h"
#include "policy/set.h"
#include "rule/self-test.h"

struct options {
    struct az_common_options common;
    const char *min_kill;
    bool on;
};

static const struct az_option options[] = {
    { "min-kill", 0, AZ_OPTION_TEXT, offsetof(struct options, min_kill),
      "PERCENT", "fail where fewer of the mutants are noticed" },
    { "on", 0, AZ_OPTION_FLAG, offsetof(struct options, on), NULL,
      "change documents of one's own: the operands are files" },
    AZ_COMMON_OPTIONS(struct options),
    { NULL, 0, AZ_OPTION_FLAG, 0, NULL, NULL },
};

static const struct az_column columns[] = {
    { "kind", "KIND", false },
    { "rules", "RULES", true },
    { "breaks", "BREAKS", true },
    { "mutants", "MUTANTS", true },
    { "killed", "KILLED", true },
    { "equivalent", "EQUIVALENT", true },
    { "survived", "SURVIVED", true },
    { "status", "STATUS", false },
    { NULL, NULL, false },
};

/* The kinds, and all of their samples, as the self-test has them. */
struct bench {
    struct az_kinds *kinds;
    struct az_self_test_kind *tested;
    const struct az_kind_sample **samples; /* by kind */
    size_t *sample_counts;
    struct az_judge_world world;
};

/* False when a kind's data is broken, which is then a finding. */
static bool
prepare_kind(struct bench *bench, size_t i)
{
    struct az_kind *kind = &bench->kinds->items[i];
    struct az_self_test_kind *tested = &bench->tested[i];

    tested->name = kind->name;
    tested->schema = az_kind_schema(kind);
    tested->ruleset = az_kind_ruleset(kind);
    tested->free_names = az_node_get(kind->entry, "free_names");
    bench->samples[i] = az_kind_samples(kind, &bench->sample_counts[i]);
    if (bench->samples[i] != NULL)
        tested->sample = bench->samples[i][0].document;
    return tested->schema != NULL && tested->sample != NULL &&
           (tested->ruleset != NULL ||
            az_node_get(kind->entry, "rules") == NULL);
}

static bool
prepare(struct bench *bench, struct az_kinds *kinds)
{
    size_t room = kinds->count + 1, i;
    bool good = true;

    bench->kinds = kinds;
    bench->tested = az_arena_array(kinds->arena, room, sizeof(*bench->tested));
    bench->samples =
        az_arena_array(kinds->arena, room, sizeof(*bench->samples));
    bench->sample_counts =
        az_arena_array(kinds->arena, room, sizeof(*bench->sample_counts));
    for (i = 0; i < kinds->count; i++)
        good &= prepare_kind(bench, i);
    return good;
}

/* Tests kind INDEX with its first sample, beside those of the other kinds or
   what it brings in their place, and each further sample of its own.  The
   built-in kinds are tested by themselves: what a project adds must not show in
   what is found about them. */
static void
test_kind(const struct bench *bench, size_t index, struct az_self_test *ret)
{
    struct az_self_test_options all = { .world = bench->world };
    struct az_self_test_options only = { .only_sample = true };
    const struct az_kinds *kinds = bench->kinds;
    const struct az_kind *kind = &kinds->items[index];
    size_t count = kind->built_in ? kinds->built_in_count : kinds->count, i;
    struct az_self_test_kind *tested =
        az_arena_array(kinds->arena, count, sizeof(*tested));
    const char *time = az_kind_sample_time(kind);
    struct az_self_test unused;

    if (time != NULL)
        all.world.now = time;
    all.world.embedded = az_kind_files_embedded(kind);
    only.world = all.world;
    memcpy(tested, bench->tested, count * sizeof(*tested));
    for (i = 1; i < bench->sample_counts[index]; i++) {
        const struct az_kind_sample *sample = &bench->samples[index][i];

        if (sample->kind != kind)
            tested[sample->kind - kinds->items].sample = sample->document;
    }
    az_self_test_run(kinds->arena, kinds->sink, tested, count, index, &all,
                     ret);
    for (i = 1; i < bench->sample_counts[index]; i++) {
        const struct az_kind_sample *sample = &bench->samples[index][i];

        if (sample->kind != kind)
            continue;
        tested[index].sample = sample->document;
        az_self_test_run(kinds->arena, kinds->sink, tested, count, index, &only,
                         &unused);
    }
}

static struct az_node
survivors_node(struct az_arena *arena, const struct az_self_test *result)
{
    struct az_builder list, item;
    size_t i;

    az_builder_init(&list, arena);
    for (i = 0; i < result->listed_count; i++) {
        const struct az_mutant *survivor = &result->listed[i];
        struct az_position position = az_source_position(
            survivor->place.source, survivor->place.span.start);

        az_builder_init(&item, arena);
        az_builder_set(&item, "mutation",
                       az_make_string_c(az_mutation_name(survivor->mutation)));
        az_builder_set(&item, "pointer", az_make_string_c(survivor->pointer));
        az_builder_set_count(&item, "line", position.line);
        az_builder_set_count(&item, "column", position.column);
        az_builder_set(&item, "equivalent",
                       az_make_boolean(survivor->equivalent));
        az_builder_add(&list, az_builder_object(&item));
    }
    return az_builder_array(&list);
}

static struct az_node
row_node(struct az_arena *arena, const char *kind,
         const struct az_self_test *result, bool good)
{
    struct az_builder row;

    az_builder_init(&row, arena);
    az_builder_set(&row, "kind", az_make_string_c(kind));
    az_builder_set(&row, "status", az_make_string_c(good ? "pass" : "fail"));
    az_builder_set_count(&row, "rules", result->rules);
    az_builder_set_count(&row, "breaks", result->breaks);
    az_builder_set_count(&row, "mutants", result->mutants);
    az_builder_set_count(&row, "killed", result->killed);
    az_builder_set_count(&row, "killed_by_schema", result->killed_by_schema);
    az_builder_set_count(&row, "equivalent", result->equivalent);
    az_builder_set_count(&row, "survived",
                         result->mutants - result->killed - result->equivalent);
    az_builder_set_count(&row, "cut", result->cut);
    az_builder_set(&row, "survivors", survivors_node(arena, result));
    return az_builder_object(&row);
}

/* Tests the kinds that WANTED names, all if it is empty. */
static void
test_kinds(struct az_kinds *kinds, const bool *wanted,
           const struct az_judge_world *world,
           const struct az_decimal *min_kill, struct az_report *report)
{
    struct az_arena *arena = kinds->arena;
    struct bench bench = { .world = *world };
    size_t i, rules = 0, breaks = 0, mutants = 0, killed = 0;
    struct az_builder rows;

    az_builder_init(&rows, arena);
    if (prepare(&bench, kinds))
        for (i = 0; i < kinds->count; i++) {
            size_t before = kinds->sink->by_severity[AZ_ERROR];
            struct az_self_test result;
            bool good;

            if (!wanted[i])
                continue;
            test_kind(&bench, i, &result);
            if (kinds->sink->by_severity[AZ_ERROR] == before)
                az_self_test_demand(kinds->sink, &bench.tested[i], &result,
                                    min_kill);
            good = kinds->sink->by_severity[AZ_ERROR] == before;
            az_builder_add(
                &rows, row_node(arena, kinds->items[i].name, &result, good));
            *(good ? &report->counts.pass : &report->counts.fail) += 1;
            rules += result.rules;
            breaks += result.breaks;
            mutants += result.mutants;
            killed += result.killed;
        }
    report->rows = az_builder_array(&rows);
    report->closing = az_arena_printf(
        arena, "%s, %s, %s; %zu of %s noticed",
        az_str_counted(arena, report->counts.pass + report->counts.fail,
                       "kind"),
        az_str_counted(arena, rules, "rule"),
        az_str_counted(arena, breaks, "break"), killed,
        az_str_counted(arena, mutants, "generated mutant"));
}

/* Marks the kinds that NAMES lists; false after findings. */
static bool
choose(struct az_kinds *kinds, const struct az_list *names, bool *wanted)
{
    bool good = true;
    size_t i;

    for (i = 0; i < kinds->count; i++)
        wanted[i] = names->count == 0;
    for (i = 0; i < names->count; i++) {
        struct az_kind *kind =
            az_kind_require(kinds, az_str_from(names->items[i]));

        if (kind == NULL)
            good = false;
        else
            wanted[kind - kinds->items] = true;
    }
    return good;
}

/* The share that --min-kill demands, in per cent; false after a finding. */
static bool
read_min_kill(struct az_sink *sink, const struct options *chosen,
              struct az_decimal *ret)
{
    const struct az_decimal hundred = az_decimal_from_int(sink->arena, 100);
    const char *text = chosen->min_kill;

    if (az_decimal_parse(sink->arena, az_str_from(text), ret) &&
        az_decimal_sign(*ret) >= 0 && az_decimal_compare(*ret, hundred) <= 0)
        return true;
    az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                "option '--min-kill' needs a number from 0 to 100, not %s",
                az_str_quote(sink->arena, az_str_from(text)));
    return false;
}

/* Tests kinds, or what --on names. */
static void
test(struct az_set *set, const struct az_project *project,
     const struct options *chosen, const struct az_list *names,
     const bool *wanted, struct az_report *report)
{
    struct az_decimal least;
    const struct az_decimal *min_kill = NULL;

    if (chosen->min_kill != NULL && read_min_kill(set->sink, chosen, &least))
        min_kill = &least;
    if (chosen->on)
        az_self_test_on(set, project, names, min_kill, report);
    else
        test_kinds(set->kinds, wanted, &set->world, min_kill, report);
}

/* A set knows the kinds, and what must not be written over. */
static void
begin(struct az_set *set, struct az_sink *sink, const struct options *chosen,
      const struct az_list *names)
{
    size_t i;

    az_set_init(set, sink->arena, sink, (struct az_set_override){ NULL, NULL });
    for (i = 0; chosen->on && i < names->count; i++)
        az_set_note_document(set, names->items[i]);
}

static enum az_exit
self_test(struct az_set *set, const struct options *chosen,
          const struct az_list *names)
{
    struct az_sink *sink = set->sink;
    struct az_common_options common = chosen->common;
    struct az_report report = { .command = "self-test",
                                .rows = az_make_empty(),
                                .columns = chosen->on ? NULL : columns,
                                .closing = "nothing was tested" };
    struct az_project project;
    bool found = az_project_find(sink->arena, sink, &project);
    bool *wanted;

    az_set_note_project(set, &project);
    if (found && az_kinds_add_project(set->kinds, &project)) {
        wanted =
            az_arena_array(sink->arena, set->kinds->count + 1, sizeof(*wanted));
        if (!chosen->on && !choose(set->kinds, names, wanted))
            return az_cli_refuse("self-test", set, &common);
        set->world.now = az_cli_time(sink->arena, &common);
        set->world.root = project.root;
        test(set, &project, chosen, names, wanted, &report);
    }
    az_cli_spare_inputs(set, &common);
    return az_cli_finish(&report, sink, &common);
}

/* --on needs files, --min-kill a share. */
static bool
check_options(struct az_sink *sink, const struct options *chosen,
              const struct az_list *names)
{
    struct az_decimal unused;

    if (chosen->on && names->count == 0) {
        az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                    "option '--on' needs files");
        return false;
    }
    return chosen->min_kill == NULL || read_min_kill(sink, chosen, &unused);
}

static enum az_exit
run(struct az_arena *arena, char **argv)
{
    struct az_list names = { NULL, 0, 0 };
    struct options chosen = { .min_kill = NULL };
    struct az_sink sink;
    struct az_set set;
    bool good;

    az_sink_init(&sink, arena);
    good = az_option_parse(arena, &sink, options, argv, &chosen, &names);
    if (good && chosen.common.help)
        return az_command_help(arena, &az_command_self_test);
    begin(&set, &sink, &chosen, &names);
    if (good && az_cli_check_common(&sink, &chosen.common) &&
        check_options(&sink, &chosen, &names))
        return self_test(&set, &chosen, &names);
    return az_cli_refuse("self-test", &set, &chosen.common);
}

const struct az_command az_command_self_test = {
    .name = "self-test",
    .operands = "[KIND...] | --on FILE...",
    .summary = "show that each rule can fail",
    .description =
        "Shows for each kind, the project's own too, or for each KIND, that "
        "its "
        "good sample is\naccepted, that each rule fires where its breaks touch "
        "the sample, and which generated\nmutants nobody noticed.  With --on, "
        "which "
        "changes of FILE the schemas and rules in force\nwould notice.",
    .options = options,
    .run = run,
};
