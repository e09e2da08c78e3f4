/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of the kernels that scale and unscale gradients. Compiled twice, like op/op_params. Types have the values of clqnn_type. */
#define LOSS_SCALE_X 0          /* operands of the nest */
#define LOSS_SCALE_Y 1

typedef struct loss_scale_params {
    op_head head;               /* buffers: x, s, y, the flag (y again where nothing is checked) */
    op_nest nest;
    clq_int x_type, y_type;
    clq_int unscales;           /* 1: by 1 / s, and elements are checked */
    clq_int limit;              /* bits of the least product that y cannot hold */
    clq_int streams;            /* 1: y is too large for the caches */
    clq_int unused;
} loss_scale_params;
