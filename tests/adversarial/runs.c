/* Baselines for the cases: runs of metrics, with their digests.
   SPDX-License-Identifier: MIT */

#include "sandbox.h"

#include "core/diag.h"
#include "core/patch.h"
#include "gate/runs.h"
#include "read/read.h"

#define ENVIRONMENT "desktop-chromium"

static const struct az_document *
read_text(struct sandbox *box, const char *name, struct az_str text)
{
    const struct az_document *document;
    struct az_sink sink;

    az_sink_init(&sink, box->arena);
    document =
        az_read_json(box->arena, &sink, az_source_new(box->arena, name, text));
    if (document == NULL || document->malformed)
        give_up("%s is not JSON", name);
    return document;
}

/* Has each run of DOCUMENT tell its digest. */
static void
write_sealed(struct sandbox *box, struct az_str file,
             const struct az_document *document)
{
    const struct az_node *runs = az_node_get(document->root, "runs");
    const struct az_node *sealed;
    struct az_patch_error error;
    struct az_buf patch, text;

    if (runs == NULL || runs->type != AZ_ARRAY)
        give_up("%.*s has no runs", AZ_STR_ARG(file));
    az_buf_init(&patch, box->arena);
    az_buf_add_char(&patch, '[');
    for (uint32_t i = 0; i < runs->count; i++) {
        char digest[AZ_SHA256_SIZE];

        az_run_digest(box->arena, &runs->items[i], digest);
        az_buf_addf(&patch,
                    "%s{\"op\": \"add\", \"path\": \"/runs/%u/digest\", "
                    "\"value\": \"%s\"}",
                    i > 0 ? ", " : "", (unsigned)i, digest);
    }
    az_buf_add_char(&patch, ']');
    sealed = az_patch_apply(box->arena, document->root,
                            read_text(box, "digests", az_buf_str(&patch))->root,
                            &error);
    if (sealed == NULL)
        give_up("%.*s: %s", AZ_STR_ARG(file), error.message);
    az_buf_init(&text, box->arena);
    az_node_print(&text, sealed);
    sandbox_write(box, file, az_buf_str(&text));
}

void
sandbox_seal(struct sandbox *box, struct az_str file)
{
    write_sealed(box, file,
                 read_text(box, "a baseline", sandbox_read(box, file)));
}

/* The values of run INDEX, of VALUES: {METRIC: {UNIT: [NUMBER...]}}. */
static void
add_values(struct az_buf *buf, const struct az_node *values, uint32_t index)
{
    const char *comma = "";

    for (uint32_t i = 0; i < values->count; i++) {
        const struct az_member *metric = &values->members[i];
        const struct az_member *unit = &metric->value.members[0];

        if (index >= unit->value.count)
            continue;
        az_buf_addf(buf,
                    "%s{\"metric_id\": \"%.*s\", \"environment\": "
                    "\"" ENVIRONMENT "\", \"unit\": \"%.*s\", \"value\": ",
                    comma, AZ_STR_ARG(metric->key), AZ_STR_ARG(unit->key));
        az_node_print(buf, &unit->value.items[index]);
        az_buf_add_char(buf, '}');
        comma = ", ";
    }
}

static uint32_t
count_runs(const struct az_node *values)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < values->count; i++) {
        const struct az_node *metric = &values->members[i].value;

        if (metric->type != AZ_OBJECT || metric->count != 1 ||
            metric->members[0].value.type != AZ_ARRAY)
            give_up("values of runs are {METRIC: {UNIT: [NUMBER...]}}");
        if (metric->members[0].value.count > count)
            count = metric->members[0].value.count;
    }
    return count;
}

void
sandbox_write_runs(struct sandbox *box, struct az_str file,
                   const struct az_node *node)
{
    const struct az_node *values = az_node_get(node, "values");
    const struct az_node *commit = az_node_get(node, "commit");
    bool paired = az_node_get(node, "paired") != NULL;
    struct az_buf buf;

    if (values == NULL || values->type != AZ_OBJECT)
        give_up("runs want values");
    az_buf_init(&buf, box->arena);
    az_buf_add_c(&buf,
                 "{\"schema_version\": \"perf-baseline-v1\", \"runs\": [");
    for (uint32_t i = 0; i < count_runs(values); i++) {
        unsigned number = i + 1;

        az_buf_addf(&buf, "%s{\"branch\": \"main\", ", i > 0 ? ", " : "");
        if (commit != NULL)
            az_buf_addf(&buf, "\"commit\": \"%.*s\", ",
                        AZ_STR_ARG(az_node_text(commit)));
        else
            az_buf_addf(&buf, "\"commit\": \"%040u\", ", number);
        if (paired)
            az_buf_addf(&buf, "\"pair\": %u, ", number);
        az_buf_addf(&buf,
                    "\"profile\": \"core-min\", "
                    "\"recorded_at\": \"2026-01-%02uT04:00:00Z\", "
                    "\"sources\": [{\"file\": \"summary.json\", "
                    "\"sha256\": \"%064u\"}], \"values\": [",
                    number, number);
        add_values(&buf, values, i);
        az_buf_add_c(&buf, "]}");
    }
    az_buf_add_c(&buf, "]}");
    write_sealed(box, file, read_text(box, "runs", az_buf_str(&buf)));
}
