/* SPDX-License-Identifier: Apache-2.0 */
#include <float.h>
#include <math.h>

#include "clqnn/reference.h"
#include "clqnn/reference_fake_quant.h"
#include "fake_scheme_values.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

int32_t clq_fake_levels(clqnn_fake_quant_scheme scheme, int32_t bits)
{
    return scheme == CLQNN_WRPN_WEIGHTS ? (1 << (bits - 1)) - 1 : (1 << bits) - 1;
}

float clqnn_reference_fake_tanh(float x)
{
    const float magnitude = isnan(x) ? 0.0f : fminf(fabsf(x), 10.0f), w = -2.0f * magnitude;
    const float k = rintf(w * 1.44269504f);
    const float r = (w - k * 0.693359375f) - k * -2.12194440e-4f;
    const float factors[] = {1.0f / 720.0f, 1.0f / 120.0f, 1.0f / 24.0f, 1.0f / 6.0f, 0.5f};
    float q = 1.0f / 5040.0f;
    for (int i = 0; i < 5; i++) q = q * r + factors[i];
    const float p = r * r * q + r, power = ldexpf(1.0f, (int)k);
    const float less = -(power * p + (power - 1.0f));
    return copysignf(less / (2.0f - less), x);
}

static float read_scale(float given, float least)
{
    if (isnan(given)) return 0x1p126f;
    return fminf(fmaxf(given, least), 0x1p126f);
}

static int has_magnitude(clqnn_fake_quant_scheme scheme)
{
    return scheme == CLQNN_PACT || scheme == CLQNN_DOREFA_WEIGHTS || scheme == CLQNN_DOREFA_GRADIENTS;
}

clq_fake_element clq_fake_element_make(clqnn_fake_quant_scheme scheme, int32_t bits, int32_t qmin, int32_t qmax, const float *scales, const void *others, int64_t slot_count,
                                       int64_t slot)
{
    const float least = has_magnitude(scheme) ? 0x1p-100f : 0x1p-125f;
    clq_fake_element e = {.scheme = scheme, .bits = bits, .qmin = qmin, .qmax = qmax, .scale = 1.0f};
    switch (scheme) {
    case CLQNN_DOREFA_ACTIVATIONS:
    case CLQNN_WRPN_ACTIVATIONS:
    case CLQNN_WRPN_WEIGHTS: e.scale = 1.0f / (float)clq_fake_levels(scheme, bits); break;
    case CLQNN_BNN: break;
    default: e.scale = read_scale(scales[slot], least); break;
    }
    if (scheme == CLQNN_TTQ) e.negative = read_scale(scales[slot_count + slot], least);
    if (scheme == CLQNN_AFFINE) {
        const int32_t zero = ((const int32_t *)others)[slot];
        e.zero_point = zero < qmin ? qmin : zero > qmax ? qmax : zero;
    }
    if (scheme == CLQNN_TWN || scheme == CLQNN_TTQ) {
        const float threshold = ((const float *)others)[slot];
        e.threshold = threshold > 0.0f ? threshold : 0.0f;
    }
    if (scheme == CLQNN_DOREFA_ACTIVATIONS || scheme == CLQNN_WRPN_ACTIVATIONS || scheme == CLQNN_PACT) e.qmax = clq_fake_levels(scheme, bits);
    if (scheme == CLQNN_WRPN_WEIGHTS) {
        e.qmax = clq_fake_levels(scheme, bits);
        e.qmin = -e.qmax;
    }
    return e;
}

/* s of schemes of even levels. */
static float step_of(const clq_fake_element *e)
{
    return e->scheme == CLQNN_PACT ? e->scale / (float)e->qmax : e->scale;
}

static int32_t odd_level(const clq_fake_element *e, float ratio, float noise)
{
    const float n = (float)clq_fake_levels(e->scheme, e->bits);
    const float place = ((ratio * 0.5f + 0.5f) + noise) * n;
    const float q = rintf(fminf(fmaxf(place, 0.0f), n));
    return 2 * (int32_t)q - (int32_t)n;
}

int32_t clq_fake_element_code(const clq_fake_element *e, float x, float noise)
{
    switch (e->scheme) {
    case CLQNN_BNN:
    case CLQNN_XNOR: return x < 0.0f ? -1 : 1;
    case CLQNN_TWN:
    case CLQNN_TTQ: return x > e->threshold ? 1 : x < -e->threshold ? -1 : 0;
    case CLQNN_DOREFA_WEIGHTS:
        if (e->bits == 1) return x < 0.0f ? -1 : 1;
        return odd_level(e, clqnn_reference_fake_tanh(x) / e->scale, 0.0f);
    case CLQNN_DOREFA_GRADIENTS: return odd_level(e, isnan(x) ? 0.0f : x / e->scale, noise);
    default: return clqnn_reference_quantize(x, step_of(e), e->zero_point, e->qmin, e->qmax);
    }
}

float clq_fake_element_value(const clq_fake_element *e, int32_t code, float x)
{
    switch (e->scheme) {
    case CLQNN_BNN:
    case CLQNN_XNOR: return code < 0 ? -e->scale : e->scale;
    case CLQNN_TWN: return code == 0 ? 0.0f : code < 0 ? -e->scale : e->scale;
    case CLQNN_TTQ: return code == 0 ? 0.0f : code < 0 ? -e->negative : e->scale;
    case CLQNN_DOREFA_WEIGHTS:
        if (e->bits == 1) return code < 0 ? -e->scale : e->scale;
        return (1.0f / (float)clq_fake_levels(e->scheme, e->bits)) * (float)code;
    case CLQNN_DOREFA_GRADIENTS: return isnan(x) ? x : e->scale * ((1.0f / (float)clq_fake_levels(e->scheme, e->bits)) * (float)code);
    default: return step_of(e) * (float)(code - e->zero_point);
    }
}

float clq_fake_element_gradient(const clq_fake_element *e, float x)
{
    switch (e->scheme) {
    case CLQNN_AFFINE: {
        const float level = rintf(x / e->scale) + (float)e->zero_point; /* may be infinite */
        return level >= (float)e->qmin && level <= (float)e->qmax;
    }
    case CLQNN_LSQ: return x / e->scale > (float)e->qmin && x / e->scale < (float)e->qmax;
    case CLQNN_PACT: return x >= 0.0f && x < e->scale;
    case CLQNN_DOREFA_WEIGHTS: {
        const float t = clqnn_reference_fake_tanh(x);
        return e->bits == 1 ? 1.0f : (1.0f - t * t) / e->scale;
    }
    case CLQNN_DOREFA_ACTIVATIONS:
    case CLQNN_WRPN_ACTIVATIONS: return x >= 0.0f && x <= 1.0f;
    case CLQNN_BNN:
    case CLQNN_WRPN_WEIGHTS: return x >= -1.0f && x <= 1.0f;
    case CLQNN_XNOR: return (x >= -1.0f && x <= 1.0f ? e->scale : 0.0f) + e->share;
    case CLQNN_TTQ: return x > e->threshold ? e->scale : x < -e->threshold ? e->negative : 1.0f;
    default: return 1.0f;
    }
}

float clq_fake_element_parameter(const clq_fake_element *e, float x, float dy, int second)
{
    const float v = isnan(x) ? 0.0f : x / e->scale;
    switch (e->scheme) {
    case CLQNN_LSQ: return dy * (v <= (float)e->qmin ? (float)e->qmin : v >= (float)e->qmax ? (float)e->qmax : rintf(v) - v);
    case CLQNN_PACT: return x >= e->scale ? dy : 0.0f;
    default: return second ? (x < -e->threshold ? -dy : 0.0f) : (x > e->threshold ? dy : 0.0f);
    }
}
