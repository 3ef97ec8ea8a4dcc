#!/bin/sh
# Runs the cases of all tables; and mutations.txt has to know where the checks are,
# though only "make check-mutations" takes them out.
set -u
TABLE_ONLY=1 "$TOP_SRCDIR/tests/adversarial/mutate.sh" || exit 1
exec "$TOP_BUILDDIR/tests/adversarial/attack" \
    "$TOP_SRCDIR"/tests/adversarial/*.yaml
