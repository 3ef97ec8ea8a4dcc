#!/bin/sh
# What `assize init` writes is a project that passes, and it writes over nothing.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/project" "$work/outside"
cd "$work/project" || exit 1
mkdir .git
bad=0

# expect STATUS TEXT ARGUMENT...: exit status, and a part of what it prints.
expect() {
    wanted=$1
    text=$2
    shift 2
    "$ASSIZE" "$@" >../out 2>&1 </dev/null
    got=$?
    [ $got -eq "$wanted" ] && grep -qF -- "$text" ../out && return
    echo "FAIL: exit $got instead of $wanted, or no '$text': $*"
    sed 's/^/    /' ../out
    bad=1
}

expect 0 "written  assize.yaml" init
expect 0 "3 documents" check
expect 0 "generated mutants noticed" self-test --min-kill 95
expect 4 "gate.measurements in assize.yaml" gate --commit 0123456
rm -r artifacts # the gate's
find . -type f | sort >../files
[ "$(wc -l <../files)" -eq 8 ] || { echo "FAIL:"; cat ../files; bad=1; }
for file in optimization-policy benchmark-corpus perf-budgets; do
    cmp "policies/$file.json" "$TOP_SRCDIR/policies/$file.json" || bad=1
done
PATH=$(dirname "$ASSIZE"):$PATH
(cd .. && sh project/ci/assize.sh >out 2>&1) || {
    echo "FAIL: ci/assize.sh"
    cat ../out
    bad=1
}

# with measurements, it is a gate
cp "$TOP_SRCDIR/policies/measurements/pass.json" measured.json
commit=$(sed -n 's/.*"commit": "\([0-9a-f]*\)".*/\1/p' measured.json | head -n 1)
expect 0 "9 of 10 rows judged" gate --measurements measured.json --commit "$commit"
rm measured.json

# what is there stays, a link that leads nowhere too
echo '# mine' >assize.yaml
rm ci/assize.sh policies/perf-budgets.json
ln -s ../nowhere ci/assize.sh
expect 3 "kept     assize.yaml: it is there already" init
expect 3 "failed   ci/assize.sh: it is there already, and cannot be read" init
expect 3 "cannot read 'ci/assize.sh'" init
[ "$(cat assize.yaml)" = '# mine' ] || { echo "FAIL: written over"; bad=1; }
[ -f policies/perf-budgets.json ] || { echo "FAIL: not written"; bad=1; }
[ ! -e nowhere ] || { echo "FAIL: written through a link"; bad=1; }

# what cannot be written is told, the rest is written
rm -r policies ci
: >ci
ln -s ../outside policies
expect 5 "failed   ci/assize.sh" init
expect 5 "leads through 'policies', a symbolic link" init
[ -z "$(ls ../outside)" ] || { echo "FAIL: written outside"; bad=1; }
# nor through a link that stays inside; what is there already is kept
rm policies ci
mkdir real
ln -s real policies
echo '{}' >real/perf-budgets.json
expect 5 "kept     policies/perf-budgets.json" init
expect 5 "failed   policies/benchmark-corpus.json" init
[ "$(ls real)" = perf-budgets.json ] || { echo "FAIL: through a link"; bad=1; }

# a configuration that leads nowhere is none
rm -r policies real assize.yaml
ln -s nowhere assize.yaml
expect 3 "failed   assize.yaml: it is there already, and cannot be read" init
[ -L assize.yaml ] || { echo "FAIL: the link is gone"; bad=1; }
find . -type f -name '*.[A-Za-z0-9]?????' ! -name '*.ndjson' | grep . && bad=1
exit $bad
