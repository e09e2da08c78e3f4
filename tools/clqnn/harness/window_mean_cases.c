/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "clqnn/reference.h"
#include "clqnn/reference_pack.h"
#include "pointwise_case.h"

/* Of many magnitudes, so that the order of a sum shows; far from subnormal numbers; seldom not finite. */
static float term(clq_random *random)
{
    static const float special[] = {0.0f, -0.0f, INFINITY, -INFINITY, NAN};
    const int64_t kind = clq_random_range(random, 0, 999);
    return kind < 5 ? special[kind] : ldexpf(clq_random_float(random, -2.0f, 2.0f), (int)clq_random_range(random, -8, 8));
}

static void fill_terms(clq_random *random, const clq_op_image *image)
{
    const size_t size = clqnn_type_size(image->tensor.type);
    for (size_t at = image->offset; at + size <= image->size; at += size) {
        const float value = term(random);
        const uint16_t half = clqnn_reference_f32_to_f16(value);
        memcpy(image->bytes + at, size == 2 ? (const void *)&half : (const void *)&value, size);
    }
}

/* One axis of a window; the image's extent on it. */
static int64_t choose_axis(clq_random *random, clqnn_window_mean_desc *desc, int axis, int64_t most)
{
    desc->kernel[axis] = clq_random_range(random, 1, 5);
    desc->stride[axis] = clq_random_range(random, 0, 3);
    desc->dilation[axis] = clq_random_range(random, 0, 3);
    desc->pad_begin[axis] = clq_random_range(random, 0, 4);
    desc->pad_end[axis] = clq_random_range(random, 0, 4);
    const int64_t extent = (desc->kernel[axis] - 1) * (desc->dilation[axis] ? desc->dilation[axis] : 1) + 1;
    const int64_t padded = desc->pad_begin[axis] + desc->pad_end[axis], least = extent > padded ? extent - padded : 1;
    return clq_random_range(random, least, least + most);
}

static bool make(clq_random *random, uint64_t index, const char *variant, clq_pointwise_case *test)
{
    static const int64_t channels[] = {1, 3, 7, 15, 16, 17, 31, 32, 33, 48, 64, 65, 100};
    clqnn_tensor *x = &test->x.tensor, *y = &test->expected.tensor;
    clqnn_window_mean_desc *desc = &test->desc.window_mean;
    *desc = (clqnn_window_mean_desc){.struct_size = sizeof *desc, .variant = variant};
    *x = (clqnn_tensor){.type = index % 2 ? CLQNN_F16 : CLQNN_F32, .rank = 4, .shape = {clq_random_range(random, 1, 3)}};
    *y = (clqnn_tensor){.type = CLQNN_F32, .rank = 3, .shape = {x->shape[0]}};
    for (int axis = 0; axis < 2; axis++) {
        const bool is_wide = axis == 1 && clq_random_range(random, 0, 2) == 0; /* rows of more than the 16 windows that CPUs make at a time */
        const int64_t extent = x->shape[1 + axis] = choose_axis(random, desc, axis, test->is_large ? 90 : is_wide ? 50 : 7);
        const int64_t window = (desc->kernel[axis] - 1) * (desc->dilation[axis] ? desc->dilation[axis] : 1) + 1;
        y->shape[1 + axis] = (extent + desc->pad_begin[axis] + desc->pad_end[axis] - window) / (desc->stride[axis] ? desc->stride[axis] : 1) + 1;
    }
    x->shape[3] = channels[clq_random_range(random, 0, sizeof channels / sizeof channels[0] - 1)];
    clq_pointwise_strides(random, test, x);
    clq_pointwise_strides(random, test, y);
    if (!clq_pointwise_allocate(random, test)) return false;
    fill_terms(random, &test->x);
    desc->x = *x;
    desc->y = *y;
    (void)snprintf(test->text, sizeof test->text, "%s, %lldx%lldx%lldx%lld, kernel %lldx%lld, strides %lld,%lld, dilations %lld,%lld, pads %lld,%lld,%lld,%lld", clqnn_type_name(x->type),
                   (long long)x->shape[0], (long long)x->shape[1], (long long)x->shape[2], (long long)x->shape[3], (long long)desc->kernel[0], (long long)desc->kernel[1],
                   (long long)desc->stride[0], (long long)desc->stride[1], (long long)desc->dilation[0], (long long)desc->dilation[1], (long long)desc->pad_begin[0],
                   (long long)desc->pad_begin[1], (long long)desc->pad_end[0], (long long)desc->pad_end[1]);
    return true;
}

static clqnn_status create(clqnn_context *context, const clq_pointwise_case *test, clqnn_op **op)
{
    return clqnn_window_mean_create(context, &test->desc.window_mean, op);
}

static void reference(const clq_pointwise_case *test)
{
    (void)clqnn_reference_window_mean(&test->desc.window_mean, clq_op_image_data(&test->x), clq_op_image_data(&test->expected));
}

const clq_pointwise_family clq_pointwise_window_mean = {"window_mean", make, create, reference};
