/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "clqnn/reference_shape.h"
#include "shape_case.h"

static void make(clq_random *random, const char *variant, clq_shape_case *test)
{
    static const float scales[] = {0.0001f, 0.01f, 0.05f, 0.1f, 0.5f, 4.0f};
    clqnn_softmax_desc *desc = &test->desc.softmax;
    clq_op_image *x = &test->inputs[0], *y = &test->expected[0];
    static const float one_256th[] = {0x1p-8f};
    static const int32_t lowest[] = {-128, 0};
    const int32_t rank = (int32_t)clq_random_range(random, 1, 4);
    *desc = (clqnn_softmax_desc){.struct_size = sizeof *desc, .is_log = (int32_t)clq_random_range(random, 0, 1), .variant = variant};
    desc->axis = (int32_t)clq_random_range(random, -rank, rank - 1);
    if (clq_random_range(random, 0, 1)) desc->axis = -1;
    x->tensor.type = clq_shape_byte_type(random);
    clq_shape_random(random, rank, 12000, &x->tensor);
    if (clq_random_range(random, 0, 2) == 0) x->tensor.shape[desc->axis < 0 ? desc->axis + rank : desc->axis] *= clq_random_range(random, 2, 5);
    y->tensor = x->tensor;
    y->tensor.type = clq_shape_byte_type(random);
    clq_shape_strides(random, &x->tensor);
    test->in_place = clq_random_range(random, 0, 5) == 0;
    if (test->in_place) memcpy(y->tensor.strides, x->tensor.strides, sizeof y->tensor.strides);
    else clq_shape_strides(random, &y->tensor);
    clq_op_random_quantization(random, x, scales[clq_random_range(random, 0, 5)], 1);
    clq_op_random_quantization(random, y, desc->is_log ? 0.1f : 1.0f / 256.0f, 1);
    if (!desc->is_log && clq_random_range(random, 0, 1) && x->tensor.shape[desc->axis < 0 ? desc->axis + rank : desc->axis] <= 4095) {
        desc->rounding = clq_random_range(random, 0, 1) ? CLQNN_FIXED_DOUBLE : CLQNN_FIXED_SINGLE;
        desc->multiplier = (1 << 30) + (int32_t)clq_random_range(random, 0, (1 << 30) - 1);
        desc->shift = (int32_t)clq_random_range(random, 13, 27);
        desc->diff_min = clq_random_range(random, 0, 7) ? -(int32_t)((INT64_C(31) << 26) >> desc->shift) : -(int32_t)clq_random_range(random, 0, 255);
        y->tensor.quantization = (clqnn_quantization){one_256th, 1, &lowest[y->tensor.type == CLQNN_U8], 1};
    }
    desc->x = x->tensor;
    desc->y = y->tensor;
    (void)snprintf(test->text, sizeof test->text, "log %d rounding %d axis %d of %d, in place %d, scales %g %g", (int)desc->is_log,
                   (int)desc->rounding, (int)desc->axis, (int)rank, (int)test->in_place, (double)x->scales[0], (double)y->scales[0]);
}

static clqnn_status create(clqnn_context *context, const clq_shape_case *test, clqnn_op **op)
{
    return clqnn_softmax_create(context, &test->desc.softmax, op);
}

static clqnn_status reference(const clq_shape_case *test)
{
    return clqnn_reference_softmax(&test->desc.softmax, clq_op_image_data(&test->inputs[0]), clq_op_image_data(&test->expected[0]));
}

const clq_shape_family clq_shape_softmax = {"softmax", make, create, reference};
