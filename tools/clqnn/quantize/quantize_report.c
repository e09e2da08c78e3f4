/* SPDX-License-Identifier: Apache-2.0 */
#include "quantize_report.h"

#include <math.h>
#include <stdio.h>

#define SHAPE_TEXT 192

static const char *shape_text(const clq_safetensors_tensor *stored, char text[SHAPE_TEXT])
{
    size_t used = 0;
    text[used++] = '[';
    for (int32_t i = 0; i < stored->rank; i++) used += (size_t)snprintf(text + used, SHAPE_TEXT - used, i ? ",%lld" : "%lld", (long long)stored->shape[i]);
    snprintf(text + used, SHAPE_TEXT - used, "]");
    return text;
}

static cJSON *tensor_object(clq_output *output, const char *kind, const clq_safetensors_tensor *stored)
{
    cJSON *object = clq_output_object(output);
    if (object == NULL) return NULL;
    cJSON_AddStringToObject(object, "result", kind);
    cJSON_AddStringToObject(object, "tensor", stored->name);
    cJSON_AddStringToObject(object, "dtype", clq_safetensors_dtype_name(stored->dtype));
    cJSON *shape = cJSON_AddArrayToObject(object, "shape");
    for (int32_t i = 0; i < stored->rank; i++) cJSON_AddItemToArray(shape, cJSON_CreateNumber((double)stored->shape[i]));
    return object;
}

static void add_pair(cJSON *object, const char *name, double low, double high)
{
    cJSON *pair = cJSON_AddArrayToObject(object, name);
    cJSON_AddItemToArray(pair, cJSON_CreateNumber(low));
    cJSON_AddItemToArray(pair, cJSON_CreateNumber(high));
}

static const char *granularity_text(const clq_quantize_plan *plan, const clq_float_tensor *tensor, char text[64])
{
    if (plan->granularity == CLQNN_PER_TENSOR) snprintf(text, 64, "per tensor");
    else if (plan->granularity == CLQNN_PER_CHANNEL) snprintf(text, 64, "per channel of axis %d", (int)tensor->axis);
    else snprintf(text, 64, "per %lld of axis %d", (long long)plan->block, (int)tensor->axis);
    return text;
}

void clq_report_quantized(clq_output *output, const clq_quantize_plan *plan, const clq_float_tensor *tensor, const clq_quantized_tensor *quantized,
                          clq_quantize_totals *totals)
{
    const double noise = clq_signal_to_noise(tensor->values, quantized->dequantized, tensor->count);
    const uint64_t before = (uint64_t)tensor->count * clqnn_type_size(tensor->device.type);
    const uint64_t after = quantized->code_bytes + (quantized->scales ? (uint64_t)quantized->scale_count * 4 : 0) +
                           (quantized->zero_points ? (uint64_t)quantized->scale_count : 0);
    float least = quantized->scales ? quantized->scales[0] : 1.0f, most = least;
    for (int64_t i = 0; quantized->scales && i < quantized->scale_count; i++) {
        if (quantized->scales[i] < least) least = quantized->scales[i];
        if (quantized->scales[i] > most) most = quantized->scales[i];
    }
    totals->quantized++;
    totals->bytes_before += before;
    totals->bytes_after += after;

    char shape[SHAPE_TEXT], granularity[64], decibels[32] = "exact";
    if (isfinite(noise)) snprintf(decibels, sizeof decibels, "%.1f dB", noise);
    clq_print(output, "%s %s %s: %s %s %s, range %.5g .. %.5g, clip %.5g .. %.5g, scale %.5g .. %.5g, %s, %llu -> %llu bytes%s\n", tensor->stored->name,
              shape_text(tensor->stored, shape), clq_safetensors_dtype_name(tensor->stored->dtype), clq_quantize_scheme_name(plan->scheme), quantized->type,
              granularity_text(plan, tensor, granularity), (double)tensor->low, (double)tensor->high, (double)quantized->clip_low, (double)quantized->clip_high,
              (double)least, (double)most, decibels, (unsigned long long)before, (unsigned long long)after, tensor->low == tensor->high ? ", constant" : "");
    cJSON *object = tensor_object(output, "quantized", tensor->stored);
    if (object == NULL) return;
    cJSON_AddStringToObject(object, "scheme", clq_quantize_scheme_name(plan->scheme));
    cJSON_AddStringToObject(object, "type", quantized->type);
    cJSON_AddStringToObject(object, "granularity", granularity);
    if (plan->scheme == CLQ_QUANTIZE_AFFINE) cJSON_AddStringToObject(object, "method", clq_quantize_method_name(plan->method.method));
    cJSON_AddNumberToObject(object, "slots", (double)tensor->slots);
    add_pair(object, "range", (double)tensor->low, (double)tensor->high);
    add_pair(object, "clip", (double)quantized->clip_low, (double)quantized->clip_high);
    add_pair(object, "scale", (double)least, (double)most);
    if (isfinite(noise)) cJSON_AddNumberToObject(object, "signal_to_noise_db", noise);
    else cJSON_AddNullToObject(object, "signal_to_noise_db");
    cJSON_AddNumberToObject(object, "bytes_before", (double)before);
    cJSON_AddNumberToObject(object, "bytes_after", (double)after);
}

void clq_report_kept(clq_output *output, const clq_safetensors_tensor *stored, const char *reason, clq_quantize_totals *totals)
{
    uint64_t bytes = 0;
    char shape[SHAPE_TEXT];
    (void)clq_safetensors_bytes(stored, &bytes);
    totals->kept++;
    totals->bytes_before += bytes;
    totals->bytes_after += bytes;
    clq_print(output, "%s %s %s: kept, %s\n", stored->name, shape_text(stored, shape), clq_safetensors_dtype_name(stored->dtype), reason);
    cJSON *object = tensor_object(output, "kept", stored);
    if (object != NULL) cJSON_AddStringToObject(object, "reason", reason);
}

void clq_report_calibrated(clq_output *output, const clq_safetensors_tensor *stored, const clq_calibrated *calibrated, clq_quantize_totals *totals)
{
    char shape[SHAPE_TEXT];
    totals->calibrated++;
    clq_print(output, "%s %s %s: activations of %lld samples, %s, range %.5g .. %.5g, clip %.5g .. %.5g, %s scale %.5g zero point %d\n", stored->name,
              shape_text(stored, shape), clq_safetensors_dtype_name(stored->dtype), (long long)calibrated->samples, calibrated->method, (double)calibrated->low,
              (double)calibrated->high, (double)calibrated->range[0], (double)calibrated->range[1], calibrated->type, (double)calibrated->scale,
              (int)calibrated->zero_point);
    cJSON *object = tensor_object(output, "calibrated", stored);
    if (object == NULL) return;
    cJSON_AddStringToObject(object, "method", calibrated->method);
    cJSON_AddStringToObject(object, "type", calibrated->type);
    cJSON_AddNumberToObject(object, "samples", (double)calibrated->samples);
    add_pair(object, "range", (double)calibrated->low, (double)calibrated->high);
    add_pair(object, "clip", (double)calibrated->range[0], (double)calibrated->range[1]);
    cJSON_AddNumberToObject(object, "scale", (double)calibrated->scale);
    cJSON_AddNumberToObject(object, "zero_point", calibrated->zero_point);
}
