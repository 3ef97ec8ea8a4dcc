/* Quantiles of a sample.
   SPDX-License-Identifier: MIT */

#include "stat/quantile.h"

#include <stdbool.h>

#define MILLION 1000000
/* All of m, p and n p are whole numbers of this part. */
#define PARTS (24 * (int64_t)MILLION)

/* What becomes of g, the fraction of np + m. */
enum weight {
    WEIGHT_STEP,    /* 1 if g > 0, else 0 */
    WEIGHT_AVERAGE, /* 1 if g > 0, else 1/2 */
    WEIGHT_EVEN,    /* 0 if g = 0 and j is even, else 1 */
    WEIGHT_LINEAR,  /* g */
};

/* m = (of_p p + constant) / 24 */
static const struct {
    int of_p;
    int constant;
    enum weight weight;
} types[] = {
    { 0, 0, WEIGHT_STEP },      /* 1: m = 0 */
    { 0, 0, WEIGHT_AVERAGE },   /* 2: m = 0 */
    { 0, -12, WEIGHT_EVEN },    /* 3: m = -1/2 */
    { 0, 0, WEIGHT_LINEAR },    /* 4: m = 0 */
    { 0, 12, WEIGHT_LINEAR },   /* 5: m = 1/2 */
    { 24, 0, WEIGHT_LINEAR },   /* 6: m = p */
    { -24, 24, WEIGHT_LINEAR }, /* 7: m = 1 - p */
    { 8, 8, WEIGHT_LINEAR },    /* 8: m = (p + 1) / 3 */
    { 6, 9, WEIGHT_LINEAR },    /* 9: m = p / 4 + 3 / 8 */
};

/* gamma, in PARTS. */
static int64_t
weigh(enum weight weight, int64_t j, int64_t g)
{
    switch (weight) {
    case WEIGHT_STEP:
        return g > 0 ? PARTS : 0;
    case WEIGHT_AVERAGE:
        return g > 0 ? PARTS : PARTS / 2;
    case WEIGHT_EVEN:
        return g == 0 && j % 2 == 0 ? 0 : PARTS;
    case WEIGHT_LINEAR:
        break;
    }
    return g;
}

static uint64_t
common_divisor(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

enum az_stat_status
az_quantile_locate(int type, uint64_t count, uint32_t ppm,
                   struct az_quantile *ret)
{
    if (type < 1 || type > 9 || count == 0 || ppm > MILLION)
        return AZ_STAT_UNUSABLE;
    if (count > AZ_QUANTILE_MAX)
        return AZ_STAT_TOO_LARGE;
    int64_t sum = 24 * (int64_t)count * ppm +
                  (int64_t)types[type - 1].of_p * ppm +
                  (int64_t)types[type - 1].constant * MILLION;
    int64_t j = sum / PARTS - (sum % PARTS < 0);
    int64_t gamma = weigh(types[type - 1].weight, j, sum - j * PARTS);

    if (gamma == PARTS) {
        gamma = 0;
        j++;
    }
    bool outside = j < 1 || j >= (int64_t)count;
    if (outside)
        gamma = 0;
    uint64_t divisor = common_divisor(PARTS, (uint64_t)gamma);
    ret->rank = j < 1 ? 1 : outside ? count : (uint64_t)j;
    ret->numerator = (uint64_t)gamma / divisor;
    ret->denominator = PARTS / divisor;
    return AZ_STAT_OK;
}

double
az_quantile_of(const double *sorted, struct az_quantile where)
{
    double low = sorted[where.rank - 1];

    if (where.numerator == 0)
        return low;
    return low + (double)where.numerator / (double)where.denominator *
                     (sorted[where.rank] - low);
}
