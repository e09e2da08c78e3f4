/* SPDX-License-Identifier: Apache-2.0 */
/* Weights quantized in groups along k, as formats of language models store them. */
#ifndef CLQNN_GROUPS_H
#define CLQNN_GROUPS_H

#include "clqnn/types.h"

#ifdef __cplusplus
extern "C" {
#endif

/* b is k x n integers q; w is what they mean. In binary32, each operation rounded once, in the written order:
 *
 *     w[k][j] = s[g][j] * (q[k][j] - z[g][j])       zero points, or none (z = 0)
 *     w[k][j] = s[g][j] * q[k][j] - o[g][j]         offsets
 *     g = index ? index[k] : k / size               ceil(k / size) groups, the last may be short
 *
 * Arrays are dense, [groups][n] where b is [k][n] and [n][groups] where b is transposed; read during the call that takes them. */
typedef struct clqnn_groups {
    int64_t size;                 /* rows of k that share a scale; 0: no groups; k: one for each column. At most k */
    const void *scales;           /* each finite */
    clqnn_type scale_type;        /* f32, f16, bf16: kept as it is in packed weights */
    const void *zero_points;      /* or NULL */
    clqnn_type zero_point_type;   /* u8 (of an unsigned b) or s8: a byte each, within the range of b's type; f32, f16, bf16: each finite */
    const void *offsets;          /* of scale_type, each finite, or NULL. Not together with zero points */
    const int32_t *index;         /* NULL, or the group of each of the k rows (GPTQ with act-order), each 0 .. groups - 1; every group has `size` rows but the last */
} clqnn_groups;

#ifdef __cplusplus
}
#endif
#endif
