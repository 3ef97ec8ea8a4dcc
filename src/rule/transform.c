/* Transforms: one string in, strings out.
   SPDX-License-Identifier: MIT */

#include "rule/transform.h"

#include <string.h>

#include "core/arena.h"
#include "core/ascii.h"
#include "rule/shell-words.h"

const char *const az_rule_transform_names[TRANSFORM_COUNT] = {
    "none", "cargo-features", "cargo-enables", "lower", "words",
};

void
az_rule_strings_add(struct az_arena *arena, struct strings *strings,
                    struct az_str s)
{
    strings->items = az_arena_grow(arena, strings->items, strings->count,
                                   &strings->capacity, sizeof(struct az_str));
    strings->items[strings->count++] = s;
}

static struct az_str
slice(struct az_str s, size_t start, size_t end)
{
    return (struct az_str){ s.p + start, end - start };
}

/* "crate/feature" and "crate?/feature" switch on the crate and its feature,
   "dep:crate" the crate (The Cargo Book, Features). */
static void
add_enabled(struct az_arena *arena, struct az_str feature, struct strings *ret)
{
    const char *slash = memchr(feature.p, '/', feature.len);
    size_t at, end;

    if (az_str_starts_with(feature, AZ_STR("dep:"))) {
        az_rule_strings_add(arena, ret, slice(feature, 4, feature.len));
        return;
    }
    if (slash == NULL)
        return;
    at = (size_t)(slash - feature.p);
    end = at > 0 && feature.p[at - 1] == '?' ? at - 1 : at;
    az_rule_strings_add(arena, ret, slice(feature, 0, end));
    az_rule_strings_add(arena, ret, slice(feature, at + 1, feature.len));
}

static bool
parts_features(char c)
{
    return c == ',' || c == ' ' || (c >= '\t' && c <= '\r');
}

static void
split_features(struct az_arena *arena, struct az_str text, bool enables,
               struct strings *ret)
{
    size_t start = 0, end;

    while (start < text.len) {
        for (end = start; end < text.len && !parts_features(text.p[end]);)
            end++;
        if (end > start) {
            az_rule_strings_add(arena, ret, slice(text, start, end));
            if (enables)
                add_enabled(arena, slice(text, start, end), ret);
        }
        start = end + 1;
    }
}

static struct az_str
lower(struct az_arena *arena, struct az_str text)
{
    char *copy = az_arena_alloc(arena, text.len + 1);
    size_t i;

    for (i = 0; i < text.len; i++)
        copy[i] = az_to_lower(text.p[i]);
    copy[i] = '\0';
    return (struct az_str){ copy, text.len };
}

static bool
split_words(struct az_arena *arena, struct az_str text, struct strings *ret)
{
    struct shell_words words;
    size_t i;

    az_rule_shell_split(arena, text, &words);
    for (i = 0; i < words.words.count; i++)
        az_rule_strings_add(arena, ret, words.words.items[i]);
    return !words.unbalanced;
}

bool
az_rule_transform(struct az_arena *arena, enum transform transform,
                  struct az_str text, struct strings *ret)
{
    switch (transform) {
    case TRANSFORM_CARGO_FEATURES:
    case TRANSFORM_CARGO_ENABLES:
        split_features(arena, text, transform == TRANSFORM_CARGO_ENABLES, ret);
        return true;
    case TRANSFORM_LOWER:
        az_rule_strings_add(arena, ret, lower(arena, text));
        return true;
    case TRANSFORM_WORDS:
        return split_words(arena, text, ret);
    case TRANSFORM_NONE:
    case TRANSFORM_COUNT:
        break;
    }
    az_rule_strings_add(arena, ret, text);
    return true;
}
