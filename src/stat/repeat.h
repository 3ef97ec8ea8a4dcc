/* How often several new values without a change are all called worse by one
   and the same set of earlier runs: they are not independent, since runs that
   happened to be low condemn them all.
   SPDX-License-Identifier: MIT */

#ifndef AZ_STAT_REPEAT_H
#define AZ_STAT_REPEAT_H

#include <stddef.h>

/* The most runs, and the most new values. */
#define AZ_REPEAT_RUNS_MAX  1000
#define AZ_REPEAT_TIMES_MAX 16

/* The chance that TIMES new values are all beyond the limit of
   prediction.h for RUNS runs (two or more) and ALPHA: to 6 digits for ALPHA
   from 1e-6 on, by the trapezoidal rule over mean and deviation of the runs.
   NaN beyond the limits. */
double az_repeat_chance(size_t runs, double alpha, unsigned times);

#endif
