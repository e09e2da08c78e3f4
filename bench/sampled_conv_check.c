/* SPDX-License-Identifier: Apache-2.0 */
/* A convolution's sample is of output channels: all pixels of some channels, so that every border is seen. */
#include "sampled_conv_check.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference.h"
#include "output_compare.h"
#include "plane_words.h"

/* `count` of `all` channels: channel i of the sample. */
static int64_t sampled_channel(int64_t i, int64_t count, int64_t all) { return count > 1 ? i * (all - 1) / (count - 1) : all - 1; }

/* What the reference is given: the problem with some of its output channels. */
typedef struct channel_sample {
    int64_t count;
    clqnn_conv_desc desc;
    unsigned char *weights, *expected;
    float *scales;
    int32_t *bias;
} channel_sample;

static bool gather(const clq_bench_problem *problem, channel_sample *sample)
{
    const int64_t all = problem->conv.out_channels, count = sample->count;
    const size_t channel_bytes = problem->b_bytes / (size_t)all;
    sample->weights = malloc((size_t)count * channel_bytes + 1);
    sample->expected = malloc((size_t)(problem->conv.batch * clq_conv_shape_output_pixels(&problem->conv)) * clq_row_bytes(problem->types.c, clq_row_values(problem->types.c, count)) + 1);
    sample->scales = malloc((size_t)count * sizeof *sample->scales);
    sample->bias = malloc((size_t)count * sizeof *sample->bias);
    if (!sample->weights || !sample->expected || !sample->scales || !sample->bias) return false;
    for (int64_t i = 0; i < count; i++) {
        const int64_t channel = sampled_channel(i, count, all);
        memcpy(sample->weights + (size_t)i * channel_bytes, (const unsigned char *)problem->b + (size_t)channel * channel_bytes, channel_bytes);
        if (problem->conv_desc.weight_quantization.scale_count > 0) sample->scales[i] = problem->b_scales[channel];
        if (problem->conv_desc.bias != NULL) sample->bias[i] = problem->bias[channel];
    }
    sample->desc = problem->conv_desc;
    sample->desc.out_channels = count;
    sample->desc.weight_data = sample->weights;
    if (sample->desc.weight_quantization.scale_count > 0) {
        sample->desc.weight_quantization.scales = sample->scales;
        sample->desc.weight_quantization.scale_count = count;
    }
    if (sample->desc.bias != NULL) sample->desc.bias = sample->bias;
    return true;
}

/* Whether channel `wanted` of one pixel equals channel `got` of another; else both as text. */
static bool same_channel(clqnn_type type, const unsigned char *expected, int64_t wanted, const unsigned char *y, int64_t got, char *message, size_t size)
{
    char wanted_text[64], got_text[64];
    if (clq_is_planes(type)) {
        const int32_t want = clq_plane_value(type, expected, wanted), found = clq_plane_value(type, y, got);
        if (want != found) snprintf(message, size, "expected %d, got %d", want, found);
        return want == found;
    }
    const size_t element = clqnn_type_size(type);
    if (clq_elements_equal(type, expected + (size_t)wanted * element, y + (size_t)got * element)) return true;
    clq_element_text(type, expected + (size_t)wanted * element, wanted_text, sizeof wanted_text);
    clq_element_text(type, y + (size_t)got * element, got_text, sizeof got_text);
    snprintf(message, size, "expected %s, got %s", wanted_text, got_text);
    return false;
}

static bool compare(const clq_bench_problem *problem, const channel_sample *sample, const unsigned char *c, char *message, size_t size)
{
    const clqnn_type type = problem->types.c;
    const int64_t all = problem->conv.out_channels, pixels = problem->conv.batch * clq_conv_shape_output_pixels(&problem->conv);
    const size_t wanted_row = clq_row_bytes(type, clq_row_values(type, sample->count)), row = clq_row_bytes(type, clq_row_values(type, all));
    char difference[160];
    for (int64_t pixel = 0; pixel < pixels; pixel++) {
        for (int64_t i = 0; i < sample->count; i++) {
            const int64_t channel = sampled_channel(i, sample->count, all);
            if (same_channel(type, sample->expected + (size_t)pixel * wanted_row, i, c + (size_t)pixel * row, channel, difference, sizeof difference)) continue;
            snprintf(message, size, "y[pixel %" PRId64 "][channel %" PRId64 "]: %s", pixel, channel, difference);
            return false;
        }
    }
    return true;
}

bool clq_sampled_conv_check(const clq_bench_problem *problem, const void *c, double largest_macs, char *message, size_t size)
{
    const clq_conv_shape *const shape = &problem->conv;
    const double macs = clq_conv_shape_macs(shape);
    channel_sample sample = { .count = shape->out_channels };
    if (macs > largest_macs && shape->groups == 1) sample.count = (int64_t)(largest_macs / macs * (double)shape->out_channels);
    if (sample.count < 2) sample.count = shape->out_channels < 2 ? shape->out_channels : 2;
    bool right = gather(problem, &sample);
    if (right) {
        const clqnn_status status = clqnn_reference_conv(&sample.desc, problem->a, NULL, sample.expected, NULL);
        if (status != CLQNN_OK) snprintf(message, size, "the reference answers %s", clqnn_status_name(status));
        right = status == CLQNN_OK && compare(problem, &sample, c, message, size);
    } else {
        snprintf(message, size, "not enough host memory");
    }
    free(sample.weights);
    free(sample.expected);
    free(sample.scales);
    free(sample.bias);
    return right;
}
