/* Digests and sizes of files that are not read as documents.
   SPDX-License-Identifier: MIT */

#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/artifact.h"
#include "core/gzip.h"
#include "core/sha256.h"

/* The examples of FIPS 180-2, appendix B, and of the NIST's CAVP. */
static const struct {
    const char *text;
    size_t repeated;
    const char *digest;
} digests[] = {
    { "", 1,
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    { "abc", 1,
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
    { "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnop"
      "jklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      1, "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1" },
    { "a", 1000000,
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0" },
    { "\xd3", 1,
      "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1" },
    { "0123456701234567012345670123456701234567012345670123456701234567", 10,
      "594847328451bdfa85056225462cc1d867d877fb388df0ce35f25ab5562bfbb5" },
};

START_TEST(digest_is)
{
    char digest[AZ_SHA256_SIZE];
    struct az_sha256 hash;
    size_t i;

    az_sha256_init(&hash);
    for (i = 0; i < digests[_i].repeated; i++)
        az_sha256_add(&hash, digests[_i].text, strlen(digests[_i].text));
    az_sha256_finish(&hash, digest);
    ck_assert_str_eq(digest, digests[_i].digest);
}
END_TEST

/* However the bytes come, at each length around the ends of blocks. */
START_TEST(pieces_do_not_show)
{
    char whole[AZ_SHA256_SIZE], parts[AZ_SHA256_SIZE];
    size_t length = (size_t)_i, at, part;
    struct az_sha256 hash;
    char text[200];

    for (at = 0; at < length; at++)
        text[at] = (char)(at * 7);
    az_sha256_init(&hash);
    az_sha256_add(&hash, text, length);
    az_sha256_finish(&hash, whole);
    for (part = 1; part < 70; part += 13) {
        az_sha256_init(&hash);
        for (at = 0; at < length; at += part)
            az_sha256_add(&hash, text + at,
                          at + part < length ? part : length - at);
        az_sha256_finish(&hash, parts);
        ck_assert_str_eq(whole, parts);
    }
}
END_TEST

/* As "gzip -9n" has it. */
START_TEST(gzip_size_is)
{
    struct az_gzip *gzip = az_gzip_new(arena);
    size_t i;

    ck_assert_ptr_nonnull(gzip);
    ck_assert_uint_eq(az_gzip_finish(gzip), 20);
    gzip = az_gzip_new(arena);
    az_gzip_add(gzip, "abc", 3);
    ck_assert_uint_eq(az_gzip_finish(gzip), 23);
    gzip = az_gzip_new(arena);
    for (i = 0; i < 100000; i++)
        az_gzip_add(gzip, "0123456789", 10);
    ck_assert_uint_lt(az_gzip_finish(gzip), 4000);
}
END_TEST

static void
write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

START_TEST(files_are_measured)
{
    char folder[] = "/tmp/assize-artifact-XXXXXX";
    struct az_artifact_wants all = { true, true };
    struct az_artifact found;

    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    ck_assert_int_eq(mkdir("in", 0700), 0);
    write_file("in/abc", "abc");
    write_file("out", "out");
    ck_assert_int_eq(symlink("../out", "in/escape"), 0);
    ck_assert_int_eq(symlink("abc", "in/inner"), 0);
    ck_assert_int_eq(symlink("nothing", "in/dangling"), 0);
    ck_assert_int_eq(mkfifo("in/fifo", 0600), 0);

    ck_assert_ptr_null(az_artifact_measure(arena, "in", "in/abc", all, &found));
    ck_assert_uint_eq(found.size, 3);
    ck_assert_uint_eq(found.gzip_size, 23);
    ck_assert_str_eq(found.sha256, digests[1].digest);
    ck_assert_ptr_null(
        az_artifact_measure(arena, "in", "in/inner", all, &found));
    ck_assert_str_eq(az_artifact_measure(arena, "in", "in/escape", all, &found),
                     "it lies outside of the folder once links are followed");
    ck_assert(!found.absent);
    ck_assert_str_eq(az_artifact_measure(arena, ".", "in", all, &found),
                     "it is a directory");
    ck_assert_str_eq(az_artifact_measure(arena, ".", "in/fifo", all, &found),
                     "it is not a regular file");
    ck_assert_ptr_nonnull(
        az_artifact_measure(arena, ".", "in/none", all, &found));
    ck_assert(found.absent);
    ck_assert_ptr_nonnull(
        az_artifact_measure(arena, ".", "in/dangling", all, &found));
    ck_assert(found.absent);
    ck_assert_ptr_nonnull(
        az_artifact_measure(arena, ".", "out/none", all, &found));
    ck_assert(found.absent);

    unlink("in/abc");
    unlink("in/escape");
    unlink("in/inner");
    unlink("in/dangling");
    unlink("in/fifo");
    unlink("out");
    rmdir("in");
    rmdir(folder);
}
END_TEST

/* A hole is read like zeros, and more than the limit is not. */
START_TEST(size_is_limited)
{
    char path[] = "/tmp/assize-artifact-XXXXXX";
    struct az_artifact_wants none = { false, false };
    struct az_artifact found;
    int fd = mkstemp(path);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(ftruncate(fd, 1 << 30), 0);
    ck_assert_ptr_null(az_artifact_measure(arena, "/tmp", path, none, &found));
    ck_assert_uint_eq(found.size, 1u << 30);
    ck_assert_int_eq(ftruncate(fd, (1 << 30) + 1), 0);
    ck_assert_str_eq(az_artifact_measure(arena, "/tmp", path, none, &found),
                     "it is over the limit of files that are measured, 1 GiB");
    close(fd);
    unlink(path);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("artifact");
    TCase *tcase = new_case(suite, "artifact");

    tcase_add_loop_test(tcase, digest_is, 0, (int)COUNT(digests));
    tcase_add_loop_test(tcase, pieces_do_not_show, 0, 200);
    tcase_add_test(tcase, gzip_size_is);
    tcase_add_test(tcase, files_are_measured);
    tcase_add_test(tcase, size_is_limited);
    return run_suite(suite);
}
