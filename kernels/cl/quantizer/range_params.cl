/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of the kernels that make ranges and parameters. Compiled twice, like op/op_params. */
typedef struct range_parameters_params {
    op_head head;               /* buffers: ranges, scales, zero points */
    clq_ulong slots;
    clq_int least, most;        /* codes */
    clq_int is_symmetric;
    clq_int unused;
} range_parameters_params;
