/* Files and texts to documents: which reader is meant.
   SPDX-License-Identifier: MIT */

#include "read/read.h"

#include "core/arena.h"
#include "core/file.h"
#include "read/yaml.h"

/* What a name says of the format; false if nothing. */
static bool
format_of_name(struct az_str name, enum az_format *ret)
{
    static const struct {
        struct az_str suffix;
        enum az_format format;
    } suffixes[] = {
        { AZ_STR(".json"), AZ_FORMAT_JSON },
        { AZ_STR(".yaml"), AZ_FORMAT_YAML },
        { AZ_STR(".yml"), AZ_FORMAT_YAML },
    };

    for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
        if (az_str_ends_with(name, suffixes[i].suffix)) {
            *ret = suffixes[i].format;
            return true;
        }
    }
    return false;
}

/* What the text looks like: JSON where its first byte that is no white space
   opens an object or an array. */
static enum az_format
format_of_text(struct az_str text)
{
    size_t i = 0;

    while (i < text.len && (text.p[i] == ' ' || text.p[i] == '\t' ||
                            text.p[i] == '\n' || text.p[i] == '\r'))
        i++;
    if (i < text.len && (text.p[i] == '{' || text.p[i] == '['))
        return AZ_FORMAT_JSON;
    return AZ_FORMAT_YAML;
}

static enum az_format
format_of(const struct az_source *source)
{
    enum az_format format;

    if (!format_of_name(az_str_from(source->name), &format))
        format = format_of_text(source->text);
    return format;
}

const struct az_document *
az_read_source(struct az_arena *arena, struct az_sink *sink,
               const struct az_source *source)
{
    if (format_of(source) == AZ_FORMAT_JSON)
        return az_read_json(arena, sink, source);
    return az_read_yaml(arena, sink, source);
}

struct az_documents
az_read_documents(struct az_arena *arena, struct az_sink *sink,
                  const struct az_source *source, bool multi)
{
    struct az_documents documents;

    if (multi && format_of(source) == AZ_FORMAT_YAML)
        return az_yaml_read_stream(arena, sink, source);
    documents.items = az_arena_array(arena, 1, sizeof(*documents.items));
    documents.items[0] = az_read_source(arena, sink, source);
    documents.count = 1;
    return documents;
}

const struct az_document *
az_read_file(struct az_arena *arena, struct az_sink *sink, const char *path)
{
    const struct az_source *source = az_file_read(arena, sink, path);

    return source == NULL ? NULL : az_read_source(arena, sink, source);
}
