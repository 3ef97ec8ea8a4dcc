/* Units of measure: a closed table, and exact conversion.
   SPDX-License-Identifier: MIT */

#include "measure/unit.h"

#include "core/arena.h"

#define KIBI_INVERSE "0.0009765625"
#define MEBI_INVERSE "9.5367431640625e-7"
#define GIBI_INVERSE "9.31322574615478515625e-10"

/* The first unit of a dimension is its base. */
static const struct az_unit units[] = {
    { "bytes", AZ_DIMENSION_SIZE, "1", "1" },
    { "B", AZ_DIMENSION_SIZE, "1", "1" },
    { "KiB", AZ_DIMENSION_SIZE, "1024", KIBI_INVERSE },
    { "MiB", AZ_DIMENSION_SIZE, "1048576", MEBI_INVERSE },
    { "GiB", AZ_DIMENSION_SIZE, "1073741824", GIBI_INVERSE },
    { "kB", AZ_DIMENSION_SIZE, "1e3", "1e-3" },
    { "KB", AZ_DIMENSION_SIZE, "1e3", "1e-3" },
    { "MB", AZ_DIMENSION_SIZE, "1e6", "1e-6" },
    { "GB", AZ_DIMENSION_SIZE, "1e9", "1e-9" },
    { "ns", AZ_DIMENSION_TIME, "1", "1" },
    { "us", AZ_DIMENSION_TIME, "1e3", "1e-3" },
    { "\xc2\xb5s", AZ_DIMENSION_TIME, "1e3", "1e-3" }, /* U+00B5 micro sign */
    { "\xce\xbcs", AZ_DIMENSION_TIME, "1e3", "1e-3" }, /* U+03BC Greek mu */
    { "ms", AZ_DIMENSION_TIME, "1e6", "1e-6" },
    { "s", AZ_DIMENSION_TIME, "1e9", "1e-9" },
    { "min", AZ_DIMENSION_TIME, "6e10", NULL },
    { "%", AZ_DIMENSION_PERCENT, "1", "1" },
    { "count", AZ_DIMENSION_COUNT, "1", "1" },
    { "ops", AZ_DIMENSION_COUNT, "1", "1" },
    { "ratio", AZ_DIMENSION_RATIO, "1", "1" },
    { "ops/s", AZ_DIMENSION_EVENT_RATE, "1", "1" },
    { "kops/s", AZ_DIMENSION_EVENT_RATE, "1e3", "1e-3" },
    { "fps", AZ_DIMENSION_EVENT_RATE, "1", "1" },
    { "Hz", AZ_DIMENSION_EVENT_RATE, "1", "1" },
    { "bytes/s", AZ_DIMENSION_DATA_RATE, "1", "1" },
    { "B/s", AZ_DIMENSION_DATA_RATE, "1", "1" },
    { "KiB/s", AZ_DIMENSION_DATA_RATE, "1024", KIBI_INVERSE },
    { "MiB/s", AZ_DIMENSION_DATA_RATE, "1048576", MEBI_INVERSE },
    { "GiB/s", AZ_DIMENSION_DATA_RATE, "1073741824", GIBI_INVERSE },
    { "kB/s", AZ_DIMENSION_DATA_RATE, "1e3", "1e-3" },
    { "KB/s", AZ_DIMENSION_DATA_RATE, "1e3", "1e-3" },
    { "MB/s", AZ_DIMENSION_DATA_RATE, "1e6", "1e-6" },
    { "GB/s", AZ_DIMENSION_DATA_RATE, "1e9", "1e-9" },
};

/* What other tools call a unit, for a guess; no document may. */
static const struct {
    const char *word;
    const char *unit;
} words[] = {
    { "kbytes", "kB" },       { "kilobytes", "kB" },   { "mbytes", "MB" },
    { "megabytes", "MB" },    { "gbytes", "GB" },      { "gigabytes", "GB" },
    { "kibibytes", "KiB" },   { "mebibytes", "MiB" },  { "gibibytes", "GiB" },
    { "nsec", "ns" },         { "nanoseconds", "ns" }, { "usec", "us" },
    { "microseconds", "us" }, { "msec", "ms" },        { "milliseconds", "ms" },
    { "sec", "s" },           { "seconds", "s" },      { "minutes", "min" },
    { "percent", "%" },       { "rps", "ops/s" },      { "qps", "ops/s" },
    { "tps", "ops/s" },       { "req/s", "ops/s" },    { "op/s", "ops/s" },
};

enum {
    UNIT_COUNT = sizeof units / sizeof units[0],
    WORD_COUNT = sizeof words / sizeof words[0],
};

static const char *const dimension_names[AZ_DIMENSION_TOTAL] = {
    [AZ_DIMENSION_SIZE] = "size",
    [AZ_DIMENSION_TIME] = "time",
    [AZ_DIMENSION_PERCENT] = "percentage",
    [AZ_DIMENSION_COUNT] = "count",
    [AZ_DIMENSION_RATIO] = "ratio",
    [AZ_DIMENSION_EVENT_RATE] = "rate of events",
    [AZ_DIMENSION_DATA_RATE] = "rate of data",
};

const struct az_unit *
az_unit_find(struct az_str name)
{
    for (size_t i = 0; i < UNIT_COUNT; i++)
        if (az_str_eq_c(name, units[i].name))
            return &units[i];
    return NULL;
}

const struct az_unit *
az_unit_nearest(struct az_str name)
{
    enum { NAME_COUNT = WORD_COUNT + UNIT_COUNT };
    struct az_str names[NAME_COUNT];
    size_t nearest;

    /* of two that are as near the first is taken: "Kbytes" is no "bytes" */
    for (size_t i = 0; i < WORD_COUNT; i++)
        names[i] = az_str_from(words[i].word);
    for (size_t i = 0; i < UNIT_COUNT; i++)
        names[WORD_COUNT + i] = az_str_from(units[i].name);
    nearest = az_str_nearest(name, names, NAME_COUNT);
    if (nearest == NAME_COUNT)
        return NULL;
    return nearest < WORD_COUNT ? az_unit_find(az_str_from(words[nearest].unit))
                                : &units[nearest - WORD_COUNT];
}

const struct az_unit *
az_unit_base(enum az_dimension dimension)
{
    size_t i = 0;

    while (units[i].dimension != dimension)
        i++;
    return &units[i];
}

const char *
az_dimension_name(enum az_dimension dimension)
{
    return dimension_names[dimension];
}

const char *
az_unit_list(struct az_arena *arena)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    for (size_t i = 0; i < UNIT_COUNT; i++) {
        bool last =
            i + 1 == UNIT_COUNT || units[i + 1].dimension != units[i].dimension;

        az_buf_addf(&buf, last ? "%s (%s)" : "%s, ", units[i].name,
                    dimension_names[units[i].dimension]);
        az_buf_add_c(&buf, last && i + 1 < UNIT_COUNT ? "; " : "");
    }
    return buf.p;
}

void
az_unit_hint(struct az_sink *sink, struct az_diag *diag, struct az_str name)
{
    const struct az_unit *nearest = az_unit_nearest(name);

    if (nearest != NULL)
        az_diag_hint(sink, diag, "did you mean '%s'?", nearest->name);
    else
        az_diag_hint(sink, diag, "the units are %s", az_unit_list(sink->arena));
}

static struct az_decimal
multiply_by(struct az_arena *arena, struct az_decimal value, const char *factor)
{
    struct az_decimal parsed = { { NULL, 0 }, 0, false };

    if (az_str_eq_c(az_str_from(factor), "1"))
        return value;
    /* the table holds nothing but JSON numbers */
    (void)az_decimal_parse(arena, az_str_from(factor), &parsed);
    return az_decimal_multiply(arena, value, parsed);
}

struct az_decimal
az_unit_to_base(struct az_arena *arena, const struct az_unit *unit,
                struct az_decimal value)
{
    return multiply_by(arena, value, unit->factor);
}

bool
az_unit_convert(struct az_arena *arena, struct az_decimal value,
                const struct az_unit *from, const struct az_unit *to,
                struct az_decimal *ret)
{
    if (from->dimension != to->dimension)
        return false;
    if (from == to) {
        *ret = value;
        return true;
    }
    if (to->inverse == NULL)
        return false;
    value = az_unit_to_base(arena, from, value);
    *ret = multiply_by(arena, value, to->inverse);
    return true;
}
