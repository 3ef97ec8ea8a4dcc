/* What to do about a value of the wrong type, or none of those allowed.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "core/ascii.h"
#include "schema/check.h"

/* A part of a value says which one was meant from this length on, and up to
   that: what is longer is no word. */
#define PART_MIN 3
#define PART_MAX 256

/* Words that are booleans in YAML 1.1, and text today. */
static const char *const yes_no[] = { "yes", "no", "on", "off", "y", "n" };

/* The types that the text of a string would have without its quotes. */
static unsigned
types_in_quotes(struct az_check *check, struct az_str text)
{
    struct az_decimal decimal;

    if (az_str_eq_c(text, "true") || az_str_eq_c(text, "false"))
        return AZ_TYPE_BIT(AZ_BOOLEAN);
    if (az_str_eq_c(text, "null"))
        return AZ_TYPE_BIT(AZ_NULL);
    if (!az_decimal_parse(check->arena, text, &decimal))
        return 0;
    return AZ_TYPE_BIT(AZ_NUMBER) |
           (az_decimal_is_integer(decimal) ? AZ_TYPE_INTEGER | AZ_TYPE_WRITTEN
                                           : 0);
}

unsigned
az_check_types_in_quotes(struct az_check *check, const struct az_node *node)
{
    return node->type == AZ_STRING ? types_in_quotes(check, az_node_text(node))
                                   : 0;
}

static bool
is_yes_no(struct az_str text)
{
    size_t i;

    for (i = 0; i < sizeof(yes_no) / sizeof(yes_no[0]); i++)
        if (az_str_distance(text, az_str_from(yes_no[i]), 0) == 0)
            return true;
    return false;
}

/* A number with "_" or "," between its digits, or a unit behind them. */
static void
hint_number(struct az_check *check, struct az_diag *diag, struct az_str text)
{
    struct az_decimal decimal;
    struct az_buf digits;
    size_t i, end = text.len;

    az_buf_init(&digits, check->arena);
    for (i = 0; i < text.len; i++)
        if (text.p[i] != '_' && text.p[i] != ',')
            az_buf_add_char(&digits, text.p[i]);
    if (digits.len < text.len &&
        az_decimal_parse(check->arena, az_buf_str(&digits), &decimal)) {
        az_check_hint(check, diag, "write %s", digits.p);
        return;
    }
    while (end > 0 && (text.p[end - 1] < '0' || text.p[end - 1] > '9'))
        end--;
    text.len = end;
    if (end > 0 && az_decimal_parse(check->arena, text, &decimal))
        az_check_hint(check, diag, "write the number alone: %.*s",
                      AZ_STR_ARG(text));
}

/* Whether TEXT, of a YAML file, seems to be a key and a value: a word and ':'
   before something that is neither white space nor a path. */
static bool
is_glued_pair(struct az_str text)
{
    size_t i = 0;

    while (i < text.len &&
           (az_is_alnum(text.p[i]) || text.p[i] == '_' || text.p[i] == '-'))
        i++;
    return i > 0 && i + 1 < text.len && text.p[i] == ':' &&
           text.p[i + 1] != '/' && text.p[i + 1] != ' ';
}

static void
hint_string(struct az_check *check, struct az_diag *diag, unsigned types,
            const struct az_node *node)
{
    const struct az_str text = az_node_text(node);

    if ((types & types_in_quotes(check, text)) != 0)
        az_check_hint(check, diag, "write it without quotes");
    else if ((types & AZ_TYPE_BIT(AZ_OBJECT)) != 0 &&
             check->document->format == AZ_FORMAT_YAML && is_glued_pair(text))
        az_check_hint(check, diag, "write a space behind ':'");
    else if ((types & AZ_TYPE_BIT(AZ_BOOLEAN)) != 0 && is_yes_no(text))
        az_check_hint(check, diag, "write true or false%s",
                      check->document->format == AZ_FORMAT_YAML
                          ? ": in YAML 1.2 this word is text"
                          : "");
    else if ((types & (AZ_TYPE_BIT(AZ_NUMBER) | AZ_TYPE_INTEGER)) != 0)
        hint_number(check, diag, text);
}

static void
hint_null(struct az_check *check, struct az_diag *diag,
          const struct az_node *node)
{
    if (node->span.start == node->span.end)
        az_check_hint(check, diag,
                      "nothing stands behind the key: give it a value, or drop "
                      "the line");
    else
        az_check_hint(check, diag,
                      "null is a value; to leave a key out, drop "
                      "the whole line");
}

static void
hint_array(struct az_check *check, struct az_diag *diag, unsigned types,
           const struct az_node *node)
{
    if (node->count == 1 && az_check_type_passes(check, types, node->items))
        az_check_hint(check, diag, "write it alone, not as a list of one");
    else if ((types & AZ_TYPE_BIT(AZ_OBJECT)) != 0 && node->count == 0)
        az_check_hint(check, diag, "an empty object is {}");
    else if ((types & AZ_TYPE_BIT(AZ_OBJECT)) == 0)
        az_check_hint(check, diag, "write one %s, not a list",
                      az_check_list_types(check, types));
    else
        az_check_hint(check, diag,
                      check->document->format == AZ_FORMAT_YAML
                          ? "write its entries as 'key: value', without '-'"
                          : "write its entries as \"key\": value, in braces");
}

/* Whether a list of NODE alone may be meant: not where the items are told one
   by one. */
static bool
may_be_list(unsigned types, const struct az_failure *failure,
            const struct az_node *node)
{
    const struct az_array_rules *rules =
        failure->schema == NULL ? NULL : failure->schema->arrays;

    if (node->type == AZ_ARRAY || (types & AZ_TYPE_BIT(AZ_ARRAY)) == 0 ||
        (rules != NULL && rules->prefix.count > 0))
        return false;
    return types == AZ_TYPE_BIT(AZ_ARRAY) || node->type != AZ_OBJECT;
}

/* Whether TYPES have strings and nothing else that is written like one. */
static bool
is_string_alone(unsigned types)
{
    types &= ~(AZ_TYPES_CONTAINER | AZ_TYPE_BIT(AZ_NULL));
    return types == AZ_TYPE_BIT(AZ_STRING);
}

static void
hint_type(struct az_check *check, struct az_diag *diag, unsigned types,
          const struct az_failure *failure, const struct az_node *node)
{
    const bool is_scalar = node->type != AZ_ARRAY && node->type != AZ_OBJECT;

    if (node->type == AZ_NULL)
        hint_null(check, diag, node);
    else if (node->type == AZ_STRING)
        hint_string(check, diag, types, node);
    else if (is_scalar && is_string_alone(types))
        az_check_hint(check, diag, "write it in quotes");
    else if (node->type == AZ_NUMBER && (types & AZ_TYPE_WRITTEN) != 0)
        az_check_hint(check, diag,
                      "in draft-04 an integer has no fraction and no exponent");
    else if (node->type == AZ_ARRAY)
        hint_array(check, diag, types, node);
    if (diag->hint == NULL && may_be_list(types, failure, node))
        az_check_hint(check, diag, "write it as a list of one%s",
                      check->document->format == AZ_FORMAT_JSON ? ", in [ ]"
                      : is_scalar                               ? ""
                                  : ", with '- ' before its first key");
}

struct az_diag *
az_check_report_type(struct az_check *check, const struct az_failure *failure,
                     unsigned types, const struct az_node *node)
{
    const char *quote = az_node_quote(check->arena, node);
    const char *expected = az_check_list_types(check, types);
    /* Words, "an object with 5 keys", and literals speak for themselves. */
    const bool is_plain = node->type == AZ_NULL || node->type == AZ_BOOLEAN ||
                          az_str_starts_with(az_str_from(quote), AZ_STR("an "));
    struct az_diag *diag =
        az_check_report(check, failure, "expected %s, found %s%s%s", expected,
                        is_plain ? "" : az_type_name((enum az_type)node->type),
                        is_plain ? "" : " ", quote);

    if (diag == &check->sink->overflow)
        return diag;
    hint_type(check, diag, types, failure, node);
    if (failure->schema != NULL)
        az_check_hint_description(check, diag, failure->schema);
    return diag;
}

static struct az_str
trimmed(struct az_str text)
{
    while (text.len > 0 && strchr(" \t\r\n", text.p[0]) != NULL) {
        text.p++;
        text.len--;
    }
    while (text.len > 0 && strchr(" \t\r\n", text.p[text.len - 1]) != NULL)
        text.len--;
    return text;
}

static bool
contains(struct az_str text, struct az_str part)
{
    size_t i;

    if (part.len < PART_MIN || text.len > PART_MAX)
        return false;
    for (i = 0; i + part.len <= text.len; i++)
        if (memcmp(text.p + i, part.p, part.len) == 0)
            return true;
    return false;
}

/* The only one of COUNT texts that has WORD as a part, or is a part of it;
   COUNT if there is not one. */
static size_t
only_part(struct az_str word, const struct az_str *texts, size_t count)
{
    size_t i, found = count;

    for (i = 0; i < count; i++) {
        if (!contains(texts[i], word) && !contains(word, texts[i]))
            continue;
        if (found < count)
            return count;
        found = i;
    }
    return found;
}

static void
hint_nearest(struct az_check *check, struct az_diag *diag, struct az_str word,
             const struct az_str *texts, size_t count)
{
    const struct az_str bare = trimmed(word);
    size_t i = az_str_nearest(bare, texts, count);
    const char *remark = "";

    if (i == count)
        i = only_part(bare, texts, count);
    if (i == count)
        return;
    if (bare.len < word.len && az_str_eq(bare, texts[i]))
        remark = " (without the white space around it)";
    else if (az_str_distance(bare, texts[i], 0) == 0)
        remark = " (the case matters)";
    az_check_hint(check, diag, "did you mean %s?%s",
                  az_str_quote(check->arena, texts[i]), remark);
}

/* Whether the text of NODE is that of ALLOWED, one being a string and the other
   none. */
static bool
differs_by_quotes(const struct az_node *allowed, const struct az_node *node)
{
    const struct az_node *text = allowed->type == AZ_STRING ? allowed : node;
    const struct az_node *other = text == allowed ? node : allowed;

    if (text->type != AZ_STRING || other->type == AZ_STRING)
        return false;
    switch (other->type) {
    case AZ_NULL:
        return az_node_is_string(text, "null");
    case AZ_BOOLEAN:
        return az_node_is_string(text, other->truth ? "true" : "false");
    case AZ_NUMBER:
        return az_str_eq(az_node_text(text), az_node_text(other));
    default:
        return false;
    }
}

void
az_check_hint_value(struct az_check *check, struct az_diag *diag,
                    const struct az_node *const *allowed, size_t count,
                    const struct az_node *node)
{
    const struct az_str word =
        node->type == AZ_STRING ? az_node_text(node) : AZ_STR("");
    struct az_str *texts;
    size_t i, found = 0;

    if (diag == &check->sink->overflow ||
        !az_str_may_guess(&check->guesses_left, word, count))
        return;
    for (i = 0; i < count; i++)
        if (differs_by_quotes(allowed[i], node)) {
            az_check_hint(check, diag,
                          node->type == AZ_STRING ? "write it without quotes"
                                                  : "write it in quotes");
            return;
        }
    if (node->type != AZ_STRING)
        return;
    az_check_begin_scratch(check);
    texts = az_arena_array(check->scratch, count, sizeof(*texts));
    for (i = 0; i < count; i++)
        if (allowed[i]->type == AZ_STRING)
            texts[found++] = az_node_text(allowed[i]);
    hint_nearest(check, diag, word, texts, found);
}
