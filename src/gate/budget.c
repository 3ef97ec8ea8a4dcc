/* The budgets file as the gate reads it.
   SPDX-License-Identifier: MIT */

#include "gate/budget.h"

#include "core/arena.h"
#include "core/limits.h"

struct reader {
    struct az_arena *arena;
    struct az_sink *sink;
    struct az_budgets *out;
    struct az_str profile;
    const struct az_node **first; /* metric_id of each metric, as in METRICS */
};

static const char *const list_names[] = { "hard_budgets",
                                          "operational_budgets" };

enum { LIST_COUNT = sizeof list_names / sizeof list_names[0] };

const char *
az_budget_pointer(struct az_arena *arena, const struct az_budget *budget)
{
    return az_arena_printf(arena, "/%s/%zu",
                           list_names[budget->operational ? 1 : 0],
                           budget->index);
}

bool
az_budget_is_beyond(const struct az_budget *budget, int order)
{
    return budget->higher_is_better ? order < 0 : order > 0;
}

bool
az_budget_breaks(const struct az_budget *budget, const struct az_limit *limit,
                 struct az_decimal value)
{
    return az_budget_is_beyond(budget, az_decimal_compare(value, limit->base));
}

/* A finding at NODE, or, when there is none, at PARENT, which lacks NAME.  It
   is fatal, as all that keeps a limit from being read: what was found could be
   made a remark, the limit would still not be kept. */
static void
report(struct reader *reader, const struct az_node *parent,
       const struct az_node *node, const char *name, const char *expected)
{
    const struct az_document *document = reader->out->document;
    struct az_diag *diag;

    if (node == NULL)
        diag = az_sink_add(reader->sink, AZ_DIAG_MISSING_KEY,
                           az_document_place(document, parent),
                           "'%s' is missing", name);
    else
        diag = az_sink_add(reader->sink, AZ_DIAG_SCHEMA_TYPE,
                           az_document_place(document, node),
                           "'%s' must be %s, not %s", name, expected,
                           az_node_quote(reader->arena, node));
    diag->fatal = true;
}

/* The member NAME of PARENT as a limit in UNIT. */
static bool
read_limit(struct reader *reader, const struct az_node *parent,
           const char *name, const struct az_unit *unit, struct az_limit *ret)
{
    struct az_limit limit = { .node = az_node_get(parent, name) };

    if (limit.node == NULL ||
        !az_decimal_of(reader->arena, limit.node, &limit.value)) {
        report(reader, parent, limit.node, name, "a number");
        return false;
    }
    limit.base = az_unit_to_base(reader->arena, unit, limit.value);
    *ret = limit;
    return true;
}

static bool
read_unit(struct reader *reader, struct az_budget *budget)
{
    const struct az_node *node = az_node_get(budget->row, "unit");
    struct az_diag *diag;

    if (node == NULL || node->type != AZ_STRING) {
        report(reader, budget->row, node, "unit", "a string");
        return false;
    }
    budget->unit = az_unit_find(az_node_text(node));
    if (budget->unit != NULL)
        return true;
    diag = az_sink_add(reader->sink, AZ_DIAG_SCHEMA_ENUM,
                       az_document_place(reader->out->document, node),
                       "unknown unit %s",
                       az_str_quote(reader->arena, az_node_text(node)));
    diag->fatal = true;
    az_unit_hint(reader->sink, diag, az_node_text(node));
    return false;
}

/* Which way is better: a word that is not known would turn a limit round. */
static bool
read_better(struct reader *reader, struct az_budget *budget)
{
    const struct az_node *node = az_node_get(budget->row, "better");

    budget->higher_is_better = az_node_is_string(node, "higher");
    if (node == NULL || budget->higher_is_better ||
        az_node_is_string(node, "lower"))
        return true;
    report(reader, budget->row, node, "better", "'lower' or 'higher'");
    return false;
}

static bool
read_assume(struct reader *reader, struct az_budget *budget)
{
    const struct az_node *node = az_node_get(budget->row, "assume");

    budget->exact = az_node_is_string(node, "exact");
    if (node == NULL || budget->exact)
        return true;
    report(reader, budget->row, node, "assume", "'exact'");
    return false;
}

static bool
read_environments(struct reader *reader, struct az_budget *budget)
{
    const struct az_node *list = az_node_get(budget->row, "environments");
    bool good = list == NULL || (list->type == AZ_ARRAY && list->count > 0);

    for (uint32_t i = 0; good && list != NULL && i < list->count; i++)
        good = list->items[i].type == AZ_STRING && list->items[i].count > 0;
    if (!good)
        report(reader, budget->row, list, "environments", "a list of names");
    budget->environments = list;
    return good;
}

static bool
read_derived(struct reader *reader, struct az_budget *budget)
{
    const struct az_node *node = az_node_get(budget->row, "derived");

    if (node == NULL)
        return true;
    budget->derived =
        az_derived_read(reader->arena, reader->sink, reader->out->document,
                        node, budget->unit, &reader->out->operands);
    return budget->derived != NULL;
}

/* The limit of a hard budget; a budget without the profile at hand has none,
   which is no mistake here. */
static bool
read_hard(struct reader *reader, struct az_budget *budget)
{
    const struct az_node *profiles = az_node_get(budget->row, "profiles");
    const struct az_member *member = az_node_member(profiles, reader->profile);

    if (profiles == NULL || profiles->type != AZ_OBJECT) {
        report(reader, budget->row, profiles, "profiles", "an object");
        return false;
    }
    if (member == NULL)
        return true;
    budget->hard.node = &member->value;
    if (!az_decimal_of(reader->arena, &member->value, &budget->hard.value)) {
        report(reader, profiles, &member->value, "profiles", "numbers");
        return false;
    }
    budget->hard.base =
        az_unit_to_base(reader->arena, budget->unit, budget->hard.value);
    return true;
}

static bool
read_operational(struct reader *reader, struct az_budget *budget)
{
    bool warn = read_limit(reader, budget->row, "warn_threshold", budget->unit,
                           &budget->warn);
    bool hard = read_limit(reader, budget->row, "hard_threshold", budget->unit,
                           &budget->hard);

    return warn && hard;
}

static void
note_profiles(struct reader *reader, const struct az_node *row)
{
    const struct az_node *profiles = az_node_get(row, "profiles");

    if (profiles == NULL || profiles->type != AZ_OBJECT)
        return;
    for (uint32_t i = 0; i < profiles->count; i++)
        az_map_put(&reader->out->profiles, profiles->members[i].key, NULL);
}

/* A second budget of one metric would leave open which of them decides. */
static void
report_twin(struct reader *reader, const struct az_node *metric,
            const struct az_node *first)
{
    struct az_diag *diag = az_sink_add(
        reader->sink, AZ_DIAG_SCHEMA_UNIQUE,
        az_document_place(reader->out->document, metric),
        "%s has a budget already", az_node_quote(reader->arena, metric));

    diag->fatal = true;
    az_diag_relate(reader->sink, diag,
                   az_document_place(reader->out->document, first),
                   "its first budget");
}

static bool
read_limits(struct reader *reader, struct az_budget *budget)
{
    if (!read_unit(reader, budget) || !read_better(reader, budget) ||
        !read_assume(reader, budget) || !read_environments(reader, budget) ||
        !read_derived(reader, budget))
        return false;
    return budget->operational ? read_operational(reader, budget)
                               : read_hard(reader, budget);
}

static void
read_row(struct reader *reader, struct az_budget *budget)
{
    const struct az_node *metric = az_node_get(budget->row, "metric_id");
    struct az_map_entry *entry;
    bool is_new;

    if (!budget->operational)
        note_profiles(reader, budget->row);
    if (metric == NULL || metric->type != AZ_STRING) {
        report(reader, budget->row, metric, "metric_id", "a string");
        return;
    }
    budget->metric = az_node_text(metric);
    entry = az_map_put(&reader->out->metrics, budget->metric, &is_new);
    if (!is_new) {
        report_twin(reader, metric,
                    reader->first[entry - reader->out->metrics.entries]);
        return;
    }
    reader->first[reader->out->metrics.count - 1] = metric;
    if (!read_limits(reader, budget))
        return;
    reader->out->items[reader->out->count] = *budget;
    entry->value = &reader->out->items[reader->out->count++];
}

static void
read_list(struct reader *reader, bool operational)
{
    const struct az_node *root = reader->out->document->root;
    const char *name = list_names[operational ? 1 : 0];
    const struct az_node *list = az_node_get(root, name);

    if (list == NULL || list->type != AZ_ARRAY) {
        report(reader, root, list, name, "a list");
        return;
    }
    for (uint32_t i = 0; i < list->count; i++) {
        struct az_budget budget = { .operational = operational,
                                    .index = i,
                                    .row = &list->items[i] };

        read_row(reader, &budget);
    }
}

static void
read_seeds(struct reader *reader)
{
    const struct az_node *root = reader->out->document->root;
    const struct az_node *seeds = az_node_get(root, "seed_set");

    if (seeds == NULL || seeds->type != AZ_ARRAY) {
        report(reader, root, seeds, "seed_set", "a list");
        return;
    }
    reader->out->seed_set = seeds;
    reader->out->sorted_seeds = az_node_sorted(reader->arena, seeds);
    reader->out->seed_count = seeds->count;
}

/* Refuses metrics that are derived from derived ones, or from themselves: one
   step is what a reader can follow. */
static void
refuse_chains(struct reader *reader)
{
    struct az_budgets *budgets = reader->out;

    for (size_t i = 0; i < budgets->count; i++) {
        const struct az_derived *derived = budgets->items[i].derived;

        for (size_t k = 0; derived != NULL && k < derived->count; k++) {
            const struct az_operand *operand = &derived->operands[k];
            const struct az_budget *other =
                az_map_get(&budgets->metrics, operand->metric);
            struct az_diag *diag;

            if (other == NULL || other->derived == NULL)
                continue;
            diag =
                az_sink_add(reader->sink, AZ_DIAG_BUDGET_DERIVED,
                            az_document_place(budgets->document, operand->node),
                            "%s is derived itself",
                            az_str_quote(reader->arena, operand->metric));
            diag->fatal = true;
        }
    }
}

static size_t
count_rows(const struct az_node *root)
{
    size_t count = 0;

    for (size_t i = 0; i < LIST_COUNT; i++) {
        const struct az_node *list = az_node_get(root, list_names[i]);

        if (list != NULL && list->type == AZ_ARRAY)
            count += list->count;
    }
    return count;
}

bool
az_budgets_read(struct az_arena *arena, struct az_sink *sink,
                const struct az_document *document, struct az_str profile,
                struct az_budgets *ret)
{
    struct reader reader = {
        .arena = arena, .sink = sink, .out = ret, .profile = profile
    };
    size_t rows = count_rows(document->root);
    size_t limit = az_arena_limits(arena)->rows;

    *ret = (struct az_budgets){ .document = document };
    az_map_init(&ret->metrics, arena);
    az_map_init(&ret->profiles, arena);
    az_map_init(&ret->operands, arena);
    if (rows > limit) {
        az_diag_reclass(
            sink,
            az_sink_add(sink, AZ_DIAG_SCHEMA_ITEMS,
                        az_document_place(document, document->root),
                        "the file has %zu budgets, more than the limit of %zu",
                        rows, limit),
            AZ_CLASS_INPUT);
        return false;
    }
    ret->items = az_arena_array(arena, rows, sizeof *ret->items);
    reader.first = az_arena_array(arena, rows, sizeof *reader.first);
    read_list(&reader, false);
    read_list(&reader, true);
    refuse_chains(&reader);
    read_seeds(&reader);
    return true;
}
