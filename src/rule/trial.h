/* Running rules: what the judge, its sweeps and the self-test share.
   SPDX-License-Identifier: MIT */

#ifndef AZ_RULE_TRIAL_H
#define AZ_RULE_TRIAL_H

#include "rule/judging.h"
#include "rule/shell-words.h"

struct az_judge {
    struct az_arena *arena;
    struct az_arena *document_arena; /* what lasts for a document's rules */
    struct az_arena *rule_arena;     /* for one of them */
    struct az_arena *subject_arena;  /* and for one of its subjects */
    struct az_str line;              /* the command that was split last */
    struct shell_words *words;       /* of it, until forgotten, or NULL */
    struct az_sink *sink;
    const struct az_judged *set;
    size_t count;
    enum az_severity not_judged;
    struct az_map kinds;    /* struct members, by kind */
    struct az_map pointers; /* struct pointers, by the document's address */
    struct az_judge_world world;
    struct az_map extracts;  /* struct extracted, by what they are */
    struct az_map artifacts; /* struct az_artifact, by the file's identity */
    size_t steps_left;       /* of all rules over the document at hand */
    bool bare;               /* findings without pointers: nobody looks */
    /* Self-test: where limits are noted, or NULL. */
    struct noted_limits *bounds;
};

/* The documents of one kind. */
struct members {
    size_t *indexes;
    size_t count;
    size_t capacity;
};

/* Asks the rules of COUNT TRIALS, which have all begun, about their subjects
   where that saves going through a long document for each of them: see
   sweep.c. */
void az_rule_sweep(struct az_judge *judge, struct trial *trials, size_t count);
/* Judges NODE and reports nothing. */
enum outcome az_rule_ask_subject(struct trial *trial,
                                 const struct az_node *node);
/* Whether ITEMS, which SUBJECT stands for, are different; EXPECTED is the set
   that they should be, for the message. */
enum outcome az_rule_judge_repeats(struct trial *trial,
                                   const struct subject *subject,
                                   const struct collection *items,
                                   struct collection *expected);
/* A rule that says of a list only that its items are unique, asked about them
   piece by piece. */
struct uniqueness;
/* For LIST, which TRIAL's rule is about; NULL if it is no such rule. */
struct uniqueness *az_rule_unique_begin(struct trial *trial,
                                        const struct az_node *list);
/* Asks about the items before number STOP. */
void az_rule_unique_go_on(struct uniqueness *uniqueness, int64_t stop);
/* Whether the rule holds, once all have been asked about. */
bool az_rule_unique_holds(const struct uniqueness *uniqueness);
/* Reads what the rule of TRIAL takes from other files; false after a
   finding. */
bool az_rule_extract(struct trial *trial);

/* Takes back what was needed for the subjects so far. */
void az_rule_forget(struct trial *trial);

/* az_judge_rule, noting in FOOTPRINT (may be NULL) the nodes below which the
   paths of the rule's own document look. */
void az_rule_try(struct az_judge *judge, const struct az_rule *rule,
                 size_t index, struct az_rule_counts *counts,
                 struct az_nodes *footprint);

/* The JSON Pointer of NODE in DOCUMENT; quick also for the many nodes of a
   document whose spans are scattered. */
const char *az_rule_pointer(struct az_judge *judge,
                            const struct az_document *document,
                            const struct az_node *node);

#endif
