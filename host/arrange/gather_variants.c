/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "arrange/gather_problem.h"
#include "arrange/move_problem.h"

clqnn_status clq_gather_fill(clq_gather_problem *problem, const clqnn_tensor *x_given, const clq_tensor *x, const clqnn_tensor *y_given, const clq_tensor *y)
{
    CLQ_FORWARD(clq_move_check("x", x_given, "y", y_given, &problem->has_map));
    problem->leading = OP_RANK - x->rank;
    for (int d = 0; d < OP_RANK; d++) {
        const int from = d - problem->leading;
        problem->extent[d] = from < 0 ? 1 : y->shape[from];
        problem->x_stride[d] = from < 0 ? 0 : x->strides[from];
        problem->y_stride[d] = from < 0 ? 0 : y->strides[from];
    }
    problem->x_code = clq_byte_code_of(x_given);
    problem->y_code = clq_byte_code_of(y_given);
    problem->element_bytes = (int32_t)clqnn_type_size(x->type);
    return CLQNN_OK;
}

static int64_t source_at(const clq_gather_problem *problem, int d, int64_t index)
{
    return d < problem->leading ? 0 : problem->source(problem, d - problem->leading, index);
}

static clqnn_status fill_tables(const clq_gather_problem *problem, clq_op_recipe *recipe, gather_params *params, uint64_t *offset)
{
    size_t words = 256 / sizeof(int64_t);
    for (int d = 0; d < OP_RANK; d++) {
        params->sources[d] = words;
        params->extent[d] = (clq_ulong)problem->extent[d];
        params->y_stride[d] = (clq_ulong)problem->y_stride[d];
        words += (size_t)problem->extent[d];
    }
    int64_t *tables = clq_op_add_table(recipe, words * sizeof *tables, offset);
    if (!tables) return CLQNN_OUT_OF_MEMORY;
    if (problem->has_map) clq_byte_map_fill(&problem->x_code, &problem->y_code, false, (uint8_t *)tables);
    for (int d = 0; d < OP_RANK; d++) {
        for (int64_t i = 0; i < problem->extent[d]; i++) {
            const int64_t source = source_at(problem, d, i);
            tables[params->sources[d] + (uint64_t)i] = source == GATHER_CONSTANT ? GATHER_CONSTANT : source * problem->x_stride[d];
        }
    }
    params->has_map = problem->has_map;
    params->fill = (clq_int)problem->constant;
    return CLQNN_OK;
}

static clq_op_step *add_step(const clq_gather_problem *problem, clq_op_recipe *recipe, const gather_params *params, uint64_t offset)
{
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return NULL;
    step->kernel = problem->element_bytes == 1 ? 0 : problem->element_bytes == 2 ? 1 : 2;
    step->buffers[0] = CLQ_OP_INPUT;
    step->buffers[1] = CLQ_OP_TABLES;
    step->buffers[2] = CLQ_OP_OUTPUT;
    step->base[1] = offset;
    memcpy(step->params, params, sizeof *params);
    step->global[0] = step->global[1] = step->global[2] = 1;
    return step;
}

static double elements_of(const clq_gather_problem *problem)
{
    double count = 1;
    for (int d = 0; d < OP_RANK; d++) count *= (double)problem->extent[d];
    return count;
}

static const char *accepts(const void *problem, const clq_capabilities *capabilities)
{
    const clq_gather_problem *gather = problem;
    (void)capabilities;
    return gather->source ? NULL : "elements are interpolated";
}

/* ---- Portable ---- */

static const clq_op_program portable_program = {
    .parts = {"arrange/arrange_params", "arrange/element8", "arrange/gather_portable", "arrange/element16", "arrange/gather_portable", "arrange/element32",
              "arrange/gather_portable"},
    .kernels = {{"gather_portable_8", 3, sizeof(gather_params), {16, 4, 1}}, {"gather_portable_16", 3, sizeof(gather_params), {16, 4, 1}},
                {"gather_portable_32", 3, sizeof(gather_params), {16, 4, 1}}},
};

static double portable_cost(const void *problem, const clq_capabilities *capabilities)
{
    return 20e-6 + elements_of(problem) / (capabilities->is_gpu ? 20e9 : 0.1e9);
}

static clqnn_status portable_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_gather_problem *gather = problem;
    const size_t *local = portable_program.kernels[0].local;
    gather_params params = {.rows = 0};
    uint64_t offset = 0;
    (void)capabilities;
    CLQ_FORWARD(fill_tables(gather, recipe, &params, &offset));
    clq_op_step *step = add_step(gather, recipe, &params, offset);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    step->global[0] = ((size_t)gather->extent[5] + local[0] - 1) / local[0] * local[0];
    step->global[1] = ((size_t)gather->extent[4] + local[1] - 1) / local[1] * local[1];
    step->global[2] = (size_t)(gather->extent[0] * gather->extent[1] * gather->extent[2] * gather->extent[3]);
    return CLQNN_OK;
}

const clq_op_variant clq_gather_portable = {
    .name = "gather_portable",
    .summary = "plain OpenCL C, a work-item makes one element; any device, any strides",
    .program = &portable_program,
    .accepts = accepts,
    .cost = portable_cost,
    .arrange = portable_arrange,
};

/* ---- Rows ---- */

static const clq_op_program rows_program = {
    .parts = {"arrange/arrange_params", "lanes/width64", "lanes/lane_types", "lanes/width16", "lanes/lane_types", "arrange/byte_runs", "arrange/element8",
              "arrange/gather_rows", "arrange/element16", "arrange/gather_rows", "arrange/element32", "arrange/gather_rows"},
    .kernels = {{"gather_rows_8", 3, sizeof(gather_params), {1, 1, 1}}, {"gather_rows_16", 3, sizeof(gather_params), {1, 1, 1}},
                {"gather_rows_32", 3, sizeof(gather_params), {1, 1, 1}}},
};

static double rows_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_gather_problem *gather = problem;
    const double elements = elements_of(gather), rows = elements / (double)gather->extent[OP_RANK - 1];
    return 10e-6 + (rows * 20e-9 + elements * 0.5e-9) / (capabilities->compute_units ? (double)capabilities->compute_units : 1.0);
}

/* Whether the last dimension is one contiguous piece of x between constants. */
static void find_run(const clq_gather_problem *problem, gather_params *params)
{
    const int d = OP_RANK - 1;
    const int64_t extent = problem->extent[d];
    int64_t begin = 0, end = 0;
    while (begin < extent && source_at(problem, d, begin) == GATHER_CONSTANT) begin++;
    for (end = begin; end < extent; end++) {
        const int64_t source = source_at(problem, d, end);
        if (source == GATHER_CONSTANT || source != source_at(problem, d, begin) + end - begin) break;
    }
    for (int64_t i = end; i < extent; i++) {
        if (source_at(problem, d, i) != GATHER_CONSTANT) return;
    }
    const bool is_contiguous = (extent == 1 || problem->y_stride[d] == 1) && (end - begin == 1 || problem->x_stride[d] == 1);
    params->is_run = begin < end && is_contiguous;
    params->run_begin = (clq_ulong)begin;
    params->run_end = (clq_ulong)end;
}

static clqnn_status rows_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_gather_problem *gather = problem;
    const clq_ulong groups = 4 * (capabilities->compute_units ? (clq_ulong)capabilities->compute_units : 1);
    gather_params params = {.rows = 1};
    uint64_t offset = 0;
    CLQ_FORWARD(fill_tables(gather, recipe, &params, &offset));
    for (int d = 0; d < OP_RANK - 1; d++) params.rows *= (clq_ulong)gather->extent[d];
    params.chunk = (params.rows + groups - 1) / groups;
    find_run(gather, &params);
    clq_op_step *step = add_step(gather, recipe, &params, offset);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    step->global[0] = (size_t)((params.rows + params.chunk - 1) / params.chunk);
    return CLQNN_OK;
}

const clq_op_variant clq_gather_rows = {
    .name = "gather_rows",
    .summary = "rows of the last dimension, as runs of bytes where they are one piece; CPU",
    .program = &rows_program,
    .needs = CLQ_CAP_HOST_CPU,
    .counts_begun = true,
    .accepts = accepts,
    .cost = rows_cost,
    .arrange = rows_arrange,
};
