/* Reading a ruleset: what the parse functions share.
   SPDX-License-Identifier: MIT */

#ifndef AZ_RULE_PARSE_H
#define AZ_RULE_PARSE_H

#include "core/diag.h"
#include "rule/compiled.h"

/* A ruleset being compiled, and the rule at hand. */
struct parser {
    struct az_arena *arena;
    struct az_sink *sink;
    const struct az_document *document;
    const struct az_ruleset_options *options;
    struct az_map queries; /* compiled paths by text */
    size_t mistakes;
    /* of the rule */
    const struct extract *extracts;
    size_t extract_count;
    unsigned slots;
    bool path_patterns;
    struct path *fixed; /* paths that start with no "@" */
    size_t fixed_count;
    size_t fixed_capacity;
    const char **kinds;
    size_t kind_count;
    size_t kind_capacity;
};

/* Records a mistake at NODE: the returned finding has its pointer. */
struct az_diag *az_rule_mistake(struct parser *parser,
                                const struct az_node *node, const char *format,
                                ...) __attribute__((format(printf, 3, 4)));

/* A mistake OFFSET bytes into the text of string NODE; WHAT: "path". */
struct az_diag *az_rule_mistake_inside(struct parser *parser,
                                       const struct az_node *node,
                                       size_t offset, const char *what,
                                       const char *message);
/* Adds a did-you-mean to DIAG if one of NAMES (ends in NULL) is near WORD. */
void az_rule_hint_nearest(struct parser *parser, struct az_diag *diag,
                          struct az_str word, const char *const *names);

/* Whether WORD is one of NAMES (ends in NULL). */
bool az_rule_is_among(struct az_str word, const char *const *names);
/* Reports each member of OBJECT whose key is not among NAMES (ends in NULL);
   WHAT says whose keys they are.  True if there is none. */
bool az_rule_check_keys(struct parser *parser, const struct az_node *object,
                        const char *const *names, const char *what);
/* The index of WORD among NAMES (ends in NULL); -1 with a did-you-mean at NODE
   when it is none.  WHAT: "severity", "transform". */
int az_rule_choose(struct parser *parser, const struct az_node *node,
                   const char *const *names, const char *what);
/* False with a mistake if NODE is not of TYPE; WHAT: "'given'". */
bool az_rule_want(struct parser *parser, const struct az_node *node,
                  enum az_type type, const char *what);
/* The same for the member called KEY. */
bool az_rule_want_member(struct parser *parser, const struct az_node *node,
                         enum az_type type, const char *key);
/* NODE is the boolean true: the only argument of assertions without one. */
bool az_rule_want_true(struct parser *parser, const struct az_node *node,
                       const char *what);
/* A boolean member of OBJECT, false if absent. */
bool az_rule_flag(struct parser *parser, const struct az_node *object,
                  const char *key);

/* The parse functions give false or NULL after a mistake. */
bool az_rule_parse_path(struct parser *parser, const struct az_node *node,
                        struct path *ret);
/* The same for a part of NODE's text, OFFSET bytes in. */
bool az_rule_parse_path_text(struct parser *parser, const struct az_node *node,
                             struct az_str text, size_t offset,
                             struct path *ret);
/* A list of at least one path. */
const struct path *az_rule_parse_paths(struct parser *parser,
                                       const struct az_node *node,
                                       const char *what, size_t *ret_count);
/* A set (a list, a scalar or a path) or, if not SET, one value. */
const struct operand *az_rule_parse_operand(struct parser *parser,
                                            const struct az_node *node,
                                            bool set);
/* A set of which nothing is asked but what values are in it, and how many. */
const struct operand *az_rule_parse_values(struct parser *parser,
                                           const struct az_node *node);
/* What "documents" of a rule says, into the parser; false after a mistake. */
bool az_rule_parse_extracts(struct parser *parser, const struct az_node *node);
bool az_rule_parse_transform(struct parser *parser, const struct az_node *node,
                             enum transform *ret);
struct az_regex *az_rule_parse_regex(struct parser *parser,
                                     const struct az_node *node);
/* The same for one whose named groups are asked for. */
struct az_regex *az_rule_parse_capture(struct parser *parser,
                                       const struct az_node *node);
const struct condition *az_rule_parse_condition(struct parser *parser,
                                                const struct az_node *node);
/* The assertions of an object, the keys in SKIP (ends in NULL) left out. */
const struct condition *az_rule_parse_condition_but(struct parser *parser,
                                                    const struct az_node *node,
                                                    const char *const *skip);
const struct template *az_rule_parse_template(struct parser *parser,
                                              const struct az_node *node);

#endif
