/* SPDX-License-Identifier: Apache-2.0 */
#include "operator_explain.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "op_variant_list.h"
#include "operator_call.h"
#include "subcommand.h"

enum { MAX_VARIANTS = 8 };

typedef struct ranked {
    const char *variant;
    bool admitted;
    double seconds;      /* where admitted */
    char reason[256];    /* where not */
} ranked;

/* What the library says of each variant when it is asked for that one alone; the admitted ones first, the fastest by the cost model first of all. */
static size_t rank(clqnn_context *context, const clq_operator_call *call, ranked list[MAX_VARIANTS])
{
    clq_variant variants[MAX_VARIANTS];
    size_t count = 0;
    if (clq_op_variants_of(clq_operator_call_kind(call), variants, MAX_VARIANTS, &count) != CLQNN_OK) return 0;
    if (count > MAX_VARIANTS) count = MAX_VARIANTS;
    for (size_t i = 0; i < count; i++) {
        clq_operator_call forced = *call;
        clqnn_op_info info = { .variant = NULL };
        forced.variant = variants[i].name;
        ranked entry = { .variant = variants[i].name, .admitted = clq_operator_call_query(context, &forced, &info) == CLQNN_OK };
        entry.seconds = info.estimated_seconds;
        const char *const reason = clqnn_last_error(), *const bare = strstr(reason, ": "); /* behind "variant NAME: " */
        if (!entry.admitted) snprintf(entry.reason, sizeof entry.reason, "%s", bare != NULL && strncmp(reason, "variant ", 8) == 0 ? bare + 2 : reason);
        size_t place = i;
        while (place > 0 && entry.admitted && (!list[place - 1].admitted || entry.seconds < list[place - 1].seconds)) place--;
        memmove(list + place + 1, list + place, (i - place) * sizeof *list);
        list[place] = entry;
    }
    return count;
}

static void print_ranking(clq_output *output, clqnn_context *context, const clq_operator_call *call, cJSON *object)
{
    ranked list[MAX_VARIANTS];
    const size_t count = rank(context, call, list);
    cJSON *const array = object ? cJSON_AddArrayToObject(object, "candidates") : NULL;
    clq_print(output, "ranking\n");
    for (size_t i = 0; i < count; i++) {
        if (list[i].admitted) clq_print(output, "  %2zu  %-28s %10.3f us\n", i + 1, list[i].variant, list[i].seconds * 1e6);
        else clq_print(output, "   -  %-28s refused: %s\n", list[i].variant, list[i].reason);
        cJSON *const entry = array ? cJSON_CreateObject() : NULL;
        if (entry == NULL) continue;
        cJSON_AddStringToObject(entry, "variant", list[i].variant);
        cJSON_AddBoolToObject(entry, "admitted", list[i].admitted);
        if (list[i].admitted) cJSON_AddNumberToObject(entry, "estimated_seconds", list[i].seconds);
        else cJSON_AddStringToObject(entry, "reason", list[i].reason);
        cJSON_AddItemToArray(array, entry);
    }
}

static cJSON *print_heading(clq_output *output, clqnn_context *context, const clq_operator_call *call)
{
    const clq_gemm_types kept = { .a = call->inputs[0].type, .c = call->y.type };
    char shape[192], types[16];
    clqnn_device_info device = { .device = NULL };
    clqnn_context_device(context, &device);
    clq_operator_shape_print(&call->shape, shape, sizeof shape);
    clq_bench_types_print(&kept, types, sizeof types);
    clq_print(output, "%s %s %s on %s (%s)\n", clq_bench_op_name(call->op), shape, types, device.name, device.driver);
    cJSON *const object = clq_output_object(output);
    if (object == NULL) return NULL;
    cJSON_AddStringToObject(object, "op", clq_bench_op_name(call->op));
    cJSON_AddStringToObject(object, "shape", shape);
    cJSON_AddStringToObject(object, "types", types);
    cJSON_AddStringToObject(object, "device", device.name);
    cJSON_AddStringToObject(object, "driver", device.driver);
    return object;
}

int clq_operator_explain(clq_output *output, clqnn_context *context, void *opaque)
{
    const clq_operator_call *const call = opaque;
    cJSON *const object = print_heading(output, context, call);
    clqnn_op_info info = { .variant = NULL };
    const clqnn_status status = clq_operator_call_query(context, call, &info);
    if (status != CLQNN_OK) {
        clq_print_always(output, "refused: %s: %s\n", clqnn_status_name(status), clqnn_last_error());
        if (object) cJSON_AddStringToObject(object, "error", clqnn_last_error());
        return CLQ_EXIT_FAILED;
    }
    double bytes = (double)call->y_bytes;
    for (uint32_t i = 0; i < call->input_count; i++) bytes += (double)call->bytes[i];
    clq_print_always(output, "variant      %s\n", info.variant);
    clq_print(output, "workspace    %" PRIu64 " bytes a call in flight\n", info.workspace_bytes);
    clq_print(output, "estimate     %.3f us for %.0f bytes (the cost model's; clqnn bench measures)\n", info.estimated_seconds * 1e6, bytes);
    if (object) {
        cJSON_AddStringToObject(object, "variant", info.variant);
        cJSON_AddNumberToObject(object, "workspace_bytes", (double)info.workspace_bytes);
        cJSON_AddNumberToObject(object, "estimated_seconds", info.estimated_seconds);
        cJSON_AddNumberToObject(object, "bytes", bytes);
    }
    print_ranking(output, context, call, object);
    return CLQ_EXIT_HELD;
}

void *clq_operator_explain_parse(const char *name, const char *shape_text, const char *types_text, char *message, size_t size)
{
    clq_bench_shape shape = { .op = CLQ_BENCH_ANY };
    clq_gemm_types types;
    clq_bench_op op = CLQ_BENCH_ANY;
    char reason[128];
    if (!clq_bench_op_parse(name, &op)) {
        snprintf(message, size, "there is no text for the shapes of \"%s\"", name);
        return NULL;
    }
    if (!clq_bench_types_parse(types_text, op, &types, message, size) || !clq_bench_shape_parse(shape_text, op, &shape, message, size)) return NULL;
    clq_operator_call *const call = clq_operator_call_create(&shape, &types, reason, sizeof reason);
    if (call == NULL) snprintf(message, size, "\"%s\": %s", shape_text, reason);
    return call;
}

void clq_operator_explain_free(void *call) { clq_operator_call_destroy(call); }
