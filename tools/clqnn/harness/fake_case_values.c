/* SPDX-License-Identifier: Apache-2.0 */
#include "fake_case_values.h"

#include <math.h>
#include <string.h>

#include "clqnn/reference.h"

clq_fake_choice clq_fake_choose(clq_random *random, clqnn_fake_quant_scheme scheme)
{
    static const int32_t ranges[][2] = {{-128, 127}, {-127, 127}, {0, 255}, {-8, 7}, {0, 15}, {-2, 1}, {0, 1}, {-1, 1}, {-7, 7}, {0, 3}};
    clq_fake_choice choice = {.scheme = scheme, .granularity = (clqnn_granularity)clq_random_range(random, 0, 2)};
    const int32_t *range = ranges[clq_random_range(random, 0, sizeof ranges / sizeof ranges[0] - 1)];
    switch (scheme) {
    case CLQNN_AFFINE:
    case CLQNN_LSQ:
        choice.qmin = range[0];
        choice.qmax = range[1];
        break;
    case CLQNN_BNN: choice.granularity = CLQNN_PER_TENSOR; break;
    case CLQNN_XNOR:
    case CLQNN_TWN:
    case CLQNN_TTQ: break;
    case CLQNN_DOREFA_ACTIVATIONS:
    case CLQNN_WRPN_WEIGHTS:
    case CLQNN_WRPN_ACTIVATIONS: choice.granularity = CLQNN_PER_TENSOR; /* fall through */
    default: choice.bits = (int32_t)clq_random_range(random, scheme == CLQNN_WRPN_WEIGHTS ? 2 : 1, 8); break;
    }
    return choice;
}

clqnn_type clq_fake_float_type(clq_random *random)
{
    const int64_t kind = clq_random_range(random, 0, 4);
    return kind == 3 ? CLQNN_F16 : kind == 4 ? CLQNN_BF16 : CLQNN_F32;
}

/* Elements: few where the reference goes through all of them for each slot; at times more than sixteen partial sums of a slot. */
int64_t clq_fake_shape(clq_random *random, clqnn_granularity granularity, bool divides, clqnn_tensor *x)
{
    const int32_t rank = (int32_t)clq_random_range(random, granularity == CLQNN_PER_TENSOR ? 0 : 1, 4);
    int64_t slots = 1;
    clqnn_tensor shape = {.type = x->type};
    do {
        clq_op_random_shape(random, granularity == CLQNN_PER_TENSOR ? 9000 : granularity == CLQNN_PER_CHANNEL ? 6000 : 600, &shape);
    } while (shape.rank < rank || (granularity != CLQNN_PER_TENSOR && shape.rank == 0));
    *x = shape;
    if (granularity == CLQNN_PER_TENSOR) {
        if (x->rank > 0 && clq_random_range(random, 0, 19) == 0) {
            memset(x->shape, 0, sizeof x->shape);
            x->rank = 1;
            x->shape[0] = 70000 + clq_random_range(random, 0, 5000);
        }
        return 1;
    }
    x->axis = (int32_t)clq_random_range(random, -x->rank, x->rank - 1);
    const int32_t at = x->axis < 0 ? x->axis + x->rank : x->axis;
    if (granularity == CLQNN_PER_CHANNEL) return x->shape[at];
    x->block = clq_random_range(random, 1, x->shape[at] + (divides ? 0 : 1));
    while (divides && x->shape[at] % x->block) x->block--;
    for (int i = 0; i < x->rank; i++) slots *= i == at ? (x->shape[i] + x->block - 1) / x->block : x->shape[i];
    return slots;
}

clqnn_tensor clq_fake_words(clqnn_type type, int64_t count)
{
    return (clqnn_tensor){.type = type, .rank = 1, .shape = {count}};
}

static float value_of(clq_random *random, float size, bool is_finite)
{
    static const float special[] = {0.0f, -0.0f, 1.0f, -1.0f, 3e38f, -3e38f, 1e20f, INFINITY, -INFINITY, NAN};
    const int64_t kind = clq_random_range(random, 0, 19);
    const float value = clq_random_float(random, -2.0f * size, 2.0f * size);
    if (kind == 0) return special[clq_random_range(random, 0, is_finite ? 3 : 9)];
    return kind < 8 ? rintf(value / size * 8.0f) * (size / 8.0f) : value;
}

void clq_fake_fill(clq_random *random, const clq_op_image *image, float size, bool is_finite)
{
    const clqnn_type type = image->tensor.type;
    const size_t bytes = clqnn_type_size(type);
    for (size_t at = image->offset; at + bytes <= image->size; at += bytes) {
        const float value = value_of(random, size, is_finite);
        const uint16_t half = type == CLQNN_BF16 ? clqnn_reference_f32_to_bf16(value) : clqnn_reference_f32_to_f16(value);
        memcpy(image->bytes + at, bytes == 2 ? (const void *)&half : (const void *)&value, bytes);
    }
}

void clq_fake_fill_scales(clq_random *random, const clq_op_image *image, float scale, bool is_odd)
{
    static const float odd[] = {0.0f, -1.0f, 1e-40f, 0x1p-120f, 3e38f, INFINITY, NAN};
    float *const scales = clq_op_image_data(image);
    for (int64_t i = 0; i < image->tensor.shape[0]; i++) {
        const int64_t kind = is_odd ? clq_random_range(random, 0, 20) : 7;
        scales[i] = kind < 7 ? odd[kind] : scale * (clq_random_range(random, 0, 1) ? 1.0f : clq_random_float(random, 0.5f, 2.0f));
    }
}
