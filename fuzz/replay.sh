#!/bin/sh
# Replays each target's corpus: a crash of the past must stay mended.
set -eu
for folder in "$TOP_SRCDIR"/fuzz/corpus/*/; do
    name=$(basename "$folder")
    target=$TOP_BUILDDIR/fuzz/$name
    [ -x "$target" ] || { echo "no target for corpus $name"; exit 1; }
    find "$folder" -type f | LC_ALL=C sort |
        xargs "$target" || { echo "FAIL: $name"; exit 1; }
done
