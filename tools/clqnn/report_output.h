/* SPDX-License-Identifier: Apache-2.0 */
/* Where a subcommand writes: text for people, JSON where asked, a progress line on a terminal; and the context that most subcommands need. */
#ifndef CLQ_REPORT_OUTPUT_H
#define CLQ_REPORT_OUTPUT_H

#include <cjson/cJSON.h>
#include <stdio.h>

#include "clqnn/context.h"
#include "command_line.h"

typedef struct clq_output {
    FILE *text;         /* stdout, or stderr when the JSON goes to stdout */
    const char *json_path;
    cJSON *json;        /* an array that subcommands append to; NULL when no JSON was asked for */
    bool quiet, progress, colour;
    bool progress_shown;
} clq_output;

clq_output clq_output_open(const clq_globals *globals);

/* Writes the JSON. Returns `status`, or CLQ_EXIT_FAILED after a message if the file could not be written. */
int clq_output_close(clq_output *output, int status);

/* Appends a new object to the JSON array; NULL when no JSON was asked for (cJSON's functions take NULL). */
cJSON *clq_output_object(clq_output *output);

/* A line for people that --quiet leaves out, and one that it does not. */
__attribute__((format(printf, 2, 3))) void clq_print(clq_output *output, const char *format, ...);
__attribute__((format(printf, 2, 3))) void clq_print_always(clq_output *output, const char *format, ...);

/* Replaces the progress line on a terminal's stderr; the next print removes it. */
__attribute__((format(printf, 2, 3))) void clq_progress(clq_output *output, const char *format, ...);

/* A word in green, red or yellow where colours are on. Returns a string that is valid until the third next call. */
const char *clq_coloured(const clq_output *output, const char *word, char colour);

/* The context of --device. NULL after a message on stderr; *status is then the exit status. */
clqnn_context *clq_open_context(const clq_globals *globals, int *status);

/* `N passed, N failed, N skipped`, as the last line of text and as JSON; returns the exit status. */
int clq_closing_line(clq_output *output, size_t passed, size_t failed, size_t skipped);

#endif
