/* SPDX-License-Identifier: Apache-2.0 */
#include <stdbool.h>
#include <stddef.h>

#include "clqnn/reference_groups.h"
#include "tensor_view.h"

static bool is_signed(clqnn_type type)
{
    return type == CLQNN_S2 || type == CLQNN_S3 || type == CLQNN_S4 || type == CLQNN_S6 || type == CLQNN_S8;
}

/* Code `at` of a dense array, bit by bit. */
static int32_t code_at(const void *data, clqnn_type type, int64_t at)
{
    const int32_t width = type == CLQNN_S2 || type == CLQNN_U2 ? 2 : type == CLQNN_S3 || type == CLQNN_U3 ? 3 : type == CLQNN_S4 || type == CLQNN_U4 ? 4
                          : type == CLQNN_S6 || type == CLQNN_U6 ? 6 : 8;
    int32_t code = 0;
    for (int32_t i = 0; i < width; i++) {
        const int64_t bit = at * width + i;
        code |= (((const uint8_t *)data)[bit / 8] >> (bit % 8) & 1) << i;
    }
    return is_signed(type) && code >= 1 << (width - 1) ? code - (1 << width) : code;
}

static float zero_point_at(const clqnn_groups *groups, int64_t at)
{
    if (!groups->zero_points) return 0.0f;
    if (groups->zero_point_type == CLQNN_U8) return (float)((const uint8_t *)groups->zero_points)[at];
    if (groups->zero_point_type == CLQNN_S8) return (float)((const int8_t *)groups->zero_points)[at];
    return clq_reference_load_float(groups->zero_point_type, groups->zero_points, at);
}

clqnn_status clqnn_reference_dequantize_groups(const clqnn_imported_info *weights, float *w)
{
    if (!weights || !weights->data || !weights->groups.scales || !w) return CLQNN_INVALID_ARGUMENT;
    const clqnn_groups *groups = &weights->groups;
    const int64_t n = weights->n, k = weights->k, count = (k + groups->size - 1) / groups->size;
    for (int64_t row = 0; row < k; row++) {
        const int64_t group = groups->index ? groups->index[row] : row / groups->size;
        for (int64_t column = 0; column < n; column++) {
            const int64_t at = weights->transposed ? column * count + group : group * n + column;
            const float q = (float)code_at(weights->data, weights->type, weights->transposed ? column * k + row : row * n + column);
            const float scale = clq_reference_load_float(groups->scale_type, groups->scales, at);
            if (groups->offsets) {
                const float product = scale * q;
                w[row * n + column] = product - clq_reference_load_float(groups->scale_type, groups->offsets, at);
            } else {
                const float difference = q - zero_point_at(groups, at);
                w[row * n + column] = scale * difference;
            }
        }
    }
    return CLQNN_OK;
}
