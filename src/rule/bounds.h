/* Bounds of a number: at least, at most, above, below, exactly.
   SPDX-License-Identifier: MIT */

#ifndef AZ_RULE_BOUNDS_H
#define AZ_RULE_BOUNDS_H

#include "core/decimal.h"
#include "rule/judging.h"

enum bound { MIN, MAX, ABOVE, BELOW, EQUALS, BOUND_COUNT };

/* Their keys, as part of a list of keys. */
#define BOUND_NAMES "min", "max", "above", "below", "equals"

struct bounds {
    const struct operand *limits[BOUND_COUNT]; /* NULL: none */
};

/* The same for messages: "at least". */
extern const char *const az_rule_bound_words[BOUND_COUNT];

/* Whether a number that is ORDER (below, at or above 0) than the limit of BOUND
   is within it. */
bool az_rule_is_within(enum bound bound, int order);

/* Takes the bounds among the members of NODE, of which there must be one.
   WHAT: "'sum'".  False after a mistake. */
bool az_rule_parse_bounds(struct parser *parser, const struct az_node *node,
                          const char *what, struct bounds *ret);

/* A number that was found. */
struct measured {
    struct az_decimal value;
    const struct az_decimal *unit; /* what the limits are multiplied with, above
                                      0; NULL: they stand as they are */
    const char *said;              /* "the sum is 0.9", for messages */
    size_t count;                  /* {count} */
    const struct subject *at;      /* where it is reported; NULL: where the
                                      subject is */
    /* Self-test: what is to be changed for it to be another number. */
    const struct az_nodes *addends;     /* of the value; NULL: none */
    const struct az_nodes *denominator; /* addends of the unit; NULL: none */
    const struct az_node *first;        /* of a list of COUNT items; or NULL */
    const struct az_node *text;         /* of COUNT characters; or NULL */
};

/* Self-test: notes that MINE and OTHER, where both are numbers, are each
   other's limits, of which BOUND tells. */
void az_rule_note_pair(struct trial *trial, enum bound bound,
                       const struct item *mine, const struct item *other);

/* Holds NUMBER, found for SUBJECT, against BOUNDS. */
enum outcome az_rule_judge_bounds(struct trial *trial,
                                  const struct bounds *bounds,
                                  const struct subject *subject,
                                  const struct measured *number);

#endif
