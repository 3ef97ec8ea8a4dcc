/* What each draft of JSON Schema makes of a schema and an instance.
   SPDX-License-Identifier: MIT */

#ifndef TESTS_UNIT_SCHEMA_DRAFT_ROWS_H
#define TESTS_UNIT_SCHEMA_DRAFT_ROWS_H

/* JSON in single quotes for double ones.  The verdicts are those of draft-04,
   draft-06, draft-07, 2019-09 and 2020-12, in this order: v for valid, i for
   invalid, ! for a schema that is refused. */
static const struct {
    const char *schema;
    const char *instance;
    const char *verdicts;
} draft_rows[] = {
    /* Integers: draft-04 goes by how a number is written. */
    { "{'type':'integer'}", "1", "vvvvv" },
    { "{'type':'integer'}", "1.0", "ivvvv" },
    { "{'type':'integer'}", "1e0", "ivvvv" },
    { "{'type':'integer'}", "-0", "vvvvv" },
    { "{'type':'integer'}", "1.5", "iiiii" },
    { "{'type':'integer'}", "100000000000000000000000", "vvvvv" },
    { "{'type':['integer','null']}", "2.0", "ivvvv" },
    { "{'type':['integer','number']}", "2.0", "vvvvv" },
    { "{'type':'number'}", "1.0", "vvvvv" },
    { "{'minLength':2.0}", "'a'", "!iiii" },
    { "{'maxItems':1e0}", "[1,2]", "!iiii" },
    { "{'minProperties':1.5}", "{}", "!!!!!" },
    { "{'maxLength':-1}", "''", "!!!!!" },
    /* Equality is by value in all. */
    { "{'enum':[1]}", "1.0", "vvvvv" },
    { "{'enum':[1]}", "true", "iiiii" },
    { "{'uniqueItems':true}", "[1,1.0]", "iiiii" },
    { "{'uniqueItems':true}", "[1,true]", "vvvvv" },
    { "{'enum':[]}", "1", "!iiii" },
    { "{'enum':[1,1]}", "1", "!vvvv" },
    { "{'enum':1}", "1", "!!!!!" },
    { "{'const':1}", "2", "viiii" },
    { "{'const':1}", "1.0", "vvvvv" },
    { "{'const':null}", "0", "viiii" },
    /* Bounds. */
    { "{'minimum':1,'exclusiveMinimum':true}", "1", "i!!!!" },
    { "{'minimum':1,'exclusiveMinimum':true}", "1.1", "v!!!!" },
    { "{'exclusiveMinimum':true,'minimum':1}", "1.0", "i!!!!" },
    { "{'minimum':1,'exclusiveMinimum':false}", "1", "v!!!!" },
    { "{'minimum':1,'exclusiveMinimum':false}", "0", "i!!!!" },
    { "{'exclusiveMinimum':true}", "1", "!!!!!" },
    { "{'exclusiveMinimum':1}", "1", "!iiii" },
    { "{'exclusiveMinimum':1}", "2", "!vvvv" },
    { "{'minimum':1,'exclusiveMinimum':2}", "2", "!iiii" },
    { "{'maximum':3,'exclusiveMaximum':true}", "3", "i!!!!" },
    { "{'maximum':3,'exclusiveMaximum':true}", "2.9", "v!!!!" },
    { "{'maximum':3,'exclusiveMaximum':false}", "3", "v!!!!" },
    { "{'exclusiveMaximum':true}", "1", "!!!!!" },
    { "{'exclusiveMaximum':3}", "3", "!iiii" },
    { "{'exclusiveMaximum':3}", "2", "!vvvv" },
    { "{'exclusiveMaximum':'x'}", "2", "!!!!!" },
    { "{'minimum':1}", "1", "vvvvv" },
    { "{'maximum':1}", "2", "iiiii" },
    { "{'multipleOf':0}", "2", "!!!!!" },
    { "{'multipleOf':0.01}", "0.07", "vvvvv" },
    { "{'multipleOf':0.01}", "0.075", "iiiii" },
    /* Booleans as schemas. */
    { "true", "1", "!vvvv" },
    { "false", "1", "!iiii" },
    { "{'not':true}", "1", "!iiii" },
    { "{'not':false}", "1", "!vvvv" },
    { "{'not':{}}", "1", "iiiii" },
    { "{'allOf':[true]}", "1", "!vvvv" },
    { "{'anyOf':[false,{}]}", "1", "!vvvv" },
    { "{'oneOf':[true,true]}", "1", "!iiii" },
    { "{'definitions':{'a':true}}", "1", "!vvvv" },
    { "{'properties':{'a':false}}", "{'a':1}", "!iiii" },
    { "{'properties':{'a':false}}", "{}", "!vvvv" },
    { "{'patternProperties':{'^a':false}}", "{'ab':1}", "!iiii" },
    { "{'items':false}", "[1]", "!iiii" },
    { "{'items':false}", "[]", "!vvvv" },
    { "{'items':[false]}", "[1]", "!iii!" },
    { "{'additionalProperties':false}", "{'a':1}", "iiiii" },
    { "{'additionalProperties':true}", "{'a':1}", "vvvvv" },
    { "{'additionalProperties':{'type':'null'}}", "{'a':1}", "iiiii" },
    { "{'additionalProperties':5}", "{'a':1}", "!!!!!" },
    { "{'items':{'additionalProperties':false}}", "[{'a':1}]", "iiiii" },
    { "{'definitions':{'a':5}}", "1", "!!!!!" },
    { "{'definitions':[]}", "1", "!!!!!" },
    /* Lists of schemas under items. */
    { "{'items':[{'type':'string'}]}", "[1]", "iiii!" },
    { "{'items':[{'type':'string'}]}", "['a',1]", "vvvv!" },
    { "{'items':[{'type':'string'}]}", "[]", "vvvv!" },
    { "{'items':[{},{'type':'null'}]}", "[1,1]", "iiii!" },
    { "{'items':[]}", "[1]", "!!!!!" },
    { "{'items':[5]}", "[1]", "!!!!!" },
    { "{'items':{'type':'string'}}", "['a',1]", "iiiii" },
    { "{'items':[{}],'additionalItems':false}", "[1]", "vvvv!" },
    { "{'items':[{}],'additionalItems':false}", "[1,2]", "iiii!" },
    { "{'additionalItems':false,'items':[{}]}", "[1,2]", "iiii!" },
    { "{'items':[{}],'additionalItems':true}", "[1,2]", "vvvv!" },
    { "{'items':[{}],'additionalItems':{'type':'null'}}", "[1,2]", "iiii!" },
    { "{'items':[{}],'additionalItems':{'type':'null'}}", "[1,null]", "vvvv!" },
    { "{'items':[{}],'additionalItems':5}", "[1]", "!!!!!" },
    { "{'additionalItems':false}", "[1]", "vvvvv" },
    { "{'items':{},'additionalItems':false}", "[1]", "vvvvv" },
    { "{'items':{'type':'integer'},'additionalItems':{'type':'string'}}",
      "[1,2]", "vvvvv" },
    { "{'prefixItems':[{'type':'string'}]}", "[1]", "vvvvi" },
    { "{'prefixItems':[{}],'items':{'type':'string'}}", "[1,'a']", "iiiiv" },
    { "{'prefixItems':5}", "[1]", "vvvv!" },
    /* contains. */
    { "{'contains':{'type':'null'}}", "[1]", "viiii" },
    { "{'contains':{'type':'null'}}", "[1,null]", "vvvvv" },
    { "{'contains':{}}", "[]", "viiii" },
    { "{'contains':false}", "[1]", "viiii" },
    { "{'contains':{}}", "'no array'", "vvvvv" },
    { "{'contains':5}", "[1]", "v!!!!" },
    { "{'contains':{'type':'null'},'minContains':0}", "[1]", "viivv" },
    { "{'contains':{'type':'null'},'minContains':2}", "[null]", "vvvii" },
    { "{'contains':{'type':'null'},'maxContains':1}", "[null,null]", "vvvii" },
    { "{'minContains':2}", "[]", "vvvvv" },
    { "{'minContains':-1}", "[]", "vvv!!" },
    /* Keys. */
    { "{'required':['a']}", "{}", "iiiii" },
    { "{'required':[]}", "{}", "!vvvv" },
    { "{'required':['a','a']}", "{'a':1}", "!!!!!" },
    { "{'required':true}", "{}", "!!!!!" },
    { "{'properties':{'a':{'required':true}}}", "{}", "!!!!!" },
    { "{'propertyNames':{'maxLength':1}}", "{'ab':1}", "viiii" },
    { "{'propertyNames':false}", "{'a':1}", "viiii" },
    { "{'propertyNames':false}", "{}", "vvvvv" },
    { "{'propertyNames':5}", "{}", "v!!!!" },
    { "{'patternProperties':{'(':{}}}", "{}", "!!!!!" },
    { "{'minProperties':1}", "{}", "iiiii" },
    { "{'maxProperties':0}", "{'a':1}", "iiiii" },
    /* Dependencies: the old keyword goes on as it was. */
    { "{'dependencies':{'a':['b']}}", "{'a':1}", "iiiii" },
    { "{'dependencies':{'a':['b']}}", "{'a':1,'b':1}", "vvvvv" },
    { "{'dependencies':{'a':['b']}}", "{'b':1}", "vvvvv" },
    { "{'dependencies':{'a':['b']}}", "'no object'", "vvvvv" },
    { "{'dependencies':{'a':[]}}", "{'a':1}", "!vvvv" },
    { "{'dependencies':{'a':{'maxProperties':1}}}", "{'a':1,'b':1}", "iiiii" },
    { "{'dependencies':{'a':{'maxProperties':1}}}", "{'b':1,'c':1}", "vvvvv" },
    { "{'dependencies':{'a':false}}", "{'a':1}", "!iiii" },
    { "{'dependencies':{'a':true}}", "{'a':1}", "!vvvv" },
    { "{'dependencies':{'a':'b'}}", "{'a':1}", "!!!!!" },
    { "{'dependencies':{'a':['b','b']}}", "{'a':1}", "!!!!!" },
    { "{'dependencies':{'a':[1]}}", "{'a':1}", "!!!!!" },
    { "{'dependencies':[]}", "{'a':1}", "!!!!!" },
    { "{'dependentRequired':{'a':['b']}}", "{'a':1}", "vvvii" },
    { "{'dependentRequired':5}", "{'a':1}", "vvv!!" },
    { "{'dependentSchemas':{'a':{'maxProperties':1}}}", "{'a':1,'b':1}",
      "vvvii" },
    /* Conditions. */
    { "{'if':{'type':'integer'},'then':{'minimum':5}}", "1", "vviii" },
    { "{'if':{'type':'integer'},'then':{'minimum':5}}", "5", "vvvvv" },
    { "{'if':{'type':'integer'},'else':{'type':'null'}}", "'a'", "vviii" },
    { "{'if':{'type':'integer'},'else':{'type':'null'}}", "null", "vvvvv" },
    { "{'then':{'type':'null'},'else':{'type':'null'}}", "1", "vvvvv" },
    { "{'if':true,'then':false}", "1", "vviii" },
    { "{'if':5}", "1", "vv!!!" },
    { "{'allOf':[]}", "1", "!!!!!" },
    { "{'anyOf':{}}", "1", "!!!!!" },
    /* What is evaluated. */
    { "{'unevaluatedProperties':false}", "{'a':1}", "vvvii" },
    { "{'allOf':[{'properties':{'a':{}}}],'unevaluatedProperties':false}",
      "{'a':1}", "vvvvv" },
    { "{'allOf':[{'properties':{'a':{}}}],'unevaluatedProperties':false}",
      "{'b':1}", "vvvii" },
    { "{'dependencies':{'a':{'properties':{'b':{}}}},'properties':{'a':{}},"
      "'unevaluatedProperties':false}",
      "{'a':1,'b':1}", "vvvvv" },
    { "{'unevaluatedItems':false}", "[1]", "vvvii" },
    { "{'items':[{}],'unevaluatedItems':false}", "[1]", "vvvv!" },
    { "{'items':[{}],'unevaluatedItems':false}", "[1,2]", "vvvi!" },
    { "{'items':[{}],'unevaluatedItems':{'type':'null'}}", "[1,null]",
      "vvvv!" },
    { "{'items':[{}],'unevaluatedItems':{'type':'null'}}", "[1,2]", "vvvi!" },
    { "{'items':[{}],'additionalItems':{},'unevaluatedItems':false}", "[1,2]",
      "vvvv!" },
    { "{'items':{},'unevaluatedItems':false}", "[1,2]", "vvvvv" },
    { "{'additionalItems':{},'unevaluatedItems':false}", "[1]", "vvvii" },
    { "{'allOf':[{'items':[{}]}],'unevaluatedItems':false}", "[1]", "vvvv!" },
    { "{'allOf':[{'items':[{}]}],'unevaluatedItems':false}", "[1,2]", "vvvi!" },
    { "{'if':{'items':[{'const':1}]},'unevaluatedItems':false}", "[1]",
      "vvvv!" },
    { "{'if':{'items':[{'const':1}]},'unevaluatedItems':false}", "[2]",
      "vvvi!" },
    { "{'contains':{'type':'null'},'unevaluatedItems':false}", "[null]",
      "vvviv" },
    { "{'unevaluatedItems':5}", "[1]", "vvv!!" },
    /* $ref and what stands beside it. */
    { "{'definitions':{'a':{'type':'integer'}},'properties':{'x':"
      "{'$ref':'#/definitions/a','maximum':1}}}",
      "{'x':2}", "vvvii" },
    { "{'definitions':{'a':{'type':'integer'}},'properties':{'x':"
      "{'$ref':'#/definitions/a','maximum':1}}}",
      "{'x':'a'}", "iiiii" },
    { "{'$ref':'#/definitions/a','type':'string','definitions':{'a':{}}}", "1",
      "vvvii" },
    { "{'$ref':'#/definitions/a','minLength':'x','definitions':{'a':{}}}", "1",
      "!!!!!" },
    { "{'$ref':'#/definitions/a','properties':{'x':{'$ref':'#/none'}},"
      "'definitions':{'a':{}}}",
      "1", "vvv!!" },
    { "{'$ref':'#/definitions/a','definitions':{'a':{},'b':{'type':1}}}", "1",
      "!!!!!" },
    { "{'$ref':'#/properties/a','properties':{'a':{'type':'null'}}}", "1",
      "iiiii" },
    { "{'$ref':'#/$defs/a','$defs':{'a':{'type':'null'}}}", "1", "iiiii" },
    { "{'properties':{'$ref':{'type':'string'}}}", "{'$ref':2}", "iiiii" },
    { "{'enum':[{'$ref':'#/none'}]}", "{'$ref':'#/none'}", "vvvvv" },
    { "{'$ref':5}", "1", "!!!!!" },
    { "{'$ref':'#/none'}", "1", "!!!!!" },
    { "{'allOf':[{'$ref':'#/x-a/0'}],'x-a':[{'type':'null'}]}", "1", "iiiii" },
    /* Ids. */
    { "{'id':'http://a/b','definitions':{'x':{'id':'c','type':'null'}},"
      "'allOf':[{'$ref':'http://a/c'}]}",
      "1", "i!!!!" },
    { "{'$id':'http://a/b','definitions':{'x':{'$id':'c','type':'null'}},"
      "'allOf':[{'$ref':'http://a/c'}]}",
      "1", "!iiii" },
    { "{'$id':'http://a/b#'}", "1", "vvvvv" },
    { "{'$id':1}", "1", "v!!!!" },
    { "{'id':1}", "1", "!vvvv" },
    { "{'definitions':{'x':{'$id':'http://a/b'},'y':{'$id':'http://a/b',"
      "'type':'null'}}}",
      "1", "v!!!!" },
    { "{'definitions':{'A':{'id':'#foo','type':'null'}},"
      "'allOf':[{'$ref':'#foo'}]}",
      "1", "i!!!!" },
    { "{'definitions':{'A':{'$id':'#foo','type':'null'}},"
      "'allOf':[{'$ref':'#foo'}]}",
      "1", "!ii!!" },
    { "{'definitions':{'A':{'$id':'http://a/b#foo','type':'null'}},"
      "'allOf':[{'$ref':'http://a/b#foo'}]}",
      "1", "!ii!!" },
    { "{'definitions':{'A':{'$id':'http://a/b#foo','type':'null'},"
      "'B':{'$id':'http://a/b#bar'}},'allOf':[{'$ref':'http://a/b#bar'}]}",
      "1", "!vv!!" },
    { "{'definitions':{'A':{'$id':'http://a/b#foo'},"
      "'B':{'$id':'http://a/b#bar','type':'null'}},"
      "'allOf':[{'$ref':'http://a/b#bar'}]}",
      "1", "!ii!!" },
    { "{'$id':'http://a/b','definitions':{'A':{'$id':'http://a/b#foo',"
      "'type':'null'}},'allOf':[{'$ref':'#foo'}]}",
      "1", "!ii!!" },
    { "{'$id':'http://a/b','definitions':{'A':{'$id':'c','definitions':{'B':"
      "{'$id':'#foo','type':'null'}}}},'allOf':[{'$ref':'c#foo'}]}",
      "1", "!ii!!" },
    { "{'definitions':{'A':{'$id':'#foo'},'B':{'$id':'#foo','type':'null'}}}",
      "1", "v!!!!" },
    { "{'definitions':{'A':{'$id':'#foo','type':'null'},'B':{'$id':'#foo',"
      "'$ref':'#foo'}},'allOf':[{'$ref':'#foo'}]}",
      "1", "!ii!!" },
    { "{'definitions':{'A':{'$id':'#/definitions/B'},'B':{'type':'null'}},"
      "'allOf':[{'$ref':'#/definitions/B'}]}",
      "1", "iii!!" },
    { "{'$id':'http://a/base/','definitions':{'x':{'$id':'http://a/other/c',"
      "'type':'string'},'y':{'$id':'c','type':'number'}},"
      "'allOf':[{'$id':'http://a/other/','$ref':'c'}]}",
      "'a'", "!iivv" },
    { "{'id':'http://a/base/','definitions':{'x':{'id':'http://a/other/c',"
      "'type':'string'},'y':{'id':'c','type':'number'}},"
      "'allOf':[{'id':'http://a/other/','$ref':'c'}]}",
      "'a'", "i!!!!" },
    { "{'definitions':{'a':{'enum':[{'$id':'http://a/x'}]}},"
      "'allOf':[{'$ref':'http://a/x'}]}",
      "1", "!!!!!" },
    { "{'$defs':{'a':{'$id':'http://a/x','type':'null'}},"
      "'allOf':[{'$ref':'http://a/x'}]}",
      "1", "!iiii" },
    { "{'x-a':{'$id':'http://a/x'},'allOf':[{'$ref':'http://a/x'}]}", "1",
      "!!!!!" },
    { "{'$defs':{'A':{'$anchor':'foo','type':'null'}},"
      "'allOf':[{'$ref':'#foo'}]}",
      "1", "!!!ii" },
    { "{'$defs':{'A':{'$anchor':'a:b','type':'null'}},"
      "'allOf':[{'$ref':'#a:b'}]}",
      "1", "!!!i!" },
    { "{'$defs':{'A':{'$anchor':'_a','type':'null'}},'allOf':[{'$ref':'#_a'}]}",
      "1", "!!!!i" },
    { "{'$anchor':1}", "1", "vvv!!" },
    { "{'$vocabulary':1}", "1", "vvv!!" },
    /* References that depend on the way to them. */
    { "{'properties':{'a':{'$recursiveRef':'#'}},'additionalProperties':false}",
      "{'a':{'b':1}}", "vvviv" },
    { "{'$recursiveRef':'#/properties'}", "1", "vvv!v" },
    { "{'properties':{'a':{'$recursiveAnchor':true}}}", "1", "vvv!v" },
    { "{'$recursiveAnchor':1}", "1", "vvv!v" },
    { "{'$id':'http://a/b','$recursiveAnchor':true,'$defs':{'x':{'$id':'c',"
      "'$recursiveAnchor':true,'anyOf':[{'type':'string'},{'type':'object',"
      "'additionalProperties':{'$recursiveRef':'#'}}]}},"
      "'anyOf':[{'type':'integer'},{'$ref':'c'}]}",
      "{'a':{'b':1}}", "!vvvv" },
    { "{'$id':'http://a/b','$recursiveAnchor':false,'$defs':{'x':{'$id':'c',"
      "'$recursiveAnchor':true,'anyOf':[{'type':'string'},{'type':'object',"
      "'additionalProperties':{'$recursiveRef':'#'}}]}},"
      "'anyOf':[{'type':'integer'},{'$ref':'c'}]}",
      "{'a':{'b':1}}", "!vviv" },
    { "{'$id':'http://a/b','$recursiveAnchor':true,'$defs':{'x':{'$id':'c',"
      "'anyOf':[{'type':'string'},{'type':'object',"
      "'additionalProperties':{'$recursiveRef':'#'}}]}},"
      "'anyOf':[{'type':'integer'},{'$ref':'c'}]}",
      "{'a':{'b':1}}", "!vviv" },
    { "{'$dynamicRef':'#a','$defs':{'x':{'$dynamicAnchor':'a',"
      "'type':'null'}}}",
      "1", "vvvvi" },
    /* Loops. */
    { "{'$ref':'#'}", "1", "!!!!!" },
    { "{'allOf':[{'$ref':'#'}]}", "1", "!!!!!" },
    { "{'definitions':{'a':{'$ref':'#/definitions/b'},"
      "'b':{'$ref':'#/definitions/a'}},'allOf':[{'$ref':'#/definitions/a'}]}",
      "1", "!!!!!" },
    { "{'dependencies':{'a':{'$ref':'#'}}}", "1", "!!!!!" },
    { "{'$recursiveRef':'#'}", "1", "vvv!v" },
    { "{'if':{'$ref':'#'}}", "1", "vv!!!" },
    { "{'properties':{'a':{'$ref':'#'}},'required':['a']}", "{'a':{'a':1}}",
      "vvvvv" },
    /* Other keywords where they are known. */
    { "{'title':1}", "1", "!!!!!" },
    { "{'format':1}", "1", "!!!!!" },
    { "{'format':'ipv4'}", "'x'", "vvvvv" },
    { "{'$comment':1}", "1", "vv!!!" },
    { "{'examples':1}", "1", "v!!!!" },
    { "{'readOnly':1}", "1", "vv!!!" },
    { "{'writeOnly':1}", "1", "vv!!!" },
    { "{'deprecated':1}", "1", "vvv!!" },
    { "{'contentEncoding':1}", "1", "vv!!!" },
    { "{'contentMediaType':1}", "1", "vv!!!" },
    { "{'contentSchema':5}", "1", "vvv!!" },
    { "{'contentEncoding':'base64'}", "'!'", "vvvvv" },
    { "{'$defs':{'a':5}}", "1", "v!!!!" },
    { "{'$schema':5}", "1", "!!!!!" },
    { "{'default':{'$ref':1}}", "1", "vvvvv" },
    { "{'not\\u0000':{}}", "1", "vvvvv" },
    { "{'not\\u0000x':{},'':{}}", "1", "vvvvv" },
    { "{'type':'any'}", "1", "!!!!!" },
    { "{'type':[]}", "1", "!!!!!" },
    { "{'type':['null','null']}", "1", "!!!!!" },
    { "{'pattern':'('}", "1", "!!!!!" },
    { "5", "1", "!!!!!" },
    { "[]", "1", "!!!!!" },
    /* The metaschemas, with and without the empty fragment. */
    { "{'$ref':'http://json-schema.org/draft-04/schema#'}", "{'minLength':-1}",
      "iiiii" },
    { "{'$ref':'http://json-schema.org/draft-04/schema'}",
      "{'items':[{'minLength':1}]}", "vvvvv" },
    { "{'$ref':'http://json-schema.org/draft-04/schema'}", "true", "iiiii" },
    { "{'$ref':'http://json-schema.org/draft-04/schema#'}",
      "{'exclusiveMinimum':true}", "iiiii" },
    { "{'$ref':'http://json-schema.org/draft-04/schema#'}", "{'minLength':1.0}",
      "iiiii" },
    { "{'$ref':'http://json-schema.org/draft-06/schema#'}",
      "{'not':{'minLength':-1}}", "iiiii" },
    { "{'$ref':'http://json-schema.org/draft-06/schema'}", "true", "vvvvv" },
    { "{'$ref':'http://json-schema.org/draft-07/schema#'}",
      "{'if':{'minLength':-1}}", "iiiii" },
    { "{'$ref':'http://json-schema.org/draft-07/schema'}", "{'minLength':1.0}",
      "vvvvv" },
    { "{'$ref':'http://json-schema.org/draft-07/schema#/definitions/"
      "simpleTypes'}",
      "'any'", "iiiii" },
    { "{'$ref':'https://json-schema.org/draft/2019-09/schema'}",
      "{'items':[{'minLength':-1}]}", "iiiii" },
    { "{'$ref':'https://json-schema.org/draft/2019-09/schema#'}",
      "{'items':[{'minLength':1}]}", "vvvvv" },
    { "{'$ref':'https://json-schema.org/draft/2019-09/meta/applicator'}",
      "{'items':[{'minLength':-1}]}", "vvvvv" },
    { "{'$ref':'https://json-schema.org/draft/2019-09/meta/validation'}",
      "{'minLength':-1}", "iiiii" },
    { "{'$ref':'https://json-schema.org/draft/2020-12/schema#'}",
      "{'prefixItems':[{'minLength':-1}]}", "iiiii" },
    { "{'$ref':'https://json-schema.org/draft/2020-12/meta/validation'}",
      "{'minLength':-1}", "iiiii" },
    { "{'$ref':'http://json-schema.org/draft/2020-12/schema'}", "1", "!!!!!" },
    { "{'$ref':'http://json-schema.org/draft-07/hyper-schema'}", "1", "!!!!!" },
    /* $schema decides, whatever the default is. */
    { "{'$schema':'http://json-schema.org/draft-07/schema#','items':"
      "[{'type':'null'}]}",
      "[1]", "iiiii" },
    { "{'$schema':'http://json-schema.org/draft-04/schema','minimum':1,"
      "'exclusiveMinimum':true}",
      "1", "iiiii" },
    { "{'$schema':'http://json-schema.org/draft-06/schema#','if':true,"
      "'then':false}",
      "1", "vvvvv" },
    { "{'$schema':'https://json-schema.org/draft/2019-09/schema',"
      "'unevaluatedItems':false,'contains':{}}",
      "[1]", "iiiii" },
    { "{'$schema':'https://json-schema.org/draft/2020-12/schema#',"
      "'prefixItems':[{'type':'null'}]}",
      "[1]", "iiiii" },
    { "{'$schema':'http://json-schema.org/draft-07/schema#','$ref':"
      "'#/definitions/a','type':'string','definitions':{'a':{}}}",
      "1", "vvvvv" },
    { "{'$schema':'http://json-schema.org/draft-03/schema#'}", "1", "!!!!!" },
    { "{'$schema':'http://json-schema.org/schema#'}", "1", "!!!!!" },
    { "{'$schema':'https://json-schema.org/draft-07/schema#'}", "1", "!!!!!" },
    { "{'$schema':''}", "1", "!!!!!" },
    /* A resource inside another may be of another dialect. */
    { "{'$schema':'https://json-schema.org/draft/2020-12/schema','$ref':"
      "'http://a/e','$defs':{'e':{'$schema':"
      "'http://json-schema.org/draft-07/schema#','$id':'http://a/e',"
      "'items':[{'type':'null'}]}}}",
      "[1]", "iiiii" },
    { "{'$schema':'https://json-schema.org/draft/2020-12/schema','$ref':"
      "'http://a/e','$defs':{'e':{'$schema':"
      "'http://json-schema.org/draft-04/schema#','id':'http://a/e',"
      "'minimum':1,'exclusiveMinimum':true}}}",
      "1", "iiiii" },
    { "{'$schema':'http://json-schema.org/draft-07/schema#','allOf':[{'$ref':"
      "'http://a/e'}],'definitions':{'e':{'$schema':"
      "'https://json-schema.org/draft/2019-09/schema','$id':'http://a/e',"
      "'dependentRequired':{'a':['b']}}}}",
      "{'a':1}", "iiiii" },
    { "{'$schema':'https://json-schema.org/draft/2019-09/schema','items':"
      "{'$schema':'http://json-schema.org/draft-07/schema#'}}",
      "[1]", "!!!!!" },
    { "{'$schema':'https://json-schema.org/draft/2019-09/schema','$defs':"
      "{'e':{'$id':'http://a/e','$schema':'http://a/unknown'}}}",
      "[1]", "!!!!!" },
};

#endif
