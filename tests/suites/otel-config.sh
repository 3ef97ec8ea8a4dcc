#!/bin/sh
# otel-config.sh DIR: the configurations of OpenTelemetry against their schema,
# by the program itself.  All are valid but the one whose variables have to be
# replaced before.
set -u
passed=0 failed=0
for file in "$1"/examples/*.yaml "$1"/snippets/*.yaml; do
    wanted=0
    [ "${file##*/}" != otel-sdk-migration-config.yaml ] || wanted=1
    "$ASSIZE" check --schema "$1/opentelemetry_configuration.json" \
        "$file" >/dev/null 2>&1
    status=$?
    if [ $status -eq $wanted ]; then
        passed=$((passed + 1))
    else
        echo "${file##*/}: exit $status instead of $wanted"
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
