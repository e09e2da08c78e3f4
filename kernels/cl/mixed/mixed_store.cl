/* SPDX-License-Identifier: Apache-2.0 */
/* From a sum to a result: clqnn/gemm.h has the formula. */
/* NaN stays NaN, unlike through fmax, fmin and clamp. */
static inline float mixed_limit(float x, float low, float high)
{
    return x < low ? low : x > high ? high : x;
}

static inline float mixed_activate(float x, int activation)
{
    switch (activation) {
    case MIXED_RELU: return x < 0.0f ? 0.0f : x;
    case MIXED_RELU6: return mixed_limit(x, 0.0f, 6.0f);
    case MIXED_SIGMOID: return 1.0f / (1.0f + exp(-x));
    case MIXED_HARD_SWISH: return x * fmax(0.0f, fmin(1.0f, x / 6.0f + 0.5f));
    case MIXED_TANH: return tanh(x);
    case MIXED_GELU: return 0.5f * x * (1.0f + erf(x * 0.70710678f));
    case MIXED_GELU_TANH: return 0.5f * x * (1.0f + tanh(0.79788456f * (x + 0.044715f * x * x * x)));
    case MIXED_SILU: return x / (1.0f + exp(-x));
    default: return x;
    }
}

static inline int mixed_quantize(float x, float scale, int zero, int low, int high)
{
    const float limit = scale * 131072.0f; /* beyond any quotient that matters */
    if (isnan(x)) return clamp(zero, low, high);
    const float inside = clamp(x, -limit, limit);
    const float quotient = inside < 0.0f ? -clq_divide(-inside, scale) : clq_divide(inside, scale);
    return (int)clamp(rint(quotient) + (float)zero, (float)low, (float)high);
}

/* Finishes the sum of one element. `tables`, `residual` and `c` lead to where their regions begin; the places are elements. */
static inline void mixed_store(const mixed_params *p, __global const float *tables, __global const uchar *residual, __global uchar *c, float sum,
                               uint column, ulong residual_place, ulong c_place)
{
    float x = p->has_scale ? sum * tables[column] : sum;
    if (p->has_bias) x += tables[p->table_plane + column];
    if (p->residual_type) x += mixed_load(residual, residual_place, p->residual_type);
    x = mixed_activate(x, p->activation);
    if (p->c_type == MIXED_S8 || p->c_type == MIXED_U8) {
        c[c_place] = (uchar)mixed_quantize(x, p->c_scale, p->c_zero, p->low, p->high);
    } else {
        if (p->has_clamp) x = mixed_limit(x, p->clamp_min, p->clamp_max);
        mixed_store_float(c, c_place, p->c_type, x);
    }
}
