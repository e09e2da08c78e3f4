/* SPDX-License-Identifier: Apache-2.0 */
#include "sampled_float_conv_check.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference_float.h"
#include "mixed_values.h"

/* What the reference is given: the problem with `count` of its output channels. */
typedef struct channel_sample {
    const clq_bench_problem *problem;
    int64_t count;
    clqnn_conv_desc desc;
    unsigned char *weights;
    clqnn_reference_bounded *sums;
} channel_sample;

static int64_t sampled_channel(const channel_sample *sample, int64_t i)
{
    const int64_t all = sample->problem->conv.out_channels;
    return sample->count > 1 ? i * (all - 1) / (sample->count - 1) : all - 1;
}

static int64_t pixels_of(const clq_conv_shape *shape) { return shape->batch * clq_conv_shape_output_pixels(shape); }

static int64_t choose_count(const clq_conv_shape *shape, double largest)
{
    const double macs = clq_conv_shape_macs(shape);
    const int64_t all = shape->out_channels, allowed = (int64_t)(largest / macs * (double)all);
    if (macs <= largest || shape->groups > 1 || all <= 2) return all;
    return allowed < 2 ? 2 : allowed;
}

static bool gather(channel_sample *sample)
{
    const clq_bench_problem *const problem = sample->problem;
    const size_t channel_bytes = problem->b_bytes / (size_t)problem->conv.out_channels;
    sample->weights = malloc((size_t)sample->count * channel_bytes + 1);
    sample->sums = malloc((size_t)(sample->count * pixels_of(&problem->conv) + 1) * sizeof *sample->sums);
    if (!sample->weights || !sample->sums) return false;
    for (int64_t i = 0; i < sample->count; i++) {
        const unsigned char *const source = (const unsigned char *)problem->b + (size_t)sampled_channel(sample, i) * channel_bytes;
        memcpy(sample->weights + (size_t)i * channel_bytes, source, channel_bytes);
    }
    sample->desc = problem->conv_desc;
    sample->desc.out_channels = sample->count;
    sample->desc.weight_data = sample->weights;
    return true;
}

static bool compare(const channel_sample *sample, const unsigned char *c, char *message, size_t size)
{
    const clq_bench_problem *const problem = sample->problem;
    const clqnn_type type = problem->types.c;
    const clqnn_reference_float_output output = clqnn_reference_conv_output(&sample->desc);
    for (int64_t i = 0; i < pixels_of(&problem->conv) * sample->count; i++) {
        const int64_t pixel = i / sample->count, channel = sampled_channel(sample, i % sample->count);
        const unsigned char *const got = c + (size_t)(pixel * problem->conv.out_channels + channel) * clqnn_type_size(type);
        const clqnn_reference_range range = clqnn_reference_float_range(&output, sample->sums[i]);
        if (clqnn_reference_in_range(type, got, &range)) continue;
        snprintf(message, size, "y[pixel %" PRId64 "][channel %" PRId64 "]: expected %.9g..%.9g, got %.9g", pixel, channel, range.low, range.high,
                 clq_mixed_element(type, got));
        return false;
    }
    return true;
}

bool clq_sampled_float_conv_check(const clq_bench_problem *problem, const void *c, double largest, char *message, size_t size)
{
    channel_sample sample = { .problem = problem, .count = choose_count(&problem->conv, largest) };
    bool right = gather(&sample);
    if (right) {
        const clqnn_status status = clqnn_reference_conv_float(&sample.desc, problem->a, NULL, sample.sums);
        if (status != CLQNN_OK) snprintf(message, size, "the reference answers %s", clqnn_status_name(status));
        right = status == CLQNN_OK && compare(&sample, c, message, size);
    } else {
        snprintf(message, size, "not enough host memory");
    }
    free(sample.weights);
    free(sample.sums);
    return right;
}
