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
