/* merge-rows: prints what the gate costs for each row when it merges 10
   thousand, 100 thousand and a million measurements.
   SPDX-License-Identifier: MIT */

#define _POSIX_C_SOURCE 200809L

#include "support.h"

#include "core/arena.h"
#include "gate/gate.h"
#include "read/read.h"

static const unsigned sizes[] = { 10000, 100000, 1000000 };

/* Metrics; each is measured in so many environments that there are enough
   rows. */
enum { METRICS = 1000, RUNS = 2 };

static const struct az_document *
read_text(struct az_arena *arena, struct az_sink *sink, const char *name,
          const struct az_buf *text)
{
    const struct az_document *document =
        az_read_json(arena, sink, az_source_new(arena, name, az_buf_str(text)));

    if (document == NULL || sink->total > 0) {
        fputs("merge-rows: not JSON\n", stderr);
        exit(1);
    }
    return document;
}

static const struct az_document *
make_budgets(struct az_arena *arena, struct az_sink *sink)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "{\"seed_set\":[11,29,42],\"hard_budgets\":[");
    for (unsigned i = 0; i < METRICS; i++)
        az_buf_addf(&buf,
                    "%s{\"metric_id\":\"M-%04u\",\"unit\":\"ms\","
                    "\"profiles\":{\"core-min\":60}}",
                    i == 0 ? "" : ",", i);
    az_buf_add_c(&buf, "],\"operational_budgets\":[]}");
    return read_text(arena, sink, "budgets", &buf);
}

/* COUNT measurements, metric by metric within an environment. */
static const struct az_document *
make_measurements(struct az_arena *arena, struct az_sink *sink, unsigned count)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "{\"profile\":\"core-min\",\"entries\":[");
    for (unsigned i = 0; i < count; i++)
        az_buf_addf(&buf,
                    "%s{\"commit\":\"5e1f0c2a9d4b7836e0a1c5f29b84d760\","
                    "\"profile\":\"core-min\",\"environment\":\"env-%u\","
                    "\"metric_id\":\"M-%04u\",\"value\":%u.5,\"unit\":\"ms\","
                    "\"threshold_warn\":null,\"threshold_hard\":60,"
                    "\"status\":\"pass\",\"seed_set\":[11,29,42],"
                    "\"commands\":[\"run --seed 11\"],"
                    "\"artifact_paths\":[\"out/app.wasm\"]}",
                    i == 0 ? "" : ",", i / METRICS, i % METRICS, 20 + i % 40);
    az_buf_add_c(&buf, "]}");
    return read_text(arena, sink, "measurements", &buf);
}

/* Nanoseconds a row, the best of some runs. */
static double
measure(struct az_gate_input *input, unsigned count)
{
    double best = -1;

    for (int run = 0; run < RUNS; run++) {
        struct az_arena *arena = az_arena_new(out_of_memory);
        struct az_gate_result result;
        struct az_sink sink;
        double start, time;

        az_sink_init(&sink, arena);
        az_gate_result_init(&result, arena);
        start = now_ns(CLOCK_PROCESS_CPUTIME_ID);
        az_gate_judge(arena, &sink, input, &result);
        time = (now_ns(CLOCK_PROCESS_CPUTIME_ID) - start) / count;
        if (result.verdict != AZ_PASS || result.judged != count) {
            fputs("merge-rows: not a pass of all rows\n", stderr);
            exit(1);
        }
        az_arena_free(arena);
        best = best < 0 || time < best ? time : best;
    }
    return best;
}

int
main(void)
{
    double times[LENGTH(sizes)];

    for (size_t i = 0; i < LENGTH(sizes); i++) {
        struct az_arena *arena = az_arena_new(out_of_memory);
        const struct az_document *measurements;
        struct az_gate_input input = { .profile = AZ_STR("core-min") };
        struct az_sink sink;

        az_sink_init(&sink, arena);
        input.budgets = make_budgets(arena, &sink);
        measurements = make_measurements(arena, &sink, sizes[i]);
        input.measurements = &measurements;
        input.measurement_count = 1;
        times[i] = measure(&input, sizes[i]);
        az_arena_free(arena);
    }
    printf("merging 10 k, 100 k and 1 M measurements, ns a row: %.0f, %.0f, "
           "%.0f; ratio %.2f\n",
           times[0], times[1], times[2], times[2] / times[0]);
    return 0;
}
