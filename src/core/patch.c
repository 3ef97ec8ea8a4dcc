/* JSON Patch (RFC 6902), on const trees.
   SPDX-License-Identifier: MIT

   Each change copies the containers from the root down to the place that
   changes, and shares the rest.  The work of a patch is limited: "copy" could
   double the tree with each operation, and each change of a long array copies
   it. */

#include "core/patch.h"

#include <string.h>

#include "core/arena.h"
#include "core/limits.h"
#include "core/pointer.h"

/* A patch under way. */
struct patcher {
    struct az_arena *arena;
    const struct az_node *root;
    size_t work_left; /* values that may still be copied or added */
    struct az_patch_error *error;
};

/* A JSON Pointer of the patch. */
struct location {
    struct az_pointer pointer;
    const struct az_node *where; /* the string in the patch */
};

/* An operation with its members looked up; those its op does not define are
   NULL or empty (RFC 6902, 4: "MUST be ignored"). */
struct operation {
    struct location path;
    struct location from;
    const struct az_node *value;
};

enum change_kind { CHANGE_ADD, CHANGE_REPLACE, CHANGE_REMOVE };

/* What is to happen at a location that is not the root. */
struct change {
    enum change_kind kind;
    const struct location *at;
    struct az_node value; /* not for CHANGE_REMOVE */
};

static bool fail(struct patcher *patcher, const struct az_node *where,
                 const char *message) __attribute__((nonnull));

static bool
fail(struct patcher *patcher, const struct az_node *where, const char *message)
{
    patcher->error->where = where;
    patcher->error->message = message;
    return false;
}

static bool
fail_at(struct patcher *patcher, const struct location *at, const char *format)
{
    const char *text = az_node_quote(patcher->arena, at->where);
    struct az_buf buf;

    az_buf_init(&buf, patcher->arena);
    az_buf_add_c(&buf, format);
    az_buf_add_char(&buf, ' ');
    az_buf_add_c(&buf, text);
    return fail(patcher, at->where, buf.p);
}

static bool
spend(struct patcher *patcher, const struct az_node *where, size_t work)
{
    if (work > patcher->work_left)
        return fail(patcher, where, "the patch copies too many values");
    patcher->work_left -= work;
    return true;
}

/* Arrays and objects inside each other in the tree under NODE. */
static size_t
depth_of(const struct az_node *node)
{
    size_t deepest = 0;

    if (node->type != AZ_ARRAY && node->type != AZ_OBJECT)
        return 0;
    for (size_t i = 0; i < node->count; i++) {
        size_t depth = depth_of(
            node->type == AZ_ARRAY ? &node->items[i] : &node->members[i].value);
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest + 1;
}

/* Whether VALUE may be put at AT: the tree stays within the limits that the
   readers keep. */
static bool
may_place(struct patcher *patcher, const struct location *at,
          const struct az_node *value)
{
    if (!spend(patcher, at->where, az_node_size(value)))
        return false;
    size_t depth = depth_of(value);
    if (depth > 0 && at->pointer.count + depth > AZ_MAX_DEPTH)
        return fail_at(patcher, at, "the value would be nested too deep at");
    return true;
}

/* RET becomes an object of NODE's members but the one called KEY, which
   CHANGE adds, replaces or removes. */
static bool
change_object(struct patcher *patcher, const struct change *change,
              const struct az_node *node, struct az_str key,
              struct az_node *ret)
{
    const struct az_member *old = az_node_member(node, key);
    size_t count = node->count;
    size_t at = old != NULL ? (size_t)(old - node->members) : count;

    if (old == NULL && change->kind != CHANGE_ADD)
        return fail_at(patcher, change->at, "there is no value at");
    if (!spend(patcher, change->at->where, count))
        return false;
    size_t new_count = change->kind == CHANGE_REMOVE ? count - 1
                       : old == NULL                 ? count + 1
                                                     : count;
    struct az_member *members = az_object_alloc(patcher->arena, new_count);
    if (at > 0)
        memcpy(members, node->members, at * sizeof *members);
    if (change->kind == CHANGE_REMOVE) {
        memcpy(members + at, old + 1, (count - at - 1) * sizeof *members);
    } else if (old == NULL) {
        members[at] = (struct az_member){ .key = key,
                                          .key_span = change->at->where->span,
                                          .value = change->value };
    } else {
        memcpy(members + at, old, (count - at) * sizeof *members);
        members[at].value = change->value;
    }
    (void)az_object_index(patcher->arena, members, new_count);
    *ret = *node;
    ret->members = members;
    ret->count = (uint32_t)new_count;
    return true;
}

/* The index TOKEN means for CHANGE in an array of COUNT items. */
static bool
change_index(const struct change *change, struct az_str token, size_t count,
             size_t *ret)
{
    if (change->kind == CHANGE_ADD && az_str_eq_c(token, "-")) {
        *ret = count;
        return true;
    }
    return az_pointer_index(token, ret) &&
           (*ret < count || (change->kind == CHANGE_ADD && *ret == count));
}

static bool
change_array(struct patcher *patcher, const struct change *change,
             const struct az_node *node, struct az_str token,
             struct az_node *ret)
{
    size_t count = node->count;
    size_t at;

    if (!change_index(change, token, count, &at))
        return fail_at(patcher, change->at, "no such index in the array:");
    if (!spend(patcher, change->at->where, count))
        return false;
    size_t new_count = change->kind == CHANGE_ADD      ? count + 1
                       : change->kind == CHANGE_REMOVE ? count - 1
                                                       : count;
    struct az_node *items =
        az_arena_array(patcher->arena, new_count, sizeof *items);
    /* the old items behind the place, and where they go */
    size_t from = change->kind == CHANGE_ADD ? at : at + 1;
    size_t to = change->kind == CHANGE_REMOVE ? at : at + 1;
    if (at > 0)
        memcpy(items, node->items, at * sizeof *items);
    if (change->kind != CHANGE_REMOVE)
        items[at] = change->value;
    if (from < count)
        memcpy(items + to, node->items + from, (count - from) * sizeof *items);
    *ret = *node;
    ret->items = items;
    ret->count = (uint32_t)new_count;
    return true;
}

/* Makes CHANGE at the token numbered LEVEL of its pointer, in NODE.  The
   recursion ends where the tree does. */
static bool
change_below(struct patcher *patcher, const struct change *change, size_t level,
             const struct az_node *node, struct az_node *ret)
{
    struct az_str token = change->at->pointer.tokens[level];

    if (level + 1 < change->at->pointer.count) {
        const struct az_node *child = az_pointer_step(node, token);
        if (child == NULL)
            return fail_at(patcher, change->at, "nothing holds the place");
        struct change outer = { .kind = CHANGE_REPLACE, .at = change->at };
        if (!change_below(patcher, change, level + 1, child, &outer.value))
            return false;
        return node->type == AZ_OBJECT
                   ? change_object(patcher, &outer, node, token, ret)
                   : change_array(patcher, &outer, node, token, ret);
    }
    if (node->type == AZ_OBJECT)
        return change_object(patcher, change, node, token, ret);
    if (node->type == AZ_ARRAY)
        return change_array(patcher, change, node, token, ret);
    return fail_at(patcher, change->at,
                   "neither an object nor an array holds the place");
}

static bool
make_change(struct patcher *patcher, const struct change *change)
{
    struct az_node *root = AZ_NEW(patcher->arena, struct az_node);

    if (change->at->pointer.count == 0) {
        if (change->kind == CHANGE_REMOVE) {
            return fail(patcher, change->at->where,
                        "the whole document cannot be removed");
        }
        *root = change->value;
    } else if (!change_below(patcher, change, 0, patcher->root, root)) {
        return false;
    }
    patcher->root = root;
    return true;
}

static bool
put(struct patcher *patcher, enum change_kind kind, const struct location *at,
    const struct az_node *value)
{
    struct change change = { .kind = kind, .at = at, .value = *value };

    return may_place(patcher, at, value) && make_change(patcher, &change);
}

static bool
take_away(struct patcher *patcher, const struct location *at)
{
    struct change change = { .kind = CHANGE_REMOVE, .at = at };

    return make_change(patcher, &change);
}

/* The value at AT, which must be there; NULL after an error. */
static const struct az_node *
look_up(struct patcher *patcher, const struct location *at)
{
    const struct az_node *node = az_pointer_get(patcher->root, &at->pointer);

    if (node == NULL)
        (void)fail_at(patcher, at, "there is no value at");
    return node;
}

static bool
run_add(struct patcher *patcher, const struct operation *operation)
{
    return put(patcher, CHANGE_ADD, &operation->path, operation->value);
}

static bool
run_remove(struct patcher *patcher, const struct operation *operation)
{
    return take_away(patcher, &operation->path);
}

static bool
run_replace(struct patcher *patcher, const struct operation *operation)
{
    return put(patcher, CHANGE_REPLACE, &operation->path, operation->value);
}

static bool
is_proper_prefix(const struct az_pointer *a, const struct az_pointer *b)
{
    if (a->count >= b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!az_str_eq(a->tokens[i], b->tokens[i]))
            return false;
    return true;
}

static bool
run_move(struct patcher *patcher, const struct operation *operation)
{
    const struct location *from = &operation->from;
    const struct az_node *value = look_up(patcher, from);

    if (value == NULL)
        return false;
    if (is_proper_prefix(&from->pointer, &operation->path.pointer)) {
        return fail(patcher, operation->path.where,
                    "a value cannot be moved into itself");
    }
    /* Only the root moved to the root: it stays. */
    if (from->pointer.count == 0)
        return true;
    return take_away(patcher, from) &&
           put(patcher, CHANGE_ADD, &operation->path, value);
}

static bool
run_copy(struct patcher *patcher, const struct operation *operation)
{
    const struct az_node *value = look_up(patcher, &operation->from);

    return value != NULL && put(patcher, CHANGE_ADD, &operation->path, value);
}

static bool
run_test(struct patcher *patcher, const struct operation *operation)
{
    const struct az_node *node = look_up(patcher, &operation->path);

    if (node == NULL)
        return false;
    if (az_node_equal(node, operation->value))
        return true;
    return fail(
        patcher, operation->value,
        az_arena_printf(patcher->arena, "the value at %s is %s, not %s",
                        az_node_quote(patcher->arena, operation->path.where),
                        az_node_quote(patcher->arena, node),
                        az_node_quote(patcher->arena, operation->value)));
}

static const struct operation_kind {
    const char *name;
    bool has_from;
    bool has_value;
    bool (*run)(struct patcher *, const struct operation *);
} operation_kinds[] = {
    { "add", false, true, run_add },
    { "remove", false, false, run_remove },
    { "replace", false, true, run_replace },
    { "move", true, false, run_move },
    { "copy", true, false, run_copy },
    { "test", false, true, run_test },
};
enum { OPERATION_KINDS = sizeof operation_kinds / sizeof operation_kinds[0] };

/* The member NAME of the operation NODE; NULL after an error. */
static const struct az_node *
need(struct patcher *patcher, const struct az_node *node, const char *name)
{
    const struct az_node *value = az_node_get(node, name);

    if (value == NULL) {
        (void)fail(patcher, node,
                   az_arena_printf(patcher->arena,
                                   "the operation has no member '%s'", name));
    }
    return value;
}

/* The string member NAME; NULL after an error. */
static const struct az_node *
need_string(struct patcher *patcher, const struct az_node *node,
            const char *name)
{
    const struct az_node *value = need(patcher, node, name);

    if (value != NULL && value->type != AZ_STRING) {
        (void)fail(
            patcher, value,
            az_arena_printf(patcher->arena, "'%s' is not a string", name));
        return NULL;
    }
    return value;
}

static bool
need_location(struct patcher *patcher, const struct az_node *node,
              const char *name, struct location *ret)
{
    const struct az_node *value = need_string(patcher, node, name);

    if (value == NULL)
        return false;
    ret->where = value;
    if (az_pointer_parse(patcher->arena, az_node_text(value), &ret->pointer))
        return true;
    return fail_at(patcher, ret, "this is no JSON Pointer:");
}

/* The kind of the operation NODE; NULL after an error. */
static const struct operation_kind *
need_kind(struct patcher *patcher, const struct az_node *node)
{
    struct az_str names[OPERATION_KINDS];
    const struct az_node *op = need_string(patcher, node, "op");

    if (op == NULL)
        return NULL;
    for (size_t i = 0; i < OPERATION_KINDS; i++) {
        names[i] = az_str_from(operation_kinds[i].name);
        if (az_str_eq(names[i], az_node_text(op)))
            return &operation_kinds[i];
    }
    size_t near = az_str_nearest(az_node_text(op), names, OPERATION_KINDS);
    const char *quoted = az_str_quote(patcher->arena, az_node_text(op));
    const char *message =
        near == OPERATION_KINDS
            ? az_arena_printf(patcher->arena, "unknown op %s", quoted)
            : az_arena_printf(patcher->arena,
                              "unknown op %s, did you mean '%s'?", quoted,
                              operation_kinds[near].name);
    (void)fail(patcher, op, message);
    return NULL;
}

static bool
run_operation(struct patcher *patcher, const struct az_node *node)
{
    struct operation operation = { .value = NULL };

    if (node->type != AZ_OBJECT)
        return fail(patcher, node, "an operation must be an object");
    const struct operation_kind *kind = need_kind(patcher, node);
    if (kind == NULL || !need_location(patcher, node, "path", &operation.path))
        return false;
    if (kind->has_from &&
        !need_location(patcher, node, "from", &operation.from))
        return false;
    if (kind->has_value) {
        operation.value = need(patcher, node, "value");
        if (operation.value == NULL)
            return false;
    }
    return kind->run(patcher, &operation);
}

const struct az_node *
az_patch_apply(struct az_arena *arena, const struct az_node *root,
               const struct az_node *patch, struct az_patch_error *ret_error)
{
    struct patcher patcher = { .arena = arena,
                               .root = root,
                               .work_left = AZ_MAX_NODES,
                               .error = ret_error };

    if (patch->type != AZ_ARRAY) {
        ret_error->operation = 0;
        (void)fail(&patcher, patch, "a patch must be an array of operations");
        return NULL;
    }
    for (size_t i = 0; i < patch->count; i++) {
        ret_error->operation = i;
        if (!run_operation(&patcher, &patch->items[i]))
            return NULL;
    }
    return patcher.root;
}
