/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of the kernels that make ranges and parameters. Compiled twice, like op/op_params. */
#define RANGE_MIN_MAX 0            /* values of clqnn_range_method */
#define RANGE_MOVING_AVERAGE 1
#define RANGE_SAMPLE_AVERAGE 2
#define RANGE_STANDARD_DEVIATIONS 3
#define RANGE_GAUSSIAN 4
#define RANGE_LAPLACE 5
#define RANGE_PERCENTILE 6
#define RANGE_LEAST_SQUARES 7
#define RANGE_ENTROPY 8

#define RANGE_SHARES 128           /* of LEAST_SQUARES: how finely the whole range is divided */

typedef struct range_parameters_params {
    op_head head;               /* buffers: ranges, scales, zero points */
    clq_ulong slots;
    clq_int least, most;        /* codes */
    clq_int is_symmetric;
    clq_int unused;
} range_parameters_params;

typedef struct range_params {
    op_head head;               /* buffers: state, counts (state again where there are none), workspace (likewise), ranges */
    clq_ulong slots;
    clq_int method;
    clq_int least, most, is_symmetric;
    clq_int bins, is_magnitude;
    clq_int levels, one_sided_levels;   /* of ENTROPY */
    clq_int stride;                     /* bins from candidate to candidate, likewise */
    clq_int candidates;                 /* words a slot of the workspace: the error of each, the widest first */
    clq_float clip, one_sided_clip;     /* times s or b; STANDARD_DEVIATIONS: n, twice */
    clq_float dropped;                  /* of PERCENTILE: from each end that is cut */
    clq_int unused;
} range_params;
