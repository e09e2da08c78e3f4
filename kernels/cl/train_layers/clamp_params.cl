/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of clamps and residual sums. Compiled twice, like op/op_params. Buffers: x or dy, b or v (x again where there is none), y or dx. */
#define CLAMP_FORWARD 0
#define CLAMP_SUM 1
#define CLAMP_BACKWARD 2

typedef struct clamp_params {
    op_head head;
    clq_ulong count;
    clq_ulong chunk;            /* elements of a work-item of a CPU kernel, a multiple of 16 */
    clq_int what;
    clq_int streams;            /* 1: y is too large for the caches */
    clq_float least, most;
} clamp_params;
