/* assize self-test: proof that each rule can fail.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include "cli/command.h"
#include "core/arena.h"
#include "core/build.h"
#include "policy/kind.h"
#include "rule/self-test.h"

struct options {
    struct az_common_options common;
};

static const struct az_option options[] = {
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

/* The kinds as the self-test has them; false when a kind's data is broken,
   which is then a finding. */
static bool
prepare(struct az_kinds *kinds, struct az_self_test_kind *tested)
{
    bool good = true;
    size_t i;

    for (i = 0; i < kinds->count; i++) {
        struct az_kind *kind = &kinds->items[i];

        tested[i].name = kind->name;
        tested[i].schema = az_kind_schema(kind);
        tested[i].ruleset = az_kind_ruleset(kind);
        tested[i].sample = az_kind_sample(kind);
        good &= tested[i].schema != NULL && tested[i].ruleset != NULL &&
                tested[i].sample != NULL;
    }
    return good;
}

static struct az_node
survivors_node(struct az_arena *arena, const struct az_self_test *result)
{
    struct az_builder list, item;
    size_t i;

    az_builder_init(&list, arena);
    for (i = 0; i < result->survivor_count; i++) {
        const struct az_survivor *survivor = &result->survivors[i];

        az_builder_init(&item, arena);
        az_builder_set(&item, "mutation",
                       az_make_string_c(az_mutation_name(survivor->mutation)));
        az_builder_set(&item, "pointer", az_make_string_c(survivor->pointer));
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
    az_builder_set(&row, "survivors", survivors_node(arena, result));
    return az_builder_object(&row);
}

/* Tests the kinds that WANTED names, all if it is empty. */
static void
test_kinds(struct az_kinds *kinds, const bool *wanted, struct az_report *report)
{
    struct az_arena *arena = kinds->arena;
    struct az_self_test_kind *tested =
        az_arena_array(arena, kinds->count + 1, sizeof(*tested));
    size_t i, rules = 0, breaks = 0, mutants = 0, killed = 0;
    struct az_builder rows;

    az_builder_init(&rows, arena);
    if (prepare(kinds, tested))
        for (i = 0; i < kinds->count; i++) {
            size_t before = kinds->sink->by_severity[AZ_ERROR];
            struct az_self_test result;
            bool good;

            if (!wanted[i])
                continue;
            az_self_test_run(arena, kinds->sink, tested, kinds->count, i, NULL,
                             &result);
            good = kinds->sink->by_severity[AZ_ERROR] == before;
            az_builder_add(&rows,
                           row_node(arena, tested[i].name, &result, good));
            *(good ? &report->counts.pass : &report->counts.fail) += 1;
            rules += result.rules;
            breaks += result.breaks;
            mutants += result.mutants;
            killed += result.killed;
        }
    report->rows = az_builder_array(&rows);
    report->closing = az_arena_printf(
        arena,
        "%zu kind%s, %zu rules, %zu breaks; %zu of %zu generated mutants "
        "noticed",
        report->counts.pass + report->counts.fail,
        report->counts.pass + report->counts.fail == 1 ? "" : "s", rules,
        breaks, killed, mutants);
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
            az_kind_find(kinds, az_str_from(names->items[i]));

        if (kind != NULL) {
            wanted[kind - kinds->items] = true;
            continue;
        }
        az_diag_hint(kinds->sink,
                     az_sink_add(kinds->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                                 "there is no kind %s",
                                 az_str_quote(kinds->arena,
                                              az_str_from(names->items[i]))),
                     "kinds: %s", az_kind_names(kinds));
        good = false;
    }
    return good;
}

static enum az_exit
run(struct az_arena *arena, char **argv)
{
    struct az_report report = { .command = "self-test", .columns = columns };
    struct az_list names = { NULL, 0, 0 };
    struct options chosen = { .common = { .help = false } };
    struct az_kinds *kinds;
    struct az_sink sink;
    bool *wanted;

    az_sink_init(&sink, arena);
    if (!az_option_parse(arena, &sink, options, argv, &chosen, &names))
        return az_cli_give_up("self-test", &sink, &chosen.common);
    if (chosen.common.help)
        return az_command_help(arena, &az_command_self_test);
    kinds = az_kinds_new(arena, &sink);
    wanted = az_arena_array(arena, kinds->count + 1, sizeof(*wanted));
    if (!az_cli_check_common(&sink, &chosen.common) ||
        !choose(kinds, &names, wanted))
        return az_cli_give_up("self-test", &sink, &chosen.common);
    test_kinds(kinds, wanted, &report);
    return az_cli_finish(&report, &sink, &chosen.common);
}

const struct az_command az_command_self_test = {
    .name = "self-test",
    .operands = "[KIND...]",
    .summary = "show that each rule can fail",
    .description =
        "Shows for each kind, or for each KIND, that its good sample is "
        "accepted, that each rule\nfires where its breaks touch the sample, "
        "and which generated mutants nobody noticed.",
    .options = options,
    .run = run,
};
