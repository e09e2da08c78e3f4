/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>

#include "clqnn/reference_shape.h"
#include "shape_case.h"

/* A shape for y with or without the reduced axes, whose bits are in `reduced`. */
static void reduced_shape(clq_random *random, const clqnn_tensor *x, uint32_t reduced, clqnn_tensor *y)
{
    const bool keeps = clq_random_range(random, 0, 1);
    y->rank = 0;
    for (int32_t i = 0; i < x->rank; i++) {
        if (!(reduced >> i & 1u)) y->shape[y->rank++] = x->shape[i];
        else if (keeps) y->shape[y->rank++] = 1;
    }
    clq_shape_strides(random, y);
}

static void make_reduce(clq_random *random, const char *variant, clq_shape_case *test)
{
    clqnn_reduce_desc *desc = &test->desc.reduce;
    clq_op_image *x = &test->inputs[0], *y = &test->expected[0];
    const int32_t rank = (int32_t)clq_random_range(random, 1, 5);
    uint32_t reduced = 0;
    double count = 1;
    *desc = (clqnn_reduce_desc){.struct_size = sizeof *desc, .kind = (clqnn_reduce_kind)clq_random_range(random, 0, 3), .variant = variant};
    x->tensor.type = y->tensor.type = clq_shape_byte_type(random);
    clq_shape_random(random, rank, 30000, &x->tensor);
    for (int32_t i = 0; i < rank; i++) {
        if (clq_random_range(random, 0, 1)) continue;
        reduced |= 1u << i;
        desc->axes[desc->axis_count++] = clq_random_range(random, 0, 1) ? i : i - rank;
    }
    if (desc->axis_count == 0) reduced = (1u << rank) - 1u;
    for (int32_t i = 0; i < rank; i++) count *= reduced >> i & 1u ? (double)x->tensor.shape[i] : 1.0;
    clq_shape_strides(random, &x->tensor);
    reduced_shape(random, &x->tensor, reduced, &y->tensor);
    clq_op_random_quantization(random, x, 0.1f, 1);
    clq_op_random_quantization(random, y, 0.1f * (float)(desc->kind == CLQNN_REDUCE_SUM ? sqrt(count) : 1.0), 1);
    if (desc->kind > CLQNN_REDUCE_SUM && clq_random_range(random, 0, 1)) y->tensor.quantization = x->tensor.quantization;
    if (desc->kind <= CLQNN_REDUCE_SUM && clq_random_range(random, 0, 2) == 0) {
        desc->rounding = (clqnn_rounding)clq_random_range(random, 1, 2);
        desc->multiplier = (int32_t)clq_random_range(random, 1 << 30, INT32_MAX);
        desc->shift = -(int32_t)clq_random_range(random, 0, 12);
    }
    desc->x = x->tensor;
    desc->y = y->tensor;
    (void)snprintf(test->text, sizeof test->text, "kind %d rule %d rank %d axes %x of %g", (int)desc->kind, (int)desc->rounding, (int)rank, (unsigned)reduced, count);
}

static clqnn_status create_reduce(clqnn_context *context, const clq_shape_case *test, clqnn_op **op)
{
    return clqnn_reduce_create(context, &test->desc.reduce, op);
}

static clqnn_status reference_reduce(const clq_shape_case *test)
{
    return clqnn_reference_reduce(&test->desc.reduce, clq_op_image_data(&test->inputs[0]), clq_op_image_data(&test->expected[0]));
}

const clq_shape_family clq_shape_reduce = {"reduce", make_reduce, create_reduce, reference_reduce};

static void make_argmax(clq_random *random, const char *variant, clq_shape_case *test)
{
    clqnn_argmax_desc *desc = &test->desc.argmax;
    clq_op_image *x = &test->inputs[0], *y = &test->expected[0];
    const int32_t rank = (int32_t)clq_random_range(random, 1, 4), axis = (int32_t)clq_random_range(random, 0, rank - 1);
    *desc = (clqnn_argmax_desc){.struct_size = sizeof *desc, .axis = axis, .variant = variant};
    desc->is_min = (int32_t)clq_random_range(random, 0, 1);
    desc->select_last = (int32_t)clq_random_range(random, 0, 1);
    if (clq_random_range(random, 0, 1)) desc->axis -= rank;
    x->tensor.type = clq_shape_byte_type(random);
    y->tensor.type = CLQNN_S32;
    clq_shape_random(random, rank, 30000, &x->tensor);
    clq_shape_strides(random, &x->tensor);
    reduced_shape(random, &x->tensor, 1u << axis, &y->tensor);
    desc->x = x->tensor;
    desc->y = y->tensor;
    (void)snprintf(test->text, sizeof test->text, "min %d last %d axis %d of %d", (int)desc->is_min, (int)desc->select_last, (int)axis, (int)rank);
}

static clqnn_status create_argmax(clqnn_context *context, const clq_shape_case *test, clqnn_op **op)
{
    return clqnn_argmax_create(context, &test->desc.argmax, op);
}

static clqnn_status reference_argmax(const clq_shape_case *test)
{
    return clqnn_reference_argmax(&test->desc.argmax, clq_op_image_data(&test->inputs[0]), clq_op_image_data(&test->expected[0]));
}

const clq_shape_family clq_shape_argmax = {"argmax", make_argmax, create_argmax, reference_argmax};
