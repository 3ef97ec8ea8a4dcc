/* Exact decimals: reading, order, arithmetic, printing, limits.
   SPDX-License-Identifier: MIT */

#include <math.h>
#include <string.h>

#include "support.h"

#include "core/decimal.h"
#include "core/limits.h"

static struct az_decimal
number(const char *text)
{
    struct az_decimal ret;

    ck_assert_msg(az_decimal_parse(arena, az_str_from(text), &ret),
                  "'%s' is refused", text);
    return ret;
}

static void
assert_prints(struct az_decimal got, const char *want, const char *label)
{
    struct az_str text = az_decimal_print(arena, got);

    ck_assert_msg(az_str_eq_c(text, want), "%s gives %s, not %s", label, text.p,
                  want);
    ck_assert_uint_eq(strlen(text.p), text.len);
}

static const char *
label(const char *a, const char *operation, const char *b)
{
    return az_arena_printf(arena, "%s %s %s", a, operation, b);
}

static const struct parse_case {
    const char *text;
    const char *digits; /* NULL: refused */
    int exponent;
    bool negative;
} parse_cases[] = {
    { "0", "", 0, false },
    { "-0", "", 0, false },
    { "0.000", "", 0, false },
    { "-0e5", "", 0, false },
    { "0e99999999999999999999", "", 0, false },
    { "1", "1", 0, false },
    { "-1", "1", 0, true },
    { "1.0", "1", 0, false },
    { "10e-1", "1", 0, false },
    { "100", "1", 2, false },
    { "1200.00", "12", 2, false },
    { "12.50", "125", -1, false },
    { "0.0025", "25", -4, false },
    { "0.10", "1", -1, false },
    { "105.001", "105001", -3, false },
    { "1.5E3", "15", 2, false },
    { "1.5e+3", "15", 2, false },
    { "1.5e-03", "15", -4, false },
    { "1e0000000000000000000000001", "1", 1, false },
    { "1e9999", "1", 9999, false },
    { "9.9e9999", "99", 9998, false },
    { "1e-9999", "1", -9999, false },
    { "0.1e10000", "1", 9999, false },
    { "100e9997", "1", 9999, false },
    { "1e10000", NULL, 0, false },
    { "10e9999", NULL, 0, false },
    { "1e-10000", NULL, 0, false },
    { "0.1e-9999", NULL, 0, false },
    { "1e99999999999999999999", NULL, 0, false },
    { "1e-99999999999999999999", NULL, 0, false },
    { "", NULL, 0, false },
    { "-", NULL, 0, false },
    { "+1", NULL, 0, false },
    { ".5", NULL, 0, false },
    { "-.5", NULL, 0, false },
    { "1.", NULL, 0, false },
    { "1.e5", NULL, 0, false },
    { "01", NULL, 0, false },
    { "-01", NULL, 0, false },
    { "00", NULL, 0, false },
    { "1e", NULL, 0, false },
    { "1e+", NULL, 0, false },
    { "1e+-1", NULL, 0, false },
    { "1e1.5", NULL, 0, false },
    { "1.2.3", NULL, 0, false },
    { "1 ", NULL, 0, false },
    { " 1", NULL, 0, false },
    { "--1", NULL, 0, false },
    { "1,5", NULL, 0, false },
    { "0x1", NULL, 0, false },
    { "1f", NULL, 0, false },
    { "NaN", NULL, 0, false },
    { "Infinity", NULL, 0, false },
    { "-Infinity", NULL, 0, false },
    { "e5", NULL, 0, false },
};

START_TEST(reads_json_numbers_only)
{
    const struct parse_case *row = &parse_cases[_i];
    struct az_decimal got = { .exponent = 77 };
    bool good = az_decimal_parse(arena, az_str_from(row->text), &got);

    ck_assert_msg(good == (row->digits != NULL), "'%s': %d", row->text, good);
    if (!good) {
        ck_assert_msg(got.exponent == 77, "'%s' sets the result", row->text);
        return;
    }
    ck_assert_msg(az_str_eq_c(got.digits, row->digits), "'%s': '%.*s'",
                  row->text, AZ_STR_ARG(got.digits));
    ck_assert_msg(got.exponent == row->exponent, "'%s': exponent %d", row->text,
                  (int)got.exponent);
    ck_assert_msg(got.negative == row->negative, "'%s': sign", row->text);
}
END_TEST

/* LEAD, then DIGIT as often as makes LEN bytes. */
static struct az_str
repeat(const char *lead, char digit, size_t len)
{
    char *p = az_arena_alloc(arena, len);

    memset(p, digit, len);
    memcpy(p, lead, strlen(lead));
    return (struct az_str){ .p = p, .len = len };
}

START_TEST(limits_digits)
{
    struct az_decimal got;

    ck_assert(!az_decimal_parse(arena, (struct az_str){ NULL, 0 }, &got));
    ck_assert(az_decimal_parse(arena, repeat("", '7', AZ_MAX_DIGITS), &got));
    ck_assert_uint_eq(got.digits.len, AZ_MAX_DIGITS);
    ck_assert(
        !az_decimal_parse(arena, repeat("", '7', AZ_MAX_DIGITS + 1), &got));
    ck_assert(
        az_decimal_parse(arena, repeat("-0.", '7', AZ_MAX_DIGITS + 2), &got));
    ck_assert(
        !az_decimal_parse(arena, repeat("-0.", '7', AZ_MAX_DIGITS + 3), &got));
    ck_assert(
        !az_decimal_parse(arena, repeat("1.", '0', AZ_MAX_DIGITS + 2), &got));
}
END_TEST

static const struct compare_case {
    const char *a;
    const char *b;
    int order;
} compare_cases[] = {
    { "1", "1.0", 0 },
    { "1", "10e-1", 0 },
    { "1.0", "10e-1", 0 },
    { "-0", "0", 0 },
    { "-0.0e5", "0", 0 },
    { "100", "1e2", 0 },
    { "0.1", "1e-1", 0 },
    { "12.5", "1250e-2", 0 },
    { "1e400", "1e399", 1 },
    { "1e-400", "1e-399", -1 },
    { "-1e400", "-1e399", -1 },
    { "1e400", "10e399", 0 },
    { "1", "2", -1 },
    { "-1", "-2", 1 },
    { "-1", "1", -1 },
    { "-1", "0", -1 },
    { "0", "1e-9999", -1 },
    { "0", "-1e-9999", 1 },
    { "9", "10", -1 },
    { "1.5", "1.49", 1 },
    { "15", "1.5", 1 },
    { "1.5", "1.50000000000000000000000000000000001", -1 },
    { "-1.5", "-1.50000000000000000000000000000000001", 1 },
    { "9007199254740993", "9007199254740992", 1 },
    { "18446744073709551616", "18446744073709551615", 1 },
    { "123.456", "12345.6e-2", 0 },
    { "123.456", "12345.7e-2", -1 },
    { "12.3456", "123.456", -1 },
    { "100.001", "100.01", -1 },
    { "0.001", "0.01", -1 },
};

static int
sign_of(int order)
{
    return (order > 0) - (order < 0);
}

START_TEST(orders_by_value)
{
    const struct compare_case *row = &compare_cases[_i];
    struct az_decimal a = number(row->a);
    struct az_decimal b = number(row->b);
    struct az_str text_a = az_str_from(row->a);
    struct az_str text_b = az_str_from(row->b);
    int order = row->order;

    ck_assert_msg(sign_of(az_decimal_compare(a, b)) == order, "%s, %s", row->a,
                  row->b);
    ck_assert_msg(sign_of(az_decimal_compare(b, a)) == -order, "%s, %s back",
                  row->a, row->b);
    ck_assert_msg(sign_of(az_decimal_compare_text(text_a, text_b)) == order,
                  "text %s, %s", row->a, row->b);
    ck_assert_msg(sign_of(az_decimal_compare_text(text_b, text_a)) == -order,
                  "text %s, %s back", row->a, row->b);
}
END_TEST

START_TEST(orders_any_text)
{
    struct az_str huge = AZ_STR("1e99999999999999999999");

    ck_assert_int_gt(az_decimal_compare_text(huge, AZ_STR("1e9999")), 0);
    ck_assert_int_eq(az_decimal_compare_text(huge, huge), 0);
    ck_assert_int_lt(az_decimal_compare_text(AZ_STR("a"), AZ_STR("b")), 0);
    ck_assert_int_eq(az_decimal_compare_text(AZ_STR(""), AZ_STR("")), 0);
}
END_TEST

static const struct multiple_case {
    const char *a;
    const char *b;
    bool is;
} multiple_cases[] = {
    { "0", "3", true },
    { "0", "0.1", true },
    { "9", "3", true },
    { "10", "3", false },
    { "-9", "3", true },
    { "9", "-3", true },
    { "1e9999", "3", false },
    { "3e9999", "3", true },
    { "1e9999", "1024", true },
    { "0.3", "0.1", true },
    { "1.1", "0.1", true },
    { "0.35", "0.1", false },
    { "4.35", "0.01", true },
    { "0.0075", "0.0001", true },
    { "0.00751", "0.0001", false },
    { "1e308", "0.123456789", false },
    { "123456789e300", "0.123456789", true },
    { "1", "1e-9", true },
    { "0.000000001", "1e-9", true },
    { "0.0000000015", "1e-9", false },
    { "1e-10", "1e-9", false },
    { "1", "10", false },
    { "5", "10", false },
    { "50", "10", true },
    { "1", "0.9999999999", false },
    { "9.999999999", "0.9999999999", true },
    { "9.999999998", "0.9999999999", false },
    { "9999999999", "0.9999999999", true },
    { "121932631112635269", "123456789", true },
    { "121932631112635270", "123456789", false },
    { "15241578753238836750495351562536198787501905199875019052100",
      "123456789012345678901234567890", true },
    { "15241578753238836750495351562536198787501905199875019052101",
      "123456789012345678901234567890", false },
    { "1000000000000000000000000000000", "1000000000000000000001", false },
    /* a digit of the quotient is first guessed too large */
    { "38497458369949152669949148845076270000000003",
      "100000002000000001999999997", true },
    { "99999999999999999999999999999999999999", "9999999999999999999", true },
};

START_TEST(finds_multiples)
{
    const struct multiple_case *row = &multiple_cases[_i];

    ck_assert_msg(az_decimal_is_multiple(number(row->a), number(row->b)) ==
                      row->is,
                  "%s of %s", row->a, row->b);
}
END_TEST

START_TEST(finds_multiples_at_the_limits)
{
    struct az_decimal b;
    struct az_decimal a;

    ck_assert(az_decimal_parse(arena, repeat("", '7', AZ_MAX_DIGITS), &b));
    a = az_decimal_multiply(arena, b, number("123456789012345678901234567891"));
    ck_assert(az_decimal_is_multiple(a, b));
    ck_assert(az_decimal_is_multiple(az_decimal_scale(a, 9999), b));
    a = az_decimal_add(arena, a, number("1"));
    ck_assert(!az_decimal_is_multiple(a, b));
    ck_assert(!az_decimal_is_multiple(az_decimal_scale(a, 9999), b));
}
END_TEST

static const struct binary_case {
    const char *a;
    const char *b;
    const char *want;
} add_cases[] = {
    { "0", "0", "0" },
    { "0", "-5", "-5" },
    { "5", "0", "5" },
    { "1", "2", "3" },
    { "0.1", "0.2", "0.3" },
    { "1", "-1", "0" },
    { "-1.5", "1.5", "0" },
    { "999", "1", "1000" },
    { "1000", "-1", "999" },
    { "1", "-1000", "-999" },
    { "-7", "5", "-2" },
    { "1e20", "1", "100000000000000000001" },
    { "1e20", "-1", "99999999999999999999" },
    { "1e-9", "1", "1.000000001" },
    { "1.05", "-0.005", "1.045" },
    { "9007199254740993", "9007199254740993", "18014398509481986" },
}, multiply_cases[] = {
    { "0", "-5", "0" },
    { "3", "4", "12" },
    { "-3", "4", "-12" },
    { "-3", "-4", "12" },
    { "0.1", "0.1", "0.01" },
    { "1.10", "250", "275" },
    { "999999999", "999999999", "999999998000000001" },
    { "99999999999", "99999999999", "9.999999999800000000001e+21" },
    { "99999999999", "0.99999999999", "99999999998.00000000001" },
    { "123456789012345678901234567890", "987654321098765432109876543210",
      "1.219326311370217952261850327336229233322374638011112635269e+59" },
    { "1e300", "1e300", "1e+600" },
    { "5e-300", "2e-300", "1e-599" },
};

START_TEST(adds)
{
    const struct binary_case *row = &add_cases[_i];
    const char *name = label(row->a, "+", row->b);

    assert_prints(az_decimal_add(arena, number(row->a), number(row->b)),
                  row->want, name);
    assert_prints(az_decimal_add(arena, number(row->b), number(row->a)),
                  row->want, name);
}
END_TEST

START_TEST(adds_far_exponents)
{
    struct az_decimal sum =
        az_decimal_add(arena, number("1e9999"), number("-1e-9999"));

    ck_assert_uint_eq(sum.digits.len, 19998);
    ck_assert_int_eq(sum.exponent, -9999);
    ck_assert_int_lt(az_decimal_compare(sum, number("1e9999")), 0);
    sum = az_decimal_add(arena, sum, number("1e-9999"));
    ck_assert_int_eq(az_decimal_compare(sum, number("1e9999")), 0);
    ck_assert_uint_eq(sum.digits.len, 1);
}
END_TEST

START_TEST(multiplies)
{
    const struct binary_case *row = &multiply_cases[_i];
    const char *name = label(row->a, "*", row->b);

    assert_prints(az_decimal_multiply(arena, number(row->a), number(row->b)),
                  row->want, name);
    assert_prints(az_decimal_multiply(arena, number(row->b), number(row->a)),
                  row->want, name);
}
END_TEST

static const struct divide_case {
    const char *a;
    const char *b;
    unsigned places;
    const char *want;
} divide_cases[] = {
    { "0", "7", 3, "0" },
    { "6", "3", 0, "2" },
    { "1", "3", 5, "0.33333" },
    { "2", "3", 5, "0.66667" },
    { "-2", "3", 5, "-0.66667" },
    { "1", "2", 0, "0" },
    { "3", "2", 0, "2" },
    { "5", "2", 0, "2" },
    { "-5", "2", 0, "-2" },
    { "7", "2", 0, "4" },
    { "0.125", "1", 2, "0.12" },
    { "0.375", "1", 2, "0.38" },
    { "0.1250000000000000000001", "1", 2, "0.13" },
    { "999", "1000", 2, "1" },
    { "999999999999999999", "1e18", 17, "1" },
    { "110", "100", 1, "1.1" },
    { "1e-20", "1", 5, "0" },
    { "1e-6", "1", 5, "0" },
    { "5e-6", "1", 5, "0" },
    { "6e-6", "1", 5, "0.00001" },
    { "1", "1e30", 2, "0" },
    { "1e30", "7", 0, "1.42857142857142857142857142857e+29" },
    { "1", "142857142857142857", 36, "7.000000000000000007e-18" },
    { "1219326311370217952261850327336229233322374638011112635269",
      "12345678901234567890123456789", 2,
      "9.8765432109876543210987654321e+28" },
};

START_TEST(divides_half_to_even)
{
    const struct divide_case *row = &divide_cases[_i];

    assert_prints(
        az_decimal_divide(arena, number(row->a), number(row->b), row->places),
        row->want, label(row->a, "/", row->b));
}
END_TEST

static const struct print_case {
    const char *text;
    const char *want;
} print_cases[] = {
    { "-0", "0" },
    { "0.0025", "0.0025" },
    { "665600", "665600" },
    { "-12.50", "-12.5" },
    { "0.000001", "0.000001" },
    { "0.0000001", "0.0000001" },
    { "0.00000001", "1e-8" },
    { "12.5e-9", "1.25e-8" },
    { "1e20", "100000000000000000000" },
    { "1e21", "1e+21" },
    { "123456789012345678901.5", "123456789012345678901.5" },
    { "1234567890123456789012.5", "1.2345678901234567890125e+21" },
    { "-1.5e-300", "-1.5e-300" },
    { "9.75e9999", "9.75e+9999" },
};

START_TEST(prints_json)
{
    const struct print_case *row = &print_cases[_i];
    struct az_decimal value = number(row->text);

    assert_prints(value, row->want, row->text);
    ck_assert_int_eq(az_decimal_compare(value, number(row->want)), 0);
}
END_TEST

static const struct int_case {
    const char *text;
    bool fits;
    int64_t value;
} int_cases[] = {
    { "0", true, 0 },
    { "-0.0", true, 0 },
    { "42", true, 42 },
    { "-4.2e1", true, -42 },
    { "9223372036854775807", true, INT64_MAX },
    { "-9223372036854775808", true, INT64_MIN },
    { "1000000000000000000", true, INT64_C(1000000000000000000) },
    { "9223372036854775808", false, 0 },
    { "-9223372036854775809", false, 0 },
    { "1e19", false, 0 },
    { "1e9999", false, 0 },
    { "0.5", false, 0 },
    { "1e-1", false, 0 },
};

START_TEST(converts_to_int)
{
    const struct int_case *row = &int_cases[_i];
    struct az_decimal value = number(row->text);
    int64_t got = 77;

    ck_assert_msg(az_decimal_to_int(value, &got) == row->fits, "%s", row->text);
    ck_assert_msg(got == (row->fits ? row->value : 77), "%s: %lld", row->text,
                  (long long)got);
    if (row->fits)
        ck_assert_int_eq(
            az_decimal_compare(az_decimal_from_int(arena, row->value), value),
            0);
}
END_TEST

START_TEST(knows_integers_and_signs)
{
    ck_assert(az_decimal_is_integer(number("0.0")));
    ck_assert(az_decimal_is_integer(number("1.50e1")));
    ck_assert(!az_decimal_is_integer(number("1.5")));
    ck_assert(az_decimal_is_short(number("0"), 0));
    ck_assert(az_decimal_is_short(number("12e3"), 3));
    ck_assert(az_decimal_is_short(number("-1.23"), 3));
    ck_assert(!az_decimal_is_short(number("1234"), 3));
    ck_assert(!az_decimal_is_short(number("1e4"), 3));
    ck_assert(!az_decimal_is_short(number("1e-4"), 3));
    ck_assert_int_eq(az_decimal_sign(number("-0")), 0);
    ck_assert_int_eq(az_decimal_sign(number("-3")), -1);
    ck_assert_int_eq(az_decimal_sign(number("1e-9999")), 1);
    assert_prints(az_decimal_negate(number("0")), "0", "-(0)");
    assert_prints(az_decimal_negate(number("-2")), "2", "-(-2)");
    assert_prints(az_decimal_scale(number("2.5"), 3), "2500", "2.5 * 10^3");
    assert_prints(az_decimal_scale(number("0"), 3), "0", "0 * 10^3");
    assert_prints(az_decimal_scale(number("25"), -4), "0.0025", "25 * 10^-4");
}
END_TEST

START_TEST(reads_number_nodes)
{
    struct az_node node = { .type = AZ_NUMBER, .count = 3, .text = "2.5" };
    struct az_decimal got;

    ck_assert(az_decimal_of(arena, &node, &got));
    assert_prints(got, "2.5", "node");
    node.type = AZ_STRING;
    ck_assert(!az_decimal_of(arena, &node, &got));
}
END_TEST

/* Half way between two doubles, and a little more, 820 digits further on. */
START_TEST(reads_whole_nodes)
{
    struct az_node node = { .type = AZ_NUMBER, .count = 3, .text = "2e1" };
    int64_t got = 77;

    ck_assert(az_node_int(arena, &node, &got));
    ck_assert_int_eq(got, 20);
    ck_assert(!az_node_int(arena, NULL, &got));
    node.text = "2.5";
    ck_assert(!az_node_int(arena, &node, &got));
    node = (struct az_node){ .type = AZ_STRING, .count = 1, .text = "2" };
    ck_assert(!az_node_int(arena, &node, &got));
    ck_assert_int_eq(got, 20);
}
END_TEST

START_TEST(rounds_up_on_the_last_digit)
{
    struct az_str text = repeat("9007199254740993.", '0', 850);
    struct az_decimal tie, above;

    ck_assert(az_decimal_parse(arena, text, &tie));
    ck_assert(az_decimal_to_double(tie) == 9007199254740992.0);
    text = az_str_from(az_arena_printf(arena, "%.*s1", AZ_STR_ARG(text)));
    ck_assert(az_decimal_parse(arena, text, &above));
    ck_assert(az_decimal_to_double(above) == 9007199254740994.0);
}
END_TEST

static const struct double_case {
    const char *text;
    double want;
} double_cases[] = {
    { "0", 0.0 },
    { "1", 1.0 },
    { "-2.5", -2.5 },
    { "0.1", 0.1 },
    { "123456.789", 123456.789 },
    { "9007199254740993", 9007199254740992.0 },
    { "9007199254740993.0000000001", 9007199254740994.0 },
    { "9007199254740995", 9007199254740996.0 },
    { "1e22", 1e22 },
    { "1e23", 1e23 },
    { "1.7976931348623157e308", 0x1.fffffffffffffp+1023 },
    { "1.7976931348623158e308", 0x1.fffffffffffffp+1023 },
    { "1.7976931348623159e308", HUGE_VAL },
    { "1e9999", HUGE_VAL },
    { "-1e309", -HUGE_VAL },
    { "2.2250738585072014e-308", 0x1p-1022 },
    { "2.2250738585072011e-308", 0x0.fffffffffffffp-1022 },
    { "4.9406564584124654e-324", 0x1p-1074 },
    { "2.4703282292062327e-324", 0.0 },
    { "2.4703282292062328e-324", 0x1p-1074 },
    { "1e-9999", 0.0 },
};

START_TEST(converts_to_the_nearest_double)
{
    const struct double_case *row = &double_cases[_i];
    double got = az_decimal_to_double(number(row->text));

    ck_assert_msg(memcmp(&got, &row->want, sizeof got) == 0, "%s: %a, not %a",
                  row->text, got, row->want);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("decimal");
    TCase *tests = new_case(suite, "decimal");

    tcase_add_loop_test(tests, reads_json_numbers_only, 0, COUNT(parse_cases));
    tcase_add_test(tests, limits_digits);
    tcase_add_loop_test(tests, orders_by_value, 0, COUNT(compare_cases));
    tcase_add_test(tests, orders_any_text);
    tcase_add_loop_test(tests, finds_multiples, 0, COUNT(multiple_cases));
    tcase_add_test(tests, finds_multiples_at_the_limits);
    tcase_add_loop_test(tests, adds, 0, COUNT(add_cases));
    tcase_add_test(tests, adds_far_exponents);
    tcase_add_loop_test(tests, multiplies, 0, COUNT(multiply_cases));
    tcase_add_loop_test(tests, divides_half_to_even, 0, COUNT(divide_cases));
    tcase_add_loop_test(tests, prints_json, 0, COUNT(print_cases));
    tcase_add_loop_test(tests, converts_to_int, 0, COUNT(int_cases));
    tcase_add_test(tests, knows_integers_and_signs);
    tcase_add_test(tests, reads_number_nodes);
    tcase_add_test(tests, reads_whole_nodes);
    tcase_add_test(tests, rounds_up_on_the_last_digit);
    tcase_add_loop_test(tests, converts_to_the_nearest_double, 0,
                        COUNT(double_cases));
    return run_suite(suite);
}
