/* Fuzz target: documents, separated by 0xFF, judged as one set.
   SPDX-License-Identifier: MIT */

#include "support.h"

#include "core/arena.h"
#include "policy/set.h"
#include "report/report.h"

/* Documents of one set. */
#define MAX_DOCUMENTS 5

static void
add_documents(struct az_set *set, struct az_str input)
{
    unsigned count = 0;

    do {
        char *name = az_arena_printf(set->arena, "document-%u", count++);

        az_set_add_source(
            set, az_source_new(set->arena, name, next_until(&input, "\xff", 1)),
            true);
    } while (input.len > 0 && count < MAX_DOCUMENTS);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct az_arena *arena = az_arena_new(oom);
    struct az_report report = { .version = "0", .command = "check" };
    struct az_sink sink;
    struct az_set set;
    struct az_buf buf;

    az_sink_init(&sink, arena);
    az_set_init(&set, arena, &sink, (struct az_set_override){ NULL, NULL });
    add_documents(&set, (struct az_str){ (const char *)data, size });
    az_set_judge(&set, AZ_INFO, NULL);
    az_sink_sort(&sink);
    report.sink = &sink;
    report.verdict = az_verdict_of(&sink, NULL);
    report.rows.type = AZ_ARRAY;
    az_buf_init(&buf, arena);
    az_report_format_find(AZ_STR("text"))
        ->write(&buf, &report, (struct az_report_style){ true, true });
    az_report_format_find(AZ_STR("json"))
        ->write(&buf, &report, (struct az_report_style){ false, false });
    az_arena_free(arena);
    return 0;
}
