/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference_shape.h"
#include "shape_case.h"

static float *random_values(clq_random *random, int64_t count, float low, float high)
{
    float *values = malloc((size_t)count * sizeof *values);
    for (int64_t i = 0; values && i < count; i++) values[i] = clq_random_range(random, 0, 9) ? clq_random_float(random, low, high) : 0.0f;
    return values;
}

static void make(clq_random *random, const char *variant, clq_shape_case *test)
{
    clqnn_layer_norm_desc *desc = &test->desc.layer_norm;
    clq_op_image *x = &test->inputs[0], *y = &test->expected[0];
    const int32_t rank = (int32_t)clq_random_range(random, 1, 4), axis = clq_random_range(random, 0, 2) ? rank - 1 : (int32_t)clq_random_range(random, 0, rank - 1);
    int64_t count = 1;
    *desc = (clqnn_layer_norm_desc){.struct_size = sizeof *desc, .axis = clq_random_range(random, 0, 1) ? axis : axis - rank, .variant = variant};
    desc->epsilon = clq_random_range(random, 0, 1) ? 0.0f : clq_random_float(random, 1e-6f, 1e-2f);
    x->tensor.type = clq_shape_byte_type(random);
    clq_shape_random(random, rank, 12000, &x->tensor);
    for (int32_t i = axis; i < rank; i++) count *= x->tensor.shape[i];
    y->tensor = x->tensor;
    y->tensor.type = clq_shape_byte_type(random);
    test->in_place = clq_random_range(random, 0, 5) == 0;
    if (axis == rank - 1) { /* longer lines must be evenly spaced */
        clq_shape_strides(random, &x->tensor);
        if (test->in_place) memcpy(y->tensor.strides, x->tensor.strides, sizeof y->tensor.strides);
        else clq_shape_strides(random, &y->tensor);
    }
    clq_op_random_quantization(random, x, 0.05f, 1);
    clq_op_random_quantization(random, y, 0.03f, 1);
    if (clq_random_range(random, 0, 3)) desc->gamma = test->gamma = random_values(random, count, -2.0f, 2.0f);
    if (clq_random_range(random, 0, 3)) desc->beta = test->beta = random_values(random, count, -1.0f, 1.0f);
    desc->x = x->tensor;
    desc->y = y->tensor;
    (void)snprintf(test->text, sizeof test->text, "axis %d of %d, lines of %lld, in place %d, gamma %d, beta %d", (int)axis, (int)rank, (long long)count,
                   (int)test->in_place, desc->gamma != NULL, desc->beta != NULL);
}

static clqnn_status create(clqnn_context *context, const clq_shape_case *test, clqnn_op **op)
{
    return clqnn_layer_norm_create(context, &test->desc.layer_norm, op);
}

static clqnn_status reference(const clq_shape_case *test)
{
    return clqnn_reference_layer_norm(&test->desc.layer_norm, clq_op_image_data(&test->inputs[0]), clq_op_image_data(&test->expected[0]));
}

const clq_shape_family clq_shape_layer_norm = {"layer_norm", make, create, reference};
