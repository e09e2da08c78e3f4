/* SPDX-License-Identifier: Apache-2.0 */
/* Concat, split and transpose as moves: nests of elements from one tensor to another. What the variants see; each of the three is a family of its own. */
#ifndef CLQ_MOVE_PROBLEM_H
#define CLQ_MOVE_PROBLEM_H

#include "arrange/byte_map.h"
#include "arrange/arrange_kernel.h"
#include "clqnn/arrange.h"
#include "op/op_family.h"

typedef struct clq_move_job {
    int64_t extent[OP_RANK], x_stride[OP_RANK], y_stride[OP_RANK];   /* collapsed; elements */
    uint64_t x_first, y_first;                                       /* elements from the regions' first */
    clq_byte_code x_code, y_code;
    uint8_t x_index, y_index;                                        /* which input, which output */
    bool has_map;
} clq_move_job;

typedef struct clq_move_problem {
    int32_t job_count;
    int32_t element_bytes;
    double bytes;                        /* read and written */
    clq_move_job jobs[CLQNN_CONCAT_MAX];
} clq_move_problem;

/* Adds the move of x's elements to y's, where strides of x and y go with `shape`. */
void clq_move_add(clq_move_problem *problem, int32_t rank, const int64_t *shape, const int64_t *x_strides, const int64_t *y_strides, clq_move_job job);

/* The nest of a job with strides times `scale`. */
clq_nest clq_move_nest(const clq_move_job *job, int64_t scale);

/* Whether the innermost elements of every job are contiguous in both tensors; and the nest of such a job in bytes. */
bool clq_move_is_rows(const clq_move_problem *problem);
clq_nest clq_move_row_nest(const clq_move_job *job, int32_t element_bytes);

/* Types of what is moved, and whether it must be requantized. `name` is y's or x's, for messages. */
clqnn_status clq_move_check(const char *x_name, const clqnn_tensor *x, const char *y_name, const clqnn_tensor *y, bool *has_map);

#define CLQ_TYPES_MOVED (CLQ_TYPES_BYTE | CLQ_TYPES_FLOAT | CLQ_TYPE_BIT(CLQNN_S16) | CLQ_TYPE_BIT(CLQNN_S32))

extern const clq_op_variant clq_move_table_avx512, clq_move_rows, clq_move_tiles, clq_move_portable;

#endif
