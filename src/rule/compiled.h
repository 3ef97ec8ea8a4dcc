/* The compiled form of rules: const after az_ruleset_compile.
   SPDX-License-Identifier: MIT */

#ifndef AZ_RULE_COMPILED_H
#define AZ_RULE_COMPILED_H

#include "core/map.h"
#include "query/query.h"
#include "rule/rule.h"
#include "rule/transform.h"

struct az_regex;
struct template;

/* What a path starts from. */
enum scope {
    SCOPE_SUBJECT, /* "@": the node that is judged */
    SCOPE_ROOT,    /* "$": the rule's document */
    SCOPE_KIND,    /* "KIND: $": the document of that kind */
    SCOPE_EXTRACT, /* "NAME: $": what the rule takes from another file */
};

struct path {
    enum scope scope;
    unsigned kind; /* index into the rule's kinds, or its extracts */
    unsigned slot; /* where the result is kept; unused for SCOPE_SUBJECT */
    bool sifted;   /* all that is asked is what values it selects: of strings
                      that are repeated the first is enough */
    const struct az_query *query;
    struct az_str text; /* as written */
};

/* A value and the node whose pointer names its place; the span of NODE is what
   a finding underlines.  They differ for keys and for what a transform made. */
struct item {
    const struct az_node *node;
    const struct az_node *place;
    bool word; /* from a command line: 7 may be spelt "7" */
};

/* A literal value or set, or what a path selects. */
struct operand {
    const struct az_node *literal; /* NULL: a path */
    const struct item *items;      /* of the literal */
    size_t count;
    struct path path;
    unsigned slot; /* of the literal's index */
    enum transform transform;
    bool keys;         /* the keys of the objects selected */
    bool may_be_empty; /* selecting nothing is no failure */
};

struct assertion_type;

struct assertion {
    const struct assertion_type *type;
    const void *data;
    enum transform transform; /* "subject_as" */
};

/* An ASSERT object: all assertions hold for each node that OF selects. */
struct condition {
    const struct path *of; /* NULL: the subject itself */
    bool if_absent_pass;
    const struct assertion *assertions;
    size_t count;
};

struct selector {
    struct path path;
    bool keys; /* the subjects are the keys of the objects selected */
};

/* What is taken from another file, as a document of the rule's own. */
struct extract {
    struct az_str name;
    bool from_project; /* or from the document's folder */
    struct az_str file;
    struct az_regex *pattern; /* of matches in its lines; NULL: a table */
    struct az_str heading;    /* of the table of a Markdown page */
};

struct az_rule_form {
    const struct extract *extracts;
    size_t extract_count;
    const struct selector *given;
    size_t given_count;
    bool may_be_empty;
    bool once; /* what is broken is reported at the first place only */
    const struct condition *condition;
    const struct path *fixed; /* of its paths those that start with no "@" */
    size_t fixed_count;
    bool path_patterns; /* a path has a pattern, see az_query_has_patterns */
    const struct template *message; /* NULL: the assertion's own */
    const struct template *hint;
    unsigned slot_count;
};

struct az_ruleset {
    const struct az_document *document;
    const struct az_rule *rules;
    size_t count;
};

#endif
