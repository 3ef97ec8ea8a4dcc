# Each target is a program: libFuzzer's with --enable-fuzzing, else one that
# replays the files it is given.
FUZZ_TARGETS = \
	fuzz/check \
	fuzz/gate \
	fuzz/json-diff \
	fuzz/json \
	fuzz/query \
	fuzz/regex \
	fuzz/rule \
	fuzz/schema \
	fuzz/yaml
if FUZZING
noinst_PROGRAMS += $(FUZZ_TARGETS)
FUZZ_MAIN =
else
check_PROGRAMS += $(FUZZ_TARGETS)
FUZZ_MAIN = fuzz/replay.c
TESTS += fuzz/replay.sh
endif

fuzz_check_SOURCES = fuzz/check.c $(FUZZ_MAIN)
fuzz_check_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_gate_SOURCES = fuzz/gate.c $(FUZZ_MAIN)
fuzz_gate_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_json_diff_SOURCES = fuzz/json-diff.c $(FUZZ_MAIN)
fuzz_json_diff_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_json_SOURCES = fuzz/json.c $(FUZZ_MAIN)
fuzz_json_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_query_SOURCES = fuzz/query.c $(FUZZ_MAIN)
fuzz_query_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_regex_SOURCES = fuzz/regex.c $(FUZZ_MAIN)
fuzz_regex_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_rule_SOURCES = fuzz/rule.c $(FUZZ_MAIN)
fuzz_rule_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_schema_SOURCES = fuzz/schema.c $(FUZZ_MAIN)
fuzz_schema_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_yaml_SOURCES = fuzz/yaml.c $(FUZZ_MAIN)
fuzz_yaml_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)

EXTRA_DIST += \
	fuzz/replay.sh \
	fuzz/check.dict \
	fuzz/gate.dict \
	fuzz/json.dict \
	fuzz/query.dict \
	fuzz/regex.dict \
	fuzz/rule.dict \
	fuzz/schema.dict \
	fuzz/yaml.dict \
	fuzz/corpus/check/empty-kinds \
	fuzz/corpus/check/optimization-policy \
	fuzz/corpus/check/optimization-policy-yaml \
	fuzz/corpus/check/perf-budgets \
	fuzz/corpus/check/summary \
	fuzz/corpus/check/three-policies \
	fuzz/corpus/check/unknown-kind \
	fuzz/corpus/gate/broken \
	fuzz/corpus/gate/commits \
	fuzz/corpus/gate/contradiction \
	fuzz/corpus/gate/fail \
	fuzz/corpus/gate/huge \
	fuzz/corpus/gate/minutes \
	fuzz/corpus/gate/missing \
	fuzz/corpus/gate/nothing \
	fuzz/corpus/gate/other-profile \
	fuzz/corpus/gate/pass \
	fuzz/corpus/gate/required \
	fuzz/corpus/gate/shapes \
	fuzz/corpus/gate/summaries \
	fuzz/corpus/gate/tiny \
	fuzz/corpus/gate/twin \
	fuzz/corpus/gate/units \
	fuzz/corpus/gate/warn \
	fuzz/corpus/json-diff/duplicates \
	fuzz/corpus/json-diff/escapes \
	fuzz/corpus/json-diff/many \
	fuzz/corpus/json-diff/members \
	fuzz/corpus/json-diff/nested \
	fuzz/corpus/json-diff/nul-keys \
	fuzz/corpus/json-diff/null \
	fuzz/corpus/json-diff/numbers \
	fuzz/corpus/json-diff/text \
	fuzz/corpus/json/comment \
	fuzz/corpus/json/duplicates \
	fuzz/corpus/json/escapes \
	fuzz/corpus/json/exponent \
	fuzz/corpus/json/latin1 \
	fuzz/corpus/json/leading-zero \
	fuzz/corpus/json/many \
	fuzz/corpus/json/many-duplicates \
	fuzz/corpus/json/mark \
	fuzz/corpus/json/members \
	fuzz/corpus/json/mismatch \
	fuzz/corpus/json/nested \
	fuzz/corpus/json/newline \
	fuzz/corpus/json/no-colon \
	fuzz/corpus/json/no-comma \
	fuzz/corpus/json/not-finite \
	fuzz/corpus/json/nul-keys \
	fuzz/corpus/json/null \
	fuzz/corpus/json/numbers \
	fuzz/corpus/json/odd-numbers \
	fuzz/corpus/json/open \
	fuzz/corpus/json/single-quotes \
	fuzz/corpus/json/surrogate \
	fuzz/corpus/json/text \
	fuzz/corpus/json/trailing-comma \
	fuzz/corpus/json/two \
	fuzz/corpus/json/unquoted \
	fuzz/corpus/json/utf16 \
	fuzz/corpus/query/bad \
	fuzz/corpus/query/bad-escape \
	fuzz/corpus/query/compare \
	fuzz/corpus/query/descend \
	fuzz/corpus/query/escapes \
	fuzz/corpus/query/functions \
	fuzz/corpus/query/match \
	fuzz/corpus/query/names \
	fuzz/corpus/query/nested \
	fuzz/corpus/query/nul-name \
	fuzz/corpus/query/powers \
	fuzz/corpus/query/slices \
	fuzz/corpus/query/space \
	fuzz/corpus/query/wild \
	fuzz/corpus/regex/alternatives \
	fuzz/corpus/regex/anchored \
	fuzz/corpus/regex/assertions \
	fuzz/corpus/regex/backreference \
	fuzz/corpus/regex/budget \
	fuzz/corpus/regex/classes \
	fuzz/corpus/regex/controls \
	fuzz/corpus/regex/counts \
	fuzz/corpus/regex/dot \
	fuzz/corpus/regex/iregexp \
	fuzz/corpus/regex/iregexp-class \
	fuzz/corpus/regex/literals \
	fuzz/corpus/regex/lookbehind \
	fuzz/corpus/regex/nested \
	fuzz/corpus/regex/not-ecma \
	fuzz/corpus/regex/open \
	fuzz/corpus/regex/possessive \
	fuzz/corpus/regex/property \
	fuzz/corpus/regex/reset \
	fuzz/corpus/regex/surrogates \
	fuzz/corpus/regex/utf8 \
	fuzz/corpus/regex/whole \
	fuzz/corpus/rule/all \
	fuzz/corpus/rule/any \
	fuzz/corpus/rule/at-least-one-of \
	fuzz/corpus/rule/command \
	fuzz/corpus/rule/const \
	fuzz/corpus/rule/count \
	fuzz/corpus/rule/disjoint \
	fuzz/corpus/rule/distinct-paths \
	fuzz/corpus/rule/enum \
	fuzz/corpus/rule/exactly-one-of \
	fuzz/corpus/rule/in \
	fuzz/corpus/rule/non-empty \
	fuzz/corpus/rule/none \
	fuzz/corpus/rule/not \
	fuzz/corpus/rule/not-in \
	fuzz/corpus/rule/not-pattern \
	fuzz/corpus/rule/of \
	fuzz/corpus/rule/ordered \
	fuzz/corpus/rule/ordered-along \
	fuzz/corpus/rule/ordered-strictly \
	fuzz/corpus/rule/path \
	fuzz/corpus/rule/pattern \
	fuzz/corpus/rule/prefix \
	fuzz/corpus/rule/range \
	fuzz/corpus/rule/relative-path \
	fuzz/corpus/rule/rustc \
	fuzz/corpus/rule/same-sequence \
	fuzz/corpus/rule/same-set \
	fuzz/corpus/rule/subset-of \
	fuzz/corpus/rule/superset-of \
	fuzz/corpus/rule/type \
	fuzz/corpus/rule/unique \
	fuzz/corpus/rule/when \
	fuzz/corpus/rule/yaml \
	fuzz/corpus/schema/additionalproperties-and-patterns \
	fuzz/corpus/schema/anyof-deepest \
	fuzz/corpus/schema/anyof-of-values \
	fuzz/corpus/schema/bad-anchor-twice \
	fuzz/corpus/schema/bad-id-twice \
	fuzz/corpus/schema/bad-pattern-behind-escapes \
	fuzz/corpus/schema/bad-ref-in-a-circle \
	fuzz/corpus/schema/bad-ref-nowhere \
	fuzz/corpus/schema/bad-required-names \
	fuzz/corpus/schema/bad-schema-unknown \
	fuzz/corpus/schema/dependentrequired \
	fuzz/corpus/schema/dependentschemas \
	fuzz/corpus/schema/dynamicref \
	fuzz/corpus/schema/dynamicref-without-end \
	fuzz/corpus/schema/enum-of-many \
	fuzz/corpus/schema/formats \
	fuzz/corpus/schema/if-then \
	fuzz/corpus/schema/items-false-behind-prefixitems \
	fuzz/corpus/schema/maxlength-in-code-points \
	fuzz/corpus/schema/mincontains \
	fuzz/corpus/schema/multipleof-is-exact \
	fuzz/corpus/schema/nested-anyof \
	fuzz/corpus/schema/not \
	fuzz/corpus/schema/oneof-chosen-by-const-behind-ref \
	fuzz/corpus/schema/oneof-no-const-agrees \
	fuzz/corpus/schema/pattern \
	fuzz/corpus/schema/propertynames \
	fuzz/corpus/schema/ref-by-embedded-id \
	fuzz/corpus/schema/ref-to-itself-below \
	fuzz/corpus/schema/ref-to-the-metaschema \
	fuzz/corpus/schema/required-misspelt \
	fuzz/corpus/schema/type-list \
	fuzz/corpus/schema/unevaluateditems-after-contains \
	fuzz/corpus/schema/unevaluatedproperties-sees-no-cousins \
	fuzz/corpus/schema/unevaluatedproperties-through-if \
	fuzz/corpus/schema/uniqueitems-of-many \
	fuzz/corpus/yaml/aliases \
	fuzz/corpus/yaml/anchor-name \
	fuzz/corpus/yaml/block-blank \
	fuzz/corpus/yaml/block-start \
	fuzz/corpus/yaml/bomb \
	fuzz/corpus/yaml/colon \
	fuzz/corpus/yaml/comments \
	fuzz/corpus/yaml/compact \
	fuzz/corpus/yaml/crlf \
	fuzz/corpus/yaml/cycle \
	fuzz/corpus/yaml/dash \
	fuzz/corpus/yaml/directive \
	fuzz/corpus/yaml/document-end \
	fuzz/corpus/yaml/documents \
	fuzz/corpus/yaml/duplicates \
	fuzz/corpus/yaml/empty \
	fuzz/corpus/yaml/explicit \
	fuzz/corpus/yaml/flow \
	fuzz/corpus/yaml/folded \
	fuzz/corpus/yaml/glued \
	fuzz/corpus/yaml/indent \
	fuzz/corpus/yaml/json \
	fuzz/corpus/yaml/keys \
	fuzz/corpus/yaml/literal \
	fuzz/corpus/yaml/marks \
	fuzz/corpus/yaml/merge \
	fuzz/corpus/yaml/missing-value \
	fuzz/corpus/yaml/nel \
	fuzz/corpus/yaml/no-newline \
	fuzz/corpus/yaml/policy \
	fuzz/corpus/yaml/properties \
	fuzz/corpus/yaml/question \
	fuzz/corpus/yaml/quoted \
	fuzz/corpus/yaml/redefined \
	fuzz/corpus/yaml/scalars \
	fuzz/corpus/yaml/tags \
	fuzz/corpus/yaml/utf8 \
	fuzz/corpus/yaml/utf8-two \
	fuzz/corpus/yaml/verbatim
