/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference.h"
#include "clqnn/reference_pack.h"
#include "pointwise_case.h"

static const clqnn_type x_types[] = {CLQNN_F32, CLQNN_F16, CLQNN_BF16, CLQNN_S8, CLQNN_U8, CLQNN_S4, CLQNN_U4};
static const clqnn_type y_types[] = {CLQNN_B1,  CLQNN_T2,  CLQNN_PU1, CLQNN_PU2, CLQNN_PU3, CLQNN_PU4, CLQNN_PU5, CLQNN_PU6, CLQNN_PU7, CLQNN_PU8, CLQNN_B1,  CLQNN_PS2, CLQNN_PS3, CLQNN_PS4,
                                     CLQNN_PS5, CLQNN_PS6, CLQNN_PS7, CLQNN_PS8, CLQNN_PO1, CLQNN_PO2, CLQNN_PO3, CLQNN_PO4, CLQNN_PO5, CLQNN_PO6, CLQNN_PO7, CLQNN_PO8, CLQNN_T2};
enum { X_TYPES = sizeof x_types / sizeof x_types[0], Y_TYPES = sizeof y_types / sizeof y_types[0] }; /* without a common divisor, so that all pairs occur */

static bool is_float(clqnn_type type)
{
    return type == CLQNN_F32 || type == CLQNN_F16 || type == CLQNN_BF16;
}

/* Many values on thresholds and ties of steps of 1/8; the special ones, subnormal ones among them, to which thresholds of 0 are compared. */
static float real_value(clq_random *random)
{
    static const float special[] = {0.0f, -0.0f, INFINITY, -INFINITY, NAN, -NAN, 1e30f, -1e30f, 1e-40f, -1e-40f, 0x1p-149f, -0x1p-149f, 3e38f};
    const int64_t kind = clq_random_range(random, 0, 9);
    const float value = clq_random_float(random, -4.0f, 4.0f);
    if (kind == 0) return special[clq_random_range(random, 0, sizeof special / sizeof special[0] - 1)];
    return kind < 5 ? rintf(value * 8.0f) / 8.0f : value;
}

static void fill_floats(clq_random *random, const clq_op_image *image)
{
    const clqnn_type type = image->tensor.type;
    const size_t size = clqnn_type_size(type);
    for (size_t at = image->offset; at + size <= image->size; at += size) {
        const float value = real_value(random);
        const uint16_t half = type == CLQNN_BF16 ? clqnn_reference_f32_to_bf16(value) : clqnn_reference_f32_to_f16(value);
        memcpy(image->bytes + at, size == 2 ? (const void *)&half : (const void *)&value, size);
    }
}

/* Of integers multiples of x's scale, of floats multiples of 1/8, so that some values lie on them. */
static bool choose_thresholds(clq_random *random, clq_pointwise_case *test, clqnn_pack_bits_desc *desc)
{
    const bool is_ternary = desc->y.type == CLQNN_T2;
    const int64_t kind = clq_random_range(random, 0, 2), last = desc->y.shape[desc->y.rank - 1];
    const float step = is_float(desc->x.type) ? 0.125f : desc->x.quantization.scales[0];
    if (kind == 0 || (desc->y.type != CLQNN_B1 && !is_ternary)) return true;
    desc->threshold_count = kind == 1 ? 1 : last;
    test->thresholds = malloc((size_t)desc->threshold_count * sizeof *test->thresholds);
    if (!test->thresholds) return false;
    for (int64_t i = 0; i < desc->threshold_count; i++) test->thresholds[i] = step * (float)clq_random_range(random, is_ternary ? 0 : -16, 16);
    if (clq_random_range(random, 0, 3) == 0) test->thresholds[0] = is_ternary ? 0.0f : -0.0f;
    desc->thresholds = test->thresholds;
    return true;
}

/* A large x in rows of a few groups, or a shape of rank 1 or more. */
static void choose_shape(clq_random *random, const clq_pointwise_case *test, clqnn_tensor *x)
{
    if (test->is_large) {
        x->rank = 2;
        x->shape[1] = clq_random_range(random, 0, 1) ? 64 : 1025;
        x->shape[0] = (int64_t)CLQ_POINTWISE_LARGE * 8 / (int64_t)clqnn_type_bits(x->type) / x->shape[1];
        return;
    }
    clq_pointwise_shape(random, test, 6000, x);
    if (x->rank == 0) x->shape[x->rank++] = 1;
}

static bool make(clq_random *random, uint64_t index, const char *variant, clq_pointwise_case *test)
{
    clqnn_tensor *x = &test->x.tensor, *y = &test->expected.tensor;
    clqnn_pack_bits_desc *desc = &test->desc.pack_bits;
    x->type = x_types[index % X_TYPES];
    y->type = y_types[index % Y_TYPES];
    choose_shape(random, test, x);
    y->rank = x->rank;
    memcpy(y->shape, x->shape, sizeof y->shape);
    clq_pointwise_strides(random, test, x);
    clq_pointwise_strides(random, test, y);
    const int bits = (int)clqnn_type_bits(y->type);
    const float x_scale = clq_random_float(random, 0.01f, 0.2f), largest = is_float(x->type) ? 4.0f : x_scale * (float)(1 << (clqnn_type_bits(x->type) - 1));
    if (!is_float(x->type)) clq_op_random_quantization(random, &test->x, x_scale, 1);
    clq_op_random_quantization(random, &test->expected, largest / (float)(1 << bits), 1);
    if (y->type < CLQNN_PU1 || y->type >= CLQNN_PO1) y->quantization.zero_point_count = 0;
    if (!clq_pointwise_allocate(random, test)) return false;
    if (is_float(x->type)) fill_floats(random, &test->x);
    *desc = (clqnn_pack_bits_desc){.struct_size = sizeof *desc, .x = *x, .y = *y, .variant = variant};
    if (!choose_thresholds(random, test, desc)) return false;
    (void)snprintf(test->text, sizeof test->text, "%s to %s, rank %d, rows of %lld, %d thresholds", clqnn_type_name(x->type), clqnn_type_name(y->type), (int)y->rank,
                   (long long)y->shape[y->rank - 1], (int)desc->threshold_count);
    return true;
}

static clqnn_status create(clqnn_context *context, const clq_pointwise_case *test, clqnn_op **op)
{
    return clqnn_pack_bits_create(context, &test->desc.pack_bits, op);
}

static void reference(const clq_pointwise_case *test)
{
    (void)clqnn_reference_pack_bits(&test->desc.pack_bits, clq_op_image_data(&test->x), clq_op_image_data(&test->expected));
}

const clq_pointwise_family clq_pointwise_pack_bits = {"pack_bits", make, create, reference};
