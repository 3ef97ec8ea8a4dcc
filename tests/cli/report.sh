#!/bin/sh
# Reports match their schema, whatever the verdict; and the same input gives the
# same bytes from another folder and in another locale.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$TOP_SRCDIR/policies" "$TOP_SRCDIR/assize.yaml" "$work"
chmod -R u+w "$work"
cd "$work" || exit 1
bad=0

# judge STATUS ARGUMENT...: the report of this run is a report.
judge() {
    wanted=$1
    shift
    "$ASSIZE" "$@" --format json >report.json 2>err
    got=$?
    [ $got -eq "$wanted" ] || { echo "FAIL: $*: exit $got"; bad=1; }
    "$ASSIZE" check --schema "$TOP_SRCDIR/schemas/report.schema.json" \
        report.json >out || {
        echo "FAIL: $*: not a report:"
        cat out
        bad=1
    }
}

sed 's/M-PERF-01B/M-PERF-01Z/' policies/benchmark-corpus.json >broken.json
printf '{' >torn.json
judge 0 check
judge 0 check policies/perf-budgets.json
judge 1 check broken.json
judge 3 check torn.json
judge 0 gate
judge 0 gate --measurements policies/measurements/warn.json \
    --now 2026-02-28T06:53:00Z
judge 1 gate --measurements policies/measurements/fail.json
judge 2 gate --profile core-mini
judge 3 gate --measurements torn.json
judge 4 gate --commit 0000000
judge 0 gate --history h.ndjson --history-init
judge 0 gate --history h.ndjson
judge 4 gate --history none.ndjson
judge 0 baseline save runs.json --branch main
judge 0 baseline show runs.json
judge 0 baseline promote runs.json --baseline base.json --init
judge 4 baseline promote runs.json --baseline base.json
judge 0 history show h.ndjson
judge 0 history verify h.ndjson
judge 4 history verify none.ndjson
judge 0 query '$..id'
judge 0 query '$' policies/perf-budgets.json
judge 4 query 'perf-budgets: $' policies/benchmark-corpus.json
judge 0 self-test
judge 1 self-test --min-kill 100
judge 0 self-test --on policies/perf-budgets.json
judge 4 self-test --on broken.json

mkdir deep
for command in check gate self-test; do
    for format in text json ndjson; do
        "$ASSIZE" $command --format $format >one 2>&1
        (cd deep && LC_ALL=de_DE.UTF-8 "$ASSIZE" $command --format $format) \
            >two 2>&1
        cmp -s one two || { echo "FAIL: $command differs in deep"; bad=1; }
    done
done
exit $bad
