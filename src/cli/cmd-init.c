/* assize init: the first files of a project.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include "cli/artifact.h"
#include "cli/command.h"
#include "core/arena.h"
#include "core/file.h"
#include "policy/kind.h"

/* A file to be written: its text, or that of the file of the same name in the
   program. */
static const struct first_file {
    const char *path;
    const char *text; /* NULL: embedded */
} files[] = {
    { AZ_PROJECT_FILE,
      "# What assize checks and judges here: see assize.yaml(5).\n"
      "documents:\n"
      "  - policies/*.json\n"
      "\n"
      "gate:\n"
      "  budgets: policies/perf-budgets.json\n"
      "  corpus: policies/benchmark-corpus.json\n"
      "  policy: policies/optimization-policy.json\n"
      "  profile: core-min\n"
      "  # Once something is measured: the summary that your build writes, "
      "see\n"
      "  # assize-policy(5), MEASUREMENT SUMMARY.\n"
      "  # measurements: artifacts/wasm_budget_summary.json\n"
      "  require_metric: [M-PERF-01A, M-PERF-01B]\n" },
    { "policies/optimization-policy.json", NULL },
    { "policies/benchmark-corpus.json", NULL },
    { "policies/perf-budgets.json", NULL },
    { ".pre-commit-config.yaml", "repos:\n"
                                 "  - repo: local\n"
                                 "    hooks:\n"
                                 "      - id: assize\n"
                                 "        name: assize check\n"
                                 "        entry: assize check --staged\n"
                                 "        language: system\n"
                                 "        pass_filenames: false\n"
                                 "        always_run: true\n" },
    { "ci/assize.sh",
      "#!/bin/sh\n"
      "# What CI asks of the policies; any step that fails is a failure.\n"
      "set -eu\n"
      "cd \"$(dirname \"$0\")/..\"\n"
      "assize check\n"
      "assize self-test --min-kill 95\n"
      "# After the measurements were made, and assize.yaml names them:\n"
      "# assize gate --output json=gate.json\n" },
    { ".github/workflows/assize.yml",
      "name: assize\n"
      "on: [push, pull_request]\n"
      "permissions:\n"
      "  contents: read\n"
      "jobs:\n"
      "  policies:\n"
      "    runs-on: ubuntu-latest\n"
      "    steps:\n"
      "      - uses: actions/checkout@v4\n"
      "      # Install assize before this step, from a package or its source.\n"
      "      - run: sh ci/assize.sh\n" },
};

enum { FILE_COUNT = sizeof files / sizeof files[0] };

static struct az_str
text_of(struct az_sink *sink, const struct first_file *file)
{
    const struct az_document *document;

    if (file->text != NULL)
        return az_str_from(file->text);
    document = az_embedded_read(sink->arena, sink, az_str_from(file->path));
    return document == NULL ? AZ_STR("") : document->source->text;
}

/* Writes FILE unless it is there, and tells. */
static bool
write_file(struct az_sink *sink, const struct first_file *file,
           struct az_buf *out)
{
    struct az_arena *arena = sink->arena;
    struct az_str text = text_of(sink, file);
    const char *problem = az_artifact_make_folders(
        arena, ".", az_arena_printf(arena, "./%s", file->path));
    bool exists = false, written = false;

    if (problem != NULL)
        az_sink_add(sink, AZ_DIAG_OUTPUT_FAILED, AZ_NOWHERE, "%s %s",
                    az_str_quote(arena, az_str_from(file->path)), problem);
    else if (text.len > 0)
        written = az_file_create(arena, sink, file->path, text, &exists);
    az_buf_addf(out, "%s  %s%s\n",
                written  ? "written"
                : exists ? "kept   "
                         : "failed ",
                file->path, exists ? ": it is there already" : "");
    return written || exists;
}

static enum az_exit
init(struct az_sink *sink, const struct az_list *operands)
{
    bool good = true;
    struct az_buf out;
    enum az_exit status;
    size_t i;

    (void)operands;
    az_buf_init(&out, sink->arena);
    for (i = 0; i < FILE_COUNT; i++)
        good &= write_file(sink, &files[i], &out);
    if (good)
        az_buf_add_c(&out, "next: 'assize check', 'assize self-test'; then "
                           "name measurements in " AZ_PROJECT_FILE
                           " for 'assize gate'\n");
    status = az_cli_print(az_buf_str(&out));
    return good ? status : AZ_EXIT_INTERNAL;
}

static enum az_exit
run(struct az_arena *arena, char **argv)
{
    static const struct az_plain_command plain = { &az_command_init, 0, 0,
                                                   "no operands", init };

    return az_cli_run_plain(arena, argv, &plain);
}

const struct az_command az_command_init = {
    .name = "init",
    .operands = "",
    .summary = "start a project in the working directory",
    .description =
        "Writes a first assize.yaml, the reference policies, an entry for "
        "pre-commit and a\nscript and a workflow for CI into the working "
        "directory.  A file that is there already\nis kept.",
    .options = az_plain_options,
    .run = run,
};
