/* Artifacts that provenances name, held against the files in the tree.
   SPDX-License-Identifier: MIT */

#include "gate/artifacts.h"

#include "core/arena.h"
#include "core/artifact.h"
#include "core/file.h"
#include "core/limits.h"

/* A file, measured. */
struct file {
    struct az_artifact artifact;
    const char *fault; /* why it could not be, or NULL */
};

/* A list that is being checked. */
struct checking {
    struct az_artifacts *artifacts;
    const struct az_measurement *m;
    struct az_artifact_list *list;
};

void
az_artifacts_init(struct az_artifacts *artifacts, struct az_gate *gate,
                  const struct az_node *required)
{
    *artifacts = (struct az_artifacts){ .gate = gate, .required = required };
    az_map_init(&artifacts->files, gate->arena);
    az_map_init(&artifacts->lists, gate->arena);
}

static struct az_diag *
report(struct checking *c, enum az_diag_id id, const struct az_node *node,
       const char *message)
{
    struct az_gate *gate = c->artifacts->gate;
    const struct az_document *document = c->m->document;
    struct az_diag *diag = az_sink_add(
        gate->sink, id, az_document_place(document, node), "%s", message);

    diag->pointer = az_document_pointer(gate->arena, document, node);
    return diag;
}

/* Refuses the list for the artifact PATH, at NODE. */
static struct az_diag *
refuse(struct checking *c, const struct az_node *node, struct az_str path,
       const char *why)
{
    struct az_arena *arena = c->artifacts->gate->arena;
    struct az_diag *diag =
        report(c, AZ_DIAG_PROVENANCE_DIGEST, node,
               az_arena_printf(arena, "artifact %s %s",
                               az_str_quote(arena, path), why));

    if (c->list->refused == NULL)
        c->list->refused = diag;
    return diag;
}

/* The file PATH below the project's root, with its digest if it is WANTED; NULL
   if there are too many. */
static const struct file *
measure(struct az_artifacts *artifacts, struct az_str path, bool wanted)
{
    struct az_gate *gate = artifacts->gate;
    const char *root = gate->input->root != NULL ? gate->input->root : ".";
    struct az_map_entry *entry;
    struct file *file;
    struct az_buf key;

    az_buf_init(&key, gate->arena);
    az_buf_add_c(&key, wanted ? "digest " : "time ");
    az_buf_add(&key, path);
    file = az_map_get(&artifacts->files, az_buf_str(&key));
    if (file != NULL)
        return file;
    if (artifacts->files.count == AZ_MAX_MEASURED_ARTIFACTS)
        return NULL;
    file = AZ_NEW(gate->arena, struct file);
    entry = az_map_put(&artifacts->files, az_buf_str(&key), NULL);
    entry->value = file;
    file->fault = az_artifact_measure(
        gate->arena, root,
        az_arena_printf(gate->arena, "%s/%.*s", root, AZ_STR_ARG(path)),
        (struct az_artifact_wants){ .sha256 = wanted }, &file->artifact);
    return file;
}

/* Notes that ITEM was made at MOMENT. */
static void
note_made(struct az_artifact_list *list, const struct az_node *item,
          struct az_moment moment, bool by_file)
{
    if (list->latest != NULL && az_moment_compare(&moment, &list->made) <= 0)
        return;
    list->latest = item;
    list->made = moment;
    list->by_file = by_file;
}

/* Where the budgets want artifacts, one that cannot be looked at is missing. */
static void
report_absent(struct checking *c, const struct az_node *node,
              struct az_str path)
{
    struct az_gate *gate = c->artifacts->gate;
    struct az_diag *diag;

    if (c->artifacts->required == NULL)
        return;
    diag = report(c, AZ_DIAG_PROVENANCE_MISSING, node,
                  az_arena_printf(gate->arena,
                                  "artifact %s is not there to be compared",
                                  az_str_quote(gate->arena, path)));
    az_diag_relate(
        gate->sink, diag,
        az_document_place(gate->budgets.document, c->artifacts->required),
        "required here");
    az_diag_hint(gate->sink, diag,
                 "run the gate where what was measured was built");
    if (c->list->missing == NULL)
        c->list->missing = diag;
}

/* Holds FILE, which is there, against what ITEM says. */
static void
compare(struct checking *c, const struct az_node *item, const struct file *file)
{
    const struct az_node *digest = az_node_get(item, "sha256");
    const struct az_node *path = az_node_get(item, "path");
    struct az_gate *gate = c->artifacts->gate;

    /* in whole seconds: who measured it in the same one may know no more */
    if (digest == NULL)
        note_made(c->list, item, az_moment_of(file->artifact.modified), true);
    else if (!az_str_eq_c(az_node_text(digest), file->artifact.sha256))
        az_diag_hint(
            gate->sink,
            refuse(c, digest, az_node_text(path),
                   az_arena_printf(gate->arena,
                                   "is not what was measured: its SHA-256 "
                                   "is %s",
                                   file->artifact.sha256)),
            "measure what is in the tree");
}

/* Checks one artifact of the list. */
static void
check_item(struct checking *c, const struct az_node *item)
{
    const struct az_node *node = az_node_get(item, "path");
    const struct az_node *built = az_node_get(item, "built_at");
    struct az_str path = az_node_text(node);
    const struct file *file;
    struct az_moment moment;

    if (built != NULL && az_moment_parse(az_node_text(built), &moment))
        note_made(c->list, item, moment, false);
    if (!az_file_name_stays_inside(path)) {
        refuse(c, node, path, "is not in the project");
        return;
    }
    /* of a run that was saved they were held against the files then */
    if (c->m->kept)
        return;
    file = measure(c->artifacts, path, az_node_get(item, "sha256") != NULL);
    if (file == NULL)
        refuse(c, node, path,
               az_arena_printf(c->artifacts->gate->arena,
                               "is one more than the %u that one run measures",
                               AZ_MAX_MEASURED_ARTIFACTS));
    else if (file->artifact.absent)
        report_absent(c, node, path);
    else if (file->fault != NULL)
        refuse(c, node, path,
               az_arena_printf(c->artifacts->gate->arena,
                               "cannot be compared: %s", file->fault));
    else
        compare(c, item, file);
}

const struct az_artifact_list *
az_artifacts_check(struct az_artifacts *artifacts,
                   const struct az_measurement *m, const struct az_node *list,
                   bool shared)
{
    struct az_arena *arena = artifacts->gate->arena;
    struct az_str key = AZ_KEY_OF(list);
    struct checking c = { .artifacts = artifacts, .m = m };

    c.list = shared ? az_map_get(&artifacts->lists, key) : NULL;
    if (c.list != NULL)
        return c.list;
    c.list = AZ_NEW(arena, struct az_artifact_list);
    if (shared)
        az_map_put(&artifacts->lists, az_arena_str(arena, key), NULL)->value =
            c.list;
    for (uint32_t i = 0; i < list->count; i++)
        check_item(&c, &list->items[i]);
    return c.list;
}
