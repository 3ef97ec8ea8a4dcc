/* Words for a POSIX shell.
   SPDX-License-Identifier: MIT */

#include "core/ascii.h"
#include "gate/gate.h"

#include <string.h>

/* Whether C needs no quotes anywhere in a word (POSIX.1-2008, XCU 2.2). */
static bool
is_plain(char c)
{
    return az_is_alnum(c) || (c != '\0' && strchr("_@%+=:,./-", c) != NULL);
}

void
az_gate_add_shell_word(struct az_buf *buf, struct az_str word)
{
    bool plain = word.len > 0;

    for (size_t i = 0; i < word.len && plain; i++)
        plain = is_plain(word.p[i]);
    if (plain) {
        az_buf_add(buf, word);
        return;
    }
    az_buf_add_char(buf, '\'');
    for (size_t i = 0; i < word.len; i++) {
        if (word.p[i] == '\'')
            az_buf_add_c(buf, "'\\''");
        else if (word.p[i] != '\0')
            az_buf_add_char(buf, word.p[i]);
    }
    az_buf_add_char(buf, '\'');
}
