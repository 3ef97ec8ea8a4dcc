/* The catalogue of diagnostics.
   SPDX-License-Identifier: MIT

   AZ_DIAG(ID, "name", severity, class, "summary").  A name is never renamed
   or given to another matter.  Each is explained in man/diagnostics.yaml (for
   "assize explain"), listed in assize-diagnostics(7) and shown by a golden
   case; tests hold that. */

#ifndef AZ_CORE_DIAG_IDS_H
#define AZ_CORE_DIAG_IDS_H

/* clang-format off */
#define AZ_DIAG_IDS(AZ_DIAG)                                                     \
    /* files */                                                                  \
    AZ_DIAG(FILE_UNREADABLE, "file-unreadable", AZ_ERROR, AZ_CLASS_INPUT,        \
            "the file cannot be read")                                           \
    AZ_DIAG(FILE_TOO_LARGE, "file-too-large", AZ_ERROR, AZ_CLASS_INPUT,          \
            "the file is over the size limit")                                   \
    AZ_DIAG(OUTPUT_FAILED, "output-failed", AZ_ERROR, AZ_CLASS_INTERNAL,         \
            "a result could not be written")                                     \
    AZ_DIAG(GZIP_INVALID, "gzip-invalid", AZ_ERROR, AZ_CLASS_INPUT,              \
            "gzip data are damaged, cut short or followed by something else")    \
    /* reading JSON and YAML */                                                  \
    AZ_DIAG(BAD_ENCODING, "bad-encoding", AZ_ERROR, AZ_CLASS_INPUT,              \
            "the file is not UTF-8, or begins with a byte order mark")           \
    AZ_DIAG(JSON_SYNTAX, "json-syntax", AZ_ERROR, AZ_CLASS_INPUT,                \
            "the file is not JSON")                                              \
    AZ_DIAG(DUPLICATE_KEY, "duplicate-key", AZ_ERROR, AZ_CLASS_INPUT,            \
            "an object has the same key twice")                                  \
    AZ_DIAG(DEPTH_LIMIT, "depth-limit", AZ_ERROR, AZ_CLASS_INPUT,                \
            "arrays and objects are nested too deep")                            \
    AZ_DIAG(NODE_LIMIT, "node-limit", AZ_ERROR, AZ_CLASS_INPUT,                  \
            "the document has too many values")                                  \
    AZ_DIAG(NUMBER_LIMIT, "number-limit", AZ_ERROR, AZ_CLASS_INPUT,              \
            "a number has too many digits or too large an exponent")             \
    AZ_DIAG(YAML_SYNTAX, "yaml-syntax", AZ_ERROR, AZ_CLASS_INPUT,                \
            "the file is not YAML")                                              \
    AZ_DIAG(YAML_UNSUPPORTED, "yaml-unsupported", AZ_ERROR, AZ_CLASS_INPUT,      \
            "YAML that would be misread, or has no JSON meaning")                \
    AZ_DIAG(YAML_MULTIPLE, "yaml-multiple-documents", AZ_ERROR, AZ_CLASS_INPUT,  \
            "the file holds more than one YAML document")                        \
    AZ_DIAG(ALIAS_LIMIT, "alias-limit", AZ_ERROR, AZ_CLASS_INPUT,                \
            "YAML aliases blow the document up")                                 \
    AZ_DIAG(YAML_AMBIGUOUS, "yaml-ambiguous", AZ_WARNING, AZ_CLASS_NONE,         \
            "a plain scalar means something else in YAML 1.1")                   \
    /* schemas and rulesets as such */                                           \
    AZ_DIAG(SCHEMA_INVALID, "schema-invalid", AZ_ERROR, AZ_CLASS_INPUT,          \
            "the schema is not a valid schema")                                  \
    AZ_DIAG(SCHEMA_REFERENCE, "schema-reference", AZ_ERROR, AZ_CLASS_INPUT,      \
            "a schema that something refers to is not known")                      \
    AZ_DIAG(SCHEMA_UNKNOWN_KEYWORD, "schema-unknown-keyword", AZ_WARNING,        \
            AZ_CLASS_NONE, "the schema has a keyword that nobody knows")         \
    AZ_DIAG(REGEX_INVALID, "regex-invalid", AZ_ERROR, AZ_CLASS_INPUT,            \
            "a pattern is no regular expression, or an unsupported one")         \
    AZ_DIAG(REGEX_BUDGET, "regex-budget", AZ_ERROR, AZ_CLASS_NO_VERDICT,         \
            "matching a pattern took more steps than the limit")                 \
    AZ_DIAG(SCHEMA_BUDGET, "schema-budget", AZ_ERROR, AZ_CLASS_NO_VERDICT,       \
            "applying the schema took more steps, or went deeper, than the limit") \
    AZ_DIAG(RULE_BUDGET, "rule-budget", AZ_ERROR, AZ_CLASS_NO_VERDICT,           \
            "judging a rule took more steps than the limit")                     \
    AZ_DIAG(RULESET_INVALID, "ruleset-invalid", AZ_ERROR, AZ_CLASS_INPUT,        \
            "the ruleset is not a valid ruleset")                                \
    /* shape: one for each keyword that can fail */                              \
    AZ_DIAG(SCHEMA_FALSE, "schema-false", AZ_ERROR, AZ_CLASS_JUDGED,             \
            "the schema allows nothing here")                                    \
    AZ_DIAG(UNKNOWN_KEY, "unknown-key", AZ_ERROR, AZ_CLASS_JUDGED,               \
            "the key is not one that may stand here")                            \
    AZ_DIAG(MISSING_KEY, "missing-key", AZ_ERROR, AZ_CLASS_JUDGED,               \
            "a required key is missing")                                         \
    AZ_DIAG(SCHEMA_TYPE, "schema-type", AZ_ERROR, AZ_CLASS_JUDGED,               \
            "the value has the wrong type")                                      \
    AZ_DIAG(SCHEMA_ENUM, "schema-enum", AZ_ERROR, AZ_CLASS_JUDGED,               \
            "the value is not one of those allowed")                             \
    AZ_DIAG(SCHEMA_CONST, "schema-const", AZ_ERROR, AZ_CLASS_JUDGED,             \
            "the value is not the one allowed")                                  \
    AZ_DIAG(SCHEMA_BOUND, "schema-bound", AZ_ERROR, AZ_CLASS_JUDGED,             \
            "the number is outside its bounds")                                  \
    AZ_DIAG(SCHEMA_MULTIPLE, "schema-multiple", AZ_ERROR, AZ_CLASS_JUDGED,       \
            "the number is not a multiple of the step")                          \
    AZ_DIAG(SCHEMA_LENGTH, "schema-length", AZ_ERROR, AZ_CLASS_JUDGED,           \
            "the string is too short or too long")                               \
    AZ_DIAG(SCHEMA_PATTERN, "schema-pattern", AZ_ERROR, AZ_CLASS_JUDGED,         \
            "the string does not match the pattern")                             \
    AZ_DIAG(SCHEMA_FORMAT, "schema-format", AZ_ERROR, AZ_CLASS_JUDGED,           \
            "the string does not have the format")                               \
    AZ_DIAG(SCHEMA_ITEMS, "schema-items", AZ_ERROR, AZ_CLASS_JUDGED,             \
            "the array has too few or too many items")                           \
    AZ_DIAG(SCHEMA_UNIQUE, "schema-unique", AZ_ERROR, AZ_CLASS_JUDGED,           \
            "two items of the array are equal")                                  \
    AZ_DIAG(SCHEMA_CONTAINS, "schema-contains", AZ_ERROR, AZ_CLASS_JUDGED,       \
            "too few or too many items match")                                   \
    AZ_DIAG(SCHEMA_PROPERTIES, "schema-properties", AZ_ERROR, AZ_CLASS_JUDGED,   \
            "the object has too few or too many keys")                           \
    AZ_DIAG(SCHEMA_DEPENDENT, "schema-dependent", AZ_ERROR, AZ_CLASS_JUDGED,     \
            "a key needs another key beside it")                                 \
    AZ_DIAG(SCHEMA_ANY_OF, "schema-any-of", AZ_ERROR, AZ_CLASS_JUDGED,           \
            "the value matches none of the alternatives")                        \
    AZ_DIAG(SCHEMA_ONE_OF, "schema-one-of", AZ_ERROR, AZ_CLASS_JUDGED,           \
            "the value matches none, or several, of the alternatives")           \
    AZ_DIAG(SCHEMA_NOT, "schema-not", AZ_ERROR, AZ_CLASS_JUDGED,                 \
            "the value matches what it must not match")                          \
    /* kinds, rules */                                                           \
    AZ_DIAG(KIND_UNKNOWN, "kind-unknown", AZ_ERROR, AZ_CLASS_JUDGED,             \
            "no kind of document can be told from the file")                     \
    AZ_DIAG(KIND_AMBIGUOUS, "kind-ambiguous", AZ_ERROR, AZ_CLASS_JUDGED,         \
            "a document is said to be of two kinds")                             \
    AZ_DIAG(DOCUMENT_REPLACED, "document-replaced", AZ_INFO, AZ_CLASS_NONE,      \
            "another document of the kind was named")                            \
    AZ_DIAG(RULE_BROKEN, "rule-broken", AZ_ERROR, AZ_CLASS_JUDGED,               \
            "the document breaks a rule of its kind")                            \
    AZ_DIAG(RULE_EMPTY, "rule-empty", AZ_ERROR, AZ_CLASS_JUDGED,                 \
            "a rule found nothing to look at")                                   \
    AZ_DIAG(RULE_NOT_JUDGED, "rule-not-judged", AZ_INFO, AZ_CLASS_NO_VERDICT,    \
            "a rule needs a document that is not in the set")                    \
    /* project configuration, usage */                                           \
    AZ_DIAG(USAGE, "usage", AZ_ERROR, AZ_CLASS_USAGE,                            \
            "the command line is wrong")                                         \
    AZ_DIAG(CONFIG_INVALID, "config-invalid", AZ_ERROR, AZ_CLASS_INPUT,          \
            "assize.yaml is not a valid configuration")                          \
    AZ_DIAG(NOTHING_JUDGED, "nothing-judged", AZ_ERROR, AZ_CLASS_NO_VERDICT,     \
            "there was nothing to judge")                                        \
    AZ_DIAG(UNTRACKED, "untracked", AZ_INFO, AZ_CLASS_NONE,                      \
            "a file is not in git's index and is not checked")               \
    /* self-test */                                                              \
    AZ_DIAG(SELF_TEST_SAMPLE, "self-test-sample", AZ_ERROR, AZ_CLASS_JUDGED,     \
            "the good sample of a kind is not accepted")                         \
    AZ_DIAG(SELF_TEST_NO_BREAK, "self-test-no-break", AZ_ERROR,                  \
            AZ_CLASS_JUDGED, "a rule has no break")                              \
    AZ_DIAG(SELF_TEST_BREAK, "self-test-break", AZ_ERROR, AZ_CLASS_JUDGED,       \
            "a break does not make its rule fire where it was broken")           \
    AZ_DIAG(SELF_TEST_SURVIVOR, "self-test-survivor", AZ_WARNING,                \
            AZ_CLASS_NONE, "a generated mutant was not noticed")                 \
    AZ_DIAG(SELF_TEST_KILL, "self-test-kill", AZ_ERROR, AZ_CLASS_JUDGED,         \
            "fewer generated mutants are noticed than --min-kill demands")       \
    AZ_DIAG(SELF_TEST_CUT, "self-test-cut", AZ_WARNING, AZ_CLASS_NONE,           \
            "there are more mutants than are tried")                             \
    AZ_DIAG(SELF_TEST_REFUSED, "self-test-refused", AZ_ERROR,                    \
            AZ_CLASS_NO_VERDICT, "a document to be mutated is not sound")        \
    /* measurements and the gate */                                              \
    AZ_DIAG(MEASUREMENT_SHAPE, "measurement-shape", AZ_ERROR, AZ_CLASS_INPUT,    \
            "a measurement lacks what each must say, or says it wrong")          \
    AZ_DIAG(MEASUREMENT_TWIN, "measurement-twin", AZ_ERROR, AZ_CLASS_INPUT,      \
            "a metric is measured twice for one profile and environment")        \
    AZ_DIAG(MEASUREMENT_UNIT, "measurement-unit", AZ_ERROR, AZ_CLASS_INPUT,      \
            "the unit is unknown or does not fit the budget's")                  \
    AZ_DIAG(MEASUREMENT_VALUE, "measurement-value", AZ_ERROR, AZ_CLASS_INPUT,    \
            "the value cannot be one of its unit")                               \
    AZ_DIAG(MEASUREMENT_SEEDS, "measurement-seeds", AZ_ERROR, AZ_CLASS_INPUT,    \
            "the seed set is not the policy's")                                  \
    AZ_DIAG(MEASUREMENT_METRIC, "measurement-metric", AZ_ERROR, AZ_CLASS_INPUT,  \
            "the metric or profile is not one of the policy")                    \
    AZ_DIAG(MEASUREMENT_CONTRADICTION, "measurement-contradiction", AZ_ERROR,    \
            AZ_CLASS_INPUT, "a recorded status or threshold disagrees with the policy")  \
    AZ_DIAG(MEASUREMENT_COMMIT, "measurement-commit", AZ_ERROR,                  \
            AZ_CLASS_NO_VERDICT, "the measurements are not of the commit judged") \
    AZ_DIAG(BUDGET_DERIVED, "budget-derived", AZ_ERROR, AZ_CLASS_JUDGED,         \
            "a budget is derived from what nothing can be derived from")         \
    AZ_DIAG(DERIVED_UNDEFINED, "derived-undefined", AZ_ERROR,                    \
            AZ_CLASS_NO_VERDICT, "what a metric is derived from gives no value") \
    AZ_DIAG(MEASUREMENT_VARIES, "measurement-varies", AZ_ERROR,                  \
            AZ_CLASS_NO_VERDICT, "a value that is declared exact varies")        \
    AZ_DIAG(PROVENANCE_MISSING, "provenance-missing", AZ_ERROR,                  \
            AZ_CLASS_NO_VERDICT, "a measurement does not tell where it comes from") \
    AZ_DIAG(PROVENANCE_METHOD, "provenance-method", AZ_ERROR,                    \
            AZ_CLASS_NO_VERDICT, "a value was not measured as the budgets want") \
    AZ_DIAG(PROVENANCE_DISAGREES, "provenance-disagrees", AZ_ERROR,              \
            AZ_CLASS_NO_VERDICT, "measurements that are held together were not taken alike") \
    AZ_DIAG(PROVENANCE_STALE, "provenance-stale", AZ_ERROR, AZ_CLASS_INPUT,      \
            "a measurement is older than what was measured, or of the future")   \
    AZ_DIAG(PROVENANCE_DIGEST, "provenance-digest", AZ_ERROR, AZ_CLASS_INPUT,    \
            "an artifact is not the file that was measured")                     \
    AZ_DIAG(MEASUREMENT_NOT_JUDGED, "measurement-not-judged", AZ_INFO,           \
            AZ_CLASS_NONE, "a measurement is of a profile that is not judged")   \
    AZ_DIAG(LOG_LINE, "log-line", AZ_ERROR, AZ_CLASS_INPUT,                      \
            "a line of a sample log lacks what each must say, or says it wrong") \
    AZ_DIAG(LOG_STATUS, "log-status", AZ_ERROR, AZ_CLASS_NO_VERDICT,             \
            "a sample of a log was not taken well")                              \
    AZ_DIAG(LOG_RANGE, "log-range", AZ_ERROR, AZ_CLASS_INPUT,                    \
            "a sample has too many digits to be kept exactly")                   \
    AZ_DIAG(LOG_LIMIT, "log-limit", AZ_ERROR, AZ_CLASS_INPUT,                    \
            "a sample log has more than may be of something")                    \
    AZ_DIAG(LOG_MORE, "log-more", AZ_ERROR, AZ_CLASS_NO_VERDICT,                 \
            "more lines of a sample log cannot be used")                         \
    AZ_DIAG(SAMPLE_CORPUS, "sample-corpus", AZ_ERROR, AZ_CLASS_NO_VERDICT,       \
            "there is no corpus to hold a sample log against")                   \
    AZ_DIAG(SAMPLE_SCENARIO, "sample-scenario", AZ_ERROR, AZ_CLASS_INPUT,        \
            "a line of a sample log says other things than its scenario")        \
    AZ_DIAG(SAMPLE_MISSING, "sample-missing", AZ_ERROR, AZ_CLASS_NO_VERDICT,     \
            "a scenario that measures a metric has no sample in the log")        \
    AZ_DIAG(SAMPLE_SAMPLING, "sample-sampling", AZ_ERROR, AZ_CLASS_NO_VERDICT,   \
            "the budgets do not say how samples become a value")                 \
    AZ_DIAG(SAMPLE_SEEDS, "sample-seeds", AZ_ERROR, AZ_CLASS_NO_VERDICT,         \
            "the samples are not of the seeds of the budgets")                   \
    AZ_DIAG(SAMPLE_COUNT, "sample-count", AZ_ERROR, AZ_CLASS_NO_VERDICT,         \
            "there are not as many samples as the protocol wants")               \
    AZ_DIAG(SAMPLE_PROVENANCE, "sample-provenance", AZ_ERROR,                    \
            AZ_CLASS_NO_VERDICT, "the samples of a value were not taken alike")  \
    AZ_DIAG(SAMPLE_TAIL, "sample-tail", AZ_WARNING, AZ_CLASS_NONE,               \
            "few samples are beyond the percentile")                             \
    AZ_DIAG(SAMPLE_DISTINCT, "sample-distinct", AZ_WARNING, AZ_CLASS_NONE,       \
            "the samples of a seed have few distinct values")                    \
    AZ_DIAG(SAMPLE_IDENTICAL, "sample-identical", AZ_WARNING, AZ_CLASS_NONE,     \
            "the samples of two seeds are the same")                             \
    AZ_DIAG(SAMPLE_INTERVAL, "sample-interval", AZ_WARNING, AZ_CLASS_NONE,       \
            "the percentile may lie on either side of a limit")                  \
    AZ_DIAG(BUDGET_EXCEEDED, "budget-exceeded", AZ_ERROR, AZ_CLASS_JUDGED,       \
            "a measured value is beyond its limit")                              \
    AZ_DIAG(BUDGET_WARN, "budget-warn", AZ_WARNING, AZ_CLASS_NONE,               \
            "a measured value is beyond its warning threshold")                  \
    AZ_DIAG(BUDGET_ESCALATED, "budget-escalated", AZ_ERROR, AZ_CLASS_JUDGED,     \
            "too many commits in a row are beyond a warning threshold")          \
    AZ_DIAG(BUDGET_WORST_RUN, "budget-worst-run", AZ_ERROR, AZ_CLASS_JUDGED,     \
            "another run of the commit was beyond a limit")                      \
    AZ_DIAG(BUDGET_MISSING, "budget-missing", AZ_ERROR, AZ_CLASS_JUDGED,         \
            "a metric that must be measured was not")                            \
    AZ_DIAG(BUDGET_SKIPPED, "budget-skipped", AZ_INFO, AZ_CLASS_NONE,            \
            "a metric was not measured, which its budget allows")                \
    /* history */                                                                \
    AZ_DIAG(HISTORY_MISSING, "history-missing", AZ_ERROR, AZ_CLASS_NO_VERDICT,   \
            "there is no history to judge by")                                   \
    AZ_DIAG(HISTORY_BROKEN, "history-broken", AZ_ERROR, AZ_CLASS_NO_VERDICT,     \
            "a record of the history is not what it was")                        \
    AZ_DIAG(HISTORY_HEAD, "history-head", AZ_ERROR, AZ_CLASS_NO_VERDICT,         \
            "the history does not have the record that is demanded")             \
    AZ_DIAG(HISTORY_LIMIT, "history-limit", AZ_ERROR, AZ_CLASS_NO_VERDICT,       \
            "the history is too long, or one of its records")                    \
    AZ_DIAG(HISTORY_TORN, "history-torn", AZ_WARNING, AZ_CLASS_NONE,             \
            "the last record of the history was never finished")                 \
    /* comparison with a baseline */                                             \
    AZ_DIAG(BASELINE_SHAPE, "baseline-shape", AZ_ERROR, AZ_CLASS_INPUT,          \
            "a baseline or current run cannot be compared as it is")             \
    AZ_DIAG(BASELINE_MISSING, "baseline-missing", AZ_ERROR, AZ_CLASS_NO_VERDICT, \
            "there is no baseline, or too little of one, and there must be")     \
    AZ_DIAG(BASELINE_SAME, "baseline-same", AZ_ERROR, AZ_CLASS_NO_VERDICT,       \
            "the current run is the baseline itself")                            \
    AZ_DIAG(BASELINE_VANISHED, "baseline-vanished", AZ_ERROR, AZ_CLASS_JUDGED,   \
            "what the baseline has is not in the current run")                   \
    AZ_DIAG(BASELINE_NEW, "baseline-new", AZ_INFO, AZ_CLASS_NONE,                \
            "the baseline does not have what the current run has")               \
    AZ_DIAG(BASELINE_ALIAS, "baseline-alias", AZ_ERROR, AZ_CLASS_INPUT,          \
            "an alias of the baseline is for nothing, or for too much")          \
    AZ_DIAG(BASELINE_ZERO, "baseline-zero", AZ_ERROR, AZ_CLASS_INPUT,            \
            "a value that is compared is zero or below")                         \
    AZ_DIAG(BASELINE_REGRESSION, "baseline-regression", AZ_ERROR, AZ_CLASS_JUDGED,\
            "a value is worse than the baseline allows")                         \
    AZ_DIAG(BASELINE_DIGEST, "baseline-digest", AZ_ERROR, AZ_CLASS_INPUT,        \
            "a run is not as it was saved")                                      \
    AZ_DIAG(BASELINE_SKIPPED, "baseline-skipped", AZ_INFO, AZ_CLASS_NONE,        \
            "a comparison with the baseline was not possible")                   \
    AZ_DIAG(BASELINE_CONFIRM, "baseline-confirm", AZ_WARNING, AZ_CLASS_NONE,     \
            "a value seems worse than the baseline: measure again")              \
    AZ_DIAG(BASELINE_NOISE, "baseline-noise", AZ_ERROR, AZ_CLASS_NO_VERDICT,     \
            "only a larger change than allowed could be told from noise")        \
    AZ_DIAG(BASELINE_DESIGN, "baseline-design", AZ_ERROR, AZ_CLASS_USAGE,        \
            "the comparison that the policy wants could never fail")             \
    AZ_DIAG(BASELINE_DRIFT, "baseline-drift", AZ_ERROR, AZ_CLASS_JUDGED,         \
            "the level has drifted too far from its anchor")                     \
    AZ_DIAG(BASELINE_TREND, "baseline-trend", AZ_WARNING, AZ_CLASS_NONE,         \
            "the runs of the baseline become worse by and by")                   \
    AZ_DIAG(BASELINE_PROMOTE, "baseline-promote", AZ_ERROR, AZ_CLASS_JUDGED,     \
            "a run that is worse than allowed cannot become the baseline")       \
    /* waivers */                                                                \
    AZ_DIAG(WAIVER_INVALID, "waiver-invalid", AZ_ERROR, AZ_CLASS_JUDGED,         \
            "a waiver does not say what one must say")                           \
    AZ_DIAG(WAIVER_UNKNOWN, "waiver-unknown", AZ_ERROR, AZ_CLASS_JUDGED,         \
            "a waiver is for a rule or a file that there is not")                \
    AZ_DIAG(WAIVER_FATAL, "waiver-fatal", AZ_ERROR, AZ_CLASS_JUDGED,             \
            "a waiver is for what cannot be waived")                             \
    AZ_DIAG(WAIVER_DUPLICATE, "waiver-duplicate", AZ_ERROR, AZ_CLASS_JUDGED,     \
            "two waivers are for the same finding")                              \
    AZ_DIAG(WAIVER_EXPIRED, "waiver-expired", AZ_ERROR, AZ_CLASS_JUDGED,         \
            "the time of a waiver is over")                                      \
    AZ_DIAG(WAIVER_UNUSED, "waiver-unused", AZ_ERROR, AZ_CLASS_JUDGED,           \
            "there is no finding that a waiver is for")                          \
    AZ_DIAG(WAIVER_MOVED, "waiver-moved", AZ_ERROR, AZ_CLASS_JUDGED,             \
            "the value is no longer the one that was waived")                    \
    AZ_DIAG(WAIVER_AMBIGUOUS, "waiver-ambiguous", AZ_ERROR, AZ_CLASS_JUDGED,     \
            "a waiver does not say which finding it is for")
/* clang-format on */

#endif
