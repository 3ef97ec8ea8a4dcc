/* assize baseline promote.
   SPDX-License-Identifier: MIT */

#include "cli/baseline-run.h"

#include <string.h>

#include "core/arena.h"
#include "core/limits.h"
#include "gate/promote.h"
#include "gate/saving.h"

/* Of YYYY-MM-DD, with which a time begins. */
#define DAY_LENGTH 10

static const struct az_column columns[] = {
    { "commit", "COMMIT", false },   { "branch", "BRANCH", false },
    { "profile", "PROFILE", false }, { "recorded_at", "RECORDED AT", false },
    { "values", "VALUES", true },    { "status", "STATUS", false },
    { NULL, NULL, false },
};

struct promotion {
    struct az_baseline_run *run;
    struct az_gate_run *gate;
    struct az_baseline_file target;
    struct az_candidate *candidates;
    size_t count;
    size_t new_count; /* of those, which the baseline does not have */
    struct az_measured measured; /* by all of them */
};

static void
refuse_run(struct promotion *p, const struct az_run *run, enum az_diag_id id,
           const char *message)
{
    const struct az_document *document = p->run->file.document;
    struct az_diag *diag =
        az_sink_add(p->gate->sink, id, az_document_start(document, run->node),
                    "%s", message);

    diag->pointer = az_document_pointer(p->gate->arena, document, run->node);
}

/* Whether RUN is a measurement that the baseline has, or gets from an earlier
   run; a finding says so. */
static bool
is_repeated(struct promotion *p, const struct az_run *run)
{
    const struct az_run *same = az_measured_note(&p->measured, run);

    if (same == NULL)
        return false;
    refuse_run(p, run, AZ_DIAG_BASELINE_SAME,
               same->document == p->target.document
                   ? "the baseline has this measurement already, in another run"
                   : az_arena_printf(
                         p->gate->arena,
                         "the file has this measurement already, as run %zu",
                         (size_t)(same - p->run->file.runs.items) + 1));
    return true;
}

/* Whether RUN can be promoted at all; false after a finding. */
static bool
check_run(struct promotion *p, const struct az_run *run, const char *now)
{
    const struct az_node *at = az_node_get(run->node, "recorded_at");

    if (run->pair > 0) {
        refuse_run(p, run, AZ_DIAG_BASELINE_SHAPE,
                   "a run of a pair is compared with its other half alone, and "
                   "cannot be promoted");
        return false;
    }
    return az_run_check_time(p->gate->sink, run->document, at, now) &&
           !is_repeated(p, run);
}

/* The digests of the runs that the baseline has, and what they measured. */
static void
note_accepted(struct promotion *p, struct az_map *digests)
{
    az_map_init(digests, p->gate->arena);
    az_measured_init(&p->measured, p->gate->arena);
    for (size_t i = 0; i < p->target.runs.count; i++) {
        az_map_put(digests, p->target.runs.items[i].digest, NULL);
        az_measured_note(&p->measured, &p->target.runs.items[i]);
    }
}

/* Each run is held against all before it. */
static bool
check_number(struct promotion *p)
{
    const struct az_runs *runs = &p->run->file.runs;

    if (runs->count <= AZ_MAX_PROMOTED)
        return true;
    az_diag_hint(
        p->gate->sink,
        az_sink_add(p->gate->sink, AZ_DIAG_BASELINE_SHAPE,
                    az_document_start(runs->document, runs->items[0].node),
                    "the file has %zu runs; %u at most are promoted "
                    "at once",
                    runs->count, AZ_MAX_PROMOTED),
        "promote them in parts");
    return false;
}

/* Judges CANDIDATE by INPUT, of which it becomes the run, unless the baseline
   has it: then nothing is said of it. */
static void
judge_candidate(struct promotion *p, struct az_gate_input *input,
                struct az_candidate *candidate)
{
    struct az_sink unheard;

    if (candidate->present)
        return;
    p->new_count++;
    if (!check_run(p, candidate->run, input->now)) {
        candidate->unjudged = true;
        return;
    }
    input->saved = candidate->run;
    input->profile = candidate->run->profile;
    az_candidate_judge(p->gate->arena, p->gate->sink, input, candidate);
    /* the next one is held against this one, too */
    az_sink_init(&unheard, p->gate->arena);
    az_runs_append(&unheard, &p->target.runs, candidate->run);
}

static void
report_none_new(struct promotion *p)
{
    struct az_gate_run *gate = p->gate;

    az_diag_hint(
        gate->sink,
        az_sink_add(gate->sink, AZ_DIAG_NOTHING_JUDGED, AZ_NOWHERE,
                    "the baseline has each run of %s already",
                    az_str_quote(gate->arena, az_str_from(p->run->file.name))),
        "save a run of another commit");
}

static void
judge(struct promotion *p)
{
    struct az_arena *arena = p->gate->arena;
    const struct az_runs *runs = &p->run->file.runs;
    const char *now = az_cli_time(arena, &p->gate->chosen->common);
    struct az_gate_input input = {
        .budgets = p->gate->budgets,
        .saved_in = runs,
        .now = now,
        .accepted = p->target.document != NULL ? &p->target.runs : NULL,
        .kept = &p->target.runs,
    };
    struct az_map accepted;

    if (!check_number(p) ||
        !az_runs_check_time(p->gate->sink, &p->target.runs, now))
        return;
    if (now != NULL)
        input.today = az_arena_str(arena, (struct az_str){ now, DAY_LENGTH }).p;
    note_accepted(p, &accepted);
    p->count = runs->count;
    p->candidates = az_arena_array(arena, p->count + 1, sizeof *p->candidates);
    for (size_t i = 0; i < p->count; i++) {
        const struct az_run *run = &runs->items[i];

        p->candidates[i] = (struct az_candidate){
            .run = run, .present = az_map_find(&accepted, run->digest) != NULL
        };
        judge_candidate(p, &input, &p->candidates[i]);
    }
    if (p->new_count == 0)
        report_none_new(p);
}

/* A finding if the baseline does not have ALIAS of the file. */
static void
check_alias(struct promotion *p, const struct az_node *alias)
{
    const struct az_document *document = p->run->file.document;
    const struct az_node *from = az_node_get(alias, "from");
    const struct az_node *to = az_node_get(alias, "to");
    const struct az_str *known;
    struct az_diag *diag;

    if (from == NULL || to == NULL || from->type != AZ_STRING ||
        to->type != AZ_STRING)
        return; /* its schema says so */
    known = az_map_get(&p->target.runs.aliases, az_node_text(from));
    if (known != NULL && az_str_eq(*known, az_node_text(to)))
        return;
    diag = az_sink_add(p->gate->sink, AZ_DIAG_BASELINE_ALIAS,
                       az_document_start(document, alias),
                       "the baseline does not have this alias");
    diag->pointer = az_document_pointer(p->gate->arena, document, alias);
}

/* The runs are known by the names that their file has for their metrics; the
   baseline, where there is one, must have the same. */
static void
check_aliases(struct promotion *p)
{
    struct az_runs *runs = &p->run->file.runs;
    const struct az_node *list = az_node_get(runs->document->root, "aliases");

    if (p->target.document == NULL)
        return;
    for (uint32_t i = 0;
         list != NULL && list->type == AZ_ARRAY && i < list->count; i++)
        check_alias(p, &list->items[i]);
    runs->aliases = p->target.runs.aliases;
}

/* Has the baseline, or what is to become one, known by the budgets; false after
   findings. */
static bool
govern(struct promotion *p)
{
    struct az_runs *runs = &p->target.runs;

    if (p->target.document == NULL) {
        az_runs_init(runs, p->gate->arena);
        runs->document = p->run->file.document;
        runs->aliases = p->run->file.runs.aliases;
    }
    return az_runs_govern(p->gate->sink, p->gate->budgets, runs);
}

/* Whether a finding about the value at POINTER would have been made. */
static bool
was_judged(const void *context, enum az_diag_id id,
           const struct az_document *document, const char *pointer)
{
    const struct promotion *p = context;

    (void)pointer;
    return id == AZ_DIAG_BASELINE_PROMOTE &&
           document == p->run->file.document && p->count > 0;
}

static struct az_node
row_of(struct az_arena *arena, const struct az_candidate *candidate)
{
    const struct az_run *run = candidate->run;
    struct az_builder row;

    az_builder_init(&row, arena);
    az_builder_set(&row, "commit", az_make_string(run->commit));
    az_builder_set(&row, "branch", az_make_string(run->branch));
    az_builder_set(&row, "profile", az_make_string(run->profile));
    az_builder_set(&row, "recorded_at", az_make_string(run->recorded_at));
    az_builder_set_count(&row, "values", run->count);
    az_builder_set(&row, "status",
                   az_make_string_c(az_candidate_status(candidate)));
    az_builder_set(&row, "digest", az_make_string(run->digest));
    return az_builder_object(&row);
}

/* What became of the candidates. */
static void
tell(struct promotion *p)
{
    struct az_counts *counts = &p->run->report.counts;
    struct az_builder rows;

    az_builder_init(&rows, p->gate->arena);
    for (size_t i = 0; i < p->count; i++) {
        const char *status = az_candidate_status(&p->candidates[i]);

        az_builder_add(&rows, row_of(p->gate->arena, &p->candidates[i]));
        if (strcmp(status, "present") == 0)
            counts->skip++;
        else if (strcmp(status, "refused") == 0)
            counts->fail++;
        else
            counts->pass++;
    }
    p->run->report.rows = az_builder_array(&rows);
    p->run->report.columns = columns;
}

/* What was accepted by waivers: what the baseline has, and what came now. */
static struct az_node
join_accepted(struct promotion *p)
{
    const struct az_node *old =
        p->target.document == NULL
            ? NULL
            : az_node_get(p->target.document->root, "accepted");
    struct az_builder list;

    az_builder_init(&list, p->gate->arena);
    for (uint32_t i = 0; old != NULL && i < old->count; i++)
        az_builder_add(&list, old->items[i]);
    for (size_t i = 0; i < p->count; i++)
        az_candidate_accept(&p->candidates[i], &list);
    return az_builder_array(&list);
}

/* The baseline with the runs that it does not have yet, and its anchors. */
static bool
compose(struct promotion *p, struct az_runs *ret, size_t *ret_anchors)
{
    struct az_arena *arena = p->gate->arena;
    struct az_node *runs = az_arena_array(arena, p->count + 1, sizeof *runs);
    struct az_baseline_content content = { .runs = runs };
    struct az_node accepted = join_accepted(p);
    struct az_node anchors;
    struct az_sink unheard; /* it was heard before */

    content.accepted = &accepted;
    if (p->target.document == NULL)
        content.aliases = az_node_get(p->run->file.document->root, "aliases");
    for (size_t i = 0; i < p->count; i++)
        if (!p->candidates[i].present)
            runs[content.count++] = *p->candidates[i].run->node;
    if (!az_baseline_file_compose(p->gate, &p->target, &content, ret))
        return false;
    az_sink_init(&unheard, arena);
    az_runs_govern(&unheard, p->gate->budgets, ret);
    anchors = az_anchors_improve(arena, p->gate->budgets, ret, ret_anchors);
    content.anchors = &anchors;
    return *ret_anchors == 0 ||
           az_baseline_file_compose(p->gate, &p->target, &content, ret);
}

static void
write_baseline(struct promotion *p)
{
    struct az_arena *arena = p->gate->arena;
    struct az_runs runs;
    size_t anchors = 0;

    if (!compose(p, &runs, &anchors) ||
        !az_baseline_file_write(p->gate, &p->target, &runs))
        return;
    p->run->report.closing = az_arena_printf(
        arena, "%s promoted to %s, which has %zu; %s set%s",
        az_str_counted(arena, p->new_count, "run"),
        az_str_quote(arena, az_str_from(p->target.name)), runs.count,
        az_str_counted(arena, anchors, "anchor"),
        az_grading_reason(p->gate->sink, &p->run->report.counts));
}

/* Where the baseline is; false after a finding. */
static bool
find_target(struct promotion *p)
{
    struct az_gate_run *gate = p->gate;
    const char *name = gate->chosen->baseline;

    if (name == NULL)
        name = az_gate_run_latest_baseline(gate);
    if (name == NULL) {
        az_diag_hint(gate->sink,
                     az_sink_add(gate->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                                 "no baseline given"),
                     "give '--baseline FILE', or baseline_latest in the "
                     "budgets");
        return false;
    }
    p->target.name = name;
    p->target.path = gate->given.baseline != NULL
                         ? name
                         : az_project_path(&gate->project, gate->arena, name);
    return true;
}

/* Whether the baseline is there if it has to be, and only then. */
static bool
check_presence(struct promotion *p)
{
    struct az_gate_run *gate = p->gate;
    const char *name = az_str_quote(gate->arena, az_str_from(p->target.name));

    if (p->run->file.document == p->target.document) {
        az_sink_add(gate->sink, AZ_DIAG_BASELINE_SAME, AZ_NOWHERE,
                    "%s is the baseline itself", name);
        return false;
    }
    if ((p->target.document == NULL) == p->run->chosen->init)
        return true;
    az_diag_hint(gate->sink,
                 az_sink_add(gate->sink, AZ_DIAG_BASELINE_MISSING, AZ_NOWHERE,
                             p->run->chosen->init ? "%s is there already"
                                                  : "there is no baseline %s",
                             name),
                 "%s",
                 p->run->chosen->init ? "leave out '--init'"
                                      : "begin it with '--init'");
    return false;
}

/* Reads the candidates, the baseline and what they are judged by. */
static bool
gather(struct promotion *p)
{
    struct az_gate_run *gate = p->gate;

    az_gate_run_add_budgets(gate);
    az_gate_run_add_references(gate);
    if (!find_target(p) || !az_baseline_file_read(gate, false, &p->run->file) ||
        !az_baseline_file_read(gate, true, &p->target) || !check_presence(p))
        return false;
    if (gate->project.document != NULL)
        az_set_add_project(&gate->set, &gate->project, true);
    az_gate_run_check(gate, &p->run->result);
    if (gate->budgets == NULL)
        az_diag_hint(gate->sink,
                     az_sink_add(gate->sink, AZ_DIAG_NOTHING_JUDGED, AZ_NOWHERE,
                                 "no budgets to judge by"),
                     "give '--budgets FILE', or gate.budgets in assize.yaml");
    return gate->budgets != NULL;
}

void
az_baseline_promote(void *context)
{
    struct az_baseline_run *run = context;
    struct promotion p = { .run = run, .gate = &run->gate };

    run->report.closing = "nothing was promoted";
    run->report.floor = AZ_NO_VERDICT;
    if (az_gate_run_configure(&run->gate, &run->result) && gather(&p) &&
        govern(&p)) {
        check_aliases(&p);
        judge(&p);
        az_grading_apply(&run->gate.grading, &run->gate.set, &run->report,
                         was_judged, &p);
        tell(&p);
        run->report.floor = AZ_PASS;
        if (az_verdict_of(run->gate.sink, &run->report.counts) <= AZ_WARN)
            write_baseline(&p);
    }
    az_baseline_file_close(&p.target);
}
