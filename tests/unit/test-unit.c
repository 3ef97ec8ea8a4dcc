/* Units: the table, conversion.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "support.h"

#include "measure/unit.h"

static struct az_decimal
decimal_of(const char *text)
{
    struct az_decimal value;

    ck_assert_msg(az_decimal_parse(arena, az_str_from(text), &value),
                  "not a number: %s", text);
    return value;
}

/* WANT NULL: the units are not comparable, or not in finite decimals. */
static const struct {
    const char *label;
    const char *value;
    const char *from;
    const char *to;
    const char *want;
} conversions[] = {
    { "same unit", "1.50", "KiB", "KiB", "1.5" },
    { "KiB to bytes", "650", "KiB", "bytes", "665600" },
    { "KiB to B", "0.5", "KiB", "B", "512" },
    { "bytes to KiB", "665601", "bytes", "KiB", "650.0009765625" },
    { "MiB to KiB", "1", "MiB", "KiB", "1024" },
    { "MiB to bytes", "24", "MiB", "bytes", "25165824" },
    { "GiB to bytes", "1", "GiB", "bytes", "1073741824" },
    { "GiB to MiB", "1", "GiB", "MiB", "1024" },
    { "byte to MiB", "1", "B", "MiB", "0.00000095367431640625" },
    { "byte to GiB", "1", "B", "GiB", "0.000000000931322574615478515625" },
    { "kB is 1000", "1", "kB", "B", "1000" },
    { "KB is 1000", "1", "KB", "B", "1000" },
    { "MB to KiB", "1.024", "MB", "KiB", "1000" },
    { "GB to kB", "1", "GB", "kB", "1000000" },
    { "ms to us", "2.5", "ms", "us", "2500" },
    { "us to ms", "2500", "us", "ms", "2.5" },
    { "micro sign", "1", "\xc2\xb5s", "ns", "1000" },
    { "Greek mu", "1", "\xce\xbcs", "ns", "1000" },
    { "ns to s", "1", "ns", "s", "0.000000001" },
    { "s to ms", "0.001", "s", "ms", "1" },
    { "min to s", "1.5", "min", "s", "90" },
    { "s to min", "90", "s", "min", NULL },
    { "min to min", "90", "min", "min", "90" },
    { "negative percent", "-3", "%", "%", "-3" },
    { "ops to count", "7", "ops", "count", "7" },
    { "bytes to ms", "1", "bytes", "ms", NULL },
    { "count to %", "1", "count", "%", NULL },
    { "kops/s to ops/s", "1.2", "kops/s", "ops/s", "1200" },
    { "ops/s to kops/s", "1", "ops/s", "kops/s", "0.001" },
    { "fps to Hz", "59.94", "fps", "Hz", "59.94" },
    { "MiB/s to KiB/s", "1.5", "MiB/s", "KiB/s", "1536" },
    { "GB/s to MB/s", "0.25", "GB/s", "MB/s", "250" },
    { "bytes/s to GiB/s", "1", "B/s", "GiB/s",
      "0.000000000931322574615478515625" },
    { "ops to ops/s", "1", "ops", "ops/s", NULL },
    { "ops/s to bytes/s", "1", "ops/s", "bytes/s", NULL },
    { "MB to MB/s", "1", "MB", "MB/s", NULL },
    { "0.1 ms is exact", "0.1", "ms", "us", "100" },
};

START_TEST(converts)
{
    const struct az_unit *from =
        az_unit_find(az_str_from(conversions[_i].from));
    const struct az_unit *to = az_unit_find(az_str_from(conversions[_i].to));
    struct az_decimal value;
    bool converted;

    ck_assert_msg(from != NULL && to != NULL, "%s: no unit",
                  conversions[_i].label);
    converted = az_unit_convert(arena, decimal_of(conversions[_i].value), from,
                                to, &value);
    ck_assert_msg(converted == (conversions[_i].want != NULL), "%s: %d",
                  conversions[_i].label, converted);
    if (!converted)
        return;
    ck_assert_msg(
        az_decimal_compare(value, decimal_of(conversions[_i].want)) == 0,
        "%s: %s", conversions[_i].label, az_decimal_print(arena, value).p);
}
END_TEST

/* NEAREST NULL: no guess. */
static const struct {
    const char *name;
    bool known;
    const char *nearest;
} names[] = {
    { "bytes", true, NULL },      { "kB", true, NULL },
    { "KB", true, NULL },         { "kb", false, "kB" },
    { "byte", false, "bytes" },   { "kib", false, "KiB" },
    { "Ms", false, "ms" },        { "mins", false, "min" },
    { "", false, NULL },          { "parsec", false, NULL },
    { "bytes ", false, "bytes" }, { "kbytes", false, "kB" },
    { "KBytes", false, "kB" },    { "mebibyte", false, "MiB" },
    { "msec", false, "ms" },      { "second", false, "s" },
    { "req/s", false, "ops/s" },  { "rps", false, "ops/s" },
    { "op/s", false, "ops/s" },   { "mb/s", false, "MB/s" },
    { "fps", true, NULL },        { "hz", false, "Hz" },
};

START_TEST(finds_names)
{
    struct az_str name = az_str_from(names[_i].name);
    const struct az_unit *nearest = az_unit_nearest(name);

    ck_assert_msg((az_unit_find(name) != NULL) == names[_i].known, "'%s'",
                  names[_i].name);
    if (!names[_i].known)
        ck_assert_pstr_eq(nearest != NULL ? nearest->name : NULL,
                          names[_i].nearest);
}
END_TEST

START_TEST(base_has_factor_one)
{
    const struct az_unit *base = az_unit_base((enum az_dimension)_i);

    ck_assert_int_eq(base->dimension, _i);
    ck_assert_str_eq(base->factor, "1");
}
END_TEST

/* factor x inverse = 1 for every unit that has one */
START_TEST(inverses_invert)
{
    const char *list = az_unit_list(arena);
    size_t seen = 0;

    while (*list != '\0') {
        size_t len = strcspn(list, ", ");
        const struct az_unit *unit = az_unit_find((struct az_str){ list, len });
        struct az_decimal product;

        ck_assert_ptr_nonnull(unit);
        seen++;
        if (list[len] == ' ')
            list = strchr(list, ')') + 1 - len;
        list += len + strspn(list + len, ",; ");
        if (unit->inverse == NULL)
            continue;
        product = az_decimal_multiply(arena, decimal_of(unit->factor),
                                      decimal_of(unit->inverse));
        ck_assert_msg(az_decimal_compare(product, decimal_of("1")) == 0, "%s",
                      unit->name);
    }
    ck_assert_uint_eq(seen, 33);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("unit");
    TCase *tcase = new_case(suite, "unit");

    tcase_add_loop_test(tcase, converts, 0, COUNT(conversions));
    tcase_add_loop_test(tcase, finds_names, 0, COUNT(names));
    tcase_add_loop_test(tcase, base_has_factor_one, 0, AZ_DIMENSION_TOTAL);
    tcase_add_test(tcase, inverses_invert);
    return run_suite(suite);
}
