/* The dialects: what they are called, and how they differ beyond keywords.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "schema/keywords.h"
#include "schema/schema.h"

#define ALL_VOCABULARIES                                                       \
    (AZ_VOCABULARY_CORE | AZ_VOCABULARY_APPLICATOR |                           \
     AZ_VOCABULARY_UNEVALUATED | AZ_VOCABULARY_VALIDATION |                    \
     AZ_VOCABULARY_META_DATA | AZ_VOCABULARY_FORMAT_ANNOTATION |               \
     AZ_VOCABULARY_CONTENT)

/* The newest first. */
static const struct az_dialect dialects[] = {
    { .draft = AZ_DRAFT_2020,
      .name = "2020-12",
      .base = "https://json-schema.org/draft/2020-12/",
      .id_keyword = "$id",
      .vocabularies = ALL_VOCABULARIES,
      .has_vocabularies = true,
      .has_boolean_schemas = true,
      .contains_evaluates = true },
    { .draft = AZ_DRAFT_2019,
      .name = "2019-09",
      .base = "https://json-schema.org/draft/2019-09/",
      .id_keyword = "$id",
      .vocabularies = ALL_VOCABULARIES,
      .has_vocabularies = true,
      .has_boolean_schemas = true },
    { .draft = AZ_DRAFT_7,
      .name = "draft-07",
      .base = "http://json-schema.org/draft-07/",
      .id_keyword = "$id",
      .vocabularies = ALL_VOCABULARIES,
      .has_boolean_schemas = true,
      .ref_hides = true,
      .id_names = true },
    { .draft = AZ_DRAFT_6,
      .name = "draft-06",
      .base = "http://json-schema.org/draft-06/",
      .id_keyword = "$id",
      .vocabularies = ALL_VOCABULARIES,
      .has_boolean_schemas = true,
      .ref_hides = true,
      .id_names = true },
    { .draft = AZ_DRAFT_4,
      .name = "draft-04",
      .base = "http://json-schema.org/draft-04/",
      .id_keyword = "id",
      .vocabularies = ALL_VOCABULARIES,
      .ref_hides = true,
      .id_names = true,
      .integer_is_written = true },
};

enum { DIALECT_COUNT = sizeof(dialects) / sizeof(dialects[0]) };

const char *const az_schema_dialect_names[] = { "2020-12",  "2019-09",
                                                "draft-07", "draft-06",
                                                "draft-04", NULL };

#define D2019 AZ_DRAFT_2019
#define D2020 AZ_DRAFT_2020

/* What stands behind a dialect's base and "vocab/". */
static const struct {
    char name[20];
    uint32_t drafts;
    uint32_t bits;
} vocabularies[] = {
    { "core", D2019 | D2020, AZ_VOCABULARY_CORE },
    { "applicator", D2020, AZ_VOCABULARY_APPLICATOR },
    { "applicator", D2019,
      AZ_VOCABULARY_APPLICATOR | AZ_VOCABULARY_UNEVALUATED },
    { "unevaluated", D2020, AZ_VOCABULARY_UNEVALUATED },
    { "validation", D2019 | D2020, AZ_VOCABULARY_VALIDATION },
    { "meta-data", D2019 | D2020, AZ_VOCABULARY_META_DATA },
    { "format", D2019, AZ_VOCABULARY_FORMAT },
    { "format-annotation", D2020, AZ_VOCABULARY_FORMAT_ANNOTATION },
    { "format-assertion", D2020, AZ_VOCABULARY_FORMAT_ASSERTION },
    { "content", D2019 | D2020, AZ_VOCABULARY_CONTENT },
};

/* NAME without PREFIX; false if it begins otherwise. */
static bool
drop_prefix(struct az_str *name, const char *prefix)
{
    struct az_str text = az_str_from(prefix);

    if (!az_str_starts_with(*name, text))
        return false;
    *name = (struct az_str){ name->p + text.len, name->len - text.len };
    return true;
}

/* The name that NAME is short for: "draft-07" and "draft7" are "7". */
static struct az_str
shorten(struct az_str name)
{
    drop_prefix(&name, "draft");
    drop_prefix(&name, "-");
    if (name.len == 2)
        drop_prefix(&name, "0");
    return name;
}

const struct az_dialect *
az_schema_dialect(struct az_str name)
{
    size_t i;

    for (i = 0; i < DIALECT_COUNT; i++)
        if (az_str_eq(shorten(name), shorten(az_str_from(dialects[i].name))))
            return &dialects[i];
    return az_dialect_find(name);
}

const struct az_dialect *
az_dialect_find(struct az_str uri)
{
    struct az_str rest;
    size_t i;

    if (uri.len > 0 && uri.p[uri.len - 1] == '#')
        uri.len--;
    for (i = 0; i < DIALECT_COUNT; i++) {
        rest = uri;
        if (drop_prefix(&rest, dialects[i].base) && az_str_eq_c(rest, "schema"))
            return &dialects[i];
    }
    return NULL;
}

const struct az_dialect *
az_dialect_default(void)
{
    return &dialects[0];
}

const struct az_dialect *
az_dialect_of(enum az_draft draft)
{
    size_t i = 0;

    while (dialects[i].draft != draft)
        i++;
    return &dialects[i];
}

/* The URI of DIALECT's metaschema, as one writes it. */
static struct az_str
uri_of(struct az_arena *arena, const struct az_dialect *dialect)
{
    return az_str_from(az_arena_printf(arena, "%sschema%s", dialect->base,
                                       dialect->has_vocabularies ? "" : "#"));
}

const char *
az_dialect_hint(struct az_arena *arena, struct az_str uri)
{
    const struct az_dialect *meant = az_schema_dialect(uri);
    struct az_str uris[DIALECT_COUNT];
    struct az_buf names;
    size_t i, nearest;

    az_buf_init(&names, arena);
    for (i = 0; i < DIALECT_COUNT; i++) {
        uris[i] = uri_of(arena, &dialects[i]);
        az_buf_add_separator(&names, i, DIALECT_COUNT, "and");
        az_buf_add_c(&names, dialects[i].name);
    }
    nearest = meant != NULL ? (size_t)(meant - dialects)
                            : az_str_nearest(uri, uris, DIALECT_COUNT);
    if (nearest < DIALECT_COUNT)
        return az_arena_printf(arena, "did you mean '%s'?", uris[nearest].p);
    return az_arena_printf(arena,
                           "known are %s, as '%s'; a metaschema of your own is "
                           "named with --schema-map URI=FILE",
                           names.p, uris[0].p);
}

uint32_t
az_vocabulary_find(const struct az_dialect *dialect, struct az_str uri)
{
    size_t i;

    if (!drop_prefix(&uri, dialect->base) || !drop_prefix(&uri, "vocab/"))
        return 0;
    for (i = 0; i < sizeof(vocabularies) / sizeof(vocabularies[0]); i++)
        if ((vocabularies[i].drafts & dialect->draft) != 0 &&
            az_str_eq_c(uri, vocabularies[i].name))
            return vocabularies[i].bits;
    return 0;
}

const char *
az_dialect_metaschema(struct az_arena *arena, struct az_str uri)
{
    struct az_str rest;
    size_t i;

    for (i = 0; i < DIALECT_COUNT; i++) {
        rest = uri;
        if (drop_prefix(&rest, dialects[i].base))
            return az_arena_printf(arena, "%s/%.*s.json", dialects[i].name,
                                   AZ_STR_ARG(rest));
    }
    return NULL;
}
