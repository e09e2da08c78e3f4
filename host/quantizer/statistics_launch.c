/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "core/message.h"
#include "quantizer/statistics_problem.h"

#define TYPES (CLQ_TYPES_FLOAT | CLQ_TYPE_BIT(CLQNN_BF16))

const clq_op_program clq_statistics_portable_program = {
    .parts = {"prelude/float_types", "convert/convert_params", "convert/convert_float_element", "quantizer/statistics_params", "quantizer/statistics_blocks",
              "quantizer/statistics_state", "quantizer/histogram_bin", "quantizer/statistics_join", "quantizer/statistics_portable", "quantizer/histogram_portable"},
    .kernels = {[CLQ_STATISTICS_BLOCKS] = {"statistics_portable", 2, sizeof(statistics_params), {STATISTICS_LANES, 4, 1}},
                [CLQ_STATISTICS_JOIN] = {"statistics_join", 2, sizeof(statistics_params), {16, 1, 1}},
                [CLQ_DEVIATION_BLOCKS] = {"deviations_portable", 2, sizeof(statistics_params), {STATISTICS_LANES, 4, 1}},
                [CLQ_MOMENTS_JOIN] = {"moments_join", 2, sizeof(statistics_params), {16, 1, 1}},
                [CLQ_HISTOGRAM] = {"histogram_portable", 3, sizeof(statistics_params), {64, 1, 1}}},
};

const clq_op_program clq_statistics_vector_program = {
    .parts = {"op/vector_memory", "prelude/float_types", "convert/convert_params", "convert/convert_float_element", "convert/half_vector", "convert/convert_float_lanes",
              "quantizer/statistics_params", "quantizer/statistics_blocks", "quantizer/statistics_state", "quantizer/histogram_bin", "quantizer/statistics_join",
              "quantizer/statistics_vector", "quantizer/histogram_vector"},
    .kernels = {[CLQ_STATISTICS_BLOCKS] = {"statistics_vector", 2, sizeof(statistics_params), {1, 1, 1}},
                [CLQ_STATISTICS_JOIN] = {"statistics_join", 2, sizeof(statistics_params), {16, 1, 1}},
                [CLQ_DEVIATION_BLOCKS] = {"deviations_vector", 2, sizeof(statistics_params), {1, 1, 1}},
                [CLQ_MOMENTS_JOIN] = {"moments_join", 2, sizeof(statistics_params), {16, 1, 1}},
                [CLQ_HISTOGRAM] = {"histogram_vector", 3, sizeof(statistics_params), {1, 1, 1}}},
};

clqnn_status clq_statistics_resolve(const clqnn_tensor *x, clqnn_granularity granularity, clq_statistics_problem *problem)
{
    const clq_slots *slots = &problem->slots;
    CLQ_FORWARD(clq_tensor_resolve("x", x, TYPES, false, &problem->x));
    CLQ_FORWARD(clq_tensor_check_quantization("x", x, CLQ_QUANTIZED_NOT));
    if (!problem->x.is_dense) return clq_fail(CLQNN_UNSUPPORTED, "x has strides, but must be dense");
    CLQ_FORWARD(clq_slots_resolve("x", x, granularity, &problem->slots));
    CLQ_FORWARD(clq_slots_check_count(slots->count));
    /* Rows of one element are one run with longer steps. */
    const bool is_column = slots->run == 1 && slots->elements > 1;
    problem->params = (statistics_params){
        .slots = (clq_ulong)slots->count,
        .elements = (clq_ulong)slots->elements,
        .last_elements = (clq_ulong)slots->last_elements,
        .run = (clq_ulong)(is_column ? slots->elements : slots->run),
        .step = (clq_ulong)(is_column ? slots->row_step : slots->step),
        .row_step = (clq_ulong)slots->row_step,
        .inner = (clq_ulong)slots->inner,
        .groups = (clq_ulong)slots->groups,
        .group_step = (clq_ulong)slots->group_step,
        .outer_step = (clq_ulong)slots->outer_step,
        .type = (clq_int)x->type,
    };
    return CLQNN_OK;
}

clq_op_step *clq_statistics_step(clq_op_recipe *recipe, const clq_op_program *program, uint32_t kernel, size_t items, const statistics_params *params)
{
    const size_t *local = program->kernels[kernel].local;
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return NULL;
    const bool has_rows = local[1] > 1;
    const size_t group = has_rows ? local[1] : local[0], whole = (items + group - 1) / group * group;
    step->kernel = kernel;
    step->global[0] = has_rows ? local[0] : whole;
    step->global[1] = has_rows ? whole : 1;
    step->global[2] = 1;
    memcpy(step->params, params, sizeof *params);
    return step;
}
