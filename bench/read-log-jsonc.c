/* read-log-jsonc FILE: parses each line of FILE with json-c.
   SPDX-License-Identifier: MIT

   What reading a sample log is timed against: parsing alone, with one
   tokener, nothing looked at. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>

int
main(int argc, char **argv)
{
    struct json_tokener *tokener = json_tokener_new();
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    static char line[1 << 16];
    size_t count = 0;

    if (file == NULL || tokener == NULL) {
        fputs("usage: read-log-jsonc FILE\n", stderr);
        return 2;
    }
    while (fgets(line, sizeof line, file) != NULL) {
        struct json_object *object;

        json_tokener_reset(tokener);
        object = json_tokener_parse_ex(tokener, line, (int)strlen(line));
        if (object == NULL)
            return 1;
        count += json_object_object_length(object) > 0;
        json_object_put(object);
    }
    json_tokener_free(tokener);
    fclose(file);
    printf("%zu lines\n", count);
    return 0;
}
