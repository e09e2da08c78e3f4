/* SPDX-License-Identifier: Apache-2.0 */
/* Cases through the scalar reference. */
#include "case_reference.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case_reference_pointwise.h"
#include "case_internal.h"
#include "clqnn/reference.h"
#include "clqnn/reference_bits.h"
#include "clqnn/reference_float.h"

static void say(char *message, size_t capacity, const char *text)
{
    if (capacity > 0) snprintf(message, capacity, "%s", text);
}

static clq_case_verdict verdict_of(clqnn_status status)
{
    return status == CLQNN_UNSUPPORTED ? CLQ_CASE_SKIPPED : CLQ_CASE_BAD;
}

/* The exact results, rounded once. */
static clqnn_status multiply_floats(const clq_case_gemm *gemm, void *c)
{
    const int64_t outer = gemm->desc.batch[0] ? gemm->desc.batch[0] : 1, inner = gemm->desc.batch[1] ? gemm->desc.batch[1] : 1;
    const int64_t count = outer * inner * gemm->desc.m * gemm->desc.n;
    clqnn_reference_bounded *x = malloc(((size_t)count + 1) * sizeof *x);
    if (x == NULL) return CLQNN_OUT_OF_MEMORY;
    const clqnn_status status = clqnn_reference_gemm_float(&gemm->desc, gemm->a, NULL, gemm->residual, x);
    const clqnn_reference_float_output output = clqnn_reference_gemm_output(&gemm->desc);
    for (int64_t i = 0; i < count && status == CLQNN_OK; i++) clqnn_reference_float_store(&output, x[i].value, c, i);
    free(x);
    return status;
}

static clq_case_verdict check_gemm(clq_case *file, char *message, size_t capacity)
{
    clq_case_gemm gemm;
    clqnn_status status = clq_case_make_gemm(file, &gemm, message, capacity);
    if (status != CLQNN_OK) return verdict_of(status);
    void *c = malloc(gemm.c_bytes + 1);
    if (c == NULL) {
        say(message, capacity, "no memory for the result");
        return CLQ_CASE_BAD;
    }
    status = !clq_case_is_bits_gemm(file) && clq_case_is_float_gemm(file) ? multiply_floats(&gemm, c)
                                            : clqnn_reference_gemm_bits(&gemm.desc, gemm.a, NULL, gemm.residual, gemm.row_scales, c, NULL);
    clq_case_verdict verdict = CLQ_CASE_BAD;
    if (status == CLQNN_OK) verdict = clq_case_compare(file, "y", c, message, capacity) == 0 ? CLQ_CASE_SAME : CLQ_CASE_DIFFERS;
    else say(message, capacity, status == CLQNN_OVERFLOW ? "an accumulator leaves 32 bits" : "the reference refuses the descriptor");
    free(c);
    return verdict;
}

static clq_case_verdict check_conv(clq_case *file, char *message, size_t capacity)
{
    clq_case_conv conv;
    clqnn_status status = clq_case_make_conv(file, &conv, message, capacity);
    if (status != CLQNN_OK) return verdict_of(status);
    if (clq_case_uses_bound(file)) return clq_case_compare_bound(file, &conv, conv.expected, message, capacity);
    void *y = malloc(conv.y_bytes + 1);
    if (y == NULL) {
        say(message, capacity, "no memory for the result");
        return CLQ_CASE_BAD;
    }
    const bool floats = clq_case_is_float_conv(file);
    status = floats ? clq_case_convolve_floats(file, &conv, y) : clqnn_reference_conv(&conv.desc, conv.x, conv.residual, y, NULL);
    clq_case_verdict verdict = CLQ_CASE_BAD;
    if (status == CLQNN_OK) verdict = clq_case_compare(file, "y", y, message, capacity) == 0 ? CLQ_CASE_SAME : CLQ_CASE_DIFFERS;
    else say(message, capacity, status == CLQNN_OVERFLOW ? "an accumulator leaves 32 bits" : "the reference refuses the descriptor");
    free(y);
    return verdict;
}

/* What a dynamic quantization computes. */
typedef struct dynamic_result {
    float *x;             /* one channel, gathered */
    uint8_t *y;
    float *scales;
    int32_t *zero_points;
} dynamic_result;

static float x_at(const clq_case_dynamic *call, int64_t index)
{
    return call->x_type == CLQNN_F16 ? clqnn_reference_f16_to_f32(((const uint16_t *)call->x)[index]) : ((const float *)call->x)[index];
}

static void quantize_channel(const clq_case_dynamic *call, int64_t channel, dynamic_result *result)
{
    const int32_t low = call->y_type == CLQNN_U8 ? 0 : -127, high = call->y_type == CLQNN_U8 ? 255 : 127;
    const int64_t count = call->outer * call->inner;
    for (int64_t i = 0; i < count; i++) {
        result->x[i] = x_at(call, (i / call->inner * call->channels + channel) * call->inner + i % call->inner);
    }
    clqnn_reference_dynamic_parameters(result->x, count, call->y_type, &result->scales[channel], &result->zero_points[channel]);
    for (int64_t i = 0; i < count; i++) {
        const int64_t at = (i / call->inner * call->channels + channel) * call->inner + i % call->inner;
        result->y[at] = (uint8_t)clqnn_reference_quantize(result->x[i], result->scales[channel], result->zero_points[channel], low, high);
    }
}

static clq_case_verdict check_dynamic(clq_case *file, char *message, size_t capacity)
{
    clq_case_dynamic call;
    const clqnn_status status = clq_case_make_dynamic(file, &call, message, capacity);
    if (status != CLQNN_OK) return verdict_of(status);
    const size_t channels = (size_t)call.channels, count = channels == 0 ? 0 : (size_t)(call.outer * call.inner);
    dynamic_result result = {.x = malloc((count + 1) * sizeof(float)), .y = malloc(count * channels + 1),
                             .scales = malloc((channels + 1) * sizeof(float)), .zero_points = malloc((channels + 1) * sizeof(int32_t))};
    clq_case_verdict verdict = CLQ_CASE_BAD;
    if (result.x == NULL || result.y == NULL || result.scales == NULL || result.zero_points == NULL) {
        say(message, capacity, "no memory for the result");
    } else {
        for (int64_t channel = 0; channel < call.channels; channel++) quantize_channel(&call, channel, &result);
        const bool same = clq_case_compare(file, "y.scale", result.scales, message, capacity) == 0 &&
                          clq_case_compare(file, "y.zero_point", result.zero_points, message, capacity) == 0 &&
                          clq_case_compare(file, "y", result.y, message, capacity) == 0;
        verdict = same ? CLQ_CASE_SAME : CLQ_CASE_DIFFERS;
    }
    free(result.x);
    free(result.y);
    free(result.scales);
    free(result.zero_points);
    return verdict;
}

static const struct {
    const char *operator_name;
    clq_case_verdict (*check)(clq_case *file, char *message, size_t capacity);
} checks[] = {
    {"gemm", check_gemm},
    {"conv", check_conv},
    {"dynamic_quantize", check_dynamic},
    {"add", clq_case_check_pointwise},
    {"sub", clq_case_check_pointwise},
    {"mul", clq_case_check_pointwise},
    {"min", clq_case_check_pointwise},
    {"max", clq_case_check_pointwise},
    {"lut", clq_case_check_pointwise},
    {"quantize", clq_case_check_pointwise},
    {"dequantize", clq_case_check_pointwise},
    {"requantize", clq_case_check_pointwise},
    {"pack_bits", clq_case_check_pointwise},
    {"unpack_bits", clq_case_check_pointwise},
    {"pool", clq_case_check_shape_reference},
    {"concat", clq_case_check_shape_reference},
    {"softmax", clq_case_check_shape_reference},
    {"reduce", clq_case_check_shape_reference},
    {"resize", clq_case_check_shape_reference},
};

clq_case_verdict clq_case_check_reference(clq_case *file, char *message, size_t capacity)
{
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        if (strcmp(clq_case_operator_name(file), checks[i].operator_name) == 0) return checks[i].check(file, message, capacity);
    }
    if (capacity > 0) snprintf(message, capacity, "this version has no operator \"%s\"", clq_case_operator_name(file));
    return CLQ_CASE_SKIPPED;
}
