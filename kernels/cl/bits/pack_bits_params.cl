/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of the kernels that pack bit planes. Compiled twice, like op/op_params. Types have the values of clqnn_type.
 *
 * The nest is over groups of 32 values; strides count values. */
#define PACK_Y 0                /* operands of the nest: host/bits/group_nest.h */
#define PACK_X 1
#define PACK_LAST 2             /* the index along the last dimension of a group's first value */

#define PACK_B1 1               /* kinds: those of host/op/op_planes.h */
#define PACK_T2 2
#define PACK_PU 4
#define PACK_PS 8
#define PACK_PO 16

typedef struct pack_bits_params {
    op_head head;               /* buffers: x, thresholds, y */
    op_nest nest;
    clq_ulong x_step;           /* from one value to the next */
    clq_ulong last;             /* values of the last dimension */
    clq_int x_type, kind, bits;
    clq_int x_zero, y_zero;
    clq_float x_scale, y_scale;
    clq_int low, high;          /* of pu and ps, and of the q of po */
    clq_int varies;             /* 1: a threshold for each index of the last dimension; they are padded to whole groups */
} pack_bits_params;
