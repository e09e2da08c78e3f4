/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "clqnn/reference.h"
#include "clqnn/reference_convert.h"
#include "pointwise_case.h"

/* All of y's first; x has s32 too. */
static const clqnn_type types[] = {CLQNN_F32, CLQNN_F16, CLQNN_BF16, CLQNN_F8E4M3, CLQNN_F8E5M2, CLQNN_S8, CLQNN_U8, CLQNN_S4, CLQNN_U4, CLQNN_S16, CLQNN_S32};
enum { X_TYPES = sizeof types / sizeof types[0], Y_TYPES = X_TYPES - 1 };

static bool is_float(clqnn_type type)
{
    return type == CLQNN_F32 || type == CLQNN_F16 || type == CLQNN_BF16 || type == CLQNN_F8E4M3 || type == CLQNN_F8E5M2;
}

/* One value, a value for each index of an axis, or one for each block. */
static void quantize_image(clq_random *random, clq_op_image *image, float scale)
{
    clqnn_tensor *tensor = &image->tensor;
    const int64_t kind = tensor->rank ? clq_random_range(random, 0, 3) : 0;
    int64_t count = 1;
    if (is_float(tensor->type)) return;
    if (kind) {
        const int axis = (int)clq_random_range(random, 0, tensor->rank - 1);
        tensor->axis = clq_random_range(random, 0, 1) ? axis : axis - tensor->rank;
        tensor->block = kind == 1 ? 0 : clq_random_range(random, 1, 33);
        count = tensor->shape[axis];
        if (tensor->block) {
            count = (tensor->shape[axis] - 1) / tensor->block + 1;
            for (int i = 0; i < tensor->rank; i++) count *= i == axis ? 1 : tensor->shape[i];
        }
    }
    clq_op_random_quantization(random, image, scale, count);
    if (tensor->type == CLQNN_S32) tensor->quantization.zero_point_count = 0;
    else if (clq_random_range(random, 0, 5) == 0) tensor->quantization.zero_point_count = 1;
}

/* A value of a float type, rounded, at its place in memory. */
static void store_float(clqnn_type type, unsigned char *bytes, float value)
{
    const uint16_t half = type == CLQNN_BF16 ? clqnn_reference_f32_to_bf16(value) : clqnn_reference_f32_to_f16(value);
    if (type == CLQNN_F32) memcpy(bytes, &value, sizeof value);
    else if (type == CLQNN_F8E4M3) *bytes = clqnn_reference_f32_to_f8e4m3(value, CLQNN_F8_OVERFLOWS);
    else if (type == CLQNN_F8E5M2) *bytes = clqnn_reference_f32_to_f8e5m2(value, CLQNN_F8_OVERFLOWS);
    else memcpy(bytes, &half, sizeof half);
}

/* For a float y: any bits, often within the exponents of the small types, often with so few that they end on a tie. */
static float any_float(clq_random *random)
{
    static const int zero_bits[] = {0, 0, 12, 15, 19, 20, 21, 22};
    uint32_t bits = (uint32_t)clq_random_bits(random);
    float value;
    if (clq_random_range(random, 0, 3)) bits = (bits & 0x807fffffu) | (uint32_t)clq_random_range(random, 127 - 27, 127 + 17) << 23;
    bits &= UINT32_MAX << zero_bits[clq_random_range(random, 0, 7)];
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Floats that cover the range of y, ties and the special values. */
static void fill_floats(clq_random *random, const clq_op_image *image, float largest, bool to_float)
{
    static const float special[] = {0.0f, -0.0f, INFINITY, -INFINITY, NAN, 1e30f, -1e30f, 1e-40f, 0.5f, 1.5f, 65504.0f, 3e38f, 464.0f, 480.0f, 61440.0f, 65520.0f};
    const size_t size = clqnn_type_size(image->tensor.type);
    for (size_t at = image->offset; at + size <= image->size; at += size) {
        const int64_t kind = clq_random_range(random, 0, 9);
        const float random_value = clq_random_float(random, -largest, largest);
        const float value = kind == 0 ? special[clq_random_range(random, 0, sizeof special / sizeof special[0] - 1)] : kind == 1 ? rintf(random_value * 8.0f) / 8.0f : random_value;
        store_float(image->tensor.type, image->bytes + at, to_float && kind ? any_float(random) : value);
    }
}

static bool make(clq_random *random, uint64_t index, const char *variant, clq_pointwise_case *test)
{
    clqnn_tensor *x = &test->x.tensor, *y = &test->expected.tensor;
    x->type = types[index % X_TYPES];
    y->type = types[index % Y_TYPES]; /* all pairs, since the counts have no common divisor */
    clq_pointwise_shape(random, test, 6000, y);
    x->rank = y->rank;
    memcpy(x->shape, y->shape, sizeof y->shape);
    clq_pointwise_strides(random, test, x);
    clq_pointwise_strides(random, test, y);
    test->in_place = clqnn_type_bits(x->type) == clqnn_type_bits(y->type) && clq_random_range(random, 0, 3) == 0;
    if (test->in_place) memcpy(y->strides, x->strides, sizeof y->strides);
    const float steps = y->type == CLQNN_S16 ? 32768.0f : clqnn_type_bits(y->type) < 8 ? 8.0f : 128.0f;
    const float scale = clq_random_float(random, 0.01f, 0.2f);
    const float largest = is_float(x->type) ? 10.0f : scale * (x->type == CLQNN_S32 ? 1e9f : (float)(1 << (clqnn_type_bits(x->type) - 1)));
    quantize_image(random, &test->x, scale);
    quantize_image(random, &test->expected, largest / steps);
    if (!clq_pointwise_allocate(random, test)) return false;
    if (is_float(x->type)) fill_floats(random, &test->x, largest * 1.2f, is_float(y->type));
    test->desc.convert = (clqnn_convert_desc){ .struct_size = sizeof test->desc.convert, .x = *x, .y = *y, .variant = variant };
    test->desc.convert.f8_overflow = clq_random_range(random, 0, 1) ? CLQNN_F8_OVERFLOWS : CLQNN_F8_SATURATES;
    (void)snprintf(test->text, sizeof test->text, "%s to %s, rank %d, %d and %d values, blocks of %d and %d, f8_overflow %d, in place %d", clqnn_type_name(x->type),
                   clqnn_type_name(y->type), (int)y->rank, (int)x->quantization.scale_count, (int)y->quantization.scale_count, (int)x->block, (int)y->block,
                   (int)test->desc.convert.f8_overflow, (int)test->in_place);
    return true;
}

static clqnn_status create(clqnn_context *context, const clq_pointwise_case *test, clqnn_op **op)
{
    return clqnn_convert_create(context, &test->desc.convert, op);
}

static void reference(const clq_pointwise_case *test)
{
    (void)clqnn_reference_convert(&test->desc.convert, clq_op_image_data(&test->x), clq_op_image_data(&test->expected));
}

const clq_pointwise_family clq_pointwise_convert = { "convert", make, create, reference };
