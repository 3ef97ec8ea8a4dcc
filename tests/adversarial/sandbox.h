/* A folder to do harm in, and the program that is run there.
   SPDX-License-Identifier: MIT */

#ifndef TESTS_ADVERSARIAL_SANDBOX_H
#define TESTS_ADVERSARIAL_SANDBOX_H

#include "core/arena.h"
#include "core/node.h"
#include "core/str.h"

/* The most words of a command line, behind the program's name, and the most
   variables of its environment. */
enum { MAX_WORDS = 64, MAX_VARIABLES = 16 };

/* Where standard output of a run goes. */
enum stream { STREAM_FILE, STREAM_CLOSED, STREAM_FULL };

struct sandbox {
    struct az_arena *arena;
    const char *folder;
    const char *output; /* a file beside it: what the last run printed */
    const char *words[MAX_WORDS];
    size_t word_count;
    const char *environment[MAX_VARIABLES]; /* NAME=VALUE */
    size_t environment_count;
    enum stream stdout_to;
};

/* Ends the test: the table, or the machine, is not as it must be. */
void give_up(const char *format, ...)
    __attribute__((format(printf, 1, 2), noreturn));

/* A new one with the reference set: policies/, summary.json and assize.yaml,
   whose gate passes.  It has an arena of its own, made like LIKE, which goes
   with it. */
void sandbox_open(struct sandbox *box, const struct az_arena *like);
void sandbox_remove(struct sandbox *box);

/* The path of FILE, which the sandbox has or is to have. */
const char *sandbox_path(const struct sandbox *box, struct az_str file);
/* The text of FILE; empty with p NULL if there is none. */
struct az_str sandbox_read(const struct sandbox *box, struct az_str file);
/* Makes FILE, and the folders that it needs. */
void sandbox_write(const struct sandbox *box, struct az_str file,
                   struct az_str text);

/* Appends a word to the command line. */
void sandbox_add_word(struct sandbox *box, const char *word);

/* Runs PROGRAM with the words of the command line.  Its exit status, or 128 and
   the signal that ended it; what it prints is in *RET. */
int sandbox_run(const struct sandbox *box, const char *program,
                struct az_str *ret);

/* The first place of WHAT in TEXT, or TEXT's length. */
size_t find_text(struct az_str text, struct az_str what);

/* Makes FILE a baseline of NODE, {values: {METRIC: {UNIT: [NUMBER...]}},
   commit, paired}: the numbers of each metric are of one run after the other,
   each of a commit of its own or all of COMMIT, and one half of a pair each or
   not. */
void sandbox_write_runs(struct sandbox *box, struct az_str file,
                        const struct az_node *node);
/* Makes the digests of the runs of FILE anew. */
void sandbox_seal(struct sandbox *box, struct az_str file);

/* Does ACTIONS, an array of objects of one member each; what each may be is in
   README of this folder. */
void sandbox_do(struct sandbox *box, const struct az_node *actions);

#endif
