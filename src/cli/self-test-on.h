/* self-test of documents in use, and what it demands of all.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CLI_SELF_TEST_ON_H
#define AZ_CLI_SELF_TEST_ON_H

#include "cli/option.h"
#include "core/decimal.h"
#include "policy/set.h"
#include "report/report.h"
#include "rule/self-test.h"

/* Reads FILES into SET, with what PROJECT lists beside them, checks them, and
   shows in REPORT which changes of them are noticed by the schemas and rules in
   force.  Where the check finds an error, nothing is said of changes
   (self-test-refused). */
void az_self_test_on(struct az_set *set, const struct az_project *project,
                     const struct az_list *files,
                     const struct az_decimal *min_kill,
                     struct az_report *report);

/* A finding self-test-kill if less than MIN_KILL per cent of the mutants of
   TESTED that can be noticed are; those that nobody made are not.  NULL demands
   nothing. */
void az_self_test_demand(struct az_sink *sink,
                         const struct az_self_test_kind *tested,
                         const struct az_self_test *result,
                         const struct az_decimal *min_kill);

#endif
