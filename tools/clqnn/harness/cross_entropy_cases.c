/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "clqnn/reference_train_layers.h"
#include "layer_case.h"

#define MOST 40000

/* Mostly good labels; in some cases a few that no class has. */
static void draw_labels(clq_random *random, const clqnn_cross_entropy_desc *desc, int32_t *labels)
{
    static const int32_t bad[] = {-1, INT32_MIN, INT32_MAX};
    const bool has_bad = clq_random_range(random, 0, 2) == 0;
    for (int64_t i = 0; i < desc->rows; i++) {
        labels[i] = (int32_t)clq_random_range(random, 0, desc->classes - 1);
        const int64_t kind = has_bad ? clq_random_range(random, 0, 19) : 9;
        if (kind < 3) labels[i] = bad[kind];
        if (kind == 3) labels[i] = (int32_t)desc->classes;
    }
}

static bool make(clq_random *random, uint64_t index, const char *variant, clq_layer_case *test)
{
    clqnn_cross_entropy_desc *desc = &test->desc.cross_entropy;
    *desc = (clqnn_cross_entropy_desc){.struct_size = sizeof *desc, .has_gradient = index % 3 != 0, .accumulates = index % 2 != 0, .variant = variant};
    clq_layer_matrix(random, test, MOST, &desc->rows, &desc->classes);
    const int64_t count = desc->rows * desc->classes;
    float *x = clq_layer_case_input(random, test, CLQNN_F32, count, clq_random_range(random, 0, 3) ? 8.0f : 150.0f);
    int32_t *labels = clq_layer_case_input(random, test, CLQNN_S32, desc->rows, 0.0f);
    float *loss = clq_layer_case_output(random, test, CLQNN_F32, 1, 1.0f);
    int32_t *counts = clq_layer_case_output(random, test, CLQNN_S32, 2, 0.0f);
    if (!x || !labels || !loss || !counts || (desc->has_gradient && !clq_layer_case_output(random, test, CLQNN_F32, count, 0.0f))) return false;
    draw_labels(random, desc, labels);
    clq_layer_spoil(random, x, count);
    memcpy(counts, (const int32_t[]){3, 1}, 2 * sizeof *counts);
    (void)snprintf(test->text, sizeof test->text, "%lld rows of %lld classes, gradient %d, accumulates %d", (long long)desc->rows, (long long)desc->classes,
                   (int)desc->has_gradient, (int)desc->accumulates);
    return true;
}

static clqnn_status create(clqnn_context *context, const clq_layer_case *test, clqnn_op **op)
{
    return clqnn_cross_entropy_create(context, &test->desc.cross_entropy, op);
}

static clqnn_status reference(const clq_layer_case *test)
{
    const clqnn_cross_entropy_desc *desc = &test->desc.cross_entropy;
    return clqnn_reference_cross_entropy(desc, clq_op_image_data(&test->inputs[0]), clq_op_image_data(&test->inputs[1]), clq_op_image_data(&test->expected[0]),
                                         clq_op_image_data(&test->expected[1]), desc->has_gradient ? clq_op_image_data(&test->expected[2]) : NULL);
}

const clq_layer_family clq_layer_cross_entropy = {"cross_entropy", make, create, reference};
