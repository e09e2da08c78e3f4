/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_units.h"

#include "device/context.h"

/* 0 for more than a claim word counts. */
static int64_t count_units(const clq_units *units)
{
    const int64_t in_batch = (int64_t)units->blocks[0] * units->blocks[1];
    return in_batch < INT32_MAX && in_batch * units->blocks[2] < INT32_MAX ? in_batch * units->blocks[2] : 0;
}

bool clq_units_set(const clq_units *units, gemm_params *params)
{
    if (count_units(units) == 0) return false;
    for (int i = 0; i < 3; i++) params->units[i] = units->blocks[i];
    params->rows_first = units->rows_first;
    return true;
}

void clq_units_share(clqnn_context *context, cl_command_queue queue, const clq_units *units, gemm_params *params, clq_geometry *geometry)
{
    const int32_t claims = clq_active_wait_claims(context, queue);
    if (!claims || !clq_units_set(units, params)) return;
    const bool is_shared = count_units(units) > 1;
    params->claims = is_shared ? claims : 0;
    *geometry = (clq_geometry){.global = {is_shared ? context->capabilities.compute_units : 1, 1, 1}, .local = {1, 1, 1}};
}
