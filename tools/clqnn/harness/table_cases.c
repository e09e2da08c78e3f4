/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "clqnn/reference_pointwise.h"
#include "pointwise_case.h"

static bool make(clq_random *random, uint64_t index, const char *variant, clq_pointwise_case *test)
{
    clqnn_tensor *x = &test->x.tensor, *y = &test->expected.tensor;
    y->type = clq_random_range(random, 0, 1) ? CLQNN_U8 : CLQNN_S8;
    clq_pointwise_shape(random, test, 20000, y);
    clq_pointwise_strides(random, test, y);
    *x = *y;
    x->type = clq_random_range(random, 0, 1) ? CLQNN_U8 : CLQNN_S8;
    test->in_place = clq_random_range(random, 0, 5) == 0;
    if (!test->in_place) clq_pointwise_strides(random, test, x);
    clq_op_random_quantization(random, &test->x, clq_random_float(random, 0.005f, 0.2f), 1);
    clq_op_random_quantization(random, &test->expected, clq_random_float(random, 0.002f, 0.2f), 1);
    test->desc.table = (clqnn_table_desc){ .struct_size = sizeof test->desc.table, .function = (clqnn_function)(index % (CLQNN_SILU + 1)), .variant = variant };
    test->desc.table.alpha = clq_random_float(random, -0.5f, 1.5f);
    test->desc.table.beta = clq_random_float(random, -0.5f, 0.5f);
    test->desc.table.has_clamp = clq_random_range(random, 0, 3) == 0;
    test->desc.table.clamp_min = (int32_t)clq_random_range(random, -200, 60);
    test->desc.table.clamp_max = (int32_t)clq_random_range(random, test->desc.table.clamp_min < 0 ? 0 : test->desc.table.clamp_min, 300);
    if (clq_random_range(random, 0, 4) == 0) {
        clq_random_fill(random, test->given, sizeof test->given);
        test->desc.table.table = test->given;
        test->desc.table.table_length = 256;
    }
    if (!clq_pointwise_allocate(random, test)) return false;
    test->desc.table.x = *x;
    test->desc.table.y = *y;
    (void)snprintf(test->text, sizeof test->text, "function %d%s, rank %d, %s to %s%s", (int)test->desc.table.function, test->desc.table.table ? " given" : "", (int)y->rank,
                   clqnn_type_name(x->type), clqnn_type_name(y->type), test->in_place ? ", in place" : "");
    return true;
}

static clqnn_status create(clqnn_context *context, const clq_pointwise_case *test, clqnn_op **op)
{
    return clqnn_table_create(context, &test->desc.table, op);
}

static void reference(const clq_pointwise_case *test)
{
    (void)clqnn_reference_table(&test->desc.table, clq_op_image_data(&test->x), clq_op_image_data(&test->expected));
}

const clq_pointwise_family clq_pointwise_table = { "table", make, create, reference };
