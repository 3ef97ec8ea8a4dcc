#!/bin/sh
# The rooms of ARCHITECTURE.md: who may include whom.
set -eu
cd "$TOP_SRCDIR/src"

allowed() {
    case $1 in
    core) echo core ;;
    read) echo core read ;;
    regex) echo core regex ;;
    schema) echo core regex schema ;;
    query) echo core regex query ;;
    rule) echo core regex query schema rule ;;
    policy) echo core read rule schema policy ;;
    measure) echo core read measure ;;
    stat) echo stat ;;
    gate) echo core read measure stat policy gate ;;
    report) echo core report ;;
    cli) echo core read regex schema query rule policy measure stat gate \
        report cli ;;
    *) return 1 ;;
    esac
}

# The only room of each library.
library_room() {
    case $1 in
    json-c/*) echo report ;;
    yaml.h) echo read ;;
    pcre2.h) echo regex ;;
    idn2.h) echo schema ;;
    zlib.h) echo core ;;
    *) echo any ;;
    esac
}

bad=0
seen=0
for file in */*.[ch]; do
    room=${file%%/*}
    rooms=$(allowed "$room") || { echo "$file: no such room"; exit 1; }
    for include in $(sed -n 's/^#\( *\)include "\([^"]*\)".*/\2/p' "$file"); do
        seen=$((seen + 1))
        case " $rooms " in
        *" ${include%%/*} "*) ;;
        *) echo "$file: includes $include"; bad=1 ;;
        esac
    done
    for include in $(sed -n 's/^#\( *\)include <\([^>]*\)>.*/\2/p' "$file"); do
        owner=$(library_room "$include")
        [ "$owner" = any ] || [ "$owner" = "$room" ] || {
            echo "$file: includes <$include>"
            bad=1
        }
    done
done
[ $seen -gt 100 ] || { echo "only $seen includes seen"; exit 1; }

# Only cli prints, reads environment and clock, and ends the program.  Nobody
# asks the locale, and no number goes through a double.
library=$(find . -name '*.c' ! -path './cli/*')
calls='printf|puts|putchar|fprintf|fputs|exit|_exit'
calls="$calls|getenv|secure_getenv|time|clock|clock_gettime|gettimeofday"
anybody='setlocale|localeconv|strtod|strtof|atof|atoi|strtok|rand|random'
# shellcheck disable=SC2086 # words
if grep -nE "\b($calls)\(|\b(stdout|stderr|environ)\b" $library ||
    grep -nE "\b($anybody)\(" */*.c; then
    bad=1
fi

# What is not const and lives as long as the program would be shared by runs.
if grep -nE '^static [^()]*[;=]' */*.c | grep -v '\bconst\b'; then
    bad=1
fi

# Each header compiles alone.
for file in */*.h; do
    echo "#include \"$file\"" |
        ${CC-cc} -std=c11 -fsyntax-only -I. -x c - || bad=1
done
exit $bad
