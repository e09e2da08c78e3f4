/* SPDX-License-Identifier: Apache-2.0 */
/* Long sums in parts, side by side in the workspace, and the launch that joins them. */
#include <string.h>

#include "train/train_problem.h"

#define MOST_PARTS 64

int64_t clq_train_parts(int64_t count, int64_t terms, int64_t least)
{
    const int64_t room = CLQ_TRAIN_WORKSPACE / 4 / count, wanted = terms / least;
    const int64_t parts = room < wanted ? room : wanted;
    return parts < 1 ? 1 : parts > MOST_PARTS ? MOST_PARTS : parts;
}

clqnn_status clq_train_add_join(const clq_train_join *join, clq_op_recipe *recipe)
{
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    const train_join_params params = {
        .rows = (clq_ulong)join->rows,
        .columns = (clq_ulong)join->columns,
        .part_stride = (clq_ulong)join->part_stride,
        .row = (clq_ulong)join->row,
        .column = (clq_ulong)join->column,
        .result_row = (clq_ulong)join->result_row,
        .parts = (clq_int)join->parts,
        .has_bias = join->has_bias,
        .adds = join->adds,
    };
    const uint8_t buffers[] = {CLQ_OP_WORKSPACE, join->has_bias ? join->bias : CLQ_OP_WORKSPACE, join->result};
    memcpy(step->buffers, buffers, sizeof buffers);
    memcpy(step->params, &params, sizeof params);
    step->kernel = join->kernel;
    step->base[0] = join->base;
    step->global[0] = (size_t)((join->columns + 31) / 32 * 32);
    step->global[1] = (size_t)join->rows;
    step->global[2] = 1;
    return CLQNN_OK;
}
