/* Elementary functions.
   SPDX-License-Identifier: MIT

   The values are those of mpmath with 50 digits. */

#include "stat-support.h"

#include "stat/elementary.h"

static const struct {
    double (*function)(double);
    double x;
    double want;
} values[] = {
    { az_exp, -746, 0 },
    { az_exp, -745.0, 2.8223507304719371e-324 },
    { az_exp, -700.25, 7.6787238131108722e-305 },
    { az_exp, -1.0, 0.36787944117144232 },
    { az_exp, -0.375, 0.6872892787909722 },
    { az_exp, 0, 1 },
    { az_exp, 1e-10, 1.0000000001 },
    { az_exp, 0.34657, 1.4142084849595797 },
    { az_exp, 0.34658, 1.4142226271151399 },
    { az_exp, 1.0, 2.7182818284590452 },
    { az_exp, 50.5, 8.5481342872980577e+21 },
    { az_exp, 709.75, 1.7398368732641606e+308 },
    { az_exp, 710, INFINITY },
    { az_exp, -INFINITY, 0 },
    { az_expm1, -INFINITY, -1 },
    { az_expm1, -40.0, -1.0 },
    { az_expm1, -0.5, -0.39346934028736658 },
    { az_expm1, -0.375, -0.3127107212090278 },
    { az_expm1, -1e-18, -1e-18 },
    { az_expm1, 0, 0 },
    { az_expm1, 1e-10, 1.00000000005e-10 },
    { az_expm1, 0.4, 0.49182469764127035 },
    { az_expm1, 0.40625, 0.50117780000012275 },
    { az_expm1, 3.0, 19.085536923187668 },
    { az_expm1, 700.0, 1.0142320547350045e+304 },
    { az_log, 0, -INFINITY },
    { az_log, -1, NAN },
    { az_log, INFINITY, INFINITY },
    { az_log, 1, 0 },
    { az_log, 5e-324, -744.44007192138126 },
    { az_log, 1e-300, -690.77552789821371 },
    { az_log, 0.5, -0.69314718055994531 },
    { az_log, 0.7071, -0.346583180371942 },
    { az_log, 0.70711, -0.34656903820069412 },
    { az_log, 0.9999999, -1.0000000494736474e-7 },
    { az_log, 1.0000001, 9.9999995058387045e-8 },
    { az_log, 1.4142, 0.34656400018800331 },
    { az_log, 1.41422, 0.34657814235925119 },
    { az_log, 3.0, 1.0986122886681097 },
    { az_log, 1e+300, 690.77552789821371 },
    { az_log1p, -2, NAN },
    { az_log1p, -1, -INFINITY },
    { az_log1p, -0.9999999, -16.118095651484676 },
    { az_log1p, -0.5, -0.69314718055994531 },
    { az_log1p, -1e-09, -1.0000000005e-9 },
    { az_log1p, 0, 0 },
    { az_log1p, 1e-300, 1e-300 },
    { az_log1p, 1e-17, 1e-17 },
    { az_log1p, 0.25, 0.22314355131420976 },
    { az_log1p, 1.0, 0.69314718055994531 },
    { az_log1p, 1e+20, 46.051701859880914 },
    { az_log1p, INFINITY, INFINITY },
    { az_erfc, -INFINITY, 2 },
    { az_erfc, -5.0, 1.9999999999984625 },
    { az_erfc, -0.5, 1.5204998778130465 },
    { az_erfc, 0, 1 },
    { az_erfc, 1e-18, 1.0 },
    { az_erfc, 0.0625, 0.92956802227761292 },
    { az_erfc, 0.5, 0.47950012218695346 },
    { az_erfc, 1.0, 0.15729920705028513 },
    { az_erfc, 3.75, 1.1372725656979665e-7 },
    { az_erfc, 10.0, 2.0884875837625448e-45 },
    { az_erfc, 26.0, 5.6631924088561428e-296 },
    { az_erfc, 29, 0 },
    { az_erfc, INFINITY, 0 },
};

/* Whether GOT is WANT to 14 digits, or as near as numbers below DBL_MIN are. */
static bool
is_near(double got, double want)
{
    return isnan(want) ? isnan(got)
                       : agrees(got, want, 14) || fabs(got - want) < 1e-323;
}

START_TEST(knows_values)
{
    double got = values[_i].function(values[_i].x);

    ck_assert_msg(is_near(got, values[_i].want), "row %d: %.17g", _i, got);
    ck_assert(isnan(values[_i].function(NAN)));
}
END_TEST

static const struct {
    double x;
    double y;
    double want;
} powers[] = {
    { 2, 0.5, 1.414213562373095 },
    { 0.7154316, 2000.5, 1.1575009653452474e-291 },
    { 1.4142, -2000.25, 8.7238155749213238e-302 },
    { 0.99999995, 1e9, 1.9287473807214163e-22 },
    { 1.00000003, -1e9, 9.3576268080819884e-14 },
    { 1e-300, 0.9, 9.9999999999998468e-271 },
    { 3, 600, 1.873927703884794e+286 },
    { 0.5, 1074, 5e-324 },
    { 0.5, 1080, 0 },
    { 2, 1024, INFINITY },
    { 1, 1e9, 1 },
    { 7, 0, 1 },
    { 0, 3, 0 },
    { -1, 3, NAN },
    { NAN, 0, NAN },
    { 1, NAN, NAN },
};

START_TEST(knows_powers)
{
    double got = az_pow(powers[_i].x, powers[_i].y);

    ck_assert_msg(is_near(got, powers[_i].want), "row %d: %.17g", _i, got);
}
END_TEST

/* Everywhere between the values of the table, the functions of the C library
   of this machine say the same, but for a few last digits. */
START_TEST(agrees_with_library)
{
    for (int i = -20000; i <= 20000; i++) {
        double x = i / 777.0, y = exp(x * 26);

        CHECK_CLOSE("exp", az_exp(x * 27), exp(x * 27), 14);
        CHECK_CLOSE("expm1", az_expm1(x / 13), expm1(x / 13), 14);
        CHECK_CLOSE("log", az_log(y), log(y), 14);
        CHECK_CLOSE("log near 1", az_log(1 + x / 60), log(1 + x / 60), 14);
        CHECK_CLOSE("log1p", az_log1p(x / 26), log1p(x / 26), 14);
        CHECK_CLOSE("pow", az_pow(y, 1 / (1 + x * x)), pow(y, 1 / (1 + x * x)),
                    14);
        CHECK_CLOSE("erfc", az_erfc(x), erfc(x), 14);
    }
}
END_TEST

START_TEST(keeps_products)
{
    for (int i = 1; i < 1000; i++) {
        double a = 1.0 / i, b = sqrt(i) * 1e100;
        struct az_product product = az_product(a, b);

        ck_assert(product.high == a * b);
        ck_assert(product.low == fma(a, b, -product.high));
    }
    ck_assert(az_larger(1, 2) == 2 && az_larger(2, 1) == 2);
    ck_assert(az_larger(NAN, 1) == 1 && az_larger(1, NAN) == 1);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("stat-elementary");
    TCase *tcase = new_case(suite, "elementary");

    tcase_add_loop_test(tcase, knows_values, 0, COUNT(values));
    tcase_add_loop_test(tcase, knows_powers, 0, COUNT(powers));
    tcase_add_test(tcase, agrees_with_library);
    tcase_add_test(tcase, keeps_products);
    return run_suite(suite);
}
