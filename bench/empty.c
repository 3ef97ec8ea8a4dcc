/* A program that does nothing, linked with the libraries of assize: what a
   start costs.
   SPDX-License-Identifier: MIT */

#include <json-c/json.h>
#include <math.h>
#include <yaml.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

int
main(int argc, char **argv)
{
    /* Never so; keeps the linker from leaving the libraries out. */
    if (argc < 0) {
        yaml_parser_t parser;

        json_object_put(json_object_new_string(argv[0]));
        yaml_parser_initialize(&parser);
        pcre2_code_free(NULL);
        return (int)erfc(argc);
    }
    return 0;
}
