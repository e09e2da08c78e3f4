/* SPDX-License-Identifier: Apache-2.0 */
#include "quantizer_values.h"

#include <math.h>
#include <string.h>

#include "clqnn/reference.h"

clqnn_tensor clq_quantizer_words(clqnn_type type, int64_t count)
{
    return (clqnn_tensor){.type = type, .rank = 1, .shape = {count}};
}

clqnn_codes clq_quantizer_codes(clq_random *random)
{
    clqnn_codes codes = {.bits = (int32_t)clq_random_range(random, 1, 8), .is_signed = (int32_t)clq_random_range(random, 0, 1)};
    if (codes.bits > 1) codes.is_restricted = (int32_t)clq_random_range(random, 0, 1);
    return codes;
}

clqnn_granularity clq_quantizer_slots(clq_random *random, clqnn_tensor *tensor)
{
    const clqnn_granularity granularity = (clqnn_granularity)clq_random_range(random, 0, 2);
    tensor->axis = (int32_t)clq_random_range(random, -tensor->rank, tensor->rank - 1);
    if (clq_random_range(random, 0, 1)) tensor->axis = -1;
    tensor->block = clq_random_range(random, 0, 2) ? clq_random_range(random, 1, 40) : 32;
    return granularity;
}

static float value_of(clq_random *random, float mean, float spread, bool any)
{
    const int64_t kind = clq_random_range(random, 0, any ? 199 : 189);
    if (kind == 190) return NAN;
    if (kind == 191) return INFINITY;
    if (kind == 192) return -INFINITY;
    if (kind < 10) return kind < 5 ? 0.0f : -0.0f;
    if (kind < 40) return (float)clq_random_range(random, -40, 40) / 16.0f;
    if (kind < 45) return mean + 20.0f * clq_random_float(random, -spread, spread);
    return mean + clq_random_float(random, -spread, spread);
}

void clq_quantizer_fill(clq_random *random, const clq_op_image *image, float mean, float spread, bool any)
{
    const clqnn_type type = image->tensor.type;
    const size_t size = clqnn_type_size(type);
    for (size_t at = image->offset; at + size <= image->size; at += size) {
        const float value = value_of(random, mean, spread, any);
        const uint16_t half = type == CLQNN_BF16 ? clqnn_reference_f32_to_bf16(value) : clqnn_reference_f32_to_f16(value);
        memcpy(image->bytes + at, size == 2 ? (const void *)&half : (const void *)&value, size);
    }
}
