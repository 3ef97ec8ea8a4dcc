/* The shape of a provenance.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "core/date.h"
#include "core/sha256.h"
#include "core/utf8.h"
#include "gate/provenance.h"

static bool
is_text(const struct az_node *node)
{
    return node->type == AZ_STRING && az_utf8_visible(az_node_text(node)) > 0;
}

static bool
is_time(const struct az_node *node)
{
    struct az_moment moment;

    return node->type == AZ_STRING &&
           az_moment_parse(az_node_text(node), &moment) && moment.has_time;
}

static bool
is_digest(const struct az_node *node)
{
    return node->type == AZ_STRING && az_sha256_is_digest(az_node_text(node));
}

static bool
is_object(const struct az_node *node)
{
    return node->type == AZ_OBJECT;
}

static bool
is_list(const struct az_node *node)
{
    return node->type == AZ_ARRAY && node->count > 0;
}

/* A member of an object, and what it must be. */
struct shape {
    const char *key;
    bool (*is)(const struct az_node *);
    const char *what;
    bool required;
};

#define TEXT "a string that is not blank"
#define TIME "a time (RFC 3339)"

static const struct shape provenance_shape[] = {
    { "environment", is_object, "an object", false },
    { "command", is_text, TEXT, false },
    { "method", is_text, TEXT, false },
    { "measured_at", is_time, TIME, false },
    { "artifacts", is_list, "a list that is not empty", false },
    { NULL, NULL, NULL, false },
};

static const struct shape environment_shape[] = {
    { "name", is_text, TEXT, false },    { "browser", is_text, TEXT, false },
    { "version", is_text, TEXT, false }, { "host_class", is_text, TEXT, false },
    { NULL, NULL, NULL, false },
};

static const struct shape artifact_shape[] = {
    { "path", is_text, TEXT, true },
    { "sha256", is_digest, "a SHA-256 in small hexadecimal digits", false },
    { "built_at", is_time, TIME, false },
    { NULL, NULL, NULL, false },
};

/* What is wrong with OBJECT, of SHAPE, at *RET_NODE; NULL if nothing is. */
static const char *
find_fault(struct az_arena *arena, const struct az_node *object,
           const struct shape *shape, const struct az_node **ret_node)
{
    *ret_node = object;
    if (object->type != AZ_OBJECT)
        return "a provenance, and what is in it, must be an object";
    for (; shape->key != NULL; shape++) {
        const struct az_node *node = az_node_get(object, shape->key);

        if (node == NULL ? !shape->required : shape->is(node))
            continue;
        if (node != NULL)
            *ret_node = node;
        return az_arena_printf(
            arena, "'%s' must be %s, not %s", shape->key, shape->what,
            node != NULL ? az_node_quote(arena, node) : "missing");
    }
    return NULL;
}

const char *
az_provenance_fault(struct az_arena *arena, const struct az_node *provenance,
                    const struct az_node **ret_node)
{
    const struct az_node *environment, *artifacts;
    const char *fault;

    if (provenance == NULL)
        return NULL;
    fault = find_fault(arena, provenance, provenance_shape, ret_node);
    if (fault != NULL)
        return fault;
    environment = az_node_get(provenance, "environment");
    if (environment != NULL)
        fault = find_fault(arena, environment, environment_shape, ret_node);
    artifacts = az_node_get(provenance, "artifacts");
    for (uint32_t i = 0;
         fault == NULL && artifacts != NULL && i < artifacts->count; i++)
        fault =
            find_fault(arena, &artifacts->items[i], artifact_shape, ret_node);
    return fault;
}
