/* SPDX-License-Identifier: Apache-2.0 */
/* What the steps of all moves share. */
#ifndef CLQ_MOVE_LAUNCH_H
#define CLQ_MOVE_LAUNCH_H

#include "arrange/move_problem.h"

/* A step for job `index` with buffers, bases and the map's table; kernel, global[0] and params are the caller's. NULL (with its message) where memory is short. */
clq_op_step *clq_move_step(const clq_move_problem *problem, int index, clq_op_recipe *recipe);

/* 0, 1, 2 for elements of 1, 2, 4 bytes. */
int clq_move_size_index(int32_t element_bytes);

#endif
