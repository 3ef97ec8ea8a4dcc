/* What must hold of any finding.
   SPDX-License-Identifier: MIT */

#ifndef AZ_FUZZ_FINDINGS_H
#define AZ_FUZZ_FINDINGS_H

#include "support.h"

#include "core/diag.h"

/* What a report relies on. */
static inline void
check_findings(const struct az_sink *sink)
{
    for (size_t i = 0; i < sink->count; i++) {
        const struct az_diag *diag = sink->diags[i];

        require(diag->message[0] != '\0' &&
                strpbrk(diag->message, "\n\r") == NULL);
        require(diag->place.source == NULL ||
                (diag->place.span.start <= diag->place.span.end &&
                 diag->place.span.end <= diag->place.source->text.len));
    }
}

#endif
