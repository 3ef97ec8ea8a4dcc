/* Reports as text.
   SPDX-License-Identifier: MIT */

#include "report/formats.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/arena.h"
#include "core/utf8.h"

/* Code points of a source line that are shown, and of them before the caret. */
#define LINE_WIDTH  120
#define LINE_BEFORE 60

enum color { PLAIN, BOLD, RED, YELLOW, CYAN, GREEN };

static const char *const escapes[] = { "",         "\x1b[1m",    "\x1b[1;31m",
                                       "\x1b[33m", "\x1b[1;36m", "\x1b[32m" };
static const enum color severity_colors[AZ_SEVERITY_COUNT] = {
    [AZ_INFO] = CYAN,
    [AZ_WARNING] = YELLOW,
    [AZ_ERROR] = RED,
};
static const enum color verdict_colors[AZ_VERDICT_COUNT] = {
    [AZ_PASS] = GREEN,
    [AZ_WARN] = YELLOW,
    [AZ_FAIL] = RED,
    [AZ_NO_VERDICT] = RED,
};

static void
add_colored(struct az_buf *buf, struct az_report_style style, enum color color,
            const char *text)
{
    if (style.color)
        az_buf_addf(buf, "%s%s\x1b[0m", escapes[color], text);
    else
        az_buf_add_c(buf, text);
}

static void
add_place(struct az_buf *buf, struct az_place place)
{
    struct az_position position;

    if (place.source == NULL) {
        az_buf_add_c(buf, "assize: ");
        return;
    }
    position = az_source_position(place.source, place.span.start);
    az_buf_add_escaped(buf, az_str_from(place.source->name), 0);
    az_buf_addf(buf, ":%u:%u: ", position.line, position.column);
}

/* Where in LINE the code point begins that is COUNT before the one at AT. */
static size_t
back(struct az_str line, size_t at, size_t count)
{
    while (count-- > 0 && at > 0)
        for (at--; at > 0 && az_utf8_is_inner(line.p[at]);)
            at--;
    return at;
}

/* The same behind it. */
static size_t
forth(struct az_str line, size_t at, size_t count)
{
    while (count-- > 0 && at < line.len)
        for (at++; at < line.len && az_utf8_is_inner(line.p[at]);)
            at++;
    return at;
}

/* Code points that a terminal shows two columns wide, or that stand on the one
   before; the blocks that matter, of East Asian Width (UAX #11) and of the
   combining marks.  All others take one column. */
static const struct range {
    uint32_t first, last;
    unsigned columns;
} ranges[] = {
    { 0x0300, 0x036f, 0 },   { 0x0483, 0x0489, 0 },   { 0x0591, 0x05bd, 0 },
    { 0x064b, 0x065f, 0 },   { 0x1100, 0x115f, 2 },   { 0x20d0, 0x20f0, 0 },
    { 0x2e80, 0x303e, 2 },   { 0x3041, 0x33ff, 2 },   { 0x3400, 0x4dbf, 2 },
    { 0x4e00, 0xa4cf, 2 },   { 0xa960, 0xa97f, 2 },   { 0xac00, 0xd7a3, 2 },
    { 0xf900, 0xfaff, 2 },   { 0xfe00, 0xfe0f, 0 },   { 0xfe30, 0xfe6f, 2 },
    { 0xff00, 0xff60, 2 },   { 0xffe0, 0xffe6, 2 },   { 0x1f300, 0x1f64f, 2 },
    { 0x1f680, 0x1f6ff, 2 }, { 0x1f900, 0x1f9ff, 2 }, { 0x20000, 0x3fffd, 2 },
};

static unsigned
columns_of(uint32_t code_point)
{
    size_t i;

    for (i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
        if (code_point <= ranges[i].last)
            return code_point < ranges[i].first ? 1 : ranges[i].columns;
    return 1;
}

/* The columns that TEXT takes on a terminal. */
static size_t
width_of(struct az_str text)
{
    const char *p = text.p, *end = p + text.len;
    size_t width = 0, size;
    uint32_t code_point;

    while (p < end) {
        size = az_utf8_decode(p, end, &code_point);
        width += size == 0 ? 1 : columns_of(code_point);
        p += size == 0 ? 1 : size;
    }
    return width;
}

/* Appends the bytes FROM to TO of LINE, a tab as a blank, escaped; returns how
   many columns they take. */
static size_t
add_shown(struct az_buf *buf, struct az_str line, size_t from, size_t to)
{
    size_t start = buf->len, i;
    struct az_str shown;

    for (i = from; i < to; i++) {
        size_t end = i;

        while (end < to && line.p[end] != '\t')
            end++;
        az_buf_add_escaped(buf, (struct az_str){ line.p + i, end - i }, 0);
        if (end < to)
            az_buf_add_char(buf, ' ');
        i = end;
    }
    shown = (struct az_str){ buf->p + start, buf->len - start };
    return width_of(shown);
}

static void
add_repeated(struct az_buf *buf, char c, size_t count)
{
    while (count-- > 0)
        az_buf_add_char(buf, c);
}

/* The source line of PLACE with the span underlined; of a long line the part
   around it. */
static void
add_source(struct az_buf *buf, struct az_place place,
           struct az_report_style style)
{
    struct az_position position;
    struct az_str line;
    size_t at, end, from, to, before, under;

    position = az_source_position(place.source, place.span.start);
    line = az_source_line(place.source, position.line);
    if (line.len == 0)
        return;
    at = place.span.start - (size_t)(line.p - place.source->text.p);
    if (at > line.len)
        at = line.len;
    end = at + (place.span.end - place.span.start);
    from = back(line, at, LINE_BEFORE);
    to = forth(line, from, LINE_WIDTH);
    if (end > to)
        end = to;
    az_buf_addf(buf, "%5u | %s", position.line, from > 0 ? "..." : "");
    before = (from > 0 ? 3 : 0) + add_shown(buf, line, from, at);
    under = add_shown(buf, line, at, end);
    add_shown(buf, line, end, to);
    az_buf_add_c(buf, to < line.len ? "...\n      | " : "\n      | ");
    add_repeated(buf, ' ', before);
    if (style.color)
        az_buf_add_c(buf, escapes[GREEN]);
    az_buf_add_char(buf, '^');
    add_repeated(buf, '~', under > 1 ? under - 1 : 0);
    az_buf_add_c(buf, style.color ? "\x1b[0m\n" : "\n");
}

static void
add_finding(struct az_buf *buf, const struct az_diag *diag,
            struct az_report_style style)
{
    const struct az_related *related;

    add_place(buf, diag->place);
    add_colored(buf, style, severity_colors[diag->severity],
                az_severity_name(diag->severity));
    az_buf_addf(buf, ": %s [%s", diag->message,
                diag->rule != NULL ? diag->rule : az_diag_info(diag->id)->name);
    if (diag->place.source != NULL && diag->place.source->document > 0)
        az_buf_addf(buf, ", document %u", diag->place.source->document);
    az_buf_add_c(buf, "]\n");
    if (style.source && diag->place.source != NULL)
        add_source(buf, diag->place, style);
    for (related = diag->related; related != NULL; related = related->next) {
        az_buf_add_c(buf, "  ");
        add_place(buf, related->place);
        az_buf_addf(buf, "note: %s\n", related->message);
    }
    if (diag->hint != NULL)
        az_buf_addf(buf, "  hint: %s\n", diag->hint);
}

/* The text of a cell: strings as they are, the rest as JSON. */
static struct az_str
cell(struct az_arena *arena, const struct az_node *row, const char *key)
{
    const struct az_node *value = az_node_get(row, key);
    struct az_buf text, shown;

    az_buf_init(&shown, arena);
    if (value == NULL || value->type == AZ_NULL)
        return AZ_STR("-");
    az_buf_init(&text, arena);
    if (value->type == AZ_STRING)
        az_buf_add(&text, az_node_text(value));
    else
        az_node_print(&text, value);
    az_buf_add_escaped(&shown, az_buf_str(&text), 0);
    return az_buf_str(&shown);
}

static void
add_cell(struct az_buf *buf, struct az_str text, size_t width, bool right,
         bool last)
{
    size_t pad = width - width_of(text);

    if (right)
        add_repeated(buf, ' ', pad);
    az_buf_add(buf, text);
    if (!right && !last)
        add_repeated(buf, ' ', pad);
    az_buf_add_c(buf, last ? "\n" : "  ");
}

/* Appends a table of ROWS; SHOW, or NULL, is as in the report. */
static void
add_table(struct az_buf *buf, const struct az_node *rows,
          const struct az_column *columns,
          const char *(*show)(struct az_arena *, const struct az_node *,
                              const char *))
{
    size_t *widths, count = 0, c, r, width;
    struct az_str *cells;

    while (columns[count].key != NULL)
        count++;
    widths = az_arena_array(buf->arena, count, sizeof(*widths));
    cells =
        az_arena_array(buf->arena, (rows->count + 1) * count, sizeof(*cells));
    for (c = 0; c < count; c++) {
        cells[c] = az_str_from(columns[c].heading);
        widths[c] = cells[c].len;
        for (r = 0; r < rows->count; r++) {
            const struct az_node *row = &rows->items[r];
            const char *key = columns[c].key;
            const char *shown =
                show != NULL ? show(buf->arena, row, key) : NULL;
            struct az_str text =
                shown != NULL ? az_str_from(shown) : cell(buf->arena, row, key);

            cells[(r + 1) * count + c] = text;
            width = width_of(text);
            widths[c] = width > widths[c] ? width : widths[c];
        }
    }
    for (r = 0; r <= rows->count; r++)
        for (c = 0; c < count; c++)
            add_cell(buf, cells[r * count + c], widths[c], columns[c].right,
                     c + 1 == count);
}

void
az_report_write_text(struct az_buf *buf, const struct az_report *report,
                     struct az_report_style style)
{
    size_t shown = az_report_shown(report), i;
    size_t hidden = report->sink->total - shown;

    for (i = 0; i < shown; i++)
        add_finding(buf, report->sink->diags[i], style);
    if (hidden == 1)
        az_buf_add_c(buf, "1 more finding is not shown\n");
    else if (hidden > 0)
        az_buf_addf(buf, "%zu more findings are not shown\n", hidden);
    if (report->columns != NULL && report->rows.count > 0)
        add_table(buf, &report->rows, report->columns, report->show);
    for (i = 0; report->add_line != NULL && i < report->rows.count; i++)
        report->add_line(buf, &report->rows.items[i]);
    if (report->waivers.type != AZ_NULL && report->waivers.count > 0)
        add_table(buf, &report->waivers, report->waiver_columns, NULL);
    if (report->remarks != NULL)
        az_buf_add_c(buf, report->remarks);
    if (report->closing == NULL)
        return;
    add_colored(buf, style, verdict_colors[report->verdict],
                az_verdict_name(report->verdict));
    az_buf_addf(buf, ": %s\n", report->closing);
}
