/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>

#include "conv_run.h"
#include "output_compare.h"

/* "[d,h,w]" of an output pixel. */
static void pixel_text(const clq_conv_shape *shape, int64_t pixel, char *text, size_t size)
{
    int64_t at[CLQNN_MAX_SPATIAL] = { 0 };
    size_t used = 0;
    for (int32_t i = shape->spatial_rank - 1; i >= 0; i--) {
        const int64_t extent = clq_conv_shape_output(shape, i);
        at[i] = pixel % extent;
        pixel /= extent;
    }
    for (int32_t i = 0; i < shape->spatial_rank && used < size; i++) {
        used += (size_t)snprintf(text + used, size - used, "%s%" PRId64, i > 0 ? "," : "", at[i]);
    }
}

void clq_conv_compare(const clq_conv_problem *problem, const unsigned char *got, unsigned char poison, clq_verify_result *result)
{
    const clqnn_type type = problem->spec.y_type;
    const clq_expected_output expected = { .name = "y", .type = type, .bytes = problem->y, .written = problem->written };
    const size_t first = clq_output_compare(&expected, got, poison, result);
    clq_conv_position at;
    char pixel[96], wanted[64], found[64];
    if (result->differences == 0 || !clq_conv_problem_locate(problem, first, &at)) return;
    const clq_image_strides *const strides = &problem->y_strides;
    pixel_text(&problem->spec.shape, at.pixel, pixel, sizeof pixel);
    clq_element_text(type, problem->y.data + first, wanted, sizeof wanted);
    clq_element_text(type, got + first, found, sizeof found);
    snprintf(result->message, sizeof result->message,
             "y[%" PRId64 "][%s][%" PRId64 "] (image, pixel, channel): accumulator %" PRId32 ", expected %s, got %s", at.image, pixel, at.channel,
             problem->accumulators[(at.image * strides->pixels + at.pixel) * strides->channels + at.channel], wanted, found);
}
