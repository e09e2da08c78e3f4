/* SPDX-License-Identifier: Apache-2.0 */
#include "clqnn/fold.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/message.h"

static clqnn_status check_extent(const char *name, int64_t extent)
{
    if (extent >= 1 && extent <= INT32_MAX) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is %lld, must be in 1..2^31-1", name, (long long)extent);
}

static clqnn_status check_pointer(const char *name, const void *pointer)
{
    return pointer ? CLQNN_OK : clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", name);
}

static clqnn_status check_finite(const char *name, const float *values, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        if (!isfinite(values[i])) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s[%lld] is %g, must be finite", name, (long long)i, (double)values[i]);
    }
    return CLQNN_OK;
}

/* ---- Batch norm ---- */

static double fold_factor(const clqnn_batch_norm_fold *fold, int64_t channel)
{
    const double gamma = fold->gamma ? (double)fold->gamma[channel] : 1.0;
    return gamma / sqrt((double)fold->variance[channel] + (double)fold->epsilon);
}

static float folded_bias(const clqnn_batch_norm_fold *fold, int64_t channel)
{
    const double beta = fold->beta ? (double)fold->beta[channel] : 0.0;
    return (float)(((double)fold->bias[channel] - (double)fold->mean[channel]) * fold_factor(fold, channel) + beta);
}

static clqnn_status check_channel(const clqnn_batch_norm_fold *fold, int64_t channel)
{
    const double variance = (double)fold->variance[channel] + (double)fold->epsilon;
    if (!(variance > 0.0)) return clq_fail(CLQNN_INVALID_ARGUMENT, "variance[%lld] + epsilon is %g, must be positive", (long long)channel, variance);
    if (!isfinite(folded_bias(fold, channel))) return clq_fail(CLQNN_INVALID_ARGUMENT, "bias[%lld] becomes %g", (long long)channel, (double)folded_bias(fold, channel));
    for (int64_t i = channel * fold->elements; i < (channel + 1) * fold->elements; i++) {
        if (isfinite((float)((double)fold->weights[i] * fold_factor(fold, channel)))) continue;
        return clq_fail(CLQNN_INVALID_ARGUMENT, "weights[%lld], %g times %g, is not finite", (long long)i, (double)fold->weights[i], fold_factor(fold, channel));
    }
    return CLQNN_OK;
}

clqnn_status clqnn_fold_batch_norm(const clqnn_batch_norm_fold *fold)
{
    CLQ_FORWARD(check_pointer("fold", fold));
    CLQ_FORWARD(check_pointer("weights", fold->weights));
    CLQ_FORWARD(check_pointer("bias", fold->bias));
    CLQ_FORWARD(check_pointer("mean", fold->mean));
    CLQ_FORWARD(check_pointer("variance", fold->variance));
    CLQ_FORWARD(check_extent("channels", fold->channels));
    CLQ_FORWARD(check_extent("elements", fold->elements));
    for (int64_t channel = 0; channel < fold->channels; channel++) CLQ_FORWARD(check_channel(fold, channel));
    for (int64_t channel = 0; channel < fold->channels; channel++) {
        const double factor = fold_factor(fold, channel);
        fold->bias[channel] = folded_bias(fold, channel);
        for (int64_t i = channel * fold->elements; i < (channel + 1) * fold->elements; i++) fold->weights[i] = (float)((double)fold->weights[i] * factor);
    }
    return CLQNN_OK;
}

/* ---- Biases ---- */

static clqnn_status check_scale(const char *name, int64_t index, float scale)
{
    if (scale >= FLT_MIN && scale <= FLT_MAX) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s %lld is %g, must be positive, finite and normal", name, (long long)index, (double)scale);
}

clqnn_status clqnn_quantize_bias(const float *bias, int64_t channels, float input_scale, const float *weight_scales, int64_t scale_count, int32_t *q, int64_t *saturated)
{
    int64_t limited = 0;
    CLQ_FORWARD(check_pointer("bias", bias));
    CLQ_FORWARD(check_pointer("weight_scales", weight_scales));
    CLQ_FORWARD(check_pointer("q", q));
    CLQ_FORWARD(check_extent("channels", channels));
    if (scale_count != 1 && scale_count != channels) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "scale_count is %lld, must be 1 or %lld", (long long)scale_count, (long long)channels);
    }
    CLQ_FORWARD(check_finite("bias", bias, channels));
    CLQ_FORWARD(check_scale("input scale", 0, input_scale));
    for (int64_t i = 0; i < scale_count; i++) {
        CLQ_FORWARD(check_scale("weight scale", i, weight_scales[i]));
        CLQ_FORWARD(check_scale("product of scales", i, input_scale * weight_scales[i]));
    }
    for (int64_t i = 0; i < channels; i++) {
        const float scale = input_scale * weight_scales[scale_count == 1 ? 0 : i];
        const double quotient = rint((double)bias[i] / (double)scale);
        const bool is_large = quotient < (double)INT32_MIN || quotient > (double)INT32_MAX;
        q[i] = !is_large ? (int32_t)quotient : quotient < 0.0 ? INT32_MIN : INT32_MAX;
        limited += is_large;
    }
    if (saturated) *saturated = limited;
    return CLQNN_OK;
}

static double expected_error(const clqnn_bias_correction *c, int64_t channel)
{
    double error = 0.0;
    for (int64_t i = 0; i < c->elements; i++) {
        const int64_t at = channel * c->elements + i;
        const double mean = (double)c->mean[c->mean_by_channel ? channel : i % c->mean_count];
        error += ((double)c->quantized[at] - (double)c->weights[at]) * mean;
    }
    return error;
}

clqnn_status clqnn_correct_bias(const clqnn_bias_correction *c)
{
    CLQ_FORWARD(check_pointer("correction", c));
    CLQ_FORWARD(check_pointer("weights", c->weights));
    CLQ_FORWARD(check_pointer("quantized", c->quantized));
    CLQ_FORWARD(check_pointer("bias", c->bias));
    CLQ_FORWARD(check_pointer("mean", c->mean));
    CLQ_FORWARD(check_extent("channels", c->channels));
    CLQ_FORWARD(check_extent("elements", c->elements));
    if (c->mean_by_channel != 0 && c->mean_by_channel != 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "mean_by_channel is %d, must be 0 or 1", (int)c->mean_by_channel);
    const bool is_whole = c->mean_count >= 1 && (c->mean_by_channel ? c->mean_count == c->channels : c->elements % c->mean_count == 0);
    if (!is_whole) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "mean_count is %lld, must %s %lld", (long long)c->mean_count, c->mean_by_channel ? "be" : "divide",
                        (long long)(c->mean_by_channel ? c->channels : c->elements));
    }
    for (int64_t channel = 0; channel < c->channels; channel++) {
        const double corrected = (double)c->bias[channel] - expected_error(c, channel);
        if (!isfinite((float)corrected)) return clq_fail(CLQNN_INVALID_ARGUMENT, "bias[%lld] becomes %g", (long long)channel, corrected);
    }
    for (int64_t channel = 0; channel < c->channels; channel++) c->bias[channel] = (float)((double)c->bias[channel] - expected_error(c, channel));
    return CLQNN_OK;
}

/* ---- Equalization ---- */

static float largest_of_first(const clqnn_equalization *e, int64_t channel)
{
    float largest = 0.0f;
    for (int64_t i = 0; i < e->elements; i++) largest = fmaxf(largest, fabsf(e->first[channel * e->elements + i]));
    return largest;
}

static float *second_row(const clqnn_equalization *e, int64_t outer, int64_t channel)
{
    return e->second + (outer * e->channels + channel) * e->inner;
}

static float largest_of_second(const clqnn_equalization *e, int64_t channel)
{
    float largest = 0.0f;
    for (int64_t outer = 0; outer < e->outer; outer++) {
        for (int64_t i = 0; i < e->inner; i++) largest = fmaxf(largest, fabsf(second_row(e, outer, channel)[i]));
    }
    return largest;
}

static void equalize_channel(const clqnn_equalization *e, int64_t channel)
{
    const double first = (double)largest_of_first(e, channel), second = (double)largest_of_second(e, channel);
    const double scale = first > 0.0 && second > 0.0 ? sqrt(first * second) / second : 1.0;
    if (e->scales) e->scales[channel] = (float)scale;
    for (int64_t i = 0; i < e->elements; i++) e->first[channel * e->elements + i] = (float)((double)e->first[channel * e->elements + i] / scale);
    if (e->first_bias) e->first_bias[channel] = (float)((double)e->first_bias[channel] / scale);
    for (int64_t outer = 0; outer < e->outer; outer++) {
        float *row = second_row(e, outer, channel);
        for (int64_t i = 0; i < e->inner; i++) row[i] = (float)((double)row[i] * scale);
    }
}

clqnn_status clqnn_equalize(const clqnn_equalization *e)
{
    CLQ_FORWARD(check_pointer("equalization", e));
    CLQ_FORWARD(check_pointer("first", e->first));
    CLQ_FORWARD(check_pointer("second", e->second));
    CLQ_FORWARD(check_extent("channels", e->channels));
    CLQ_FORWARD(check_extent("elements", e->elements));
    CLQ_FORWARD(check_extent("outer", e->outer));
    CLQ_FORWARD(check_extent("inner", e->inner));
    CLQ_FORWARD(check_finite("first", e->first, e->channels * e->elements));
    CLQ_FORWARD(check_finite("second", e->second, e->outer * e->channels * e->inner));
    if (e->first_bias) CLQ_FORWARD(check_finite("first_bias", e->first_bias, e->channels));
    for (int64_t channel = 0; channel < e->channels; channel++) equalize_channel(e, channel);
    return CLQNN_OK;
}
