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

measure 300 "$BENCH/empty"
empty=$time
measure 300 "$ASSIZE" check "$policies/optimization-policy.json" \
    "$policies/benchmark-corpus.json" "$policies/perf-budgets.json"
echo "check of the three reference policies: $time us;" \
    "empty program, same libraries: $empty us; ratio $(ratio "$time" "$empty")"

generate_documents 1000
measure 300 "$ASSIZE" check --schema schema.json documents/0001.json
echo "check of a document of $(wc -c <documents/0001.json) bytes against its" \
    "schema: $time us; ratio to the empty program $(ratio "$time" "$empty")"
measure 30 "$(command -v cat)" documents/*.json
cat=$time
measure 30 "$ASSIZE" check --schema schema.json documents/*.json
echo "check of 1000 such documents: $time us; cat of them: $cat us;" \
    "ratio $(ratio "$time" "$cat")"

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

"$BENCH/judge-rows"
