/* Exact decimal numbers: arithmetic.
   SPDX-License-Identifier: MIT

   Long division works on limbs of nine decimal digits, the highest first
   (Knuth, The Art of Computer Programming 2, 4.3.1, algorithm D, except that
   the divisor is moved left by digits until its first limb has all nine). */

#include "core/decimal.h"

#include <math.h>
#include <string.h>

#include "core/arena.h"
#include "core/limits.h"

#define LIMB_DIGITS 9
#define PAIR_DIGITS ((size_t)2 * LIMB_DIGITS)
#define LIMB_BASE   UINT64_C(1000000000)

static const struct az_decimal zero;

/* Exponents of numbers that were read stay far away from these bounds. */
static int32_t
clamp_exponent(int64_t exponent)
{
    if (exponent > INT32_MAX)
        return INT32_MAX;
    return exponent < INT32_MIN ? INT32_MIN : (int32_t)exponent;
}

/* The number of COUNT digits at P, which may begin and end with zeros. */
static struct az_decimal
from_digits(const char *p, size_t count, int64_t exponent, bool negative)
{
    while (count > 0 && *p == '0') {
        p++;
        count--;
    }
    while (count > 0 && p[count - 1] == '0') {
        count--;
        exponent++;
    }
    if (count == 0)
        return zero;
    return (struct az_decimal){ .digits = { .p = p, .len = count },
                                .exponent = clamp_exponent(exponent),
                                .negative = negative };
}

struct az_decimal
az_decimal_scale(struct az_decimal a, int32_t power_of_ten)
{
    if (a.digits.len > 0)
        a.exponent = clamp_exponent((int64_t)a.exponent + power_of_ten);
    return a;
}

static struct az_decimal
magnitude(struct az_decimal a)
{
    a.negative = false;
    return a;
}

/* Adds (SIGN 1) or subtracts (SIGN -1) the digits of B where they end before
   SUM[END].  The carry finds room in front. */
static void
accumulate(char *sum, size_t end, struct az_str b, int sign)
{
    int carry = 0;
    int digit;
    size_t i = b.len;

    while (i > 0 || carry != 0) {
        end--;
        digit = sum[end] - '0' + carry;
        if (i > 0)
            digit += sign * (b.p[--i] - '0');
        carry = digit > 9 ? 1 : digit < 0 ? -1 : 0;
        sum[end] = (char)('0' + digit - 10 * carry);
    }
}

struct az_decimal
az_decimal_add(struct az_arena *arena, struct az_decimal a, struct az_decimal b)
{
    struct az_decimal swap = a;
    int64_t high, low;
    size_t len;
    char *sum;

    if (a.digits.len == 0)
        return b;
    if (b.digits.len == 0)
        return a;
    if (az_decimal_compare(magnitude(a), magnitude(b)) < 0) {
        a = b;
        b = swap;
    }
    high = (int64_t)a.exponent + (int64_t)a.digits.len;
    low = a.exponent < b.exponent ? a.exponent : b.exponent;
    len = (size_t)(high - low) + 1;
    sum = az_arena_alloc(arena, len);
    memset(sum, '0', len);
    memcpy(sum + 1, a.digits.p, a.digits.len);
    accumulate(sum, len - (size_t)(b.exponent - low), b.digits,
               a.negative == b.negative ? 1 : -1);
    return from_digits(sum, len, low, a.negative);
}

/* Nine digits of S from FROM; zeros outside S. */
static uint32_t
limb_at(struct az_str s, int64_t from)
{
    int64_t len = (int64_t)s.len;
    int64_t i;
    uint32_t limb = 0;

    for (i = from; i < from + LIMB_DIGITS; i++)
        limb = limb * 10 + (i >= 0 && i < len ? (uint32_t)(s.p[i] - '0') : 0);
    return limb;
}

static void
put_limb(char *p, uint32_t limb)
{
    int i;

    for (i = LIMB_DIGITS; i-- > 0; limb /= 10)
        p[i] = (char)('0' + limb % 10);
}

/* The limbs of S, padded at the left; *RET_COUNT of them. */
static uint32_t *
to_limbs(struct az_arena *arena, struct az_str s, size_t *ret_count)
{
    size_t count = (s.len + LIMB_DIGITS - 1) / LIMB_DIGITS;
    int64_t from = (int64_t)s.len - (int64_t)(count * LIMB_DIGITS);
    uint32_t *limbs = az_arena_array(arena, count, sizeof *limbs);
    size_t i;

    for (i = 0; i < count; i++, from += LIMB_DIGITS)
        limbs[i] = limb_at(s, from);
    *ret_count = count;
    return limbs;
}

static char *
from_limbs(struct az_arena *arena, const uint32_t *limbs, size_t count)
{
    char *digits = az_arena_alloc(arena, count * LIMB_DIGITS);
    size_t i;

    for (i = 0; i < count; i++)
        put_limb(digits + i * LIMB_DIGITS, limbs[i]);
    return digits;
}

/* The product of short numbers, without limbs. */
static struct az_decimal
multiply_short(struct az_arena *arena, uint64_t product, int64_t exponent,
               bool negative)
{
    char *digits = az_arena_alloc(arena, PAIR_DIGITS);

    put_limb(digits, (uint32_t)(product / LIMB_BASE));
    put_limb(digits + LIMB_DIGITS, (uint32_t)(product % LIMB_BASE));
    return from_digits(digits, PAIR_DIGITS, exponent, negative);
}

static uint32_t
small_value(struct az_str digits)
{
    return limb_at(digits, (int64_t)digits.len - LIMB_DIGITS);
}

struct az_decimal
az_decimal_multiply(struct az_arena *arena, struct az_decimal a,
                    struct az_decimal b)
{
    int64_t exponent = (int64_t)a.exponent + b.exponent;
    bool negative = a.negative != b.negative;
    uint32_t *x, *y, *product;
    size_t count_x, count_y, i, j;
    uint64_t carry;

    if (a.digits.len == 0 || b.digits.len == 0)
        return zero;
    if (a.digits.len <= LIMB_DIGITS && b.digits.len <= LIMB_DIGITS)
        return multiply_short(
            arena, (uint64_t)small_value(a.digits) * small_value(b.digits),
            exponent, negative);
    x = to_limbs(arena, a.digits, &count_x);
    y = to_limbs(arena, b.digits, &count_y);
    product = az_arena_array(arena, count_x + count_y, sizeof *product);
    for (i = count_x; i-- > 0;) {
        carry = 0;
        for (j = count_y; j-- > 0; carry /= LIMB_BASE) {
            carry += (uint64_t)x[i] * y[j] + product[i + j + 1];
            product[i + j + 1] = (uint32_t)(carry % LIMB_BASE);
        }
        product[i] = (uint32_t)carry;
    }
    return from_digits(from_limbs(arena, product, count_x + count_y),
                       (count_x + count_y) * LIMB_DIGITS, exponent, negative);
}

/* A long division under way. */
struct division {
    uint32_t *divisor; /* LIMBS of them, at least two; the first is full */
    uint32_t *rest;    /* LIMBS + 1; below the divisor between two steps */
    size_t limbs;
    int64_t pad; /* digits by which the divisor was moved left */
};

/* The limbs that a divisor of LEN digits needs. */
static size_t
divisor_limbs(size_t len)
{
    return len <= LIMB_DIGITS ? 2 : (len + LIMB_DIGITS - 1) / LIMB_DIGITS;
}

/* Sets up for DIGITS followed by ZEROS zeros; the arrays are in place. */
static void
division_begin(struct division *division, struct az_str digits, size_t zeros)
{
    size_t i;

    division->limbs = divisor_limbs(digits.len + zeros);
    division->pad =
        (int64_t)(division->limbs * LIMB_DIGITS - digits.len - zeros);
    for (i = 0; i < division->limbs; i++)
        division->divisor[i] = limb_at(digits, (int64_t)(i * LIMB_DIGITS));
    memset(division->rest, 0, (division->limbs + 1) * sizeof(uint32_t));
}

/* The rest minus DIGIT times the divisor; true if that is below zero, and
   then it lacks one base power in front. */
static bool
subtract_multiple(struct division *division, uint64_t digit)
{
    uint32_t *rest = division->rest;
    uint64_t borrow = 0;
    uint64_t take;
    size_t i;

    for (i = division->limbs; i-- > 0;) {
        take = digit * division->divisor[i] + borrow;
        borrow = take / LIMB_BASE;
        take %= LIMB_BASE;
        if (rest[i + 1] < take) {
            rest[i + 1] += (uint32_t)LIMB_BASE;
            borrow++;
        }
        rest[i + 1] -= (uint32_t)take;
    }
    if (rest[0] < borrow)
        return true;
    rest[0] -= (uint32_t)borrow;
    return false;
}

/* Undoes one subtraction too many. */
static void
add_back(struct division *division)
{
    uint32_t *rest = division->rest;
    uint32_t carry = 0;
    size_t i;

    for (i = division->limbs; i-- > 0;) {
        rest[i + 1] += division->divisor[i] + carry;
        carry = rest[i + 1] >= LIMB_BASE;
        if (carry)
            rest[i + 1] -= (uint32_t)LIMB_BASE;
    }
    rest[0] = 0;
}

/* Takes the next LIMB of the dividend; returns that of the quotient. */
static uint32_t
division_step(struct division *division, uint32_t limb)
{
    const uint32_t *divisor = division->divisor;
    uint32_t *rest = division->rest;
    uint64_t front, guess, left;

    memmove(rest, rest + 1, division->limbs * sizeof *rest);
    rest[division->limbs] = limb;
    front = rest[0] * LIMB_BASE + rest[1];
    guess = front / divisor[0];
    left = front % divisor[0];
    while (left < LIMB_BASE &&
           (guess >= LIMB_BASE ||
            guess * divisor[1] > left * LIMB_BASE + rest[2])) {
        guess--;
        left += divisor[0];
    }
    if (guess > 0 && subtract_multiple(division, guess)) {
        add_back(division);
        guess--;
    }
    return (uint32_t)guess;
}

/* Whether DIGITS and ZEROS zeros behind them are a multiple of DIVISOR. */
static bool
is_small_multiple(struct az_str digits, int64_t zeros, uint32_t divisor)
{
    static const uint32_t powers[] = { 1,         10,        100,     1000,
                                       10000,     100000,    1000000, 10000000,
                                       100000000, 1000000000 };
    uint64_t rest = 0;
    size_t i = 0;
    size_t step;
    int64_t zero_step;

    for (; i < digits.len; i += step) {
        step = digits.len - i < LIMB_DIGITS ? digits.len - i : LIMB_DIGITS;
        rest = rest * powers[step] +
               small_value((struct az_str){ .p = digits.p + i, .len = step });
        rest %= divisor;
    }
    for (; zeros > 0 && rest > 0; zeros -= zero_step) {
        zero_step = zeros < LIMB_DIGITS ? zeros : LIMB_DIGITS;
        rest = rest * powers[zero_step] % divisor;
    }
    return rest == 0;
}

static bool
rest_is_zero(const struct division *division)
{
    size_t i;

    for (i = 0; i <= division->limbs; i++) {
        if (division->rest[i] != 0)
            return false;
    }
    return true;
}

bool
az_decimal_is_multiple(struct az_decimal a, struct az_decimal b)
{
    uint32_t divisor[AZ_MAX_DIGITS / LIMB_DIGITS + 2];
    uint32_t rest[AZ_MAX_DIGITS / LIMB_DIGITS + 3];
    struct division division = { .divisor = divisor, .rest = rest };
    int64_t zeros = (int64_t)a.exponent - b.exponent;
    int64_t len, from;

    if (a.digits.len == 0)
        return true;
    /* A's last digit is not zero, so 10 does not divide its digits. */
    if (zeros < 0 || b.digits.len == 0 || b.digits.len > AZ_MAX_DIGITS)
        return false;
    if (b.digits.len <= LIMB_DIGITS)
        return is_small_multiple(a.digits, zeros, small_value(b.digits));
    division_begin(&division, b.digits, 0);
    len = (int64_t)a.digits.len + zeros + division.pad;
    for (from = len % LIMB_DIGITS - LIMB_DIGITS; from < len;
         from += LIMB_DIGITS)
        division_step(&division, limb_at(a.digits, from));
    return rest_is_zero(&division);
}

/* The rest, doubled, against the divisor: below, at or above zero. */
static int
compare_half(const struct division *division)
{
    const uint32_t *rest = division->rest + 1;
    uint64_t doubled;
    uint64_t carry;
    size_t i;

    for (i = 0; i < division->limbs; i++) {
        carry =
            i + 1 < division->limbs && 2 * (uint64_t)rest[i + 1] >= LIMB_BASE;
        doubled = 2 * (uint64_t)rest[i] % LIMB_BASE + carry;
        if (i == 0)
            doubled = 2 * (uint64_t)rest[i] + carry;
        if (doubled != division->divisor[i])
            return doubled < division->divisor[i] ? -1 : 1;
    }
    return 0;
}

struct az_decimal
az_decimal_divide(struct az_arena *arena, struct az_decimal a,
                  struct az_decimal b, unsigned places)
{
    int64_t shift, len, from;
    struct division division;
    size_t limbs, count;
    char *quotient;
    int half;

    if (places > AZ_MAX_EXPONENT)
        places = AZ_MAX_EXPONENT;
    if (a.digits.len == 0 || b.digits.len == 0)
        return zero;
    shift = (int64_t)a.exponent - b.exponent + places;
    limbs = divisor_limbs(b.digits.len + (size_t)(shift < 0 ? -shift : 0));
    division.divisor = az_arena_array(arena, limbs, sizeof(uint32_t));
    division.rest = az_arena_array(arena, limbs + 1, sizeof(uint32_t));
    division_begin(&division, b.digits, (size_t)(shift < 0 ? -shift : 0));
    len = (int64_t)a.digits.len + (shift < 0 ? 0 : shift) + division.pad;
    from = len % LIMB_DIGITS - LIMB_DIGITS;
    count = (size_t)(len - from);
    quotient = az_arena_alloc(arena, count);
    for (count = 0; from < len; from += LIMB_DIGITS, count += LIMB_DIGITS)
        put_limb(quotient + count,
                 division_step(&division, limb_at(a.digits, from)));
    half = compare_half(&division);
    /* The first limb is the quotient of less than a limb, so a carry has
       room. */
    if (half > 0 || (half == 0 && quotient[count - 1] % 2 != 0))
        accumulate(quotient, count, AZ_STR("1"), 1);
    return from_digits(quotient, count, -(int64_t)places,
                       a.negative != b.negative);
}

/* The digits that can decide how a double is rounded (767), and some. */
#define DOUBLE_DIGITS 800
/* the most places by which one shift moves */
#define DOUBLE_SHIFT 60

/* 0.DIGITS x 10^POINT: a number on its way to a double, multiplied and divided
   by powers of two until its mantissa stands before the point. */
struct scaled {
    size_t count;
    int point;
    bool more; /* digits that are not zero were cut off */
    unsigned char digits[DOUBLE_DIGITS + 20];
};

static void
scaled_trim(struct scaled *scaled)
{
    while (scaled->count > DOUBLE_DIGITS) {
        if (scaled->digits[--scaled->count] != 0)
            scaled->more = true;
    }
    while (scaled->count > 0 && scaled->digits[scaled->count - 1] == 0)
        scaled->count--;
}

/* Multiplies by 2^SHIFT. */
static void
scaled_double(struct scaled *scaled, unsigned shift)
{
    unsigned char front[20];
    size_t extra = 0;
    uint64_t carry = 0;
    size_t i;

    for (i = scaled->count; i-- > 0; carry /= 10) {
        carry += (uint64_t)scaled->digits[i] << shift;
        scaled->digits[i] = (unsigned char)(carry % 10);
    }
    for (; carry > 0; carry /= 10)
        front[extra++] = (unsigned char)(carry % 10);
    memmove(scaled->digits + extra, scaled->digits, scaled->count);
    for (i = 0; i < extra; i++)
        scaled->digits[i] = front[extra - 1 - i];
    scaled->count += extra;
    scaled->point += (int)extra;
    scaled_trim(scaled);
}

/* Divides by 2^SHIFT. */
static void
scaled_halve(struct scaled *scaled, unsigned shift)
{
    uint64_t value = 0;
    size_t from = 0;
    size_t to = 0;

    while (value >> shift == 0) {
        value = value * 10 + (from < scaled->count ? scaled->digits[from] : 0u);
        from++;
    }
    scaled->point -= (int)from - 1;
    while (from < scaled->count || value > 0) {
        unsigned char digit = (unsigned char)(value >> shift);

        value &= (UINT64_C(1) << shift) - 1;
        if (to < DOUBLE_DIGITS)
            scaled->digits[to++] = digit;
        else if (digit > 0)
            scaled->more = true;
        value = value * 10 + (from < scaled->count ? scaled->digits[from] : 0u);
        from++;
    }
    scaled->count = to;
    scaled_trim(scaled);
}

/* The value as a whole number, half to even. */
static uint64_t
scaled_round(const struct scaled *scaled)
{
    size_t point = scaled->point < 0 ? 0 : (size_t)scaled->point;
    uint64_t value = 0;
    bool up, half;
    size_t i;

    for (i = 0; i < point; i++)
        value = value * 10 + (i < scaled->count ? scaled->digits[i] : 0u);
    if (scaled->point < 0 || point >= scaled->count)
        return value;
    half = scaled->digits[point] == 5 && point + 1 == scaled->count &&
           !scaled->more;
    up = half ? value % 2 != 0 : scaled->digits[point] >= 5;
    return value + (up ? 1 : 0);
}

/* Brings SCALED into [1/2, 1); returns the power of two taken out. */
static int
scaled_normalise(struct scaled *scaled)
{
    int power = 0;
    unsigned shift;

    while (scaled->point > 0) {
        shift = scaled->point > 18 ? DOUBLE_SHIFT : 3 * (unsigned)scaled->point;
        scaled_halve(scaled, shift);
        power += (int)shift;
    }
    while (scaled->point < 0 || scaled->digits[0] < 5) {
        if (scaled->point == 0)
            shift = 1;
        else if (scaled->point < -18)
            shift = DOUBLE_SHIFT;
        else
            shift = 3 * (unsigned)-scaled->point;
        scaled_double(scaled, shift);
        power -= (int)shift;
    }
    return power;
}

double
az_decimal_to_double(struct az_decimal a)
{
    /* the least exponent of a normal double, whose mantissa is in [1/2, 1) */
    const int least = -1021;
    const int mantissa_bits = 53;
    int64_t high = (int64_t)a.exponent + (int64_t)a.digits.len;
    struct scaled scaled = { .point = 0 };
    double result;
    size_t i;
    int power;

    if (a.digits.len == 0 || high < -330)
        return a.negative ? -0.0 : 0.0;
    if (high > 310)
        return a.negative ? -HUGE_VAL : HUGE_VAL;
    for (i = 0; i < a.digits.len && i < DOUBLE_DIGITS; i++)
        scaled.digits[i] = (unsigned char)(a.digits.p[i] - '0');
    scaled.count = i;
    scaled.more = a.digits.len > i;
    scaled.point = (int)high;
    power = scaled_normalise(&scaled);
    for (; power < least; power++)
        scaled_halve(&scaled, 1);
    scaled_double(&scaled, (unsigned)mantissa_bits);
    /* No step rounds: the result has all the bits.  ldexp would do the same,
       and be all that the program needs of libm. */
    result = (double)scaled_round(&scaled);
    for (power -= mantissa_bits; power > 0; power--)
        result *= 2;
    for (; power < 0; power++)
        result /= 2;
    return a.negative ? -result : result;
}
