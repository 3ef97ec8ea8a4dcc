/* generate-log LINES grouped|interleaved [SEEDS]: writes a sample log.
   SPDX-License-Identifier: MIT

   The same LINES lines each time: thirteen fields, the scenarios and browsers
   of the reference corpus, its five seeds or those from 1 to SEEDS, values of a
   long-tailed distribution.  The lines of a seed stand together, or
   interleaved, those of all come in turn. */

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *id, *framework, *workload, *profile, *metric, *unit;
} scenarios[] = {
    { "vanilla-cold-start", "vanilla-js", "cold-start", "core-min",
      "M-PERF-02A", "ms" },
    { "sdk-message-pump", "typescript-sdk", "steady-throughput", "core-min",
      "M-PERF-04A", "us" },
    { "react-cancel-storm", "react", "cancellation-storm", "core-min",
      "M-PERF-03B", "ms" },
};
static const char *const browsers[] = { "desktop-chromium", "desktop-firefox" };
static const unsigned seeds[] = { 11, 29, 42, 73, 101 };

enum { SCENARIOS = 3, BROWSERS = 2, SEEDS = 5 };

static unsigned long seed_count = SEEDS;
static int seeds_from_1;

static uint64_t state = 88172645463325252u;

static uint64_t
next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

/* Most values between 1 and 2, one of a hundred up to 9, with six decimals. */
static void
write_value(void)
{
    uint64_t r = next_random();
    unsigned tail = (unsigned)(r >> 40) % 100;
    uint64_t micros = 1000000 + r % 1000000 + (tail == 0 ? r % 7000000 : 0);

    printf("%" PRIu64 ".%06" PRIu64, micros / 1000000, micros % 1000000);
}

static void
write_line(unsigned long group)
{
    unsigned long scenario = group / (BROWSERS * seed_count) % SCENARIOS;
    unsigned long browser = group / seed_count % BROWSERS;
    unsigned long seed =
        seeds_from_1 ? group % seed_count + 1 : seeds[group % SEEDS];

    printf("{\"scenario_id\": \"%s\", \"framework\": \"%s\", \"workload\": "
           "\"%s\", \"profile\": \"%s\", \"browser\": \"%s\", \"bundler\": "
           "\"vite\", \"seed\": %lu, \"metric_id\": \"%s\", \"value\": ",
           scenarios[scenario].id, scenarios[scenario].framework,
           scenarios[scenario].workload, scenarios[scenario].profile,
           browsers[browser], seed, scenarios[scenario].metric);
    write_value();
    printf(", \"unit\": \"%s\", \"status\": \"pass\", \"artifact_paths\": "
           "[\"artifacts/%s/%s/%lu.json\"], \"repro_command\": \"rch exec -- "
           "./scripts/run_perf_e2e.sh --scenario %s --seed %lu --metric "
           "p95_ns\"}\n",
           scenarios[scenario].unit, scenarios[scenario].id, browsers[browser],
           seed, scenarios[scenario].id, seed);
}

int
main(int argc, char **argv)
{
    unsigned long lines = argc < 2 ? 0 : strtoul(argv[1], NULL, 10);
    int interleaved = argc > 2 && strcmp(argv[2], "interleaved") == 0;
    unsigned long groups, part;

    if (argc == 4) {
        seed_count = strtoul(argv[3], NULL, 10);
        seeds_from_1 = 1;
    }
    if (lines == 0 || argc < 3 || argc > 4 || seed_count == 0 ||
        (!interleaved && strcmp(argv[2], "grouped") != 0)) {
        fputs("usage: generate-log LINES grouped|interleaved [SEEDS]\n",
              stderr);
        return 2;
    }
    groups = SCENARIOS * BROWSERS * seed_count;
    part = lines / groups + (lines % groups > 0);
    for (unsigned long i = 0; i < lines; i++)
        write_line(interleaved ? i % groups : i / part);
    return fclose(stdout) == 0 ? 0 : 1;
}
