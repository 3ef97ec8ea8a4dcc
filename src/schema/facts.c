/* Facts about a schema that can be told without an instance.
   SPDX-License-Identifier: MIT */

#include "schema/facts.h"

/* Subschemas that are looked at for one fact, so that a schema of references
   that multiply costs little. */
#define FACTS_LIMIT 64

static unsigned
type_of_values(const struct az_value_rules *rules)
{
    unsigned types = 0;
    size_t i;

    if (rules->const_at != NULL)
        return AZ_TYPE_BIT(rules->const_at->value.type);
    for (i = 0; i < rules->count; i++)
        types |= AZ_TYPE_BIT(rules->sorted[i]->type);
    return types;
}

/* What both sets of types allow; an integer is a number. */
static unsigned
both_types(unsigned a, unsigned b)
{
    unsigned types = a & b;

    if (((a | b) & AZ_TYPE_BIT(AZ_NUMBER)) != 0)
        types |= (a | b) & (AZ_TYPE_INTEGER | AZ_TYPE_WRITTEN);
    return types;
}

static unsigned types_of(const struct az_subschema *schema, unsigned *left);

/* The types that one of BRANCHES allows. */
static unsigned
types_of_any(const struct az_branches *branches, unsigned *left)
{
    unsigned types = branches->count == 0 ? AZ_TYPES_ALL : 0;
    size_t i;

    for (i = 0; i < branches->count; i++) {
        if (*left == 0)
            return AZ_TYPES_ALL;
        --*left;
        types |= types_of(branches->items[i], left);
    }
    return types;
}

/* The types that SCHEMA allows, as far as can be told without an instance, and
   from *LEFT subschemas. */
static unsigned
types_of(const struct az_subschema *schema, unsigned *left)
{
    const struct az_applicators *applicators = schema->applicators;
    unsigned types = schema->types;
    size_t i;

    if (schema->acceptance == AZ_ACCEPTS_NONE)
        return 0;
    if (schema->values != NULL)
        types = both_types(types, type_of_values(schema->values));
    if (applicators == NULL)
        return types;
    if (applicators->ref.schema != NULL && *left > 0) {
        --*left;
        types = both_types(types, types_of(applicators->ref.schema, left));
    }
    for (i = 0; *left > 0 && i < applicators->all_of.count; i++) {
        --*left;
        types = both_types(types, types_of(applicators->all_of.items[i], left));
    }
    types = both_types(types, types_of_any(&applicators->any_of, left));
    return both_types(types, types_of_any(&applicators->one_of, left));
}

/* The const or enum of SCHEMA, also behind references; NULL if none. */
static const struct az_value_rules *
own_values(const struct az_subschema *schema, unsigned *left)
{
    const struct az_applicators *applicators = schema->applicators;
    const struct az_value_rules *found = schema->values;
    size_t i;

    if (found != NULL || applicators == NULL || *left == 0)
        return found;
    --*left;
    if (applicators->ref.schema != NULL)
        found = own_values(applicators->ref.schema, left);
    for (i = 0; found == NULL && i < applicators->all_of.count; i++)
        found = own_values(applicators->all_of.items[i], left);
    return found;
}

/* The const or enum that SCHEMA has for the key NAME; NULL if none. */
static const struct az_value_rules *
values_of(const struct az_subschema *schema, struct az_str name, unsigned *left)
{
    const struct az_applicators *applicators = schema->applicators;
    const struct az_value_rules *found = NULL;
    const struct az_property *property;
    size_t i;

    if (schema->objects != NULL) {
        property = az_property_find(schema->objects, name, 0);
        if (property != NULL && property->schema != NULL)
            found = own_values(property->schema, left);
    }
    if (found != NULL || applicators == NULL)
        return found;
    if (applicators->ref.schema != NULL && *left > 0) {
        --*left;
        found = values_of(applicators->ref.schema, name, left);
    }
    for (i = 0; *left > 0 && found == NULL && i < applicators->all_of.count;
         i++) {
        --*left;
        found = values_of(applicators->all_of.items[i], name, left);
    }
    return found;
}

/* Whether SCHEMA demands the key NAME. */
static bool
demands(const struct az_subschema *schema, struct az_str name, unsigned *left)
{
    const struct az_applicators *applicators = schema->applicators;
    const struct az_property *property;
    size_t i;

    if (schema->objects != NULL) {
        property = az_property_find(schema->objects, name, 0);
        if (property != NULL && property->required > 0)
            return true;
    }
    if (applicators == NULL || *left == 0)
        return false;
    --*left;
    if (applicators->ref.schema != NULL &&
        demands(applicators->ref.schema, name, left))
        return true;
    for (i = 0; i < applicators->all_of.count; i++)
        if (demands(applicators->all_of.items[i], name, left))
            return true;
    return false;
}

unsigned
az_facts_types(const struct az_subschema *schema)
{
    unsigned left = FACTS_LIMIT;

    return types_of(schema, &left);
}

const struct az_value_rules *
az_facts_values(const struct az_subschema *schema)
{
    unsigned left = FACTS_LIMIT;

    return own_values(schema, &left);
}

const struct az_value_rules *
az_facts_values_of_key(const struct az_subschema *schema, struct az_str name)
{
    unsigned left = FACTS_LIMIT;

    return values_of(schema, name, &left);
}

bool
az_facts_demand(const struct az_subschema *schema, struct az_str name)
{
    unsigned left = FACTS_LIMIT;

    return demands(schema, name, &left);
}

bool
az_facts_agree(const struct az_value_rules *rules, const struct az_node *value)
{
    size_t i;

    if (rules->const_at != NULL)
        return az_node_equal(&rules->const_at->value, value);
    for (i = 0; i < rules->count; i++)
        if (az_node_equal(rules->sorted[i], value))
            return true;
    return false;
}
