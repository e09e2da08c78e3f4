/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn explain: what a call would get, and why. */
#include "operator.h"
#include "operator_words.h"
#include "report_output.h"
#include "subcommand.h"

static bool has_explain(const clq_operator *op) { return op->explain != NULL; }

static int run(clq_globals *globals, int argc, char **argv)
{
    const char *types = NULL;
    const clq_option options[] = { { "--types", CLQ_OPTION_TEXT, &types, "T", "input, weight and output types (default: u8s8u8); of operators without weights input and output (u8u8, f32u8 or u8f32)" } };
    clq_command_line line = { .globals = globals, .options = options, .option_count = sizeof options / sizeof *options };
    int status = CLQ_EXIT_HELD;
    char message[256];
    const clq_operator *op = NULL;
    if (!clq_subcommand_parse(&clq_explain_command, &line, argc, argv, &status)) return status;
    if (line.positional_count < 2) return clq_bad_usage("explain", "an operator and a shape are wanted: clqnn explain gemm 128x768x768");
    if (line.positional_count > 2) return clq_bad_usage("explain", "unexpected word \"%s\"", line.positionals[2]);
    if (!clq_operator_of_word("explain", line.positionals[0], has_explain, &op)) return CLQ_EXIT_USAGE;
    void *const call = op->explain_parse(op->name, line.positionals[1], types, message, sizeof message);
    if (call == NULL) return clq_bad_usage("explain", "%s", message);
    clqnn_context *const context = clq_open_context(globals, &status);
    if (context != NULL) {
        clq_output output = clq_output_open(globals);
        status = clq_output_close(&output, op->explain(&output, context, call));
        clqnn_context_release(context);
    }
    op->explain_free(call);
    return status;
}

const clq_subcommand clq_explain_command = { "explain", "explain OP SHAPE [--types T] [OPTIONS]",
                                             "says which variant a call would get, and why each other one was refused", run };
