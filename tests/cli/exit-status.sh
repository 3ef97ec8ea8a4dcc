#!/bin/sh
# The exit statuses of assize(1), frozen: scripts rely on them.
set -u
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work" || exit 1
policies=$TOP_SRCDIR/policies
commit=$(sed -n 's/.*"commit": "\([0-9a-f]*\)".*/\1/p' \
    "$policies/measurements/pass.json" | head -n 1)
bad=0

# expect STATUS COMMAND...
expect() {
    wanted=$1
    shift
    "$@" >out 2>err </dev/null
    got=$?
    [ $got -eq "$wanted" ] || {
        echo "FAIL: exit $got instead of $wanted: $*"
        sed 's/^/    /' out err
        bad=1
    }
}

gate() {
    measurements=$1
    shift
    "$ASSIZE" gate --budgets "$policies/perf-budgets.json" \
        --corpus "$policies/benchmark-corpus.json" \
        --policy "$policies/optimization-policy.json" \
        --profile "${profile-core-min}" --commit "${judged-$commit}" \
        --measurements "$measurements" "$@"
}

printf '{"a":1' >torn.json
printf '{"a":1,"a":2}' >twice.json
printf '{"schema_version":"no-such-v1"}' >unknown.json
printf '{"type":"object"}' >schema.json
printf '{"type":"objekt"}' >bad-schema.json
printf '{"a":1}' >object.json
printf '[1]' >array.json
mkdir folder
mkfifo fifo
sed 's/"core-min": 665600/"core-min": 665599/' "$policies/perf-budgets.json" \
    >tight.json

# query
expect 0 "$ASSIZE" query '$.a' object.json
expect 0 "$ASSIZE" query '$.b' object.json
expect 2 "$ASSIZE" query
expect 2 "$ASSIZE" query '$.a'
expect 2 "$ASSIZE" query 'a' object.json
expect 2 "$ASSIZE" query 'no-kind: $' object.json
expect 3 "$ASSIZE" query '$' torn.json
expect 4 "$ASSIZE" query 'perf-budgets: $' unknown.json

# check
expect 0 "$ASSIZE" check "$policies"/*.json
expect 0 "$ASSIZE" check "$policies"/*.yaml
expect 0 "$ASSIZE" check "$policies/perf-budgets.json"
expect 0 "$ASSIZE" check --schema schema.json object.json
expect 1 "$ASSIZE" check --schema schema.json array.json
expect 1 "$ASSIZE" check unknown.json
expect 1 "$ASSIZE" check object.json
expect 2 "$ASSIZE" check
expect 2 "$ASSIZE" check --no-such-option object.json
expect 2 "$ASSIZE" check --format pdf object.json
expect 2 "$ASSIZE" check --output json object.json
expect 2 "$ASSIZE" check --max-errors many object.json
expect 2 "$ASSIZE" check --now yesterday object.json
expect 2 "$ASSIZE" check --staged object.json
expect 2 "$ASSIZE" check --schema-map schema.json object.json
expect 3 "$ASSIZE" check torn.json
expect 3 "$ASSIZE" check twice.json
expect 3 "$ASSIZE" check missing.json
expect 3 "$ASSIZE" check folder
expect 3 "$ASSIZE" check fifo
expect 3 "$ASSIZE" check unknown.json torn.json
expect 3 "$ASSIZE" check --schema bad-schema.json object.json
expect 3 "$ASSIZE" check --schema torn.json object.json
expect 5 "$ASSIZE" check --output json=no/such/folder/x "$policies"/*.json

# An unknown option is named, wherever it stands.
"$ASSIZE" check object.json --no-such-option 2>err
grep -q "'--no-such-option'" err || { cat err; bad=1; }
"$ASSIZE" check object.json -q 2>err
grep -q "'-q'" err || { cat err; bad=1; }

# A file that is named twice, or by two names, is one document.
ln object.json linked.json
"$ASSIZE" check --schema schema.json object.json ./object.json linked.json \
    >out 2>err
grep -q '^pass: 1 document' out || { cat out err; bad=1; }

# Nothing is made outside of the project, no folder either.
mkdir project outside
ln -s ../outside project/artifacts
sed 's|"report_path": "[^"]*"|"report_path": "artifacts/new/report.json"|' \
    "$policies/perf-budgets.json" >project/budgets.json
(
    cd project || exit 1
    printf 'documents: [budgets.json]\n' >assize.yaml
    "$ASSIZE" gate --budgets budgets.json --profile core-min \
        --commit "$commit" --measurements "$policies/measurements/pass.json" \
        >../out 2>../err
)
grep -q 'leads out of the project' err || { cat out err; bad=1; }
[ ! -e outside/new ] || { echo "FAIL: a folder outside"; bad=1; }

# gate
expect 0 gate "$policies/measurements/pass.json"
expect 0 gate "$policies/measurements/warn.json"
expect 7 gate "$policies/measurements/warn.json" --warn-exit 7
expect 1 gate "$policies/measurements/fail.json"
expect 1 gate "$policies/measurements/pass.json" --require-metric M-PERF-04D
expect 2 gate "$policies/measurements/pass.json" --profile core-min
profile=core-mini
expect 2 gate "$policies/measurements/pass.json"
unset profile
expect 2 gate "$policies/measurements/pass.json" --require-metric M-PERF-99Z
expect 2 gate "$policies/measurements/pass.json" extra
expect 2 gate "$policies/perf-budgets.json"
expect 3 gate torn.json
expect 3 gate missing.json
judged=0123456789
expect 4 gate "$policies/measurements/pass.json"
unset judged
expect 4 "$ASSIZE" gate --budgets "$policies/perf-budgets.json" \
    --corpus "$policies/benchmark-corpus.json" \
    --policy "$policies/optimization-policy.json" --profile core-min
expect 4 "$ASSIZE" gate --budgets "$policies/perf-budgets.json" \
    --profile core-min --measurements "$policies/measurements/pass.json"
expect 2 "$ASSIZE" gate

# self-test
expect 0 "$ASSIZE" self-test --min-kill 95
expect 1 "$ASSIZE" self-test --min-kill 100 perf-budgets
expect 2 "$ASSIZE" self-test --min-kill 100.5
expect 2 "$ASSIZE" self-test no-such-kind
expect 0 "$ASSIZE" self-test --on "$policies/perf-budgets.json"
expect 1 "$ASSIZE" self-test --on --min-kill 100 "$policies/perf-budgets.json"
expect 2 "$ASSIZE" self-test --on
expect 3 "$ASSIZE" self-test --on torn.json
expect 4 "$ASSIZE" self-test --on unknown.json

# the rest
expect 0 "$ASSIZE" --version
expect 0 "$ASSIZE" --help
expect 0 "$ASSIZE" help
for command in check explain gate help init kinds schema self-test; do
    expect 0 "$ASSIZE" help $command
    expect 0 "$ASSIZE" $command --help
    [ -s out ] && [ ! -s err ] || { echo "FAIL: help of $command"; bad=1; }
    expect 2 "$ASSIZE" $command --no-such-option
done
expect 2 "$ASSIZE"
expect 2 "$ASSIZE" chekc
expect 2 "$ASSIZE" help chekc
expect 2 "$ASSIZE" help check gate
expect 2 "$ASSIZE" kinds extra
expect 2 "$ASSIZE" init extra
expect 2 "$ASSIZE" schema
expect 2 "$ASSIZE" schema no-such-kind
expect 2 "$ASSIZE" explain no-such-id
expect 0 "$ASSIZE" explain duplicate-key
expect 0 "$ASSIZE" schema perf-budgets
expect 0 "$ASSIZE" kinds

# A result that cannot be written is no result.
if [ -w /dev/full ]; then
    for command in "help" "kinds" "explain" "schema perf-budgets" \
        "check $policies/perf-budgets.json"; do
        # shellcheck disable=SC2086 # words
        "$ASSIZE" $command >/dev/full 2>err
        got=$?
        [ $got -eq 5 ] || { echo "FAIL: $command >/dev/full: $got"; bad=1; }
    done
fi
exit $bad
