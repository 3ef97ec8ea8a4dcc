if HAVE_CHECK
UNIT_TESTS = \
	tests/unit/test-append \
	tests/unit/test-artifact \
	tests/unit/test-baseline \
	tests/unit/test-benchmarks \
	tests/unit/test-capture \
	tests/unit/test-commit-runs \
	tests/unit/test-constituent \
	tests/unit/test-copies \
	tests/unit/test-core \
	tests/unit/test-cost \
	tests/unit/test-data \
	tests/unit/test-date \
	tests/unit/test-decimal \
	tests/unit/test-derived \
	tests/unit/test-diag \
	tests/unit/test-format \
	tests/unit/test-gate-summary \
	tests/unit/test-gate \
	tests/unit/test-history \
	tests/unit/test-json-mistakes \
	tests/unit/test-json-scan \
	tests/unit/test-json \
	tests/unit/test-load \
	tests/unit/test-location \
	tests/unit/test-log-contexts \
	tests/unit/test-log \
	tests/unit/test-markdown \
	tests/unit/test-measure \
	tests/unit/test-messages \
	tests/unit/test-patch \
	tests/unit/test-path \
	tests/unit/test-pointer \
	tests/unit/test-provenance \
	tests/unit/test-query \
	tests/unit/test-regex \
	tests/unit/test-repeat \
	tests/unit/test-rule-budget \
	tests/unit/test-rule \
	tests/unit/test-runs \
	tests/unit/test-samples \
	tests/unit/test-schema-drafts \
	tests/unit/test-schema-path \
	tests/unit/test-schema-unique \
	tests/unit/test-schema \
	tests/unit/test-self-test \
	tests/unit/test-series \
	tests/unit/test-severity \
	tests/unit/test-stat-change \
	tests/unit/test-stat-distribution \
	tests/unit/test-stat-median \
	tests/unit/test-stat-quantile \
	tests/unit/test-stat-rank \
	tests/unit/test-stat-sign \
	tests/unit/test-stat-trend \
	tests/unit/test-str \
	tests/unit/test-streak \
	tests/unit/test-sweep \
	tests/unit/test-unit \
	tests/unit/test-waiver \
	tests/unit/test-yaml
check_PROGRAMS += $(UNIT_TESTS)
TESTS += $(UNIT_TESTS)
endif

LDADD = libassize.a $(CHECK_LIBS) $(LIBRARIES_USED)

EXTRA_DIST += \
	tests/unit/folder.h \
	tests/unit/format-rows.h \
	tests/unit/log-support.h \
	tests/unit/random.h \
	tests/unit/report.h \
	tests/unit/rule-key-rows.h \
	tests/unit/rule-mistake-rows.h \
	tests/unit/rule-rows.h \
	tests/unit/rule-support.h \
	tests/unit/schema-draft-rows.h \
	tests/unit/stat-support.h \
	tests/unit/support.h
# Conformance suites that are not part of the project: make check-suites.
SUITE_RUNNERS = \
	tests/suites/bench \
	tests/suites/json-parsing \
	tests/suites/json-patch \
	tests/suites/json-schema \
	tests/suites/jsonpath \
	tests/suites/known-ratio \
	tests/suites/regex \
	tests/suites/rules-spectral \
	tests/suites/schemastore \
	tests/suites/yaml-test-suite
EXTRA_PROGRAMS += $(SUITE_RUNNERS)

CLEANFILES += $(SUITE_RUNNERS)

.PHONY: check-suites
check-suites: $(SUITE_RUNNERS) assize
	@test -n "$(SUITES)" || { echo "make check-suites SUITES=DIR" >&2; exit 2; }
	@$(srcdir)/tests/suites/run.sh "$(SUITES)" $(SUITE_RUNNERS)

SCRIPT_TESTS = \
	tests/cli/allocation.sh \
	tests/cli/bowtie.sh \
	tests/cli/changelog.sh \
	tests/cli/exit-status.sh \
	tests/cli/history-git.sh \
	tests/cli/history.sh \
	tests/cli/init.sh \
	tests/cli/layers.sh \
	tests/cli/lists.sh \
	tests/cli/manual.sh \
	tests/cli/report.sh \
	tests/cli/staged.sh \
	tests/cli/user-kind.sh \
	tests/golden/run.sh
TESTS += $(SCRIPT_TESTS)

# Preloaded by tests/cli/allocation.sh.
check_DATA = tests/cli/fail-allocation.so
CLEANFILES += tests/cli/fail-allocation.so
EXTRA_DIST += tests/cli/fail-allocation.c
tests/cli/fail-allocation.so: tests/cli/fail-allocation.c
	$(AM_V_CCLD)$(MKDIR_P) tests/cli && $(CC) -std=c11 -O1 -shared -fPIC \
	    $(srcdir)/tests/cli/fail-allocation.c -ldl -o $@

EXTRA_DIST += \
	tests/suites/otel-config.sh \
	tests/suites/run.sh \
	tests/cli/allocation.sh \
	tests/cli/bowtie.sh \
	tests/cli/changelog.sh \
	tests/cli/exit-status.sh \
	tests/cli/history-git.sh \
	tests/cli/history.sh \
	tests/cli/init.sh \
	tests/cli/layers.sh \
	tests/cli/lists.sh \
	tests/cli/manual.sh \
	tests/cli/report.sh \
	tests/cli/staged.sh \
	tests/cli/user-kind.sh \
	tests/data/messages/budgets.yaml \
	tests/data/messages/cluster.yaml \
	tests/data/messages/compose.yaml \
	tests/data/messages/conditions.yaml \
	tests/data/messages/linter.yaml \
	tests/data/messages/openapi.yaml \
	tests/data/messages/package.yaml \
	tests/data/messages/unions.yaml \
	tests/data/messages/workflow.yaml \
	tests/data/rules-spectral/asyncapi-3-channel-servers.rules.yaml \
	tests/data/rules-spectral/asyncapi-3-operation-description.rules.yaml \
	tests/data/rules-spectral/asyncapi-3-server-no-trailing-slash.rules.yaml \
	tests/data/rules-spectral/asyncapi-3-tag-description.rules.yaml \
	tests/data/rules-spectral/asyncapi-channel-no-empty-parameter.rules.yaml \
	tests/data/rules-spectral/asyncapi-channel-no-trailing-slash.rules.yaml \
	tests/data/rules-spectral/asyncapi-info-license-url.rules.yaml \
	tests/data/rules-spectral/asyncapi-info-license.rules.yaml \
	tests/data/rules-spectral/asyncapi-server-no-empty-variable.rules.yaml \
	tests/data/rules-spectral/asyncapi-tags-alphabetical.rules.yaml \
	tests/data/rules-spectral/license-url.rules.yaml \
	tests/data/rules-spectral/no-eval-in-markdown.rules.yaml \
	tests/data/rules-spectral/oas2-anyOf.rules.yaml \
	tests/data/rules-spectral/oas2-api-host.rules.yaml \
	tests/data/rules-spectral/oas2-api-schemes.rules.yaml \
	tests/data/rules-spectral/oas3-parameter-description.rules.yaml \
	tests/data/rules-spectral/oas3-server-not-example.com.rules.yaml \
	tests/data/rules-spectral/oas3-server-trailing-slash.rules.yaml \
	tests/data/rules-spectral/oas3_1-callbacks-in-webhook.rules.yaml \
	tests/data/rules-spectral/openapi-tags-alphabetical.rules.yaml \
	tests/data/rules-spectral/operation-description.rules.yaml \
	tests/data/rules-spectral/operation-operationId-valid-in-url.rules.yaml \
	tests/data/rules-spectral/operation-operationId.rules.yaml \
	tests/data/rules-spectral/path-keys-no-trailing-slash.rules.yaml \
	tests/data/rules-spectral/path-not-include-query.rules.yaml

include tests/golden.mk

TEST_EXTENSIONS = .sh
AM_TESTS_ENVIRONMENT = LC_ALL=C; export LC_ALL; \
	ASSIZE='$(abs_top_builddir)/assize$(EXEEXT)'; export ASSIZE; \
	TOP_SRCDIR='$(abs_top_srcdir)'; export TOP_SRCDIR; \
	TOP_BUILDDIR='$(abs_top_builddir)'; export TOP_BUILDDIR; \
	unset NO_COLOR SOURCE_DATE_EPOCH GIT_DIR GIT_WORK_TREE 2>/dev/null || :;
