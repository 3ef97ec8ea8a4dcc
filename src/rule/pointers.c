/* Pointers to the nodes of a document, found quickly.
   SPDX-License-Identifier: MIT

   In a document whose spans nest, a node is found by its span.  Where they do
   not (YAML aliases, patched trees), a search of the whole tree for each of
   many findings would be quadratic; a table from nodes to their parents is
   made instead, once. */

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/pointer.h"
#include "rule/trial.h"

struct entry {
    const struct az_node *node;
    const struct az_node *parent;   /* NULL for the root */
    const struct az_member *member; /* NULL in an array */
    size_t index;
};

struct pointers {
    struct entry *entries; /* by address */
    size_t count;
};

static void
enter(struct pointers *pointers, const struct az_node *node)
{
    size_t i;

    for (i = 0; node->type == AZ_ARRAY && i < node->count; i++) {
        pointers->entries[pointers->count++] =
            (struct entry){ &node->items[i], node, NULL, i };
        enter(pointers, &node->items[i]);
    }
    for (i = 0; node->type == AZ_OBJECT && i < node->count; i++) {
        const struct az_member *member = &node->members[i];

        pointers->entries[pointers->count++] =
            (struct entry){ &member->value, node, member, i };
        enter(pointers, &member->value);
    }
}

static int
compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;

    return ((uintptr_t)x->node > (uintptr_t)y->node) -
           ((uintptr_t)x->node < (uintptr_t)y->node);
}

static struct pointers *
make_pointers(struct az_arena *arena, const struct az_document *document)
{
    struct pointers *pointers = AZ_NEW(arena, struct pointers);

    pointers->entries = az_arena_array(arena, az_node_size(document->root),
                                       sizeof(struct entry));
    pointers->entries[pointers->count++] =
        (struct entry){ document->root, NULL, NULL, 0 };
    enter(pointers, document->root);
    qsort(pointers->entries, pointers->count, sizeof(struct entry),
          compare_entries);
    return pointers;
}

static const struct entry *
find_entry(const struct pointers *pointers, const struct az_node *node)
{
    struct entry key = { node, NULL, NULL, 0 };

    return bsearch(&key, pointers->entries, pointers->count,
                   sizeof(struct entry), compare_entries);
}

/* Adds the steps from the root to NODE; false if it is not in the document. */
static bool
add_steps(struct az_buf *buf, const struct pointers *pointers,
          const struct az_node *node)
{
    const struct entry *entry = find_entry(pointers, node);

    if (entry == NULL)
        return false;
    if (entry->parent == NULL)
        return true;
    if (!add_steps(buf, pointers, entry->parent))
        return false;
    if (entry->member != NULL)
        az_pointer_add(buf, entry->member->key);
    else
        az_buf_addf(buf, "/%zu", entry->index);
    return true;
}

static const char *
spell(struct az_arena *arena, const struct pointers *pointers,
      const struct az_node *node)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    return add_steps(&buf, pointers, node) ? buf.p : NULL;
}

/* The pointers of DOCUMENT, made when first asked for. */
static const struct pointers *
pointers_of(struct az_judge *judge, const struct az_document *document)
{
    struct az_str key = AZ_KEY_OF(document);
    struct pointers *pointers = az_map_get(&judge->pointers, key);

    if (pointers != NULL)
        return pointers;
    pointers = make_pointers(judge->arena, document);
    az_map_put(&judge->pointers, az_arena_str(judge->arena, key), NULL)->value =
        pointers;
    return pointers;
}

const char *
az_rule_pointer(struct az_judge *judge, const struct az_document *document,
                const struct az_node *node)
{
    if (!document->scattered)
        return az_document_pointer(judge->arena, document, node);
    return spell(judge->arena, pointers_of(judge, document), node);
}
