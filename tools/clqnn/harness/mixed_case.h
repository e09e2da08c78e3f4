/* SPDX-License-Identifier: Apache-2.0 */
/* What products of floats are verified on: cases as plain values without data, enumerated by index, as gemm_case.h does. Uses the public headers only. */
#ifndef CLQ_MIXED_CASE_H
#define CLQ_MIXED_CASE_H

#include "gemm_case.h"

/* What float data looks like. */
typedef enum clq_floats {
    CLQ_FLOATS_RANDOM,    /* about 1, some a hundred times smaller or larger */
    CLQ_FLOATS_WHOLE,     /* -4 .. 4: every product and sum is exact */
    CLQ_FLOATS_LARGE,     /* of one sign a row or column, so that sums overflow f32 or f16 and some do not */
    CLQ_FLOATS_TINY,      /* subnormal and small numbers of the type */
    CLQ_FLOATS_SPECIAL    /* random, with infinities, NaN, zeros of both signs and the largest number among them */
} clq_floats;

typedef enum clq_mixed_residual {
    CLQ_MIXED_NO_RESIDUAL,
    CLQ_MIXED_OWN_RESIDUAL,
    CLQ_MIXED_RESIDUAL_IN_C  /* c itself, of its type and strides */
} clq_mixed_residual;

typedef enum clq_group_zeros {
    CLQ_GROUP_NO_ZEROS,
    CLQ_GROUP_INTEGER_ZEROS,
    CLQ_GROUP_FLOAT_ZEROS,
    CLQ_GROUP_OFFSETS
} clq_group_zeros;

typedef struct clq_mixed_case {
    uint64_t seed;                        /* of the data */
    int64_t m, n, k, batch[2];
    clqnn_type a_type, b_type, c_type;
    bool a_transposed, b_transposed;
    int32_t a_padding, b_padding, c_padding, residual_padding; /* leading dimension beyond the dense one */
    int32_t a_offset, b_offset, c_offset; /* elements before the first; b's only with CLQ_B_RUNTIME */
    int32_t batch_gap;                    /* elements between two matrices of each operand */
    bool a_broadcast[2], b_broadcast[2];
    bool sub_buffers;                     /* a, residual and c are sub-buffers of larger buffers */
    bool wait_list;                       /* enqueued behind a user event, and waited for by its own event */
    clq_b_source b_source;
    clq_mixed_residual residual;
    clqnn_type residual_type;
    bool residual_broadcast;              /* along the inner batch dimension */
    clq_per column_scale;
    bool bias, clamp, c_zero;
    clqnn_function activation;
    bool half_sums;                       /* sums in f16; a and b are of f16 */
    clq_floats a_data, b_data;
    int64_t group;                        /* rows of a group; 0: b is of floats */
    clqnn_type scale_type;                /* of groups, and of float zero points and offsets */
    clq_group_zeros zeros;
    bool group_index;
    clqnn_dynamic dynamic;                /* a quantized by the call, with groups */
    clqnn_type dynamic_type;
} clq_mixed_case;

/* Number of cases of a sweep; the case of an index below it, always one that clqnn_gemm_create must accept when no variant is forced. */
size_t clq_mixed_case_count(const clq_sweep *sweep);
clq_mixed_case clq_mixed_case_make(const clq_sweep *sweep, size_t index);

/* One line: shape, types and everything that is not the default. Returns `text`. */
const char *clq_mixed_case_describe(const clq_mixed_case *spec, char *text, size_t size);

#endif
