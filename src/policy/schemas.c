/* Schemas for documents of no kind: where they are found, and how applied.
   SPDX-License-Identifier: MIT */

#include "policy/schemas.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/arena.h"
#include "core/limits.h"
#include "core/map.h"
#include "policy/kind.h"
#include "policy/schema-path.h"
#include "read/read.h"
#include "schema/uri.h"

/* URI=FILE */
struct mapped_file {
    struct az_str uri;
    const struct az_document *document;
};

/* A file that was read because something refers to it. */
struct file {
    const struct az_document *document; /* NULL: the findings say why */
    struct az_sink findings;
};

struct az_schemas {
    struct az_arena *arena;
    struct mapped_file *files;
    size_t file_count;
    size_t file_capacity;
    struct az_schema_folder *folders;
    size_t folder_count;
    size_t folder_capacity;
    struct az_map read;    /* path -> struct file */
    struct az_map applied; /* name and style -> struct az_applied */
};

/* What a registry asks for missing documents. */
struct loader {
    struct az_schemas *schemas;
    struct az_sink *sink;
};

struct az_schemas *
az_schemas_new(struct az_arena *arena)
{
    struct az_schemas *schemas = AZ_NEW(arena, struct az_schemas);

    schemas->arena = arena;
    az_map_init(&schemas->read, arena);
    az_map_init(&schemas->applied, arena);
    return schemas;
}

static bool
is_folder(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static void
add_folder(struct az_schemas *schemas, struct az_str uri, const char *path)
{
    struct az_arena *arena = schemas->arena;

    if (uri.p[uri.len - 1] != '/')
        uri = az_str_from(az_arena_printf(arena, "%.*s/", AZ_STR_ARG(uri)));
    schemas->folders =
        az_arena_grow(arena, schemas->folders, schemas->folder_count,
                      &schemas->folder_capacity, sizeof(*schemas->folders));
    schemas->folders[schemas->folder_count++] =
        (struct az_schema_folder){ uri, path };
}

static bool
add_file(struct az_schemas *schemas, struct az_sink *sink, struct az_str uri,
         const char *path)
{
    struct az_arena *arena = schemas->arena;
    const struct az_document *document = az_read_file(arena, sink, path);

    if (document == NULL)
        return false;
    schemas->files =
        az_arena_grow(arena, schemas->files, schemas->file_count,
                      &schemas->file_capacity, sizeof(*schemas->files));
    schemas->files[schemas->file_count++] =
        (struct mapped_file){ uri, document };
    return true;
}

bool
az_schemas_map(struct az_schemas *schemas, struct az_sink *sink,
               const char *map)
{
    struct az_arena *arena = schemas->arena;
    const char *equals = strrchr(map, '=');
    struct az_str uri;

    if (equals == NULL || equals == map || equals[1] == '\0') {
        az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                    "option '--schema-map' needs URI=FILE or URI=DIRECTORY, "
                    "not %s",
                    az_str_quote(arena, az_str_from(map)));
        return false;
    }
    uri = (struct az_str){ map, (size_t)(equals - map) };
    if (!az_uri_split(uri).has_scheme) {
        az_diag_hint(sink,
                     az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                                 "option '--schema-map' needs a URI with a "
                                 "scheme, not %s",
                                 az_str_quote(arena, uri)),
                     "a reference without one is a file's name, and needs no "
                     "map");
        return false;
    }
    uri = az_arena_str(arena, az_uri_resolve(arena, AZ_STR(""), uri));
    if (!is_folder(equals + 1))
        return add_file(schemas, sink, uri, equals + 1);
    add_folder(schemas, uri, equals + 1);
    return true;
}

static struct file *
read_file(struct az_schemas *schemas, const char *path)
{
    bool is_new;
    struct az_map_entry *slot =
        az_map_put(&schemas->read, az_str_from(path), &is_new);
    struct file *file = slot->value;

    if (!is_new)
        return file;
    file = AZ_NEW(schemas->arena, struct file);
    slot->value = file;
    az_sink_init(&file->findings, schemas->arena);
    if (schemas->read.count > AZ_MAX_SCHEMA_FILES)
        az_sink_add(&file->findings, AZ_DIAG_SCHEMA_REFERENCE, AZ_NOWHERE,
                    "more than %d files of schemas in one run",
                    AZ_MAX_SCHEMA_FILES);
    else
        file->document = az_read_file(schemas->arena, &file->findings, path);
    return file;
}

/* The document of PATH, with its findings in SINK. */
static const struct az_document *
read_into(struct az_schemas *schemas, struct az_sink *sink, const char *path)
{
    const struct file *file = read_file(schemas, path);

    az_sink_append(sink, &file->findings, false);
    return file->document;
}

/* The built-in schema that calls itself URI; NULL if there is none. */
static const struct az_document *
find_built_in(struct az_arena *arena, struct az_str uri)
{
    const struct az_str before = AZ_STR("urn:assize:schema:"),
                        after = AZ_STR(":v1");
    const struct az_document *document;
    struct az_sink unheard;

    if (!az_str_starts_with(uri, before) || !az_str_ends_with(uri, after) ||
        uri.len <= before.len + after.len)
        return NULL;
    az_sink_init(&unheard, arena);
    document = az_embedded_read(
        arena, &unheard,
        az_str_from(az_arena_printf(arena, "schemas/%.*s.schema.json",
                                    (int)(uri.len - before.len - after.len),
                                    uri.p + before.len)));
    if (document == NULL ||
        !az_node_is_string(az_node_get(document->root, "$id"),
                           az_arena_str(arena, uri).p))
        return NULL;
    return document;
}

static const struct az_document *
load(void *context, struct az_str uri)
{
    const struct loader *loader = context;
    struct az_schemas *schemas = loader->schemas;
    const struct az_document *document = find_built_in(schemas->arena, uri);
    const char *path, *problem;

    if (document != NULL)
        return document;
    path = az_schema_path_of_uri(schemas->arena, uri);
    if (path != NULL)
        return read_into(schemas, loader->sink, path);
    path = az_schema_path_below(schemas->arena, schemas->folders,
                                schemas->folder_count, uri, &problem);
    if (path == NULL)
        return NULL;
    if (problem == NULL)
        return read_into(schemas, loader->sink, path);
    az_sink_add(loader->sink, AZ_DIAG_FILE_UNREADABLE, AZ_NOWHERE,
                "cannot read %s: %s",
                az_str_quote(schemas->arena, az_str_from(path)), problem);
    return NULL;
}

static struct az_registry *
new_registry(struct az_schemas *schemas, struct az_sink *sink,
             const struct az_schema_style *style)
{
    struct az_registry *registry =
        az_registry_new(schemas->arena, az_read_embedded);
    struct loader *loader = AZ_NEW(schemas->arena, struct loader);
    size_t i;

    if (style->dialect != NULL)
        az_registry_set_dialect(registry, style->dialect);
    *loader = (struct loader){ schemas, sink };
    az_registry_set_load(registry, load, loader);
    for (i = 0; i < schemas->file_count; i++)
        az_registry_add(registry, schemas->files[i].uri,
                        schemas->files[i].document);
    return registry;
}

/* The applied form that was made for KEY, or a new one without a schema;
 *RET_NEW tells. */
static struct az_applied *
get_applied(struct az_schemas *schemas, const char *key,
            const struct az_schema_style *style, bool *ret_new)
{
    struct az_map_entry *slot = az_map_put(
        &schemas->applied,
        az_str_from(az_arena_printf(
            schemas->arena, "%p %d %d %s", (const void *)style->dialect,
            style->options.assert_format, style->options.ignore_format, key)),
        ret_new);
    struct az_applied *applied;

    if (!*ret_new)
        return slot->value;
    applied = AZ_NEW(schemas->arena, struct az_applied);
    applied->options = style->options;
    az_sink_init(&applied->findings, schemas->arena);
    slot->value = applied;
    return applied;
}

static struct az_applied *
find_file(struct az_schemas *schemas, const char *path,
          const struct az_schema_style *style)
{
    struct az_str uri = az_schema_uri_of_path(schemas->arena, path);
    bool is_new;
    struct az_applied *applied =
        get_applied(schemas, uri.len > 0 ? uri.p : path, style, &is_new);
    const struct az_document *document;

    if (!is_new)
        return applied;
    document = read_into(schemas, &applied->findings, path);
    if (document == NULL)
        return applied;
    applied->schema =
        az_schema_compile(new_registry(schemas, &applied->findings, style),
                          &applied->findings, document, uri);
    return applied;
}

static const char *
unknown_uri(struct az_arena *arena, struct az_str uri)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "nothing is fetched from a network: add --schema-map ");
    az_buf_add_escaped(&buf, uri, 0);
    az_buf_add_c(&buf, "=FILE");
    return buf.p;
}

static struct az_applied *
find_uri(struct az_schemas *schemas, struct az_str name,
         const struct az_schema_style *style, const char **ret_why)
{
    struct az_arena *arena = schemas->arena;
    struct az_str uri =
        az_arena_str(arena, az_uri_resolve(arena, AZ_STR(""), name));
    bool is_new;
    struct az_applied *applied = get_applied(schemas, uri.p, style, &is_new);
    const struct az_document *document;
    struct az_registry *registry;
    struct loader loader = { schemas, &applied->findings };

    if (is_new) {
        registry = new_registry(schemas, &applied->findings, style);
        document = az_registry_document(registry, uri);
        if (document == NULL)
            document = load(&loader, uri);
        if (document != NULL)
            applied->schema =
                az_schema_compile(registry, &applied->findings, document, uri);
    }
    if (applied->schema == NULL && applied->findings.total == 0) {
        *ret_why = unknown_uri(arena, uri);
        return NULL;
    }
    return applied;
}

struct az_applied *
az_schemas_find(struct az_schemas *schemas, struct az_str name,
                const char *folder, const struct az_schema_style *style,
                const char **ret_why)
{
    struct az_uri uri = az_uri_split(name);
    struct az_arena *arena = schemas->arena;
    const char *path;

    *ret_why = NULL;
    if (name.len == uri.fragment.len + uri.has_fragment ||
        memchr(name.p, '\0', name.len) != NULL) {
        *ret_why = "name a file, or the URI of a schema";
        return NULL;
    }
    if (uri.fragment.len > 0) {
        *ret_why = "it names a part of a schema: name a whole one, which "
                   "refers to that part";
        return NULL;
    }
    if (uri.has_scheme && az_schema_path_of_uri(arena, name) == NULL)
        return find_uri(schemas, name, style, ret_why);
    if (uri.has_scheme)
        path = az_schema_path_of_uri(arena, name);
    else if (folder == NULL)
        path = az_arena_str(arena, name).p;
    else
        path = az_schema_path_clean(arena,
                                    az_schema_path_join(arena, folder, name));
    return find_file(schemas, path, style);
}

const char *
az_schemas_path(const struct az_schemas *schemas, size_t number)
{
    return number < schemas->read.count ? schemas->read.entries[number].key.p
                                        : NULL;
}
