/* judge-rows: prints what rules cost for each row of a table of 10 thousand,
   100 thousand and a million rows.
   SPDX-License-Identifier: MIT

   A rule that compares rows with rows must not cost more for each of them when
   they are many, other than that they no longer fit the processor's caches. */

#define _POSIX_C_SOURCE 200809L

#include "support.h"

#include "core/arena.h"
#include "read/read.h"
#include "rule/rule.h"

static const unsigned sizes[] = { 10000, 100000, 1000000 };

/* Of each size, of which the best counts. */
enum { RUNS = 3 };

/* Rules that hold. */
static const struct {
    const char *name, *given, *assertion;
} rules[] = {
    { "unique by id", "$.rows", "{\"unique\":[\"@.id\"]}" },
    { "unique by id and number", "$.rows", "{\"unique\":[\"@.id\",\"@.n\"]}" },
    { "unique strings", "$.names", "{\"unique\":true}" },
    { "cross reference", "$.rows[*].ref", "{\"in\":{\"path\":\"$.names\"}}" },
    { "subset", "$.names", "{\"subset_of\":{\"path\":\"$.rows[*].ref\"}}" },
    { "superset", "$.names", "{\"superset_of\":{\"path\":\"$.rows[*].ref\"}}" },
    { "same set", "$.names", "{\"same_set\":{\"path\":\"$.rows[*].id\"}}" },
    { "disjoint", "$.names", "{\"disjoint\":{\"path\":\"$.rows[*].n\"}}" },
};

static const struct az_document *
read_text(struct az_arena *arena, struct az_sink *sink, struct az_str text)
{
    const struct az_document *document =
        az_read_json(arena, sink, az_source_new(arena, "rows", text));

    if (document == NULL || sink->total > 0) {
        fputs("judge-rows: not JSON\n", stderr);
        exit(1);
    }
    return document;
}

/* COUNT rows, each of which refers to another by its name, and the names; both
   in the order of the other, but shifted. */
static const struct az_document *
make_table(struct az_arena *arena, struct az_sink *sink, unsigned count)
{
    struct az_buf buf;
    unsigned i;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "{\"rows\":[");
    for (i = 0; i < count; i++)
        az_buf_addf(&buf,
                    "%s{\"id\":\"row-%07u\",\"n\":%u,\"ref\":\"row-%07u\"}",
                    i == 0 ? "" : ",", i, i, (i + 7) % count);
    az_buf_add_c(&buf, "],\"names\":[");
    for (i = 0; i < count; i++)
        az_buf_addf(&buf, "%s\"row-%07u\"", i == 0 ? "" : ",", (i + 3) % count);
    az_buf_add_c(&buf, "]}");
    return read_text(arena, sink, az_buf_str(&buf));
}

static const struct az_ruleset *
make_rule(struct az_arena *arena, struct az_sink *sink, size_t index)
{
    const char *text = az_arena_printf(
        arena, "[{\"id\":\"r\",\"given\":\"%s\",\"assert\":%s}]",
        rules[index].given, rules[index].assertion);

    return az_ruleset_compile(arena, sink,
                              read_text(arena, sink, az_str_from(text)), NULL);
}

/* Nanoseconds a row, the best of some runs; negative if the rule does not
   hold. */
static double
measure(const struct az_document *table, size_t index, unsigned count)
{
    struct az_judged judged = { "own", table, true };
    double best = -1, start, time;
    struct az_sink sink;

    for (int run = 0; run < RUNS; run++) {
        struct az_arena *arena = az_arena_new(out_of_memory);
        const struct az_ruleset *rule;

        az_sink_init(&sink, arena);
        rule = make_rule(arena, &sink, index);
        start = now_ns(CLOCK_PROCESS_CPUTIME_ID);
        az_judge_document(az_judge_new(arena, &sink, &judged, 1, AZ_INFO), rule,
                          0, NULL, NULL);
        time = (now_ns(CLOCK_PROCESS_CPUTIME_ID) - start) / count;
        best = best < 0 || time < best ? time : best;
        if (sink.total > 0)
            best = -1;
        az_arena_free(arena);
        if (best < 0)
            break;
    }
    return best;
}

int
main(void)
{
    double times[LENGTH(rules)][LENGTH(sizes)];
    struct az_sink sink;
    size_t i, k;

    for (k = 0; k < LENGTH(sizes); k++) {
        struct az_arena *arena = az_arena_new(out_of_memory);
        const struct az_document *table;

        az_sink_init(&sink, arena);
        table = make_table(arena, &sink, sizes[k]);
        for (i = 0; i < LENGTH(rules); i++) {
            times[i][k] = measure(table, i, sizes[k]);
            if (times[i][k] < 0) {
                fprintf(stderr, "judge-rows: %s does not hold\n",
                        rules[i].name);
                return 1;
            }
        }
        az_arena_free(arena);
    }
    printf("rules over 10 k, 100 k and 1 M rows, ns a row:\n");
    for (i = 0; i < LENGTH(rules); i++)
        printf("  %s: %.0f, %.0f, %.0f; ratio %.2f\n", rules[i].name,
               times[i][0], times[i][1], times[i][2],
               times[i][2] / times[i][0]);
    return 0;
}
