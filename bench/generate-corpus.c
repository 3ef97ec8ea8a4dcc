/* generate-corpus COUNT: prints a valid benchmark corpus of COUNT scenarios.
   SPDX-License-Identifier: MIT

   For timing: the same COUNT gives the same bytes.  100,000 scenarios are
   about 50 MB. */

#include "support.h"

static const char *const metrics[] = {
    "M-PERF-01A", "M-PERF-01B", "M-PERF-02A", "M-PERF-02B", "M-PERF-03A",
    "M-PERF-03B", "M-PERF-04A", "M-PERF-04B", "M-PERF-04C", "M-PERF-04D",
};
static const char *const frameworks[] = { "vanilla-js", "typescript-sdk",
                                          "react", "nextjs" };
static const char *const profiles[] = { "core-min", "core-trace", "full-dev" };
static const char *const browsers[] = { "desktop-chromium", "desktop-firefox",
                                        "mobile-android" };
static const char *const bundlers[] = { "esbuild", "vite", "rollup", "webpack",
                                        "turbopack" };
static const char *const suites[] = { "bundle_size", "cold_init", "steady_heap",
                                      "channel_send", "timer_wheel" };
static const struct {
    const char *name, *journey;
} workloads[] = {
    { "cold-start", "fetches the module for the first time and starts it" },
    { "steady-throughput", "sends and receives as fast as it can" },
    { "cancellation-storm", "leaves a view, which cancels all it started" },
    { "streaming-io", "shows a page that arrives in pieces" },
    { "memory-pressure", "stays open for hours and must not grow" },
};

/* A linear congruential generator (Knuth, MMIX), so that scenarios differ. */
static unsigned long long state = 20260228;

static size_t
below(size_t limit)
{
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (size_t)(state >> 33) % limit;
}

/* ["a", "b"]: COUNT of the LENGTH names from number START on, around. */
static void
print_names(const char *const *names, size_t length, size_t start, size_t count)
{
    putchar('[');
    for (size_t i = 0; i < count; i++)
        printf("%s\"%s\"", i == 0 ? "" : ", ", names[(start + i) % length]);
    putchar(']');
}

static void
print_member(const char *key, const char *const *names, size_t length,
             size_t most)
{
    printf(", \"%s\": ", key);
    print_names(names, length, below(length), 1 + below(most));
}

/* The first scenarios go through all workloads, and so through all frameworks,
   profiles and browsers: coverage holds from five scenarios on. */
static void
print_scenario(size_t number)
{
    size_t workload = number % LENGTH(workloads);
    const char *framework = frameworks[number % LENGTH(frameworks)];

    printf("    {\"id\": \"%s-%s-%06zu\", ", framework,
           workloads[workload].name, number);
    printf("\"journey\": \"User %zu %s\", ", number,
           workloads[workload].journey);
    printf("\"framework\": \"%s\", \"workload\": \"%s\", \"profile\": \"%s\"",
           framework, workloads[workload].name,
           profiles[number % LENGTH(profiles)]);
    printf(", \"browsers\": ");
    print_names(browsers, LENGTH(browsers), number % LENGTH(browsers),
                1 + below(2));
    print_member("bundlers", bundlers, LENGTH(bundlers), 2);
    printf(", \"seed_set\": [11, 29, 42, 73, 101], \"metric_ids\": ");
    print_names(metrics, LENGTH(metrics), 2 * (number % LENGTH(workloads)),
                2 + below(2));
    print_member("bench_suite", suites, LENGTH(suites), 2);
    printf(", \"repro_command\": \"rch exec -- ./scripts/run_perf_e2e.sh "
           "--scenario %s-%s-%06zu --metric p95_ns\"}",
           framework, workloads[workload].name, number);
}

static void
print_head(void)
{
    printf("{\n  \"schema_version\": \"wasm-benchmark-corpus-v1\",\n"
           "  \"description\": \"Many scenarios, for timing.\",\n"
           "  \"budget_contract\": {\n    \"source_document\": "
           "\"docs/wasm-size-and-performance-budgets.md\",\n"
           "    \"metric_ids\": ");
    print_names(metrics, LENGTH(metrics), 0, LENGTH(metrics));
    printf("\n  },\n  \"quality_gates\": {\n    \"required_frameworks\": ");
    print_names(frameworks, LENGTH(frameworks), 0, LENGTH(frameworks));
    printf(",\n    \"required_workloads\": [");
    for (size_t i = 0; i < LENGTH(workloads); i++)
        printf("%s\"%s\"", i == 0 ? "" : ", ", workloads[i].name);
    printf("],\n    \"required_seed_set\": [11, 29, 42, 73, 101],\n"
           "    \"required_browsers\": ");
    print_names(browsers, LENGTH(browsers), 0, LENGTH(browsers));
    printf("\n  },\n  \"scenario_defaults\": {\n"
           "    \"runner_command_prefix\": "
           "\"rch exec -- ./scripts/run_perf_e2e.sh\",\n"
           "    \"artifact_schema_version\": \"wasm-budget-summary-v1\",\n"
           "    \"required_log_fields\": [\"scenario_id\", \"framework\", "
           "\"workload\", \"profile\", \"browser\", \"bundler\", \"seed\", "
           "\"metric_id\", \"value\", \"unit\", \"status\", "
           "\"artifact_paths\", \"repro_command\"]\n  },\n");
}

int
main(int argc, char **argv)
{
    char *end = NULL;
    unsigned long count = argc == 2 ? strtoul(argv[1], &end, 10) : 0;

    if (count < LENGTH(workloads) || *end != '\0') {
        fprintf(stderr, "usage: generate-corpus COUNT (5 or more)\n");
        return 2;
    }
    print_head();
    printf("  \"scenarios\": [\n");
    for (size_t i = 0; i < count; i++) {
        print_scenario(i);
        printf(i + 1 < count ? ",\n" : "\n");
    }
    printf("  ],\n  \"output\": {\n    \"summary_path\": "
           "\"artifacts/wasm_benchmark_corpus_summary.json\"\n  }\n}\n");
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
