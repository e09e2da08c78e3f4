/* SPDX-License-Identifier: Apache-2.0 */
/* From a sum to a result: clqnn/gemm.h has the formula. Written once for MIXED_LANES elements side by side: 1, or 16 on CPUs. */
#ifndef MIXED_LANES
#define MIXED_LANES 1
#endif
#if MIXED_LANES == 1
typedef float mixed_real;
typedef int mixed_integer;
#define mixed_to_integer convert_int
#elif MIXED_LANES == 16
typedef float16 mixed_real;
typedef int16 mixed_integer;
#define mixed_to_integer convert_int16
#else
#error "MIXED_LANES must be 1 or 16"
#endif

/* The normal distribution function, within 3 * 2^-24: below 0 it is exp(-q(-x)), and q is close to a polynomial where that counts. Beyond, it is at least
 * x^2 / 2, and the result nearly 0. OpenCL's erf may be off by 16 ulp, and takes CPUs five times as long. */
static inline mixed_real mixed_normal(mixed_real x)
{
    const mixed_real t = fabs(x);
    mixed_real q = t * -2.94848491e-07f + 5.7682264e-06f;
    q = q * t + -4.70300001e-05f;
    q = q * t + 0.000182183037f;
    q = q * t + 1.50896212e-05f;
    q = q * t + -0.00482899742f;
    q = q * t + 0.0363578871f;
    q = q * t + 0.318304926f;
    q = q * t + 0.797884941f;
    q = q * t + 0.693147182f;
    const mixed_real below = exp(-fmax(q, t * t * 0.5f));
    return x < 0.0f ? below : 1.0f - below;
}

/* NaN stays NaN, which fmin, fmax and clamp do not promise. */
static inline mixed_real mixed_limit(mixed_real x, float low, float high)
{
    const mixed_real lifted = x < low ? (mixed_real)low : x;
    return lifted > high ? (mixed_real)high : lifted;
}

/* The tanh form of GELU is x / (1 + exp(-2u)) for u = sqrt(2 / pi) * (x + 0.044715 x^3): no difference cancels. */
static inline mixed_real mixed_activate(mixed_real x, int activation)
{
    switch (activation) {
    case MIXED_RELU: return x < 0.0f ? (mixed_real)0.0f : x;
    case MIXED_RELU6: return mixed_limit(x, 0.0f, 6.0f);
    case MIXED_SIGMOID: return 1.0f / (1.0f + exp(-x));
    case MIXED_HARD_SWISH: return x * fmax(fmin(x / 6.0f + 0.5f, 1.0f), 0.0f);
    case MIXED_TANH: return tanh(x);
    case MIXED_GELU: return x * mixed_normal(x);
    case MIXED_GELU_TANH: return x / (1.0f + exp(x * (x * x * -0.0713548163f - 1.59576912f)));
    case MIXED_SILU: return x / (1.0f + exp(-x));
    default: return x;
    }
}

static inline mixed_real mixed_divide(mixed_real x, float scale)
{
#if MIXED_LANES == 1
    return x < 0.0f ? -clq_divide(-x, scale) : clq_divide(x, scale);
#else
    return x / scale; /* correctly rounded on CPUs */
#endif
}

/* NaN becomes the zero point, within the limits like all else. */
static inline mixed_integer mixed_quantize(const mixed_params *p, mixed_real x)
{
    const float limit = p->c_scale * 131072.0f; /* beyond any quotient that matters */
    const mixed_real number = x == x ? x : 0.0f;
    return mixed_to_integer(clamp(rint(mixed_divide(clamp(number, -limit, limit), p->c_scale)) + (float)p->c_zero, (float)p->low, (float)p->high));
}

/* Up to what is rounded to c's type, of elements with this scale and bias. */
static inline mixed_real mixed_finish(const mixed_params *p, mixed_real sum, mixed_real scale, mixed_real bias, mixed_real residual)
{
    mixed_real x = p->has_scale ? sum * scale : sum;
    if (p->has_bias) x += bias;
    if (p->residual_type) x += residual;
    x = mixed_activate(x, p->activation);
    return p->has_clamp && p->c_type != MIXED_S8 && p->c_type != MIXED_U8 ? mixed_limit(x, p->clamp_min, p->clamp_max) : x;
}

#if MIXED_LANES == 1
/* Finishes the sum of one element. `tables`, `residual` and `c` lead to where their regions begin; the places are elements. */
static inline void mixed_store(const mixed_params *p, __global const float *tables, __global const uchar *residual, __global uchar *c, float sum,
                               uint column, ulong residual_place, ulong c_place)
{
    const float more = p->residual_type ? mixed_load(residual, residual_place, p->residual_type) : 0.0f;
    const float x = mixed_finish(p, sum, tables[column], tables[p->table_plane + column], more);
    if (p->c_type == MIXED_S8 || p->c_type == MIXED_U8) c[c_place] = (uchar)mixed_quantize(p, x);
    else mixed_store_float(c, c_place, p->c_type, x);
}
#endif
