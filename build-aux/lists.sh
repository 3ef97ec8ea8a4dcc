#!/bin/sh
# Writes the long lists of the build from the tree: tests/golden.mk and
# fuzz/corpus.mk.  Run it after adding a golden case or a corpus file; a test
# says when it was forgotten.  With a folder as argument, writes them there.
set -eu
cd "$(dirname "$0")/.."
to=${1-.}

# list FOLDER: the files below FOLDER as EXTRA_DIST.
list() {
    echo "# Made by build-aux/lists.sh."
    echo "EXTRA_DIST += \\"
    find "$1" -type f ! -name '*~' | LC_ALL=C sort |
        sed 's/^/	/; $!s/$/ \\/'
}

mkdir -p "$to/tests" "$to/fuzz"
list tests/golden >"$to/tests/golden.mk"
list fuzz/corpus >"$to/fuzz/corpus.mk"
