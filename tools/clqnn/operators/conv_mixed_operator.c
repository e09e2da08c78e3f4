/* SPDX-License-Identifier: Apache-2.0 */
/* Convolutions of floats, of clqnn/conv.h: verified and listed under a name of their own. Case files and `explain` know them as conv. */
#include <stdio.h>
#include <stdlib.h>

#include "conv_mixed_case.h"
#include "op_variant_list.h"
#include "operator.h"
#include "plane_words.h"

static clqnn_status variants(clq_variant *list, size_t capacity, size_t *count)
{
    return clq_op_variants_of("conv_mixed", list, capacity, count);
}

static void case_run(clqnn_context *context, const clq_sweep *sweep, size_t index, clq_verify_result *result)
{
    const clq_conv_mixed_case spec = clq_conv_mixed_case_make(sweep, index);
    clq_conv_mixed_verify(context, &spec, sweep->variant, result);
}

static const char *case_describe(const clq_sweep *sweep, size_t index, char *text, size_t size)
{
    const clq_conv_mixed_case spec = clq_conv_mixed_case_make(sweep, index);
    return clq_conv_mixed_case_describe(&spec, text, size);
}

/* Without a tolerance: each element has its own, by the bound. */
static bool write_problem(const clq_conv_mixed_problem *problem, const char *path, const char *source, char *message, size_t size)
{
    const clq_image_strides *const at = &problem->y_strides;
    unsigned char *const expected = calloc(problem->y.size + 1, 1);
    if (expected == NULL) return snprintf(message, size, "not enough host memory"), false;
    for (int64_t i = 0; i < at->images * at->pixels * at->channels; i++) {
        const int64_t n = i / (at->pixels * at->channels), pixel = i / at->channels % at->pixels, channel = i % at->channels;
        clqnn_reference_float_store(&problem->output, problem->sums[i].value, expected + problem->y.offset,
                                    n * at->batch + pixel * at->pixel_step + channel * at->channel_step);
    }
    const clq_case_conv conv = { .desc = problem->desc, .x = problem->x.data + problem->x.offset, .expected = expected + problem->y.offset,
                                 .residual = problem->residual.data != NULL ? problem->residual.data + problem->residual.offset : NULL };
    const bool written = clq_case_write_conv(path, &conv, source, NULL, message, size) == CLQNN_OK;
    free(expected);
    return written;
}

static bool case_write(const clq_sweep *sweep, size_t index, const char *path, const char *source, char *message, size_t size)
{
    const clq_conv_mixed_case spec = clq_conv_mixed_case_make(sweep, index);
    if (clq_is_planes(spec.w_type)) {
        snprintf(message, size, "the format cannot say weights of bit planes below wider activations");
        return false;
    }
    if (spec.half_sums) return snprintf(message, size, "the format cannot say that sums are of f16"), false;
    clq_conv_mixed_problem *const problem = clq_conv_mixed_problem_create(&spec, message, size);
    if (problem == NULL) return false;
    const bool written = write_problem(problem, path, source, message, size);
    clq_conv_mixed_problem_destroy(problem);
    return written;
}

const clq_operator clq_conv_mixed_operator = {
    .name = "conv_mixed",
    .variants = variants,
    .case_count = clq_conv_mixed_case_count,
    .case_run = case_run,
    .case_describe = case_describe,
    .case_write = case_write,
};
