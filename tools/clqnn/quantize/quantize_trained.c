/* SPDX-License-Identifier: Apache-2.0 */
/* Schemes of training (clqnn/fake_quant.h): measured, then the floats and the codes of one and the same operator. */
#include <stdio.h>
#include <stdlib.h>

#include "clqnn/bits.h"
#include "clqnn/fake_quant.h"
#include "quantize_device.h"
#include "quantize_schemes.h"

/* How a scheme is run and stored. */
typedef struct trained_row {
    clqnn_fake_quant_scheme scheme;
    int parameters;        /* what is measured, each f32 [slots] and an input of the call: 0, 1 (a scale, or the largest magnitude) or 2 (and a threshold) */
    bool has_scales;       /* the first of them is the scale of the codes */
    const char *planes;    /* "b", "t", "po": codes are bit planes of that kind; NULL: a stream of signed codes */
} trained_row;

static trained_row row_of(const clq_quantize_plan *plan)
{
    switch (plan->scheme) {
    case CLQ_QUANTIZE_TWN: return (trained_row){CLQNN_TWN, 2, true, "t"};
    case CLQ_QUANTIZE_XNOR: return (trained_row){CLQNN_XNOR, 1, true, "b"};
    case CLQ_QUANTIZE_BNN: return (trained_row){CLQNN_BNN, 0, false, "b"};
    case CLQ_QUANTIZE_DOREFA: return (trained_row){CLQNN_DOREFA_WEIGHTS, 1, plan->codes.bits == 1, plan->codes.bits == 1 ? "b" : "po"};
    default: return (trained_row){CLQNN_WRPN_WEIGHTS, 0, false, NULL};
    }
}

static void measure(clq_device_steps *steps, const clq_quantize_plan *plan, const clq_float_tensor *tensor, const clqnn_region inputs[3])
{
    const trained_row row = row_of(plan);
    if (row.parameters == 0 || steps->status != CLQNN_OK) return;
    const clqnn_fake_quant_measure_desc desc = {.struct_size = sizeof desc, .scheme = row.scheme, .x = tensor->device, .granularity = plan->granularity,
                                                .bits = plan->codes.bits};
    clqnn_op *op = NULL;
    const clqnn_status created = clqnn_fake_quant_measure_create(steps->context, &desc, &op);
    clq_steps_run(steps, created, op, inputs, 1, inputs + 1, (uint32_t)row.parameters);
}

static void quantize(clq_device_steps *steps, const clq_quantize_plan *plan, const clq_float_tensor *tensor, const clqnn_region inputs[3], clqnn_type type,
                     clqnn_region y)
{
    const trained_row row = row_of(plan);
    if (steps->status != CLQNN_OK) return;
    clqnn_fake_quant_desc desc = {.struct_size = sizeof desc, .scheme = row.scheme, .x = tensor->device, .y = tensor->device, .granularity = plan->granularity,
                                  .bits = plan->codes.bits};
    desc.y.type = type;
    if (row.parameters == 0) desc.granularity = CLQNN_PER_TENSOR;
    clqnn_op *op = NULL;
    const clqnn_status created = clqnn_fake_quant_create(steps->context, &desc, &op);
    clq_steps_run(steps, created, op, inputs, 1 + (uint32_t)row.parameters, &y, 1);
}

/* Codes of a byte each to bit planes: rows are the last dimension. Returns the words and their bytes. */
static clqnn_region pack_planes(clq_device_steps *steps, const clq_quantize_plan *plan, const clq_float_tensor *tensor, clqnn_region codes, size_t *bytes)
{
    const clq_safetensors_tensor *stored = tensor->stored;
    const char *planes = row_of(plan).planes;
    const int32_t bits = planes[0] == 'b' ? 1 : planes[0] == 't' ? 2 : plan->codes.bits;
    const int64_t row = stored->rank > 0 ? stored->shape[stored->rank - 1] : 1;
    clqnn_pack_bits_desc desc = {.struct_size = sizeof desc, .x = {.type = CLQNN_S8, .rank = 2, .shape = {tensor->count / row, row}}};
    desc.y = desc.x;
    desc.y.type = planes[0] == 'b' ? CLQNN_B1 : planes[0] == 't' ? CLQNN_T2 : (clqnn_type)(CLQNN_PO1 + bits - 1);
    *bytes = (size_t)(tensor->count / row) * (size_t)((row + 31) / 32) * (size_t)bits * 4;
    const clqnn_region words = clq_steps_buffer(steps, NULL, *bytes);
    if (steps->status != CLQNN_OK) return words;
    clqnn_op *op = NULL;
    const clqnn_status created = clqnn_pack_bits_create(steps->context, &desc, &op);
    clq_steps_run(steps, created, op, &codes, 1, &words, 1);
    return words;
}

/* Scales that are one number by the scheme's definition. */
static float *constant_scale(const clq_quantize_plan *plan)
{
    const int32_t bits = plan->scheme == CLQ_QUANTIZE_WRPN ? plan->codes.bits - 1 : plan->codes.bits;
    float *scale = malloc(sizeof *scale);
    if (scale != NULL) *scale = 1.0f / (float)((1 << bits) - 1);
    return scale;
}

static void find_clip(const clq_float_tensor *tensor, clq_quantized_tensor *quantized)
{
    for (int64_t i = 0; i < tensor->count; i++) {
        const float value = quantized->dequantized[i];
        if (i == 0 || value < quantized->clip_low) quantized->clip_low = value;
        if (i == 0 || value > quantized->clip_high) quantized->clip_high = value;
    }
}

/* Codes, as they are stored. */
static void keep_codes(clq_device_steps *steps, const clq_quantize_plan *plan, const clq_float_tensor *tensor, clqnn_region codes, clq_quantized_tensor *quantized)
{
    const char *planes = row_of(plan).planes;
    if (planes != NULL) {
        const int32_t bits = planes[0] == 'b' ? 1 : planes[0] == 't' ? 2 : plan->codes.bits;
        snprintf(quantized->type, sizeof quantized->type, "%s%d", planes, (int)bits);
        const clqnn_region words = pack_planes(steps, plan, tensor, codes, &quantized->code_bytes);
        quantized->dtype = CLQ_SAFETENSORS_U32;
        quantized->codes = clq_steps_fetch(steps, words, quantized->code_bytes);
        return;
    }
    snprintf(quantized->type, sizeof quantized->type, "s%d", (int)plan->codes.bits);
    quantized->codes = clq_steps_fetch(steps, codes, (uint64_t)tensor->count);
    quantized->code_bytes = (size_t)tensor->count;
    quantized->dtype = plan->codes.bits < 8 ? CLQ_SAFETENSORS_U8 : CLQ_SAFETENSORS_I8;
    if (steps->status == CLQNN_OK && plan->codes.bits < 8) quantized->code_bytes = clq_pack_codes(quantized->codes, tensor->count, plan->codes.bits);
}

clqnn_status clq_quantize_trained(clqnn_context *context, const clq_quantize_plan *plan, const clq_float_tensor *tensor, clq_quantized_tensor *quantized,
                                  char message[CLQ_QUANTIZE_MESSAGE])
{
    const trained_row row = row_of(plan);
    clq_device_steps steps = {.context = context};
    const uint64_t count = (uint64_t)tensor->count, slot_bytes = (uint64_t)tensor->slots * sizeof(float);
    const clqnn_region inputs[3] = {clq_steps_buffer(&steps, tensor->stored->data, count * clqnn_type_size(tensor->device.type)),
                                    clq_steps_buffer(&steps, NULL, slot_bytes), clq_steps_buffer(&steps, NULL, slot_bytes)};
    const clqnn_region codes = clq_steps_buffer(&steps, NULL, count), values = clq_steps_buffer(&steps, NULL, count * sizeof(float));
    measure(&steps, plan, tensor, inputs);
    quantize(&steps, plan, tensor, inputs, CLQNN_S8, codes);
    quantize(&steps, plan, tensor, inputs, CLQNN_F32, values);

    *quantized = (clq_quantized_tensor){.scale_count = row.has_scales ? tensor->slots : 1};
    keep_codes(&steps, plan, tensor, codes, quantized);
    if (row.has_scales) quantized->scales = clq_steps_fetch(&steps, inputs[1], slot_bytes);
    else if (plan->scheme != CLQ_QUANTIZE_BNN) quantized->scales = constant_scale(plan);
    if (steps.status == CLQNN_OK && quantized->scales == NULL && plan->scheme != CLQ_QUANTIZE_BNN) steps.status = CLQNN_OUT_OF_MEMORY;
    quantized->dequantized = clq_steps_fetch(&steps, values, count * sizeof(float));
    if (steps.status == CLQNN_OK) find_clip(tensor, quantized);
    return clq_quantize_end(clq_steps_end(&steps), tensor, quantized, message);
}
