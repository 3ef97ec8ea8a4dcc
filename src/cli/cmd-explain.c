/* assize explain: what a diagnostic, a rule or a kind means.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include <stdint.h>

#include "cli/command.h"
#include "core/arena.h"
#include "policy/kind.h"

static const char *
effect_of(enum az_class c)
{
    static const char *const effects[AZ_CLASS_COUNT] = {
        [AZ_CLASS_NONE] = "it does not change the exit status",
        [AZ_CLASS_JUDGED] = "an error of this kind makes the run fail: exit 1",
        [AZ_CLASS_USAGE] = "nothing is judged: exit 2",
        [AZ_CLASS_INPUT] = "the input is not sound: exit 3",
        [AZ_CLASS_NO_VERDICT] =
            "an error of this kind leaves no verdict: exit 4",
        [AZ_CLASS_INTERNAL] = "the result is not to be relied on: exit 5",
    };

    return effects[c];
}

/* What a project may do about findings. */
static const char *
yield_of(enum az_yield yield)
{
    static const char *const yields[] = {
        [AZ_YIELD_NONE] = "it can be neither re-graded nor waived",
        [AZ_YIELD_WAIVER] = "single findings can be waived",
        [AZ_YIELD_ALL] = "it can be re-graded, and single findings waived",
    };

    return yields[yield];
}

/* Text, wrapped at 78 columns and indented. */
static void
add_wrapped(struct az_buf *buf, struct az_str text, size_t indent)
{
    size_t column = 0, start = 0, end;

    while (start < text.len) {
        if (text.p[start] == ' ' || text.p[start] == '\n') {
            start++;
            continue;
        }
        for (end = start;
             end < text.len && text.p[end] != ' ' && text.p[end] != '\n';)
            end++;
        if (column == 0 || column + 1 + end - start > 78) {
            az_buf_addf(buf, "%s%*s", column == 0 ? "" : "\n", (int)indent, "");
            column = indent;
        } else {
            az_buf_add_char(buf, ' ');
            column++;
        }
        az_buf_add(buf, (struct az_str){ text.p + start, end - start });
        column += end - start;
        start = end;
    }
    az_buf_add_char(buf, '\n');
}

static void
add_part(struct az_buf *buf, const char *heading, const struct az_node *text)
{
    if (text == NULL || text->type != AZ_STRING)
        return;
    az_buf_addf(buf, "\n%s\n", heading);
    add_wrapped(buf, az_node_text(text), 2);
}

/* An example keeps its lines. */
static void
add_example(struct az_buf *buf, const struct az_node *example)
{
    struct az_str text;
    size_t start = 0, end;

    if (example == NULL || example->type != AZ_STRING)
        return;
    text = az_node_text(example);
    az_buf_add_c(buf, "\nfor example\n");
    for (; start < text.len; start = end + 1) {
        for (end = start; end < text.len && text.p[end] != '\n';)
            end++;
        az_buf_add_c(buf, "  ");
        az_buf_add(buf, (struct az_str){ text.p + start, end - start });
        az_buf_add_char(buf, '\n');
    }
}

static void
explain_diagnostic(struct az_buf *buf, const struct az_document *words,
                   enum az_diag_id id)
{
    const struct az_diag_info *info = az_diag_info(id);
    const struct az_node *entry =
        words == NULL ? NULL : az_node_get(words->root, info->name);

    az_buf_addf(buf, "%s (%s): %s\n", info->name,
                az_severity_name(info->severity), info->summary);
    az_buf_addf(buf, "  %s\n", effect_of(info->class));
    az_buf_addf(buf, "  %s\n",
                id == AZ_DIAG_RULE_BROKEN
                    ? "each rule says what can be done about it"
                    : yield_of(az_diag_yield(id)));
    add_part(buf, "what it means", az_node_get(entry, "means"));
    add_part(buf, "why it matters", az_node_get(entry, "why"));
    add_example(buf, az_node_get(entry, "example"));
    add_part(buf, "how to mend it", az_node_get(entry, "mend"));
}

/* The first break of RULE, as the change to the good sample that it is. */
static void
add_break(struct az_buf *buf, const struct az_rule *rule)
{
    if (rule->breaks == NULL || rule->breaks->type != AZ_ARRAY ||
        rule->breaks->count == 0)
        return;
    az_buf_add_c(buf, "\na change to the good sample that breaks it "
                      "(RFC 6902)\n  ");
    az_node_print(buf, &rule->breaks->items[0]);
    az_buf_add_char(buf, '\n');
}

static void
explain_rule(struct az_buf *buf, const struct az_kind *kind,
             const struct az_rule *rule)
{
    az_buf_addf(buf, "%s (%s): a rule of the kind %s\n", rule->id,
                az_severity_name(rule->severity), kind->name);
    az_buf_addf(buf, "  %s\n",
                yield_of(rule->fatal ? AZ_YIELD_NONE : AZ_YIELD_ALL));
    add_part(buf, "message", rule->message);
    add_part(buf, "why", rule->why);
    add_part(buf, "how to mend it", rule->hint);
    az_buf_add_c(buf, "\nwhat it looks at\n  ");
    az_node_print(buf, rule->given);
    az_buf_add_c(buf, "\n\nwhat must hold\n  ");
    az_node_print(buf, rule->assertion);
    az_buf_add_char(buf, '\n');
    add_break(buf, rule);
}

/* All ids and rules with a line each. */
static void
list_all(struct az_buf *buf, struct az_kinds *kinds)
{
    size_t i, k, count;

    az_buf_add_c(buf, "diagnostics:\n");
    for (i = 0; i < AZ_DIAG_COUNT; i++) {
        const struct az_diag_info *info = az_diag_info((enum az_diag_id)i);

        az_buf_addf(buf, "  %-28s %-8s %s\n", info->name,
                    az_severity_name(info->severity), info->summary);
    }
    for (i = 0; i < kinds->count; i++) {
        const struct az_ruleset *ruleset = az_kind_ruleset(&kinds->items[i]);
        const struct az_rule *rules;

        if (ruleset == NULL)
            continue;
        rules = az_ruleset_rules(ruleset, &count);
        az_buf_addf(buf, "rules of %s:\n", kinds->items[i].name);
        for (k = 0; k < count; k++)
            az_buf_addf(buf, "  %-40s %s\n", rules[k].id,
                        az_severity_name(rules[k].severity));
    }
}

/* Every name there is to explain, for "did you mean". */
static struct az_str *
all_names(struct az_kinds *kinds, size_t *ret_count)
{
    struct az_str *names = NULL;
    size_t count = 0, capacity = 0, i, k, rule_count;

    for (i = 0; i < AZ_DIAG_COUNT; i++) {
        names = az_arena_grow(kinds->arena, names, count, &capacity,
                              sizeof(*names));
        names[count++] = az_str_from(az_diag_info((enum az_diag_id)i)->name);
    }
    for (i = 0; i < kinds->count; i++) {
        const struct az_ruleset *ruleset = az_kind_ruleset(&kinds->items[i]);
        const struct az_rule *rules;

        names = az_arena_grow(kinds->arena, names, count, &capacity,
                              sizeof(*names));
        names[count++] = az_str_from(kinds->items[i].name);
        if (ruleset == NULL)
            continue;
        rules = az_ruleset_rules(ruleset, &rule_count);
        for (k = 0; k < rule_count; k++) {
            names = az_arena_grow(kinds->arena, names, count, &capacity,
                                  sizeof(*names));
            names[count++] = az_str_from(rules[k].id);
        }
    }
    *ret_count = count;
    return names;
}

/* A kind, with its rules. */
static void
explain_kind(struct az_buf *buf, struct az_kind *kind)
{
    const struct az_ruleset *ruleset = az_kind_ruleset(kind);
    const struct az_rule *rules;
    size_t i, count;

    az_buf_addf(buf, "%s: a kind, %s\n  ", kind->name,
                kind->built_in ? "built in" : "of " AZ_PROJECT_FILE);
    az_buf_add_escaped(buf, az_str_from(kind->title), SIZE_MAX);
    az_buf_addf(buf, "\n\nits schema\n  'assize schema %s' prints it\n",
                kind->name);
    if (ruleset == NULL)
        return;
    az_buf_add_c(buf, "\nits rules\n");
    rules = az_ruleset_rules(ruleset, &count);
    for (i = 0; i < count; i++)
        az_buf_addf(buf, "  %-40s %s\n", rules[i].id,
                    az_severity_name(rules[i].severity));
}

/* Whether one of the kinds from number FROM on, or a rule of theirs, is called
   NAME. */
static bool
explain_among(struct az_buf *buf, struct az_kinds *kinds, size_t from,
              struct az_str name)
{
    bool found = false;
    size_t i;

    for (i = from; i < kinds->count; i++) {
        struct az_kind *kind = &kinds->items[i];
        const struct az_ruleset *ruleset = az_kind_ruleset(kind);
        const struct az_rule *rule =
            ruleset == NULL ? NULL : az_ruleset_find(ruleset, name);
        bool is_kind = az_kind_find(kinds, name) == kind;

        if ((rule != NULL || is_kind) && buf->len > 0)
            az_buf_add_char(buf, '\n');
        if (rule != NULL)
            explain_rule(buf, kind, rule);
        if (rule != NULL && is_kind)
            az_buf_add_char(buf, '\n');
        if (is_kind)
            explain_kind(buf, kind);
        found |= rule != NULL || is_kind;
    }
    return found;
}

/* What the program brings. */
static bool
explain_built_in(struct az_buf *buf, struct az_kinds *kinds, const char *name)
{
    enum az_diag_id id = az_diag_find(name);

    if (id != AZ_DIAG_COUNT)
        explain_diagnostic(buf,
                           az_embedded_read(kinds->arena, kinds->sink,
                                            AZ_STR("man/diagnostics.yaml")),
                           id);
    return explain_among(buf, kinds, 0, az_str_from(name)) ||
           id != AZ_DIAG_COUNT;
}

static enum az_exit
explain_all(struct az_kinds *kinds)
{
    bool good = az_kinds_add_own(kinds);
    enum az_exit status;
    struct az_buf buf;

    if (!good)
        kinds->count = kinds->built_in_count;
    az_buf_init(&buf, kinds->arena);
    list_all(&buf, kinds);
    status = az_cli_print(az_buf_str(&buf));
    return good || status != AZ_EXIT_PASS ? status : AZ_EXIT_INPUT;
}

static enum az_exit
unknown_name(struct az_kinds *kinds, const char *name)
{
    struct az_sink *sink = kinds->sink;
    size_t count, nearest;
    struct az_str *names = all_names(kinds, &count);
    struct az_diag *diag;

    nearest = az_str_nearest(az_str_from(name), names, count);
    diag = az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                       "there is no diagnostic, rule or kind %s",
                       az_str_quote(kinds->arena, az_str_from(name)));
    if (nearest < count)
        az_diag_hint(sink, diag, "did you mean '%.*s'?",
                     AZ_STR_ARG(names[nearest]));
    else
        az_diag_hint(sink, diag, "'assize explain' lists them all");
    return AZ_EXIT_USAGE;
}

/* What a project has under the name comes behind what the program has; its
   mistakes matter only to who asks for what is not the program's. */
static enum az_exit
explain(struct az_sink *sink, const struct az_list *operands)
{
    struct az_kinds *kinds = az_kinds_new(sink->arena, sink);
    const char *name = operands->count == 0 ? NULL : operands->items[0];
    struct az_sink unheard;
    struct az_buf buf;
    bool found, good;

    if (name == NULL)
        return explain_all(kinds);
    az_buf_init(&buf, sink->arena);
    found = explain_built_in(&buf, kinds, name);
    az_sink_init(&unheard, sink->arena);
    if (found)
        kinds->sink = &unheard;
    good = az_kinds_add_own(kinds);
    if (good)
        found |= explain_among(&buf, kinds, kinds->built_in_count,
                               az_str_from(name));
    if (found)
        return az_cli_print(az_buf_str(&buf));
    return good ? unknown_name(kinds, name) : AZ_EXIT_INPUT;
}

static enum az_exit
run(struct az_arena *arena, char **argv)
{
    static const struct az_plain_command plain = { &az_command_explain, 0, 1,
                                                   "one name", explain };

    return az_cli_run_plain(arena, argv, &plain);
}

const struct az_command az_command_explain = {
    .name = "explain",
    .operands = "[NAME]",
    .summary = "tell what a diagnostic, a rule or a kind is",
    .description = "Tells what the diagnostic, rule or kind NAME means, why it "
                   "exists, what breaks it and\nhow to mend that.  Without "
                   "NAME, lists all diagnostics and rules.",
    .options = az_plain_options,
    .run = run,
};
