/* SPDX-License-Identifier: Apache-2.0 */
#include "problem_explain.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench_problem.h"
#include "subcommand.h"

enum { LARGEST_ACCUMULATOR = 2147483647 };

/* What a query answers, of every operator. */
typedef struct plan_answer {
    const char *variant, *layout;
    uint64_t packed_bytes, workspace_bytes;
    int64_t accumulator_bound;
    double estimated_seconds;
} plan_answer;

static clqnn_status query(clqnn_context *context, const clq_bench_problem *problem, plan_answer *answer)
{
    if (problem->op == CLQ_BENCH_CONV) {
        clqnn_conv_info info = { .variant = NULL };
        const clqnn_status status = clqnn_conv_query(context, &problem->conv_desc, &info);
        *answer = (plan_answer){ info.variant, info.layout, info.packed_bytes, info.workspace_bytes, info.accumulator_bound, info.estimated_seconds };
        return status;
    }
    clqnn_gemm_info info = { .variant = NULL };
    const clqnn_status status = clqnn_gemm_query(context, &problem->desc, &info);
    *answer = (plan_answer){ info.variant, info.layout, info.packed_bytes, info.workspace_bytes, info.accumulator_bound, info.estimated_seconds };
    return status;
}

static void explain_plan(clq_output *output, const plan_answer *answer, const clq_bench_problem *problem, cJSON *object)
{
    clq_print_always(output, "variant      %s\n", answer->variant);
    clq_print(output, "weights      layout %s, %" PRIu64 " bytes packed (%zu bytes as given)\n", answer->layout, answer->packed_bytes,
              problem->b_bytes);
    clq_print(output, "workspace    %" PRIu64 " bytes a call in flight\n", answer->workspace_bytes);
    clq_print(output, "estimate     %.3f us, %.1f GOPS (the cost model's; clqnn bench measures)\n", answer->estimated_seconds * 1e6,
              answer->estimated_seconds > 0.0 ? problem->operations / answer->estimated_seconds * 1e-9 : 0.0);
    if (object == NULL) return;
    cJSON_AddStringToObject(object, "variant", answer->variant);
    cJSON_AddStringToObject(object, "layout", answer->layout);
    cJSON_AddNumberToObject(object, "packed_bytes", (double)answer->packed_bytes);
    cJSON_AddNumberToObject(object, "workspace_bytes", (double)answer->workspace_bytes);
    cJSON_AddNumberToObject(object, "estimated_seconds", answer->estimated_seconds);
    cJSON_AddNumberToObject(object, "accumulator_bound", (double)answer->accumulator_bound);
}

static void print_bound(clq_output *output, const char *of, int64_t bound)
{
    clq_print(output, "overflow     %s: |acc| <= %" PRId64 ", %.2f %% of 2^31-1: %s\n", of, bound, (double)bound / LARGEST_ACCUMULATOR * 100.0,
              bound <= LARGEST_ACCUMULATOR ? "cannot overflow" : "could overflow");
}

/* The bound of constant weights comes from their values; of a product's weights given at run time from k and the types alone. */
static void explain_overflow(clq_output *output, clqnn_context *context, const clq_bench_problem *problem, const plan_answer *answer, cJSON *object)
{
    if (problem->floats) return; /* sums of floats */
    print_bound(output, "with these random weights", answer->accumulator_bound);
    if (problem->op != CLQ_BENCH_GEMM) return;
    clqnn_gemm_desc at_run_time = problem->desc;
    clqnn_gemm_info any;
    at_run_time.b_data = NULL;
    const clqnn_status status = clqnn_gemm_query(context, &at_run_time, &any);
    if (status == CLQNN_OK) {
        print_bound(output, "with any weights of this type", any.accumulator_bound);
        if (object) cJSON_AddNumberToObject(object, "accumulator_bound_any_weights", (double)any.accumulator_bound);
    } else {
        clq_print(output, "overflow     with any weights of this type: %s: %s\n", clqnn_status_name(status), clqnn_last_error());
    }
}

static void explain_candidate(clq_output *output, cJSON *array, size_t rank, const clqnn_gemm_candidate *candidate)
{
    if (candidate->admitted) {
        clq_print(output, "  %2zu  %-28s %10.3f us\n", rank, candidate->variant, candidate->estimated_seconds * 1e6);
    } else {
        clq_print(output, "   -  %-28s refused: %s\n", candidate->variant, candidate->reason);
    }
    cJSON *const entry = array ? cJSON_CreateObject() : NULL;
    if (entry == NULL) return;
    cJSON_AddStringToObject(entry, "variant", candidate->variant);
    cJSON_AddBoolToObject(entry, "admitted", candidate->admitted);
    if (candidate->admitted) {
        cJSON_AddNumberToObject(entry, "estimated_seconds", candidate->estimated_seconds);
    } else {
        cJSON_AddStringToObject(entry, "reason", candidate->reason);
    }
    cJSON_AddItemToArray(array, entry);
}

/* The candidates as the GEMM's, whatever the operator; the caller frees *list. */
static clqnn_status candidates(clqnn_context *context, const clq_bench_problem *problem, clqnn_gemm_candidate **list, size_t *count)
{
    const bool conv = problem->op == CLQ_BENCH_CONV;
    clqnn_status status = conv ? clqnn_conv_candidates(context, &problem->conv_desc, NULL, 0, count)
                               : clqnn_gemm_candidates(context, &problem->desc, NULL, 0, count);
    if (status != CLQNN_OK) return status;
    *list = calloc(*count + 1, sizeof **list);
    clqnn_conv_candidate *const own = calloc(*count + 1, sizeof *own);
    if (*list == NULL || own == NULL) {
        status = CLQNN_OUT_OF_MEMORY;
    } else if (!conv) {
        status = clqnn_gemm_candidates(context, &problem->desc, *list, *count, count);
    } else {
        status = clqnn_conv_candidates(context, &problem->conv_desc, own, *count, count);
        for (size_t i = 0; status == CLQNN_OK && i < *count; i++) {
            (*list)[i] = (clqnn_gemm_candidate) { .variant = own[i].variant,
                                                  .admitted = own[i].admitted,
                                                  .estimated_seconds = own[i].estimated_seconds };
            snprintf((*list)[i].reason, sizeof (*list)[i].reason, "%s", own[i].reason);
        }
    }
    free(own);
    return status;
}

static clqnn_status explain_ranking(clq_output *output, clqnn_context *context, const clq_bench_problem *problem, cJSON *object)
{
    size_t count = 0;
    clqnn_gemm_candidate *list = NULL;
    const clqnn_status status = candidates(context, problem, &list, &count);
    cJSON *const array = object ? cJSON_AddArrayToObject(object, "candidates") : NULL;
    if (status == CLQNN_OK) clq_print(output, "ranking\n");
    for (size_t i = 0; status == CLQNN_OK && i < count; i++) explain_candidate(output, array, i + 1, &list[i]);
    free(list);
    return status;
}

static cJSON *explain_heading(clq_output *output, clqnn_context *context, const clq_bench_problem *problem)
{
    const clq_bench_shape described = { .op = problem->op, .gemm = problem->shape, .conv = problem->conv };
    char shape[192], types[CLQ_GEMM_TYPES_TEXT];
    clqnn_device_info device = { .device = NULL };
    clqnn_context_device(context, &device);
    clq_bench_shape_print(&described, shape, sizeof shape);
    clq_gemm_types_print(&problem->types, types, sizeof types);
    clq_print(output, "%s %s %s, constant weights, on %s (%s)\n", clq_bench_op_name(problem->op), shape, types, device.name, device.driver);
    cJSON *const object = clq_output_object(output);
    if (object == NULL) return NULL;
    cJSON_AddStringToObject(object, "op", clq_bench_op_name(problem->op));
    cJSON_AddStringToObject(object, "shape", shape);
    cJSON_AddStringToObject(object, "types", types);
    cJSON_AddStringToObject(object, "device", device.name);
    cJSON_AddStringToObject(object, "driver", device.driver);
    return object;
}

int clq_problem_explain(clq_output *output, clqnn_context *context, void *call)
{
    const clq_bench_problem *const problem = call;
    cJSON *const object = explain_heading(output, context, problem);
    plan_answer answer;
    clqnn_status status = query(context, problem, &answer);
    if (status == CLQNN_OK) {
        explain_plan(output, &answer, problem, object);
        explain_overflow(output, context, problem, &answer, object);
        status = explain_ranking(output, context, problem, object);
    }
    if (status == CLQNN_OK) return CLQ_EXIT_HELD;
    clq_print_always(output, "refused: %s: %s\n", clqnn_status_name(status), clqnn_last_error());
    if (object) cJSON_AddStringToObject(object, "error", clqnn_last_error());
    return CLQ_EXIT_FAILED;
}

static void *parse(clq_bench_op op, const char *shape_text, const char *types_text, char *message, size_t size)
{
    clq_bench_shape shape;
    clq_gemm_types types;
    char reason[192] = "not enough host memory";
    if (!clq_bench_shape_parse(shape_text, op, &shape, message, size) || !clq_bench_types_parse(types_text, op, &types, message, size)) return NULL;
    clq_bench_problem *const problem = malloc(sizeof *problem);
    if (problem != NULL && clq_bench_problem_create(&shape, &types, problem, reason, sizeof reason)) return problem;
    snprintf(message, size, "%s %s: %s", shape_text, types_text != NULL ? types_text : "", reason);
    free(problem);
    return NULL;
}

void *clq_gemm_explain_parse(const char *name, const char *shape, const char *types, char *message, size_t size)
{
    (void)name;
    return parse(CLQ_BENCH_GEMM, shape, types, message, size);
}

void *clq_conv_explain_parse(const char *name, const char *shape, const char *types, char *message, size_t size)
{
    (void)name;
    return parse(CLQ_BENCH_CONV, shape, types, message, size);
}

void clq_problem_explain_free(void *problem)
{
    if (problem != NULL) clq_bench_problem_destroy(problem);
    free(problem);
}
