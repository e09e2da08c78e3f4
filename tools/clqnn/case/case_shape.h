/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of the operators that pool, reduce or move elements, from a case. */
#ifndef CLQNN_CASE_SHAPE_H
#define CLQNN_CASE_SHAPE_H

#include "case_file.h"
#include "clqnn/arrange.h"
#include "clqnn/pool.h"
#include "clqnn/reduce.h"
#include "clqnn/resize.h"
#include "clqnn/softmax.h"

/* One call. Tensors are dense; all pointers belong to the case or to this object. */
typedef struct clq_case_shape_call {
    clqnn_tensor inputs[CLQNN_CONCAT_MAX];
    const void *data[CLQNN_CONCAT_MAX];
    int32_t input_count;
    clqnn_tensor y;
    union {
        clqnn_pool_desc pool;
        clqnn_concat_desc concat;
        clqnn_softmax_desc softmax;
        clqnn_reduce_desc reduce;
        clqnn_resize_desc resize;
    } desc;
} clq_case_shape_call;

/* As clq_case_make_gemm. The operator is clq_case_operator_name(file): pool, concat, softmax, reduce or resize. */
clqnn_status clq_case_make_shape(clq_case *file, clq_case_shape_call *out, char *message, size_t capacity);

#endif
