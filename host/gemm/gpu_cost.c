/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gpu_cost.h"

#define LAUNCH_SECONDS 5e-6
#define BYTES_PER_CLOCK 10.0     /* of global memory, for each compute unit */
#define CPU_PRODUCTS 2e8         /* a second; work-items and barriers in place of vectors */
#define CPU_LAUNCH_SECONDS 100e-6

static int64_t divide_up(int64_t value, int64_t divisor)
{
    return value / divisor + (value % divisor != 0);
}

static double batch_count(const clq_gemm_problem *problem)
{
    return (double)problem->batch[0] * (double)problem->batch[1];
}

int64_t clq_gpu_group_count(const clq_gemm_problem *problem, const clq_gpu_work *work)
{
    const int64_t parts = work->k_part > 0 ? divide_up(problem->k, work->k_part) : 1;
    const double groups = (double)divide_up(problem->m, work->tile_m) * (double)divide_up(problem->n, work->tile_n) * batch_count(problem) * (double)parts;
    return groups < 1e15 ? (int64_t)groups : (int64_t)1000000000000000;
}

static double moved_bytes(const clq_gemm_problem *problem, double weight_bytes)
{
    const double m = (double)problem->m, n = (double)problem->n, k = (double)problem->k;
    const double c_bytes = problem->c.type == CLQNN_S32 || problem->c.type == CLQNN_F32 ? 4.0 : problem->c.type == CLQNN_F16 ? 2.0 : 1.0;
    return (m * k + n * k * weight_bytes + m * n * c_bytes) * batch_count(problem);
}

double clq_gpu_cost(const clq_gemm_problem *problem, const clq_capabilities *capabilities, const clq_gpu_work *work)
{
    const double m = (double)problem->m, n = (double)problem->n, k = (double)problem->k;
    if (!capabilities->is_gpu) return CPU_LAUNCH_SECONDS + m * n * k * batch_count(problem) / CPU_PRODUCTS;
    const int64_t units = capabilities->compute_units ? capabilities->compute_units : 1;
    const double clock = capabilities->clock_mhz ? capabilities->clock_mhz * 1e6 : 1e9;
    const double rounds = (double)divide_up(clq_gpu_group_count(problem, work), units);
    const double group_k = work->k_part > 0 && work->k_part < problem->k ? (double)work->k_part : k;
    const double compute = rounds * work->tile_m * work->tile_n * group_k / (work->rate * clock);
    const double memory = moved_bytes(problem, work->weight_bytes > 0.0 ? work->weight_bytes : 1.0) / (BYTES_PER_CLOCK * (double)units * clock);
    return LAUNCH_SECONDS + (compute > memory ? compute : memory);
}

const char *clq_gpu_refusal(const clq_capabilities *capabilities, uint64_t items, uint64_t local_bytes)
{
    if (capabilities->max_work_group < items) return "the device's work-groups are too small for this kernel";
    if (capabilities->local_bytes < local_bytes) return "the device has too little local memory for this kernel";
    return NULL;
}
