#!/bin/sh
# Manual and help say the same: each option of each command is in its page, and
# each option of the page is one; each diagnostic is explained, listed in the
# manual and shown by a golden case.
set -u
cd "$TOP_SRCDIR" || exit 1
bad=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() {
    echo "FAIL: $*"
    bad=1
}

commands=$("$ASSIZE" help | sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p')
[ "$(echo "$commands" | wc -l)" -gt 5 ] || say "help lists too few commands"
for command in $commands; do
    page=man/assize-$command.1
    [ -f "$page" ] || { say "no $page"; continue; }
    "$ASSIZE" help $command |
        sed -n 's/^ .* \(--[a-z-]*\).*/\1/p' | sort >"$work/help"
    sed -n 's/^\.It.*Fl -\([a-z-]*\).*/--\1/p' "$page" | sort >"$work/page"
    [ -s "$work/help" ] || say "help of $command shows no option"
    cmp -s "$work/help" "$work/page" || {
        say "options of $command: help (<) and $page (>) differ"
        diff "$work/help" "$work/page"
    }
    grep -q "assize-$command 1" man/assize.1 ||
        say "assize.1 does not name assize-$command"
done

ids=$("$ASSIZE" explain |
    sed -n '/^diagnostics:/,/^rules of/s/^  \([a-z0-9-]*\) .*/\1/p')
[ "$(echo "$ids" | wc -l)" -gt 50 ] || say "explain lists too few diagnostics"
for id in $ids; do
    grep -q "^\.It Sy $id\$" man/assize-diagnostics.7 ||
        say "$id is not in assize-diagnostics.7"
    "$ASSIZE" explain "$id" >"$work/explained"
    for part in "what it means" "for example" "how to mend it"; do
        grep -q "^$part" "$work/explained" || say "explain $id: no '$part'"
    done
    grep -qrE "\[$id\]|\"id\": ?\"$id\"" tests/golden --include=out \
        --include=err ||
        say "no golden case shows $id"
done

# Each rule of a kind is in the manual of the kinds.
for rule in $("$ASSIZE" explain |
    sed -n '/^rules of/,$s/^  \([a-z0-9-]*\) .*/\1/p'); do
    grep -q "$rule" man/assize-policy.5 ||
        say "rule $rule is not in assize-policy.5"
done

# Each limit is in the manual, sizes in the unit that fits; several that are the
# same number as often as they are.
sed -n '/^\.Sh LIMITS/,/^\.El/p' man/assize.1 >"$work/limits"
sed -n 's/^#define \(AZ_[A-Z_]*\)  *\([0-9(].*\)/\1 \2/p' src/core/limits.h \
    >"$work/defined"
[ "$(wc -l <"$work/defined")" -gt 10 ] || say "too few limits found"
while read -r name value; do
    value=$(($(echo "$value" | tr -d u)))
    case $name in
    *_SIZE)
        if [ $value -ge 1048576 ]; then
            value="$((value >> 20)) MiB"
        elif [ $value -ge 1024 ]; then
            value="$((value >> 10)) KiB"
        fi
        ;;
    esac
    echo "$value" >>"$work/values"
    [ "$(grep -cw "$value" "$work/limits")" -ge \
        "$(grep -cx "$value" "$work/values")" ] ||
        say "$name ($value) is not in LIMITS of assize.1"
done <"$work/defined"

# What assize-ruleset.5 shows as a ruleset is one.
awk -v work="$work" '
    /^\.Ed/ && file != "" { close(file); file = "" }
    seen && /^- id:/ && file == "" { file = work "/example-" ++n ".yaml" }
    { seen = /^\.Bd -literal/ }
    file != "" { gsub(/\\e/, "\\"); print >file }
' man/assize-ruleset.5
echo '{}' >"$work/document.json"
examples=0
for example in "$work"/example-*.yaml; do
    examples=$((examples + 1))
    "$ASSIZE" check --rules "$example" "$work/document.json" >"$work/report"
    case $? in
    0 | 1 | 4) ;; # it is judged, or would be if it had the documents
    *)
        say "assize-ruleset.5 shows what is no ruleset:"
        cat "$example" "$work/report"
        ;;
    esac
done
[ $examples -gt 5 ] || say "only $examples examples in assize-ruleset.5"

if command -v mandoc >/dev/null; then
    for page in man/*.[0-9]; do
        mandoc -T lint -W warning "$page" || bad=1
    done
fi
exit $bad
