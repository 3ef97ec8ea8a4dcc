# Each target is a program: libFuzzer's with --enable-fuzzing, else one that
# replays the files it is given.
FUZZ_TARGETS = \
	fuzz/baseline \
	fuzz/capture \
	fuzz/check \
	fuzz/format \
	fuzz/gate \
	fuzz/history \
	fuzz/json-diff \
	fuzz/json \
	fuzz/log \
	fuzz/markdown \
	fuzz/patch \
	fuzz/project \
	fuzz/query \
	fuzz/regex \
	fuzz/rule \
	fuzz/schema \
	fuzz/waivers \
	fuzz/yaml
if FUZZING
noinst_PROGRAMS += $(FUZZ_TARGETS)
FUZZ_MAIN =
else
check_PROGRAMS += $(FUZZ_TARGETS)
FUZZ_MAIN = fuzz/replay.c
TESTS += fuzz/replay.sh
endif

fuzz_baseline_SOURCES = fuzz/baseline.c $(FUZZ_MAIN)
fuzz_baseline_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_capture_SOURCES = fuzz/capture.c $(FUZZ_MAIN)
fuzz_capture_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_check_SOURCES = fuzz/check.c $(FUZZ_MAIN)
fuzz_check_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_format_SOURCES = fuzz/format.c $(FUZZ_MAIN)
fuzz_format_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_gate_SOURCES = fuzz/gate.c $(FUZZ_MAIN)
fuzz_gate_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_history_SOURCES = fuzz/history.c $(FUZZ_MAIN)
fuzz_history_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_json_diff_SOURCES = fuzz/json-diff.c $(FUZZ_MAIN)
fuzz_json_diff_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_json_SOURCES = fuzz/json.c $(FUZZ_MAIN)
fuzz_json_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_log_SOURCES = fuzz/log.c $(FUZZ_MAIN)
fuzz_log_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_markdown_SOURCES = fuzz/markdown.c $(FUZZ_MAIN)
fuzz_markdown_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_patch_SOURCES = fuzz/patch.c $(FUZZ_MAIN)
fuzz_patch_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_project_SOURCES = fuzz/project.c $(FUZZ_MAIN)
fuzz_project_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_query_SOURCES = fuzz/query.c $(FUZZ_MAIN)
fuzz_query_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_regex_SOURCES = fuzz/regex.c $(FUZZ_MAIN)
fuzz_regex_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_rule_SOURCES = fuzz/rule.c $(FUZZ_MAIN)
fuzz_rule_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_schema_SOURCES = fuzz/schema.c $(FUZZ_MAIN)
fuzz_schema_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_waivers_SOURCES = fuzz/waivers.c $(FUZZ_MAIN)
fuzz_waivers_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_yaml_SOURCES = fuzz/yaml.c $(FUZZ_MAIN)
fuzz_yaml_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)

EXTRA_DIST += \
	fuzz/replay.sh \
	fuzz/check.dict \
	fuzz/format.dict \
	fuzz/gate.dict \
	fuzz/history.dict \
	fuzz/json.dict \
	fuzz/log.dict \
	fuzz/patch.dict \
	fuzz/query.dict \
	fuzz/regex.dict \
	fuzz/rule.dict \
	fuzz/schema.dict \
	fuzz/yaml.dict \
	fuzz/findings.h \
	fuzz/reading.h \
	fuzz/support.h \
	fuzz/tree.h

include fuzz/corpus.mk
