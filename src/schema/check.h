/* Inside the schema room: applying the compiled form to an instance.
   SPDX-License-Identifier: MIT

   Three ways to apply a schema: to answer only, stopping at the first failure;
   to measure how far the instance is from it, for the choice between
   alternatives; and to report.  All are one code: a failure calls
   az_check_failed, and words its finding only if that says so. */

#ifndef AZ_SCHEMA_CHECK_H
#define AZ_SCHEMA_CHECK_H

#include "schema/compiled.h"
#include "schema/schema.h"

/* Bytes of values or names that a message lists: all the units of measure, say,
   but not much more. */
#define AZ_CHECK_LIST_LIMIT 160

enum az_mode { AZ_ANSWER, AZ_MEASURE, AZ_REPORT };

/* One step down the instance. */
struct az_path_step {
    const struct az_node *container;
    uint32_t index;
};

/* A schema that is being applied, while it reports. */
struct az_frame {
    const struct az_subschema *schema; /* as named: see same_as */
    size_t path_count;
};

/* A finding about an unknown key. */
struct az_unknown_key {
    const struct az_diag *diag;
    const struct az_member *member;
};

/* The condition by which a schema is applied; for the words of a finding. */
struct az_reason {
    const struct az_subschema *condition; /* of "if"; or NULL */
    const struct az_member *key;          /* that wants the schema; or NULL */
    const struct az_member *at;
    const struct az_scope *scope; /* in which AT stands */
    const struct az_node *node;
    bool holds;
    size_t path_count;
};

/* What is known beyond the failure at hand when a finding is worded; what goes
   to a sink of its own has its own. */
struct az_wording {
    const struct az_reason *reason; /* the innermost; NULL: none */
    struct az_diag *first; /* the first finding since somebody set it NULL */
    const struct az_diag *told; /* the last that says which alternative */
    struct az_map claims;       /* members that are misspelt required keys */
    struct az_unknown_key *unknown;
    size_t unknown_count;
    size_t unknown_capacity;
    size_t unknown_next; /* to be looked at when it is tidied up */
};

/* How far an instance is from a schema. */
struct az_distance {
    size_t errors;
    size_t shallowest; /* depth in the instance of the failure nearest to the
                          root; SIZE_MAX without errors */
};

/* The application of a schema: all that changes. */
struct az_check {
    struct az_arena *arena;
    struct az_sink *sink; /* NULL: answer only */
    const struct az_document *document;
    const struct az_node *start;
    bool assert_format;
    bool ignore_format;
    enum az_mode mode;
    bool explain_all; /* all alternatives, not only the one meant */
    struct az_schema_bounds *bounds; /* of the options */
    bool unsure;                     /* a pattern went over its budget */
    bool stopped;        /* the schema did; everything fails from now on */
    unsigned depth;      /* az_check_apply inside each other */
    unsigned references; /* followed since the last step down */
    uint64_t steps;
    uint64_t free_steps; /* those of any document */
    uint64_t max_steps;
    struct az_path_step *path;
    size_t path_count;
    size_t path_capacity;
    const struct az_scope **scopes; /* the dynamic scope, outermost first */
    size_t scope_count;
    size_t scope_capacity;
    struct az_frame *frames; /* outermost first; none but in AZ_REPORT */
    size_t frame_count;
    size_t frame_capacity;
    bool walks_names; /* what is a name for another schema has a frame of its
                         own */
    struct az_arena *scratch; /* for hints; NULL: not needed yet */
    uint64_t guesses_left;    /* az_str_may_guess */
    size_t pointer_size;      /* bytes of those of the findings */
    struct az_wording wording;
    struct az_distance distance;
    const struct az_node **sorting; /* a buffer for uniqueItems */
    size_t sorting_capacity;
    uint64_t *marks; /* a table for the same */
    size_t mark_capacity;
    const struct az_regex **tiring; /* those that went over their budget */
    size_t tiring_count;
    size_t tiring_capacity;
};

/* The members or items of one node that have been evaluated (2020-12 core,
   11).  Counts up to 64 need no memory. */
struct az_evaluated {
    uint64_t word;
    uint64_t *words; /* NULL: WORD is all */
    uint32_t count;
    bool all;
};

void az_evaluated_init(struct az_check *check, struct az_evaluated *evaluated,
                       const struct az_node *node);
void az_evaluated_merge(struct az_evaluated *into,
                        const struct az_evaluated *from);

static inline void
az_evaluated_mark(struct az_evaluated *evaluated, uint32_t index)
{
    if (evaluated->words == NULL)
        evaluated->word |= UINT64_C(1) << index;
    else
        evaluated->words[index / 64] |= UINT64_C(1) << (index % 64);
}

static inline bool
az_evaluated_has(const struct az_evaluated *evaluated, uint32_t index)
{
    if (evaluated->all)
        return true;
    if (evaluated->words == NULL)
        return (evaluated->word >> index & 1) != 0;
    return (evaluated->words[index / 64] >> (index % 64) & 1) != 0;
}

/* Applies SCHEMA to NODE, at the place that the path says. EVALUATED, if not
   NULL, collects what it evaluates. */
bool az_check_apply(struct az_check *check, const struct az_subschema *schema,
                    const struct az_node *node, struct az_evaluated *evaluated);
/* Applies SCHEMA to CHILD, number INDEX of CONTAINER (its value, or its key as
   a string). */
bool az_check_child(struct az_check *check, const struct az_subschema *schema,
                    const struct az_node *container, uint32_t index,
                    const struct az_node *child);
/* Applies SCHEMA to the items of ARRAY from number FIRST on. */
bool az_check_items(struct az_check *check, const struct az_subschema *schema,
                    const struct az_node *array, uint32_t first);
/* az_check_apply for the answer alone. */
bool az_check_answers(struct az_check *check, const struct az_subschema *schema,
                      const struct az_node *node,
                      struct az_evaluated *evaluated);

/* Counts a step, and one more application inside the others, which whoever goes
   back takes from DEPTH; false if that is over a limit. */
bool az_check_enter(struct az_check *check, const struct az_node *node);
/* Puts SCOPE on the dynamic scope; whoever goes back resets scope_count. */
void az_check_push_scope(struct az_check *check, const struct az_scope *scope);
/* What "$dynamicRef" means here: the outermost resource of the dynamic scope
   that has its anchor (2020-12 core, 8.2.3.2). */
const struct az_subschema *
az_check_dynamic_target(const struct az_check *check,
                        const struct az_applicators *applicators);

az_check_fn az_check_values, az_check_number, az_check_string, az_check_array,
    az_check_object, az_check_references, az_check_all_of, az_check_any_of,
    az_check_one_of, az_check_not, az_check_condition, az_check_dependencies,
    az_check_unevaluated;

/* What fails and where. */
struct az_failure {
    enum az_diag_id id;
    struct az_span span;
    const struct az_subschema *schema;
    const struct az_member *at;      /* the keyword; may be NULL */
    const struct az_node *at_node;   /* a part of its value, or NULL */
    const char *related;             /* what is there, "required here" */
    const struct az_node *container; /* one step more than the path, or NULL */
    uint32_t index;
    bool judges_container; /* so does the keyword, though the pointer is a step
                              further */
};

/* Counts a failure; true if it is to be reported. */
static inline bool
az_check_failed(struct az_check *check)
{
    check->distance.errors++;
    if (check->path_count < check->distance.shallowest)
        check->distance.shallowest = check->path_count;
    return check->mode == AZ_REPORT;
}

/* The pointer of the place that FAILURE is about; with JUDGED of the value that
   its keyword judges. */
const char *az_check_pointer(struct az_check *check,
                             const struct az_failure *failure, bool judged);
/* Where FAILURE stands; NULL outside of a report. */
const struct az_location *az_check_location(struct az_check *check,
                                            const struct az_failure *failure);
/* POINTER with every byte that may not stand in the fragment of a URI as
   %HH (RFC 3986, 3.5). */
const char *az_check_encode(struct az_check *check, struct az_str pointer);

/* Records a finding and returns it. */
struct az_diag *az_check_report(struct az_check *check,
                                const struct az_failure *failure,
                                const char *format, ...)
    __attribute__((format(printf, 3, 4), returns_nonnull));
/* Adds to a hint, or sets it. */
void az_check_hint(struct az_check *check, struct az_diag *diag,
                   const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Adds SCHEMA's description or title to the hint, if it has one. */
void az_check_hint_description(struct az_check *check, struct az_diag *diag,
                               const struct az_subschema *schema);
/* The "description" or else the "title" of SCHEMA, cut and fit for a message;
   NULL if it has none. */
const char *az_check_description(struct az_check *check,
                                 const struct az_subschema *schema);
/* The "title" of SCHEMA, or of what it refers to, quoted and with a comma
   before it; "" if there is none. */
const char *az_check_title(struct az_check *check,
                           const struct az_subschema *schema);
/* Whether REGEX matches TEXT, which stands at SPAN; over the budget, a finding
   says so and the whole check is unsure. */
enum az_regex_result az_check_match(struct az_check *check,
                                    const struct az_subschema *schema,
                                    struct az_regex *regex, struct az_str text,
                                    struct az_span span);
/* Whether CHECK has steps left; if not, everything stops. */
bool az_check_has_steps(struct az_check *check);
/* Stops everything: the schema cannot be applied. False. */
bool az_check_stop(struct az_check *check, enum az_diag_id id,
                   const struct az_node *node, const char *message);

/* Fails because SCHEMA's BRANCH allows no key like number INDEX of NODE; false,
   always. */
bool az_check_unknown_key(struct az_check *check,
                          const struct az_subschema *schema,
                          const struct az_branch *branch,
                          const struct az_node *node, uint32_t index);
/* Adds to the finding about the unknown key MEMBER of NODE what was meant: the
   nearest of the names that SCHEMA and its subschemas in place declare, and
   that NODE does not have yet; else the object further in or out that knows the
   key; else all names. */
void az_check_hint_key(struct az_check *check, struct az_diag *diag,
                       const struct az_subschema *schema,
                       const struct az_node *node,
                       const struct az_member *member);
/* Whether NODE has a key that nothing declares and that is like NAME, a
   required key that is missing: NAME misspelt. */
bool az_check_has_claim(struct az_check *check,
                        const struct az_subschema *schema,
                        const struct az_node *node, struct az_str name);
/* Reports that NODE lacks the key NAME; at the key that was meant, if there is
   one.  That is claimed then, so that nobody else tells of it. */
struct az_diag *az_check_report_missing(struct az_check *check,
                                        const struct az_failure *failure,
                                        const struct az_node *node,
                                        struct az_str name)
    __attribute__((returns_nonnull));
/* Remembers that DIAG is about the unknown key MEMBER. */
void az_check_note_unknown(struct az_check *check, struct az_diag *diag,
                           const struct az_member *member);
/* Takes back those of the sink's findings from number FROM on that speak of a
   key which another one claims. */
void az_check_tidy(struct az_check *check, size_t from);

/* Adds to a finding why it is demanded: the condition that holds, or not. */
void az_check_reason(struct az_check *check, struct az_diag *diag);
/* Reports that NODE matches SCHEMA, which its parent's "not" forbids; FAILURE
   is about the "not". */
void az_check_report_not(struct az_check *check,
                         const struct az_failure *failure,
                         const struct az_subschema *forbidden,
                         const struct az_node *node);
/* Reports that nothing may stand where NODE does. */
void az_check_report_false(struct az_check *check,
                           const struct az_failure *failure,
                           const struct az_node *node);
/* What the values of SCHEMA are if it is only a const or an enum, "'a' or
   'b'"; else NULL. */
const char *az_check_only_values(struct az_check *check,
                                 const struct az_subschema *schema);
/* The names that SCHEMA demands if it does nothing else; else NULL. */
const struct az_node *az_check_only_required(const struct az_subschema *schema);
/* "'a', 'b' and 'c'", with WORD before the last, or before how many more. */
const char *az_check_list_names(struct az_check *check,
                                const struct az_node *names, const char *word);

/* Empties the memory for guesses, of which nothing stays: there may be many
   findings. */
void az_check_begin_scratch(struct az_check *check);
/* Adds "did you mean" to the finding about NODE, which is none of ALLOWED. */
void az_check_hint_value(struct az_check *check, struct az_diag *diag,
                         const struct az_node *const *allowed, size_t count,
                         const struct az_node *node);
/* "'a', 'b' or 'c'": at most 8, then how many more. */
const char *az_check_list_values(struct az_check *check,
                                 const struct az_node *const *values,
                                 size_t count);
/* "string or null" */
const char *az_check_list_types(struct az_check *check, unsigned types);
/* The types that NODE, a string, would have without its quotes. */
unsigned az_check_types_in_quotes(struct az_check *check,
                                  const struct az_node *node);
/* Whether a node of NODE's type may pass TYPES. */
bool az_check_type_passes(struct az_check *check, unsigned types,
                          const struct az_node *node);
/* Reports that NODE is of none of the types of FAILURE. */
struct az_diag *az_check_report_type(struct az_check *check,
                                     const struct az_failure *failure,
                                     unsigned types, const struct az_node *node)
    __attribute__((returns_nonnull));

/* With --explain-all, relates to DIAG why NODE does not match each of BRANCHES
   but number TOLD. */
void az_check_explain(struct az_check *check, struct az_diag *diag,
                      const struct az_branches *branches,
                      const struct az_node *node, size_t told);
/* Reports that NODE matches several of BRANCHES, of which MATCHED has a true
   for each. */
void az_check_report_several(struct az_check *check,
                             const struct az_subschema *schema,
                             const struct az_branches *branches,
                             const struct az_node *node, const bool *matched);
/* Reports why NODE matches none of BRANCHES: about the one that was meant. */
void az_check_report_branches(struct az_check *check,
                              const struct az_subschema *schema,
                              const struct az_branches *branches,
                              const struct az_node *node, enum az_diag_id id);

#endif
