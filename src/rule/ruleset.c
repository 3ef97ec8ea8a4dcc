/* Rulesets: the list of rules, compiled.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/arena.h"
#include "core/ascii.h"
#include "core/limits.h"
#include "rule/parse.h"

/* The keys of a rule, in the order in which most rules have them. */
enum part {
    ID,
    SEVERITY,
    CATEGORY,
    DOCUMENTS,
    GIVEN,
    MAY_BE_EMPTY,
    ASSERT,
    ONCE,
    MESSAGE,
    WHY,
    HINT,
    FATAL,
    BREAKS,
    PART_COUNT,
};

static const char *const rule_keys[] = {
    "id",           "severity", "category", "documents", "given",
    "may_be_empty", "assert",   "once",     "message",   "why",
    "hint",         "fatal",    "breaks",   NULL,
};

/* The members of a rule; NULL where it does not have the key. */
struct parts {
    const struct az_node *of[PART_COUNT];
};

/* One way along the members of RULE, and along the keys with them. */
static struct parts
find_parts(const struct az_node *rule)
{
    struct parts parts = { { NULL } };
    size_t i, tried, key = 0;

    for (i = 0; i < rule->count; i++)
        for (tried = 0; tried < PART_COUNT; tried++) {
            size_t at = key;

            key = (key + 1) % PART_COUNT;
            if (!az_str_eq_c(rule->members[i].key, rule_keys[at]))
                continue;
            parts.of[at] = &rule->members[i].value;
            break;
        }
    return parts;
}

static const char *const categories[] = {
    "shape",   "coverage", "agreement",  "order",     "posture", "protocol",
    "command", "path",     "governance", "reference", NULL,
};

/* One word per step, small letters and digits, joined by single hyphens. */
static bool
is_kebab(struct az_str s)
{
    bool word = false;
    size_t i;

    for (i = 0; i < s.len; i++) {
        char c = s.p[i];

        if (c == '-' && !word)
            return false;
        if (c != '-' && !(c >= 'a' && c <= 'z') && !(az_is_digit(c) && i > 0))
            return false;
        word = c != '-';
    }
    return word;
}

static bool
parse_id(struct parser *parser, const struct az_node *node, struct az_map *ids,
         struct az_rule *rule)
{
    struct az_map_entry *entry;
    struct az_diag *diag;
    bool is_new;

    if (!az_rule_want(parser, node, AZ_STRING, "'id'"))
        return false;
    if (parser->document->embedded) {
        rule->id = az_arena_str(parser->arena, az_node_text(node)).p;
        rule->place = az_document_place(parser->document, node);
        return true;
    }
    if (!is_kebab(az_node_text(node))) {
        az_rule_mistake(parser, node,
                        "%s is no rule id: small letters, "
                        "digits and single hyphens",
                        az_str_quote(parser->arena, az_node_text(node)));
        return false;
    }
    rule->id = az_arena_str(parser->arena, az_node_text(node)).p;
    rule->place = az_document_place(parser->document, node);
    if (az_diag_find(rule->id) != AZ_DIAG_COUNT) {
        diag = az_rule_mistake(parser, node,
                               "'%s' is the id of a diagnostic: one severity "
                               "would be for both",
                               rule->id);
        az_diag_hint(parser->sink, diag, "call the rule otherwise");
        return false;
    }
    entry = az_map_put(ids, az_node_text(node), &is_new);
    if (is_new) {
        entry->value = (void *)(uintptr_t)node;
        return true;
    }
    diag =
        az_rule_mistake(parser, node, "two rules have the id '%s'", rule->id);
    az_diag_relate(parser->sink, diag,
                   az_document_place(parser->document, entry->value),
                   "the first is here");
    return false;
}

/* An optional text; it may not be empty. */
static bool
check_text(struct parser *parser, const struct parts *parts, enum part part)
{
    const struct az_node *text = parts->of[part];

    if (text == NULL)
        return true;
    if (!az_rule_want_member(parser, text, AZ_STRING, rule_keys[part]))
        return false;
    if (text->count > 0)
        return true;
    az_rule_mistake(parser, text, "'%s' is empty", rule_keys[part]);
    return false;
}

static bool
is_set(struct parser *parser, const struct parts *parts, enum part part)
{
    const struct az_node *flag = parts->of[part];

    return flag != NULL &&
           az_rule_want_member(parser, flag, AZ_BOOLEAN, rule_keys[part]) &&
           flag->truth;
}

static bool
parse_severity(struct parser *parser, const struct az_node *node,
               enum az_severity *ret)
{
    const char *names[AZ_SEVERITY_COUNT + 1] = { NULL };
    unsigned i;

    if (node->type == AZ_STRING && az_severity_parse(az_node_text(node), ret))
        return true;
    for (i = 0; i < AZ_SEVERITY_COUNT; i++)
        names[i] = az_severity_name((enum az_severity)i);
    az_rule_choose(parser, node, names, "severity");
    return false;
}

static bool
parse_choices(struct parser *parser, const struct parts *parts,
              struct az_rule *rule)
{
    const struct az_node *severity = parts->of[SEVERITY];
    const struct az_node *category = parts->of[CATEGORY];
    bool good = true;

    rule->severity = AZ_ERROR;
    if (severity != NULL)
        good = parse_severity(parser, severity, &rule->severity);
    if (category == NULL)
        return good;
    /* those of the program have been tested */
    if (!parser->document->embedded &&
        az_rule_choose(parser, category, categories, "category") < 0)
        return false;
    rule->category = az_node_text(category);
    return good;
}

static bool
parse_texts(struct parser *parser, const struct parts *parts,
            struct az_rule *rule, struct az_rule_form *form)
{
    bool good = check_text(parser, parts, MESSAGE);

    good &= check_text(parser, parts, WHY);
    good &= check_text(parser, parts, HINT);
    rule->message = parts->of[MESSAGE];
    rule->why = parts->of[WHY];
    rule->hint = parts->of[HINT];
    if (!good)
        return false;
    if (rule->message != NULL) {
        form->message = az_rule_parse_template(parser, rule->message);
        good &= form->message != NULL;
    }
    if (rule->hint != NULL) {
        form->hint = az_rule_parse_template(parser, rule->hint);
        good &= form->hint != NULL;
    }
    return good;
}

/* One path, or an object of "path" and "keys". */
static bool
parse_selector(struct parser *parser, const struct az_node *node,
               struct selector *ret)
{
    static const char *const names[] = { "path", "keys", NULL };
    const struct az_node *path = node;

    if (node->type == AZ_OBJECT) {
        if (!az_rule_check_keys(parser, node, names, "'given'"))
            return false;
        path = az_node_get(node, "path");
        if (path == NULL) {
            az_rule_mistake(parser, node, "'given' has no 'path'");
            return false;
        }
        ret->keys = az_rule_flag(parser, node, "keys");
    }
    if (!az_rule_parse_path(parser, path, &ret->path))
        return false;
    if (ret->path.scope == SCOPE_ROOT)
        return true;
    az_rule_mistake(parser, path,
                    "'given' selects in the rule's own document: it starts "
                    "with '$'");
    return false;
}

static bool
parse_given(struct parser *parser, const struct az_node *node,
            struct az_rule_form *form)
{
    bool list = node->type == AZ_ARRAY, good = true;
    size_t count = list ? node->count : 1, i;
    struct selector *selectors =
        az_arena_array(parser->arena, count, sizeof(*selectors));

    if (count == 0) {
        az_rule_mistake(parser, node, "'given' lists no paths");
        return false;
    }
    for (i = 0; i < count; i++)
        good &= parse_selector(parser, list ? &node->items[i] : node,
                               &selectors[i]);
    form->given = selectors;
    form->given_count = count;
    return good;
}

/* The shape of "breaks" only: a patch is an array, or an object that names the
   document.  What is in it is for the self-test to apply. */
static bool
check_breaks(struct parser *parser, const struct az_node *breaks)
{
    static const char *const names[] = { "document", "patch", NULL };
    bool good = true;
    size_t i;

    if (!az_rule_want(parser, breaks, AZ_ARRAY, "'breaks'"))
        return false;
    for (i = 0; i < breaks->count; i++) {
        const struct az_node *item = &breaks->items[i];
        const struct az_node *patch = item;

        if (item->type == AZ_OBJECT) {
            good &= az_rule_check_keys(parser, item, names, "a break");
            patch = az_node_get(item, "patch");
            if (patch == NULL || az_node_get(item, "document") == NULL) {
                az_rule_mistake(parser, item,
                                "a break has 'document' and 'patch'");
                good = false;
                continue;
            }
            good &= az_rule_want(parser, az_node_get(item, "document"),
                                 AZ_STRING, "'document'");
        }
        good &= az_rule_want(parser, patch, AZ_ARRAY, "a patch");
    }
    return good;
}

/* A part of RULE that it must have. */
static const struct az_node *
demand(struct parser *parser, const struct az_node *rule,
       const struct parts *parts, enum part part)
{
    if (parts->of[part] == NULL)
        az_rule_mistake(parser, rule, "the rule has no '%s'", rule_keys[part]);
    return parts->of[part];
}

/* A copy of the fixed paths, which are gathered in the same room for each
   rule. */
static const struct path *
keep_fixed(struct parser *parser)
{
    size_t size = parser->fixed_count * sizeof(*parser->fixed);

    return size == 0 ? NULL
                     : memcpy(az_arena_alloc(parser->arena, size),
                              parser->fixed, size);
}

static void
parse_rule(struct parser *parser, const struct az_node *node,
           struct az_map *ids, struct az_rule *rule)
{
    struct az_rule_form *form = AZ_NEW(parser->arena, struct az_rule_form);
    const struct az_node *id;
    struct parts parts;

    parser->slots = 0;
    parser->path_patterns = false;
    parser->kinds = NULL;
    parser->kind_count = parser->kind_capacity = 0;
    if (!az_rule_want(parser, node, AZ_OBJECT, "a rule"))
        return;
    az_rule_check_keys(parser, node, rule_keys, "a rule");
    parts = find_parts(node);
    rule->node = node;
    rule->form = form;
    id = demand(parser, node, &parts, ID);
    if (id != NULL)
        parse_id(parser, id, ids, rule);
    parse_choices(parser, &parts, rule);
    parser->extracts = NULL;
    parser->extract_count = 0;
    if (parts.of[DOCUMENTS] != NULL)
        az_rule_parse_extracts(parser, parts.of[DOCUMENTS]);
    form->extracts = parser->extracts;
    form->extract_count = parser->extract_count;
    rule->given = demand(parser, node, &parts, GIVEN);
    if (rule->given != NULL)
        parse_given(parser, rule->given, form);
    form->may_be_empty = is_set(parser, &parts, MAY_BE_EMPTY);
    form->once = is_set(parser, &parts, ONCE);
    rule->fatal = is_set(parser, &parts, FATAL);
    rule->assertion = demand(parser, node, &parts, ASSERT);
    parser->fixed_count = 0;
    if (rule->assertion != NULL)
        form->condition = az_rule_parse_condition(parser, rule->assertion);
    form->fixed = keep_fixed(parser);
    form->fixed_count = parser->fixed_count;
    parse_texts(parser, &parts, rule, form);
    rule->breaks = parts.of[BREAKS];
    if (rule->breaks != NULL)
        check_breaks(parser, rule->breaks);
    form->slot_count = parser->slots;
    form->path_patterns = parser->path_patterns;
    rule->kinds = parser->kinds;
    rule->kind_count = parser->kind_count;
}

const struct az_ruleset *
az_ruleset_compile(struct az_arena *arena, struct az_sink *sink,
                   const struct az_document *document,
                   const struct az_ruleset_options *options)
{
    struct parser parser = {
        .arena = arena, .sink = sink, .document = document, .options = options
    };
    struct az_ruleset *ruleset = AZ_NEW(arena, struct az_ruleset);
    const struct az_node *root = document->root;
    struct az_rule *rules;
    struct az_map ids;
    size_t i;

    az_map_init(&ids, arena);
    az_map_init(&parser.queries, arena);
    if (!az_rule_want(&parser, root, AZ_ARRAY, "a ruleset"))
        return NULL;
    if (root->count == 0 || root->count > AZ_MAX_RULES) {
        az_rule_mistake(&parser, root, "the ruleset holds %s rules",
                        root->count == 0 ? "no" : "too many");
        return NULL;
    }
    az_map_reserve(&parser.queries, (size_t)root->count * 2);
    rules = az_arena_array(arena, root->count, sizeof(*rules));
    for (i = 0; i < root->count; i++)
        parse_rule(&parser, &root->items[i], &ids, &rules[i]);
    ruleset->document = document;
    ruleset->rules = rules;
    ruleset->count = root->count;
    return parser.mistakes == 0 ? ruleset : NULL;
}

const struct az_rule *
az_ruleset_rules(const struct az_ruleset *ruleset, size_t *ret_count)
{
    *ret_count = ruleset->count;
    return ruleset->rules;
}

const struct az_rule *
az_ruleset_find(const struct az_ruleset *ruleset, struct az_str id)
{
    size_t i;

    for (i = 0; i < ruleset->count; i++)
        if (az_str_eq_c(id, ruleset->rules[i].id))
            return &ruleset->rules[i];
    return NULL;
}
