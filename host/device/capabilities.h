/* SPDX-License-Identifier: Apache-2.0 */
/* What a device can do: plain data, so that selection is a pure function and tests can invent devices. Filled by device/probe.c. */
#ifndef CLQ_CAPABILITIES_H
#define CLQ_CAPABILITIES_H

#include <stdint.h>

/* X(bit, name, purpose): one probed capability a line. Bits are not stable; names are. */
#define CLQ_CAPABILITY_LIST(X) \
    X(CLQ_CAP_HOST_CPU, "host_cpu", "a CPU device that runs this process's own instruction set and takes inline assembly (PoCL)") \
    X(CLQ_CAP_X86_AVX2, "x86_avx2", "AVX2, FMA and F16C by inline assembly") \
    X(CLQ_CAP_X86_AVX512, "x86_avx512", "AVX-512 F, BW, DQ, VL by inline assembly") \
    X(CLQ_CAP_X86_AVX512_VNNI, "x86_avx512_vnni", "vpdpbusd on 512-bit registers by inline assembly") \
    X(CLQ_CAP_DOT_KHR, "dot_khr", "cl_khr_integer_dot_product, packed 4x8") \
    X(CLQ_CAP_DOT_DP4A, "dot_dp4a", "NVIDIA's dp4a by inline PTX") \
    X(CLQ_CAP_DOT_SDOT4, "dot_sdot4", "AMD's sdot4 by builtin") \
    X(CLQ_CAP_DOT_ARM, "dot_arm", "cl_arm_integer_dot_product_int8") \
    X(CLQ_CAP_NV_MMA_S8, "nv_mma_s8", "NVIDIA's mma.sync m16n8k32 s8, ldmatrix and cp.async by inline PTX (sm_80 and later)") \
    X(CLQ_CAP_EXACT_DIVIDE, "exact_divide", "float division is correctly rounded") \
    X(CLQ_CAP_LOCAL_MEMORY, "local_memory", "at least 32 KiB of local memory, and work-groups of 256 fit") \
    X(CLQ_CAP_X86_AVX512_BF16, "x86_avx512_bf16", "vdpbf16ps on 512-bit registers by inline assembly") \
    X(CLQ_CAP_FP16, "fp16", "cl_khr_fp16: arithmetic of halves") \
    X(CLQ_CAP_X86_AVX512_VPOPCNTDQ, "x86_avx512_vpopcntdq", "vpopcntd on 512-bit registers by inline assembly")

typedef enum clq_capability_index {
#define X(bit, name, purpose) bit##_INDEX,
    CLQ_CAPABILITY_LIST(X)
#undef X
    CLQ_CAPABILITY_COUNT
} clq_capability_index;

enum {
#define X(bit, name, purpose) bit = 1 << bit##_INDEX,
    CLQ_CAPABILITY_LIST(X)
#undef X
};

typedef struct clq_capabilities {
    uint32_t bits;
    int32_t is_cpu, is_gpu;
    uint32_t compute_units;
    uint32_t clock_mhz;
    uint64_t global_bytes, local_bytes, max_alloc_bytes;
    uint64_t max_work_group;
    uint64_t memory_alignment;   /* bytes, CL_DEVICE_MEM_BASE_ADDR_ALIGN / 8 */
} clq_capabilities;

#endif
