/* SPDX-License-Identifier: Apache-2.0 */
#include "network_program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "network_calibration.h"
#include "network_export.h"
#include "network_options.h"
#include "network_random.h"
#include "network_timing.h"

enum { EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_NO_DEVICE = 3 };

typedef struct network_job {
    const char *program;
    network_options options;
    network net;
    network_activations calibration; /* one image */
    network_activations expected;    /* the batch */
} network_job;

static int report(const network_job *job, const char *what, const char *why)
{
    fprintf(stderr, "%s: %s: %s\n", job->program, what, why);
    return EXIT_FAILED;
}

/* Parameters and images; the first image is the one of the calibration. */
static int prepare(network_job *job)
{
    network *net = &job->net;
    const int64_t batch = job->options.batch;
    const double start = network_now_seconds();
    if (!network_allocate(net) || !network_activations_create(net, 1, &job->calibration) || !network_activations_create(net, batch, &job->expected)) {
        return report(job, "network", "no memory");
    }
    const clqnn_status status = network_calibrate(net, (uint64_t)job->options.seed, &job->calibration);
    if (status != CLQNN_OK) return report(job, "calibration", clqnn_status_name(status));
    const network_tensor *input = &net->tensors[0];
    const size_t bytes = (size_t)network_elements(net, 0);
    memcpy(job->expected.tensors[0], job->calibration.tensors[0], bytes);
    for (int64_t image = 1; image < batch; image++) {
        network_random random = network_random_stream((uint64_t)job->options.seed, (uint64_t)(NETWORK_MAX_LAYERS + image));
        network_random_image(&random, input->height, input->width, input->channels, job->expected.tensors[0] + (size_t)image * bytes);
    }
    printf("quantized  %d layers on one image, %.1f s\n", net->layer_count, network_now_seconds() - start);
    return 0;
}

static double giga_operations(const network *net, int64_t batch)
{
    int64_t products = 0;
    for (int i = 0; i < net->layer_count; i++) products += network_layer_products(net, i);
    return 2e-9 * (double)(products * batch);
}

static void print_memory(const network_device *device)
{
    int64_t weights = 0;
    for (int i = 0; i < device->net->layer_count; i++) weights += network_layer_weights(device->net, i);
    const double mib = 1.0 / (1 << 20);
    printf("memory     %.2f MiB peak on the device: %.2f of packed weights (%.2f as given), %.2f of activations and workspace (%.2f if none shared its place)\n",
           mib * (double)(device->weight_bytes + device->memory.bytes), mib * (double)device->weight_bytes, mib * (double)weights,
           mib * (double)device->memory.bytes, mib * (double)device->memory.unshared_bytes);
}

/* How varied the layers' outputs are: bytes that all agree say little where all are the same. */
static void print_spread(const network *net, const network_activations *values)
{
    int narrowest = 0;
    network_spread least = {.distinct = 257}, most_common = {0};
    for (int i = 0; i < net->layer_count; i++) {
        const network_spread spread = network_tensor_spread(net, values, net->layers[i].output);
        if (spread.distinct < least.distinct) {
            least = spread;
            narrowest = i;
        }
        if (spread.common > most_common.common) most_common = spread;
    }
    printf("spread     %d different values in the narrowest layer (%s); at most %.0f %% of a layer is one value\n", least.distinct, net->layers[narrowest].name,
           100 * most_common.common);
}

static int compare(network_job *job, const network_device *device)
{
    const double start = network_now_seconds();
    clqnn_status status = network_expected_run(&job->net, &job->expected);
    if (status != CLQNN_OK) return report(job, "reference", clqnn_status_name(status));
    const double seconds = network_now_seconds() - start;
    network_difference difference;
    status = network_device_compare(device, &job->expected, &difference);
    if (status != CLQNN_OK) return report(job, "run", clqnn_last_error());
    print_spread(&job->net, &job->expected);
    if (difference.layer == NETWORK_NONE) {
        printf("reference  bit-identical: the output of one queue with one finish, and the output of every layer (%.1f s)\n", seconds);
        return 0;
    }
    printf("reference  DIFFERENT BITS: layer %s (%s), element %lld: expected %d, got %d\n", job->net.layers[difference.layer].name,
           device->plans[difference.layer].variant, (long long)difference.index, difference.expected, difference.got);
    return EXIT_FAILED;
}

static int time_network(const network_job *job, const network_device *device)
{
    network_times times, with_copies;
    const int64_t batch = job->options.batch, runs = job->options.runs;
    const uint8_t *images = job->expected.tensors[0];
    uint8_t *scores = malloc((size_t)(batch * network_elements(&job->net, network_output(&job->net))));
    if (!scores) return report(job, "timing", "no memory");
    clqnn_status status = network_time_runs(device, runs, images, scores, &with_copies);
    if (status == CLQNN_OK) status = network_time_runs(device, runs, NULL, NULL, &times); /* on the images that are there now */
    free(scores);
    if (status != CLQNN_OK) return report(job, "timing", clqnn_last_error());
    const double gops = giga_operations(&job->net, batch), milliseconds = 1e3 / (double)batch;
    printf("speed      %.3f ms an image at best, %.3f ms median of %lld runs; %.0f GOPS, %.0f median\n", milliseconds * times.shortest,
           milliseconds * times.median, (long long)runs, gops / times.shortest, gops / times.median);
    printf("           %.3f ms and %.3f ms with the image uploaded and the scores downloaded\n", milliseconds * with_copies.shortest,
           milliseconds * with_copies.median);
    if (!job->options.profile) return 0;
    status = network_print_profile(device);
    return status == CLQNN_OK ? 0 : report(job, "profile", clqnn_last_error());
}

static int use_device(network_job *job, const network_device *device)
{
    print_memory(device);
    char error[1200];
    int code = 0;
    if (job->options.skip_reference) {
        puts("reference  not compared");
    } else {
        code = compare(job, device);
    }
    if (code == 0 && job->options.export_path) {
        if (!network_export(job->options.export_path, job->program, &job->net, &job->expected, error, sizeof error)) return report(job, "export", error);
        printf("export     %s\n", job->options.export_path);
    }
    return code == 0 ? time_network(job, device) : code;
}

static int run_job(network_job *job)
{
    clqnn_context *context = NULL;
    clqnn_device_info info;
    const clqnn_context_desc desc = {.struct_size = sizeof desc, .device = job->options.device};
    const clqnn_status found = clqnn_context_create(&desc, &context);
    if (found != CLQNN_OK) {
        (void)report(job, "device", clqnn_last_error());
        return found == CLQNN_NO_DEVICE ? EXIT_NO_DEVICE : EXIT_FAILED;
    }
    if (clqnn_context_device(context, &info) == CLQNN_OK) printf("device     %s, %s\n", info.platform, info.name);
    int code = prepare(job);
    if (code == 0) {
        const double start = network_now_seconds();
        network_device device;
        if (network_device_create(context, &job->net, job->options.batch, job->options.variant, &device) == CLQNN_OK) {
            printf("plans      %d made in %.2f s\n", job->net.layer_count, network_now_seconds() - start);
            code = use_device(job, &device);
            network_device_free(&device);
        } else {
            code = report(job, "plans", clqnn_last_error());
        }
    }
    clqnn_context_release(context);
    return code;
}

int network_program(int argc, char **argv, const char *program, const char *summary, network_builder build)
{
    network_job *job = calloc(1, sizeof *job);
    if (!job) return EXIT_FAILED;
    job->program = program;
    int code = EXIT_USAGE;
    if (network_options_parse(program, argc, argv, &job->options)) {
        (void)setenv("POCL_AFFINITY", "1", 0); /* PoCL: each worker thread on a core of its own, unless the user has decided */
        build(&job->net, &job->options.size);
        if (job->options.help) network_print_usage(program, summary);
        code = job->options.help ? 0 : run_job(job);
    }
    network_free(&job->net);
    network_activations_free(&job->calibration);
    network_activations_free(&job->expected);
    free(job);
    return code;
}
