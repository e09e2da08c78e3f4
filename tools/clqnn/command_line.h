/* SPDX-License-Identifier: Apache-2.0 */
/* Options of the command: tables of names and targets, parsed in any order, as "--name value" or "--name=value". */
#ifndef CLQ_COMMAND_LINE_H
#define CLQ_COMMAND_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum clq_option_kind {
    CLQ_OPTION_FLAG,    /* target: bool, set to true */
    CLQ_OPTION_TEXT,    /* target: const char * */
    CLQ_OPTION_COUNT,   /* target: uint64_t; decimal or 0x.. */
    CLQ_OPTION_SECONDS  /* target: double > 0 */
} clq_option_kind;

typedef struct clq_option {
    const char *name;     /* "--seed" */
    clq_option_kind kind;
    void *target;
    const char *argument; /* how the help names the value; NULL for flags */
    const char *help;
} clq_option;

/* What every subcommand takes. */
typedef struct clq_globals {
    const char *device; /* NULL: the library's default */
    const char *json;   /* NULL: none; "-": stdout, and the text then goes to stderr */
    bool quiet, no_progress, help, version;
} clq_globals;

typedef struct clq_command_line {
    const char *command;         /* subcommand, for messages; NULL before it is known */
    clq_globals *globals;
    const clq_option *options;   /* of the subcommand */
    size_t option_count;
    char **positionals;          /* filled: the front of argv, whose words are moved */
    size_t positional_count;
} clq_command_line;

/* Parses argv[0 .. argc). With `stop_at_positional` parsing ends there; returns the index of what was not consumed (argc when all was), or -1 after a
 * message on stderr that names the word. */
int clq_command_line_parse(clq_command_line *line, int argc, char **argv, bool stop_at_positional);

/* Prints usage, the subcommand's options and the global ones to stdout. */
void clq_command_line_help(const clq_command_line *line, const char *usage, const char *summary);

/* "clqnn verify: unknown variant "x"" on stderr; returns the exit status for bad usage. */
__attribute__((format(printf, 2, 3))) int clq_bad_usage(const char *command, const char *format, ...);

#endif
