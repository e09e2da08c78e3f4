/* SPDX-License-Identifier: Apache-2.0 */
/* Validated tensors of the operators, and nests of loops over several of them. Pure. */
#ifndef CLQ_OP_TENSOR_H
#define CLQ_OP_TENSOR_H

#include <stdbool.h>

#include "clqnn/tensor.h"
#include "core/message.h"

#define CLQ_TYPE_BIT(type) (1u << (type))
#define CLQ_TYPES_BYTE (CLQ_TYPE_BIT(CLQNN_S8) | CLQ_TYPE_BIT(CLQNN_U8))
#define CLQ_TYPES_NIBBLE (CLQ_TYPE_BIT(CLQNN_S4) | CLQ_TYPE_BIT(CLQNN_U4))
#define CLQ_TYPES_FLOAT (CLQ_TYPE_BIT(CLQNN_F32) | CLQ_TYPE_BIT(CLQNN_F16))
#define CLQ_TYPES_SMALL_FLOAT (CLQ_TYPE_BIT(CLQNN_BF16) | CLQ_TYPE_BIT(CLQNN_F8E4M3) | CLQ_TYPE_BIT(CLQNN_F8E5M2))

/* A tensor that has been checked: strides are filled in. */
typedef struct clq_tensor {
    clqnn_type type;
    int32_t rank;
    int64_t shape[CLQNN_MAX_RANK];
    int64_t strides[CLQNN_MAX_RANK];   /* elements */
    int64_t count;                     /* elements */
    int64_t span;                      /* elements of memory from the first to one past the last */
    bool is_dense;
} clq_tensor;

/* Checks type (one of the bits of `types`), rank, shape and strides; not the quantization. `is_result`: elements must not overlap. */
clqnn_status clq_tensor_resolve(const char *name, const clqnn_tensor *given, uint32_t types, bool is_result, clq_tensor *tensor);

/* The type alone. */
clqnn_status clq_tensor_check_type(const char *name, clqnn_type type, uint32_t types);

/* Both of one rank and shape. */
clqnn_status clq_tensor_check_same_shape(const char *a_name, const clq_tensor *a, const char *b_name, const clq_tensor *b);

/* Bytes from the first element to the end of the last. */
uint64_t clq_tensor_bytes(const clq_tensor *tensor);

/* What values of a tensor's quantization an operator takes. */
typedef enum clq_quantized { CLQ_QUANTIZED_NOT, CLQ_QUANTIZED_WHOLE, CLQ_QUANTIZED_AXIS } clq_quantized;

/* Counts, scales and zero points. NOT: nothing may be given; WHOLE: 0 or 1 value; AXIS: values for an axis or for blocks too. */
clqnn_status clq_tensor_check_quantization(const char *name, const clqnn_tensor *given, clq_quantized most);

/* The range of an integer type up to 16 bits; false for another. */
bool clq_type_range(clqnn_type type, int32_t *low, int32_t *high);

/* Value `index` of a quantization, defaults applied. */
float clq_quantization_scale(const clqnn_quantization *quantization, int64_t index);
int32_t clq_quantization_zero_point(const clqnn_quantization *quantization, int64_t index);

/* An axis that may be negative, as 0 .. rank-1. */
clqnn_status clq_tensor_axis(const char *name, int32_t given, int32_t rank, int32_t *axis);

/* Whether two tensors have the same shape, strides and bits of an element: one may then be read and written in place. */
bool clq_tensor_same_layout(const clq_tensor *a, const clq_tensor *b);

/* The shape that all of the inputs broadcast to, as in ONNX: aligned at the last dimension, each extent 1 or equal. */
clqnn_status clq_tensor_broadcast_shape(const clq_tensor *a, const clq_tensor *b, int32_t *rank, int64_t shape[CLQNN_MAX_RANK]);

/* ---- Nests ---- */

#define CLQ_NEST_OPERANDS 6

/* Loops over `extent`, outermost first, always CLQNN_MAX_RANK of them; the outer ones that are not needed have extent 1. */
typedef struct clq_nest {
    int operands;
    int64_t count;                                        /* product of the extents */
    int64_t extent[CLQNN_MAX_RANK];
    int64_t stride[CLQ_NEST_OPERANDS][CLQNN_MAX_RANK];   /* elements of each operand */
} clq_nest;

/* A nest over this shape, without operands. */
clq_nest clq_nest_begin(int32_t rank, const int64_t *shape);

/* Adds an operand whose dimensions, aligned at the last, are the nest's or 1 (it is then repeated). */
void clq_nest_add(clq_nest *nest, const clq_tensor *tensor);

/* Adds an operand by its strides, `rank` of them, aligned at the last dimension. */
void clq_nest_add_strides(clq_nest *nest, int32_t rank, const int64_t *strides);

/* Joins neighbouring dimensions that all operands step through evenly and drops those of extent 1: the innermost loop becomes as long as
 * can be. */
void clq_nest_collapse(clq_nest *nest);

#endif
