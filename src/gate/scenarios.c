/* Sample logs against the benchmark corpus.
   SPDX-License-Identifier: MIT */

#include "gate/scenarios.h"

#include "core/arena.h"
#include "core/limits.h"

/* What was found already: one mistake is one finding, however many contexts
   have it. */
struct tally {
    enum az_severity severity;
    bool refuses;           /* the metrics of the contexts */
    struct az_map reported; /* message -> the finding */
    struct az_diag *more;   /* about those beyond; NULL: there are none */
    size_t more_count;
};

struct checking {
    struct az_gate *gate;
    struct az_plan *plan;
    struct tally errors;
    struct tally doubts;
    struct az_arena *scratch; /* for one context */
};

/* Fields of which a scenario has one, by its key, and those of which it lists
   several. */
static const struct {
    enum az_log_text text;
    const char *key;
    bool listed;
} fields[] = {
    { AZ_LOG_FRAMEWORK, "framework", false },
    { AZ_LOG_WORKLOAD, "workload", false },
    { AZ_LOG_PROFILE, "profile", false },
    { AZ_LOG_METRIC, "metric_ids", true },
    { AZ_LOG_BROWSER, "browsers", true },
    { AZ_LOG_BUNDLER, "bundlers", true },
};

/* A finding about FIELD of CONTEXT, with MESSAGE, which is in scratch memory.
   RELATED is what the corpus says, or NULL. */
static struct az_diag *
add_finding(struct checking *c, struct tally *tally,
            struct az_log_context *context, const char *field,
            const struct az_node *related, const char *message)
{
    struct az_gate *gate = c->gate;
    const struct az_document *document =
        az_log_context_document(gate->arena, context);
    const struct az_node *node = az_node_get(document->root, field);
    struct az_diag *diag =
        az_sink_add_as(gate->sink, AZ_DIAG_SAMPLE_SCENARIO, tally->severity,
                       az_document_place(document, node), "%s", message);

    diag->pointer = az_document_pointer(gate->arena, document, node);
    if (related != NULL)
        az_diag_relate(gate->sink, diag,
                       az_document_place(gate->input->corpus, related),
                       "the corpus");
    az_map_put(&tally->reported,
               az_arena_str(gate->arena, az_str_from(message)), NULL)
        ->value = diag;
    return diag;
}

/* The finding that counts those for which there is no room. */
static struct az_diag *
count_more(struct checking *c, struct tally *tally,
           const struct az_log_context *context)
{
    if (tally->more == NULL)
        tally->more = az_sink_add_as(
            c->gate->sink, AZ_DIAG_SAMPLE_SCENARIO, tally->severity,
            az_log_context_place(c->gate->arena, context),
            "lines say other things than the corpus");
    tally->more_count++;
    return tally->more;
}

/* Says how many those are. */
static void
tell_more(const struct checking *c, const struct tally *tally)
{
    if (tally->more != NULL)
        tally->more->message = az_arena_printf(
            c->gate->arena, "%s of this kind, from this line on",
            az_str_counted(c->gate->arena, tally->more_count, "more finding"));
}

/* Makes the finding that add_finding has, unless there is one that says so, or
   counts it where there is no room; refuses the metric of CONTEXT if TALLY does
   so.  Returns the finding if it was made now, else NULL. */
static struct az_diag *
report(struct checking *c, struct tally *tally, struct az_log_context *context,
       const char *field, const struct az_node *related, const char *message)
{
    struct az_diag *diag = az_map_get(&tally->reported, az_str_from(message));
    struct az_diag *added = NULL;

    if (diag == NULL && tally->reported.count < AZ_MAX_SCENARIO_FINDINGS)
        diag = added = add_finding(c, tally, context, field, related, message);
    if (diag == NULL)
        diag = count_more(c, tally, context);
    if (tally->refuses && context->group != NULL &&
        context->group->metric->refused == NULL)
        context->group->metric->refused = diag;
    return added;
}

static struct az_str
text_of(const struct checking *c, const struct az_log_context *context,
        enum az_log_text text)
{
    return az_log_text(c->gate->input->log, context, text);
}

/* The scenario of CONTEXT, for messages. */
static const char *
name_of(const struct checking *c, const struct az_log_context *context)
{
    return az_str_quote(c->scratch, text_of(c, context, AZ_LOG_SCENARIO));
}

static bool
has_text(struct checking *c, const struct az_node *scenario, size_t field,
         struct az_str text)
{
    const struct az_node *value;

    if (fields[field].listed)
        return az_plan_lists(c->plan, scenario, fields[field].key, text);
    value = az_node_get(scenario, fields[field].key);
    return value != NULL && value->type == AZ_STRING &&
           az_str_eq(az_node_text(value), text);
}

static void
check_fields(struct checking *c, struct az_log_context *context,
             const struct az_node *scenario)
{
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        struct az_str text = text_of(c, context, fields[i].text);
        const struct az_node *planned = az_node_get(scenario, fields[i].key);

        if (!has_text(c, scenario, i, text))
            report(c, &c->errors, context, az_log_text_name(fields[i].text),
                   planned,
                   az_arena_printf(c->scratch, "scenario %s has %s %s, not %s",
                                   name_of(c, context), fields[i].key,
                                   planned != NULL
                                       ? az_node_quote(c->scratch, planned)
                                       : "none",
                                   az_str_quote(c->scratch, text)));
    }
}

static void
check_seed(struct checking *c, struct az_log_context *context,
           const struct az_node *scenario)
{
    if (!az_plan_lists_seed(c->plan, scenario, context->key.seed))
        report(
            c, &c->errors, context, "seed", az_node_get(scenario, "seed_set"),
            az_arena_printf(c->scratch, "scenario %s has no seed %lld",
                            name_of(c, context), (long long)context->key.seed));
}

/* A command that is another one refuses its metric only if it says that it is:
   how it is run may change without the samples being of something else. */
static void
check_command(struct checking *c, struct az_log_context *context,
              const struct az_node *scenario)
{
    const struct az_node *planned = az_node_get(scenario, "repro_command");
    struct az_str command = text_of(c, context, AZ_LOG_COMMAND);
    int64_t seed = context->key.seed;
    bool other = az_gate_is_command_of_other(c->plan, command, scenario, seed);
    const char *message;
    struct az_diag *diag;

    if (!other && planned != NULL && planned->type == AZ_STRING &&
        az_gate_is_command_of(command, az_node_text(planned), seed))
        return;
    message = az_arena_printf(c->scratch,
                              "%s is not the command of scenario %s, seed %lld",
                              az_str_quote(c->scratch, command),
                              name_of(c, context), (long long)seed);
    diag = report(c, other ? &c->errors : &c->doubts, context, "repro_command",
                  planned, message);
    if (diag != NULL)
        az_diag_hint(c->gate->sink, diag,
                     "it is that of the corpus, word by word; only '--seed' "
                     "may be left out or name the line's seed, and more may "
                     "follow");
}

static void
check_context(struct checking *c, struct az_log_context *context)
{
    const struct az_node *scenario =
        az_plan_scenario(c->plan, text_of(c, context, AZ_LOG_SCENARIO));

    if (scenario == NULL) {
        report(c, &c->errors, context, "scenario_id", NULL,
               az_arena_printf(c->scratch, "the corpus has no scenario %s",
                               name_of(c, context)));
        return;
    }
    check_fields(c, context, scenario);
    check_seed(c, context, scenario);
    check_command(c, context, scenario);
}

void
az_gate_check_scenarios(struct az_gate *gate, struct az_plan *plan)
{
    const struct az_log *log = gate->input->log;
    struct checking c = { .gate = gate,
                          .plan = plan,
                          .errors = { .severity = AZ_ERROR, .refuses = true },
                          .doubts = { .severity = AZ_WARNING },
                          .scratch = az_arena_new_like(gate->arena) };

    az_map_init(&c.errors.reported, gate->arena);
    az_map_init(&c.doubts.reported, gate->arena);
    for (size_t i = 0; i < log->contexts.count; i++) {
        az_arena_clear(c.scratch);
        check_context(&c, az_log_context_at(log, i));
    }
    tell_more(&c, &c.errors);
    tell_more(&c, &c.doubts);
    az_arena_free(c.scratch);
}
