/* JSONPath: what is selected and in which order, what is refused and where.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/limits.h"
#include "core/patch.h"
#include "query/query.h"
#include "support.h"

static const struct az_query *
parse(const char *path)
{
    struct az_query_error error = { 0 };
    const struct az_query *query =
        az_query_parse(arena, az_str_from(path), &error);

    ck_assert_msg(query != NULL, "%s: byte %zu: %s", path, error.offset,
                  error.message);
    return query;
}

static struct az_nodes
run(const char *path, const struct az_node *root)
{
    struct az_nodes nodes = { .count = 0 };

    ck_assert_msg(az_query_run(parse(path), arena, root, &nodes),
                  "%s: no answer", path);
    return nodes;
}

/* The normalized paths of NODES, with a blank between. */
static const char *
paths_of(const struct az_node *root, const struct az_nodes *nodes)
{
    const char **paths = az_query_paths(arena, root, nodes);
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "");
    for (size_t i = 0; i < nodes->count; i++) {
        ck_assert_ptr_nonnull(paths[i]);
        az_buf_addf(&buf, "%s%s", i == 0 ? "" : " ", paths[i]);
    }
    az_buf_add_char(&buf, '\0');
    return buf.p;
}

#define LETTERS "[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\"]"
#define NESTED  "{\"o\":{\"j\":1,\"k\":2},\"a\":[5,3,[{\"j\":4},{\"k\":6}]]}"
#define MIXED                                                                  \
    "{\"a\":[3,5,1,2,4,6,{\"b\":\"j\"},{\"b\":\"k\"},{\"b\":{}},"              \
    "{\"b\":\"kilo\"}],\"o\":{\"p\":1,\"q\":2,\"r\":3,\"s\":5,"                \
    "\"t\":{\"u\":6}},\"e\":\"f\"}"

static const struct select_case {
    const char *path;
    const char *document;
    const char *want;
} select_cases[] = {
    /* RFC 9535, 2.3 and 2.5: the examples */
    { "$", "7", "$" },
    { "$.o['j j']", "{\"o\":{\"j j\":{\"k.k\":3}},\"'\":{\"@\":2}}",
      "$['o']['j j']" },
    { "$.o['j j']['k.k']", "{\"o\":{\"j j\":{\"k.k\":3}}}",
      "$['o']['j j']['k.k']" },
    { "$[\"'\"][\"@\"]", "{\"'\":{\"@\":2}}", "$['\\'']['@']" },
    { "$[*]", "{\"o\":{\"j\":1},\"a\":[5,3]}", "$['o'] $['a']" },
    { "$.o[*, *]", "{\"o\":{\"j\":1,\"k\":2}}",
      "$['o']['j'] $['o']['k'] $['o']['j'] $['o']['k']" },
    { "$[1]", "[\"a\",\"b\"]", "$[1]" },
    { "$[-2]", "[\"a\",\"b\"]", "$[0]" },
    { "$[-3]", "[\"a\",\"b\"]", "" },
    { "$[2]", "[\"a\",\"b\"]", "" },
    { "$[0]", "{\"0\":1}", "" },
    { "$['0']", "[1]", "" },
    { "$[1:3]", LETTERS, "$[1] $[2]" },
    { "$[5:]", LETTERS, "$[5] $[6]" },
    { "$[1:5:2]", LETTERS, "$[1] $[3]" },
    { "$[5:1:-2]", LETTERS, "$[5] $[3]" },
    { "$[::-1]", "[1,2,3]", "$[2] $[1] $[0]" },
    { "$[:]", "[1,2]", "$[0] $[1]" },
    { "$[::]", "[1,2]", "$[0] $[1]" },
    { "$[::0]", "[1,2]", "" },
    { "$[-2:]", LETTERS, "$[5] $[6]" },
    { "$[:-5]", LETTERS, "$[0] $[1]" },
    { "$[-100:100:3]", LETTERS, "$[0] $[3] $[6]" },
    { "$[100:-100:-3]", LETTERS, "$[6] $[3] $[0]" },
    { "$[-100::-1]", LETTERS, "" },
    { "$[-1:-4:-1]", LETTERS, "$[6] $[5] $[4]" },
    { "$[0:9007199254740991:9007199254740991]", LETTERS, "$[0]" },
    { "$[6:-9007199254740991:-9007199254740991]", LETTERS, "$[6]" },
    { "$[:]", "{\"a\":1}", "" },
    { "$[:]", "[]", "" },
    { "$[0, 3]", LETTERS, "$[0] $[3]" },
    { "$[0:2, 5]", LETTERS, "$[0] $[1] $[5]" },
    { "$[0, 0]", LETTERS, "$[0] $[0]" },
    { "$..j", NESTED, "$['o']['j'] $['a'][2][0]['j']" },
    { "$..[0]", NESTED, "$['a'][0] $['a'][2][0]" },
    { "$..[*]", NESTED,
      "$['o'] $['a'] $['o']['j'] $['o']['k'] $['a'][0] $['a'][1] $['a'][2] "
      "$['a'][2][0] $['a'][2][1] $['a'][2][0]['j'] $['a'][2][1]['k']" },
    { "$..o", NESTED, "$['o']" },
    { "$.a..[0, 1]", NESTED, "$['a'][0] $['a'][1] $['a'][2][0] $['a'][2][1]" },
    { "$..[?@.k].k", NESTED, "$['o']['k'] $['a'][2][1]['k']" },
    { "$..*.j", NESTED, "$['o']['j'] $['a'][2][0]['j']" },
    { "$..j", "3", "" },
    { "$.a", "null", "" },
    { "$.a[?@.b == 'kilo']", MIXED, "$['a'][9]" },
    { "$.a[?(@.b == 'kilo')]", MIXED, "$['a'][9]" },
    { "$.a[?@>3.5]", MIXED, "$['a'][1] $['a'][4] $['a'][5]" },
    { "$.a[?@.b]", MIXED, "$['a'][6] $['a'][7] $['a'][8] $['a'][9]" },
    { "$[?@.*]", MIXED, "$['a'] $['o']" },
    { "$[?@[?@.b]]", MIXED, "$['a']" },
    { "$.o[?@<3, ?@<3]", MIXED,
      "$['o']['p'] $['o']['q'] $['o']['p'] $['o']['q']" },
    { "$.a[?@<2 || @.b == \"k\"]", MIXED, "$['a'][2] $['a'][7]" },
    { "$.a[?match(@.b, \"[jk]\")]", MIXED, "$['a'][6] $['a'][7]" },
    { "$.a[?search(@.b, \"[jk]\")]", MIXED, "$['a'][6] $['a'][7] $['a'][9]" },
    { "$.o[?@>1 && @<4]", MIXED, "$['o']['q'] $['o']['r']" },
    { "$.o[?@.u || @.x]", MIXED, "$['o']['t']" },
    { "$.a[?@.b == $.x]", MIXED,
      "$['a'][0] $['a'][1] $['a'][2] $['a'][3] $['a'][4] $['a'][5]" },
    { "$.a[?@ == @]", MIXED,
      "$['a'][0] $['a'][1] $['a'][2] $['a'][3] $['a'][4] $['a'][5] $['a'][6] "
      "$['a'][7] $['a'][8] $['a'][9]" },
    { "$.a[?@]", "{\"a\":[null,false]}", "$['a'][0] $['a'][1]" },
    { "$.a[?@==null]", "{\"a\":[null,false,{}]}", "$['a'][0]" },
    { "$.a[?@.b==null]", "{\"a\":[{\"b\":null},{}]}", "$['a'][0]" },
    /* precedence and '!' */
    { "$[?@.a && @.b || @.c]", "[{\"c\":1},{\"a\":1},{\"a\":1,\"b\":1}]",
      "$[0] $[2]" },
    { "$[?@.c || @.a && @.b]", "[{\"c\":1},{\"a\":1},{\"a\":1,\"b\":1}]",
      "$[0] $[2]" },
    { "$[?@.a && (@.b || @.c)]", "[{\"c\":1},{\"a\":1},{\"a\":1,\"b\":1}]",
      "$[2]" },
    { "$[?!@.a]", "[{\"a\":0},{\"b\":0},3]", "$[1] $[2]" },
    { "$[?!(@.a == 0)]", "[{\"a\":0},{\"b\":0}]", "$[1]" },
    { "$[?!(!@.a)]", "[{\"a\":0},{\"b\":0}]", "$[0]" },
    { "$[? ! (@.a || @.b) ]", "[{\"a\":0},{}]", "$[1]" },
    /* queries inside filters */
    { "$[?@[?@[?@ == 2]]]", "[[[1]],[[2]]]", "$[1]" },
    { "$.l[?@ == $.want]", "{\"want\":2,\"l\":[1,2,2.0]}",
      "$['l'][1] $['l'][2]" },
    { "$.l[?count($..x) == @]", "{\"l\":[1,2,{\"x\":{\"x\":0}}]}",
      "$['l'][1]" },
    { "$.l[?$..x]", "{\"l\":[1],\"o\":{\"x\":0}}", "$['l'][0]" },
    { "$.l[?$..y]", "{\"l\":[1],\"o\":{\"x\":0}}", "" },
    /* functions */
    { "$[?length(@) == 2]",
      "[\"a\\ud83d\\ude00\",[1,2],{\"a\":1,\"b\":2},12,"
      "null,\"abc\"]",
      "$[0] $[1] $[2]" },
    { "$[?length(@.x) == length(@.y)]", "[{},{\"x\":[]}]", "$[0]" },
    { "$[?count(@.*) == 1]", "[{\"a\":1},[1,2],3]", "$[0]" },
    { "$[?count(@['a','b']) >= 2]", "[{\"a\":1,\"b\":1},{\"a\":1}]", "$[0]" },
    { "$[?value(@..c) == 1]", "[{\"a\":{\"c\":1}},{\"c\":1,\"d\":{\"c\":1}}]",
      "$[0]" },
    { "$[?length(value(@.*)) == 3]", "[[\"abc\"],[\"abc\",\"abd\"]]", "$[0]" },
    { "$[?match(@, 'a.*c')]", "[\"abc\",\"xabc\",\"a\\nc\",3]", "$[0]" },
    { "$[?search(@.t, $[0].p)]", "[{\"p\":\"b\",\"t\":\"abc\"},{\"t\":\"c\"}]",
      "$[0]" },
    { "$[?match(@, '(')]", "[\"(\",\"\"]", "" },
    { "$[?!match(@, '(')]", "[\"(\"]", "$[0]" },
    { "$[?match(@.t, @.p)]",
      "[{\"p\":\"b+\",\"t\":\"bb\"},{\"p\":\"(\",\"t\":\"(\"},"
      "{\"p\":1,\"t\":\"1\"},{\"t\":\"x\"},{\"p\":\"b+\",\"t\":\"ab\"}]",
      "$[0]" },
    /* strings and names */
    { "$['\\u263a']", "{\"\xe2\x98\xba\":1}", "$['\xe2\x98\xba']" },
    { "$[\"\\uD83D\\uDE00\"]", "{\"\\ud83d\\ude00\":1}",
      "$['\xf0\x9f\x98\x80']" },
    { "$.\xe2\x98\xba", "{\"\\u263a\":1}", "$['\xe2\x98\xba']" },
    { "$['\\b\\f\\n\\r\\t\\/\\\\\\'\"']", "{\"\\b\\f\\n\\r\\t/\\\\'\\\"\":1}",
      "$['\\b\\f\\n\\r\\t/\\\\\\'\"']" },
    { "$[\"'\\\"\"]", "{\"'\\\"\":1}", "$['\\'\"']" },
    { "$['\\u0000\\u001f']", "{\"\\u0000\\u001F\":1}", "$['\\u0000\\u001f']" },
    { "$['a\\u0000']", "{\"a\":0,\"a\\u0000\":1,\"a\\u0000b\":2}",
      "$['a\\u0000']" },
    { "$['\\u007f']", "{\"\\u007f\":1}", "$['\x7f']" },
    { "$['']", "{\"\":1}", "$['']" },
    { "$._a1", "{\"_a1\":1}", "$['_a1']" },
    /* blank space */
    { "$ .a\t\n\r[ 'b' , 0 : 1 ]", "{\"a\":{\"b\":1}}", "$['a']['b']" },
    { "$[?@ .a\n==\t1\r]", "[{\"a\":1}]", "$[0]" },
    { "$[ ?count( @.* ) == 0 ]", "[0]", "$[0]" },
};

START_TEST(selects)
{
    const struct select_case *row = &select_cases[_i];
    const struct az_node *root = node_of(row->document);
    struct az_nodes nodes = run(row->path, root);
    const char *got = paths_of(root, &nodes);
    ck_assert_msg(strcmp(got, row->want) == 0, "%s: %s, not %s", row->path, got,
                  row->want);
}
END_TEST

/* RFC 9535, 2.3.5.3, table 11, and numbers that doubles would confuse. */
static const struct compare_case {
    const char *expression;
    bool holds;
} compare_cases[] = {
    { "$.absent1 == $.absent2", true },
    { "$.absent1 <= $.absent2", true },
    { "$.absent1 >= $.absent2", true },
    { "$.absent1 < $.absent2", false },
    { "$.absent == 'g'", false },
    { "$.absent1 != $.absent2", false },
    { "$.absent != 'g'", true },
    { "$.absent == null", false },
    { "1 <= 2", true },
    { "1 > 2", false },
    { "13 == '13'", false },
    { "'a' <= 'b'", true },
    { "'a' > 'b'", false },
    { "$.obj == $.arr", false },
    { "$.obj != $.arr", true },
    { "$.obj == $.obj", true },
    { "$.obj != $.obj", false },
    { "$.arr == $.arr", true },
    { "$.arr != $.arr", false },
    { "$.obj == 17", false },
    { "$.obj != 17", true },
    { "$.obj <= $.arr", false },
    { "$.obj < $.arr", false },
    { "$.obj <= $.obj", true },
    { "$.arr <= $.arr", true },
    { "1 <= $.arr", false },
    { "1 >= $.arr", false },
    { "1 > $.arr", false },
    { "1 < $.arr", false },
    { "true <= true", true },
    { "true > true", false },
    { "true < false", false },
    { "false < true", false },
    { "null == null", true },
    { "null >= null", true },
    { "null == false", false },
    { "true == 1", false },
    { "1 == 1.0", true },
    { "1 == 100e-2", true },
    { "-0 == 0", true },
    { "-0.0 == 0E+5", true },
    { "0.1 == 0.10", true },
    { "9007199254740993 == 9007199254740992", false },
    { "9007199254740993 > 9007199254740992", true },
    { "1e400 > 1e399", true },
    { "-1 < 0.5", true },
    { "'\\u00e9' == '\xc3\xa9'", true },
    { "'\\uffff' < '\\ud83d\\ude00'", true },
    { "'' < 'a'", true },
    { "'a' < 'aa'", true },
    { "'B' < 'a'", true },
    { "\"it's\" == 'it\\'s'", true },
    { "$.obj.x=='y'", true },
    { "$['arr'][-1] == 3", true },
    { "length('abc') == 3", true },
    { "length(3) == length(null)", true },
    { "count($.arr.*) == 2", true },
};

START_TEST(compares)
{
    const struct compare_case *row = &compare_cases[_i];
    const struct az_node *root =
        node_of("{\"obj\":{\"x\":\"y\"},\"arr\":[2,3]}");
    struct az_nodes nodes =
        run(az_arena_printf(arena, "$[?%s]", row->expression), root);

    ck_assert_msg((nodes.count == 2) == row->holds, "%s: %zu nodes",
                  row->expression, nodes.count);
    ck_assert_msg(nodes.count == 0 || nodes.count == 2, "%s: %zu nodes",
                  row->expression, nodes.count);
}
END_TEST

static const struct refuse_case {
    const char *path;
    size_t offset;
    const char *message; /* a part of it */
} refuse_cases[] = {
    { "", 0, "begins with '$'" },
    { " $", 0, "begins with '$'" },
    { "@.a", 0, "begins with '$'" },
    { "$ ", 1, "white space behind" },
    { "$.a\n", 3, "white space behind" },
    { "$a", 1, "expected '.', '['" },
    { "$.a b", 4, "expected '.', '['" },
    { "$.", 2, "expected a name or '*'" },
    { "$. a", 2, "expected a name or '*'" },
    { "$.1", 2, "expected a name or '*'" },
    { "$.['a']", 2, "expected a name or '*'" },
    { "$..", 3, "expected a name, '*' or '['" },
    { "$.. a", 3, "expected a name, '*' or '['" },
    { "$...a", 3, "expected a name, '*' or '['" },
    { "$.a-b", 3, "expected '.', '['" },
    { "$.&", 2, "expected a name" },
    { "$[", 2, "expected a selector" },
    { "$[]", 2, "expected a selector" },
    { "$['a',]", 6, "expected a selector" },
    { "$[a]", 2, "expected a selector" },
    { "$['a'", 5, "expected ',' or ']'" },
    { "$[0 1]", 4, "expected ',' or ']'" },
    { "$[*", 3, "expected ',' or ']'" },
    { "$['a]", 2, "the string has no end" },
    { "$['a\\']", 2, "the string has no end" },
    { "$['a\nb']", 4, "control character" },
    { "$[\"\\'\"]", 3, "no such escape" },
    { "$['\\\"']", 3, "no such escape" },
    { "$['a\\x41']", 4, "no such escape" },
    { "$['\\u12']", 3, "four hex digits" },
    { "$['\\u123g']", 3, "four hex digits" },
    { "$['\\uD800']", 3, "high surrogate" },
    { "$['\\uD800\\u0041']", 3, "high surrogate" },
    { "$['\\uD800\\uE000']", 3, "high surrogate" },
    { "$['\\uD800\\uD800']", 3, "high surrogate" },
    { "$['\\uDC00']", 3, "low surrogate" },
    { "$['\xc3(']", 3, "not UTF-8" },
    { "$.\xed\xa0\x80", 2, "not UTF-8" },
    { "$[01]", 2, "leading zero" },
    { "$[-0]", 2, "'-0'" },
    { "$[-01]", 2, "leading zero" },
    { "$[- 1]", 3, "expected a digit" },
    { "$[+1]", 2, "expected a selector" },
    { "$[1.0]", 3, "expected ',' or ']'" },
    { "$[9007199254740992]", 2, "outside" },
    { "$[-9007199254740992]", 2, "outside" },
    { "$[:9007199254740992]", 3, "outside" },
    { "$[::99999999999999999999999999]", 4, "outside" },
    { "$[-0:]", 2, "'-0'" },
    { "$[1:2:3:4]", 7, "expected ',' or ']'" },
    { "$[?]", 3, "expected a query, a literal or a function" },
    { "$[?@.a", 6, "expected ',' or ']'" },
    { "$[?(@.a]", 7, "expected '&&', '||' or ')'" },
    { "$[?@.a=='b' && ]", 15, "expected a query" },
    { "$[?@.a = 1]", 7, "expected ',' or ']'" },
    { "$[?@.a & @.b]", 7, "expected ',' or ']'" },
    { "$[?@.a ||| @.b]", 9, "expected a query" },
    { "$[?@.a === 1]", 9, "expected a query" },
    { "$[?1]", 3, "a literal alone" },
    { "$[?!true]", 4, "a literal alone" },
    { "$[?'a' || @.b]", 3, "a literal alone" },
    { "$[?!@.a == 1]", 8, "'!' before a comparison" },
    { "$[?!!@.a]", 4, "expected a query" },
    { "$[?(@.a) == 1]", 9, "expected ',' or ']'" },
    { "$[?1 == (2)]", 8, "expected a query" },
    { "$[?@.a == 1 == 2]", 12, "expected ',' or ']'" },
    { "$[?@.* == 1]", 3, "several nodes" },
    { "$[?1 == @..a]", 8, "several nodes" },
    { "$[?@[0:1] == 1]", 3, "several nodes" },
    { "$[?@['a','b'] == 1]", 3, "several nodes" },
    { "$[?@[ 'a' ] == 1]", 3, "white space inside its brackets" },
    { "$[?@['a' ] == 1]", 3, "white space inside its brackets" },
    { "$[?@.a == True]", 10, "expected a query" },
    { "$[?@.a == truth]", 10, "unknown word 'truth'" },
    { "$[?@.a == 01]", 10, "leading zero" },
    { "$[?@.a == 1.]", 12, "expected a digit" },
    { "$[?@.a == .1]", 10, "expected a query" },
    { "$[?@.a == 1e]", 12, "expected a digit" },
    { "$[?@.a == -]", 11, "expected a digit" },
    { "$[?@.a == 1e10000]", 10, "too large an exponent" },
    { "$[?len(@) == 1]", 3, "unknown function 'len'" },
    { "$[?lenght(@) == 1]", 3, "did you mean 'length'" },
    { "$[?Length(@) == 1]", 3, "expected a query" },
    { "$[?length (@) == 1]", 3, "unknown word 'length'" },
    { "$[?length(@)]", 3, "length() alone is no test" },
    { "$[?!count(@.*)]", 4, "count() alone is no test" },
    { "$[?length() == 1]", 3, "length() takes 1 argument, not 0" },
    { "$[?length(@, @) == 1]", 3, "length() takes 1 argument, not 2" },
    { "$[?match(@)]", 3, "match() takes 2 arguments, not 1" },
    { "$[?match(@,'a','b')]", 3, "match() takes 2 arguments, not 3" },
    { "$[?match(@,'a') == true]", 3, "match() gives no value" },
    { "$[?true == search(@,'a')]", 11, "search() gives no value" },
    { "$[?length(@.*) == 1]", 10, "several nodes" },
    { "$[?length(@[ 0]) == 1]", 10, "white space inside its brackets" },
    { "$[?length(match(@,'a')) == 1]", 10, "argument 1 of length()" },
    { "$[?count(1) == 1]", 9, "argument 1 of count() must be a query" },
    { "$[?count(length(@)) == 1]", 9, "argument 1 of count() must be a query" },
    { "$[?value('a') == 1]", 9, "argument 1 of value() must be a query" },
    { "$[?count((@.a)) == 1]", 9, "no argument of count()" },
    { "$[?length(!@.a) == 1]", 10, "no argument of length()" },
    { "$[?length(@.a == 1) == 1]", 14, "expected ',' or ')'" },
    { "$[?length(@.a,) == 1]", 14, "expected a query" },
    { "$[?length(@.a == 1]", 14, "expected ',' or ')'" },
    { "$[?@.a.]", 7, "expected a name or '*'" },
    { "$[?@ a]", 5, "expected ',' or ']'" },
    { "$[?#]", 3, "expected a query" },
};

START_TEST(refuses)
{
    const struct refuse_case *row = &refuse_cases[_i];
    struct az_query_error error = { 0 };
    const struct az_query *query =
        az_query_parse(arena, az_str_from(row->path), &error);

    ck_assert_msg(query == NULL, "%s: accepted", row->path);
    ck_assert_msg(strstr(error.message, row->message) != NULL,
                  "%s: message '%s'", row->path, error.message);
    ck_assert_msg(error.offset == row->offset, "%s: byte %zu, not %zu",
                  row->path, error.offset, row->offset);
}
END_TEST

START_TEST(refuses_nul)
{
    struct az_query_error error;

    ck_assert_ptr_null(az_query_parse(arena, AZ_STR("$.a\0"), &error));
    ck_assert_uint_eq(error.offset, 3);
    ck_assert_ptr_null(az_query_parse(arena, AZ_STR("$['\0']"), &error));
    ck_assert_uint_eq(error.offset, 3);
}
END_TEST

static const struct singular_case {
    const char *path;
    bool singular;
} singular_cases[] = {
    { "$", true },        { "$.a[0]['b'][-1]", true }, { "$.a.*", false },
    { "$..a", false },    { "$[0,1]", false },         { "$[0:1]", false },
    { "$[?@]", false },   { "$[ 'a' ]", true },        { "$.a..b", false },
    { "$['a'].b", true },
};

START_TEST(knows_singular_queries)
{
    const struct singular_case *row = &singular_cases[_i];

    ck_assert_msg(az_query_is_singular(parse(row->path)) == row->singular, "%s",
                  row->path);
}
END_TEST

/* A path nested COUNT deep in each of the ways there are. */
static const char *
nest(int way, size_t count)
{
    switch (way) {
    case 0: /* the filter around the parentheses is one level */
        return az_arena_printf(arena, "$[?%s@.a%s]", text_times("(", count - 1),
                               text_times(")", count - 1));
    case 1:
        return az_arena_printf(arena, "$%s%s", text_times("[?@", count),
                               text_times("]", count));
    default:
        return az_arena_printf(arena, "$[?%s'a'%s==1]",
                               text_times("length(", count - 1),
                               text_times(")", count - 1));
    }
}

START_TEST(limits_nesting)
{
    struct az_query_error error;
    const char *good = nest(_i, AZ_MAX_QUERY_DEPTH);
    const char *bad = nest(_i, AZ_MAX_QUERY_DEPTH + 1);
    struct az_nodes nodes = run(good, node_of("[{\"a\":[[[[1]]]]}]"));

    ck_assert_uint_le(nodes.count, 1);
    ck_assert_ptr_null(az_query_parse(arena, az_str_from(bad), &error));
    ck_assert_ptr_nonnull(strstr(error.message, "nested too deep"));
}
END_TEST

static const struct az_node *
deep_array(size_t depth)
{
    return node_of(az_arena_printf(arena, "%s%s", text_times("[", depth),
                                   text_times("]", depth)));
}

START_TEST(goes_down_a_deep_document)
{
    const struct az_node *root = deep_array(AZ_MAX_DEPTH);
    const char *innermost =
        az_arena_printf(arena, "$%s", text_times("[0]", AZ_MAX_DEPTH - 1));
    struct az_nodes nodes = run("$..*", root);

    ck_assert_uint_eq(nodes.count, AZ_MAX_DEPTH - 1);
    nodes = run(innermost, root);
    ck_assert_uint_eq(nodes.count, 1);
    ck_assert_str_eq(paths_of(root, &nodes), innermost);
}
END_TEST

/* Four descendant segments over a deep document are its depth to the fourth;
   the run ends without an answer instead. */
START_TEST(limits_steps)
{
    struct az_nodes nodes = { .count = 0 };

    ck_assert(!az_query_run(parse("$..*..*..*..*..x"), arena,
                            deep_array(AZ_MAX_DEPTH), &nodes));
}
END_TEST

/* What a path does for each of 1000 values beside looking at it takes steps of
   its own.  The root has them as `a`, `l` and `m` are equal arrays of 1000
   values, `s` and `t` equal strings of 64000 bytes. */
static const struct step_case {
    const char *path;
    size_t least, most;
} step_cases[] = {
    { "$.a[*]", 1000, 1100 },
    { "$.a[?@ == 1]", 2000, 4000 },
    { "$.a[?$.l == $.m]", 1000000, 1100000 },
    { "$.a[?$.l != $.a]", 1000000, 1100000 },
    { "$.a[?$.l == $.s]", 2000, 6000 },
    { "$.a[?$.s == $.t]", 1000000, 1100000 },
    { "$.a[?$.s < $.t]", 1000000, 1100000 },
    { "$.a[?$.s < @]", 2000, 6000 },
    { "$.a[?@ == 0 || @ == 1 || @ == 2 || @ == 3 || @ == 4]", 11000, 13000 },
    { "$.o[*][9:1, 9:1, 9:1, 9:1, 9:1]", 5000, 10000 },
};

static void
add_values(struct az_buf *buf, const char *name, const char *value)
{
    az_buf_addf(buf, "\"%s\":[%s", name, value);
    for (int i = 1; i < 1000; i++)
        az_buf_addf(buf, ",%s", value);
    az_buf_add_c(buf, "],");
}

static void
add_long(struct az_buf *buf, const char *name)
{
    az_buf_addf(buf, "\"%s\":\"", name);
    for (int i = 0; i < 64000; i++)
        az_buf_add_char(buf, 'x');
    az_buf_add_c(buf, "\",");
}

START_TEST(counts_steps)
{
    const struct step_case *c = &step_cases[_i];
    size_t left = AZ_MAX_QUERY_STEPS, taken;
    struct az_nodes nodes = { .count = 0 };
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_char(&buf, '{');
    add_values(&buf, "a", "8");
    add_values(&buf, "l", "7");
    add_values(&buf, "m", "7");
    add_values(&buf, "o", "[1]");
    add_long(&buf, "s");
    add_long(&buf, "t");
    az_buf_add_c(&buf, "\"end\":0}");
    ck_assert(az_query_run_within(parse(c->path), arena, node_of(buf.p), &nodes,
                                  &left));
    taken = AZ_MAX_QUERY_STEPS - left;
    ck_assert_msg(taken >= c->least && taken <= c->most, "%s: %zu steps",
                  c->path, taken);
}
END_TEST

/* A query from the root is not run again for each item: that would be over
   the limit. */
START_TEST(remembers_queries_from_the_root)
{
    const struct az_node *root = node_of(az_arena_printf(
        arena, "{\"x\":0,\"l\":[%s2]}", text_times("1,", 20000)));
    struct az_nodes nodes = run("$.l[?count($..x) == @]", root);

    ck_assert_uint_eq(nodes.count, 20000);
}
END_TEST

START_TEST(appends_to_the_nodes_given)
{
    const struct az_node *root = node_of("[1,2]");
    struct az_nodes nodes = run("$[0]", root);

    ck_assert(az_query_run(parse("$[1]"), arena, root, &nodes));
    ck_assert_str_eq(paths_of(root, &nodes), "$[0] $[1]");
}
END_TEST

START_TEST(paths_are_by_address)
{
    const struct az_node *root = node_of("{\"a\":[7,7],\"b\":7}");
    const struct az_node copy = *az_node_get(root, "b");

    const struct az_node *item = &az_node_get(root, "a")->items[1];
    const struct az_node *items[] = { &copy, item, root, item };
    const struct az_nodes nodes = { items, COUNT(items), COUNT(items) };
    const char **paths = az_query_paths(arena, root, &nodes);
    ck_assert_ptr_null(paths[0]);
    ck_assert_str_eq(paths[1], "$['a'][1]");
    ck_assert_str_eq(paths[2], "$");
    ck_assert_str_eq(paths[3], "$['a'][1]");
}
END_TEST

/* What a patch brings has spans of the patch. */
START_TEST(paths_in_a_patched_tree)
{
    const struct az_node *patch =
        node_of("[{\"op\":\"add\",\"path\":\"/0\",\"value\":{\"x\":[1]}}]");
    struct az_patch_error error;
    const struct az_node *root =
        az_patch_apply(arena, node_of("[{\"x\":2}]"), patch, &error);
    struct az_nodes nodes = run("$..x", root);

    ck_assert_uint_eq(nodes.count, 2);
    ck_assert_str_eq(paths_of(root, &nodes), "$[0]['x'] $[1]['x']");
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("query");
    TCase *tcase = new_case(suite, "query");

    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, selects, 0, COUNT(select_cases));
    tcase_add_loop_test(tcase, compares, 0, COUNT(compare_cases));
    tcase_add_loop_test(tcase, refuses, 0, COUNT(refuse_cases));
    tcase_add_test(tcase, refuses_nul);
    tcase_add_loop_test(tcase, knows_singular_queries, 0,
                        COUNT(singular_cases));
    tcase_add_loop_test(tcase, limits_nesting, 0, 3);
    tcase_add_test(tcase, goes_down_a_deep_document);
    tcase_add_test(tcase, limits_steps);
    tcase_add_loop_test(tcase, counts_steps, 0, COUNT(step_cases));
    tcase_add_test(tcase, remembers_queries_from_the_root);
    tcase_add_test(tcase, appends_to_the_nodes_given);
    tcase_add_test(tcase, paths_are_by_address);
    tcase_add_test(tcase, paths_in_a_patched_tree);
    return run_suite(suite);
}
