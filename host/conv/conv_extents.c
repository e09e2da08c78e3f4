/* SPDX-License-Identifier: Apache-2.0 */
/* Extents, channels and groups of a descriptor, and what follows from them. */
#include <string.h>

#include "conv/conv_validate.h"
#include "core/descriptor.h"
#include "core/message.h"

static clqnn_status check_count(const char *name, int index, int64_t value, int64_t least)
{
    if (value >= least && value <= INT32_MAX) return CLQNN_OK;
    if (index < 0) return clq_fail(CLQNN_INVALID_SHAPE, "%s is %lld, must be in %lld..2147483647", name, (long long)value, (long long)least);
    return clq_fail(CLQNN_INVALID_SHAPE, "%s[%d] is %lld, must be in %lld..2147483647", name, index, (long long)value, (long long)least);
}

static int64_t or_one(int64_t value)
{
    return value == 0 ? 1 : value;
}

static clqnn_status check_channels(clqnn_conv_desc *desc)
{
    desc->batch = or_one(desc->batch);
    desc->groups = or_one(desc->groups);
    CLQ_FORWARD(check_count("batch", -1, desc->batch, 1));
    CLQ_FORWARD(check_count("groups", -1, desc->groups, 1));
    CLQ_FORWARD(check_count("in_channels", -1, desc->in_channels, 1));
    CLQ_FORWARD(check_count("out_channels", -1, desc->out_channels, 1));
    if (desc->in_channels % desc->groups) {
        return clq_fail(CLQNN_INVALID_SHAPE, "in_channels is %lld, not a multiple of groups = %lld", (long long)desc->in_channels, (long long)desc->groups);
    }
    if (desc->out_channels % desc->groups) {
        return clq_fail(CLQNN_INVALID_SHAPE, "out_channels is %lld, not a multiple of groups = %lld", (long long)desc->out_channels, (long long)desc->groups);
    }
    return CLQNN_OK;
}

static clqnn_status check_pads(const clqnn_conv_desc *desc, int i, int64_t extent)
{
    if (desc->pad_begin[i] < 0 || desc->pad_begin[i] >= extent) {
        return clq_fail(CLQNN_INVALID_SHAPE, "pad_begin[%d] is %lld, must be in 0..%lld: less than the kernel's extent", i, (long long)desc->pad_begin[i], (long long)(extent - 1));
    }
    if (desc->pad_end[i] < 0 || desc->pad_end[i] >= extent) {
        return clq_fail(CLQNN_INVALID_SHAPE, "pad_end[%d] is %lld, must be in 0..%lld: less than the kernel's extent", i, (long long)desc->pad_end[i], (long long)(extent - 1));
    }
    const int64_t most = !desc->transposed ? 0 : (desc->stride[i] > desc->dilation[i] ? desc->stride[i] : desc->dilation[i]) - 1;
    if (desc->output_padding[i] < 0 || desc->output_padding[i] > most) {
        return clq_fail(CLQNN_INVALID_SHAPE, "output_padding[%d] is %lld, must be in 0..%lld%s", i, (long long)desc->output_padding[i], (long long)most,
                        desc->transposed ? ": less than the larger of stride and dilation" : ": the convolution is not transposed");
    }
    return CLQNN_OK;
}

/* Every product below is of two values under 2^31, every sum under 2^63. */
static clqnn_status resolve_output(const clqnn_conv_desc *desc, int i, int64_t extent, int64_t *output)
{
    const int64_t pads = desc->pad_begin[i] + desc->pad_end[i], padded = desc->input[i] + pads;
    if (desc->transposed) {
        *output = (desc->input[i] - 1) * desc->stride[i] - pads + extent + desc->output_padding[i];
        if (*output < 1) {
            return clq_fail(CLQNN_INVALID_SHAPE, "pad_begin[%d] and pad_end[%d] are %lld and %lld: nothing is left of the output of %lld", i, i,
                            (long long)desc->pad_begin[i], (long long)desc->pad_end[i], (long long)(*output + pads));
        }
        return check_count("the output's extent", i, *output + pads, 1);
    }
    if (padded < extent) {
        return clq_fail(CLQNN_INVALID_SHAPE, "kernel[%d] is %lld, which with its dilation covers %lld and does not fit input[%d] = %lld with pads of %lld and %lld", i,
                        (long long)desc->kernel[i], (long long)extent, i, (long long)desc->input[i], (long long)desc->pad_begin[i], (long long)desc->pad_end[i]);
    }
    *output = (padded - extent) / desc->stride[i] + 1;
    return check_count("the padded input's extent", i, padded, 1);
}

/* Dimension i of the descriptor to dimension `to` of the problem. */
static clqnn_status resolve_dimension(clqnn_conv_desc *desc, int i, int to, clq_conv_problem *problem)
{
    desc->stride[i] = or_one(desc->stride[i]);
    desc->dilation[i] = or_one(desc->dilation[i]);
    CLQ_FORWARD(check_count("input", i, desc->input[i], 1));
    CLQ_FORWARD(check_count("kernel", i, desc->kernel[i], 1));
    CLQ_FORWARD(check_count("stride", i, desc->stride[i], 1));
    CLQ_FORWARD(check_count("dilation", i, desc->dilation[i], 1));
    const int64_t extent = (desc->kernel[i] - 1) * desc->dilation[i] + 1;
    CLQ_FORWARD(check_count("the kernel's extent", i, extent, 1));
    CLQ_FORWARD(check_pads(desc, i, extent));
    int64_t output = 0;
    CLQ_FORWARD(resolve_output(desc, i, extent, &output));
    problem->input[to] = desc->input[i];
    problem->output[to] = output;
    problem->weights.kernel[to] = desc->kernel[i];
    problem->stride[to] = desc->stride[i];
    problem->dilation[to] = desc->dilation[i];
    problem->pad[to] = desc->pad_begin[i];
    problem->pad_end[to] = desc->pad_end[i];
    return CLQNN_OK;
}

/* The product of the factors, each at least 1, must stay below 2^31. */
static clqnn_status check_product(const char *name, const int64_t *factors, int count)
{
    int64_t product = 1;
    for (int i = 0; i < count; i++) {
        if (factors[i] > INT32_MAX / product) return clq_fail(CLQNN_INVALID_SHAPE, "%s are more than 2147483647", name);
        product *= factors[i];
    }
    return CLQNN_OK;
}

static clqnn_status check_totals(const clq_conv_problem *problem)
{
    const int64_t *in = problem->input, *out = problem->output, *kernel = problem->weights.kernel;
    CLQ_FORWARD(check_product("the input's pixels of all images", (const int64_t[]){problem->batch, in[0], in[1], in[2]}, 4));
    CLQ_FORWARD(check_product("the output's pixels of all images", (const int64_t[]){problem->batch, out[0], out[1], out[2]}, 4));
    return check_product("the weights of an output channel", (const int64_t[]){problem->weights.group_in, kernel[0], kernel[1], kernel[2]}, 4);
}

clqnn_status clq_conv_resolve_shape(const clqnn_conv_desc *given, clq_conv_spec *spec)
{
    memset(spec, 0, sizeof *spec);
    CLQ_FORWARD(clq_descriptor_copy("clqnn_conv_desc", given, &spec->desc, sizeof spec->desc, sizeof spec->desc));
    clqnn_conv_desc *desc = &spec->desc;
    clq_conv_problem *problem = &spec->problem;
    if (desc->spatial_rank < 0 || desc->spatial_rank > CLQNN_MAX_SPATIAL) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "spatial_rank is %d, must be in 1..3, or 0 for 2", (int)desc->spatial_rank);
    }
    if (desc->spatial_rank == 0) desc->spatial_rank = 2;
    CLQ_FORWARD(clq_check_flag("transposed", desc->transposed));
    CLQ_FORWARD(check_channels(desc));
    problem->transposed = desc->transposed;
    problem->batch = desc->batch;
    problem->in_channels = desc->in_channels;
    problem->out_channels = desc->out_channels;
    problem->weights = (clq_conv_shape){.groups = desc->groups, .group_out = desc->out_channels / desc->groups, .group_in = desc->in_channels / desc->groups};
    for (int i = 0; i < CLQNN_MAX_SPATIAL; i++) {
        problem->input[i] = problem->output[i] = problem->weights.kernel[i] = problem->stride[i] = problem->dilation[i] = 1;
    }
    const int missing = CLQNN_MAX_SPATIAL - desc->spatial_rank;
    for (int i = 0; i < desc->spatial_rank; i++) CLQ_FORWARD(resolve_dimension(desc, i, i + missing, problem));
    return check_totals(problem);
}

clqnn_status clqnn_conv_output_shape(const clqnn_conv_desc *desc, int64_t output[CLQNN_MAX_SPATIAL])
{
    if (!output) return clq_fail(CLQNN_INVALID_ARGUMENT, "output is NULL");
    clq_conv_spec spec;
    CLQ_FORWARD(clq_conv_resolve_shape(desc, &spec));
    for (int i = 0; i < spec.desc.spatial_rank; i++) output[i] = spec.problem.output[i + CLQNN_MAX_SPATIAL - spec.desc.spatial_rank];
    return CLQNN_OK;
}
