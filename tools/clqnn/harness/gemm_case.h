/* SPDX-License-Identifier: Apache-2.0 */
/* What a GEMM is verified on: cases as plain values without data, enumerated by index. A case is a pure function of (sweep, index), so that
 * naming the two repeats it. Uses the public headers only. */
#ifndef CLQ_GEMM_CASE_H
#define CLQ_GEMM_CASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "case_numerics.h"
#include "clqnn/gemm.h"
#include "verify_sweep.h"

/* Which cases: shapes gather around the variant's tile. */
typedef struct clq_gemm_sweep {
    clq_level level;
    uint64_t seed;
    int32_t tile_m, tile_n, tile_k; /* of clqnn_gemm_variant_info; 0: 4, 16, 4 */
    bool planes_only;               /* every b is of b1 or t2 */
    int64_t max_macs;               /* batch * m * n * k of a case is kept below; 0: 2^24 quick, 2^26 otherwise */
} clq_gemm_sweep;

/* Where b comes from. */
typedef enum clq_b_source {
    CLQ_B_CONSTANT, /* desc.b_data */
    CLQ_B_PACKED,   /* clqnn_gemm_pack, then serialised, read back and unpacked again: each step is checked */
    CLQ_B_RUNTIME   /* given to the enqueue */
} clq_b_source;

typedef struct clq_gemm_case {
    uint64_t seed;                        /* of the data */
    int64_t m, n, k, batch[2];
    clqnn_type a_type, b_type, c_type; /* b also b1 and t2, whose k is packed */
    bool a_transposed, b_transposed;
    int32_t a_padding, b_padding, c_padding; /* leading dimension beyond the dense one */
    int32_t a_offset, b_offset, c_offset; /* elements before the first; b's only with CLQ_B_RUNTIME */
    int32_t batch_gap;                    /* elements between two matrices of each operand */
    bool a_broadcast[2], b_broadcast[2];
    bool sub_buffers;                     /* a and c are sub-buffers of larger buffers */
    bool wait_list;                       /* enqueued behind a user event, and waited for by its own event */
    clq_b_source b_source;
    clq_per a_zero, b_zero, c_zero;
    bool extreme_zero;                    /* zero points at the ends of their types */
    clq_per a_scale, b_scale;
    clqnn_type bias_type;                 /* CLQNN_TYPE_NONE: no bias */
    clqnn_rounding rounding;
    clq_per fixed;                        /* multipliers and shifts of CLQNN_FIXED_* */
    bool clamp;
    clqnn_dynamic dynamic;
    clqnn_type dynamic_type;
    clq_data a_data, b_data;
    clq_aim aim;
} clq_gemm_case;

/* Whether a variant whose clqnn_gemm_variant_info.types is this takes no other b than planes. */
bool clq_gemm_takes_planes_only(const char *types);

/* Number of cases of a sweep. */
size_t clq_gemm_case_count(const clq_gemm_sweep *sweep);

/* The case of an index below the count. Always one that clqnn_gemm_create must accept when no variant is forced. */
clq_gemm_case clq_gemm_case_make(const clq_gemm_sweep *sweep, size_t index);

/* One line: shape, types and everything that is not the default. Returns `text`. */
const char *clq_gemm_case_describe(const clq_gemm_case *spec, char *text, size_t size);

#endif
