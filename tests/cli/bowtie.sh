#!/bin/sh
# A conversation with the harness for Bowtie, and what ends one.
set -u
harness=$TOP_BUILDDIR/bench/bowtie/bowtie
bad=0

# expect STATUS ANSWER: what the harness makes of the lines on standard input.
expect() {
    "$harness" >bowtie.out 2>bowtie.err
    status=$?
    [ $status -eq "$1" ] && [ "$(cat bowtie.out)" = "$2" ] && return
    echo "FAIL: exit $status:"
    cat bowtie.out bowtie.err
    bad=1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
start='{"cmd": "start", "version": 1}'

started=$(echo "$start" | "$harness")
for part in '"ready":true,"version":1,"implementation":{"language":"c"' \
    '"name":"assize"' '"https://json-schema.org/draft/2020-12/schema"' \
    '"http://json-schema.org/draft-04/schema#"'; do
    case $started in
    *"$part"*) ;;
    *) echo "FAIL: no $part in $started"; bad=1 ;;
    esac
done

expect 0 "$started"'
{"ok":true}
{"seq":1,"results":[{"valid":true},{"valid":false},{"errored":true,"context":{"message":"the test has no instance"}}]}
{"seq":{"a":[2]},"results":[{"valid":false},{"valid":true}]}
{"seq":3,"results":[{"valid":false}]}
{"seq":4,"errored":true,"context":{"message":"$ref '"'urn:nobody'"': no schema with this URI is known"}}
{"seq":5,"skipped":true,"message":"annotations are not collected"}
{"seq":6,"results":[{"errored":true,"context":{"message":"the check takes more steps than the limit"}}]}
{"ok":true}
{"seq":7,"results":[{"valid":true}]}
{"ok":false}' <<EOF
$start
{"cmd": "dialect", "dialect": "http://json-schema.org/draft-04/schema#"}
{"cmd": "run", "seq": 1, "case": {"description": "d", "schema": {"minimum": 1, "exclusiveMinimum": true}, "tests": [{"description": "a", "instance": 1.5, "valid": false}, {"description": "b", "instance": 1}, {"description": "c"}]}}
{"cmd": "run", "seq": {"a": [2]}, "case": {"description": "d", "schema": {"\$ref": "http://example.com/a#/b"}, "registry": {"http://example.com/a": {"b": {"type": "string"}}, "http://example.com/c": 1}, "tests": [{"description": "a", "instance": 1}, {"description": "b", "instance": "\u0000"}]}}
{"cmd": "run", "seq": 3, "case": {"description": "d", "schema": {"\$schema": "https://json-schema.org/draft/2020-12/schema", "\$ref": "#/\$defs/a", "minimum": 3, "\$defs": {"a": true}}, "tests": [{"description": "a", "instance": 1}]}}
{"cmd": "run", "seq": 4, "case": {"description": "d", "schema": {"\$ref": "urn:nobody"}, "tests": [{"description": "a", "instance": 1}]}}
{"cmd": "run", "seq": 5, "output": "annotations", "case": {"description": "d", "schema": {}, "tests": [{"description": "a", "instance": 1}]}}
{"cmd": "run", "seq": 6, "case": {"description": "d", "schema": {"pattern": "^(a|a?)+\$"}, "tests": [{"description": "a", "instance": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaé"}]}}
{"cmd": "dialect", "dialect": "https://json-schema.org/draft/2020-12/schema"}
{"cmd": "run", "seq": 7, "case": {"description": "d", "schema": {"\$dynamicRef": "https://json-schema.org/draft/2020-12/schema"}, "tests": [{"description": "a", "instance": {"type": "string"}}]}}
{"cmd": "dialect", "dialect": "urn:none"}
{"cmd": "stop"}
EOF

# What no harness goes on after.
echo '{"cmd": "stop"}' >lines
expect 1 '' <lines
echo '{"cmd": "start", "version": 2}' >lines
expect 1 '' <lines
for line in '{"cmd": "go"}' '{"cmd": "run", "seq": 1}' '{"cmd": "stop"' \
    '{"cmd": "stop", "cmd": "stop"}'; do
    printf '%s\n%s\n' "$start" "$line" >lines
    expect 1 "$started" <lines
done
exit $bad
