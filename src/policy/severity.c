/* Severities that a project or a command line gives to findings.
   SPDX-License-Identifier: MIT */

#include "policy/severity.h"

#include <string.h>

#include "core/arena.h"
#include "core/build.h"

void
az_severities_init(struct az_severities *severities, struct az_arena *arena)
{
    severities->arena = arena;
    az_map_init(&severities->map, arena);
}

static void
refuse(struct az_sink *sink, struct az_diag *diag, struct az_str name,
       const struct az_ids *ids, const struct az_id *id)
{
    if (id == NULL)
        az_ids_hint(ids, sink, diag, name);
    else if (id->yield == AZ_YIELD_WAIVER)
        az_diag_hint(sink, diag,
                     "a waiver can lift single findings of it, "
                     "with a reason and for a time");
    else if (az_str_eq_c(name, "rule-broken"))
        az_diag_hint(sink, diag, "name the rule itself");
    else
        az_diag_hint(sink, diag, "take it out; what it finds is to be mended");
}

/* What is known of NAME, if its findings can be re-graded; NULL after a finding
   with ID at PLACE, which is POINTER in its document. */
static const struct az_id *
check_id(const struct az_ids *ids, struct az_sink *sink, enum az_diag_id id,
         struct az_place place, const char *pointer, struct az_str name)
{
    const struct az_id *known = az_ids_find(ids, name);
    const char *shown = az_str_quote(sink->arena, name);
    struct az_diag *diag;

    if (known != NULL && known->yield == AZ_YIELD_ALL)
        return known;
    if (known == NULL)
        diag = az_sink_add(sink, id, place, "there is no diagnostic or rule %s",
                           shown);
    else
        diag = az_sink_add(sink, id, place, "%s cannot be re-graded", shown);
    diag->pointer = pointer;
    refuse(sink, diag, name, ids, known);
    return NULL;
}

static void
put(struct az_severities *severities, struct az_str name,
    const struct az_id *id, enum az_severity to, const char *by)
{
    struct az_map_entry *entry = az_map_put(&severities->map, name, NULL);
    struct az_regrade *regrade = entry->value;

    if (regrade == NULL)
        regrade = AZ_NEW(severities->arena, struct az_regrade);
    regrade->id = name;
    regrade->from = id->severity;
    regrade->to = to;
    regrade->by = by;
    entry->value = regrade;
}

bool
az_severities_add_project(struct az_severities *severities,
                          const struct az_ids *ids, struct az_sink *sink,
                          const struct az_project *project)
{
    const struct az_document *document = project->document;
    const struct az_node *list =
        document == NULL ? NULL : az_node_get(document->root, "severity");
    enum az_severity to;
    bool good = true;
    size_t i;

    for (i = 0; list != NULL && i < list->count; i++) {
        const struct az_member *member = &list->members[i];
        const struct az_id *id = check_id(
            ids, sink, AZ_DIAG_CONFIG_INVALID,
            az_place_of(document->source, member->key_span),
            az_document_pointer(severities->arena, document, &member->value),
            member->key);

        /* its schema has seen to the level */
        if (id != NULL && az_severity_parse(az_node_text(&member->value), &to))
            put(severities, member->key, id, to, AZ_PROJECT_FILE);
        else
            good = false;
    }
    return good;
}

bool
az_severities_add_option(struct az_severities *severities,
                         const struct az_ids *ids, struct az_sink *sink,
                         const char *text)
{
    const char *equals = strchr(text, '=');
    const struct az_id *id;
    enum az_severity to;
    struct az_str name;

    if (equals == NULL || !az_severity_parse(az_str_from(equals + 1), &to)) {
        az_diag_hint(sink,
                     az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                                 "option '--severity' needs ID=LEVEL, not %s",
                                 az_str_quote(sink->arena, az_str_from(text))),
                     "levels: error, warning, info");
        return false;
    }
    name = (struct az_str){ text, (size_t)(equals - text) };
    id = check_id(ids, sink, AZ_DIAG_USAGE, AZ_NOWHERE, NULL, name);
    if (id == NULL)
        return false;
    put(severities, name, id, to, "--severity");
    return true;
}

/* Whether what the sink does not keep might have had to be made worse. */
static bool
hides_worse(const struct az_severities *severities, const struct az_sink *sink)
{
    size_t i;

    if (sink->total == sink->count)
        return false;
    for (i = 0; i < severities->map.count; i++) {
        const struct az_regrade *regrade = severities->map.entries[i].value;

        if (regrade->to > regrade->from)
            return true;
    }
    return false;
}

void
az_severities_apply(struct az_severities *severities, struct az_sink *sink)
{
    bool hidden = hides_worse(severities, sink);
    size_t i;

    for (i = 0; severities->map.count > 0 && i < sink->count; i++) {
        struct az_diag *diag = sink->diags[i];
        struct az_regrade *regrade =
            az_map_get(&severities->map, az_ids_of(diag));

        if (regrade == NULL)
            continue;
        /* what is fatal may become worse with the rest of its id */
        if (az_diag_yields(diag) != AZ_YIELD_ALL &&
            regrade->to <= diag->severity) {
            regrade->kept += regrade->to < diag->severity;
            continue;
        }
        regrade->matched++;
        az_diag_regrade(sink, diag, regrade->to);
    }
    if (!hidden)
        return;
    sink->limit++; /* this one is to be seen */
    az_sink_add(sink, AZ_DIAG_NOTHING_JUDGED, AZ_NOWHERE,
                "there are more findings than are kept, so that not all can be "
                "re-graded");
}

struct az_node
az_severities_list(const struct az_severities *severities)
{
    struct az_builder list, item;
    size_t i;

    az_builder_init(&list, severities->arena);
    for (i = 0; i < severities->map.count; i++) {
        const struct az_regrade *regrade = severities->map.entries[i].value;

        az_builder_init(&item, severities->arena);
        az_builder_set(&item, "id", az_make_string(regrade->id));
        az_builder_set(&item, "from",
                       az_make_string_c(az_severity_name(regrade->from)));
        az_builder_set(&item, "to",
                       az_make_string_c(az_severity_name(regrade->to)));
        az_builder_set(&item, "by", az_make_string_c(regrade->by));
        az_builder_set_count(&item, "findings", regrade->matched);
        az_builder_add(&list, az_builder_object(&item));
    }
    return az_builder_array(&list);
}

void
az_severities_tell(const struct az_severities *severities, struct az_buf *buf)
{
    size_t i;

    for (i = 0; i < severities->map.count; i++) {
        const struct az_regrade *regrade = severities->map.entries[i].value;

        az_buf_add_c(buf, "re-graded: ");
        az_buf_add(buf, regrade->id);
        az_buf_addf(buf, " from %s to %s by %s, ",
                    az_severity_name(regrade->from),
                    az_severity_name(regrade->to), regrade->by);
        if (regrade->matched + regrade->kept == 0)
            az_buf_add_c(buf, "which no finding was of");
        else if (regrade->matched == 0)
            az_buf_add_c(buf, "no finding");
        else
            az_buf_add_c(
                buf, az_str_counted(buf->arena, regrade->matched, "finding"));
        if (regrade->kept > 0)
            az_buf_addf(buf, "; %zu %s fatal and stay%s", regrade->kept,
                        regrade->kept == 1 ? "is" : "are",
                        regrade->kept == 1 ? "s" : "");
        az_buf_add_char(buf, '\n');
    }
}
