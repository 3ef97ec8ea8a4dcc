/* The pipeline summaries of the gate, and words for a shell.
   SPDX-License-Identifier: MIT */

#include <stdio.h>
#include <string.h>

#include "support.h"

#include "gate/gate.h"

/* Words, bare and quoted. */
static const struct {
    const char *label;
    const char *word;
    const char *want;
} words[] = {
    { "plain", "cargo", "cargo" },
    { "path", "target/a-b_c.1,d:e@f%g+h=i", "target/a-b_c.1,d:e@f%g+h=i" },
    { "empty", "", "''" },
    { "blank", "-C opt-level=z", "'-C opt-level=z'" },
    { "tab", "a\tb", "'a\tb'" },
    { "newline", "a\nb", "'a\nb'" },
    { "single quote", "it's", "'it'\\''s'" },
    { "only a single quote", "'", "''\\'''" },
    { "double quote", "a\"b", "'a\"b'" },
    { "dollar", "$(rm -rf /)", "'$(rm -rf /)'" },
    { "backquote", "`id`", "'`id`'" },
    { "backslash", "a\\b", "'a\\b'" },
    { "glob", "*.wasm", "'*.wasm'" },
    { "tilde", "~/a", "'~/a'" },
    { "comment", "#a", "'#a'" },
    { "semicolon", "a;b", "'a;b'" },
    { "ampersand", "a&b", "'a&b'" },
    { "bang", "!a", "'!a'" },
    { "brace", "{a,b}", "'{a,b}'" },
    { "UTF-8", "\xc3\xa9", "'\xc3\xa9'" },
};

START_TEST(quotes_words)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_gate_add_shell_word(&buf, az_str_from(words[_i].word));
    ck_assert_msg(strcmp(buf.p, words[_i].want) == 0, "%s: %s", words[_i].label,
                  buf.p);
}
END_TEST

/* The shell itself reads back what was quoted. */
START_TEST(shell_agrees)
{
    struct az_buf command;
    char got[256];
    FILE *pipe;
    size_t len;

    az_buf_init(&command, arena);
    az_buf_add_c(&command, "printf '%s|' ");
    az_gate_add_shell_word(&command, az_str_from(words[_i].word));
    pipe = popen(command.p, "r");
    ck_assert_ptr_nonnull(pipe);
    len = fread(got, 1, sizeof got - 1, pipe);
    ck_assert_int_eq(pclose(pipe), 0);
    got[len] = '\0';
    ck_assert_msg(strcmp(got, az_arena_printf(arena, "%s|", words[_i].word)) ==
                      0,
                  "%s: %s", words[_i].label, got);
}
END_TEST

START_TEST(leaves_nul_out)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_gate_add_shell_word(&buf, AZ_STR("a\0b"));
    ck_assert_str_eq(buf.p, "'ab'");
}
END_TEST

/* What surrounds the one profile of an optimization policy. */
#define POLICY_HEAD                                                            \
    "{\"schema_version\": \"optimization-policy-v1\","                         \
    "\"invariants\": {\"target\": \"wasm32-unknown-unknown\"},\"profiles\": ["
#define SUMMARY_HEAD                                                           \
    "{\"schema_version\":\"optimization-pipeline-summary-v1\","                \
    "\"policy_schema_version\":\"optimization-policy-v1\","                    \
    "\"target\":\"wasm32-unknown-unknown\",\"profile_count\":1,\"profiles\":["
#define BUILD "cargo build --target wasm32-unknown-unknown"

static const struct {
    const char *label;
    const char *profile;
    const char *want;
} policies[] = {
    { "release",
      "{\"id\": \"r\", \"variant\": \"release\", \"budget_profile\": "
      "\"core-min\","
      "\"cargo\": {\"release\": true, \"no_default_features\": true,"
      "\"features\": [\"preview,getrandom/js\", \" a\\tb, preview\"]},"
      "\"rustflags\": [\"-C\", \"opt-level=z\", \"-C lto=fat\"],"
      "\"wasm_opt\": {\"enabled\": true, \"passes\": [\"-Oz\", \"--a b\"]},"
      "\"artifact\": {\"source\": \"t/it's.wasm\", \"optimized\": "
      "\"-o.wasm\"}}",
      "{\"id\":\"r\",\"variant\":\"release\",\"budget_profile\":\"core-min\","
      "\"features\":[\"preview\",\"getrandom/js\",\"a\",\"b\"],"
      "\"rustflags\":[\"-C\",\"opt-level=z\",\"-C lto=fat\"],"
      "\"cargo_command\":\"RUSTFLAGS='-C opt-level=z -C lto=fat' " BUILD
      " --release --no-default-features --features preview,getrandom/js,a,b\","
      "\"wasm_opt_command\":\"wasm-opt -Oz '--a b' 't/it'\\\\''s.wasm' "
      "-o ./-o.wasm\","
      "\"artifact\":{\"source\":\"t/it's.wasm\",\"optimized\":\"-o.wasm\"}}" },
    { "dev",
      "{\"id\": \"d\", \"variant\": \"dev\", \"budget_profile\": \"full-dev\","
      "\"cargo\": {\"release\": false, \"no_default_features\": false,"
      "\"features\": []}, \"rustflags\": [],"
      "\"wasm_opt\": {\"enabled\": false, \"passes\": []},"
      "\"artifact\": {\"source\": \"s\", \"optimized\": \"o\"}}",
      "{\"id\":\"d\",\"variant\":\"dev\",\"budget_profile\":\"full-dev\","
      "\"features\":[],\"rustflags\":[],\"cargo_command\":\"" BUILD "\","
      "\"wasm_opt_command\":null,"
      "\"artifact\":{\"source\":\"s\",\"optimized\":\"o\"}}" },
    { "nothing", "7",
      "{\"id\":null,\"variant\":null,\"budget_profile\":null,\"features\":[],"
      "\"rustflags\":null,\"cargo_command\":\"" BUILD "\","
      "\"wasm_opt_command\":null,"
      "\"artifact\":{\"source\":null,\"optimized\":null}}" },
};

START_TEST(summarizes_policy)
{
    const struct az_document *policy = document_of(
        az_arena_printf(arena, POLICY_HEAD "%s]}", policies[_i].profile));
    struct az_node summary = az_gate_optimization_summary(arena, policy);

    ck_assert_msg(
        strcmp(text_of(&summary), az_arena_printf(arena, SUMMARY_HEAD "%s]}",
                                                  policies[_i].want)) == 0,
        "%s: %s", policies[_i].label, text_of(&summary));
}
END_TEST

static const struct {
    const char *label;
    const char *corpus;
    const char *want;
} corpora[] = {
    { "covered in part",
      "{\"schema_version\": \"benchmark-corpus-v1\","
      "\"budget_contract\": {\"metric_ids\": [\"M1\", \"M2\"]},"
      "\"quality_gates\": {\"required_frameworks\": [\"react\", \"vanilla\"],"
      "\"required_workloads\": [\"cold\"], \"required_seed_set\": [11, 29],"
      "\"required_browsers\": [\"chromium\", \"firefox\"]},"
      "\"scenarios\": ["
      "{\"id\": \"s1\", \"framework\": \"vue\", \"workload\": \"cold\","
      "\"profile\": \"core-min\", \"browsers\": [\"firefox\", \"firefox\"],"
      "\"seed_set\": [11], \"metric_ids\": [\"M2\"]},"
      "{\"id\": \"s2\", \"framework\": \"react\", \"workload\": \"cold\","
      "\"profile\": \"full-dev\", \"browsers\": [\"firefox\"],"
      "\"seed_set\": [11], \"metric_ids\": [\"M2\", \"M3\"]}]}",
      "{\"schema_version\":\"benchmark-corpus-summary-v1\","
      "\"corpus_schema_version\":\"benchmark-corpus-v1\","
      "\"scenario_count\":2,\"scenarios\":[\"s1\",\"s2\"],"
      "\"counts\":{\"frameworks\":{\"react\":1,\"vanilla\":0,\"vue\":1},"
      "\"workloads\":{\"cold\":2},"
      "\"profiles\":{\"core-min\":1,\"full-dev\":1},"
      "\"browsers\":{\"chromium\":0,\"firefox\":2},"
      "\"seeds\":{\"11\":2,\"29\":0},"
      "\"metrics\":{\"M1\":0,\"M2\":2,\"M3\":1}},"
      "\"coverage\":{"
      "\"frameworks\":{\"required\":2,\"covered\":1,\"missing\":[\"vanilla\"]},"
      "\"workloads\":{\"required\":1,\"covered\":1,\"missing\":[]},"
      "\"browsers\":{\"required\":2,\"covered\":1,\"missing\":[\"chromium\"]},"
      "\"seeds\":{\"required\":2,\"covered\":1,\"missing\":[\"29\"]},"
      "\"metrics\":{\"required\":2,\"covered\":1,\"missing\":[\"M1\"]}}}" },
    { "nothing", "{\"scenarios\": [null, {\"browsers\": [null]}]}",
      "{\"schema_version\":\"benchmark-corpus-summary-v1\","
      "\"corpus_schema_version\":null,\"scenario_count\":2,"
      "\"scenarios\":[null,null],"
      "\"counts\":{\"frameworks\":{},\"workloads\":{},\"profiles\":{},"
      "\"browsers\":{},\"seeds\":{},\"metrics\":{}},"
      "\"coverage\":{"
      "\"frameworks\":{\"required\":0,\"covered\":0,\"missing\":[]},"
      "\"workloads\":{\"required\":0,\"covered\":0,\"missing\":[]},"
      "\"browsers\":{\"required\":0,\"covered\":0,\"missing\":[]},"
      "\"seeds\":{\"required\":0,\"covered\":0,\"missing\":[]},"
      "\"metrics\":{\"required\":0,\"covered\":0,\"missing\":[]}}}" },
};

START_TEST(summarizes_corpus)
{
    struct az_node summary =
        az_gate_corpus_summary(arena, document_of(corpora[_i].corpus));

    ck_assert_msg(strcmp(text_of(&summary), corpora[_i].want) == 0, "%s: %s",
                  corpora[_i].label, text_of(&summary));
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("gate-summary");
    TCase *tcase = new_case(suite, "gate-summary");

    tcase_add_loop_test(tcase, quotes_words, 0, COUNT(words));
    tcase_add_loop_test(tcase, shell_agrees, 0, COUNT(words));
    tcase_add_test(tcase, leaves_nul_out);
    tcase_add_loop_test(tcase, summarizes_policy, 0, COUNT(policies));
    tcase_add_loop_test(tcase, summarizes_corpus, 0, COUNT(corpora));
    return run_suite(suite);
}
