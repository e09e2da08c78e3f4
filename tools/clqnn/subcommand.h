/* SPDX-License-Identifier: Apache-2.0 */
/* The subcommands: one file each, named NAME_command.c. */
#ifndef CLQ_SUBCOMMAND_H
#define CLQ_SUBCOMMAND_H

#include "command_line.h"

/* Exit statuses, as documented in docs/cli.md. */
enum { CLQ_EXIT_HELD = 0, CLQ_EXIT_FAILED = 1, CLQ_EXIT_USAGE = 2, CLQ_EXIT_NO_DEVICE = 3 };

typedef struct clq_subcommand {
    const char *name, *usage, *summary;
    int (*run)(clq_globals *globals, int argc, char **argv); /* argv behind the subcommand's name */
} clq_subcommand;

extern const clq_subcommand clq_devices_command, clq_list_command, clq_explain_command, clq_verify_command, clq_check_command, clq_bench_command, clq_quantize_command;

/* Parses a subcommand's words. true: go on. false: leave with *status (help was printed, or the usage was bad). */
bool clq_subcommand_parse(const clq_subcommand *subcommand, clq_command_line *line, int argc, char **argv, int *status);

#endif
