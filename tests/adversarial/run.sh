#!/bin/sh
# Runs the cases of all tables.
set -u
exec "$TOP_BUILDDIR/tests/adversarial/attack" \
    "$TOP_SRCDIR"/tests/adversarial/*.yaml
