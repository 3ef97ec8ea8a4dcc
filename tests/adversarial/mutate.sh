#!/bin/sh
# Takes the checks of the gate out, one at a time, and says which of them no case
# of this folder misses: make check-mutations.
#
# mutations.txt has a line for each: the source, a command for sed that takes the
# check out, whether something else holds it as well ("also", and what) or
# nothing does ("alone"), and what is taken out; with tabs between.  What is
# "alone" must be missed; what sed does not change is a mistake in the table.
# With TABLE_ONLY in the environment nothing but that is looked for.
# Needs what make gives: COMPILE, LINK, OBJECTS, LIBS; and make all before.
set -u
here=$TOP_SRCDIR/tests/adversarial
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tab=$(printf '\t')
tried=0
missed=0
bad=0

# build SOURCE: the program with mutant.c in place of SOURCE.
build() {
    # shellcheck disable=SC2086 # lists of words, as make has them
    $COMPILE -Wno-error -w -c -o "$work/mutant.o" "$work/mutant.c" || return 1
    objects=
    for object in $OBJECTS; do
        [ "$object" = "${1%.c}.o" ] || objects="$objects $object"
    done
    # what is in mutant.o is not taken from the library
    # shellcheck disable=SC2086
    $LINK -o "$work/assize" "$work/mutant.o" $objects libassize.a $LIBS
}

# try SOURCE COMMAND HELD WHAT
try() {
    tried=$((tried + 1))
    sed "$2" "$TOP_SRCDIR/$1" >"$work/mutant.c"
    if cmp -s "$work/mutant.c" "$TOP_SRCDIR/$1"; then
        echo "FAIL: $1: nothing to take out: $4"
        bad=$((bad + 1))
    elif [ -n "${TABLE_ONLY-}" ]; then
        missed=$((missed + 1))
    elif ! build "$1" >"$work/log" 2>&1; then
        echo "FAIL: $1: does not build: $4"
        head -n 5 "$work/log"
        bad=$((bad + 1))
    elif ! FIRST_ONLY=1 ASSIZE="$work/assize" \
        "$TOP_BUILDDIR/tests/adversarial/attack" "$here"/*.yaml \
        >"$work/log" 2>&1; then
        missed=$((missed + 1))
        [ -z "${VERBOSE-}" ] || echo "missed: $1: $4"
    elif [ "$3" = alone ]; then
        echo "FAIL: $1: nobody misses: $4"
        bad=$((bad + 1))
    else
        [ -z "${VERBOSE-}" ] || echo "not missed, $3: $1: $4"
    fi
}

[ -n "${TABLE_ONLY-}" ] ||
    ASSIZE=$TOP_BUILDDIR/assize "$here/run.sh" >"$work/log" 2>&1 || {
    echo "FAIL: the cases do not pass with all checks in"
    exit 1
}
while IFS=$tab read -r source command held what; do
    case $source in
    '' | '#'*) ;;
    *) try "$source" "$command" "$held" "$what" </dev/null ;;
    esac
done <"${MUTATIONS-$here/mutations.txt}"
[ -n "${TABLE_ONLY-}" ] ||
    echo "mutations: $tried tried, $missed missed, $bad wrong"
[ "$bad" -eq 0 ] && [ "$missed" -gt 0 ]
