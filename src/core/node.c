/* The tree that both readers give.
   SPDX-License-Identifier: MIT */

#include "core/node.h"

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/decimal.h"
#include "core/pointer.h"

static const char *const type_names[] = {
    "null", "boolean", "number", "string", "array", "object",
};

const char *
az_type_name(enum az_type type)
{
    return type_names[type];
}

bool
az_node_is_string(const struct az_node *node, const char *text)
{
    return node != NULL && node->type == AZ_STRING &&
           az_str_eq_c(az_node_text(node), text);
}

/* The index lies behind the members; a member is aligned more strictly. */
static const uint32_t *
index_of(const struct az_member *members, size_t count)
{
    return (const uint32_t *)(const void *)(members + count);
}

struct az_member *
az_object_alloc(struct az_arena *arena, size_t count)
{
    size_t size = count * sizeof(struct az_member);

    if (count > AZ_OBJECT_INDEX_MIN)
        size += count * sizeof(uint32_t);
    return az_arena_alloc(arena, size == 0 ? 1 : size);
}

/* Sorts ORDER[0..count) by key; equal keys keep the order of the members.  A
   merge sort: no qsort_r in POSIX, and the worst case must not be quadratic. */
static void
sort_keys(const struct az_member *members, uint32_t *order, uint32_t *spare,
          size_t count)
{
    size_t half = count / 2, i = 0, k = half, out = 0;

    if (count < 2)
        return;
    sort_keys(members, order, spare, half);
    sort_keys(members, order + half, spare, count - half);
    while (i < half && k < count) {
        if (az_str_compare(members[order[i]].key, members[order[k]].key) <= 0)
            spare[out++] = order[i++];
        else
            spare[out++] = order[k++];
    }
    while (i < half)
        spare[out++] = order[i++];
    memcpy(order, spare, out * sizeof(*order));
}

/* Whether any two of a few keys are equal.  A set of 64 buckets, by what is
   cheap to look at, saves nearly all comparisons. */
static bool
few_have_twins(const struct az_member *members, size_t count)
{
    uint64_t seen = 0;
    size_t i, k;

    for (i = 0; i < count; i++) {
        struct az_str key = members[i].key;
        unsigned bucket = (unsigned)key.len;
        uint64_t bit;

        if (key.len > 0)
            bucket += 5u * (unsigned char)key.p[0] +
                      17u * (unsigned char)key.p[key.len - 1] +
                      3u * (unsigned char)key.p[key.len / 2];
        bit = UINT64_C(1) << (bucket & 63);
        for (k = 0; (seen & bit) != 0 && k < i; k++)
            if (az_str_eq(members[k].key, key))
                return true;
        seen |= bit;
    }
    return false;
}

bool
az_object_index(struct az_arena *arena, struct az_member *members, size_t count)
{
    uint32_t *order, *spare;
    bool twins = false;
    size_t i;

    if (count <= AZ_OBJECT_INDEX_MIN)
        return few_have_twins(members, count);
    order = (uint32_t *)(void *)(members + count);
    spare = az_arena_alloc(arena, count * sizeof(*spare));
    for (i = 0; i < count; i++)
        order[i] = (uint32_t)i;
    sort_keys(members, order, spare, count);
    for (i = 1; i < count && !twins; i++)
        twins = az_str_eq(members[order[i - 1]].key, members[order[i]].key);
    return twins;
}

void
az_object_index_like(struct az_member *members, const struct az_member *like,
                     size_t count)
{
    if (count > AZ_OBJECT_INDEX_MIN)
        memcpy(members + count, like + count, count * sizeof(uint32_t));
}

const struct az_member *
az_node_member(const struct az_node *node, struct az_str key)
{
    const struct az_member *members;
    const uint32_t *order;
    size_t low, high, middle, i;

    if (node == NULL || node->type != AZ_OBJECT)
        return NULL;
    members = node->members;
    if (node->count <= AZ_OBJECT_INDEX_MIN) {
        for (i = 0; i < node->count; i++)
            if (members[i].key.len == key.len && az_str_eq(members[i].key, key))
                return &members[i];
        return NULL;
    }
    order = index_of(members, node->count);
    for (low = 0, high = node->count; low < high;) {
        middle = low + (high - low) / 2;
        if (az_str_compare(members[order[middle]].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == node->count || !az_str_eq(members[order[low]].key, key))
        return NULL;
    return &members[order[low]];
}

const struct az_node *
az_node_value(const struct az_node *node, struct az_str key)
{
    const struct az_member *member = az_node_member(node, key);

    return member == NULL ? NULL : &member->value;
}

size_t
az_node_size(const struct az_node *node)
{
    size_t size = 1, i;

    for (i = 0; node->type == AZ_ARRAY && i < node->count; i++)
        size += az_node_size(&node->items[i]);
    for (i = 0; node->type == AZ_OBJECT && i < node->count; i++)
        size += az_node_size(&node->members[i].value);
    return size;
}

static bool
objects_equal(const struct az_node *a, const struct az_node *b)
{
    const struct az_member *other;
    size_t i;

    for (i = 0; i < a->count; i++) {
        other = az_node_member(b, a->members[i].key);
        if (other == NULL ||
            !az_node_equal(&a->members[i].value, &other->value))
            return false;
    }
    return true;
}

bool
az_node_equal(const struct az_node *a, const struct az_node *b)
{
    size_t i;

    if (a->type != b->type)
        return false;
    switch ((enum az_type)a->type) {
    case AZ_NULL:
        return true;
    case AZ_BOOLEAN:
        return a->truth == b->truth;
    case AZ_NUMBER:
        /* Mostly they are spelt alike. */
        return az_str_eq(az_node_text(a), az_node_text(b)) ||
               az_decimal_compare_text(az_node_text(a), az_node_text(b)) == 0;
    case AZ_STRING:
        return az_str_eq(az_node_text(a), az_node_text(b));
    case AZ_ARRAY:
        for (i = 0; i < a->count && a->count == b->count; i++)
            if (!az_node_equal(&a->items[i], &b->items[i]))
                return false;
        return a->count == b->count;
    case AZ_OBJECT:
        return a->count == b->count && objects_equal(a, b);
    }
    return false;
}

/* The numbers of OBJECT's members in the order of their keys; FEW is used when
   it has no index. */
static const uint32_t *
order_of(const struct az_node *object, uint32_t *few)
{
    const struct az_member *members = object->members;
    uint32_t i, k;

    if (object->count > AZ_OBJECT_INDEX_MIN)
        return index_of(members, object->count);
    for (i = 0; i < object->count; i++) {
        for (k = i; k > 0 &&
                    az_str_compare(members[few[k - 1]].key, members[i].key) > 0;
             k--)
            few[k] = few[k - 1];
        few[k] = i;
    }
    return few;
}

static int
compare_objects(const struct az_node *a, const struct az_node *b)
{
    uint32_t few_a[AZ_OBJECT_INDEX_MIN], few_b[AZ_OBJECT_INDEX_MIN];
    const uint32_t *order_a = order_of(a, few_a), *order_b = order_of(b, few_b);
    const struct az_member *x, *y;
    size_t i;
    int order;

    for (i = 0; i < a->count && i < b->count; i++) {
        x = &a->members[order_a[i]];
        y = &b->members[order_b[i]];
        order = az_str_compare(x->key, y->key);
        if (order == 0)
            order = az_node_compare(&x->value, &y->value);
        if (order != 0)
            return order;
    }
    return (a->count > b->count) - (a->count < b->count);
}

int
az_node_compare(const struct az_node *a, const struct az_node *b)
{
    size_t i;
    int order;

    if (a->type != b->type)
        return a->type < b->type ? -1 : 1;
    switch ((enum az_type)a->type) {
    case AZ_NULL:
        return 0;
    case AZ_BOOLEAN:
        return a->truth - b->truth;
    case AZ_NUMBER:
        return az_decimal_compare_text(az_node_text(a), az_node_text(b));
    case AZ_STRING:
        return az_str_compare(az_node_text(a), az_node_text(b));
    case AZ_ARRAY:
        for (i = 0; i < a->count && i < b->count; i++) {
            order = az_node_compare(&a->items[i], &b->items[i]);
            if (order != 0)
                return order;
        }
        return (a->count > b->count) - (a->count < b->count);
    case AZ_OBJECT:
        return compare_objects(a, b);
    }
    return 0;
}

int
az_node_order(const void *a, const void *b)
{
    const struct az_node *x = *(const struct az_node *const *)a;
    const struct az_node *y = *(const struct az_node *const *)b;
    int order = az_node_compare(x, y);

    return order != 0 ? order : (x > y) - (x < y);
}

const struct az_node **
az_node_sorted(struct az_arena *arena, const struct az_node *array)
{
    const struct az_node **sorted =
        az_arena_array(arena, array->count, sizeof(*sorted));
    size_t i;

    for (i = 0; i < array->count; i++)
        sorted[i] = &array->items[i];
    if (array->count > 1)
        qsort(sorted, array->count, sizeof(*sorted), az_node_order);
    return sorted;
}

static void
print_string(struct az_buf *buf, struct az_str s)
{
    size_t i, start = 0;

    az_buf_add_char(buf, '"');
    for (i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        az_buf_add_json(buf, (struct az_str){ s.p + start, i - start });
        if (c == '"' || c == '\\')
            az_buf_addf(buf, "\\%c", c);
        else if (c == '\n')
            az_buf_add_c(buf, "\\n");
        else
            az_buf_addf(buf, "\\u%04x", c);
        start = i + 1;
    }
    az_buf_add_json(buf, (struct az_str){ s.p + start, s.len - start });
    az_buf_add_char(buf, '"');
}

void
az_node_print(struct az_buf *buf, const struct az_node *node)
{
    size_t i;

    switch ((enum az_type)node->type) {
    case AZ_NULL:
        az_buf_add_c(buf, "null");
        break;
    case AZ_BOOLEAN:
        az_buf_add_c(buf, node->truth ? "true" : "false");
        break;
    case AZ_NUMBER:
        az_buf_add(buf, az_node_text(node));
        break;
    case AZ_STRING:
        print_string(buf, az_node_text(node));
        break;
    case AZ_ARRAY:
        for (i = 0; i < node->count; i++) {
            az_buf_add_char(buf, i == 0 ? '[' : ',');
            az_node_print(buf, &node->items[i]);
        }
        az_buf_add_c(buf, i == 0 ? "[]" : "]");
        break;
    case AZ_OBJECT:
        for (i = 0; i < node->count; i++) {
            az_buf_add_char(buf, i == 0 ? '{' : ',');
            print_string(buf, node->members[i].key);
            az_buf_add_char(buf, ':');
            az_node_print(buf, &node->members[i].value);
        }
        az_buf_add_c(buf, i == 0 ? "{}" : "}");
        break;
    }
}

static bool
take(size_t *room, size_t bytes)
{
    if (bytes > *room)
        return false;
    *room -= bytes;
    return true;
}

/* Takes from *ROOM the bytes that NODE needs as JSON, before escapes; false
   when they are not there.  Looks at no more nodes than there is room for. */
static bool
fits(const struct az_node *node, size_t *room)
{
    bool good = true;
    size_t i;

    switch ((enum az_type)node->type) {
    case AZ_NULL:
    case AZ_BOOLEAN:
        return take(room, 4);
    case AZ_NUMBER:
        return take(room, node->count);
    case AZ_STRING:
        return take(room, (size_t)node->count + 2);
    case AZ_ARRAY:
        good = take(room, (size_t)node->count + 1);
        for (i = 0; good && i < node->count; i++)
            good = fits(&node->items[i], room);
        break;
    case AZ_OBJECT:
        good = take(room, (size_t)node->count + 1);
        for (i = 0; good && i < node->count; i++)
            good = take(room, node->members[i].key.len + 3) &&
                   fits(&node->members[i].value, room);
        break;
    }
    return good;
}

const char *
az_node_quote(struct az_arena *arena, const struct az_node *node)
{
    struct az_buf text, quoted;
    size_t room = AZ_QUOTE_LIMIT;

    if (node->type == AZ_STRING)
        return az_str_quote(arena, az_node_text(node));
    if (node->type == AZ_ARRAY && !fits(node, &room))
        return az_arena_printf(arena, "an array of %s",
                               az_str_counted(arena, node->count, "item"));
    if (node->type == AZ_OBJECT && !fits(node, &room))
        return az_arena_printf(arena, "an object with %s",
                               az_str_counted(arena, node->count, "key"));
    az_buf_init(&text, arena);
    az_node_print(&text, node);
    az_buf_init(&quoted, arena);
    az_buf_add_escaped(&quoted, az_buf_str(&text), AZ_QUOTE_LIMIT);
    return quoted.p;
}

/* A way down a tree: the nodes from the root to the one looked for. */
struct step {
    const struct step *up;
    const struct az_member *member; /* NULL in an array */
    size_t index;
};

static void
spell(struct az_buf *buf, const struct step *step)
{
    if (step == NULL)
        return;
    spell(buf, step->up);
    if (step->member != NULL)
        az_pointer_add(buf, step->member->key);
    else
        az_buf_addf(buf, "/%zu", step->index);
}

struct search {
    const struct az_node *wanted;
    bool scattered;
    struct az_buf *pointer;         /* what is found, or NULL */
    const struct az_member *member; /* of the wanted node, once it is found */
};

static bool find(struct search *search, const struct az_node *node,
                 const struct step *up);

static bool
may_hold(const struct search *search, const struct az_node *node)
{
    return node == search->wanted ||
           ((node->type == AZ_ARRAY || node->type == AZ_OBJECT) &&
            (search->scattered ||
             (node->span.start <= search->wanted->span.start &&
              node->span.end >= search->wanted->span.end)));
}

/* The first child that may hold the wanted one; children of a document that
   is not scattered stand in order of their spans. */
static size_t
first_candidate(const struct search *search, const struct az_node *node)
{
    size_t low = 0, high = node->count, middle;
    const struct az_node *child;

    if (search->scattered)
        return 0;
    while (low < high) {
        middle = low + (high - low) / 2;
        child = node->type == AZ_ARRAY ? &node->items[middle]
                                       : &node->members[middle].value;
        if (child->span.end < search->wanted->span.end)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool
find_below(struct search *search, const struct az_node *node,
           const struct step *up)
{
    struct step step = { up, NULL, 0 };
    const struct az_node *child;
    size_t i;

    for (i = first_candidate(search, node); i < node->count; i++) {
        step.index = i;
        step.member = node->type == AZ_OBJECT ? &node->members[i] : NULL;
        child = step.member != NULL ? &step.member->value : &node->items[i];
        if (may_hold(search, child) && find(search, child, &step))
            return true;
        if (!search->scattered && child->span.start > search->wanted->span.end)
            break;
    }
    return false;
}

static bool
find(struct search *search, const struct az_node *node, const struct step *up)
{
    if (node == search->wanted) {
        if (search->pointer != NULL)
            spell(search->pointer, up);
        search->member = up == NULL ? NULL : up->member;
        return true;
    }
    if (node->type != AZ_ARRAY && node->type != AZ_OBJECT)
        return false;
    return find_below(search, node, up);
}

const char *
az_node_pointer(struct az_arena *arena, const struct az_node *root,
                const struct az_node *node, bool scattered)
{
    struct az_buf pointer;
    struct search search = { node, scattered, &pointer, NULL };

    az_buf_init(&pointer, arena);
    return find(&search, root, NULL) ? pointer.p : NULL;
}

struct az_place
az_document_place(const struct az_document *document,
                  const struct az_node *node)
{
    return (struct az_place){ document->source, node->span };
}

struct az_span
az_node_start(const struct az_node *node)
{
    const struct az_span span = node->span;

    return (struct az_span){ span.start, span.start + (span.end > span.start) };
}

struct az_place
az_document_start(const struct az_document *document,
                  const struct az_node *node)
{
    return (struct az_place){ document->source, az_node_start(node) };
}

struct az_place
az_document_alias(const struct az_document *document,
                  const struct az_node *node)
{
    if (node->alias == 0 || node->alias > document->alias_count)
        return AZ_NOWHERE;
    return (struct az_place){ document->source,
                              document->aliases[node->alias - 1] };
}

const char *
az_document_pointer(struct az_arena *arena, const struct az_document *document,
                    const struct az_node *node)
{
    return az_node_pointer(arena, document->root, node, document->scattered);
}

const struct az_member *
az_document_member_of(const struct az_document *document,
                      const struct az_node *node)
{
    struct search search = { node, document->scattered, NULL, NULL };

    find(&search, document->root, NULL);
    return search.member;
}
