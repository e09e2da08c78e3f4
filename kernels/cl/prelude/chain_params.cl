/* SPDX-License-Identifier: Apache-2.0 */
/* What a chain of calls in one launch is made of; compiled in C and in OpenCL C, behind prelude/conv_params. host/sequence/chain.h says when there are chains. */
#define CHAIN_NOTHING 0
#define CHAIN_GEMM_VNNI 1
#define CHAIN_CONV_VNNI 2
#define CHAIN_CONV_VNNI_FIRST 3
#define CHAIN_CONV_VNNI_DEPTHWISE 4

#define CHAIN_BUFFERS 6

/* One call. */
typedef struct chain_job {
    clq_ulong buffers[CHAIN_BUFFERS]; /* addresses of the kernel's buffers, in order */
    clq_ulong kind;                   /* CHAIN_* */
    conv_params params;               /* a product: params.product only */
} chain_job;
