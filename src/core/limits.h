/* Every size a user controls, in one place; assize(1), LIMITS, lists them.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CORE_LIMITS_H
#define AZ_CORE_LIMITS_H

#include <stddef.h>

/* bytes of a file or of standard input */
#define AZ_MAX_FILE_SIZE (256u << 20)
/* bytes of a file that a rule measures and nobody reads */
#define AZ_MAX_ARTIFACT_SIZE (1u << 30)
/* such files that the provenances of one gate name */
#define AZ_MAX_MEASURED_ARTIFACTS 4096u
/* arrays and objects inside each other */
#define AZ_MAX_DEPTH 512
/* values in one document */
#define AZ_MAX_NODES (32u << 20)
/* YAML: values that aliases may add, beyond a first AZ_ALIAS_FREE, for each
   value that the document spells out */
#define AZ_MAX_ALIAS_FACTOR 100
#define AZ_ALIAS_FREE       8192
/* YAML: aliases in one document, each numbered in 24 bits */
#define AZ_MAX_ALIASES 0xffffffu
/* YAML: %TAG and %YAML lines before a document; libyaml compares each with
   each */
#define AZ_MAX_DIRECTIVES 64
/* digits of a number, without the exponent */
#define AZ_MAX_DIGITS 4096
/* the exponent of a number, either way, once it is written d.ddd */
#define AZ_MAX_EXPONENT 9999
/* findings that are kept; those beyond are counted */
#define AZ_MAX_FINDINGS 100000
/* bytes of the pointers of the findings about one document; findings beyond are
   counted */
#define AZ_MAX_POINTER_SIZE (64u << 20)
/* bytes of the annotations of schemas on one document, their locations with
   them */
#define AZ_MAX_ANNOTATION_SIZE (64u << 20)
/* bytes of a regular expression, and of the text it is matched against */
#define AZ_MAX_PATTERN_SIZE (16u << 10)
#define AZ_MAX_SUBJECT_SIZE (1u << 20)
/* groups of a pattern inside each other; PCRE2's own default is 250 */
#define AZ_MAX_PATTERN_DEPTH 200u
/* a count in the braces of a pattern: the largest that PCRE2 has */
#define AZ_MAX_PATTERN_COUNT 65535u
/* steps of one match, points it may go back to, bytes to remember them */
#define AZ_MAX_MATCH_STEPS     1000000u
#define AZ_MAX_MATCH_DEPTH     100000u
#define AZ_MAX_MATCH_HEAP_SIZE (64u << 20)
/* steps that all matches of a pattern may take, for each that one may; those
   that its texts have free do not count: so many, and so many for each byte */
#define AZ_MATCHES_IN_ALL      100u
#define AZ_FREE_STEPS          256u
#define AZ_FREE_STEPS_PER_BYTE 64u
/* filters, parentheses and function calls inside each other in a JSONPath */
#define AZ_MAX_QUERY_DEPTH 128
/* nodes that one run of a JSONPath looks at */
#define AZ_MAX_QUERY_STEPS 200000000u
/* values that one rule looks at in one document, with all choices of the others
   that it refers to: those of its paths, and each for each assertion */
#define AZ_MAX_RULE_STEPS 200000000u
/* those that all rules of one document may take, for each that one may */
#define AZ_RULES_IN_ALL 16u
/* $ref or $dynamicRef followed without moving in the document */
#define AZ_MAX_REF_DEPTH 256
/* metaschemas that describe each other, from a schema's own to a draft's */
#define AZ_MAX_METASCHEMAS 8
/* times that subschemas are applied, in one check of a document: so many, and
   so many more for each of its values */
#define AZ_MAX_CHECK_STEPS          (16u << 20)
#define AZ_MAX_CHECK_STEPS_PER_NODE 1024u
/* schema files that are read because something refers to them */
#define AZ_MAX_SCHEMA_FILES 4096
/* kinds that a project adds, versions and URIs of one of them: each document is
   held against all */
#define AZ_MAX_KINDS      256
#define AZ_MAX_KIND_WORDS 16
/* documents of one run */
#define AZ_MAX_DOCUMENTS 65536
/* ways to choose the other documents that a rule refers to */
#define AZ_MAX_CHOICES 65536
/* changes of one document that self-test tries */
#define AZ_MAX_MUTANTS 20000
/* digits, and the exponent either way, of a number that a metric is derived
   from */
#define AZ_MAX_OPERAND_DIGITS 256
/* rules in one ruleset, rows of one gate */
#define AZ_MAX_RULES 4096
#define AZ_MAX_ROWS  (2u << 20)
/* records of one history of the gate, bytes of one of them; seconds to wait for
   others who use it */
#define AZ_MAX_RECORDS      100000
#define AZ_MAX_RECORD_SIZE  (16u << 20)
#define AZ_MAX_LOCK_SECONDS 30u
/* runs that are promoted to a baseline at once */
#define AZ_MAX_PROMOTED 1000u

/* bytes of a sample log, unpacked, and of one of its lines */
#define AZ_MAX_LOG_SIZE      68719476736
#define AZ_MAX_LOG_LINE_SIZE (64u << 10)
/* and lines of one */
#define AZ_MAX_LOG_LINES 4000000000u
/* and of a time in one */
#define AZ_MAX_LOG_TIME_SIZE 64u
/* samples of all logs; lines that differ in more than value, time and
   artifacts, and the bytes in which they do */
#define AZ_MAX_LOG_SAMPLES      (256u << 20)
#define AZ_MAX_LOG_CONTEXTS     65536u
#define AZ_MAX_LOG_CONTEXT_SIZE (64u << 20)
/* lines of one log about which there are findings; those beyond are counted */
#define AZ_MAX_LOG_FINDINGS 20
/* metrics that bad lines tell; where there are more, none of a log is judged */
#define AZ_MAX_LOG_BAD_METRICS 4096u
/* of those with the same mistake; and lines that are looked at for others */
#define AZ_MAX_LOG_ALIKE 3
#define AZ_MAX_LOG_LOOKS 200
/* findings about what logs say otherwise than the corpus; those beyond are
   counted */
#define AZ_MAX_SCENARIO_FINDINGS 100

/* Those that assize.yaml may lower, under these names: AZ_LIMIT(name, most). */
/* clang-format off */
#define AZ_LIMITS(AZ_LIMIT)                                                    \
    AZ_LIMIT(file_size, AZ_MAX_FILE_SIZE)                                      \
    AZ_LIMIT(depth, AZ_MAX_DEPTH)                                              \
    AZ_LIMIT(nodes, AZ_MAX_NODES)                                              \
    AZ_LIMIT(documents, AZ_MAX_DOCUMENTS)                                      \
    AZ_LIMIT(choices, AZ_MAX_CHOICES)                                          \
    AZ_LIMIT(rows, AZ_MAX_ROWS)                                                \
    AZ_LIMIT(records, AZ_MAX_RECORDS)                                          \
    AZ_LIMIT(mutants, AZ_MAX_MUTANTS)                                          \
    AZ_LIMIT(match_steps, AZ_MAX_MATCH_STEPS)                                  \
    AZ_LIMIT(query_steps, AZ_MAX_QUERY_STEPS)                                  \
    AZ_LIMIT(rule_steps, AZ_MAX_RULE_STEPS)                                    \
    AZ_LIMIT(check_steps, AZ_MAX_CHECK_STEPS)                                  \
    AZ_LIMIT(findings, AZ_MAX_FINDINGS)
/* clang-format on */

/* The limits in force.  An arena carries those of its run. */
struct az_limits {
#define AZ_LIMIT(name, most) size_t name;
    AZ_LIMITS(AZ_LIMIT)
#undef AZ_LIMIT
};

/* The program's own: no limit is ever higher. */
extern const struct az_limits az_limits_own;

#endif
