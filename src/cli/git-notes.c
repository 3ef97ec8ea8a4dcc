/* Notes that git keeps on commits.
   SPDX-License-Identifier: MIT */

#include "cli/git-notes.h"

#include <string.h>

#include "cli/git.h"
#include "core/arena.h"
#include "core/ascii.h"
#include "core/limits.h"

/* How git is run: with all objects as they are, and nothing else run. */
#define GIT                                                                    \
    "git", "--no-replace-objects", "-c", "core.hooksPath=/dev/null", "-c",     \
        "core.fsmonitor=false", "-c", "protocol.allow=never", "-c",            \
        "gc.auto=0", "-c", "core.fsync=all"

#define PREFIX "refs/notes/"
/* Bytes of a ref's name. */
#define MAX_REF 255
/* Hexadecimal digits of a whole name, by git's two hashes. */
#define SHA1_DIGITS   40
#define SHA256_DIGITS 64
/* What stands before a name in a tree's list: "100644 blob ". */
#define NOTE_MODE "100644 blob "

static bool
is_name_letter(char c)
{
    return az_is_alnum(c) || c == '_' || c == '-' || c == '.';
}

bool
az_git_notes_is_ref(const char *name)
{
    struct az_str rest = az_str_from(name);
    char before = '/';
    size_t i;

    if (!az_str_starts_with(rest, AZ_STR(PREFIX)) || rest.len > MAX_REF)
        return false;
    /* as git-check-ref-format(1) has it, and stricter */
    for (i = sizeof(PREFIX) - 1; i < rest.len; i++) {
        char c = rest.p[i];

        if (before == '/' ? !az_is_alnum(c)
                          : !is_name_letter(c) && (c != '/' || before == '.'))
            return false;
        if (c == '.' && before == '.')
            return false;
        before = c;
    }
    return before != '/' && before != '.' &&
           !az_str_ends_with(rest, AZ_STR(".lock"));
}

bool
az_git_is_whole_name(struct az_str name)
{
    size_t i;

    for (i = 0; i < name.len; i++)
        if (!az_is_digit(name.p[i]) && (name.p[i] < 'a' || name.p[i] > 'f'))
            return false;
    return name.len == SHA1_DIGITS || name.len == SHA256_DIGITS;
}

/* The commit that REF is at; false if git does not tell. */
static bool
find_tip(struct az_git_notes *notes)
{
    const char *const arguments[] = {
        GIT,  "for-each-ref", "--format=%(objecttype) %(objectname) %(refname)",
        "--", notes->ref,     NULL
    };
    struct az_str rest, line, name;

    notes->tip = NULL;
    if (!az_git_run(notes->arena, arguments, AZ_MAX_PATTERN_SIZE, &rest))
        return false;
    while (az_str_take_line(&rest, &line)) {
        const char *space;

        if (!az_str_starts_with(line, AZ_STR("commit ")))
            return false;
        line.p += sizeof("commit ") - 1;
        line.len -= sizeof("commit ") - 1;
        space = memchr(line.p, ' ', line.len);
        name.p = line.p;
        name.len = space == NULL ? 0 : (size_t)(space - line.p);
        if (!az_git_is_whole_name(name) ||
            !az_str_eq_c((struct az_str){ space + 1, line.len - name.len - 1 },
                         notes->ref))
            return false;
        notes->tip = az_arena_str(notes->arena, name).p;
    }
    return true;
}

/* Takes the object's name and the commit's from ENTRY of a tree's list, "MODE
   TYPE OBJECT\tPATH", in which slashes part the commit's name; false if it is
   no note. */
static bool
take_entry(struct az_git_notes *notes, struct az_str entry,
           struct az_str *ret_object, struct az_str *ret_commit)
{
    const char *tab = memchr(entry.p, '\t', entry.len), *p;
    struct az_buf commit;

    if (tab == NULL || !az_str_starts_with(entry, AZ_STR(NOTE_MODE)))
        return false;
    ret_object->p = entry.p + sizeof(NOTE_MODE) - 1;
    ret_object->len = (size_t)(tab - ret_object->p);
    az_buf_init(&commit, notes->arena);
    for (p = tab + 1; p < entry.p + entry.len; p++)
        if (*p != '/')
            az_buf_add_char(&commit, *p);
    *ret_commit = az_buf_str(&commit);
    return az_git_is_whole_name(*ret_object) &&
           az_git_is_whole_name(*ret_commit);
}

/* Adds the text of the note that ENTRY lists; NULL, or what is wrong. */
static const char *
add_note(struct az_git_notes *notes, const struct az_git_server *server,
         struct az_str entry, size_t *size)
{
    struct az_str object, commit, *text = AZ_NEW(notes->arena, struct az_str);
    size_t limit = az_arena_limits(notes->arena)->file_size;
    bool is_new;

    if (!take_entry(notes, entry, &object, &commit))
        return "it has something that is no note on a commit";
    if (!az_git_blob(server, notes->arena, object, text))
        return "git does not give its content";
    *size += text->len;
    if (*size > limit)
        return az_arena_printf(notes->arena,
                               "it has more than %zu bytes, the limit", limit);
    az_map_put(&notes->texts, commit, &is_new)->value = text;
    return is_new ? NULL : "it has two notes on one commit";
}

static const char *
read_notes(struct az_git_notes *notes)
{
    static const char *const serve[] = { GIT, "cat-file", "--batch", NULL };
    const char *const list[] = { GIT,           "ls-tree",  "-r", "-z",
                                 "--full-tree", notes->tip, NULL };
    size_t limit = az_arena_limits(notes->arena)->file_size, size = 0;
    struct az_git_server server;
    const char *end, *why = NULL;
    struct az_str rest;

    if (!az_git_run(notes->arena, list, limit, &rest) ||
        !az_git_serve(notes->arena, serve, &server))
        return "git does not list it";
    while (why == NULL && rest.len > 0) {
        end = memchr(rest.p, '\0', rest.len);
        if (end == NULL)
            return "git does not list it";
        why =
            add_note(notes, &server,
                     (struct az_str){ rest.p, (size_t)(end - rest.p) }, &size);
        rest.len -= (size_t)(end + 1 - rest.p);
        rest.p = end + 1;
    }
    return why;
}

const char *
az_git_notes_read(struct az_arena *arena, const char *ref,
                  struct az_git_notes *ret)
{
    *ret = (struct az_git_notes){ .arena = arena, .ref = ref };
    az_map_init(&ret->texts, arena);
    if (!find_tip(ret))
        return "git does not tell where it is";
    return ret->tip == NULL ? NULL : read_notes(ret);
}

bool
az_git_notes_is_commit(const struct az_git_notes *notes, struct az_str name)
{
    const char *commit =
        az_arena_printf(notes->arena, "%.*s^{commit}", AZ_STR_ARG(name));
    const char *const arguments[] = { GIT,       "rev-parse",        "--verify",
                                      "--quiet", "--end-of-options", commit,
                                      NULL };
    const char *answer;

    if (!az_git_is_whole_name(name))
        return false;
    answer = az_git_ask(notes->arena, arguments);
    return answer != NULL && az_str_eq_c(name, answer);
}

bool
az_git_notes_were_at(const struct az_git_notes *notes, const char *commit)
{
    const char *const arguments[] = { GIT,    "merge-base", "--is-ancestor",
                                      commit, notes->tip,   NULL };
    struct az_str answer;

    return notes->tip != NULL && az_git_is_whole_name(az_str_from(commit)) &&
           az_git_run(notes->arena, arguments, 0, &answer);
}

bool
az_git_notes_write(struct az_git_notes *notes, struct az_str commit,
                   struct az_str text, int64_t seconds)
{
    static const char *const arguments[] = { GIT, "fast-import", "--quiet",
                                             "--done", NULL };
    static const char message[] = "Add a record of the gate\n";
    struct az_buf stream;
    struct az_str answer;

    az_buf_init(&stream, notes->arena);
    az_buf_addf(&stream, "commit %s\ncommitter assize <assize@localhost> ",
                notes->ref);
    az_buf_add_int(&stream, seconds);
    az_buf_addf(&stream, " +0000\ndata %zu\n%s", sizeof(message) - 1, message);
    if (notes->tip != NULL)
        az_buf_addf(&stream, "from %s\n", notes->tip);
    az_buf_addf(&stream, "N inline %.*s\ndata %zu\n", AZ_STR_ARG(commit),
                text.len);
    az_buf_add(&stream, text);
    az_buf_add_c(&stream, "\ndone\n");
    return az_git_feed(notes->arena, arguments, az_buf_str(&stream),
                       AZ_MAX_PATTERN_SIZE, &answer) &&
           find_tip(notes);
}

const char *
az_git_notes_path(struct az_arena *arena, const char *name)
{
    static const char *const arguments[] = { GIT, "rev-parse",
                                             "--git-common-dir", NULL };
    const char *folder = az_git_ask(arena, arguments);

    return folder == NULL ? NULL
                          : az_arena_printf(arena, "%s/%s", folder, name);
}
