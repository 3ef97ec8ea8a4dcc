/* Runs a fuzz target over files: replay FILE...
   SPDX-License-Identifier: MIT

   Stands in for libFuzzer where that is not linked, so that the corpus is
   replayed with any compiler. */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Corpus files are small. */
#define MAX_INPUT ((size_t)1 << 20)

int
main(int argc, char **argv)
{
    uint8_t *data, *exact;
    size_t size;
    FILE *file;
    int i;

    data = malloc(MAX_INPUT);
    if (data == NULL)
        return 1;
    for (i = 1; i < argc; i++) {
        file = fopen(argv[i], "rb");
        if (file == NULL) {
            perror(argv[i]);
            return 1;
        }
        size = fread(data, 1, MAX_INPUT, file);
        fclose(file);
        /* A buffer of the very size lets the sanitizer see a read past it. */
        exact = malloc(size == 0 ? 1 : size);
        if (exact == NULL)
            return 1;
        for (size_t k = 0; k < size; k++)
            exact[k] = data[k];
        LLVMFuzzerTestOneInput(exact, size);
        free(exact);
    }
    free(data);
    printf("%d inputs replayed\n", argc - 1);
    return 0;
}
