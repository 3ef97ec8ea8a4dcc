/* What the lines of sample logs say, against the benchmark corpus.
   SPDX-License-Identifier: MIT */

#ifndef AZ_GATE_SCENARIOS_H
#define AZ_GATE_SCENARIOS_H

#include "gate/plan.h"
#include "gate/session.h"

/* Holds all contexts of the gate's log against PLAN, that of its corpus:
   refuses the metrics of lines that do not say what the corpus says
   (sample-scenario). */
void az_gate_check_scenarios(struct az_gate *gate, struct az_plan *plan);

/* Whether COMMAND, of a line of SEED, is the command PLANNED of its scenario:
   the same words, but for the --seed options, with more behind them perhaps; if
   it names seeds, SEED is one of them. */
bool az_gate_is_command_of(struct az_str command, struct az_str planned,
                           int64_t seed);
/* Whether COMMAND says that it is of another scenario of PLAN than SCENARIO, in
   a word that SCENARIO's does not have, or names seeds, of which SEED is
   none. */
bool az_gate_is_command_of_other(const struct az_plan *plan,
                                 struct az_str command,
                                 const struct az_node *scenario, int64_t seed);

#endif
