/* Files to documents: which reader is chosen, and files that cannot be read.
   SPDX-License-Identifier: MIT */

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/limits.h"
#include "support.h"

static char folder[] = "/tmp/assize-load-XXXXXX";

static void
make_folder_of_test(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void
remove_folder_of_test(void)
{
    rmdir(folder);
}

/* The path of NAME in the folder of the test. */
static const char *
path_of(const char *name)
{
    return az_arena_printf(arena, "%s/%s", folder, name);
}

static const char *
write_text(const char *name, const char *text)
{
    const char *path = path_of(name);
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
    return path;
}

/* Which reader; for a text that both or only one of them can read. */
static const struct {
    const char *name;
    const char *text;
    int want; /* az_format; -1: refused */
} files[] = {
    { "a.json", "{\"a\": 1}", AZ_FORMAT_JSON },
    { "a.json", "a: 1\n", -1 },
    { "a.json", "", -1 },
    { "a.yaml", "{\"a\": 1}", AZ_FORMAT_YAML },
    { "a.yml", "[1, 2, ]", AZ_FORMAT_YAML },
    { "a.json.yaml", "a: 1\n", AZ_FORMAT_YAML },
    { "a.yaml.json", "[1]", AZ_FORMAT_JSON },
    { "a", "{\"a\": 1}", AZ_FORMAT_JSON },
    { "a", " \t\r\n[1]", AZ_FORMAT_JSON },
    { "a", "a: 1\n", AZ_FORMAT_YAML },
    { "a", "- 1\n", AZ_FORMAT_YAML },
    { "a", "[1, ]", -1 },
    { "a.sarif", "{}", AZ_FORMAT_JSON },
    { "json", "a: 1\n", AZ_FORMAT_YAML },
};

START_TEST(chooses_reader)
{
    const char *path = write_text(files[_i].name, files[_i].text);
    const struct az_document *document = az_read_file(arena, &sink, path);

    unlink(path);
    if (files[_i].want < 0) {
        ck_assert_msg(document == NULL && sink.total == 1, "%s: accepted %s",
                      files[_i].name, files[_i].text);
        return;
    }
    ck_assert_msg(document != NULL && sink.total == 0, "%s: refused %s: %s",
                  files[_i].name, files[_i].text,
                  sink.count > 0 ? sink.diags[0]->message : "?");
    ck_assert_msg((int)document->format == files[_i].want, "%s: %s",
                  files[_i].name, files[_i].text);
    ck_assert_str_eq(document->source->name, path);
}
END_TEST

START_TEST(source_in_memory)
{
    const struct az_document *document = az_read_source(
        arena, &sink, az_source_new(arena, "x.json", AZ_STR("[null]")));

    ck_assert_ptr_nonnull(document);
    ck_assert_int_eq(document->format, AZ_FORMAT_JSON);
}
END_TEST

START_TEST(standard_input)
{
    int ends[2];
    const struct az_document *document;

    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(write(ends[1], " [1]", 4), 4);
    close(ends[1]);
    ck_assert_int_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    close(ends[0]);
    document = az_read_file(arena, &sink, "-");
    ck_assert_ptr_nonnull(document);
    ck_assert_int_eq(document->format, AZ_FORMAT_JSON);
    ck_assert_uint_eq(document->root->count, 1);
}
END_TEST

/* What makes PATH something that cannot be read; false if it can be here. */
static bool
make_nothing(const char *path)
{
    return path != NULL;
}

static bool
make_folder(const char *path)
{
    return mkdir(path, 0700) == 0;
}

static bool
make_fifo(const char *path)
{
    return mkfifo(path, 0600) == 0;
}

static bool
make_dangling_link(const char *path)
{
    return symlink("nowhere", path) == 0;
}

static bool
make_looping_link(const char *path)
{
    return symlink(path, path) == 0;
}

static bool
make_forbidden(const char *path)
{
    FILE *file = fopen(path, "w");

    /* The superuser reads all. */
    return file != NULL && fclose(file) == 0 && chmod(path, 0) == 0 &&
           access(path, R_OK) != 0;
}

static bool
make_link_to_device(const char *path)
{
    return symlink("/dev/zero", path) == 0;
}

/* One byte too many, none of them on the disk. */
static bool
make_huge(const char *path)
{
    FILE *file = fopen(path, "w");

    return file != NULL &&
           ftruncate(fileno(file), (off_t)AZ_MAX_FILE_SIZE + 1) == 0 &&
           fclose(file) == 0;
}

static const struct {
    const char *label;
    bool (*make)(const char *path);
    const char *id;
    const char *part; /* of the message */
} unreadable[] = {
    { "missing", make_nothing, "file-unreadable", "No such file" },
    { "directory", make_folder, "file-unreadable", "is a directory" },
    { "FIFO", make_fifo, "file-unreadable", "is a FIFO" },
    { "dangling link", make_dangling_link, "file-unreadable", "No such file" },
    { "looping link", make_looping_link, "file-unreadable", "symbolic links" },
    { "device", make_link_to_device, "file-unreadable", "is a device" },
    { "forbidden", make_forbidden, "file-unreadable", "Permission denied" },
    { "too large", make_huge, "file-too-large", "larger than 256 MiB" },
};

START_TEST(cannot_read)
{
    const char *path = path_of("x.json");
    bool made = unreadable[_i].make(path);
    const struct az_document *document = NULL;
    const struct az_diag *diag;

    if (made)
        document = az_read_file(arena, &sink, path);
    remove(path);
    if (!made && unreadable[_i].make == make_forbidden)
        return;
    ck_assert_msg(made, "%s: not made", unreadable[_i].label);
    ck_assert_msg(document == NULL && sink.total == 1, "%s: %zu findings",
                  unreadable[_i].label, sink.total);
    diag = sink.diags[0];
    ck_assert_str_eq(name_of(diag), unreadable[_i].id);
    ck_assert_int_eq(az_sink_class(&sink), AZ_CLASS_INPUT);
    ck_assert_ptr_nonnull(diag->place.source);
    ck_assert_str_eq(diag->place.source->name, path);
    ck_assert_msg(strstr(diag->message, unreadable[_i].part) != NULL, "%s: %s",
                  unreadable[_i].label, diag->message);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("load");
    TCase *tcase = new_case(suite, "load");

    tcase_add_checked_fixture(tcase, make_folder_of_test,
                              remove_folder_of_test);
    tcase_add_loop_test(tcase, chooses_reader, 0, COUNT(files));
    tcase_add_test(tcase, source_in_memory);
    tcase_add_test(tcase, standard_input);
    tcase_add_loop_test(tcase, cannot_read, 0, COUNT(unreadable));
    return run_suite(suite);
}
