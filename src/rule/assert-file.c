/* Assertions about files that a document names: file.
   SPDX-License-Identifier: MIT

   A file is looked for in the folder that the rule states and nowhere else:
   its name may not lead out of it, by itself or by a link.  What keeps a file
   from being looked at is no answer, so that a negation makes no pass of it. */

#include <string.h>

#include "core/arena.h"
#include "core/path.h"
#include "core/artifact.h"
#include "core/file.h"
#include "regex/regex.h"
#include "rule/bounds.h"
#include "rule/parse.h"
#include "rule/trial.h"

struct file {
    bool from_project;            /* or from the document's folder */
    const struct path *path;      /* of the name; NULL: the subject */
    const struct operand *sha256; /* or NULL */
    const struct bounds *size;
    const struct bounds *gzip_size;
    struct az_regex *pattern; /* that has a match in its text, or NULL */
};

/* The bounds under KEY; false after a mistake. */
static bool
parse_size(struct parser *parser, const struct az_node *node, const char *key,
           const struct bounds **ret)
{
    static const char *const names[] = { BOUND_NAMES, NULL };
    const struct az_node *size = az_node_get(node, key);
    const char *what = az_arena_printf(parser->arena, "'%s'", key);
    struct bounds *bounds = AZ_NEW(parser->arena, struct bounds);

    if (size == NULL)
        return true;
    *ret = bounds;
    return az_rule_want(parser, size, AZ_OBJECT, what) &&
           az_rule_check_keys(parser, size, names, what) &&
           az_rule_parse_bounds(parser, size, what, bounds);
}

static bool
parse_from(struct parser *parser, const struct az_node *node, struct file *file)
{
    static const char *const folders[] = { "document", "project", NULL };
    const struct az_node *from = az_node_get(node, "from");
    int chosen;

    if (from == NULL) {
        az_rule_mistake(parser, node,
                        "'file' has no 'from': 'document' or 'project'");
        return false;
    }
    chosen = az_rule_choose(parser, from, folders, "folder");
    file->from_project = chosen == 1;
    return chosen >= 0;
}

static const void *
parse_file(struct parser *parser, const struct az_node *object,
           const struct az_member *member)
{
    static const char *const names[] = { "from", "path",      "sha256",
                                         "size", "gzip_size", "pattern",
                                         NULL };
    const struct az_node *node = &member->value, *name, *sha256, *pattern;
    struct file *file = AZ_NEW(parser->arena, struct file);
    struct path *path = AZ_NEW(parser->arena, struct path);
    bool good;

    (void)object;
    if (!az_rule_want(parser, node, AZ_OBJECT, "'file'") ||
        !az_rule_check_keys(parser, node, names, "'file'"))
        return NULL;
    good = parse_from(parser, node, file);
    name = az_node_get(node, "path");
    if (name != NULL)
        good &= az_rule_parse_path(parser, name, path);
    file->path = name == NULL ? NULL : path;
    sha256 = az_node_get(node, "sha256");
    if (sha256 != NULL) {
        file->sha256 = az_rule_parse_operand(parser, sha256, false);
        good &= file->sha256 != NULL;
    }
    pattern = az_node_get(node, "pattern");
    if (pattern != NULL) {
        file->pattern = az_rule_parse_regex(parser, pattern);
        good &= file->pattern != NULL;
    }
    good &= parse_size(parser, node, "size", &file->size);
    good &= parse_size(parser, node, "gzip_size", &file->gzip_size);
    return good ? file : NULL;
}

/* The path of the file that NAME, a string, names in *RET_FOLDER. */
static enum outcome
take_path(struct trial *trial, const struct file *file,
          const struct subject *name, const char **ret_folder, const char **ret)
{
    const char *complaint;
    struct failure failure;
    struct az_str text;

    if (!az_rule_string_text(&name->item, &text))
        return az_rule_fail_type(trial, name, "string");
    complaint = az_path_complaint(text);
    if (complaint != NULL) {
        az_rule_failure(&failure, name);
        /* nobody looked: "not" must not take it for a file that is gone */
        if (trial->quiet > 0)
            failure.outcome = VOID;
        return az_rule_fail(trial, &failure, "the path %s %s",
                            az_node_quote(trial->arena, name->item.node),
                            complaint);
    }
    *ret_folder = az_rule_folder(trial, file->from_project);
    if (*ret_folder == NULL)
        return az_rule_fail_void(
            trial, name,
            file->from_project ? "the folder of the project is not known"
                               : "the folder of standard input is not known");
    *ret =
        az_arena_printf(trial->arena, "%s/%.*s", *ret_folder, AZ_STR_ARG(text));
    return HOLDS;
}

/* The file of the program that NAME, of the project, means; NULL if none. */
static const struct az_embedded *
find_embedded(const struct trial *trial, const struct file *file,
              const struct subject *name)
{
    const struct az_embedded *entry = trial->judge->world.embedded;
    struct az_str text = az_node_text(name->item.node);

    if (entry == NULL || !file->from_project)
        return NULL;
    while (entry->name != NULL && !az_str_eq_c(text, entry->name))
        entry++;
    return entry->name == NULL ? NULL : entry;
}

static const char *
measure_embedded(struct trial *trial, const struct file *file,
                 const struct az_embedded *embedded, struct az_artifact *ret)
{
    const struct az_artifact_wants wants = { file->sha256 != NULL,
                                             file->gzip_size != NULL };

    return az_artifact_measure_text(
        trial->arena,
        (struct az_str){ (const char *)embedded->data, embedded->size }, wants,
        ret);
}

/* What is known of the file PATH in FOLDER: each is measured once. */
static const char *
measure(struct trial *trial, const struct file *file, const char *folder,
        const char *path, struct az_artifact *ret)
{
    struct az_artifact_wants wants = { file->sha256 != NULL,
                                       file->gzip_size != NULL };
    struct az_judge *judge = trial->judge;
    struct az_str key = az_file_identity(trial->arena, path);
    const struct az_artifact *known = az_map_get(&judge->artifacts, key);
    struct az_artifact *kept;
    const char *why;

    if (known != NULL && az_file_is_read_inside(trial->arena, folder, path)) {
        wants.sha256 |= known->has.sha256;
        wants.gzip_size |= known->has.gzip_size;
        *ret = *known;
        if (wants.sha256 == known->has.sha256 &&
            wants.gzip_size == known->has.gzip_size)
            return NULL;
    }
    if (known == NULL && judge->world.note_input != NULL)
        judge->world.note_input(judge->world.noting, path);
    why = az_artifact_measure(trial->arena, folder, path, wants, ret);
    if (why != NULL)
        return why;
    kept = AZ_NEW(judge->arena, struct az_artifact);
    *kept = *ret;
    az_map_put(&judge->artifacts, az_arena_str(judge->arena, key), NULL)
        ->value = kept;
    return NULL;
}

static enum outcome
fail_file(struct trial *trial, const struct subject *name,
          const struct az_artifact *artifact, const char *why)
{
    struct failure failure;

    if (!artifact->absent)
        return az_rule_fail_void(
            trial, name,
            az_arena_printf(trial->arena, "file %s cannot be looked at: %s",
                            az_node_quote(trial->arena, name->item.node), why));
    az_rule_failure(&failure, name);
    return az_rule_fail(trial, &failure, "there is no file %s",
                        az_node_quote(trial->arena, name->item.node));
}

/* Whether TEXT is 64 hexadecimal digits, which *RET gets in small letters. */
static bool
read_digest(struct az_str text, char ret[static AZ_SHA256_SIZE])
{
    size_t i;

    if (text.len != AZ_SHA256_SIZE - 1)
        return false;
    for (i = 0; i < text.len; i++) {
        char c = text.p[i];

        ret[i] = c >= 'A' && c <= 'F' ? (char)(c - 'A' + 'a') : c;
        if (!(ret[i] >= '0' && ret[i] <= '9') &&
            !(ret[i] >= 'a' && ret[i] <= 'f'))
            return false;
    }
    ret[i] = '\0';
    return true;
}

static enum outcome
judge_sha256(struct trial *trial, const struct operand *operand,
             const struct subject *subject, const struct subject *name,
             const struct az_artifact *artifact)
{
    char wanted[AZ_SHA256_SIZE];
    struct failure failure;
    struct subject other;
    enum outcome outcome;
    struct az_str text;

    outcome = az_rule_operand_value(trial, operand, subject, &other);
    if (outcome != HOLDS)
        return outcome;
    if (!az_rule_string_text(&other.item, &text) || !read_digest(text, wanted))
        return az_rule_fail_void(
            trial, name,
            az_arena_printf(trial->arena, "%s is no SHA-256, 64 digits",
                            az_node_quote(trial->arena, other.item.node)));
    if (strcmp(wanted, artifact->sha256) == 0)
        return HOLDS;
    az_rule_failure(&failure, name);
    failure.expected = az_arena_strdup(trial->arena, wanted);
    if (other.document != NULL)
        az_rule_relate(&failure, other.document, other.item.node,
                       "the digest expected");
    return az_rule_fail(trial, &failure, "the SHA-256 of file %s is %s, not %s",
                        az_node_quote(trial->arena, name->item.node),
                        artifact->sha256, wanted);
}

static enum outcome
judge_size(struct trial *trial, const struct bounds *bounds,
           const struct subject *subject, const struct subject *name,
           uint64_t size, const char *how)
{
    struct measured number = { .at = name };

    number.value = az_decimal_from_int(trial->arena, (int64_t)size);
    number.count = (size_t)size;
    number.said = az_arena_printf(trial->arena, "file %s has %ju bytes%s",
                                  az_node_quote(trial->arena, name->item.node),
                                  (uintmax_t)size, how);
    return az_rule_judge_bounds(trial, bounds, subject, &number);
}

/* The text of the file that NAME names. */
static enum outcome
take_text(struct trial *trial, const struct subject *name,
          const struct az_embedded *embedded, const char *path,
          struct az_str *ret)
{
    const struct az_source *source;
    struct az_sink sink;

    if (embedded != NULL) {
        *ret = (struct az_str){ (const char *)embedded->data, embedded->size };
        return HOLDS;
    }
    az_sink_init(&sink, trial->arena);
    source = az_file_read(trial->arena, &sink, path);
    if (source == NULL)
        return az_rule_fail_void(trial, name, sink.diags[0]->message);
    *ret = source->text;
    az_rule_spend(trial, ret->len / BYTES_PER_STEP);
    return HOLDS;
}

static enum outcome
judge_text(struct trial *trial, struct az_regex *regex,
           const struct subject *name, struct az_str text)
{
    enum az_regex_result result = az_rule_match(trial, regex, text);
    const char *pattern = az_str_quote(trial->arena, az_regex_pattern(regex));
    const char *file = az_node_quote(trial->arena, name->item.node);
    struct failure failure;

    if (result == AZ_REGEX_MATCH)
        return HOLDS;
    az_rule_failure(&failure, name);
    failure.expected = pattern;
    if (result == AZ_REGEX_NO_MATCH)
        return az_rule_fail(trial, &failure,
                            "file %s has no match of the pattern %s", file,
                            pattern);
    failure.outcome = UNSURE;
    return az_rule_fail(trial, &failure,
                        az_regex_too_long(text)
                            ? "file %s is too long to match pattern %s with"
                            : "matching file %s with pattern %s took more "
                              "steps than the limit",
                        file, pattern);
}

static enum outcome
judge_file(struct trial *trial, const struct assertion *assertion,
           const struct subject *subject)
{
    const struct file *file = assertion->data;
    const char *folder, *path = NULL, *why;
    const struct az_embedded *embedded;
    struct subject name = *subject;
    struct az_artifact artifact;
    enum outcome outcome = HOLDS, said;
    struct az_str text;

    az_rule_spend(trial, STEPS_PER_FILE);
    if (file->path != NULL)
        outcome =
            az_rule_take_one(trial, file->path, subject, "names a file", &name);
    if (outcome == HOLDS)
        outcome = take_path(trial, file, &name, &folder, &path);
    if (outcome != HOLDS)
        return outcome;
    embedded = find_embedded(trial, file, &name);
    why = embedded != NULL ? measure_embedded(trial, file, embedded, &artifact)
                           : measure(trial, file, folder, path, &artifact);
    if (why != NULL)
        return fail_file(trial, &name, &artifact, why);
    if (file->sha256 != NULL)
        outcome = judge_sha256(trial, file->sha256, subject, &name, &artifact);
    if (file->size != NULL)
        outcome = az_rule_both(outcome, judge_size(trial, file->size, subject,
                                                   &name, artifact.size, ""));
    if (file->gzip_size != NULL)
        outcome = az_rule_both(
            outcome, judge_size(trial, file->gzip_size, subject, &name,
                                artifact.gzip_size, " as gzip"));
    if (file->pattern == NULL)
        return outcome;
    said = take_text(trial, &name, embedded, path, &text);
    if (said == HOLDS)
        said = judge_text(trial, file->pattern, &name, text);
    return az_rule_both(outcome, said);
}

const struct assertion_type az_rule_file_assertions[] = {
    { "file", parse_file, judge_file, false },
    { NULL, NULL, NULL, false },
};
