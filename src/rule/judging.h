/* Judging a rule: what the judge functions share.
   SPDX-License-Identifier: MIT */

#ifndef AZ_RULE_JUDGING_H
#define AZ_RULE_JUDGING_H

#include "core/diag.h"
#include "core/map.h"
#include "regex/regex.h"
#include "rule/compiled.h"

#define MAX_SHOWN 5

/* Whether an assertion holds.  VOID and UNSURE are no answer, and so their
   negation is none either: there was nothing to compare with, or a pattern or
   path went over its budget. */
enum outcome { HOLDS, BROKEN, VOID, UNSURE };

struct subject {
    const struct az_document *document;
    struct item item;
};

struct shown;

/* Some items, mostly one. */
struct values {
    const struct item *items;
    size_t count;
};

/* A set of items with a way to look them up. */
struct collection {
    const struct az_document *document; /* where they stand; NULL: literal */
    const struct item *items;
    size_t count;
    size_t dropped;         /* so many more repeat one of them */
    struct az_arena *arena; /* of the index */
    struct shown *distinct; /* items, each value once; NULL: not yet needed */
    size_t searched;        /* items looked at, as long as there is no index */
    bool indexed;
    bool differ;   /* indexed, and no value is in it twice */
    bool in_order; /* what was found last was item NEXT - 1, behind the one
                      found before */
    size_t next;
    bool counted;          /* REPEATS is known */
    bool repeats;          /* a value is in it twice */
    struct az_map strings; /* item by text */
    struct az_map others;  /* item by canonical text */
};

/* What a rule remembers of a path or operand: the result, unless it depends on
   the subject. */
struct slot {
    struct az_query_guess
        *guesses;     /* of a singular path from the subject; NULL: no run */
    bool ready;       /* NODES is there */
    bool over_budget; /* or is not, for this */
    bool collected;   /* COLLECTION is there, as OUTCOME and WHY say */
    bool told;        /* that it is not has been reported for this rule */
    bool answered;    /* what is asked about NODES alone was: ANSWER */
    enum outcome answer;
    enum outcome outcome;
    const char *why;
    struct az_nodes nodes;
    size_t dropped; /* so many more repeat one of them */
    struct collection collection;
    void *kept; /* what an assertion made of NODES, or NULL */
};

/* The first few of some values, and how many there are. */
struct shown {
    struct item items[MAX_SHOWN];
    size_t count;
};

struct relation {
    const struct az_document *document;
    struct az_span span;
    const char *text;
};

/* Why something does not hold, and where. */
struct failure {
    enum outcome outcome;
    struct subject subject; /* that was judged */
    struct subject at;      /* where the finding is placed */
    struct item value;      /* {value} */
    const char *text;       /* the assertion's own message */
    struct shown missing;
    struct shown unexpected;
    const char *expected; /* or NULL */
    size_t count;
    const char *nearest; /* for "did you mean", or NULL */
    struct relation related[MAX_SHOWN];
    size_t related_count;
};

struct members;

/* One rule being judged for one document and one choice of the others. */
struct trial {
    struct az_judge *judge;
    struct az_arena *arena;   /* emptied after each subject */
    struct az_arena *lasting; /* emptied after the rule */
    const struct az_rule *rule;
    const struct az_document *own;
    const char *own_path;                 /* of its file */
    const struct members **members;       /* by the rule's kind number */
    const struct az_document **chosen;    /* of each of them */
    const struct az_document **extracted; /* by the rule's extract number */
    struct slot *slots;
    struct az_nodes **pool; /* of node lists for relative paths */
    size_t pool_depth;      /* in use */
    size_t pool_size;
    size_t pool_capacity;
    struct subject selected; /* by "given" */
    unsigned quiet;          /* above 0: failures are kept in DOUBT only */
    bool mistyped;           /* the last failure was a wrong type */
    bool exhausted;       /* STEPS_LEFT were not enough: there is no answer */
    size_t steps_left;    /* see az_rule_spend */
    size_t share;         /* those it had at first, in a sweep */
    bool curtailed;       /* other rules left it less than one may take */
    uint64_t excess;      /* of matches in a sweep, over what is free */
    struct failure doubt; /* the last VOID or UNSURE while quiet */
    struct az_buf scratch;
    size_t findings[AZ_SEVERITY_COUNT];
    size_t unsure;
    struct az_diag *first;    /* of a rule that reports once */
    size_t more;              /* that it did not report */
    bool swept;               /* its subjects are asked in a sweep */
    size_t asked;             /* so many of them */
    struct az_nodes doubtful; /* and these are to be judged aloud */
    /* Self-test: where paths of the own document look, or NULL. */
    struct az_nodes *footprint;
};

/* Text is charged by this many bytes a step. */
#define BYTES_PER_STEP 64
/* What costs more than a look at a value does, in steps: to say what is wrong,
   to match a pattern, to count in decimals, to ask the system for a file. */
#define STEPS_PER_FAILURE 16
#define STEPS_PER_MATCH   4
#define STEPS_PER_COUNT   8
#define STEPS_PER_FILE    64

/* Counts WORK steps.  Past the limit the rule has no answer: nothing more is
   reported, and whatever is asked comes to UNSURE.  Called before a loop over
   what a document gives, so that no two of these multiply unseen. */
static inline void
az_rule_spend(struct trial *trial, size_t work)
{
    trial->exhausted |= work > trial->steps_left;
    trial->steps_left = trial->exhausted ? 0 : trial->steps_left - work;
}

/* Steps to look at NODE, with all that is in an array or object. */
static inline size_t
az_rule_weight(const struct az_node *node)
{
    if (node->type == AZ_STRING || node->type == AZ_NUMBER)
        return 1 + node->count / BYTES_PER_STEP;
    if (node->type != AZ_ARRAY && node->type != AZ_OBJECT)
        return 1;
    return az_node_size(node) +
           (node->span.end - node->span.start) / BYTES_PER_STEP;
}

/* What a judged assertion function is. */
typedef enum outcome az_rule_judge_fn(struct trial *trial,
                                      const struct assertion *assertion,
                                      const struct subject *subject);
struct parser;

struct assertion_type {
    const char *name;
    /* OBJECT is the ASSERT object in which MEMBER stands.  NULL after a
       mistake. */
    const void *(*parse)(struct parser *parser, const struct az_node *object,
                         const struct az_member *member);
    az_rule_judge_fn *judge;
    bool transforms; /* "subject_as" means something to it */
};

/* Parts of the table, each ending with a NULL name. */
extern const struct assertion_type az_rule_value_assertions[];
extern const struct assertion_type az_rule_set_assertions[];
extern const struct assertion_type az_rule_unique_assertions[];
extern const struct assertion_type az_rule_order_assertions[];
extern const struct assertion_type az_rule_number_assertions[];
extern const struct assertion_type az_rule_join_assertions[];
extern const struct assertion_type az_rule_date_assertions[];
extern const struct assertion_type az_rule_file_assertions[];
extern const struct assertion_type az_rule_logic_assertions[];
extern const struct assertion_type az_rule_text_assertions[];

/* "and" of answers where VOID and UNSURE are unknown. */
enum outcome az_rule_both(enum outcome a, enum outcome b);

enum outcome az_rule_judge_condition(struct trial *trial,
                                     const struct condition *condition,
                                     const struct subject *subject);
/* The same without findings.  A VOID or UNSURE answer is then TRIAL's doubt. */
enum outcome az_rule_ask(struct trial *trial, const struct condition *condition,
                         const struct subject *subject);
/* Reports the doubt of az_rule_ask and returns its outcome. */
enum outcome az_rule_fail_doubt(struct trial *trial);

/* A failure of SUBJECT without a text. */
void az_rule_failure(struct failure *failure, const struct subject *subject);
/* Reports FAILURE (keeps a doubt, if quiet), with FORMAT as its text, and
   returns its outcome. */
enum outcome az_rule_fail(struct trial *trial, struct failure *failure,
                          const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* SUBJECT is not WANTED ("string or null"): further assertions say nothing new.
 */
enum outcome az_rule_fail_type(struct trial *trial,
                               const struct subject *subject,
                               const char *wanted);
/* There is nothing to compare SUBJECT with, and this is WHY; its negation does
   not hold either. */
enum outcome az_rule_fail_void(struct trial *trial,
                               const struct subject *subject, const char *why);
/* OUTCOME of looking for what an assertion has to compare.  What is amiss with
   it is a fault of the document, and reported as one; but where "not" or "when"
   asks, there is no answer, as nothing was compared: WHY. */
enum outcome az_rule_found(struct trial *trial, enum outcome outcome,
                           const struct subject *subject, const char *why);
/* A path went over its budget. */
enum outcome az_rule_fail_path(struct trial *trial,
                               const struct subject *subject,
                               const struct path *path);
void az_rule_relate(struct failure *failure, const struct az_document *document,
                    const struct az_node *node, const char *text);
void az_rule_show(struct shown *shown, struct item item);
/* "'a', 'b' and 3 more" */
const char *az_rule_list(struct trial *trial, const struct shown *shown);
/* Each value once. */
const char *az_rule_list_set(struct trial *trial, struct collection *set);
/* Repeated values too. */
const char *az_rule_list_sequence(struct trial *trial,
                                  const struct collection *sequence);

/* Self-test: ITEM, a number of the document, is held against LIMIT, from above
   if UPPER; STRICT tells that it must not be equal. */
void az_rule_note_bound(struct trial *trial, const struct item *item,
                        struct az_str limit, bool upper, bool strict);

/* The nodes that PATH selects from SUBJECT, valid until az_rule_nodes_release.
   The last taken is the first released.  NULL when it went over its budget. */
const struct az_nodes *az_rule_nodes(struct trial *trial,
                                     const struct path *path,
                                     const struct subject *subject);
void az_rule_nodes_release(struct trial *trial, const struct az_nodes *nodes);
/* The one node that PATH selects from SUBJECT; several, or none, are BROKEN,
   and WHAT ("a number") says what should be there. */
enum outcome az_rule_take_one(struct trial *trial, const struct path *path,
                              const struct subject *subject, const char *what,
                              struct subject *ret);
/* Whether what is asked about the nodes of PATH alone, the same for all
   subjects, has the answer *RET already.  One that is to be reported has to be
   found again. */
bool az_rule_recall(const struct trial *trial, const struct path *path,
                    enum outcome *ret);
void az_rule_remember(struct trial *trial, const struct path *path,
                      enum outcome answer);
/* Reports that there was nothing to compare as PATH selects nothing: VOID. */
enum outcome az_rule_fail_nothing(struct trial *trial,
                                  const struct subject *subject,
                                  const struct path *path);
/* The node that PATH, which is singular and starts with "@", selects from NODE,
   or NULL. */
const struct az_node *az_rule_follow(struct trial *trial,
                                     const struct path *path,
                                     const struct az_node *node);
/* The document that PATH's nodes stand in. */
const struct az_document *az_rule_path_document(const struct trial *trial,
                                                const struct path *path,
                                                const struct subject *subject);

/* The deepest node that the plain names at the start of PATH lead to. */
const struct az_node *az_rule_follow_names(const struct az_node *node,
                                           struct az_str path);

/* The set that OPERAND means; *TEMPORARY is used if it depends on SUBJECT.
   An answer other than HOLDS has been reported. */
enum outcome az_rule_operand_set(struct trial *trial,
                                 const struct operand *operand,
                                 const struct subject *subject,
                                 struct collection *temporary,
                                 struct collection **ret);
/* The one value that it means, in DOCUMENT (NULL: literal). */
enum outcome az_rule_operand_value(struct trial *trial,
                                   const struct operand *operand,
                                   const struct subject *subject,
                                   struct subject *ret);
/* The items of SUBJECT, an array, the keys of an object, or the strings that
   TRANSFORM makes of a string. */
enum outcome az_rule_subject_set(struct trial *trial,
                                 const struct subject *subject,
                                 enum transform transform,
                                 struct collection *ret);
/* What TRANSFORM makes of SUBJECT: itself, if none. */
enum outcome az_rule_subject_strings(struct trial *trial,
                                     const struct subject *subject,
                                     enum transform transform,
                                     struct values *ret);

/* Matches TEXT with REGEX.  In a sweep that must not show in what is matched
   later; where it took what all matches of a pattern may, there is no answer
   and the rule is judged without. */
enum az_regex_result az_rule_match(struct trial *trial, struct az_regex *regex,
                                   struct az_str text);

/* The item of SET equal to ITEM, or NULL. */
const struct item *az_rule_set_find(struct trial *trial, struct collection *set,
                                    const struct item *item);
/* Whether a value is twice in SET. */
bool az_rule_set_repeats(struct trial *trial, struct collection *set);
/* The item near to ITEM's text in a set that is not large, or NULL. */
const struct item *az_rule_set_nearest(const struct trial *trial,
                                       const struct collection *set,
                                       const struct item *item);
/* A text that is the same for equal values and only for them. */
void az_rule_canonical(struct az_buf *buf, const struct az_node *node);

/* The number that ITEM is, or spells as a word; false if it is none. */
bool az_rule_number_text(const struct trial *trial, const struct item *item,
                         struct az_str *ret);
/* The text of a string; false if ITEM is none. */
bool az_rule_string_text(const struct item *item, struct az_str *ret);
struct az_node az_rule_string_node(struct az_str text, struct az_span span);

/* The folder that the rule's files are taken from, the project's or that of the
   document; NULL if it is not known. */
const char *az_rule_folder(const struct trial *trial, bool from_project);

/* TEMPLATE filled in for FAILURE, escaped. */
const char *az_rule_template_expand(struct trial *trial,
                                    const struct template *template,
                                    const struct failure *failure);

#endif
