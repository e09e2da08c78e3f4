/* SPDX-License-Identifier: Apache-2.0 */
#include "conv/conv_validate.h"

#include <math.h>
#include <string.h>

#include "conv/conv_family.h"
#include "core/message.h"
#include "layout/plane_values.h"
#include "quantization/bit_form.h"

static bool is_same_shape(const clq_conv_shape *a, const clq_conv_shape *b)
{
    return a->groups == b->groups && a->group_out == b->group_out && a->group_in == b->group_in && memcmp(a->kernel, b->kernel, sizeof a->kernel) == 0;
}

/* Takes the weights' description from packed weights. */
static clqnn_status adopt_weights(clq_conv_spec *spec)
{
    clqnn_conv_desc *desc = &spec->desc;
    const clqnn_conv_weights *weights = desc->weights;
    if (!weights) return desc->weight_data ? CLQNN_OK : clq_fail(CLQNN_INVALID_ARGUMENT, "weight_data and weights are both NULL");
    if (desc->weight_data) return clq_fail(CLQNN_INVALID_ARGUMENT, "weight_data and weights are both given");
    if (!is_same_shape(&weights->shape, &spec->problem.weights)) {
        const clq_conv_shape *shape = &weights->shape;
        return clq_fail(CLQNN_INVALID_SHAPE, "weights are of %lld groups of %lld to %lld channels and a kernel of %lld x %lld x %lld, which is not what the descriptor says",
                        (long long)shape->groups, (long long)shape->group_in, (long long)shape->group_out, (long long)shape->kernel[0], (long long)shape->kernel[1],
                        (long long)shape->kernel[2]);
    }
    if (desc->weight_type != CLQNN_TYPE_NONE && desc->weight_type != weights->source.type) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "weight_type is %d, but the weights are %s", (int)desc->weight_type, clqnn_type_name(weights->source.type));
    }
    desc->weight_type = weights->source.type;
    desc->weight_layout = weights->source.layout;
    if (!weights->zero_points) return CLQNN_OK; /* a family's */
    desc->weight_quantization.zero_points = weights->zero_points;
    desc->weight_quantization.zero_point_count = desc->out_channels;
    return CLQNN_OK;
}

const clqnn_quantization *clq_conv_summand(const clqnn_conv_desc *desc)
{
    return desc->table ? &desc->table_quantization : &desc->y.quantization;
}

/* Within these bounds no step of the residual sum but the quotient leaves float's normal range, so that devices that flush denormals agree. */
static clqnn_status check_sum_scale(const char *name, const clqnn_quantization *quantization)
{
    const float scale = clq_scale_at(quantization, 0);
    if (scale >= 0x1p-100f && scale <= 0x1p100f) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s.scales[0] is %g, must be in 2^-100..2^100 with a residual", name, (double)scale);
}

static clqnn_status resolve_sum_clamp(clq_conv_spec *spec)
{
    const clqnn_conv_desc *desc = &spec->desc;
    CLQ_FORWARD(clq_check_flag("has_sum_clamp", desc->has_sum_clamp));
    spec->sum_low = clq_type_low(desc->y.type);
    spec->sum_high = clq_type_high(desc->y.type);
    if (!desc->has_sum_clamp) return CLQNN_OK;
    if (desc->residual.type == CLQNN_TYPE_NONE) return clq_fail(CLQNN_INVALID_ARGUMENT, "has_sum_clamp is 1, but residual.type is none");
    if (desc->sum_clamp_min > desc->sum_clamp_max || desc->sum_clamp_min > spec->sum_high || desc->sum_clamp_max < spec->sum_low) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "sum_clamp_min is %d and sum_clamp_max is %d: no value of type %s lies between", (int)desc->sum_clamp_min,
                        (int)desc->sum_clamp_max, clqnn_type_name(desc->y.type));
    }
    if (desc->sum_clamp_min > spec->sum_low) spec->sum_low = desc->sum_clamp_min;
    if (desc->sum_clamp_max < spec->sum_high) spec->sum_high = desc->sum_clamp_max;
    return CLQNN_OK;
}

static clqnn_status refuse_unused(const char *name, const clqnn_quantization *quantization, const char *why)
{
    if (!quantization->scale_count && !quantization->zero_point_count) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s is given, but %s", name, why);
}

static clqnn_status check_after(clq_conv_spec *spec)
{
    const clqnn_conv_desc *desc = &spec->desc;
    if (!desc->table) CLQ_FORWARD(refuse_unused("table_quantization", &desc->table_quantization, "table is NULL"));
    CLQ_FORWARD(clq_check_quantization("table_quantization", &desc->table_quantization, desc->y.type, 1));
    CLQ_FORWARD(resolve_sum_clamp(spec));
    if (desc->residual.type == CLQNN_TYPE_NONE) {
        CLQ_FORWARD(refuse_unused("sum_quantization", &desc->sum_quantization, "residual.type is none"));
        return refuse_unused("residual.quantization", &desc->residual.quantization, "residual.type is none");
    }
    CLQ_FORWARD(clq_check_quantization("residual.quantization", &desc->residual.quantization, desc->residual.type, 1));
    CLQ_FORWARD(clq_check_quantization("sum_quantization", &desc->sum_quantization, desc->y.type, 1));
    CLQ_FORWARD(check_sum_scale(desc->table ? "table_quantization" : "y.quantization", clq_conv_summand(desc)));
    CLQ_FORWARD(check_sum_scale("residual.quantization", &desc->residual.quantization));
    return check_sum_scale("sum_quantization", &desc->sum_quantization);
}

clq_requantization clq_conv_requantization(const clqnn_conv_desc *desc)
{
    return (clq_requantization){
        .left_name = "x",
        .right_name = "weight",
        .out_name = "y",
        .channels_name = "out_channels",
        .channels = desc->out_channels,
        .left = desc->x.quantization,
        .right = desc->weight_quantization,
        .out = desc->y.quantization,
        .out_type = desc->y.type,
        .bias = desc->bias,
        .bias_type = desc->bias_type,
        .rounding = desc->rounding,
        .multipliers = desc->multipliers,
        .shifts = desc->shifts,
        .fixed_count = desc->fixed_count,
        .has_clamp = desc->has_clamp,
        .clamp_min = desc->clamp_min,
        .clamp_max = desc->clamp_max,
    };
}

/* Fields of convolutions of bits. */
static clqnn_status refuse_bit_fields(const clqnn_conv_desc *desc)
{
    const char *x = clqnn_type_name(desc->x.type);
    if (desc->pad != CLQNN_BIT_PAD_ZERO) return clq_fail(CLQNN_INVALID_ARGUMENT, "pad is %d, but x.type is %s, not b1", (int)desc->pad, x);
    if (desc->has_row_scales) return clq_fail(CLQNN_INVALID_ARGUMENT, "has_row_scales is %d, but x.type is %s, not bits", (int)desc->has_row_scales, x);
    if (desc->thresholds || desc->directions || desc->threshold_count) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "%s, but x.type is %s, not bits", desc->thresholds ? "thresholds are given" : desc->directions ? "directions are given"
                        : "threshold_count is not 0", x);
    }
    return CLQNN_OK;
}

static clqnn_status check_numbers(clq_conv_spec *spec)
{
    const clqnn_conv_desc *desc = &spec->desc;
    if (desc->activation != CLQNN_IDENTITY) {
        return clq_fail(CLQNN_UNSUPPORTED, "activation is %d, must be CLQNN_IDENTITY with x.type %s: integers have clamp and table", (int)desc->activation,
                        clqnn_type_name(desc->x.type));
    }
    if (desc->accumulation) return clq_fail(CLQNN_INVALID_ARGUMENT, "accumulation is %d: only convolutions of floats have one", (int)desc->accumulation);
    CLQ_FORWARD(clq_check_quantization("x.quantization", &desc->x.quantization, desc->x.type, 1));
    CLQ_FORWARD(clq_check_quantization("weight_quantization", &desc->weight_quantization, desc->weight_type, desc->out_channels));
    if (!clq_is_8bit(desc->y.type)) CLQ_FORWARD(refuse_unused("y.quantization", &desc->y.quantization, "y.type is not s8 or u8"));
    CLQ_FORWARD(clq_check_quantization("y.quantization", &desc->y.quantization, desc->y.type, 1));
    spec->rules = clq_conv_requantization(desc);
    CLQ_FORWARD(clq_check_fixed(&spec->rules));
    CLQ_FORWARD(clq_check_multipliers(&spec->rules));
    CLQ_FORWARD(clq_check_bias(&spec->rules));
    CLQ_FORWARD(clq_resolve_clamp(&spec->rules, &spec->low, &spec->high));
    return check_after(spec);
}

static bool has_small_multipliers(const clq_conv_spec *spec)
{
    if (!clq_is_8bit(spec->desc.y.type) || spec->desc.rounding != CLQNN_FLOAT_EVEN) return false;
    const int64_t count = spec->desc.weight_quantization.scale_count > 1 ? spec->desc.weight_quantization.scale_count : 1;
    for (int64_t i = 0; i < count; i++) {
        const int32_t bits = clq_multiplier_bits(&spec->rules, i);
        if (bits >= clq_float_bits(1.0f)) return false; /* positive floats order as their bits do */
    }
    return true;
}

static void fill_problem(clq_conv_spec *spec)
{
    const clqnn_conv_desc *desc = &spec->desc;
    clq_conv_problem *problem = &spec->problem;
    problem->weight_type = desc->weight_type;
    problem->float_bias = desc->bias && desc->bias_type == CLQNN_F32;
    problem->clamp = desc->has_clamp;
    problem->table = desc->table != NULL;
    problem->rounding = desc->rounding;
    problem->small_multipliers = has_small_multipliers(spec);
    const int32_t shift = desc->weight_type == CLQNN_U8 ? 128 : 0;
    const int64_t count = desc->weight_quantization.zero_point_count ? desc->weight_quantization.zero_point_count : 1;
    for (int64_t i = 0; i < count; i++) {
        problem->weight_zero_nonzero = problem->weight_zero_nonzero || clq_zero_point_at(&desc->weight_quantization, i) != shift;
    }
}

clqnn_status clq_conv_validate(const clqnn_conv_desc *desc, clq_conv_spec *spec)
{
    CLQ_FORWARD(clq_conv_resolve_shape(desc, spec));
    CLQ_FORWARD(adopt_weights(spec));
    if (spec->desc.weight_layout != CLQNN_WEIGHTS_OHWI && spec->desc.weight_layout != CLQNN_WEIGHTS_OIHW) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "weight_layout is %d, not a clqnn_weight_layout", (int)spec->desc.weight_layout);
    }
    if (clq_plane_count(spec->desc.weight_type) && spec->desc.weight_layout != CLQNN_WEIGHTS_OHWI) {
        return clq_fail(CLQNN_UNSUPPORTED, "weight_layout is %d, must be CLQNN_WEIGHTS_OHWI: weights of %s have each tap's channels packed",
                        (int)spec->desc.weight_layout, clqnn_type_name(spec->desc.weight_type));
    }
    const clq_conv_family *family = clq_conv_family_of(&spec->desc);
    CLQ_FORWARD(family ? family->check_types(&spec->desc) : clq_conv_check_types(&spec->desc));
    if (spec->desc.weights && spec->desc.weights->family != family) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "weights were packed for another kind of convolution than one with x.type %s", clqnn_type_name(spec->desc.x.type));
    }
    CLQ_FORWARD(clq_conv_resolve_images(spec));
    if (!clq_is_bits(spec->desc.x.type)) CLQ_FORWARD(refuse_bit_fields(&spec->desc));
    CLQ_FORWARD(family ? family->check_numbers(spec) : check_numbers(spec));
    if (!family) fill_problem(spec);
    clq_conv_flatten(&spec->problem);
    return CLQNN_OK;
}
