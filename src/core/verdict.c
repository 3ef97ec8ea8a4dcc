/* The verdict of a run, and the count of its rows.
   SPDX-License-Identifier: MIT */

#include "core/verdict.h"

static const char *const verdict_names[AZ_VERDICT_COUNT] = {
    [AZ_PASS] = "pass",
    [AZ_WARN] = "warn",
    [AZ_FAIL] = "fail",
    [AZ_NO_VERDICT] = "no-verdict",
};

void
az_counts_add(struct az_counts *counts, const struct az_sink *sink,
              const struct az_sink *before)
{
    if (sink->by_severity[AZ_ERROR] > before->by_severity[AZ_ERROR])
        counts->fail++;
    else if (sink->by_severity[AZ_WARNING] > before->by_severity[AZ_WARNING])
        counts->warn++;
    else
        counts->pass++;
}

const char *
az_verdict_name(enum az_verdict verdict)
{
    return verdict_names[verdict];
}

enum az_verdict
az_verdict_of(const struct az_sink *sink, const struct az_counts *counts)
{
    enum az_class class = az_sink_class(sink);

    if (class != AZ_CLASS_NONE && class != AZ_CLASS_JUDGED)
        return AZ_NO_VERDICT;
    if (class == AZ_CLASS_JUDGED || (counts != NULL && counts->fail > 0))
        return AZ_FAIL;
    return sink->softened > 0 || (counts != NULL && counts->warn > 0) ? AZ_WARN
                                                                      : AZ_PASS;
}
