/* The JSON reader: what it accepts, spans, limits, duplicate keys.
   SPDX-License-Identifier: MIT */

#include <stdio.h>
#include <string.h>

#include "core/limits.h"
#include "core/pointer.h"
#include "read/json.h"
#include "support.h"

static const struct az_document *
read_text(struct az_str text)
{
    return az_read_json(arena, &sink, source_of("t.json", text));
}

static const struct az_document *
read_good(const char *label, struct az_str text)
{
    const struct az_document *document = read_text(text);

    ck_assert_msg(document != NULL && sink.total == 0, "%s: refused: %s", label,
                  sink.count > 0 ? sink.diags[0]->message : "?");
    ck_assert_msg(document->format == AZ_FORMAT_JSON && !document->scattered &&
                      !document->malformed,
                  "%s: document", label);
    return document;
}

/* Texts that are JSON, and how the tree prints. */
static const struct {
    const char *label;
    struct az_str text;
    const char *want;
} good[] = {
    { "null", AZ_STR("null"), "null" },
    { "true, white space around", AZ_STR(" \t\r\ntrue\n\r\t "), "true" },
    { "false", AZ_STR("false"), "false" },
    { "string", AZ_STR("\"a\""), "\"a\"" },
    { "empty string", AZ_STR("\"\""), "\"\"" },
    { "empty array", AZ_STR("[ ]"), "[]" },
    { "empty object", AZ_STR("{\n}"), "{}" },
    { "number at the end", AZ_STR("0"), "0" },
    { "numbers as written",
      AZ_STR("[0,-0,-1,1.0,1.10,10e1,1E+05,0e00,-0.0e-0]"),
      "[0,-0,-1,1.0,1.10,10e1,1E+05,0e00,-0.0e-0]" },
    { "large numbers", AZ_STR("[1e400,123456789012345678901234567890]"),
      "[1e400,123456789012345678901234567890]" },
    { "exponent at the limit", AZ_STR("[1e9999,1e-9999,-1e9999]"),
      "[1e9999,1e-9999,-1e9999]" },
    { "zero has no exponent", AZ_STR("0e99999"), "0e99999" },
    { "nested", AZ_STR("[[],[[]],{\"a\":{\"b\":[1,{}]}}]"),
      "[[],[[]],{\"a\":{\"b\":[1,{}]}}]" },
    { "short escapes", AZ_STR("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""),
      "\"\\\"\\\\/\\u0008\\u000c\\n\\u000d\\u0009\"" },
    { "escapes of two and three bytes", AZ_STR("\"a\\u00e9\\u20AC\\uFFFFz\""),
      "\"a\xc3\xa9\xe2\x82\xac\xef\xbf\xbfz\"" },
    { "surrogate pairs", AZ_STR("\"\\ud83d\\uDE00\\uDBFF\\uDFFF\""),
      "\"\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf\"" },
    { "an escaped backslash before u", AZ_STR("\"\\\\u0041\""),
      "\"\\\\u0041\"" },
    { "UTF-8 of all lengths",
      AZ_STR("\"\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80"
             "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\""),
      "\"\\u0080\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80"
      "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\"" },
    { "noncharacters and DEL", AZ_STR("\"\xef\xbf\xbf\x7f\""),
      "\"\xef\xbf\xbf\\u007f\"" },
    { "separators of lines", AZ_STR("\"\xe2\x80\xa8\""), "\"\\u2028\"" },
    { "order of members", AZ_STR("{\"b\":1,\"a\":2,\"\":3}"),
      "{\"b\":1,\"a\":2,\"\":3}" },
    { "keys differ in case and in NUL",
      AZ_STR("{\"a\":1,\"A\":2,\"a\\u0000\":3,\"\\u0000\":4,\"\":5}"),
      "{\"a\":1,\"A\":2,\"a\\u0000\":3,\"\\u0000\":4,\"\":5}" },
};

START_TEST(accepts)
{
    const struct az_document *document =
        read_good(good[_i].label, good[_i].text);
    const char *got = text_of(document->root);

    ck_assert_msg(strcmp(got, good[_i].want) == 0, "%s: %s", good[_i].label,
                  got);
}
END_TEST

/* Every node spans its text, brackets and quotes included. */
static const struct {
    const char *pointer;
    const char *want;
} spans[] = {
    { "",
      "{ \"a\\n\" : [1.5 , null,true], \"\xc3\xa9\":{\"x\": \"y\\u0041\"} }" },
    { "/a\n", "[1.5 , null,true]" },
    { "/a\n/0", "1.5" },
    { "/a\n/1", "null" },
    { "/a\n/2", "true" },
    { "/\xc3\xa9", "{\"x\": \"y\\u0041\"}" },
    { "/\xc3\xa9/x", "\"y\\u0041\"" },
};

START_TEST(spans_of_values)
{
    char text[100];
    const struct az_document *document;
    const struct az_node *node;

    snprintf(text, sizeof(text), "\n %s\n", spans[0].want);
    document = read_good("spans", az_str_from(text));
    node = az_pointer_find(arena, document->root, spans[_i].pointer);
    ck_assert_msg(node != NULL, "%s: none", spans[_i].pointer);
    ck_assert_msg(node->span.end - node->span.start == strlen(spans[_i].want) &&
                      memcmp(text + node->span.start, spans[_i].want,
                             strlen(spans[_i].want)) == 0,
                  "%s: [%u, %u)", spans[_i].pointer, node->span.start,
                  node->span.end);
}
END_TEST

START_TEST(spans_of_keys)
{
    const struct az_document *document =
        read_good("keys", AZ_STR("{ \"a\\n\" : 1,\"bc\":2}"));
    const struct az_member *members = document->root->members;

    ck_assert_uint_eq(members[0].key_span.start, 2);
    ck_assert_uint_eq(members[0].key_span.end, 7);
    ck_assert(az_str_eq(members[0].key, AZ_STR("a\n")));
    ck_assert_uint_eq(members[1].key_span.start, 12);
    ck_assert_uint_eq(members[1].key_span.end, 16);
}
END_TEST

START_TEST(text_is_borrowed)
{
    const struct az_document *document =
        read_good("borrowed", AZ_STR("[\"abc\", 1.50, \"\\t\"]"));
    const struct az_node *items = document->root->items;

    ck_assert_ptr_eq(items[0].text, document->source->text.p + 2);
    ck_assert_ptr_eq(items[1].text, document->source->text.p + 8);
    ck_assert_uint_eq(items[2].count, 1);
    ck_assert_int_eq(items[2].text[0], '\t');
}
END_TEST

/* The scan of strings goes by eights: each special byte at each distance from
   the start and from the end. */
START_TEST(bytes_at_each_offset)
{
    static const struct {
        struct az_str bytes;
        bool good;
    } specials[] = {
        { AZ_STR("\\n"), true },      { AZ_STR("\xc3\xa9"), true },
        { AZ_STR("\x7f"), true },     { AZ_STR("!#[]"), true },
        { AZ_STR("\""), false },      { AZ_STR("\n"), false },
        { AZ_STR("\x1f"), false },    { AZ_STR("\0"), false },
        { AZ_STR("\x80"), false },    { AZ_STR("\xff"), false },
        { AZ_STR("\xc3"), false },    { AZ_STR("\\"), false },
        { AZ_STR("\\u00g0"), false },
    };
    struct az_str special = specials[_i % 13].bytes;
    size_t offset = (size_t)_i / 13;

    for (size_t after = 0; after < 20; after++) {
        char text[64] = "\"";
        size_t len = 1;

        memset(text + len, ' ', offset);
        len += offset;
        memcpy(text + len, special.p, special.len);
        len += special.len;
        memset(text + len, 'x', after);
        len += after;
        text[len++] = '"';
        az_sink_init(&sink, arena);
        ck_assert_msg((read_text((struct az_str){ text, len }) != NULL) ==
                          specials[_i % 13].good,
                      "special %d at %zu, %zu behind", _i % 13, offset, after);
    }
}
END_TEST

/* Every pair of first bytes of a character, with continuations behind: the
   reader accepts what RFC 3629 allows (section 4, the grammar), and points at
   the byte where the bad character begins. */
static size_t
length_by_grammar(unsigned a, unsigned b)
{
    if (a < 0x80)
        return 1;
    if (a >= 0xc2 && a <= 0xdf)
        return b >= 0x80 && b <= 0xbf ? 2 : 0;
    if (a >= 0xe0 && a <= 0xef)
        return b >= (a == 0xe0 ? 0xa0u : 0x80u) &&
                       b <= (a == 0xed ? 0x9fu : 0xbfu)
                   ? 3
                   : 0;
    if (a >= 0xf0 && a <= 0xf4)
        return b >= (a == 0xf0 ? 0x90u : 0x80u) &&
                       b <= (a == 0xf4 ? 0x8fu : 0xbfu)
                   ? 4
                   : 0;
    return 0;
}

START_TEST(utf8_by_grammar)
{
    for (unsigned b = 0x80; b < 0x100; b++) {
        unsigned a = (unsigned)_i;
        size_t length = length_by_grammar(a, b);
        char text[8] = { '"', (char)a, (char)b, (char)0x80, (char)0xbf };
        size_t len = length < 2 ? 3 : 1 + length;
        bool accepted;

        text[len++] = '"';
        az_sink_init(&sink, arena);
        accepted = read_text((struct az_str){ text, len }) != NULL;
        ck_assert_msg(accepted == (length >= 2), "%02X %02X", a, b);
        if (!accepted)
            ck_assert_msg(sink.diags[0]->place.span.start == 1 &&
                              sink.diags[0]->id == AZ_DIAG_BAD_ENCODING,
                          "%02X %02X: at %u", a, b,
                          sink.diags[0]->place.span.start);
        az_sink_init(&sink, arena);
        text[--len - 1] = '"'; /* one byte short */
        ck_assert_msg(length < 2 ||
                          read_text((struct az_str){ text, len }) == NULL,
                      "%02X %02X: cut", a, b);
    }
}
END_TEST

/* Limits. */

static const struct {
    const char *label;
    const char *open, *value, *close;
} nests[] = {
    { "arrays", "[", "", "]" },
    { "objects", "{\"a\":", "{}", "}" },
    { "both", "[{\"a\":[{\"a\":", "[]", "}]}]" },
};

START_TEST(depth)
{
    size_t each = strcmp(nests[_i].label, "both") == 0 ? 4 : 1;
    size_t inside = nests[_i].value[0] == '\0' ? 0 : 1;
    size_t times = (AZ_MAX_DEPTH - inside) / each;
    size_t more = (AZ_MAX_DEPTH - inside) % each;
    const char *text = az_arena_printf(
        arena, "%s%s%s%s%s", text_times("[", more),
        text_times(nests[_i].open, times), nests[_i].value,
        text_times(nests[_i].close, times), text_times("]", more));

    read_good(nests[_i].label, az_str_from(text));
    text = az_arena_printf(arena, "[%s]", text);
    ck_assert_msg(read_text(az_str_from(text)) == NULL, "%s: one more",
                  nests[_i].label);
    ck_assert_uint_eq(sink.total, 1);
    ck_assert_str_eq(name_of(sink.diags[0]), "depth-limit");
}
END_TEST

/* Depth is how deep, not how many. */
START_TEST(width)
{
    const size_t times = 2 * AZ_MAX_DEPTH;
    const char *text =
        az_arena_printf(arena, "[%s[]]", text_times("[],{\"a\":[]},", times));

    ck_assert_uint_eq(read_good("width", az_str_from(text))->root->count,
                      2 * times + 1);
}
END_TEST

START_TEST(depth_place)
{
    const char *text = text_times("[\n", 100000);
    struct az_position at;

    ck_assert_ptr_null(read_text(az_str_from(text)));
    ck_assert_str_eq(name_of(sink.diags[0]), "depth-limit");
    at = az_source_position(sink.diags[0]->place.source,
                            sink.diags[0]->place.span.start);
    ck_assert_uint_eq(at.line, AZ_MAX_DEPTH + 1);
    ck_assert_uint_eq(at.column, 1);
}
END_TEST

START_TEST(nodes)
{
    const struct az_source *source =
        source_of("t.json", AZ_STR("[1, {\"a\": 2},\n[]]"));
    struct az_limits limits = az_limits_own;
    struct az_position at;

    limits.nodes = 5;
    ck_assert_ptr_nonnull(az_json_read_within(arena, &sink, source, &limits));
    ck_assert_uint_eq(sink.total, 0);
    limits.nodes = 4;
    ck_assert_ptr_null(az_json_read_within(arena, &sink, source, &limits));
    ck_assert_uint_eq(sink.total, 1);
    ck_assert_str_eq(name_of(sink.diags[0]), "node-limit");
    ck_assert_str_eq(sink.diags[0]->message,
                     "the document has more than 4 values, the limit");
    ck_assert_str_eq(sink.diags[0]->hint,
                     "split the document into several files");
    at = az_source_position(source, sink.diags[0]->place.span.start);
    ck_assert_uint_eq(at.line, 2);
    ck_assert_uint_eq(at.column, 1);
}
END_TEST

static const struct {
    const char *label;
    const char *before;
    size_t digits;
    const char *after;
    const char *want; /* the message; NULL: accepted */
} number_limits[] = {
    { "most digits", "", AZ_MAX_DIGITS, "", NULL },
    { "most digits, negative", "-", AZ_MAX_DIGITS, "", NULL },
    { "most digits, fraction", "1.", AZ_MAX_DIGITS - 1, "", NULL },
    { "one digit more", "", AZ_MAX_DIGITS + 1, "",
      "the number has 4097 digits; the limit is 4096" },
    { "one digit more, fraction", "-1.", AZ_MAX_DIGITS, "e1",
      "the number has 4097 digits; the limit is 4096" },
    { "exponent, digits counted", "", 1000, "e9000", NULL },
    { "exponent beyond with its digits", "", 1000, "e9001",
      "the exponent of the number is beyond the limit of 9999" },
    { "exponent beyond", "", 1, "e10000",
      "the exponent of the number is beyond the limit of 9999" },
    { "negative exponent beyond", "", 1, "E-10000",
      "the exponent of the number is beyond the limit of 9999" },
    { "exponent beyond 64 bits", "", 1, "e99999999999999999999",
      "the exponent of the number is beyond the limit of 9999" },
};

START_TEST(numbers)
{
    const char *text = az_arena_printf(
        arena, "[\n%s%s%s ]", number_limits[_i].before,
        text_times("7", number_limits[_i].digits), number_limits[_i].after);

    if (number_limits[_i].want == NULL) {
        read_good(number_limits[_i].label, az_str_from(text));
        return;
    }
    ck_assert_msg(read_text(az_str_from(text)) == NULL, "%s: accepted",
                  number_limits[_i].label);
    ck_assert_uint_eq(sink.total, 1);
    ck_assert_str_eq(name_of(sink.diags[0]), "number-limit");
    ck_assert_msg(strcmp(sink.diags[0]->message, number_limits[_i].want) == 0,
                  "%s: %s", number_limits[_i].label, sink.diags[0]->message);
    ck_assert_uint_eq(sink.diags[0]->place.span.start, 2);
    ck_assert_uint_eq(sink.diags[0]->place.span.end, strlen(text) - 2);
}
END_TEST

/* Duplicate keys. */

static const struct duplicate {
    const char *label;
    const char *text;
    struct {
        unsigned column, first; /* of the key, and of the first such key */
        const char *pointer;
    } want[3];
    size_t members; /* of the root */
} duplicates[] = {
    { "two", "{\"a\":1,\"b\":2,\"a\":1}", { { 14, 2, "/a" } }, 3 },
    { "three times",
      "{\"a\":1,\"a\":2,\"a\":3}",
      { { 8, 2, "/a" }, { 14, 2, "/a" } },
      3 },
    { "two pairs",
      "{\"a\":1,\"b\":2,\"b\":3,\"a\":4}",
      { { 14, 8, "/b" }, { 20, 2, "/a" } },
      4 },
    { "by escape", "{\"a\":1,\"\\u0061\":2}", { { 8, 2, "/a" } }, 2 },
    { "empty", "{\"\":1,\"\":2}", { { 7, 2, "/" } }, 2 },
    { "with NUL",
      "{\"\\u0000a\":1,\"\\u0000b\":2,\"\\u0000a\":3}",
      { { 26, 2, "/\\u0000a" } },
      3 },
    { "inside",
      "{\"x/y\":[0,{\"~\":{\"k\":1,\"k\":2}}]}",
      { { 23, 17, "/x~1y/1/~0/k" } },
      1 },
    { "inner and outer",
      "{\"a\":{\"b\":0,\"b\":0},\"a\":[{},{\"c\":0,\"c\":0}]}",
      { { 13, 7, "/a/b" }, { 20, 2, "/a" }, { 35, 29, "/a/1/c" } },
      2 },
};

START_TEST(duplicate_keys)
{
    const struct duplicate *c = &duplicates[_i];
    const struct az_document *document = read_text(az_str_from(c->text));
    size_t i = 0;

    ck_assert_msg(document != NULL && document->malformed, "%s", c->label);
    ck_assert_msg(document->root->count == c->members, "%s: %u members",
                  c->label, document->root->count);
    az_sink_sort(&sink);
    for (; i < 3 && c->want[i].pointer != NULL; i++) {
        const struct az_diag *diag;

        ck_assert_msg(i < sink.total, "%s: %zu findings", c->label, sink.total);
        diag = sink.diags[i];
        ck_assert_str_eq(name_of(diag), "duplicate-key");
        ck_assert_msg(diag->place.span.start + 1 == c->want[i].column &&
                          diag->related->place.span.start + 1 ==
                              c->want[i].first,
                      "%s: at %u and %u", c->label, diag->place.span.start,
                      diag->related->place.span.start);
        ck_assert_int_eq(document->source->text.p[diag->place.span.end - 1],
                         '"');
        ck_assert_msg(strcmp(diag->pointer, c->want[i].pointer) == 0, "%s: %s",
                      c->label, diag->pointer);
        ck_assert_ptr_null(diag->related->next);
    }
    ck_assert_msg(i == sink.total, "%s: %zu findings", c->label, sink.total);
}
END_TEST

START_TEST(duplicate_message)
{
    ck_assert_ptr_nonnull(read_text(AZ_STR("{\"a\":1,\"a\":2,\"\\u0061\":3}")));
    ck_assert_str_eq(sink.diags[0]->message,
                     "the object has the key 'a' twice");
    ck_assert_str_eq(sink.diags[0]->hint, "remove or rename one of them");
    ck_assert_str_eq(sink.diags[1]->hint, "remove or rename one of them: "
                                          "escapes make no difference");
    ck_assert_str_eq(sink.diags[0]->related->message, "the first is here");
}
END_TEST

/* COUNT members of different keys, but that number TWIN has the key of the
   first. */
static const char *
object_with_twin(size_t count, size_t twin)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    for (size_t i = 0; i < count; i++)
        az_buf_addf(&buf, "%s\"k%zu\":%zu", i == 0 ? "{" : ",",
                    i == twin ? 0 : i, i);
    az_buf_add_char(&buf, '}');
    return buf.p;
}

START_TEST(duplicate_in_object_of_size)
{
    size_t count = (size_t)_i;

    for (size_t twin = 1; twin <= count; twin++) {
        const struct az_document *document;
        const struct az_member *member;

        az_sink_init(&sink, arena);
        document = read_text(az_str_from(object_with_twin(count, twin)));
        ck_assert_ptr_nonnull(document);
        ck_assert_msg(sink.total == (twin < count), "%zu of %zu", twin, count);
        for (size_t i = 1; i < count; i++) {
            const char *key = az_arena_printf(arena, "k%zu", i);
            member = az_node_member(document->root, az_str_from(key));
            ck_assert_msg((member != NULL) == (i != twin), "%s of %zu", key,
                          count);
        }
    }
}
END_TEST

START_TEST(duplicates_before_a_syntax_error)
{
    ck_assert_ptr_null(read_text(AZ_STR("[{\"a\":1,\"a\":2},]")));
    ck_assert_uint_eq(sink.total, 2);
    ck_assert_str_eq(name_of(sink.diags[0]), "duplicate-key");
    ck_assert_str_eq(name_of(sink.diags[1]), "json-syntax");
}
END_TEST

/* A long key above many duplicates: all are reported, in linear memory. */
START_TEST(duplicates_have_a_pointer_budget)
{
    const size_t long_key = 1 << 20, twins = 1000;
    const char *text = az_arena_printf(arena, "{\"%s\":{\"a\":1%s}}",
                                       text_times("x", long_key),
                                       text_times(",\"a\":1", twins));
    size_t pointers = 0;

    ck_assert_ptr_nonnull(read_text(az_str_from(text)));
    ck_assert_uint_eq(sink.total, twins);
    for (size_t i = 0; i < sink.count; i++)
        pointers += sink.diags[i]->pointer != NULL;
    ck_assert_uint_ge(pointers, 10);
    ck_assert_uint_le(pointers, 20);
}
END_TEST

START_TEST(duplicates_beyond_the_sink)
{
    const size_t twins = AZ_MAX_FINDINGS + 10;
    const char *text =
        az_arena_printf(arena, "{\"\":1%s}", text_times(",\"\":1", twins));
    const struct az_document *document = read_text(az_str_from(text));

    ck_assert_ptr_nonnull(document);
    ck_assert_uint_eq(sink.total, twins);
    ck_assert_uint_eq(sink.count, AZ_MAX_FINDINGS);
    ck_assert_uint_eq(document->root->count, twins + 1);
}
END_TEST

static void
add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, accepts, 0, COUNT(good));
    tcase_add_loop_test(tcase, spans_of_values, 0, COUNT(spans));
    tcase_add_test(tcase, spans_of_keys);
    tcase_add_test(tcase, text_is_borrowed);
    tcase_add_loop_test(tcase, bytes_at_each_offset, 0, 13 * 20);
    tcase_add_loop_test(tcase, utf8_by_grammar, 0x80, 0x100);
    tcase_add_loop_test(tcase, depth, 0, COUNT(nests));
    tcase_add_test(tcase, width);
    tcase_add_test(tcase, depth_place);
    tcase_add_test(tcase, nodes);
    tcase_add_loop_test(tcase, numbers, 0, COUNT(number_limits));
    tcase_add_loop_test(tcase, duplicate_keys, 0, COUNT(duplicates));
    tcase_add_test(tcase, duplicate_message);
    tcase_add_loop_test(tcase, duplicate_in_object_of_size, 1,
                        2 * AZ_OBJECT_INDEX_MIN + 2);
    tcase_add_test(tcase, duplicates_before_a_syntax_error);
    tcase_add_test(tcase, duplicates_have_a_pointer_budget);
    tcase_add_test(tcase, duplicates_beyond_the_sink);
}

int
main(void)
{
    Suite *suite = suite_create("json");

    add_tests(new_case(suite, "json"));
    return run_suite(suite);
}
