/* Whether measurements are what they say: seeds, commits, thresholds, status.
   SPDX-License-Identifier: MIT */

#include "core/ascii.h"
#include "gate/session.h"

#include "core/arena.h"

/* Hexadecimal digits of a whole SHA-1 or SHA-256 object name, and the fewest
   that may stand for one. */
#define SHA1_DIGITS   40
#define SHA256_DIGITS 64
#define SHORT_DIGITS  7

static struct az_diag *
point(struct az_gate *gate, const struct az_measurement *m, const char *field,
      struct az_diag *diag)
{
    diag->pointer = az_measurement_pointer(gate->arena, m, field);
    return diag;
}

/* The first item that stands twice in SORTED, or NULL. */
static const struct az_node *
find_repeat(const struct az_node *const *sorted, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (az_node_equal(sorted[i - 1], sorted[i]))
            return sorted[i];
    return NULL;
}

/* The first item of A that is not in B, both sorted, or NULL. */
static const struct az_node *
find_stray(const struct az_node *const *a, size_t a_count,
           const struct az_node *const *b, size_t b_count)
{
    size_t j = 0;

    for (size_t i = 0; i < a_count; i++) {
        while (j < b_count && az_node_compare(b[j], a[i]) < 0)
            j++;
        if (j == b_count || az_node_compare(b[j], a[i]) != 0)
            return a[i];
    }
    return NULL;
}

static void
report_seeds(struct az_gate *gate, const struct az_measurement *m,
             const struct az_node *missing, const struct az_node *stray)
{
    struct az_buf text;
    struct az_diag *diag;

    az_buf_init(&text, gate->arena);
    if (missing != NULL)
        az_buf_addf(&text, "lacks seed %s",
                    az_node_quote(gate->arena, missing));
    if (stray != NULL)
        az_buf_addf(&text, "%shas seed %s, which the budgets do not name",
                    missing != NULL ? " and " : "",
                    az_node_quote(gate->arena, stray));
    diag = az_sink_add(gate->sink, AZ_DIAG_MEASUREMENT_SEEDS,
                       az_measurement_place(m, "seed_set"),
                       "the measurement of %s %s",
                       az_str_quote(gate->arena, m->metric), text.p);
    point(gate, m, "seed_set", diag);
    az_diag_relate(
        gate->sink, diag,
        az_document_place(gate->budgets.document, gate->budgets.seed_set),
        "the seed set of the budgets");
}

void
az_gate_check_seeds(struct az_gate *gate, const struct az_measurement *m)
{
    const struct az_budgets *budgets = &gate->budgets;
    const struct az_node *seeds = az_measurement_field(m, "seed_set");
    const struct az_node **sorted;
    const struct az_node *repeat, *missing, *stray;
    struct az_diag *diag;

    if (seeds == NULL || seeds->type != AZ_ARRAY || seeds->count == 0 ||
        budgets->seed_set == NULL)
        return;
    sorted = az_node_sorted(gate->arena, seeds);
    repeat = find_repeat(sorted, seeds->count);
    if (repeat != NULL) {
        diag = az_sink_add(gate->sink, AZ_DIAG_MEASUREMENT_SEEDS,
                           az_document_place(m->document, repeat),
                           "seed %s stands twice in the measurement of %s",
                           az_node_quote(gate->arena, repeat),
                           az_str_quote(gate->arena, m->metric));
        point(gate, m, "seed_set", diag);
    }
    missing = find_stray(budgets->sorted_seeds, budgets->seed_count, sorted,
                         seeds->count);
    stray = find_stray(sorted, seeds->count, budgets->sorted_seeds,
                       budgets->seed_count);
    if (missing != NULL || stray != NULL)
        report_seeds(gate, m, missing, stray);
}

static bool
is_hex(struct az_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (az_hex_value(s.p[i]) < 0)
            return false;
    return s.len > 0;
}

static bool
starts_with_hex(struct az_str s, struct az_str prefix)
{
    for (size_t i = 0; i < prefix.len; i++)
        if (az_to_lower(s.p[i]) != az_to_lower(prefix.p[i]))
            return false;
    return true;
}

bool
az_gate_is_same_commit(struct az_str a, struct az_str b)
{
    struct az_str longer = a.len >= b.len ? a : b;
    struct az_str shorter = a.len >= b.len ? b : a;

    if (az_str_eq(a, b))
        return true;
    if (!is_hex(a) || !is_hex(b))
        return false;
    if (longer.len != shorter.len &&
        ((longer.len != SHA1_DIGITS && longer.len != SHA256_DIGITS) ||
         shorter.len < SHORT_DIGITS))
        return false;
    return starts_with_hex(longer, shorter);
}

/* The measurement whose commit is written longest: the others may be short
   forms of it, but not of each other. */
static const struct az_measurement *
find_reference(const struct az_measurements *measurements)
{
    const struct az_measurement *reference = NULL;

    for (size_t i = 0; i < measurements->count; i++) {
        const struct az_measurement *m = &measurements->items[i];
        size_t longest = reference != NULL ? reference->commit.len : 0;

        if (m->commit.len > longest)
            reference = m;
    }
    return reference;
}

/* Says once for each file and commit what M's commit should be. */
static void
report_commit(struct az_gate *gate, struct az_map *reported,
              const struct az_measurement *m,
              const struct az_measurement *reference)
{
    const struct az_gate_input *input = gate->input;
    struct az_diag *diag;
    struct az_buf key;
    bool is_new;

    az_buf_init(&key, gate->arena);
    az_buf_addf(&key, "%p:", (const void *)m->document);
    az_buf_add(&key, m->commit);
    az_map_put(reported, az_buf_str(&key), &is_new);
    if (!is_new)
        return;
    if (reference == NULL) {
        diag = az_sink_add(
            gate->sink, AZ_DIAG_MEASUREMENT_COMMIT,
            az_measurement_place(m, "commit"),
            "the measurement is of commit %s, not of %s (%s)",
            az_str_quote(gate->arena, m->commit),
            az_str_quote(gate->arena, az_str_from(input->commit)),
            input->commit_source != NULL ? input->commit_source : "expected");
        az_diag_hint(gate->sink, diag,
                     "measure the commit that is judged, or judge another with "
                     "'--commit'");
    } else {
        diag = az_sink_add(gate->sink, AZ_DIAG_MEASUREMENT_COMMIT,
                           az_measurement_place(m, "commit"),
                           "the measurement is of commit %s, another of %s",
                           az_str_quote(gate->arena, m->commit),
                           az_str_quote(gate->arena, reference->commit));
        az_diag_relate(gate->sink, diag,
                       az_measurement_place(reference, "commit"),
                       "the other commit");
    }
    point(gate, m, "commit", diag);
}

void
az_gate_check_commits(struct az_gate *gate)
{
    const struct az_measurements *all = &gate->measurements;
    const struct az_measurement *reference = find_reference(all);
    struct az_str expected = az_str_from(gate->input->commit);
    struct az_map reported;
    bool agree = true;

    az_map_init(&reported, gate->arena);
    for (size_t i = 0; i < all->count; i++) {
        const struct az_measurement *m = &all->items[i];

        if (m->commit.len == 0)
            continue;
        if (gate->input->commit != NULL &&
            !az_gate_is_same_commit(expected, m->commit))
            report_commit(gate, &reported, m, NULL);
        else if (reference != NULL &&
                 !az_gate_is_same_commit(reference->commit, m->commit))
            report_commit(gate, &reported, m, reference);
        else
            continue;
        agree = false;
    }
    if (agree)
        gate->result->commit = reference != NULL ? reference->commit : expected;
}

static void
contradict(struct az_gate *gate, const struct az_measurement *m,
           const char *field, const struct az_node *limit, const char *message)
{
    struct az_diag *diag =
        az_sink_add(gate->sink, AZ_DIAG_MEASUREMENT_CONTRADICTION,
                    az_measurement_place(m, field), "%s", message);

    point(gate, m, field, diag);
    az_diag_hint(gate->sink, diag,
                 "the budgets say it: record the same, or null");
    if (limit != NULL)
        az_diag_relate(gate->sink, diag,
                       az_document_place(gate->budgets.document, limit),
                       "the limit");
}

static void
check_threshold(struct az_gate *gate, const struct az_measurement *m,
                const char *field, const struct az_budget *budget,
                const struct az_limit *limit)
{
    const struct az_node *node = az_measurement_field(m, field);
    struct az_decimal recorded;

    /* what is neither null nor a number has been refused */
    if (node == NULL || !az_decimal_of(gate->arena, node, &recorded))
        return;
    if (limit->node == NULL) {
        contradict(
            gate, m, field, NULL,
            az_arena_printf(gate->arena, "%s is a hard budget, so it has no %s",
                            az_str_quote(gate->arena, m->metric), field));
        return;
    }
    recorded = az_unit_to_base(gate->arena, m->unit, recorded);
    if (az_decimal_compare(recorded, limit->base) == 0)
        return;
    contradict(gate, m, field, limit->node,
               az_arena_printf(gate->arena,
                               "%s records %s as %s %s; the budget says %s %s",
                               az_str_quote(gate->arena, m->metric), field,
                               az_node_quote(gate->arena, node), m->unit->name,
                               az_node_quote(gate->arena, limit->node),
                               budget->unit->name));
}

void
az_gate_check_record(struct az_gate *gate, const struct az_measurement *m,
                     const struct az_budget *budget, enum az_row_status band)
{
    const struct az_node *status = az_measurement_field(m, "status");
    const struct az_limit *limit = budget->operational && band != AZ_ROW_FAIL
                                       ? &budget->warn
                                       : &budget->hard;

    check_threshold(gate, m, "threshold_warn", budget, &budget->warn);
    check_threshold(gate, m, "threshold_hard", budget, &budget->hard);
    if (status == NULL || status->type != AZ_STRING ||
        az_node_is_string(status, az_row_status_name(band)))
        return;
    contradict(gate, m, "status", limit->node,
               az_arena_printf(gate->arena,
                               "%s records the status %s; by its value it is "
                               "'%s'",
                               az_str_quote(gate->arena, m->metric),
                               az_node_quote(gate->arena, status),
                               az_row_status_name(band)));
}
