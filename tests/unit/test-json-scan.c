/* The JSON reader's short cuts: skipping plain text, guessing keys.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "read/json-scan.h"
#include "support.h"

#define LONGEST 40

static const struct {
    const char *label;
    const char *(*skip)(const char *p, const char *end);
} skippers[] = {
    { "bytes", json_skip_plain_bytes },
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    { "words", json_skip_plain_words },
#endif
#ifdef __SSE2__
    { "vectors", json_skip_plain_vectors },
#endif
    { "chosen", json_skip_plain },
};

/* SIZE bytes of FILLER with BYTE at AT, and quotes behind it if MARKED. */
static void
expect_skip(size_t size, size_t at, unsigned byte, char filler, bool marked)
{
    bool plain = byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
    char *text = malloc(size); /* its end is one for AddressSanitizer too */
    size_t want = plain ? size : at;

    /* A ck_assert that holds writes to a file: too slow for so many. */
    if (text == NULL)
        ck_abort();
    memset(text, filler, size);
    if (marked)
        memset(text + at, '"', size - at);
    text[at] = (char)byte;
    if (marked && plain && at + 1 < size)
        want = at + 1;
    for (size_t i = 0; i < COUNT(skippers); i++)
        if (skippers[i].skip(text, text + size) != text + want)
            ck_abort_msg("%s: 0x%02X at %zu of %zu", skippers[i].label, byte,
                         at, size);
    free(text);
}

START_TEST(skips_plain_text)
{
    static const char fillers[] = " !#[]a\x7F"; /* beside what stops */

    for (size_t size = 1; size <= LONGEST; size++)
        for (size_t at = 0; at < size; at++)
            for (size_t i = 0; fillers[i] != '\0'; i++) {
                expect_skip(size, at, (unsigned)_i, fillers[i], false);
                expect_skip(size, at, (unsigned)_i, fillers[i], true);
            }
}
END_TEST

START_TEST(skips_nothing)
{
    static const char text[] = "abc";

    for (size_t i = 0; i < COUNT(skippers); i++)
        ck_assert_ptr_eq(skippers[i].skip(text, text), text);
}
END_TEST

START_TEST(compares_bytes)
{
    size_t size = (size_t)_i;
    char *a = malloc(size + 1), *b = malloc(size == 0 ? 1 : size);

    ck_assert(a != NULL && b != NULL);
    memset(a, 'k', size + 1);
    memset(b, 'k', size == 0 ? 1 : size);
    ck_assert(json_same_bytes(a, b, size));
    ck_assert(json_same_bytes(a + 1, b, size));
    for (size_t i = 0; i < size; i++) {
        b[i] ^= 1;
        ck_assert_msg(!json_same_bytes(a, b, size), "%zu of %zu", i, size);
        ck_assert(json_same_bytes(a, b, i));
        b[i] ^= 1;
    }
    free(a);
    free(b);
}
END_TEST

/* Arrays of objects, some like those before them. */
static const struct {
    const char *label;
    const char *text;
    size_t findings;
} rows[] = {
    { "alike", "[{\"a\":1,\"b\":2},{\"a\":3,\"b\":4},{\"a\":5,\"b\":6}]", 0 },
    { "white space", "[{\"a\":1,\"b\":2}, { \"a\" : 3 ,\n\"b\" :4}]", 0 },
    { "fewer keys", "[{\"a\":1,\"b\":2,\"c\":3},{\"a\":3,\"b\":4}]", 0 },
    { "more keys", "[{\"a\":1,\"b\":2},{\"a\":3,\"b\":4,\"c\":5}]", 0 },
    { "empty between", "[{\"a\":1,\"b\":2},{},{\"a\":3,\"b\":4}]", 0 },
    { "another order", "[{\"a\":1,\"b\":2,\"c\":3},{\"a\":1,\"c\":2,\"b\":3}]",
      0 },
    { "one key other", "[{\"a\":1,\"b\":2,\"c\":3},{\"a\":1,\"x\":2,\"c\":3}]",
      0 },
    { "longer key",
      "[{\"a\":1,\"long name\":2},{\"a\":1,\"long name 2\":2},"
      "{\"a\":1,\"long name\":2}]",
      0 },
    { "shorter key", "[{\"a\":1,\"long name 2\":2},{\"a\":1,\"long name\":2}]",
      0 },
    { "empty keys", "[{\"\":1,\"b\":2},{\"\":3,\"b\":4}]", 0 },
    { "escapes", "[{\"a\":1,\"\\u0062\":2},{\"a\":1,\"\\u0062\":3}]", 0 },
    { "escapes, then none",
      "[{\"a\":1,\"\\u0062cd\":2},{\"a\":1,\"bcd\":3},"
      "{\"a\":1,\"\\u0062cd\":4}]",
      0 },
    { "escapes at the front",
      "[{\"\\u0061\":1,\"b\":2},{\"a\":1,\"b\":3},{\"\\u0061\":1,\"b\":2}]",
      0 },
    { "not ASCII", "[{\"\xC3\xA9\":1,\"b\":2},{\"\xC3\xA9\":1,\"b\":3}]", 0 },
    { "inside each other",
      "[{\"a\":{\"a\":1,\"b\":{\"a\":2}},\"b\":3},"
      "{\"a\":{\"a\":1,\"b\":{\"a\":2}},\"b\":3}]",
      0 },
    { "twins instead of the second", "[{\"a\":1,\"b\":2},{\"a\":1,\"a\":2}]",
      1 },
    { "twins behind all", "[{\"a\":1,\"b\":2},{\"a\":1,\"b\":2,\"b\":3}]", 1 },
    { "twins in each", "[{\"a\":1,\"a\":2},{\"a\":1,\"a\":2}]", 2 },
    { "twins by escapes", "[{\"a\":1,\"b\":2},{\"a\":1,\"b\":2,\"\\u0061\":3}]",
      1 },
    { "many keys",
      "[{\"r\":0,\"q\":1,\"p\":2,\"o\":3,\"n\":4,\"m\":5,\"l\":6,\"k\":7,"
      "\"j\":8,\"i\":9,\"h\":10,\"g\":11,\"f\":12,\"e\":13,\"d\":14,\"c\":15,"
      "\"b\":16,\"a\":17},"
      "{\"r\":0,\"q\":1,\"p\":2,\"o\":3,\"n\":4,\"m\":5,\"l\":6,\"k\":7,"
      "\"j\":8,\"i\":9,\"h\":10,\"g\":11,\"f\":12,\"e\":13,\"d\":14,\"c\":15,"
      "\"b\":16,\"a\":17},"
      "{\"r\":0,\"q\":1,\"p\":2,\"o\":3,\"n\":4,\"m\":5,\"l\":6,\"k\":7,"
      "\"j\":8,\"i\":9,\"h\":10,\"g\":11,\"f\":12,\"e\":13,\"d\":14,\"c\":15,"
      "\"b\":16,\"b\":17}]",
      1 },
    { "many keys, then not all",
      "[{\"a\":0,\"r\":1,\"b\":2,\"q\":3,\"c\":4,\"p\":5,\"d\":6,\"o\":7,"
      "\"e\":8,\"n\":9,\"f\":10,\"m\":11,\"g\":12,\"l\":13,\"h\":14,"
      "\"k\":15,\"i\":16,\"j\":17},"
      "{\"a\":0,\"r\":1,\"b\":2,\"q\":3,\"c\":4,\"p\":5,\"d\":6,\"o\":7,"
      "\"e\":8,\"n\":9,\"f\":10,\"m\":11,\"g\":12,\"l\":13,\"h\":14,"
      "\"k\":15,\"i\":16}]",
      0 },
};

/* An object is the same as when it stands alone. */
static void
expect_alone(const char *label, const struct az_source *source,
             const struct az_node *node)
{
    const struct az_document *alone = az_read_json(
        arena, &sink,
        source_of("alone",
                  (struct az_str){ source->text.p + node->span.start,
                                   node->span.end - node->span.start }));

    ck_assert_msg(alone != NULL, "%s: refused", label);
    ck_assert_str_eq(text_of(node), text_of(alone->root));
    for (size_t i = 0; i < node->count; i++) {
        const struct az_member *member = &node->members[i];
        struct az_span span = alone->root->members[i].key_span;

        ck_assert_uint_eq(member->key_span.start,
                          node->span.start + span.start);
        ck_assert_uint_eq(member->key_span.end, node->span.start + span.end);
        ck_assert_ptr_nonnull(az_node_member(node, member->key));
    }
}

START_TEST(guesses_keys)
{
    const char *label = rows[_i].label;
    const struct az_document *document = az_read_json(
        arena, &sink, source_of("test", az_str_from(rows[_i].text)));

    ck_assert_msg(document != NULL, "%s: refused", label);
    ck_assert_msg(sink.total == rows[_i].findings, "%s: %zu findings", label,
                  sink.total);
    ck_assert(document->malformed == (rows[_i].findings > 0));
    for (size_t i = 0; i < document->root->count; i++)
        expect_alone(label, document->source, &document->root->items[i]);
    ck_assert_uint_eq(sink.total, 2 * rows[_i].findings);
}
END_TEST

/* The text ends, or goes wrong, where a guessed key stands. */
START_TEST(cut_in_guessed_key)
{
    static const char text[] = "[{\"a\":1,\"long name\":2},"
                               "{\"a\":1,\"long name\":2}]";

    for (size_t size = 24; size < sizeof(text) - 1; size++)
        ck_assert_ptr_null(az_read_json(
            arena, &sink, source_of("cut", (struct az_str){ text, size })));
    for (size_t at = 33; at < 40; at++) {
        char broken[sizeof(text)];

        memcpy(broken, text, sizeof(text));
        broken[at] = '\n';
        ck_assert_ptr_null(az_read_json(
            arena, &sink, source_of("broken", az_str_from(broken))));
    }
}
END_TEST

static const struct {
    const char *spelling;
    const char *text;
} escapes[] = {
    { "\\n", "\n" },
    { "\\\"", "\"" },
    { "\\\\", "\\" },
    { "\\/", "/" },
    { "\\u0041", "A" },
    { "\\u00e9\\u20ac", "\xC3\xA9\xE2\x82\xAC" },
    { "\\ud83D\\uDe00", "\xF0\x9F\x98\x80" },
    { "\\t\\t", "\t\t" },
};

/* An escape at each place of a string, and a second one behind it. */
START_TEST(decodes_escapes)
{
    const char *spelling = escapes[_i].spelling, *text = escapes[_i].text;

    for (size_t i = 0; i < 20 * 20; i++) {
        const char *before = text_times("\xC3\xA9-", i / 20);
        const char *between = text_times("b", i % 20);
        const char *json = az_arena_printf(arena, "\"%s%s%s%s\"", before,
                                           spelling, between, spelling);
        const char *want =
            az_arena_printf(arena, "%s%s%s%s", before, text, between, text);
        const struct az_document *document =
            az_read_json(arena, &sink, source_of("test", az_str_from(json)));

        ck_assert_msg(document != NULL &&
                          az_str_eq_c(az_node_text(document->root), want),
                      "%s", json);
    }
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("json-scan");
    TCase *tcase = new_case(suite, "json-scan");

    tcase_add_loop_test(tcase, skips_plain_text, 0, 256);
    tcase_add_test(tcase, skips_nothing);
    tcase_add_loop_test(tcase, compares_bytes, 0, LONGEST);
    tcase_add_loop_test(tcase, guesses_keys, 0, COUNT(rows));
    tcase_add_test(tcase, cut_in_guessed_key);
    tcase_add_loop_test(tcase, decodes_escapes, 0, COUNT(escapes));
    return run_suite(suite);
}
