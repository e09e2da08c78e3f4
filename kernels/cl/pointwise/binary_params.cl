/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of the kernels of two inputs. Compiled twice, like op/op_params. */
#define BINARY_ADD 0            /* values of clqnn_binary_kind */
#define BINARY_SUB 1
#define BINARY_MUL 2
#define BINARY_MIN 3
#define BINARY_MAX 4

#define BINARY_FLOAT_EVEN 0     /* values of clqnn_rounding */
#define BINARY_FIXED_DOUBLE 1
#define BINARY_FIXED_SINGLE 2

typedef struct binary_params {
    op_head head;
    op_nest nest;               /* operands a, b, y */
    clq_int kind, rule;
    clq_int a_flip, b_flip, y_flip;   /* 0x80 for s8: the byte ^ flip is the value + flip, unsigned */
    clq_int a_zero, b_zero, y_zero;   /* of the unsigned values */
    clq_int low, high;                /* likewise */
    clq_float a_scale, b_scale, y_scale;
    clq_int left_shift;
    clq_int streams;                  /* 1: y is too large for the caches */
    clq_int multiplier[3], shift[3];  /* of a, b, y */
} binary_params;
