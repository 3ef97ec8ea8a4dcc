/* Rows of test-rule.c: mistakes in rulesets.
   SPDX-License-Identifier: MIT */

/* clang-format off */
    { "sound",
      "[{`id`:`r`,`given`:`$`,`assert`:{`in`:{`path`:`perf-budgets: "
      "$.x`,`as`:`lower`}}}]",
      "" },
    { "the id of a diagnostic",
      "[{`id`:`unknown-key`,`given`:`$`,`assert`:{`const`:1}}]",
      "1:8-21 /0/id 'unknown-key' is the id of a diagnostic: one severity "
      "would be for both | call the rule otherwise" },
    { "no list",
      "{`id`:`r`}",
      "1:1-11  a ruleset is an object, not an array" },
    { "no rules",
      "[]",
      "1:1-3  the ruleset holds no rules" },
    { "no rule",
      "[7]",
      "1:2-3 /0 a rule is a number, not an object" },
    { "keys missing",
      "[{}]",
      "1:2-4 /0 the rule has no 'assert'\n"
      "1:2-4 /0 the rule has no 'given'\n"
      "1:2-4 /0 the rule has no 'id'" },
    { "unknown key",
      "[{`id`:`r`,`given`:`$`,`assert`:{`const`:1},`mesage`:`x`}]",
      "1:45-53 /0/mesage unknown key 'mesage' in a rule | did you mean "
      "'message'?" },
    { "ids",
      "[{`id`:`R`,`given`:`$`,`assert`:{`const`:1}},{`id`:`a--b`,`given`:`$`"
      ",`assert`:{`const`:1}},{`id`:7,`given`:`$`,`assert`:{`const`:1}},{`id"
      "`:`a-`,`given`:`$`,`assert`:{`const`:1}}]",
      "1:8-11 /0/id 'R' is no rule id: small letters, digits and single "
      "hyphens\n"
      "1:52-58 /1/id 'a--b' is no rule id: small letters, digits and single "
      "hyphens\n"
      "1:99-100 /2/id 'id' is a number, not a string\n"
      "1:141-145 /3/id 'a-' is no rule id: small letters, digits and single "
      "hyphens" },
    { "good ids",
      "[{`id`:`a9-0z`,`given`:`$`,`assert`:{`const`:1}},{`id`:`z`,`given`:`$"
      "`,`assert`:{`const`:1}}]",
      "" },
    { "duplicate id",
      "[{`id`:`r`,`given`:`$`,`assert`:{`const`:1}},{`id`:`r`,`given`:`$`,`a"
      "ssert`:{`const`:1}}]",
      "1:52-55 /1/id two rules have the id 'r' > 1:8-11 the first is here" },
    { "severity, category",
      "[{`id`:`r`,`severity`:`eror`,`category`:`orders`,`given`:`$`,`assert`"
      ":{`const`:1}}]",
      "1:23-29 /0/severity 'eror' is no severity | did you mean 'error'?\n"
      "1:41-49 /0/category 'orders' is no category | did you mean 'order'?" },
    { "texts",
      "[{`id`:`r`,`message`:``,`why`:7,`hint`:[],`may_be_empty`:1,`given`:`$"
      "`,`assert`:{`const`:1}}]",
      "1:22-24 /0/message 'message' is empty\n"
      "1:31-32 /0/why 'why' is a number, not a string\n"
      "1:40-42 /0/hint 'hint' is an array, not a string\n"
      "1:58-59 /0/may_be_empty 'may_be_empty' is a number, not a boolean" },
    { "templates",
      "[{`id`:`r`,`message`:`{valeu}`,`hint`:`a } "
      "b`,`given`:`$`,`assert`:{`const`:1}},{`id`:`s`,`message`:`é "
      "{@.x[}`,`hint`:`{`,`given`:`$`,`assert`:{`const`:1}}]",
      "1:24-25 /0/message template: unknown name 'valeu', at character 2 | "
      "did you mean 'value'?\n"
      "1:42-43 /0/hint template: a single brace; a literal one is doubled, "
      "at character 3\n"
      "1:109-110 /1/message path: expected a selector: a quoted name, an "
      "index, a slice, '*' or '?', at character 8\n"
      "1:120-121 /1/hint template: a single brace; a literal one is "
      "doubled, at character 1" },
    { "given",
      "[{`id`:`r`,`given`:[],`assert`:{`const`:1}},{`id`:`s`,`given`:`@.a`,`"
      "assert`:{`const`:1}},{`id`:`t`,`given`:`own: "
      "$.a`,`assert`:{`const`:1}},{`id`:`u`,`given`:{`keys`:true},`assert`:{"
      "`const`:1}},{`id`:`v`,`given`:7,`assert`:{`const`:1}}]",
      "1:20-22 /0/given 'given' lists no paths\n"
      "1:63-68 /1/given 'given' selects in the rule's own document: it "
      "starts with '$'\n"
      "1:109-119 /2/given 'given' selects in the rule's own document: it "
      "starts with '$'\n"
      "1:160-173 /3/given 'given' has no 'path'\n"
      "1:214-215 /4/given a path is a number, not a string" },
    { "path",
      "[{`id`:`r`,`given`:`$.a[`,`assert`:{`const`:1}},{`id`:`s`,`given`:`$."
      "é.b c`,`assert`:{`const`:1}},{`id`:`t`,`given`:``,`assert`:{`const`:1"
      "}},{`id`:`u`,`given`:`$.\\u0061[`,`assert`:{`const`:1}}]",
      "1:25-25 /0/given path: expected a selector: a quoted name, an index, "
      "a slice, '*' or '?', at character 5\n"
      "1:74-75 /1/given path: expected '.', '[' or the end, at character 7\n"
      "1:117-117 /2/given path: expected '$', '@' or a kind and ':', at "
      "character 1\n"
      "1:160-171 /3/given path: expected a selector: a quoted name, an "
      "index, a slice, '*' or '?', at character 5" },
    { "path of a kind",
      "[{`id`:`r`,`given`:`$`,`assert`:{`in`:{`path`:`perf-budget: "
      "$.x`}}},{`id`:`s`,`given`:`$`,`assert`:{`in`:{`path`:`own: "
      "@.x`}}},{`id`:`t`,`given`:`$`,`assert`:{`in`:{`path`:`own: $.x[`}}}]",
      "1:48-49 /0/assert/in/path path: unknown kind 'perf-budget', at "
      "character 1 | did you mean 'perf-budgets'?\n"
      "1:120-121 /1/assert/in/path path: expected '$' behind the kind, at "
      "character 6\n"
      "1:183-183 /2/assert/in/path path: expected a selector: a quoted "
      "name, an index, a slice, '*' or '?', at character 10" },
    { "root in a relative path",
      "[{`id`:`r`,`given`:`$`,`assert`:{`of`:`@.a[?@.b == "
      "$.c]`,`const`:1}},{`id`:`s`,`given`:`$`,`assert`:{`of`:`@.a['$']`,`co"
      "nst`:1}}]",
      "1:52-53 /0/assert/of path: '$' inside a path that starts with '@', "
      "at character 13" },
    { "assertion",
      "[{`id`:`r`,`given`:`$`,`assert`:{}},{`id`:`s`,`given`:`$`,`assert`:{`"
      "subset`:[1]}},{`id`:`t`,`given`:`$`,`assert`:{`then`:{`const`:1}}},{`"
      "id`:`u`,`given`:`$`,`assert`:7}]",
      "1:33-35 /0/assert no assertion in it\n"
      "1:69-77 /1/assert/subset unknown assertion 'subset'\n"
      "1:116-122 /2/assert/then 'then' without 'when'\n"
      "1:168-169 /3/assert an assertion is a number, not an object" },
    { "modifiers",
      "[{`id`:`r`,`given`:`$`,`assert`:{`if_absent`:`pass`,`const`:1}},{`id`"
      ":`s`,`given`:`$`,`assert`:{`of`:`@.a`,`if_absent`:`skip`,`const`:1}},"
      "{`id`:`t`,`given`:`$`,`assert`:{`subject_as`:`lower`,`type`:`string`}"
      "},{`id`:`u`,`given`:`$`,`assert`:{`subject_as`:`cargo-feature`,`in`:["
      "1]}}]",
      "1:46-52 /0/assert/if_absent 'if_absent' without 'of'\n"
      "1:120-126 /1/assert/if_absent 'skip' is no answer\n"
      "1:184-191 /2/assert/subject_as 'subject_as' with no assertion that "
      "takes strings\n"
      "1:255-270 /3/assert/subject_as 'cargo-feature' is no transform | did "
      "you mean 'cargo-features'?" },
    { "operands",
      "[{`id`:`r`,`given`:`$`,`assert`:{`in`:{`paths`:`$`}}},{`id`:`s`,`give"
      "n`:`$`,`assert`:{`in`:{`path`:`$`,`kesy`:true}}},{`id`:`t`,`given`:`$"
      "`,`assert`:{`in`:[]}},{`id`:`u`,`given`:`$`,`assert`:{`in`:[{`path`:`"
      "$`}]}},{`id`:`v`,`given`:`$`,`assert`:{`enum`:1}}]",
      "1:39-52 /0/assert/in an object here is '{path: ...}', and has no "
      "'path'\n"
      "1:104-110 /1/assert/in/kesy unknown key 'kesy' in an operand | did "
      "you mean 'keys'?\n"
      "1:156-158 /2/assert/in an empty list compares with nothing\n"
      "1:199-211 /3/assert/in/0 a path stands alone, not in a list of "
      "values\n"
      "1:254-255 /4/assert/enum 'enum' is a number, not an array" },
    { "type, non_empty",
      "[{`id`:`r`,`given`:`$`,`assert`:{`type`:`int`}},{`id`:`s`,`given`:`$`"
      ",`assert`:{`type`:[]}},{`id`:`t`,`given`:`$`,`assert`:{`non_empty`:fa"
      "lse}}]",
      "1:41-46 /0/assert/type 'int' is no type\n"
      "1:88-90 /1/assert/type 'type' lists no types\n"
      "1:137-142 /2/assert/non_empty 'non_empty' takes only true" },
    { "pattern",
      "[{`id`:`r`,`given`:`$`,`assert`:{`pattern`:`a(`}},{`id`:`s`,`given`:`"
      "$`,`assert`:{`not_pattern`:7}}]",
      "1:46-47 /0/assert/pattern [regex-invalid] pattern: ')' is missing, "
      "at character 2\n"
      "1:97-98 /1/assert/not_pattern a pattern is a number, not a string" },
    { "range, count",
      "[{`id`:`r`,`given`:`$`,`assert`:{`range`:{}}},{`id`:`s`,`given`:`$`,`"
      "assert`:{`range`:{`minimum`:1}}},{`id`:`t`,`given`:`$`,`assert`:{`ran"
      "ge`:{`min`:`1`}}},{`id`:`u`,`given`:`$`,`assert`:{`count`:{`of_path`:"
      "`$`}}},{`id`:`v`,`given`:`$`,`assert`:{`count`:{`min`:`1`}}}]",
      "1:42-44 /0/assert/range 'range' has no bound\n"
      "1:88-97 /1/assert/range/minimum unknown key 'minimum' in 'range'\n"
      "1:150-153 /2/assert/range/min a bound is a string, not a number\n"
      "1:197-212 /3/assert/count 'count' has no bound\n"
      "1:262-265 /4/assert/count/min a bound is a string, not a number" },
    { "unique, ordered",
      "[{`id`:`r`,`given`:`$`,`assert`:{`unique`:[]}},{`id`:`s`,`given`:`$`,"
      "`assert`:{`unique`:{`by`:[`@`]}}},{`id`:`t`,`given`:`$`,`assert`:{`or"
      "dered`:[`@.a`]}},{`id`:`u`,`given`:`$`,`assert`:{`ordered_along`:{`di"
      "rection`:`up`}}},{`id`:`v`,`given`:`$`,`assert`:{`ordered_along`:{`ke"
      "ys`:[`a`],`direction`:`up`}}}]",
      "1:43-45 /0/assert/unique 'unique' lists no paths\n"
      "1:89-101 /1/assert/unique 'unique' has no 'path'\n"
      "1:146-153 /2/assert/ordered an order needs two paths or more\n"
      "1:204-222 /3/assert/ordered_along 'ordered_along' has no 'keys'\n"
      "1:299-303 /4/assert/ordered_along/direction 'up' is no direction" },
    { "logic",
      "[{`id`:`r`,`given`:`$`,`assert`:{`when`:{`const`:1}}},{`id`:`s`,`give"
      "n`:`$`,`assert`:{`all`:[]}},{`id`:`t`,`given`:`$`,`assert`:{`any`:[{`"
      "const`:1},{}]}},{`id`:`u`,`given`:`$`,`assert`:{`not`:1}},{`id`:`v`,`"
      "given`:`$`,`assert`:{`exactly_one_of`:`@.a`}}]",
      "1:41-52 /0/assert/when 'when' without 'then' or 'else'\n"
      "1:93-95 /1/assert/all no assertion in it\n"
      "1:149-151 /2/assert/any/1 no assertion in it\n"
      "1:193-194 /3/assert/not an assertion is a number, not an object\n"
      "1:246-251 /4/assert/exactly_one_of it is a string, not an array" },
    { "text",
      "[{`id`:`r`,`given`:`$`,`assert`:{`relative_path`:1}},{`id`:`s`,`given"
      "`:`$`,`assert`:{`command`:{}}},{`id`:`t`,`given`:`$`,`assert`:{`comma"
      "nd`:{`options`:{`seed`:{`const`:1}}}}},{`id`:`u`,`given`:`$`,`assert`"
      ":{`rustc`:{`in`:[1]}}},{`id`:`v`,`given`:`$`,`assert`:{`rustc`:{`opti"
      "on`:`lto`}}}]",
      "1:50-51 /0/assert/relative_path 'relative_path' takes only true\n"
      "1:96-98 /1/assert/command 'command' demands nothing\n"
      "1:162-173 /2/assert/command/options/seed 'seed' is no option: it "
      "does not begin with '-'\n"
      "1:218-228 /3/assert/rustc 'rustc' has no 'option'\n"
      "1:271-287 /4/assert/rustc no assertion in it" },
    { "unique path",
      "[{`id`:`r`,`given`:`$`,`assert`:{`unique`:{`path`:`$`,`by`:`@`}}},{`i"
      "d`:`s`,`given`:`$`,`assert`:{`unique`:{`path`:`x`}}},{`id`:`t`,`given"
      "`:`$`,`assert`:{`unique`:{`path`:`$`,`bye`:[`@`]}}}]",
      "1:60-63 /0/assert/unique/by 'by' is a string, not an array\n"
      "1:117-118 /1/assert/unique/path path: expected '$', '@' or a kind "
      "and ':', at character 1\n"
      "1:176-181 /2/assert/unique/bye unknown key 'bye' in 'unique' | did "
      "you mean 'by'?" },
    { "of, if_absent of the wrong type",
      "[{`id`:`r`,`given`:`$`,`assert`:{`of`:7,`const`:1}},{`id`:`s`,`given`"
      ":`$`,`assert`:{`of`:`@`,`if_absent`:true,`const`:1}},{`id`:`t`,`given"
      "`:`$`,`assert`:{`subject_as`:[],`in`:[1]}}]",
      "1:39-40 /0/assert/of a path is a number, not a string\n"
      "1:106-110 /1/assert/if_absent answer is a boolean, not a string\n"
      "1:168-170 /2/assert/subject_as transform is an array, not a string" },
    { "breaks",
      "[{`id`:`r`,`given`:`$`,`assert`:{`const`:1},`breaks`:{}},{`id`:`s`,`g"
      "iven`:`$`,`assert`:{`const`:1},`breaks`:[7,{`document`:`x`},{`documen"
      "t`:1,`patch`:[]},{`document`:`x`,`patch`:{},`z`:0}]}]",
      "1:54-56 /0/breaks 'breaks' is an object, not an array\n"
      "1:111-112 /1/breaks/0 a patch is a number, not an array\n"
      "1:113-129 /1/breaks/1 a break has 'document' and 'patch'\n"
      "1:142-143 /1/breaks/2/document 'document' is a number, not a string\n"
      "1:180-182 /1/breaks/3/patch a patch is an object, not an array\n"
      "1:183-186 /1/breaks/3/z unknown key 'z' in a break" },
    { "forbidden and sorted",
      "[{`id`:`r0`,`given`:`$`,`assert`:{`forbidden`:false}},{`id`:`r1`,`gi"
      "ven`:`$`,`assert`:{`sorted`:false}},{`id`:`r2`,`given`:`$`,`assert`:"
      "{`sorted`:{`By`:`@`}}},{`id`:`r3`,`given`:`$`,`assert`:{`sorted`:{`b"
      "y`:`x`}}},{`id`:`r4`,`given`:`$`,`assert`:{`sorted`:{`direction`:`up"
      "`}}},{`id`:`r5`,`given`:`$`,`assert`:{`sorted`:{`strictly`:1}}}]",
      "1:47-52 /0/assert/forbidden 'forbidden' takes only true\n"
      "1:97-102 /1/assert/sorted 'sorted' takes only true\n"
      "1:148-152 /2/assert/sorted/By unknown key 'By' in 'sorted' | did "
      "you mean 'by'?\n"
      "1:209-210 /3/assert/sorted/by path: expected '$', '@' or a kind "
      "and ':', at character 1\n"
      "1:270-274 /4/assert/sorted/direction 'up' is no direction\n"
      "1:332-333 /5/assert/sorted/strictly 'strictly' is a number, not a "
      "boolean" },
    { "length, sum",
      "[{`id`:`r0`,`given`:`$`,`assert`:{`length`:3}},{`id`:`r1`,`given`:`$"
      "`,`assert`:{`length`:{`of_path`:`$`,`min`:1}}},{`id`:`r2`,`given`:`$"
      "`,`assert`:{`sum`:{}}},{`id`:`r3`,`given`:`$`,`assert`:{`sum`:{`of_p"
      "ath`:1,`min`:1}}},{`id`:`r4`,`given`:`$`,`assert`:{`sum`:{`min`:null"
      "}}}]",
      "1:44-45 /0/assert/length 'length' is a number, not an object\n"
      "1:91-100 /1/assert/length/of_path unknown key 'of_path' in "
      "'length'\n"
      "1:155-157 /2/assert/sum 'sum' has no bound\n"
      "1:210-211 /3/assert/sum/of_path a path is a number, not a string\n"
      "1:269-273 /4/assert/sum/min a bound is null, not a number" },
    { "ratio",
      "[{`id`:`r0`,`given`:`$`,`assert`:{`ratio`:[]}},{`id`:`r1`,`given`:`$"
      "`,`assert`:{`ratio`:{`min`:1}}},{`id`:`r2`,`given`:`$`,`assert`:{`ra"
      "tio`:{`part`:`$`,`whole`:{`count`:`$`}}}},{`id`:`r3`,`given`:`$`,`as"
      "sert`:{`ratio`:{`part`:{},`whole`:`$.a[`,`min`:1}}},{`id`:`r4`,`give"
      "n`:`$`,`assert`:{`ratio`:{`part`:`$`,`whole`:`$`,`mim`:1}}}]",
      "1:43-45 /0/assert/ratio 'ratio' is an array, not an object\n"
      "1:89-98 /1/assert/ratio 'ratio' has no 'part'\n"
      "1:89-98 /1/assert/ratio 'ratio' has no 'whole'\n"
      "1:142-176 /2/assert/ratio 'ratio' has no bound\n"
      "1:163-170 /2/assert/ratio/whole/count unknown key 'count' in an "
      "amount\n"
      "1:228-230 /3/assert/ratio/part an amount has no 'sum'\n"
      "1:244-244 /3/assert/ratio/whole path: expected a selector: a "
      "quoted name, an index, a slice, '*' or '?', at character 5\n"
      "1:322-327 /4/assert/ratio/mim unknown key 'mim' in 'ratio' | did "
      "you mean 'min'?" },
    { "rows along",
      "[{`id`:`r0`,`given`:`$`,`assert`:{`ordered_along`:{`keys`:[1],`each`"
      ":`$`,`key`:`@`}}},{`id`:`r1`,`given`:`$`,`assert`:{`ordered_along`:{"
      "`keys`:[1],`key`:`@`,`value`:`@`}}},{`id`:`r2`,`given`:`$`,`assert`:"
      "{`ordered_along`:{`keys`:[1],`each`:`$`,`key`:1,`value`:`@`}}}]",
      "1:51-84 /0/assert/ordered_along rows need 'each', 'key' and "
      "'value', all of them\n"
      "1:136-170 /1/assert/ordered_along rows need 'each', 'key' and "
      "'value', all of them\n"
      "1:251-252 /2/assert/ordered_along/key a path is a number, not a "
      "string" },
    { "join",
      "[{`id`:`r0`,`given`:`$`,`assert`:{`join`:1}},{`id`:`r1`,`given`:`$`,"
      "`assert`:{`join`:{`row`:1}}},{`id`:`r2`,`given`:`$`,`assert`:{`join`"
      ":{}}},{`id`:`r3`,`given`:`$`,`assert`:{`join`:{`rows`:`$`,`key`:[`@`"
      "],`with`:`$`,`unmatched`:{`rows`:`fail`}}}},{`id`:`r4`,`given`:`$`,`"
      "assert`:{`join`:{`rows`:`$`,`key`:[`@`],`with`:`$`,`unmatched`:{`row"
      "s`:`pass`,`with`:`skip`}}}},{`id`:`r5`,`given`:`$`,`assert`:{`join`:"
      "{`rows`:`$`,`key`:[`@`],`with`:`$`,`unmatched`:{`rows`:`pass`,`with`"
      ":`pass`}}}}]",
      "1:42-43 /0/assert/join 'join' is a number, not an object\n"
      "1:87-92 /1/assert/join/row unknown key 'row' in 'join' | did you "
      "mean 'rows'?\n"
      "1:138-140 /2/assert/join 'join' has no 'key'\n"
      "1:138-140 /2/assert/join 'join' has no 'rows'\n"
      "1:138-140 /2/assert/join 'join' has no 'unmatched'\n"
      "1:138-140 /2/assert/join 'join' has no 'with'\n"
      "1:230-245 /3/assert/join/unmatched 'unmatched' has no 'with'\n"
      "1:358-364 /4/assert/join/unmatched/with 'skip' is no answer\n"
      "1:409-486 /5/assert/join 'join' demands nothing" },
    { "join keys and pairs",
      "[{`id`:`r0`,`given`:`$`,`assert`:{`join`:{`rows`:`$`,`key`:[],`with`"
      ":`$`,`unmatched`:{`rows`:`fail`,`with`:`pass`}}}},{`id`:`r1`,`given`"
      ":`$`,`assert`:{`join`:{`rows`:`$`,`key`:[`@`],`with_key`:[`@.a`,`@.b"
      "`],`with`:`$`,`unmatched`:{`rows`:`fail`,`with`:`pass`}}}},{`id`:`r2"
      "`,`given`:`$`,`assert`:{`join`:{`rows`:`$`,`key`:[`@`],`with_key`:1,"
      "`with`:`$`,`unmatched`:1,`agree`:1}}},{`id`:`r3`,`given`:`$`,`assert"
      "`:{`join`:{`rows`:`$`,`key`:[`@`],`with`:`$`,`unmatched`:{`rows`:`fa"
      "il`,`with`:`pass`},`agree`:[]}}},{`id`:`r4`,`given`:`$`,`assert`:{`j"
      "oin`:{`rows`:`$`,`key`:[`@`],`with`:`$`,`unmatched`:{`rows`:`fail`,`"
      "with`:`pass`},`agree`:[`@.`,{`rows`:`@`},{`rows`:`@`,`is`:`less`,`wi"
      "th`:`@`},{`row`:`@`}]}}}]",
      "1:60-62 /0/assert/join/key 'key' lists no paths\n"
      "1:194-207 /1/assert/join/with_key 'with_key' has 2 paths, 'key' "
      "1\n"
      "1:339-340 /2/assert/join/with_key 'with_key' is a number, not an "
      "array\n"
      "1:364-365 /2/assert/join/unmatched 'unmatched' is a number, not "
      "an object\n"
      "1:504-506 /3/assert/join/agree 'agree' lists no paths\n"
      "1:639-639 /4/assert/join/agree/0 path: expected a name or '*' "
      "behind '.', at character 3\n"
      "1:641-653 /4/assert/join/agree/1 a pair has no 'with'\n"
      "1:671-677 /4/assert/join/agree/2/is 'less' is no relation\n"
      "1:691-696 /4/assert/join/agree/3/row unknown key 'row' in a pair "
      "| did you mean 'rows'?" },
    { "date",
      "[{`id`:`r0`,`given`:`$`,`assert`:{`date`:false}},{`id`:`r1`,`given`:"
      "`$`,`assert`:{`date`:{}}},{`id`:`r2`,`given`:`$`,`assert`:{`date`:{`"
      "form`:`dya`}}},{`id`:`r3`,`given`:`$`,`assert`:{`date`:{`not_after`:"
      "`now`}}},{`id`:`r4`,`given`:`$`,`assert`:{`date`:{`min`:`today`}}},{"
      "`id`:`r5`,`given`:`$`,`assert`:{`date`:{`min`:7}}},{`id`:`r6`,`given"
      "`:`$`,`assert`:{`date`:{`max`:{`from`:`now`}}}},{`id`:`r7`,`given`:`"
      "$`,`assert`:{`date`:{`max`:{`from`:`then`,`days`:1}}}},{`id`:`r8`,`g"
      "iven`:`$`,`assert`:{`date`:{`max`:{`from`:`now`,`days`:`1`}}}},{`id`"
      ":`r9`,`given`:`$`,`assert`:{`date`:{`max`:{`from`:`now`,`day`:1}}}},"
      "{`id`:`r10`,`given`:`$`,`assert`:{`date`:{`max`:{`days`:1}}}}]",
      "1:42-47 /0/assert/date 'date' takes only true\n"
      "1:90-92 /1/assert/date 'date' demands nothing\n"
      "1:143-148 /2/assert/date/form 'dya' is no form | did you mean "
      "'day'?\n"
      "1:193-204 /3/assert/date/not_after unknown key 'not_after' in "
      "'date'\n"
      "1:261-268 /4/assert/date/min 'today' is neither a date nor 'now', "
      "nor '{path: ...}'\n"
      "1:319-320 /5/assert/date/min a date is a number, not a string\n"
      "1:371-385 /6/assert/date/max a date 'from' another has no 'days'\n"
      "1:444-450 /7/assert/date/max/from 'then' is neither a date nor "
      "'now', nor '{path: ...}'\n"
      "1:532-535 /8/assert/date/max/days 'days' is a string, not a "
      "number\n"
      "1:601-606 /9/assert/date/max/day unknown key 'day' in a date | "
      "did you mean 'days'?\n"
      "1:661-671 /10/assert/date/max an object here is '{path: ...}', "
      "and has no 'path'" },
    { "stage",
      "[{`id`:`r0`,`given`:`$`,`assert`:{`stage`:1}},{`id`:`r1`,`given`:`$`"
      ",`assert`:{`stage`:{}}},{`id`:`r2`,`given`:`$`,`assert`:{`stage`:{`r"
      "ows`:`$`,`date`:`@`,`mni`:`@`}}},{`id`:`r3`,`given`:`$`,`assert`:{`s"
      "tage`:{`rows`:`$`,`date`:`@`,`min`:1}}},{`id`:`r4`,`given`:`$`,`asse"
      "rt`:{`stage`:{`rows`:`$`,`date`:`@`,`min`:`@`,`before_first`:`skip`}"
      "}}]",
      "1:43-44 /0/assert/stage 'stage' is a number, not an object\n"
      "1:88-90 /1/assert/stage 'stage' has no 'date'\n"
      "1:88-90 /1/assert/stage 'stage' has no 'rows'\n"
      "1:88-90 /1/assert/stage 'stage' has no bound\n"
      "1:157-162 /2/assert/stage/mni unknown key 'mni' in 'stage' | did "
      "you mean 'min'?\n"
      "1:240-241 /3/assert/stage/min a path is a number, not a string\n"
      "1:334-340 /4/assert/stage/before_first 'skip' is no answer" },
    { "file",
      "[{`id`:`r0`,`given`:`$`,`assert`:{`file`:`x`}},{`id`:`r1`,`given`:`$"
      "`,`assert`:{`file`:{}}},{`id`:`r2`,`given`:`$`,`assert`:{`file`:{`fr"
      "om`:`projects`}}},{`id`:`r3`,`given`:`$`,`assert`:{`file`:{`from`:`p"
      "roject`,`md5`:`x`}}},{`id`:`r4`,`given`:`$`,`assert`:{`file`:{`from`"
      ":`project`,`path`:1}}},{`id`:`r5`,`given`:`$`,`assert`:{`file`:{`fro"
      "m`:`project`,`sha256`:{}}}},{`id`:`r6`,`given`:`$`,`assert`:{`file`:"
      "{`from`:`project`,`size`:3}}},{`id`:`r7`,`given`:`$`,`assert`:{`file"
      "`:{`from`:`project`,`size`:{}}}},{`id`:`r8`,`given`:`$`,`assert`:{`f"
      "ile`:{`from`:`project`,`gzip_size`:{`most`:3}}}}]",
      "1:42-45 /0/assert/file 'file' is a string, not an object\n"
      "1:88-90 /1/assert/file 'file' has no 'from': 'document' or "
      "'project'\n"
      "1:141-151 /2/assert/file/from 'projects' is no folder | did you "
      "mean 'project'?\n"
      "1:213-218 /3/assert/file/md5 unknown key 'md5' in 'file'\n"
      "1:291-292 /4/assert/file/path a path is a number, not a string\n"
      "1:363-365 /5/assert/file/sha256 an object here is '{path: ...}', "
      "and has no 'path'\n"
      "1:434-435 /6/assert/file/size 'size' is a number, not an object\n"
      "1:504-506 /7/assert/file/size 'size' has no bound\n"
      "1:581-587 /8/assert/file/gzip_size/most unknown key 'most' in "
      "'gzip_size'" },
    { "documents",
      "[{`id`:`r0`,`given`:`$`,`documents`:1,`assert`:{`const`:1}},{`id`:`r"
      "1`,`given`:`$`,`documents`:{`p`:1},`assert`:{`const`:1}},{`id`:`r2`,"
      "`given`:`$`,`documents`:{`p`:{}},`assert`:{`const`:1}},{`id`:`r3`,`g"
      "iven`:`$`,`documents`:{`p`:{`markdown`:{}}},`assert`:{`const`:1}},{`"
      "id`:`r4`,`given`:`$`,`documents`:{`p`:{`markdown_table`:1}},`assert`"
      ":{`const`:1}},{`id`:`r5`,`given`:`$`,`documents`:{`p`:{`markdown_tab"
      "le`:{}}},`assert`:{`const`:1}},{`id`:`r6`,`given`:`$`,`documents`:{`"
      "p`:{`markdown_table`:{`from`:`here`,`file`:`x`,`heading`:`h`}}},`ass"
      "ert`:{`const`:1}},{`id`:`r7`,`given`:`$`,`documents`:{`p`:{`markdown"
      "_table`:{`from`:`project`,`file`:1,`heading`:`h`}}},`assert`:{`const"
      "`:1}},{`id`:`r8`,`given`:`$`,`documents`:{`p`:{`markdown_table`:{`fr"
      "om`:`project`,`file`:`../x`,`heading`:`h`}}},`assert`:{`const`:1}},{"
      "`id`:`r9`,`given`:`$`,`documents`:{`p`:{`markdown_table`:{`from`:`pr"
      "oject`,`file`:`x`,`head`:`h`}}},`assert`:{`const`:1}}]",
      "1:37-38 /0/documents 'documents' is a number, not an object\n"
      "1:101-102 /1/documents/p a document is a number, not an object\n"
      "1:166-168 /2/documents/p a document has no 'markdown_table' or "
      "'capture'\n"
      "1:233-243 /3/documents/p/markdown unknown key 'markdown' in a "
      "document\n"
      "1:329-330 /4/documents/p/markdown_table 'markdown_table' is a "
      "number, not an object\n"
      "1:413-415 /5/documents/p/markdown_table 'markdown_table' has no "
      "'file'\n"
      "1:413-415 /5/documents/p/markdown_table 'markdown_table' has no "
      "'from': 'document' or 'project'\n"
      "1:506-512 /6/documents/p/markdown_table/from 'here' is no folder\n"
      "1:646-647 /7/documents/p/markdown_table/file 'file' is a number, "
      "not a string\n"
      "1:770-776 /8/documents/p/markdown_table/file the path '../x' has "
      "a component '.' or '..'\n"
      "1:903-909 /9/documents/p/markdown_table/head unknown key 'head' "
      "in 'markdown_table'" },
    { "documents of a rule",
      "[{`id`:`r`,`given`:`$`,`documents`:{`p`:{`markdown_table`:{`from`:`p"
      "roject`,`file`:`x`,`heading`:`h`}}},`assert`:{`in`:{`path`:`p: $[*]`"
      "}}}]",
      "" },
    { "matches of a rule",
      "[{`id`:`r0`,`given`:`$`,`documents`:{`p`:{`capture`:1}},`assert`:{`c"
      "onst`:1}},{`id`:`r1`,`given`:`$`,`documents`:{`p`:{`capture`:{`from`"
      ":`project`,`file`:`x`}}},`assert`:{`const`:1}},{`id`:`r2`,`given`:`$"
      "`,`documents`:{`p`:{`capture`:{`from`:`project`,`file`:`x`,`pattern`"
      ":1}}},`assert`:{`const`:1}},{`id`:`r3`,`given`:`$`,`documents`:{`p`:"
      "{`capture`:{`from`:`project`,`file`:`x`,`pattern`:`(a)`}}},`assert`:"
      "{`const`:1}},{`id`:`r4`,`given`:`$`,`documents`:{`p`:{`capture`:{`fr"
      "om`:`project`,`file`:`x`,`pattern`:`a(?<a`}}},`assert`:{`const`:1}},"
      "{`id`:`r5`,`given`:`$`,`documents`:{`p`:{`capture`:{`from`:`project`"
      ",`file`:`/x`,`pattern`:`(?<a>.)`}}},`assert`:{`const`:1}},{`id`:`r6`"
      ",`given`:`$`,`documents`:{`p`:{`capture`:{},`markdown_table`:{}}},`a"
      "ssert`:{`const`:1}}]",
      "1:53-54 /0/documents/p/capture 'capture' is a number, not an "
      "object\n"
      "1:130-159 /1/documents/p/capture 'capture' has no 'pattern'\n"
      "1:274-275 /2/documents/p/capture/pattern 'pattern' is a number, "
      "not a string\n"
      "1:391-396 /3/documents/p/capture/pattern the pattern has no named "
      "group | '(?<name>...)' is one\n"
      "1:514-515 /4/documents/p/capture/pattern [regex-invalid] pattern: "
      "the group has no proper name, at character 2\n"
      "1:621-625 /5/documents/p/capture/file the path '/x' is not "
      "relative\n"
      "1:711-745 /6/documents/p a document has both 'markdown_table' and "
      "'capture'" },
    /* clang-format on */
