/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "clqnn/reference_pack.h"
#include "pointwise_case.h"

static const clqnn_type x_types[] = {CLQNN_B1,  CLQNN_T2,  CLQNN_PU1, CLQNN_PU2, CLQNN_PU3, CLQNN_PU4, CLQNN_PU5, CLQNN_PU6, CLQNN_PU7, CLQNN_PU8, CLQNN_PS2, CLQNN_PS3, CLQNN_PS4,
                                     CLQNN_PS5, CLQNN_PS6, CLQNN_PS7, CLQNN_PS8, CLQNN_PO1, CLQNN_PO2, CLQNN_PO3, CLQNN_PO4, CLQNN_PO5, CLQNN_PO6, CLQNN_PO7, CLQNN_PO8};
static const clqnn_type y_types[] = {CLQNN_F32, CLQNN_F16, CLQNN_BF16, CLQNN_S8, CLQNN_U8, CLQNN_S4, CLQNN_U4};
enum { X_TYPES = sizeof x_types / sizeof x_types[0], Y_TYPES = sizeof y_types / sizeof y_types[0] };

static bool is_float(clqnn_type type)
{
    return type == CLQNN_F32 || type == CLQNN_F16 || type == CLQNN_BF16;
}

static void choose_shape(clq_random *random, const clq_pointwise_case *test, clqnn_tensor *y)
{
    if (test->is_large) {
        y->rank = 2;
        y->shape[1] = clq_random_range(random, 0, 1) ? 64 : 1025;
        y->shape[0] = (int64_t)CLQ_POINTWISE_LARGE * 8 / (int64_t)clqnn_type_bits(y->type) / y->shape[1];
        return;
    }
    clq_pointwise_shape(random, test, 6000, y);
    if (y->rank == 0) y->shape[y->rank++] = 1;
}

static bool make(clq_random *random, uint64_t index, const char *variant, clq_pointwise_case *test)
{
    clqnn_tensor *x = &test->x.tensor, *y = &test->expected.tensor;
    clqnn_unpack_bits_desc *desc = &test->desc.unpack_bits;
    x->type = x_types[index % X_TYPES];
    y->type = y_types[index % Y_TYPES];
    choose_shape(random, test, y);
    x->rank = y->rank;
    memcpy(x->shape, y->shape, sizeof y->shape);
    clq_pointwise_strides(random, test, x);
    clq_pointwise_strides(random, test, y);
    const float scale = clq_random_float(random, 0.01f, 2.0f), largest = scale * (float)(1 << clqnn_type_bits(x->type));
    clq_op_random_quantization(random, &test->x, scale, 1);
    if (x->type < CLQNN_PU1 || x->type >= CLQNN_PO1) x->quantization.zero_point_count = 0;
    if (!is_float(y->type)) clq_op_random_quantization(random, &test->expected, largest / (float)(1 << clqnn_type_bits(y->type)), 1);
    if (!clq_pointwise_allocate(random, test)) return false;
    *desc = (clqnn_unpack_bits_desc){.struct_size = sizeof *desc, .x = *x, .y = *y, .variant = variant};
    (void)snprintf(test->text, sizeof test->text, "%s to %s, rank %d, rows of %lld", clqnn_type_name(x->type), clqnn_type_name(y->type), (int)y->rank,
                   (long long)y->shape[y->rank - 1]);
    return true;
}

static clqnn_status create(clqnn_context *context, const clq_pointwise_case *test, clqnn_op **op)
{
    return clqnn_unpack_bits_create(context, &test->desc.unpack_bits, op);
}

static void reference(const clq_pointwise_case *test)
{
    (void)clqnn_reference_unpack_bits(&test->desc.unpack_bits, clq_op_image_data(&test->x), clq_op_image_data(&test->expected));
}

const clq_pointwise_family clq_pointwise_unpack_bits = {"unpack_bits", make, create, reference};
