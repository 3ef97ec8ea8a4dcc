/* Assertions about paths, command lines and compiler flags.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/arena.h"
#include "core/path.h"
#include "rule/parse.h"
#include "rule/rustc.h"
#include "rule/trial.h"

/* relative_path */

static const void *
parse_relative_path(struct parser *parser, const struct az_node *object,
                    const struct az_member *member)
{
    (void)object;
    if (!az_rule_want_true(parser, &member->value, "relative_path"))
        return NULL;
    return member;
}

static enum outcome
judge_relative_path(struct trial *trial, const struct assertion *assertion,
                    const struct subject *subject)
{
    struct failure failure;
    const char *complaint;
    struct az_str path;

    (void)assertion;
    if (!az_rule_string_text(&subject->item, &path))
        return az_rule_fail_type(trial, subject, "string");
    complaint = az_path_complaint(path);
    if (complaint == NULL)
        return HOLDS;
    az_rule_failure(&failure, subject);
    return az_rule_fail(trial, &failure, "the path %s %s",
                        az_node_quote(trial->arena, subject->item.node),
                        complaint);
}

/* distinct_paths */

struct distinct {
    const struct path *paths;
    size_t count;
};

static const void *
parse_distinct(struct parser *parser, const struct az_node *object,
               const struct az_member *member)
{
    struct distinct *distinct = AZ_NEW(parser->arena, struct distinct);

    (void)object;
    distinct->paths = az_rule_parse_paths(parser, &member->value,
                                          "'distinct_paths'", &distinct->count);
    return distinct->paths == NULL ? NULL : distinct;
}

/* PATH without '.', empty and, where it can be told, '..' components. */
static struct az_str
normalise(struct az_arena *arena, struct az_str path)
{
    char *out = az_arena_alloc(arena, path.len + 1);
    size_t start = 0, end, length = 0, floor = 0;

    if (path.len > 0 && path.p[0] == '/')
        out[length++] = '/', floor = 1;
    for (; start < path.len; start = end + 1) {
        struct az_str part = { path.p + start, 0 };

        for (end = start; end < path.len && path.p[end] != '/';)
            end++;
        part.len = end - start;
        if (part.len == 0 || az_str_eq_c(part, "."))
            continue;
        if (az_str_eq_c(part, "..") && length > floor) {
            while (length > floor && out[length - 1] != '/')
                length--;
            length -= length > floor;
            continue;
        }
        if (length > floor)
            out[length++] = '/';
        memmove(out + length, part.p, part.len);
        length += part.len;
        if (az_str_eq_c(part, ".."))
            floor = length;
    }
    out[length] = '\0';
    return (struct az_str){ out, length };
}

/* Judges one path's nodes against those SEEN. */
static enum outcome
judge_distinct_nodes(struct trial *trial, const struct az_document *document,
                     const struct az_nodes *nodes,
                     const struct subject *subject, struct az_map *seen)
{
    enum outcome outcome = HOLDS;
    struct az_map_entry *entry;
    struct failure failure;
    bool is_new;
    size_t i;

    for (i = 0; i < nodes->count; i++) {
        struct subject there = { document,
                                 { nodes->items[i], nodes->items[i], false } };

        az_rule_spend(trial, az_rule_weight(there.item.node));
        if (there.item.node->type != AZ_STRING) {
            outcome = az_rule_fail_type(trial, &there, "string");
            continue;
        }
        entry = az_map_put(
            seen, normalise(trial->arena, az_node_text(there.item.node)),
            &is_new);
        if (is_new) {
            entry->value = (void *)(uintptr_t)there.item.node;
            continue;
        }
        az_rule_failure(&failure, subject);
        failure.at = there;
        failure.value = there.item;
        az_rule_relate(&failure, document, entry->value, "the first is here");
        outcome = az_rule_fail(trial, &failure, "the path %s is used twice",
                               az_node_quote(trial->arena, there.item.node));
    }
    return outcome;
}

static enum outcome
judge_distinct(struct trial *trial, const struct assertion *assertion,
               const struct subject *subject)
{
    const struct distinct *distinct = assertion->data;
    enum outcome outcome = HOLDS, one;
    const struct az_nodes *nodes;
    struct failure failure;
    struct az_map seen;
    size_t i, found = 0;

    az_map_init(&seen, trial->arena);
    for (i = 0; i < distinct->count; i++) {
        nodes = az_rule_nodes(trial, &distinct->paths[i], subject);
        if (nodes == NULL)
            return az_rule_fail_path(trial, subject, &distinct->paths[i]);
        found += nodes->count;
        one = judge_distinct_nodes(
            trial, az_rule_path_document(trial, &distinct->paths[i], subject),
            nodes, subject, &seen);
        outcome = one == HOLDS ? outcome : one;
        az_rule_nodes_release(trial, nodes);
    }
    if (found > 0)
        return outcome;
    az_rule_failure(&failure, subject);
    failure.outcome = VOID;
    return az_rule_fail(trial, &failure, "nothing to compare: no path there");
}

/* command */

struct option {
    struct az_str name;
    const struct condition *condition;
};

struct command {
    bool no_control_operators;
    struct option *options;
    size_t option_count;
    const struct operand *required_words; /* or NULL */
};

static bool
parse_options(struct parser *parser, const struct az_node *node,
              struct command *command)
{
    bool good = true;
    size_t i;

    if (!az_rule_want(parser, node, AZ_OBJECT, "'options'"))
        return false;
    command->options = az_arena_array(parser->arena, node->count + 1,
                                      sizeof(*command->options));
    command->option_count = node->count;
    for (i = 0; i < node->count; i++) {
        const struct az_member *member = &node->members[i];

        if (member->key.len < 2 || member->key.p[0] != '-') {
            az_rule_mistake(parser, &member->value,
                            "%s is no option: it does not begin with '-'",
                            az_str_quote(parser->arena, member->key));
            good = false;
        }
        command->options[i].name = member->key;
        command->options[i].condition =
            az_rule_parse_condition(parser, &member->value);
        good &= command->options[i].condition != NULL;
    }
    return good;
}

static const void *
parse_command(struct parser *parser, const struct az_node *object,
              const struct az_member *member)
{
    static const char *const names[] = { "no_control_operators", "options",
                                         "required_words", NULL };
    const struct az_node *node = &member->value, *options, *words;
    struct command *command = AZ_NEW(parser->arena, struct command);

    (void)object;
    if (!az_rule_want(parser, node, AZ_OBJECT, "'command'") ||
        !az_rule_check_keys(parser, node, names, "'command'"))
        return NULL;
    command->no_control_operators =
        az_rule_flag(parser, node, "no_control_operators");
    options = az_node_get(node, "options");
    words = az_node_get(node, "required_words");
    if (options != NULL && !parse_options(parser, options, command))
        return NULL;
    if (words != NULL) {
        command->required_words = az_rule_parse_operand(parser, words, true);
        if (command->required_words == NULL)
            return NULL;
    }
    if (node->count > 0)
        return command;
    az_rule_mistake(parser, node, "'command' demands nothing");
    return NULL;
}

static enum outcome
judge_option_value(struct trial *trial, const struct option *option,
                   const struct subject *subject, struct az_str value)
{
    struct az_node *node = az_arena_alloc(trial->arena, sizeof(*node));
    struct subject word = *subject;

    *node = az_rule_string_node(value, subject->item.node->span);
    word.item.node = node;
    word.item.word = true;
    return az_rule_judge_condition(trial, option->condition, &word);
}

/* Judges each "NAME VALUE" and "NAME=VALUE" among WORDS. */
static enum outcome
judge_option(struct trial *trial, const struct option *option,
             const struct subject *subject, const struct strings *words)
{
    enum outcome outcome = HOLDS, one;
    struct failure failure;
    size_t i;

    az_rule_spend(trial, words->count);
    for (i = 0; i < words->count && !trial->exhausted; i++) {
        struct az_str word = words->items[i], value = word;

        if (!az_str_starts_with(word, option->name))
            continue;
        if (word.len > option->name.len) {
            if (word.p[option->name.len] != '=')
                continue;
            value.p += option->name.len + 1;
            value.len -= option->name.len + 1;
        } else if (i + 1 < words->count) {
            value = words->items[++i];
        } else {
            az_rule_failure(&failure, subject);
            return az_rule_fail(trial, &failure, "option %s has no value",
                                az_str_quote(trial->arena, option->name));
        }
        one = judge_option_value(trial, option, subject, value);
        outcome = one == HOLDS ? outcome : one;
    }
    return outcome;
}

static enum outcome
judge_required_words(struct trial *trial, const struct operand *operand,
                     const struct subject *subject, const struct strings *words)
{
    struct collection temporary, *wanted;
    struct failure failure;
    enum outcome outcome;
    struct az_map present;
    struct az_str text;
    size_t i;

    outcome = az_rule_operand_set(trial, operand, subject, &temporary, &wanted);
    if (outcome != HOLDS)
        return outcome;
    az_rule_spend(trial, wanted->count + words->count);
    az_map_init(&present, trial->arena);
    for (i = 0; i < words->count; i++)
        az_map_put(&present, words->items[i], NULL);
    az_rule_failure(&failure, subject);
    for (i = 0; i < wanted->count; i++) {
        text = AZ_STR("");
        if (wanted->items[i].node->type == AZ_STRING ||
            wanted->items[i].node->type == AZ_NUMBER)
            text = az_node_text(wanted->items[i].node);
        if (az_map_find(&present, text) == NULL)
            az_rule_show(&failure.missing, wanted->items[i]);
    }
    if (failure.missing.count == 0)
        return HOLDS;
    return az_rule_fail(trial, &failure, "the command has no word %s",
                        az_rule_list(trial, &failure.missing));
}

static enum outcome
judge_control(struct trial *trial, const struct subject *subject,
              const struct shell_words *words)
{
    struct failure failure;

    az_rule_failure(&failure, subject);
    if (words->unbalanced)
        return az_rule_fail(trial, &failure,
                            "a quote in the command is not closed, or a "
                            "backslash ends it");
    failure.expected = "no shell control operator";
    return az_rule_fail(trial, &failure,
                        "the command has %s, which a shell acts on",
                        az_str_quote(trial->arena, words->control));
}

/* The words of the command that SUBJECT is.  Several rules mostly ask about the
   same one, so the last is kept. */
static const struct shell_words *
split_command(struct trial *trial, const struct subject *subject)
{
    struct az_judge *judge = trial->judge;
    struct az_str line = az_node_text(subject->item.node);

    if (judge->words != NULL && judge->line.p == line.p &&
        judge->line.len == line.len)
        return judge->words;
    judge->line = line;
    judge->words = az_arena_alloc(trial->arena, sizeof(*judge->words));
    az_rule_shell_split(trial->arena, line, judge->words);
    return judge->words;
}

static enum outcome
judge_command(struct trial *trial, const struct assertion *assertion,
              const struct subject *subject)
{
    const struct command *command = assertion->data;
    enum outcome outcome = HOLDS, one;
    const struct shell_words *words;
    size_t i;

    if (subject->item.node->type != AZ_STRING)
        return az_rule_fail_type(trial, subject, "string");
    words = split_command(trial, subject);
    if (words->unbalanced)
        return judge_control(trial, subject, words);
    if (command->no_control_operators && words->control.len > 0)
        outcome = judge_control(trial, subject, words);
    for (i = 0; i < command->option_count; i++) {
        one = judge_option(trial, &command->options[i], subject, &words->words);
        outcome = one == HOLDS ? outcome : one;
    }
    if (command->required_words == NULL)
        return outcome;
    one = judge_required_words(trial, command->required_words, subject,
                               &words->words);
    return one == HOLDS ? outcome : one;
}

/* rustc */

struct flag {
    struct az_str option;
    bool required;
    const struct condition *condition; /* NULL: it must be there, that is all */
};

static const char *const flag_names[] = { "option", "required", NULL };

static const void *
parse_rustc(struct parser *parser, const struct az_node *object,
            const struct az_member *member)
{
    const struct az_node *node = &member->value, *option;
    struct flag *flag = AZ_NEW(parser->arena, struct flag);

    (void)object;
    if (!az_rule_want(parser, node, AZ_OBJECT, "'rustc'"))
        return NULL;
    option = az_node_get(node, "option");
    if (option == NULL) {
        az_rule_mistake(parser, node, "'rustc' has no 'option'");
        return NULL;
    }
    if (!az_rule_want(parser, option, AZ_STRING, "'option'"))
        return NULL;
    flag->option = az_node_text(option);
    flag->required = az_rule_flag(parser, node, "required");
    if (flag->required && node->count == 2)
        return flag;
    flag->condition = az_rule_parse_condition_but(parser, node, flag_names);
    return flag->condition == NULL ? NULL : flag;
}

/* The strings of SUBJECT, one or a list. */
static bool
take_flags(struct trial *trial, const struct subject *subject,
           struct strings *ret)
{
    const struct az_node *node = subject->item.node;
    size_t i;

    if (node->type == AZ_STRING) {
        az_rule_strings_add(trial->arena, ret, az_node_text(node));
        return true;
    }
    for (i = 0; node->type == AZ_ARRAY && i < node->count; i++) {
        if (node->items[i].type != AZ_STRING)
            return false;
        az_rule_strings_add(trial->arena, ret, az_node_text(&node->items[i]));
    }
    return node->type == AZ_ARRAY;
}

static enum outcome
judge_rustc(struct trial *trial, const struct assertion *assertion,
            const struct subject *subject)
{
    const struct flag *flag = assertion->data;
    struct strings flags = { NULL, 0, 0 };
    struct subject word = *subject;
    struct rustc_option found;
    struct failure failure;
    struct az_node *node;

    if (!take_flags(trial, subject, &flags))
        return az_rule_fail_type(trial, subject, "list of strings");
    az_rule_spend(trial, az_rule_weight(subject->item.node));
    az_rule_rustc_find(flags.items, flags.count, flag->option, &found);
    az_rule_failure(&failure, subject);
    if (found.dangling)
        return az_rule_fail(trial, &failure, "the last '-C' has no option");
    if (!found.found && flag->required)
        return az_rule_fail(trial, &failure, "codegen option %s is not set",
                            az_str_quote(trial->arena, flag->option));
    if (!found.found || flag->condition == NULL)
        return HOLDS;
    if (subject->item.node->type == AZ_ARRAY)
        word.item.place = &subject->item.node->items[found.index];
    node = az_arena_alloc(trial->arena, sizeof(*node));
    *node = az_rule_string_node(found.value, word.item.place->span);
    word.item.node = node;
    word.item.word = true;
    return az_rule_judge_condition(trial, flag->condition, &word);
}

const struct assertion_type az_rule_text_assertions[] = {
    { "relative_path", parse_relative_path, judge_relative_path, false },
    { "distinct_paths", parse_distinct, judge_distinct, false },
    { "command", parse_command, judge_command, false },
    { "rustc", parse_rustc, judge_rustc, false },
    { NULL, NULL, NULL, false },
};
