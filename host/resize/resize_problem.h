/* SPDX-License-Identifier: Apache-2.0 */
/* A resizing, validated: nearest neighbours are a gather, linear has variants of its own. */
#ifndef CLQ_RESIZE_PROBLEM_H
#define CLQ_RESIZE_PROBLEM_H

#include "arrange/gather_problem.h"
#include "clqnn/resize.h"
#include "resize/resize_params.cl"

typedef struct clq_resize_problem {
    clq_gather_problem gather;      /* first: its variants see this; no source where linear */
    clqnn_resize_desc desc;         /* a copy, valid during the call */
    clq_tensor x, y;
    int height;                     /* dimension of the height; the width follows */
    int channel;
} clq_resize_problem;

/* Neighbours on one axis (0: height, 1: width). */
typedef struct clq_neighbours {
    int64_t index, next;
    int32_t weight;                 /* of the next, out of RESIZE_ONE */
} clq_neighbours;

int64_t clq_resize_nearest(const clq_resize_problem *problem, int axis, int64_t index);
clq_neighbours clq_resize_neighbours(const clq_resize_problem *problem, int axis, int64_t index);

extern const clq_op_variant clq_resize_vector, clq_resize_portable;

#endif
