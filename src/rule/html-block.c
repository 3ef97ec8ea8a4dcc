/* Blocks of HTML in Markdown pages.
   SPDX-License-Identifier: MIT

   What stands in one is no Markdown: no reader sees a table there. */

#include "rule/html-block.h"

#include "core/ascii.h"

#define MAX_NAMES 64

/* What may follow the name of a tag. */
enum behind { ANYTHING, BLANK_OR_END, BLANK_OR_CLOSE };

struct html_block {
    const char *begins;           /* a line, before one of NAMES */
    const char *names[MAX_NAMES]; /* NULL ends them; none: there is no name */
    enum behind behind;
    bool closing;        /* a '/' may stand before the name */
    bool letter;         /* a letter follows */
    const char *ends[5]; /* with one of these; none: before a blank line */
};

static const struct html_block blocks[] = {
    { "<",
      { "pre", "script", "style", "textarea" },
      BLANK_OR_END,
      false,
      false,
      { "</pre>", "</script>", "</style>", "</textarea>" } },
    { "<!--", { NULL }, ANYTHING, false, false, { "-->" } },
    { "<?", { NULL }, ANYTHING, false, false, { "?>" } },
    { "<![CDATA[", { NULL }, ANYTHING, false, false, { "]]>" } },
    { "<!", { NULL }, ANYTHING, false, true, { ">" } },
    { "<",
      { "address",    "article",  "aside",   "base",     "basefont",
        "blockquote", "body",     "caption", "center",   "col",
        "colgroup",   "dd",       "details", "dialog",   "dir",
        "div",        "dl",       "dt",      "fieldset", "figcaption",
        "figure",     "footer",   "form",    "frame",    "frameset",
        "h1",         "h2",       "h3",      "h4",       "h5",
        "h6",         "head",     "header",  "hr",       "html",
        "iframe",     "legend",   "li",      "link",     "main",
        "menu",       "menuitem", "nav",     "noframes", "ol",
        "optgroup",   "option",   "p",       "param",    "search",
        "section",    "source",   "summary", "table",    "tbody",
        "td",         "tfoot",    "th",      "thead",    "title",
        "tr",         "track",    "ul" },
      BLANK_OR_CLOSE,
      true,
      false,
      { NULL } },
};

/* A tag that stands alone on its line. */
static const struct html_block alone = { .begins = "<" };

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Cuts WORD off *REST, whatever its case; false if it is not there. */
static bool
take_word(struct az_str *rest, const char *word)
{
    size_t i;

    for (i = 0; word[i] != '\0'; i++)
        if (i >= rest->len || az_to_lower(rest->p[i]) != az_to_lower(word[i]))
            return false;
    *rest = (struct az_str){ rest->p + i, rest->len - i };
    return true;
}

static bool
take(struct az_str *rest, char c)
{
    if (rest->len == 0 || rest->p[0] != c)
        return false;
    rest->p++, rest->len--;
    return true;
}

/* Cuts off what is blank, and tells whether there was some. */
static bool
take_blanks(struct az_str *rest)
{
    size_t before = rest->len;

    while (rest->len > 0 && is_blank(rest->p[0]))
        rest->p++, rest->len--;
    return rest->len < before;
}

/* Whether what follows a tag's name may. */
static bool
may_follow(struct az_str rest, enum behind behind)
{
    return behind == ANYTHING || rest.len == 0 || is_blank(rest.p[0]) ||
           rest.p[0] == '>' ||
           (behind == BLANK_OR_CLOSE && rest.len > 1 && rest.p[0] == '/' &&
            rest.p[1] == '>');
}

static bool
begins(const struct html_block *block, struct az_str text)
{
    const char *const *name = block->names;
    struct az_str rest;

    if (!take_word(&text, block->begins))
        return false;
    if (block->letter)
        return text.len > 0 && az_is_letter(text.p[0]);
    if (*name == NULL)
        return true;
    if (block->closing)
        take(&text, '/');
    for (; *name != NULL; name++) {
        rest = text;
        if (take_word(&rest, *name) && may_follow(rest, block->behind))
            return true;
    }
    return false;
}

/* Cuts off what begins with a letter or one of FIRST and goes on with letters,
   digits or what is in NEXT. */
static bool
take_name(struct az_str *rest, const char *first, const char *next)
{
    if (rest->len == 0 || (!az_is_letter(rest->p[0]) &&
                           (rest->p[0] == '\0' || !strchr(first, rest->p[0]))))
        return false;
    do
        rest->p++, rest->len--;
    while (rest->len > 0 &&
           (az_is_alnum(rest->p[0]) ||
            (rest->p[0] != '\0' && strchr(next, rest->p[0]) != NULL)));
    return true;
}

/* Cuts off the value of an attribute. */
static bool
take_value(struct az_str *rest)
{
    char quote = rest->len > 0 ? rest->p[0] : '\0';
    size_t length = 0;

    if (quote == '"' || quote == '\'') {
        rest->p++, rest->len--;
        while (rest->len > 0 && rest->p[0] != quote)
            rest->p++, rest->len--;
        return take(rest, quote);
    }
    while (
        length < rest->len && !is_blank(rest->p[length]) &&
        (rest->p[length] == '\0' || strchr("\"'=<>`", rest->p[length]) == NULL))
        length++;
    *rest = (struct az_str){ rest->p + length, rest->len - length };
    return length > 0;
}

/* Cuts off the attributes of a tag; false if one is none. */
static bool
take_attributes(struct az_str *rest)
{
    while (take_blanks(rest) && take_name(rest, "_:", "_:.-")) {
        struct az_str behind = *rest;

        take_blanks(&behind);
        if (!take(&behind, '='))
            continue;
        take_blanks(&behind);
        if (!take_value(&behind))
            return false;
        *rest = behind;
    }
    return true;
}

/* Whether TEXT is one whole tag. */
static bool
is_tag(struct az_str text)
{
    bool closing;

    if (!take(&text, '<'))
        return false;
    closing = take(&text, '/');
    if (!take_name(&text, "", "-"))
        return false;
    if (closing)
        take_blanks(&text);
    else if (!take_attributes(&text))
        return false;
    else
        take(&text, '/');
    if (!take(&text, '>'))
        return false;
    take_blanks(&text);
    return text.len == 0;
}

const struct html_block *
az_html_block_begin(struct az_str text, bool in_paragraph)
{
    size_t i;

    if (text.len == 0 || text.p[0] != '<')
        return NULL;
    for (i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++)
        if (begins(&blocks[i], text))
            return &blocks[i];
    return !in_paragraph && is_tag(text) ? &alone : NULL;
}

bool
az_html_block_ends(const struct html_block *block, struct az_str line)
{
    const char *const *end;
    struct az_str rest;

    if (block->ends[0] == NULL) {
        take_blanks(&line);
        return line.len == 0;
    }
    for (; line.len > 0; line.p++, line.len--)
        for (end = block->ends; *end != NULL; end++) {
            rest = line;
            if (take_word(&rest, *end))
                return true;
        }
    return false;
}
