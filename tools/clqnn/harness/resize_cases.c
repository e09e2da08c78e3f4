/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "clqnn/reference_shape.h"
#include "shape_case.h"

static void make(clq_random *random, const char *variant, clq_shape_case *test)
{
    clqnn_resize_desc *desc = &test->desc.resize;
    clq_op_image *x = &test->inputs[0], *y = &test->expected[0];
    *desc = (clqnn_resize_desc){
        .struct_size = sizeof *desc,
        .mode = (clqnn_resize_mode)clq_random_range(random, 0, 1),
        .layout = clq_random_range(random, 0, 2) ? CLQNN_CHANNELS_LAST : CLQNN_CHANNELS_FIRST,
        .coordinates = (clqnn_resize_coordinates)clq_random_range(random, 0, 2),
        .nearest = (clqnn_resize_nearest)clq_random_range(random, 0, 3),
        .rounding = (clqnn_rounding)clq_random_range(random, 0, 2),
        .variant = variant,
    };
    const bool is_fixed = desc->mode == CLQNN_RESIZE_LINEAR && desc->rounding != CLQNN_FLOAT_EVEN;
    const int height = desc->layout == CLQNN_CHANNELS_LAST ? 1 : 2, channel = height == 1 ? 3 : 1;
    x->tensor.type = clq_shape_byte_type(random);
    x->tensor.rank = 4;
    x->tensor.shape[0] = clq_random_range(random, 1, 2);
    x->tensor.shape[channel] = clq_shape_extent(random, 130);
    x->tensor.shape[height] = clq_random_range(random, 1, 9);
    x->tensor.shape[height + 1] = clq_random_range(random, 1, 9);
    y->tensor = x->tensor;
    for (int i = 0; i < 2; i++) {
        const int64_t input = x->tensor.shape[height + i];
        y->tensor.shape[height + i] = clq_random_range(random, 0, 1) ? 2 * input : clq_random_range(random, 1, 20);
        if (clq_random_range(random, 0, 2) == 0 && !is_fixed) desc->scale[i] = clq_random_float(random, 0.3f, 3.0f);
    }
    clq_shape_strides(random, &x->tensor);
    clq_shape_strides(random, &y->tensor);
    clq_shape_quantize(random, x, y, 0.1f, is_fixed || clq_random_range(random, 0, 1));
    desc->x = x->tensor;
    desc->y = y->tensor;
    (void)snprintf(test->text, sizeof test->text, "mode %d rounding %d layout %d coordinates %d nearest %d scale %g,%g", (int)desc->mode, (int)desc->rounding,
                   (int)desc->layout, (int)desc->coordinates, (int)desc->nearest, (double)desc->scale[0], (double)desc->scale[1]);
}

static clqnn_status create(clqnn_context *context, const clq_shape_case *test, clqnn_op **op)
{
    return clqnn_resize_create(context, &test->desc.resize, op);
}

static clqnn_status reference(const clq_shape_case *test)
{
    return clqnn_reference_resize(&test->desc.resize, clq_op_image_data(&test->inputs[0]), clq_op_image_data(&test->expected[0]));
}

const clq_shape_family clq_shape_resize = {"resize", make, create, reference};
