/* SPDX-License-Identifier: Apache-2.0 */
#include "mixed/mixed_planes.h"

#include <stdlib.h>

#include "core/checked.h"
#include "core/message.h"
#include "gemm/gemm_planes.h"
#include "layout/group_codes.h"
#include "layout/plane_values.h"
#include "layout/widened_float.h"

#define ONE_F16 UINT16_C(0x3c00)
#define ONE_BF16 UINT16_C(0x3f80)
#define SIGN UINT16_C(0x8000)

uint16_t clq_plane_value_bf16(int8_t value)
{
    return value == 0 ? 0 : value < 0 ? ONE_BF16 | SIGN : ONE_BF16;
}

clq_mixed_form clq_mixed_planes_form(int64_t n, int64_t k)
{
    return (clq_mixed_form){.type = CLQNN_S2, .n = n, .k = k, .group = k > 1 ? k : 1, .scale_type = CLQNN_F16};
}

/* n x k values as a dense tensor of s2. */
static void make_codes(const int8_t *values, int64_t count, unsigned char *codes)
{
    for (int64_t i = 0; i < count; i++) clq_code_store(codes, CLQNN_S2, i, (uint32_t)(values[i] + clq_code_bias(CLQNN_S2)));
}

clqnn_status clq_mixed_pack_planes(const clq_mixed_layout *layout, const clq_mixed_problem *problem, int64_t outer, int64_t inner, void *packed)
{
    const int64_t n = problem->n, k = problem->k;
    uint64_t count = 0;
    const bool fits = clq_multiply((uint64_t)n, (uint64_t)k, &count) && count < SIZE_MAX / 2;
    int8_t *values = fits ? malloc((size_t)count + 1) : NULL;
    unsigned char *codes = fits ? calloc((size_t)count / 4 + 1, 1) : NULL;
    uint16_t *scales = malloc(((size_t)n + 1) * sizeof *scales);
    clqnn_status status = CLQNN_OUT_OF_MEMORY;
    if (values && codes && scales) {
        clq_gemm_expand_planes(problem->desc, &problem->b, outer, inner, values);
        make_codes(values, n * k, codes);
        for (int64_t i = 0; i < n; i++) scales[i] = ONE_F16;
        const clqnn_groups groups = {.size = problem->form.group, .scales = scales, .scale_type = CLQNN_F16};
        const clq_mixed_source source = {.data = codes, .k_stride = 1, .n_stride = k, .transposed = true, .groups = &groups};
        status = layout->pack(layout, &problem->form, &source, packed);
    } else {
        (void)clq_fail(status, "no host memory for the values of k %lld x n %lld weights", (long long)k, (long long)n);
    }
    free(values);
    free(codes);
    free(scales);
    return status;
}

/* `dense` has room for the packed matrix as floats, [k][n]. */
static void widen(const clq_mixed_layout *layout, const clq_mixed_form *form, const unsigned char *packed, float *dense)
{
    if (layout->grouped) {
        layout->dequantize(layout, form, packed, dense);
        return;
    }
    layout->unpack(layout, form, packed, dense); /* two bytes each: widened from the last one down */
    for (int64_t i = form->n * form->k - 1; i >= 0; i--) dense[i] = clq_widened_float(dense, form->type, i);
}

clqnn_status clq_mixed_plane_values(const clq_mixed_layout *layout, const clq_mixed_form *form, clqnn_type type, const unsigned char *packed, int8_t *values)
{
    uint64_t bytes = 0;
    const bool fits = clq_multiply((uint64_t)form->n * (uint64_t)form->k, sizeof(float), &bytes) && bytes < SIZE_MAX / 2;
    float *dense = fits ? malloc((size_t)bytes + 1) : NULL;
    clqnn_status status = CLQNN_OK;
    if (!dense) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for the values of k %lld x n %lld weights", (long long)form->k, (long long)form->n);
    widen(layout, form, packed, dense);
    for (int64_t i = 0; i < form->n * form->k && status == CLQNN_OK; i++) {
        const float w = dense[i];
        const int8_t value = (int8_t)(w == 1.0f ? 1 : w == -1.0f ? -1 : w == 0.0f ? 0 : 2);
        values[i] = value;
        if (!clq_planes_hold(type, value)) status = clq_fail(CLQNN_CORRUPT_DATA, "packed weights of %s hold the value %g", clqnn_type_name(type), (double)w);
    }
    free(dense);
    return status;
}
