/* Waivers: findings that a project lives with for a time.
   SPDX-License-Identifier: MIT

   A waiver is for one finding: an id, a file, a pointer, and the value that
   stood there when it was given.  Whatever it says, it can hide no other
   finding: one that has moved, that it does not tell from another, or that
   nobody finds any more is an error of its own. */

#ifndef AZ_POLICY_WAIVER_H
#define AZ_POLICY_WAIVER_H

#include "policy/ids.h"
#include "policy/set.h"

enum az_waiver_state {
    AZ_WAIVER_NOT_JUDGED, /* its file or its rule is not, in this run */
    AZ_WAIVER_IN_FORCE,
    AZ_WAIVER_UNUSED,
    AZ_WAIVER_MOVED,
    AZ_WAIVER_AMBIGUOUS,
    AZ_WAIVER_EXPIRED,
    AZ_WAIVER_INVALID,
    AZ_WAIVER_STATE_COUNT,
};

struct az_waiver {
    const struct az_document *document;
    const struct az_node *node;
    /* Texts of the document, empty where it has none. */
    struct az_str rule, file, pointer, message, created, expires;
    unsigned number; /* of the document in a file of several; 0: the only one */
    struct az_waived told;                 /* to the reader of a report */
    const struct az_set_entry *file_entry; /* its file's first; NULL: not in
                                              the set */
    const struct az_set_entry *entry;      /* of the document; NULL: likewise */
    bool absent;   /* its file, which the gate would have to be given */
    bool computed; /* it is for a number that the gate computes for a row */
    const struct az_id *id;
    enum az_waiver_state state;
    struct az_diag *match; /* the first finding that it could be for */
    size_t matches;
    const struct az_diag *fatal; /* one that it would be for; or NULL */
};

struct az_waivers {
    struct az_set *set;
    const struct az_project *project;
    const struct az_ids *ids;
    struct az_str today; /* YYYY-MM-DD; empty: every waiver is past */
    struct az_waiver *items;
    size_t count;
    size_t capacity;
    struct az_map map;   /* what each is for -> struct az_waiver */
    struct az_map names; /* of files, as findings show them -> first entry of
                            the file, NULL for a name of several */
    unsigned hints_left;
};

/* What one command judges beside shapes and rules: whether findings of the
   diagnostic ID about the value at POINTER in DOCUMENT would have been made. */
typedef bool az_waiver_judged_fn(const void *context, enum az_diag_id id,
                                 const struct az_document *document,
                                 const char *pointer);

/* Has the waivers of PATH, which an option names, in force whatever kind the
   set's documents are for.  False after a finding (usage) if it is a document
   of another kind. */
bool az_waivers_add_file(struct az_set *set, const char *path);
/* Has those waivers documents of SET judged that are only there because the
   project lists them.  Before the set is judged. */
void az_waivers_govern(struct az_set *set);
/* Whether SET has waivers. */
bool az_waivers_present(const struct az_set *set);

/* Reads the waivers of SET, which has been judged, as at the day TODAY.
   Mistakes are findings; what is found in a document of waivers yields to
   nothing from now on. */
void az_waivers_read(struct az_waivers *waivers, struct az_set *set,
                     const struct az_project *project, const struct az_ids *ids,
                     struct az_str today);

/* Makes those findings of the sink remarks that are waived, and adds what is
   wrong with the waivers.  The sink is sorted, so that nothing stands there
   twice.  JUDGED (may be NULL) is asked with CONTEXT. */
void az_waivers_apply(struct az_waivers *waivers, az_waiver_judged_fn *judged,
                      const void *context);

/* "in force", "unused" and so on. */
const char *az_waiver_state_name(enum az_waiver_state state);
/* For the report: an array of objects by owner, then days left. */
struct az_node az_waivers_list(const struct az_waivers *waivers);

#endif
