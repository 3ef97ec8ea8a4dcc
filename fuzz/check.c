/* The whole of check: documents, separated by 0xFF, judged as one set.
   SPDX-License-Identifier: MIT */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "policy/set.h"
#include "report/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Documents of one set. */
#define MAX_DOCUMENTS 5

static void
out_of_memory(void)
{
    abort();
}

static void
add_documents(struct az_set *set, struct az_str input)
{
    unsigned i;

    for (i = 0; i < MAX_DOCUMENTS; i++) {
        const char *end =
            input.len == 0 ? NULL : memchr(input.p, 0xff, input.len);
        size_t length = end == NULL ? input.len : (size_t)(end - input.p);
        char *name = az_arena_printf(set->arena, "document-%u", i);

        az_set_add_source(
            set,
            az_source_new(set->arena, name, (struct az_str){ input.p, length }),
            true);
        if (end == NULL)
            break;
        input.p += length + 1;
        input.len -= length + 1;
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct az_arena *arena = az_arena_new(out_of_memory);
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
