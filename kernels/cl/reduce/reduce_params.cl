/* SPDX-License-Identifier: Apache-2.0 */
/* Parameters of the reductions, and what a sum or an extreme becomes. Compiled twice, like op/op_params: the struct in C too. Bytes are unsigned in the kernels, as in
 * pooling: q ^ flip. Buffers: x, the map, y. */
#define REDUCE_MEAN 0           /* values of clqnn_reduce_kind, then argmax's */
#define REDUCE_SUM 1
#define REDUCE_MAX 2
#define REDUCE_MIN 3
#define REDUCE_ARGMAX 4
#define REDUCE_ARGMIN 5

#define REDUCE_FLOAT_EVEN 0     /* values of clqnn_rounding */
#define REDUCE_FIXED_DOUBLE 1
#define REDUCE_FIXED_SINGLE 2

typedef struct reduce_params {
    op_head head;
    op_nest kept;               /* operands x, y: where each element of y and its first element of x are */
    op_nest reduced;            /* operand x: all elements that become one */
    clq_int kind, rule;
    clq_int select_last, has_map;
    clq_int flip, x_zero, y_zero, low, high;
    clq_float multiplier;
    clq_int fixed_multiplier, shift;
} reduce_params;
