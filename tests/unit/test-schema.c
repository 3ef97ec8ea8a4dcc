/* JSON Schema: what each keyword finds and where, what is no schema, where
   references lead.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/limits.h"
#include "core/patch.h"
#include "schema/schema.h"
#include "schema/uri.h"
#include "support.h"

struct finding {
    const char *id;
    const char *pointer;
    unsigned line;
    unsigned column;
    const char *message;
    const char *hint; /* NULL: none */
};

struct row {
    const char *label;
    const char *schema;
    const char *instance;
    struct finding findings[5];
};

/* clang-format off */
static const struct row rows[] = {
    { "type holds",
      "{\"type\":\"string\"}",
      "\"a\"",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "type fails",
      "{\"type\":\"string\"}",
      "[1]",
      { { "schema-type", "", 1, 1, "expected string, found array [1]", "write one string, not a list" } } },
    { "type integer takes 1.0 and 1e2",
      "{\"items\":{\"type\":\"integer\"}}",
      "[1, 1.0, 1e2, 15e-1]",
      { { "schema-type", "/3", 1, 15, "expected integer, found number 15e-1", NULL } } },
    { "type list",
      "{\"type\":[\"integer\",\"null\"]}",
      "\"5\"",
      { { "schema-type", "", 1, 1, "expected integer or null, found string '5'", "write it without quotes" } } },
    { "type number takes integers",
      "{\"type\":\"number\"}",
      "5",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "type true is not 1",
      "{\"type\":\"integer\"}",
      "true",
      { { "schema-type", "", 1, 1, "expected integer, found true", NULL } } },
    { "type stops the other keywords",
      "{\"type\":\"string\",\"enum\":[\"a\"]}",
      "1",
      { { "schema-type", "", 1, 1, "expected string, found number 1", "write it in quotes" } } },
    { "false schema",
      "{\"properties\":{\"a\":false}}",
      "{\"a\": 1}",
      { { "schema-false", "/a", 1, 7, "the key 'a' may not stand here", "take it out" } } },
    { "true schema",
      "true",
      "{\"a\": 1}",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "const by value",
      "{\"const\":{\"a\":1,\"b\":[2]}}",
      "{\"b\":[2.0],\"a\":1e0}",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "const fails",
      "{\"const\":\"on\"}",
      "\"onn\"",
      { { "schema-const", "", 1, 1, "expected 'on', found 'onn'", "did you mean 'on'?" } } },
    { "enum holds",
      "{\"enum\":[\"a\",null,1]}",
      "1.0",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "enum fails",
      "{\"enum\":[\"core-min\",\"full-dev\"]}",
      "\"core-mim\"",
      { { "schema-enum", "", 1, 1, "expected 'core-min' or 'full-dev', found 'core-mim'", "did you mean 'core-min'?" } } },
    { "enum of many",
      "{\"enum\":[1,2,3,4,5,6,7,8,9,10]}",
      "11",
      { { "schema-enum", "", 1, 1, "expected 1, 2, 3, 4, 5, 6, 7, 8, 9 or 10, found 11", NULL } } },
    { "enum of long ones",
      "{\"enum\":[100000000000000000000000000000,200000000000000000000000000000,300000000000000000000000000000,400000000000000000000000000000,500000000000000000000000000000,600000000000000000000000000000,700000000000000000000000000000,800000000000000000000000000000]}",
      "11",
      { { "schema-enum", "", 1, 1, "expected 100000000000000000000000000000, 200000000000000000000000000000, 300000000000000000000000000000, 400000000000000000000000000000, 500000000000000000000000000000, 600000000000000000000000000000 or one of 2 more, found 11", NULL } } },
    { "quotes of containers",
      "{\"const\":{\"a\":1},\"maxProperties\":1}",
      "{\"a\":2}",
      { { "schema-const", "", 1, 1, "expected {\"a\":1}, found {\"a\":2}", NULL } } },
    { "quotes of long ones",
      "{\"type\":[\"null\",\"string\"]}",
      "[\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"]",
      { { "schema-type", "", 1, 1, "expected string or null, found an array of 1 item", "write it alone, not as a list of one" } } },
    { "enum of many holds",
      "{\"enum\":[10,9,8,7,6,5,4,3,2,1]}",
      "3",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "minimum",
      "{\"items\":{\"minimum\":2}}",
      "[2, 1.99]",
      { { "schema-bound", "/1", 1, 5, "1.99 is not at least 2", NULL } } },
    { "maximum",
      "{\"items\":{\"maximum\":2}}",
      "[2, 2.01]",
      { { "schema-bound", "/1", 1, 5, "2.01 is not at most 2", NULL } } },
    { "exclusiveMinimum",
      "{\"items\":{\"exclusiveMinimum\":2}}",
      "[2.1, 2]",
      { { "schema-bound", "/1", 1, 7, "2 is not above 2", NULL } } },
    { "exclusiveMaximum",
      "{\"items\":{\"exclusiveMaximum\":1e400}}",
      "[9e399, 1e400]",
      { { "schema-bound", "/1", 1, 9, "1e400 is not below 1e400", NULL } } },
    { "multipleOf is exact",
      "{\"items\":{\"multipleOf\":0.01}}",
      "[0.07, 4.35, 0.075]",
      { { "schema-multiple", "/2", 1, 14, "0.075 is not a multiple of 0.01", NULL } } },
    { "multipleOf of large",
      "{\"multipleOf\":3}",
      "100000000000000000000000000000002",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "minLength in code points",
      "{\"items\":{\"minLength\":3}}",
      "[\"äöü\", \"äö\"]",
      { { "schema-length", "/1", 1, 9, "'äö' has 2 characters, expected at least 3", NULL } } },
    { "minLength of nothing",
      "{\"minLength\":1}",
      "\"\"",
      { { "schema-length", "", 1, 1, "the string may not be empty", NULL } } },
    { "maxLength in code points",
      "{\"items\":{\"maxLength\":2}}",
      "[\"😀😀\", \"abc\"]",
      { { "schema-length", "/1", 1, 8, "'abc' has 3 characters, expected at most 2", NULL } } },
    { "pattern",
      "{\"items\":{\"pattern\":\"^M-[0-9]+$\",\"description\":\"a metric id\"}}",
      "[\"M-1\", \"m-1\"]",
      { { "schema-pattern", "/1", 1, 9, "'m-1' does not match the pattern '^M-[0-9]+$'", "a metric id" } } },
    { "format is a remark",
      "{\"format\":\"date\"}",
      "\"x\"",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "minItems",
      "{\"minItems\":2}",
      "[1]",
      { { "schema-items", "", 1, 1, "the array has 1 item, expected at least 2", NULL } } },
    { "minItems holds",
      "{\"minItems\":2}",
      "[1, 2]",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "minItems of nothing",
      "{\"minItems\":1}",
      "[]",
      { { "schema-items", "", 1, 1, "the array may not be empty", NULL } } },
    { "maxItems",
      "{\"maxItems\":1}",
      "[1, 2]",
      { { "schema-items", "", 1, 1, "the array has 2 items, expected at most 1", NULL } } },
    { "maxItems holds",
      "{\"maxItems\":1}",
      "[1]",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "uniqueItems by value",
      "{\"uniqueItems\":true}",
      "[1, \"1\", true, 1.0]",
      { { "schema-unique", "/3", 1, 16, "item 4 equals item 1: 1.0", NULL } } },
    { "uniqueItems of many",
      "{\"uniqueItems\":true}",
      "[1,2,3,4,5,6,7,8,9,10,3]",
      { { "schema-unique", "/10", 1, 23, "item 11 equals item 3: 3", NULL } } },
    { "uniqueItems of objects",
      "{\"uniqueItems\":true}",
      "[{\"a\":1,\"b\":2}, {\"b\":2,\"a\":1}]",
      { { "schema-unique", "/1", 1, 17, "item 2 equals item 1: {\"b\":2,\"a\":1}", NULL } } },
    { "uniqueItems false",
      "{\"uniqueItems\":false}",
      "[1, 1]",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "items",
      "{\"items\":{\"type\":\"string\"}}",
      "[\"a\", 1, \"b\", 2]",
      { { "schema-type", "/1", 1, 7, "expected string, found number 1", "write it in quotes" },
        { "schema-type", "/3", 1, 15, "expected string, found number 2", "write it in quotes" } } },
    { "prefixItems",
      "{\"prefixItems\":[{\"type\":\"string\"},{\"type\":\"number\"}]}",
      "[\"a\", \"b\", \"c\"]",
      { { "schema-type", "/1", 1, 7, "expected number, found string 'b'", NULL } } },
    { "items false behind prefixItems",
      "{\"prefixItems\":[true],\"items\":false}",
      "[1, 2, 3]",
      { { "schema-items", "/1", 1, 5, "item 2 and 1 more may not stand here", NULL } } },
    { "contains",
      "{\"contains\":{\"const\":1}}",
      "[2, 3]",
      { { "schema-contains", "", 1, 1, "0 items are 1, expected at least 1", NULL } } },
    { "contains holds",
      "{\"contains\":{\"const\":1}}",
      "[2, 1]",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "minContains",
      "{\"contains\":{\"const\":1},\"minContains\":2}",
      "[1, 2]",
      { { "schema-contains", "", 1, 1, "1 item is 1, expected at least 2", NULL } } },
    { "minContains 0",
      "{\"contains\":{\"const\":1},\"minContains\":0}",
      "[]",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "maxContains",
      "{\"contains\":{\"const\":1},\"maxContains\":1}",
      "[1, 1]",
      { { "schema-contains", "", 1, 1, "2 items are 1, expected at most 1", NULL } } },
    { "unevaluatedItems",
      "{\"allOf\":[{\"prefixItems\":[true]}],\"unevaluatedItems\":false}",
      "[1, 2, 3]",
      { { "schema-items", "/1", 1, 5, "item 2 and 1 more may not stand here", NULL } } },
    { "unevaluatedItems behind items",
      "{\"items\":true,\"unevaluatedItems\":false}",
      "[1, 2]",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "unevaluatedItems after contains",
      "{\"contains\":{\"const\":1},\"unevaluatedItems\":{\"type\":\"null\"}}",
      "[1, null, 2]",
      { { "schema-type", "/2", 1, 11, "expected null, found number 2", NULL } } },
    { "properties",
      "{\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"string\"}}}",
      "{\"a\": 1, \"b\": \"x\", \"c\": 2}",
      { { "schema-type", "/a", 1, 7, "expected string, found number 1", "write it in quotes" } } },
    { "pointer escapes",
      "{\"additionalProperties\":{\"type\":\"null\"}}",
      "{\"a/b~c\": 1}",
      { { "schema-type", "/a~1b~0c", 1, 11, "expected null, found number 1", NULL } } },
    { "patternProperties",
      "{\"patternProperties\":{\"^x\":{\"type\":\"string\"}}}",
      "{\"x1\": 1, \"y\": 1}",
      { { "schema-type", "/x1", 1, 8, "expected string, found number 1", "write it in quotes" } } },
    { "additionalProperties false",
      "{\"properties\":{\"limit\":true,\"unit\":true},\"additionalProperties\":false}",
      "{\"unit\": 1, \"limt\": 2}",
      { { "unknown-key", "/limt", 1, 13, "unknown key 'limt'", "did you mean 'limit'?" } } },
    { "additionalProperties schema",
      "{\"properties\":{\"a\":true},\"additionalProperties\":{\"type\":\"string\"}}",
      "{\"a\": 1, \"b\": 2}",
      { { "schema-type", "/b", 1, 15, "expected string, found number 2", "write it in quotes" } } },
    { "additionalProperties and patterns",
      "{\"patternProperties\":{\"^x\":true},\"additionalProperties\":false}",
      "{\"xa\": 1, \"b\": 2}",
      { { "unknown-key", "/b", 1, 11, "unknown key 'b'", "a key here matches '^x'" } } },
    { "unknown key is not hinted to one present",
      "{\"properties\":{\"limit\":true},\"additionalProperties\":false}",
      "{\"limit\": 1, \"limits\": 2}",
      { { "unknown-key", "/limits", 1, 14, "unknown key 'limits'", NULL } } },
    { "propertyNames",
      "{\"propertyNames\":{\"pattern\":\"^[a-z]+$\"}}",
      "{\"ok\": 1, \"Bad\": 2}",
      { { "schema-pattern", "/Bad", 1, 11, "'Bad' does not match the pattern '^[a-z]+$'", NULL } } },
    { "required",
      "{\"required\":[\"a\",\"b\"]}",
      "\n {\"b\": 1}",
      { { "missing-key", "", 2, 2, "the key 'a' is missing", NULL } } },
    { "required misspelt",
      "{\"properties\":{\"metric_ids\":{\"description\":\"the metrics\"}},\"required\":[\"metric_ids\"]}",
      "{\"metric_idz\": 1}",
      { { "missing-key", "", 1, 2, "the key 'metric_ids' is missing, but 'metric_idz' is there", "did you mean 'metric_ids'? (the metrics)" } } },
    { "minProperties",
      "{\"minProperties\":2}",
      "{\"a\": 1}",
      { { "schema-properties", "", 1, 1, "the object has 1 key, expected at least 2", NULL } } },
    { "minProperties holds",
      "{\"minProperties\":1}",
      "{\"a\": 1}",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "maxProperties",
      "{\"maxProperties\":1}",
      "{\"a\": 1, \"b\": 2}",
      { { "schema-properties", "", 1, 1, "the object has 2 keys, expected at most 1", NULL } } },
    { "maxProperties holds",
      "{\"maxProperties\":1}",
      "{\"a\": 1}",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "dependentRequired",
      "{\"dependentRequired\":{\"a\":[\"b\",\"c\"]}}",
      "{\"c\": 1, \"a\": 2}",
      { { "schema-dependent", "/a", 1, 10, "the key 'a' needs the key 'b' beside it", NULL } } },
    { "dependentRequired of an absent key",
      "{\"dependentRequired\":{\"a\":[\"b\"]}}",
      "{\"c\": 1}",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "dependentSchemas",
      "{\"dependentSchemas\":{\"a\":{\"properties\":{\"b\":{\"type\":\"string\"}}}}}",
      "{\"a\": 1, \"b\": 2}",
      { { "schema-type", "/b", 1, 15, "expected string, found number 2", "demanded because 'a' is there; write it in quotes" } } },
    { "unevaluatedProperties",
      "{\"allOf\":[{\"properties\":{\"limit\":true}}],\"unevaluatedProperties\":false}",
      "{\"limits\": 1}",
      { { "unknown-key", "/limits", 1, 2, "unknown key 'limits'", "did you mean 'limit'?" } } },
    { "unevaluatedProperties inside each other",
      "{\"allOf\":[{\"properties\":{\"a\":true},\"unevaluatedProperties\":{\"type\":\"number\"}}],\"unevaluatedProperties\":false}",
      "{\"a\": 1, \"b\": 2}",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "unevaluatedProperties schema",
      "{\"properties\":{\"a\":true},\"unevaluatedProperties\":{\"type\":\"string\"}}",
      "{\"a\": 1, \"b\": 2}",
      { { "schema-type", "/b", 1, 15, "expected string, found number 2", "write it in quotes" } } },
    { "unevaluatedProperties through if",
      "{\"if\":{\"properties\":{\"a\":{\"const\":1}},\"required\":[\"a\"]},\"then\":{\"properties\":{\"b\":true}},\"unevaluatedProperties\":false}",
      "{\"a\": 1, \"b\": 2, \"c\": 3}",
      { { "unknown-key", "/c", 1, 18, "unknown key 'c'", NULL } } },
    { "unevaluatedProperties sees no cousins",
      "{\"allOf\":[{\"properties\":{\"a\":true}},{\"unevaluatedProperties\":false}]}",
      "{\"a\": 1}",
      { { "unknown-key", "/a", 1, 2, "unknown key 'a'", NULL } } },
    { "allOf reports each",
      "{\"allOf\":[{\"minimum\":5},{\"maximum\":1}]}",
      "3",
      { { "schema-bound", "", 1, 1, "3 is not at least 5", NULL },
        { "schema-bound", "", 1, 1, "3 is not at most 1", NULL } } },
    { "allOf the same twice",
      "{\"allOf\":[{\"type\":\"string\"},{\"type\":\"string\"}]}",
      "3",
      { { "schema-type", "", 1, 1, "expected string, found number 3", "write it in quotes" } } },
    { "anyOf holds",
      "{\"anyOf\":[{\"type\":\"string\"},{\"minimum\":5}]}",
      "7",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "anyOf of types",
      "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}",
      "7",
      { { "schema-any-of", "", 1, 1, "expected string or null, found number 7", "write it in quotes" } } },
    { "anyOf of values",
      "{\"anyOf\":[{\"const\":\"red\"},{\"enum\":[\"green\",\"blue\"]}]}",
      "\"blu\"",
      { { "schema-any-of", "", 1, 1, "expected 'red', 'green' or 'blue', found 'blu'", "did you mean 'blue'?" } } },
    { "anyOf chosen by type",
      "{\"anyOf\":[{\"type\":\"string\",\"minLength\":5},{\"type\":\"number\",\"minimum\":5}]}",
      "3",
      { { "schema-bound", "", 1, 1, "3 is not at least 5", "this is about alternative 2 of 2; 1 other alternative fails too, --explain-all shows it" } } },
    { "anyOf deepest",
      "{\"anyOf\":[{\"required\":[\"x\"]},{\"properties\":{\"a\":{\"properties\":{\"b\":{\"type\":\"string\"}}}}}]}",
      "{\"a\": {\"b\": 1}}",
      { { "schema-type", "/a/b", 1, 13, "expected string, found number 1", "write it in quotes; this is about alternative 2 of 2; 1 other alternative fails too, --explain-all shows it" } } },
    { "anyOf fewest",
      "{\"anyOf\":[{\"required\":[\"x\",\"y\"]},{\"required\":[\"a\",\"z\"]}]}",
      "{\"a\": 1}",
      { { "missing-key", "", 1, 1, "the key 'z' is missing", "this is about alternative 2 of 2; 1 other alternative fails too, --explain-all shows it" } } },
    { "oneOf chosen by const",
      "{\"oneOf\":[{\"properties\":{\"kind\":{\"const\":\"a\"},\"n\":{\"type\":\"string\"}}},{\"title\":\"b\",\"properties\":{\"kind\":{\"const\":\"b\"},\"n\":{\"type\":\"number\"}}}]}",
      "{\"kind\": \"b\", \"n\": true}",
      { { "schema-type", "/n", 1, 20, "expected number, found true", "this is about alternative 2 of 2, 'b'; 1 other alternative fails too, --explain-all shows it" } } },
    { "oneOf chosen by const behind $ref",
      "{\"$defs\":{\"a\":{\"properties\":{\"kind\":{\"const\":\"a\"}},\"required\":[\"x\"]},\"b\":{\"allOf\":[{\"properties\":{\"kind\":{\"enum\":[\"b\",\"c\"]}}}],\"required\":[\"y\"]}},\"oneOf\":[{\"$ref\":\"#/$defs/a\"},{\"$ref\":\"#/$defs/b\"}]}",
      "{\"kind\": \"c\"}",
      { { "missing-key", "", 1, 1, "the key 'y' is missing", "this is about alternative 2 of 2; 1 other alternative fails too, --explain-all shows it" } } },
    { "oneOf no const agrees",
      "{\"oneOf\":[{\"properties\":{\"kind\":{\"const\":\"hard\"}}},{\"properties\":{\"kind\":{\"const\":\"soft\"}}}]}",
      "{\"kind\": \"sofd\"}",
      { { "schema-one-of", "/kind", 1, 10, "expected 'hard' or 'soft', found 'sofd'", "did you mean 'soft'?" } } },
    { "oneOf several",
      "{\"oneOf\":[{\"minimum\":1},{\"type\":\"string\"},{\"minimum\":2}]}",
      "3",
      { { "schema-one-of", "", 1, 1, "3 matches alternatives 1 and 3 of 3, expected exactly one", NULL } } },
    { "oneOf holds",
      "{\"oneOf\":[{\"minimum\":5},{\"maximum\":2}]}",
      "1",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "nested anyOf",
      "{\"anyOf\":[{\"items\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"object\",\"required\":[\"a\"]}]}},{\"type\":\"null\"}]}",
      "[{\"b\": 1}]",
      { { "missing-key", "/0", 1, 2, "the key 'a' is missing", "this is about alternative 2 of 2; 1 other alternative fails too, --explain-all shows it" } } },
    { "failed anyOf is not unevaluated too",
      "{\"anyOf\":[{\"properties\":{\"a\":{\"type\":\"string\"}}}],\"unevaluatedProperties\":false}",
      "{\"a\": 1}",
      { { "schema-type", "/a", 1, 7, "expected string, found number 1", "write it in quotes" } } },
    { "not",
      "{\"not\":{\"const\":1,\"description\":\"one is taken\"}}",
      "1",
      { { "schema-not", "", 1, 1, "1 is forbidden: one is taken", NULL } } },
    { "not without description",
      "{\"not\":{\"type\":\"string\"}}",
      "\"a\"",
      { { "schema-not", "", 1, 1, "expected anything but string, found 'a'", NULL } } },
    { "not holds",
      "{\"not\":{\"type\":\"string\"}}",
      "1",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "if then",
      "{\"if\":{\"minimum\":10},\"then\":{\"multipleOf\":5},\"else\":{\"multipleOf\":2}}",
      "12",
      { { "schema-multiple", "", 1, 1, "12 is not a multiple of 5", NULL } } },
    { "if else",
      "{\"if\":{\"minimum\":10},\"then\":{\"multipleOf\":5},\"else\":{\"multipleOf\":2}}",
      "7",
      { { "schema-multiple", "", 1, 1, "7 is not a multiple of 2", NULL } } },
    { "then without if",
      "{\"then\":false}",
      "7",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "$ref",
      "{\"$defs\":{\"n\":{\"type\":\"number\"}},\"items\":{\"$ref\":\"#/$defs/n\"}}",
      "[1, \"a\"]",
      { { "schema-type", "/1", 1, 5, "expected number, found string 'a'", NULL } } },
    { "$ref beside keywords",
      "{\"$defs\":{\"n\":{\"minimum\":1}},\"$ref\":\"#/$defs/n\",\"maximum\":3}",
      "4",
      { { "schema-bound", "", 1, 1, "4 is not at most 3", NULL } } },
    { "$ref to itself below",
      "{\"properties\":{\"next\":{\"$ref\":\"#\"}},\"additionalProperties\":false}",
      "{\"next\": {\"next\": {\"nxt\": 1}}}",
      { { "unknown-key", "/next/next/nxt", 1, 20, "unknown key 'nxt'", "did you mean 'next'?" } } },
    { "$ref by anchor",
      "{\"$defs\":{\"n\":{\"$anchor\":\"num\",\"type\":\"number\"}},\"$ref\":\"#num\"}",
      "\"a\"",
      { { "schema-type", "", 1, 1, "expected number, found string 'a'", NULL } } },
    { "$ref by embedded id",
      "{\"$id\":\"http://example.com/a.json\",\"$ref\":\"b.json\",\"$defs\":{\"x\":{\"$id\":\"b.json\",\"type\":\"number\"}}}",
      "\"a\"",
      { { "schema-type", "", 1, 1, "expected number, found string 'a'", NULL } } },
    { "$ref to what no keyword declares",
      "{\"x-parts\":{\"n\":{\"type\":\"number\"}},\"$ref\":\"#/x-parts/n\"}",
      "\"a\"",
      { { "schema-type", "", 1, 1, "expected number, found string 'a'", NULL } } },
    { "$ref to the metaschema",
      "{\"$ref\":\"https://json-schema.org/draft/2020-12/schema\"}",
      "{\"type\": \"strnig\", \"minLength\": -1, \"properties\": {\"a\": 5}}",
      { { "schema-enum", "/type", 1, 10, "expected 'array', 'boolean', 'integer', 'null', 'number', 'object' or 'string', found 'strnig'", "did you mean 'string'? this is about alternative 1 of 2; 1 other alternative fails too, --explain-all shows it" },
        { "schema-bound", "/minLength", 1, 33, "-1 is not at least 0", NULL },
        { "schema-type", "/properties/a", 1, 57, "expected object or boolean, found number 5", "Core and Validation specifications meta-schema" } } },
    { "$dynamicRef",
      "{\"$id\":\"http://example.com/root\",\"$ref\":\"list\",\"$defs\":{\"foo\":{\"$dynamicAnchor\":\"T\",\"type\":\"string\"},\"list\":{\"$id\":\"list\",\"items\":{\"$dynamicRef\":\"#T\"},\"$defs\":{\"any\":{\"$dynamicAnchor\":\"T\"}}}}}",
      "[\"a\", 1]",
      { { "schema-type", "/1", 1, 7, "expected string, found number 1", "write it in quotes" } } },
    { "$dynamicRef and a scope that was left",
      "{\"$id\":\"http://example.com/main\",\"if\":{\"$id\":\"first\",\"minimum\":0,\"$defs\":{\"t\":{\"$dynamicAnchor\":\"t\",\"type\":\"number\"}}},\"then\":{\"$id\":\"second\",\"$ref\":\"start\",\"$defs\":{\"t\":{\"$dynamicAnchor\":\"t\",\"type\":\"null\"}}},\"$defs\":{\"start\":{\"$id\":\"start\",\"$dynamicRef\":\"inner#t\"},\"x\":{\"$id\":\"inner\",\"$dynamicAnchor\":\"t\",\"type\":\"string\"}}}",
      "4",
      { { "schema-type", "", 1, 1, "expected null, found number 4", NULL } } },
    { "$dynamicRef without end",
      "{\"$dynamicAnchor\":\"a\",\"$dynamicRef\":\"#a\"}",
      "1",
      { { "schema-reference", "", 1, 1, "the schema's references go on without end here", NULL } } },
    { "content is a remark",
      "{\"contentEncoding\":\"base64\",\"contentMediaType\":\"text/plain\",\"contentSchema\":{\"type\":\"null\"},\"default\":1,\"examples\":[1],\"deprecated\":true,\"readOnly\":true,\"writeOnly\":false,\"title\":\"t\",\"$comment\":\"c\"}",
      "\"x\"",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
};

/* The instance is NULL where the schema is refused, "0" where there are only
   warnings. */
static const struct row schemas[] = {
    { "root is no schema",
      "[1]",
      NULL,
      { { "schema-invalid", "", 1, 1, "a schema is an object or a boolean, not [1]", NULL } } },
    { "subschema is no schema",
      "{\"properties\":{\"a\":5,\"b\":\"x\"}}",
      NULL,
      { { "schema-invalid", "/properties/a", 1, 20, "a schema is an object or a boolean, not 5", NULL },
        { "schema-invalid", "/properties/b", 1, 26, "a schema is an object or a boolean, not 'x'", NULL } } },
    { "type unknown",
      "{\"type\":\"strnig\"}",
      NULL,
      { { "schema-invalid", "/type", 1, 9, "there is no type 'strnig'", "did you mean 'string'?" } } },
    { "type unknown in a list",
      "{\"type\":[\"null\",\"text\"]}",
      NULL,
      { { "schema-invalid", "/type/1", 1, 17, "there is no type 'text'", "the types are null, boolean, integer, number, string, array and object" } } },
    { "type twice",
      "{\"type\":[\"null\",\"null\"]}",
      NULL,
      { { "schema-invalid", "/type/1", 1, 17, "'type' has 'null' twice", NULL } } },
    { "type empty",
      "{\"type\":[]}",
      NULL,
      { { "schema-invalid", "/type", 1, 9, "'type' must be one type or more, not []", NULL } } },
    { "type no string",
      "{\"type\":null}",
      NULL,
      { { "schema-invalid", "/type", 1, 9, "'type' must be the name of a type, not null", NULL } } },
    { "number",
      "{\"minimum\":\"1\",\"maximum\":null,\"exclusiveMinimum\":true}",
      NULL,
      { { "schema-invalid", "/minimum", 1, 12, "'minimum' must be a number, not '1'", NULL },
        { "schema-invalid", "/maximum", 1, 26, "'maximum' must be a number, not null", NULL },
        { "schema-invalid", "/exclusiveMinimum", 1, 50, "'exclusiveMinimum' must be a number, not true", "it is the limit itself since draft-06: give the number here and drop the other keyword" } } },
    { "multipleOf",
      "{\"items\":{\"multipleOf\":0},\"multipleOf\":-1}",
      NULL,
      { { "schema-invalid", "/items/multipleOf", 1, 24, "'multipleOf' must be a number above 0, not 0", NULL },
        { "schema-invalid", "/multipleOf", 1, 40, "'multipleOf' must be a number above 0, not -1", NULL } } },
    { "count",
      "{\"minLength\":-1,\"maxLength\":1.5,\"minItems\":\"2\",\"maxItems\":[]}",
      NULL,
      { { "schema-invalid", "/minLength", 1, 14, "'minLength' must be a whole number, 0 or more, not -1", NULL },
        { "schema-invalid", "/maxLength", 1, 29, "'maxLength' must be a whole number, 0 or more, not 1.5", NULL },
        { "schema-invalid", "/minItems", 1, 44, "'minItems' must be a whole number, 0 or more, not '2'", NULL },
        { "schema-invalid", "/maxItems", 1, 59, "'maxItems' must be a whole number, 0 or more, not []", NULL } } },
    { "count may be written 2.0",
      "{\"minLength\":2.0,\"maxLength\":1e400}",
      "0",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "boolean",
      "{\"uniqueItems\":\"yes\"}",
      NULL,
      { { "schema-invalid", "/uniqueItems", 1, 16, "'uniqueItems' must be true or false, not 'yes'", NULL } } },
    { "enum",
      "{\"enum\":\"a\"}",
      NULL,
      { { "schema-invalid", "/enum", 1, 9, "'enum' must be an array, not 'a'", NULL } } },
    { "required",
      "{\"required\":\"x\"}",
      NULL,
      { { "schema-invalid", "/required", 1, 13, "'required' must be an array of strings, not 'x'", NULL } } },
    { "required as in draft 3",
      "{\"properties\":{\"a\":{\"required\":true}}}",
      NULL,
      { { "schema-invalid", "/properties/a/required", 1, 32, "'required' must be an array of strings, not true", "list the keys beside 'properties', in the schema of the object that must have them" } } },
    { "required names",
      "{\"required\":[\"a\",1,\"a\"]}",
      NULL,
      { { "schema-invalid", "/required/1", 1, 18, "'required' must be an array of strings, not 1", NULL },
        { "schema-invalid", "/required/2", 1, 20, "'required' has 'a' twice", NULL } } },
    { "dependentRequired",
      "{\"dependentRequired\":{\"a\":\"b\"}}",
      NULL,
      { { "schema-invalid", "/dependentRequired/a", 1, 27, "'dependentRequired' must be an array of strings, not 'b'", NULL } } },
    { "properties",
      "{\"properties\":[]}",
      NULL,
      { { "schema-invalid", "/properties", 1, 15, "'properties' must be an object of schemas, not []", NULL } } },
    { "allOf",
      "{\"allOf\":{},\"anyOf\":[]}",
      NULL,
      { { "schema-invalid", "/allOf", 1, 10, "'allOf' must be a list of one schema or more, not {}", NULL },
        { "schema-invalid", "/anyOf", 1, 21, "'anyOf' must be a list of one schema or more, not []", NULL } } },
    { "items as in draft 7",
      "{\"items\":[{\"type\":\"string\"}]}",
      NULL,
      { { "schema-invalid", "/items", 1, 10, "'items' must be a schema, not [{\"type\":\"string\"}]", "since 2020-12 a list of schemas is 'prefixItems'" } } },
    { "all findings of one schema",
      "{\"type\":\"x\",\"required\":1,\"items\":{\"minimum\":\"1\"}}",
      NULL,
      { { "schema-invalid", "/type", 1, 9, "there is no type 'x'", "the types are null, boolean, integer, number, string, array and object" },
        { "schema-invalid", "/required", 1, 24, "'required' must be an array of strings, not 1", NULL },
        { "schema-invalid", "/items/minimum", 1, 45, "'minimum' must be a number, not '1'", NULL } } },
    { "unknown keyword",
      "{\"propertes\":{},\"additionalPropertys\":false}",
      "0",
      { { "schema-unknown-keyword", "/propertes", 1, 2, "unknown keyword 'propertes'", "did you mean 'properties'?" },
        { "schema-unknown-keyword", "/additionalPropertys", 1, 17, "unknown keyword 'additionalPropertys'", "did you mean 'additionalProperties'?" } } },
    { "unknown keyword x-",
      "{\"x-threshold\":{\"type\":\"nonsense\"}}",
      "0",
      { { NULL, NULL, 0, 0, NULL, NULL } } },
    { "unknown keyword like none",
      "{\"colour\":\"red\"}",
      "0",
      { { "schema-unknown-keyword", "/colour", 1, 2, "unknown keyword 'colour'", "JSON Schema 2020-12 ignores it; a remark of your own begins with 'x-'" } } },
    { "keyword of an older draft",
      "{\"id\":\"a\",\"additionalItems\":false}",
      "0",
      { { "schema-unknown-keyword", "/id", 1, 2, "'id' has no effect in JSON Schema 2020-12", "use $id" },
        { "schema-unknown-keyword", "/additionalItems", 1, 11, "'additionalItems' has no effect in JSON Schema 2020-12", "use items beside prefixItems" } } },
    { "unknown format",
      "{\"format\":\"dat-time\"}",
      "0",
      { { "schema-unknown-keyword", "/format", 1, 11, "unknown format 'dat-time'", "did you mean 'date-time'?" } } },
    { "title",
      "{\"title\":1,\"description\":[]}",
      NULL,
      { { "schema-invalid", "/title", 1, 10, "'title' must be a string, not 1", NULL },
        { "schema-invalid", "/description", 1, 26, "'description' must be a string, not []", NULL } } },
    { "pattern",
      "{\"pattern\":\"a(b\"}",
      NULL,
      { { "regex-invalid", "/pattern", 1, 14, "')' is missing", NULL } } },
    { "pattern behind escapes",
      "{\"pattern\":\"\\\\d\\u0061(b\"}",
      NULL,
      { { "regex-invalid", "/pattern", 1, 22, "')' is missing", NULL } } },
    { "patternProperties",
      "{\"patternProperties\":{\"^[a\":true}}",
      NULL,
      { { "regex-invalid", "/patternProperties/^[a", 1, 25, "']' is missing", NULL } } },
    { "$ref nowhere",
      "{\"$defs\":{\"item\":{}},\"$ref\":\"#/$defs/itme\"}",
      NULL,
      { { "schema-reference", "/$ref", 1, 29, "$ref '#/$defs/itme': there is nothing at this place", "did you mean 'item' instead of 'itme'?" } } },
    { "$ref anchor",
      "{\"$defs\":{\"item\":{\"$anchor\":\"thing\"}},\"$ref\":\"#thnig\"}",
      NULL,
      { { "schema-reference", "/$ref", 1, 46, "$ref '#thnig': no '$anchor' has this name", "did you mean '#thing'?" } } },
    { "$ref elsewhere",
      "{\"$ref\":\"http://example.com/x.json\"}",
      NULL,
      { { "schema-reference", "/$ref", 1, 9, "$ref 'http://example.com/x.json': no schema with this URI is known", "nothing is fetched from a network: add --schema-map http://example.com/x.json=FILE" } } },
    { "$ref no string",
      "{\"$ref\":1}",
      NULL,
      { { "schema-invalid", "/$ref", 1, 9, "'$ref' must be a string, not 1", NULL } } },
    { "$ref no URI",
      "{\"$ref\":\"a b\"}",
      NULL,
      { { "schema-invalid", "/$ref", 1, 9, "'$ref' must be a URI reference, not 'a b'", NULL } } },
    { "$ref badly encoded",
      "{\"$ref\":\"#/a%zz\"}",
      NULL,
      { { "schema-invalid", "/$ref", 1, 9, "'$ref' must be a URI reference, not '#/a%zz'", NULL } } },
    { "$ref no pointer",
      "{\"$ref\":\"#/a~2\"}",
      NULL,
      { { "schema-reference", "/$ref", 1, 9, "$ref '#/a~2': its fragment is no JSON Pointer", NULL } } },
    { "$ref to itself",
      "{\"$ref\":\"#\"}",
      NULL,
      { { "schema-reference", "/$ref", 1, 9, "'$ref' leads back to itself without moving on in the document", "a recursive schema refers to itself from below 'properties', 'items' and the like" } } },
    { "$ref in a circle",
      "{\"$defs\":{\"a\":{\"allOf\":[{\"$ref\":\"#/$defs/b\"}]},\"b\":{\"anyOf\":[true,{\"$ref\":\"#/$defs/a\"}]}}}",
      NULL,
      { { "schema-reference", "/$defs/b/anyOf/1/$ref", 1, 75, "'$ref' leads back to itself without moving on in the document", "a recursive schema refers to itself from below 'properties', 'items' and the like" } } },
    { "$ref to no schema",
      "{\"minimum\":1,\"$ref\":\"#/minimum\"}",
      NULL,
      { { "schema-invalid", "/minimum", 1, 12, "a schema is an object or a boolean, not 1", NULL } } },
    { "$id with fragment",
      "{\"$id\":\"http://example.com/a#b\"}",
      NULL,
      { { "schema-invalid", "/$id", 1, 8, "'$id' must be a URI without fragment, not 'http://example.com/a#b'", "a name inside a schema is given with '$anchor'" } } },
    { "$id twice",
      "{\"$defs\":{\"a\":{\"$id\":\"http://example.com/a\"},\"b\":{\"$id\":\"http://example.com/a\",\"type\":\"null\"}}}",
      NULL,
      { { "schema-invalid", "/$defs/b/$id", 1, 57, "the id 'http://example.com/a' is given twice", NULL } } },
    { "$anchor",
      "{\"$anchor\":\"1a\"}",
      NULL,
      { { "schema-invalid", "/$anchor", 1, 12, "'$anchor' must be a name of letters, digits, '-', '.' and '_', not '1a'", NULL } } },
    { "$anchor twice",
      "{\"$defs\":{\"a\":{\"$anchor\":\"x\"},\"b\":{\"$anchor\":\"x\"}}}",
      NULL,
      { { "schema-invalid", "/$defs/b/$anchor", 1, 46, "the anchor 'x' is given twice", NULL } } },
    { "$schema unknown",
      "{\"$schema\":\"http://example.com/dialect\"}",
      NULL,
      { { "schema-invalid", "/$schema", 1, 12, "the dialect 'http://example.com/dialect' is unknown", "known are 2020-12, 2019-09, draft-07, draft-06 and draft-04, as 'https://json-schema.org/draft/2020-12/schema'; a metaschema of your own is named with --schema-map URI=FILE" } } },
    { "$schema no URI",
      "{\"$schema\":\"draft-07\"}",
      NULL,
      { { "schema-invalid", "/$schema", 1, 12, "the dialect 'draft-07' is unknown", "did you mean 'http://json-schema.org/draft-07/schema#'?" } } },
    { "$schema inside",
      "{\"items\":{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}}",
      NULL,
      { { "schema-invalid", "/items/$schema", 1, 11, "'$schema' stands inside a schema of another dialect", "it may stand at the root, or beside '$id'" } } },
    { "$vocabulary",
      "{\"$vocabulary\":{\"http://example.com/v\":1}}",
      NULL,
      { { "schema-invalid", "/$vocabulary/http:~1~1example.com~1v", 1, 40, "'$vocabulary' must be an object of true and false, not 1", NULL } } },
    { "unused subschemas are schemas",
      "{\"$defs\":{\"a\":{\"type\":1}},\"then\":{\"type\":2},\"contentSchema\":{\"type\":3}}",
      NULL,
      { { "schema-invalid", "/$defs/a/type", 1, 23, "'type' must be the name of a type, not 1", NULL },
        { "schema-invalid", "/then/type", 1, 42, "'type' must be the name of a type, not 2", NULL },
        { "schema-invalid", "/contentSchema/type", 1, 69, "'type' must be the name of a type, not 3", NULL } } },
};
/* clang-format on */

static const struct az_schema *
try_compile(const char *text)
{
    return az_schema_compile(az_registry_new(arena, az_read_json), &sink,
                             document_of(text), AZ_STR(""));
}

static const struct az_schema *
compile(const char *text)
{
    const struct az_schema *schema = try_compile(text);

    ck_assert_msg(schema != NULL && sink.total == 0, "%s: %s", text,
                  sink.count == 0 ? "" : sink.diags[0]->message);
    return schema;
}

/* Whether INSTANCE is valid, with the findings in the sink, sorted. */
static bool
check(const struct az_schema *schema, const char *instance)
{
    const struct az_document *document = document_of(instance);
    bool valid = az_schema_check(schema, arena, &sink, document, document->root,
                                 NULL, NULL);

    az_sink_sort(&sink);
    return valid;
}

static void
expect_findings(const char *label, const struct finding *findings)
{
    size_t count = 0, i;

    for (i = 0; i < 5 && findings[i].id != NULL; i++)
        count++;
    for (i = 0; i < sink.count && i < count; i++) {
        const struct az_diag *diag = sink.diags[i];
        struct az_position at =
            az_source_position(diag->place.source, diag->place.span.start);

        ck_assert_msg(strcmp(az_diag_info(diag->id)->name, findings[i].id) == 0,
                      "%s: finding %zu is %s: %s", label, i,
                      az_diag_info(diag->id)->name, diag->message);
        ck_assert_msg(strcmp(diag->message, findings[i].message) == 0, "%s: %s",
                      label, diag->message);
        ck_assert_msg(at.line == findings[i].line &&
                          at.column == findings[i].column,
                      "%s: at %u:%u", label, at.line, at.column);
        ck_assert_msg(strcmp(diag->pointer, findings[i].pointer) == 0,
                      "%s: pointer %s", label, diag->pointer);
        ck_assert_msg((diag->hint == NULL) == (findings[i].hint == NULL) &&
                          (diag->hint == NULL ||
                           strcmp(diag->hint, findings[i].hint) == 0),
                      "%s: hint %s", label, diag->hint);
    }
    ck_assert_msg(sink.count == count, "%s: %zu findings, not %zu: %s", label,
                  sink.count, count,
                  sink.count > count ? sink.diags[count]->message : "");
}

START_TEST(instance)
{
    const struct row *row = &rows[_i];
    const struct az_schema *schema = compile(row->schema);
    bool valid = check(schema, row->instance);
    const struct az_document *document = document_of(row->instance);

    expect_findings(row->label, row->findings);
    ck_assert_msg(valid == (row->findings[0].id == NULL), "%s", row->label);
    ck_assert_msg(az_schema_check(schema, arena, NULL, document, document->root,
                                  NULL, NULL) == valid,
                  "%s: another answer without a sink", row->label);
}
END_TEST

START_TEST(schema_itself)
{
    const struct row *row = &schemas[_i];
    const struct az_schema *schema = try_compile(row->schema);

    az_sink_sort(&sink);
    expect_findings(row->label, row->findings);
    ck_assert_msg((schema == NULL) == (row->instance == NULL), "%s",
                  row->label);
}
END_TEST

/* The keyword's place in the schema stands beside the finding. */
START_TEST(related_keyword)
{
    const struct az_diag *diag;
    struct az_position at;

    check(compile("{\"type\": \"object\",\n \"required\": [\"a\"]}"), "{}");
    ck_assert_uint_eq(sink.count, 1);
    diag = sink.diags[0];
    ck_assert_ptr_nonnull(diag->related);
    ck_assert_str_eq(diag->related->message, "required here");
    at = az_source_position(diag->related->place.source,
                            diag->related->place.span.start);
    ck_assert_uint_eq(at.line, 2);
    ck_assert_uint_eq(at.column, 15);
    ck_assert_uint_eq(diag->place.span.end - diag->place.span.start, 1);
}
END_TEST

/* Two related places: the keyword, and the first of the equal items. */
START_TEST(related_twin)
{
    const struct az_related *related;

    check(compile("{\"uniqueItems\":true}"), "[1, 2, 1]");
    ck_assert_uint_eq(sink.count, 1);
    related = sink.diags[0]->related;
    ck_assert_str_eq(related->message, "the items must differ");
    ck_assert_ptr_nonnull(related->next);
    ck_assert_str_eq(related->next->message, "the first one is here");
    ck_assert_uint_eq(related->next->place.span.start, 1);
}
END_TEST

/* A subtree is judged with pointers from the root. */
START_TEST(below_the_root)
{
    const struct az_schema *schema = compile("{\"items\":{\"type\":\"null\"}}");
    const struct az_document *document = document_of("{\"a\": [null, 1]}");

    ck_assert(!az_schema_check(schema, arena, &sink, document,
                               az_node_get(document->root, "a"), NULL, NULL));
    ck_assert_str_eq(sink.diags[0]->pointer, "/a/1");
}
END_TEST

/* COUNT keys "k0".., those of SKIP left out, as PREFIX ... SUFFIX. */
static const char *
many(const char *prefix, const char *format, unsigned count,
     const unsigned *skip, const char *suffix)
{
    struct az_buf buf;
    unsigned i;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, prefix);
    for (i = 0; i < count; i++)
        if (skip == NULL || (i != skip[0] && i != skip[1])) {
            az_buf_addf(&buf, "\"k%u\"", i);
            az_buf_add_c(&buf, format);
            az_buf_add_c(&buf, i + 1 < count ? "," : "");
        }
    az_buf_add_c(&buf, suffix);
    return buf.p;
}

START_TEST(many_required)
{
    const unsigned skip[] = { 3, 66 };
    const char *schema = many("{\"required\":[", "", 70, NULL, "]}");

    ck_assert(check(compile(schema), many("{", ":0", 70, NULL, "}")));
    ck_assert(!check(compile(schema), many("{", ":0", 70, skip, "}")));
    ck_assert_uint_eq(sink.count, 2);
    ck_assert_str_eq(sink.diags[0]->message, "the key 'k3' is missing");
    ck_assert_str_eq(sink.diags[1]->message, "the key 'k66' is missing");
}
END_TEST

START_TEST(many_evaluated)
{
    const struct az_schema *schema =
        compile("{\"anyOf\":[{\"patternProperties\":{\"^k\":true}}],"
                "\"unevaluatedProperties\":false}");

    ck_assert(check(schema, many("{", ":0", 70, NULL, "}")));
    ck_assert(!check(schema, many("{", ":0", 70, NULL, ",\"z\":0}")));
    ck_assert_uint_eq(sink.count, 1);
    ck_assert_str_eq(sink.diags[0]->pointer, "/z");
}
END_TEST

/* Keys of a patched tree lie anywhere; pointers go by the way, not by spans. */
START_TEST(scattered)
{
    const struct az_schema *schema =
        compile("{\"properties\":{\"b\":{\"type\":\"string\"}}}");
    struct az_document document = *document_of("{\"a\": 1}");
    struct az_patch_error error;

    document.root = az_patch_apply(
        arena, document.root,
        node_of("[{\"op\":\"add\",\"path\":\"/b\",\"value\":5}]"), &error);
    document.scattered = true;
    ck_assert(!az_schema_check(schema, arena, &sink, &document, document.root,
                               NULL, NULL));
    ck_assert_str_eq(sink.diags[0]->pointer, "/b");
}
END_TEST

/* A schema that multiplies its own work is stopped, and nobody takes that for
   an answer. */
START_TEST(budget)
{
    struct az_buf buf;
    const struct az_schema *schema;
    const struct az_document *document = document_of("1");
    bool unsure = false;
    unsigned i;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "{\"$ref\":\"#/$defs/d0\",\"$defs\":{");
    for (i = 0; i < 40; i++)
        az_buf_addf(&buf,
                    "\"d%u\":{\"allOf\":[{\"$ref\":\"#/$defs/d%u\"},"
                    "{\"$ref\":\"#/$defs/d%u\"}]},",
                    i, i + 1, i + 1);
    az_buf_add_c(&buf, "\"d40\":{\"minimum\":0}}}");
    schema = compile(buf.p);
    ck_assert(!az_schema_check(schema, arena, &sink, document, document->root,
                               NULL, &unsure));
    ck_assert(unsure);
    ck_assert_uint_eq(sink.count, 1);
    ck_assert_int_eq(sink.diags[0]->id, AZ_DIAG_SCHEMA_BUDGET);
}
END_TEST

/* BEGIN, and GUESSED times BEFORE, a number, AFTER, with commas, and END. */
#define GUESSED 3000

static const char *
repeated(const char *begin, const char *before, const char *after,
         const char *end)
{
    struct az_buf buf;
    unsigned i;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, begin);
    for (i = 0; i < GUESSED; i++)
        az_buf_addf(&buf, "%s%s%u%s", i == 0 ? "" : ",", before, 100000 + i,
                    after);
    az_buf_add_c(&buf, end);
    return buf.p;
}

/* The findings with a guess: some, but not all. */
static void
expect_some_guesses(const char *label)
{
    size_t i, guesses = 0;

    ck_assert_msg(sink.count >= GUESSED, "%s: %zu", label, sink.count);
    for (i = 0; i < sink.count; i++)
        guesses += sink.diags[i]->hint != NULL &&
                   strstr(sink.diags[i]->hint, "did you mean") != NULL;
    ck_assert_msg(guesses > 0 && guesses < GUESSED, "%s: %zu guesses", label,
                  guesses);
}

/* What is meant is guessed while that is cheap: many mistakes among many names
   are told of without. */
START_TEST(guesses)
{
    const struct az_schema *schema;

    schema = compile(repeated("{\"required\":[", "\"a", "z\"", "]}"));
    ck_assert(!check(schema, repeated("{", "\"a", "y\":0", "}")));
    expect_some_guesses("required");
    az_sink_init(&sink, arena);
    schema = compile(repeated("{\"properties\":{", "\"a", "z\":true",
                              "},\"additionalProperties\":false}"));
    ck_assert(!check(schema, repeated("{", "\"a", "y\":0", "}")));
    expect_some_guesses("properties");
    az_sink_init(&sink, arena);
    schema = compile(repeated("{\"items\":{\"enum\":[", "\"a", "z\"", "]}}"));
    ck_assert(!check(schema, repeated("[", "\"a", "y\"", "]")));
    expect_some_guesses("enum");
    az_sink_init(&sink, arena);
    ck_assert_ptr_null(try_compile(repeated(
        "{\"$defs\":{", "\"a", "z\":{\"$ref\":\"#/$defs/a100000y\"}", "}}")));
    expect_some_guesses("$ref");
}
END_TEST

/* A message does not list what is too much to read. */
START_TEST(long_lists)
{
    const struct az_schema *schema =
        compile(repeated("{\"oneOf\":[", "{\"required\":[\"a", "\"]}", "]}"));

    ck_assert(!check(schema, "{\"b\":1}"));
    ck_assert_ptr_nonnull(
        strstr(sink.diags[0]->message, "'a100014' or one of 2985 more"));
    az_sink_init(&sink, arena);
    schema = compile(repeated("{\"oneOf\":[{\"required\":[", "\"a", "\"",
                              "]},{\"required\":[\"b\"]}]}"));
    ck_assert(!check(schema, "{\"c\":1}"));
    ck_assert_ptr_nonnull(
        strstr(sink.diags[0]->message, "'a100014' and 2985 more or 'b'"));
}
END_TEST

/* Findings behind a long key are kept while their pointers are not too much;
   all are counted. */
START_TEST(long_pointers)
{
    enum { KEY = 200000 };
    const struct az_schema *schema =
        compile("{\"additionalProperties\":{\"items\":{\"type\":\"null\"}}}");
    const char *begin = az_arena_printf(arena, "{\"%0*d\":[", KEY, 0);

    ck_assert(!check(schema, repeated(begin, "", "", "]}")));
    ck_assert_uint_eq(sink.total, GUESSED);
    ck_assert_uint_gt(sink.count, 0);
    ck_assert_uint_le(sink.count, AZ_MAX_POINTER_SIZE / KEY + 1);
    ck_assert_uint_eq(sink.by_severity[AZ_ERROR], GUESSED);
}
END_TEST

/* Nor is a part looked for in what is no word. */
START_TEST(long_parts)
{
    const int sizes[] = { 200, 300 };
    size_t i;

    for (i = 0; i < COUNT(sizes); i++) {
        az_sink_init(&sink, arena);
        ck_assert(!check(compile(az_arena_printf(arena, "{\"enum\":[\"%0*d\"]}",
                                                 sizes[i], 0)),
                         az_arena_printf(arena, "\"%0*d1\"", sizes[i], 0)));
        ck_assert_uint_eq(sink.diags[0]->hint != NULL, i == 0);
    }
}
END_TEST

/* As many arrays inside each other as a reader lets through, each by several
   references. */
/* References are counted where the instance does not move. */
START_TEST(references_at_each_depth)
{
    static const char *const ways[] = {
        "{\"$ref\":\"#/$defs/a\",\"minItems\":0,\"$defs\":{"
        "\"a\":{\"items\":{\"$ref\":\"#\",\"minItems\":0}}}}",
        "{\"$ref\":\"#/$defs/a\",\"minItems\":0,\"$defs\":{"
        "\"a\":{\"prefixItems\":[{\"$ref\":\"#\",\"minItems\":0}]}}}",
    };
    char text[2 * AZ_MAX_DEPTH + 1];

    memset(text, '[', AZ_MAX_DEPTH);
    memset(text + AZ_MAX_DEPTH, ']', AZ_MAX_DEPTH);
    text[2 * AZ_MAX_DEPTH] = '\0';
    ck_assert_int_gt(AZ_MAX_DEPTH, AZ_MAX_REF_DEPTH);
    ck_assert(check(compile(ways[_i]), text));
}
END_TEST

START_TEST(deep)
{
    const struct az_schema *schema = compile(
        "{\"$ref\":\"#/$defs/a\",\"$defs\":{"
        "\"a\":{\"anyOf\":[{\"$ref\":\"#/$defs/b\"},{\"type\":\"number\"}]},"
        "\"b\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/a\"}}}}");
    char text[2 * AZ_MAX_DEPTH + 4];

    memset(text, '[', AZ_MAX_DEPTH);
    memset(text + AZ_MAX_DEPTH, ']', AZ_MAX_DEPTH);
    text[2 * AZ_MAX_DEPTH] = '\0';
    ck_assert(check(schema, text));
    memset(text, '[', AZ_MAX_DEPTH - 1);
    memcpy(text + AZ_MAX_DEPTH - 1, "\"\"", 2);
    memset(text + AZ_MAX_DEPTH + 1, ']', AZ_MAX_DEPTH - 1);
    ck_assert(!check(schema, text));
    ck_assert_uint_eq(sink.count, 1);
    ck_assert_int_eq(sink.diags[0]->id, AZ_DIAG_SCHEMA_ANY_OF);
}
END_TEST

/* A pattern over its budget is no answer, in the midst of a "not" neither. */
START_TEST(pattern_budget)
{
    static const char text[] = "{\"not\":{\"pattern\":\"^(a+)+$\"}}";
    const struct az_schema *schema = compile(text);
    const struct az_document *document = document_of(
        "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\"");
    bool unsure = false;

    ck_assert(!az_schema_check(schema, arena, &sink, document, document->root,
                               NULL, &unsure));
    ck_assert(unsure);
    ck_assert_uint_eq(sink.count, 1);
    ck_assert_int_eq(sink.diags[0]->id, AZ_DIAG_REGEX_BUDGET);
}
END_TEST

/* Nor is a key unknown because a pattern could not tell. */
START_TEST(pattern_key_budget)
{
    const struct az_schema *schema =
        compile("{\"patternProperties\":{\"^(a+)+$\":true},"
                "\"additionalProperties\":false}");

    ck_assert(!check(
        schema, "{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\":1}"));
    ck_assert_uint_eq(sink.count, 1);
    ck_assert_int_eq(sink.diags[0]->id, AZ_DIAG_REGEX_BUDGET);
}
END_TEST

/* Where a pattern goes wrong, in each way that YAML can spell it. */
static const struct {
    const char *text;
    unsigned line;
    unsigned column;
} spellings[] = {
    { "pattern: ab(c\n", 1, 12 },
    { "pattern: 'a''(c'\n", 1, 14 },
    { "pattern: \"\\x61(c\"\n", 1, 15 },
    { "pattern: \"\\U0001F600\\_(c\"\n", 1, 23 },
    { "{\"pattern\": \"\\ud83d\\ude00(c\"}", 1, 26 },
    /* Folded: the scalar as a whole. */
    { "pattern: >\n  ab\n  (c\n", 1, 10 },
};

START_TEST(pattern_place)
{
    const struct az_document *document = az_read_source(
        arena, &sink,
        az_source_new(arena, "test", az_str_from(spellings[_i].text)));
    struct az_position at;

    ck_assert_ptr_nonnull(document);
    ck_assert_ptr_null(az_schema_compile(az_registry_new(arena, az_read_json),
                                         &sink, document, AZ_STR("")));
    at = az_source_position(sink.diags[0]->place.source,
                            sink.diags[0]->place.span.start);
    ck_assert_msg(at.line == spellings[_i].line &&
                      at.column == spellings[_i].column,
                  "%s at %u:%u", spellings[_i].text, at.line, at.column);
}
END_TEST

/* A remote schema is found by the URI it was added under, by its own id, and by
   the ids of its parts. */
START_TEST(registry)
{
    static const char *const references[] = {
        "file:///x/remote.json", "http://example.com/own.json",
        "http://example.com/part", "http://example.com/own.json#/$defs/n",
        "HTTP://EXAMPLE.com/a/../own.json"
    };
    const char *text;

    for (size_t i = 0; i < COUNT(references); i++) {
        struct az_registry *known = az_registry_new(arena, az_read_json);
        const struct az_schema *schema;

        az_registry_add(
            known, AZ_STR("file:///x/remote.json"),
            document_of("{\"$id\":\"http://example.com/own.json\",\"type\":"
                        "\"number\",\"$defs\":{\"n\":{\"$id\":\"part\","
                        "\"type\":\"number\"}}}"));
        text = az_arena_printf(arena, "{\"$ref\":\"%s\"}", references[i]);
        schema = az_schema_compile(known, &sink, document_of(text), AZ_STR(""));
        ck_assert_msg(schema != NULL, "%s", text);
        ck_assert_msg(check(schema, "1"), "%s", text);
        ck_assert_msg(!check(schema, "\"a\""), "%s", text);
    }
}
END_TEST

/* The base URI given is what relative references go by. */
START_TEST(base)
{
    struct az_registry *known = az_registry_new(arena, az_read_json);

    az_registry_add(known, AZ_STR("file:///dir/b.json"),
                    document_of("{\"type\":\"null\"}"));
    ck_assert_ptr_nonnull(
        az_schema_compile(known, &sink, document_of("{\"$ref\":\"b.json\"}"),
                          AZ_STR("file:///dir/a.json")));
    ck_assert_ptr_null(az_schema_compile(known, &sink,
                                         document_of("{\"$ref\":\"b.json\"}"),
                                         AZ_STR("file:///other/a.json")));
}
END_TEST

/* A schema compiled twice, or after one that is broken, is a schema of its
   own. */
START_TEST(compiled_again)
{
    struct az_registry *known = az_registry_new(arena, az_read_json);
    const struct az_document *part = document_of("{\"minimum\":\"x\"}");
    const struct az_document *whole = document_of("{\"$ref\":\"urn:part\"}");

    az_registry_add(known, AZ_STR("urn:part"), part);
    ck_assert_ptr_null(az_schema_compile(known, &sink, whole, AZ_STR("urn:a")));
    ck_assert_uint_eq(sink.count, 1);
    ck_assert_ptr_null(az_schema_compile(known, &sink, whole, AZ_STR("urn:a")));
    ck_assert_uint_eq(sink.count, 2);
}
END_TEST

/* A dialect of one's own says which vocabularies count. */
START_TEST(vocabularies)
{
    struct az_registry *known = az_registry_new(arena, az_read_json);
    const struct az_schema *schema;

    az_registry_add(
        known, AZ_STR("urn:no-validation"),
        document_of("{\"$schema\":"
                    "\"https://json-schema.org/draft/2020-12/schema\","
                    "\"$vocabulary\":{\"https://json-schema.org/draft/2020-12/"
                    "vocab/applicator\":true}}"));
    az_registry_add(known, AZ_STR("urn:foreign"),
                    document_of("{\"$vocabulary\":{\"urn:other\":true}}"));
    schema = az_schema_compile(
        known, &sink,
        document_of("{\"$schema\":\"urn:no-validation\",\"minimum\":5}"),
        AZ_STR(""));
    ck_assert_ptr_nonnull(schema);
    ck_assert_uint_eq(sink.count, 1);
    ck_assert_int_eq(sink.diags[0]->id, AZ_DIAG_SCHEMA_UNKNOWN_KEYWORD);
    ck_assert(check(schema, "1"));
    ck_assert_ptr_null(az_schema_compile(
        known, &sink, document_of("{\"$schema\":\"urn:foreign\"}"),
        AZ_STR("")));
    ck_assert_str_eq(sink.diags[1]->message,
                     "the dialect requires the vocabulary 'urn:other'");
}
END_TEST

/* With the format-assertion vocabulary "format" judges, and one that nobody
   knows makes the schema useless. */
START_TEST(format_vocabulary)
{
    struct az_registry *known = az_registry_new(arena, az_read_json);
    const struct az_schema *schema;

    az_registry_add(
        known, AZ_STR("urn:strict"),
        document_of("{\"$vocabulary\":{\"https://json-schema.org/draft/2020-12/"
                    "vocab/format-assertion\":true}}"));
    schema = az_schema_compile(
        known, &sink,
        document_of("{\"$schema\":\"urn:strict\",\"format\":\"date\"}"),
        AZ_STR(""));
    ck_assert_ptr_nonnull(schema);
    ck_assert(check(schema, "\"2026-11-21\""));
    ck_assert(!check(schema, "\"2026-11-31\""));
    ck_assert_int_eq(sink.diags[0]->id, AZ_DIAG_SCHEMA_FORMAT);
    ck_assert_ptr_null(az_schema_compile(
        known, &sink,
        document_of("{\"$schema\":\"urn:strict\",\"format\":\"datum\"}"),
        AZ_STR("")));
}
END_TEST

START_TEST(format_asserted)
{
    const struct az_schema *schema = compile("{\"format\":\"ipv4\"}");
    const struct az_document *document = document_of("\"1.2.3\"");
    const struct az_schema_options options = { .assert_format = true };

    ck_assert(!az_schema_check(schema, arena, &sink, document, document->root,
                               &options, NULL));
    ck_assert_str_eq(sink.diags[0]->message,
                     "'1.2.3' is not an IPv4 address: expected '.' at "
                     "its end");
    document = document_of("5");
    ck_assert(az_schema_check(schema, arena, &sink, document, document->root,
                              &options, NULL));
}
END_TEST

/* RFC 3986, 5.4, and references without a base. */
static const struct {
    const char *base;
    const char *reference;
    const char *target;
} uris[] = {
    { "http://a/b/c/d;p?q", "g:h", "g:h" },
    { "http://a/b/c/d;p?q", "g", "http://a/b/c/g" },
    { "http://a/b/c/d;p?q", "./g", "http://a/b/c/g" },
    { "http://a/b/c/d;p?q", "g/", "http://a/b/c/g/" },
    { "http://a/b/c/d;p?q", "/g", "http://a/g" },
    { "http://a/b/c/d;p?q", "//g", "http://g" },
    { "http://a/b/c/d;p?q", "?y", "http://a/b/c/d;p?y" },
    { "http://a/b/c/d;p?q", "g?y", "http://a/b/c/g?y" },
    { "http://a/b/c/d;p?q", "#s", "http://a/b/c/d;p?q" },
    { "http://a/b/c/d;p?q", "g#s", "http://a/b/c/g" },
    { "http://a/b/c/d;p?q", ";x", "http://a/b/c/;x" },
    { "http://a/b/c/d;p?q", "", "http://a/b/c/d;p?q" },
    { "http://a/b/c/d;p?q", ".", "http://a/b/c/" },
    { "http://a/b/c/d;p?q", "..", "http://a/b/" },
    { "http://a/b/c/d;p?q", "../g", "http://a/b/g" },
    { "http://a/b/c/d;p?q", "../..", "http://a/" },
    { "http://a/b/c/d;p?q", "../../g", "http://a/g" },
    { "http://a/b/c/d;p?q", "../../../g", "http://a/g" },
    { "http://a/b/c/d;p?q", "/./g", "http://a/g" },
    { "http://a/b/c/d;p?q", "/../g", "http://a/g" },
    { "http://a/b/c/d;p?q", "g.", "http://a/b/c/g." },
    { "http://a/b/c/d;p?q", "..g", "http://a/b/c/..g" },
    { "http://a/b/c/d;p?q", "./g/.", "http://a/b/c/g/" },
    { "http://a/b/c/d;p?q", "g/./h", "http://a/b/c/g/h" },
    { "http://a/b/c/d;p?q", "g/../h", "http://a/b/c/h" },
    { "http://a/b/c/d;p?q", "g?y/../x", "http://a/b/c/g?y/../x" },
    { "http://a", "g", "http://a/g" },
    { "", "a/b.json", "a/b.json" },
    { "a/b.json", "c.json", "a/c.json" },
    { "", "HTTP://User@EXAMPLE.com/A", "http://User@example.com/A" },
    { "urn:uuid:a", "#x", "urn:uuid:a" },
};

START_TEST(uri)
{
    struct az_str target = az_uri_resolve(arena, az_str_from(uris[_i].base),
                                          az_str_from(uris[_i].reference));

    ck_assert_msg(az_str_eq_c(target, uris[_i].target), "'%s' + '%s': '%.*s'",
                  uris[_i].base, uris[_i].reference, AZ_STR_ARG(target));
}
END_TEST

static Suite *
schema_suite(void)
{
    Suite *suite = suite_create("schema");
    TCase *tcase = new_case(suite, "check");

    tcase_add_loop_test(tcase, instance, 0, COUNT(rows));
    tcase_add_test(tcase, related_keyword);
    tcase_add_test(tcase, related_twin);
    tcase_add_test(tcase, below_the_root);
    tcase_add_test(tcase, many_required);
    tcase_add_test(tcase, many_evaluated);
    tcase_add_test(tcase, scattered);
    tcase = new_case(suite, "limits");
    tcase_add_test(tcase, budget);
    tcase_add_test(tcase, guesses);
    tcase_add_test(tcase, long_lists);
    tcase_add_test(tcase, long_parts);
    tcase_add_test(tcase, long_pointers);
    tcase_add_loop_test(tcase, references_at_each_depth, 0, 2);
    tcase_add_test(tcase, deep);
    tcase_add_test(tcase, pattern_budget);
    tcase_add_test(tcase, pattern_key_budget);
    tcase = new_case(suite, "compile");
    tcase_add_loop_test(tcase, schema_itself, 0, COUNT(schemas));
    tcase_add_loop_test(tcase, pattern_place, 0, COUNT(spellings));
    tcase_add_test(tcase, registry);
    tcase_add_test(tcase, base);
    tcase_add_test(tcase, compiled_again);
    tcase_add_test(tcase, vocabularies);
    tcase = new_case(suite, "format");
    tcase_add_test(tcase, format_asserted);
    tcase_add_test(tcase, format_vocabulary);
    tcase = new_case(suite, "uri");
    tcase_add_loop_test(tcase, uri, 0, COUNT(uris));
    return suite;
}

int
main(void)
{
    return run_suite(schema_suite());
}
