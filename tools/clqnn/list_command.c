/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn list: every variant, what it needs, and whether this device has it. Without a device the list is printed all the same. */
#include <stdio.h>
#include <string.h>

#include "report_output.h"
#include "subcommand.h"
#include "variant_list.h"

static void print_variant(clq_output *output, const clqnn_gemm_variant_info *variant, bool markdown, const char *verdict, bool admitted)
{
    const char *const needs = variant->needs[0] ? variant->needs : "nothing";
    if (markdown) {
        clq_print(output, "| `%s` | %s | %s | `%s` | %s | %dx%dx%d | %s |\n", variant->name, variant->summary, variant->types, variant->layout, needs,
                  variant->tile_m, variant->tile_n, variant->tile_k, verdict);
        return;
    }
    clq_print(output, "%-24s %s\n    %s\n    types %s, weights in layout %s, tile %dx%dx%d, needs %s\n", variant->name,
              clq_coloured(output, verdict, admitted ? 'g' : 'y'), variant->summary, variant->types, variant->layout, variant->tile_m, variant->tile_n,
              variant->tile_k, needs);
}

static void json_variant(clq_output *output, const clqnn_gemm_variant_info *variant, bool admitted, const char *reason)
{
    cJSON *const object = clq_output_object(output);
    if (object == NULL) return;
    cJSON_AddStringToObject(object, "op", "gemm");
    cJSON_AddStringToObject(object, "name", variant->name);
    cJSON_AddStringToObject(object, "summary", variant->summary);
    cJSON_AddStringToObject(object, "types", variant->types);
    cJSON_AddStringToObject(object, "layout", variant->layout);
    cJSON_AddStringToObject(object, "needs", variant->needs);
    cJSON *const tile = cJSON_AddArrayToObject(object, "tile");
    const int32_t sizes[] = { variant->tile_m, variant->tile_n, variant->tile_k };
    for (size_t i = 0; i < 3; i++) cJSON_AddItemToArray(tile, cJSON_CreateNumber(sizes[i]));
    cJSON_AddBoolToObject(object, "admitted", admitted);
    cJSON_AddStringToObject(object, "reason", reason);
}

static void print_heading(clq_output *output, const clqnn_context *context, bool markdown)
{
    clqnn_device_info device = { .device = NULL };
    if (context != NULL && clqnn_context_device(context, &device) == CLQNN_OK && !markdown) {
        clq_print(output, "gemm variants on %s (%s)\n\n", device.name, device.driver);
    }
    if (markdown) clq_print(output, "| variant | what it is | types | weights | needs | tile | %s |\n|---|---|---|---|---|---|---|\n", context ? device.name : "device");
}

static int show(clq_output *output, clqnn_context *context, bool markdown)
{
    clq_variant_list list;
    if (!clq_variant_list_load(context, &list)) {
        fprintf(stderr, "clqnn list: %s\n", clqnn_last_error());
        return CLQ_EXIT_FAILED;
    }
    print_heading(output, context, markdown);
    for (size_t i = 0; i < list.count; i++) {
        char reason[192] = "no device", verdict[224];
        const bool admitted = context != NULL && clq_variant_admitted(&list, &list.variants[i], reason, sizeof reason);
        snprintf(verdict, sizeof verdict, "%s%s", admitted ? "admitted" : "not admitted: ", admitted ? "" : reason);
        print_variant(output, &list.variants[i], markdown, verdict, admitted);
        json_variant(output, &list.variants[i], admitted, reason);
    }
    clq_variant_list_free(&list);
    return CLQ_EXIT_HELD;
}

static int run(clq_globals *globals, int argc, char **argv)
{
    const char *op = NULL;
    bool markdown = false;
    const clq_option options[] = { { "--op", CLQ_OPTION_TEXT, &op, "OP", "only this operator (gemm)" },
                                   { "--markdown", CLQ_OPTION_FLAG, &markdown, NULL, "a Markdown table" } };
    clq_command_line line = { .globals = globals, .options = options, .option_count = sizeof options / sizeof *options };
    int status = CLQ_EXIT_HELD;
    if (!clq_subcommand_parse(&clq_list_command, &line, argc, argv, &status)) return status;
    if (line.positional_count > 0) return clq_bad_usage("list", "unexpected word \"%s\"", line.positionals[0]);
    if (op != NULL && strcmp(op, "gemm") != 0) return clq_bad_usage("list", "unknown operator \"%s\" (this version has: gemm)", op);
    clqnn_context *const context = clq_open_context(globals, &status);
    if (context == NULL && status != CLQ_EXIT_NO_DEVICE) return status;
    clq_output output = clq_output_open(globals);
    const int shown = show(&output, context, markdown);
    clqnn_context_release(context);
    return clq_output_close(&output, shown != CLQ_EXIT_HELD ? shown : status);
}

const clq_subcommand clq_list_command = { "list", "list [--op OP] [--markdown] [OPTIONS]", "lists every kernel variant and whether this device admits it", run };
