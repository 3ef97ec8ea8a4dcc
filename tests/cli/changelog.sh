#!/bin/sh
# Each entry of ChangeLog has a header, a blank line and a headline: a merge
# that takes both sides' lines runs the entries of both into one.
set -u
cd "$TOP_SRCDIR" || exit 1

awk '
function wrong(what) {
    printf "FAIL: ChangeLog:%d: %s\n", NR, what
    bad = 1
}
/^$/ {
    blank = 1
    next
}
/^[0-9]/ {
    if (NR > 1 && !blank)
        wrong("no blank line before this header")
    header = 1
    bullets = blank = 0
    next
}
header && !blank { wrong("no blank line before this headline") }
header && /^\t[*(]/ { wrong("no headline before this") }
bullets && blank { wrong("no header before the entry that this is of") }
{
    bullets = (bullets && !blank) || /^\t\*/
    header = blank = 0
}
END { exit bad }
' ChangeLog
