#!/bin/sh
# Each single allocation of a check fails once: the run then says that memory is
# out and exits with 5, or it is whole, byte for byte; it never crashes.
set -u
library=$TOP_BUILDDIR/tests/cli/fail-allocation.so
if grep -q __asan_init "$ASSIZE"; then
    echo "SKIP: the sanitizer has an allocator of its own"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
bad=0

# starve NAME ARGUMENT...: fails each allocation of the command, one a run.
starve() {
    name=$1
    shift
    rm -f report
    "$ASSIZE" "$@" >good.out 2>good.err
    good=$?
    : >>report # of those that write one
    mv report good.report
    FAIL_COUNT=count LD_PRELOAD=$library "$ASSIZE" "$@" >/dev/null 2>&1
    count=$(cat count)
    [ "$count" -ge 3 ] || {
        echo "FAIL: $name: only '$count' allocations were seen"
        bad=1
        return
    }
    number=0 starved=0
    while [ $number -lt "$count" ]; do
        number=$((number + 1))
        : >report
        FAIL_ALLOCATION=$number LD_PRELOAD=$library \
            "$ASSIZE" "$@" >out 2>err
        status=$?
        if [ $status -eq 5 ]; then
            starved=$((starved + 1))
            [ "$(cat err)" = "assize: error: out of memory" ] && continue
        elif [ $status -eq $good ]; then
            cmp -s out good.out && cmp -s err good.err &&
                cmp -s report good.report && continue
        fi
        echo "FAIL: $name: allocation $number of $count fails: exit $status"
        head -n 3 out err
        bad=1
    done
    # stdio does without a buffer; whatever else fails has to be told
    [ $((count - starved)) -le 4 ] || {
        echo "FAIL: $name: $((count - starved)) of $count failures not noticed"
        bad=1
    }
    echo "$name: $count allocations"
}

cat >schema.yaml <<'EOF'
properties:
  name: {pattern: "^[a-z]+$"}
  when: {format: date}
  sizes: {items: {multipleOf: 0.01}, uniqueItems: true}
EOF
cat >document.yaml <<'EOF'
name: &n "Upper"
again: *n
sizes: [1.5, 2.25, 1.5]
EOF
policies=$TOP_SRCDIR/policies
starve "reference policies" check "$policies/optimization-policy.json" \
    "$policies/benchmark-corpus.json" "$policies/perf-budgets.json"
starve "YAML against a schema" check --schema schema.yaml document.yaml
starve "gate" gate --profile core-min \
    --commit 5e1f0c2a9d4b7836e0a1c5f29b84d7603f6a1e52 \
    --policy "$policies/optimization-policy.json" \
    --corpus "$policies/benchmark-corpus.json" \
    --budgets "$policies/perf-budgets.json" \
    --measurements "$policies/measurements/fail.json" \
    --now 2026-01-01T00:00:00Z --output json=report
starve "explain" explain duplicate-key
exit $bad
