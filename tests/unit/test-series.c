/* Series of samples: exact, in order, found by rank, in the memory promised.
   SPDX-License-Identifier: MIT */

#include "random.h"
#include "support.h"

#include "core/decimal.h"
#include "measure/series.h"

static struct az_series_pool pool;

static void
begin(void)
{
    setup();
    pool = (struct az_series_pool){ .arena = arena };
    reset_random();
}

/* One sample after another; bits of REFUSED tell which do not fit. */
static const struct {
    const char *label;
    struct az_series_value add[5];
    size_t count;
    unsigned refused;
    const char *want;
} additions[] = {
    { "equal exponents", { { 12, -1 }, { 13, -1 } }, 2, 0, "1.2 1.3" },
    { "coarser", { { 12, -1 }, { 2, 1 } }, 2, 0, "1.2 20" },
    { "finer", { { 2, 1 }, { 12, -1 } }, 2, 0, "20 1.2" },
    { "equal numbers",
      { { 1, 2 }, { 100, 0 }, { 1000, -1 } },
      3,
      0,
      "100 100 100" },
    { "zeros stripped", { { 1500, -3 }, { 16, -1 } }, 2, 0, "1.5 1.6" },
    { "zero", { { 15, -1 }, { 0, -300 } }, 2, 0, "1.5 0" },
    { "zero first", { { 0, -300 }, { 15, -1 } }, 2, 0, "0 1.5" },
    { "zero, then finer", { { 0, 0 }, { 1, -300 } }, 2, 0, "0 1e-300" },
    { "zero, then coarser", { { 0, 0 }, { 3, 300 } }, 2, 0, "0 3e+300" },
    { "zeros, then many digits",
      { { 0, 0 }, { 0, 5 }, { 12345678901234567, -16 }, { 0, 9 }, { 7, 0 } },
      5,
      0,
      "0 0 1.2345678901234567 0 7" },
    { "below zero",
      { { -12, 0 }, { INT64_C(-5000000000), 0 }, { 1, -1 }, { -1, -12 } },
      4,
      0,
      "-12 -5000000000 0.1 -1e-12" },
    { "differences of a browser's clock",
      { { 30000000447034836, -17 },
        { 16699999988079071, -15 },
        { 13330000001192093, -14 },
        { 0, 0 },
        { 5960464477539063, -23 } },
      5,
      0,
      "0.30000000447034836 16.699999988079071 133.30000001192093 0 "
      "5.960464477539063e-8" },
    { "as many digits as may be",
      { { 99999999999999999, -3 }, { -99999999999999999, 5 } },
      2,
      0,
      "99999999999999.999 -9.9999999999999999e+21" },
    { "a digit too many",
      { { 123456789012345678, 0 }, { 100000000000000001, -5 } },
      2,
      3,
      "" },
    { "no digit too many",
      { { 123456789012345670, 0 }, { INT64_C(1000000000000000000), -18 } },
      2,
      0,
      "123456789012345670 1" },
    { "the least and the largest integer",
      { { INT64_MIN, 0 }, { INT64_MAX, 0 }, { 1, 0 } },
      3,
      3,
      "1" },
    { "as far above as may be",
      { { 1, 0 }, { 1, 36 }, { 9, 35 }, { 2, 0 } },
      4,
      2,
      "1 9e+35 2" },
    { "as far below as may be",
      { { 1, 0 }, { 1, -36 }, { 9, -35 }, { 2, 0 }, { 10, 0 } },
      5,
      18,
      "1 9e-35 2" },
    { "just above a broad part",
      { { 12345678901, 0 }, { 1, 24 }, { 1, 25 }, { -1, 25 } },
      4,
      0,
      "12345678901 1e+24 1e+25 -1e+25" },
    { "far with many digits",
      { { 1, 0 }, { 12345678901234567, 20 }, { 12345678901234567, 19 } },
      3,
      2,
      "1 1.2345678901234567e+35" },
};

static const char *
series_text(const struct az_series *series)
{
    struct az_series_walk walk = az_series_begin(series);
    struct az_series_value value;
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "");
    while (az_series_next(&walk, &value)) {
        struct az_str text = az_decimal_print(
            arena, az_decimal_scale(az_decimal_from_int(arena, value.mantissa),
                                    value.exponent));

        az_buf_addf(&buf, "%s%s", buf.len > 0 ? " " : "", text.p);
    }
    return buf.p;
}

START_TEST(adds)
{
    struct az_series series = { .count = 0 };

    for (size_t i = 0; i < additions[_i].count; i++)
        ck_assert_msg(az_series_add(&series, &pool,
                                    additions[_i].add[i].mantissa,
                                    additions[_i].add[i].exponent) ==
                          ((additions[_i].refused >> i & 1) == 0),
                      "%s, %zu", additions[_i].label, i);
    ck_assert_msg(strcmp(series_text(&series), additions[_i].want) == 0,
                  "%s: %s", additions[_i].label, series_text(&series));
}
END_TEST

/* Mixes of samples: what some series have, and what somebody would write who
   wants them to take memory or to be mistaken for others. */

enum { MIX_SIZE = 5000 };

static const int64_t most = AZ_SERIES_LIMIT - 1;

/* So many digits, not all of them there. */
static int64_t
random_digits(int digits)
{
    int64_t limit = 1;

    while (digits-- > 0)
        limit *= 10;
    return (int64_t)(next_random() >> 1) % limit;
}

static struct az_series_value
mix_clock(size_t i)
{
    (void)i;
    return (struct az_series_value){ 1000 + random_digits(4), -3 };
}

static struct az_series_value
mix_decimals(size_t i)
{
    int digits = i < 20 ? 1 + (int)(i / 4) : 6;

    return (struct az_series_value){ 1 + random_digits(digits), 1 - digits };
}

static struct az_series_value
mix_bytes(size_t i)
{
    (void)i;
    return (struct az_series_value){ random_digits(11) * 4096, 0 };
}

static struct az_series_value
mix_doubles(size_t i)
{
    return (struct az_series_value){ random_digits(17),
                                     i % 50 == 0 ? -23 : -14 - (int)(i % 4) };
}

static struct az_series_value
mix_signs(size_t i)
{
    int64_t value = random_digits(17);

    return (struct az_series_value){ i % 2 == 0 ? value : -value,
                                     (int)(next_random() % 3) };
}

static struct az_series_value
mix_equal(size_t i)
{
    return (struct az_series_value){ (int64_t)(i % 7) - 3,
                                     (int)(i / 1000 % 2) * 12 };
}

static struct az_series_value
mix_two_equal(size_t i)
{
    static const struct az_series_value same[] = {
        { 1, 2 },    { 100, 0 },         { 1000, -1 }, { 5, 30 },   { 50, 29 },
        { 500, 28 }, { 5000000000, 21 }, { -7, 0 },    { -70, -1 },
    };

    return same[i % COUNT(same)];
}

static struct az_series_value
mix_alternating(size_t i)
{
    return i % 2 == 0 ? (struct az_series_value){ most, 19 }
                      : (struct az_series_value){ -1, 0 };
}

/* One narrow one, then none any more. */
static struct az_series_value
mix_broad_second(size_t i)
{
    return (struct az_series_value){ i == 0 ? 1 : most - (int64_t)i, 0 };
}

static struct az_series_value
mix_broad_later(size_t i)
{
    return (struct az_series_value){ i < 333 ? 1 : random_digits(17), 0 };
}

static struct az_series_value
mix_finer(size_t i)
{
    return (struct az_series_value){ 1, -(int)(i % 40) };
}

static struct az_series_value
mix_coarser(size_t i)
{
    return (struct az_series_value){ 9, (int)(i % 40) };
}

/* Farther and farther on both sides, and slowly. */
static struct az_series_value
mix_apart(size_t i)
{
    int step = (int)(i / 30);

    return (struct az_series_value){ 1, i % 2 == 0 ? step : -step };
}

/* As soon as there is no room in a part. */
static struct az_series_value
mix_steps(size_t i)
{
    static const struct az_series_value steps[AZ_SERIES_MAX_PARTS] = {
        { 1, 0 },  { 3, 3 },   { 3, 6 },   { 1, -1 },
        { 1, -2 }, { 1, -18 }, { 1, -26 },
    };

    return i < COUNT(steps)
               ? steps[i]
               : (struct az_series_value){ random_digits(17), -26 };
}

static struct az_series_value
mix_zero_first(size_t i)
{
    return (struct az_series_value){ i < 3 ? 0 : (int64_t)i % 100,
                                     i < 3 ? 0 : -300 };
}

/* Zeros at exponents far from each other. */
static struct az_series_value
mix_zero_steps(size_t i)
{
    return i % 2 == 0 ? mix_steps(i / 2 % AZ_SERIES_MAX_PARTS)
                      : (struct az_series_value){ 0, 0 };
}

static struct az_series_value
mix_zeros(size_t i)
{
    return (struct az_series_value){ i < 40 || i % 3 == 0 ? 0 : most - 7,
                                     (int)(i % 20) };
}

static struct az_series_value
mix_any(size_t i)
{
    int64_t value = random_digits(1 + (int)(i % 18));

    return (struct az_series_value){ i % 3 == 0 ? -value : value,
                                     (int)(next_random() % 40) - 20 };
}

static const struct {
    const char *label;
    struct az_series_value (*sample)(size_t i);
} mixes[] = {
    { "clock", mix_clock },
    { "decimals", mix_decimals },
    { "bytes", mix_bytes },
    { "doubles", mix_doubles },
    { "signs", mix_signs },
    { "few values", mix_equal },
    { "equal in other ways", mix_two_equal },
    { "alternating", mix_alternating },
    { "broad from the second on", mix_broad_second },
    { "broad later", mix_broad_later },
    { "finer and finer", mix_finer },
    { "coarser and coarser", mix_coarser },
    { "farther and farther apart", mix_apart },
    { "steps", mix_steps },
    { "zeros", mix_zeros },
    { "zeros first", mix_zero_first },
    { "zeros in steps", mix_zero_steps },
    { "any", mix_any },
};

/* What a series is to be like. */
struct model {
    struct az_decimal *values;
    size_t count;
    int lowest, highest;
};

static struct az_decimal
decimal_of(struct az_series_value value)
{
    return az_decimal_scale(az_decimal_from_int(arena, value.mantissa),
                            value.exponent);
}

/* Adds VALUE to MODEL; false if a series has no room for it. */
static bool
model_add(struct model *model, struct az_series_value value)
{
    struct az_decimal decimal = decimal_of(value);
    int digits = (int)decimal.digits.len, lowest = decimal.exponent,
        highest = lowest + digits;

    if (digits > 0 && model->lowest < model->highest) {
        lowest = model->lowest < lowest ? model->lowest : lowest;
        highest = model->highest > highest ? model->highest : highest;
    }
    if (digits > AZ_SERIES_DIGITS ||
        (digits > 0 && highest - lowest > AZ_SERIES_SPAN))
        return false;
    if (digits > 0) {
        model->lowest = lowest;
        model->highest = highest;
    }
    model->values[model->count++] = decimal;
    return true;
}

/* VALUE with so many zeros more behind it as there is room for. */
static struct az_series_value
written_longer(struct az_series_value value)
{
    while (value.mantissa < AZ_SERIES_LIMIT &&
           value.mantissa > -AZ_SERIES_LIMIT && value.mantissa != 0) {
        value.mantissa *= 10;
        value.exponent--;
    }
    return value;
}

/* The samples of a mix, and the same, written in another way, between them in
   the same pool; and each again behind all. */
struct filled {
    struct model model;
    struct az_series series, other, twice;
};

static void
fill(int mix, size_t size, struct filled *f)
{
    struct az_series_value *taken = az_arena_array(arena, size, sizeof *taken);

    memset(f, 0, sizeof *f);
    f->model.values = az_arena_array(arena, size, sizeof *f->model.values);
    for (size_t i = 0; i < size; i++) {
        struct az_series_value value = mixes[mix].sample(i);
        struct az_series_value longer = written_longer(value);
        bool fits = model_add(&f->model, value);

        ck_assert_msg(az_series_add(&f->series, &pool, value.mantissa,
                                    value.exponent) == fits,
                      "%s, %zu: %lldE%d", mixes[mix].label, i,
                      (long long)value.mantissa, value.exponent);
        ck_assert(az_series_add(&f->other, &pool, longer.mantissa,
                                longer.exponent) == fits);
        if (!fits)
            continue;
        ck_assert(
            az_series_add(&f->twice, &pool, value.mantissa, value.exponent));
        taken[f->model.count - 1] = value;
    }
    for (size_t i = 0; i < f->model.count; i++)
        ck_assert(az_series_add(&f->twice, &pool, taken[i].mantissa,
                                taken[i].exponent));
}

static int
compare_values(const void *a, const void *b)
{
    return az_decimal_compare(*(const struct az_decimal *)a,
                              *(const struct az_decimal *)b);
}

START_TEST(keeps_order)
{
    struct filled f;
    struct az_series_value value;
    struct az_series_walk walk;

    fill(_i, MIX_SIZE, &f);
    ck_assert_uint_eq(f.series.count, f.model.count);
    walk = az_series_begin(&f.series);
    for (size_t i = 0; i < f.model.count; i++) {
        ck_assert(az_series_next(&walk, &value));
        ck_assert_msg(
            az_decimal_compare(decimal_of(value), f.model.values[i]) == 0,
            "%s, %zu: %lldE%d", mixes[_i].label, i, (long long)value.mantissa,
            value.exponent);
    }
    ck_assert(!az_series_next(&walk, &value));
    ck_assert(!az_series_next(&walk, &value));
}
END_TEST

START_TEST(selects)
{
    static const size_t sizes[] = { 1, 2, 3, 15, 16, 17, 100, 1111, MIX_SIZE };
    struct filled f;

    for (size_t k = 0; k < COUNT(sizes); k++) {
        size_t count, step;

        fill(_i, sizes[k], &f);
        count = f.model.count;
        step = 1 + count / 50;
        qsort(f.model.values, count, sizeof *f.model.values, compare_values);
        for (size_t rank = 1; rank <= count; rank += step) {
            struct az_series_value got = az_series_select(&f.series, rank);

            ck_assert_msg(az_decimal_compare(decimal_of(got),
                                             f.model.values[rank - 1]) == 0,
                          "%s, %zu samples, rank %zu: %lldE%d", mixes[_i].label,
                          count, rank, (long long)got.mantissa, got.exponent);
        }
    }
}
END_TEST

/* How many values the sorted MODEL has. */
static size_t
model_distinct(const struct model *model)
{
    size_t count = model->count > 0;

    for (size_t i = 1; i < model->count; i++)
        count +=
            az_decimal_compare(model->values[i - 1], model->values[i]) != 0;
    return count;
}

static size_t
model_period(const struct model *model)
{
    for (size_t period = 1; period < model->count; period++) {
        size_t i = period;

        if (model->count % period > 0)
            continue;
        while (i < model->count &&
               az_decimal_compare(model->values[i],
                                  model->values[i - period]) == 0)
            i++;
        if (i == model->count)
            return period;
    }
    return model->count;
}

START_TEST(tells_copies)
{
    struct filled f;
    size_t distinct, period;

    fill(_i, 1024, &f);
    period = model_period(&f.model);
    ck_assert_uint_eq(az_series_period(&f.series), period);
    ck_assert_uint_eq(az_series_period(&f.other), period);
    ck_assert_uint_eq(az_series_period(&f.twice), period);
    qsort(f.model.values, f.model.count, sizeof *f.model.values,
          compare_values);
    distinct = model_distinct(&f.model);
    for (size_t limit = 1; limit < 40; limit++)
        ck_assert_uint_eq(az_series_distinct(&f.twice, limit),
                          distinct < limit ? distinct : limit);
    ck_assert(az_series_equal(&f.series, &f.other));
    ck_assert(az_series_equal(&f.other, &f.series));
    ck_assert_uint_eq(az_series_hash(&f.series), az_series_hash(&f.other));
    ck_assert(!az_series_equal(&f.series, &f.twice));
    ck_assert_uint_ne(az_series_hash(&f.series), az_series_hash(&f.twice));
}
END_TEST

static size_t
copied(const struct az_series *series)
{
    struct az_arena *scratch = az_arena_new_like(arena);
    size_t ret = az_series_copied(series, series->count, scratch).count;

    az_arena_free(scratch);
    return ret;
}

/* Where samples have enough values, the same ones again are copies, but for
   some at the ends. */
START_TEST(counts_copies)
{
    struct filled f;
    size_t once, twice, want;

    fill(_i, 1024, &f);
    once = copied(&f.series);
    ck_assert_uint_eq(copied(&f.other), once);
    twice = copied(&f.twice);
    want = once + f.model.count;
    qsort(f.model.values, f.model.count, sizeof *f.model.values,
          compare_values);
    if (model_distinct(&f.model) < 20)
        want = 0;
    ck_assert_msg(twice <= want && twice + 100 >= want, "%s: %zu of %zu",
                  mixes[_i].label, twice, want);
}
END_TEST

/* A series differs from another in one sample, at whatever exponents. */
static const struct {
    const char *label;
    struct az_series_value common, a, b;
    bool equal;
} pairs[] = {
    { "same", { 1, 0 }, { 5, 0 }, { 5, 0 }, true },
    { "other", { 1, 0 }, { 5, 0 }, { 6, 0 }, false },
    { "other exponent", { 1, 0 }, { 5, 0 }, { 5, 1 }, false },
    { "written otherwise", { 1, 0 }, { 5, 1 }, { 50, 0 }, true },
    { "finer", { 3, 0 }, { 1, -5 }, { 1, -6 }, false },
    { "sign", { 3, 0 }, { 1, -5 }, { -1, -5 }, false },
    { "zero", { 3, 0 }, { 0, -5 }, { 0, 9 }, true },
    { "the last digit of seventeen",
      { 3, 0 },
      { 12345678901234567, -17 },
      { 12345678901234568, -17 },
      false },
    { "so far apart that they are equal modulo 2^64",
      { 1, 0 },
      { 62614146483817, 18 },
      { 8590196736, 0 },
      false },
    { "high digits", { 1, 0 }, { 2, 30 }, { 3, 30 }, false },
    { "written otherwise, broad", { most - 1, -3 }, { 5, 1 }, { 50, 0 }, true },
};

START_TEST(compares)
{
    struct az_series a = { .count = 0 }, b = { .count = 0 };

    for (int i = 0; i < 40; i++) {
        struct az_series_value x = i == 20 ? pairs[_i].a : pairs[_i].common;
        struct az_series_value y = i == 20 ? pairs[_i].b : pairs[_i].common;

        ck_assert(az_series_add(&a, &pool, x.mantissa, x.exponent));
        ck_assert(az_series_add(&b, &pool, y.mantissa, y.exponent));
    }
    ck_assert_msg(az_series_equal(&a, &b) == pairs[_i].equal, "%s",
                  pairs[_i].label);
    ck_assert_msg((az_series_hash(&a) == az_series_hash(&b)) == pairs[_i].equal,
                  "%s", pairs[_i].label);
}
END_TEST

START_TEST(tells_scales)
{
    struct az_series a = { .count = 0 }, b = { .count = 0 };

    ck_assert(az_series_add(&a, &pool, 7, 0));
    ck_assert(az_series_add(&b, &pool, 7, 1));
    ck_assert_uint_ne(az_series_hash(&a), az_series_hash(&b));
    ck_assert(!az_series_equal(&a, &b));
}
END_TEST

static const struct {
    size_t count, period; /* of samples, and of those that are copied */
    size_t odd;           /* one that is another, or SIZE_MAX */
    size_t want;
} periods[] = {
    { 0, 1, SIZE_MAX, 0 },          { 1, 1, SIZE_MAX, 1 },
    { 2, 1, SIZE_MAX, 1 },          { 7, 7, SIZE_MAX, 7 },
    { 7, 1, SIZE_MAX, 1 },          { 2000, 1000, SIZE_MAX, 1000 },
    { 2000, 1000, 0, 2000 },        { 2000, 1000, 1999, 2000 },
    { 2000, 1000, 1000, 2000 },     { 6000, 500, SIZE_MAX, 500 },
    { 6000, 400, SIZE_MAX, 400 },   { 4002, 2001, SIZE_MAX, 2001 },
    { 4001, 2000, SIZE_MAX, 4001 },
};

START_TEST(finds_period)
{
    struct az_series series = { .count = 0 };

    for (size_t i = 0; i < periods[_i].count; i++)
        ck_assert(
            az_series_add(&series, &pool,
                          i == periods[_i].odd
                              ? -1
                              : (int64_t)(i % periods[_i].period * 7919 % 9973),
                          0));
    ck_assert_uint_eq(az_series_period(&series), periods[_i].want);
}
END_TEST

/* Samples, and how many distinct steps there are between them; 5 and more
   are 5. */
static const struct {
    struct az_series_value samples[7];
    size_t count, want;
} steps[] = {
    { { { 0 } }, 0, 0 },
    { { { 7, 0 } }, 1, 0 },
    { { { 7, 0 }, { 7, 0 }, { 70, -1 } }, 3, 1 },
    { { { 1, 0 }, { 2, 0 }, { 3, 0 }, { 4, 0 } }, 4, 1 },
    { { { 1, 0 }, { 20, -1 }, { 300, -2 }, { 4, 0 } }, 4, 1 },
    { { { 1, 0 }, { 15, -1 }, { 2, 0 }, { 25, -1 }, { 1, 0 } }, 5, 2 },
    { { { -1, 0 }, { 1, 0 }, { -1, 0 }, { 1, 0 } }, 4, 2 },
    { { { 1, 0 }, { 2, 0 }, { 4, 0 }, { 8, 0 }, { 16, 0 } }, 5, 4 },
    { { { 1, 0 },
        { 2, 0 },
        { 4, 0 },
        { 8, 0 },
        { 16, 0 },
        { 32, 0 },
        { 64, 0 } },
      7,
      5 },
    /* what is behind twelve digits is noise */
    { { { 10, 0 },
        { 10100000000000001, -15 },
        { 10199999999999999, -15 },
        { 103000000001, -10 },
        { 104000000003, -10 } },
      5,
      3 },
    { { { -7, 0 }, { 30000000447034836, -17 }, { -7, 0 } }, 3, 2 },
    /* steps with more digits than samples have are no rule */
    { { { 1, 17 }, { 1, -5 }, { 1, 17 }, { 1, -5 } }, 4, 5 },
    { { { 12345678901234567, 0 }, { -12345678901234567, 0 } }, 2, 1 },
};

START_TEST(counts_steps)
{
    struct az_series series = { .count = 0 };

    for (size_t i = 0; i < steps[_i].count; i++)
        ck_assert(az_series_add(&series, &pool, steps[_i].samples[i].mantissa,
                                steps[_i].samples[i].exponent));
    ck_assert_uint_eq(az_series_steps(&series, 5), steps[_i].want);
}
END_TEST

/* How often each of LENGTHS samples stands there, one after the other. */
static const struct {
    size_t lengths[4], count; /* COUNT of samples that are looked at */
    size_t want;
} runs[] = {
    { { 0 }, 0, 1 },          { { 1 }, 1, 1 },          { { 6 }, 6, 6 },
    { { 6 }, 1, 1 },          { { 2, 2, 2 }, 6, 2 },    { { 2, 4, 6 }, 12, 2 },
    { { 6, 9, 3 }, 18, 3 },   { { 6, 9, 3 }, 17, 1 },   { { 6, 9, 3 }, 15, 3 },
    { { 2, 2, 2, 1 }, 7, 1 }, { { 1, 2, 2, 2 }, 7, 1 }, { { 4, 4, 2 }, 8, 4 },
    { { 4, 6, 9 }, 19, 1 },
};

START_TEST(finds_runs)
{
    struct az_series series = { .count = 0 };

    for (size_t i = 0; i < COUNT(runs[_i].lengths); i++)
        for (size_t k = 0; k < runs[_i].lengths[i]; k++)
            /* equal ones are written in several ways */
            ck_assert(az_series_add(&series, &pool,
                                    ((int64_t)i % 2 + 1) * (k % 2 ? 10 : 1),
                                    k % 2 ? 0 : 1));
    ck_assert_uint_eq(az_series_run(&series, runs[_i].count), runs[_i].want);
}
END_TEST

/* Memory. */

static void
check_size(const struct az_series *series, const char *label)
{
    ck_assert_msg(series->size <= 8 * series->count + AZ_SERIES_SPARE_SIZE,
                  "%s: %u bytes for %zu samples", label, series->size,
                  series->count);
}

/* What the pool gave: of each slab 2048 units of 64 bytes, of the last those
   that are used. */
static size_t
bytes_given(void)
{
    return pool.count == 0 ? 0 : ((pool.count - 1) * 2048 + pool.used) * 64;
}

START_TEST(keeps_bound)
{
    struct az_series series = { .count = 0 };

    for (size_t i = 0; i < MIX_SIZE; i++) {
        struct az_series_value value = mixes[_i].sample(i);

        az_series_add(&series, &pool, value.mantissa, value.exponent);
        check_size(&series, mixes[_i].label);
        ck_assert_uint_eq(series.size, bytes_given());
    }
}
END_TEST

/* A sample that may be the worst for SERIES: beyond what its last part holds,
   or long. */
static struct az_series_value
worst_sample(const struct az_series *series)
{
    int places = series->highest - series->lowest;
    int farther = 1 + (int)(next_random() % (places < 20 ? 12 : 4));

    switch (next_random() % 5) {
    case 0:
        return (struct az_series_value){ 1, series->lowest - farther };
    case 1:
        return (struct az_series_value){ 1, series->highest - 1 + farther };
    case 2:
        return (struct az_series_value){ most, series->lowest };
    case 3:
        return (struct az_series_value){ 0, 0 };
    default:
        return (struct az_series_value){ 7, series->lowest };
    }
}

/* Many short series in one pool, each of which has as many parts as can be. */
START_TEST(keeps_bound_whatever_comes)
{
    size_t parts = 0, bytes = 0;

    for (int i = 0; i < 20000; i++) {
        struct az_series series = { .count = 0 };
        int length = 1 + (int)(next_random() % 60);

        for (int k = 0; k < length; k++) {
            struct az_series_value value = worst_sample(&series);
            int copies = next_random() % 4 > 0 ? 1 : (int)(next_random() % 40);

            if (!az_series_add(&series, &pool, value.mantissa, value.exponent))
                /* nothing but that is a reason */
                ck_assert_int_ge(series.highest - series.lowest,
                                 AZ_SERIES_SPAN - 12);
            while (copies-- > 0)
                az_series_add(&series, &pool, value.mantissa, value.exponent);
            check_size(&series, "worst");
        }
        parts = parts < series.part_count ? series.part_count : parts;
        bytes += series.size;
    }
    /* of a slab one unit may be left */
    ck_assert_uint_le(bytes, bytes_given());
    ck_assert_uint_ge(bytes, bytes_given() - 64 * pool.count);
    ck_assert_uint_ge(parts, AZ_SERIES_MAX_PARTS - 1);
}
END_TEST

/* One series goes from slab to slab, and others have an odd unit of each. */
START_TEST(keeps_bound_at_ends_of_slabs)
{
    struct az_series series = { .count = 0 }, others[16] = { { .count = 0 } };

    for (size_t i = 0; i < COUNT(others); i++) {
        ck_assert(az_series_add(&others[i], &pool, 1, 0));
        ck_assert_uint_eq(others[i].size, 64);
        while (pool.count < i + 2) {
            ck_assert(az_series_add(&series, &pool, most, 0));
            check_size(&series, "slabs");
        }
    }
    ck_assert_uint_eq(series.parts[series.part_count - 1].broad, true);
}
END_TEST

START_TEST(has_each_part)
{
    struct az_series series = { .count = 0 };

    /* a zero is in whatever part comes first */
    ck_assert(az_series_add(&series, &pool, 0, 0));
    for (size_t i = 0; i < AZ_SERIES_MAX_PARTS; i++) {
        struct az_series_value value = mix_steps(i);

        ck_assert(
            az_series_add(&series, &pool, value.mantissa, value.exponent));
        ck_assert_uint_eq(series.part_count, i + 1);
        ck_assert(series.parts[i].broad == (i >= 4));
    }
}
END_TEST

/* Where four bytes do, four are taken. */
START_TEST(takes_half_of_narrow_ones)
{
    struct az_series series = { .count = 0 };

    for (size_t i = 0; i < 100000; i++) {
        struct az_series_value value = mix_decimals(i);

        ck_assert(
            az_series_add(&series, &pool, value.mantissa, value.exponent));
    }
    ck_assert_uint_lt(series.size, 405000);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("series");
    TCase *tcase = tcase_create("series");

    tcase_add_checked_fixture(tcase, begin, teardown);
    suite_add_tcase(suite, tcase);
    tcase_add_loop_test(tcase, adds, 0, COUNT(additions));
    tcase_add_loop_test(tcase, keeps_order, 0, COUNT(mixes));
    tcase_add_loop_test(tcase, selects, 0, COUNT(mixes));
    tcase_add_loop_test(tcase, tells_copies, 0, COUNT(mixes));
    tcase_add_loop_test(tcase, counts_copies, 0, COUNT(mixes));
    tcase_add_loop_test(tcase, compares, 0, COUNT(pairs));
    tcase_add_test(tcase, tells_scales);
    tcase_add_loop_test(tcase, finds_period, 0, COUNT(periods));
    tcase_add_loop_test(tcase, counts_steps, 0, COUNT(steps));
    tcase_add_loop_test(tcase, finds_runs, 0, COUNT(runs));
    tcase_add_loop_test(tcase, keeps_bound, 0, COUNT(mixes));
    tcase_add_test(tcase, keeps_bound_whatever_comes);
    tcase_add_test(tcase, keeps_bound_at_ends_of_slabs);
    tcase_add_test(tcase, has_each_part);
    tcase_add_test(tcase, takes_half_of_narrow_ones);
    return run_suite(suite);
}
