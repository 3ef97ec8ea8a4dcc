/* ECMA-262 patterns, "u" flag (ECMA-262, 22.2.1), read strictly.
   SPDX-License-Identifier: MIT

   Beyond the grammar, as without the flag (Annex B) and where nothing else
   could be meant: a lone ']', '}' or '{', and an escape of any ASCII
   punctuation. */

#include "regex/ecma.h"

#include <string.h>

#include "core/arena.h"
#include "core/ascii.h"
#include "core/limits.h"

/* What may be repeated. */
struct atom {
    size_t start;    /* in the pattern */
    size_t output;   /* where its translation begins */
    size_t unfolded; /* as it was there */
    size_t group;    /* index, or 0 */
    bool behind;     /* it is a lookbehind */
    bool nullable;
    bool assertion; /* cannot be repeated */
    bool dot;
    bool any; /* ".*" */
};

static bool parse_disjunction(struct az_ecma *ecma, size_t group);

static size_t
new_group(struct az_ecma *ecma, size_t parent, uint32_t number)
{
    ecma->groups =
        az_arena_grow(ecma->parser->arena, ecma->groups, ecma->group_count,
                      &ecma->group_capacity, sizeof *ecma->groups);
    ecma->groups[ecma->group_count] = (struct az_ecma_group){
        .parent = parent,
        .start = ecma->parser->at,
        .number = number,
        .repeat = { .min = 1, .max = 1, .given = false },
    };
    return ecma->group_count++;
}

static bool
is_name_char(int c, bool first)
{
    return az_is_letter(c) || c == '_' || c == '$' ||
           (!first && az_is_digit(c));
}

/* "<name>", of which '<' is read; START is where the construct began. */
static bool
parse_name(struct az_regex_parser *parser, size_t start, struct az_str *ret)
{
    size_t from = parser->at;
    int c;

    for (c = az_regex_peek(parser); is_name_char(c, parser->at == from);
         c = az_regex_peek(parser))
        parser->at++;
    if (c == '\\' || c >= 0x80)
        return az_regex_unsupported(
            parser, start, "a group name beyond ASCII is not supported");
    if (parser->at == from || c != '>')
        return az_regex_fail(parser, start, "the group has no proper name");
    *ret = (struct az_str){ .p = parser->pattern.p + from,
                            .len = parser->at - from };
    parser->at++;
    return true;
}

/* Notes that the group that opens is called NAME. */
static void
add_group_name(struct az_ecma *ecma, struct az_str name)
{
    struct az_regex_parser *parser = ecma->parser;

    parser->groups =
        az_arena_grow(parser->arena, parser->groups, parser->group_count,
                      &parser->group_capacity, sizeof *parser->groups);
    parser->groups[parser->group_count++] =
        (struct az_regex_group){ .name = name, .number = ecma->opened + 1 };
}

/* Reads the head of a group up to its contents, and writes it. */
static bool
parse_group_head(struct az_ecma *ecma, size_t start, struct atom *atom,
                 uint32_t *ret_number)
{
    static const char *const assertions[] = { "?=", "?!", "?<=", "?<!" };
    struct az_regex_parser *parser = ecma->parser;
    struct az_str name = { .p = NULL, .len = 0 };
    const uint32_t *number;
    size_t i;

    *ret_number = 0;
    for (i = 0; i < sizeof assertions / sizeof *assertions; i++) {
        if (!az_regex_looking_at(parser, assertions[i]))
            continue;
        atom->assertion = true;
        parser->plain = false;
        atom->behind = assertions[i][1] == '<';
        if (atom->behind)
            az_regex_mark(parser, start);
        parser->at += strlen(assertions[i]);
        az_buf_addf(&parser->out, "(%s", assertions[i]);
        return true;
    }
    if (az_regex_looking_at(parser, "?:")) {
        parser->at += 2;
        az_regex_write(parser, "(?:");
        return true;
    }
    if (az_regex_looking_at(parser, "?<")) {
        parser->at += 2;
        if (!parse_name(parser, start, &name))
            return false;
        number = az_map_get(&ecma->names, name);
        if (!number || *number != ecma->opened + 1)
            return az_regex_unsupported(
                parser, start,
                "a group name that is used twice is not supported");
        add_group_name(ecma, name);
    } else if (az_regex_peek(parser) == '?') {
        return az_regex_fail(parser, start, "'(?' begins no group of ECMA-262");
    }
    *ret_number = ++ecma->opened;
    az_regex_write(parser,
                   parser->has_backreference || parser->captures ? "(" : "(?:");
    return true;
}

/* Whether "(?ims-ims:" stands here, behind the parenthesis. */
static bool
at_modifiers(const struct az_regex_parser *parser)
{
    struct az_str s = parser->pattern;
    size_t i = parser->at + 1;
    size_t from = i;

    if (az_regex_peek(parser) != '?')
        return false;
    while (i < s.len && s.p[i] != '\0' && strchr("ims-", s.p[i]))
        i++;
    return i > from && i < s.len && s.p[i] == ':';
}

static bool
parse_group(struct az_ecma *ecma, size_t parent, struct atom *atom)
{
    struct az_regex_parser *parser = ecma->parser;
    size_t start = parser->at++;
    uint32_t number;

    if (++parser->depth > AZ_MAX_PATTERN_DEPTH)
        return az_regex_unsupported(parser, start,
                                    "groups are nested too deep");
    if (at_modifiers(parser))
        return az_regex_unsupported(parser, start,
                                    "flags in a pattern are not supported");
    if (!parse_group_head(ecma, start, atom, &number))
        return false;
    atom->group = new_group(ecma, parent, number);
    ecma->groups[atom->group].start = start;
    ecma->groups[atom->group].behind = atom->behind;
    if (!parse_disjunction(ecma, atom->group))
        return false;
    ecma->groups[atom->group].end = parser->at;
    if (!az_regex_take(parser, ')'))
        return az_regex_fail(parser, start, "')' is missing");
    az_regex_write(parser, ")");
    atom->nullable = atom->assertion || ecma->groups[atom->group].nullable;
    parser->depth--;
    return true;
}

static void
add_reference(struct az_ecma *ecma, size_t offset, uint32_t number)
{
    ecma->references = az_arena_grow(
        ecma->parser->arena, ecma->references, ecma->reference_count,
        &ecma->reference_capacity, sizeof *ecma->references);
    ecma->parser->plain = false;
    ecma->references[ecma->reference_count++] =
        (struct az_ecma_reference){ .offset = offset, .number = number };
    az_regex_mark(ecma->parser, offset);
    az_buf_addf(&ecma->parser->out, "\\g{%u}", (unsigned)number);
}

/* \1 and so on. */
static bool
parse_numbered(struct az_ecma *ecma, struct atom *atom)
{
    struct az_regex_parser *parser = ecma->parser;
    size_t start = parser->at++;
    uint32_t number = 0;
    int c;

    for (c = az_regex_peek(parser); az_is_digit(c); c = az_regex_peek(parser)) {
        if (number <= ecma->captures)
            number = number * 10 + (uint32_t)(c - '0');
        parser->at++;
    }
    if (number > ecma->captures)
        return az_regex_fail(parser, start,
                             "the backreference is to a group that is not "
                             "there");
    atom->nullable = true;
    add_reference(ecma, start, number);
    return true;
}

/* \k<name> */
static bool
parse_named(struct az_ecma *ecma, struct atom *atom)
{
    struct az_regex_parser *parser = ecma->parser;
    size_t start = parser->at;
    struct az_str name = { .p = NULL, .len = 0 };
    const uint32_t *number;

    parser->at += 2;
    if (!az_regex_take(parser, '<'))
        return az_regex_fail(parser, start, "\\k needs a <name>");
    if (!parse_name(parser, start, &name))
        return false;
    number = az_map_get(&ecma->names, name);
    if (!number)
        return az_regex_fail(
            parser, start,
            az_arena_printf(parser->arena, "no group is called %s",
                            az_str_quote(parser->arena, name)));
    atom->nullable = true;
    add_reference(ecma, start, *number);
    return true;
}

static bool
parse_escape(struct az_ecma *ecma, struct atom *atom)
{
    struct az_regex_parser *parser = ecma->parser;
    size_t start = parser->at;
    uint32_t code_point;
    bool done;
    char c = '\0';

    if (start + 1 < parser->pattern.len)
        c = parser->pattern.p[start + 1];
    if (c >= '1' && c <= '9')
        return parse_numbered(ecma, atom);
    if (c == 'k')
        return parse_named(ecma, atom);
    if (c == 'b' || c == 'B') {
        parser->at += 2;
        atom->assertion = atom->nullable = true;
        az_buf_addf(&parser->out, "\\%c", c);
        return true;
    }
    if (!az_regex_ecma_class_escape(parser, false, &done))
        return false;
    if (done)
        return true;
    if (!az_regex_ecma_char_escape(parser, &code_point))
        return false;
    az_regex_write_char(parser, code_point);
    return true;
}

/* '^', '$' or '.', if one stands here. */
static bool
parse_sign(struct az_regex_parser *parser, struct atom *atom)
{
    static const struct {
        char sign;
        const char *text;
    } signs[] = {
        { '^', "\\A" },
        { '$', "\\z" },
        { '.', "[^\\x{a}\\x{d}\\x{2028}\\x{2029}]" },
    };
    size_t i;

    for (i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (!az_regex_take(parser, signs[i].sign))
            continue;
        atom->dot = signs[i].sign == '.';
        atom->assertion = atom->nullable = !atom->dot;
        az_regex_write(parser, signs[i].text);
        return true;
    }
    return false;
}

static bool
parse_atom(struct az_ecma *ecma, size_t group, struct atom *atom)
{
    struct az_regex_parser *parser = ecma->parser;
    int c = az_regex_peek(parser);

    *atom = (struct atom){ .start = parser->at,
                           .output = parser->out.len,
                           .unfolded = parser->unfolded };
    if (c == '(')
        return parse_group(ecma, group, atom);
    if (c == '[')
        return az_regex_ecma_class(parser);
    if (c == '\\')
        return parse_escape(ecma, atom);
    if (parse_sign(parser, atom))
        return true;
    if (c == '*' || c == '+' || c == '?' || az_regex_at_braces(parser))
        return az_regex_fail(parser, parser->at, "nothing to repeat");
    az_regex_write_char(parser, az_regex_next(parser));
    return true;
}

static bool
parse_repeat(struct az_ecma *ecma, struct atom *atom)
{
    struct az_regex_parser *parser = ecma->parser;
    struct az_regex_repeat repeat;
    size_t start = parser->at;

    if (!az_regex_read_repeat(parser, false, &repeat))
        return false;
    if (!repeat.given)
        return true;
    if (atom->assertion)
        return az_regex_fail(parser, start, "an assertion cannot be repeated");
    if (atom->group != 0) {
        ecma->groups[atom->group].repeat = repeat;
        az_regex_count_group(parser, atom->output, atom->unfolded, repeat);
    }
    az_regex_write_repeat(parser, repeat);
    if (az_regex_take(parser, '?'))
        az_regex_write(parser, "?");
    atom->nullable |= repeat.min == 0;
    atom->any = atom->dot && repeat.min == 0 && repeat.max == AZ_REGEX_ENDLESS;
    return true;
}

/* Reads to the next '|' or ')' or the end. */
static bool
parse_alternative(struct az_ecma *ecma, size_t group, bool *ret_nullable)
{
    struct az_regex_parser *parser = ecma->parser;
    bool first = true;
    struct atom atom;
    int c;

    *ret_nullable = true;
    for (c = az_regex_peek(parser); c >= 0 && c != '|' && c != ')';
         c = az_regex_peek(parser), first = false) {
        if (!parse_atom(ecma, group, &atom) || !parse_repeat(ecma, &atom))
            return false;
        *ret_nullable &= atom.nullable;
        /* A match may begin anywhere, so ".*" in front only costs time, where
           nobody asks what was matched. */
        if (atom.any && first && group == 0 && !parser->whole &&
            !parser->captures)
            parser->out.len = atom.output;
    }
    return true;
}

static bool
parse_disjunction(struct az_ecma *ecma, size_t group)
{
    bool nullable = false;
    bool choice = false;
    bool one;

    for (;;) {
        if (!parse_alternative(ecma, group, &one))
            return false;
        nullable |= one;
        if (!az_regex_take(ecma->parser, '|'))
            break;
        choice = true;
        az_regex_write(ecma->parser, "|");
    }
    ecma->groups[group].nullable = nullable;
    ecma->groups[group].choice = choice;
    return true;
}

bool
az_regex_translate_ecma(struct az_regex_parser *parser)
{
    struct az_ecma ecma = { .parser = parser };

    if (!az_regex_ecma_scan(&ecma))
        return false;
    new_group(&ecma, 0, 0);
    if (!parse_disjunction(&ecma, 0))
        return false;
    if (az_regex_peek(parser) == ')')
        return az_regex_fail(parser, parser->at, "')' without '('");
    parser->capture_count = ecma.opened;
    return az_regex_ecma_check_references(&ecma) &&
           (!parser->captures || az_regex_ecma_check_groups(&ecma));
}
