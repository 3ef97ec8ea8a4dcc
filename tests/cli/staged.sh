#!/bin/sh
# check --staged judges what git's index has, whatever is on the disk.
set -u
command -v git >/dev/null || exit 77
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/project" "$work/elsewhere"
cd "$work/project" || exit 1
HOME=$work
GIT_CONFIG_NOSYSTEM=1
export HOME GIT_CONFIG_NOSYSTEM
unset GIT_INDEX_FILE GIT_WORK_TREE GIT_DIR
git init -q .
git config user.name nobody
git config user.email nobody@example.org
bad=0

# expect STATUS TEXT ARGUMENT...: exit status, and a part of what it prints.
expect() {
    wanted=$1
    text=$2
    shift 2
    "$ASSIZE" "$@" >"$work/out" 2>&1 </dev/null
    got=$?
    [ $got -eq "$wanted" ] && grep -qF -- "$text" "$work/out" && return
    echo "FAIL: exit $got instead of $wanted, or no '$text': $* in $(pwd)"
    sed 's/^/    /' "$work/out"
    bad=1
}

# never TEXT: the last output does not have it.
never() {
    grep -qF -- "$1" "$work/out" || return
    echo "FAIL: '$1'"
    bad=1
}

"$ASSIZE" init >/dev/null
# nothing is in the index, not even the configuration
expect 2 "no files given" check --staged
git add assize.yaml
expect 3 "no file matches 'policies/*.json'" check --staged
grep -qF "'policies/perf-budgets.json' is not in git's index" "$work/out" || bad=1
git add .
# before the first commit, and after it
expect 0 "pass: 3 documents" check --staged
git commit -q -m first
expect 0 "pass: 3 documents" check --staged
never untracked

# the disk is not what is judged, in either direction
sed 's/"seed_set": \[11, /"seed_set": [/' policies/perf-budgets.json >edited
cat edited >policies/perf-budgets.json
expect 0 "pass: 3 documents" check --staged
expect 1 "budget-seeds-agree" check
git add policies/perf-budgets.json
git show HEAD:policies/perf-budgets.json >policies/perf-budgets.json
expect 1 "policies/perf-budgets.json:5:15: error: the seeds are not" check \
    --staged
expect 0 "pass: 3 documents" check
# from a folder below, and one that is not in the index
(cd policies && expect 1 "policies/perf-budgets.json:5:15: error: the seeds" \
    check --staged; exit $bad) || bad=1
mkdir -p deep/er
(cd deep/er && expect 1 "policies/perf-budgets.json:5:15: error: the seeds" \
    check --staged; exit $bad) || bad=1
# files that are named, by any name
expect 1 "perf-budgets.json:5:15: error" check --staged \
    policies/perf-budgets.json
expect 1 "1 document" check --staged "$work/project/policies/perf-budgets.json" \
    ./deep/../policies/perf-budgets.json
git reset -q

# deleted in the index: not there; deleted on the disk: there
git rm -q --cached policies/benchmark-corpus.json
expect 0 "'policies/benchmark-corpus.json' is not in git's index" check --staged
expect 0 "pass: 2 documents" check --staged
expect 3 "it is not in git's index" check --staged policies/benchmark-corpus.json
git reset -q
rm policies/benchmark-corpus.json
expect 0 "pass: 3 documents" check --staged
git checkout -q policies

# an untracked file is told, and not judged
echo '{' >policies/new.json
expect 0 "'policies/new.json' is not in git's index and is not checked" check \
    --staged
expect 3 "policies/new.json" check
rm policies/new.json

# the configuration, schemas and what they refer to come from the index, too
cat >thing.schema.json <<'EOF'
{"$ref": "part.schema.json"}
EOF
echo '{"required": ["a"]}' >part.schema.json
echo '{}' >thing.json
cat >>assize.yaml <<'EOF'
schemas:
  - files: thing.json
    schema: thing.schema.json
EOF
expect 1 "thing.json:1:1: error" check
expect 0 "pass: 3 documents" check --staged
git add .
rm part.schema.json thing.json
expect 1 "thing.json:1:1: error: the key 'a' is missing" check --staged
echo '{"required": ["b"]}' >part.schema.json
expect 1 "key 'a' is missing" check --staged
git reset -q --hard

# links and conflicts are no documents
ln -s perf-budgets.json policies/link.json
git add policies/link.json
expect 3 "it is no regular file in git's index" check --staged
git reset -q --hard
printf '0 %040d\t%s\n100644 %s 1\t%s\n' 0 policies/perf-budgets.json \
    "$(git rev-parse :policies/perf-budgets.json)" policies/perf-budgets.json |
    git update-index --index-info
expect 3 "it is not merged in git's index" check --staged
git reset -q --hard

# the index that a hook is given
GIT_INDEX_FILE=$work/index
export GIT_INDEX_FILE
git read-tree HEAD
git rm -q --cached policies/optimization-policy.json
expect 0 "pass: 2 documents" check --staged
unset GIT_INDEX_FILE
# and as a hook
cat >.git/hooks/pre-commit <<EOF
#!/bin/sh
exec "$ASSIZE" check --staged
EOF
chmod +x .git/hooks/pre-commit
cat ../project/policies/perf-budgets.json |
    sed 's/"seed_set": \[11, /"seed_set": [/' >"$work/edited"
cat "$work/edited" >policies/perf-budgets.json
git commit -q -a -m broken >/dev/null 2>&1 && { echo "FAIL: committed"; bad=1; }
git commit -q -m broken policies/perf-budgets.json >/dev/null 2>&1 &&
    { echo "FAIL: committed a file"; bad=1; }
git reset -q --hard

# nothing is written over what is judged
expect 2 "which is read in this run" check --staged \
    --output json=policies/perf-budgets.json
cd "$work/elsewhere" || exit 1
expect 2 "option '--staged' needs git and a work tree" check --staged
cd "$work/project/.git" || exit 1
expect 2 "option '--staged' needs git and a work tree" check --staged
cd "$work/project" || exit 1
PATH=$work/elsewhere "$ASSIZE" check --staged 2>/dev/null
[ $? -eq 2 ] || { echo "FAIL: checked without git"; bad=1; }
exit $bad
