if HAVE_CHECK
UNIT_TESTS = \
	tests/unit/test-core \
	tests/unit/test-data \
	tests/unit/test-decimal \
	tests/unit/test-diag \
	tests/unit/test-gate-summary \
	tests/unit/test-gate \
	tests/unit/test-json-mistakes \
	tests/unit/test-json \
	tests/unit/test-load \
	tests/unit/test-measure \
	tests/unit/test-patch \
	tests/unit/test-pointer \
	tests/unit/test-query \
	tests/unit/test-regex \
	tests/unit/test-rule \
	tests/unit/test-schema \
	tests/unit/test-self-test \
	tests/unit/test-str \
	tests/unit/test-unit \
	tests/unit/test-yaml
check_PROGRAMS += $(UNIT_TESTS)
TESTS += $(UNIT_TESTS)
endif

LDADD = libassize.a $(CHECK_LIBS) $(LIBRARIES_USED)

EXTRA_DIST += \
	tests/unit/report.h \
	tests/unit/rule-key-rows.h \
	tests/unit/rule-mistake-rows.h \
	tests/unit/rule-rows.h \
	tests/unit/rule-support.h \
	tests/unit/support.h
# Conformance suites that are not part of the project: make check-suites.
SUITE_RUNNERS = \
	tests/suites/json-parsing \
	tests/suites/json-patch \
	tests/suites/json-schema \
	tests/suites/jsonpath \
	tests/suites/regex \
	tests/suites/yaml-test-suite
EXTRA_PROGRAMS += $(SUITE_RUNNERS)

CLEANFILES += $(SUITE_RUNNERS)

.PHONY: check-suites
check-suites: $(SUITE_RUNNERS) assize
	@test -n "$(SUITES)" || { echo "make check-suites SUITES=DIR" >&2; exit 2; }
	@$(srcdir)/tests/suites/run.sh "$(SUITES)" $(SUITE_RUNNERS)

SCRIPT_TESTS = \
	tests/cli/exit-status.sh \
	tests/cli/layers.sh \
	tests/cli/manual.sh \
	tests/cli/report.sh \
	tests/golden/run.sh
TESTS += $(SCRIPT_TESTS)
EXTRA_DIST += \
	tests/suites/run.sh \
	tests/cli/exit-status.sh \
	tests/cli/layers.sh \
	tests/cli/manual.sh \
	tests/cli/report.sh \
	tests/golden/run.sh \
	tests/golden/alias-limit/cmd \
	tests/golden/alias-limit/laughs.yaml \
	tests/golden/alias-limit/out \
	tests/golden/alias-limit/status \
	tests/golden/bad-encoding/cmd \
	tests/golden/bad-encoding/out \
	tests/golden/bad-encoding/status \
	tests/golden/budget-mistakes/cmd \
	tests/golden/budget-mistakes/out \
	tests/golden/budget-mistakes/status \
	tests/golden/check-alone/cmd \
	tests/golden/check-alone/out \
	tests/golden/check-json/cmd \
	tests/golden/check-json/out \
	tests/golden/check-project/cmd \
	tests/golden/check-project/out \
	tests/golden/check-project/status \
	tests/golden/check-yaml/cmd \
	tests/golden/check-yaml/out \
	tests/golden/color/cmd \
	tests/golden/color/out \
	tests/golden/color/schema.json \
	tests/golden/color/status \
	tests/golden/config-invalid/assize.yaml \
	tests/golden/config-invalid/cmd \
	tests/golden/config-invalid/out \
	tests/golden/config-invalid/status \
	tests/golden/config-nothing-found/assize.yaml \
	tests/golden/config-nothing-found/cmd \
	tests/golden/config-nothing-found/out \
	tests/golden/config-nothing-found/status \
	tests/golden/corpus-mistakes/cmd \
	tests/golden/corpus-mistakes/out \
	tests/golden/corpus-mistakes/status \
	tests/golden/depth-limit/cmd \
	tests/golden/depth-limit/out \
	tests/golden/depth-limit/status \
	tests/golden/duplicate-key/cmd \
	tests/golden/duplicate-key/out \
	tests/golden/duplicate-key/status \
	tests/golden/duplicate-key/twice.json \
	tests/golden/duplicate-key/twice.yaml \
	tests/golden/escapes/cmd \
	tests/golden/escapes/out \
	tests/golden/escapes/schema.json \
	tests/golden/escapes/status \
	tests/golden/explain/cmd \
	tests/golden/explain/out \
	tests/golden/file-too-large/cmd \
	tests/golden/file-too-large/out \
	tests/golden/file-too-large/status \
	tests/golden/file-unreadable/cmd \
	tests/golden/file-unreadable/out \
	tests/golden/file-unreadable/status \
	tests/golden/gate-contradiction/cmd \
	tests/golden/gate-contradiction/out \
	tests/golden/gate-contradiction/status \
	tests/golden/gate-documents-missing/cmd \
	tests/golden/gate-documents-missing/out \
	tests/golden/gate-documents-missing/status \
	tests/golden/gate-exempt/cmd \
	tests/golden/gate-exempt/out \
	tests/golden/gate-exempt/status \
	tests/golden/gate-fail/cmd \
	tests/golden/gate-fail/out \
	tests/golden/gate-fail/status \
	tests/golden/gate-pass/cmd \
	tests/golden/gate-pass/out \
	tests/golden/gate-policy-broken/cmd \
	tests/golden/gate-policy-broken/out \
	tests/golden/gate-profile-misspelt/cmd \
	tests/golden/gate-profile-misspelt/out \
	tests/golden/gate-profile-misspelt/status \
	tests/golden/gate-project/cmd \
	tests/golden/gate-project/out \
	tests/golden/gate-required/cmd \
	tests/golden/gate-required/out \
	tests/golden/gate-required/status \
	tests/golden/gate-twin/cmd \
	tests/golden/gate-twin/out \
	tests/golden/gate-twin/status \
	tests/golden/gate-units/cmd \
	tests/golden/gate-units/out \
	tests/golden/gate-units/status \
	tests/golden/gate-warn/cmd \
	tests/golden/gate-warn/out \
	tests/golden/gate-warn/status \
	tests/golden/json-syntax/bracket.json \
	tests/golden/json-syntax/cmd \
	tests/golden/json-syntax/colon.json \
	tests/golden/json-syntax/comma.json \
	tests/golden/json-syntax/comment.json \
	tests/golden/json-syntax/control.json \
	tests/golden/json-syntax/empty.json \
	tests/golden/json-syntax/escape.json \
	tests/golden/json-syntax/missing-comma.json \
	tests/golden/json-syntax/nan.json \
	tests/golden/json-syntax/open.json \
	tests/golden/json-syntax/out \
	tests/golden/json-syntax/python.json \
	tests/golden/json-syntax/quote.json \
	tests/golden/json-syntax/rest.json \
	tests/golden/json-syntax/status \
	tests/golden/json-syntax/surrogate.json \
	tests/golden/json-syntax/torn.json \
	tests/golden/json-syntax/zero.json \
	tests/golden/kind-unknown/cmd \
	tests/golden/kind-unknown/out \
	tests/golden/kind-unknown/status \
	tests/golden/kinds/cmd \
	tests/golden/kinds/out \
	tests/golden/lib.sh \
	tests/golden/max-errors/cmd \
	tests/golden/max-errors/out \
	tests/golden/measurement-commit/cmd \
	tests/golden/measurement-commit/out \
	tests/golden/measurement-metric/cmd \
	tests/golden/measurement-metric/out \
	tests/golden/measurement-metric/status \
	tests/golden/measurement-seeds/cmd \
	tests/golden/measurement-seeds/out \
	tests/golden/measurement-seeds/status \
	tests/golden/measurement-shape/cmd \
	tests/golden/measurement-shape/out \
	tests/golden/measurement-shape/status \
	tests/golden/measurement-unit/cmd \
	tests/golden/measurement-unit/out \
	tests/golden/measurement-unit/status \
	tests/golden/measurement-value/cmd \
	tests/golden/measurement-value/out \
	tests/golden/measurement-value/status \
	tests/golden/node-limit/cmd \
	tests/golden/node-limit/out \
	tests/golden/node-limit/status \
	tests/golden/nothing-judged/cmd \
	tests/golden/nothing-judged/out \
	tests/golden/nothing-judged/status \
	tests/golden/number-limit/cmd \
	tests/golden/number-limit/out \
	tests/golden/number-limit/status \
	tests/golden/order/cmd \
	tests/golden/order/out \
	tests/golden/output-failed/cmd \
	tests/golden/output-failed/err \
	tests/golden/output-failed/out \
	tests/golden/output-failed/status \
	tests/golden/output-files/cmd \
	tests/golden/output-files/out \
	tests/golden/output-outside/cmd \
	tests/golden/output-outside/err \
	tests/golden/output-outside/out \
	tests/golden/output-outside/status \
	tests/golden/policy-mistakes/cmd \
	tests/golden/policy-mistakes/out \
	tests/golden/policy-mistakes/status \
	tests/golden/regex-budget/cmd \
	tests/golden/regex-budget/out \
	tests/golden/regex-budget/slow.json \
	tests/golden/regex-budget/status \
	tests/golden/regex-invalid/cmd \
	tests/golden/regex-invalid/out \
	tests/golden/regex-invalid/patterns.json \
	tests/golden/regex-invalid/patterns.yaml \
	tests/golden/regex-invalid/status \
	tests/golden/rule-broken/cmd \
	tests/golden/rule-broken/document.json \
	tests/golden/rule-broken/out \
	tests/golden/rule-broken/rules.yaml \
	tests/golden/rule-broken/status \
	tests/golden/ruleset-invalid/cmd \
	tests/golden/ruleset-invalid/out \
	tests/golden/ruleset-invalid/rules.yaml \
	tests/golden/ruleset-invalid/status \
	tests/golden/schema-budget/cmd \
	tests/golden/schema-budget/out \
	tests/golden/schema-budget/status \
	tests/golden/schema-invalid/bad.json \
	tests/golden/schema-invalid/cmd \
	tests/golden/schema-invalid/out \
	tests/golden/schema-invalid/status \
	tests/golden/schema-reference/cmd \
	tests/golden/schema-reference/limit.json \
	tests/golden/schema-reference/loop.json \
	tests/golden/schema-reference/mapped.json \
	tests/golden/schema-reference/out \
	tests/golden/schema-reference/status \
	tests/golden/schema-reference/unknown.json \
	tests/golden/schema-unknown-keyword/cmd \
	tests/golden/schema-unknown-keyword/out \
	tests/golden/schema-unknown-keyword/typo.json \
	tests/golden/self-test/cmd \
	tests/golden/self-test/out \
	tests/golden/shape-alternatives/cmd \
	tests/golden/shape-alternatives/document.json \
	tests/golden/shape-alternatives/out \
	tests/golden/shape-alternatives/schema.json \
	tests/golden/shape-alternatives/status \
	tests/golden/shape-array/cmd \
	tests/golden/shape-array/document.json \
	tests/golden/shape-array/out \
	tests/golden/shape-array/schema.json \
	tests/golden/shape-array/status \
	tests/golden/shape-object/cmd \
	tests/golden/shape-object/document.yaml \
	tests/golden/shape-object/out \
	tests/golden/shape-object/schema.json \
	tests/golden/shape-object/status \
	tests/golden/shape-scalar/cmd \
	tests/golden/shape-scalar/document.json \
	tests/golden/shape-scalar/out \
	tests/golden/shape-scalar/schema.json \
	tests/golden/shape-scalar/status \
	tests/golden/standard-input/cmd \
	tests/golden/standard-input/out \
	tests/golden/standard-input/status \
	tests/golden/usage/cmd \
	tests/golden/usage/out \
	tests/golden/yaml-aliases/aliases.yaml \
	tests/golden/yaml-aliases/cmd \
	tests/golden/yaml-aliases/out \
	tests/golden/yaml-aliases/schema.yaml \
	tests/golden/yaml-aliases/status \
	tests/golden/yaml-ambiguous/cmd \
	tests/golden/yaml-ambiguous/old.yaml \
	tests/golden/yaml-ambiguous/out \
	tests/golden/yaml-multiple-documents/cmd \
	tests/golden/yaml-multiple-documents/out \
	tests/golden/yaml-multiple-documents/status \
	tests/golden/yaml-multiple-documents/two.yaml \
	tests/golden/yaml-syntax/alias.yaml \
	tests/golden/yaml-syntax/at.yaml \
	tests/golden/yaml-syntax/bracket.yaml \
	tests/golden/yaml-syntax/cmd \
	tests/golden/yaml-syntax/colon.yaml \
	tests/golden/yaml-syntax/empty.yaml \
	tests/golden/yaml-syntax/hash.yaml \
	tests/golden/yaml-syntax/indent.yaml \
	tests/golden/yaml-syntax/nested.yaml \
	tests/golden/yaml-syntax/open.yaml \
	tests/golden/yaml-syntax/out \
	tests/golden/yaml-syntax/status \
	tests/golden/yaml-syntax/tab.yaml \
	tests/golden/yaml-unsupported/boolean-key.yaml \
	tests/golden/yaml-unsupported/cmd \
	tests/golden/yaml-unsupported/infinity.yaml \
	tests/golden/yaml-unsupported/itself.yaml \
	tests/golden/yaml-unsupported/key.yaml \
	tests/golden/yaml-unsupported/merge.yaml \
	tests/golden/yaml-unsupported/out \
	tests/golden/yaml-unsupported/status \
	tests/golden/yaml-unsupported/tag.yaml

TEST_EXTENSIONS = .sh
AM_TESTS_ENVIRONMENT = LC_ALL=C; export LC_ALL; \
	ASSIZE='$(abs_top_builddir)/assize$(EXEEXT)'; export ASSIZE; \
	TOP_SRCDIR='$(abs_top_srcdir)'; export TOP_SRCDIR; \
	TOP_BUILDDIR='$(abs_top_builddir)'; export TOP_BUILDDIR; \
	unset NO_COLOR SOURCE_DATE_EPOCH GIT_DIR GIT_WORK_TREE 2>/dev/null || :;
