/* Which values of the samples are names used in more than one place.
   SPDX-License-Identifier: MIT */

#include "rule/references.h"

#include <string.h>

#include "core/arena.h"
#include "core/diag.h"
#include "query/query.h"
#include "rule/judging.h"

#define NAME_LIMIT 64

/* The first sort of place where a value was seen: kind and path, the items of
   a list taken as one. */
struct use {
    const char *first;
    bool elsewhere;
    bool as_value; /* not only as a key */
};

struct references {
    struct az_arena *arena;
    struct az_map uses; /* struct use, by canonical text */
};

static bool
is_name(struct az_str s)
{
    size_t i;

    if (s.len == 0 || s.len > NAME_LIMIT)
        return false;
    for (i = 0; i < s.len; i++)
        if ((unsigned char)s.p[i] <= ' ')
            return false;
    return true;
}

/* The text under which a name or number is noted; false if it is neither. */
static bool
note_text(struct az_arena *arena, const struct az_node *node,
          struct az_str *ret)
{
    struct az_buf buf;

    if (node->type != AZ_NUMBER &&
        (node->type != AZ_STRING || !is_name(az_node_text(node))))
        return false;
    az_buf_init(&buf, arena);
    az_rule_canonical(&buf, node);
    *ret = az_buf_str(&buf);
    return true;
}

static void
note_use(struct references *references, const struct az_node *node,
         const char *place, bool as_value)
{
    struct az_map_entry *entry;
    struct az_str text;
    struct use *use;
    bool is_new;

    if (!note_text(references->arena, node, &text))
        return;
    entry = az_map_put(&references->uses, text, &is_new);
    if (is_new) {
        use = AZ_NEW(references->arena, struct use);
        use->first = place;
        entry->value = use;
    }
    use = entry->value;
    use->elsewhere |= strcmp(use->first, place) != 0;
    use->as_value |= as_value;
}

static void
note_tree(struct references *references, const struct az_node *node,
          const char *place)
{
    struct az_arena *arena = references->arena;
    const char *below;
    size_t i;

    note_use(references, node, place, true);
    if (node->type == AZ_ARRAY && node->count > 0) {
        below = az_arena_printf(arena, "%s/*", place);
        for (i = 0; i < node->count; i++)
            note_tree(references, &node->items[i], below);
    }
    for (i = 0; node->type == AZ_OBJECT && i < node->count; i++) {
        const struct az_member *member = &node->members[i];
        struct az_node name =
            az_rule_string_node(member->key, member->key_span);

        note_use(references, &name, az_arena_printf(arena, "%s#", place),
                 false);
        note_tree(
            references, &member->value,
            az_arena_printf(arena, "%s/%.*s", place, AZ_STR_ARG(member->key)));
    }
}

const struct references *
az_rule_find_references(struct az_arena *arena,
                        const struct az_self_test_kind *kinds, size_t count)
{
    struct references *references = AZ_NEW(arena, struct references);
    size_t i;

    references->arena = arena;
    az_map_init(&references->uses, arena);
    for (i = 0; i < count; i++)
        note_tree(references, kinds[i].sample->root, kinds[i].name);
    return references;
}

static struct az_str
key_of(const struct az_node *const *node)
{
    return (struct az_str){ (const char *)node, sizeof(*node) };
}

static void
refuse_path(struct az_sink *sink, const struct az_self_test_kind *kind,
            const struct az_node *path, const char *why)
{
    if (sink != NULL)
        az_sink_add(sink, AZ_DIAG_SELF_TEST_SAMPLE,
                    az_document_start(kind->sample, kind->sample->root),
                    "free name %s of kind '%s' %s",
                    az_node_quote(sink->arena, path), kind->name, why);
}

static void
note_free(struct az_arena *arena, struct az_sink *sink,
          const struct az_self_test_kind *kind, const struct az_node *path,
          struct free_names *names)
{
    struct az_query_error error;
    const struct az_query *query =
        az_query_parse(arena, az_node_text(path), &error);
    struct az_nodes nodes = { NULL, 0, 0 };
    size_t i;

    if (query == NULL)
        refuse_path(sink, kind, path,
                    az_arena_printf(arena, "is no path: %s", error.message));
    else if (!az_query_run(query, arena, kind->sample->root, &nodes))
        refuse_path(sink, kind, path, "took more steps than the limit");
    else if (nodes.count == 0)
        refuse_path(sink, kind, path, "selects nothing");
    for (i = 0; i < nodes.count; i++)
        az_map_put(&names->nodes, az_arena_str(arena, key_of(&nodes.items[i])),
                   NULL);
}

void
az_rule_find_free_names(struct az_arena *arena, struct az_sink *sink,
                        const struct az_self_test_kind *kind,
                        struct free_names *ret)
{
    size_t i;

    az_map_init(&ret->nodes, arena);
    for (i = 0; kind->free_names != NULL && i < kind->free_names->count; i++)
        note_free(arena, sink, kind, &kind->free_names->items[i], ret);
}

bool
az_rule_is_free(const struct free_names *names, const struct az_node *node)
{
    return az_map_find(&names->nodes, key_of(&node)) != NULL;
}

bool
az_rule_is_reference(const struct references *references,
                     const struct az_node *node)
{
    const struct use *use = NULL;
    struct az_str text;

    if (note_text(references->arena, node, &text))
        use = az_map_get(&references->uses, text);
    return use != NULL && use->elsewhere;
}

bool
az_rule_is_reference_key(const struct references *references, struct az_str key)
{
    struct az_node name = az_rule_string_node(key, (struct az_span){ 0, 0 });
    const struct use *use = NULL;
    struct az_str text;

    if (note_text(references->arena, &name, &text))
        use = az_map_get(&references->uses, text);
    return use != NULL && use->elsewhere && use->as_value;
}
