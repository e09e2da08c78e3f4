/* SPDX-License-Identifier: Apache-2.0 */
#include "arrange/move_launch.h"

clq_op_step *clq_move_step(const clq_move_problem *problem, int index, clq_op_recipe *recipe)
{
    const clq_move_job *job = &problem->jobs[index];
    uint64_t offset = 0;
    if (job->has_map) {
        uint8_t *map = clq_op_add_table(recipe, 256, &offset);
        if (!map) return NULL;
        clq_byte_map_fill(&job->x_code, &job->y_code, false, map);
    }
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return NULL;
    step->buffers[0] = (uint8_t)(CLQ_OP_INPUT + job->x_index);
    step->buffers[1] = job->has_map ? CLQ_OP_TABLES : (uint8_t)(CLQ_OP_INPUT + job->x_index); /* not read without a map */
    step->buffers[2] = (uint8_t)(CLQ_OP_OUTPUT + job->y_index);
    step->base[0] = job->x_first * (uint64_t)problem->element_bytes;
    step->base[1] = offset;
    step->base[2] = job->y_first * (uint64_t)problem->element_bytes;
    step->global[0] = step->global[1] = step->global[2] = 1;
    return step;
}

int clq_move_size_index(int32_t element_bytes)
{
    return element_bytes == 1 ? 0 : element_bytes == 2 ? 1 : 2;
}
