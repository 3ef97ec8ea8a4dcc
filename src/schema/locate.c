/* Where a finding stands by the words of the standard (2020-12 core, 12.3).
   SPDX-License-Identifier: MIT

   A frame says which schema is applied, not how its parent came to it: that is
   told by where it stands in its parent, or by the parent's reference to it. */

#include "core/arena.h"
#include "core/pointer.h"
#include "schema/check.h"
#include "schema/parsed.h"
#include "schema/uri.h"

/* What may stand in each part of a URI beside letters and digits; in a fragment
   ":" and "?" may, too (RFC 3986, 3.3 and 3.5). */
#define PLAIN "-._~!$&'()*+,;=@/"

static void
add_step(struct az_buf *buf, const struct az_node *container, uint32_t index)
{
    if (container->type == AZ_OBJECT)
        az_pointer_add(buf, container->members[index].key);
    else
        az_buf_addf(buf, "/%u", (unsigned)index);
}

const char *
az_check_pointer(struct az_check *check, const struct az_failure *failure,
                 bool judged)
{
    const char *start =
        az_document_pointer(check->arena, check->document, check->start);
    struct az_buf buf;
    size_t i;

    az_buf_init(&buf, check->arena);
    az_buf_add_c(&buf, start == NULL ? "" : start);
    for (i = 0; i < check->path_count; i++)
        add_step(&buf, check->path[i].container, check->path[i].index);
    if (failure->container != NULL && !(judged && failure->judges_container))
        add_step(&buf, failure->container, failure->index);
    return buf.p;
}

static const struct az_subschema *
meant(const struct az_check *check, const struct az_subschema *schema)
{
    while (!check->walks_names && schema->same_as != NULL)
        schema = schema->same_as;
    return schema;
}

/* The pointer from the object of PARENT to NODE, or NULL. */
static const char *
pointer_in(struct az_check *check, const struct az_subschema *parent,
           const struct az_node *node)
{
    return az_node_pointer(check->arena, parent->node, node,
                           parent->scope->document->scattered);
}

/* Adds the way from PARENT to CHILD, which judges the same value if IN_PLACE.
 */
static void
add_edge(struct az_check *check, struct az_buf *buf,
         const struct az_subschema *parent, const struct az_subschema *child,
         bool in_place)
{
    const struct az_applicators *applicators = parent->applicators;
    const struct az_member *reference = NULL;
    const char *way;

    if (in_place && applicators != NULL && applicators->ref.schema == child)
        reference = applicators->ref.at;
    way = reference != NULL ? NULL : pointer_in(check, parent, child->node);
    if (way == NULL && reference == NULL && applicators != NULL)
        reference = applicators->dynamic_ref.at;
    if (reference != NULL)
        az_pointer_add(buf, reference->key);
    else if (way != NULL)
        az_buf_add_c(buf, way);
}

/* Adds the references of a schema that is only a name for another. */
static void
add_names(const struct az_check *check, struct az_buf *buf,
          const struct az_subschema *schema)
{
    for (; !check->walks_names && schema->same_as != NULL;
         schema = schema->same_as)
        az_pointer_add(buf, schema->applicators->ref.at->key);
}

/* Adds the keyword of SCHEMA that fails; nothing where the schema itself is
   false. */
static void
add_keyword(struct az_check *check, struct az_buf *buf,
            const struct az_failure *failure)
{
    const struct az_subschema *schema = failure->schema;
    const struct az_member *at = failure->at;
    struct az_pointer pointer;
    const char *way;

    if (at != NULL && schema->node->type == AZ_OBJECT &&
        at >= schema->node->members &&
        at < schema->node->members + schema->node->count) {
        az_pointer_add(buf, at->key);
        return;
    }
    way = pointer_in(check, schema, at != NULL ? &at->value : failure->at_node);
    if (way != NULL &&
        az_pointer_parse(check->arena, az_str_from(way), &pointer) &&
        pointer.count > 0)
        az_pointer_add(buf, pointer.tokens[0]);
}

static const char *
keyword_location(struct az_check *check, const struct az_failure *failure)
{
    const struct az_frame *frames = check->frames;
    const struct az_subschema *last;
    struct az_buf buf;
    size_t i;

    az_buf_init(&buf, check->arena);
    add_names(check, &buf, frames[0].schema);
    last = meant(check, frames[0].schema);
    for (i = 1; i < check->frame_count; i++) {
        add_edge(check, &buf, last, frames[i].schema,
                 frames[i].path_count == frames[i - 1].path_count);
        add_names(check, &buf, frames[i].schema);
        last = meant(check, frames[i].schema);
    }
    if (failure->schema != last)
        add_edge(check, &buf, last, failure->schema, false);
    add_keyword(check, &buf, failure);
    return buf.p;
}

/* Whether RESOURCE has a URI that a report may show: one of its own, not that
   of a file in the working directory. */
static bool
has_own_uri(const struct az_resource *resource)
{
    const struct az_node *id =
        az_node_get(resource->root, resource->dialect->id_keyword);

    if (resource->uri.len == 0)
        return false;
    return !az_str_starts_with(resource->uri, AZ_STR("file:")) ||
           (id != NULL && id->type == AZ_STRING &&
            az_uri_split(az_node_text(id)).has_scheme);
}

/* The URI of the place KEYWORD, a JSON Pointer, below SCHEMA: by the base URI
   of its resource, or the name of its file if it has none. */
static const char *
absolute_location(struct az_check *check, const struct az_subschema *schema,
                  struct az_str keyword)
{
    const struct az_resource *resource = schema->scope->resource;
    const struct az_document *document = resource->document;
    const bool owned = has_own_uri(resource);
    const char *way =
        az_node_pointer(check->arena, owned ? resource->root : document->root,
                        schema->node, document->scattered);
    struct az_buf buf;

    az_buf_init(&buf, check->arena);
    if (owned)
        az_buf_add(&buf, resource->uri);
    else if (document->source != NULL)
        az_uri_encode(&buf, az_str_from(document->source->name), PLAIN);
    az_buf_add_char(&buf, '#');
    if (way != NULL)
        az_uri_encode(&buf, az_str_from(way), PLAIN ":?");
    az_uri_encode(&buf, keyword, PLAIN ":?");
    return buf.p;
}

const char *
az_check_encode(struct az_check *check, struct az_str pointer)
{
    struct az_buf buf;

    az_buf_init(&buf, check->arena);
    az_uri_encode(&buf, pointer, PLAIN ":?");
    return buf.p;
}

const struct az_location *
az_check_location(struct az_check *check, const struct az_failure *failure)
{
    struct az_location *location;
    struct az_buf keyword;

    if (check->frame_count == 0 || failure->schema == NULL ||
        (failure->at == NULL && failure->at_node == NULL))
        return NULL;
    location = AZ_NEW(check->arena, struct az_location);
    location->instance = az_check_pointer(check, failure, true);
    location->keyword = keyword_location(check, failure);
    az_buf_init(&keyword, check->arena);
    add_keyword(check, &keyword, failure);
    location->absolute =
        absolute_location(check, failure->schema, az_buf_str(&keyword));
    return location;
}
