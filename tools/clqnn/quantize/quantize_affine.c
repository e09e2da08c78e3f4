/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "quantize_range.h"
#include "quantize_schemes.h"

/* Between floats and codes of a byte each. */
static void convert(clq_device_steps *steps, const clqnn_quantize_by_desc *desc, const clqnn_region inputs[3], clqnn_region y)
{
    if (steps->status != CLQNN_OK) return;
    clqnn_op *op = NULL;
    const clqnn_status created = clqnn_quantize_by_create(steps->context, desc, &op);
    clq_steps_run(steps, created, op, inputs, 3, &y, 1);
}

/* Zero points of signed symmetric codes are 0 and not kept; the others fit the byte of a code. */
static clqnn_status keep_parameters(const clq_quantize_plan *plan, const clq_float_tensor *tensor, const int32_t *zero_points, clq_quantized_tensor *quantized)
{
    const int32_t most = (1 << (plan->codes.is_signed ? plan->codes.bits - 1 : plan->codes.bits)) - 1;
    const int32_t least = (plan->codes.is_signed ? -most - 1 : 0) + plan->codes.is_restricted;
    for (int64_t i = 0; i < tensor->slots; i++) {
        const int32_t zero_point = zero_points[i];
        const float low = quantized->scales[i] * (float)(least - zero_point), high = quantized->scales[i] * (float)(most - zero_point);
        if (i == 0 || low < quantized->clip_low) quantized->clip_low = low;
        if (i == 0 || high > quantized->clip_high) quantized->clip_high = high;
    }
    quantized->scale_count = tensor->slots;
    if (plan->is_symmetric) return CLQNN_OK;
    quantized->zero_points = malloc((size_t)tensor->slots);
    if (quantized->zero_points == NULL) return CLQNN_OUT_OF_MEMORY;
    for (int64_t i = 0; i < tensor->slots; i++) quantized->zero_points[i] = (signed char)zero_points[i];
    return CLQNN_OK;
}

clqnn_status clq_quantize_affine(clqnn_context *context, const clq_quantize_plan *plan, const clq_float_tensor *tensor, clq_quantized_tensor *quantized,
                                 char message[CLQ_QUANTIZE_MESSAGE])
{
    clq_device_steps steps = {.context = context};
    const uint64_t count = (uint64_t)tensor->count, slots = (uint64_t)tensor->slots;
    const clqnn_region x = clq_steps_buffer(&steps, tensor->stored->data, count * clqnn_type_size(tensor->device.type));
    const clqnn_region codes = clq_steps_buffer(&steps, NULL, count), back = clq_steps_buffer(&steps, NULL, count * sizeof(float));
    const clq_range_request request = {.tensor = tensor->device, .granularity = plan->granularity, .slots = tensor->slots, .samples = 1, .codes = plan->codes,
                                       .is_symmetric = plan->is_symmetric, .method = plan->method};
    const clq_range_result range = clq_range_steps(&steps, &request, x);
    clqnn_quantize_by_desc desc = {.struct_size = sizeof desc, .x = tensor->device, .y = tensor->device, .granularity = plan->granularity, .codes = plan->codes};
    desc.y.type = plan->codes.is_signed ? CLQNN_S8 : CLQNN_U8;
    convert(&steps, &desc, (clqnn_region[]){x, range.scales, range.zero_points}, codes);
    desc.x.type = desc.y.type;
    desc.y.type = CLQNN_F32;
    convert(&steps, &desc, (clqnn_region[]){codes, range.scales, range.zero_points}, back);

    *quantized = (clq_quantized_tensor){.dtype = plan->codes.is_signed ? CLQ_SAFETENSORS_I8 : CLQ_SAFETENSORS_U8, .code_bytes = count};
    snprintf(quantized->type, sizeof quantized->type, "%c%d", plan->codes.is_signed ? 's' : 'u', (int)plan->codes.bits);
    quantized->codes = clq_steps_fetch(&steps, codes, count);
    quantized->scales = clq_steps_fetch(&steps, range.scales, slots * sizeof(float));
    quantized->dequantized = clq_steps_fetch(&steps, back, count * sizeof(float));
    int32_t *zero_points = clq_steps_fetch(&steps, range.zero_points, slots * sizeof *zero_points);
    if (steps.status == CLQNN_OK) steps.status = keep_parameters(plan, tensor, zero_points, quantized);
    free(zero_points);
    if (steps.status == CLQNN_OK && plan->codes.bits < 8) {
        quantized->dtype = CLQ_SAFETENSORS_U8;
        quantized->code_bytes = clq_pack_codes(quantized->codes, tensor->count, plan->codes.bits);
    }
    return clq_quantize_end(clq_steps_end(&steps), tensor, quantized, message);
}

clqnn_status clq_quantize_end(clqnn_status status, const clq_float_tensor *tensor, clq_quantized_tensor *quantized, char message[CLQ_QUANTIZE_MESSAGE])
{
    if (status == CLQNN_OK) return status;
    snprintf(message, CLQ_QUANTIZE_MESSAGE, "tensor '%s': %s: %s", tensor->stored->name, clqnn_status_name(status),
             status == CLQNN_OUT_OF_MEMORY ? "memory ran out" : clqnn_last_error());
    clq_quantized_tensor_free(quantized);
    return status;
}
