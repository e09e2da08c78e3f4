/* SPDX-License-Identifier: Apache-2.0 */
#include "network_timing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { WARM_RUNS = 5, LAYER_ROUNDS = 5 };

static const double layer_round_seconds = 0.004;

double network_now_seconds(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static int compare_seconds(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static clqnn_status time_run(const network_device *device, const uint8_t *input, uint8_t *output, double *seconds)
{
    const double start = network_now_seconds();
    clqnn_status status = input ? network_device_upload(device, 0, input) : CLQNN_OK;
    if (status == CLQNN_OK) status = network_device_enqueue(device);
    if (status == CLQNN_OK) status = output ? network_device_download(device, network_output(device->net), output) : clqnn_finish(device->context);
    *seconds = network_now_seconds() - start;
    return status;
}

clqnn_status network_time_runs(const network_device *device, int64_t runs, const uint8_t *input, uint8_t *output, network_times *times)
{
    double *seconds = malloc((size_t)runs * sizeof *seconds);
    if (!seconds) return CLQNN_OUT_OF_MEMORY;
    clqnn_status status = CLQNN_OK;
    for (int i = 0; i < WARM_RUNS && status == CLQNN_OK; i++) status = time_run(device, input, output, &seconds[0]);
    for (int64_t i = 0; i < runs && status == CLQNN_OK; i++) status = time_run(device, input, output, &seconds[i]);
    if (status == CLQNN_OK) {
        qsort(seconds, (size_t)runs, sizeof *seconds, compare_seconds);
        *times = (network_times){.shortest = seconds[0], .median = seconds[runs / 2]};
    }
    free(seconds);
    return status;
}

static clqnn_status time_layer(const network_device *device, int layer, int64_t repeats, double *seconds)
{
    const double start = network_now_seconds();
    clqnn_status status = CLQNN_OK;
    for (int64_t i = 0; i < repeats && status == CLQNN_OK; i++) status = network_device_enqueue_layer(device, layer);
    if (status == CLQNN_OK) status = clqnn_finish(device->context);
    *seconds = (network_now_seconds() - start) / (double)repeats;
    return status;
}

/* Shortest mean of a few rounds. */
static clqnn_status measure_layer(const network_device *device, int layer, double *seconds)
{
    double once;
    clqnn_status status = time_layer(device, layer, 2, &once);
    if (status != CLQNN_OK) return status;
    const int64_t repeats = (int64_t)fmin(fmax(layer_round_seconds / once, 2), 500);
    *seconds = INFINITY;
    for (int round = 0; round < LAYER_ROUNDS && status == CLQNN_OK; round++) {
        double mean;
        status = time_layer(device, layer, repeats, &mean);
        *seconds = fmin(*seconds, mean);
    }
    return status;
}

static void describe_layer(const network *net, const network_layer *layer, char *text, size_t size)
{
    const network_tensor *x = &net->tensors[layer->input], *y = &net->tensors[layer->output];
    static const char *const kinds[] = {"conv", "max", "average", "product"};
    const char *kind = layer->groups > 1 ? "depthwise" : kinds[layer->kind];
    (void)snprintf(text, size, "%s %lldx%lld %lldx%lldx%lld to %lld%s%s", kind, (long long)layer->kernel, (long long)layer->kernel, (long long)x->height,
                   (long long)x->width, (long long)x->channels, (long long)y->channels, layer->stride > 1 ? ", stride 2" : "",
                   layer->residual == NETWORK_NONE ? "" : ", sum");
}

clqnn_status network_print_profile(const network_device *device)
{
    const network *net = device->net;
    double seconds[NETWORK_MAX_LAYERS], total = 0;
    for (int i = 0; i < net->layer_count; i++) {
        const clqnn_status status = measure_layer(device, i, &seconds[i]);
        if (status != CLQNN_OK) return status;
        total += seconds[i];
    }
    printf("\n%-20s %-42s %9s %6s %7s  %s\n", "layer", "what", "us", "share", "GOPS", "kernel");
    for (int i = 0; i < net->layer_count; i++) {
        char what[96];
        describe_layer(net, &net->layers[i], what, sizeof what);
        printf("%-20s %-42s %9.1f %5.1f%% %7.0f  %s\n", net->layers[i].name, what, 1e6 * seconds[i], 100 * seconds[i] / total,
               2e-9 * (double)(network_layer_products(net, i) * device->batch) / seconds[i], device->plans[i].variant);
    }
    printf("%-20s %-42s %9.1f  each layer alone, repeated\n\n", "sum", "", 1e6 * total);
    return CLQNN_OK;
}
