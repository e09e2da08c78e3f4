/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "bits/pool_bits_problem.h"
#include "core/descriptor.h"
#include "core/message.h"

/* Types of one bit. */
static clqnn_status check_types(const clqnn_pool_desc *desc)
{
    const clqnn_type type = desc->x.type;
    if (type != CLQNN_B1 && type != CLQNN_PU1 && type != CLQNN_PO1) {
        return clq_fail(CLQNN_UNSUPPORTED, "x.type is %s: pools of bits take b1, pu1 and po1", clqnn_type_name(type));
    }
    if (desc->y.type == type) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_ARGUMENT, "y.type is %d, must be %s as x.type", (int)desc->y.type, clqnn_type_name(type));
}

/* What bits do not have. */
static clqnn_status check_kind(const clqnn_pool_desc *desc)
{
    const char *type = clqnn_type_name(desc->x.type);
    const clqnn_quantization *x = &desc->x.quantization, *y = &desc->y.quantization;
    if (desc->kind != CLQNN_POOL_MAX) return clq_fail(CLQNN_UNSUPPORTED, "kind is %d (average), which %s does not have", (int)desc->kind, type);
    if (desc->layout != CLQNN_CHANNELS_LAST) return clq_fail(CLQNN_UNSUPPORTED, "layout is %d (channels first), but channels of %s share words", (int)desc->layout, type);
    if (desc->has_clamp) return clq_fail(CLQNN_UNSUPPORTED, "has_clamp is %d, which %s does not have", (int)desc->has_clamp, type);
    CLQ_FORWARD(clq_planes_check_quantization("x", &desc->x));
    CLQ_FORWARD(clq_planes_check_quantization("y", &desc->y));
    if (clq_quantization_scale(x, 0) == clq_quantization_scale(y, 0) && clq_quantization_zero_point(x, 0) == clq_quantization_zero_point(y, 0)) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_QUANTIZATION, "x and y of %s are quantized differently", type);
}

static clqnn_status match_extent(int i, int64_t given, int64_t wanted)
{
    if (given == wanted) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_SHAPE, "y.shape[%d] is %lld, must be %lld", i, (long long)given, (long long)wanted);
}

static clqnn_status check_shapes(clq_pool_bits_problem *problem)
{
    const clqnn_pool_desc *desc = &problem->desc;
    const int32_t axes = desc->spatial_rank ? desc->spatial_rank : 2, rank = axes + 2;
    if (desc->x.rank != rank || desc->y.rank != rank) {
        return clq_fail(CLQNN_INVALID_SHAPE, "x.rank is %d and y.rank is %d, must be %d", (int)desc->x.rank, (int)desc->y.rank, (int)rank);
    }
    CLQ_FORWARD(clq_planes_resolve("x", &desc->x, CLQ_PLANES_ALL, false, &problem->x));
    CLQ_FORWARD(clq_planes_resolve("y", &desc->y, CLQ_PLANES_ALL, true, &problem->y));
    CLQ_FORWARD(clq_pool_make_axes(desc, problem->axes));
    CLQ_FORWARD(match_extent(0, problem->y.shape[0], problem->x.shape[0]));
    for (int i = 0; i < axes; i++) CLQ_FORWARD(match_extent(1 + i, problem->y.shape[1 + i], problem->axes[POOL_AXES - axes + i].output));
    return match_extent(rank - 1, problem->y.shape[rank - 1], problem->x.shape[rank - 1]);
}

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_pool_bits_problem *problem = problem_memory;
    const clqnn_pool_desc *desc = &problem->desc;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_pool_desc", given, &problem->desc, sizeof problem->desc, sizeof problem->desc));
    CLQ_FORWARD(clq_pool_check_enumerators(desc));
    CLQ_FORWARD(check_types(desc));
    CLQ_FORWARD(check_kind(desc));
    CLQ_FORWARD(check_shapes(problem));
    signature->wanted = desc->variant;
    CLQ_FORWARD(clq_planes_add_input(signature, "x", &problem->x));
    return clq_planes_add_output(signature, "y", &problem->y);
}

int64_t clq_pool_bits_words(const clq_pool_bits_problem *problem)
{
    const int last = problem->y.rank - 1;
    return problem->y.count / problem->y.shape[last] * clq_planes_groups(&problem->y);
}

/* Where the windows of each axis begin, and how many taps they have. */
static clqnn_status add_windows(const clq_pool_bits_problem *problem, clq_op_recipe *recipe, pool_bits_params *params, uint64_t *offset)
{
    size_t words = 0;
    for (int i = 0; i < POOL_AXES; i++) {
        params->windows[i] = words;
        words += (size_t)problem->axes[i].output * 2;
    }
    int32_t *window = clq_op_add_table(recipe, words * sizeof *window, offset);
    if (!window) return CLQNN_OUT_OF_MEMORY;
    for (int i = 0; i < POOL_AXES; i++) {
        for (int64_t o = 0; o < problem->axes[i].output; o++, window += 2) {
            const clq_pool_window at = clq_pool_window_at(&problem->axes[i], o);
            window[0] = (int32_t)at.first;
            window[1] = (int32_t)at.inside;
        }
    }
    return CLQNN_OK;
}

clq_op_step *clq_pool_bits_add_step(const clq_pool_bits_problem *problem, clq_op_recipe *recipe, pool_bits_params *params)
{
    const int axes = problem->x.rank - 2;
    uint64_t offset = 0;
    *params = (pool_bits_params){
        .x_stride = {(clq_ulong)problem->x.strides[0] / CLQ_PLANES_GROUP},
        .y_stride = {(clq_ulong)problem->y.strides[0] / CLQ_PLANES_GROUP},
        .rows = (clq_ulong)(problem->y.shape[0] * problem->axes[0].output * problem->axes[1].output),
        .words = (clq_int)clq_planes_groups(&problem->y),
        .is_and = problem->x.type == CLQNN_B1,
    };
    for (int i = 0; i < POOL_AXES; i++) {
        const int from = i - (POOL_AXES - axes);
        params->output[i] = (clq_int)problem->axes[i].output;
        if (from < 0) continue;
        params->x_stride[1 + i] = (clq_ulong)problem->x.strides[1 + from] / CLQ_PLANES_GROUP;
        params->y_stride[1 + i] = (clq_ulong)problem->y.strides[1 + from] / CLQ_PLANES_GROUP;
        params->tap_step[i] = params->x_stride[1 + i] * (clq_ulong)problem->axes[i].dilation;
    }
    if (add_windows(problem, recipe, params, &offset) != CLQNN_OK) return NULL;
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return NULL;
    const uint8_t buffers[] = {CLQ_OP_INPUT, CLQ_OP_OUTPUT, CLQ_OP_TABLES};
    memcpy(step->buffers, buffers, sizeof buffers);
    step->base[2] = offset;
    return step;
}

const clq_op_family clq_op_pool_bits = {
    .kind = "pool_bits",
    .problem_size = sizeof(clq_pool_bits_problem),
    .validate = validate,
    .variants = {&clq_pool_bits_vector, &clq_pool_bits_portable},
};
_Static_assert(sizeof(clq_pool_bits_problem) <= CLQ_OP_PROBLEM_BYTES, "the problem fits the framework's memory");
