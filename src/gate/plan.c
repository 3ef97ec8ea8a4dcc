/* What a benchmark corpus plans.
   SPDX-License-Identifier: MIT */

#include "gate/plan.h"

#include "core/arena.h"
#include "core/build.h"
#include "core/decimal.h"

static const char *const listed[] = { "metric_ids", "browsers", "bundlers" };

/* The key of a member of SCENARIO's FIELD, to be completed with the member. */
static struct az_buf *
begin_key(struct az_plan *plan, const struct az_node *scenario,
          const char *field)
{
    struct az_buf *key = &plan->key;

    key->len = 0;
    az_buf_add(key, AZ_KEY_OF(scenario));
    az_buf_add_c(key, field);
    az_buf_add_char(key, ' ');
    return key;
}

/* Notes the member whose key is complete. */
static void
note_member(struct az_plan *plan)
{
    struct az_str key = az_buf_str(&plan->key);

    if (az_map_find(&plan->members, key) == NULL)
        az_map_put(&plan->members, az_arena_str(plan->arena, key), NULL);
}

static bool
has_member(const struct az_plan *plan)
{
    return az_map_find(&plan->members, az_buf_str(&plan->key)) != NULL;
}

/* The array at FIELD of SCENARIO, or one of nothing. */
static const struct az_node *
list_of(const struct az_node *scenario, const char *field)
{
    static const struct az_node nothing = { .type = AZ_ARRAY };
    const struct az_node *list = az_node_get(scenario, field);

    return list != NULL && list->type == AZ_ARRAY ? list : &nothing;
}

static void
note_texts(struct az_plan *plan, const struct az_node *scenario,
           const char *field)
{
    const struct az_node *list = list_of(scenario, field);

    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].type == AZ_STRING) {
            az_buf_add(begin_key(plan, scenario, field),
                       az_node_text(&list->items[i]));
            note_member(plan);
        }
}

static void
note_seeds(struct az_plan *plan, const struct az_node *scenario)
{
    const struct az_node *list = list_of(scenario, "seed_set");
    int64_t seed;

    for (uint32_t i = 0; i < list->count; i++)
        if (az_node_int(plan->arena, &list->items[i], &seed)) {
            az_buf_add_int(begin_key(plan, scenario, "seed_set"), seed);
            note_member(plan);
        }
}

/* Notes that SCENARIO measures what it lists; a metric that it has twice is
   noted once. */
static void
note_metrics(struct az_plan *plan, const struct az_node *scenario)
{
    const struct az_node *list = list_of(scenario, "metric_ids");

    for (uint32_t i = 0; i < list->count; i++) {
        struct az_map_entry *entry;
        struct az_planned *planned;

        if (list->items[i].type != AZ_STRING)
            continue;
        entry = az_map_put(&plan->metrics, az_node_text(&list->items[i]), NULL);
        if (entry->value == NULL)
            entry->value = AZ_NEW(plan->arena, struct az_planned);
        planned = entry->value;
        if (planned->count > 0 &&
            planned->scenarios[planned->count - 1] == scenario)
            continue;
        planned->scenarios = az_arena_grow(
            plan->arena, (void *)planned->scenarios, planned->count,
            &planned->capacity, sizeof *planned->scenarios);
        planned->scenarios[planned->count++] = scenario;
    }
}

void
az_plan_init(struct az_plan *plan, struct az_arena *arena,
             const struct az_document *corpus)
{
    const struct az_node *list =
        list_of(corpus == NULL ? NULL : corpus->root, "scenarios");

    *plan = (struct az_plan){ .arena = arena };
    az_map_init(&plan->scenarios, arena);
    az_map_init(&plan->metrics, arena);
    az_map_init(&plan->members, arena);
    az_buf_init(&plan->key, arena);
    for (uint32_t i = 0; i < list->count; i++) {
        const struct az_node *scenario = &list->items[i];
        const struct az_node *id = az_node_get(scenario, "id");

        if (id == NULL || id->type != AZ_STRING)
            continue;
        az_map_put(&plan->scenarios, az_node_text(id), NULL)->value =
            (void *)(uintptr_t)scenario;
        for (size_t k = 0; k < sizeof listed / sizeof listed[0]; k++)
            note_texts(plan, scenario, listed[k]);
        note_seeds(plan, scenario);
        note_metrics(plan, scenario);
    }
}

const struct az_node *
az_plan_scenario(const struct az_plan *plan, struct az_str id)
{
    return az_map_get(&plan->scenarios, id);
}

const struct az_planned *
az_plan_measuring(const struct az_plan *plan, struct az_str metric)
{
    return az_map_get(&plan->metrics, metric);
}

bool
az_plan_lists(struct az_plan *plan, const struct az_node *scenario,
              const char *field, struct az_str text)
{
    az_buf_add(begin_key(plan, scenario, field), text);
    return has_member(plan);
}

bool
az_plan_lists_seed(struct az_plan *plan, const struct az_node *scenario,
                   int64_t seed)
{
    az_buf_add_int(begin_key(plan, scenario, "seed_set"), seed);
    return has_member(plan);
}
