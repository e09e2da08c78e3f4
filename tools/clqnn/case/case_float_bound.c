/* SPDX-License-Identifier: Apache-2.0 */
/* Results of floats against the bound of each element, which the reference derives from the operands. */
#include "case_reference.h"

#include <stdio.h>
#include <stdlib.h>

#include "case_internal.h"
#include "clqnn/reference_float.h"

bool clq_case_uses_bound(const clq_case *file)
{
    return clq_case_metadata(file, "tolerance") == NULL && clq_case_is_float_conv(file);
}

static int64_t count_of(const clq_case *file)
{
    const clq_case_tensor *const y = clq_case_find(file, "y");
    int64_t count = 0;
    return clq_case_count(y->shape, y->rank, &count) ? count : 0;
}

/* The place in y's own layout of result `index` of [batch][pixel][channel]. */
static int64_t place_of(const clqnn_conv_desc *desc, int64_t count, int64_t index)
{
    const int64_t channels = desc->out_channels, batch = desc->batch ? desc->batch : 1, pixels = count / (batch * channels);
    if (desc->y.layout != CLQNN_CHANNELS_FIRST) return index;
    return index / (pixels * channels) * pixels * channels + index % channels * pixels + index / channels % pixels;
}

static clq_case_verdict compare(const clq_case_conv *conv, int64_t count, const clqnn_reference_bounded *sums, const void *got, char *message, size_t capacity)
{
    const clqnn_reference_float_output output = clqnn_reference_conv_output(&conv->desc);
    const size_t size = clq_case_dtype_size(clq_case_dtype_of(conv->desc.y.type));
    for (int64_t i = 0; i < count; i++) {
        const size_t at = (size_t)place_of(&conv->desc, count, i) * size;
        const clqnn_reference_range range = clqnn_reference_float_range(&output, sums[i]);
        const bool right = clqnn_reference_in_range(output.type, (const char *)got + at, &range);
        const bool sound = clqnn_reference_in_range(output.type, (const char *)conv->expected + at, &range);
        if (right && sound) continue;
        if (capacity > 0) {
            snprintf(message, capacity, "first difference at element %lld: %s outside %.9g..%.9g, the bound of docs/numerics.md", (long long)(at / size),
                     right ? "the expected value lies" : "the result lies", range.low, range.high);
        }
        return CLQ_CASE_DIFFERS;
    }
    return CLQ_CASE_SAME;
}

clq_case_verdict clq_case_compare_bound(const clq_case *file, const clq_case_conv *conv, const void *got, char *message, size_t capacity)
{
    const int64_t count = count_of(file);
    clqnn_reference_bounded *sums = malloc(((size_t)count + 1) * sizeof *sums);
    const clqnn_status status = sums ? clqnn_reference_conv_float(&conv->desc, conv->x, conv->residual, sums) : CLQNN_OUT_OF_MEMORY;
    clq_case_verdict verdict = CLQ_CASE_BAD;
    if (status == CLQNN_OK) verdict = compare(conv, count, sums, got, message, capacity);
    else if (capacity > 0) snprintf(message, capacity, status == CLQNN_OUT_OF_MEMORY ? "no memory for the sums" : "the reference refuses the descriptor");
    free(sums);
    return verdict;
}

clqnn_status clq_case_convolve_floats(const clq_case *file, const clq_case_conv *conv, void *y)
{
    const int64_t count = count_of(file);
    clqnn_reference_bounded *sums = malloc(((size_t)count + 1) * sizeof *sums);
    if (sums == NULL) return CLQNN_OUT_OF_MEMORY;
    const clqnn_status status = clqnn_reference_conv_float(&conv->desc, conv->x, conv->residual, sums);
    const clqnn_reference_float_output output = clqnn_reference_conv_output(&conv->desc);
    for (int64_t i = 0; i < count && status == CLQNN_OK; i++) clqnn_reference_float_store(&output, sums[i].value, y, place_of(&conv->desc, count, i));
    free(sums);
    return status;
}
