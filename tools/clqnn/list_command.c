/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn list: every variant, what it needs, and whether this device has it. Without a device the list is printed all the same. */
#include <stdio.h>

#include "operator_words.h"
#include "report_output.h"
#include "subcommand.h"
#include "variant_list.h"

static void print_variant(clq_output *output, const clq_variant *variant, bool markdown, const char *verdict, bool admitted)
{
    const char *const needs = variant->needs[0] ? variant->needs : "nothing", *const layout = variant->layout != NULL ? variant->layout : "-";
    char tile[64] = "-";
    if (variant->tile[0] > 0) snprintf(tile, sizeof tile, "%dx%dx%d", variant->tile[0], variant->tile[1], variant->tile[2]);
    if (markdown) {
        clq_print(output, "| `%s` | %s | %s | `%s` | %s | %s | %s |\n", variant->name, variant->summary, variant->types, layout, needs, tile,
                  verdict);
        return;
    }
    clq_print(output, "%-28s %s\n    %s\n    types %s", variant->name, clq_coloured(output, verdict, admitted ? 'g' : 'y'), variant->summary,
              variant->types);
    if (variant->layout != NULL) clq_print(output, ", weights in layout %s", layout);
    if (variant->tile[0] > 0) clq_print(output, ", tile %s", tile);
    clq_print(output, ", needs %s\n", needs);
}

static void json_variant(clq_output *output, const char *op, const clq_variant *variant, bool admitted, const char *reason)
{
    cJSON *const object = clq_output_object(output);
    if (object == NULL) return;
    cJSON_AddStringToObject(object, "op", op);
    cJSON_AddStringToObject(object, "name", variant->name);
    cJSON_AddStringToObject(object, "summary", variant->summary);
    cJSON_AddStringToObject(object, "types", variant->types);
    if (variant->layout != NULL) cJSON_AddStringToObject(object, "layout", variant->layout);
    cJSON_AddStringToObject(object, "needs", variant->needs);
    cJSON *const tile = variant->tile[0] > 0 ? cJSON_AddArrayToObject(object, "tile") : NULL;
    for (size_t i = 0; i < 3 && tile != NULL; i++) cJSON_AddItemToArray(tile, cJSON_CreateNumber(variant->tile[i]));
    cJSON_AddBoolToObject(object, "admitted", admitted);
    cJSON_AddStringToObject(object, "reason", reason);
}

static void print_heading(clq_output *output, const char *op, const clqnn_device_info *device, bool markdown, bool first)
{
    if (!markdown) {
        clq_print(output, "%s%s variants", first ? "" : "\n", op);
        if (device->name[0] != '\0') clq_print(output, " on %s (%s)", device->name, device->driver);
        clq_print(output, "\n\n");
    } else if (first) {
        clq_print(output, "| variant | what it is | types | weights | needs | tile | %s |\n|---|---|---|---|---|---|---|\n",
                  device->name[0] != '\0' ? device->name : "device");
    }
}

static int show(clq_output *output, const clq_operator *op, clqnn_context *context, bool markdown, bool first)
{
    clq_variant_list list;
    clqnn_device_info device = { .device = NULL };
    if (!clq_variant_list_load(op, context, &list)) {
        fprintf(stderr, "clqnn list: %s\n", clqnn_last_error());
        return CLQ_EXIT_FAILED;
    }
    if (context != NULL) clqnn_context_device(context, &device);
    print_heading(output, op->name, &device, markdown, first);
    for (size_t i = 0; i < list.count; i++) {
        char reason[192] = "no device", verdict[224];
        const bool admitted = context != NULL && clq_variant_admitted(&list, &list.variants[i], reason, sizeof reason);
        snprintf(verdict, sizeof verdict, "%s%s", admitted ? "admitted" : "not admitted: ", admitted ? "" : reason);
        print_variant(output, &list.variants[i], markdown, verdict, admitted);
        json_variant(output, op->name, &list.variants[i], admitted, reason);
    }
    clq_variant_list_free(&list);
    return CLQ_EXIT_HELD;
}

static bool has_variants(const clq_operator *op) { return op->variants != NULL; }

static int show_all(clq_output *output, const clq_operator *only, clqnn_context *context, bool markdown)
{
    int status = CLQ_EXIT_HELD;
    bool first = true;
    for (size_t i = 0; i < clq_operator_count && status == CLQ_EXIT_HELD; i++) {
        const clq_operator *const op = clq_operators[i];
        if (!has_variants(op) || (only != NULL && op != only)) continue;
        status = show(output, op, context, markdown, first);
        first = false;
    }
    return status;
}

static int run(clq_globals *globals, int argc, char **argv)
{
    const char *word = NULL;
    const clq_operator *op = NULL;
    bool markdown = false;
    const clq_option options[] = { { "--op", CLQ_OPTION_TEXT, &word, "OP", "only this operator" },
                                   { "--markdown", CLQ_OPTION_FLAG, &markdown, NULL, "a Markdown table" } };
    clq_command_line line = { .globals = globals, .options = options, .option_count = sizeof options / sizeof *options };
    int status = CLQ_EXIT_HELD;
    if (!clq_subcommand_parse(&clq_list_command, &line, argc, argv, &status)) return status;
    if (line.positional_count > 0) return clq_bad_usage("list", "unexpected word \"%s\"", line.positionals[0]);
    if (!clq_operator_of_word("list", word, has_variants, &op)) return CLQ_EXIT_USAGE;
    clqnn_context *const context = clq_open_context(globals, &status);
    if (context == NULL && status != CLQ_EXIT_NO_DEVICE) return status;
    clq_output output = clq_output_open(globals);
    const int shown = show_all(&output, op, context, markdown);
    clqnn_context_release(context);
    return clq_output_close(&output, shown != CLQ_EXIT_HELD ? shown : status);
}

const clq_subcommand clq_list_command = { "list", "list [--op OP] [--markdown] [OPTIONS]", "lists every kernel variant and whether this device admits it", run };
