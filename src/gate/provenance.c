/* Provenance: what is told of it, and when two of them agree.
   SPDX-License-Identifier: MIT */

#include "gate/provenance.h"

#include "core/arena.h"
#include "core/build.h"
#include "gate/samples.h"

static const struct {
    const char *name;
    const char
        *group;      /* the object that it is in, in the provenance; or NULL */
    const char *key; /* in that; NULL: it is not in the provenance */
    enum az_type type;
} members[AZ_PROVENANCE_COUNT] = {
    [AZ_PROVENANCE_COMMIT] = { "commit", NULL, NULL, AZ_STRING },
    [AZ_PROVENANCE_ENVIRONMENT] = { "environment", "environment", "name",
                                    AZ_STRING },
    [AZ_PROVENANCE_BROWSER] = { "browser", "environment", "browser",
                                AZ_STRING },
    [AZ_PROVENANCE_VERSION] = { "version", "environment", "version",
                                AZ_STRING },
    [AZ_PROVENANCE_HOST_CLASS] = { "host_class", "environment", "host_class",
                                   AZ_STRING },
    [AZ_PROVENANCE_COMMAND] = { "command", NULL, "command", AZ_STRING },
    [AZ_PROVENANCE_METHOD] = { "method", NULL, "method", AZ_STRING },
    [AZ_PROVENANCE_ARTIFACT] = { "artifact", NULL, "artifacts", AZ_ARRAY },
    [AZ_PROVENANCE_MEASURED_AT] = { "measured_at", NULL, "measured_at",
                                    AZ_STRING },
};

const char *
az_provenance_name(enum az_provenance_member member)
{
    return members[member].name;
}

/* What OBJECT tells of member I; NULL if nothing that could be it. */
static const struct az_node *
look(const struct az_node *object, size_t i)
{
    const struct az_node *node = object;

    if (members[i].key == NULL)
        return NULL;
    if (members[i].group != NULL)
        node = az_node_get(node, members[i].group);
    node = az_node_get(node, members[i].key);
    return node != NULL && node->type == members[i].type && node->count > 0
               ? node
               : NULL;
}

void
az_provenance_read(struct az_provenance *ret, const struct az_node *own,
                   const struct az_node *common)
{
    *ret = (struct az_provenance){ .shared = false };
    for (size_t i = 0; i < AZ_PROVENANCE_COUNT; i++) {
        ret->members[i] = look(own, i);
        if (ret->members[i] != NULL)
            continue;
        ret->members[i] = look(common, i);
        ret->shared |= i == AZ_PROVENANCE_ARTIFACT && ret->members[i] != NULL;
    }
}

void
az_provenance_of(struct az_provenance *ret, const struct az_measurement *m)
{
    const struct az_node *common =
        m->common != NULL ? m->common : m->document->root;

    az_provenance_read(ret, az_measurement_field(m, "provenance"),
                       m->sampled != NULL ? NULL
                                          : az_node_get(common, "provenance"));
    if (m->commit.len > 0 && (m->sampled == NULL || m->sampled->tells_commit))
        ret->members[AZ_PROVENANCE_COMMIT] =
            az_node_get(m->common != NULL ? m->common : m->entry, "commit");
}

const char *
az_provenance_told(struct az_arena *arena, const struct az_node *node)
{
    return node != NULL ? az_node_quote(arena, node) : "not told";
}

const char *
az_provenance_compare(struct az_arena *arena, const struct az_provenance *base,
                      const struct az_provenance *current,
                      const struct az_node *must_agree)
{
    for (size_t i = 0; must_agree != NULL && i < AZ_PROVENANCE_COUNT; i++) {
        const struct az_node *before = base->members[i];
        const struct az_node *now = current->members[i];
        bool wanted = false;

        for (uint32_t k = 0; k < must_agree->count && !wanted; k++)
            wanted = must_agree->type == AZ_ARRAY &&
                     az_node_is_string(&must_agree->items[k], members[i].name);
        if (!wanted ||
            (before != NULL && now != NULL && az_node_equal(before, now)))
            continue;
        return az_arena_printf(
            arena, "the %s was %s in the baseline, and is %s", members[i].name,
            az_provenance_told(arena, before), az_provenance_told(arena, now));
    }
    return NULL;
}

struct az_node
az_provenance_node(struct az_arena *arena,
                   const struct az_provenance *provenance)
{
    struct az_builder object, environment;

    az_builder_init(&object, arena);
    az_builder_init(&environment, arena);
    for (size_t i = 0; i < AZ_PROVENANCE_COUNT; i++)
        if (members[i].group != NULL && provenance->members[i] != NULL)
            az_builder_set(&environment, members[i].key,
                           *provenance->members[i]);
    if (environment.count > 0)
        az_builder_set(&object, "environment", az_builder_object(&environment));
    for (size_t i = 0; i < AZ_PROVENANCE_COUNT; i++)
        if (members[i].group == NULL && members[i].key != NULL &&
            provenance->members[i] != NULL)
            az_builder_set(&object, members[i].key, *provenance->members[i]);
    return object.count > 0 ? az_builder_object(&object) : az_make_null();
}
