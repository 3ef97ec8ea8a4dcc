#!/bin/sh
# run.sh SUITES RUNNER...: each runner over the suite of its name.
set -u
suites=$1
shift
folder_of() {
    case $1 in
    json-schema) echo json-schema-test-suite ;;
    known-ratio) echo bench/hyperfine-own ;;
    *) echo "$1" ;;
    esac
}
status=0
TOP_SRCDIR=$(dirname "$0")/../..
export TOP_SRCDIR
for runner; do
    name=$(basename "$runner")
    folder=$suites/$(folder_of "$name")
    [ -d "$folder" ] || { echo "$name: no $folder"; status=1; continue; }
    printf '%s: ' "$name"
    "./$runner" "$folder" || status=1
done
printf 'otel-config: '
ASSIZE=./assize "$(dirname "$0")/otel-config.sh" "$suites/otel-config" || status=1
exit $status
