/* SPDX-License-Identifier: Apache-2.0 */
/* Statistics, histograms, and ranges of both: states and counts that calls find are those that the reference makes of earlier data. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference_quantizer.h"
#include "quantizer_values.h"
#include "shape_case.h"

#define STATE_WORDS ((int64_t)(sizeof(clqnn_slot_statistics) / 4))

static void make_x(clq_random *random, int64_t most, clqnn_tensor *x)
{
    static const clqnn_type floats[] = {CLQNN_F32, CLQNN_F32, CLQNN_F16, CLQNN_BF16};
    clq_shape_random(random, (int32_t)clq_random_range(random, 1, 4), most, x);
    x->type = floats[clq_random_range(random, 0, 3)];
}

/* A mean, a spread, at times one-sided or nothing but 0. */
static void fill_x(clq_random *random, const clq_op_image *x)
{
    const float mean = clq_random_range(random, 0, 2) ? 0.0f : clq_random_float(random, -3.0f, 3.0f), spread = clq_random_float(random, 0.1f, 4.0f);
    const int64_t kind = clq_random_range(random, 0, 9);
    clq_quantizer_fill(random, x, mean, spread, clq_random_range(random, 0, 2) == 0);
    const size_t size = clqnn_type_size(x->tensor.type);
    for (size_t at = x->offset; kind < 3 && at + size <= x->size; at += size) {
        if (kind == 0) memset(x->bytes + at, 0, size);                         /* all zeros */
        else if (kind == 1) x->bytes[at + size - 1] &= 0x7f;                  /* no sign */
        else if (x->bytes[at + size - 1] & 0x80) memset(x->bytes + at, 0, size); /* rectified */
    }
}

/* A state by the reference, of data of the same kind, or none yet. */
static void fill_state(clq_random *random, const clqnn_tensor *x, clqnn_granularity granularity, const void *data, clqnn_slot_statistics *state, size_t bytes)
{
    clqnn_statistics_desc desc = {.x = *x, .granularity = granularity};
    memset(state, 0, bytes);
    const int64_t calls = clq_random_range(random, 0, 2);
    for (int64_t i = 0; i < calls; i++) {
        desc.extremes_only = clq_random_range(random, 0, 3) == 0;
        (void)clqnn_reference_statistics(&desc, data, state);
    }
}

/* ---- Statistics ---- */

static void fill_statistics(clq_random *random, clq_shape_case *test)
{
    const clqnn_statistics_desc *desc = &test->desc.statistics;
    fill_x(random, &test->inputs[0]);
    fill_state(random, &desc->x, desc->granularity, clq_op_image_data(&test->inputs[0]), clq_op_image_data(&test->expected[0]),
               (size_t)test->expected[0].tensor.shape[0] * 4);
    fill_x(random, &test->inputs[0]);
}

/* As many samples as divide a slot's elements. */
static int64_t samples_of(clq_random *random, const clqnn_tensor *x, clqnn_granularity granularity, int64_t slots)
{
    static const int64_t wanted[] = {2, 3, 4, 5, 8, 16};
    int64_t count = 1;
    for (int32_t i = 0; i < x->rank; i++) count *= x->shape[i];
    const int64_t samples = wanted[clq_random_range(random, 0, 5)];
    return granularity == CLQNN_PER_GROUP || count / slots % samples ? 0 : samples;
}

static void make_statistics(clq_random *random, const char *variant, clq_shape_case *test)
{
    clqnn_statistics_desc *desc = &test->desc.statistics;
    clqnn_tensor *x = &test->inputs[0].tensor;
    int64_t slots = 1;
    make_x(random, clq_random_range(random, 0, 5) ? 6000 : 40000, x);
    *desc = (clqnn_statistics_desc){.struct_size = sizeof *desc, .granularity = clq_quantizer_slots(random, x), .variant = variant};
    (void)clqnn_slot_count(x, desc->granularity, &slots);
    if (slots > 60) desc->granularity = CLQNN_PER_TENSOR, slots = 1;   /* the reference looks for each slot's elements */
    desc->x = *x;
    desc->samples = samples_of(random, x, desc->granularity, slots);
    desc->extremes_only = clq_random_range(random, 0, 2) == 0;
    desc->momentum = clq_random_range(random, 0, 1) ? 0.0f : clq_random_float(random, 0.0f, 0.99f);
    test->fill = fill_statistics;
    test->expected[0].tensor = clq_quantizer_words(CLQNN_S32, slots * STATE_WORDS);
    (void)snprintf(test->text, sizeof test->text, "%s rank %d, granularity %d axis %d block %lld, %lld slots, samples %lld, extremes %d", clqnn_type_name(x->type),
                   (int)x->rank, (int)desc->granularity, (int)x->axis, (long long)x->block, (long long)slots, (long long)desc->samples, (int)desc->extremes_only);
}

static clqnn_status create_statistics(clqnn_context *context, const clq_shape_case *test, clqnn_op **op)
{
    return clqnn_statistics_create(context, &test->desc.statistics, op);
}

static clqnn_status reference_statistics(const clq_shape_case *test)
{
    return clqnn_reference_statistics(&test->desc.statistics, clq_op_image_data(&test->inputs[0]), clq_op_image_data(&test->expected[0]));
}

const clq_shape_family clq_shape_statistics = {"statistics", make_statistics, create_statistics, reference_statistics};

/* ---- Histograms ---- */

static void fill_histogram(clq_random *random, clq_shape_case *test)
{
    const clqnn_histogram_desc *desc = &test->desc.histogram;
    uint32_t *counts = clq_op_image_data(&test->expected[0]);
    fill_x(random, &test->inputs[0]);
    fill_state(random, &desc->x, desc->granularity, clq_op_image_data(&test->inputs[0]), clq_op_image_data(&test->inputs[1]), (size_t)test->inputs[1].tensor.shape[0] * 4);
    if (clq_random_range(random, 0, 1)) fill_x(random, &test->inputs[0]);   /* beyond what the state has seen */
    for (int64_t i = 0; i < test->expected[0].tensor.shape[0]; i++) counts[i] = (uint32_t)clq_random_range(random, 0, 3);
}

static void make_histogram(clq_random *random, const char *variant, clq_shape_case *test)
{
    static const int32_t bins[] = {0, 16, 100, 257, 2048, 4096};
    clqnn_histogram_desc *desc = &test->desc.histogram;
    clqnn_tensor *x = &test->inputs[0].tensor;
    int64_t slots = 1;
    make_x(random, clq_random_range(random, 0, 5) ? 6000 : 60000, x);
    *desc = (clqnn_histogram_desc){.struct_size = sizeof *desc, .granularity = clq_quantizer_slots(random, x), .variant = variant};
    (void)clqnn_slot_count(x, desc->granularity, &slots);
    if (slots > 60) desc->granularity = CLQNN_PER_TENSOR, slots = 1;
    desc->x = *x;
    desc->bins = bins[clq_random_range(random, 0, 5)];
    desc->is_magnitude = (int32_t)clq_random_range(random, 0, 1);
    test->input_count = 2;
    test->fill = fill_histogram;
    test->inputs[1].tensor = clq_quantizer_words(CLQNN_S32, slots * STATE_WORDS);
    test->expected[0].tensor = clq_quantizer_words(CLQNN_S32, slots * (desc->bins ? desc->bins : 2048));
    (void)snprintf(test->text, sizeof test->text, "%s rank %d, granularity %d axis %d block %lld, %lld slots, bins %d, magnitude %d", clqnn_type_name(x->type), (int)x->rank,
                   (int)desc->granularity, (int)x->axis, (long long)x->block, (long long)slots, (int)desc->bins, (int)desc->is_magnitude);
}

static clqnn_status create_histogram(clqnn_context *context, const clq_shape_case *test, clqnn_op **op)
{
    return clqnn_histogram_create(context, &test->desc.histogram, op);
}

static clqnn_status reference_histogram(const clq_shape_case *test)
{
    return clqnn_reference_histogram(&test->desc.histogram, clq_op_image_data(&test->inputs[0]), clq_op_image_data(&test->inputs[1]), clq_op_image_data(&test->expected[0]));
}

const clq_shape_family clq_shape_histogram = {"histogram", make_histogram, create_histogram, reference_histogram};

/* ---- Ranges ---- */

/* The state and counts of [slots][elements] of data. */
static void fill_range(clq_random *random, clq_shape_case *test)
{
    const clqnn_range_desc *desc = &test->desc.range;
    clq_op_image x = {.tensor = {.type = CLQNN_F32, .rank = 2, .shape = {desc->slots, clq_random_range(random, 1, 1500)}}};
    clqnn_slot_statistics *state = clq_op_image_data(&test->inputs[0]);
    memset(state, 0, (size_t)desc->slots * sizeof *state);
    if (test->input_count > 1) memset(clq_op_image_data(&test->inputs[1]), 0, (size_t)test->inputs[1].tensor.shape[0] * 4);
    if (!clq_op_image_allocate(random, &x, -1)) return;
    const int64_t calls = clq_random_range(random, 0, 9) ? clq_random_range(random, 1, 3) : 0;
    const clqnn_histogram_desc histogram = {.x = x.tensor, .granularity = CLQNN_PER_CHANNEL, .bins = desc->bins, .is_magnitude = desc->is_magnitude};
    for (int64_t i = 0; i < calls; i++) {
        const clqnn_statistics_desc statistics = {.x = x.tensor, .granularity = CLQNN_PER_CHANNEL, .extremes_only = clq_random_range(random, 0, 4) == 0};
        fill_x(random, &x);
        (void)clqnn_reference_statistics(&statistics, clq_op_image_data(&x), state);
    }
    if (calls && test->input_count > 1 && clq_random_range(random, 0, 9)) (void)clqnn_reference_histogram(&histogram, clq_op_image_data(&x), state, clq_op_image_data(&test->inputs[1]));
    clq_op_image_free(&x);
}

static void make_range(clq_random *random, const char *variant, clq_shape_case *test)
{
    static const int32_t bins[] = {256, 257, 300, 400};
    clqnn_range_desc *desc = &test->desc.range;
    *desc = (clqnn_range_desc){.struct_size = sizeof *desc, .method = (clqnn_range_method)clq_random_range(random, 0, CLQNN_RANGE_ENTROPY), .variant = variant};
    const bool has_counts = desc->method >= CLQNN_RANGE_PERCENTILE;
    desc->slots = clq_shape_extent(random, desc->method == CLQNN_RANGE_ENTROPY ? 1 : has_counts ? 3 : 20);
    desc->codes = clq_quantizer_codes(random);
    desc->is_symmetric = (int32_t)clq_random_range(random, 0, 1);
    desc->deviations = clq_random_range(random, 0, 1) ? 0.0f : clq_random_float(random, 0.5f, 6.0f);
    desc->kept = clq_random_range(random, 0, 1) ? 0.0f : clq_random_float(random, 0.5f, 1.0f);
    desc->bins = bins[clq_random_range(random, 0, 3)];
    desc->is_magnitude = desc->method == CLQNN_RANGE_ENTROPY || clq_random_range(random, 0, 1);
    if (!has_counts) desc->is_magnitude = 0;
    test->input_count = has_counts ? 2 : 1;
    test->fill = fill_range;
    test->inputs[0].tensor = clq_quantizer_words(CLQNN_S32, desc->slots * STATE_WORDS);
    test->inputs[1].tensor = clq_quantizer_words(CLQNN_S32, desc->slots * desc->bins);
    test->expected[0].tensor = clq_quantizer_words(CLQNN_F32, 2 * desc->slots);
    (void)snprintf(test->text, sizeof test->text, "method %d, %lld slots, %d bits signed %d restricted %d symmetric %d, bins %d magnitude %d", (int)desc->method,
                   (long long)desc->slots, (int)desc->codes.bits, (int)desc->codes.is_signed, (int)desc->codes.is_restricted, (int)desc->is_symmetric, (int)desc->bins,
                   (int)desc->is_magnitude);
}

static clqnn_status create_range(clqnn_context *context, const clq_shape_case *test, clqnn_op **op)
{
    return clqnn_range_create(context, &test->desc.range, op);
}

static clqnn_status reference_range(const clq_shape_case *test)
{
    const uint32_t *counts = test->input_count > 1 ? clq_op_image_data(&test->inputs[1]) : NULL;
    return clqnn_reference_range(&test->desc.range, clq_op_image_data(&test->inputs[0]), counts, clq_op_image_data(&test->expected[0]));
}

const clq_shape_family clq_shape_range = {"range", make_range, create_range, reference_range};
