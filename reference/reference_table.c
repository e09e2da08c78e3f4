/* SPDX-License-Identifier: Apache-2.0 */
/* Functions by table. Each formula is binary64 arithmetic on the binary32 value of the entry, rounded once to binary32; the quantization
 * follows. */
#include <float.h>
#include <math.h>

#include "clqnn/reference.h"
#include "clqnn/reference_pointwise.h"
#include "reference_epilogue.h"
#include "tensor_view.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

static const double pi = 3.14159265358979323846;

static double evaluate(clqnn_function function, double x, double alpha, double beta)
{
    switch (function) {
    case CLQNN_RELU: return fmax(x, 0);
    case CLQNN_RELU6: return fmin(fmax(x, 0), 6);
    case CLQNN_LEAKY_RELU: return x < 0 ? alpha * x : x;
    case CLQNN_ELU: return x < 0 ? alpha * expm1(x) : x;
    case CLQNN_SIGMOID: return 1 / (1 + exp(-x));
    case CLQNN_HARD_SIGMOID: return fmax(0, fmin(1, alpha * x + beta));
    case CLQNN_HARD_SWISH: return x * fmax(0, fmin(1, x / 6 + 0.5));
    case CLQNN_TANH: return tanh(x);
    case CLQNN_GELU: return x / 2 * (1 + erf(x / sqrt(2)));
    case CLQNN_GELU_TANH: return x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * pow(x, 3))));
    case CLQNN_EXP: return exp(x);
    case CLQNN_SILU: return x / (1.0 + exp(-x));
    default: return x; /* CLQNN_IDENTITY */
    }
}

clqnn_status clqnn_reference_table_entries(const clqnn_table_desc *desc, uint8_t table[256])
{
    int32_t low, high;
    clq_reference_clamp_range(desc->y.type, desc->has_clamp, desc->clamp_min, desc->clamp_max, &low, &high);
    for (int i = 0; i < 256; i++) {
        const uint8_t byte = (uint8_t)i;
        const int32_t q = clq_reference_load_integer(desc->x.type, &byte, 0);
        const float x = clq_reference_scale(&desc->x.quantization, 0) * (float)(q - clq_reference_zero_point(&desc->x.quantization, 0));
        const float value = (float)evaluate(desc->function, (double)x, (double)desc->alpha, (double)desc->beta);
        table[i] = (uint8_t)clqnn_reference_quantize(value, clq_reference_scale(&desc->y.quantization, 0), clq_reference_zero_point(&desc->y.quantization, 0), low, high);
        if (desc->table) table[i] = desc->table[i];
    }
    return CLQNN_OK;
}

clqnn_status clqnn_reference_table(const clqnn_table_desc *desc, const void *x, void *y)
{
    uint8_t table[256];
    (void)clqnn_reference_table_entries(desc, table);
    for (int64_t i = 0; i < clq_reference_count(&desc->y); i++) {
        const uint8_t byte = ((const uint8_t *)x)[clq_reference_place(&desc->x, &desc->y, i)];
        ((uint8_t *)y)[clq_reference_place(&desc->y, &desc->y, i)] = table[byte];
    }
    return CLQNN_OK;
}
