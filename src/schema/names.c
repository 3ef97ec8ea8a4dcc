/* The keys that may stand in an object: what was meant by one that may not.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "schema/check.h"

/* Names that a hint lists. */
#define LIST_LIMIT 8
/* Subschemas in which names are looked for, and how many names. */
#define VISIT_LIMIT 1024
#define NAMES_LIMIT 4096
/* How many objects further in a key is looked for. */
#define INNER_LIMIT 2
/* Shorter names are like too many others. */
#define CLAIM_MIN 3

void
az_check_begin_scratch(struct az_check *check)
{
    if (check->scratch == NULL)
        check->scratch = az_arena_new_like(check->arena);
    else
        az_arena_clear(check->scratch);
}

/* The names found so far, and the schemas that declare them. */
struct names {
    struct az_check *check;
    const struct az_node *node; /* names that it has are left out; or NULL */
    bool required;              /* those too that are only required */
    struct az_str *items;
    const struct az_subschema **schemas;
    size_t count;
    size_t capacity;
    size_t schema_capacity;
    struct az_map seen;
    unsigned *visits;
    bool cut; /* there are more, but no more is to be spent */
};

/* What a name that is collected costs, in the measure of guesses. */
#define NAME_COST AZ_STR("name by name")

static void collect(struct names *names, const struct az_subschema *schema);

static void
collect_one(struct names *names, const struct az_branch *branch)
{
    if (branch->schema != NULL)
        collect(names, branch->schema);
}

static void
collect_all(struct names *names, const struct az_branches *branches)
{
    size_t i;

    for (i = 0; i < branches->count; i++)
        collect(names, branches->items[i]);
}

static void
add_name(struct names *names, const struct az_property *property)
{
    struct az_arena *arena = names->check->scratch;
    size_t count = names->count;
    bool is_new;

    az_map_put(&names->seen, property->name, &is_new);
    if (!is_new)
        return;
    names->items = az_arena_grow(arena, names->items, count, &names->capacity,
                                 sizeof(*names->items));
    names->schemas =
        az_arena_grow(arena, names->schemas, count, &names->schema_capacity,
                      sizeof(*names->schemas));
    names->items[count] = property->name;
    names->schemas[count] = property->schema;
    names->count++;
}

static void
collect_own(struct names *names, const struct az_object_rules *rules)
{
    const struct az_property *property;
    size_t i;

    names->cut =
        names->cut || !az_str_may_guess(&names->check->guesses_left, NAME_COST,
                                        rules->property_count + 1);
    if (names->cut)
        return;
    for (i = 0; i < rules->property_count && names->count < NAMES_LIMIT; i++) {
        property = &rules->properties[i];
        if ((property->schema == NULL
                 ? names->required
                 : property->schema->acceptance != AZ_ACCEPTS_NONE) &&
            (names->node == NULL ||
             az_node_member(names->node, property->name) == NULL))
            add_name(names, property);
    }
}

static void
collect(struct names *names, const struct az_subschema *schema)
{
    const struct az_applicators *applicators = schema->applicators;
    const struct az_object_rules *rules = schema->objects;
    size_t i;

    if (++*names->visits > VISIT_LIMIT || names->count >= NAMES_LIMIT ||
        names->cut)
        return;
    if (rules != NULL)
        collect_own(names, rules);
    for (i = 0; rules != NULL && i < rules->dependency_count; i++)
        if (rules->dependencies[i].schema != NULL)
            collect(names, rules->dependencies[i].schema);
    if (applicators == NULL)
        return;
    collect_one(names, &applicators->ref);
    collect_one(names, &applicators->dynamic_ref);
    collect_all(names, &applicators->all_of);
    collect_all(names, &applicators->any_of);
    collect_all(names, &applicators->one_of);
    collect_one(names, &applicators->then);
    collect_one(names, &applicators->else_);
}

/* Collects the names that SCHEMA and its subschemas in place declare and that
   NODE (may be NULL) does not have. */
static struct names
names_of(struct az_check *check, const struct az_subschema *schema,
         const struct az_node *node, unsigned *visits)
{
    struct names names = { .check = check, .node = node, .visits = visits };

    az_map_init(&names.seen, check->scratch);
    collect(&names, schema);
    return names;
}

static const char *
list_names(const struct names *names)
{
    struct az_arena *arena = names->check->arena;
    struct az_buf buf;
    size_t i;

    az_buf_init(&buf, arena);
    for (i = 0; i < names->count && i < LIST_LIMIT; i++)
        az_buf_addf(&buf, "%s%s", i == 0 ? "" : ", ",
                    az_str_quote(arena, names->items[i]));
    if (names->count > LIST_LIMIT)
        az_buf_addf(&buf, " and %zu more", names->count - LIST_LIMIT);
    return buf.p;
}

/* The way down to an object that knows a key. */
struct search {
    struct az_check *check;
    struct az_str key;
    unsigned visits;
    struct az_str way[INNER_LIMIT];
    bool entries[INNER_LIMIT]; /* it is in the entries of what WAY names */
};

static bool find_inside(struct search *search,
                        const struct az_subschema *schema, size_t depth);

static bool
declares(struct search *search, const struct az_subschema *schema)
{
    struct names names = names_of(search->check, schema, NULL, &search->visits);

    return az_map_find(&names.seen, search->key) != NULL;
}

/* Looks into SCHEMA, and into those that it has for items and further keys. */
static bool
find_below(struct search *search, const struct az_subschema *schema,
           size_t depth)
{
    const struct az_subschema *rest[3] = { NULL, NULL, NULL };
    size_t i;

    while (schema->same_as != NULL)
        schema = schema->same_as;
    search->entries[depth] = false;
    if (declares(search, schema))
        return true;
    if (schema->objects != NULL) {
        rest[0] = schema->objects->additional.schema;
        rest[1] = schema->objects->pattern_count == 0
                      ? NULL
                      : schema->objects->patterns[0].schema;
    }
    if (schema->arrays != NULL)
        rest[2] = schema->arrays->items.schema;
    for (i = 0; i < 3; i++)
        if (rest[i] != NULL && declares(search, rest[i])) {
            search->entries[depth] = true;
            return true;
        }
    return depth + 1 < INNER_LIMIT && find_inside(search, schema, depth + 1);
}

static bool
find_inside(struct search *search, const struct az_subschema *schema,
            size_t depth)
{
    struct names names = names_of(search->check, schema, NULL, &search->visits);
    size_t i;

    for (i = 0; i < names.count && search->visits < VISIT_LIMIT; i++) {
        search->way[depth] = names.items[i];
        if (find_below(search, names.schemas[i], depth))
            return true;
    }
    return false;
}

/* The schema that judges what stands at LEVEL of the path first. */
static const struct az_subschema *
schema_at(const struct az_check *check, size_t level)
{
    size_t i;

    for (i = 0; i < check->frame_count; i++)
        if (check->frames[i].path_count == level)
            return check->frames[i].schema;
    return NULL;
}

static bool
hint_outside(struct az_check *check, struct az_diag *diag,
             struct search *search)
{
    const struct az_subschema *schema;
    const struct az_path_step *step;
    size_t level = check->path_count;

    while (level-- > 0) {
        step = &check->path[level];
        schema = schema_at(check, level);
        if (schema == NULL || step->container->type != AZ_OBJECT ||
            !declares(search, schema))
            continue;
        if (level == 0)
            az_check_hint(check, diag, "%s belongs to the top of the document",
                          az_str_quote(check->arena, search->key));
        else
            az_check_hint(
                check, diag, "%s belongs further out, beside %s",
                az_str_quote(check->arena, search->key),
                az_str_quote(check->arena,
                             step->container->members[step->index].key));
        return true;
    }
    return false;
}

static bool
hint_inside(struct az_check *check, struct az_diag *diag,
            const struct az_subschema *schema, struct search *search)
{
    const char *key = az_str_quote(check->arena, search->key);
    struct az_buf buf;
    size_t i;

    memset(search->way, 0, sizeof(search->way));
    if (!find_inside(search, schema, 0))
        return false;
    az_buf_init(&buf, check->arena);
    for (i = 0; i < INNER_LIMIT && search->way[i].p != NULL; i++)
        az_buf_addf(&buf, "%s%s%s", i == 0 ? "" : ", ",
                    search->entries[i] ? "an entry of " : "",
                    az_str_quote(check->arena, search->way[i]));
    az_check_hint(check, diag, "%s belongs into %s", key, buf.p);
    return true;
}

static void
hint_patterns(struct az_check *check, struct az_diag *diag,
              const struct az_object_rules *rules)
{
    if (rules != NULL && rules->pattern_count > 0)
        az_check_hint(check, diag, "%s%s",
                      diag->hint == NULL ? "a key here matches "
                                         : "or one that matches ",
                      az_str_quote(check->arena,
                                   az_regex_pattern(rules->patterns[0].regex)));
}

void
az_check_hint_key(struct az_check *check, struct az_diag *diag,
                  const struct az_subschema *schema, const struct az_node *node,
                  const struct az_member *member)
{
    struct search search = { .check = check, .key = member->key };
    unsigned visits = 0;
    struct names names;
    size_t nearest;

    if (diag == &check->sink->overflow)
        return;
    az_check_begin_scratch(check);
    names = names_of(check, schema, node, &visits);
    if (names.cut ||
        !az_str_may_guess(&check->guesses_left, member->key, names.count))
        return;
    nearest = az_str_nearest(member->key, names.items, names.count);
    if (nearest < names.count) {
        az_check_hint(check, diag, "did you mean %s?",
                      az_str_quote(check->arena, names.items[nearest]));
        return;
    }
    if (hint_inside(check, diag, schema, &search) ||
        hint_outside(check, diag, &search))
        return;
    if (names.count > 0)
        az_check_hint(check, diag, "the keys that may stand here: %s",
                      list_names(&names));
    hint_patterns(check, diag, schema->objects);
}

/* The key under which the map of claims has MEMBER. */
static struct az_str
claim_key(struct az_check *check, const struct az_member *member)
{
    const struct az_member **address =
        AZ_NEW(check->arena, const struct az_member *);

    *address = member;
    return (struct az_str){ (const char *)address, sizeof(member) };
}

static bool
is_claimed(const struct az_check *check, const struct az_member *member)
{
    return check->wording.claims.arena != NULL &&
           az_map_find(&check->wording.claims, AZ_KEY_OF(member)) != NULL;
}

/* The key of NODE that may be NAME misspelt, or NULL. */
static const struct az_member *
find_claim(struct az_check *check, const struct az_subschema *schema,
           const struct az_node *node, struct az_str name)
{
    const struct az_subschema *outer = schema_at(check, check->path_count);
    unsigned visits = 0;
    struct names known = { .check = check, .required = true };
    struct az_str *keys;
    uint32_t *indices, i, count = 0;
    size_t nearest;

    if (name.len < CLAIM_MIN ||
        !az_str_may_guess(&check->guesses_left, name, node->count))
        return NULL;
    az_check_begin_scratch(check);
    known.visits = &visits;
    az_map_init(&known.seen, check->scratch);
    collect(&known, outer == NULL ? schema : outer);
    if (known.cut)
        return NULL;
    keys = az_arena_array(check->scratch, node->count, sizeof(*keys));
    indices = az_arena_array(check->scratch, node->count, sizeof(*indices));
    for (i = 0; i < node->count; i++)
        if (az_map_find(&known.seen, node->members[i].key) == NULL &&
            !is_claimed(check, &node->members[i])) {
            keys[count] = node->members[i].key;
            indices[count++] = i;
        }
    nearest = az_str_nearest(name, keys, count);
    return nearest == count ? NULL : &node->members[indices[nearest]];
}

bool
az_check_has_claim(struct az_check *check, const struct az_subschema *schema,
                   const struct az_node *node, struct az_str name)
{
    return find_claim(check, schema, node, name) != NULL;
}

/* The same, claimed. */
static const struct az_member *
claim(struct az_check *check, const struct az_subschema *schema,
      const struct az_node *node, struct az_str name)
{
    const struct az_member *member = find_claim(check, schema, node, name);

    if (member == NULL)
        return NULL;
    if (check->wording.claims.arena == NULL)
        az_map_init(&check->wording.claims, check->arena);
    az_map_put(&check->wording.claims, claim_key(check, member), NULL);
    return member;
}

struct az_diag *
az_check_report_missing(struct az_check *check,
                        const struct az_failure *failure,
                        const struct az_node *node, struct az_str name)
{
    const char *quote = az_str_quote(check->arena, name);
    const struct az_member *like = claim(check, failure->schema, node, name);
    struct az_failure there = *failure;
    struct az_diag *diag;

    if (like == NULL)
        return az_check_report(check, failure, "the key %s is missing", quote);
    there.span = like->key_span;
    diag =
        az_check_report(check, &there, "the key %s is missing, but %s is there",
                        quote, az_str_quote(check->arena, like->key));
    az_check_hint(check, diag, "did you mean %s?", quote);
    return diag;
}

void
az_check_note_unknown(struct az_check *check, struct az_diag *diag,
                      const struct az_member *member)
{
    struct az_unknown_key *entry;

    if (diag == &check->sink->overflow)
        return;
    check->wording.unknown = az_arena_grow(
        check->arena, check->wording.unknown, check->wording.unknown_count,
        &check->wording.unknown_capacity, sizeof(*check->wording.unknown));
    entry = &check->wording.unknown[check->wording.unknown_count++];
    entry->diag = diag;
    entry->member = member;
}

/* Whether DIAG speaks of a key that another finding takes for a required one.
   Both lists are in order of arrival. */
static bool
is_told_twice(const struct az_diag *diag, void *context)
{
    struct az_check *check = context;

    if (check->wording.unknown_next == check->wording.unknown_count ||
        check->wording.unknown[check->wording.unknown_next].diag != diag)
        return false;
    return is_claimed(
        check, check->wording.unknown[check->wording.unknown_next++].member);
}

void
az_check_tidy(struct az_check *check, size_t from)
{
    if (check->wording.claims.count > 0)
        az_sink_drop(check->sink, from, is_told_twice, check);
}
