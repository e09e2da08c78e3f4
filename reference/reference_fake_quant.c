/* SPDX-License-Identifier: Apache-2.0 */
/* Forward, backward and measurements of clqnn/fake_quant.h. */
#include <math.h>
#include <stdlib.h>

#include "clqnn/reference_fake_quant.h"
#include "fake_scheme_values.h"
#include "fake_slot_sums.h"
#include "quantizer_view.h"
#include "tensor_view.h"

static int is_float(clqnn_type type)
{
    return type == CLQNN_F32 || type == CLQNN_F16 || type == CLQNN_BF16;
}

/* Of element i, row-major. */
static float noise_of(const clqnn_fake_quant_desc *desc, const void *others, int64_t i)
{
    if (desc->scheme != CLQNN_DOREFA_GRADIENTS) return 0.0f;
    const uint32_t counter[4] = {(uint32_t)(i / 4), (uint32_t)*(const int32_t *)others, 0, 0}, key[2] = {(uint32_t)desc->seed, (uint32_t)(desc->seed >> 32)};
    uint32_t words[4], c[4] = {counter[0], counter[1], counter[2], counter[3]}, k[2] = {key[0], key[1]};
    for (int round = 0; round < 10; round++) {
        const uint64_t a = (uint64_t)0xd2511f53u * c[0], b = (uint64_t)0xcd9e8d57u * c[2];
        words[0] = (uint32_t)(b >> 32) ^ c[1] ^ k[0];
        words[1] = (uint32_t)b;
        words[2] = (uint32_t)(a >> 32) ^ c[3] ^ k[1];
        words[3] = (uint32_t)a;
        for (int j = 0; j < 4; j++) c[j] = words[j];
        k[0] += 0x9e3779b9u;
        k[1] += 0xbb67ae85u;
    }
    const float u = (float)(words[i % 4] >> 8) * 0x1p-24f;
    return (u - 0.5f) * (1.0f / (float)clq_fake_levels(desc->scheme, desc->bits));
}

clqnn_status clqnn_reference_fake_quant(const clqnn_fake_quant_desc *desc, const void *x, const float *scales, const void *others, void *y, uint8_t *mask)
{
    const int64_t slots = clq_reference_slot_count(&desc->x, desc->granularity);
    for (int64_t i = 0; i < clq_reference_count(&desc->y); i++) {
        const int64_t to = clq_reference_place(&desc->y, &desc->y, i), slot = clq_reference_slot_of(&desc->x, desc->granularity, i);
        const clq_fake_element e = clq_fake_element_make(desc->scheme, desc->bits, desc->qmin, desc->qmax, scales, others, slots, slot);
        const float real = clq_reference_load_float(desc->x.type, x, clq_reference_place(&desc->x, &desc->y, i));
        const int32_t code = clq_fake_element_code(&e, real, noise_of(desc, others, i));
        if (is_float(desc->y.type)) clq_reference_store_float(desc->y.type, y, to, clq_fake_element_value(&e, code, real));
        else clq_reference_store_integer(desc->y.type, y, to, code);
        if (desc->saves_mask) mask[i] = clq_fake_element_gradient(&e, real) != 0.0f;
    }
    return CLQNN_OK;
}

clqnn_status clqnn_reference_fake_quant_backward(const clqnn_fake_quant_backward_desc *desc, const void *dy, const void *x, const float *scales, const void *others, void *dx,
                                                 float *dscales)
{
    const int64_t count = clq_reference_count(&desc->x), slots = clq_reference_slot_count(&desc->x, desc->granularity);
    const float factor = desc->gradient_scale == 0.0f ? 1.0f : desc->gradient_scale;
    float *const terms = malloc((size_t)count * 2 * sizeof *terms);
    if (!terms) return CLQNN_OUT_OF_MEMORY;
    for (int64_t i = 0; i < count; i++) {
        const int64_t from = clq_reference_place(&desc->x, &desc->x, i), slot = clq_reference_slot_of(&desc->x, desc->granularity, i);
        const float given = clq_reference_load_float(desc->dy.type, dy, clq_reference_place(&desc->dy, &desc->x, i));
        float g = 0.0f;
        if (desc->reads_mask) {
            g = ((const uint8_t *)x)[from] ? 1.0f : 0.0f;
        } else {
            const float real = clq_reference_load_float(desc->x.type, x, from);
            clq_fake_element e = clq_fake_element_make(desc->scheme, desc->bits, desc->qmin, desc->qmax, scales, others, slots, slot);
            e.share = 1.0f / (float)(count / slots);
            g = clq_fake_element_gradient(&e, real);
            terms[i] = clq_fake_element_parameter(&e, real, given, 0);
            terms[count + i] = clq_fake_element_parameter(&e, real, given, 1);
        }
        clq_reference_store_float(desc->dx.type, dx, clq_reference_place(&desc->dx, &desc->x, i), g == 0.0f ? 0.0f : given * g);
    }
    clqnn_status status = CLQNN_OK;
    const int planes = !dscales ? 0 : desc->scheme == CLQNN_TTQ ? 2 : 1;
    for (int plane = 0; plane < planes && status == CLQNN_OK; plane++) {
        status = clq_reference_slot_sums(&desc->x, desc->granularity, terms + plane * count, 0, dscales + plane * slots);
    }
    for (int64_t i = 0; i < planes * slots; i++) dscales[i] *= factor;
    free(terms);
    return status;
}

/* ---- Measurements ---- */

static float bounded(float value, float least)
{
    return fminf(fmaxf(value, least), 0x1p126f);
}

/* sum / count; of sums that are next to nothing 0. */
static float mean_of(float sum, float count)
{
    return sum < 0x1p-100f || count == 0.0f ? 0.0f : fminf(sum, 0x1.fffffep127f) / count;
}

/* Thresholds and means of what is above them. */
static clqnn_status measure_ternary(const clqnn_fake_quant_measure_desc *desc, float *terms, int64_t count, int64_t slots, float *scales, float *thresholds)
{
    const clqnn_granularity granularity = desc->granularity;
    const float factor = desc->threshold_factor == 0.0f ? 0.7f : desc->threshold_factor;
    float *const counts = malloc((size_t)(slots + count) * sizeof *counts);
    if (!counts) return CLQNN_OUT_OF_MEMORY;
    float *const ones = counts + slots;
    clqnn_status status = clq_reference_slot_sums(&desc->x, granularity, terms, 0, thresholds);
    for (int64_t i = 0; i < slots; i++) thresholds[i] = bounded(mean_of(thresholds[i], (float)(count / slots)) * factor, 0.0f);
    for (int64_t i = 0; i < count; i++) {
        const int is_above = terms[i] > thresholds[clq_reference_slot_of(&desc->x, granularity, i)];
        ones[i] = is_above ? 1.0f : 0.0f;
        if (!is_above) terms[i] = 0.0f;
    }
    if (status == CLQNN_OK) status = clq_reference_slot_sums(&desc->x, granularity, terms, 0, scales);
    if (status == CLQNN_OK) status = clq_reference_slot_sums(&desc->x, granularity, ones, 0, counts);
    for (int64_t i = 0; i < slots; i++) scales[i] = bounded(mean_of(scales[i], counts[i]), 0x1p-100f);
    free(counts);
    return status;
}

clqnn_status clqnn_reference_fake_quant_measure(const clqnn_fake_quant_measure_desc *desc, const void *x, float *scales, float *thresholds)
{
    const int64_t count = clq_reference_count(&desc->x), slots = clq_reference_slot_count(&desc->x, desc->granularity);
    const int is_tanh = desc->scheme == CLQNN_DOREFA_WEIGHTS && desc->bits > 1, is_max = is_tanh || desc->scheme == CLQNN_DOREFA_GRADIENTS || desc->scheme == CLQNN_TTQ;
    float *const terms = malloc((size_t)count * sizeof *terms), *const results = desc->scheme == CLQNN_TTQ ? thresholds : scales;
    if (!terms) return CLQNN_OUT_OF_MEMORY;
    for (int64_t i = 0; i < count; i++) {
        const float magnitude = fabsf(clq_reference_load_float(desc->x.type, x, clq_reference_place(&desc->x, &desc->x, i)));
        terms[i] = !isfinite(magnitude) ? 0.0f : is_tanh ? clqnn_reference_fake_tanh(magnitude) : magnitude;
    }
    clqnn_status status;
    if (desc->scheme == CLQNN_TWN) {
        status = measure_ternary(desc, terms, count, slots, scales, thresholds);
    } else {
        status = clq_reference_slot_sums(&desc->x, desc->granularity, terms, is_max, results);
        for (int64_t i = 0; i < slots && status == CLQNN_OK; i++) {
            const float found = is_max ? results[i] : mean_of(results[i], (float)(count / slots));
            if (desc->scheme == CLQNN_TTQ) results[i] = bounded(found * (desc->threshold_factor == 0.0f ? 0.05f : desc->threshold_factor), 0.0f);
            else results[i] = bounded(desc->scheme == CLQNN_LSQ ? found * (float)(2.0 / sqrt((double)desc->qmax)) : found, 0x1p-100f);
        }
    }
    free(terms);
    return status;
}
