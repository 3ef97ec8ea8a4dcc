/* The sink, the catalogue, files.
   SPDX-License-Identifier: MIT */

#include "support.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/file.h"
#include "core/limits.h"

static struct az_place
place_at(const char *file, unsigned start)
{
    return az_place_of(az_source_new(arena, file, AZ_STR("0123456789")),
                       (struct az_span){ start, start + 1 });
}

START_TEST(test_order_and_twins)
{
    az_sink_add(&sink, AZ_DIAG_MISSING_KEY, place_at("b", 1), "third");
    az_sink_add(&sink, AZ_DIAG_UNKNOWN_KEY, place_at("a", 5), "second");
    az_sink_add(&sink, AZ_DIAG_UNKNOWN_KEY, place_at("a", 2), "first");
    az_sink_add(&sink, AZ_DIAG_UNKNOWN_KEY, place_at("a", 2), "first");
    az_sink_sort(&sink);
    ck_assert_uint_eq(sink.count, 3);
    ck_assert_uint_eq(sink.by_severity[AZ_ERROR], 3);
    ck_assert_uint_eq(sink.errors_by_class[AZ_CLASS_JUDGED], 3);
    ck_assert_str_eq(sink.diags[0]->message, "first");
    ck_assert_str_eq(sink.diags[1]->message, "second");
    ck_assert_str_eq(sink.diags[2]->message, "third");
}
END_TEST

/* Of two that differ in severity alone neither goes, so that none hides an
   error. */
START_TEST(test_severity_is_no_twin)
{
    az_sink_add_as(&sink, AZ_DIAG_RULE_BROKEN, AZ_WARNING, place_at("a", 2),
                   "the same");
    az_sink_add_as(&sink, AZ_DIAG_RULE_BROKEN, AZ_ERROR, place_at("a", 2),
                   "the same");
    az_sink_sort(&sink);
    ck_assert_uint_eq(sink.count, 2);
    ck_assert_int_eq(sink.diags[0]->severity, AZ_ERROR);
    ck_assert_int_eq(az_sink_class(&sink), AZ_CLASS_JUDGED);
}
END_TEST

START_TEST(test_related_and_hint)
{
    struct az_diag *diag = az_sink_add(&sink, AZ_DIAG_DUPLICATE_KEY,
                                       place_at("a", 3), "again %s", "x");

    az_diag_hint(&sink, diag, "remove %d", 1);
    az_diag_relate(&sink, diag, place_at("a", 0), "first");
    az_diag_relate(&sink, diag, place_at("a", 1), "second");
    ck_assert_str_eq(diag->message, "again x");
    ck_assert_str_eq(diag->hint, "remove 1");
    ck_assert_str_eq(diag->related->message, "first");
    ck_assert_str_eq(diag->related->next->message, "second");
}
END_TEST

START_TEST(test_reclass)
{
    struct az_diag *diag =
        az_sink_add(&sink, AZ_DIAG_MISSING_KEY, place_at("a", 3), "x");

    az_diag_reclass(&sink, diag, AZ_CLASS_INPUT);
    ck_assert_int_eq(az_sink_class(&sink), AZ_CLASS_INPUT);
    ck_assert_uint_eq(sink.errors_by_class[AZ_CLASS_JUDGED], 0);
    az_diag_reclass(&sink,
                    az_sink_add(&sink, AZ_DIAG_BUDGET_WARN, AZ_NOWHERE, "w"),
                    AZ_CLASS_INTERNAL);
    ck_assert_int_eq(az_sink_class(&sink), AZ_CLASS_INPUT);
}
END_TEST

START_TEST(test_reclass_since)
{
    struct az_sink before;

    sink.limit = 2;
    az_sink_add(&sink, AZ_DIAG_MISSING_KEY, place_at("a", 1), "x");
    before = sink;
    az_sink_add(&sink, AZ_DIAG_SCHEMA_BUDGET, place_at("a", 2), "x");
    az_sink_add(&sink, AZ_DIAG_MISSING_KEY, place_at("a", 3), "not kept");
    az_sink_reclass_since(&sink, &before, AZ_CLASS_INPUT);
    ck_assert_uint_eq(sink.errors_by_class[AZ_CLASS_JUDGED], 1);
    ck_assert_uint_eq(sink.errors_by_class[AZ_CLASS_INPUT], 1);
    ck_assert_int_eq(sink.diags[0]->class, AZ_CLASS_JUDGED);
    ck_assert_int_eq(sink.diags[1]->class,
                     az_diag_info(AZ_DIAG_SCHEMA_BUDGET)->class);
}
END_TEST

static bool
has_message(const struct az_diag *diag, void *context)
{
    return strcmp(diag->message, context) == 0;
}

START_TEST(test_drop)
{
    char message[] = "drop";

    az_sink_add(&sink, AZ_DIAG_MISSING_KEY, place_at("a", 1), "drop");
    az_sink_add(&sink, AZ_DIAG_BUDGET_WARN, place_at("a", 2), "drop");
    az_sink_add(&sink, AZ_DIAG_MISSING_KEY, place_at("a", 3), "keep");
    az_diag_reclass(&sink,
                    az_sink_add(&sink, AZ_DIAG_MISSING_KEY, AZ_NOWHERE, "drop"),
                    AZ_CLASS_INPUT);
    az_sink_drop(&sink, 1, has_message, message);
    ck_assert_uint_eq(sink.count, 2);
    ck_assert_uint_eq(sink.total, 2);
    ck_assert_str_eq(sink.diags[0]->message, "drop");
    ck_assert_str_eq(sink.diags[1]->message, "keep");
    ck_assert_uint_eq(sink.by_severity[AZ_ERROR], 2);
    ck_assert_uint_eq(sink.by_severity[AZ_WARNING], 0);
    ck_assert_int_eq(az_sink_class(&sink), AZ_CLASS_JUDGED);
    az_sink_drop(&sink, 5, has_message, message);
    ck_assert_uint_eq(sink.count, 2);
}
END_TEST

/* The verdict must not depend on what is kept. */
START_TEST(test_limit)
{
    size_t i;

    for (i = 0; i < AZ_MAX_FINDINGS; i++)
        az_sink_add_as(&sink, AZ_DIAG_RULE_BROKEN, AZ_WARNING, place_at("a", 0),
                       "warning");
    ck_assert_int_eq(az_sink_class(&sink), AZ_CLASS_NONE);
    az_diag_hint(&sink,
                 az_sink_add(&sink, AZ_DIAG_RULE_BROKEN, place_at("a", 1),
                             "the one that counts"),
                 "not kept either");
    ck_assert_uint_eq(sink.count, AZ_MAX_FINDINGS);
    ck_assert_uint_eq(sink.total, AZ_MAX_FINDINGS + 1);
    ck_assert_int_eq(az_sink_class(&sink), AZ_CLASS_JUDGED);
}
END_TEST

static const struct {
    enum az_diag_id ids[3];
    enum az_class class;
} precedence[] = {
    { { AZ_DIAG_RULE_BROKEN, AZ_DIAG_RULE_BROKEN, AZ_DIAG_RULE_BROKEN },
      AZ_CLASS_JUDGED },
    { { AZ_DIAG_RULE_BROKEN, AZ_DIAG_NOTHING_JUDGED, AZ_DIAG_BUDGET_WARN },
      AZ_CLASS_NO_VERDICT },
    { { AZ_DIAG_RULE_BROKEN, AZ_DIAG_NOTHING_JUDGED, AZ_DIAG_JSON_SYNTAX },
      AZ_CLASS_INPUT },
    { { AZ_DIAG_USAGE, AZ_DIAG_NOTHING_JUDGED, AZ_DIAG_JSON_SYNTAX },
      AZ_CLASS_USAGE },
    { { AZ_DIAG_USAGE, AZ_DIAG_OUTPUT_FAILED, AZ_DIAG_JSON_SYNTAX },
      AZ_CLASS_INTERNAL },
};

START_TEST(test_precedence)
{
    size_t i;

    for (i = 0; i < 3; i++)
        az_sink_add(&sink, precedence[_i].ids[i], place_at("a", (unsigned)i),
                    "x");
    ck_assert_int_eq(az_sink_class(&sink), precedence[_i].class);
}
END_TEST

START_TEST(test_catalogue)
{
    unsigned i, k;

    for (i = 0; i < AZ_DIAG_COUNT; i++) {
        const char *name = az_diag_info((enum az_diag_id)i)->name;

        ck_assert_uint_eq(strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-"),
                          strlen(name));
        ck_assert_int_eq((int)az_diag_find(name), (int)i);
        for (k = 0; k < i; k++)
            ck_assert_str_ne(az_diag_info((enum az_diag_id)k)->name, name);
    }
    ck_assert_int_eq((int)az_diag_find("no-such-id"), AZ_DIAG_COUNT);
}
END_TEST

static char folder[] = "/tmp/assize-test-XXXXXX";

static const char *
in_folder(const char *name)
{
    return az_arena_printf(arena, "%s/%s", folder, name);
}

static void
expect_unreadable(const char *path, const char *why)
{
    size_t before = sink.total;

    ck_assert_ptr_null(az_file_read(arena, &sink, path));
    ck_assert_uint_eq(sink.total, before + 1);
    ck_assert_int_eq((int)sink.diags[before]->id, AZ_DIAG_FILE_UNREADABLE);
    ck_assert_msg(strstr(sink.diags[before]->message, why) != NULL, "%s",
                  sink.diags[before]->message);
}

START_TEST(test_files)
{
    const struct az_source *source;
    const char *path;
    struct stat status;

    ck_assert_ptr_nonnull(mkdtemp(folder));
    path = in_folder("report");
    ck_assert(az_file_write(arena, &sink, path, AZ_STR("one\n")));
    ck_assert(az_file_write(arena, &sink, path, AZ_STR("two\n")));
    source = az_file_read(arena, &sink, path);
    ck_assert_ptr_nonnull(source);
    ck_assert(az_str_eq(source->text, AZ_STR("two\n")));
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_uint_eq(status.st_mode & 0400, 0400);
    expect_unreadable(folder, "is a directory");
    expect_unreadable(in_folder("none"), "No such file");
    ck_assert_int_eq(mkfifo(in_folder("fifo"), 0600), 0);
    expect_unreadable(in_folder("fifo"), "is a FIFO");
    expect_unreadable("/dev/null", "is a device");
    unlink(in_folder("fifo"));
    unlink(path);
    ck_assert_int_eq(rmdir(folder), 0); /* no temporary file was left */
}
END_TEST

/* What is appended stays when what it came from is gone, and counts beyond what
   is kept. */
START_TEST(test_append)
{
    struct az_arena *passing = az_arena_new_like(arena);
    struct az_place stays = place_at("schema", 2), goes;
    struct az_sink from;
    struct az_diag *diag;
    size_t i;

    az_sink_add(&sink, AZ_DIAG_MISSING_KEY, stays, "before");
    az_sink_init(&from, passing);
    for (i = 0; i < 2; i++) {
        goes = az_place_of(az_source_new(passing, "document",
                                         az_arena_str(passing, AZ_STR("a\nb"))),
                           (struct az_span){ 2, 3 });
        diag = az_sink_add(&from, AZ_DIAG_UNKNOWN_KEY, goes, "found %zu", i);
        diag->pointer = az_arena_strdup(passing, "/b");
        az_diag_hint(&from, diag, "a hint");
        az_diag_relate(&from, diag, goes, "here");
        az_diag_relate(&from, diag, stays, "there");
    }
    az_sink_add(&from, AZ_DIAG_FILE_UNREADABLE, AZ_NOWHERE, "not kept");
    sink.limit = 3;
    az_sink_append(&sink, &from, true);
    az_arena_free(passing);

    ck_assert_uint_eq(sink.count, 3);
    ck_assert_uint_eq(sink.total, 4);
    ck_assert_uint_eq(sink.by_severity[AZ_ERROR], 4);
    ck_assert_int_eq(az_sink_class(&sink), AZ_CLASS_INPUT);
    diag = sink.diags[2];
    ck_assert_str_eq(diag->message, "found 1");
    ck_assert_str_eq(diag->pointer, "/b");
    ck_assert_str_eq(diag->hint, "a hint");
    ck_assert_uint_eq(diag->sequence, 3);
    ck_assert_uint_eq(az_source_position(diag->place.source, 2).line, 2);
    ck_assert_ptr_eq(diag->related->place.source, diag->place.source);
    ck_assert_ptr_eq(diag->related->next->place.source, stays.source);
    ck_assert_ptr_null(diag->related->next->next);
}
END_TEST

/* The documents of one file go on to share its text. */
START_TEST(test_append_parts)
{
    struct az_arena *passing = az_arena_new_like(arena);
    struct az_source *whole =
        az_source_new(passing, "documents", AZ_STR("a\n---\nb\n"));
    struct az_sink from;
    unsigned i;

    az_sink_init(&from, passing);
    for (i = 1; i <= 3; i++)
        az_sink_add(&from, AZ_DIAG_UNKNOWN_KEY,
                    az_place_of(az_source_part(passing, whole, i),
                                (struct az_span){ 0, 1 }),
                    "found");
    az_sink_append(&sink, &from, true);
    az_arena_free(passing);
    for (i = 1; i <= 3; i++) {
        const struct az_source *part = sink.diags[i - 1]->place.source;

        ck_assert_uint_eq(part->document, i);
        ck_assert_ptr_eq(part->text.p, sink.diags[0]->place.source->text.p);
        ck_assert_uint_eq(az_source_position(part, 6).line, 3);
    }
}
END_TEST

START_TEST(test_unwritable)
{
    ck_assert(!az_file_write(arena, &sink, "/nonexistent/folder/report",
                             AZ_STR("x")));
    ck_assert_int_eq((int)sink.diags[0]->id, AZ_DIAG_OUTPUT_FAILED);
    ck_assert_int_eq(az_sink_class(&sink), AZ_CLASS_INTERNAL);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("diag");
    TCase *tcase = new_case(suite, "diag");

    tcase_add_test(tcase, test_order_and_twins);
    tcase_add_test(tcase, test_severity_is_no_twin);
    tcase_add_test(tcase, test_related_and_hint);
    tcase_add_test(tcase, test_reclass);
    tcase_add_test(tcase, test_reclass_since);
    tcase_add_test(tcase, test_drop);
    tcase_add_test(tcase, test_limit);
    tcase_add_loop_test(tcase, test_precedence, 0, COUNT(precedence));
    tcase_add_test(tcase, test_catalogue);
    tcase_add_test(tcase, test_files);
    tcase_add_test(tcase, test_append);
    tcase_add_test(tcase, test_append_parts);
    tcase_add_test(tcase, test_unwritable);
    return run_suite(suite);
}
