/* assize explain: what a diagnostic or a rule means.
   SPDX-License-Identifier: MIT */

#include <config.h>

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

static bool
explain_one(struct az_buf *buf, struct az_kinds *kinds, const char *name)
{
    enum az_diag_id id = az_diag_find(name);
    bool found = id != AZ_DIAG_COUNT;
    size_t i;

    if (found)
        explain_diagnostic(buf,
                           az_embedded_read(kinds->arena, kinds->sink,
                                            AZ_STR("man/diagnostics.yaml")),
                           id);
    for (i = 0; i < kinds->count && !found; i++) {
        const struct az_ruleset *ruleset = az_kind_ruleset(&kinds->items[i]);
        const struct az_rule *rule =
            ruleset == NULL ? NULL
                            : az_ruleset_find(ruleset, az_str_from(name));

        found = rule != NULL;
        if (found)
            explain_rule(buf, &kinds->items[i], rule);
    }
    return found;
}

static enum az_exit
explain(struct az_sink *sink, const struct az_list *operands)
{
    struct az_arena *arena = sink->arena;
    struct az_kinds *kinds = az_kinds_new(arena, sink);
    const char *name = operands->count == 0 ? NULL : operands->items[0];
    struct az_str *names;
    struct az_diag *diag;
    struct az_buf buf;
    size_t count, nearest;

    az_buf_init(&buf, arena);
    if (name == NULL) {
        list_all(&buf, kinds);
        return az_cli_print(az_buf_str(&buf));
    }
    if (explain_one(&buf, kinds, name))
        return az_cli_print(az_buf_str(&buf));
    names = all_names(kinds, &count);
    nearest = az_str_nearest(az_str_from(name), names, count);
    diag = az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                       "there is no diagnostic or rule %s",
                       az_str_quote(arena, az_str_from(name)));
    if (nearest < count)
        az_diag_hint(sink, diag, "did you mean '%.*s'?",
                     AZ_STR_ARG(names[nearest]));
    else
        az_diag_hint(sink, diag, "'assize explain' lists them all");
    return AZ_EXIT_USAGE;
}

static enum az_exit
run(struct az_arena *arena, char **argv)
{
    static const struct az_plain_command plain = { &az_command_explain, 0, 1,
                                                   "one id", explain };

    return az_cli_run_plain(arena, argv, &plain);
}

const struct az_command az_command_explain = {
    .name = "explain",
    .operands = "[ID]",
    .summary = "tell what a diagnostic or a rule means",
    .description = "Tells what the diagnostic or rule ID means, why it exists, "
                   "what breaks it and how to\nmend that.  Without ID, lists "
                   "all of them.",
    .options = az_plain_options,
    .run = run,
};
