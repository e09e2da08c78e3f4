/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of the kernels that unpack bit planes. Compiled twice, like op/op_params. Types have the values of clqnn_type, kinds those of
 * bits/pack_bits_params. The nest is over values, or over groups of 32 of them; strides count values. */
#define UNPACK_X 0              /* operands of the nest; of groups: host/bits/group_nest.h */
#define UNPACK_Y 1
#define UNPACK_LAST 2

typedef struct unpack_bits_params {
    op_head head;               /* buffers: x, y */
    op_nest nest;
    clq_ulong y_step, last;     /* from one value to the next, and values of the last dimension; of a nest over groups */
    clq_int kind, bits;
    clq_int y_type;
    clq_int x_zero, y_zero;
    clq_float x_scale, y_scale;
    clq_int low, high;          /* of an integer y */
    clq_int streams;            /* 1: y is too large for the caches */
} unpack_bits_params;
