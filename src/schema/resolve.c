/* References: finding their targets, and refusing those that go in a circle.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "core/pointer.h"
#include "schema/compile.h"
#include "schema/uri.h"

/* Records that the reference of USE leads nowhere. */
static struct az_diag *
unresolved(struct az_compiler *compiler, const struct az_use *use,
           const char *why)
{
    const struct az_node *value = &use->member->value;
    struct az_diag *diag = az_compile_fail(
        compiler, AZ_DIAG_SCHEMA_REFERENCE, value->span, "%s %s: %s",
        use->keyword->name, az_node_quote(compiler->arena, value), why);

    az_compile_locate(compiler, diag, value);
    return diag;
}

/* The unit that POINTER names in RESOURCE; NULL if there is nothing.  What no
   keyword declares as a schema becomes one by being referred to. */
static struct az_schema_unit *
follow_pointer(struct az_compiler *compiler, struct az_resource *resource,
               const struct az_pointer *pointer)
{
    const struct az_node *node = resource->root;
    struct az_schema_unit *unit;
    size_t i;

    for (i = 0; i < pointer->count && node != NULL; i++) {
        node = az_pointer_step(node, pointer->tokens[i]);
        unit =
            node == NULL ? NULL : az_schema_unit_find(compiler->registry, node);
        if (unit != NULL)
            resource = unit->resource;
    }
    return node == NULL
               ? NULL
               : az_schema_parse_unit(compiler->registry, node, resource);
}

/* Names the part of a pointer that exists, and a key like the first that does
   not. */
static void
hint_pointer(struct az_compiler *compiler, struct az_diag *diag,
             const struct az_resource *resource,
             const struct az_pointer *pointer)
{
    const struct az_node *node = resource->root, *next;
    struct az_str *names;
    size_t i = 0, k, nearest;

    for (; i < pointer->count; i++) {
        next = az_pointer_step(node, pointer->tokens[i]);
        if (next == NULL)
            break;
        node = next;
    }
    if (i == pointer->count || node->type != AZ_OBJECT || node->count == 0 ||
        !az_str_may_guess(&compiler->guesses_left, pointer->tokens[i],
                          node->count))
        return;
    names = az_arena_array(compiler->arena, node->count, sizeof(*names));
    for (k = 0; k < node->count; k++)
        names[k] = node->members[k].key;
    nearest = az_str_nearest(pointer->tokens[i], names, node->count);
    if (nearest < node->count)
        az_diag_hint(compiler->sink, diag, "did you mean %s instead of %s?",
                     az_str_quote(compiler->arena, names[nearest]),
                     az_str_quote(compiler->arena, pointer->tokens[i]));
}

static struct az_schema_unit *
resolve_pointer(struct az_compiler *compiler, const struct az_use *use,
                struct az_resource *resource, struct az_str fragment)
{
    struct az_pointer pointer;
    struct az_schema_unit *unit;

    if (!az_pointer_parse(compiler->arena, fragment, &pointer)) {
        unresolved(compiler, use, "its fragment is no JSON Pointer");
        return NULL;
    }
    unit = follow_pointer(compiler, resource, &pointer);
    if (unit == NULL)
        hint_pointer(
            compiler,
            unresolved(compiler, use, "there is nothing at this place"),
            resource, &pointer);
    return unit;
}

static struct az_schema_unit *
resolve_anchor(struct az_compiler *compiler, const struct az_use *use,
               struct az_resource *resource, struct az_str name,
               bool *ret_dynamic)
{
    const struct az_anchor *anchor = az_map_get(&resource->anchors, name);
    struct az_str *names;
    struct az_diag *diag;
    size_t i, count;

    if (anchor != NULL) {
        *ret_dynamic = anchor->dynamic;
        return anchor->unit;
    }
    diag = unresolved(compiler, use, "no '$anchor' has this name");
    count =
        az_str_may_guess(&compiler->guesses_left, name, resource->anchors.count)
            ? resource->anchors.count
            : 0;
    names = az_arena_array(compiler->arena, count, sizeof(*names));
    for (i = 0; i < count; i++)
        names[i] = resource->anchors.entries[i].key;
    i = az_str_nearest(name, names, count);
    if (i < count)
        az_diag_hint(compiler->sink, diag, "did you mean '#%s'?",
                     az_arena_str(compiler->arena, names[i]).p);
    else
        az_diag_hint(compiler->sink, diag,
                     "a place in a schema is named as '#/$defs/...'");
    return NULL;
}

/* Says how the schema TARGET is made known; about a file the finding that it
   cannot be read has said all. */
static void
hint_map(struct az_compiler *compiler, struct az_diag *diag,
         struct az_str target)
{
    struct az_uri uri = az_uri_split(target);
    struct az_buf buf;

    if (az_str_eq_c(uri.scheme, "file"))
        return;
    az_buf_init(&buf, compiler->arena);
    az_buf_add_escaped(&buf, target, 0);
    if (uri.has_scheme)
        az_diag_hint(compiler->sink, diag,
                     "nothing is fetched from a network: add "
                     "--schema-map %s=FILE",
                     buf.p);
    else
        az_diag_hint(compiler->sink, diag,
                     "the schema has no '$id' that this is relative to");
}

/* The resource that REFERENCE names, without its fragment. */
static struct az_resource *
resolve_resource(struct az_compiler *compiler, const struct az_use *use,
                 const struct az_uri *uri)
{
    struct az_resource *resource = compiler->unit->resource;
    struct az_str text = az_node_text(&use->member->value), target;

    if (!uri->has_scheme && !uri->has_authority && !uri->has_query &&
        uri->path.len == 0)
        return resource;
    target = az_uri_resolve(compiler->arena, resource->uri, text);
    if (target.len > 0 && az_str_eq(target, resource->uri))
        return resource;
    resource =
        az_registry_find(compiler->registry, target, compiler->unit->resource);
    if (resource != NULL)
        return resource;
    hint_map(compiler,
             unresolved(compiler, use, "no schema with this URI is known"),
             target);
    return NULL;
}

/* The target of USE, a reference of the unit at hand; NULL with a finding if
   there is none.  *RET_DYNAMIC (may be NULL) is set to the name of the
   $dynamicAnchor, if that is what the reference found. */
static struct az_schema_unit *
resolve(struct az_compiler *compiler, const struct az_use *use,
        struct az_str *ret_dynamic)
{
    struct az_uri uri = az_uri_split(az_node_text(&use->member->value));
    struct az_resource *resource = resolve_resource(compiler, use, &uri);
    struct az_str fragment;
    struct az_schema_unit *unit;
    bool dynamic = false;

    if (resource == NULL)
        return NULL;
    if (!az_uri_decode(compiler->arena, uri.fragment, &fragment)) {
        unresolved(compiler, use, "its fragment is badly encoded");
        return NULL;
    }
    if (fragment.len == 0 || fragment.p[0] == '/')
        return resolve_pointer(compiler, use, resource, fragment);
    unit = resolve_anchor(compiler, use, resource, fragment, &dynamic);
    if (dynamic && ret_dynamic != NULL)
        *ret_dynamic = fragment;
    return unit;
}

void
az_compile_ref(struct az_compiler *compiler, struct az_subschema *schema,
               const struct az_use *use)
{
    struct az_schema_unit *target = resolve(compiler, use, NULL);

    if (target != NULL)
        az_compile_applicators(compiler, schema)->ref =
            (struct az_branch){ az_compile_in_place(compiler, target->node,
                                                    use->member),
                                use->member };
}

/* "$dynamicRef" begins as "$ref" does; if a "$dynamicAnchor" is what it finds,
   the outermost resource of the dynamic scope that has the same one takes its
   place (2020-12 core, 8.2.3.2).  Its loops are bounded when it is applied. */
void
az_compile_dynamic_ref(struct az_compiler *compiler,
                       struct az_subschema *schema, const struct az_use *use)
{
    struct az_str name = { NULL, 0 };
    struct az_schema_unit *target = resolve(compiler, use, &name);
    struct az_applicators *applicators;

    if (target == NULL)
        return;
    applicators = az_compile_applicators(compiler, schema);
    applicators->dynamic_ref.schema = az_compile_want(compiler, target);
    applicators->dynamic_ref.at = use->member;
    applicators->dynamic_name = name;
}

/* "$recursiveRef": "#" is its own resource, or, if that says so by
   "$recursiveAnchor", the outermost of the dynamic scope that says so too
   (2019-09 core, 8.2.4.2). */
void
az_compile_recursive_ref(struct az_compiler *compiler,
                         struct az_subschema *schema, const struct az_use *use)
{
    const struct az_resource *resource = compiler->unit->resource;
    struct az_applicators *applicators =
        az_compile_applicators(compiler, schema);

    applicators->dynamic_ref.at = use->member;
    if (resource->recursive) {
        applicators->dynamic_ref.schema =
            az_compile_child(compiler, resource->root);
        applicators->dynamic_name = AZ_RECURSIVE_ANCHOR;
    } else {
        applicators->dynamic_ref.schema =
            az_compile_in_place(compiler, resource->root, use->member);
    }
}

/* A walk along the edges, depth first, without recursion: a schema may be one
   long chain of references. */
struct walk {
    struct az_schema_unit *unit;
    const struct az_edge *edge; /* the one that is followed */
};

/* Room for a walk, used again for the next. */
struct trail {
    struct walk *walk;
    size_t capacity;
};

enum { UNSEEN, OPEN, CLOSED };

static bool
is_reference(const struct az_member *at)
{
    return az_str_eq_c(at->key, "$ref") ||
           az_str_eq_c(at->key, "$recursiveRef");
}

/* Reports the loop that the top of WALK closes by returning to TARGET, at a
   reference in it. */
static void
report_loop(struct az_compiler *compiler, const struct walk *walk, size_t count,
            const struct az_schema_unit *target)
{
    const struct az_member *at;
    struct az_diag *diag;

    do {
        count--;
        compiler->unit = walk[count].unit;
        at = walk[count].edge->at;
    } while (walk[count].unit != target && !is_reference(at));
    diag = az_compile_fail(compiler, AZ_DIAG_SCHEMA_REFERENCE, at->value.span,
                           "%s leads back to itself without moving on in "
                           "the document",
                           is_reference(at)
                               ? az_str_quote(compiler->arena, at->key)
                               : "'the schema'");
    az_compile_locate(compiler, diag, &at->value);
    az_diag_hint(compiler->sink, diag,
                 "a recursive schema refers to itself from below "
                 "'properties', 'items' and the like");
}

static void
walk_from(struct az_compiler *compiler, struct trail *trail,
          struct az_schema_unit *unit)
{
    struct walk *walk = trail->walk, *top;
    size_t count = 0;

    unit->mark = CLOSED;
    if (unit->edges == NULL)
        return;
    walk = az_arena_grow(compiler->arena, walk, count, &trail->capacity,
                         sizeof(*walk));
    walk[count++] = (struct walk){ unit, unit->edges };
    unit->mark = OPEN;
    while (count > 0) {
        top = &walk[count - 1];
        if (top->edge == NULL) {
            top->unit->mark = CLOSED;
            count--;
            if (count > 0)
                walk[count - 1].edge = walk[count - 1].edge->next;
            continue;
        }
        unit = top->edge->to;
        if (unit->mark == OPEN)
            report_loop(compiler, walk, count, unit);
        if (unit->mark != UNSEEN) {
            top->edge = top->edge->next;
            continue;
        }
        unit->mark = OPEN;
        walk = az_arena_grow(compiler->arena, walk, count, &trail->capacity,
                             sizeof(*walk));
        walk[count++] = (struct walk){ unit, unit->edges };
    }
    trail->walk = walk;
}

void
az_compile_check_loops(struct az_compiler *compiler)
{
    struct trail trail = { NULL, 0 };
    struct az_schema_unit *unit;

    for (unit = compiler->all; unit != NULL; unit = unit->next)
        if (unit->mark == UNSEEN)
            walk_from(compiler, &trail, unit);
}
