/* SPDX-License-Identifier: Apache-2.0 */
#include "conv/conv_product.h"

#include <string.h>

#include "conv/conv_family.h"
#include "core/message.h"

/* The product of a family adds its residual, one of integers has none. */
static bool has_fitting_residual(const clq_conv_problem *problem, const clq_conv_family *family)
{
    return problem->residual.type == CLQNN_TYPE_NONE || (family && problem->residual.channel_step == 1);
}

static bool is_product(const clq_conv_problem *problem, const clq_conv_family *family)
{
    for (int i = 0; i < 3; i++) {
        if (problem->weights.kernel[i] != 1 || problem->stride[i] != 1 || problem->pad[i] || problem->pad_end[i]) return false;
    }
    return problem->weights.groups == 1 && !problem->transposed && problem->x.channel_step == 1 && problem->y.channel_step == 1 && !problem->table
           && has_fitting_residual(problem, family);
}

clqnn_status clq_conv_planned_as_product(const clq_conv_spec *spec, bool *as_product)
{
    const char *variant = spec->desc.variant;
    const clq_conv_family *family = clq_conv_family_of(&spec->desc);
    const bool asks_for_gemm = variant && strncmp(variant, "gemm_", 5) == 0;
    const bool packed_for_gemm = !family && spec->desc.weights && spec->desc.weights->product;
    *as_product = is_product(&spec->problem, family);
    if (!*as_product && asks_for_gemm) return clq_fail(CLQNN_UNSUPPORTED, "variant %s: this convolution is not a matrix product", variant);
    if (!*as_product && packed_for_gemm) return clq_fail(CLQNN_UNSUPPORTED, "the weights are packed for a matrix product, which this convolution is not");
    if ((variant && !asks_for_gemm) || (spec->desc.weights && !packed_for_gemm && !family)) *as_product = false;
    return CLQNN_OK;
}

/* Images without a gap between them are one matrix. */
static bool is_gapless(const clq_conv_problem *problem)
{
    const int64_t pixels = clq_conv_pixels(problem);
    const bool residual = problem->residual.type == CLQNN_TYPE_NONE || problem->residual.batch_stride == pixels * problem->residual.step[2];
    return problem->batch == 1 || (residual && problem->x.batch_stride == pixels * problem->x.step[2] && problem->y.batch_stride == pixels * problem->y.step[2]);
}

/* Elements between rows; 0, which is dense, for one pixel with its channels first, whose step to a next pixel means nothing. */
static int64_t row_step(const clq_conv_image *image, int64_t channels)
{
    return image->step[2] >= channels ? image->step[2] : 0;
}

clqnn_gemm_desc clq_conv_product_desc(const clq_conv_spec *spec)
{
    const clqnn_conv_desc *desc = &spec->desc;
    const clq_conv_problem *problem = &spec->problem;
    const bool gapless = is_gapless(problem);
    clqnn_gemm_desc product = {
        .struct_size = sizeof product,
        .m = clq_conv_pixels(problem) * (gapless ? problem->batch : 1),
        .n = problem->out_channels,
        .k = problem->in_channels,
        .batch = {1, gapless ? 1 : problem->batch},
        .a = {.type = desc->x.type, .leading_dimension = row_step(&problem->x, problem->in_channels), .quantization = desc->x.quantization},
        .b = {.type = desc->weight_type, .transposed = 1, .batch_stride = {CLQNN_BROADCAST, CLQNN_BROADCAST}, .quantization = desc->weight_quantization},
        .c = {.type = desc->y.type, .leading_dimension = row_step(&problem->y, problem->out_channels), .quantization = desc->y.quantization},
        .b_data = desc->weight_data,
        .weights = desc->weights ? desc->weights->product : NULL,
        .bias = desc->bias,
        .bias_type = desc->bias_type,
        .rounding = desc->rounding,
        .multipliers = desc->multipliers,
        .shifts = desc->shifts,
        .fixed_count = desc->fixed_count,
        .has_clamp = desc->has_clamp,
        .clamp_min = desc->clamp_min,
        .clamp_max = desc->clamp_max,
        .variant = desc->variant,
        .activation = desc->activation,
        .thresholds = desc->thresholds,
        .directions = desc->directions,
        .threshold_count = desc->threshold_count,
        .has_row_scales = desc->has_row_scales,
        .accumulation = desc->accumulation,
    };
    if (desc->residual.type != CLQNN_TYPE_NONE) {
        product.residual = (clqnn_gemm_operand){.type = desc->residual.type, .leading_dimension = row_step(&problem->residual, problem->out_channels)};
    }
    if (!gapless) {
        product.a.batch_stride[1] = problem->x.batch_stride;
        product.c.batch_stride[1] = problem->y.batch_stride;
        product.residual.batch_stride[1] = problem->residual.batch_stride;
    }
    return product;
}

clqnn_conv_info clq_conv_product_info(const clqnn_gemm_info *info)
{
    return (clqnn_conv_info){
        .variant = info->variant,
        .layout = info->layout,
        .packed_bytes = info->packed_bytes,
        .workspace_bytes = info->workspace_bytes,
        .accumulator_bound = info->accumulator_bound,
        .estimated_seconds = info->estimated_seconds,
    };
}
