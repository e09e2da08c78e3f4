/* SPDX-License-Identifier: Apache-2.0 */
#include "report_output.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "subcommand.h"

clq_output clq_output_open(const clq_globals *globals)
{
    const char *const no_colour = getenv("NO_COLOR"), *const terminal = getenv("TERM");
    const bool json_on_stdout = globals->json != NULL && strcmp(globals->json, "-") == 0;
    FILE *const text = json_on_stdout ? stderr : stdout;
    return (clq_output){ .text = text, .json_path = globals->json, .json = globals->json ? cJSON_CreateArray() : NULL, .quiet = globals->quiet,
                         .progress = !globals->no_progress && !globals->quiet && isatty(STDERR_FILENO),
                         .colour = (no_colour == NULL || no_colour[0] == '\0') && isatty(fileno(text)) && !(terminal && strcmp(terminal, "dumb") == 0) };
}

static bool write_json(const clq_output *output)
{
    char *const text = cJSON_Print(output->json);
    const bool to_stdout = strcmp(output->json_path, "-") == 0;
    FILE *const file = text == NULL ? NULL : to_stdout ? stdout : fopen(output->json_path, "w");
    bool written = file != NULL && fprintf(file, "%s\n", text) > 0 && fflush(file) == 0;
    if (file != NULL && !to_stdout) written = fclose(file) == 0 && written;
    cJSON_free(text);
    return written;
}

static void clear_progress(clq_output *output)
{
    if (output->progress_shown) fprintf(stderr, "\r\033[K");
    output->progress_shown = false;
}

int clq_output_close(clq_output *output, int status)
{
    clear_progress(output);
    fflush(output->text);
    if (output->json == NULL) return status;
    const bool written = write_json(output);
    cJSON_Delete(output->json);
    output->json = NULL;
    if (written) return status;
    fprintf(stderr, "clqnn: cannot write the JSON file \"%s\"\n", output->json_path);
    return CLQ_EXIT_FAILED;
}

cJSON *clq_output_object(clq_output *output)
{
    if (output->json == NULL) return NULL;
    cJSON *const object = cJSON_CreateObject();
    cJSON_AddItemToArray(output->json, object);
    return object;
}

void clq_print(clq_output *output, const char *format, ...)
{
    if (output->quiet) return;
    clear_progress(output);
    va_list arguments;
    va_start(arguments, format);
    vfprintf(output->text, format, arguments);
    va_end(arguments);
}

void clq_print_always(clq_output *output, const char *format, ...)
{
    clear_progress(output);
    va_list arguments;
    va_start(arguments, format);
    vfprintf(output->text, format, arguments);
    va_end(arguments);
}

void clq_progress(clq_output *output, const char *format, ...)
{
    if (!output->progress) return;
    fflush(output->text);
    clear_progress(output);
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fflush(stderr);
    output->progress_shown = true;
}

const char *clq_coloured(const clq_output *output, const char *word, char colour)
{
    static char texts[3][64];
    static int next;
    char *const text = texts[next++ % 3];
    if (!output->colour) return word;
    snprintf(text, sizeof texts[0], "\033[%dm%s\033[0m", colour == 'g' ? 32 : colour == 'r' ? 31 : 33, word);
    return text;
}

clqnn_context *clq_open_context(const clq_globals *globals, int *status)
{
    clqnn_context *context = NULL;
    const clqnn_context_desc desc = { .struct_size = sizeof desc, .device = globals->device };
    const clqnn_status result = clqnn_context_create(&desc, &context);
    *status = result == CLQNN_OK ? CLQ_EXIT_HELD : result == CLQNN_NO_DEVICE ? CLQ_EXIT_NO_DEVICE : CLQ_EXIT_FAILED;
    if (result != CLQNN_OK) fprintf(stderr, "clqnn: %s: %s\n", clqnn_status_name(result), clqnn_last_error());
    return context;
}

int clq_closing_line(clq_output *output, size_t passed, size_t failed, size_t skipped)
{
    clq_print_always(output, "%zu passed, %zu failed, %zu skipped\n", passed, failed, skipped);
    return failed > 0 ? CLQ_EXIT_FAILED : CLQ_EXIT_HELD;
}
