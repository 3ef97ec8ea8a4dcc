/* The commands of sample logs against those of scenarios.
   SPDX-License-Identifier: MIT */

#include <stdio.h>
#include <string.h>

#include "gate/scenarios.h"

/* Cuts the next word, between blanks, off *REST. */
static bool
take_word(struct az_str *rest, struct az_str *ret)
{
    size_t i = 0;

    while (rest->len > 0 && *rest->p == ' ') {
        rest->p++;
        rest->len--;
    }
    while (i < rest->len && rest->p[i] != ' ')
        i++;
    *ret = (struct az_str){ rest->p, i };
    rest->p += i;
    rest->len -= i;
    return i > 0;
}

/* Whether WORD is SEED, in the one way in which an integer is written shortest.
 */
static bool
is_seed(struct az_str word, int64_t seed)
{
    char text[24];
    int len = snprintf(text, sizeof text, "%lld", (long long)seed);

    return az_str_eq(word, (struct az_str){ text, (size_t)len });
}

/* What the --seed options of a command name. */
struct named {
    bool any;    /* a seed */
    bool wanted; /* the one that is looked for */
};

/* The next word that belongs to no --seed option, into RET; false if there is
   none.  NAMED notes the options that were passed, of which SEED is wanted. */
static bool
next_plain_word(struct az_str *rest, struct az_str *ret, int64_t seed,
                struct named *named)
{
    const struct az_str option = AZ_STR("--seed"), joined = AZ_STR("--seed=");
    struct az_str value;

    while (take_word(rest, ret)) {
        if (az_str_starts_with(*ret, joined))
            value =
                (struct az_str){ ret->p + joined.len, ret->len - joined.len };
        else if (!az_str_eq(*ret, option))
            return true;
        else if (!take_word(rest, &value))
            value = AZ_STR("");
        named->any = true;
        named->wanted = named->wanted || is_seed(value, seed);
    }
    return false;
}

bool
az_gate_is_command_of(struct az_str command, struct az_str planned,
                      int64_t seed)
{
    struct named named = { false, false }, unused = { false, false };
    struct az_str word, wanted;

    while (next_plain_word(&planned, &wanted, seed, &unused))
        if (!next_plain_word(&command, &word, seed, &named) ||
            !az_str_eq(word, wanted))
            return false;
    while (next_plain_word(&command, &word, seed, &named))
        continue;
    return !named.any || named.wanted;
}

static bool
has_word(struct az_str command, struct az_str wanted)
{
    struct az_str word;

    while (take_word(&command, &word))
        if (az_str_eq(word, wanted))
            return true;
    return false;
}

/* Whether WORD, or what stands behind its equals sign, is a scenario of the
   corpus that is not SCENARIO. */
static bool
is_other_scenario(const struct az_plan *plan, struct az_str word,
                  const struct az_node *scenario)
{
    const char *sign = memchr(word.p, '=', word.len);
    const struct az_node *named;

    if (sign != NULL) {
        word.len -= (size_t)(sign + 1 - word.p);
        word.p = sign + 1;
    }
    named = az_plan_scenario(plan, word);
    return named != NULL && named != scenario;
}

bool
az_gate_is_command_of_other(const struct az_plan *plan, struct az_str command,
                            const struct az_node *scenario, int64_t seed)
{
    const struct az_node *node = az_node_get(scenario, "repro_command");
    struct az_str planned = node != NULL && node->type == AZ_STRING
                                ? az_node_text(node)
                                : AZ_STR("");
    struct named named = { false, false };
    struct az_str word;

    while (next_plain_word(&command, &word, seed, &named))
        if (is_other_scenario(plan, word, scenario) && !has_word(planned, word))
            return true;
    return named.any && !named.wanted;
}
