/* Runs the JSON parsing test suite (JSONTestSuite): json-parsing DIR.
   SPDX-License-Identifier: MIT

   y_ must be accepted, but for duplicate keys, which RFC 8259 lets a reader
   refuse; n_ must be refused as malformed input; what it leaves to the reader,
   i_, must come out as the table says. */

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/diag.h"
#include "core/file.h"
#include "read/read.h"

#define ACCEPTED AZ_DIAG_COUNT

/* The choices, documented in assize-policy(5). */
static const struct {
    const char *name;
    enum az_diag_id id; /* ACCEPTED, or why not */
} choices[] = {
    { "i_number_double_huge_neg_exp", ACCEPTED },
    { "i_number_huge_exp", AZ_DIAG_NUMBER_LIMIT },
    { "i_number_neg_int_huge_exp", ACCEPTED },
    { "i_number_pos_double_huge_exp", ACCEPTED },
    { "i_number_real_neg_overflow", AZ_DIAG_NUMBER_LIMIT },
    { "i_number_real_pos_overflow", AZ_DIAG_NUMBER_LIMIT },
    { "i_number_real_underflow", AZ_DIAG_NUMBER_LIMIT },
    { "i_number_too_big_neg_int", ACCEPTED },
    { "i_number_too_big_pos_int", ACCEPTED },
    { "i_number_very_big_negative_int", ACCEPTED },
    { "i_object_key_lone_2nd_surrogate", AZ_DIAG_JSON_SYNTAX },
    { "i_string_1st_surrogate_but_2nd_missing", AZ_DIAG_JSON_SYNTAX },
    { "i_string_1st_valid_surrogate_2nd_invalid", AZ_DIAG_JSON_SYNTAX },
    { "i_string_UTF-16LE_with_BOM", AZ_DIAG_BAD_ENCODING },
    { "i_string_UTF-8_invalid_sequence", AZ_DIAG_BAD_ENCODING },
    { "i_string_UTF8_surrogate_U+D800", AZ_DIAG_BAD_ENCODING },
    { "i_string_incomplete_surrogate_and_escape_valid", AZ_DIAG_JSON_SYNTAX },
    { "i_string_incomplete_surrogate_pair", AZ_DIAG_JSON_SYNTAX },
    { "i_string_incomplete_surrogates_escape_valid", AZ_DIAG_JSON_SYNTAX },
    { "i_string_invalid_lonely_surrogate", AZ_DIAG_JSON_SYNTAX },
    { "i_string_invalid_surrogate", AZ_DIAG_JSON_SYNTAX },
    { "i_string_invalid_utf-8", AZ_DIAG_BAD_ENCODING },
    { "i_string_inverted_surrogates_U+1D11E", AZ_DIAG_JSON_SYNTAX },
    { "i_string_iso_latin_1", AZ_DIAG_BAD_ENCODING },
    { "i_string_lone_second_surrogate", AZ_DIAG_JSON_SYNTAX },
    { "i_string_lone_utf8_continuation_byte", AZ_DIAG_BAD_ENCODING },
    { "i_string_not_in_unicode_range", AZ_DIAG_BAD_ENCODING },
    { "i_string_overlong_sequence_2_bytes", AZ_DIAG_BAD_ENCODING },
    { "i_string_overlong_sequence_6_bytes", AZ_DIAG_BAD_ENCODING },
    { "i_string_overlong_sequence_6_bytes_null", AZ_DIAG_BAD_ENCODING },
    { "i_string_truncated-utf-8", AZ_DIAG_BAD_ENCODING },
    { "i_string_utf16BE_no_BOM", AZ_DIAG_BAD_ENCODING },
    { "i_string_utf16LE_no_BOM", AZ_DIAG_BAD_ENCODING },
    { "i_structure_500_nested_arrays", ACCEPTED },
    { "i_structure_UTF-8_BOM_empty_object", AZ_DIAG_BAD_ENCODING },
};

/* How many files of a group came out right, and how many there are. */
struct group {
    char prefix;
    unsigned right;
    unsigned count;
};

static void
oom(void)
{
    fputs("out of memory\n", stderr);
    exit(5);
}

/* What the file NAME must give: ACCEPTED, an id, or -1 for any finding that
   makes it malformed; -2 if the table lacks it. */
static int
wanted(const char *name)
{
    size_t length = strlen(name) - strlen(".json");

    if (name[0] == 'n')
        return -1;
    if (strncmp(name, "y_object_duplicated_key", 23) == 0)
        return AZ_DIAG_DUPLICATE_KEY;
    if (name[0] == 'y')
        return ACCEPTED;
    for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++)
        if (strlen(choices[i].name) == length &&
            memcmp(choices[i].name, name, length) == 0)
            return (int)choices[i].id;
    return -2;
}

static bool
is_right(const char *path, const char *name, struct az_arena *arena)
{
    const struct az_document *document = NULL;
    const struct az_source *source;
    struct az_sink sink;
    int want = wanted(name);

    az_sink_init(&sink, arena);
    source = az_file_read(arena, &sink, path);
    if (source == NULL)
        return false;
    document = az_read_json(arena, &sink, source);
    if (want == ACCEPTED)
        return document != NULL && sink.total == 0;
    if (sink.total == 0 || az_sink_class(&sink) != AZ_CLASS_INPUT)
        return false;
    if (want == AZ_DIAG_DUPLICATE_KEY)
        return document != NULL && document->malformed &&
               sink.diags[0]->id == AZ_DIAG_DUPLICATE_KEY && sink.total == 1;
    return document == NULL && sink.total == 1 &&
           (want == -1 || want == (int)sink.diags[0]->id);
}

static int
is_test(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return length > 7 && strcmp(entry->d_name + length - 5, ".json") == 0 &&
           entry->d_name[1] == '_' && strchr("yni", entry->d_name[0]) != NULL;
}

static void
judge(struct group *groups, const char *folder, const char *name)
{
    struct az_arena *arena = az_arena_new(oom);
    const char *path =
        az_arena_printf(arena, "%s/test_parsing/%s", folder, name);
    struct group *group = groups;

    while (group->prefix != name[0])
        group++;
    group->count++;
    if (is_right(path, name, arena))
        group->right++;
    else
        printf("FAIL %s\n", name);
    az_arena_free(arena);
}

int
main(int argc, char **argv)
{
    struct group groups[] = { { 'y', 0, 0 }, { 'n', 0, 0 }, { 'i', 0, 0 } };
    unsigned passed = 0, failed = 0;
    char path[4096];
    struct dirent **entries;
    int count;

    if (argc != 2) {
        fputs("usage: json-parsing DIR\n", stderr);
        return 2;
    }
    snprintf(path, sizeof(path), "%s/test_parsing", argv[1]);
    count = scandir(path, &entries, is_test, alphasort);
    if (count < 0) {
        perror(path);
        return 2;
    }
    for (int i = 0; i < count; i++) {
        judge(groups, argv[1], entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    for (size_t i = 0; i < 3; i++) {
        passed += groups[i].right;
        failed += groups[i].count - groups[i].right;
        /* A group that is not there proves nothing. */
        failed += groups[i].count == 0;
    }
    printf("%u passed, %u failed\n", passed, failed);
    return failed == 0 ? 0 : 1;
}
