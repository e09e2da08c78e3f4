/* SPDX-License-Identifier: Apache-2.0 */
/* One call of an operator without weights: dense tensors with random data, and what the library and the reference are given. */
#ifndef CLQ_OPERATOR_CALL_H
#define CLQ_OPERATOR_CALL_H

#include "clqnn/op.h"
#include "bench_shape.h"

#define CLQ_CALL_INPUTS 8
#define CLQ_CALL_POISON 0xa5   /* every byte of y before a call that is to be checked */

typedef struct clq_operator_call {
    clq_bench_op op;
    clq_operator_shape shape;
    uint32_t input_count;
    bool has_flag;                             /* the call has a second output, a word that stays 0 */
    clqnn_tensor inputs[CLQ_CALL_INPUTS], y;   /* quantizations point into this object */
    float scales[CLQ_CALL_INPUTS + 1];         /* y's last */
    int32_t zero_points[CLQ_CALL_INPUTS + 1];
    void *data[CLQ_CALL_INPUTS];
    size_t bytes[CLQ_CALL_INPUTS], y_bytes;
    bool is_separable;                         /* row i of y depends on rows i of the inputs alone (rows: of the outermost dimension) */
    const char *variant;                       /* NULL: the library's choice */
} clq_operator_call;

/* Memory and data for shape and types. NULL with the reason where the shape has no output or memory ran out. */
clq_operator_call *clq_operator_call_create(const clq_bench_shape *shape, const clq_gemm_types *types, char *message, size_t size);
void clq_operator_call_destroy(clq_operator_call *call);

double clq_tensor_elements(const clqnn_tensor *tensor);

/* Compares y with the reference: all of it, or, where it is large and the operator works on rows, rows at the beginning, in the middle and at the end.
 * False with the first difference. */
bool clq_operator_call_check(const clq_operator_call *call, const void *y, char *message, size_t size);

/* ---- The operator's functions, for any call (operator_families.c) ---- */

/* "binary", as in clqnn_op_info. */
const char *clq_operator_call_kind(const clq_operator_call *call);

clqnn_status clq_operator_call_plan(clqnn_context *context, const clq_operator_call *call, clqnn_op **op);
clqnn_status clq_operator_call_query(clqnn_context *context, const clq_operator_call *call, clqnn_op_info *info);
clqnn_status clq_operator_call_reference(const clq_operator_call *call, const void *const *inputs, void *y);

/* Shape and quantization of y, and is_separable, of a call whose inputs are there. False where there is no output. */
bool clq_operator_call_shape_y(clq_operator_call *call);

#endif
