/* parse-jsonc FILE: reads FILE, parses it with json-c, and exits.
   SPDX-License-Identifier: MIT

   What parse-json is timed against.  Prints the milliseconds of reading and of
   parsing. */

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <json-c/json.h>

#include "support.h"

/* FILE and a NUL; NULL if it cannot be read. */
static char *
read_whole(const char *path, size_t *ret_size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    char *text = NULL;
    size_t done = 0;
    ssize_t got = 1;

    if (fd < 0)
        return NULL;
    if (fstat(fd, &status) == 0)
        text = malloc((size_t)status.st_size + 1);
    while (text != NULL && got > 0 && done < (size_t)status.st_size) {
        got = read(fd, text + done, (size_t)status.st_size - done);
        done += got > 0 ? (size_t)got : 0;
    }
    close(fd);
    if (text != NULL)
        text[done] = '\0';
    *ret_size = done;
    return text;
}

int
main(int argc, char **argv)
{
    double start = now_ns(CLOCK_MONOTONIC), read, parsed;
    struct json_tokener *tokener = json_tokener_new();
    size_t size = 0;
    char *text = argc == 2 ? read_whole(argv[1], &size) : NULL;
    struct json_object *root;

    if (text == NULL || tokener == NULL) {
        fprintf(stderr, "usage: parse-jsonc FILE\n");
        return 2;
    }
    read = now_ns(CLOCK_MONOTONIC);
    root = json_tokener_parse_ex(tokener, text, (int)size + 1);
    parsed = now_ns(CLOCK_MONOTONIC);
    if (root == NULL || json_tokener_get_error(tokener) != json_tokener_success)
        return 1;
    printf("json-c %s: read %.1f ms, parsed %.1f ms\n", JSON_C_VERSION,
           (read - start) / 1e6, (parsed - read) / 1e6);
    return 0;
}
