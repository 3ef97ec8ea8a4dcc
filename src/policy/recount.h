/* The counts of a set's documents, after findings were re-graded or waived.
   SPDX-License-Identifier: MIT */

#ifndef AZ_POLICY_RECOUNT_H
#define AZ_POLICY_RECOUNT_H

#include "policy/set.h"

/* Brings the counts of the entries, made when findings had the severity that
   they were found with, to those of now.  A check, which is a rule or the
   shape of a document, is as its worst finding; it does not become better
   where there are findings that the sink does not keep. */
void az_set_recount(struct az_set *set);

#endif
