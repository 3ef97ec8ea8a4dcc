/* Tables of Markdown pages as documents.
   SPDX-License-Identifier: MIT

   Headings are those of one line that begins with "#".  What is in a fenced
   code block or a block of HTML is neither heading nor table. */

#include "rule/markdown.h"

#include <string.h>

#include "core/arena.h"
#include "core/ascii.h"
#include "core/build.h"
#include "core/decimal.h"
#include "core/limits.h"
#include "core/map.h"
#include "core/utf8.h"
#include "rule/html-block.h"

/* A line without its end. */
struct line {
    struct az_str text;
    size_t start; /* in the source */
};

/* Where reading is. */
struct page {
    struct az_arena *arena;
    const struct az_source *source;
    size_t at;
    char fence; /* of the code block that is open, or '\0' */
    size_t fence_length;
    const struct html_block *html; /* the one that is open, or NULL */
    bool in_paragraph;             /* the line before may go on */
    struct extract_error *error;
};

static struct az_str
trim(struct az_str s)
{
    while (s.len > 0 && (s.p[0] == ' ' || s.p[0] == '\t'))
        s.p++, s.len--;
    while (s.len > 0 && (s.p[s.len - 1] == ' ' || s.p[s.len - 1] == '\t'))
        s.len--;
    return s;
}

static struct az_span
span_of(const struct page *page, struct az_str s)
{
    uint32_t start = (uint32_t)(s.p - page->source->text.p);

    return (struct az_span){ start, start + (uint32_t)s.len };
}

static bool
fail(struct page *page, struct az_str where, const char *message)
{
    page->error->message = message;
    page->error->span = span_of(page, where);
    return false;
}

static bool
next_line(struct page *page, struct line *ret)
{
    struct az_str text = page->source->text;
    struct az_str rest = { text.p + page->at, text.len - page->at };

    ret->start = page->at;
    if (!az_str_take_line(&rest, &ret->text))
        return false;
    page->at = text.len - rest.len;
    return true;
}

/* TEXT without up to three blanks in front; more make a code block, which is
   given as an empty text. */
static struct az_str
unindent(struct az_str text)
{
    size_t blanks = 0;

    while (blanks < text.len && text.p[blanks] == ' ')
        blanks++;
    if (blanks > 3 || (blanks < text.len && text.p[blanks] == '\t'))
        return (struct az_str){ text.p, 0 };
    return (struct az_str){ text.p + blanks, text.len - blanks };
}

static size_t
run_of(struct az_str text, char c)
{
    size_t length = 0;

    while (length < text.len && text.p[length] == c)
        length++;
    return length;
}

/* Whether LINE, whose indentation TEXT lacks, is in a fenced code block, or
   begins or ends one. */
static bool
is_fenced(struct page *page, struct az_str text)
{
    char c = text.len > 0 ? text.p[0] : '\0';
    size_t length = run_of(text, c);

    if (page->fence != '\0') {
        if (c == page->fence && length >= page->fence_length &&
            trim(text).len == length)
            page->fence = '\0';
        return true;
    }
    if ((c != '`' && c != '~') || length < 3 ||
        (c == '`' && memchr(text.p + length, '`', text.len - length) != NULL))
        return false;
    page->fence = c;
    page->fence_length = length;
    return true;
}

/* Whether LINE, whose indentation TEXT lacks, is in a block of HTML. */
static bool
is_html(struct page *page, struct az_str line, struct az_str text)
{
    bool inside;

    if (page->html == NULL && page->fence == '\0')
        page->html = az_html_block_begin(text, page->in_paragraph);
    inside = page->html != NULL;
    if (inside && az_html_block_ends(page->html, line))
        page->html = NULL;
    return inside;
}

/* Whether LINE is no text of the page: in a fenced code block or a block of
   HTML, or begins or ends one. */
static bool
is_hidden(struct page *page, struct az_str line)
{
    struct az_str text = unindent(line);
    bool hidden = is_html(page, line, text) || is_fenced(page, text);

    page->in_paragraph =
        !hidden && trim(line).len > 0 && (text.len > 0 || page->in_paragraph);
    return hidden;
}

/* The words of LINE, an ATX heading; false if it is none. */
static bool
take_heading(struct az_str line, struct az_str *ret)
{
    struct az_str text = unindent(line), end;
    size_t level = run_of(text, '#');

    if (level < 1 || level > 6 ||
        (level < text.len && text.p[level] != ' ' && text.p[level] != '\t'))
        return false;
    text = trim((struct az_str){ text.p + level, text.len - level });
    for (end = text; end.len > 0 && end.p[end.len - 1] == '#';)
        end.len--;
    if (end.len < text.len && (end.len == 0 || end.p[end.len - 1] == ' ' ||
                               end.p[end.len - 1] == '\t'))
        text = trim(end);
    *ret = text;
    return true;
}

/* Cells. */

/* Cuts the next cell off *ROW, which has no pipe in front; whether a pipe
   follows, and so another. */
static bool
next_cell(struct az_str *row, struct az_str *ret)
{
    size_t end = 0;
    bool more;

    while (end < row->len && row->p[end] != '|')
        end += row->p[end] == '\\' && end + 1 < row->len ? 2 : 1;
    *ret = trim((struct az_str){ row->p, end });
    more = end < row->len;
    end += more;
    *row = (struct az_str){ row->p + end, row->len - end };
    return more;
}

/* ROW without the pipes at its ends. */
static struct az_str
bare_row(struct az_str row)
{
    size_t slashes = 0;

    row = trim(row);
    if (row.len > 0 && row.p[0] == '|')
        row.p++, row.len--;
    while (slashes + 1 < row.len && row.p[row.len - 2 - slashes] == '\\')
        slashes++;
    if (row.len > 0 && row.p[row.len - 1] == '|' && slashes % 2 == 0)
        row.len--;
    return row;
}

static size_t
count_cells(struct az_str row)
{
    struct az_str cell;
    size_t count = 1;

    for (row = bare_row(row); next_cell(&row, &cell);)
        count++;
    return count;
}

/* Whether ROW is the line between a table's headings and its rows. */
static bool
is_delimiter(struct az_str row)
{
    bool piped = memchr(row.p, '|', row.len) != NULL, more = true;
    struct az_str cell;
    size_t dashes;

    for (row = bare_row(row); more;) {
        more = next_cell(&row, &cell);
        if (cell.len > 0 && cell.p[0] == ':')
            cell.p++, cell.len--;
        dashes = run_of(cell, '-');
        cell.p += dashes;
        cell.len -= dashes;
        if (dashes == 0 || cell.len > 1 || (cell.len == 1 && cell.p[0] != ':'))
            return false;
    }
    return piped;
}

/* CELL without the marks of code or emphasis that go all around it; *RET_CODE
   tells whether it is code. */
static struct az_str
unmark(struct az_str cell, bool *ret_code)
{
    static const char marks[] = "`*_";
    const char *mark;
    size_t length;

    *ret_code = false;
    for (mark = marks; *mark != '\0'; mark++) {
        length = run_of(cell, *mark);
        if (length == 0 || cell.len <= 2 * length ||
            (*mark != '`' && length > 3))
            continue;
        if (run_of((struct az_str){ cell.p + cell.len - length, length },
                   *mark) < length ||
            memchr(cell.p + length, *mark, cell.len - 2 * length) != NULL)
            continue;
        *ret_code = *mark == '`';
        return trim((struct az_str){ cell.p + length, cell.len - 2 * length });
    }
    return cell;
}

static bool
is_punctuation(char c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') ||
           (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

/* CELL as a reader sees it: without marks, and without the backslashes before
   pipes and, unless it is code, other punctuation. */
static struct az_str
read_cell(struct page *page, struct az_str cell)
{
    bool code;
    struct az_str text = unmark(cell, &code);
    char *out;
    size_t i, length = 0;

    if (memchr(text.p, '\\', text.len) == NULL)
        return text;
    out = az_arena_alloc(page->arena, text.len + 1);
    for (i = 0; i < text.len; i++) {
        if (text.p[i] == '\\' && i + 1 < text.len &&
            (code ? text.p[i + 1] == '|' : is_punctuation(text.p[i + 1])))
            i++;
        out[length++] = text.p[i];
    }
    out[length] = '\0';
    return (struct az_str){ out, length };
}

static struct az_node
cell_node(struct page *page, struct az_str cell)
{
    struct az_str text = read_cell(page, cell);
    struct az_decimal value;
    struct az_node node;

    if (text.len == 0)
        node = az_make_null();
    else if (az_decimal_parse(page->arena, text, &value))
        node = az_make_number(text);
    else
        node = az_make_string(text);
    node.span = span_of(page, cell);
    return node;
}

/* Tables. */

struct column {
    struct az_str name;
    struct az_span span;
};

struct table {
    struct column *columns;
    size_t count;
    struct az_builder rows;
};

static bool
read_columns(struct page *page, struct az_str header, struct table *table)
{
    struct az_str row = bare_row(header);
    struct az_map names;
    bool is_new;
    size_t i;

    az_map_init(&names, page->arena);
    table->columns =
        az_arena_array(page->arena, table->count, sizeof(*table->columns));
    for (i = 0; i < table->count; i++) {
        struct az_str cell;

        next_cell(&row, &cell);
        table->columns[i].name = read_cell(page, cell);
        table->columns[i].span = span_of(page, cell);
        az_map_put(&names, table->columns[i].name, &is_new);
        if (table->columns[i].name.len == 0)
            return fail(page, header, "a column of the table has no heading");
        if (!is_new)
            return fail(page, cell, "two columns have this heading");
    }
    return true;
}

static bool
read_row(struct page *page, struct az_str line, struct table *table)
{
    struct az_str row = bare_row(line);
    struct az_builder builder;
    struct az_node node;
    struct az_str cell;
    size_t i;

    if (count_cells(line) != table->count)
        return fail(page, line,
                    az_arena_printf(page->arena,
                                    "the row has %zu cells, the table %zu "
                                    "columns",
                                    count_cells(line), table->count));
    if (table->rows.count >=
        az_arena_limits(page->arena)->nodes / (table->count + 1))
        return fail(page, line, "the table has too many cells");
    az_builder_init(&builder, page->arena);
    for (i = 0; i < table->count; i++) {
        next_cell(&row, &cell);
        az_builder_set_str(&builder, table->columns[i].name,
                           cell_node(page, cell));
        builder.members[i].key_span = table->columns[i].span;
    }
    node = az_builder_object(&builder);
    node.span = span_of(page, trim(line));
    az_builder_add(&table->rows, node);
    return true;
}

/* Whether a table goes on with LINE. */
static bool
is_row(struct page *page, struct az_str line)
{
    struct az_str text = unindent(line), heading;

    page->in_paragraph = false;
    return trim(text).len > 0 && !is_hidden(page, line) &&
           !take_heading(line, &heading) && text.p[0] != '>';
}

static const struct az_document *
read_table(struct page *page, struct az_str header, size_t count)
{
    struct az_document *document = AZ_NEW(page->arena, struct az_document);
    struct az_node *root = AZ_NEW(page->arena, struct az_node);
    struct table table = { .count = count };
    struct line line;

    az_builder_init(&table.rows, page->arena);
    if (!read_columns(page, header, &table))
        return NULL;
    while (next_line(page, &line) && is_row(page, line.text))
        if (!read_row(page, line.text, &table))
            return NULL;
    if (table.rows.count == 0) {
        fail(page, trim(header), "the table has no rows");
        return NULL;
    }
    *root = az_builder_array(&table.rows);
    root->span = span_of(page, trim(header));
    document->source = page->source;
    document->root = root;
    document->scattered = true;
    return document;
}

/* The length of the mark of a list's item that TEXT begins with, or 0. */
static size_t
item_mark(struct az_str text)
{
    size_t i = 0;

    while (i < text.len && i < 9 && az_is_digit(text.p[i]))
        i++;
    if (i == text.len || (i == 0 ? memchr("-*+", text.p[0], 3) == NULL
                                 : memchr(".)", text.p[i], 2) == NULL))
        return 0;
    i++;
    return i < text.len && (text.p[i] == ' ' || text.p[i] == '\t') ? i : 0;
}

/* What reading remembers of lists and quotes. */
struct inside {
    bool list;            /* an item is open */
    struct az_str before; /* the line before, without marks */
};

/* Notes LINE; whether it and the one before begin a table that stands in an
   item of a list or in a quote, which is not read. */
static bool
begins_inner_table(struct inside *inside, struct az_str line)
{
    struct az_str text = trim(line), before = inside->before;
    bool indented = text.p > line.p, quote = false, item = false;
    size_t mark;

    for (;;) {
        mark = text.len > 0 && text.p[0] == '>' ? 1 : item_mark(text);
        if (mark == 0)
            break;
        quote |= text.p[0] == '>';
        item |= text.p[0] != '>';
        text = trim((struct az_str){ text.p + mark, text.len - mark });
    }
    inside->list = item || (inside->list && (indented || text.len == 0));
    inside->before = text;
    return (inside->list || quote) && before.len > 0 && text.len > 0 &&
           is_delimiter(text) && count_cells(text) == count_cells(before);
}

/* The first table before the next heading. */
static const struct az_document *
find_table(struct page *page, struct az_str heading)
{
    struct az_str before = { NULL, 0 }, words;
    struct inside inside = { false, { NULL, 0 } };
    struct line line;

    while (next_line(page, &line)) {
        struct az_str text = unindent(line.text);

        if (is_hidden(page, line.text)) {
            before.len = inside.before.len = 0;
            continue;
        }
        if (take_heading(line.text, &words))
            break;
        if (before.len > 0 && text.len > 0 && is_delimiter(text) &&
            count_cells(text) == count_cells(before))
            return read_table(page, before, count_cells(text));
        if (begins_inner_table(&inside, line.text)) {
            fail(page, trim(line.text),
                 "a table in a list or a quote is not read: move it out");
            return NULL;
        }
        before = trim(text).len > 0 ? text : (struct az_str){ NULL, 0 };
    }
    fail(page, heading, "there is no table under this heading");
    return NULL;
}

/* Goes behind the heading that says WANTED, of which there is one. */
static bool
find_heading(struct page *page, struct az_str wanted, struct az_str *ret)
{
    size_t behind = 0;
    struct az_str words;
    struct line line;

    while (next_line(page, &line)) {
        if (is_hidden(page, line.text) || !take_heading(line.text, &words))
            continue;
        page->in_paragraph = false;
        if (!az_str_eq(words, wanted))
            continue;
        if (behind > 0)
            return fail(page, words, "two headings are the same");
        behind = page->at;
        *ret = words;
    }
    page->at = behind;
    page->fence = '\0';
    page->html = NULL;
    page->in_paragraph = false;
    if (behind > 0)
        return true;
    return fail(page, (struct az_str){ page->source->text.p, 0 },
                az_arena_printf(page->arena, "there is no heading %s",
                                az_str_quote(page->arena, wanted)));
}

const struct az_document *
az_markdown_table(struct az_arena *arena, const struct az_source *source,
                  struct az_str heading, struct extract_error *ret_error)
{
    struct page page = { .arena = arena, .source = source, .error = ret_error };
    size_t good = az_utf8_check(source->text);
    struct az_str found;

    if (good < source->text.len) {
        fail(&page, (struct az_str){ source->text.p + good, 1 },
             "the page is not UTF-8 here");
        return NULL;
    }
    if (az_str_starts_with(source->text, AZ_STR(AZ_UTF8_MARK))) {
        fail(&page, (struct az_str){ source->text.p, 3 },
             "the page begins with a byte order mark");
        return NULL;
    }
    if (!find_heading(&page, heading, &found))
        return NULL;
    return find_table(&page, found);
}
