/* What a case of the table does to the files and the command line.
   SPDX-License-Identifier: MIT */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sandbox.h"

#include "core/diag.h"
#include "core/patch.h"
#include "core/sha256.h"
#include "read/read.h"

#include "../unit/random.h"

static const char *
text_of(const struct sandbox *box, const struct az_node *node)
{
    if (node->type != AZ_STRING)
        give_up("a string is wanted, not %s", az_node_quote(box->arena, node));
    return az_arena_str(box->arena, az_node_text(node)).p;
}

/* A string as it is, anything else as JSON. */
static struct az_str
content_of(const struct sandbox *box, const struct az_node *node)
{
    struct az_buf buf;

    if (node->type == AZ_STRING)
        return az_node_text(node);
    az_buf_init(&buf, box->arena);
    az_node_print(&buf, node);
    return az_buf_str(&buf);
}

static void
do_patch(struct sandbox *box, struct az_str file, const struct az_node *patch)
{
    struct az_patch_error error;
    const struct az_document *document;
    const struct az_node *patched;
    struct az_sink sink;

    az_sink_init(&sink, box->arena);
    document = az_read_file(box->arena, &sink, sandbox_path(box, file));
    if (document == NULL)
        give_up("cannot patch %.*s", AZ_STR_ARG(file));
    patched = az_patch_apply(box->arena, document->root, patch, &error);
    if (patched == NULL)
        give_up("%.*s: operation %zu: %s", AZ_STR_ARG(file), error.operation,
                error.message);
    sandbox_write(box, file, content_of(box, patched));
}

static void
do_write(struct sandbox *box, struct az_str file, const struct az_node *node)
{
    sandbox_write(box, file, content_of(box, node));
}

/* [FROM, TO]: FROM becomes TO, the first one or ALL of them. */
static void
replace(struct sandbox *box, struct az_str file, const struct az_node *node,
        bool all)
{
    struct az_str text = sandbox_read(box, file), from, to;
    struct az_buf buf;
    size_t at;

    if (node->type != AZ_ARRAY || node->count != 2)
        give_up("replace wants [FROM, TO]");
    from = content_of(box, &node->items[0]);
    to = content_of(box, &node->items[1]);
    at = find_text(text, from);
    if (from.len == 0 || at == text.len)
        give_up("%.*s has no '%.*s'", AZ_STR_ARG(file), AZ_STR_ARG(from));
    az_buf_init(&buf, box->arena);
    do {
        az_buf_add(&buf, (struct az_str){ text.p, at });
        az_buf_add(&buf, to);
        text.p += at + from.len;
        text.len -= at + from.len;
        at = find_text(text, from);
    } while (all && at < text.len);
    az_buf_add(&buf, text);
    sandbox_write(box, file, az_buf_str(&buf));
}

static void
do_replace(struct sandbox *box, struct az_str file, const struct az_node *node)
{
    replace(box, file, node, false);
}

static void
do_replace_all(struct sandbox *box, struct az_str file,
               const struct az_node *node)
{
    replace(box, file, node, true);
}

static void
do_append(struct sandbox *box, struct az_str file, const struct az_node *node)
{
    struct az_str old = sandbox_read(box, file);
    struct az_buf buf;

    az_buf_init(&buf, box->arena);
    if (old.p != NULL)
        az_buf_add(&buf, old);
    az_buf_add(&buf, content_of(box, node));
    sandbox_write(box, file, az_buf_str(&buf));
}

/* A line of a sample log, as the reference corpus wants them. */
static void
add_sample(struct az_buf *buf, const char *metric, const char *unit,
           unsigned seed, const char *value)
{
    az_buf_addf(buf,
                "{\"scenario_id\":\"vanilla-cold-start\","
                "\"framework\":\"vanilla-js\",\"workload\":\"cold-start\","
                "\"profile\":\"core-min\",\"browser\":\"desktop-chromium\","
                "\"bundler\":\"esbuild\",\"seed\":%u,\"metric_id\":\"%s\","
                "\"value\":%s,\"unit\":\"%s\",\"status\":\"pass\","
                "\"artifact_paths\":[\"artifacts/%s/%u.json\"],"
                "\"repro_command\":\"rch exec -- ./scripts/run_perf_e2e.sh "
                "--scenario vanilla-cold-start --seed %u --metric p95_ns\"}\n",
                seed, metric, value, unit, metric, seed, seed);
}

static unsigned long
number_of(const struct sandbox *box, const struct az_node *node)
{
    return strtoul(az_arena_str(box->arena, az_node_text(node)).p, NULL, 10);
}

/* COUNT numbers of hundredths, for the seed of number SEED, from 2000 to 4999.
   Fewer of them are the first ones, if they are tens: in each ten they are
   shuffled (Fisher and Yates), since a rule is no measurement. */
static const unsigned long *
make_samples(struct sandbox *box, unsigned long count, unsigned long seed)
{
    unsigned long *ret = az_arena_array(box->arena, count, sizeof *ret);

    reset_random();
    for (unsigned long i = 0; i < count; i++) {
        unsigned long k = i - (unsigned long)(next_random() % (i % 10 + 1));

        ret[i] = ret[k];
        ret[k] = 2000 + (i * 7919 + seed * 31) % 3000;
    }
    return ret;
}

/* {metric, unit, count, seeds, value, each}: appends COUNT samples for each
   seed to a log, each with VALUE, or, without one, from 20.00 to 49.99 in an
   order of its own for each seed; each of them EACH times, if that is there. */
static void
do_samples(struct sandbox *box, struct az_str file, const struct az_node *node)
{
    const struct az_node *seeds = az_node_get(node, "seeds");
    const struct az_node *value = az_node_get(node, "value");
    const char *metric = text_of(box, az_node_get(node, "metric"));
    const char *unit = text_of(box, az_node_get(node, "unit"));
    struct az_str old = sandbox_read(box, file);
    const struct az_node *each = az_node_get(node, "each");
    unsigned long times = each != NULL ? number_of(box, each) : 1;
    unsigned long count = number_of(box, az_node_get(node, "count"));
    struct az_buf buf;

    az_buf_init(&buf, box->arena);
    if (old.p != NULL)
        az_buf_add(&buf, old);
    for (uint32_t s = 0; s < seeds->count; s++) {
        unsigned seed = (unsigned)number_of(box, &seeds->items[s]);
        const unsigned long *samples = make_samples(box, count, s);

        for (unsigned long i = 0; i < count * times; i++) {
            unsigned long hundredths = samples[i / times];
            const char *number =
                value != NULL
                    ? az_arena_str(box->arena, content_of(box, value)).p
                    : az_arena_printf(box->arena, "%lu.%02lu", hundredths / 100,
                                      hundredths % 100);

            add_sample(&buf, metric, unit, seed, number);
        }
    }
    sandbox_write(box, file, az_buf_str(&buf));
}

static void
do_copy(struct sandbox *box, struct az_str file, const struct az_node *node)
{
    struct az_str text = sandbox_read(box, az_node_text(node));

    if (text.p == NULL)
        give_up("no %s to copy", text_of(box, node));
    sandbox_write(box, file, text);
}

static void
do_link(struct sandbox *box, struct az_str file, const struct az_node *node)
{
    const char *path = sandbox_path(box, file);

    unlink(path);
    if (symlink(text_of(box, node), path) != 0)
        give_up("%s: %s", path, strerror(errno));
}

/* The last LINES lines of FILE go. */
static void
do_cut(struct sandbox *box, struct az_str file, const struct az_node *node)
{
    struct az_str text = sandbox_read(box, file);
    unsigned long lines = number_of(box, node);

    while (lines-- > 0 && text.len > 0)
        for (text.len--; text.len > 0 && text.p[text.len - 1] != '\n';)
            text.len--;
    sandbox_write(box, file, text);
}

/* The first LINES lines of FILE go. */
static void
do_behead(struct sandbox *box, struct az_str file, const struct az_node *node)
{
    struct az_str text = sandbox_read(box, file);
    unsigned long lines = number_of(box, node);

    while (lines-- > 0 && text.len > 0) {
        size_t end = find_text(text, AZ_STR("\n"));

        end += end < text.len;
        text.p += end;
        text.len -= end;
    }
    sandbox_write(box, file, text);
}

static void
do_variable(struct sandbox *box, struct az_str name, const struct az_node *node)
{
    if (box->environment_count == MAX_VARIABLES)
        give_up("more than %d variables", MAX_VARIABLES);
    box->environment[box->environment_count++] = az_arena_printf(
        box->arena, "%.*s=%s", AZ_STR_ARG(name), text_of(box, node));
}

/* Those whose value is an object: what is to be done with each key. */
static const struct {
    const char *name;
    void (*run)(struct sandbox *box, struct az_str key,
                const struct az_node *value);
} by_key[] = {
    { "patch", do_patch },
    { "write", do_write },
    { "replace", do_replace },
    { "replace-all", do_replace_all },
    { "append", do_append },
    { "samples", do_samples },
    { "runs", sandbox_write_runs },
    { "copy", do_copy },
    { "link", do_link },
    { "cut", do_cut },
    { "behead", do_behead },
    { "environment", do_variable },
};

static void
add_words(struct sandbox *box, const struct az_node *list)
{
    for (uint32_t i = 0; i < list->count; i++)
        sandbox_add_word(box, text_of(box, &list->items[i]));
}

static void
replace_words(struct sandbox *box, const struct az_node *list)
{
    box->word_count = 0;
    add_words(box, list);
}

static void
remove_files(struct sandbox *box, const struct az_node *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        const char *path = sandbox_path(box, az_node_text(&list->items[i]));

        if (remove(path) != 0)
            give_up("%s: %s", path, strerror(errno));
    }
}

/* An earlier gate: the command line as it is, and these words. */
static void
run_gate(struct sandbox *box, const struct az_node *list)
{
    struct sandbox earlier = *box;
    struct az_str printed;
    int status;

    add_words(&earlier, list);
    status = sandbox_run(&earlier, getenv("ASSIZE"), &printed);
    if (status > 1)
        give_up("an earlier run ends with %d:\n%.*s", status,
                AZ_STR_ARG(printed));
}

/* An earlier run of the program, of these words alone. */
static void
run_alone(struct sandbox *box, const struct az_node *list)
{
    struct sandbox earlier = *box;

    earlier.word_count = 0;
    run_gate(&earlier, list);
}

/* A program of the machine: git. */
static void
run_git(struct sandbox *box, const struct az_node *list)
{
    struct sandbox outside = *box;
    struct az_str printed;

    outside.word_count = 0;
    add_words(&outside, list);
    if (sandbox_run(&outside, "git", &printed) != 0)
        give_up("git: %.*s", AZ_STR_ARG(printed));
}

/* Demands of the gate the hash of the last record of a history. */
static void
demand_head(struct sandbox *box, const struct az_node *list)
{
    const struct az_str key = AZ_STR("\"hash\":\"");
    const size_t digits = AZ_SHA256_SIZE - 1;
    struct az_str rest = sandbox_read(box, az_node_text(&list->items[0]));
    struct az_str hash = AZ_STR("");

    for (;;) {
        size_t at = find_text(rest, key);

        if (rest.len - at < key.len + digits)
            break;
        rest.p += at + key.len;
        rest.len -= at + key.len;
        hash = (struct az_str){ rest.p, digits };
    }
    if (hash.len == 0)
        give_up("a history without a hash");
    sandbox_add_word(box, "--history-head");
    sandbox_add_word(box, az_arena_str(box->arena, hash).p);
}

static void
make_fifos(struct sandbox *box, const struct az_node *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        const char *path = sandbox_path(box, az_node_text(&list->items[i]));

        unlink(path);
        if (mkfifo(path, 0600) != 0)
            give_up("%s: %s", path, strerror(errno));
    }
}

static void
seal_files(struct sandbox *box, const struct az_node *list)
{
    for (uint32_t i = 0; i < list->count; i++)
        sandbox_seal(box, az_node_text(&list->items[i]));
}

/* Those whose value is a list. */
static const struct {
    const char *name;
    void (*run)(struct sandbox *box, const struct az_node *list);
} by_list[] = {
    { "options", add_words },   { "command", replace_words },
    { "remove", remove_files }, { "gate", run_gate },
    { "git", run_git },         { "head", demand_head },
    { "seal", seal_files },     { "assize", run_alone },
    { "fifo", make_fifos },
};

static void
set_stdout(struct sandbox *box, const struct az_node *node)
{
    box->stdout_to =
        az_node_is_string(node, "closed") ? STREAM_CLOSED : STREAM_FULL;
}

static void
do_one(struct sandbox *box, const struct az_member *action)
{
    const struct az_node *value = &action->value;

    if (az_str_eq_c(action->key, "stdout")) {
        set_stdout(box, value);
        return;
    }
    for (size_t i = 0; i < sizeof by_list / sizeof by_list[0]; i++)
        if (az_str_eq_c(action->key, by_list[i].name) &&
            value->type == AZ_ARRAY) {
            by_list[i].run(box, value);
            return;
        }
    for (size_t i = 0; i < sizeof by_key / sizeof by_key[0]; i++)
        if (az_str_eq_c(action->key, by_key[i].name) &&
            value->type == AZ_OBJECT) {
            for (uint32_t k = 0; k < value->count; k++)
                by_key[i].run(box, value->members[k].key,
                              &value->members[k].value);
            return;
        }
    give_up("unknown action '%.*s'", AZ_STR_ARG(action->key));
}

void
sandbox_do(struct sandbox *box, const struct az_node *actions)
{
    if (actions->type != AZ_ARRAY)
        give_up("actions are a list");
    for (uint32_t i = 0; i < actions->count; i++) {
        const struct az_node *action = &actions->items[i];

        if (action->type != AZ_OBJECT || action->count != 1)
            give_up("an action is an object of one key");
        do_one(box, &action->members[0]);
    }
}
