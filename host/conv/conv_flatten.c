/* SPDX-License-Identifier: Apache-2.0 */
/* A kernel of one tap sees no neighbours: the image may as well be one long row, and images without a gap between them one image. Variants then have whole
 * tiles whatever the shape. */
#include "conv/conv_validate.h"

static bool sees_one_pixel(const clq_conv_problem *problem)
{
    for (int i = 0; i < 3; i++) {
        if (problem->weights.kernel[i] != 1 || problem->stride[i] != 1 || problem->pad[i] || problem->pad_end[i]) return false;
    }
    return !problem->transposed;
}

static void flatten_steps(clq_conv_image *image, int64_t pixels)
{
    image->step[0] = image->step[1] = pixels * image->step[2];
}

static bool is_gapless(const clq_conv_image *image, int64_t pixels)
{
    return image->type == CLQNN_TYPE_NONE || image->batch_stride == pixels * image->step[2];
}

void clq_conv_flatten(clq_conv_problem *problem)
{
    if (!sees_one_pixel(problem)) return;
    int64_t pixels = clq_conv_pixels(problem);
    if (problem->batch > 1 && is_gapless(&problem->x, pixels) && is_gapless(&problem->y, pixels) && is_gapless(&problem->residual, pixels)) {
        pixels *= problem->batch;
        problem->batch = 1;
    }
    problem->input[0] = problem->input[1] = problem->output[0] = problem->output[1] = 1;
    problem->input[2] = problem->output[2] = pixels;
    flatten_steps(&problem->x, pixels);
    flatten_steps(&problem->y, pixels);
    flatten_steps(&problem->residual, pixels);
}
