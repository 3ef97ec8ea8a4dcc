/* Methods that do not measure.
   SPDX-License-Identifier: MIT */

#include "core/ascii.h"
#include "gate/provenance.h"

/* What a word may end in; the list of each stem ends with NULL. */
static const char *const alone[] = { "", NULL };
static const char *const of_noun[] = {
    "", "s", "ed", "ing", "er", "ers", NULL
};
static const char *const of_model[] = { "",    "s",    "ed",  "ing",
                                        "er",  "ers",  "led", "ling",
                                        "ler", "lers", NULL };
static const char *const of_guess[] = { "", "es", "ed", "ing", NULL };
static const char *const of_ate[] = { "e",   "es",   "ed", "ing",
                                      "ion", "ions", NULL };
static const char *const of_machine[] = { "e",    "es", "ed",  "ing", "ion",
                                          "ions", "or", "ors", NULL };
static const char *const of_predict[] = { "",     "s",   "ed", "ing", "ion",
                                          "ions", "ive", "or", "ors", NULL };
static const char *const of_project[] = { "ed", "ion", "ions", NULL };
static const char *const of_assume[] = { "e",     "es",     "ed", "ing",
                                         "ption", "ptions", NULL };

/* Words that say that somebody expects a value, or has made it up, and has not
   measured it: stems, in lower case, and what they end in.  The rule
   budget-method-no-model has the commonest of these words. */
static const struct {
    const char *stem;
    const char *const *endings;
} models[] = {
    { "assum", of_assume },       { "emulat", of_machine },
    { "estimat", of_ate },        { "expected", alone },
    { "extrapolat", of_machine }, { "forecast", of_noun },
    { "guess", of_guess },        { "guesstimat", of_ate },
    { "hypothetical", alone },    { "interpolat", of_machine },
    { "model", of_model },        { "predict", of_predict },
    { "project", of_project },    { "simulat", of_machine },
    { "synthetic", alone },       { "theoretical", alone },
};

/* Cuts TEXT off WORD, if WORD begins with it in whatever case. */
static bool
take(struct az_str *word, const char *text)
{
    size_t i = 0;

    while (i < word->len && text[i] != '\0' &&
           az_to_lower(word->p[i]) == text[i])
        i++;
    if (text[i] != '\0')
        return false;
    *word = (struct az_str){ word->p + i, word->len - i };
    return true;
}

static bool
is_model(struct az_str word)
{
    for (size_t i = 0; i < sizeof models / sizeof models[0]; i++) {
        struct az_str rest = word;

        if (!take(&rest, models[i].stem))
            continue;
        for (const char *const *ending = models[i].endings; *ending != NULL;
             ending++) {
            struct az_str end = rest;

            if (take(&end, *ending) && end.len == 0)
                return true;
        }
    }
    return false;
}

static bool
is_upper(char c)
{
    return az_is_letter(c) && az_to_lower(c) != c;
}

/* Whether a word begins at I within LETTERS: "costModel", "CPUModel". */
static bool
begins_word(struct az_str letters, size_t i)
{
    return is_upper(letters.p[i]) &&
           (!is_upper(letters.p[i - 1]) ||
            (i + 1 < letters.len && !is_upper(letters.p[i + 1])));
}

/* The same for one of the words that LETTERS are as their case changes; empty
   if there is none. */
static struct az_str
find_cased(struct az_str letters)
{
    size_t first = 0;

    for (size_t i = 1; i <= letters.len; i++) {
        struct az_str word = { letters.p + first, i - first };

        if (i < letters.len && !begins_word(letters, i))
            continue;
        if (is_model(word))
            return word;
        first = i;
    }
    return (struct az_str){ letters.p, 0 };
}

struct az_str
az_provenance_model_word(struct az_str method)
{
    size_t end;

    for (size_t i = 0; i < method.len; i = end + 1) {
        struct az_str letters = { method.p + i, 0 }, word;

        for (end = i; end < method.len && az_is_letter(method.p[end]); end++)
            letters.len++;
        word = is_model(letters) ? letters : find_cased(letters);
        if (word.len > 0)
            return word;
    }
    return (struct az_str){ method.p, 0 };
}
