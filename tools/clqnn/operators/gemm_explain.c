/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench_problem.h"
#include "clqnn/gemm.h"
#include "gemm_explain.h"
#include "subcommand.h"

enum { LARGEST_ACCUMULATOR = 2147483647 };

static void explain_plan(clq_output *output, const clqnn_gemm_info *info, const clq_bench_problem *problem, cJSON *object)
{
    clq_print_always(output, "variant      %s\n", info->variant);
    clq_print(output, "weights      layout %s, %" PRIu64 " bytes packed (%zu bytes as given)\n", info->layout, info->packed_bytes, problem->b_bytes);
    clq_print(output, "workspace    %" PRIu64 " bytes a call in flight\n", info->workspace_bytes);
    clq_print(output, "estimate     %.3f us, %.1f GOPS (the cost model's; clqnn bench measures)\n", info->estimated_seconds * 1e6,
              info->estimated_seconds > 0.0 ? problem->operations / info->estimated_seconds * 1e-9 : 0.0);
    if (object == NULL) return;
    cJSON_AddStringToObject(object, "variant", info->variant);
    cJSON_AddStringToObject(object, "layout", info->layout);
    cJSON_AddNumberToObject(object, "packed_bytes", (double)info->packed_bytes);
    cJSON_AddNumberToObject(object, "workspace_bytes", (double)info->workspace_bytes);
    cJSON_AddNumberToObject(object, "estimated_seconds", info->estimated_seconds);
    cJSON_AddNumberToObject(object, "accumulator_bound", (double)info->accumulator_bound);
}

static void print_bound(clq_output *output, const char *of, int64_t bound)
{
    clq_print(output, "overflow     %s: |acc| <= %" PRId64 ", %.2f %% of 2^31-1: %s\n", of, bound, (double)bound / LARGEST_ACCUMULATOR * 100.0,
              bound <= LARGEST_ACCUMULATOR ? "cannot overflow" : "could overflow");
}

/* The bound of constant weights comes from their values; of weights given at run time from k and the types alone. */
static void explain_overflow(clq_output *output, clqnn_context *context, const clqnn_gemm_desc *desc, const clqnn_gemm_info *info, cJSON *object)
{
    clqnn_gemm_desc at_run_time = *desc;
    clqnn_gemm_info any;
    at_run_time.b_data = NULL;
    print_bound(output, "with these random weights", info->accumulator_bound);
    const clqnn_status status = clqnn_gemm_query(context, &at_run_time, &any);
    if (status == CLQNN_OK) {
        print_bound(output, "with any weights of this type", any.accumulator_bound);
        if (object) cJSON_AddNumberToObject(object, "accumulator_bound_any_weights", (double)any.accumulator_bound);
    } else {
        clq_print(output, "overflow     with any weights of this type: %s: %s\n", clqnn_status_name(status), clqnn_last_error());
    }
}

static clqnn_status explain_ranking(clq_output *output, clqnn_context *context, const clqnn_gemm_desc *desc, cJSON *object)
{
    size_t count = 0;
    clqnn_status status = clqnn_gemm_candidates(context, desc, NULL, 0, &count);
    if (status != CLQNN_OK) return status;
    clqnn_gemm_candidate *const list = calloc(count + 1, sizeof *list);
    if (list == NULL) return CLQNN_OUT_OF_MEMORY;
    status = clqnn_gemm_candidates(context, desc, list, count, &count);
    cJSON *const array = object ? cJSON_AddArrayToObject(object, "candidates") : NULL;
    clq_print(output, "ranking\n");
    for (size_t i = 0; status == CLQNN_OK && i < count; i++) {
        if (list[i].admitted) {
            clq_print(output, "  %2zu  %-24s %10.3f us\n", i + 1, list[i].variant, list[i].estimated_seconds * 1e6);
        } else {
            clq_print(output, "   -  %-24s refused: %s\n", list[i].variant, list[i].reason);
        }
        cJSON *const entry = array ? cJSON_CreateObject() : NULL;
        if (entry == NULL) continue;
        cJSON_AddStringToObject(entry, "variant", list[i].variant);
        cJSON_AddBoolToObject(entry, "admitted", list[i].admitted);
        if (list[i].admitted) {
            cJSON_AddNumberToObject(entry, "estimated_seconds", list[i].estimated_seconds);
        } else {
            cJSON_AddStringToObject(entry, "reason", list[i].reason);
        }
        cJSON_AddItemToArray(array, entry);
    }
    free(list);
    return status;
}

int clq_gemm_explain(clq_output *output, clqnn_context *context, void *call)
{
    const clq_bench_problem *const problem = call;
    char shape[96], types[16];
    clqnn_gemm_info info;
    clqnn_device_info device = { .device = NULL };
    clqnn_context_device(context, &device);
    clq_gemm_shape_print(&problem->shape, shape, sizeof shape);
    clq_gemm_types_print(&problem->types, types, sizeof types);
    clq_print(output, "gemm %s %s, constant weights, on %s (%s)\n", shape, types, device.name, device.driver);
    cJSON *const object = clq_output_object(output);
    if (object != NULL) {
        cJSON_AddStringToObject(object, "op", "gemm");
        cJSON_AddStringToObject(object, "shape", shape);
        cJSON_AddStringToObject(object, "types", types);
        cJSON_AddStringToObject(object, "device", device.name);
        cJSON_AddStringToObject(object, "driver", device.driver);
    }
    clqnn_status status = clqnn_gemm_query(context, &problem->desc, &info);
    if (status == CLQNN_OK) {
        explain_plan(output, &info, problem, object);
        explain_overflow(output, context, &problem->desc, &info, object);
        status = explain_ranking(output, context, &problem->desc, object);
    }
    if (status == CLQNN_OK) return CLQ_EXIT_HELD;
    clq_print_always(output, "refused: %s: %s\n", clqnn_status_name(status), clqnn_last_error());
    if (object) cJSON_AddStringToObject(object, "error", clqnn_last_error());
    return CLQ_EXIT_FAILED;
}

static bool parse(const char *shape_text, const char *types_text, clq_bench_problem *problem, char *message, size_t size)
{
    clq_gemm_shape shape;
    clq_gemm_types types;
    char reason[192];
    if (!clq_gemm_shape_parse(shape_text, &shape, message, size) || !clq_gemm_types_parse(types_text, &types, message, size)) return false;
    if (clq_bench_problem_create(&shape, &types, problem, reason, sizeof reason)) return true;
    snprintf(message, size, "%s %s: %s", shape_text, types_text, reason);
    return false;
}

void *clq_gemm_explain_parse(const char *shape, const char *types, char *message, size_t size)
{
    clq_bench_problem *const problem = malloc(sizeof *problem);
    if (problem == NULL) {
        snprintf(message, size, "not enough host memory");
        return NULL;
    }
    if (parse(shape, types, problem, message, size)) return problem;
    free(problem);
    return NULL;
}

void clq_gemm_explain_free(void *call)
{
    if (call != NULL) clq_bench_problem_destroy(call);
    free(call);
}
