/* Annotations of documents as rows of the report: assize-report(5).
   SPDX-License-Identifier: MIT */

#include "policy/annotations.h"

void
az_annotations_add(struct az_builder *to, const struct az_source *source,
                   const struct az_annotations *found)
{
    struct az_builder item;
    size_t i;

    for (i = 0; i < found->count; i++) {
        const struct az_location *at = &found->items[i].location;

        az_builder_init(&item, to->arena);
        az_builder_set(&item, "file", az_make_string_c(source->name));
        if (source->document > 0)
            az_builder_set_count(&item, "document", source->document);
        az_builder_set(&item, "instanceLocation",
                       az_make_string_c(at->instance));
        az_builder_set(&item, "keywordLocation", az_make_string_c(at->keyword));
        az_builder_set(&item, "absoluteKeywordLocation",
                       az_make_string_c(at->absolute));
        az_builder_set(&item, "annotation", found->items[i].value);
        az_builder_add(to, az_builder_object(&item));
    }
}
