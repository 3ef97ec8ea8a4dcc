#!/bin/sh
# Histories that git keeps as notes: of two clones, merged, forged, at once.
set -u
command -v git >/dev/null || exit 77
. "$TOP_SRCDIR/tests/golden/lib.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
PATH=$(dirname "$ASSIZE"):$PATH
HOME=$work
GIT_CONFIG_NOSYSTEM=1
export HOME GIT_CONFIG_NOSYSTEM
unset GIT_INDEX_FILE GIT_WORK_TREE GIT_DIR
git config --global user.name nobody
git config --global user.email nobody@example.org
git config --global init.defaultBranch main
notes=git:refs/notes/assize
out=out
bad=0

say() {
    echo "FAIL: $*"
    bad=1
}

# judge CLONE COMMIT HOUR STATUS ARGUMENT...: a gate that warns by its limits.
judge() {
    clone=$1
    of=$2
    hour=$3
    wanted=$4
    shift 4
    sed "s/$commit/$of/" "$TOP_SRCDIR/policies/measurements/warn.json" \
        >"warn-$clone-$hour.json"
    (
        cd "$clone" || exit 9
        assize gate --budgets ../policies/perf-budgets.json \
            --corpus ../policies/benchmark-corpus.json \
            --policy ../policies/optimization-policy.json \
            --profile core-min --commit "$of" \
            -m "../warn-$clone-$hour.json" --history $notes \
            --now "2026-11-21T$hour:00:00Z" --output json=../report "$@"
    ) >"$out" 2>&1
    got=$?
    [ $got -eq "$wanted" ] && return
    say "$clone $hour: exit $got instead of $wanted"
    cat "$out"
}

# verify CLONE COUNT: the history holds, with so many records.
verify() {
    (cd "$1" && assize history verify $notes) >verified 2>&1 ||
        { say "the history of $1 does not hold"; cat verified; }
    grep -q "pass: $2 record" verified || { say "not $2 records"; cat verified; }
}

policies
git init -q origin
for n in 1 2 3 4; do
    echo $n >origin/file
    git -C origin add file
    git -C origin commit -qm "commit $n"
    eval "c$n=\$(git -C origin rev-parse HEAD)"
done
git clone -q --bare origin shared
git clone -q shared one
git clone -q shared two
# shellcheck disable=SC2154 # c1 to c4, of eval
{
# without a history, and with one
judge one "$c1" 00 4
judge one "$c1" 00 0 --history-init
judge one "$c1" 01 2 --history-init
verify one 1
# the same run in the same second has its record already, and says so
judge one "$c1" 00 0
grep -q '^history  *pass  *1 record,' "$out" || { say "counted twice"; cat "$out"; }
verify one 1
git -C one notes --ref=assize show "$c1" | grep -q '"hash":"' ||
    say "there is no note on the commit"
[ -z "$(git -C one status --porcelain)" ] || say "the work tree has changed"
ls one/.git/assize* 2>/dev/null && say "a lock is left"
git -C one push -q origin refs/notes/assize
git -C two fetch -q origin refs/notes/assize:refs/notes/assize
verify two 1

# two clones go different ways: another commit each, and both the first again
judge one "$c2" 02 1
judge one "$c1" 03 0
head=$(sed -n 's/.*"head":"\(.*\)"/\1/p' report)
[ "$head" = "$(git -C one rev-parse refs/notes/assize)" ] ||
    say "the head is not the commit of the notes"
judge two "$c3" 04 1
judge two "$c1" 05 0
verify one 3
verify two 3
git -C one push -q origin refs/notes/assize
git -C two push -q origin refs/notes/assize 2>/dev/null &&
    say "a push has thrown records away"
git -C two fetch -q origin refs/notes/assize:refs/notes/theirs
git clone -q --mirror two third
git -C two notes --ref=assize merge -q -s union refs/notes/theirs ||
    say "union does not merge"
verify two 5
git -C two push -q origin refs/notes/assize || say "the merge cannot be pushed"
git -C one fetch -q origin refs/notes/assize:refs/notes/assize
verify one 5
git -C third notes --ref=assize merge -q -s cat_sort_uniq refs/notes/theirs ||
    say "cat_sort_uniq does not merge"
verify third 5

# what was merged is counted: by the time when commits came first
judge one "$c4" 06 1
grep -q '"streak":4' report || say "not 4 commits in a row"
verify one 6
judge two "$c4" 07 1 --history-head "$head"
judge two "$c4" 08 4 --history-head "$c4"
judge two "$c4" 09 2 --history-head HEAD
# the same run again is the same record
judge two "$c4" 07 1
verify two 6

# a record under another commit, a changed one, and what is no record
git -C one update-ref refs/notes/kept refs/notes/assize
git -C one notes --ref=assize copy -f "$c1" "$c2" 2>/dev/null
judge one "$c4" 10 4
grep -q 'another commit than the note' out || say "moved unseen"
git -C one update-ref refs/notes/assize refs/notes/kept
git -C one notes --ref=assize show "$c2" | sed 's/9.4/7.4/' >changed
git -C one notes --ref=assize add -f -F ../changed "$c2" 2>/dev/null
judge one "$c4" 11 4
grep -q 'the hash of this record is' out || say "changed unseen"
git -C one update-ref refs/notes/assize refs/notes/kept
git -C one notes --ref=assize append -m 'well done' "$c2"
judge one "$c4" 12 4
git -C one update-ref refs/notes/assize refs/notes/kept

# a commit that git does not have
judge one 5e1f0c2a9d4b7836e0a1c5f29b84d7603f6a1e52 13 5
verify one 6

# no branch is no name for one
git -C one checkout -q --detach
judge one "$c4" 13 2
judge one "$c4" 13 1 --branch main
git -C one checkout -q main
verify one 7

# nothing of the repository is run
cat >hook <<'H'
#!/bin/sh
echo run >>"$(dirname "$0")/was-run"
H
chmod +x hook
for name in reference-transaction post-commit pre-commit post-rewrite \
    fsmonitor-watchman; do
    cp hook one/.git/hooks/$name
done
git -C one config core.fsmonitor .git/hooks/fsmonitor-watchman
git -C one config core.editor "$work/hook"
git -C one config core.pager "$work/hook"
git -C one config gpg.program "$work/hook"
git -C one config commit.gpgSign true
judge one "$c4" 14 1
[ ! -e was-run ] && [ ! -e one/.git/hooks/was-run ] || say "a hook was run"
verify one 8

# names that are none
for name in refs/heads/main refs/notes/ refs/notes/a..b refs/notes/-x \
    'refs/notes/a b' refs/notes/x.lock '--all' ''; do
    (cd one && assize history verify "git:$name") >out 2>&1
    [ $? -eq 2 ] || { say "git:$name"; cat out; }
done
(cd "$work" && assize history verify $notes) >out 2>&1
[ $? -eq 3 ] || { say "no repository"; cat out; }

# at once
before=$(git -C two rev-list --count refs/notes/assize)
for hour in 15 16 17 18 19 20 21 22; do
    (
        out=out-$hour
        judge two "$c4" $hour 1
        [ $bad -eq 0 ] || : >failed
    ) &
done
wait
[ ! -e failed ] || bad=1
verify two 14
[ "$(git -C two rev-list --count refs/notes/assize)" -eq $((before + 8)) ] ||
    say "not 8 commits of notes more"
}
exit $bad
