/* assize init: the first files of a project.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include <sys/stat.h>

#include "cli/policy-output.h"
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
    { ".gitignore", "# What builds and measurements leave.\n"
                    "artifacts/\n"
                    "# Beside baselines: one run at a time writes one.\n"
                    "*.lock\n" },
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

/* The first folder of PATH that is a symbolic link, or NULL: what is written
   through it would stand where nobody looks for it. */
static const char *
linked_folder(struct az_arena *arena, const char *path)
{
    struct stat status;
    size_t i;

    for (i = 0; path[i] != '\0'; i++) {
        const char *folder;

        if (path[i] != '/')
            continue;
        folder = az_arena_printf(arena, "%.*s", (int)i, path);
        if (lstat(folder, &status) == 0 && S_ISLNK(status.st_mode))
            return folder;
    }
    return NULL;
}

/* Why nothing can be written to PATH below the working directory, or NULL; the
   folders on the way are there then. */
static const char *
prepare(struct az_arena *arena, const char *path)
{
    const char *link = linked_folder(arena, path);

    if (link != NULL)
        return az_arena_printf(arena,
                               "leads through %s, a symbolic link: nothing is "
                               "written",
                               az_str_quote(arena, az_str_from(link)));
    return az_file_make_folders(arena, ".",
                                az_arena_printf(arena, "./%s", path));
}

/* Whether there is something at PATH, be it a link that leads nowhere. */
static bool
is_taken(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0;
}

enum outcome { WRITTEN, KEPT, UNREADABLE, FAILED };

/* Writes FILE unless something is there. */
static enum outcome
write_file(struct az_sink *sink, const struct first_file *file)
{
    struct az_arena *arena = sink->arena;
    bool exists = is_taken(file->path);
    const char *problem = exists ? NULL : prepare(arena, file->path);
    struct az_str text = text_of(sink, file);

    if (problem != NULL) {
        az_sink_add(sink, AZ_DIAG_OUTPUT_FAILED, AZ_NOWHERE, "%s %s",
                    az_str_quote(arena, az_str_from(file->path)), problem);
        return FAILED;
    }
    if (!exists && text.len > 0 &&
        az_file_create(arena, sink, file->path, text, &exists))
        return WRITTEN;
    if (!exists)
        return FAILED;
    return az_file_read(arena, sink, file->path) == NULL ? UNREADABLE : KEPT;
}

static enum az_exit
init(struct az_sink *sink, const struct az_list *operands)
{
    static const struct {
        const char *before;
        const char *after;
    } words[] = {
        [WRITTEN] = { "written", "" },
        [KEPT] = { "kept   ", ": it is there already" },
        [UNREADABLE] = { "failed ",
                         ": it is there already, and cannot be read" },
        [FAILED] = { "failed ", "" },
    };
    struct az_buf out;
    enum az_exit status;
    size_t i;

    (void)operands;
    az_buf_init(&out, sink->arena);
    for (i = 0; i < FILE_COUNT; i++) {
        enum outcome outcome = write_file(sink, &files[i]);

        az_buf_addf(&out, "%s  %s%s\n", words[outcome].before, files[i].path,
                    words[outcome].after);
    }
    if (sink->total == 0)
        az_buf_add_c(&out, "next: 'assize check', 'assize self-test'; then "
                           "name measurements in " AZ_PROJECT_FILE
                           " for 'assize gate'\n");
    status = az_cli_print(az_buf_str(&out));
    return sink->total == 0 ? status : (enum az_exit)az_sink_class(sink);
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
        "pre-commit, a .gitignore\nand a script and a workflow for CI into the "
        "working directory.  A file that is there already\nis kept.",
    .options = az_plain_options,
    .run = run,
};
