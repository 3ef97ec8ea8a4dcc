/* Methods that do not measure.
   SPDX-License-Identifier: MIT */

#include "core/ascii.h"
#include "gate/provenance.h"

/* What says that somebody expects a value, and has not measured it.  The rule
   budget-method-no-model has the commonest of these words. */
static const char *const models[] = {
    "estimate",      "estimated",  "estimation", "expected",  "extrapolated",
    "extrapolation", "forecast",   "guess",      "guessed",   "interpolated",
    "interpolation", "model",      "modeled",    "modeling",  "modelled",
    "modelling",     "predicted",  "prediction", "projected", "projection",
    "simulated",     "simulation",
};

/* Cuts the next run of ASCII letters off *REST; empty if there is none. */
static struct az_str
next_word(struct az_str *rest)
{
    struct az_str word;

    while (rest->len > 0 && !az_is_letter(rest->p[0])) {
        rest->p++;
        rest->len--;
    }
    word = (struct az_str){ rest->p, 0 };
    while (rest->len > 0 && az_is_letter(rest->p[0])) {
        rest->p++;
        rest->len--;
        word.len++;
    }
    return word;
}

static bool
is_word(struct az_str word, const char *text)
{
    size_t i = 0;

    while (i < word.len && text[i] != '\0' && az_to_lower(word.p[i]) == text[i])
        i++;
    return i == word.len && text[i] == '\0';
}

bool
az_provenance_is_model(struct az_str method)
{
    for (struct az_str word = next_word(&method); word.len > 0;
         word = next_word(&method))
        for (size_t i = 0; i < sizeof models / sizeof models[0]; i++)
            if (is_word(word, models[i]))
                return true;
    return false;
}
