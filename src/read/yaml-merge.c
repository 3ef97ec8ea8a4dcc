/* Merge keys of a YAML file: https://yaml.org/type/merge.html.
   SPDX-License-Identifier: MIT

   YAML 1.2 dropped the type, but files have it and most readers know it.  What
   a mapping spells out itself wins over what it merges, an earlier merged
   mapping over a later one. */

#include "read/yaml.h"

#include "core/arena.h"

/* A mapping that merges others, at its end. */
struct merge {
    struct yaml_reader *r;
    struct yaml_frame *frame;
    struct az_map keys; /* those that it has so far */
};

static bool
refuse_merged(struct yaml_reader *r, const struct az_node *value)
{
    struct az_span span =
        value->alias == 0 ? value->span : r->aliases[value->alias - 1];

    return az_yaml_refuse(r, AZ_DIAG_YAML_UNSUPPORTED, span.start, span.end,
                          "name mappings, as in '<<: *base' or '<<: [*a, *b]'; "
                          "for a key of that name, put \"<<\" in quotes",
                          "a merge key takes mappings, but this is of type %s",
                          az_type_name((enum az_type)value->type));
}

/* Adds what MAPPING has and the merging one does not. */
static bool
merge_mapping(struct merge *merge, const struct az_node *mapping)
{
    size_t i;
    bool is_new;

    if (mapping->type != AZ_OBJECT)
        return refuse_merged(merge->r, mapping);
    for (i = 0; i < mapping->count; i++) {
        az_map_put(&merge->keys, mapping->members[i].key, &is_new);
        if (!is_new)
            continue;
        az_yaml_add_member(merge->r, &mapping->members[i]);
        merge->frame->count++;
    }
    return true;
}

static bool
merge_value(struct merge *merge, const struct az_node *value)
{
    size_t i;

    if (value->type != AZ_ARRAY)
        return merge_mapping(merge, value);
    for (i = 0; i < value->count; i++)
        if (!merge_mapping(merge, &value->items[i]))
            return false;
    return true;
}

/* Takes the member of the merge key out of FRAME, at whose end the reader
   is, and returns its value. */
static struct az_node
take_merged(struct yaml_reader *r, struct yaml_frame *frame)
{
    struct az_member *members = r->members + frame->base;
    struct az_node value = members[frame->merge].value;
    size_t i;

    frame->count--;
    r->member_count--;
    for (i = frame->merge; i < frame->count; i++)
        members[i] = members[i + 1];
    return value;
}

bool
az_yaml_merge(struct yaml_reader *r, struct yaml_frame *frame)
{
    struct az_node value = take_merged(r, frame);
    struct merge merge = { .r = r, .frame = frame };
    size_t i;

    az_map_init(&merge.keys, r->arena);
    for (i = 0; i < frame->count; i++)
        az_map_put(&merge.keys, r->members[frame->base + i].key, NULL);
    r->scattered = true;
    return merge_value(&merge, &value);
}
