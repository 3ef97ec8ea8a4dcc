/* Tables of Markdown pages: which lines are one, and what its cells are.
   SPDX-License-Identifier: MIT */

#include "support.h"

#include <string.h>

#include "core/arena.h"
#include "rule/markdown.h"

struct row {
    const char *label;
    const char *page;
    const char *expected; /* "key=value" of each row, or the mistake */
};

static const struct row rows[] = {
    { "plain", "# H\n|a|b|\n|-|-|\n|1|x|\n|-2.5e3|y z|\n",
      "a=n1 b=sx;a=n-2.5e3 b=sy z;" },
    { "without pipes at the ends", "# H\na|b\n-|:-:\n1|2", "a=n1 b=n2;" },
    { "CR LF", "# H\r\n|a|\r\n|-|\r\n|1|\r\n", "a=n1;" },
    { "one column", "# H\n|a|\n|-|\n|1|\n", "a=n1;" },
    { "no pipe, no table", "# H\na\n-\n1\n", "1:3 no table" },
    { "marks", "# H\n|a|b|c|d|e|\n|-|-|-|-|-|\n|`1`|**2**|*3*|__x__|_*y*_|\n",
      "a=n1 b=n2 c=n3 d=sx e=s*y*;" },
    { "marks in it", "# H\n|a|b|c|\n|-|-|-|\n|`1` `2`|*a* b|``|\n",
      "a=s`1` `2` b=s*a* b c=s``;" },
    { "escapes", "# H\n|a|b|c|\n|-|-|-|\n|x\\|y|\\*z\\q|`\\|\\*`|\n",
      "a=sx|y b=s*z\\q c=s|\\*;" },
    { "escaped at the end", "# H\na|b\n-|-\n1|x\\|\n", "a=n1 b=sx|;" },
    { "backslash at the end", "# H\na|b\n-|-\n1|x\\\\|\n", "a=n1 b=sx\\;" },
    { "empty cells", "# H\n|a|b|\n|-|-|\n| | |\n|||\n", "a=- b=-;a=- b=-;" },
    { "no numbers", "# H\n|a|b|c|\n|-|-|-|\n|01|+1|.5|\n",
      "a=s01 b=s+1 c=s.5;" },
    { "ends before a blank line", "# H\n|a|\n|-|\n|1|\n\n|2|\n", "a=n1;" },
    { "ends before a quotation", "# H\n|a|\n|-|\n|1|\n> 2\n", "a=n1;" },
    { "ends before a heading", "# H\n|a|\n|-|\n|1|\n## 2\n", "a=n1;" },
    { "ends before a fence", "# H\n|a|\n|-|\n|1|\n```\n2\n", "a=n1;" },
    { "the first", "# H\n|a|\n|-|\n|1|\n\n|b|\n|-|\n|2|\n", "a=n1;" },
    { "the heading's own",
      "|z|\n|-|\n|0|\n# G\n|b|\n|-|\n|2|\n### H\n|a|\n|-|\n"
      "|1|\n",
      "a=n1;" },
    { "in code", "# H\n~~~\n|z|\n|-|\n|0|\n~~~~\n|a|\n|-|\n|1|\n", "a=n1;" },
    { "indented", "# H\n    |z|\n    |-|\n    |0|\n\n   |a|\n |-|\n|1|\n",
      "a=n1;" },
    { "in an item of a list",
      "# H\n- x\n\n    |z|\n    |-|\n    |0|\n\n|a|\n|-|\n", "5:5 in a list" },
    { "in a numbered item",
      "# H\n10) x\n\n\t|z|y|\n\t|-|-|\n\t|0|1|\n\n|a|\n|-|\n|1|\n",
      "5:2 in a list" },
    { "behind the mark", "# H\n* |z|\n  |-|\n  |0|\n\n|a|\n|-|\n|1|\n",
      "3:3 in a list" },
    { "in an item, a little", "# H\n- x\n\n  |a|\n  |-|\n  |1|\n", "a=n1;" },
    { "in a quote", "# H\n> |z|\n> |-|\n> |0|\n\n|a|\n|-|\n|1|\n",
      "3:1 in a list or a quote" },
    { "behind a list", "# H\n- x\n\ny\n\n    |z|\n    |-|\n\n|a|\n|-|\n|1|\n",
      "a=n1;" },
    { "byte order mark", "\xEF\xBB\xBF# H\n|a|\n|-|\n|1|\n",
      "1:1 byte order mark" },
    { "in a comment", "# H\n<!-- #\n|z|\n|-|\n|0|\n\n-->\n|a|\n|-|\n|1|\n",
      "a=n1;" },
    { "behind a comment", "# H\n <!--z-->\n|a|\n|-|\n|1|\n", "a=n1;" },
    { "ends before a comment", "# H\n|a|\n|-|\n|1|\n<!-- -->\n2\n", "a=n1;" },
    { "in a script", "# H\n<SCRIPT>\n|z|\n|-|\n|0|\n\n</Pre>\n|a|\n|-|\n|1|\n",
      "a=n1;" },
    { "in a style of one line", "# H\n<style x>|</style>\n|a|\n|-|\n|1|\n",
      "a=n1;" },
    { "no tag of a script", "# H\n<scripts\n\n|a|\n|-|\n|1|\n", "a=n1;" },
    { "in an instruction", "# H\n<?x\n|z|\n|-|\n|0|\n\n?>\n|a|\n|-|\n|1|\n",
      "a=n1;" },
    { "in a declaration", "# H\n<!a\n|z|\n|-|\n|0|\n\n>\n|a|\n|-|\n|1|\n",
      "a=n1;" },
    { "in CDATA", "# H\n<![CDATA[>\n|z|\n|-|\n|0|\n\n]]>\n|a|\n|-|\n|1|\n",
      "a=n1;" },
    { "in a block", "# H\nx\n</div >\n|z|\n|-|\n|0|\n \n|a|\n|-|\n|1|\n",
      "a=n1;" },
    { "behind a blank line in a block",
      "# H\n<details/>\n\n|a|\n|-|\n|1|\n</details>\n", "a=n1;" },
    { "no block", "# H\n<divx\n\n|a|\n|-|\n|1|\n", "a=n1;" },
    { "under a tag alone",
      "# H\n<b-c _d e = 'f\"' g=\"'\" h=i />\n\n|a|\n|-|\n|1|\n", "a=n1;" },
    { "in a tag alone",
      "# H\n<b _d e = 'f\"' g=\"'\" h=i/> \n|z|\n|-|\n|0|\n\n"
      "</b\t>\n|y|\n|-|\n|0|\n\n|a|\n|-|\n|1|\n",
      "a=n1;" },
    { "a tag in a paragraph", "# H\nx\n    y\n<b>\n|a|\n|-|\n|1|\n", "a=n1;" },
    { "no tag", "# H\n<b c=>\n|a|\n|-|\n|1|\n", "a=n1;" },
    { "no tag alone", "# H\n<b>c|d\n-|-\n1|2\n", "<b>c=n1 d=n2;" },
    { "ends before a tag", "# H\n|a|\n|-|\n|1|\n</b>\n2\n", "a=n1;" },
    { "heading in a block", "<div>\n# H\n\n# H\n|a|\n|-|\n|1|\n", "a=n1;" },
    { "heading in a comment", "<!--\n# H\n-->\n# H\n|a|\n|-|\n|1|\n", "a=n1;" },
    { "heading's end", "## H ##  \n|a|\n|-|\n|1|\n", "a=n1;" },
    { "no heading", "#H\n####### H\n    # H\n", "1:1 no heading" },
    { "no such heading", "# G\n|a|\n|-|\n|1|\n", "1:1 no heading" },
    { "heading twice", "# H\n|a|\n|-|\n|1|\n# H\n", "5:3 two headings" },
    { "heading in code", "# H\n|a|\n|-|\n|1|\n```\n# H\n```\n", "a=n1;" },
    { "no table", "# H\n\ntext\n## I\n|a|\n|-|\n|1|\n", "1:3 no table" },
    { "no rows", "# H\n|a|\n|-|\n", "2:1 no rows" },
    { "fewer cells", "# H\n|a|b|\n|-|-|\n|1|\n", "4:1 cells" },
    { "more cells", "# H\n|a|b|\n|-|-|\n|1|2|\n|1|2|3|\n", "5:1 cells" },
    { "no columns' heading", "# H\n|a||\n|-|-|\n|1|2|\n", "2:1 a column" },
    { "columns twice", "# H\n|a|a|\n|-|-|\n|1|2|\n", "2:4 two columns" },
    { "other delimiters", "# H\n|a|b|\n|-|\n|1|2|\n", "1:3 no table" },
    { "no delimiters", "# H\n|a|b|\n|-|=|\n|1|2|\n", "1:3 no table" },
    { "not UTF-8", "# H\n|a|\n|-|\n|\xff|\n", "4:2 UTF-8" },
    { "empty", "", "1:1 no heading" },
};

/* DOCUMENT as rows[] has it. */
static const char *
describe(const struct az_document *document)
{
    struct az_buf buf;
    size_t i, k;

    az_buf_init(&buf, arena);
    for (i = 0; i < document->root->count; i++) {
        const struct az_node *row = &document->root->items[i];

        for (k = 0; k < row->count; k++) {
            const struct az_node *value = &row->members[k].value;

            az_buf_addf(&buf, "%s%.*s=", k == 0 ? "" : " ",
                        AZ_STR_ARG(row->members[k].key));
            if (value->type == AZ_NULL)
                az_buf_add_char(&buf, '-');
            else
                az_buf_addf(&buf, "%c%.*s",
                            value->type == AZ_NUMBER ? 'n' : 's',
                            AZ_STR_ARG(az_node_text(value)));
        }
        az_buf_add_char(&buf, ';');
    }
    return buf.p;
}

START_TEST(table_is)
{
    const struct row *row = &rows[_i];
    const struct az_source *source =
        az_source_new(arena, "page", az_str_from(row->page));
    struct extract_error error = { .message = "" };
    const struct az_document *document =
        az_markdown_table(arena, source, AZ_STR("H"), &error);
    struct az_position at = az_source_position(source, error.span.start);
    const char *words, *found;

    if (document != NULL) {
        ck_assert_msg(strcmp(describe(document), row->expected) == 0, "%s: %s",
                      row->label, describe(document));
        return;
    }
    words = strchr(row->expected, ' ');
    found = az_arena_printf(arena, "%u:%u", at.line, at.column);
    ck_assert_msg(words != NULL && strstr(error.message, words + 1) != NULL &&
                      strncmp(row->expected, found, strlen(found)) == 0,
                  "%s: %s %s", row->label, found, error.message);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("markdown");
    TCase *tcase = new_case(suite, "tables");

    tcase_add_loop_test(tcase, table_is, 0, (int)COUNT(rows));
    return run_suite(suite);
}
