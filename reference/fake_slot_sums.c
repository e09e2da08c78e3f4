/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "fake_slot_sums.h"
#include "quantizer_view.h"
#include "tensor_view.h"

enum { BLOCK = 4096, LANES = 16 };

static float join(float a, float b, int is_max)
{
    return !is_max ? a + b : b > a ? b : a;
}

/* Lane l takes terms l, l + 16, ...; then each of the lower half takes its counterpart of the upper half, and so on. */
static float sum_block(const float *terms, int64_t count, int is_max)
{
    float lanes[LANES] = {0};
    for (int64_t i = 0; i < count; i++) lanes[i % LANES] = join(lanes[i % LANES], terms[i], is_max);
    for (int half = LANES / 2; half > 0; half /= 2) {
        for (int i = 0; i < half; i++) lanes[i] = join(lanes[i], lanes[i + half], is_max);
    }
    return lanes[0];
}

float clq_reference_ordered_sum(const float *terms, int64_t count, int is_max)
{
    float lanes[LANES] = {0};
    int64_t block = 0;
    for (int64_t from = 0; from < count; from += BLOCK, block++) {
        const float sum = sum_block(terms + from, count - from < BLOCK ? count - from : BLOCK, is_max);
        lanes[block % LANES] = join(lanes[block % LANES], sum, is_max);
    }
    return sum_block(lanes, LANES, is_max);
}

clqnn_status clq_reference_slot_sums(const clqnn_tensor *tensor, clqnn_granularity granularity, const float *terms, int is_max, float *results)
{
    const int64_t count = clq_reference_count(tensor), slots = clq_reference_slot_count(tensor, granularity);
    float *const own = malloc((size_t)count * sizeof *own);
    if (!own) return CLQNN_OUT_OF_MEMORY;
    for (int64_t slot = 0; slot < slots; slot++) {
        int64_t found = 0;
        for (int64_t i = 0; i < count; i++) {
            if (clq_reference_slot_of(tensor, granularity, i) == slot) own[found++] = terms[i];
        }
        results[slot] = clq_reference_ordered_sum(own, found, is_max);
    }
    free(own);
    return CLQNN_OK;
}
