/* SPDX-License-Identifier: Apache-2.0 */
/* The 256 entries of a function: f in binary64 of the dequantized value, rounded to binary32, then quantized. */
#include <math.h>
#include <string.h>

#include "core/descriptor.h"
#include "core/message.h"
#include "op/op_tensor.h"
#include "pointwise/fixed_point.h"

static double unit_clamp(double x)
{
    return x < 0.0 ? 0.0 : x > 1.0 ? 1.0 : x;
}

static double apply(const clqnn_table_desc *desc, double x)
{
    const double alpha = (double)desc->alpha, beta = (double)desc->beta;
    switch (desc->function) {
    case CLQNN_RELU: return x < 0.0 ? 0.0 : x;
    case CLQNN_RELU6: return x < 0.0 ? 0.0 : x > 6.0 ? 6.0 : x;
    case CLQNN_LEAKY_RELU: return x < 0.0 ? alpha * x : x;
    case CLQNN_ELU: return x < 0.0 ? alpha * expm1(x) : x;
    case CLQNN_SIGMOID: return 1.0 / (1.0 + exp(-x));
    case CLQNN_HARD_SIGMOID: return unit_clamp(alpha * x + beta);
    case CLQNN_HARD_SWISH: return x * unit_clamp(x / 6.0 + 0.5);
    case CLQNN_TANH: return tanh(x);
    case CLQNN_GELU: return 0.5 * x * (1.0 + erf(x * 0.70710678118654752440));
    case CLQNN_GELU_TANH: return 0.5 * x * (1.0 + tanh(0.79788456080286535588 * (x + 0.044715 * x * x * x)));
    case CLQNN_EXP: return exp(x);
    case CLQNN_SILU: return x / (1.0 + exp(-x));
    default: return x; /* CLQNN_IDENTITY */
    }
}

static uint8_t quantize(float x, float scale, int32_t zero_point, int32_t low, int32_t high)
{
    const float quotient = x / scale;
    const double shifted = isnan(quotient) ? (double)zero_point : (double)rintf(quotient) + (double)zero_point;
    return (uint8_t)(shifted <= (double)low ? low : shifted >= (double)high ? high : (int32_t)shifted);
}

static clqnn_status check(const clqnn_table_desc *desc)
{
    int32_t low, high;
    if (desc->table) {
        if (desc->table_length != 256) return clq_fail(CLQNN_INVALID_ARGUMENT, "table_length is %lld, must be 256", (long long)desc->table_length);
        return CLQNN_OK;
    }
    if (desc->table_length) return clq_fail(CLQNN_INVALID_ARGUMENT, "table is NULL, but table_length is %lld", (long long)desc->table_length);
    if ((unsigned)desc->function > CLQNN_SILU) return clq_fail(CLQNN_INVALID_ARGUMENT, "function is %d, not a clqnn_function", (int)desc->function);
    if (!isfinite(desc->alpha)) return clq_fail(CLQNN_INVALID_ARGUMENT, "alpha is %g, must be finite", (double)desc->alpha);
    if (!isfinite(desc->beta)) return clq_fail(CLQNN_INVALID_ARGUMENT, "beta is %g, must be finite", (double)desc->beta);
    CLQ_FORWARD(clq_tensor_check_quantization("x", &desc->x, CLQ_QUANTIZED_WHOLE));
    CLQ_FORWARD(clq_tensor_check_quantization("y", &desc->y, CLQ_QUANTIZED_WHOLE));
    return clq_clamp_range(desc->y.type, desc->has_clamp, desc->clamp_min, desc->clamp_max, &low, &high);
}

clqnn_status clqnn_make_table(const clqnn_table_desc *desc, uint8_t table[256])
{
    clqnn_table_desc full;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_table_desc", desc, &full, sizeof full, sizeof full));
    if (!table) return clq_fail(CLQNN_INVALID_ARGUMENT, "table is NULL");
    CLQ_FORWARD(clq_tensor_check_type("x", full.x.type, CLQ_TYPES_BYTE));
    CLQ_FORWARD(clq_tensor_check_type("y", full.y.type, CLQ_TYPES_BYTE));
    CLQ_FORWARD(check(&full));
    if (full.table) {
        memcpy(table, full.table, 256);
        return CLQNN_OK;
    }
    int32_t low = 0, high = 0;
    (void)clq_clamp_range(full.y.type, full.has_clamp, full.clamp_min, full.clamp_max, &low, &high);
    const float x_scale = clq_quantization_scale(&full.x.quantization, 0), y_scale = clq_quantization_scale(&full.y.quantization, 0);
    const int32_t x_zero = clq_quantization_zero_point(&full.x.quantization, 0), y_zero = clq_quantization_zero_point(&full.y.quantization, 0);
    for (int32_t i = 0; i < 256; i++) {
        const int32_t q = full.x.type == CLQNN_S8 && i > 127 ? i - 256 : i;
        const float x = x_scale * (float)(q - x_zero);
        table[i] = quantize((float)apply(&full, (double)x), y_scale, y_zero, low, high);
    }
    return CLQNN_OK;
}
