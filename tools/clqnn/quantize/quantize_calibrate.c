/* SPDX-License-Identifier: Apache-2.0 */
#include "quantize_calibrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/memory.h"
#include "quantize_range.h"

/* One layer's parameters on the device and back. */
static clqnn_status measure(clqnn_context *context, const clq_quantize_plan *plan, const clq_float_tensor *tensor, clq_calibrated *calibrated,
                            char message[CLQ_QUANTIZE_MESSAGE])
{
    clq_device_steps steps = {.context = context};
    const clq_range_request request = {.tensor = tensor->device, .granularity = CLQNN_PER_TENSOR, .slots = 1, .samples = calibrated->samples,
                                       .codes = plan->calibrate_codes, .is_symmetric = plan->is_symmetric, .method = plan->calibrate_method};
    const clqnn_region x = clq_steps_buffer(&steps, tensor->stored->data, (uint64_t)tensor->count * clqnn_type_size(tensor->device.type));
    const clq_range_result result = clq_range_steps(&steps, &request, x);
    if (steps.status == CLQNN_OK) steps.status = clqnn_download(context, result.ranges.memory, 0, calibrated->range, sizeof calibrated->range);
    if (steps.status == CLQNN_OK) steps.status = clqnn_download(context, result.scales.memory, 0, &calibrated->scale, sizeof calibrated->scale);
    if (steps.status == CLQNN_OK) steps.status = clqnn_download(context, result.zero_points.memory, 0, &calibrated->zero_point, sizeof calibrated->zero_point);
    const clqnn_status status = clq_steps_end(&steps);
    if (status != CLQNN_OK) {
        snprintf(message, CLQ_QUANTIZE_MESSAGE, "activations '%s': %s: %s", tensor->stored->name, clqnn_status_name(status),
                 status == CLQNN_OUT_OF_MEMORY ? "memory ran out" : clqnn_last_error());
    }
    return status;
}

/* A tensor of one dimension whose data the file owns. */
static void add_values(clq_quantize_file *file, const char *layer, const char *part, clq_safetensors_dtype dtype, int64_t count, const void *values)
{
    const size_t bytes = (size_t)count * clq_safetensors_dtype_size(dtype);
    clq_safetensors_tensor tensor = {.dtype = dtype, .rank = 1, .shape = {count}};
    void *copy = malloc(bytes);
    if (copy == NULL) {
        file->is_out_of_memory = true;
        return;
    }
    memcpy(copy, values, bytes);
    tensor.data = copy;
    clq_quantize_file_own(file, copy);
    clq_quantize_file_add(file, &tensor, layer, part);
}

static clqnn_status calibrate_layer(clqnn_context *context, const clq_quantize_plan *plan, const clq_safetensors_tensor *stored, clq_quantize_file *file,
                                    clq_output *output, clq_quantize_totals *totals, char message[CLQ_QUANTIZE_MESSAGE])
{
    clq_float_tensor tensor;
    if (!clq_float_tensor_is(stored)) {
        snprintf(message, CLQ_QUANTIZE_MESSAGE, "activations '%s' are %s and not F32, F16 or BF16, or empty", stored->name, clq_safetensors_dtype_name(stored->dtype));
        return CLQNN_INVALID_ARGUMENT;
    }
    clqnn_status status = clq_float_tensor_make(stored, CLQNN_PER_TENSOR, 0, 0, &tensor, message);
    if (status != CLQNN_OK) return status;
    char type[8];
    snprintf(type, sizeof type, "%c%d", plan->calibrate_codes.is_signed ? 's' : 'u', (int)plan->calibrate_codes.bits);
    clq_calibrated calibrated = {.samples = stored->rank > 0 ? stored->shape[0] : 1, .method = clq_quantize_method_name(plan->calibrate_method.method), .type = type,
                                 .low = tensor.low, .high = tensor.high};
    status = measure(context, plan, &tensor, &calibrated, message);
    clq_float_tensor_free(&tensor);
    if (status != CLQNN_OK) return status;
    const unsigned char zero_point = (unsigned char)calibrated.zero_point;
    add_values(file, stored->name, ".activation.range", CLQ_SAFETENSORS_F32, 2, calibrated.range);
    add_values(file, stored->name, ".activation.scale", CLQ_SAFETENSORS_F32, 1, &calibrated.scale);
    add_values(file, stored->name, ".activation.zero_point", plan->calibrate_codes.is_signed ? CLQ_SAFETENSORS_I8 : CLQ_SAFETENSORS_U8, 1, &zero_point);
    clq_quantize_file_text(file, stored->name, ".activation.type", "%s", type);
    clq_quantize_file_text(file, stored->name, ".activation.method", "%s", calibrated.method);
    clq_report_calibrated(output, stored, &calibrated, totals);
    return CLQNN_OK;
}

clqnn_status clq_quantize_calibrate(clqnn_context *context, const clq_quantize_plan *plan, clq_quantize_file *file, clq_output *output,
                                    clq_quantize_totals *totals, char message[CLQ_QUANTIZE_MESSAGE])
{
    clq_safetensors *data = NULL;
    clqnn_status status = clq_safetensors_read(plan->calibrate, &data, message, CLQ_QUANTIZE_MESSAGE);
    if (status != CLQNN_OK) return status;
    if (clq_safetensors_count(data) == 0) {
        snprintf(message, CLQ_QUANTIZE_MESSAGE, "%s holds no activations", plan->calibrate);
        status = CLQNN_INVALID_ARGUMENT;
    }
    for (size_t i = 0; i < clq_safetensors_count(data) && status == CLQNN_OK; i++) {
        clq_progress(output, "%zu of %zu layers", i + 1, clq_safetensors_count(data));
        status = calibrate_layer(context, plan, clq_safetensors_at(data, i), file, output, totals, message);
    }
    clq_safetensors_free(data);
    return status;
}
