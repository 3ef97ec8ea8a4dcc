#!/bin/sh
# What assize costs, as ratios against something measured in the same run.
set -eu
policies=$TOP_SRCDIR/policies
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# ratio A B: A / B with two decimals.
ratio() {
    awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'
}

# measure COUNT PROGRAM...: sets "time", the median in microseconds, and
# "memory", the peak in KiB.
measure() {
    result=$("$BENCH/many" "$@")
    time=${result% *}
    memory=${result#* }
}

measure 300 "$BENCH/empty"
empty=$time
measure 300 "$ASSIZE" check "$policies/optimization-policy.json" \
    "$policies/benchmark-corpus.json" "$policies/perf-budgets.json"
echo "check of the three reference policies: $time us;" \
    "empty program, same libraries: $empty us; ratio $(ratio "$time" "$empty")"

"$BENCH/generate-corpus" "${SCENARIOS:-100000}" >corpus.json
size=$(wc -c <corpus.json)
measure 5 "$BENCH/parse-jsonc" corpus.json
jsonc=$time
echo "json-c parsing a corpus of $((size / 1000000)) MB: $jsonc us"
measure 5 "$BENCH/parse-json" corpus.json
echo "assize parsing it: $time us; ratio $(ratio "$time" "$jsonc")"
measure 5 "$ASSIZE" check \
    --schema "$TOP_SRCDIR/schemas/benchmark-corpus.schema.json" corpus.json
echo "check of its shape: $time us; ratio $(ratio "$time" "$jsonc");" \
    "peak memory $memory KiB, $(ratio "$((memory * 1024))" "$size") of the file"
measure 5 "$ASSIZE" check corpus.json
echo "check of its shape and rules: $time us; ratio $(ratio "$time" "$jsonc");" \
    "peak memory $memory KiB, $(ratio "$((memory * 1024))" "$size") of the file"
