#!/bin/sh
# What assize costs, as ratios against something measured in the same run.
set -eu
policies=$TOP_SRCDIR/policies
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# hundredths N: N / 100 with two decimals.
hundredths() {
    printf '%d.%02d' $(($1 / 100)) $(($1 % 100))
}

# measure COUNT BASELINE... -- PROGRAM...: sets "baseline" and "time", medians in
# microseconds, "ratio", and "memory", the program's peak in KiB.
measure() {
    result=$("$BENCH/compare" "$@")
    # shellcheck disable=SC2086 # four numbers
    set -- $result
    baseline=$1 time=$2 ratio=$(hundredths "$3") memory=$4
}

# generate_documents COUNT: a schema, and so many documents of 3 KB that it
# accepts, as numbered files in documents/.
generate_documents() {
    cat >schema.json <<'EOF'
{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "required": ["name", "version", "kind", "limits", "steps"],
  "additionalProperties": false,
  "properties": {
    "name": { "type": "string", "pattern": "^[a-z][a-z0-9-]*$" },
    "version": { "type": "integer", "minimum": 1 },
    "kind": { "enum": ["small", "large"] },
    "limits": {
      "type": "object",
      "additionalProperties": { "type": "number", "exclusiveMinimum": 0 }
    },
    "steps": {
      "type": "array",
      "minItems": 1,
      "items": { "$ref": "#/$defs/step" }
    }
  },
  "$defs": {
    "step": {
      "type": "object",
      "required": ["id", "run", "seconds"],
      "additionalProperties": false,
      "properties": {
        "id": { "type": "string", "minLength": 1, "maxLength": 20 },
        "run": { "type": "array", "items": { "type": "string" } },
        "seconds": { "type": "number", "minimum": 0 },
        "needs": { "type": "array", "uniqueItems": true },
        "optional": { "type": "boolean" }
      }
    }
  }
}
EOF
    mkdir documents
    awk -v count="$1" 'BEGIN {
        for (i = 1; i <= count; i++) {
            file = sprintf("documents/%04d.json", i)
            printf "{\n  \"name\": \"document-%d\",\n  \"version\": %d,\n" \
                "  \"kind\": \"small\",\n  \"limits\": { \"time\": 12.5," \
                " \"size\": %d },\n  \"steps\": [", i, i, i * 100 >file
            for (k = 1; k <= 20; k++)
                printf "%s\n    { \"id\": \"step-%d\", \"run\": [\"tool\"," \
                    " \"--level\", \"%d\", \"file-%d.txt\"],\n" \
                    "      \"seconds\": %d.25, \"needs\": [\"step-%d\"]," \
                    " \"optional\": %s }", k == 1 ? "" : ",", k, k % 4, i, \
                    k * 3, k - 1, k % 2 ? "true" : "false" >file
            printf "\n  ]\n}\n" >file
            close(file)
        }
    }'
}

measure 300 "$BENCH/empty" -- "$ASSIZE" check \
    "$policies/optimization-policy.json" "$policies/benchmark-corpus.json" \
    "$policies/perf-budgets.json"
echo "check of the three reference policies: $time us;" \
    "empty program, same libraries: $baseline us; ratio $ratio"

generate_documents 1000
measure 300 "$BENCH/empty" -- "$ASSIZE" check --schema schema.json \
    documents/0001.json
echo "check of a document of $(wc -c <documents/0001.json) bytes against its" \
    "schema: $time us; ratio to the empty program $ratio"
measure 30 "$(command -v cat)" documents/*.json -- \
    "$ASSIZE" check --schema schema.json documents/*.json
echo "check of 1000 such documents: $time us; cat of them: $baseline us;" \
    "ratio $ratio"

"$BENCH/generate-corpus" "${SCENARIOS:-100000}" >corpus.json
size=$(wc -c <corpus.json)
# of_file: the peak memory as a multiple of the corpus.
of_file() {
    hundredths $((memory * 102400 / size))
}
measure 5 "$BENCH/parse-jsonc" corpus.json -- "$BENCH/parse-json" corpus.json
echo "parsing a corpus of $((size / 1000000)) MB: $time us;" \
    "json-c: $baseline us; ratio $ratio"
measure 5 "$BENCH/parse-jsonc" corpus.json -- "$ASSIZE" check \
    --schema "$TOP_SRCDIR/schemas/benchmark-corpus.schema.json" corpus.json
echo "check of its shape: $time us; ratio to json-c's parse $ratio;" \
    "peak memory $memory KiB, $(of_file) of the file"
measure 5 "$BENCH/parse-jsonc" corpus.json -- "$ASSIZE" check corpus.json
echo "check of its shape and rules: $time us; ratio to json-c's parse $ratio;" \
    "peak memory $memory KiB, $(of_file) of the file"

"$BENCH/judge-rows"
"$BENCH/merge-rows"

# LOG_LINES=10000000 for the size that the aim is about; the log takes 450 bytes
# a line in the temporary folder.
lines=${LOG_LINES:-1000000}
for order in grouped interleaved; do
    "$BENCH/generate-log" "$lines" "$order" >log.ndjson
    size=$(wc -c <log.ndjson)
    measure 3 "$BENCH/read-log-jsonc" log.ndjson -- "$BENCH/read-log" log.ndjson
    slower=$((baseline * 100 / time))
    ours=$time theirs=$baseline peak=$memory
    measure 3 "$(command -v wc)" -l log.ndjson -- "$BENCH/read-log" log.ndjson
    echo "reading a sample log of $lines lines, $order:" \
        "$((size / ours)) MB/s; json-c line by line: $((size / theirs)) MB/s," \
        "$(hundredths $slower) times as long;" \
        "wc -l: $((size / baseline)) MB/s, ratio $ratio;" \
        "peak memory $(hundredths $((peak * 102400 / lines))) bytes a sample"
done

# What a group takes beside its samples: two logs that differ in the number of
# their groups alone, lines of which come in turn.
peak_of_groups() {
    "$BENCH/generate-log" "$((18 * $1))" interleaved "$1" >log.ndjson
    measure 1 "$BENCH/empty" -- "$BENCH/read-log" log.ndjson
}
peak_of_groups 2000
few=$memory
peak_of_groups 10000
echo "a group of a sample log: $(((memory - few) * 1024 / 48000)) bytes, three" \
    "samples of it with them"

# What the comparisons with a baseline find, and how often they are wrong.
"$BENCH/simulate"
