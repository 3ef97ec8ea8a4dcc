/* What the files about waivers share.
   SPDX-License-Identifier: MIT */

#ifndef AZ_POLICY_WAIVER_INTERNAL_H
#define AZ_POLICY_WAIVER_INTERNAL_H

#include <stdint.h>

#include "policy/waiver.h"

/* A finding about NODE of WAIVER. */
struct az_diag *
az_waiver_mistake(struct az_waivers *waivers, const struct az_waiver *waiver,
                  enum az_diag_id id, const struct az_node *node,
                  const char *format, ...)
    __attribute__((format(printf, 5, 6), returns_nonnull));
/* The diagnostic that WAIVER is for; AZ_DIAG_COUNT: it is for a rule. */
enum az_diag_id az_waiver_diagnostic(const struct az_waivers *waivers,
                                     const struct az_waiver *waiver);
/* Whether ENTRY holds waivers that are in force. */
bool az_waiver_is_source(const struct az_set *set,
                         const struct az_set_entry *entry);
/* What a waiver, and a finding that it is for, have in common. */
struct az_waiver_target {
    struct az_str id;
    const struct az_set_entry *file;
    unsigned number;
    struct az_str pointer;
    /* Of a number that was computed; empty: of any other. */
    struct az_str metric, environment;
    struct az_str message; /* empty: any */
};

/* Sets whether WAIVER is for a number that the gate computes for a row, which
   stands in no file; false after a finding if it does not say for which. */
bool az_waiver_check_computed(struct az_waivers *waivers,
                              struct az_waiver *waiver);
/* Has TARGET be such a number, as ROW says, with the keys of 'beside' of a
   waiver. */
void az_waiver_set_row(struct az_waiver_target *target,
                       const struct az_node *row);
struct az_str az_waiver_key(struct az_arena *arena,
                            const struct az_waiver_target *target);
/* Whether A and B are of one file of the set. */
bool az_waiver_is_same_file(const struct az_set_entry *a,
                            const struct az_set_entry *b);
/* The entry of document NUMBER of FILE, or NULL. */
const struct az_set_entry *
az_waiver_find_document(const struct az_set *set,
                        const struct az_set_entry *file, unsigned number);
/* The days from the start of 1970 to DAY, which az_date_is_day knows. */
int64_t az_waiver_day(struct az_str day);

#endif
