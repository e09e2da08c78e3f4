/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "clqnn/reference.h"
#include "clqnn/reference_loss_scale.h"
#include "pointwise_case.h"

/* Far from subnormal numbers, which some devices flush; at times not finite, or so large that the product is not. */
static float gradient(clq_random *random, bool is_finite)
{
    const float value = ldexpf(clq_random_float(random, -2.0f, 2.0f), (int)clq_random_range(random, is_finite ? -16 : -40, is_finite ? 0 : 40));
    const int64_t kind = clq_random_range(random, 0, is_finite ? 9 : 99);
    return kind == 0 ? 0.0f : kind == 10 ? INFINITY : kind == 11 ? -INFINITY : kind == 12 ? NAN : value;
}

static void fill_gradients(clq_random *random, const clq_op_image *image, bool is_finite)
{
    const clqnn_type type = image->tensor.type;
    const size_t size = clqnn_type_size(type);
    for (size_t at = image->offset; at + size <= image->size; at += size) {
        const float value = gradient(random, is_finite);
        const uint16_t half = type == CLQNN_BF16 ? clqnn_reference_f32_to_bf16(value) : clqnn_reference_f32_to_f16(value);
        memcpy(image->bytes + at, size == 2 ? (const void *)&half : (const void *)&value, size);
    }
}

/* In half of the cases all elements are finite; in some of the others the flag has been raised before. */
static bool make(clq_random *random, uint64_t index, const char *variant, clq_pointwise_case *test)
{
    static const clqnn_type types[] = {CLQNN_F32, CLQNN_F16, CLQNN_BF16};
    clqnn_tensor *x = &test->x.tensor, *y = &test->expected.tensor;
    clqnn_loss_scale_desc *desc = &test->desc.loss_scale;
    const bool unscales = index / 9 % 3 != 0, is_finite = clq_random_range(random, 0, 1) != 0;
    x->type = types[index % 3];
    y->type = types[index / 3 % 3];
    clq_pointwise_shape(random, test, 6000, y);
    x->rank = y->rank;
    memcpy(x->shape, y->shape, sizeof y->shape);
    clq_pointwise_strides(random, test, x);
    clq_pointwise_strides(random, test, y);
    test->in_place = clqnn_type_bits(x->type) == clqnn_type_bits(y->type) && clq_random_range(random, 0, 1);
    if (test->in_place) memcpy(y->strides, x->strides, sizeof y->strides);
    test->b.tensor = (clqnn_tensor){.type = CLQNN_F32};
    if (unscales) test->flag.tensor = (clqnn_tensor){.type = CLQNN_S32};
    if (!clq_pointwise_allocate(random, test)) return false;
    fill_gradients(random, &test->x, is_finite);
    const float scale = ldexpf(clq_random_range(random, 0, 1) ? 1.0f : clq_random_float(random, 1.0f, 2.0f), (int)clq_random_range(random, 0, unscales ? 20 : 14));
    memcpy(clq_op_image_data(&test->b), &scale, sizeof scale);
    const int32_t before = clq_random_range(random, 0, 3) == 0 ? (int32_t)clq_random_range(random, 0, 7) : 0;
    if (unscales) memcpy(clq_op_image_data(&test->flag), &before, sizeof before);
    *desc = (clqnn_loss_scale_desc){.struct_size = sizeof *desc, .kind = unscales ? CLQNN_LOSS_UNSCALE : CLQNN_LOSS_SCALE, .x = *x, .y = *y, .variant = variant};
    (void)snprintf(test->text, sizeof test->text, "%s %s to %s by %a, rank %d, %s, flag %d before, in place %d", unscales ? "unscale" : "scale", clqnn_type_name(x->type),
                   clqnn_type_name(y->type), (double)scale, (int)y->rank, is_finite ? "finite" : "not all finite", (int)before, (int)test->in_place);
    return true;
}

static clqnn_status create(clqnn_context *context, const clq_pointwise_case *test, clqnn_op **op)
{
    return clqnn_loss_scale_create(context, &test->desc.loss_scale, op);
}

static void reference(const clq_pointwise_case *test)
{
    float scale;
    int32_t flag = 0;
    memcpy(&scale, clq_op_image_data(&test->b), sizeof scale);
    if (test->flag.bytes) memcpy(&flag, clq_op_image_data(&test->flag), sizeof flag);
    (void)clqnn_reference_loss_scale(&test->desc.loss_scale, clq_op_image_data(&test->x), scale, clq_op_image_data(&test->expected), &flag);
    if (test->flag.bytes) memcpy(clq_op_image_data(&test->flag), &flag, sizeof flag);
}

const clq_pointwise_family clq_pointwise_loss_scale = {"loss_scale", make, create, reference};
