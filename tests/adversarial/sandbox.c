/* A folder to do harm in, and the program that is run there.
   SPDX-License-Identifier: MIT */

#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Statuses that assize does not end with: the test cannot go on, and a child
   could not become the program. */
enum { STATUS_GIVEN_UP = 99, STATUS_NOT_RUN = 98 };

/* That nftw may have open at once. */
enum { FOLDERS_OPEN = 16 };

/* 2026-03-01T12:00:00Z */
#define NOW "SOURCE_DATE_EPOCH=1772366400"

static const char project[] =
    "{\"documents\": [\"policies/*.json\"],\n"
    " \"gate\": {\"budgets\": \"policies/perf-budgets.json\",\n"
    "  \"corpus\": \"policies/benchmark-corpus.json\",\n"
    "  \"policy\": \"policies/optimization-policy.json\",\n"
    "  \"profile\": \"core-min\",\n"
    "  \"measurements\": [\"summary.json\"],\n"
    "  \"commit\": \"5e1f0c2a9d4b7836e0a1c5f29b84d7603f6a1e52\",\n"
    "  \"require_metric\": [\"M-PERF-01A\", \"M-PERF-01B\"]}}\n";

void
give_up(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fputs("adversarial: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(STATUS_GIVEN_UP);
}

const char *
sandbox_path(const struct sandbox *box, struct az_str file)
{
    return az_arena_printf(box->arena, "%s/%.*s", box->folder,
                           AZ_STR_ARG(file));
}

static struct az_str
read_path(struct az_arena *arena, const char *path)
{
    FILE *file = fopen(path, "r");
    struct az_buf buf;
    char piece[65536];
    size_t got;

    if (file == NULL)
        return (struct az_str){ NULL, 0 };
    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "");
    while ((got = fread(piece, 1, sizeof piece, file)) > 0)
        az_buf_add(&buf, (struct az_str){ piece, got });
    fclose(file);
    return az_buf_str(&buf);
}

struct az_str
sandbox_read(const struct sandbox *box, struct az_str file)
{
    return read_path(box->arena, sandbox_path(box, file));
}

static void
make_folders(char *path, size_t from)
{
    for (size_t i = from; path[i] != '\0'; i++) {
        if (path[i] != '/')
            continue;
        path[i] = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST)
            give_up("%s: %s", path, strerror(errno));
        path[i] = '/';
    }
}

void
sandbox_write(const struct sandbox *box, struct az_str file, struct az_str text)
{
    char *path = az_arena_strdup(box->arena, sandbox_path(box, file));
    FILE *out;

    make_folders(path, strlen(box->folder) + 1);
    out = fopen(path, "w");
    if (out == NULL || fwrite(text.p, 1, text.len, out) != text.len ||
        fclose(out) != 0)
        give_up("%s: %s", path, strerror(errno));
}

static void
copy_in(const struct sandbox *box, const char *from, const char *to)
{
    const char *source = getenv("TOP_SRCDIR");
    struct az_str text;

    text = read_path(box->arena,
                     az_arena_printf(box->arena, "%s/policies/%s",
                                     source != NULL ? source : ".", from));
    if (text.p == NULL)
        give_up("no policies/%s: set TOP_SRCDIR", from);
    sandbox_write(box, az_str_from(to), text);
}

void
sandbox_open(struct sandbox *box, const struct az_arena *like)
{
    struct az_arena *arena = az_arena_new_like(like);
    /* where there is such a folder, nothing waits for a disk */
    const char *memory =
        access("/dev/shm", W_OK | X_OK) == 0 ? "/dev/shm" : "/tmp";
    const char *parent = getenv("TMPDIR");
    char *folder = az_arena_printf(arena, "%s/assize-adversarial.XXXXXX",
                                   parent != NULL ? parent : memory);

    if (mkdtemp(folder) == NULL)
        give_up("%s: %s", folder, strerror(errno));
    *box = (struct sandbox){ .arena = arena, .folder = folder };
    box->output = az_arena_printf(arena, "%s.out", folder);
    copy_in(box, "perf-budgets.json", "policies/perf-budgets.json");
    copy_in(box, "benchmark-corpus.json", "policies/benchmark-corpus.json");
    copy_in(box, "optimization-policy.json",
            "policies/optimization-policy.json");
    copy_in(box, "measurements/pass.json", "summary.json");
    sandbox_write(box, AZ_STR("assize.yaml"), az_str_from(project));
    sandbox_add_word(box, "gate");
    box->environment[box->environment_count++] = NOW;
}

static int
remove_one(const char *path, const struct stat *status, int type,
           struct FTW *walk)
{
    (void)status;
    (void)type;
    (void)walk;
    return remove(path);
}

void
sandbox_remove(struct sandbox *box)
{
    nftw(box->folder, remove_one, FOLDERS_OPEN, FTW_DEPTH | FTW_PHYS);
    unlink(box->output);
    az_arena_free(box->arena);
}

void
sandbox_add_word(struct sandbox *box, const char *word)
{
    if (box->word_count == MAX_WORDS)
        give_up("more than %d words on a command line", MAX_WORDS);
    box->words[box->word_count++] = word;
}

/* In the child: standard output and standard error as they are to be. */
static void
set_streams(const struct sandbox *box)
{
    int out = open(box->output, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0666);
    int in = open("/dev/null", O_RDONLY);
    int full;

    if (out < 0 || in < 0 || dup2(in, STDIN_FILENO) < 0 ||
        dup2(out, STDERR_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0)
        _exit(STATUS_NOT_RUN);
    if (box->stdout_to == STREAM_CLOSED)
        close(STDOUT_FILENO);
    if (box->stdout_to != STREAM_FULL)
        return;
    full = open("/dev/full", O_WRONLY);
    if (full < 0 || dup2(full, STDOUT_FILENO) < 0)
        _exit(STATUS_NOT_RUN);
}

static void
run_child(const struct sandbox *box, const char *program,
          const char *const *argv)
{
    if (chdir(box->folder) != 0)
        _exit(STATUS_NOT_RUN);
    for (size_t i = 0; i < box->environment_count; i++)
        if (putenv(az_arena_strdup(box->arena, box->environment[i])) != 0)
            _exit(STATUS_NOT_RUN);
    set_streams(box);
    execvp(program, (char *const *)(uintptr_t)argv);
    _exit(STATUS_NOT_RUN);
}

int
sandbox_run(const struct sandbox *box, const char *program, struct az_str *ret)
{
    const char *argv[1 + MAX_WORDS + 1];
    size_t count = 0;
    int status;
    pid_t child;

    argv[count++] = program;
    for (size_t i = 0; i < box->word_count; i++)
        argv[count++] = box->words[i];
    argv[count] = NULL;
    child = fork();
    if (child == 0)
        run_child(box, program, argv);
    if (child < 0 || waitpid(child, &status, 0) != child)
        give_up("cannot run %s: %s", program, strerror(errno));
    *ret = read_path(box->arena, box->output);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

size_t
find_text(struct az_str text, struct az_str what)
{
    for (size_t i = 0; i + what.len <= text.len; i++)
        if (memcmp(text.p + i, what.p, what.len) == 0)
            return i;
    return text.len;
}
