#!/bin/sh
# The lists of the build name every file of the tree: what is not in them is
# not built, not tested or not in the release.
set -u
cd "$TOP_SRCDIR" || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0

sh build-aux/lists.sh "$work"
for list in tests/golden.mk fuzz/corpus.mk; do
    cmp -s "$list" "$work/$list" || {
        echo "FAIL: $list is not what build-aux/lists.sh writes:"
        diff "$list" "$work/$list"
        bad=1
    }
done

# listed PATH LIST...: whether one of the lists has the path.
listed() {
    path=$1
    shift
    grep -qE "(^|[[:space:]])$path( |\$)" "$@"
}

for file in src/*/*.[ch] schemas/*.json rules/*.yaml policies/*.json \
    policies/*.yaml policies/measurements/*; do
    listed "$file" src/local.mk || { echo "FAIL: $file is in no list"; bad=1; }
done
for file in src/schema/metaschemas/*/*.json; do
    listed "$file" src/local.mk || { echo "FAIL: $file is in no list"; bad=1; }
done
for file in tests/unit/*.c tests/suites/*.c; do
    listed "${file%.c}" tests/local.mk ||
        { echo "FAIL: $file is in no list"; bad=1; }
done
for file in tests/cli/*.sh tests/unit/*.h; do
    listed "$file" tests/local.mk || { echo "FAIL: $file is in no list"; bad=1; }
done
for file in tests/adversarial/*; do
    [ "$file" = tests/adversarial/local.mk ] ||
        listed "$file" tests/adversarial/local.mk ||
        { echo "FAIL: $file is in no list"; bad=1; }
done
for file in fuzz/*.[ch] fuzz/*.dict; do
    listed "$file" fuzz/local.mk || { echo "FAIL: $file is in no list"; bad=1; }
done
for file in man/*.[0-9]; do
    listed "$file" man/local.mk || { echo "FAIL: $file is in no list"; bad=1; }
done
for file in bench/*.c; do
    listed "${file%.c}" bench/local.mk ||
        { echo "FAIL: $file is in no list"; bad=1; }
done
exit $bad
