/* The summary of an optimization policy (assize-report(5)).
   SPDX-License-Identifier: MIT */

#include "gate/gate.h"

#include "core/arena.h"
#include "core/build.h"
#include "core/map.h"

#define SUMMARY_VERSION "optimization-pipeline-summary-v1"

/* The member NAME of PARENT, or null. */
static struct az_node
copy_of(const struct az_node *parent, const char *name)
{
    const struct az_node *node = az_node_get(parent, name);

    return node != NULL ? *node : az_make_null();
}

/* The text of the member NAME of PARENT when it is a string, else empty. */
static struct az_str
text_of(const struct az_node *parent, const char *name)
{
    const struct az_node *node = az_node_get(parent, name);

    return node != NULL && node->type == AZ_STRING ? az_node_text(node)
                                                   : AZ_STR("");
}

/* The string items of the member NAME of PARENT; *RET_COUNT of them are to be
   looked at, those that are no strings are to be passed over. */
static const struct az_node *
items_of(const struct az_node *parent, const char *name, uint32_t *ret_count)
{
    const struct az_node *list = az_node_get(parent, name);

    if (list == NULL || list->type != AZ_ARRAY) {
        *ret_count = 0;
        return NULL;
    }
    *ret_count = list->count;
    return list->items;
}

static bool
separates_features(char c)
{
    return c == ',' || c == ' ' || (c >= '\t' && c <= '\r');
}

/* Adds to NAMES the features that S lists as Cargo splits them: at commas and
   white space. */
static void
split_features(struct az_map *names, struct az_str s)
{
    size_t i = 0;

    while (i < s.len) {
        size_t start;

        while (i < s.len && separates_features(s.p[i]))
            i++;
        start = i;
        while (i < s.len && !separates_features(s.p[i]))
            i++;
        if (i > start)
            az_map_put(names, (struct az_str){ s.p + start, i - start }, NULL);
    }
}

/* The features of CARGO, each once. */
static void
read_features(struct az_arena *arena, const struct az_node *cargo,
              struct az_map *ret)
{
    uint32_t count;
    const struct az_node *items = items_of(cargo, "features", &count);

    az_map_init(ret, arena);
    for (uint32_t i = 0; i < count; i++)
        if (items[i].type == AZ_STRING)
            split_features(ret, az_node_text(&items[i]));
}

static void
add_word(struct az_buf *line, struct az_str word)
{
    if (line->len > 0)
        az_buf_add_char(line, ' ');
    az_gate_add_shell_word(line, word);
}

/* A file name as a word that no tool takes for an option. */
static void
add_path(struct az_arena *arena, struct az_buf *line, struct az_str path)
{
    struct az_buf safe;

    az_buf_init(&safe, arena);
    if (path.len > 0 && path.p[0] == '-')
        az_buf_add_c(&safe, "./");
    az_buf_add(&safe, path);
    add_word(line, az_buf_str(&safe));
}

/* "RUSTFLAGS='...' " when PROFILE has flags: Cargo splits them at blanks. */
static void
add_rustflags(struct az_arena *arena, struct az_buf *line,
              const struct az_node *profile)
{
    uint32_t count;
    const struct az_node *items = items_of(profile, "rustflags", &count);
    struct az_buf flags;

    az_buf_init(&flags, arena);
    for (uint32_t i = 0; i < count; i++) {
        if (items[i].type != AZ_STRING)
            continue;
        if (flags.len > 0)
            az_buf_add_char(&flags, ' ');
        az_buf_add(&flags, az_node_text(&items[i]));
    }
    if (flags.len == 0)
        return;
    az_buf_add_c(line, "RUSTFLAGS=");
    az_gate_add_shell_word(line, az_buf_str(&flags));
}

static struct az_node
cargo_command(struct az_arena *arena, struct az_str target,
              const struct az_node *profile, const struct az_map *features)
{
    const struct az_node *cargo = az_node_get(profile, "cargo");
    struct az_buf line, list;

    az_buf_init(&line, arena);
    az_buf_init(&list, arena);
    add_rustflags(arena, &line, profile);
    add_word(&line, AZ_STR("cargo"));
    add_word(&line, AZ_STR("build"));
    if (target.len > 0) {
        add_word(&line, AZ_STR("--target"));
        add_word(&line, target);
    }
    if (az_node_is_true(az_node_get(cargo, "release")))
        add_word(&line, AZ_STR("--release"));
    if (az_node_is_true(az_node_get(cargo, "no_default_features")))
        add_word(&line, AZ_STR("--no-default-features"));
    for (size_t i = 0; i < features->count; i++) {
        if (i > 0)
            az_buf_add_char(&list, ',');
        az_buf_add(&list, features->entries[i].key);
    }
    if (list.len > 0) {
        add_word(&line, AZ_STR("--features"));
        add_word(&line, az_buf_str(&list));
    }
    return az_make_string(az_buf_str(&line));
}

/* The command that makes the optimized artifact; null where wasm-opt is off. */
static struct az_node
wasm_opt_command(struct az_arena *arena, const struct az_node *profile)
{
    const struct az_node *wasm_opt = az_node_get(profile, "wasm_opt");
    const struct az_node *artifact = az_node_get(profile, "artifact");
    uint32_t count;
    const struct az_node *passes = items_of(wasm_opt, "passes", &count);
    struct az_buf line;

    if (!az_node_is_true(az_node_get(wasm_opt, "enabled")))
        return az_make_null();
    az_buf_init(&line, arena);
    add_word(&line, AZ_STR("wasm-opt"));
    for (uint32_t i = 0; i < count; i++)
        if (passes[i].type == AZ_STRING)
            add_word(&line, az_node_text(&passes[i]));
    add_path(arena, &line, text_of(artifact, "source"));
    add_word(&line, AZ_STR("-o"));
    add_path(arena, &line, text_of(artifact, "optimized"));
    return az_make_string(az_buf_str(&line));
}

static struct az_node
names_node(struct az_arena *arena, const struct az_map *names)
{
    struct az_builder list;

    az_builder_init(&list, arena);
    for (size_t i = 0; i < names->count; i++)
        az_builder_add(&list, az_make_string(names->entries[i].key));
    return az_builder_array(&list);
}

static struct az_node
profile_summary(struct az_arena *arena, struct az_str target,
                const struct az_node *profile)
{
    const struct az_node *artifact = az_node_get(profile, "artifact");
    struct az_builder object, paths;
    struct az_map features;

    read_features(arena, az_node_get(profile, "cargo"), &features);
    az_builder_init(&paths, arena);
    az_builder_set(&paths, "source", copy_of(artifact, "source"));
    az_builder_set(&paths, "optimized", copy_of(artifact, "optimized"));
    az_builder_init(&object, arena);
    az_builder_set(&object, "id", copy_of(profile, "id"));
    az_builder_set(&object, "variant", copy_of(profile, "variant"));
    az_builder_set(&object, "budget_profile",
                   copy_of(profile, "budget_profile"));
    az_builder_set(&object, "features", names_node(arena, &features));
    az_builder_set(&object, "rustflags", copy_of(profile, "rustflags"));
    az_builder_set(&object, "cargo_command",
                   cargo_command(arena, target, profile, &features));
    az_builder_set(&object, "wasm_opt_command",
                   wasm_opt_command(arena, profile));
    az_builder_set(&object, "artifact", az_builder_object(&paths));
    return az_builder_object(&object);
}

struct az_node
az_gate_optimization_summary(struct az_arena *arena,
                             const struct az_document *policy)
{
    const struct az_node *invariants = az_node_get(policy->root, "invariants");
    struct az_str target = text_of(invariants, "target");
    uint32_t count;
    const struct az_node *profiles = items_of(policy->root, "profiles", &count);
    struct az_builder summary, list;

    az_builder_init(&list, arena);
    for (uint32_t i = 0; i < count; i++)
        az_builder_add(&list, profile_summary(arena, target, &profiles[i]));
    az_builder_init(&summary, arena);
    az_builder_set(&summary, "schema_version",
                   az_make_string_c(SUMMARY_VERSION));
    az_builder_set(&summary, "policy_schema_version",
                   copy_of(policy->root, "schema_version"));
    az_builder_set(&summary, "target", copy_of(invariants, "target"));
    az_builder_set_count(&summary, "profile_count", count);
    az_builder_set(&summary, "profiles", az_builder_array(&list));
    return az_builder_object(&summary);
}
