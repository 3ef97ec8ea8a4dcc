/* The history of a gate: what each run said of each row.
   SPDX-License-Identifier: MIT

   A history is text: a record a line, each of which says what it follows, so
   that none can be changed or taken out unseen (assize-history(1)).  Nothing
   here opens a file. */

#ifndef AZ_GATE_HISTORY_H
#define AZ_GATE_HISTORY_H

#include "core/diag.h"
#include "core/sha256.h"
#include "core/verdict.h"

/* What the limits alone said of a row; from best to worst, but for the first
   two, which say nothing. */
enum az_record_status {
    AZ_RECORD_SKIP,    /* not measured, which its budget allows */
    AZ_RECORD_MISSING, /* not measured */
    AZ_RECORD_PASS,
    AZ_RECORD_WARN,
    AZ_RECORD_FAIL,
    AZ_RECORD_STATUS_COUNT,
};

/* What the comparison with a baseline said. */
enum az_regression {
    AZ_REGRESSION_NONE, /* nothing, or nothing bad */
    AZ_REGRESSION_FIRST,
    AZ_REGRESSION_CONFIRMED,
    AZ_REGRESSION_COUNT,
};

struct az_record_row {
    struct az_str metric;
    struct az_str environment; /* empty: it has none */
    struct az_str value;       /* a JSON number; empty: not measured */
    struct az_str unit;
    enum az_record_status status;
    enum az_regression regression;
};

struct az_record {
    char previous[AZ_SHA256_SIZE];
    char hash[AZ_SHA256_SIZE];
    struct az_str commit;
    struct az_str branch;
    struct az_str profile;
    struct az_str time; /* RFC 3339, UTC */
    enum az_verdict verdict;
    const struct az_record_row *rows;
    size_t row_count;
    size_t offset; /* of its line in the source */
};

struct az_history {
    struct az_arena *arena;
    struct az_record *records;
    size_t count;
    size_t capacity;
    /* of the last record; AZ_HISTORY_NOTHING if there is none */
    char head[AZ_SHA256_SIZE];
    size_t whole; /* bytes of the text that are whole records */
    bool unended; /* the last of them lacks its newline */
};

/* What the first record follows: 64 zeros. */
extern const char az_history_nothing[AZ_SHA256_SIZE];

void az_history_init(struct az_history *history, struct az_arena *arena);

/* Reads all records of SOURCE.  A last line that was never finished is left out
   with a warning (history-torn).  False after a finding (history-broken,
   history-limit) at the first line that is no record, is not what its hash is
   of, or does not follow the one before it. */
bool az_history_read(struct az_arena *arena, struct az_sink *sink,
                     const struct az_source *source, struct az_history *ret);

/* Whether the record with HASH is there; so is what is before the first. */
bool az_history_has(const struct az_history *history, const char *hash);

/* RECORD as a line, its hash, which is set, and the newline with it. */
struct az_str az_record_print(struct az_arena *arena, struct az_record *record);

/* Whether HISTORY, of SIZE bytes, may have LINE as well; false after a finding
   (history-limit). */
bool az_history_has_room(struct az_sink *sink, const struct az_history *history,
                         size_t size, struct az_str line);

/* Adds RECORD. */
void az_history_add(struct az_history *history, const struct az_record *record);

/* Whether A and B are of one profile and one branch. */
bool az_record_is_beside(const struct az_record *a, const struct az_record *b);

/* "skip", "missing", "pass", "warn", "fail" */
const char *az_record_status_name(enum az_record_status status);

/* Histories that git keeps as notes on commits. */

/* Reads the records of SOURCE, the note on COMMIT, behind those of HISTORY.
   They follow nothing ("previous" is az_history_nothing), since merges of notes
   put lines together in any order; a line that is there twice is one, and one
   that is empty, as git puts between notes that it merges, is none. */
bool az_history_read_note(struct az_sink *sink, const struct az_source *source,
                          struct az_str commit, struct az_history *history);
/* Brings the records into the order of the earliest time of their commits, then
   of the commits' names, then of their own times and hashes. */
void az_history_sort(struct az_history *history);

#endif
