#!/bin/sh
# Golden cases: tests/golden/CASE/{cmd,out,err,status} and input files.
# cmd is run by sh in a copy of the case's folder, with assize in the PATH and
# the source tree in $TOP_SRCDIR; what it prints must be out and err (absent:
# nothing), its exit status the number in status (absent: 0).
# AZ_UPDATE_GOLDEN=1 rewrites the expectations: read the diff.
set -u
here=$TOP_SRCDIR/tests/golden
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
PATH=$(dirname "$ASSIZE"):$PATH
export PATH
passed=0
failed=0

# compare CASE NAME ACTUAL: the expectation NAME of CASE against a file.
compare() {
    expected=$here/$1/$2
    if [ "${AZ_UPDATE_GOLDEN-}" = 1 ]; then
        if [ -s "$3" ]; then cp "$3" "$expected"; else rm -f "$expected"; fi
        return 0
    fi
    [ -e "$expected" ] || expected=/dev/null
    cmp -s "$expected" "$3" && return 0
    echo "FAIL: $1: $2"
    diff "$expected" "$3" | sed 's/^/    /'
    return 1
}

run_case() {
    case=$1
    mkdir "$work/$case"
    cp -R "$here/$case/." "$work/$case"
    chmod -R u+w "$work/$case"
    (cd "$work/$case" && sh ./cmd) >"$work/out" 2>"$work/err" </dev/null
    status=$?
    : >"$work/status"
    [ $status -eq 0 ] || echo $status >"$work/status"
    good=0
    for name in out err status; do
        compare "$case" $name "$work/$name" || good=1
    done
    return $good
}

for folder in "$here"/*/; do
    if run_case "$(basename "$folder")"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
done
echo "golden cases: $passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
