/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>

#include "clqnn/reference_train_layers.h"
#include "layer_case.h"

/* Some values lie on the edges. */
static void put_edges(clq_random *random, const clqnn_clamp_desc *desc, float *values)
{
    for (int64_t i = clq_random_range(random, 0, 9); i < desc->count; i += clq_random_range(random, 1, 40)) values[i] = i % 2 ? desc->clamp_min : desc->clamp_max;
}

static bool make(clq_random *random, uint64_t index, const char *variant, clq_layer_case *test)
{
    static const int64_t counts[] = {1, 3, 15, 16, 17, 63, 64, 65, 255, 256, 257, 1000, 8191, 8192, 8193, 40000};
    clqnn_clamp_desc *desc = &test->desc.clamp;
    *desc = (clqnn_clamp_desc){.struct_size = sizeof *desc, .direction = (clqnn_layer_direction)(index % 3 == 2), .adds = index % 3 == 1, .variant = variant};
    desc->count = counts[clq_random_range(random, 0, sizeof counts / sizeof *counts - 1)];
    if (test->is_large) desc->count = CLQ_LAYER_LARGE + clq_random_range(random, 0, 100);
    const int64_t kind = clq_random_range(random, 0, 3);
    if (kind) desc->clamp_max = kind == 1 ? INFINITY : kind == 2 ? 6.0f : 0.5f;
    if (kind == 3) desc->clamp_min = -1.0f;
    float *x = clq_layer_case_input(random, test, CLQNN_F32, desc->count, 8.0f), *other = NULL;
    if (index % 3) other = clq_layer_case_input(random, test, CLQNN_F32, desc->count, 8.0f);
    if (!x || (index % 3 && !other) || !clq_layer_case_output(random, test, CLQNN_F32, desc->count, 0.0f)) return false;
    put_edges(random, desc, index % 3 == 2 ? other : x);
    clq_layer_spoil(random, other ? other : x, desc->count);
    test->in_place = clq_random_range(random, 0, 1);
    (void)snprintf(test->text, sizeof test->text, "direction %d, adds %d, %lld elements to %g..%g, in place %d", (int)desc->direction, (int)desc->adds, (long long)desc->count,
                   (double)desc->clamp_min, (double)desc->clamp_max, (int)test->in_place);
    return true;
}

static clqnn_status create(clqnn_context *context, const clq_layer_case *test, clqnn_op **op)
{
    return clqnn_clamp_create(context, &test->desc.clamp, op);
}

static clqnn_status reference(const clq_layer_case *test)
{
    const float *inputs[CLQ_LAYER_INPUTS];
    float *outputs[CLQ_LAYER_OUTPUTS];
    clq_layer_floats(test, inputs, outputs);
    return clqnn_reference_clamp(&test->desc.clamp, inputs, outputs[0]);
}

const clq_layer_family clq_layer_clamp = {"clamp", make, create, reference};
