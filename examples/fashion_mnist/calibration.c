/* SPDX-License-Identifier: Apache-2.0 */
#include "calibration.h"

enum { BINS = 2048 };

const char *calibration_method_name(clqnn_range_method method)
{
    static const char *const names[CALIBRATION_METHODS] = {
        [CLQNN_RANGE_MIN_MAX] = "min-max",     [CLQNN_RANGE_MOVING_AVERAGE] = "moving average",
        [CLQNN_RANGE_SAMPLE_AVERAGE] = "average of samples", [CLQNN_RANGE_STANDARD_DEVIATIONS] = "3 deviations",
        [CLQNN_RANGE_GAUSSIAN] = "Gauss",      [CLQNN_RANGE_LAPLACE] = "Laplace",
        [CLQNN_RANGE_PERCENTILE] = "99.99 %",  [CLQNN_RANGE_LEAST_SQUARES] = "least squares",
        [CLQNN_RANGE_ENTROPY] = "entropy",
    };
    return names[method];
}

static clqnn_tensor output_tensor(const train_graph *graph, int i)
{
    return (clqnn_tensor){.type = CLQNN_F32, .rank = 2, .shape = {graph->batch, graph->blocks[i].output_count / graph->batch}};
}

static bool zeroed(const train_graph *graph, uint64_t bytes, struct _cl_mem **buffer)
{
    return succeeded(clqnn_buffer_create(graph->context, bytes, buffer), "calibration") && graph_fill_zero(graph, *buffer, bytes);
}

/* One pass over the images: each batch of the test, then what is to be observed of it. */
static bool run_pass(train_graph *graph, const device_calls *observations)
{
    for (int i = 0; i < graph->test.count / graph->batch; i++) {
        if (!device_calls_enqueue(&graph->testing, (uint64_t)i) || !device_calls_enqueue(observations, 0)) return false;
    }
    return succeeded(clqnn_finish(graph->context), "calibration");
}

static bool add_observations(train_graph *graph, calibration *c, device_calls *statistics, device_calls *histograms)
{
    for (int i = 0; i < c->block_count; i++) {
        const call_region x = graph->blocks[i].output, state = call_at(c->states[i], 0);
        const clqnn_statistics_desc observe = {.struct_size = sizeof observe, .x = output_tensor(graph, i), .samples = graph->batch};
        const clqnn_histogram_desc count = {.struct_size = sizeof count, .x = output_tensor(graph, i), .bins = BINS, .is_magnitude = 1};
        clqnn_op *op = NULL;
        clqnn_status status = clqnn_statistics_create(graph->context, &observe, &op);
        if (!device_calls_add(statistics, status, op, "statistics", CALL_REGIONS(x), CALL_REGIONS(state))) return false;
        status = clqnn_histogram_create(graph->context, &count, &op);
        if (!device_calls_add(histograms, status, op, "histogram", CALL_REGIONS(x, state), CALL_REGIONS(call_at(c->counts[i], 0)))) return false;
    }
    return device_calls_finish(statistics) && device_calls_finish(histograms);
}

bool calibration_measure(train_graph *graph, calibration *result)
{
    *result = (calibration){.context = graph->context, .block_count = graph->net->block_count};
    device_calls statistics = {.context = graph->context}, histograms = {.context = graph->context};
    bool done = zeroed(graph, 2 * sizeof(float), &result->ranges) && zeroed(graph, sizeof(float), &result->scales)
                && zeroed(graph, sizeof(int32_t), &result->zero_points);
    for (int i = 0; i < result->block_count && done; i++) {
        done = zeroed(graph, sizeof(clqnn_slot_statistics), &result->states[i]) && zeroed(graph, BINS * sizeof(uint32_t), &result->counts[i]);
    }
    done = done && add_observations(graph, result, &statistics, &histograms) && device_calls_enqueue(&graph->weights, 0)
           && run_pass(graph, &statistics) && run_pass(graph, &histograms) && train_graph_clear_sums(graph);
    device_calls_free(&statistics);
    device_calls_free(&histograms);
    if (!done) calibration_free(result);
    return done;
}

void calibration_free(calibration *c)
{
    for (int i = 0; i < NET_MAX_BLOCKS; i++) {
        clqnn_buffer_release(c->states[i]);
        clqnn_buffer_release(c->counts[i]);
    }
    clqnn_buffer_release(c->ranges);
    clqnn_buffer_release(c->scales);
    clqnn_buffer_release(c->zero_points);
    *c = (calibration){0};
}

/* Range, then scale and zero point, of block i. */
static bool set_parameters(calibration *c, int i, clqnn_range_method method, int bits, call_region scale, call_region zero_point)
{
    const clqnn_codes codes = {.bits = bits};
    const bool reads_counts = method >= CLQNN_RANGE_PERCENTILE;
    const clqnn_range_desc range = {.struct_size = sizeof range, .slots = 1, .method = method, .codes = codes, .bins = BINS, .is_magnitude = 1};
    const clqnn_range_parameters_desc parameters = {.struct_size = sizeof parameters, .slots = 1, .codes = codes};
    const call_region ranges = call_at(c->ranges, 0), state = call_at(c->states[i], 0), counts = call_at(reads_counts ? c->counts[i] : NULL, 0);
    device_calls calls = {.context = c->context};
    clqnn_op *op = NULL;
    clqnn_status status = clqnn_range_create(c->context, &range, &op);
    bool done = device_calls_add(&calls, status, op, calibration_method_name(method), CALL_REGIONS(state, counts), CALL_REGIONS(ranges));
    status = done ? clqnn_range_parameters_create(c->context, &parameters, &op) : CLQNN_OK;
    done = done && device_calls_add(&calls, status, op, "scale of activations", CALL_REGIONS(ranges), CALL_REGIONS(scale, zero_point))
           && device_calls_finish(&calls) && device_calls_enqueue(&calls, 0) && succeeded(clqnn_finish(c->context), "calibration");
    device_calls_free(&calls);
    return done;
}

bool calibration_scale(calibration *c, int i, clqnn_range_method method, int bits, float *scale)
{
    return set_parameters(c, i, method, bits, call_at(c->scales, 0), call_at(c->zero_points, 0))
           && succeeded(clqnn_download(c->context, c->scales, 0, scale, sizeof *scale), "scale");
}

bool calibration_apply(calibration *c, clqnn_range_method method, train_graph *graph)
{
    for (int i = 0; i < c->block_count; i++) {
        if (!set_parameters(c, i, method, graph->scheme.activation_bits, call_at(graph->blocks[i].scales, 0), call_at(graph->blocks[i].zero_points, 0))) {
            return false;
        }
    }
    return true;
}
