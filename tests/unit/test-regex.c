/* Patterns of ECMA-262 and RFC 9485: what they match, what is refused and
   where, and that no pattern runs for long.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "support.h"

#include "core/limits.h"
#include "regex/automaton.h"
#include "regex/regex.h"
#include "regex/translate.h"

/* Subjects that hold a NUL are given with their length. */
#define TEXT(literal) literal, sizeof(literal) - 1

static struct az_regex *
compiled(const char *pattern, enum az_regex_dialect dialect, bool whole)
{
    struct az_regex_error error = { .message = NULL };
    struct az_regex *regex =
        az_regex_new(arena, az_str_from(pattern), dialect, whole, &error);

    ck_assert_msg(regex != NULL, "'%s' is refused at %zu: %s", pattern,
                  error.offset, error.message);
    return regex;
}

static void
assert_match(struct az_regex *regex, struct az_str subject, bool want)
{
    enum az_regex_result got = az_regex_match(regex, subject);

    ck_assert_msg(got == (want ? AZ_REGEX_MATCH : AZ_REGEX_NO_MATCH),
                  "'%s' on '%.*s': %d", az_regex_pattern(regex).p,
                  AZ_STR_ARG(subject), (int)got);
    ck_assert_int_eq(az_regex_match(regex, subject), got);
}

struct match_case {
    const char *pattern;
    const char *subject;
    size_t len;
    bool matches;
};

static const struct match_case ecma_matches[] = {
    { "", TEXT(""), true },
    { "b", TEXT("abc"), true },
    { "^b", TEXT("abc"), false },
    { "^a$", TEXT("a"), true },
    { "^a$", TEXT("a\n"), false },
    { "^$", TEXT("\n"), false },
    { "a|^b", TEXT("cb"), false },
    { "a||c", TEXT("x"), true },
    /* the dot */
    { "^.$", TEXT("a"), true },
    { "^.$", TEXT("\n"), false },
    { "^.$", TEXT("\r"), false },
    { "^.$", TEXT("\xe2\x80\xa8"), false },
    { "^.$", TEXT("\xe2\x80\xa9"), false },
    { "^.$", TEXT("\xc2\x85"), true },
    { "^.$", TEXT("\v"), true },
    { "^.$", TEXT("\xf0\x9f\x98\x80"), true },
    { "^.$", TEXT("\0"), true },
    { "^[.]$", TEXT("a"), false },
    { ".*b", TEXT("a\nb"), true },
    { ".*?b", TEXT("a"), false },
    { "^.*b", TEXT("a\nb"), false },
    { "x|.*", TEXT(""), true },
    { "(.*)b\\1$", TEXT("aba"), true },
    /* white space */
    { "^\\s$", TEXT("\xc2\xa0"), true },
    { "^\\s$", TEXT("\xef\xbb\xbf"), true },
    { "^\\s$", TEXT("\xe2\x80\xa8"), true },
    { "^\\s$", TEXT("\xe3\x80\x80"), true },
    { "^\\s$", TEXT("\v"), true },
    { "^\\s$", TEXT("\xe1\xa0\x8e"), false },
    { "^\\s$", TEXT("\xc2\x85"), false },
    { "^\\S$", TEXT("\xc2\xa0"), false },
    { "^\\S$", TEXT("\xc2\x85"), true },
    { "^[\\s]$", TEXT("\xef\xbb\xbf"), true },
    { "^[^\\s]$", TEXT("\xef\xbb\xbf"), false },
    { "^[\\S]$", TEXT("\xef\xbb\xbf"), false },
    { "^[^\\S]$", TEXT("\xef\xbb\xbf"), true },
    { "^[\\S\\n]$", TEXT("\n"), true },
    { "^[\\s\\S]$", TEXT("\xf0\x9f\x98\x80"), true },
    /* digits, words, boundaries are ASCII */
    { "^\\d$", TEXT("5"), true },
    { "^\\d$", TEXT("\xd9\xa0"), false },
    { "^\\D$", TEXT("\xd9\xa0"), true },
    { "^\\w$", TEXT("_"), true },
    { "^\\w$", TEXT("\xc3\xa9"), false },
    { "^\\W$", TEXT("\xc3\xa9"), true },
    { "^[\\W]$", TEXT("\xc3\xa9"), true },
    { "^[^\\W]$", TEXT("\xc3\xa9"), false },
    { "^[\\d-]+$", TEXT("1-2"), true },
    { "^[-\\d]+$", TEXT("1-2"), true },
    { "\\b", TEXT("\xc3\xa9"), false },
    { "a\\b", TEXT("a\xc3\xa9"), true },
    { "a\\B", TEXT("ab"), true },
    /* PCRE2 10.42 gets these negated classes wrong when asked */
    { "^[^\\p{L}\\D]$", TEXT("\xef\xbb\xbf"), false },
    { "^[^\\p{sc=Latn}\\W]$", TEXT("\xf0\x9f\x98\x80"), false },
    { "(?=b)x??b", TEXT("b"), true },
    { "(?:-|(?=x)a){0}b", TEXT("ab"), true },
    { "^\\p{Assigned}*\\P{Nd}", TEXT("a"), true },
    /* escapes */
    { "^\\v$", TEXT("\v"), true },
    { "^\\v$", TEXT("\n"), false },
    { "^\\f\\n\\r\\t$", TEXT("\f\n\r\t"), true },
    { "^\\cJ\\cj$", TEXT("\n\n"), true },
    { "^\\0$", TEXT("\0"), true },
    { "^\\x41\\u0042\\u{43}\\u{000044}$", TEXT("ABCD"), true },
    { "^\\u00e9$", TEXT("\xc3\xa9"), true },
    { "^\\uD83D\\uDE00$", TEXT("\xf0\x9f\x98\x80"), true },
    { "^\\u{1F600}$", TEXT("\xf0\x9f\x98\x80"), true },
    { "^[\\uD83D\\uDE00]$", TEXT("\xf0\x9f\x98\x80"), true },
    { "^[\\uD83D\\uDE00-\\uD83D\\uDE05]$", TEXT("\xf0\x9f\x98\x82"), true },
    { "^[\xf0\x9f\x98\x80-\xf0\x9f\x98\x85]$", TEXT("\xf0\x9f\x98\x82"), true },
    { "^(?:\\uD83D|a)\\uDE00?$", TEXT("\xf0\x9f\x98\x80"), false },
    { "^(?:\\uD83D|a)\\uDE00?$", TEXT("a"), true },
    { "^\\u{D83D}\\u{DE00}$", TEXT("\xf0\x9f\x98\x80"), false },
    { "^[\\uD800-\\uDFFF]", TEXT("a"), false },
    { "^[^\\uD800-\\uDFFF]$", TEXT("a"), true },
    { "^[\\uD7FF-\\uE000]$", TEXT("\xee\x80\x80"), true },
    { "^[\\uDC00-\\uE000]$", TEXT("\xee\x80\x80"), true },
    { "^[a-\\uD800]$", TEXT("\xed\x9f\xbf"), true },
    { "^[\\b]$", TEXT("\b"), true },
    { "^\\^\\$\\\\\\.\\*\\+\\?\\(\\)\\[\\]\\{\\}\\|\\/$",
      TEXT("^$\\.*+?()[]{}|/"), true },
    { "^[\\-a]$", TEXT("-"), true },
    /* as without the "u" flag */
    { "^\\~\\&\\-\\_\\\"\\'\\#$", TEXT("~&-_\"'#"), true },
    { "^a]$", TEXT("a]"), true },
    { "^{}$", TEXT("{}"), true },
    { "^a{$", TEXT("a{"), true },
    { "^a{,3}$", TEXT("a{,3}"), true },
    { "^a{,3}$", TEXT("aa"), false },
    { "^a{1,$", TEXT("a{1,"), true },
    { "^x{n}$", TEXT("x{n}"), true },
    /* classes */
    { "[]", TEXT("a"), false },
    { "^[]*$", TEXT(""), true },
    { "^[]*$", TEXT("a"), false },
    { "^[^]$", TEXT("\n"), true },
    { "^[^]$", TEXT(""), false },
    { "^[[:alpha:]]$", TEXT("a]"), true },
    { "^[[:alpha:]]$", TEXT("[]"), true },
    { "^[[:alpha:]]$", TEXT("b"), false },
    { "^[[=a=]]$", TEXT("=]"), true },
    { "^[a^]$", TEXT("^"), true },
    { "^[$(|)*+?.]+$", TEXT("$(|)*+?."), true },
    { "^[]-a]$", TEXT("-a]"), false },
    { "^[a-]$", TEXT("-"), true },
    { "^[a&&b]+$", TEXT("a&"), true },
    { "^[\\d\\-x]+$", TEXT("1-x"), true },
    { "^[%--]$", TEXT("+"), true },
    /* repeats */
    { "^a{2}$", TEXT("aa"), true },
    { "^a{2}$", TEXT("aaa"), false },
    { "^a{2,}$", TEXT("aaa"), true },
    { "^a{0,1}$", TEXT("aa"), false },
    { "^a{02,003}$", TEXT("aa"), true },
    { "^a{0}$", TEXT(""), true },
    { "^a+?b*?c??$", TEXT("aab"), true },
    { "^(?:ab){2}$", TEXT("abab"), true },
    { "^(a|ab)(c|bcd)$", TEXT("abcd"), true },
    { "^a{65535}$", TEXT("a"), false },
    { "^a{0,65535}$", TEXT("aa"), true },
    /* groups */
    { "^(?<y>\\d{4})-(?<m>\\d\\d)$", TEXT("2026-11"), true },
    { "^(?<q>['\"])x\\k<q>$", TEXT("'x'"), true },
    { "^(?<q>['\"])x\\k<q>$", TEXT("'x\""), false },
    { "^\\k<b>(?<b>a)$", TEXT("a"), true },
    { "^(?<$_1>a)\\k<$_1>$", TEXT("aa"), true },
    { "^(?<a_name_of_more_than_32_letters_as_pcre2_has>a)$", TEXT("a"), true },
    { "^(a)?\\1b$", TEXT("b"), true },
    { "^(?:(a)|b)\\1c$", TEXT("bc"), true },
    { "^(a)\\1$", TEXT("aa"), true },
    { "^\\1(a)$", TEXT("a"), true },
    { "^(a\\1)$", TEXT("a"), true },
    { "^(?:(a|b)\\1)+$", TEXT("aabb"), true },
    { "^(?:(a|b)\\1)+$", TEXT("aaba"), false },
    { "^(?!(a))\\1b$", TEXT("b"), true },
    { "^(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\\10$", TEXT("abcdefghijj"), true },
    { "^(a)\\1\\x30$", TEXT("aa0"), true },
    /* assertions */
    { "^(?=ab)a", TEXT("ab"), true },
    { "^(?!ab)a", TEXT("ab"), false },
    { "(?<=a)b", TEXT("ab"), true },
    { "(?<!a)b", TEXT("ab"), false },
    { "(?<=a|bc)d", TEXT("bcd"), true },
    { "(?<=\\uD83D\\uDE00)b",
      TEXT("\xf0\x9f\x98\x80"
           "b"),
      true },
    /* properties */
    { "^\\p{Letter}$", TEXT("\xce\xb1"), true },
    { "^\\p{L}\\P{L}$", TEXT("a1"), true },
    { "^\\p{Lu}$", TEXT("a"), false },
    { "^\\p{gc=Lu}$", TEXT("A"), true },
    { "^\\p{General_Category=Uppercase_Letter}$", TEXT("A"), true },
    { "^\\p{LC}$", TEXT("A"), true },
    { "^\\p{digit}\\p{punct}\\p{cntrl}$", TEXT("5.\x01"), true },
    { "^\\p{Script=Greek}$", TEXT("\xce\xb1"), true },
    { "^\\p{sc=Grek}$", TEXT("a"), false },
    { "^\\p{scx=Deva}$", TEXT("\xe0\xa5\xa4"), true },
    { "^\\p{sc=Deva}$", TEXT("\xe0\xa5\xa4"), false },
    { "^\\p{Script_Extensions=Devanagari}$", TEXT("\xe0\xa5\xa4"), true },
    { "^\\p{sc=Qaac}$", TEXT("a"), false },
    { "^\\p{Alphabetic}\\p{Alpha}$", TEXT("ab"), true },
    { "^\\p{ASCII}$", TEXT("\xc3\xa9"), false },
    { "^\\p{Any}$", TEXT("\n"), true },
    { "^\\P{Any}$", TEXT("a"), false },
    { "^\\p{Assigned}$", TEXT("\xcd\xb8"), false },
    { "^\\P{Assigned}$", TEXT("\xcd\xb8"), true },
    { "^\\p{Emoji}$", TEXT("\xf0\x9f\x98\x80"), true },
    { "^[\\p{L}\\d]+$", TEXT("a1\xce\xb1"), true },
    { "^[^\\p{L}]$", TEXT("a"), false },
    { "^[\\P{L}]$", TEXT("a"), false },
    { "^\\p{White_Space}$", TEXT("\xc2\x85"), true },
};

START_TEST(matches_as_ecma)
{
    const struct match_case *row = &ecma_matches[_i];

    assert_match(compiled(row->pattern, AZ_REGEX_ECMA, false),
                 (struct az_str){ .p = row->subject, .len = row->len },
                 row->matches);
}
END_TEST

static const struct match_case ecma_whole[] = {
    { "a", TEXT("a"), true },      { "a", TEXT("ab"), false },
    { "a", TEXT("ba"), false },    { "a", TEXT("a\n"), false },
    { "a|b", TEXT("bc"), false },  { "a|ab", TEXT("ab"), true },
    { ".*", TEXT("a\n"), false },  { ".*b", TEXT("ab"), true },
    { ".*b", TEXT("\nb"), false }, { "^a$", TEXT("a"), true },
};

START_TEST(matches_the_whole)
{
    const struct match_case *row = &ecma_whole[_i];

    assert_match(compiled(row->pattern, AZ_REGEX_ECMA, true),
                 (struct az_str){ .p = row->subject, .len = row->len },
                 row->matches);
}
END_TEST

static const struct match_case iregexp_matches[] = {
    { "", TEXT(""), true },
    { "", TEXT("a"), false },
    { "a|b", TEXT("b"), true },
    { "a|b", TEXT("bc"), false },
    { "a|", TEXT(""), true },
    { "(a)(b|c)+", TEXT("abc"), true },
    { "()", TEXT(""), true },
    { ".", TEXT("\n"), false },
    { ".", TEXT("\r"), false },
    { ".", TEXT("\xe2\x80\xa8"), true },
    { ".", TEXT("\xf0\x9f\x98\x80"), true },
    { "^$", TEXT("^$"), true },
    { "^$", TEXT(""), false },
    { "a{2}", TEXT("aa"), true },
    { "a{2,}b{0,1}", TEXT("aaab"), true },
    { "\\p{L}\\P{L}", TEXT("a1"), true },
    { "\\p{Lu}", TEXT("a"), false },
    { "[\\p{Nd}\\P{Zs}]", TEXT(" "), false },
    { "[a-c]+", TEXT("abc"), true },
    { "[^a-c]", TEXT("a"), false },
    { "[-a]", TEXT("-"), true },
    { "[a-]", TEXT("-"), true },
    { "[--]", TEXT("-"), true },
    { "[^-a]", TEXT("-"), false },
    { "[a^]", TEXT("^"), true },
    { "[a\\-c]", TEXT("b"), false },
    { "[\\[-\\]]", TEXT("\\"), true },
    { "[.*+?|(){}$]+", TEXT(".*+?|(){}$"), true },
    { "\\(\\)\\*\\+\\-\\.\\?\\[\\\\\\]\\^\\{\\|\\}", TEXT("()*+-.?[\\]^{|}"),
      true },
    { "\\n\\r\\t", TEXT("\n\r\t"), true },
};

START_TEST(matches_as_iregexp)
{
    const struct match_case *row = &iregexp_matches[_i];

    assert_match(compiled(row->pattern, AZ_REGEX_IREGEXP, true),
                 (struct az_str){ .p = row->subject, .len = row->len },
                 row->matches);
}
END_TEST

START_TEST(searches_as_iregexp)
{
    struct az_regex *regex = compiled("a|b", AZ_REGEX_IREGEXP, false);

    assert_match(regex, AZ_STR("xbx"), true);
    assert_match(regex, AZ_STR("xx"), false);
}
END_TEST

struct error_case {
    const char *pattern;
    size_t offset;
    bool unsupported;
    const char *message;
};

static const struct error_case ecma_errors[] = {
    /* not ECMA, though PCRE2 would take most of them */
    { "(?i)a", 0, false, "'(?' begins no group of ECMA-262" },
    { "a(?>b)", 1, false, "'(?' begins no group of ECMA-262" },
    { "(?P<n>a)", 0, false, "'(?' begins no group of ECMA-262" },
    { "(?#c)", 0, false, "'(?' begins no group of ECMA-262" },
    { "(?|a)", 0, false, "'(?' begins no group of ECMA-262" },
    { "(?R)", 0, false, "'(?' begins no group of ECMA-262" },
    { "(?1)", 0, false, "'(?' begins no group of ECMA-262" },
    { "(?C1)", 0, false, "'(?' begins no group of ECMA-262" },
    { "(?", 0, false, "'(?' begins no group of ECMA-262" },
    { "(*UCP)a", 1, false, "nothing to repeat" },
    { "a(*FAIL)", 2, false, "nothing to repeat" },
    { "a++", 2, false, "nothing to repeat" },
    { "a**", 2, false, "nothing to repeat" },
    { "a{2}{3}", 4, false, "nothing to repeat" },
    { "+", 0, false, "nothing to repeat" },
    { "a|?", 2, false, "nothing to repeat" },
    { "{1}", 0, false, "nothing to repeat" },
    { "\xc3\xa9(*", 3, false, "nothing to repeat" },
    { "^*", 1, false, "an assertion cannot be repeated" },
    { "a$+", 2, false, "an assertion cannot be repeated" },
    { "\\b{2}", 2, false, "an assertion cannot be repeated" },
    { "(?=a)*", 5, false, "an assertion cannot be repeated" },
    { "(?<=a)?", 6, false, "an assertion cannot be repeated" },
    { "a{2,1}", 1, false, "the counts in the braces are out of order" },
    { "a{99999999999999999999,1}", 1, false,
      "the counts in the braces are out of order" },
    { "a\\", 1, false, "a '\\' at the end" },
    { "\\a", 0, false, "the escape is not one of ECMA-262" },
    { "\\e", 0, false, "the escape is not one of ECMA-262" },
    { "a\\A", 1, false, "the escape is not one of ECMA-262" },
    { "a\\Z", 1, false, "the escape is not one of ECMA-262" },
    { "\\z", 0, false, "the escape is not one of ECMA-262" },
    { "\\h", 0, false, "the escape is not one of ECMA-262" },
    { "\\R", 0, false, "the escape is not one of ECMA-262" },
    { "\\G", 0, false, "the escape is not one of ECMA-262" },
    { "\\K", 0, false, "the escape is not one of ECMA-262" },
    { "\\C", 0, false, "the escape is not one of ECMA-262" },
    { "\\X", 0, false, "the escape is not one of ECMA-262" },
    { "\\N", 0, false, "the escape is not one of ECMA-262" },
    { "\\Qa\\E", 0, false, "the escape is not one of ECMA-262" },
    { "\\ ", 0, false, "the escape is not one of ECMA-262" },
    { "\\\xc3\xa9", 0, false, "the escape is not one of ECMA-262" },
    { "[\\B]", 1, false, "the escape is not one of ECMA-262" },
    { "[\\1]", 1, false, "the escape is not one of ECMA-262" },
    { "[\\k]", 1, false, "the escape is not one of ECMA-262" },
    { "\\00", 0, false, "octal escapes are not ECMA" },
    { "[\\01]", 1, false, "octal escapes are not ECMA" },
    { "\\x4", 0, false, "\\x needs two hexadecimal digits" },
    { "\\u12", 0, false, "\\u needs four hexadecimal digits, or braces" },
    { "\\u{}", 0, false, "\\u{} needs hexadecimal digits, up to 10FFFF" },
    { "\\u{110000}", 0, false, "\\u{} needs hexadecimal digits, up to 10FFFF" },
    { "\\u{61", 0, false, "\\u{} needs hexadecimal digits, up to 10FFFF" },
    { "\\c1", 0, false, "\\c needs a letter" },
    { "[\\c_]", 1, false, "\\c needs a letter" },
    { "[z-a]", 1, false, "the range in the class is out of order" },
    { "[\\d-z]", 1, false, NULL },
    { "[a-\\w]", 1, false, NULL },
    { "[\\w-.]", 1, false, NULL },
    { "x[a", 1, false, "']' is missing" },
    { "x[a-", 1, false, "']' is missing" },
    { "[\\]", 0, false, "']' is missing" },
    { "a(b", 1, false, "')' is missing" },
    { "ab)", 2, false, "')' without '('" },
    { "(?<1>a)", 0, false, "the group has no proper name" },
    { "(?<>a)", 0, false, "the group has no proper name" },
    { "(?<a", 0, false, "the group has no proper name" },
    { "(?<n>a)\\k<m>", 7, false, "no group is called 'm'" },
    { "a\\k", 1, false, "\\k needs a <name>" },
    { "\\1", 0, false, "the backreference is to a group that is not there" },
    { "(a)\\2", 3, false, "the backreference is to a group that is not there" },
    { "(a)\\4294967297", 3, false,
      "the backreference is to a group that is not there" },
    { "a\\p{Foo}", 1, false, "no Unicode property is called 'Foo'" },
    { "\\p{letter}", 0, false, "no Unicode property is called 'letter'" },
    { "\\p{Greek}", 0, false, "no Unicode property is called 'Greek'" },
    { "\\p{sc=greek}", 0, false, "no Unicode property is called 'sc=greek'" },
    { "\\p{sc=}", 0, false, "no Unicode property is called 'sc='" },
    { "\\p{L=}", 0, false, "no Unicode property is called 'L='" },
    { "\\p{}", 0, false, "no Unicode property is called ''" },
    { "\\pL", 0, false, "'{' is missing behind \\p" },
    { "\\p{^L}", 0, false, NULL },
    { "\\p{L", 0, false, NULL },
    { "a\xff", 1, false, "the pattern is not UTF-8" },
    { "\xed\xa0\x80", 0, false, "the pattern is not UTF-8" },
    /* ECMA, but beyond PCRE2 10.42 */
    { "a(?<=b+)", 1, true, "a lookbehind of variable length is not supported" },
    { "(?<=x)\xc3\xa9(?<!b{1,2})", 8, true,
      "a lookbehind of variable length is not supported" },
    { "(?i:a)", 0, true, "flags in a pattern are not supported" },
    { "(?<n>a)|(?<n>b)", 8, true,
      "a group name that is used twice is not supported" },
    { "(?<\xc3\xa9>a)", 0, true, "a group name beyond ASCII is not supported" },
    { "a{65536}", 1, true, "a count over 65535 is not supported" },
    { "a{0,99999999999}", 1, true, "a count over 65535 is not supported" },
    { "a\\p{CWKCF}", 1, true, "this Unicode property is not supported" },
    { "^(?:(a)|b)*\\1$", 11, true, NULL },
    { "^(a*)*\\1$", 6, true, NULL },
    { "^(?:\\1(a))*$", 4, true, NULL },
    { "(?:(?:(?:x{9}y){99}){99}){99}", 0, true,
      "the pattern is too large, or too complicated" },
};

static void
assert_refused(const struct error_case *row, enum az_regex_dialect dialect)
{
    struct az_regex_error error = { .message = NULL };
    struct az_regex *regex =
        az_regex_new(arena, az_str_from(row->pattern), dialect, true, &error);

    ck_assert_msg(regex == NULL, "'%s' is accepted", row->pattern);
    ck_assert_msg(error.offset == row->offset, "'%s' at %zu: %s", row->pattern,
                  error.offset, error.message);
    ck_assert_msg(error.unsupported == row->unsupported, "'%s': %s",
                  row->pattern, error.message);
    if (row->message)
        ck_assert_msg(strcmp(error.message, row->message) == 0, "'%s': %s",
                      row->pattern, error.message);
}

START_TEST(refuses_what_is_not_ecma)
{
    assert_refused(&ecma_errors[_i], AZ_REGEX_ECMA);
}
END_TEST

static const struct error_case iregexp_errors[] = {
    { "a**", 2, false, "nothing to repeat" },
    { "*", 0, false, "nothing to repeat" },
    { "a+?", 2, false, "nothing to repeat" },
    { "(?:a)", 1, false, "nothing to repeat" },
    { "{1}", 0, false, "nothing to repeat" },
    { "a{,2}", 1, false, "'{' does not begin a count like {2} or {1,3}" },
    { "a{", 1, false, "'{' does not begin a count like {2} or {1,3}" },
    { "a{2,1}", 1, false, "the counts in the braces are out of order" },
    { "a}", 1, false, "']' and '}' must be escaped" },
    { "]", 0, false, "']' and '}' must be escaped" },
    { "\\d", 0, false, "no escape of RFC 9485" },
    { "\\w", 0, false, "no escape of RFC 9485" },
    { "\\$", 0, false, "no escape of RFC 9485" },
    { "\\u0061", 0, false, "no escape of RFC 9485" },
    { "a\\", 1, false, "no escape of RFC 9485" },
    { "[\\d]", 1, false, "no escape of RFC 9485" },
    { "\\pL", 0, false, "'{' is missing behind \\p" },
    { "\\p{Letter}", 0, false, "no general category of RFC 9485 in \\p{}" },
    { "\\p{Cs}", 0, false, "no general category of RFC 9485 in \\p{}" },
    { "\\p{}", 0, false, "no general category of RFC 9485 in \\p{}" },
    { "\\p{L", 0, false, "no general category of RFC 9485 in \\p{}" },
    { "[]", 0, false, "the class is empty" },
    { "[^]", 0, false, "the class is empty" },
    { "[a", 0, false, "']' is missing" },
    { "[a-", 0, false, "']' is missing" },
    { "[a[b]", 2, false, "'[' in a class must be escaped" },
    { "[z-a]", 1, false, "the range in the class is out of order" },
    { "[a-\\p{L}]", 1, false, "a category cannot end a range" },
    { "[a-b-c]", 4, false,
      "'-' in a class must be first, last, in a range or escaped" },
    { "(a", 0, false, "')' is missing" },
    { "a)", 1, false, "')' without '('" },
    { "a{65536}", 1, true, "a count over 65535 is not supported" },
};

START_TEST(refuses_what_is_not_iregexp)
{
    assert_refused(&iregexp_errors[_i], AZ_REGEX_IREGEXP);
}
END_TEST

/* TEXT, COUNT times, between HEAD and TAIL. */
static struct az_str
repeated(const char *head, const char *text, size_t count, const char *tail)
{
    struct az_buf buf;
    size_t i;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, head);
    for (i = 0; i < count; i++)
        az_buf_add_c(&buf, text);
    az_buf_add_c(&buf, tail);
    return az_buf_str(&buf);
}

START_TEST(limits_nesting_and_size)
{
    struct az_regex_error error;
    struct az_str deep = repeated("", "(", 200, "");
    struct az_str closed = repeated(deep.p, ")", 200, "");
    struct az_str deeper = repeated("(", closed.p, 1, ")");
    struct az_str longest = repeated("", "a", AZ_MAX_PATTERN_SIZE, "");
    struct az_regex *regex;

    regex = az_regex_new(arena, closed, AZ_REGEX_ECMA, true, &error);
    ck_assert_ptr_nonnull(regex);
    ck_assert_int_eq(az_regex_match(regex, AZ_STR("")), AZ_REGEX_MATCH);
    ck_assert_ptr_null(
        az_regex_new(arena, deeper, AZ_REGEX_ECMA, true, &error));
    ck_assert(error.unsupported);
    ck_assert_uint_eq(error.offset, 200);
    ck_assert_ptr_null(
        az_regex_new(arena, deeper, AZ_REGEX_IREGEXP, true, &error));
    ck_assert_uint_eq(error.offset, 200);
    ck_assert_ptr_nonnull(
        az_regex_new(arena, closed, AZ_REGEX_IREGEXP, true, &error));
    ck_assert_ptr_null(az_regex_new(arena, repeated("b", longest.p, 1, ""),
                                    AZ_REGEX_ECMA, false, &error));
    ck_assert(error.unsupported);
    ck_assert_str_eq(error.message, "the pattern is too long");
}
END_TEST

/* Long patterns are compiled at once, so that a match never finds that PCRE2
   refuses them. */
START_TEST(refuses_large_patterns_at_once)
{
    static const char *const items[] = { "[ab]", "(a)", "\\S", "a",
                                         "()",   "a|",  "()*", "[^\\s]" };
    const char *item = items[_i];
    struct az_regex_error error;
    struct az_regex *regex;
    struct az_str pattern;
    size_t count;

    for (count = 100; count * strlen(item) < AZ_MAX_PATTERN_SIZE;
         count += 100) {
        pattern = repeated("^", item, count, "x");
        regex = az_regex_new(arena, pattern, AZ_REGEX_ECMA, false, &error);
        if (!regex) {
            ck_assert(error.unsupported);
            break;
        }
        ck_assert_msg(az_regex_match(regex, AZ_STR("x")) !=
                          AZ_REGEX_OVER_BUDGET,
                      "%zu of %s", count, item);
    }
}
END_TEST

static const struct budget_case {
    const char *pattern;
    const char *text;
    size_t count;
    const char *tail;
    enum az_regex_result want;
} budget_cases[] = {
    { "(a+)+$", "a", 5000, "b", AZ_REGEX_OVER_BUDGET },
    { "(a+)+$", "a", 30, "b", AZ_REGEX_OVER_BUDGET },
    { "(a+)+$", "a", 12, "b", AZ_REGEX_NO_MATCH },
    { "([ab]*)([ab]*)([ab]*)c", "a", 7000, "bdcb", AZ_REGEX_OVER_BUDGET },
    { "([ab]*)([ab]*)([ab]*)[cd]", "a", 7000, "", AZ_REGEX_OVER_BUDGET },
    { "([ab]*)([ab]*)([ab]*)[cd]", "a", 1000000, "", AZ_REGEX_OVER_BUDGET },
    { "[ab]{30000}[cd]", "a", 1000000, "", AZ_REGEX_OVER_BUDGET },
    { "(?:[ab]*[xy]|[ab]*[yz])", "a", 1000000, "", AZ_REGEX_OVER_BUDGET },
    { "(a*)\\1[xy]", "a", 1000000, "", AZ_REGEX_OVER_BUDGET },
    { "(a*)\\1x", "a", 100, "x", AZ_REGEX_MATCH },
    { "(?<=[ab]{30000})[cd]", "a", 1000000, "", AZ_REGEX_OVER_BUDGET },
    { "^(?:a|b|ab)*$", "a", 1000000, "", AZ_REGEX_OVER_BUDGET },
    { "^(?:a|b|ab)*$", "ab", 10000, "", AZ_REGEX_MATCH },
    { "^(?:a|b)*$", "a", 1000000, "", AZ_REGEX_MATCH },
    { "^((\\.(?!\\.)\\/)?\\w+\\/?)+$", "a", 40, "!", AZ_REGEX_OVER_BUDGET },
    { "^.*$", "a", 1000000, "", AZ_REGEX_MATCH },
    { ".*b", "a", 1000000, "", AZ_REGEX_NO_MATCH },
    { "x", "a", AZ_MAX_SUBJECT_SIZE, "", AZ_REGEX_NO_MATCH },
    { "x", "a", AZ_MAX_SUBJECT_SIZE, "a", AZ_REGEX_OVER_BUDGET },
    { "x", "x", 1, "\xff", AZ_REGEX_OVER_BUDGET },
};

START_TEST(keeps_to_the_budget)
{
    const struct budget_case *row = &budget_cases[_i];
    struct az_regex *regex = compiled(row->pattern, AZ_REGEX_ECMA, false);
    struct az_str subject = repeated("", row->text, row->count, row->tail);
    int i;

    for (i = 0; i < 3; i++) {
        enum az_regex_result got = az_regex_match(regex, subject);

        ck_assert_msg(got == row->want, "'%s' on %zu '%s': %d", row->pattern,
                      row->count, row->text, (int)got);
    }
}
END_TEST

/* The least number of 'a' that takes ^(a+)+$, which needs 2^n steps, over the
   budget. */
static size_t
least_over_budget(void)
{
    struct az_regex *regex = compiled("^(a+)+$", AZ_REGEX_ECMA, false);
    size_t count = 1;

    while (az_regex_match(regex, repeated("", "a", count, "b")) !=
           AZ_REGEX_OVER_BUDGET)
        count++;
    return count;
}

START_TEST(counts_the_same_steps)
{
    size_t count = least_over_budget();

    ck_assert_uint_ge(count, 15);
    ck_assert_uint_le(count, 21);
    ck_assert_uint_eq(least_over_budget(), count);
    ck_assert_uint_eq(least_over_budget(), count);
}
END_TEST

/* A pattern that went over its budget is not tried again, or many subjects
   would cost the budget each.  A subject that is refused is not its fault. */
START_TEST(gives_up_once)
{
    struct az_str hostile = repeated("", "a", 40, "b");
    struct az_str huge = repeated("", "a", AZ_MAX_SUBJECT_SIZE + 1, "");
    struct az_regex *regex = compiled("^(?:a+)+$", AZ_REGEX_ECMA, false);
    int i;

    ck_assert(az_regex_too_long(huge));
    ck_assert_int_eq(az_regex_match(regex, huge), AZ_REGEX_OVER_BUDGET);
    ck_assert_int_eq(az_regex_match(regex, AZ_STR("a\xff")),
                     AZ_REGEX_OVER_BUDGET);
    ck_assert_int_eq(az_regex_match(regex, AZ_STR("aa")), AZ_REGEX_MATCH);
    ck_assert_int_eq(az_regex_match(regex, AZ_STR("ab")), AZ_REGEX_NO_MATCH);
    ck_assert(!az_regex_too_long(hostile));
    for (i = 0; i < 100000; i++)
        ck_assert_int_eq(az_regex_match(regex, hostile), AZ_REGEX_OVER_BUDGET);
    ck_assert_int_eq(az_regex_match(regex, AZ_STR("aa")), AZ_REGEX_OVER_BUDGET);
}
END_TEST

/* Nor is one that many subjects nearly take over it. */
START_TEST(gives_up_what_tires)
{
    struct az_str near = repeated("", "a", 15, "b");
    struct az_str far = repeated("", "a", 200, "");
    struct az_regex *regex = compiled("^(?:a+)+$", AZ_REGEX_ECMA, false);
    uint64_t excess = 0;
    int i;

    for (i = 0; i < 10000; i++)
        ck_assert_int_eq(az_regex_match(regex, far), AZ_REGEX_MATCH);
    ck_assert_int_eq(az_regex_match_shared(regex, far, &excess),
                     AZ_REGEX_MATCH);
    ck_assert_uint_eq(excess, 0);
    ck_assert_int_eq(az_regex_match_shared(regex, near, &excess),
                     AZ_REGEX_NO_MATCH);
    ck_assert_uint_gt(excess, 10000);
    ck_assert_uint_lt(excess, AZ_MAX_MATCH_STEPS);
    for (i = 0; !az_regex_is_tired(regex) && i < 100000; i++)
        ck_assert_int_eq(az_regex_match(regex, near), AZ_REGEX_NO_MATCH);
    ck_assert_uint_gt((uint64_t)i * excess,
                      (uint64_t)AZ_MATCHES_IN_ALL * AZ_MAX_MATCH_STEPS);
    ck_assert_int_lt(i, 100000);
    ck_assert_int_eq(az_regex_match(regex, near), AZ_REGEX_OVER_BUDGET);
    ck_assert_int_eq(az_regex_match(regex, far), AZ_REGEX_OVER_BUDGET);
}
END_TEST

/* The walk for PATTERN, or NULL. */
static const struct az_regex_automaton *
automaton_of(const char *pattern)
{
    struct az_regex_error error;
    struct az_regex_parser parser = { .arena = arena,
                                      .pattern = az_str_from(pattern),
                                      .plain = true,
                                      .error = &error };

    az_buf_init(&parser.out, arena);
    ck_assert_msg(az_regex_translate_ecma(&parser), "'%s'", pattern);
    return parser.plain
               ? az_regex_automaton_new(arena, az_buf_str(&parser.out).p)
               : NULL;
}

static const struct walk_case {
    const char *pattern;
    bool simple;
    const char *matches[6];
    const char *others[6];
} walk_cases[] = {
    /* anchors */
    { "^a$", true, { "a" }, { "", "a\n", "\na", "aa", "b" } },
    { "^a", true, { "a", "a\n", "ab", "a\xc3\xa9" }, { "", "ba", "\na" } },
    { "a$", true, { "a", "ba", "\na" }, { "", "a\n", "ab" } },
    { "a",
      true,
      { "a", "bab",
        "\xc3\xa9"
        "a" },
      { "", "b", "\xc3\xa9" } },
    { "", true, { "", "a", "\n", "\xc3\xa9" }, { NULL } },
    { "^$", true, { "" }, { "\n", "a", "\xc3\xa9" } },
    { "^", true, { "", "a", "\n" }, { NULL } },
    { "$", true, { "", "a", "\n" }, { NULL } },
    { "^ab", true, { "ab", "abc" }, { "a", "cab", "" } },
    { "ab", false, { "ab", "aab", "cabc" }, { "a", "ba", "" } },
    { "^a|b$", false, { "a", "ac", "cb" }, { "ca", "bc", "" } },
    { "^(?:a|b)$", true, { "a", "b" }, { "", "ab", "a\n", "c" } },
    { "(?:^a|b)$", false, { "a", "cb" }, { "ca", "" } },
    { "a^", false, { NULL }, { "", "a" } },
    { "^^a$$", false, { "a" }, { "", "a\n" } },
    { "\\ba", false, { "a", "-a" }, { "ba", "" } },
    { "(^|/)ab", true, { "ab", "ab/", "c/ab", "//ab" }, { "cab", "/b", "" } },
    { "ab(/|$)", false, { "ab", "cab/" }, { "abc" } },
    { "^ab(/|$)", true, { "ab", "ab/", "ab/c" }, { "abc", "a/", "cab", "" } },
    { "(^|/)\\.\\.?(/|$)",
      true,
      { ".", "..", "./a", "a/../b", "a/..", "a/./" },
      { "", "...", "a./b", "a/.b", "/" } },
    { "(^|/)a*(/|$)", false, { "", "b/", "aa" }, { "b" } },
    { "(^|/)$", false, { "", "a/" }, { "a" } },
    { "(^|//)a", false, { "a", "b//a" }, { "b/a" } },
    { "(^|/)?a", false, { "a", "ba" }, { "b" } },
    { "(^|/)a(b|$)?", false, { "a", "/ac" }, { "ba" } },
    { "^a|(b|$)", false, { "ac", "c" }, { NULL } },
    /* counts */
    { "^a?$", true, { "", "a" }, { "aa", "\n" } },
    { "^a*$", true, { "", "a", "aaa" }, { "aab", "b", "a\n" } },
    { "^a+$", true, { "a", "aaa" }, { "", "ab", "ba" } },
    { "^a+?b??$", true, { "a", "aab" }, { "", "b", "abb" } },
    { "^a{0}$", true, { "" }, { "a" } },
    { "^a{0,0}b$", true, { "b" }, { "ab", "" } },
    { "^a{2}$", true, { "aa" }, { "", "a", "aaa" } },
    { "^a{2,}$", true, { "aa", "aaaa" }, { "", "a", "aab" } },
    { "^a{0,}b$", true, { "b", "aab" }, { "", "a", "ba" } },
    { "^a{1,3}$", true, { "a", "aa", "aaa" }, { "", "aaaa", "aab" } },
    { "^a{0,2}b$", true, { "b", "aab" }, { "", "aaab", "aa" } },
    { "^[0-9]{2,3}-[0-9]{2}$",
      true,
      { "12-34", "123-45" },
      { "1-34", "1234-56", "12-345", "12-34\n", "12-3\xd9\xa3" } },
    { "^(?:ab){2,3}$",
      true,
      { "abab", "ababab" },
      { "ab", "abababab", "aba", "" } },
    { "^(?:a{1,2}b){2}$",
      true,
      { "abab", "aabab", "aabaab" },
      { "ab", "aaabab", "abaab\n" } },
    { "^(?:a?){2}$", true, { "", "a", "aa" }, { "aaa" } },
    { "^(?:a|bc){0,2}d$",
      true,
      { "d", "ad", "abcd", "bcbcd" },
      { "", "abd", "aaad" } },
    { "^a{32}$",
      true,
      { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
      { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" } },
    { "^a{33}$",
      false,
      { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
      { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" } },
    { "^(?:a{11}){3}$",
      false,
      { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
      { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" } },
    { "^(?:ab)*$", true, { "", "ab", "abab" }, { "aba", "abb", "a" } },
    { "^(?:ab)+c$", true, { "abc", "ababc" }, { "c", "abac", "ab" } },
    { "^(?:ab){2,}$", true, { "abab", "ababab" }, { "ab", "ababa", "" } },
    { "^(?:ab){0,1}(?:cb)*b$",
      true,
      { "b", "abb", "cbb", "abcbcbb" },
      { "ab", "ababb", "cb" } },
    { "^a(?:-[a-z]+)+$",
      true,
      { "a-b", "a-b-cd" },
      { "a", "a-", "a-b-", "a--b" } },
    { "^a(?:/[^/]+)*/?$",
      true,
      { "a", "a/", "a/b", "a/b/cd/" },
      { "a//", "/", "a/b//" } },
    { "^(?:a(?:-b)*/)+$", true, { "a/", "a-b/a/" }, { "a", "a-b", "a//" } },
    { "^(?:a+)+$", false, { "a", "aa" }, { "" } },
    { "^(?:ab?)+$", true, { "a", "aab", "aba" }, { "", "abb", "ba" } },
    { "^(?:aba)+$", false, { "aba", "abaaba" }, { "abab" } },
    { "^(?:(?:-a)+b?)+$", false, { "-a", "-ab-a" }, { "b" } },
    { "^(?:a?)*$", false, { "", "aa" }, { "b" } },
    { "^(?:a|b)+$", true, { "a", "abba" }, { "", "abc" } },
    { "a{2}", false, { "aa", "baab" }, { "a", "aba" } },
    { "a+", true, { "a", "ba", "baab" }, { "", "b" } },
    /* groups and alternatives */
    { "^(a|b)c$", true, { "ac", "bc" }, { "abc", "c", "" } },
    { "^(?:|a)b$", true, { "b", "ab" }, { "", "a", "aab" } },
    { "^(?:a(?:b|c(?:d|e))?)f$",
      true,
      { "af", "abf", "acdf", "acef" },
      { "acf", "abcf", "f" } },
    { "^(?:a|ab)(?:c|bcd)$",
      true,
      { "ac", "abc", "abcd", "abbcd" },
      { "ab", "abcdd", "" } },
    { "^()$", false, { "" }, { "a" } },
    { "^(a)\\1$", false, { "aa" }, { "a", "ab" } },
    { "^(?=a)a$", false, { "a" }, { "b" } },
    { "^(?!b)[a-z]$", false, { "a" }, { "b" } },
    /* classes */
    { "^[a-c_]+$", true, { "a", "a_c" }, { "", "d", "a\xc3\xa9" } },
    { "^[^a-c]$", true, { "d", "\n", "\xc3\xa9" }, { "a", "", "dd" } },
    { "^[]$", true, { NULL }, { "", "a" } },
    { "^.$",
      true,
      { "a", "\xc3\xa9", "\xf0\x9f\x98\x80" },
      { "\n", "\r", "", "\xe2\x80\xa8" } },
    { "^\\w+ \\d$", true, { "a_1 5" }, { "a  5", " 5", "\xc3\xa9 5" } },
    { "^\\s\\S$",
      true,
      { " a",
        "\xc2\xa0"
        "a",
        "\n\xc3\xa9" },
      { "a ", "  ", "" } },
    { "^\\.\\-\\/$", true, { ".-/" }, { "a-/", "" } },
    { "^\xc3\xa9$", true, { "\xc3\xa9" }, { "e", "" } },
    { "^[a-\xc3\xa9]$",
      true,
      { "a", "z", "\xc3\xa9", "\xc2\x80" },
      { "A", "\xc3\xaa" } },
    { "^[\xce\xb1-\xcf\x89]?x$", true, { "x", "\xce\xb2x" }, { "ax", "" } },
    { "^\\p{L}$", false, { "a", "\xce\xb1" }, { "1" } },
};

static void
assert_walk(const struct walk_case *row, const char *text, bool want)
{
    const struct az_regex_automaton *automaton = automaton_of(row->pattern);
    const char *engine = az_arena_printf(arena, "(?=)(?:%s)", row->pattern);
    struct az_str subject = az_str_from(text);
    bool ascii = true;
    size_t i;

    for (i = 0; i < subject.len; i++)
        ascii &= (unsigned char)text[i] < 0x80;
    if (automaton != NULL && ascii)
        ck_assert_msg(az_regex_automaton_match(automaton, subject) == want,
                      "'%s' on '%s'", row->pattern, text);
    assert_match(compiled(row->pattern, AZ_REGEX_ECMA, false), subject, want);
    assert_match(compiled(engine, AZ_REGEX_ECMA, false), subject, want);
}

/* The walk says what PCRE2 says, of which a lookahead makes sure. */
START_TEST(walks_as_the_engine)
{
    const struct walk_case *row = &walk_cases[_i];
    size_t i;

    ck_assert_msg((automaton_of(row->pattern) != NULL) == row->simple, "'%s'",
                  row->pattern);
    for (i = 0; i < COUNT(row->matches) && row->matches[i] != NULL; i++)
        assert_walk(row, row->matches[i], true);
    for (i = 0; i < COUNT(row->others) && row->others[i] != NULL; i++)
        assert_walk(row, row->others[i], false);
}
END_TEST

/* A walk is for ASCII; PCRE2 sees what is not, wherever it stands. */
START_TEST(sees_what_is_not_ascii)
{
    struct az_regex *regex = compiled("^[^x]*$", AZ_REGEX_ECMA, false);
    size_t before = (size_t)_i, behind;

    for (behind = 0; behind < 20; behind++) {
        const char *text =
            az_arena_printf(arena, "%s\xc3\xa9%s", text_times("a", before),
                            text_times("a", behind));

        assert_match(regex, az_str_from(text), true);
    }
}
END_TEST

START_TEST(keeps_the_pattern)
{
    struct az_str pattern = AZ_STR("a\0b");
    struct az_regex_error error;
    struct az_regex *regex =
        az_regex_new(arena, pattern, AZ_REGEX_ECMA, true, &error);

    ck_assert_ptr_nonnull(regex);
    ck_assert(az_str_eq(az_regex_pattern(regex), pattern));
    assert_match(regex, AZ_STR("a\0b"), true);
    assert_match(regex, AZ_STR("a"), false);
    ck_assert_int_eq(
        az_regex_match(regex, (struct az_str){ .p = NULL, .len = 0 }),
        AZ_REGEX_NO_MATCH);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("regex");
    TCase *tests = new_case(suite, "regex");

    tcase_add_loop_test(tests, matches_as_ecma, 0, COUNT(ecma_matches));
    tcase_add_loop_test(tests, matches_the_whole, 0, COUNT(ecma_whole));
    tcase_add_loop_test(tests, matches_as_iregexp, 0, COUNT(iregexp_matches));
    tcase_add_test(tests, searches_as_iregexp);
    tcase_add_loop_test(tests, refuses_what_is_not_ecma, 0, COUNT(ecma_errors));
    tcase_add_loop_test(tests, refuses_what_is_not_iregexp, 0,
                        COUNT(iregexp_errors));
    tcase_add_test(tests, limits_nesting_and_size);
    tcase_add_loop_test(tests, refuses_large_patterns_at_once, 0, 8);
    tcase_add_loop_test(tests, keeps_to_the_budget, 0, COUNT(budget_cases));
    tcase_add_test(tests, counts_the_same_steps);
    tcase_add_test(tests, gives_up_once);
    tcase_add_test(tests, gives_up_what_tires);
    tcase_add_loop_test(tests, walks_as_the_engine, 0, COUNT(walk_cases));
    tcase_add_loop_test(tests, sees_what_is_not_ascii, 0, 20);
    tcase_add_test(tests, keeps_the_pattern);
    return run_suite(suite);
}
