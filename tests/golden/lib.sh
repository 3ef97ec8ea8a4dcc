# shellcheck shell=sh
# What golden cases share; a cmd begins with: . "$TOP_SRCDIR/tests/golden/lib.sh"

# shellcheck disable=SC2034 # of the reference measurements, for cmd files
commit=5e1f0c2a9d4b7836e0a1c5f29b84d7603f6a1e52

# policies: the reference policies, writable, in the folder policies.
policies() {
    mkdir policies
    for file in optimization-policy benchmark-corpus perf-budgets; do
        cat "$TOP_SRCDIR/policies/$file.json" >"policies/$file.json"
    done
}

# measured NAME FILE [SED-SCRIPT]: the reference measurements NAME as FILE.
measured() {
    sed "${3-}" "$TOP_SRCDIR/policies/measurements/$1.json" >"$2"
}

# edit FILE SED-SCRIPT: changes FILE.
edit() {
    sed "$2" "$1" >edited && cat edited >"$1" && rm edited
}

# gate ARGUMENT...: the gate over policies, of $profile, or core-min, and of
# $judged, or the reference commit.
gate() {
    assize gate --budgets policies/perf-budgets.json \
        --corpus policies/benchmark-corpus.json \
        --policy policies/optimization-policy.json \
        --profile "${profile-core-min}" --commit "${judged-$commit}" "$@"
}

# samples METRIC UNIT COUNT VALUE [SEEDS]: lines of a sample log: COUNT samples
# of each seed; VALUE is awk's, of i, the sample, and s, the seed, from 0 and 1;
# shuffled(i) is i at another place of its ten, which no rule tells.
samples() {
    awk -v metric="$1" -v unit="$2" -v count="$3" \
        -v seeds="${5-11 29 42 73 101}" '
    function shuffled(i,  ten) {
        ten = int(i / 10)
        return ten * 10 + (i % 10 * substr("1379", ten % 4 + 1, 1) + ten * ten) % 10
    }
    BEGIN {
        id = "vanilla-cold-start"
        seed_count = split(seeds, seed, " ")
        for (s = 1; s <= seed_count; s++)
            for (i = 0; i < count; i++)
                printf "{\"scenario_id\": \"%s\", \"framework\": " \
                    "\"vanilla-js\", \"workload\": \"cold-start\", " \
                    "\"profile\": \"core-min\", \"browser\": " \
                    "\"desktop-chromium\", \"bundler\": \"esbuild\", " \
                    "\"seed\": %d, \"metric_id\": \"%s\", \"value\": %s, " \
                    "\"unit\": \"%s\", \"status\": \"pass\", " \
                    "\"artifact_paths\": [\"artifacts/%s/%d.json\"], " \
                    "\"repro_command\": \"rch exec -- " \
                    "./scripts/run_perf_e2e.sh --scenario %s --seed %d " \
                    "--metric p95_ns\"}\n", id, seed[s], metric, '"$4"', \
                    unit, metric, seed[s], id, seed[s]
    }'
}

# sizes: the lines of both sizes, which each gate must have.
sizes() {
    samples M-PERF-01A bytes 1 641208 11
    samples M-PERF-01B bytes 1 207733 11
}

# latency [VALUE]: sound lines of a latency metric.
latency() {
    samples M-PERF-02A ms 2000 "${1-"20 + (shuffled(i) * 7919 + s * 31) % 3000 / 100"}"
}

# repeat COUNT TEXT: TEXT so many times, on one line.
repeat() {
    awk -v n="$1" -v text="$2" 'BEGIN { while (n-- > 0) printf "%s", text }'
}

# own_kind: a project with a kind of its own, service-level, whose rules refer
# to the reference budgets.
own_kind() {
    rm -rf kinds
    cp -R "$TOP_SRCDIR/tests/golden/user-kind/kinds" kinds
    chmod -R u+w kinds
    cat >assize.yaml <<EOF
kinds:
  - name: service-level
    title: service levels
    schema_versions: [service-level-v1]
    schema: kinds/service-level.schema.json
    rules: kinds/service-level.rules.yaml
    sample: kinds/sample.yaml
EOF
}

# saved_run NUMBER VALUES [PAIR]: a run of core-min with VALUES, JSON objects in
# the order of their keys, and the digest that assize-policy(5) describes.
saved_run() {
    body=$(printf '{"branch":"main","commit":"%040d",%s"profile":"core-min","recorded_at":"2026-01-%02dT04:00:00Z","sources":[{"file":"summary.json","sha256":"%064d"}],"values":[%s]}' \
        "$1" "${3:+\"pair\":$3,}" "$1" "$1" "$2")
    printf '{"digest":"%s",%s\n' \
        "$(printf '%s' "$body" | sha256sum | cut -d ' ' -f 1)" "${body#?}"
}

# value METRIC VALUE UNIT: one of these, in desktop-chromium.
value() {
    printf '{"environment":"desktop-chromium","metric_id":"%s","unit":"%s","value":%s}' \
        "$1" "$3" "$(echo "$2" | sed '/\./s/\.\{0,1\}0*$//')"
}

# runs_file [KEYS]: a document of the runs on standard input, a line each.
runs_file() {
    printf '{"schema_version": "perf-baseline-v1",%s\n"runs": [\n' "${1-}"
    sed '$!s/$/,/'
    printf ']}\n'
}
