/* The rank-sum test of two samples.
   SPDX-License-Identifier: MIT */

#include "stat/rank-sum.h"

#include <math.h>
#include <string.h>

#include "stat/distribution.h"
#include "stat/internal.h"

/* Two sorted samples, gone through together group by group of equal values. */
struct pool {
    const double *x;
    const double *y;
    size_t n;
    size_t m;
    size_t i; /* of x, and j of y, are before the group */
    size_t j;
    size_t in_x; /* how many of the group are from x, and from y */
    size_t in_y;
};

static size_t
run_of(const double *values, size_t from, size_t count, double value)
{
    size_t end = from;

    while (end < count && values[end] == value)
        end++;
    return end - from;
}

/* Goes on to the next group; whether there is one. */
static bool
next_group(struct pool *pool)
{
    pool->i += pool->in_x;
    pool->j += pool->in_y;
    if (pool->i == pool->n && pool->j == pool->m)
        return false;
    double value = pool->i == pool->n ? pool->y[pool->j]
                   : pool->j == pool->m || pool->x[pool->i] < pool->y[pool->j]
                       ? pool->x[pool->i]
                       : pool->y[pool->j];
    pool->in_x = run_of(pool->x, pool->i, pool->n, value);
    pool->in_y = run_of(pool->y, pool->j, pool->m, value);
    return true;
}

static struct pool
pool_of(struct az_sample x, struct az_sample y, double *room)
{
    memcpy(room, x.values, x.count * sizeof(*room));
    memcpy(room + x.count, y.values, y.count * sizeof(*room));
    az_stat_sort(room, x.count);
    az_stat_sort(room + x.count, y.count);
    return (struct pool){
        .x = room, .y = room + x.count, .n = x.count, .m = y.count
    };
}

/* The distribution of the doubled U when CHOSEN of ALL items are taken, at most
   half of them.  Row k of WORK has the number of ways to take k of the items so
   far, by the sum of their doubled ranks less the k (k + 1) that is the least;
   that is at most 2 k (ALL - k). */
struct table {
    struct az_count *work;
    size_t chosen;
    size_t all;
    size_t stride;
    size_t items; /* so far */
};

static size_t
widest(const struct table *table, size_t k)
{
    return 2 * k * (table->all - k);
}

/* Lets K items and the next, whose doubled rank is RANK, make K + 1. */
static void
extend_row(struct table *table, size_t k, size_t rank)
{
    const struct az_count *from = table->work + k * table->stride;
    struct az_count *to = table->work + (k + 1) * table->stride;
    size_t least = 2 * (k + 1);
    size_t down = least > rank ? least - rank : 0;
    size_t up = rank > least ? rank - least : 0;
    size_t end = widest(table, k);

    if (end + up > widest(table, k + 1) + down)
        end = widest(table, k + 1) + down - up;
    for (size_t u = down; u <= end; u++)
        to[u + up - down] = az_count_add(to[u + up - down], from[u]);
}

static void
add_items(struct table *table, size_t count, size_t rank)
{
    for (size_t i = 0; i < count; i++) {
        size_t k =
            table->items < table->chosen ? table->items + 1 : table->chosen;
        while (k-- > 0)
            extend_row(table, k, rank);
        table->items++;
    }
}

static void
table_init(struct table *table, size_t n, size_t m, struct az_count *work)
{
    size_t chosen = n < m ? n : m;

    *table = (struct table){
        .work = work, .chosen = chosen, .all = n + m, .stride = 2 * n * m + 1
    };
    memset(work, 0, az_rank_sum_work(n, m) * sizeof(*work));
    work[0].low = 1;
}

static struct az_count *
last_row(const struct table *table)
{
    return table->work + table->chosen * table->stride;
}

size_t
az_rank_sum_work(size_t n, size_t m)
{
    size_t chosen = n < m ? n : m;

    if (n == 0 || m == 0 || n > AZ_RANK_SUM_MAX || m > AZ_RANK_SUM_MAX - n)
        return 0;
    return (chosen + 1) * (2 * n * m + 1);
}

static enum az_stat_status
check_samples(struct az_sample x, struct az_sample y, size_t limit)
{
    if (!az_stat_usable(x, 1) || !az_stat_usable(y, 1))
        return AZ_STAT_UNUSABLE;
    return x.count > limit || y.count > limit - x.count ? AZ_STAT_TOO_LARGE
                                                        : AZ_STAT_OK;
}

enum az_stat_status
az_rank_sum_exact(struct az_sample x, struct az_sample y, struct az_count *work,
                  struct az_rank_sum *ret)
{
    enum az_stat_status status = check_samples(x, y, AZ_RANK_SUM_MAX);
    double room[AZ_RANK_SUM_MAX];
    struct table table;

    if (status != AZ_STAT_OK)
        return status;
    struct pool pool = pool_of(x, y, room);
    *ret = (struct az_rank_sum){ 0 };
    table_init(&table, x.count, y.count, work);
    while (next_group(&pool)) {
        size_t size = pool.in_x + pool.in_y;
        add_items(&table, size, 2 * (pool.i + pool.j) + size + 1);
        ret->doubled_u += pool.in_x * (2 * pool.j + pool.in_y);
    }
    /* The table is about the smaller sample; the U of one sample and that of
       the other have the same sum in each split. */
    size_t most = 2 * x.count * y.count;
    bool turned = x.count > y.count;
    for (size_t u = 0; u <= most; u++) {
        struct az_count ways = last_row(&table)[turned ? most - u : u];
        ret->total = az_count_add(ret->total, ways);
        if (u <= ret->doubled_u)
            ret->less = az_count_add(ret->less, ways);
        if (u >= ret->doubled_u)
            ret->greater = az_count_add(ret->greater, ways);
    }
    ret->p = az_stat_tails(az_count_ratio(ret->less, ret->total),
                           az_count_ratio(ret->greater, ret->total));
    return AZ_STAT_OK;
}

enum az_stat_status
az_rank_sum_normal(struct az_sample x, struct az_sample y, double *work,
                   struct az_rank_sum *ret)
{
    enum az_stat_status status = check_samples(x, y, AZ_RANK_SUM_NORMAL_MAX);
    double ties = 0;

    if (status != AZ_STAT_OK)
        return status;
    struct pool pool = pool_of(x, y, work);
    *ret = (struct az_rank_sum){ 0 };
    while (next_group(&pool)) {
        double size = (double)(pool.in_x + pool.in_y);
        ties += (size * size - 1) * size;
        ret->doubled_u += (uint64_t)pool.in_x * (2 * pool.j + pool.in_y);
    }
    double n = (double)x.count;
    double m = (double)y.count;
    double all = n + m;
    double variance = n * m / 12 * (all + 1 - ties / (all * (all - 1)));
    if (!(variance > 0))
        return AZ_STAT_NO_SPREAD;
    double distance = (double)ret->doubled_u / 2 - n * m / 2;
    double deviation = sqrt(variance);
    ret->p = az_stat_tails(az_normal_upper(-(distance + 0.5) / deviation),
                           az_normal_upper((distance - 0.5) / deviation));
    return AZ_STAT_OK;
}

const struct az_count *
az_rank_sum_null(size_t n, size_t m, struct az_count *work)
{
    struct table table;

    table_init(&table, n, m, work);
    for (size_t i = 0; i < n + m; i++)
        add_items(&table, 1, 2 * (i + 1));
    struct az_count *row = last_row(&table);
    for (size_t u = 0; u <= n * m; u++)
        row[u] = row[2 * u];
    return row;
}

double
az_rank_sum_smallest_p(size_t n, size_t m)
{
    size_t few = n < m ? n : m;
    size_t many = n < m ? m : n;
    double splits = 1;

    for (size_t i = 1; i <= few; i++)
        splits = splits * (double)(many + i) / (double)i;
    return 1 / splits;
}

enum az_stat_status
az_rank_sum_shift(struct az_sample x, struct az_sample y, struct az_count *work,
                  double *differences, struct az_shift *ret)
{
    enum az_stat_status status = check_samples(x, y, AZ_RANK_SUM_MAX);
    struct az_count total = { 0 };
    size_t count = 0;

    if (status != AZ_STAT_OK || !(ret->alpha > 0 && ret->alpha < 1))
        return status != AZ_STAT_OK ? status : AZ_STAT_UNUSABLE;
    for (size_t i = 0; i < x.count; i++)
        for (size_t j = 0; j < y.count; j++)
            differences[count++] = x.values[i] - y.values[j];
    az_stat_sort(differences, count);
    ret->estimate = az_stat_median(differences, count);
    const struct az_count *ways = az_rank_sum_null(x.count, y.count, work);
    for (size_t u = 0; u <= count; u++)
        total = az_count_add(total, ways[u]);
    az_stat_order_interval(differences, count, ways, total, ret);
    return AZ_STAT_OK;
}
