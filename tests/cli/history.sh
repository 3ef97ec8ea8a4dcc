#!/bin/sh
# Histories hold whatever happens to the runs that write them.
# AZ_HISTORY_RUNS: how many are killed, 40 by default.
set -u
. "$TOP_SRCDIR/tests/golden/lib.sh"
runs=${AZ_HISTORY_RUNS:-40}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
PATH=$(dirname "$ASSIZE"):$PATH
bad=0

say() {
    echo "FAIL: $*"
    bad=1
}

# commit NUMBER: a made-up commit.
commit() {
    printf '%040x' $(($1 + 4096))
}

# run NUMBER ARGUMENT...: a gate that warns, of commit NUMBER, in a folder of its
# own, with the history in $history.
run() {
    number=$1
    shift
    mkdir -p "run-$number"
    (
        cd "run-$number" || exit 9
        sed "s/5e1f0c2a9d4b7836e0a1c5f29b84d7603f6a1e52/$(commit "$number")/" \
            "$TOP_SRCDIR/policies/measurements/warn.json" >warn.json
        $prefix assize gate --budgets ../policies/perf-budgets.json \
            --corpus ../policies/benchmark-corpus.json \
            --policy ../policies/optimization-policy.json \
            --profile core-min --commit "$(commit "$number")" \
            -m warn.json --history "$history" --branch main "$@" \
            >out 2>err </dev/null
    )
}

# records FILE: how many there are; it must hold.
records() {
    assize history verify "$1" >verified 2>&1 || {
        say "$1 does not hold"
        cat verified
    }
    sed -n 's/^pass: \([0-9]*\) record.*/\1/p' verified
}

policies
prefix=
history=$work/h

# The recipe of the manual.
run 0 --history-init || say "cannot begin"
run 1
run 2
grep -qF "sed 's/,\"hash\":\"[0-9a-f]*\"}\$/}/'" \
    "$TOP_SRCDIR/man/assize-history.1" || say "the manual has another recipe"
previous=$(printf '%064d' 0)
for line in 1 2 3; do
    hash=$(sed -n ${line}p h | sed 's/,"hash":"[0-9a-f]*"}$/}/' |
        tr -d '\n' | sha256sum | cut -d ' ' -f 1)
    sed -n ${line}p h | grep -q "\"hash\":\"$hash\"}\$" ||
        say "line $line: sha256sum says $hash"
    sed -n ${line}p h | grep -q "^{\"v\":1,\"previous\":\"$previous\"," ||
        say "line $line does not follow $previous"
    previous=$hash
done

# At once: each sees those before it, so that only the first does not fail.
history=$work/many
sed 1q h >many
passed=$work/passed
: >"$passed"
for number in $(seq 1 20); do
    {
        run "$number"
        echo $? >>"$passed"
    } &
done
wait
[ "$(records many)" = 21 ] || say "$(records many) records of 21"
[ "$(grep -c '^1$' "$passed")" = 20 ] || say "not all of 20 saw those before"
[ "$(grep -o '"commit":"[0-9a-f]*"' many | sort -u | wc -l)" = 21 ] ||
    say "a record is lost or doubled"

# Beginning one at once: one does.
history=$work/begun
: >"$passed"
for number in $(seq 1 8); do
    {
        run "$number" --history-init
        echo $? >>"$passed"
    } &
done
wait
[ "$(sort "$passed" | uniq -c | tr -s ' \n' ' ')" = " 1 0 7 2 " ] ||
    say "more than one, or none, has begun the history"
[ "$(records begun)" = 1 ] || say "$(records begun) records of 1"

# Killed at any point: what was told is there, once, and what is there is whole.
history=$work/killed
started=$(date +%s%N)
run 0 --history-init --output json=report
# three times as long as that takes, in tenths of milliseconds
range=$((($(date +%s%N) - started) * 3 / 100000))
[ $range -lt 10000 ] || range=9999
finished=0
number=0
while [ $number -lt "$runs" ]; do
    number=$((number + 1))
    prefix="timeout -s KILL 0.$(printf '%04d' $((number * range / runs % range)))"
    run $number --output json=report 2>/dev/null
    status=$?
    [ ! -e run-$number/report ] ||
        assize check --schema "$TOP_SRCDIR/schemas/report.schema.json" \
            run-$number/report >/dev/null || say "a report is not whole"
    [ $status -gt 1 ] && continue
    finished=$((finished + 1))
    [ "$(grep -c "\"commit\":\"$(commit $number)\"" killed)" = 1 ] ||
        say "run $number was told, and is not in the history"
done
prefix=
[ "$(records killed)" -gt "$finished" ] || say "records are lost"
[ $finished -gt 0 ] && [ $finished -lt "$runs" ] ||
    say "$finished of $runs finished: nothing was tried"
run 9999
[ "$(records killed)" = "$(grep -o '"commit":"[0-9a-f]*"' killed |
    sort -u | wc -l)" ] || say "a record is doubled"
echo "killed: $finished of $runs finished, $(wc -l <killed) records"

# No room: the history stays as it was.
history=$work/full
sed 1q h >full
for number in $(seq 1 12); do
    run "$number"
done
cp full before
(
    ulimit -f $(($(wc -c <full) / 512 + 1))
    run 20
) 2>/dev/null
status=$?
[ $status -eq 5 ] || say "a full disk is exit $status"
cmp -s full before || say "a full disk changes the history"
grep -q "cannot append" run-20/err run-20/out ||
    say "nothing is said of a full disk"

# refused STATUS HISTORY [ARGUMENT...]: exit STATUS, and soon.
refused() {
    wanted=$1
    history=$2
    shift 2
    run 30 "$@"
    status=$?
    [ $status -eq "$wanted" ] || {
        say "$history: exit $status instead of $wanted"
        cat run-30/err run-30/out
    }
}

ln -s full link
mkfifo fifo
mkdir folder
refused 5 "$work/link"
refused 5 "$work/fifo"
refused 5 "$work/folder"
refused 5 /dev/full
refused 5 /proc/none --history-init
refused 4 "$work/nowhere/h"
refused 5 "$work/nowhere/h" --history-init
refused 2 "$work/full" --branch "$(printf 'a\377b')"
refused 2 "$work/full" --branch ''
cmp -s full before || say "what was refused changed the history"
[ "$(id -u)" = 0 ] || {
    chmod a-w full folder
    refused 5 "$work/full"
    refused 5 "$work/folder/h" --history-init
}

# Nobody to tell: the run stays in the history, and is no success.
history=$work/told
sed 1q h >told
run 40 >/dev/null
number=41
mkdir -p run-41
(
    cd run-41 || exit
    sed "s/5e1f0c2a9d4b7836e0a1c5f29b84d7603f6a1e52/$(commit 41)/" \
        "$TOP_SRCDIR/policies/measurements/warn.json" >warn.json
    for out in '>&-' '>/dev/full'; do
        eval "assize gate --budgets ../policies/perf-budgets.json \
            --corpus ../policies/benchmark-corpus.json \
            --policy ../policies/optimization-policy.json --profile core-min \
            --commit $(commit 41) -m warn.json --history ../told \
            --branch main 2>/dev/null $out"
        echo $?
    done
) >statuses
[ "$(tr '\n' ' ' <statuses)" = "5 5 " ] || say "nobody was told, and no exit 5"
[ "$(records told)" = 4 ] || say "$(records told) records of 4"

# A history is never written over by a report.
cp told mine
sed "s|artifacts/[a-z_]*.json|mine|" policies/perf-budgets.json >own.json
grep -q '"mine"' own.json || say "no report is aimed at the history"
assize gate --budgets own.json --corpus policies/benchmark-corpus.json \
    --policy policies/optimization-policy.json --profile core-min \
    --commit "$(commit 41)" -m run-41/warn.json --history mine \
    --branch main >out 2>&1
status=$?
[ $status -eq 5 ] || say "a report over the history: exit $status"
[ "$(records mine)" = 5 ] || say "a report is written over the history"
assize gate --budgets own.json --corpus policies/benchmark-corpus.json \
    --policy policies/optimization-policy.json --profile core-min \
    --commit "$(commit 41)" -m run-41/warn.json --history mine \
    --branch main --output json=mine >out 2>&1
[ "$(records mine)" = 5 ] || say "a report is written over the history"
exit $bad
