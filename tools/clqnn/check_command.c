/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn check: replays case files. */
#include <stdio.h>
#include <string.h>

#include "operator.h"
#include "report_output.h"
#include "subcommand.h"

static void json_case(clq_output *output, const char *path, const char *word, const char *message)
{
    cJSON *const object = clq_output_object(output);
    if (object == NULL) return;
    cJSON_AddStringToObject(object, "file", path);
    cJSON_AddStringToObject(object, "result", word);
    cJSON_AddStringToObject(object, "message", message);
}

/* Messages about a file begin with its path, which begins the line already. */
static void strip_path(char *message, const char *path)
{
    const size_t length = strlen(path);
    if (strncmp(message, path, length) == 0 && strncmp(message + length, ": ", 2) == 0) memmove(message, message + length + 2, strlen(message + length + 2) + 1);
}

static int check(clq_output *output, clqnn_context *context, char *const *paths, size_t count)
{
    size_t results[4] = { 0 };
    static const char *const words[] = { "ok", "FAIL", "skip", "FAIL" };
    for (size_t i = 0; i < count; i++) {
        char message[1024];
        const clq_case_verdict verdict = clq_check_case(context, paths[i], message, sizeof message);
        strip_path(message, paths[i]);
        const char *const word = clq_coloured(output, words[verdict], "gryr"[verdict]);
        results[verdict]++;
        if (verdict == CLQ_CASE_DIFFERS || verdict == CLQ_CASE_BAD) {
            clq_print_always(output, "%s: %s %s\n", paths[i], word, message);
        } else {
            clq_print(output, "%s: %s%s%s\n", paths[i], word, message[0] ? " " : "", message);
        }
        json_case(output, paths[i], words[verdict], message);
        clq_progress(output, "%zu of %zu files", i + 1, count);
    }
    return clq_closing_line(output, results[CLQ_CASE_SAME], results[CLQ_CASE_DIFFERS] + results[CLQ_CASE_BAD], results[CLQ_CASE_SKIPPED]);
}

static int run(clq_globals *globals, int argc, char **argv)
{
    clq_command_line line = { .globals = globals };
    int status = CLQ_EXIT_HELD;
    if (!clq_subcommand_parse(&clq_check_command, &line, argc, argv, &status)) return status;
    if (line.positional_count == 0) return clq_bad_usage("check", "no case file is named");
    clqnn_context *const context = clq_open_context(globals, &status);
    if (context == NULL) return status;
    clq_output output = clq_output_open(globals);
    status = check(&output, context, line.positionals, line.positional_count);
    clqnn_context_release(context);
    return clq_output_close(&output, status);
}

const clq_subcommand clq_check_command = { "check", "check [OPTIONS] FILE...", "replays case files: one call and its expected result each", run };
