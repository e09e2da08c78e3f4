/* SPDX-License-Identifier: Apache-2.0 */
/* Elements taken from where a function of each index says: pad, and the nearest neighbours of resize. What the variants see: the head of the families' own problems. */
#ifndef CLQ_GATHER_PROBLEM_H
#define CLQ_GATHER_PROBLEM_H

#include "arrange/arrange_kernel.h"
#include "arrange/byte_map.h"
#include "op/op_family.h"

typedef struct clq_gather_problem clq_gather_problem;

struct clq_gather_problem {
    /* Index of x on dimension `d` for an index of y, or GATHER_CONSTANT. NULL: the problem is of another kind, and no variant here takes it. */
    int64_t (*source)(const clq_gather_problem *problem, int d, int64_t index);
    int64_t extent[OP_RANK];                            /* of y, aligned at the last dimension */
    int64_t x_stride[OP_RANK], y_stride[OP_RANK];       /* elements */
    clq_byte_code x_code, y_code;
    bool has_map;
    uint32_t constant;                                  /* bits of an element */
    int32_t element_bytes;
    int32_t leading;                                    /* dimensions in front that the tensors do not have */
};

/* Fills everything but source and constant. */
clqnn_status clq_gather_fill(clq_gather_problem *problem, const clqnn_tensor *x_given, const clq_tensor *x, const clqnn_tensor *y_given, const clq_tensor *y);

extern const clq_op_variant clq_gather_rows, clq_gather_portable;

#endif
