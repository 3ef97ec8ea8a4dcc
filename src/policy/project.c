/* Project configuration: assize.yaml.
   SPDX-License-Identifier: MIT */

#include "policy/project.h"

#include <errno.h>
#include <fnmatch.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/file-tree.h"
#include "core/file.h"
#include "policy/kind.h"
#include "read/read.h"

/* Folders between the working directory and "/". */
#define MAX_ASCENT 256

static bool
exists(struct az_arena *arena, const char *folder, const char *name)
{
    const char *path = az_arena_printf(arena, "%s/%s", folder, name);
    struct stat status;

    return lstat(path, &status) == 0;
}

/* Whether FOLDER has a configuration. */
static bool
has_project(struct az_arena *arena, const char *folder)
{
    const void *file;

    if (az_file_tree_find(az_arena_files(arena), arena,
                          az_arena_printf(arena, "%s/" AZ_PROJECT_FILE, folder),
                          &file))
        return file != NULL;
    return exists(arena, folder, AZ_PROJECT_FILE);
}

/* Whether FOLDER is the one of which TOP is the status. */
static bool
is_folder(const char *folder, const struct stat *top)
{
    struct stat status;

    return stat(folder, &status) == 0 && status.st_dev == top->st_dev &&
           status.st_ino == top->st_ino;
}

/* Tells of a configuration in FOLDER that is on the disk, but not in the tree
   that stands in for it: who forgot to add it takes it to be in force. */
static void
tell_untracked(struct az_arena *arena, struct az_sink *sink, const char *folder)
{
    const struct az_file_tree *tree = az_arena_files(arena);

    if (tree == NULL || !exists(arena, folder, AZ_PROJECT_FILE))
        return;
    az_diag_hint(
        sink,
        az_sink_add(
            sink, AZ_DIAG_UNTRACKED,
            az_place_of(az_source_new(arena, AZ_PROJECT_FILE, AZ_STR("")),
                        (struct az_span){ 0, 0 }),
            "'" AZ_PROJECT_FILE "' is not in %s and is not in force",
            tree->called),
        "%s", tree->hint);
}

/* The nearest folder with an assize.yaml, relative to the working directory;
   NULL if there is none up to the repository's root. */
static const char *
find_root(struct az_arena *arena, struct az_sink *sink)
{
    const char *folder = ".";
    struct stat top = { .st_ino = 0 };
    unsigned i;

    if (stat("/", &top) != 0)
        return NULL;
    for (i = 0; i < MAX_ASCENT; i++) {
        if (has_project(arena, folder))
            return folder;
        tell_untracked(arena, sink, folder);
        if (exists(arena, folder, ".git") || is_folder(folder, &top))
            return NULL;
        folder = i == 0 ? ".." : az_arena_printf(arena, "../%s", folder);
    }
    return NULL;
}

typedef const struct az_document *
read_fn(struct az_arena *arena, struct az_sink *sink, struct az_str name);

/* The schema of DOCUMENT, a configuration, as READ gives it. */
static const struct az_schema *
compile_shape(struct az_arena *arena, struct az_sink *sink,
              const struct az_document *document, read_fn *read)
{
    const struct az_document *text =
        read(arena, sink, AZ_STR("schemas/project.schema.json"));
    const struct az_document *kinds = text;
    struct az_registry *registry = az_registry_new(arena, az_read_embedded);

    /* where there are no kinds, any schema will do: their own need not be
       compiled */
    if (az_node_get(document->root, "kinds") != NULL)
        kinds = read(arena, sink, AZ_STR("schemas/kinds.schema.json"));
    if (text == NULL || kinds == NULL)
        return NULL;
    az_registry_add(registry, AZ_STR("urn:assize:schema:kinds:v1"), kinds);
    return az_schema_compile(registry, sink, text, AZ_STR("project"));
}

/* Shape errors of the configuration are errors of input: nothing is judged by a
   configuration that is not understood. */
static bool
check_shape(struct az_arena *arena, struct az_sink *sink,
            const struct az_document *document)
{
    const struct az_schema_options options = { .assert_format = false };
    const struct az_schema *schema =
        compile_shape(arena, sink, document, az_embedded_read_short);
    struct az_sink shape;
    size_t i;

    if (schema != NULL && az_schema_check(schema, arena, NULL, document,
                                          document->root, &options, NULL))
        return true;
    schema = compile_shape(arena, sink, document, az_embedded_read);
    az_sink_init(&shape, arena);
    if (schema == NULL)
        return false;
    az_schema_check(schema, arena, &shape, document, document->root, &options,
                    NULL);
    for (i = 0; i < shape.count; i++) {
        struct az_diag *diag =
            az_sink_add(sink, AZ_DIAG_CONFIG_INVALID, shape.diags[i]->place,
                        "%s", shape.diags[i]->message);

        diag->pointer = shape.diags[i]->pointer;
        diag->hint = shape.diags[i]->hint;
    }
    return shape.total == 0;
}

bool
az_project_find(struct az_arena *arena, struct az_sink *sink,
                struct az_project *ret)
{
    const char *root = find_root(arena, sink);
    struct az_source *source;

    *ret = (struct az_project){ .root = "." };
    if (root == NULL)
        return true;
    ret->root = root;
    ret->file = az_arena_printf(arena, "%s/" AZ_PROJECT_FILE, root);
    source = az_file_read(arena, sink, ret->file);
    if (source == NULL)
        return false;
    source->name = AZ_PROJECT_FILE;
    ret->document = az_read_yaml(arena, sink, source);
    if (ret->document == NULL || ret->document->malformed ||
        !check_shape(arena, sink, ret->document))
        return false;
    az_project_lower_limits(ret, arena, sink);
    return true;
}

void
az_paths_add(struct az_arena *arena, struct az_paths *paths, const char *path)
{
    paths->items = az_arena_grow(arena, paths->items, paths->count,
                                 &paths->capacity, sizeof(*paths->items));
    paths->items[paths->count++] = path;
}

static int
compare_paths(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
sort_paths(struct az_paths *paths)
{
    size_t i, kept = 0;

    if (paths->count == 0)
        return;
    qsort(paths->items, paths->count, sizeof(*paths->items), compare_paths);
    for (i = 0; i < paths->count; i++)
        if (kept == 0 || strcmp(paths->items[kept - 1], paths->items[i]) != 0)
            paths->items[kept++] = paths->items[i];
    paths->count = kept;
}

const char *
az_project_path(const struct az_project *project, struct az_arena *arena,
                const char *path)
{
    if (path[0] == '/' || strcmp(project->root, ".") == 0)
        return path;
    return az_arena_printf(arena, "%s/%s", project->root, path);
}

/* Ends a search at ERROR: a folder that cannot be read must not pass for an
   empty one. */
static int
is_unreadable(const char *path, int error)
{
    (void)path;
    return error != ENOENT && error != ENOTDIR;
}

static void
no_match(const struct az_project *project, struct az_sink *sink,
         const struct az_node *pattern)
{
    az_diag_hint(sink,
                 az_sink_add(sink, AZ_DIAG_CONFIG_INVALID,
                             az_document_place(project->document, pattern),
                             "no file matches %s",
                             az_node_quote(sink->arena, pattern)),
                 "name documents that exist, relative to the folder "
                 "of " AZ_PROJECT_FILE);
}

/* Whether PATH, or what it matches as a pattern, is not below the project. */
static bool
leads_out(const char *path)
{
    const char *p = path;

    if (*p == '/')
        return true;
    while (strncmp(p, "..", 2) != 0 || (p[2] != '/' && p[2] != '\0')) {
        p = strchr(p, '/');
        if (p == NULL)
            return false;
        p++;
    }
    return true;
}

static void
is_outside(const struct az_project *project, struct az_sink *sink,
           const struct az_node *pattern)
{
    az_diag_hint(sink,
                 az_sink_add(sink, AZ_DIAG_CONFIG_INVALID,
                             az_document_place(project->document, pattern),
                             "%s leads out of the project",
                             az_node_quote(sink->arena, pattern)),
                 "name documents below the folder of " AZ_PROJECT_FILE
                 "; others can be given on the command line");
}

static void
not_in_tree(const struct az_project *project, struct az_sink *sink,
            const struct az_node *pattern, const char *path)
{
    const struct az_file_tree *tree = az_arena_files(sink->arena);

    az_diag_hint(sink,
                 az_sink_add(sink, AZ_DIAG_UNTRACKED,
                             az_document_place(project->document, pattern),
                             "%s is not in %s and is not checked",
                             az_str_quote(sink->arena, az_str_from(path)),
                             tree->called),
                 "%s", tree->hint);
}

/* Whether NAME begins with ROOT and a slash, LENGTH bytes together; with 0, any
   does. */
static bool
is_below(const char *name, const char *root, size_t length)
{
    return length == 0 ||
           (strncmp(name, root, length - 1) == 0 && name[length - 1] == '/');
}

/* The files of the tree that stands in for the disk; those that are on the disk
   only are told. */
static bool
expand_tree(const struct az_project *project, struct az_sink *sink,
            const struct az_node *pattern, const glob_t *on_disk, size_t skip,
            struct az_paths *ret)
{
    struct az_arena *arena = sink->arena;
    const struct az_file_tree *tree = az_arena_files(arena);
    const char *root = az_file_tree_name(tree, arena, project->root);
    const char *whole = az_file_tree_name(
        tree, arena,
        az_project_path(project, arena,
                        az_arena_str(arena, az_node_text(pattern)).p));
    size_t below = root == NULL || *root == '\0' ? 0 : strlen(root) + 1;
    size_t before = ret->count, i;
    const void *file;

    /* the names of the folders above the project are no patterns */
    if (whole != NULL && !is_below(whole, root, below))
        whole = NULL;
    for (i = 0; whole != NULL && i < tree->files.count; i++) {
        const char *name = tree->files.entries[i].key.p;

        if (tree->files.entries[i].value != NULL &&
            is_below(name, root, below) &&
            fnmatch(whole + below, name + below, FNM_PATHNAME | FNM_PERIOD) ==
                0)
            az_paths_add(arena, ret, name + below);
    }
    for (i = 0; i < on_disk->gl_pathc; i++)
        if (az_file_tree_find(tree, arena, on_disk->gl_pathv[i], &file) &&
            file == NULL)
            not_in_tree(project, sink, pattern, on_disk->gl_pathv[i] + skip);
    if (ret->count > before)
        return true;
    no_match(project, sink, pattern);
    return false;
}

/* Whether a pattern found something outside, as ".*", which matches "..", does;
   SKIP bytes of each path are the project's. */
static bool
finds_outside(const glob_t *found, size_t skip)
{
    size_t i = 0;

    while (i < found->gl_pathc && !leads_out(found->gl_pathv[i] + skip))
        i++;
    return i < found->gl_pathc;
}

static bool
expand(const struct az_project *project, struct az_arena *arena,
       struct az_sink *sink, const struct az_node *pattern,
       struct az_paths *ret)
{
    const char *text = az_arena_str(arena, az_node_text(pattern)).p;
    const char *whole = az_project_path(project, arena, text);
    size_t skip = strlen(whole) - strlen(text), i;
    glob_t found;
    bool good;
    int status;

    if (leads_out(text)) {
        is_outside(project, sink, pattern);
        return false;
    }
    status = glob(whole, 0, is_unreadable, &found);
    if (status == GLOB_NOSPACE || (status == GLOB_ABORTED && errno == ENOMEM))
        az_arena_oom(arena);
    good = status == 0;
    if (status == GLOB_ABORTED)
        az_sink_add(sink, AZ_DIAG_FILE_UNREADABLE,
                    az_document_place(project->document, pattern),
                    "a folder that %s looks into cannot be read: %s",
                    az_node_quote(arena, pattern), strerror(errno));
    if (status == 0 && finds_outside(&found, skip)) {
        is_outside(project, sink, pattern);
        good = false;
    } else if (az_arena_files(arena) != NULL && status != GLOB_ABORTED)
        good = expand_tree(project, sink, pattern, &found, skip, ret);
    else if (status == GLOB_NOMATCH)
        no_match(project, sink, pattern);
    else
        for (i = 0; status == 0 && i < found.gl_pathc; i++)
            az_paths_add(arena, ret,
                         az_arena_strdup(arena, found.gl_pathv[i] + skip));
    globfree(&found);
    return good;
}

/* The string number *AT of NODE, which is one string, a list of them, or NULL;
   NULL behind the last.  What else there is is passed over. */
static const struct az_node *
next_string(const struct az_node *node, size_t *at)
{
    bool list = node != NULL && node->type == AZ_ARRAY;
    size_t count = list ? node->count : node != NULL;

    while (*at < count) {
        const struct az_node *item = list ? &node->items[*at] : node;

        ++*at;
        if (item->type == AZ_STRING)
            return item;
    }
    return NULL;
}

/* Adds the strings of NODE to PATHS. */
static void
add_strings(struct az_arena *arena, const struct az_node *node,
            struct az_paths *ret)
{
    const struct az_node *item;
    size_t at = 0;

    while ((item = next_string(node, &at)) != NULL)
        az_paths_add(arena, ret, az_arena_str(arena, az_node_text(item)).p);
}

/* PATTERNS is one pattern, a list of them, or NULL. */
static bool
expand_all(const struct az_project *project, struct az_arena *arena,
           struct az_sink *sink, const struct az_node *patterns,
           struct az_paths *ret)
{
    const struct az_node *pattern;
    bool good = true;
    size_t at = 0;

    memset(ret, 0, sizeof(*ret));
    while ((pattern = next_string(patterns, &at)) != NULL)
        good &= expand(project, arena, sink, pattern, ret);
    sort_paths(ret);
    return good;
}

bool
az_project_entry_files(const struct az_project *project, struct az_arena *arena,
                       struct az_sink *sink, const struct az_node *entry,
                       struct az_paths *ret)
{
    return expand_all(project, arena, sink, az_node_get(entry, "files"), ret);
}

const struct az_node *
az_project_list(const struct az_project *project, const char *key)
{
    const struct az_node *list =
        project->document == NULL ? NULL
                                  : az_node_get(project->document->root, key);

    return list != NULL && list->type == AZ_ARRAY ? list : NULL;
}

bool
az_project_documents(const struct az_project *project, struct az_arena *arena,
                     struct az_sink *sink, struct az_paths *ret)
{
    const struct az_node *root =
        project->document == NULL ? NULL : project->document->root;
    const struct az_node *kinds = az_project_list(project, "kinds");
    struct az_paths more;
    bool good =
        expand_all(project, arena, sink, az_node_get(root, "documents"), ret);
    size_t i, k;

    for (i = 0; kinds != NULL && i < kinds->count; i++) {
        good &= az_project_entry_files(project, arena, sink, &kinds->items[i],
                                       &more);
        for (k = 0; k < more.count; k++)
            az_paths_add(arena, ret, more.items[k]);
    }
    sort_paths(ret);
    return good;
}

/* Adds what ENTRY, of "kinds" or "schemas", names. */
static void
add_entry(const struct az_project *project, struct az_sink *sink,
          const struct az_node *entry, struct az_paths *ret)
{
    static const char *const keys[] = { "schema", "rules", "sample" };
    struct az_paths files;
    size_t i;

    for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        add_strings(sink->arena, az_node_get(entry, keys[i]), ret);
    az_project_entry_files(project, sink->arena, sink, entry, &files);
    for (i = 0; i < files.count; i++)
        az_paths_add(sink->arena, ret, files.items[i]);
}

void
az_project_inputs(const struct az_project *project, struct az_arena *arena,
                  struct az_paths *ret)
{
    static const char *const lists[] = { "kinds", "schemas" };
    struct az_sink unheard;
    size_t i, k;

    az_sink_init(&unheard, arena);
    az_project_documents(project, arena, &unheard, ret);
    for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        const struct az_node *list = az_project_list(project, lists[i]);

        for (k = 0; list != NULL && k < list->count; k++)
            add_entry(project, &unheard, &list->items[k], ret);
    }
}

static const struct az_node *
gate_node(const struct az_project *project, const char *key)
{
    if (project->document == NULL)
        return NULL;
    return az_node_get(az_node_get(project->document->root, "gate"), key);
}

const char *
az_project_gate_text(const struct az_project *project, struct az_arena *arena,
                     const char *key)
{
    const struct az_node *node = gate_node(project, key);

    if (node == NULL || node->type != AZ_STRING)
        return NULL;
    return az_arena_str(arena, az_node_text(node)).p;
}

void
az_project_gate_list(const struct az_project *project, struct az_arena *arena,
                     const char *key, struct az_paths *ret)
{
    add_strings(arena, gate_node(project, key), ret);
}

const struct az_document *
az_project_read(const struct az_project *project, struct az_arena *arena,
                struct az_sink *sink, const struct az_node *name)
{
    const char *shown = az_arena_str(arena, az_node_text(name)).p;
    const char *path = az_project_path(project, arena, shown);
    const struct az_document *document;
    struct az_source *source;
    struct az_sink problems;

    az_sink_init(&problems, arena);
    source = az_file_read(arena, &problems, path);
    if (source != NULL && !az_file_is_read_inside(arena, project->root, path))
        az_sink_add(&problems, AZ_DIAG_CONFIG_INVALID, AZ_NOWHERE,
                    "%s leads out of the project", az_node_quote(arena, name));
    if (problems.total > 0) {
        az_sink_add(sink, problems.diags[0]->id,
                    az_document_place(project->document, name), "%s",
                    problems.diags[0]->message)
            ->pointer = az_document_pointer(arena, project->document, name);
        return NULL;
    }
    source->name = shown;
    document = az_read_source(arena, sink, source);
    return document == NULL || document->malformed ? NULL : document;
}
