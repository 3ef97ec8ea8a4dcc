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

empty=$("$BENCH/many" 300 "$BENCH/empty")
small=$("$BENCH/many" 300 "$ASSIZE" check "$policies/optimization-policy.json" \
    "$policies/benchmark-corpus.json" "$policies/perf-budgets.json")
echo "check of the three reference policies: $small us;" \
    "empty program, same libraries: $empty us; ratio $(ratio "$small" "$empty")"

"$BENCH/generate-corpus" "${SCENARIOS:-100000}" >corpus.json
size=$(wc -c <corpus.json)
parse=$("$BENCH/many" 5 "$BENCH/parse-jsonc" corpus.json)
large=$("$BENCH/many" 5 "$ASSIZE" check corpus.json)
echo "check of a corpus of $((size / 1000000)) MB: $large us;" \
    "json-c parsing it: $parse us; ratio $(ratio "$large" "$parse")"
