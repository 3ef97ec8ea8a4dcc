/* Ways to have a gate pass by not being judged: none of them may.
   SPDX-License-Identifier: MIT

   Usage: attack FILE.yaml...: tables of cases, see README of this folder.  Each
   case is run twice: without its trick it must pass; with it, end as it says,
   and leave no report that says pass.  With ONLY set in the environment, only
   cases whose name contains it are run, and what they print is shown.  With
   FIRST_ONLY, the first case that fails is the last. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox.h"

#include "core/diag.h"
#include "read/read.h"

#define REPORT "artifacts/wasm_perf_regression_report.json"
#define EVENTS "artifacts/wasm_perf_gate_events.ndjson"

static struct az_arena *arena; /* of the tables */
static const char *only;
static bool first_only;

/* What the gate of a set-up leaves behind. */
struct left {
    struct az_str report;
    struct az_str events;
};

struct attack {
    const char *file;
    const char *name;
    const struct az_node *set_up; /* NULL: none */
    const struct az_node *trick;
    int status;
    const char *finds; /* an id that is printed, in brackets; NULL: any */
    const char *keeps; /* a file that is left as it is; NULL: none is told */
    bool stale;        /* an old report may stay */
};

static struct {
    size_t cases;
    size_t twins;
    size_t failed;
} counts;

static void
out_of_memory(void)
{
    abort();
}

static void
complain(const struct attack *attack, const char *what, struct az_str printed)
{
    printf("FAIL: %s: %s: %s\n", attack->file, attack->name, what);
    printf("%.*s", AZ_STR_ARG(printed));
    counts.failed++;
}

static bool
contains(struct az_str text, const char *what)
{
    return find_text(text, az_str_from(what)) < text.len;
}

/* TEXT, so that it outlives its sandbox. */
static struct az_str
keep(struct az_str text)
{
    return text.p != NULL ? az_arena_str(arena, text) : text;
}

/* The gate as the set-up has it, which must pass. */
static struct left
run_twin(const struct attack *attack)
{
    struct left left = { { NULL, 0 }, { NULL, 0 } };
    struct az_str printed;
    struct sandbox box;
    int status;

    counts.twins++;
    sandbox_open(&box, arena);
    if (attack->set_up != NULL)
        sandbox_do(&box, attack->set_up);
    status = sandbox_run(&box, getenv("ASSIZE"), &printed);
    if (status != 0)
        complain(attack,
                 az_arena_printf(arena, "its twin ends with %d", status),
                 printed);
    left.report = keep(sandbox_read(&box, AZ_STR(REPORT)));
    left.events = keep(sandbox_read(&box, AZ_STR(EVENTS)));
    sandbox_remove(&box);
    return left;
}

/* What an earlier run, which passed, left behind. */
static void
leave(const struct sandbox *box, struct left left)
{
    if (left.report.p != NULL)
        sandbox_write(box, AZ_STR(REPORT), left.report);
    if (left.events.p != NULL)
        sandbox_write(box, AZ_STR(EVENTS), left.events);
}

/* Whether one of the reports says pass. */
static bool
says_pass(const struct sandbox *box)
{
    struct az_str report = sandbox_read(box, AZ_STR(REPORT));
    struct az_str events = sandbox_read(box, AZ_STR(EVENTS));

    return contains(report, "\n  \"verdict\":\"pass\"") ||
           contains(events, "{\"event\":\"verdict\",\"verdict\":\"pass\"");
}

static void
judge(const struct attack *attack, const struct sandbox *box, int status,
      struct az_str printed)
{
    if (status != attack->status)
        complain(attack,
                 az_arena_printf(arena, "ends with %d, not %d", status,
                                 attack->status),
                 printed);
    else if (attack->finds != NULL &&
             !contains(printed, az_arena_printf(arena, "[%s]", attack->finds)))
        complain(attack, az_arena_printf(arena, "no [%s]", attack->finds),
                 printed);
    else if (!attack->stale && says_pass(box))
        complain(attack, "a report says pass", printed);
    else if (only != NULL)
        printf("ok: %s\n%.*s", attack->name, AZ_STR_ARG(printed));
}

static void
run_attack(const struct attack *attack, struct left left)
{
    struct az_str printed, before = AZ_STR("");
    struct sandbox box;
    int status;

    sandbox_open(&box, arena);
    if (attack->set_up != NULL)
        sandbox_do(&box, attack->set_up);
    leave(&box, left);
    sandbox_do(&box, attack->trick);
    if (attack->keeps != NULL)
        before = keep(sandbox_read(&box, az_str_from(attack->keeps)));
    status = sandbox_run(&box, getenv("ASSIZE"), &printed);
    judge(attack, &box, status, printed);
    if (attack->keeps != NULL &&
        !az_str_eq(before, sandbox_read(&box, az_str_from(attack->keeps))))
        complain(attack, "a file is not as it was", printed);
    sandbox_remove(&box);
    counts.cases++;
}

static const char *
text_or_null(const struct az_node *node)
{
    return node == NULL ? NULL : az_arena_str(arena, az_node_text(node)).p;
}

static struct attack
read_attack(const char *file, const struct az_node *node)
{
    static const char *const keys[] = { "name",  "set-up", "trick", "exit",
                                        "finds", "keeps",  "stale" };
    const size_t key_count = sizeof keys / sizeof keys[0];
    const struct az_node *exit_node = az_node_get(node, "exit");
    struct attack attack = {
        .file = file,
        .name = text_or_null(az_node_get(node, "name")),
        .set_up = az_node_get(node, "set-up"),
        .trick = az_node_get(node, "trick"),
        .finds = text_or_null(az_node_get(node, "finds")),
        .keeps = text_or_null(az_node_get(node, "keeps")),
        .stale = az_node_get(node, "stale") != NULL,
    };

    for (uint32_t i = 0; i < node->count; i++) {
        size_t k = 0;

        while (k < key_count && !az_str_eq_c(node->members[i].key, keys[k]))
            k++;
        if (k == key_count)
            give_up("%s: unknown key '%.*s'", file,
                    AZ_STR_ARG(node->members[i].key));
    }
    if (attack.name == NULL || attack.trick == NULL || exit_node == NULL)
        give_up("%s: a case needs name, trick and exit", file);
    attack.status = atoi(az_arena_str(arena, az_node_text(exit_node)).p);
    return attack;
}

/* What is left by the twin of ATTACK: of cases in a row with one set-up it is
   run once. */
static struct left
twin_of(const struct attack *attack)
{
    static struct left left;
    static const struct az_node *set_up;
    static bool known;
    bool same = known && (attack->set_up == NULL) == (set_up == NULL) &&
                (set_up == NULL || az_node_equal(attack->set_up, set_up));

    if (!same)
        left = run_twin(attack);
    known = true;
    set_up = attack->set_up;
    return left;
}

/* The cases of FILE. */
static void
run_file(const char *file)
{
    const struct az_document *table;
    struct az_sink sink;

    az_sink_init(&sink, arena);
    table = az_read_file(arena, &sink, file);
    if (table == NULL || table->malformed || table->root->type != AZ_ARRAY)
        give_up("%s: not a table", file);
    for (uint32_t i = 0; i < table->root->count; i++) {
        struct attack attack = read_attack(file, &table->root->items[i]);

        if (only != NULL && strstr(attack.name, only) == NULL)
            continue;
        run_attack(&attack, twin_of(&attack));
        if (counts.failed > 0 && first_only)
            return;
    }
}

int
main(int argc, char **argv)
{
    arena = az_arena_new(out_of_memory);
    only = getenv("ONLY");
    first_only = getenv("FIRST_ONLY") != NULL;
    if (getenv("ASSIZE") == NULL)
        give_up("set ASSIZE to the program");
    for (int i = 1; i < argc && (counts.failed == 0 || !first_only); i++)
        run_file(argv[i]);
    printf("adversarial: %zu cases, %zu twins, %zu failed\n", counts.cases,
           counts.twins, counts.failed);
    if (counts.cases == 0)
        return 1;
    az_arena_free(arena);
    return counts.failed > 0;
}
