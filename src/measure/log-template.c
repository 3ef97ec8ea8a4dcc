/* Lines that are like an earlier one.
   SPDX-License-Identifier: MIT

   A template is a sound line.  A line that is equal to it but for values that
   are of the same type as the template's, each by itself sound, is sound too:
   the same keys stand there, none twice, and nothing else. */

#include "measure/log-template.h"

#include <string.h>

#include "core/arena.h"
#include "core/ascii.h"
#include "core/date.h"
#include "core/limits.h"
#include "core/path.h"
#include "read/json-scan.h"

/* Digits that an integer of 64 bits surely has room for; a number below the
   limit has room for one more. */
enum { MAX_DIGITS = 18 };

#define DIGITS_LIMIT INT64_C(100000000000000000)

bool
az_log_is_visible(struct az_str text)
{
    return text.len > 0 && *text.p > ' ' && *text.p < 0x7f;
}

/* Whether a string in TEXT stands there as it is, and copies take little. */
static bool
is_simple(struct az_str text)
{
    return text.len <= LOG_MAX_TEMPLATE_SIZE &&
           memchr(text.p, '\\', text.len) == NULL;
}

static struct log_slot
slot_of(const struct az_member *member)
{
    const struct log_field *field = az_log_field_find(member->key);
    const struct az_node *value = &member->value;

    return (struct log_slot){
        .start = value->span.start,
        .end = value->span.end,
        .role = field != NULL ? field->role : LOG_OTHER,
        .text = field != NULL ? field->text : AZ_LOG_TEXT_COUNT,
        .items = value->type == AZ_ARRAY ? value->count : 0,
    };
}

struct az_str
az_log_template_shape(struct az_arena *arena,
                      const struct log_template *template)
{
    struct az_buf buf;
    size_t at = 0;

    az_buf_init(&buf, arena);
    for (size_t i = 0; i < template->slot_count; i++) {
        const struct log_slot *slot = &template->slots[i];

        az_buf_add(&buf,
                   (struct az_str){ template->text + at, slot->start - at });
        az_buf_add_char(&buf, '\0');
        at = slot->end;
    }
    az_buf_add(&buf,
               (struct az_str){ template->text + at, template->length - at });
    return az_buf_str(&buf);
}

/* How many bytes at A and B are equal, up to LIMIT.  Behind the first that are
   not, fifteen more may be read. */
static inline size_t
count_equal(const char *a, const char *b, size_t limit)
{
    size_t i = 0;

#ifdef __SSE2__
    for (; i < limit; i += 16) {
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(a + i));
        __m128i y = _mm_loadu_si128((const __m128i *)(const void *)(b + i));
        unsigned equal = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(x, y));

        if (equal != 0xffff) {
            i += (unsigned)__builtin_ctz(~equal);
            break;
        }
    }
#else
    for (; i + 8 <= limit; i += 8)
        if (json_load_word(a + i) != json_load_word(b + i))
            break;
    while (i < limit && a[i] == b[i])
        i++;
#endif
    return i < limit ? i : limit;
}

/* Each of these takes what is at P of a line and returns its end; NULL if it is
   not so simple. */

/* Digits behind those of *RET, which are MAX_DIGITS at most then; zeros that
   they begin with do not count. */
static inline const char *
take_digits(const char *p, int64_t *ret)
{
    int64_t value = *ret;

    for (; az_is_digit(*p); p++) {
        if (value >= DIGITS_LIMIT)
            return NULL;
        value = value * 10 + (*p - '0');
    }
    *ret = value;
    return p;
}

static inline const char *
take_value(const char *p, struct log_match *match)
{
    const char *digits = p, *point;
    int64_t value = 0;

    p = take_digits(p, &value);
    if (p == NULL || p == digits || (*digits == '0' && p - digits > 1))
        return NULL;
    match->decimals = 0;
    if (*p == '.') {
        point = p++;
        p = take_digits(p, &value);
        /* zeros do not add to the value, but to the decimals */
        if (p == NULL || p == point + 1 || p - point > MAX_DIGITS)
            return NULL;
        match->decimals = (int)(p - point - 1);
    }
    match->mantissa = value;
    match->has_value = true;
    return p;
}

static const char *
take_seed(const char *p, struct log_match *match)
{
    const char *digits = p;

    match->seed = 0;
    p = take_digits(p, &match->seed);
    if (p == NULL || p == digits || (*digits == '0' && p - digits > 1))
        return NULL;
    match->has_seed = true;
    return p;
}

/* A string of plain characters; *RET is its text. */
static const char *
take_string(const char *p, const char *end, struct az_str *ret)
{
    const char *from = p + 1;

    if (*p != '"')
        return NULL;
    p = json_skip_plain(from, end);
    if (*p != '"')
        return NULL;
    *ret = (struct az_str){ from, (size_t)(p - from) };
    return p + 1;
}

/* The same, where it is surely not blank. */
static const char *
take_word(const char *p, const char *end, struct az_str *ret)
{
    p = take_string(p, end, ret);
    return p != NULL && az_log_is_visible(*ret) ? p : NULL;
}

/* The same, where it is a path inside the project. */
static const char *
take_path(const char *p, const char *end)
{
    struct az_str text;

    p = take_word(p, end, &text);
    return p != NULL && az_path_complaint(text) == NULL ? p : NULL;
}

static const char *
skip_space(const char *p)
{
    while (*p == ' ' || *p == '\t' || *p == '\r')
        p++;
    return p;
}

/* A list of one path to ITEMS of them. */
static const char *
take_list(const char *p, const char *end, uint32_t items)
{
    if (*p != '[')
        return NULL;
    for (uint32_t i = 0; i < items; i++) {
        p = take_path(skip_space(p + 1), end);
        if (p == NULL)
            return NULL;
        p = skip_space(p);
        if (*p == ']')
            return p + 1;
        if (*p != ',')
            return NULL;
    }
    return NULL;
}

/* A string that is a time; *RET is its text. */
static const char *
take_time(const char *p, const char *end, struct az_str *ret)
{
    struct az_moment moment;

    p = take_string(p, end, ret);
    return p != NULL && ret->len <= AZ_MAX_LOG_TIME_SIZE &&
                   az_moment_parse(*ret, &moment) && moment.has_time
               ? p
               : NULL;
}

/* The value that SLOT stands for, into MATCH. */
static const char *
take(const struct log_slot *slot, const char *p, const char *end,
     struct log_match *match)
{
    struct az_str unused;

    switch (slot->role) {
    case LOG_VALUE:
        return take_value(p, match);
    case LOG_SEED:
        return take_seed(p, match);
    case LOG_TEXT:
        match->has_texts = true;
        return take_string(p, end, &match->texts[slot->text]);
    case LOG_ARTIFACTS:
        return take_list(p, end, slot->items);
    case LOG_TIME:
        return take_time(p, end, &match->time);
    case LOG_OTHER:
        return take_word(p, end, &unused);
    case LOG_STATUS:
        break; /* there is only one that is sound, and it is the template's */
    }
    return NULL;
}

/* Keeps the template's own value as written, for lines of another unit. */
static void
note_plain_value(struct log_template *template)
{
    struct log_match match = { .has_value = false };

    for (size_t i = 0; i < template->slot_count; i++) {
        const struct log_slot *slot = &template->slots[i];

        if (slot->role == LOG_VALUE &&
            take_value(template->text + slot->start, &match) ==
                template->text + slot->end) {
            template->has_plain = true;
            template->plain_mantissa = match.mantissa;
            template->plain_decimals = match.decimals;
        }
    }
}

struct log_template *
az_log_template_new(struct az_arena *arena, const struct az_source *source,
                    struct log_view *view, const struct log_line *line)
{
    const struct az_node *root = line->root;
    struct az_str text = source->text;
    struct log_template *template;
    char *copy;

    if (!is_simple(text))
        return NULL;
    copy = az_arena_zeroed(arena, text.len + 1 + LOG_PADDING);
    memcpy(copy, text.p, text.len);
    copy[text.len] = '\n';
    template = AZ_NEW(arena, struct log_template);
    template->text = copy;
    template->length = text.len + 1;
    template->slot_count = root->count;
    template->slots =
        az_arena_array(arena, root->count, sizeof *template->slots);
    for (uint32_t i = 0; i < root->count; i++)
        template->slots[i] = slot_of(&root->members[i]);
    template->view = view;
    template->time = az_arena_str(arena, line->time);
    template->mantissa = line->mantissa;
    template->exponent = line->exponent;
    note_plain_value(template);
    return template;
}

const char *
az_log_match(const struct log_template *template, const char *p,
             const char *end, struct log_match *ret)
{
    const struct log_slot *slot = template->slots;
    const struct log_slot *last = slot + template->slot_count;
    const char *line = p;
    size_t at = 0, equal;

    ret->has_seed = ret->has_texts = false;
    ret->time = template->time;
    ret->has_value = template->has_plain;
    ret->mantissa = template->plain_mantissa;
    ret->decimals = template->plain_decimals;
    for (;;) {
        equal = count_equal(template->text + at, p, template->length - at);
        at += equal;
        p += equal;
        if (at == template->length)
            break;
        /* a value that the line goes on with where the template's ends is
           still to be taken: 12 and 123 differ behind the 2 */
        while (slot < last && slot->end < at)
            slot++;
        if (slot == last || at < slot->start)
            return NULL;
        if (slot->role == LOG_TEXT && !ret->has_texts)
            memset(ret->texts, 0, sizeof ret->texts);
        p = take(slot, p - (at - slot->start), end, ret);
        if (p == NULL)
            return NULL;
        at = slot->end;
        slot++;
    }
    return (size_t)(p - line) - 1 <= AZ_MAX_LOG_LINE_SIZE ? p : NULL;
}
