/* SPDX-License-Identifier: Apache-2.0 */
#include "quantize_range.h"

#define MAX_COUNT_BYTES (INT64_C(256) << 20)
#define MAX_BINS 2048
#define MIN_BINS 64          /* four for each level of 4 bits */
#define MIN_ENTROPY_BINS 256 /* as many as the levels that an entropy tells apart */

static bool needs_histogram(const clq_range_request *request)
{
    const clqnn_range_method method = request->method.method;
    return method == CLQNN_RANGE_PERCENTILE || method == CLQNN_RANGE_LEAST_SQUARES || method == CLQNN_RANGE_ENTROPY;
}

/* Fewer bins where slots have so few elements that most would be empty, or are so many that the memory would be too much: a search takes time for each. */
static int32_t bins_of(const clq_range_request *request)
{
    const int32_t least = request->method.method == CLQNN_RANGE_ENTROPY ? MIN_ENTROPY_BINS : MIN_BINS;
    int32_t bins = MAX_BINS;
    int64_t elements = 1;
    for (int32_t i = 0; i < request->tensor.rank; i++) elements *= request->tensor.shape[i];
    while (bins > least && (bins / 2 > elements / request->slots || request->slots > MAX_COUNT_BYTES / bins / 4)) bins /= 2;
    return bins;
}

static bool is_magnitude(const clq_range_request *request)
{
    return request->is_symmetric || request->method.method == CLQNN_RANGE_ENTROPY;
}

static void observe(clq_device_steps *steps, const clq_range_request *request, clqnn_region x, clqnn_region state)
{
    const clqnn_range_method method = request->method.method;
    const bool has_moments = method == CLQNN_RANGE_STANDARD_DEVIATIONS || method == CLQNN_RANGE_GAUSSIAN || method == CLQNN_RANGE_LAPLACE;
    const bool is_moving = method == CLQNN_RANGE_MOVING_AVERAGE;
    clqnn_statistics_desc desc = {.struct_size = sizeof desc, .x = request->tensor, .granularity = request->granularity, .extremes_only = !has_moments};
    desc.samples = is_moving ? 0 : request->samples;
    if (is_moving) desc.x.shape[0] /= request->samples;
    uint64_t call_bytes = clqnn_type_size(desc.x.type);
    for (int32_t i = 0; i < desc.x.rank; i++) call_bytes *= (uint64_t)desc.x.shape[i];
    for (int64_t i = 0; i < (is_moving ? request->samples : 1) && steps->status == CLQNN_OK; i++) {
        clqnn_op *op = NULL;
        const clqnn_status created = clqnn_statistics_create(steps->context, &desc, &op);
        clq_steps_run(steps, created, op, &x, 1, &state, 1);
        x.offset += call_bytes;
    }
}

static clqnn_region count(clq_device_steps *steps, const clq_range_request *request, clqnn_region x, clqnn_region state)
{
    const clqnn_region counts = clq_steps_buffer(steps, NULL, (uint64_t)request->slots * (uint64_t)bins_of(request) * 4);
    if (steps->status != CLQNN_OK) return counts;
    const clqnn_histogram_desc desc = {.struct_size = sizeof desc, .x = request->tensor, .granularity = request->granularity, .bins = bins_of(request),
                                       .is_magnitude = is_magnitude(request)};
    clqnn_op *op = NULL;
    const clqnn_status created = clqnn_histogram_create(steps->context, &desc, &op);
    clq_steps_run(steps, created, op, (clqnn_region[]){x, state}, 2, &counts, 1);
    return counts;
}

static void find_ranges(clq_device_steps *steps, const clq_range_request *request, const clqnn_region *inputs, clqnn_region ranges)
{
    if (steps->status != CLQNN_OK) return;
    const clqnn_range_method method = request->method.method;
    const bool reads_counts = needs_histogram(request);
    const clqnn_range_desc desc = {.struct_size = sizeof desc, .slots = request->slots, .method = method, .codes = request->codes, .is_symmetric = request->is_symmetric,
                                   .deviations = method == CLQNN_RANGE_STANDARD_DEVIATIONS ? request->method.parameter : 0.0f,
                                   .kept = method == CLQNN_RANGE_PERCENTILE ? request->method.parameter : 0.0f,
                                   .bins = reads_counts ? bins_of(request) : 0, .is_magnitude = reads_counts && is_magnitude(request)};
    clqnn_op *op = NULL;
    const clqnn_status created = clqnn_range_create(steps->context, &desc, &op);
    clq_steps_run(steps, created, op, inputs, reads_counts ? 2 : 1, &ranges, 1);
}

clq_range_result clq_range_steps(clq_device_steps *steps, const clq_range_request *request, clqnn_region x)
{
    const uint64_t slots = (uint64_t)request->slots;
    const clqnn_region state = clq_steps_buffer(steps, NULL, slots * sizeof(clqnn_slot_statistics));
    const clq_range_result result = {.ranges = clq_steps_buffer(steps, NULL, slots * 8), .scales = clq_steps_buffer(steps, NULL, slots * 4),
                                     .zero_points = clq_steps_buffer(steps, NULL, slots * 4)};
    clqnn_region inputs[2] = {state, {NULL, 0}};
    observe(steps, request, x, state);
    if (needs_histogram(request)) inputs[1] = count(steps, request, x, state);
    find_ranges(steps, request, inputs, result.ranges);
    if (steps->status != CLQNN_OK) return result;
    const clqnn_range_parameters_desc desc = {.struct_size = sizeof desc, .slots = request->slots, .codes = request->codes, .is_symmetric = request->is_symmetric};
    clqnn_op *op = NULL;
    const clqnn_status created = clqnn_range_parameters_create(steps->context, &desc, &op);
    clq_steps_run(steps, created, op, &result.ranges, 1, (clqnn_region[]){result.scales, result.zero_points}, 2);
    return result;
}
