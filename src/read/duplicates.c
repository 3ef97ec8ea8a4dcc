/* Equal keys of an object, with both places.
   SPDX-License-Identifier: MIT */

#include "read/duplicates.h"

#include <string.h>

#include "core/arena.h"
#include "core/limits.h"
#include "core/pointer.h"

/* Bytes of all pointers of one document's findings. */
#define POINTER_BUDGET ((size_t)16 << 20)

bool
az_read_spend_on_pointer(struct duplicates *duplicates, size_t bytes)
{
    if (bytes > POINTER_BUDGET - duplicates->pointer_bytes)
        return false;
    duplicates->pointer_bytes += bytes;
    return true;
}

/* The object whose keys are looked at. */
struct twins {
    struct duplicates *d;
    const struct az_buf *object; /* its pointer, or NULL */
    const struct az_member *members;
    size_t count;
};

/* The pointer of the member KEY; NULL beyond the budget. */
static const char *
pointer_of_member(struct duplicates *d, const struct az_buf *object,
                  struct az_str key)
{
    struct az_buf buf;

    if (object == NULL ||
        !az_read_spend_on_pointer(d, az_buf_str(object).len + key.len + 1))
        return NULL;
    az_buf_init(&buf, d->arena);
    az_buf_add(&buf, az_buf_str(object));
    az_pointer_add(&buf, key);
    return buf.p;
}

static bool
is_spelt_alike(const struct az_source *source, struct az_span a,
               struct az_span b)
{
    const char *text = source->text.p;
    size_t length = a.end - a.start;

    return b.end - b.start == length &&
           memcmp(text + a.start, text + b.start, length) == 0;
}

static void
add_duplicate(const struct twins *t, const struct az_member *first,
              const struct az_member *member)
{
    struct duplicates *d = t->d;
    struct az_place place = az_place_of(d->source, member->key_span);
    struct az_diag *diag;

    /* A full sink counts, and needs no text. */
    if (d->sink->count >= d->sink->limit) {
        az_sink_add(d->sink, AZ_DIAG_DUPLICATE_KEY, place, "%s", "");
        return;
    }
    diag = az_sink_add(d->sink, AZ_DIAG_DUPLICATE_KEY, place,
                       "the object has the key %s twice",
                       az_str_quote(d->arena, member->key));
    az_diag_hint(d->sink, diag, "remove or rename one of them%s",
                 is_spelt_alike(d->source, first->key_span, member->key_span)
                     ? ""
                     : d->otherwise);
    az_diag_relate(d->sink, diag, az_place_of(d->source, first->key_span),
                   "the first is here");
    diag->pointer = pointer_of_member(d, t->object, member->key);
}

static void
find_among_few(const struct twins *t)
{
    const struct az_member *members = t->members;

    for (size_t i = 1; i < t->count; i++) {
        size_t first = 0;

        while (first < i && !az_str_eq(members[first].key, members[i].key))
            first++;
        if (first < i)
            add_duplicate(t, &members[first], &members[i]);
    }
}

/* In the index, equal keys stand together, in the order of the text. */
static void
find_by_index(const struct twins *t)
{
    const struct az_member *members = t->members;
    const uint32_t *order =
        (const uint32_t *)(const void *)(members + t->count);
    size_t first = 0;

    for (size_t i = 1; i < t->count; i++) {
        if (az_str_eq(members[order[first]].key, members[order[i]].key))
            add_duplicate(t, &members[order[first]], &members[order[i]]);
        else
            first = i;
    }
}

void
az_read_duplicate_keys(struct duplicates *duplicates,
                       const struct az_buf *object,
                       const struct az_member *members, size_t count)
{
    struct twins t = { duplicates, object, members, count };

    if (count > AZ_OBJECT_INDEX_MIN)
        find_by_index(&t);
    else
        find_among_few(&t);
}
