/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "clqnn/reference_pointwise.h"
#include "pointwise_case.h"

static clqnn_type byte_type(clq_random *random)
{
    return clq_random_range(random, 0, 1) ? CLQNN_U8 : CLQNN_S8;
}

/* An input whose dimensions are those of y, some of them 1, leading ones left out. */
static void random_input(clq_random *random, const clq_pointwise_case *test, bool may_shrink, clqnn_tensor *tensor)
{
    const clqnn_tensor *y = &test->expected.tensor;
    const bool shrinks = may_shrink && !test->is_large && clq_random_range(random, 0, 2) == 0;
    const int dropped = shrinks ? (int)clq_random_range(random, 0, y->rank) : 0;
    *tensor = (clqnn_tensor){.type = byte_type(random), .rank = y->rank - dropped};
    for (int i = 0; i < tensor->rank; i++) {
        tensor->shape[i] = shrinks && clq_random_range(random, 0, 1) ? 1 : y->shape[i + dropped];
    }
    clq_pointwise_strides(random, test, tensor);
}

static clqnn_fixed random_fixed(clq_random *random, int low, int high)
{
    return (clqnn_fixed){(int32_t)clq_random_range(random, 1 << 30, INT32_MAX), (int32_t)clq_random_range(random, low, high)};
}

static void random_numerics(clq_random *random, clq_pointwise_case *test)
{
    clqnn_binary_desc *desc = &test->desc.binary;
    desc->rounding = desc->kind > CLQNN_MUL || clq_random_range(random, 0, 1) ? CLQNN_FLOAT_EVEN : (clqnn_rounding)clq_random_range(random, 1, 2);
    const float scale = clq_random_float(random, 0.001f, 0.5f);
    clq_op_random_quantization(random, &test->x, scale, 1);
    clq_op_random_quantization(random, &test->b, scale, 1);
    clq_op_random_quantization(random, &test->expected, desc->kind == CLQNN_MUL ? scale * scale * 90 : scale, 1);
    if (clq_random_range(random, 0, 5) == 0) test->b.tensor.quantization = test->expected.tensor.quantization = test->x.tensor.quantization; /* of one type only */
    if (desc->rounding != CLQNN_FLOAT_EVEN) {
        desc->left_shift = desc->kind == CLQNN_MUL ? 0 : (int32_t)clq_random_range(random, 0, 20);
        desc->a_fixed = random_fixed(random, -4, 0);
        desc->b_fixed = random_fixed(random, -4, 0);
        desc->y_fixed = desc->kind == CLQNN_MUL ? random_fixed(random, -10, -5) : random_fixed(random, -desc->left_shift - 3, 1 - desc->left_shift);
    }
    desc->has_clamp = clq_random_range(random, 0, 3) == 0;
    desc->clamp_min = (int32_t)clq_random_range(random, -200, 60);
    desc->clamp_max = (int32_t)clq_random_range(random, desc->clamp_min < 0 ? 0 : desc->clamp_min, 300);
}

static bool make(clq_random *random, uint64_t index, const char *variant, clq_pointwise_case *test)
{
    clqnn_tensor *y = &test->expected.tensor;
    (void)index;
    y->type = byte_type(random);
    clq_pointwise_shape(random, test, 6000, y);
    clq_pointwise_strides(random, test, y);
    const bool a_shrinks = clq_random_range(random, 0, 1);
    random_input(random, test, a_shrinks, &test->x.tensor);
    random_input(random, test, !a_shrinks, &test->b.tensor);
    test->desc.binary = (clqnn_binary_desc){ .struct_size = sizeof test->desc.binary, .kind = (clqnn_binary_kind)clq_random_range(random, 0, 4), .variant = variant };
    test->in_place = clq_random_range(random, 0, 7) == 0;
    if (test->in_place) memcpy(test->x.tensor.strides, y->strides, sizeof y->strides), memcpy(test->x.tensor.shape, y->shape, sizeof y->shape), test->x.tensor.rank = y->rank;
    if (clq_random_range(random, 0, 5) == 0) test->b.tensor.type = y->type = test->x.tensor.type;
    random_numerics(random, test);
    if (test->x.tensor.type != test->b.tensor.type || test->x.tensor.type != y->type) { /* zero points of another type's range would be refused */
        test->b.tensor.quantization = (clqnn_quantization){test->b.scales, 1, test->b.zero_points, 1};
        y->quantization = (clqnn_quantization){test->expected.scales, 1, test->expected.zero_points, 1};
    }
    if (!clq_pointwise_allocate(random, test)) return false;
    test->desc.binary.a = test->x.tensor;
    test->desc.binary.b = test->b.tensor;
    test->desc.binary.y = *y;
    (void)snprintf(test->text, sizeof test->text, "kind %d, rounding %d, rank %d, %s%s", (int)test->desc.binary.kind, (int)test->desc.binary.rounding, (int)y->rank,
                   clqnn_type_name(y->type), test->in_place ? ", in place" : "");
    return true;
}

static clqnn_status create(clqnn_context *context, const clq_pointwise_case *test, clqnn_op **op)
{
    return clqnn_binary_create(context, &test->desc.binary, op);
}

static void reference(const clq_pointwise_case *test)
{
    (void)clqnn_reference_binary(&test->desc.binary, clq_op_image_data(&test->x), clq_op_image_data(&test->b), clq_op_image_data(&test->expected));
}

const clq_pointwise_family clq_pointwise_binary = { "binary", make, create, reference };
