#!/bin/sh
# Kinds without C: a schema, a ruleset and a line of assize.yaml make a kind that
# every command knows, with no rebuild.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
mkdir .git kinds levels policies teams
for file in optimization-policy benchmark-corpus perf-budgets; do
    cat "$TOP_SRCDIR/policies/$file.json" >"policies/$file.json"
done
bad=0

say() {
    echo "FAIL: $*"
    sed 's/^/    /' "$work/out"
    bad=1
}

# expect STATUS TEXT ARGUMENT...: what assize ARGUMENT... exits with and says.
expect() {
    wanted=$1
    text=$2
    shift 2
    "$ASSIZE" "$@" >"$work/out" 2>&1 </dev/null
    got=$?
    [ $got -eq "$wanted" ] || say "exit $got instead of $wanted: $*"
    grep -qF -- "$text" "$work/out" || say "'$*' does not say '$text'"
}

cat >assize.yaml <<'EOF'
documents: [policies/*.json, levels/*, teams/*]
kinds:
  - name: service-level
    title: service levels
    schema_versions: [service-level-v1]
    schema_uris: [urn:service-level]
    files: levels/silent.json
    schema: kinds/service-level.schema.json
    rules: kinds/service-level.rules.yaml
    sample: levels/good.yaml
EOF
cat >kinds/service-level.schema.json <<'EOF'
{"$id": "urn:service-level", "type": "object", "required": ["objectives"],
 "properties": {"schema_version": {"const": "service-level-v1"}, "objectives": {
  "type": "array", "items": {"type": "object", "required": ["metric_id", "limit"],
   "additionalProperties": false,
   "properties": {"metric_id": {"type": "string"}, "limit": {"type": "number"}}}}}}
EOF
cat >kinds/service-level.rules.yaml <<'EOF'
- id: level-metric-known
  given: $.objectives[*].metric_id
  assert: { in: { path: "perf-budgets: $['hard_budgets','operational_budgets'][*].metric_id" } }
  message: "metric '{value}' has no budget"
  why: "A level that nobody measures is a wish."
  breaks:
    - [{ op: replace, path: /objectives/0/metric_id, value: M-PERF-99Z }]
    - document: perf-budgets
      patch: [{ op: remove, path: /operational_budgets }, { op: remove, path: /hard_budgets }]
EOF
cat >levels/good.yaml <<'EOF'
schema_version: service-level-v1
objectives:
  - {metric_id: M-PERF-02A, limit: 60}
EOF
echo '{"$schema": "urn:service-level", "objectives": [{"metric_id": "M-PERF-03A", "limit": 1}]}' >levels/said.json
echo '{"objectives": [{"metric_id": "M-PERF-03A", "limit": 1}]}' >levels/silent.json

# two kinds of one's own, one of which refers to the other's schema and documents
cat >>assize.yaml <<'EOF'
  - name: team
    title: teams
    files: [teams/*]
    schema: kinds/team.schema.json
    rules: kinds/team.rules.yaml
    sample: [teams/one.yaml, levels/good.yaml, policies/perf-budgets.json]
EOF
cat >kinds/team.schema.json <<'EOF'
{"type": "object", "properties": {"levels": {"type": "array", "items":
 {"$ref": "service-level.schema.json#/properties/objectives/items/properties/metric_id"}}}}
EOF
cat >kinds/team.rules.yaml <<'EOF'
- id: team-level-known
  given: $.levels[*]
  assert: { in: { path: "service-level: $.objectives[*].metric_id" } }
  breaks: [[{ op: replace, path: /levels/0, value: M-PERF-01A }]]
EOF
echo 'levels: [M-PERF-02A]' >teams/one.yaml

expect 1 "teams/one.yaml:1:10: error" check # in good.yaml, not in the others
# what is named takes no place of what the project has of its own kinds
expect 1 "teams/one.yaml:1:10: error" check teams/one.yaml levels/good.yaml
rm levels/said.json
cat levels/good.yaml >levels/silent.json
mv levels/silent.json levels/silent.yaml
sed 's/silent.json/silent.yaml/' assize.yaml >edited && mv edited assize.yaml
expect 0 "6 documents: " check
expect 0 "1 document: " check teams/one.yaml
expect 0 "1 document: " check levels/good.yaml
expect 0 "2 breaks" self-test service-level
expect 0 "team" self-test team
# the two beside those that are built in
expect 0 "$(($("$ASSIZE" kinds | grep -c "built in") + 2)) kinds" self-test
expect 0 "team                  teams" kinds
expect 0 "why
  A level that nobody measures is a wish." explain level-metric-known
expect 0 "level-metric-known" explain service-level
expect 0 "team-level-known" explain
expect 0 '"$id": "urn:service-level"' schema service-level
expect 2 "did you mean 'service-level'?" explain service-levl
expect 2 "service-level, team" schema no-such

# findings are at their places, from whatever folder
echo 'levels: [1, M-PERF-02B]' >teams/two.yaml
cd teams || exit 1
expect 1 "two.yaml:1:10: error: expected string, found number 1" check two.yaml
expect 1 "kinds/service-level.schema.json:5:33: note: the type" check two.yaml
cd ..
expect 1 "teams/two.yaml:1:10: error: expected string, found number 1" check
expect 1 "teams/two.yaml:1:13: error: " check teams/two.yaml
# the gate checks what the project has before it judges
expect 3 "teams/two.yaml:1:13: error: " gate --profile core-min --commit 1 \
    --measurements no-such.json
rm teams/two.yaml

# what is not in the set is not judged, and said so
sed '1d' assize.yaml >edited && mv edited assize.yaml
expect 0 "rule 'level-metric-known' needs a document of kind 'perf-budgets'" \
    check levels/good.yaml
expect 0 "1 not judged" check levels/good.yaml

# nothing is written over what a kind is made of
expect 2 "is read in this run" check --output json=kinds/team.rules.yaml
expect 2 "is read in this run" self-test --output json=teams/one.yaml

# a kind that cannot be loaded is never one that nobody needs
echo '- id: x' >kinds/team.rules.yaml
expect 3 "kinds/team.rules.yaml:1:3: error: the rule has no 'given'" check \
    policies/perf-budgets.json
expect 3 "kinds/team.rules.yaml:1:3: error" self-test perf-budgets
expect 0 "rules" explain perf-budgets
exit $bad
