/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "clqnn/reference_train_layers.h"
#include "layer_case.h"

#define MOST 60000

/* ---- column_sums ---- */

static bool make_sums(clq_random *random, uint64_t index, const char *variant, clq_layer_case *test)
{
    clqnn_column_sums_desc *desc = &test->desc.column_sums;
    (void)index;
    *desc = (clqnn_column_sums_desc){.struct_size = sizeof *desc, .variant = variant};
    clq_layer_matrix(random, test, MOST, &desc->rows, &desc->channels);
    float *x = clq_layer_case_input(random, test, CLQNN_F32, desc->rows * desc->channels, 100.0f);
    if (!x || !clq_layer_case_output(random, test, CLQNN_F32, desc->channels, 0.0f)) return false;
    clq_layer_spoil(random, x, desc->rows * desc->channels);
    (void)snprintf(test->text, sizeof test->text, "%lld rows of %lld channels", (long long)desc->rows, (long long)desc->channels);
    return true;
}

static clqnn_status create_sums(clqnn_context *context, const clq_layer_case *test, clqnn_op **op)
{
    return clqnn_column_sums_create(context, &test->desc.column_sums, op);
}

static clqnn_status reference_sums(const clq_layer_case *test)
{
    return clqnn_reference_column_sums(&test->desc.column_sums, clq_op_image_data(&test->inputs[0]), clq_op_image_data(&test->expected[0]));
}

const clq_layer_family clq_layer_column_sums = {"column_sums", make_sums, create_sums, reference_sums};

/* ---- batch_norm ---- */

/* Positive values, as variances and inverse deviations are. */
static void make_positive(float *values, int64_t count)
{
    for (int64_t i = 0; values && i < count; i++) values[i] = fabsf(values[i]) + 0.01f;
}

/* x lies about a centre that at times is far from 0, so that cancellation shows. */
static float *add_values(clq_random *random, clq_layer_case *test, int64_t count)
{
    float *x = clq_layer_case_input(random, test, CLQNN_F32, count, 3.0f);
    const float centre = clq_random_range(random, 0, 2) ? 0.0f : clq_random_float(random, -1000.0f, 1000.0f);
    for (int64_t i = 0; x && i < count; i++) x[i] += centre;
    if (x) clq_layer_spoil(random, x, count);
    return x;
}

static bool add_vectors(clq_random *random, clq_layer_case *test, int64_t channels)
{
    const clqnn_batch_norm_mode mode = test->desc.batch_norm.mode;
    if (!clq_layer_case_input(random, test, CLQNN_F32, channels, 2.0f) || !clq_layer_case_input(random, test, CLQNN_F32, channels, 1.0f)) return false;
    if (mode == CLQNN_BATCH_NORM_TRAIN) return true;
    float *means = clq_layer_case_input(random, test, CLQNN_F32, channels, 1.0f), *second = clq_layer_case_input(random, test, CLQNN_F32, channels, 2.0f);
    make_positive(second, channels);
    return means && second;
}

static bool add_results(clq_random *random, clq_layer_case *test, int64_t channels)
{
    const clqnn_batch_norm_mode mode = test->desc.batch_norm.mode;
    if (mode == CLQNN_BATCH_NORM_INFER) return true;
    if (!clq_layer_case_output(random, test, CLQNN_F32, channels, 0.0f) || !clq_layer_case_output(random, test, CLQNN_F32, channels, 0.0f)) return false;
    if (mode == CLQNN_BATCH_NORM_BACKWARD) return true;
    return clq_layer_case_output(random, test, CLQNN_F32, channels, 1.0f) && clq_layer_case_output(random, test, CLQNN_F32, channels, 1.0f);
}

static bool make_norm(clq_random *random, uint64_t index, const char *variant, clq_layer_case *test)
{
    clqnn_batch_norm_desc *desc = &test->desc.batch_norm;
    *desc = (clqnn_batch_norm_desc){.struct_size = sizeof *desc, .mode = (clqnn_batch_norm_mode)(index % 3), .has_clamp = (int32_t)clq_random_range(random, 0, 1), .variant = variant};
    clq_layer_matrix(random, test, MOST, &desc->rows, &desc->channels);
    desc->clamp_max = clq_random_range(random, 0, 1) ? INFINITY : clq_random_float(random, 0.5f, 2.0f);
    if (clq_random_range(random, 0, 3) == 0) desc->clamp_min = -INFINITY;
    if (clq_random_range(random, 0, 1)) desc->epsilon = clq_random_float(random, 1e-6f, 1e-2f);
    if (clq_random_range(random, 0, 1)) desc->momentum = clq_random_range(random, 0, 3) ? clq_random_float(random, 0.01f, 1.0f) : 1.0f;
    const int64_t count = desc->rows * desc->channels;
    if (desc->mode == CLQNN_BATCH_NORM_BACKWARD && !clq_layer_case_input(random, test, CLQNN_F32, count, 1.0f)) return false;
    if (!add_values(random, test, count) || !add_vectors(random, test, desc->channels)) return false;
    if (!clq_layer_case_output(random, test, CLQNN_F32, count, 0.0f) || !add_results(random, test, desc->channels)) return false;
    test->in_place = desc->mode != CLQNN_BATCH_NORM_TRAIN && clq_random_range(random, 0, 1);
    (void)snprintf(test->text, sizeof test->text, "mode %d, %lld rows of %lld channels, clamp %d, in place %d", (int)desc->mode, (long long)desc->rows,
                   (long long)desc->channels, (int)desc->has_clamp, (int)test->in_place);
    return true;
}

static clqnn_status create_norm(clqnn_context *context, const clq_layer_case *test, clqnn_op **op)
{
    return clqnn_batch_norm_create(context, &test->desc.batch_norm, op);
}

static clqnn_status reference_norm(const clq_layer_case *test)
{
    const float *inputs[CLQ_LAYER_INPUTS];
    float *outputs[CLQ_LAYER_OUTPUTS];
    clq_layer_floats(test, inputs, outputs);
    return clqnn_reference_batch_norm(&test->desc.batch_norm, inputs, outputs);
}

const clq_layer_family clq_layer_batch_norm = {"batch_norm", make_norm, create_norm, reference_norm};
