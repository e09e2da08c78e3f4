/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "fake_quant/fake_quant_problem.h"

/* Strides of the slots' first elements, and of a slot's elements, for one tensor; the axis of groups is two dimensions. */
typedef struct split_tensor {
    int64_t strides[CLQNN_MAX_RANK + 1];
} split_tensor;

typedef struct split_shape {
    int32_t rank;
    int64_t kept[CLQNN_MAX_RANK + 1], reduced[CLQNN_MAX_RANK + 1];
} split_shape;

static split_shape split(const clq_tensor *x, const clq_fake_slots *slots)
{
    split_shape s = {0};
    for (int i = 0; i < x->rank; i++) {
        const bool is_axis = i == slots->axis;
        if (is_axis && slots->block) {
            s.kept[s.rank] = x->shape[i] / slots->block;
            s.reduced[s.rank++] = 1;
            s.kept[s.rank] = 1;
            s.reduced[s.rank++] = slots->block;
            continue;
        }
        const bool is_kept = slots->axis >= 0 && (is_axis || slots->block > 0);
        s.kept[s.rank] = is_kept ? x->shape[i] : 1;
        s.reduced[s.rank++] = is_kept ? 1 : x->shape[i];
    }
    return s;
}

static split_tensor split_strides(const clq_tensor *tensor, const clq_fake_slots *slots)
{
    split_tensor s = {{0}};
    int at = 0;
    for (int i = 0; i < tensor->rank; i++) {
        if (i == slots->axis && slots->block) s.strides[at++] = tensor->strides[i] * slots->block;
        s.strides[at++] = tensor->strides[i];
    }
    return s;
}

/* Dimensions of one element do not count towards the rank. */
static clq_nest nest_of(int32_t rank, const int64_t *shape, const split_tensor *x, const split_tensor *dy)
{
    int64_t extents[CLQNN_MAX_RANK] = {0}, x_strides[CLQNN_MAX_RANK] = {0}, dy_strides[CLQNN_MAX_RANK] = {0};
    int32_t used = 0;
    for (int i = 0; i < rank; i++) {
        if (shape[i] == 1) continue;
        extents[used] = shape[i];
        x_strides[used] = x->strides[i];
        dy_strides[used++] = dy->strides[i];
    }
    clq_nest nest = clq_nest_begin(used, extents);
    clq_nest_add_strides(&nest, used, x_strides);
    clq_nest_add_strides(&nest, used, dy_strides);
    clq_nest_collapse(&nest);
    return nest;
}

clqnn_status clq_fake_sums_make(const clq_tensor *x, const clq_tensor *dy, const clq_fake_slots *slots, clq_fake_sums *sums)
{
    if (slots->block && x->shape[slots->axis] % slots->block) {
        return clq_fail(CLQNN_UNSUPPORTED, "x.block is %lld, which does not divide x.shape[%d], %lld", (long long)slots->block, (int)slots->axis,
                        (long long)x->shape[slots->axis]);
    }
    const split_shape shape = split(x, slots);
    const split_tensor x_split = split_strides(x, slots), dy_split = split_strides(dy ? dy : x, slots);
    int32_t kept = 0, reduced = 0;
    for (int i = 0; i < shape.rank; i++) {
        kept += shape.kept[i] > 1;
        reduced += shape.reduced[i] > 1;
    }
    if (kept > CLQNN_MAX_RANK || reduced > CLQNN_MAX_RANK) return clq_fail(CLQNN_UNSUPPORTED, "x.rank is %d, too much for groups", (int)x->rank);
    sums->kept = nest_of(shape.rank, shape.kept, &x_split, &dy_split);
    sums->reduced = nest_of(shape.rank, shape.reduced, &x_split, &dy_split);
    sums->slots = sums->kept.count;
    sums->elements = sums->reduced.count;
    sums->blocks = (sums->elements + FAKE_SUM_BLOCK - 1) / FAKE_SUM_BLOCK;
    return CLQNN_OK;
}

uint64_t clq_fake_sums_bytes(const clq_fake_sums *sums)
{
    return 2 * (uint64_t)sums->slots * (uint64_t)sums->blocks * sizeof(float);
}

clqnn_status clq_fake_add_sums(const clq_fake_sums *sums, int kind, const fake_rule *rule, clqnn_type x_type, clqnn_type dy_type, const clq_op_program *program,
                               const uint8_t buffers[4], clq_op_recipe *recipe)
{
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    fake_sums_params params = {
        .kept = clq_op_nest(&sums->kept, 1),
        .reduced = clq_op_nest(&sums->reduced, FAKE_SUM_BLOCK),
        .blocks = (clq_ulong)sums->blocks,
        .rule = *rule,
        .kind = kind,
        .x_type = (clq_int)x_type,
        .dy_type = (clq_int)dy_type,
    };
    params.rule.slots = (clq_ulong)sums->slots;
    const uint8_t all[] = {buffers[0], buffers[1], buffers[2], CLQ_OP_WORKSPACE, buffers[3]};
    step->kernel = CLQ_FAKE_SUMS;
    memcpy(step->buffers, all, sizeof all);
    memcpy(step->params, &params, sizeof params);
    step->global[0] = (size_t)sums->slots * (size_t)sums->blocks * program->kernels[CLQ_FAKE_SUMS].local[0];
    step->global[1] = step->global[2] = 1;
    return CLQNN_OK;
}

clqnn_status clq_fake_add_finish(const clq_fake_sums *sums, fake_finish_params params, const clq_op_program *program, uint8_t result, clq_op_recipe *recipe)
{
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    const size_t local = program->kernels[CLQ_FAKE_FINISH].local[0];
    params.slots = (clq_ulong)sums->slots;
    params.blocks = (clq_ulong)sums->blocks;
    step->kernel = CLQ_FAKE_FINISH;
    step->buffers[0] = CLQ_OP_WORKSPACE;
    step->buffers[1] = result;
    memcpy(step->params, &params, sizeof params);
    step->global[0] = ((size_t)sums->slots + local - 1) / local * local;
    step->global[1] = step->global[2] = 1;
    return CLQNN_OK;
}
