/* SPDX-License-Identifier: Apache-2.0 */
/* Dynamic quantization has no call of its own: the reference must give y, scale and zero point, and the device, multiplying by an identity matrix
 * under dynamic quantization, must give scale * (y - zero_point) of every element. */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference.h"
#include "operator.h"
#include "plain_gemm.h"

enum { LARGEST_IDENTITY = 2048 };

/* One case gathered to [channels][length]. */
typedef struct dynamic_data {
    clq_case_dynamic call;
    int64_t length, total;
    float *x;               /* [channels][length] */
    unsigned char *y;       /* the reference's, in the case's order */
    float *scales;
    int32_t *zero_points;
} dynamic_data;

/* Position in the case's own order [outer][channels][inner]. */
static int64_t place(const clq_case_dynamic *call, int64_t channel, int64_t at)
{
    return (at / call->inner * call->channels + channel) * call->inner + at % call->inner;
}

static bool allocate(dynamic_data *data)
{
    data->x = malloc((size_t)(data->total + 1) * sizeof *data->x);
    data->y = malloc((size_t)data->total + 1);
    data->scales = malloc((size_t)(data->call.channels + 1) * sizeof *data->scales);
    data->zero_points = malloc((size_t)(data->call.channels + 1) * sizeof *data->zero_points);
    return data->x && data->y && data->scales && data->zero_points;
}

static void release(dynamic_data *data)
{
    free(data->x);
    free(data->y);
    free(data->scales);
    free(data->zero_points);
}

static void run_reference(dynamic_data *data)
{
    const clq_case_dynamic *const call = &data->call;
    const bool is_signed = call->y_type == CLQNN_S8;
    for (int64_t channel = 0; channel < call->channels; channel++) {
        float *const x = data->x + channel * data->length;
        for (int64_t at = 0; at < data->length; at++) {
            const int64_t from = place(call, channel, at);
            x[at] = call->x_type == CLQNN_F16 ? clqnn_reference_f16_to_f32(((const uint16_t *)call->x)[from]) : ((const float *)call->x)[from];
        }
        clqnn_reference_dynamic_parameters(x, data->length, call->y_type, &data->scales[channel], &data->zero_points[channel]);
        for (int64_t at = 0; at < data->length; at++) {
            const int32_t q = clqnn_reference_quantize(x[at], data->scales[channel], data->zero_points[channel], is_signed ? -127 : 0,
                                                       is_signed ? 127 : 255);
            data->y[place(call, channel, at)] = (unsigned char)(q & 0xff);
        }
    }
}

static bool compare_reference(const clq_case *file, const dynamic_data *data, char *message, size_t capacity)
{
    return clq_case_compare(file, "y", data->y, message, capacity) == 0 && clq_case_compare(file, "y.scale", data->scales, message, capacity) == 0 &&
           clq_case_compare(file, "y.zero_point", data->zero_points, message, capacity) == 0;
}

/* Largest divisor of `length` that is no more than `limit`. */
static int64_t largest_divisor(int64_t length, int64_t limit)
{
    for (int64_t divisor = length < limit ? length : limit; divisor > 1; divisor--) {
        if (length % divisor == 0) return divisor;
    }
    return 1;
}

static bool compare_device(const dynamic_data *data, const float *c, char *message, size_t capacity)
{
    for (int64_t at = 0; at < data->total; at++) {
        const int64_t channel = at / data->length, from = place(&data->call, channel, at % data->length);
        const int32_t q = data->call.y_type == CLQNN_S8 ? (int32_t)(signed char)data->y[from] : (int32_t)data->y[from];
        const float expected = (float)(q - data->zero_points[channel]) * data->scales[channel];
        if (memcmp(&expected, &c[at], sizeof expected) == 0 || (expected == 0.0f && c[at] == 0.0f)) continue;
        snprintf(message, capacity, "first difference at [%" PRId64 "] of the dequantized values expected %.9g got %.9g", from, (double)expected,
                 (double)c[at]);
        return false;
    }
    return true;
}

static clq_case_verdict run_device(clqnn_context *context, const dynamic_data *data, char *message, size_t capacity)
{
    const bool per_tensor = data->call.channels == 1;
    const int64_t k = per_tensor ? largest_divisor(data->length, 256) : data->length, m = data->total / (k > 0 ? k : 1);
    if (data->total == 0) return CLQ_CASE_SAME;
    if (k > LARGEST_IDENTITY) {
        snprintf(message, capacity, "%" PRId64 " values a channel are more than the identity matrix that stands in for the operator takes (%d)", k,
                 LARGEST_IDENTITY);
        return CLQ_CASE_SKIPPED;
    }
    signed char *const identity = calloc((size_t)(k * k), 1);
    float *const c = malloc((size_t)data->total * sizeof *c);
    clq_case_verdict verdict = CLQ_CASE_DIFFERS;
    snprintf(message, capacity, "not enough host memory");
    if (identity != NULL && c != NULL) {
        for (int64_t i = 0; i < k; i++) identity[i * k + i] = 1;
        const clqnn_gemm_desc desc = { .struct_size = sizeof desc, .m = m, .n = k, .k = k, .a = { .type = CLQNN_F32 }, .b = { .type = CLQNN_S8 },
                                       .c = { .type = CLQNN_F32 }, .b_data = identity,
                                       .dynamic = per_tensor ? CLQNN_DYNAMIC_PER_TENSOR : CLQNN_DYNAMIC_PER_ROW, .dynamic_type = data->call.y_type };
        const plain_gemm gemm = { .desc = &desc, .a = data->x, .a_bytes = (size_t)data->total * 4, .c = c, .c_bytes = (size_t)data->total * 4 };
        const char *call = "";
        const clqnn_status status = plain_gemm_run(context, &gemm, &call);
        message[0] = '\0';
        if (status == CLQNN_OK) {
            verdict = compare_device(data, c, message, capacity) ? CLQ_CASE_SAME : CLQ_CASE_DIFFERS;
        } else {
            snprintf(message, capacity, "%s: %s: %s", call, clqnn_status_name(status), clqnn_last_error());
            verdict = status == CLQNN_UNSUPPORTED ? CLQ_CASE_SKIPPED : CLQ_CASE_DIFFERS;
        }
    }
    free(identity);
    free(c);
    return verdict;
}

static clq_case_verdict check(clqnn_context *context, clq_case *file, char *message, size_t capacity)
{
    dynamic_data data = { .length = 0 };
    const clqnn_status made = clq_case_make_dynamic(file, &data.call, message, capacity);
    if (made != CLQNN_OK) return made == CLQNN_UNSUPPORTED ? CLQ_CASE_SKIPPED : CLQ_CASE_DIFFERS;
    data.length = data.call.outer * data.call.inner;
    data.total = data.length * data.call.channels;
    clq_case_verdict verdict = CLQ_CASE_DIFFERS;
    if (!allocate(&data)) {
        snprintf(message, capacity, "not enough host memory");
    } else {
        run_reference(&data);
        if (compare_reference(file, &data, message, capacity)) verdict = run_device(context, &data, message, capacity);
    }
    release(&data);
    return verdict;
}

const clq_operator clq_dynamic_quantize_operator = { .name = "dynamic_quantize", .check = check };
