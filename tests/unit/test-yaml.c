/* The YAML reader: what it reads and as what, what it refuses and where.
   SPDX-License-Identifier: MIT */

#include <stdio.h>
#include <string.h>

#include "core/limits.h"
#include "core/pointer.h"
#include "read/yaml.h"
#include "support.h"

static const struct az_document *
read_text(struct az_str text)
{
    return az_read_yaml(arena, &sink, source_of("t.yaml", text));
}

static struct az_span
whole_of(const struct az_source *source)
{
    return (struct az_span){ 0, (uint32_t)source->text.len };
}

static const struct az_document *
read_good(const char *text)
{
    const struct az_document *document = read_text(az_str_from(text));

    ck_assert_msg(document != NULL && sink.by_severity[AZ_ERROR] == 0,
                  "refused: %s: %s", text,
                  sink.count > 0 ? sink.diags[0]->message : "?");
    ck_assert_msg(!document->malformed, "malformed: %s", text);
    return document;
}

/* Readings: the text and its tree as JSON, which prints numbers as they are
   kept. */
static const struct reading {
    const char *text;
    const char *json;
} readings[] = {
    /* 10.3.2, core schema */
    { "[null, Null, NULL, ~, nULL]", "[null,null,null,null,\"nULL\"]" },
    { "- \n-\n- ''\n- \"\"", "[null,null,\"\",\"\"]" },
    { "[true, True, TRUE, tRUE]", "[true,true,true,\"tRUE\"]" },
    { "[false, False, FALSE, fALSE]", "[false,false,false,\"fALSE\"]" },
    { "[0, -0, +1, 12, -34]", "[0,-0,1,12,-34]" },
    { "[012, -007, 00, +0]", "[12,-7,0,0]" },
    { "[0o17, 0o0, 0o8, 0o, -0o7]", "[15,0,\"0o8\",\"0o\",\"-0o7\"]" },
    { "[0x1F, 0xfF, 0x00, 0x, 0xG, +0x1]",
      "[31,255,0,\"0x\",\"0xG\",\"+0x1\"]" },
    { "[0xFFFFFFFFFFFFFFFF, 0xDE0B6B3A7640000, 0o1777777777777777777777]",
      "[18446744073709551615,1000000000000000000,18446744073709551615]" },
    { "[1.5, -.5, +.5, 1., -1., 01.50, 1.e5]", "[1.5,-0.5,0.5,1,-1,1.50,1e5]" },
    { "[1e3, 1E-3, 1.5e+3, .5e1, 1.0e00]", "[1e3,1E-3,1.5e+3,0.5e1,1.0e00]" },
    { "[., -., +, -x, e3, 1e, 1e+, 1.2.3, --1, 1 2]",
      "[\".\",\"-.\",\"+\",\"-x\",\"e3\",\"1e\",\"1e+\",\"1.2.3\",\"--1\",\"1 "
      "2\"]" },
    { "[yes, No, on, OFF, y, N]",
      "[\"yes\",\"No\",\"on\",\"OFF\",\"y\",\"N\"]" },
    { "[1_000, 1:30, 0b1, 2001-12-14, 12:30:45.5]",
      "[\"1_000\",\"1:30\",\"0b1\",\"2001-12-14\",\"12:30:45.5\"]" },
    { "['1', \"true\", 'null', \"~\"]", "[\"1\",\"true\",\"null\",\"~\"]" },
    { "a: |\n  1\nb: >\n  true\n", "{\"a\":\"1\\n\",\"b\":\"true\\n\"}" },
    /* tags */
    { "[!!str 1, !!str true, !!str , ! 1, ! , !!str 'x']",
      "[\"1\",\"true\",\"\",\"1\",\"\",\"x\"]" },
    { "[!!int 7, !!int '012', !!int 0x10, !!float 1, !!float 1.0]",
      "[7,12,16,1,1.0]" },
    { "[!!bool true, !!bool 'FALSE', !!null '', !!null ~, !!null ]",
      "[true,false,null,null,null]" },
    { "!!map\na: !!seq [!!map {}]", "{\"a\":[{}]}" },
    { "! [! {}]", "[{}]" },
    { "!<tag:yaml.org,2002:str> 5", "\"5\"" },
    { "- !!set {a, b}\n- !!omap [c: 1, d: 2]\n- !!binary aGk=\n",
      "[{\"a\":null,\"b\":null},[{\"c\":1},{\"d\":2}],\"aGk=\"]" },
    { "[!<tag:yaml.org,2002:str> 5, !!str 6,!!str 7]", "[\"5\",\"6\",\"7\"]" },
    { "%TAG !y! tag:yaml.org,2002:\n---\n!y!str 5", "\"5\"" },
    /* keys */
    { "a: 1\n'b c': 2\n\"d\\n\": 3\non: 4\n", "{\"a\":1,\"b c\":2,\"d\\n\":3,"
                                              "\"on\":4}" },
    { "? a\n: b\n? c\n? d e\n", "{\"a\":\"b\",\"c\":null,\"d e\":null}" },
    { "? |\n  a\n: 1", "{\"a\\n\":1}" },
    { "{a, b: , c: 1, ? d : 2, \"e\":3, 'f' :4}",
      "{\"a\":null,\"b\":null,\"c\":1,\"d\":2,\"e\":3,\"f\":4}" },
    { "[a: b, {c: d}, \"e\":f]",
      "[{\"a\":\"b\"},{\"c\":\"d\"},{\"e\":\"f\"}]" },
    { "!!str 1: a\n!!str : b\n\"<<\": c", "{\"1\":\"a\",\"\":\"b\",\"<<\":"
                                          "\"c\"}" },
    { "0: a\n10: b\n-1: c\n", "{\"0\":\"a\",\"10\":\"b\",\"-1\":\"c\"}" },
    { "a: <<\n", "{\"a\":\"<<\"}" },
    { "yes: y\n1:30: x\n", "{\"yes\":\"y\",\"1:30\":\"x\"}" },
    /* what ordinary files have */
    { "on:\n  push:\n    branches: [main, 'v*']\njobs:\n- run: |\n    a\n    "
      "b\n",
      "{\"on\":{\"push\":{\"branches\":[\"main\",\"v*\"]}},\"jobs\":[{\"run\":"
      "\"a\\nb\\n\"}]}" },
    { "a: [\n  x, # one\n\n# two\n  z\n]\nb: {\n  c: d\n}\n",
      "{\"a\":[\"x\",\"z\"],\"b\":{\"c\":\"d\"}}" },
    { "a: >-\n  one\n  two\n\n  three\nb: |+\n  x\n\nc: 1\n",
      "{\"a\":\"one two\\nthree\",\"b\":\"x\\n\\n\",\"c\":1}" },
    { "a: \"one\n  two\\\n  three\n\n  four\"\nb: 'it''s'\n",
      "{\"a\":\"one twothree\\nfour\",\"b\":\"it's\"}" },
    { "a: text that\n  goes on\nb: http://x.y/z#f\n",
      "{\"a\":\"text that goes on\",\"b\":\"http://x.y/z#f\"}" },
    { "a:\tb\nc: d\t# comment\n", "{\"a\":\"b\",\"c\":\"d\"}" },
    { "--- # start\na: 1\n... # end\n# more\n", "{\"a\":1}" },
    { "%YAML 1.2 # version\n---\na", "\"a\"" },
    { "---", "null" },
    { "--- |\n a\n", "\"a\\n\"" },
    { "\"a\nb\"", "\"a b\"" },
    { "a: |\n    \n  x\n b", NULL },
    { "a\r\nb", "\"a b\"" },
    { "a: 1\r\nb:\r\n- x\r\n- \"y\r\n  z\"\r\n",
      "{\"a\":1,\"b\":[\"x\",\"y z\"]}" },
    { "[a,\r\nb]", "[\"a\",\"b\"]" },
    { "a: \"\\0\\x41\\u263A\\U0001F600\\/\\e\"",
      "{\"a\":\"\\u0000A\342\230\272\360\237\230\200/\\u001b\"}" },
    { "\303\251: \"\303\251\" # \342\202\254\nb: [\342\202\254]\n",
      "{\"\303\251\":\"\303\251\",\"b\":[\"\342\202\254\"]}" },
    { "a:\n- [x,\n z]\n- \"p\n q\"", "{\"a\":[[\"x\",\"z\"],\"p q\"]}" },
    /* a last line without a newline */
    { "- |+\n   ", "[\"\\n\"]" },
    { "a: |\n  x\n   ", "{\"a\":\"x\\n \\n\"}" },
    { "a: |\n  x", "{\"a\":\"x\\n\"}" },
    /* merge keys */
    { "a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  b: 3\n",
      "{\"a\":{\"b\":1,\"c\":2},\"d\":{\"b\":3,\"c\":2}}" },
    { "- &x {b: 1}\n- &y {b: 2, c: 3}\n- {z: 0, <<: [*x, *y]}\n",
      "[{\"b\":1},{\"b\":2,\"c\":3},{\"z\":0,\"b\":1,\"c\":3}]" },
    { "{<<: {a: 1}, b: 2}", "{\"b\":2,\"a\":1}" },
    { "{<<: []}", "{}" },
    { "- &x {a: 1}\n- &y {<<: *x, b: 2}\n- {<<: *y, <<x: 3}\n",
      "[{\"a\":1},{\"b\":2,\"a\":1},{\"<<x\":3,\"b\":2,\"a\":1}]" },
    { "{'<<': 1}", "{\"<<\":1}" },
    /* aliases */
    { "a: &x 1\nb: *x\nc: [*x]", "{\"a\":1,\"b\":1,\"c\":[1]}" },
    { "a: &x [1, {b: c}]\nd: *x", "{\"a\":[1,{\"b\":\"c\"}],\"d\":[1,{\"b\":"
                                  "\"c\"}]}" },
    { "[&a 1, *a, &a 2, *a]", "[1,1,2,2]" },
    { "&a [&a 1, *a]", "[1,1]" },
    { "&k a: 1\nb: {*k : 2}", "{\"a\":1,\"b\":{\"a\":2}}" },
    { "a: &x\nb: *x", "{\"a\":null,\"b\":null}" },
    { "a: &x !!str\nb: !!str &y 1\nc: [*x, *y]",
      "{\"a\":\"\",\"b\":\"1\",\"c\":[\"\",\"1\"]}" },
};

START_TEST(reads)
{
    const struct reading *row = &readings[_i];

    if (row->json == NULL) {
        ck_assert_msg(read_text(az_str_from(row->text)) == NULL, "read: %s",
                      row->text);
        return;
    }
    ck_assert_msg(strcmp(text_of(read_good(row->text)->root), row->json) == 0,
                  "%s is read as %s, not %s", row->text,
                  text_of(read_good(row->text)->root), row->json);
}
END_TEST

/* Findings: the first one of a text.  Everything but a warning refuses it. */
static const struct mistake {
    const char *text;
    const char *id;
    const char *pointer; /* NULL: none */
    const char *message; /* a part */
    const char *hint;    /* a part */
    unsigned line;
    unsigned column;
} mistakes[] = {
    /* YAML 1.1 */
    { "a: no", "yaml-ambiguous", "/a", "'no' is text, but true or false in",
      "write \"no\" in quotes, or true/false", 1, 4 },
    { "- x\n- [z, Y]", "yaml-ambiguous", "/1/1", "'Y' is text", "\"Y\"", 2, 7 },
    { "a: {b: 012}", "yaml-ambiguous", "/a/b", "decimal number, but octal",
      "zeros out", 1, 8 },
    { "a: 0o17", "yaml-ambiguous", "/a", "octal number, but text", "\"0o17\"",
      1, 4 },
    { "a: 1e3", "yaml-ambiguous", "/a", "but text to readers", "1.0e+3", 1, 4 },
    { "a: 1.5e3", "yaml-ambiguous", "/a", "but text to readers", "1.0e+3", 1,
      4 },
    { "a: 1:30", "yaml-ambiguous", "/a", "text, but a number", "\"1:30\"", 1,
      4 },
    { "a: -190:20:30.15", "yaml-ambiguous", "/a", "text, but a number", "", 1,
      4 },
    { "a: 1_000", "yaml-ambiguous", "/a", "text, but a number", "", 1, 4 },
    { "a: 0b1", "yaml-ambiguous", "/a", "text, but a number", "", 1, 4 },
    { "a: -0x1F", "yaml-ambiguous", "/a", "text, but a number", "", 1, 4 },
    { "a: 1.10", "yaml-ambiguous", "/a", "whose last zero does not count",
      "\"1.10\" in quotes if it is a version", 1, 4 },
    { "1: x", "yaml-ambiguous", NULL, "the key '1' is a number",
      "put the key in quotes", 1, 1 },
    { "x: {a:1, b: 2}", "yaml-ambiguous", NULL, "'a:1' is a key, without",
      "space behind ':'", 1, 5 },
    /* no JSON meaning */
    { "a: .inf", "yaml-unsupported", NULL, "'.inf' is no number of JSON",
      "quotes", 1, 4 },
    { "a: [-.INF]", "yaml-unsupported", NULL, "'-.INF'", "quotes", 1, 5 },
    { "a: !!float .nan", "yaml-unsupported", NULL, "'.nan'", "quotes", 1, 12 },
    { "a: !!set [b]", "yaml-unsupported", NULL, "the tag '!!set' is on a list",
      "take it out", 1, 4 },
    { "a: !!binary {b: 1}", "yaml-unsupported", NULL,
      "the tag '!!binary' is on a mapping", "take it out", 1, 4 },
    { "a: !foo x", "yaml-unsupported", NULL, "the tag '!foo' has no meaning",
      "take it out", 1, 4 },
    { "a: &x !group {b}", "yaml-unsupported", NULL, "'!group'", "take it out",
      1, 7 },
    { "!<!> a", "yaml-unsupported", NULL, "'!<!>'", "take it out", 1, 1 },
    { "a: !!int x", "yaml-unsupported", NULL, "'!!int' does not fit", "", 1,
      4 },
    { "!!int 1.0", "yaml-unsupported", NULL, "'!!int' does not fit", "", 1, 1 },
    { "!!float 0x1", "yaml-unsupported", NULL, "does not fit", "", 1, 1 },
    { "!!bool 1", "yaml-unsupported", NULL, "does not fit", "", 1, 1 },
    { "!!null x", "yaml-unsupported", NULL, "does not fit", "", 1, 1 },
    { "!!map x", "yaml-unsupported", NULL, "does not fit", "", 1, 1 },
    { "!!seq {}", "yaml-unsupported", NULL, "is on a mapping", "", 1, 1 },
    { "!!str []", "yaml-unsupported", NULL, "is on a list", "", 1, 1 },
    { "%TAG !! tag:x,2000:\n---\n!!str a", "yaml-unsupported", NULL, "'!!str'",
      "", 3, 1 },
    { "true: x", "yaml-unsupported", NULL, "the key 'true' is of type boolean",
      "put the key in quotes", 1, 1 },
    { "a: 1\n1.0: x", "yaml-unsupported", NULL, "'1.0' is of type number",
      "quotes", 2, 1 },
    { "01: x", "yaml-unsupported", NULL, "'01' is of type number", "quotes", 1,
      1 },
    { "{~: x}", "yaml-unsupported", NULL, "'~' is of type null", "quotes", 1,
      2 },
    { "{? : x}", "yaml-unsupported", NULL, "without a key", "write a key", 1,
      3 },
    { "[a]: x", "yaml-unsupported", NULL, "is no key in JSON", "", 1, 1 },
    { "? {a: b}\n: x", "yaml-unsupported", NULL, "is no key in JSON", "", 1,
      3 },
    { "a: &x [1]\n*x : 2", "yaml-unsupported", NULL, "is no key in JSON", "", 2,
      1 },
    { "a: &x [b]\nc:\n  <<: *x", "yaml-unsupported", NULL, "takes mappings",
      "name mappings", 3, 7 },
    { "<<:\n  - {a: 1}\n  - text\n", "yaml-unsupported", NULL,
      "is of type string", "name mappings", 3, 5 },
    { "<<:\n", "yaml-unsupported", NULL, "is of type null", "", 1, 4 },
    { "<<: {a: 1}\n<<: {b: 1}\n", "yaml-unsupported", NULL,
      "a second merge key", "in one list", 2, 1 },
    { "&a [*a]", "yaml-unsupported", NULL, "inside the value that it names", "",
      1, 5 },
    { "a: &foo 1\nb: *fooo", "yaml-syntax", NULL, "called 'fooo'",
      "did you mean '*foo'?", 2, 4 },
    /* one document */
    { "", "yaml-syntax", NULL, "holds no document", "", 1, 1 },
    { "# nothing\n\n", "yaml-syntax", NULL, "holds no document", "", 1, 1 },
    { "a: 1\n---\nb: 2", "yaml-multiple-documents", NULL, "second document",
      "file of its own", 2, 1 },
    { "a: 1\n---\n", "yaml-multiple-documents", NULL, "second document", "", 2,
      1 },
    { "---\n---\n", "yaml-multiple-documents", NULL, "second document", "", 2,
      1 },
    { "a\n...\n# x\nb", "yaml-multiple-documents", NULL, "second document", "",
      4, 1 },
    { "--- a\n...\n%YAML 1.2\n---\nb", "yaml-multiple-documents", NULL,
      "a directive after the end", "", 3, 1 },
    { "---\nk: v\n%YAML 1.2\n---\n", "yaml-multiple-documents", NULL,
      "a directive after the end", "", 3, 1 },
    { "'x'\n%TAG ! tag:e.com,2000:a/#b\n---\n!foo x", "yaml-multiple-documents",
      NULL, "a directive after the end", "", 2, 1 },
    { "%YAML 1.2\n---\n%YAML 1.2\n---\n", "yaml-multiple-documents", NULL,
      "a directive after the end", "", 3, 1 },
    /* what libyaml reads as another document */
    { "key: &an:chor value", "yaml-unsupported", NULL, "name of an anchor",
      "rename it", 1, 9 },
    { "a: &x 1\nb: [*x:, 2]", "yaml-unsupported", NULL, "name of an anchor", "",
      2, 7 },
    { "&a?b", "yaml-unsupported", NULL, "name of an anchor", "", 1, 3 },
    { "{ ?foo: bar }", "yaml-unsupported", NULL, "begins with '?'", "quotes", 1,
      3 },
    { "[?x]", "yaml-unsupported", NULL, "begins with '?'", "quotes", 1, 2 },
    { "{!!str :b}", "yaml-unsupported", NULL, "begins with ':'", "quotes", 1,
      8 },
    { "{a: &x k, *x :b}", "yaml-unsupported", NULL, "begins with ':'", "", 1,
      14 },
    { "--- |\n# text\n", "yaml-unsupported", NULL, "text of the block is not",
      "indent", 2, 1 },
    { "[a,\n? ]", "yaml-unsupported", NULL, "belongs to neither", "", 2, 3 },
    { "a: x\302\205b: y", "yaml-unsupported", NULL, "U+0085 would be misread",
      "\\x85", 1, 5 },
    { "# x\342\200\250a: 1", "yaml-unsupported", NULL, "U+2028 would be",
      "\\u2028", 1, 4 },
    /* what libyaml reads though it is no YAML */
    { "key: \"value\"# c", "yaml-syntax", NULL, "no space before the comment",
      "", 1, 13 },
    { "---\n[ a, b, c, ]#c", "yaml-syntax", NULL, "no space before", "", 2,
      13 },
    { "[ a, b, c,#c\n]", "yaml-syntax", NULL, "no space before", "", 1, 11 },
    { "block: ># comment\n  scalar\n", "yaml-syntax", NULL, "no space before",
      "", 1, 9 },
    { "%YAML 1.1#...\n---\n", "yaml-syntax", NULL, "no space before", "", 1,
      10 },
    { "flow: [a,\nb,\nc]", "yaml-syntax", NULL, "not indented further",
      "indent it with spaces", 2, 1 },
    { "- - [a,\n  b]", "yaml-syntax", NULL, "not indented further", "", 2, 3 },
    { "quoted: \"a\nb\nc\"", "yaml-syntax", NULL, "not indented further", "", 2,
      1 },
    { "a:\n  b: 'x\n  y'", "yaml-syntax", NULL, "not indented further", "", 3,
      3 },
    { "a: [x\ny]", "yaml-syntax", NULL, "not indented further", "", 2, 1 },
    { "foo: \"bar\n\tbaz\"", "yaml-syntax", NULL, "a tab cannot indent", "", 2,
      1 },
    { "foo: \"bar\n\t\n  baz\"", "yaml-syntax", NULL, "a tab cannot indent", "",
      2, 1 },
    { "- [\n\tfoo,\n\tfoo\n ]", "yaml-syntax", NULL, "a tab cannot indent", "",
      2, 1 },
    { "a:\n  b: [\n    c\n]", "yaml-syntax", NULL, "not indented further", "",
      4, 1 },
    { "[-, -]", "yaml-syntax", NULL, "'-' alone is no value", "\"-\"", 1, 2 },
    { "[-]", "yaml-syntax", NULL, "'-' alone is no value", "", 1, 2 },
    { "a: >\n \n  \n   \n # c", "yaml-syntax", NULL, "more spaces than", "", 4,
      2 },
    { "a:\n|\n b", "yaml-syntax", NULL, "'|' or '>' on a line of its own", "",
      2, 1 },
    { "a:\n  b:\n  >-\n    c", "yaml-syntax", NULL, "'|' or '>' on a line", "",
      3, 3 },
    /* encodings */
    { "\357\273\277a: b", "bad-encoding", NULL, "byte order mark", "UTF-8", 1,
      1 },
    { "\377\376a", "bad-encoding", NULL, "UTF-16", "UTF-8", 1, 1 },
    { "a: \303\251\377", "bad-encoding", NULL, "byte 0xFF", "UTF-8", 1, 5 },
    { "a: \300\257", "bad-encoding", NULL, "byte 0xC0", "", 1, 4 },
    { "a: \355\240\200", "bad-encoding", NULL, "byte 0xED", "", 1, 4 },
    { "a: b\n\303\251: \007", "yaml-syntax", NULL, "U+0007 is a control",
      "\\x07", 2, 4 },
    { "a: \177", "yaml-unsupported", NULL, "U+007F", "\\x7F", 1, 4 },
    { "a: \302\200", "yaml-unsupported", NULL, "U+0080", "\\x80", 1, 4 },
    { "a: \357\273\277", "yaml-unsupported", NULL, "byte order mark", "", 1,
      4 },
    { "a: \357\277\276", "yaml-unsupported", NULL, "no character", "\\uFFFE", 1,
      4 },
    /* libyaml's complaints in our words */
    { "a:\n\tb: 1", "yaml-syntax", NULL, "a tab cannot stand here", "spaces", 2,
      1 },
    { "a: |\n\tb", "yaml-syntax", NULL, "a tab cannot indent", "spaces", 2, 1 },
    { "a: [::1]", "yaml-syntax", NULL, "a value is missing before",
      "begins with ':'", 1, 5 },
    { "a: [x::]", "yaml-syntax", NULL, "':' before a bracket", "::1", 1, 7 },
    { "b: 2\na:1", "yaml-syntax", NULL, "no key with a ':'",
      "a space behind ':'", 2, 1 },
    { "a: @x", "yaml-syntax", NULL, "cannot begin with '@'", "quotes", 1, 4 },
    { "a: `x`", "yaml-syntax", NULL, "a back quote", "quotes", 1, 4 },
    { "a: %x", "yaml-syntax", NULL, "cannot begin with '%'", "quotes", 1, 4 },
    { "p: *.js", "yaml-syntax", NULL, "'*' begins an alias", "quotes", 1, 4 },
    { "p: & x", "yaml-syntax", NULL, "'&' begins an anchor", "quotes", 1, 4 },
    { "\303\251: \"foo\nb: c\n", "yaml-syntax", NULL, "are never closed",
      "closing quote", 1, 4 },
    { "a: 'x\n---\nb'", "yaml-syntax", NULL, "not closed before '---'", "", 1,
      4 },
    { "a: {x: 1,\n  y: [2\n", "yaml-syntax", NULL, "bracket that opens here",
      "closing bracket", 2, 6 },
    { "a: [x y: z w: v]", "yaml-syntax", NULL, "a ',' or ']' is missing", "", 1,
      13 },
    { "a: [x,,y]", "yaml-syntax", NULL, "a value is missing", "comma out", 1,
      7 },
    { "a:\n  b: 1\n c: 2", "yaml-syntax", NULL, "a key of the mapping",
      "one column", 3, 2 },
    { "a: \"b\" c", "yaml-syntax", NULL, "text behind the end of a value",
      "quotes", 1, 8 },
    { "\"a\" b", "yaml-syntax", NULL, "the document ends before", "", 1, 5 },
    { "a: b: c", "yaml-syntax", NULL, "':' cannot make a key", "': '", 1, 5 },
    { "a: - b", "yaml-syntax", NULL, "'-' cannot begin a list",
      "a line of its own", 1, 4 },
    { "a: \"\\q\"", "yaml-syntax", NULL, "no escape sequence", "single quotes",
      1, 5 },
    { "a: \"\\ud83d\\ude00\"", "yaml-syntax", NULL, "no character", "\\U", 1,
      7 },
    { "a: | x\n  y", "yaml-syntax", NULL, "text behind '|'", "next line", 1,
      6 },
    { "%FOO x\n---\na", "yaml-syntax", NULL, "a directive that is", "", 1, 1 },
    { "%YAML 1.3\n---\na", "yaml-syntax", NULL, "a version of YAML", "", 1, 1 },
    { "a: !x{ y", "yaml-syntax", NULL, "a tag that is malformed", "", 1, 4 },
    { "a: !x!y z", "yaml-syntax", NULL, "whose handle no %TAG", "", 1, 4 },
};

START_TEST(mistakes_are_found)
{
    const struct mistake *row = &mistakes[_i];
    const struct az_document *document = read_text(az_str_from(row->text));
    const struct az_diag *diag;
    struct az_position position;

    ck_assert_msg(sink.total == 1, "%s: %zu findings", row->text, sink.total);
    diag = sink.diags[0];
    ck_assert_msg((document == NULL) == (diag->severity == AZ_ERROR),
                  "%s: document", row->text);
    ck_assert_msg(strcmp(name_of(diag), row->id) == 0, "%s: %s (%s)", row->text,
                  name_of(diag), diag->message);
    position = az_source_position(diag->place.source, diag->place.span.start);
    ck_assert_msg(position.line == row->line && position.column == row->column,
                  "%s: %s at %u:%u", row->text, diag->message, position.line,
                  position.column);
    ck_assert_msg(strstr(diag->message, row->message) != NULL, "%s: %s",
                  row->text, diag->message);
    ck_assert_msg(diag->hint != NULL && strstr(diag->hint, row->hint) != NULL,
                  "%s: hint %s", row->text, diag->hint);
    ck_assert_msg(
        (row->pointer == NULL) == (diag->pointer == NULL) &&
            (row->pointer == NULL || strcmp(row->pointer, diag->pointer) == 0),
        "%s: pointer %s", row->text, diag->pointer);
}
END_TEST

/* Texts without any finding. */
static const char *const quiet[] = {
    "a: 'no'",
    "no: a",
    "a: !!str no",
    "a: 1.0",
    "a: 1.05",
    "a: 0.010",
    "a: 1.00",
    "a: 2001-01-01",
    "a: 8080:80",
    "a: 1.5e+3",
    "a: 0x1F",
    "a: 12:3:x",
    "a: 0",
    "a: -0.5",
    "a: x_1",
    "a: _1",
    "a: 1__x",
    "a: 10:99",
    "{\"a:1\", 'b:2': 3}",
    "a: |\n  no\n",
    "[a:1]",
    "{a:1: , b: c}",
    "a: !!float 012",
    "a: nope",
    "a: 0xABC",
};

START_TEST(nothing_is_found)
{
    ck_assert_msg(read_text(az_str_from(quiet[_i])) != NULL, "%s", quiet[_i]);
    ck_assert_msg(sink.total == 0, "%s: %s", quiet[_i],
                  sink.count > 0 ? sink.diags[0]->message : "?");
}
END_TEST

/* Spans: what stands in the source where the node at the pointer is. */
static const struct span_row {
    const char *text;
    const char *pointer;
    const char *value;
    const char *key; /* NULL: none */
} span_rows[] = {
    { "a: 012  # x\n", "/a", "012", "a" },
    { "a: .5\n", "/a", ".5", "a" },
    { "'a' :   \"b c\"  \n", "/a", "\"b c\"", "'a'" },
    { "a: &x !!str  text here \n", "/a", "text here", "a" },
    { "a: !!str\n  # c\n  text\n", "/a", "text", "a" },
    { "\303\251: [\342\202\254, &x x]\n", "/\303\251/1", "x", NULL },
    { "\303\251: [\342\202\254, x]\n", "/\303\251", "[\342\202\254, x]",
      "\303\251" },
    { "a: | # c\n  x\n  y  \n\n\nb: 1\n", "/a", "| # c\n  x\n  y  ", "a" },
    { "a: |-\n\n\nb: 1\n", "/a", "|-", "a" },
    { "a: >+ # c\nb: 1\n", "/a", ">+", "a" },
    { "a: |\n  x", "/a", "|\n  x", "a" },
    { "a:\n  b: |\n    x\n\n\nc: 1", "/a", "b: |\n    x", "a" },
    { "a: x\n  y # c\nb: 1", "/a", "x\n  y", "a" },
    { "a: \"x\n  y\" # c", "/a", "\"x\n  y\"", "a" },
    { "a:\n  # c\n  b: 1\n  c: 2 # d\n\n# e\nf: 1", "/a", "b: 1\n  c: 2", "a" },
    { "a:\n- 1\n- 2\n\nb: 1", "/a", "- 1\n- 2", "a" },
    { "a: &x\n- 1\n- - 2\n", "/a/1", "- 2", NULL },
    { "a: &x\n- 1\n- 2\n", "/a", "- 1\n- 2", "a" },
    { "&x a: &y\n  &z b: 1\n", "/a", "&z b: 1", "a" },
    { "a: &x {b: c} # d\n", "/a", "{b: c}", "a" },
    { "[a: b, c]", "/0", "a: b", NULL },
    { "[? a : b , c]", "/0", "? a : b", NULL },
    { "[\"a\":b , c]", "/0/a", "b", "\"a\"" },
    { "a:   # c\nb: 1", "/a", "", "a" },
    { "a: 1\nb:\n", "", "a: 1\nb:", NULL },
    { "- # c\n- 1", "", "- # c\n- 1", NULL },
    { "{a, b: }", "", "{a, b: }", NULL },
    { "--- # c\n- a\n...\n", "", "- a", NULL },
    { "? a\n? b\n", "/b", "", "b" },
    { "a: &x [1, 2]\nb: *x\n", "/b", "[1, 2]", "b" },
    { "a: &x 1\nb:\n  c: *x\nd: 1", "/b", "c: *x", "b" },
    { "- &x k\n- *x : v\n", "/1/k", "v", "*x" },
    { "a: 1\r\nb: c\r\n", "/b", "c", "b" },
};

static bool
is_span(const struct az_source *source, struct az_span span, const char *text)
{
    size_t length = strlen(text);

    return span.end - span.start == length &&
           memcmp(source->text.p + span.start, text, length) == 0;
}

START_TEST(spans)
{
    const struct span_row *row = &span_rows[_i];
    const struct az_document *document = read_good(row->text);
    const struct az_node *node =
        az_pointer_find(arena, document->root, row->pointer);
    const struct az_member *member;

    ck_assert_msg(node != NULL, "%s: no %s", row->text, row->pointer);
    ck_assert_msg(is_span(document->source, node->span, row->value),
                  "%s: %s is '%.*s'", row->text, row->pointer,
                  (int)(node->span.end - node->span.start),
                  document->source->text.p + node->span.start);
    member = az_document_member_of(document, node);
    ck_assert_msg((member == NULL) == (row->key == NULL), "%s: key", row->text);
    if (member != NULL)
        ck_assert_msg(is_span(document->source, member->key_span, row->key),
                      "%s: key span", row->text);
    ck_assert_str_eq(az_document_pointer(arena, document, node), row->pointer);
}
END_TEST

START_TEST(text_is_borrowed)
{
    const struct az_document *document =
        read_good("a: plain text\nb: \"quoted\"\nc: 12\nd: \"es\\x63\"\n");
    const char *start = document->source->text.p;
    const struct az_node *root = document->root;

    ck_assert_ptr_eq(az_node_get(root, "a")->text, start + 3);
    ck_assert_ptr_eq(az_node_get(root, "b")->text, start + 18);
    ck_assert_ptr_eq(az_node_get(root, "c")->text, start + 29);
    ck_assert_ptr_eq(root->members[0].key.p, start);
    ck_assert(az_node_is_string(az_node_get(root, "d"), "esc"));
}
END_TEST

START_TEST(aliases_have_nodes_of_their_own)
{
    const struct az_document *document =
        read_good("a: &x\n  k: [1, {l: &y 2}]\nb: *x\nc: [*x, *y]\n");
    static const char *const pointers[] = {
        "",     "/a",     "/a/k",     "/a/k/0",   "/a/k/1",   "/a/k/1/l",
        "/b",   "/b/k",   "/b/k/0",   "/b/k/1",   "/b/k/1/l", "/c",
        "/c/0", "/c/0/k", "/c/0/k/1", "/c/0/k/0", "/c/1",
    };

    ck_assert(document->scattered);
    for (size_t i = 0; i < COUNT(pointers); i++) {
        const struct az_node *node =
            az_pointer_find(arena, document->root, pointers[i]);
        ck_assert_msg(node != NULL, "%s", pointers[i]);
        ck_assert_str_eq(az_document_pointer(arena, document, node),
                         pointers[i]);
    }
    ck_assert(!read_good("a: &x 1\nb: 2\n")->scattered);
}
END_TEST

/* A wide object through an alias keeps its index. */
START_TEST(aliases_of_wide_objects)
{
    struct az_buf buf;
    const struct az_node *wide;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "a: &x\n");
    for (int i = 0; i < 100; i++)
        az_buf_addf(&buf, "  k%d: [%d]\n", i, i);
    az_buf_add_c(&buf, "b: *x\n");
    wide = az_node_get(read_good(buf.p)->root, "b");
    for (int i = 0; i < 100; i++) {
        char key[16], value[16];
        snprintf(key, sizeof(key), "k%d", i);
        snprintf(value, sizeof(value), "[%d]", i);
        ck_assert_str_eq(text_of(az_node_get(wide, key)), value);
    }
}
END_TEST

/* Duplicate keys. */

START_TEST(duplicate_keys)
{
    const struct az_document *document = read_text(
        AZ_STR("a: 1\nb: &x\n  - c: 1\n    \"\\x63\": 2\nk: *x\na: 3\n"));
    const struct az_diag *diag;
    struct az_position position;

    ck_assert_ptr_nonnull(document);
    ck_assert(document->malformed);
    ck_assert_uint_eq(document->root->count, 4);
    /* once for the place, not again for the alias */
    ck_assert_uint_eq(sink.total, 2);
    diag = sink.diags[0];
    ck_assert_str_eq(name_of(diag), "duplicate-key");
    ck_assert_str_eq(diag->pointer, "/b/0/c");
    ck_assert_str_eq(diag->message, "the object has the key 'c' twice");
    position = az_source_position(document->source, diag->place.span.start);
    ck_assert_uint_eq(position.line, 4);
    ck_assert_uint_eq(position.column, 5);
    diag = sink.diags[1];
    ck_assert_str_eq(diag->pointer, "/a");
    ck_assert_uint_eq(diag->place.span.start, 40);
    ck_assert_uint_eq(diag->related->place.span.start, 0);
    ck_assert_uint_eq(diag->related->place.span.end, 1);
}
END_TEST

START_TEST(duplicate_keys_in_many)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    for (int i = 0; i < 1000; i++)
        az_buf_addf(&buf, "k%d: %d\n", i % 990, i);
    ck_assert(read_text(az_buf_str(&buf))->malformed);
    ck_assert_uint_eq(sink.total, 10);
}
END_TEST

/* 1 and "1" are one key of JSON. */
START_TEST(duplicate_integer_keys)
{
    ck_assert(read_text(AZ_STR("1: a\n'1': b\n"))->malformed);
}
END_TEST

/* Limits. */

static const struct nest {
    const char *open;
    const char *close;
    unsigned levels; /* for each */
} nests[] = {
    { "[", "]", 1 },
    { "{a: ", "}", 1 },
    { "[a: ", "]", 2 },
    { "- ", "", 1 },
};

static struct az_str
nested(const struct nest *nest, unsigned count)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    for (unsigned i = 0; i < count; i++)
        az_buf_add_c(&buf, nest->open);
    az_buf_add_c(&buf, "1");
    for (unsigned i = 0; i < count; i++)
        az_buf_add_c(&buf, nest->close);
    return az_buf_str(&buf);
}

START_TEST(depth)
{
    const struct nest *nest = &nests[_i];
    unsigned most = AZ_MAX_DEPTH / nest->levels;

    ck_assert_msg(read_text(nested(nest, most)) != NULL, "%s: %s", nest->open,
                  sink.count > 0 ? sink.diags[0]->message : "?");
    ck_assert_ptr_null(read_text(nested(nest, most + 1)));
    ck_assert_str_eq(name_of(sink.diags[sink.count - 1]), "depth-limit");
    ck_assert_uint_eq(sink.diags[sink.count - 1]->place.span.start,
                      most * strlen(nest->open));
    /* libyaml would take minutes */
    ck_assert_ptr_null(read_text(nested(nest, 200000)));
}
END_TEST

/* A value whose nesting is COUNT, or COUNT + 1 when each level begins with
   "[1],". */
START_TEST(depth_of_aliases)
{
    static const struct nest rows[] = { { "[", "]", 1 }, { "[[1],", "]", 1 } };

    for (unsigned extra = 0; extra < 2; extra++) {
        unsigned around = AZ_MAX_DEPTH - 301 - (unsigned)_i + extra;
        struct az_buf buf;

        az_buf_init(&buf, arena);
        az_buf_add_c(&buf, "a: &x ");
        az_buf_add(&buf, nested(&rows[_i], 300));
        az_buf_add_c(&buf, "\nb: ");
        for (unsigned i = 0; i < around; i++)
            az_buf_add_char(&buf, '[');
        az_buf_add_c(&buf, "*x");
        for (unsigned i = 0; i < around; i++)
            az_buf_add_char(&buf, ']');
        ck_assert((read_text(az_buf_str(&buf)) != NULL) == (extra == 0));
    }
    ck_assert_uint_eq(sink.total, 1);
    ck_assert_str_eq(name_of(sink.diags[0]), "depth-limit");
}
END_TEST

/* Nine lines, a thousand million values. */
START_TEST(alias_bomb)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
        az_buf_addf(&buf, "a%d: &a%d [", i, i);
        for (int k = 0; k < 10; k++)
            az_buf_addf(&buf, "%s*a%d", k == 0 ? "" : ", ", i - 1);
        az_buf_add_c(&buf, "]\n");
    }
    ck_assert_ptr_null(read_text(az_buf_str(&buf)));
    ck_assert_uint_eq(sink.total, 1);
    ck_assert_str_eq(name_of(sink.diags[0]), "alias-limit");
}
END_TEST

/* A first AZ_ALIAS_FREE values and AZ_MAX_ALIAS_FACTOR for each one spelled
   out: the root, a list of seven and the list of aliases. */
START_TEST(alias_budget)
{
    for (unsigned extra = 0; extra < 2; extra++) {
        unsigned limit = AZ_ALIAS_FREE + AZ_MAX_ALIAS_FACTOR * (1 + 8 + 1);
        struct az_buf buf;

        ck_assert_uint_eq(limit % 8, 0);
        az_buf_init(&buf, arena);
        az_buf_add_c(&buf, "a: &x [0,1,2,3,4,5,6]\nb:\n");
        for (unsigned i = 0; i < limit / 8 + extra; i++)
            az_buf_add_c(&buf, "- *x\n");
        ck_assert((read_text(az_buf_str(&buf)) != NULL) == (extra == 0));
    }
    ck_assert_str_eq(name_of(sink.diags[0]), "alias-limit");
}
END_TEST

/* One value less than the text has: refused at the value that is too many, or
   at the alias that brings it. */
static const struct node_row {
    const char *text;
    size_t count;
    unsigned line, column;
} node_rows[] = {
    { "[1, 2,\n3]", 4, 2, 1 },
    { "{a: b, c: }", 3, 1, 10 },
    { "a: &x [1]\nb: *x\n", 5, 2, 4 },
    { "- - x\n", 3, 1, 5 },
};

START_TEST(nodes)
{
    const struct node_row *row = &node_rows[_i];
    const struct az_source *source =
        source_of("t.yaml", az_str_from(row->text));
    const char *message =
        az_arena_printf(arena,
                        "the document has more than %zu values, the "
                        "limit",
                        row->count - 1);
    struct az_limits limits = az_limits_own;
    struct az_position at;

    limits.nodes = row->count;
    ck_assert_ptr_nonnull(
        az_yaml_read_within(arena, &sink, source, whole_of(source), &limits));
    ck_assert_uint_eq(sink.total, 0);
    limits.nodes = row->count - 1;
    ck_assert_ptr_null(
        az_yaml_read_within(arena, &sink, source, whole_of(source), &limits));
    ck_assert_msg(sink.total == 1, "%s: %zu findings", row->text, sink.total);
    ck_assert_str_eq(name_of(sink.diags[0]), "node-limit");
    ck_assert_str_eq(sink.diags[0]->message, message);
    ck_assert_str_eq(sink.diags[0]->hint,
                     "split the document into several files");
    at = az_source_position(source, sink.diags[0]->place.span.start);
    ck_assert_msg(at.line == row->line && at.column == row->column,
                  "%s: at %u:%u", row->text, at.line, at.column);
}
END_TEST

static struct az_str
repeated(const char *before, const char *text, size_t count, const char *after)
{
    return az_str_from(az_arena_printf(arena, "%s%s%s", before,
                                       text_times(text, count), after));
}

static const struct number_row {
    const char *before;
    const char *digit;
    size_t count; /* the most */
    const char *after;
} number_rows[] = {
    { "a: ", "1", AZ_MAX_DIGITS, "" },
    { "a: 0.", "1", AZ_MAX_DIGITS - 1, "" },
    { "a: +", "1", AZ_MAX_DIGITS, "." },
    { "a: 0x", "1", 3402, "" },
    { "a: 0o", "1", 4536, "" },
    { "a: 1e", "9", 4, "" },
    { "a: 1.0e-", "9", 4, "" },
};

START_TEST(numbers)
{
    const struct number_row *row = &number_rows[_i];

    ck_assert_msg(read_text(repeated(row->before, row->digit, row->count,
                                     row->after)) != NULL,
                  "%s", row->before);
    az_sink_init(&sink, arena);
    ck_assert_ptr_null(read_text(
        repeated(row->before, row->digit, row->count + 1, row->after)));
    ck_assert_str_eq(name_of(sink.diags[0]), "number-limit");
    ck_assert_uint_eq(sink.diags[0]->place.span.start, 3);
    ck_assert_ptr_null(
        read_text(repeated(row->before, row->digit, 100000, row->after)));
}
END_TEST

/* Zeros before a number are no digits of it. */
START_TEST(leading_zeros)
{
    struct az_str text = repeated("a: ", "0", 10000, "7");
    const struct az_document *document = read_text(text);

    ck_assert_ptr_nonnull(document);
    ck_assert_str_eq(text_of(document->root), "{\"a\":7}");
}
END_TEST

START_TEST(directives)
{
    for (unsigned extra = 0; extra < 2; extra++) {
        struct az_buf buf;

        az_buf_init(&buf, arena);
        az_buf_add_c(&buf, "# x\n\n");
        for (unsigned i = 0; i < AZ_MAX_DIRECTIVES + extra; i++)
            az_buf_addf(&buf, "%%TAG !t%u! tag:x:%u\n", i, i);
        az_buf_add_c(&buf, "--- a\n");
        ck_assert((read_text(az_buf_str(&buf)) != NULL) == (extra == 0));
    }
    ck_assert_str_eq(name_of(sink.diags[0]), "yaml-unsupported");
}
END_TEST

/* Text that is longer than libyaml's buffers, without a last newline, and
   characters of every length before what is looked at. */
START_TEST(long_text)
{
    static const char *const fills[] = { "x", "\303\251", "\342\202\254",
                                         "\360\237\230\200" };
    size_t length = 16380 + (size_t)_i;

    for (size_t i = 0; i < COUNT(fills); i++) {
        const struct az_document *document;
        const struct az_node *last;
        struct az_buf buf;

        az_buf_init(&buf, arena);
        az_buf_add_c(&buf, "a: '");
        for (size_t k = 0; k < length; k++)
            az_buf_add_c(&buf, fills[i]);
        az_buf_add_c(&buf, "'\nb: |\n  end");
        document = read_good(buf.p);
        last = az_node_get(document->root, "b");
        ck_assert_uint_eq(az_node_get(document->root, "a")->count,
                          length * strlen(fills[i]));
        ck_assert(az_node_is_string(last, "end\n"));
        ck_assert(is_span(document->source, last->span, "|\n  end"));
    }
}
END_TEST

/* Findings deep under long keys: pointers to all of them would be too long. */
START_TEST(pointers_have_a_budget)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add(&buf, repeated("? ", "k", 500000, "\n: [no"));
    for (int i = 1; i < 100; i++)
        az_buf_add_c(&buf, ",no");
    az_buf_add_c(&buf, "]\n");
    ck_assert_ptr_nonnull(read_text(az_buf_str(&buf)));
    ck_assert_uint_eq(sink.total, 100);
    ck_assert_ptr_nonnull(sink.diags[0]->pointer);
    ck_assert_ptr_null(sink.diags[99]->pointer);
}
END_TEST

/* Every prefix of a text, and every byte of it replaced: no crash, and a
   finding where there is no document. */
START_TEST(damaged_texts)
{
    static const char text[] =
        "%YAML 1.2\n--- # c\na: &x [1, \"b\\n\", {c: !!str d}]\n"
        "'e': *x\n? f\n: |2-\n    g\n- h\n\303\251: >\n  i\n\n  j\n...\n";
    static const char bytes[] = "\0\t\n #:-?[]{},&*!|>'\"%@x\303\377";

    for (size_t at = 0; at < sizeof(text); at++) {
        az_sink_init(&sink, arena);
        ck_assert(read_text((struct az_str){ text, at }) != NULL ||
                  sink.by_severity[AZ_ERROR] == 1);
        for (size_t i = 0; i < sizeof(bytes) - 1 && at < sizeof(text) - 1;
             i++) {
            char changed[sizeof(text)];
            memcpy(changed, text, sizeof(text));
            changed[at] = bytes[i];
            az_sink_init(&sink, arena);
            ck_assert(read_text((struct az_str){ changed, sizeof(text) - 1 }) !=
                          NULL ||
                      sink.by_severity[AZ_ERROR] > 0);
        }
    }
}
END_TEST

/* Files of several documents: each as JSON, or "-" for one with a mistake. */
static const struct stream {
    const char *text;
    const char *documents[5];
    unsigned line; /* of the first finding; 0: there is none */
} streams[] = {
    { "a", { "\"a\"" }, 0 },
    { "a: 1\n---\nb: 2\n", { "{\"a\":1}", "{\"b\":2}" }, 0 },
    { "---\na: 1\n---\nb: 2\n", { "{\"a\":1}", "{\"b\":2}" }, 0 },
    { "# one\n--- a\n--- b\n...\n", { "\"a\"", "\"b\"" }, 0 },
    { "a\n...\nb\n...\n# end\n", { "\"a\"", "\"b\"" }, 0 },
    { "a\n...\n...\n# and\n...\nb\n", { "\"a\"", "\"b\"" }, 0 },
    { "---\n---\n---\n", { "null", "null", "null" }, 0 },
    { "%YAML 1.2\n---\na\n...\n%TAG !e! tag:yaml.org,2002:\n---\n!e!str 1\n",
      { "\"a\"", "\"1\"" },
      0 },
    { "a: |\n  x\n---\n\"b\n c\"\n---\r\n[d]\r\n",
      { "{\"a\":\"x\\n\"}", "\"b c\"", "[\"d\"]" },
      0 },
    { "a: &x 1\n---\nb: *x\n---\nc: 3\n",
      { "{\"a\":1}", "-", "{\"c\":3}" },
      3 },
    { "a: \"\n---\nb: 2\n", { "-", "{\"b\":2}" }, 1 },
    { "\303\251: 1\n---\n\303\251: [\n--- c\n",
      { "{\"\303\251\":1}", "-", "\"c\"" },
      3 },
    { "a: 1\n---\na: 1\na: 2\n", { "{\"a\":1}", "{\"a\":1,\"a\":2}" }, 4 },
    { "a\n...\n%YAML 1.2\n", { "\"a\"", "-" }, 4 },
    { "a\n...\n%YAML 1.2\n...\n--- b", { "\"a\"", "-", "\"b\"" }, 4 },
    { "---- a\n--- b\n", { "\"---- a\"", "\"b\"" }, 0 },
    { "", { "-" }, 1 },
    { "# none\n", { "-" }, 1 },
    { "a\n---\n%x\n--- b\n", { "\"a\"", "-", "\"b\"" }, 3 },
};

START_TEST(streams_are_divided)
{
    const struct stream *row = &streams[_i];
    struct az_documents documents = az_read_documents(
        arena, &sink, source_of("t.yaml", az_str_from(row->text)), true);
    size_t i;

    for (i = 0; i < documents.count; i++) {
        const struct az_document *document = documents.items[i];
        const char *wanted = row->documents[i];

        ck_assert_msg(wanted != NULL, "%s: a document too many", row->text);
        ck_assert_str_eq(document == NULL ? "-" : text_of(document->root),
                         wanted);
        if (document != NULL)
            ck_assert_uint_eq(document->source->document,
                              documents.count == 1 ? 0 : i + 1);
    }
    ck_assert_msg(row->documents[i] == NULL, "%s: only %zu", row->text, i);
    ck_assert_uint_eq(sink.count, row->line != 0);
    if (row->line != 0)
        ck_assert_uint_eq(az_source_position(sink.diags[0]->place.source,
                                             sink.diags[0]->place.span.start)
                              .line,
                          row->line);
}
END_TEST

START_TEST(streams_have_a_limit)
{
    struct az_limits limits = az_limits_own;
    struct az_arena *strict = az_arena_new_like(arena);
    struct az_documents documents;

    limits.documents = 2;
    az_arena_set_limits(strict, &limits);
    documents = az_read_documents(
        strict, &sink, source_of("t.yaml", AZ_STR("a\n---\nb\n")), true);
    ck_assert_uint_eq(documents.count, 2);
    documents = az_read_documents(
        strict, &sink, source_of("t.yaml", AZ_STR("a\n---\nb\n--- c\n")), true);
    ck_assert_uint_eq(documents.count, 0);
    ck_assert_str_eq(name_of(sink.diags[0]), "yaml-multiple-documents");
    az_arena_free(strict);
}
END_TEST

static void
add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, reads, 0, COUNT(readings));
    tcase_add_loop_test(tcase, mistakes_are_found, 0, COUNT(mistakes));
    tcase_add_loop_test(tcase, nothing_is_found, 0, COUNT(quiet));
    tcase_add_loop_test(tcase, spans, 0, COUNT(span_rows));
    tcase_add_test(tcase, text_is_borrowed);
    tcase_add_test(tcase, aliases_have_nodes_of_their_own);
    tcase_add_test(tcase, aliases_of_wide_objects);
    tcase_add_test(tcase, duplicate_keys);
    tcase_add_test(tcase, duplicate_keys_in_many);
    tcase_add_test(tcase, duplicate_integer_keys);
    tcase_add_loop_test(tcase, depth, 0, COUNT(nests));
    tcase_add_loop_test(tcase, depth_of_aliases, 0, 2);
    tcase_add_test(tcase, alias_bomb);
    tcase_add_test(tcase, alias_budget);
    tcase_add_loop_test(tcase, nodes, 0, COUNT(node_rows));
    tcase_add_loop_test(tcase, numbers, 0, COUNT(number_rows));
    tcase_add_test(tcase, leading_zeros);
    tcase_add_test(tcase, directives);
    tcase_add_loop_test(tcase, long_text, 0, 8);
    tcase_add_test(tcase, pointers_have_a_budget);
    tcase_add_test(tcase, damaged_texts);
    tcase_add_loop_test(tcase, streams_are_divided, 0, COUNT(streams));
    tcase_add_test(tcase, streams_have_a_limit);
}

int
main(void)
{
    Suite *suite = suite_create("yaml");

    add_tests(new_case(suite, "yaml"));
    return run_suite(suite);
}
