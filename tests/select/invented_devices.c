/* SPDX-License-Identifier: Apache-2.0 */
#include "invented_devices.h"

#include <string.h>

#define GIB (UINT64_C(1) << 30)
#define CPU_BASE (CLQ_CAP_HOST_CPU | CLQ_CAP_EXACT_DIVIDE | CLQ_CAP_LOCAL_MEMORY)

const invented_device invented_devices[] = {
    {"nothing", {.compute_units = 1, .clock_mhz = 100, .global_bytes = GIB, .local_bytes = 1024, .max_alloc_bytes = GIB / 4, .max_work_group = 64, .memory_alignment = 128}},
    {"plain_gpu", {.bits = CLQ_CAP_LOCAL_MEMORY, .is_gpu = 1, .compute_units = 16, .clock_mhz = 1000, .global_bytes = 4 * GIB, .local_bytes = 32768, .max_alloc_bytes = GIB,
                   .max_work_group = 256, .memory_alignment = 128}},
    {"amd_sdot4", {.bits = CLQ_CAP_DOT_SDOT4 | CLQ_CAP_EXACT_DIVIDE | CLQ_CAP_LOCAL_MEMORY, .is_gpu = 1, .compute_units = 60, .clock_mhz = 1700, .global_bytes = 16 * GIB,
                   .local_bytes = 65536, .max_alloc_bytes = 13 * GIB, .max_work_group = 256, .memory_alignment = 256}},
    {"nvidia_sm_80", {.bits = CLQ_CAP_DOT_DP4A | CLQ_CAP_NV_MMA_S8 | CLQ_CAP_EXACT_DIVIDE | CLQ_CAP_LOCAL_MEMORY, .is_gpu = 1, .compute_units = 108, .clock_mhz = 1410,
                      .global_bytes = 40 * GIB, .local_bytes = 49152, .max_alloc_bytes = 10 * GIB, .max_work_group = 1024, .memory_alignment = 512}},
    {"nvidia_sm_90", {.bits = CLQ_CAP_FP16 | CLQ_CAP_DOT_DP4A | CLQ_CAP_NV_MMA_S8 | CLQ_CAP_EXACT_DIVIDE | CLQ_CAP_LOCAL_MEMORY, .is_gpu = 1, .compute_units = 132, .clock_mhz = 1980,
                      .global_bytes = 80 * GIB, .local_bytes = 49152, .max_alloc_bytes = 20 * GIB, .max_work_group = 1024, .memory_alignment = 512}},
    {"nvidia_sm_61", {.bits = CLQ_CAP_DOT_DP4A | CLQ_CAP_EXACT_DIVIDE | CLQ_CAP_LOCAL_MEMORY, .is_gpu = 1, .compute_units = 20, .clock_mhz = 1700, .global_bytes = 8 * GIB,
                      .local_bytes = 49152, .max_alloc_bytes = 2 * GIB, .max_work_group = 1024, .memory_alignment = 512}},
    {"intel_khr", {.bits = CLQ_CAP_DOT_KHR | CLQ_CAP_EXACT_DIVIDE | CLQ_CAP_LOCAL_MEMORY, .is_gpu = 1, .compute_units = 96, .clock_mhz = 1300, .global_bytes = 12 * GIB,
                   .local_bytes = 65536, .max_alloc_bytes = 4 * GIB, .max_work_group = 512, .memory_alignment = 128}},
    {"mali_arm", {.bits = CLQ_CAP_DOT_ARM | CLQ_CAP_LOCAL_MEMORY, .is_gpu = 1, .compute_units = 10, .clock_mhz = 850, .global_bytes = 4 * GIB, .local_bytes = 32768,
                  .max_alloc_bytes = GIB, .max_work_group = 512, .memory_alignment = 128}},
    {"small_groups_gpu", {.bits = CLQ_CAP_DOT_KHR, .is_gpu = 1, .compute_units = 4, .clock_mhz = 600, .global_bytes = GIB, .local_bytes = 16384, .max_alloc_bytes = GIB / 4,
                          .max_work_group = 128, .memory_alignment = 128}},
    {"avx512_64", {.bits = CPU_BASE | CLQ_CAP_X86_AVX2 | CLQ_CAP_X86_AVX512 | CLQ_CAP_X86_AVX512_VNNI | CLQ_CAP_X86_AVX512_BF16 | CLQ_CAP_X86_AVX512_VPOPCNTDQ,
                   .is_cpu = 1, .compute_units = 64, .clock_mhz = 2800, .global_bytes = 256 * GIB, .local_bytes = 1048576, .max_alloc_bytes = 64 * GIB, .max_work_group = 4096, .memory_alignment = 128}},
    {"avx512_2", {.bits = CPU_BASE | CLQ_CAP_X86_AVX2 | CLQ_CAP_X86_AVX512 | CLQ_CAP_X86_AVX512_VNNI, .is_cpu = 1, .compute_units = 2, .clock_mhz = 2800,
                  .global_bytes = 8 * GIB, .local_bytes = 1048576, .max_alloc_bytes = 2 * GIB, .max_work_group = 4096, .memory_alignment = 128}},
    {"avx2_8", {.bits = CPU_BASE | CLQ_CAP_X86_AVX2, .is_cpu = 1, .compute_units = 8, .clock_mhz = 3600, .global_bytes = 32 * GIB, .local_bytes = 524288,
                .max_alloc_bytes = 8 * GIB, .max_work_group = 4096, .memory_alignment = 128}},
    {"foreign_cpu", {.bits = CLQ_CAP_EXACT_DIVIDE | CLQ_CAP_LOCAL_MEMORY, .is_cpu = 1, .compute_units = 4, .clock_mhz = 2000, .global_bytes = 8 * GIB, .local_bytes = 32768,
                     .max_alloc_bytes = 2 * GIB, .max_work_group = 4096, .memory_alignment = 128}},
};
const size_t invented_device_count = sizeof invented_devices / sizeof *invented_devices;

const clq_capabilities *invented_device_find(const char *name)
{
    for (size_t i = 0; i < invented_device_count; i++) {
        if (strcmp(invented_devices[i].name, name) == 0) return &invented_devices[i].capabilities;
    }
    return NULL;
}

clq_gemm_problem plain_problem(int64_t m, int64_t n, int64_t k)
{
    return (clq_gemm_problem){
        .m = m,
        .n = n,
        .k = k,
        .batch = {1, 1},
        .a = {.type = CLQNN_U8, .leading_dimension = k},
        .b = {.type = CLQNN_S8, .leading_dimension = n},
        .c = {.type = CLQNN_S32, .leading_dimension = n},
        .a_integer = CLQNN_U8,
        .b_constant = true,
    };
}
