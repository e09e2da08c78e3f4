/* SPDX-License-Identifier: Apache-2.0 */
/* A convolution's sample is of output channels: all pixels of some channels, so that every border is seen. */
#include "sampled_conv_check.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference.h"
#include "output_compare.h"

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
    sample->expected = malloc(problem->c_bytes / (size_t)all * (size_t)count + 1);
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

static bool compare(const clq_bench_problem *problem, const channel_sample *sample, const unsigned char *c, char *message, size_t size)
{
    const size_t element = clqnn_type_size(problem->types.c);
    const int64_t all = problem->conv.out_channels, pixels = problem->conv.batch * clq_conv_shape_output_pixels(&problem->conv);
    for (int64_t pixel = 0; pixel < pixels; pixel++) {
        for (int64_t i = 0; i < sample->count; i++) {
            const int64_t channel = sampled_channel(i, sample->count, all);
            const unsigned char *const want = sample->expected + (size_t)(pixel * sample->count + i) * element, *const got = c +
                                                                                                                             (size_t)(pixel * all +
                                                                                                                                      channel) *
                                                                                                                                 element;
            char wanted[64], found[64];
            if (clq_elements_equal(problem->types.c, want, got)) continue;
            clq_element_text(problem->types.c, want, wanted, sizeof wanted);
            clq_element_text(problem->types.c, got, found, sizeof found);
            snprintf(message, size, "y[pixel %" PRId64 "][channel %" PRId64 "]: expected %s, got %s", pixel, channel, wanted, found);
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
