/* Why each alternative fails, and which of them match where one may.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "schema/check.h"

/* Findings of one alternative, and of all, that --explain-all shows. */
#define EACH_LIMIT 16
#define ALL_LIMIT  256

/* The findings of BRANCH about NODE, sorted, in SINK, their own. */
static void
collect(struct az_check *check, const struct az_subschema *branch,
        const struct az_node *node, struct az_sink *sink)
{
    struct az_sink *const outer_sink = check->sink;
    const struct az_wording wording = check->wording;
    const struct az_distance distance = check->distance;

    az_sink_init(sink, check->arena);
    check->sink = sink;
    check->explain_all = false;
    check->wording = (struct az_wording){ .first = NULL };
    az_check_apply(check, branch, node, NULL);
    az_check_tidy(check, 0);
    az_sink_sort(sink);
    check->sink = outer_sink;
    check->explain_all = true;
    check->wording = wording;
    check->distance = distance;
}

/* Relates the findings of FOUND to DIAG as those of alternative NAME. */
static void
relate(struct az_check *check, struct az_diag *diag,
       const struct az_sink *found, const char *name)
{
    const size_t shown = found->count > EACH_LIMIT ? EACH_LIMIT : found->count;
    struct az_related *related;
    size_t i;

    for (i = 0; i < shown; i++) {
        related = az_diag_relate(check->sink, diag, found->diags[i]->place,
                                 "%s: %s", name, found->diags[i]->message);
        related->location = found->diags[i]->location;
    }
    if (found->total > shown)
        az_diag_relate(check->sink, diag, found->diags[0]->place,
                       "%s: %zu more findings", name, found->total - shown);
}

void
az_check_explain(struct az_check *check, struct az_diag *diag,
                 const struct az_branches *branches, const struct az_node *node,
                 size_t told)
{
    struct az_sink found;
    size_t i, shown = 0;

    if (!check->explain_all || diag == &check->sink->overflow)
        return;
    for (i = 0; i < branches->count && !check->stopped; i++) {
        if (i == told)
            continue;
        if (shown >= ALL_LIMIT) {
            az_diag_relate(check->sink, diag, diag->place,
                           "the alternatives from %zu on are not shown", i + 1);
            return;
        }
        collect(check, branches->items[i], node, &found);
        relate(check, diag, &found,
               az_arena_printf(check->arena, "alternative %zu of %zu%s", i + 1,
                               branches->count,
                               az_check_title(check, branches->items[i])));
        shown += found.count < EACH_LIMIT ? found.count : EACH_LIMIT;
    }
}

/* "1, 2 and 4" */
static const char *
list_numbers(struct az_check *check, const bool *matched, size_t count)
{
    size_t i, total = 0, listed = 0;
    struct az_buf buf;

    for (i = 0; i < count; i++)
        total += matched[i];
    az_buf_init(&buf, check->arena);
    for (i = 0; i < count; i++)
        if (matched[i]) {
            az_buf_add_separator(&buf, listed++, total, "and");
            az_buf_addf(&buf, "%zu", i + 1);
        }
    return buf.p;
}

/* If the alternatives that match only demand keys, these keys, "'a' and 'b'";
   else NULL. */
static const char *
list_demanded(struct az_check *check, const struct az_branches *branches,
              const bool *matched)
{
    const struct az_node *names;
    struct az_buf buf;
    size_t i;

    az_buf_init(&buf, check->arena);
    for (i = 0; i < branches->count; i++) {
        if (!matched[i])
            continue;
        names = az_check_only_required(branches->items[i]);
        if (names == NULL)
            return NULL;
        az_buf_addf(&buf, "%s%s", buf.len == 0 ? "" : " and ",
                    az_check_list_names(check, names, "with"));
    }
    return buf.p;
}

static void
relate_matched(struct az_check *check, struct az_diag *diag,
               const struct az_subschema *schema,
               const struct az_branches *branches, const bool *matched)
{
    size_t i, count = 0;

    for (i = 0; i < branches->count && count < EACH_LIMIT; i++)
        if (matched[i])
            az_diag_relate(
                check->sink, diag,
                az_document_place(schema->scope->document,
                                  branches->items[i]->node),
                "%s", count++ == 0 ? "it matches this one" : "and this one");
}

void
az_check_report_several(struct az_check *check,
                        const struct az_subschema *schema,
                        const struct az_branches *branches,
                        const struct az_node *node, const bool *matched)
{
    const struct az_failure failure = { .id = AZ_DIAG_SCHEMA_ONE_OF,
                                        .span = node->span,
                                        .schema = schema,
                                        .at = branches->at };
    const char *keys = list_demanded(check, branches, matched);
    struct az_diag *diag;

    if (keys != NULL) {
        diag = az_check_report(check, &failure,
                               "the keys %s may not stand together", keys);
        az_check_hint(check, diag, "keep one of them");
    } else {
        diag = az_check_report(
            check, &failure,
            "%s matches alternatives %s of %zu, expected exactly one",
            az_node_quote(check->arena, node),
            list_numbers(check, matched, branches->count), branches->count);
    }
    relate_matched(check, diag, schema, branches, matched);
    az_check_hint_description(check, diag, schema);
}
