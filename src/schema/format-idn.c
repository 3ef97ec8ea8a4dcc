/* Labels of internationalised host names: the only file that knows libidn2.
   SPDX-License-Identifier: MIT

   A label is judged as for registration, for only that asks for all of RFC
   5891, 4.2, and all rules of RFC 5892.  A U-label is turned into its A-label
   first, by a lookup, for registration takes no U-label over 62 bytes.

   libidn2 and the library that it needs would make each start of the program a
   fifth longer, and few documents have such names; so it is loaded when the
   first label wants it. */

#include <dlfcn.h>
#include <errno.h>
#include <idn2.h>
#include <stdio.h>
#include <string.h>

#include "core/arena.h"
#include "core/ascii.h"
#include "core/utf8.h"
#include "schema/formats.h"

/* The name of the interface that idn2.h declares; it has been this one since
   2.0. */
#define IDN2_LIBRARY "libidn2.so.0"

/* Each character adds one to the A-label or more, and has four bytes of UTF-8
   at most. */
enum { LABEL_SIZE = 4 * IDN2_LABEL_MAX_LENGTH + 1 };

/* What is used of it. */
typedef int lookup_fn(const uint8_t *src, uint8_t **lookupname, int flags);
typedef int register_fn(const uint8_t *ulabel, const uint8_t *alabel,
                        uint8_t **insertname, int flags);
typedef int decode_fn(const char *input, char **output, int flags);
typedef void free_fn(void *p);

struct library {
    struct az_arena *arena; /* who is told when memory is out */
    lookup_fn *encode;
    register_fn *judge;
    decode_fn *decode;
    free_fn *release;
};

/* Found by dlsym as an object, used as a function (POSIX, dlsym). */
static bool
find(void *handle, const char *name, void *ret_function, size_t size)
{
    void *symbol = dlsym(handle, name);

    memcpy(ret_function, &symbol, size);
    return symbol != NULL;
}

/* The library stays with the process once it is loaded, so that nothing has to
   be remembered between labels: to ask for it again takes a tenth of what the
   judgement does. */
static bool
load(struct library *ret, struct az_arena *arena)
{
    void *handle;
    bool found;

    errno = 0;
    handle = dlopen(IDN2_LIBRARY, RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == NULL && errno == ENOMEM)
        az_arena_oom(arena);
    if (handle == NULL)
        return false;
    ret->arena = arena;
    found = find(handle, "idn2_lookup_u8", &ret->encode, sizeof(ret->encode)) &&
            find(handle, "idn2_register_u8", &ret->judge, sizeof(ret->judge)) &&
            find(handle, "idn2_to_unicode_8z8z", &ret->decode,
                 sizeof(ret->decode)) &&
            find(handle, "idn2_free", &ret->release, sizeof(ret->release));
    dlclose(handle);
    return found;
}

/* In words; all that libidn2 finds wrong in one label (RFC 5891, 4.2). */
static const struct {
    int status;
    const char *reason;
} reasons[] = {
    { IDN2_ENCODING_ERROR, "is not UTF-8" },
    { IDN2_PUNYCODE_BAD_INPUT, "is not Punycode" },
    { IDN2_PUNYCODE_BIG_OUTPUT, "is too long" },
    { IDN2_PUNYCODE_OVERFLOW, "is not Punycode" },
    { IDN2_TOO_BIG_LABEL, "is too long" },
    { IDN2_TOO_BIG_DOMAIN, "is too long" },
    { IDN2_INVALID_ALABEL, "stands for no label" },
    { IDN2_UALABEL_MISMATCH, "is not the shortest Punycode of its label" },
    { IDN2_NOT_NFC, "is not in Unicode's form NFC" },
    { IDN2_2HYPHEN, "has '--' as its third and fourth characters" },
    { IDN2_HYPHEN_STARTEND, "begins or ends with '-'" },
    { IDN2_LEADING_COMBINING, "begins with a combining character" },
    { IDN2_DISALLOWED, "has a character that is not allowed" },
    { IDN2_CONTEXTJ, "has a joiner where it is not allowed" },
    { IDN2_CONTEXTJ_NO_RULE, "has a joiner where it is not allowed" },
    { IDN2_CONTEXTO, "has a character that is not allowed beside its others" },
    { IDN2_CONTEXTO_NO_RULE,
      "has a character that is not allowed beside its others" },
    { IDN2_UNASSIGNED, "has a character that Unicode has not assigned" },
    { IDN2_BIDI, "mixes the directions of writing" },
};

static const char *
reason_of(int status)
{
    size_t i;

    for (i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
        if (reasons[i].status == status)
            return reasons[i].reason;
    return "is refused by libidn2";
}

/* Copies LABEL, in lower case if it is ASCII, for A-labels have no case;
   whether it is. */
static bool
copy_label(char *copy, struct az_str label)
{
    bool is_ascii = true;
    size_t i;

    for (i = 0; i < label.len; i++)
        is_ascii = is_ascii && (unsigned char)label.p[i] < 0x80;
    for (i = 0; i < label.len; i++)
        copy[i] = is_ascii ? az_to_lower(label.p[i]) : label.p[i];
    copy[label.len] = '\0';
    return is_ascii;
}

/* What a lookup says of LABEL; its A-label is *RET_NAME, if it has one. */
static int
encode(const struct library *library, const char *label, uint8_t **ret_name)
{
    int status;

    *ret_name = NULL;
    status = library->encode((const uint8_t *)label, ret_name, IDN2_NO_TR46);
    if (status == IDN2_MALLOC)
        az_arena_oom(library->arena);
    return status;
}

/* Judges the A-label NAME and decodes it into LABEL. */
static int
judge(const struct library *library, const uint8_t *name, char *label)
{
    uint8_t *inserted = NULL;
    char *decoded = NULL;
    int status = library->judge(NULL, name, &inserted, 0);

    library->release(inserted);
    if (status == IDN2_OK)
        status = library->decode((const char *)name, &decoded, 0);
    if (status == IDN2_MALLOC)
        az_arena_oom(library->arena);
    if (status == IDN2_OK && strlen(decoded) >= LABEL_SIZE)
        status = IDN2_TOO_BIG_LABEL;
    if (status == IDN2_OK)
        strcpy(label, decoded);
    library->release(decoded);
    return status;
}

/* Whether LABEL has digits of both kinds that right-to-left labels may have
   (RFC 5893, 2, rule 4), which libidn2 does not ask. */
static bool
mixes_digits(const char *label)
{
    struct az_str text = az_str_from(label);
    struct az_scan scan = az_scan_of(NULL, text, false);
    bool european = false, arabic = false;
    uint32_t c;

    while (!az_scan_at_end(&scan)) {
        european = az_scan_skip(&scan, AZ_SCAN_DIGIT) > 0 || european;
        if (az_scan_at_end(&scan))
            break;
        c = az_scan_take_wide(&scan);
        if (c == 0)
            scan.p++;
        european = european || (c >= 0x6f0 && c <= 0x6f9);
        arabic = arabic || (c >= 0x660 && c <= 0x669) ||
                 (c >= 0x10d30 && c <= 0x10d39);
    }
    return european && arabic;
}

/* What libidn2 says of BEFORE, TEXT and AFTER as one label: so it can be asked
   for the direction of a character, of which it keeps the tables. */
static int
ask(const struct library *library, const char *before, struct az_str text,
    const char *after)
{
    char label[LABEL_SIZE + 8];
    uint8_t *name;
    int status;

    snprintf(label, sizeof(label), "%s%.*s%s", before, AZ_STR_ARG(text), after);
    status = encode(library, label, &name);
    library->release(name);
    return status;
}

#define ALEF "\xd7\x90"

/* Whether C is a left-to-right letter: such a one is refused between
   right-to-left ones. */
static bool
is_left_to_right(const struct library *library, struct az_str c)
{
    return ask(library, ALEF, c, ALEF) == IDN2_BIDI;
}

/* Whether C is a letter, digit or mark with which a right-to-left label may
   end. */
static bool
may_end(const struct library *library, struct az_str c)
{
    return ask(library, ALEF, c, "") == IDN2_OK;
}

/* The first character of TEXT, which is not empty. */
static struct az_str
first_of(struct az_str text)
{
    struct az_str c = { text.p, 1 };

    while (c.len < text.len && az_utf8_is_inner(text.p[c.len]))
        c.len++;
    return c;
}

/* The last character of TEXT that is no mark above or below another; libidn2
   looks at the marks themselves. */
static struct az_str
last_of(const struct library *library, struct az_str text)
{
    struct az_str c = { text.p + text.len, 0 };

    while (c.p > text.p) {
        do
            c.p--;
        while (c.p > text.p && az_utf8_is_inner(c.p[0]));
        c = first_of((struct az_str){ c.p, (size_t)(text.p + text.len - c.p) });
        if (ask(library, "", c, "") != IDN2_LEADING_COMBINING ||
            !may_end(library, c))
            break;
    }
    return c;
}

/* Judges LABEL by the rule for names with right-to-left labels (RFC 5893, 2),
   where libidn2 does not.  NULL, or why it breaks it in any name. */
static const char *
judge_direction(const struct library *library, const char *label,
                enum az_idn_direction *ret)
{
    const struct az_str text = az_str_from(label);
    const struct az_str last = last_of(library, text);

    if (ask(library, "a", text, "") != IDN2_BIDI) {
        *ret =
            is_left_to_right(library, first_of(text)) &&
                    (is_left_to_right(library, last) || may_end(library, last))
                ? AZ_IDN_LEFT_TO_RIGHT
                : AZ_IDN_NEITHER;
        return NULL;
    }
    *ret = AZ_IDN_RIGHT_TO_LEFT;
    if (mixes_digits(label))
        return "mixes two kinds of digits";
    return may_end(library, last) ? NULL
                                  : "ends with neither a letter nor a digit";
}

const char *
az_format_idn_label(struct az_arena *arena, struct az_str label,
                    struct az_idn_label *ret)
{
    char copy[LABEL_SIZE];
    struct library library;
    uint8_t *name = NULL;
    int status = IDN2_OK;
    bool is_ascii;

    if (label.len >= sizeof(copy))
        return "is too long";
    if (!load(&library, arena))
        return "cannot be judged: " IDN2_LIBRARY " cannot be loaded";
    is_ascii = copy_label(copy, label);
    ret->length = label.len;
    if (!is_ascii)
        status = encode(&library, copy, &name);
    if (name != NULL)
        ret->length = strlen((const char *)name);
    if (status == IDN2_OK)
        status = judge(&library, is_ascii ? (const uint8_t *)copy : name, copy);
    library.release(name);
    if (status != IDN2_OK)
        return reason_of(status);
    return judge_direction(&library, copy, &ret->direction);
}
