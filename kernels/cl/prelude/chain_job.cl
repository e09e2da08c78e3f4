/* SPDX-License-Identifier: Apache-2.0 */
/* One call in a launch of several; compiled in C and in OpenCL C, behind prelude/conv_params and prelude/chain_kinds. */
typedef struct chain_job {
    clq_ulong buffers[CHAIN_BUFFERS]; /* addresses of the kernel's buffers, in order */
    clq_ulong kind;                   /* CHAIN_* */
    conv_params params;               /* a product: params.product only */
} chain_job;
