/* Diagnostics: findings as data, in a sink that never prints.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CORE_DIAG_H
#define AZ_CORE_DIAG_H

#include <stdbool.h>
#include <stddef.h>

#include "core/diag-ids.h"
#include "core/source.h"
#include "core/str.h"

struct az_arena;
struct az_document;
struct az_node;

/* By consequence: an error keeps the run from passing, a warning changes no
   verdict, an info is a remark. */
enum az_severity { AZ_INFO, AZ_WARNING, AZ_ERROR, AZ_SEVERITY_COUNT };

/* What an error does to the run: its exit status.  Of several, az_sink_class
   tells which decides. */
enum az_class {
    AZ_CLASS_NONE = 0,
    AZ_CLASS_JUDGED = 1,     /* a rule, a shape or a limit is broken */
    AZ_CLASS_USAGE = 2,      /* the command line is wrong */
    AZ_CLASS_INPUT = 3,      /* a file is unreadable or malformed */
    AZ_CLASS_NO_VERDICT = 4, /* what the judgement needs is missing */
    AZ_CLASS_INTERNAL = 5,   /* output not written, out of memory */
    AZ_CLASS_COUNT,
};

enum az_diag_id {
#define AZ_DIAG(name, text, severity, class, summary) AZ_DIAG_##name,
    AZ_DIAG_IDS(AZ_DIAG)
#undef AZ_DIAG
        AZ_DIAG_COUNT,
};

/* A catalogue entry. */
struct az_diag_info {
    const char *name; /* kebab case, never renamed */
    enum az_severity severity;
    enum az_class class;
    const char *summary; /* one line, lower case, no full stop */
};

/* What a project may do about findings. */
enum az_yield {
    AZ_YIELD_NONE,   /* fatal: nothing */
    AZ_YIELD_WAIVER, /* waive one, with a reason and for a time */
    AZ_YIELD_ALL,    /* re-grade the severity of all of them, too */
};

const struct az_diag_info *az_diag_info(enum az_diag_id id);
/* What findings with ID yield.  Whatever leaves a run without a verdict, and
   what keeps others from passing unseen, yields to nothing. */
enum az_yield az_diag_yield(enum az_diag_id id);
/* Whether ID is one of those that a schema finds in a document. */
bool az_diag_is_shape(enum az_diag_id id);
/* Whether ID is one that only the gate finds, or 'assize baseline'. */
bool az_diag_is_of_gate(enum az_diag_id id);
/* Whether findings with ID are about a measured value that is too bad, so that
   it is known which way it would be worse. */
bool az_diag_is_of_value(enum az_diag_id id);
/* The id called NAME; AZ_DIAG_COUNT if there is none. */
enum az_diag_id az_diag_find(const char *name);
/* "info", "warning", "error" */
const char *az_severity_name(enum az_severity severity);
/* False if NAME is no severity. */
bool az_severity_parse(struct az_str name, enum az_severity *ret);

/* Where a finding of a schema stands by the standard's words (2020-12 core,
   12.3): two JSON Pointers and a URI. */
struct az_location {
    const char *instance; /* in the document */
    const char *keyword;  /* from the root of the schema, through references */
    const char *absolute; /* of the keyword, whichever way led to it */
};

/* Which way the value of a finding would become worse, where that is known. */
enum az_worse { AZ_WORSE_UNKNOWN, AZ_WORSE_ABOVE, AZ_WORSE_BELOW };

/* By whose word a finding does not count. */
struct az_waived {
    struct az_str owner;
    struct az_str ticket;
    struct az_str reason;
    struct az_str until; /* YYYY-MM-DD, its last day */
    struct az_place place;
};

/* A second place that a finding speaks of: the first of two equal keys, the
   budget that a scenario should name. */
struct az_related {
    struct az_place place;
    const char *message;
    const struct az_location *location; /* of a schema's finding; or NULL */
    struct az_related *next;
};

struct az_diag {
    enum az_diag_id id;
    enum az_diag_id like; /* a waiver of this is for it too; mostly ID */
    enum az_severity severity;
    enum az_severity found; /* before a project's word changed it */
    enum az_class class;    /* where an error counts */
    bool fatal;             /* it, or its rule, is: it yields to nothing; as
                               where there was nothing to compare with */
    enum az_worse worse;
    struct az_place place;
    const char *pointer; /* RFC 6901, or NULL */
    const char *rule;    /* the rule's id, or NULL */
    const char *message; /* one line, lower case, no full stop, escaped */
    const char *hint;    /* what to do, or NULL */
    const struct az_location *location; /* of a schema's finding; or NULL */
    struct az_related *related;
    /* What POINTER is in, where that is nothing that stands at the place but
       was computed of it; or NULL. */
    const struct az_document *computed;
    /* A number that is worse than the one at POINTER, which a waiver must have
       room for too; or NULL. */
    const struct az_node *worst;
    const struct az_waived *waived; /* or NULL */
    size_t sequence; /* order of arrival: the last key of the sort */
};

/* Collects findings.  Keeps as many as its limit (AZ_MAX_FINDINGS) lets it,
   counts all, so that a verdict never depends on what is kept. */
struct az_sink {
    struct az_arena *arena;
    struct az_diag **diags;
    size_t count; /* kept */
    size_t capacity;
    size_t limit; /* of those kept; may be lowered */
    size_t total; /* kept or not */
    size_t by_severity[AZ_SEVERITY_COUNT];
    size_t errors_by_class[AZ_CLASS_COUNT];
    size_t softened; /* errors that az_diag_regrade made warnings */
    struct az_diag overflow;
};

void az_sink_init(struct az_sink *sink, struct az_arena *arena);

/* Records a finding and returns it, so that the caller may set pointer, rule,
   hint and related.  Never NULL; past the limit what is returned is counted
   and forgotten. Document text enters FORMAT through az_str_quote. */
struct az_diag *az_sink_add(struct az_sink *sink, enum az_diag_id id,
                            struct az_place place, const char *format, ...)
    __attribute__((format(printf, 4, 5), returns_nonnull));
/* The same with a severity other than the catalogue's. */
struct az_diag *az_sink_add_as(struct az_sink *sink, enum az_diag_id id,
                               enum az_severity severity, struct az_place place,
                               const char *format, ...)
    __attribute__((format(printf, 5, 6), returns_nonnull));
void az_diag_hint(struct az_sink *sink, struct az_diag *diag,
                  const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Adds a related place behind those DIAG has, and returns it; one that is
   forgotten if DIAG is. */
struct az_related *az_diag_relate(struct az_sink *sink, struct az_diag *diag,
                                  struct az_place place, const char *format,
                                  ...)
    __attribute__((format(printf, 4, 5), returns_nonnull));

/* The same for the alias through which NODE stands where it does in DOCUMENT;
   nothing for a node that is spelled out there. */
void az_diag_relate_alias(struct az_sink *sink, struct az_diag *diag,
                          const struct az_document *document,
                          const struct az_node *node);

/* Lets an error count as one of CLASS: in the input of a gate, say, a broken
   shape is malformed input. */
void az_diag_reclass(struct az_sink *sink, struct az_diag *diag,
                     enum az_class class);
/* Has all errors since BEFORE, a copy of SINK then, that count as judged count
   for CLASS, those that are not kept too. */
void az_sink_reclass_since(struct az_sink *sink, const struct az_sink *before,
                           enum az_class class);

/* What DIAG yields, by its id, its rule and the class that it counts in. */
enum az_yield az_diag_yields(const struct az_diag *diag);
/* Gives DIAG, which is one of those kept, another severity. */
void az_diag_regrade(struct az_sink *sink, struct az_diag *diag,
                     enum az_severity severity);

/* Takes back those of the findings from number FROM on for which DROP, asked
   with CONTEXT, is true. */
void az_sink_drop(struct az_sink *sink, size_t from,
                  bool (*drop)(const struct az_diag *diag, void *context),
                  void *context);

/* Adds the findings of FROM, with copies of all their text, behind those of
   INTO, as if they had been made there.  With BRIEF, the sources of their
   places go before INTO does and are copied as well; a related place elsewhere
   than its finding is in a source that stays. */
void az_sink_append(struct az_sink *into, const struct az_sink *from,
                    bool brief);

/* Sorts by file name, where the place begins, severity, the worst first, where
   it ends, id, rule, pointer and message; drops findings that are equal in all
   of these, of which one stays, fatal if any is. */
void az_sink_sort(struct az_sink *sink);
/* The class that decides the exit status, the first present of 5, 2, 3, 4, 1;
   AZ_CLASS_NONE without errors. */
enum az_class az_sink_class(const struct az_sink *sink);

#endif
