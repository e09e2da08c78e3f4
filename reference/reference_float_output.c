/* SPDX-License-Identifier: Apache-2.0 */
/* Activation, clamp and rounding of a bounded sum, as the interval of all results that the contract admits. Every step is monotonic, or the minimum of the
 * function lies in the interval, so that intervals stay exact. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "clqnn/reference.h"
#include "clqnn/reference_float.h"
#include "reference_epilogue.h"
#include "tensor_view.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

#define UNIT 0x1p-24
#define FLUSHED 0x1p-126

typedef struct interval { double low, high; } interval;

double clqnn_reference_activation(clqnn_function function, double x)
{
    switch (function) {
    case CLQNN_RELU: return x < 0 ? 0 : x;
    case CLQNN_RELU6: return x < 0 ? 0 : x > 6 ? 6 : x;
    case CLQNN_SIGMOID: return 1 / (1 + exp(-x));
    case CLQNN_HARD_SWISH: return isnan(x) ? x : x * fmax(0, fmin(1, x / 6 + 0.5));
    case CLQNN_TANH: return tanh(x);
    case CLQNN_GELU: return x / 2 * erfc(-x * sqrt(0.5));
    case CLQNN_GELU_TANH: return x / (1 + exp(-2 * sqrt(2 / 3.14159265358979323846) * (x + 0.044715 * x * x * x))); /* 1 + tanh(v) = 2 / (1 + exp(-2 v)) */
    case CLQNN_SILU: return x / (1 + exp(-x));
    default: return x;
    }
}

/* Where the function, not monotonic, has its minimum; else 0. */
static double minimum_at(clqnn_function function)
{
    switch (function) {
    case CLQNN_HARD_SWISH: return -1.5;
    case CLQNN_GELU: return -0.751791524693564457;
    case CLQNN_GELU_TANH: return -0.752461421970690;
    case CLQNN_SILU: return -1.278464542761073796;
    default: return 0;
    }
}

/* How far the function's evaluation in binary32 may be from f(x) for a binary32 x: docs/numerics.md derives each from OpenCL's ulp of exp (3), tanh (5),
 * erf (16) and division (2.5). */
static double evaluation_error(clqnn_function function, double x)
{
    const double y = fabs(clqnn_reference_activation(function, x)), size = fabs(x);
    switch (function) {
    case CLQNN_SIGMOID: return 13 * UNIT * y + FLUSHED;
    case CLQNN_TANH: return 10 * UNIT * y + FLUSHED;
    case CLQNN_SILU: return 13 * UNIT * y + FLUSHED * (1 + size);
    case CLQNN_HARD_SWISH: return UNIT * ((size <= 4 ? 4 * size : 0) + 2 * y) + FLUSHED * (1 + size);
    case CLQNN_GELU: return UNIT * (size / 2 * (32 * erf(size * sqrt(0.5)) + 6) + 4 * y) + FLUSHED * (1 + size);
    case CLQNN_GELU_TANH: return UNIT * (size / 2 * (10 * fmin(size, 1) + 12) + 4 * y) + FLUSHED * (1 + size);
    default: return 0;
    }
}

static interval activate(clqnn_function function, interval x)
{
    const double low = clqnn_reference_activation(function, x.low), high = clqnn_reference_activation(function, x.high), lowest = minimum_at(function);
    interval y = {fmin(low, high), fmax(low, high)};
    double error = fmax(evaluation_error(function, x.low), evaluation_error(function, x.high));
    if (lowest < 0 && x.low < lowest && x.high > lowest) {
        y.low = clqnn_reference_activation(function, lowest);
        error = fmax(error, evaluation_error(function, lowest));
    }
    return (interval){y.low - error, y.high + error};
}

/* The binary32 numbers of an interval: from its smallest to its largest. What rounds to infinity is infinite. */
static void to_floats(interval y, float *low, float *high)
{
    *low = (float)y.low;
    *high = (float)y.high;
    if ((double)*low < y.low && !isinf(*low)) *low = nextafterf(*low, INFINITY);
    if ((double)*high > y.high && !isinf(*high)) *high = nextafterf(*high, -INFINITY);
    if (*low > *high) *low = *high = (float)((y.low + y.high) / 2); /* no float in between */
}

static void store(const clqnn_reference_float_output *output, float y, void *c, int64_t place)
{
    int32_t low, high;
    if (output->type != CLQNN_S8 && output->type != CLQNN_U8) {
        if (output->has_clamp) y = y < output->clamp_min ? output->clamp_min : y > output->clamp_max ? output->clamp_max : y;
        clq_reference_store_float(output->type, c, place, y);
        return;
    }
    clq_reference_type_range(output->type, &low, &high);
    if (output->has_clamp) {
        low = (int32_t)fmaxf(ceilf(output->clamp_min), (float)low);
        high = (int32_t)fminf(floorf(output->clamp_max), (float)high);
    }
    clq_reference_store_integer(output->type, c, place, clqnn_reference_quantize(y, output->scale, output->zero_point, low, high));
}

static double load(clqnn_type type, const void *element)
{
    return type == CLQNN_S8 || type == CLQNN_U8 ? (double)clq_reference_load_integer(type, element, 0) : (double)clq_reference_load_float(type, element, 0);
}

/* The value that y has once it is stored. */
static double stored(const clqnn_reference_float_output *output, float y)
{
    unsigned char element[4];
    store(output, y, element, 0);
    return load(output->type, element);
}

void clqnn_reference_float_store(const clqnn_reference_float_output *output, double x, void *c, int64_t place)
{
    store(output, (float)clqnn_reference_activation(output->activation, x), c, place);
}

clqnn_reference_range clqnn_reference_float_range(const clqnn_reference_float_output *output, clqnn_reference_bounded x)
{
    const int is_byte = output->type == CLQNN_S8 || output->type == CLQNN_U8;
    float low, high;
    if (isinf(x.error)) return (clqnn_reference_range){-INFINITY, INFINITY, 1};
    if (isnan(x.value) && is_byte) return (clqnn_reference_range){stored(output, NAN), stored(output, NAN), 0};
    if (isnan(x.value)) return (clqnn_reference_range){0, 0, 2};
    if (isinf(x.value) && x.value < 0 && minimum_at(output->activation) < 0) { /* infinity times what should be 0 */
        return (clqnn_reference_range){stored(output, -INFINITY), stored(output, 0.0f), !is_byte};
    }
    if (isinf(clqnn_reference_activation(output->activation, x.value))) {
        const double y = stored(output, (float)x.value);
        return (clqnn_reference_range){y, y, 0};
    }
    to_floats(activate(output->activation, (interval){x.value - x.error, x.value + x.error}), &low, &high);
    return (clqnn_reference_range){stored(output, low), stored(output, high), 0};
}

clqnn_reference_float_output clqnn_reference_gemm_output(const clqnn_gemm_desc *desc)
{
    return (clqnn_reference_float_output){
        .type = desc->c.type,
        .activation = desc->activation,
        .has_clamp = desc->has_clamp,
        .clamp_min = desc->clamp_min,
        .clamp_max = desc->clamp_max,
        .scale = clq_reference_scale(&desc->c.quantization, 0),
        .zero_point = clq_reference_zero_point(&desc->c.quantization, 0),
    };
}

int32_t clqnn_reference_in_range(clqnn_type type, const void *element, const clqnn_reference_range *range)
{
    const double y = load(type, element);
    if (isnan(y)) return range->is_nan != 0;
    return range->is_nan != 2 && y >= range->low && y <= range->high;
}
