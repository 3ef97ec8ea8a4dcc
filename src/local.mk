noinst_LIBRARIES += libassize.a
CORE_SOURCES = \
	src/core/append.c \
	src/core/append.h \
	src/core/arena.c \
	src/core/arena.h \
	src/core/artifact.c \
	src/core/artifact.h \
	src/core/ascii.h \
	src/core/build.c \
	src/core/build.h \
	src/core/date.c \
	src/core/date.h \
	src/core/decimal-math.c \
	src/core/decimal.c \
	src/core/decimal.h \
	src/core/diag-ids.h \
	src/core/diag.c \
	src/core/diag.h \
	src/core/embedded.c \
	src/core/embedded.h \
	src/core/file-tree.c \
	src/core/file-tree.h \
	src/core/file.c \
	src/core/file.h \
	src/core/gunzip.c \
	src/core/gunzip.h \
	src/core/gzip.c \
	src/core/gzip.h \
	src/core/input.c \
	src/core/input.h \
	src/core/limits.h \
	src/core/map.c \
	src/core/map.h \
	src/core/node.c \
	src/core/node.h \
	src/core/patch.c \
	src/core/patch.h \
	src/core/path.c \
	src/core/path.h \
	src/core/pointer.c \
	src/core/pointer.h \
	src/core/sha256.c \
	src/core/sha256.h \
	src/core/source.c \
	src/core/source.h \
	src/core/str.c \
	src/core/str.h \
	src/core/utf8.c \
	src/core/utf8.h \
	src/core/verdict.c \
	src/core/verdict.h \
	src/core/zlib-load.c \
	src/core/zlib-load.h
READ_SOURCES = \
	src/read/duplicates.c \
	src/read/duplicates.h \
	src/read/json-escape.c \
	src/read/json-findings.c \
	src/read/json-mistakes.c \
	src/read/json-number.c \
	src/read/json-scan.h \
	src/read/json.c \
	src/read/json.h \
	src/read/load.c \
	src/read/read.h \
	src/read/yaml-alias.c \
	src/read/yaml-explain.c \
	src/read/yaml-merge.c \
	src/read/yaml-node.c \
	src/read/yaml-scalar.c \
	src/read/yaml-source.c \
	src/read/yaml-stream.c \
	src/read/yaml-text.c \
	src/read/yaml.c \
	src/read/yaml.h
libassize_a_SOURCES = \
	$(CORE_SOURCES) \
	$(READ_SOURCES) \
	src/regex/automaton.c \
	src/regex/automaton.h \
	src/regex/ecma-class.c \
	src/regex/ecma-reference.c \
	src/regex/ecma.c \
	src/regex/ecma.h \
	src/regex/iregexp.c \
	src/regex/parser.c \
	src/regex/property.c \
	src/regex/regex.c \
	src/regex/regex.h \
	src/regex/translate.h \
	src/schema/annotate.c \
	src/schema/branch.c \
	src/schema/check-applicator.c \
	src/schema/check-array.c \
	src/schema/check-object.c \
	src/schema/check-scalar.c \
	src/schema/check.c \
	src/schema/check.h \
	src/schema/compile-applicator.c \
	src/schema/compile-object.c \
	src/schema/compile-scalar.c \
	src/schema/compile.c \
	src/schema/compile.h \
	src/schema/compiled.h \
	src/schema/dialect.c \
	src/schema/explain.c \
	src/schema/facts.c \
	src/schema/facts.h \
	src/schema/format-address.c \
	src/schema/format-host.c \
	src/schema/format-idn.c \
	src/schema/format-mail.c \
	src/schema/format-time.c \
	src/schema/format-uri.c \
	src/schema/format-word.c \
	src/schema/format.c \
	src/schema/format.h \
	src/schema/formats.h \
	src/schema/keywords.c \
	src/schema/keywords.h \
	src/schema/locate.c \
	src/schema/metaschema.c \
	src/schema/mismatch.c \
	src/schema/names.c \
	src/schema/number.c \
	src/schema/number.h \
	src/schema/parse.c \
	src/schema/parsed.h \
	src/schema/place.c \
	src/schema/place.h \
	src/schema/reason.c \
	src/schema/registry.c \
	src/schema/report.c \
	src/schema/resolve.c \
	src/schema/scan.c \
	src/schema/scan.h \
	src/schema/schema.h \
	src/schema/shape.c \
	src/schema/uri.c \
	src/schema/uri.h \
	src/query/compiled.h \
	src/query/expression.c \
	src/query/filter.c \
	src/query/function.c \
	src/query/lex.c \
	src/query/parse.c \
	src/query/parse.h \
	src/query/path.c \
	src/query/query.h \
	src/query/run.c \
	src/query/run.h \
	src/query/typing.c \
	src/rule/assert-date.c \
	src/rule/assert-file.c \
	src/rule/assert-join.c \
	src/rule/assert-logic.c \
	src/rule/assert-number.c \
	src/rule/assert-order.c \
	src/rule/assert-set.c \
	src/rule/assert-text.c \
	src/rule/assert-unique.c \
	src/rule/assert-value.c \
	src/rule/bounds.c \
	src/rule/bounds.h \
	src/rule/canonical.c \
	src/rule/capture.c \
	src/rule/capture.h \
	src/rule/collect.c \
	src/rule/compiled.h \
	src/rule/condition.c \
	src/rule/extract.c \
	src/rule/extract.h \
	src/rule/failure.c \
	src/rule/html-block.c \
	src/rule/html-block.h \
	src/rule/judge.c \
	src/rule/judging.h \
	src/rule/lookup.c \
	src/rule/markdown.c \
	src/rule/markdown.h \
	src/rule/message.c \
	src/rule/mutant-size.c \
	src/rule/mutant-size.h \
	src/rule/mutant-test.c \
	src/rule/mutant.c \
	src/rule/mutant.h \
	src/rule/noted-limits.c \
	src/rule/noted-limits.h \
	src/rule/parse.c \
	src/rule/parse.h \
	src/rule/patch-test.c \
	src/rule/pointers.c \
	src/rule/references.c \
	src/rule/references.h \
	src/rule/rule.h \
	src/rule/ruleset.c \
	src/rule/rustc.c \
	src/rule/rustc.h \
	src/rule/select.c \
	src/rule/self-test-internal.h \
	src/rule/self-test.c \
	src/rule/self-test.h \
	src/rule/shell-words.c \
	src/rule/shell-words.h \
	src/rule/sweep.c \
	src/rule/transform.c \
	src/rule/transform.h \
	src/rule/trial.h \
	src/policy/annotations.c \
	src/policy/annotations.h \
	src/policy/batch.c \
	src/policy/batch.h \
	src/policy/choice.c \
	src/policy/choice.h \
	src/policy/ids.c \
	src/policy/ids.h \
	src/policy/kind-internal.h \
	src/policy/kind-of.c \
	src/policy/kind.c \
	src/policy/kind.h \
	src/policy/project-limits.c \
	src/policy/project.c \
	src/policy/project.h \
	src/policy/recount.c \
	src/policy/recount.h \
	src/policy/schema-path.c \
	src/policy/schema-path.h \
	src/policy/schemas.c \
	src/policy/schemas.h \
	src/policy/set-input.c \
	src/policy/set.c \
	src/policy/set.h \
	src/policy/severity.c \
	src/policy/severity.h \
	src/policy/user-kind.c \
	src/policy/waiver-internal.h \
	src/policy/waiver-read.c \
	src/policy/waiver.c \
	src/policy/waiver.h \
	src/measure/log-line.c \
	src/measure/log-line.h \
	src/measure/log-scan.c \
	src/measure/log-scan.h \
	src/measure/log-take.c \
	src/measure/log-take.h \
	src/measure/log-template.c \
	src/measure/log-template.h \
	src/measure/log.c \
	src/measure/log.h \
	src/measure/measure.c \
	src/measure/measure.h \
	src/measure/series.c \
	src/measure/series.h \
	src/measure/unit.c \
	src/measure/unit.h \
	src/stat/adjust.c \
	src/stat/adjust.h \
	src/stat/binomial.c \
	src/stat/binomial.h \
	src/stat/change.c \
	src/stat/change.h \
	src/stat/count.c \
	src/stat/count.h \
	src/stat/distribution.c \
	src/stat/distribution.h \
	src/stat/internal.c \
	src/stat/internal.h \
	src/stat/median.c \
	src/stat/median.h \
	src/stat/prediction.c \
	src/stat/prediction.h \
	src/stat/quantile.c \
	src/stat/quantile.h \
	src/stat/rank-sum.c \
	src/stat/rank-sum.h \
	src/stat/repeat.c \
	src/stat/repeat.h \
	src/stat/shift.h \
	src/stat/sign-flip.c \
	src/stat/sign-flip.h \
	src/stat/signed-rank.c \
	src/stat/signed-rank.h \
	src/stat/stat.h \
	src/stat/t-test.c \
	src/stat/t-test.h \
	src/gate/artifacts.c \
	src/gate/artifacts.h \
	src/gate/baseline-design.c \
	src/gate/baseline-plan.c \
	src/gate/baseline-provenance.c \
	src/gate/baseline.c \
	src/gate/baseline.h \
	src/gate/benchmarks.c \
	src/gate/budget.c \
	src/gate/budget.h \
	src/gate/constituent.c \
	src/gate/constituent.h \
	src/gate/corpus.c \
	src/gate/derived-row.c \
	src/gate/derived.c \
	src/gate/derived.h \
	src/gate/drift.c \
	src/gate/escalate.c \
	src/gate/event.c \
	src/gate/evidence.c \
	src/gate/exact.c \
	src/gate/explain.c \
	src/gate/explain.h \
	src/gate/gate.c \
	src/gate/gate.h \
	src/gate/history-order.c \
	src/gate/history.c \
	src/gate/history.h \
	src/gate/judge.c \
	src/gate/known.c \
	src/gate/optimization.c \
	src/gate/proof.c \
	src/gate/provenance.c \
	src/gate/provenance.h \
	src/gate/record.c \
	src/gate/record.h \
	src/gate/row.c \
	src/gate/row.h \
	src/gate/run-digest.c \
	src/gate/runs.c \
	src/gate/runs.h \
	src/gate/sample-check.c \
	src/gate/sample-value.c \
	src/gate/samples.c \
	src/gate/samples.h \
	src/gate/sampling.h \
	src/gate/scenarios.c \
	src/gate/session.h \
	src/gate/shell.c \
	src/gate/streak.c \
	src/gate/streak.h \
	src/gate/waived.c \
	src/report/formats.h \
	src/report/json.c \
	src/report/report.c \
	src/report/report.h \
	src/report/text.c
nodist_libassize_a_SOURCES = src/policy/builtin.c src/schema/metaschemas.c

bin_PROGRAMS += assize
assize_SOURCES = \
	src/cli/cmd-check.c \
	src/cli/cmd-explain.c \
	src/cli/cmd-gate.c \
	src/cli/cmd-help.c \
	src/cli/cmd-history.c \
	src/cli/cmd-init.c \
	src/cli/cmd-kinds.c \
	src/cli/cmd-query.c \
	src/cli/cmd-schema.c \
	src/cli/cmd-self-test.c \
	src/cli/command.h \
	src/cli/common.c \
	src/cli/gate-history.c \
	src/cli/gate-input.c \
	src/cli/gate-judge.c \
	src/cli/gate-report.c \
	src/cli/gate-run.h \
	src/cli/git-notes.c \
	src/cli/git-notes.h \
	src/cli/git.c \
	src/cli/git.h \
	src/cli/grading.c \
	src/cli/grading.h \
	src/cli/ledger.c \
	src/cli/ledger.h \
	src/cli/logs.c \
	src/cli/logs.h \
	src/cli/main.c \
	src/cli/option.c \
	src/cli/option.h \
	src/cli/plain.c \
	src/cli/policy-output.c \
	src/cli/policy-output.h \
	src/cli/self-test-on.c \
	src/cli/self-test-on.h \
	src/cli/staged.c \
	src/cli/staged.h \
	src/cli/steps.c \
	src/cli/steps.h
assize_LDADD = libassize.a $(LIBRARIES_USED)

# Data files become part of the program.
noinst_PROGRAMS += embed
embed_SOURCES = build-aux/embed.c $(CORE_SOURCES) $(READ_SOURCES)
embed_LDADD = $(YAML_LIBS) $(LIBRARIES_USED)

EMBEDDED_POLICY = \
	schemas/benchmark-baseline.schema.json \
	schemas/benchmark-corpus.schema.json \
	schemas/budget-summary.schema.json \
	schemas/coverage-ratchet.schema.json \
	schemas/dependency-policy.schema.json \
	schemas/flake-quarantine.schema.json \
	schemas/kinds.schema.json \
	schemas/optimization-policy.schema.json \
	schemas/perf-baseline.schema.json \
	schemas/perf-budgets.schema.json \
	schemas/project.schema.json \
	schemas/release-gate.schema.json \
	schemas/report.schema.json \
	schemas/ruleset.schema.json \
	schemas/waivers.schema.json \
	rules/benchmark-baseline.rules.yaml \
	rules/benchmark-corpus.rules.yaml \
	rules/budget-summary.rules.yaml \
	rules/coverage-ratchet.rules.yaml \
	rules/dependency-policy.rules.yaml \
	rules/flake-quarantine.rules.yaml \
	rules/kinds.yaml \
	rules/optimization-policy.rules.yaml \
	rules/perf-baseline.rules.yaml \
	rules/perf-budgets.rules.yaml \
	rules/release-gate.rules.yaml \
	rules/waivers.rules.yaml \
	policies/optimization-policy.json \
	policies/benchmark-corpus.json \
	policies/perf-budgets.json \
	policies/measurements/pass.json \
	policies/samples/benchmark-baseline.json \
	policies/samples/coverage-ratchet.json \
	policies/samples/dependency-policy.json \
	policies/samples/evidence/audit.json \
	policies/samples/evidence/budgets.json \
	policies/samples/evidence/tests.json \
	policies/samples/flake-quarantine.json \
	policies/samples/perf-baseline.json \
	policies/samples/release-gate.json \
	policies/samples/waivers.json \
	man/diagnostics.yaml
FOR_JUDGING = \
	judging:rules/benchmark-baseline.rules.yaml \
	judging:rules/benchmark-corpus.rules.yaml \
	judging:rules/budget-summary.rules.yaml \
	judging:rules/coverage-ratchet.rules.yaml \
	judging:rules/dependency-policy.rules.yaml \
	judging:rules/flake-quarantine.rules.yaml \
	judging:rules/optimization-policy.rules.yaml \
	judging:rules/perf-baseline.rules.yaml \
	judging:rules/perf-budgets.rules.yaml \
	judging:rules/release-gate.rules.yaml \
	judging:rules/waivers.rules.yaml \
	judging:schemas/benchmark-baseline.schema.json \
	judging:schemas/benchmark-corpus.schema.json \
	judging:schemas/budget-summary.schema.json \
	judging:schemas/coverage-ratchet.schema.json \
	judging:schemas/dependency-policy.schema.json \
	judging:schemas/flake-quarantine.schema.json \
	judging:schemas/kinds.schema.json \
	judging:schemas/optimization-policy.schema.json \
	judging:schemas/perf-baseline.schema.json \
	judging:schemas/perf-budgets.schema.json \
	judging:schemas/project.schema.json \
	judging:schemas/release-gate.schema.json \
	judging:schemas/report.schema.json \
	judging:schemas/ruleset.schema.json \
	judging:schemas/waivers.schema.json
EMBEDDED_METASCHEMAS = \
	2019-09/meta/applicator.json \
	2019-09/meta/content.json \
	2019-09/meta/core.json \
	2019-09/meta/format.json \
	2019-09/meta/meta-data.json \
	2019-09/meta/validation.json \
	2019-09/schema.json \
	2020-12/meta/applicator.json \
	2020-12/meta/content.json \
	2020-12/meta/core.json \
	2020-12/meta/format-annotation.json \
	2020-12/meta/format-assertion.json \
	2020-12/meta/meta-data.json \
	2020-12/meta/unevaluated.json \
	2020-12/meta/validation.json \
	2020-12/schema.json \
	draft-04/schema.json \
	draft-06/schema.json \
	draft-07/schema.json
EXTRA_DIST += \
	$(EMBEDDED_POLICY) \
	src/schema/metaschemas/2019-09/meta/applicator.json \
	src/schema/metaschemas/2019-09/meta/content.json \
	src/schema/metaschemas/2019-09/meta/core.json \
	src/schema/metaschemas/2019-09/meta/format.json \
	src/schema/metaschemas/2019-09/meta/meta-data.json \
	src/schema/metaschemas/2019-09/meta/validation.json \
	src/schema/metaschemas/2019-09/schema.json \
	src/schema/metaschemas/2020-12/meta/applicator.json \
	src/schema/metaschemas/2020-12/meta/content.json \
	src/schema/metaschemas/2020-12/meta/core.json \
	src/schema/metaschemas/2020-12/meta/format-annotation.json \
	src/schema/metaschemas/2020-12/meta/format-assertion.json \
	src/schema/metaschemas/2020-12/meta/meta-data.json \
	src/schema/metaschemas/2020-12/meta/unevaluated.json \
	src/schema/metaschemas/2020-12/meta/validation.json \
	src/schema/metaschemas/2020-12/schema.json \
	src/schema/metaschemas/draft-04/schema.json \
	src/schema/metaschemas/draft-06/schema.json \
	src/schema/metaschemas/draft-07/schema.json

src/policy/builtin.c: embed$(EXEEXT) $(EMBEDDED_POLICY)
	$(AM_V_GEN)$(MKDIR_P) src/policy && \
	./embed$(EXEEXT) az_policy_embedded $(top_srcdir) $(EMBEDDED_POLICY) \
	    $(FOR_JUDGING) >$@.tmp && mv $@.tmp $@

src/schema/metaschemas.c: embed$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) src/schema && \
	./embed$(EXEEXT) az_schema_metaschemas \
	    $(top_srcdir)/src/schema/metaschemas \
	    $(EMBEDDED_METASCHEMAS) >$@.tmp && mv $@.tmp $@

CLEANFILES += src/policy/builtin.c src/schema/metaschemas.c

policydir = $(pkgdatadir)/policies
dist_policy_DATA = \
	policies/benchmark-corpus.json \
	policies/benchmark-corpus.yaml \
	policies/optimization-policy.json \
	policies/optimization-policy.yaml \
	policies/perf-budgets.json \
	policies/perf-budgets.yaml
measurementsdir = $(pkgdatadir)/policies/measurements
dist_measurements_DATA = \
	policies/measurements/fail.json \
	policies/measurements/pass.json \
	policies/measurements/pass.yaml \
	policies/measurements/warn.json
samplesdir = $(pkgdatadir)/policies/samples
dist_samples_DATA = \
	policies/samples/benchmark-baseline.json \
	policies/samples/coverage-ratchet.json \
	policies/samples/dependency-policy.json \
	policies/samples/flake-quarantine.json \
	policies/samples/perf-baseline.json \
	policies/samples/release-gate.json \
	policies/samples/waivers.json
evidencedir = $(pkgdatadir)/policies/samples/evidence
dist_evidence_DATA = \
	policies/samples/evidence/audit.json \
	policies/samples/evidence/budgets.json \
	policies/samples/evidence/tests.json
schemasdir = $(pkgdatadir)/schemas
dist_schemas_DATA = \
	schemas/benchmark-baseline.schema.json \
	schemas/benchmark-corpus.schema.json \
	schemas/budget-summary.schema.json \
	schemas/coverage-ratchet.schema.json \
	schemas/dependency-policy.schema.json \
	schemas/flake-quarantine.schema.json \
	schemas/kinds.schema.json \
	schemas/optimization-policy.schema.json \
	schemas/perf-baseline.schema.json \
	schemas/perf-budgets.schema.json \
	schemas/project.schema.json \
	schemas/release-gate.schema.json \
	schemas/report.schema.json \
	schemas/ruleset.schema.json \
	schemas/waivers.schema.json
rulesdir = $(pkgdatadir)/rules
dist_rules_DATA = \
	rules/benchmark-baseline.rules.yaml \
	rules/benchmark-corpus.rules.yaml \
	rules/budget-summary.rules.yaml \
	rules/coverage-ratchet.rules.yaml \
	rules/dependency-policy.rules.yaml \
	rules/flake-quarantine.rules.yaml \
	rules/kinds.yaml \
	rules/optimization-policy.rules.yaml \
	rules/perf-baseline.rules.yaml \
	rules/perf-budgets.rules.yaml \
	rules/release-gate.rules.yaml \
	rules/waivers.rules.yaml
