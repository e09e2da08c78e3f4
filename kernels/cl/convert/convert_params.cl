/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of the kernels that convert between types. Compiled twice, like op/op_params.
 *
 * Quantizations are tables of words: a plane of scales (float bits), then one of zero points (int). The values of an element of x have number
 *     at[CONVERT_X_VALUE] + at[CONVERT_X_AXIS] / x_block * x_block_step
 * and those of y likewise; block 0: the second term is 0. Planes are padded, so that 16 values from any number on can be read. */
#define CONVERT_S8 1            /* values of clqnn_type */
#define CONVERT_U8 2
#define CONVERT_S32 3
#define CONVERT_F32 4
#define CONVERT_F16 5
#define CONVERT_S16 6
#define CONVERT_S4 7
#define CONVERT_U4 8
#define CONVERT_BF16 9
#define CONVERT_F8E4M3 10
#define CONVERT_F8E5M2 11

#define CONVERT_X 0             /* operands of the nest */
#define CONVERT_Y 1
#define CONVERT_X_VALUE 2
#define CONVERT_X_AXIS 3        /* the index along the axis of blocks */
#define CONVERT_Y_VALUE 4
#define CONVERT_Y_AXIS 5

/* Of the kernel that makes such planes from scales and zero points in device memory. */
typedef struct convert_values_params {
    op_head head;               /* buffers: scales, zero points, the planes */
    clq_ulong count, plane;     /* values, and words of a plane */
    clq_int low, high;          /* what zero points are limited to */
} convert_values_params;

typedef struct convert_params {
    op_head head;               /* buffers: x, x's values, y's values, y */
    op_nest nest;
    clq_ulong x_block, x_block_step;
    clq_ulong y_block, y_block_step;
    clq_ulong x_plane, y_plane;  /* words of a plane */
    clq_int x_type, y_type;
    clq_int low, high;          /* of an integer y */
    clq_int streams;            /* 1: y is too large for the caches */
    clq_int f8_overflow;        /* clqnn_f8_overflow, of an 8-bit float y */
} convert_params;
