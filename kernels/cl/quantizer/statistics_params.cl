/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of the kernels of statistics and histograms, which cut what they read alike. Compiled twice, like op/op_params.
 *
 * Element k of slot s stands at begin(s) + k / run * row_step + k % run * step, with
 *     begin(s) = s / inner / groups * outer_step + s / inner % groups * group_step + s % inner.
 * A slot's elements are cut into samples of equal length, those into blocks of STATISTICS_BLOCK. Block number (sample * blocks + block) * slots + slot has, at
 * that place of each plane, one word of each of what is known of it. */
#define STATISTICS_BLOCK 4096
#define STATISTICS_LANES 16

#define STATISTICS_COUNT 0        /* planes of the blocks: unsigned counts */
#define STATISTICS_NONZERO 1
#define STATISTICS_NONFINITE 2
#define STATISTICS_MIN 3          /* floats */
#define STATISTICS_MAX 4
#define STATISTICS_SUM 5
#define STATISTICS_PLANES 6
#define STATISTICS_DEVIATIONS 0   /* and in the second round, in their places */
#define STATISTICS_SQUARES 1

#define CALL_MEAN 0               /* planes of the slots, behind those: of this call */
#define CALL_SUM 1
#define CALL_SUM_REST 2
#define CALL_COUNT 3
#define CALL_COUNT_HIGH 4
#define CALL_PLANES 5

typedef struct statistics_params {
    op_head head;                 /* buffers: x, workspace; workspace, state. Histograms: x, state, counts */
    clq_ulong slots, samples, blocks, total;   /* total = slots * samples * blocks */
    clq_ulong elements, last_elements;         /* of a slot; of the last group of an axis */
    clq_ulong run, step, row_step;
    clq_ulong inner, groups, group_step, outer_step;
    clq_ulong chunk;              /* blocks of a work-item, where it takes several */
    clq_int type;                 /* of x */
    clq_int with_moments;
    clq_int bins, is_magnitude;   /* of a histogram */
    clq_float rate;               /* 1 - momentum */
    clq_int unused;
} statistics_params;
