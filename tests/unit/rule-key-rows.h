/* Rows of test-rule.c: keys of rules.
   SPDX-License-Identifier: MIT */

/* clang-format off */
    { "message and hint",
      "`given`:`$.a[*].v`,`assert`:{`in`:[`core-min`]},`message`:`'{value}' "
      "at {key} of {$.n}: {expected}`,`hint`:`use {expected}`",
      "{`n`:`N`,`a`:[{`v`:`x`},{`v`:`core-mni`}]}",
      NULL,
      "1:20-23 /a/0/v 'x' at v of N: 'core-min' | use 'core-min'\n"
      "1:30-40 /a/1/v 'core-mni' at v of N: 'core-min' | use 'core-min'; "
      "did you mean 'core-min'?" },
    { "message lists",
      "`given`:`$.a`,`assert`:{`same_set`:[1,2,3,4,5,6,7]},`message`:`no "
      "{missing}; not {unexpected}; {count} in all`",
      "{`a`:[1,`x`]}",
      NULL,
      "1:9-12 /a/1 no 2, 3, 4, 5, 6 and 1 more; not x; 2 in all" },
    { "message braces and path",
      "`given`:`$.a[*]`,`assert`:{`of`:`@.v`,`const`:1},`message`:`{{{@.id}}"
      "} {@.x} {@['v']} {key} {count}`",
      "{`a`:[{`id`:`r1`,`v`:2}]}",
      NULL,
      "1:22-23 /a/0/v {r1} (nothing) 2 v 0" },
    { "message with controls",
      "`given`:`$.a`,`assert`:{`const`:1},`message`:`a\\nb {value}`",
      "{`a`:`x\\u001b[31m`}",
      NULL,
      "1:6-19 /a a\\x0ab x\\x1b[31m" },
    { "message of another kind",
      "`given`:`$.a`,`assert`:{`const`:{`path`:`other: "
      "$.v`}},`message`:`{value} is not {expected}`",
      "{`a`:1}",
      "{`v`:2}",
      "1:6-7 /a 1 is not 2 > other:1:6-7 the value expected" },
    { "no message for a void",
      "`given`:`$.a`,`assert`:{`in`:{`path`:`$.w`}},`message`:`M`,`hint`:`H`",
      "{`a`:1}",
      NULL,
      "1:6-7 /a nothing to compare with: '$.w' selects nothing" },
    { "severity",
      "`severity`:`warning`,`given`:`$.a`,`assert`:{`const`:1}",
      "{`a`:2}",
      NULL,
      "1:6-7 /a (warning) 2 is not 1" },
    { "severity of no answer",
      "`severity`:`info`,`given`:`$.a`,`assert`:{`pattern`:`^(a+)+$`}",
      "{`a`:`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab`}",
      NULL,
      "1:6-52 /a [regex-budget] matching pattern '^(a+)+$' took more steps "
      "than the limit" },
    { "empty",
      "`given`:`$.a.b[*].c`,`assert`:{`const`:1}",
      "{`x`:1,`a`:{`b`:[]}}",
      NULL,
      "1:17-19 /a/b [rule-empty] rule 'r' found nothing to judge: "
      "'$.a.b[*].c' selects nothing" },
    { "empty at the root",
      "`given`:`$.b`,`assert`:{`const`:1}",
      "{`x`:1}",
      NULL,
      "1:1-2  [rule-empty] rule 'r' found nothing to judge: '$.b' selects "
      "nothing" },
    { "empty, a warning",
      "`severity`:`warning`,`given`:`$.b`,`assert`:{`const`:1}",
      "{`x`:1}",
      NULL,
      "1:1-2  [rule-empty] (warning) rule 'r' found nothing to judge: '$.b' "
      "selects nothing" },
    { "may be empty",
      "`given`:`$.b`,`may_be_empty`:true,`assert`:{`const`:1}",
      "{`x`:1}",
      NULL,
      "" },
    { "given list",
      "`given`:[`$.a`,`$.b`,`$.c`],`assert`:{`const`:1}",
      "{`a`:1,`b`:2}",
      NULL,
      "1:1-2  [rule-empty] rule 'r' found nothing to judge: '$.c' selects "
      "nothing\n"
      "1:12-13 /b 2 is not 1" },
    { "given keys",
      "`given`:{`path`:`$.a[*]`,`keys`:true},`assert`:{`in`:[`x`]},`message`"
      ":`{value} {key}`",
      "{`a`:[{`x`:1,`y/z`:2}]}",
      NULL,
      "1:14-19 /a/0/y~1z y/z y/z" },
    { "given keys of nothing",
      "`given`:{`path`:`$.a[*]`,`keys`:true},`assert`:{`in`:[`x`]}",
      "{`a`:[{},7]}",
      NULL,
      "1:6-12 /a [rule-empty] rule 'r' found nothing to judge: '$.a[*]' "
      "selects nothing" },
    { "kind absent",
      "`given`:`$.a`,`assert`:{`in`:{`path`:`perf-budgets: $.x`}}",
      "{`a`:1}",
      NULL,
      "1:1-1 - [rule-not-judged] (info) rule 'r' needs a document of kind "
      "'perf-budgets', and there is none" },
/* clang-format on */
