/* Counts of arrangements.
   SPDX-License-Identifier: MIT */

#include "stat/count.h"

#include <math.h>
#include <string.h>

double
az_count_to_double(struct az_count count)
{
    return ldexp((double)count.high, 64) + (double)count.low;
}

double
az_count_ratio(struct az_count part, struct az_count whole)
{
    return az_count_to_double(part) / az_count_to_double(whole);
}

/* Divides COUNT by ten; what is left over.  Word by word of 32 bits. */
static unsigned
divide_by_ten(struct az_count *count)
{
    uint32_t words[] = { (uint32_t)(count->high >> 32), (uint32_t)count->high,
                         (uint32_t)(count->low >> 32), (uint32_t)count->low };
    uint64_t rest = 0;

    for (int i = 0; i < 4; i++) {
        uint64_t value = rest << 32 | words[i];
        words[i] = (uint32_t)(value / 10);
        rest = value % 10;
    }
    count->high = (uint64_t)words[0] << 32 | words[1];
    count->low = (uint64_t)words[2] << 32 | words[3];
    return (unsigned)rest;
}

void
az_count_print(struct az_count count, char ret[static AZ_COUNT_SIZE])
{
    char digits[AZ_COUNT_SIZE];
    size_t at = sizeof(digits) - 1;

    digits[at] = '\0';
    do {
        digits[--at] = (char)('0' + divide_by_ten(&count));
    } while (count.high != 0 || count.low != 0);
    memcpy(ret, digits + at, sizeof(digits) - at);
}
