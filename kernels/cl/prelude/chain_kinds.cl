/* SPDX-License-Identifier: Apache-2.0 */
/* Kernels that a launch of several calls can run (launch/chain_vnni.cl); compiled in C and in OpenCL C. */
#define CHAIN_NOTHING 0
#define CHAIN_GEMM_VNNI 1
#define CHAIN_CONV_VNNI 2
#define CHAIN_CONV_VNNI_FIRST 3
#define CHAIN_CONV_VNNI_DEPTHWISE 4

#define CHAIN_BUFFERS 6 /* of the kernel with most, without `begun` */
