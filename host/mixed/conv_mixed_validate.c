/* SPDX-License-Identifier: Apache-2.0 */
#include "mixed/conv_mixed_validate.h"

#include <math.h>

#include "core/message.h"
#include "layout/plane_values.h"
#include "mixed/mixed_problem.h"
#include "op/op_tensor.h"
#include "quantization/quantization.h"

#define RESULT_FLOATS (CLQ_TYPES_FLOAT | CLQ_TYPE_BIT(CLQNN_BF16))
#define STORED_FLOATS (RESULT_FLOATS | CLQ_TYPES_SMALL_FLOAT)

static bool is_one_of(unsigned value, uint32_t bits)
{
    return value < 32 && (bits >> value & 1) != 0;
}

bool clq_conv_mixed_is_meant(const clqnn_conv_desc *desc)
{
    return is_one_of((unsigned)desc->x.type, STORED_FLOATS);
}

clqnn_status clq_conv_mixed_check_types(const clqnn_conv_desc *desc)
{
    const clqnn_type residual = desc->residual.type;
    CLQ_FORWARD(clq_check_accumulation(desc->accumulation, "x.type", desc->x.type, "weight_type", desc->weight_type));
    if (!is_one_of((unsigned)desc->weight_type, STORED_FLOATS) && !clq_plane_count(desc->weight_type)) {
        return clq_type_failure("weight_type", desc->weight_type, "f32, f16, bf16, f8e4m3, f8e5m2, b1 or t2 with a float x");
    }
    if (!is_one_of((unsigned)desc->y.type, RESULT_FLOATS | CLQ_TYPES_BYTE)) {
        return clq_type_failure("y.type", desc->y.type, "f32, f16, bf16, s8 or u8 with a float x");
    }
    if (residual == CLQNN_TYPE_NONE || is_one_of((unsigned)residual, RESULT_FLOATS)) return CLQNN_OK;
    return clq_type_failure("residual.type", residual, "f32, f16, bf16 or none with a float x");
}

static clqnn_status refuse_given(const char *name, const clqnn_quantization *quantization)
{
    if (!quantization->scale_count && !quantization->zero_point_count) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s is given, but x is of floats", name);
}

static clqnn_status check_quantizations(const clqnn_conv_desc *desc)
{
    CLQ_FORWARD(refuse_given("x.quantization", &desc->x.quantization));
    CLQ_FORWARD(refuse_given("residual.quantization", &desc->residual.quantization));
    CLQ_FORWARD(refuse_given("table_quantization", &desc->table_quantization));
    CLQ_FORWARD(refuse_given("sum_quantization", &desc->sum_quantization));
    if (desc->weight_quantization.zero_point_count) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "weight_quantization has zero points, but weight_type is %s", clqnn_type_name(desc->weight_type));
    }
    CLQ_FORWARD(clq_check_quantization("weight_quantization", &desc->weight_quantization, CLQNN_S8, desc->out_channels));
    if (clq_is_8bit(desc->y.type)) return clq_check_quantization("y.quantization", &desc->y.quantization, desc->y.type, 1);
    return refuse_given("y.quantization", &desc->y.quantization);
}

static bool is_activation(clqnn_function function)
{
    const uint32_t known = 1u << CLQNN_IDENTITY | 1u << CLQNN_RELU | 1u << CLQNN_RELU6 | 1u << CLQNN_SIGMOID | 1u << CLQNN_HARD_SWISH | 1u << CLQNN_TANH
                           | 1u << CLQNN_GELU | 1u << CLQNN_GELU_TANH | 1u << CLQNN_SILU;
    return is_one_of((unsigned)function, known);
}

clqnn_status clq_conv_mixed_check_numbers(clq_conv_spec *spec)
{
    const clqnn_conv_desc *desc = &spec->desc;
    if (desc->table) return clq_fail(CLQNN_INVALID_ARGUMENT, "table is given, but x is of floats: they have activation");
    if (desc->has_sum_clamp) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "has_sum_clamp is %d, but x is of floats: clamp limits the sum too", (int)desc->has_sum_clamp);
    }
    if (desc->rounding != CLQNN_FLOAT_EVEN || desc->multipliers || desc->shifts) {
        return clq_fail(CLQNN_UNSUPPORTED, "rounding is %d, convolutions of floats have CLQNN_FLOAT_EVEN only", (int)desc->rounding);
    }
    if (!is_activation(desc->activation)) {
        return clq_fail(CLQNN_UNSUPPORTED, "activation is %d, must be identity, relu, relu6, sigmoid, hard-swish, tanh, gelu, gelu-tanh or silu",
                        (int)desc->activation);
    }
    CLQ_FORWARD(check_quantizations(desc));
    if (desc->bias && desc->bias_type != CLQNN_F32) return clq_type_failure("bias_type", desc->bias_type, "f32 with a float x");
    const clq_requantization rules = {.out_name = "y", .channels_name = "out_channels", .channels = desc->out_channels, .out = desc->y.quantization,
                                      .out_type = clq_is_8bit(desc->y.type) ? desc->y.type : CLQNN_F32, .bias = desc->bias, .bias_type = desc->bias_type,
                                      .has_clamp = desc->has_clamp, .clamp_min = desc->clamp_min, .clamp_max = desc->clamp_max};
    return clq_resolve_clamp(&rules, &spec->low, &spec->high);
}
