/* Inside the schema room: facts about a schema that can be told without an
   instance.
   SPDX-License-Identifier: MIT

   Each looks through references and allOf, at so many subschemas at most; what
   lies beyond is as if it said nothing. */

#ifndef AZ_SCHEMA_FACTS_H
#define AZ_SCHEMA_FACTS_H

#include "schema/compiled.h"

/* The types that SCHEMA allows, as bits. */
unsigned az_facts_types(const struct az_subschema *schema);
/* The const or enum of SCHEMA; NULL if none. */
const struct az_value_rules *az_facts_values(const struct az_subschema *schema);
/* The const or enum that SCHEMA has for the key NAME; NULL if none. */
const struct az_value_rules *
az_facts_values_of_key(const struct az_subschema *schema, struct az_str name);
/* Whether SCHEMA demands the key NAME. */
bool az_facts_demand(const struct az_subschema *schema, struct az_str name);
/* Whether VALUE is one that RULES allow. */
bool az_facts_agree(const struct az_value_rules *rules,
                    const struct az_node *value);

#endif
