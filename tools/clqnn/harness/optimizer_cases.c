/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "clqnn/reference_optimizer.h"
#include "layer_case.h"

static int64_t draw_count(clq_random *random)
{
    static const int64_t counts[] = {1, 2, 15, 16, 17, 63, 64, 65, 255, 256, 257, 1000, 8191, 8192, 8193, 40000};
    return counts[clq_random_range(random, 0, sizeof counts / sizeof *counts - 1)];
}

/* g, the scalars of a step, and at times a flag, at times raised; then w. */
static float *add_operands(clq_random *random, clq_layer_case *test, int64_t count, int32_t scalars, int32_t has_skip)
{
    const int32_t flag = clq_random_range(random, 0, 2) == 0;
    float *g = clq_layer_case_input(random, test, CLQNN_F32, count, 0.5f), *step = clq_layer_case_input(random, test, CLQNN_F32, scalars, 1.0f);
    void *skip = has_skip ? clq_layer_case_input(random, test, CLQNN_S32, 1, 0.0f) : NULL;
    if (!g || !step || (has_skip && !skip) || !clq_layer_case_output(random, test, CLQNN_F32, count, 1.0f)) return NULL;
    if (skip) memcpy(skip, &flag, sizeof flag);
    clq_layer_spoil(random, g, count);
    step[0] = clq_random_float(random, 1e-4f, 0.5f);
    return step;
}

static bool make_sgd(clq_random *random, uint64_t index, const char *variant, clq_layer_case *test)
{
    clqnn_sgd_desc *desc = &test->desc.sgd;
    *desc = (clqnn_sgd_desc){.struct_size = sizeof *desc, .count = draw_count(random), .momentum = index % 3 ? 0.9f : 0.0f, .nesterov = index % 3 == 2,
                             .weight_decay = index % 2 ? 1e-2f : 0.0f, .has_skip = (int32_t)clq_random_range(random, 0, 1), .variant = variant};
    if (!add_operands(random, test, desc->count, 1, desc->has_skip)) return false;
    if (desc->momentum != 0.0f && !clq_layer_case_output(random, test, CLQNN_F32, desc->count, 1.0f)) return false;
    (void)snprintf(test->text, sizeof test->text, "%lld parameters, momentum %g, nesterov %d, decay %g, skip %d", (long long)desc->count, (double)desc->momentum,
                   (int)desc->nesterov, (double)desc->weight_decay, (int)desc->has_skip);
    return true;
}

static clqnn_status create_sgd(clqnn_context *context, const clq_layer_case *test, clqnn_op **op)
{
    return clqnn_sgd_create(context, &test->desc.sgd, op);
}

static clqnn_status reference_sgd(const clq_layer_case *test)
{
    const float *inputs[CLQ_LAYER_INPUTS];
    float *outputs[CLQ_LAYER_OUTPUTS] = {NULL};
    int32_t skip = 0;
    clq_layer_floats(test, inputs, outputs);
    if (test->desc.sgd.has_skip) memcpy(&skip, inputs[2], sizeof skip);
    return clqnn_reference_sgd(&test->desc.sgd, inputs[0], inputs[1][0], &skip, outputs[0], outputs[1]);
}

const clq_layer_family clq_layer_sgd = {"sgd", make_sgd, create_sgd, reference_sgd};

/* Some squares are 0 or so small that their root counts as 0. */
static void make_squares(clq_random *random, float *v, int64_t count)
{
    for (int64_t i = 0; i < count; i++) v[i] = clq_random_range(random, 0, 3) ? ldexpf(fabsf(v[i]), (int)clq_random_range(random, -40, 0)) : 0.0f;
}

static bool make_adam(clq_random *random, uint64_t index, const char *variant, clq_layer_case *test)
{
    clqnn_adam_desc *desc = &test->desc.adam;
    *desc = (clqnn_adam_desc){.struct_size = sizeof *desc, .count = draw_count(random), .is_decoupled = index % 2 != 0, .weight_decay = index % 3 ? 1e-2f : 0.0f,
                              .has_skip = (int32_t)clq_random_range(random, 0, 1), .variant = variant};
    if (clq_random_range(random, 0, 1)) desc->beta1 = 0.5f, desc->beta2 = 0.99f, desc->epsilon = 1e-6f;
    float *step = add_operands(random, test, desc->count, 3, desc->has_skip);
    float *m = clq_layer_case_output(random, test, CLQNN_F32, desc->count, 1.0f), *v = clq_layer_case_output(random, test, CLQNN_F32, desc->count, 1.0f);
    if (!step || !m || !v) return false;
    make_squares(random, v, desc->count);
    if (clqnn_adam_step(desc, step[0], clq_random_range(random, 1, 2000), step) != CLQNN_OK) return false;
    (void)snprintf(test->text, sizeof test->text, "%lld parameters, decoupled %d, decay %g, skip %d", (long long)desc->count, (int)desc->is_decoupled,
                   (double)desc->weight_decay, (int)desc->has_skip);
    return true;
}

static clqnn_status create_adam(clqnn_context *context, const clq_layer_case *test, clqnn_op **op)
{
    return clqnn_adam_create(context, &test->desc.adam, op);
}

static clqnn_status reference_adam(const clq_layer_case *test)
{
    const float *inputs[CLQ_LAYER_INPUTS];
    float *outputs[CLQ_LAYER_OUTPUTS];
    int32_t skip = 0;
    clq_layer_floats(test, inputs, outputs);
    if (test->desc.adam.has_skip) memcpy(&skip, inputs[2], sizeof skip);
    return clqnn_reference_adam(&test->desc.adam, inputs[0], inputs[1], &skip, outputs[0], outputs[1], outputs[2]);
}

const clq_layer_family clq_layer_adam = {"adam", make_adam, create_adam, reference_adam};
