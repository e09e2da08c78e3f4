/* SPDX-License-Identifier: Apache-2.0 */
#include "quantizer/quantizer_slots.h"

#include <stdio.h>

#include "core/message.h"

static clq_slots whole_tensor(int64_t count)
{
    return (clq_slots){.count = 1, .elements = count, .last_elements = count, .run = count, .step = 1, .inner = 1, .groups = 1};
}

static clq_slots channels(int64_t outer, int64_t extent, int64_t inner)
{
    const int64_t elements = outer * inner;
    return (clq_slots){.count = extent, .elements = elements, .last_elements = elements, .run = inner, .step = 1, .row_step = extent * inner,
                       .inner = 1, .groups = extent, .group_step = inner};
}

static clq_slots groups(int64_t outer, int64_t extent, int64_t inner, int64_t block)
{
    const int64_t of_axis = (extent - 1) / block + 1, last = extent - (of_axis - 1) * block;
    const int64_t elements = of_axis == 1 ? last : block;
    return (clq_slots){.count = outer * of_axis * inner, .elements = elements, .last_elements = last, .run = elements, .step = inner,
                       .inner = inner, .groups = of_axis, .group_step = block * inner, .outer_step = extent * inner};
}

clqnn_status clq_slots_resolve(const char *name, const clqnn_tensor *tensor, clqnn_granularity granularity, clq_slots *slots)
{
    int64_t outer = 1, inner = 1;
    int32_t axis = 0;
    char field[32];
    if ((unsigned)granularity > CLQNN_PER_GROUP) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "granularity is %d, must be 0 (tensor), 1 (channel) or 2 (group)", (int)granularity);
    }
    if (granularity != CLQNN_PER_TENSOR) {
        (void)snprintf(field, sizeof field, "%s.axis", name);
        CLQ_FORWARD(clq_tensor_axis(field, tensor->axis, tensor->rank, &axis));
    }
    for (int i = 0; i < tensor->rank; i++) {
        if (i < axis) outer *= tensor->shape[i];
        else if (i > axis) inner *= tensor->shape[i];
    }
    const int64_t extent = tensor->rank ? tensor->shape[axis] : 1;
    if (granularity == CLQNN_PER_TENSOR) {
        *slots = whole_tensor(outer * extent * inner);
    } else if (granularity == CLQNN_PER_CHANNEL) {
        *slots = channels(outer, extent, inner);
    } else {
        if (tensor->block < 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s.block is %lld, must be positive for groups", name, (long long)tensor->block);
        *slots = groups(outer, extent, inner, tensor->block);
    }
    return CLQNN_OK;
}

clqnn_status clq_codes_resolve(const clqnn_codes *codes, int32_t *least, int32_t *most)
{
    if (codes->bits < 1 || codes->bits > 8) return clq_fail(CLQNN_INVALID_ARGUMENT, "codes.bits is %d, must be in 1..8", (int)codes->bits);
    if (codes->is_signed != 0 && codes->is_signed != 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "codes.is_signed is %d, must be 0 or 1", (int)codes->is_signed);
    if (codes->is_restricted != 0 && codes->is_restricted != 1) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "codes.is_restricted is %d, must be 0 or 1", (int)codes->is_restricted);
    }
    if (codes->is_restricted && codes->bits == 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "codes.bits is 1, restricted codes need 2 at least");
    const int32_t values = 1 << codes->bits, first = codes->is_signed ? -values / 2 : 0;
    *least = first + codes->is_restricted;
    *most = first + values - 1;
    return CLQNN_OK;
}

clqnn_status clq_slots_check_count(int64_t slots)
{
    if (slots >= 1 && slots <= INT32_MAX) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_ARGUMENT, "slots is %lld, must be in 1..2^31-1", (long long)slots);
}

clq_tensor clq_words(clqnn_type type, int64_t count)
{
    return (clq_tensor){.type = type, .rank = 1, .shape = {count}, .strides = {1}, .count = count, .span = count, .is_dense = true};
}

clqnn_status clqnn_slot_count(const clqnn_tensor *tensor, clqnn_granularity granularity, int64_t *slots)
{
    clq_slots found;
    clq_tensor resolved;
    if (!tensor || !slots) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", tensor ? "slots" : "tensor");
    CLQ_FORWARD(clq_tensor_resolve("tensor", tensor, UINT32_MAX, false, &resolved));
    CLQ_FORWARD(clq_slots_resolve("tensor", tensor, granularity, &found));
    *slots = found.count;
    return CLQNN_OK;
}
