/* SPDX-License-Identifier: Apache-2.0 */
/* The command clqnn. Contract: docs/cli.md. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/version.h"
#include "subcommand.h"

static const clq_subcommand *const subcommands[] = { &clq_devices_command, &clq_list_command,  &clq_explain_command,
                                                     &clq_verify_command,  &clq_check_command, &clq_bench_command,
                                                     &clq_quantize_command };
enum { SUBCOMMANDS = sizeof subcommands / sizeof *subcommands };

static void print_help(const clq_command_line *line)
{
    clq_command_line_help(line, "[OPTIONS] SUBCOMMAND ...", "Quantized neural-network kernels on OpenCL: what is here, is it right, how fast is it.");
    printf("\nsubcommands (each has its own --help):\n");
    for (size_t i = 0; i < SUBCOMMANDS; i++) printf("  %-10s %s\n", subcommands[i]->name, subcommands[i]->summary);
    printf("\nexit status: 0 all held, 1 something failed or differed, 2 bad usage, 3 no device\n");
}

bool clq_subcommand_parse(const clq_subcommand *subcommand, clq_command_line *line, int argc, char **argv, int *status)
{
    line->command = subcommand->name;
    if (clq_command_line_parse(line, argc, argv, false) < 0) {
        *status = CLQ_EXIT_USAGE;
        return false;
    }
    *status = CLQ_EXIT_HELD;
    if (line->globals->version) {
        printf("clqnn %s\n", clqnn_version());
        return false;
    }
    if (line->globals->help) {
        clq_command_line_help(line, subcommand->usage, subcommand->summary);
        return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    /* PoCL's worker threads sometimes share one core without this; it has to be there before the first OpenCL call. The user's choice stays. */
    setenv("POCL_AFFINITY", "1", 0);
    clq_globals globals = { .device = NULL };
    clq_command_line line = { .globals = &globals };
    const int used = clq_command_line_parse(&line, argc - 1, argv + 1, true);
    if (used < 0) return CLQ_EXIT_USAGE;
    const int at = used + 1;
    if (globals.version) {
        printf("clqnn %s\n", clqnn_version());
        return CLQ_EXIT_HELD;
    }
    if (at >= argc) {
        if (!globals.help) return clq_bad_usage(NULL, "a subcommand is missing");
        print_help(&line);
        return CLQ_EXIT_HELD;
    }
    for (size_t i = 0; i < SUBCOMMANDS; i++) {
        if (strcmp(argv[at], subcommands[i]->name) == 0) return subcommands[i]->run(&globals, argc - at - 1, argv + at + 1);
    }
    return clq_bad_usage(NULL, "unknown subcommand \"%s\"", argv[at]);
}
