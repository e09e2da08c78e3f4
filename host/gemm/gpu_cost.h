/* SPDX-License-Identifier: Apache-2.0 */
/* The cost model and the conditions that all GPU-style variants share. Pure. Rates are guesses from published numbers of several makers: they rank
 * variants by shape on a device that nobody has tuned, no more. */
#ifndef CLQ_GPU_COST_H
#define CLQ_GPU_COST_H

#include "device/capabilities.h"
#include "gemm/gemm_problem.h"

/* Products of 8-bit integers a clock and compute unit. */
#define CLQ_GPU_PLAIN_RATE 16.0   /* extract, multiply, add */
#define CLQ_GPU_DOT_RATE 256.0    /* a 4-element dot product a lane, 64 lanes */
#define CLQ_GPU_MATRIX_RATE 2048.0

typedef struct clq_gpu_work {
    int32_t tile_m, tile_n;       /* outputs of a work-group */
    int64_t k_part;               /* k of a work-group; 0: all of it */
    double rate;                  /* CLQ_GPU_*_RATE times what the kernel's shape reaches of it */
    double weight_bytes;          /* of a packed weight; 0: 1 */
} clq_gpu_work;

/* Work-groups that the product needs. */
int64_t clq_gpu_group_count(const clq_gemm_problem *problem, const clq_gpu_work *work);

/* Seconds of one launch: rounds of work-groups over the compute units, or the bytes to be moved, whichever is more. On a CPU every such kernel is
 * slower than any kernel made for it, the portable one included. */
double clq_gpu_cost(const clq_gemm_problem *problem, const clq_capabilities *capabilities, const clq_gpu_work *work);

/* Why a device cannot run work-groups of this size with this much local memory, or NULL. */
const char *clq_gpu_refusal(const clq_capabilities *capabilities, uint64_t items, uint64_t local_bytes);

#endif
