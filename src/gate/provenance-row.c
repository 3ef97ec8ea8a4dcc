/* The provenance of a row.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "core/build.h"
#include "core/date.h"
#include "gate/provenance.h"
#include "gate/row.h"

/* What the operands of a row tell, COUNT of them. */
struct told {
    struct az_arena *arena;
    const struct az_provenance *of;
    size_t count;
};

static const struct az_node *
keep(struct az_arena *arena, struct az_node node)
{
    struct az_node *kept = AZ_NEW(arena, struct az_node);

    *kept = node;
    return kept;
}

/* What all of TOLD tell alike of MEMBER, or NULL. */
static const struct az_node *
find_same(const struct told *told, enum az_provenance_member member)
{
    const struct az_node *first = told->of[0].members[member];

    for (size_t i = 1; first != NULL && i < told->count; i++) {
        const struct az_node *other = told->of[i].members[member];

        if (other == NULL || !az_node_equal(first, other))
            return NULL;
    }
    return first;
}

/* Whether each of TOLD tells MEMBER. */
static bool
tell_all(const struct told *told, enum az_provenance_member member)
{
    for (size_t i = 0; i < told->count; i++)
        if (told->of[i].members[member] == NULL)
            return false;
    return true;
}

/* Their commands, one after the other. */
static const struct az_node *
join_commands(const struct told *told)
{
    const struct az_node *before = NULL;
    struct az_buf buf;

    if (!tell_all(told, AZ_PROVENANCE_COMMAND))
        return NULL;
    az_buf_init(&buf, told->arena);
    for (size_t i = 0; i < told->count; i++) {
        const struct az_node *node = told->of[i].members[AZ_PROVENANCE_COMMAND];

        if (before != NULL && az_node_equal(before, node))
            continue;
        az_buf_add_c(&buf, before != NULL ? "; " : "");
        az_buf_add(&buf, az_node_text(node));
        before = node;
    }
    return keep(told->arena, az_make_string(az_buf_str(&buf)));
}

/* Their artifacts, those of operands in a row that have the same once. */
static const struct az_node *
join_artifacts(const struct told *told)
{
    const struct az_node *before = NULL;
    struct az_builder list;

    if (!tell_all(told, AZ_PROVENANCE_ARTIFACT))
        return NULL;
    az_builder_init(&list, told->arena);
    for (size_t i = 0; i < told->count; i++) {
        const struct az_node *node =
            told->of[i].members[AZ_PROVENANCE_ARTIFACT];

        if (before != NULL && az_node_equal(before, node))
            continue;
        for (uint32_t k = 0; k < node->count; k++)
            az_builder_add(&list, node->items[k]);
        before = node;
    }
    return keep(told->arena, az_builder_array(&list));
}

/* The earliest of their times. */
static const struct az_node *
find_earliest(const struct told *told)
{
    const struct az_node *first = NULL;
    struct az_moment earliest, moment;

    if (!tell_all(told, AZ_PROVENANCE_MEASURED_AT))
        return NULL;
    for (size_t i = 0; i < told->count; i++) {
        const struct az_node *node =
            told->of[i].members[AZ_PROVENANCE_MEASURED_AT];

        if (!az_moment_parse(az_node_text(node), &moment))
            return NULL;
        if (first != NULL && az_moment_compare(&moment, &earliest) >= 0)
            continue;
        first = node;
        earliest = moment;
    }
    return first;
}

void
az_provenance_of_row(struct az_arena *arena, struct az_provenance *ret,
                     const struct az_row *row)
{
    size_t count = row->operands == NULL ? 0 : row->budget->derived->count;
    struct az_provenance *each = az_arena_array(arena, count + 1, sizeof *each);
    struct told told = { arena, each, count };

    if (count == 0) {
        az_provenance_of(ret, row->measured);
        return;
    }
    for (size_t i = 0; i < count; i++)
        az_provenance_of(&each[i], row->operands[i]);
    *ret = (struct az_provenance){ .shared = false };
    for (int i = 0; i < AZ_PROVENANCE_COUNT; i++)
        ret->members[i] = find_same(&told, (enum az_provenance_member)i);
    ret->members[AZ_PROVENANCE_COMMAND] = join_commands(&told);
    ret->members[AZ_PROVENANCE_ARTIFACT] = join_artifacts(&told);
    ret->members[AZ_PROVENANCE_MEASURED_AT] = find_earliest(&told);
}
