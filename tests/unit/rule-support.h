/* What the tests of rules share: texts in which ` stands for ", findings as
   text.
   SPDX-License-Identifier: MIT */

#ifndef TESTS_UNIT_RULE_SUPPORT_H
#define TESTS_UNIT_RULE_SUPPORT_H

#include <string.h>

#include "rule/rule.h"
#include "support.h"

/* TEXT with " for each `. */
static inline char *
quoted(const char *text)
{
    char *copy = az_arena_strdup(arena, text), *p;

    for (p = copy; *p != '\0'; p++)
        if (*p == '`')
            *p = '"';
    return copy;
}

/* TEXT, JSON with ` for ", as a document called NAME. */
static inline const struct az_document *
read_quoted(const char *name, const char *text)
{
    const struct az_document *document = az_read_json(
        arena, &sink, az_source_new(arena, name, az_str_from(quoted(text))));

    ck_assert_msg(document != NULL && sink.total == 0, "not JSON: %s", text);
    return document;
}

static inline void
describe_place(struct az_buf *buf, struct az_place place)
{
    struct az_position at = az_source_position(place.source, place.span.start);
    struct az_position end = az_source_position(place.source, place.span.end);

    if (strcmp(place.source->name, "test") != 0)
        az_buf_addf(buf, "%s:", place.source->name);
    az_buf_addf(buf, "%u:%u-%u", at.line, at.column, end.column);
}

/* The findings of SINK, sorted, one a line: place, pointer, id where it is not
   rule-broken, message; then the hint and related places. */
static inline const char *
findings(struct az_sink *from)
{
    const struct az_related *related;
    struct az_buf buf;
    size_t i;

    az_sink_sort(from);
    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "");
    for (i = 0; i < from->count; i++) {
        const struct az_diag *diag = from->diags[i];

        if (i > 0)
            az_buf_add_char(&buf, '\n');
        describe_place(&buf, diag->place);
        az_buf_addf(&buf, " %s ", diag->pointer == NULL ? "-" : diag->pointer);
        if (diag->id != AZ_DIAG_RULE_BROKEN &&
            diag->id != AZ_DIAG_RULESET_INVALID)
            az_buf_addf(&buf, "[%s] ", az_diag_info(diag->id)->name);
        if (diag->severity != AZ_ERROR)
            az_buf_addf(&buf, "(%s) ", az_severity_name(diag->severity));
        az_buf_add_c(&buf, diag->message);
        if (diag->hint != NULL)
            az_buf_addf(&buf, " | %s", diag->hint);
        for (related = diag->related; related != NULL;
             related = related->next) {
            az_buf_add_c(&buf, " > ");
            describe_place(&buf, related->place);
            az_buf_addf(&buf, " %s", related->message);
        }
    }
    return buf.p == NULL ? "" : buf.p;
}

#endif
