/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn_reference_layer_norm: the steps of clqnn/normalize.h, one line after the other. */
#include <float.h>
#include <math.h>
#include <stddef.h>

#include "clqnn/reference.h"
#include "clqnn/reference_shape.h"
#include "tensor_place.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

float clqnn_reference_layer_norm_epsilon(float epsilon, float scale, int64_t n)
{
    const double wanted = epsilon != 0.0f ? (double)epsilon : (double)1e-5f;
    return (float)(wanted * (double)n * (double)n / ((double)scale * (double)scale));
}

/* One element: n * d - s, then the float steps. */
static int32_t normalize(const clqnn_layer_norm_desc *desc, const clq_place *y, int32_t centred, float r, int64_t i)
{
    const float unit = (float)centred * r;
    const float scaled = unit * (desc->gamma ? desc->gamma[i] : 1.0f);
    const float shifted = scaled + (desc->beta ? desc->beta[i] : 0.0f);
    return clqnn_reference_quantize(shifted, y->scale, y->zero_point, y->low, y->high);
}

clqnn_status clqnn_reference_layer_norm(const clqnn_layer_norm_desc *desc, const void *x_data, void *y_data)
{
    if (!desc || !x_data || !y_data) return CLQNN_INVALID_ARGUMENT;
    const clq_place x = clq_place_make(&desc->x), y = clq_place_make(&desc->y);
    const int32_t axis = clq_place_axis(&x, desc->axis);
    int64_t outer[CLQNN_MAX_RANK], inner[CLQNN_MAX_RANK], line[CLQNN_MAX_RANK] = {0}, index[CLQNN_MAX_RANK] = {0};
    int64_t n = 1;
    for (int32_t i = 0; i < x.rank; i++) {
        outer[i] = i < axis ? x.shape[i] : 1;
        inner[i] = i < axis ? 1 : x.shape[i];
        n *= inner[i];
    }
    const float e = clqnn_reference_layer_norm_epsilon(desc->epsilon, x.scale, n);
    do {
        int64_t s = 0, squares = 0, i = 0;
        do {
            const int64_t d = clq_place_load(&x, x_data, clq_place_offset(&x, line) + clq_place_offset(&x, index)) - x.zero_point;
            s += d;
            squares += d * d;
        } while (clq_place_next(x.rank, inner, index));
        const float variance = (float)(n * squares - s * s);
        const float root = sqrtf(variance + e);
        const float r = 1.0f / root;
        do {
            const int64_t d = clq_place_load(&x, x_data, clq_place_offset(&x, line) + clq_place_offset(&x, index)) - x.zero_point;
            const int64_t to = clq_place_offset(&y, line) + clq_place_offset(&y, index);
            clq_place_store(&y, y_data, to, normalize(desc, &y, (int32_t)(n * d - s), r, i++));
        } while (clq_place_next(x.rank, inner, index));
    } while (clq_place_next(x.rank, outer, line));
    return CLQNN_OK;
}
