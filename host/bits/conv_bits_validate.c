/* SPDX-License-Identifier: Apache-2.0 */
#include "bits/conv_bits_validate.h"

#include "bits/bits_rules.h"
#include "core/message.h"
#include "quantization/bit_form.h"

bool clq_conv_bits_is_meant(const clqnn_conv_desc *desc)
{
    return clq_is_bits(desc->x.type);
}

/* Channels share words, so that they stand together; a pixel begins at a whole word. */
static clqnn_status check_tensor(const char *name, const clqnn_conv_tensor *tensor)
{
    if (tensor->layout == CLQNN_CHANNELS_FIRST) {
        return clq_fail(CLQNN_UNSUPPORTED, "%s.layout is %d, must be CLQNN_CHANNELS_LAST in a convolution of bits", name, (int)tensor->layout);
    }
    if (!clq_is_bits(tensor->type)) return CLQNN_OK;
    if (tensor->pixel_stride % CLQ_WORD_VALUES != 0) {
        return clq_fail(CLQNN_INVALID_SHAPE, "%s.pixel_stride is %lld, must be a multiple of 32 for %s", name, (long long)tensor->pixel_stride,
                        clqnn_type_name(tensor->type));
    }
    if (tensor->batch_stride % CLQ_WORD_VALUES == 0) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_SHAPE, "%s.batch_stride is %lld, must be a multiple of 32 for %s", name, (long long)tensor->batch_stride,
                    clqnn_type_name(tensor->type));
}

static bool is_result(clqnn_type type)
{
    return clq_is_quantized(type) || clq_is_float(type) || type == CLQNN_S32 || type == CLQNN_B1;
}

clqnn_status clq_conv_bits_check_types(const clqnn_conv_desc *desc)
{
    const clqnn_type residual = desc->residual.type;
    if (!clq_is_bits(desc->weight_type)) return clq_type_failure("weight_type", desc->weight_type, "b1, t2, pu1..pu8, ps2..ps8 or po1..po8 with an x of bits");
    if (!is_result(desc->y.type)) return clq_type_failure("y.type", desc->y.type, "s32, f32, f16, s8, u8, b1, pu1..pu8 or ps2..ps8 with an x of bits");
    if (residual != CLQNN_TYPE_NONE && !clq_is_float(residual)) return clq_type_failure("residual.type", residual, "f32, f16 or none with an x of bits");
    if (desc->weight_layout != CLQNN_WEIGHTS_OHWI) {
        return clq_fail(CLQNN_UNSUPPORTED, "weight_layout is %d, must be CLQNN_WEIGHTS_OHWI: the input channels of a tap share words", (int)desc->weight_layout);
    }
    CLQ_FORWARD(check_tensor("x", &desc->x));
    CLQ_FORWARD(check_tensor("y", &desc->y));
    return residual == CLQNN_TYPE_NONE ? CLQNN_OK : check_tensor("residual", &desc->residual);
}

static clqnn_status check_pad(const clqnn_conv_desc *desc)
{
    if (desc->pad == CLQNN_BIT_PAD_ZERO) return CLQNN_OK;
    if (desc->pad != CLQNN_BIT_PAD_PLUS_ONE) return clq_fail(CLQNN_INVALID_ARGUMENT, "pad is %d, not a clqnn_bit_pad", (int)desc->pad);
    if (desc->x.type != CLQNN_B1) return clq_fail(CLQNN_INVALID_ARGUMENT, "pad is %d, but x.type is %s, not b1", (int)desc->pad, clqnn_type_name(desc->x.type));
    if (!desc->transposed) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_ARGUMENT, "pad is %d, but the convolution is transposed: its pads cut y", (int)desc->pad);
}

static clqnn_status refuse_given(const char *name, const clqnn_quantization *quantization)
{
    if (!quantization->scale_count && !quantization->zero_point_count) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s is given, but x is of bits", name);
}

/* What other convolutions have. */
static clqnn_status check_unused(const clqnn_conv_desc *desc)
{
    if (desc->table) return clq_fail(CLQNN_INVALID_ARGUMENT, "table is given, but x is of bits");
    if (desc->has_sum_clamp) return clq_fail(CLQNN_INVALID_ARGUMENT, "has_sum_clamp is %d, but x is of bits: clamp limits the sum too", (int)desc->has_sum_clamp);
    if (desc->activation != CLQNN_IDENTITY) return clq_fail(CLQNN_UNSUPPORTED, "activation is %d, must be CLQNN_IDENTITY with an x of bits", (int)desc->activation);
    if (desc->accumulation) return clq_fail(CLQNN_INVALID_ARGUMENT, "accumulation is %d: only convolutions of floats have one", (int)desc->accumulation);
    CLQ_FORWARD(refuse_given("residual.quantization", &desc->residual.quantization));
    CLQ_FORWARD(refuse_given("table_quantization", &desc->table_quantization));
    return refuse_given("sum_quantization", &desc->sum_quantization);
}

clqnn_status clq_conv_bits_check_numbers(clq_conv_spec *spec)
{
    const clqnn_conv_desc *desc = &spec->desc;
    clq_bit_form weights;
    (void)clq_bit_form_of(desc->weight_type, &weights);
    CLQ_FORWARD(check_pad(desc));
    CLQ_FORWARD(check_unused(desc));
    CLQ_FORWARD(clq_bits_check_operand("x", desc->x.type, &desc->x.quantization, 1));
    if (desc->weight_quantization.zero_point_count && !weights.has_zero_point) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "weight_quantization has zero points, but weight_type is %s: only pu and ps have them",
                        clqnn_type_name(desc->weight_type));
    }
    CLQ_FORWARD(clq_check_quantization("weight_quantization", &desc->weight_quantization, desc->weight_type, desc->out_channels));
    spec->rules = clq_conv_requantization(desc);
    const clq_bits_rules rules = {.requantization = spec->rules, .thresholds = desc->thresholds, .directions = desc->directions,
                                  .threshold_count = desc->threshold_count, .has_row_scales = desc->has_row_scales, .residual_type = desc->residual.type};
    CLQ_FORWARD(clq_bits_check_rules(&rules, &spec->low, &spec->high));
    spec->problem.row_scales = desc->has_row_scales;
    return CLQNN_OK;
}
