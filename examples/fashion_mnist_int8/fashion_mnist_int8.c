/* SPDX-License-Identifier: Apache-2.0 */
/* A quantized network on real images, from the training data to classes: fit in float, quantize, run on an OpenCL device, compare. */
#include <clqnn/clqnn.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "device_network.h"
#include "fashion_options.h"
#include "reference_network.h"
#include "ridge_fit.h"

enum { EXIT_NO_DATA = 77, CALIBRATION_IMAGES = 2000, TIMED_RUNS = 7, PASSES = 10 };

static const uint64_t seed = 1;
static const double ridge = 1e-4;
static const double allowed_loss = 0.5; /* points of accuracy */

/* What the run produces; arrays of one entry (or row) a test image. */
typedef struct experiment {
    fashion_data data;
    float_network network;
    quantized_network quantized;
    uint8_t *float_classes, *int8_classes;
    uint8_t *hidden, *expected_hidden;
    float *scores, *expected_scores;
} experiment;

static double now_seconds(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static int report(const char *what, const char *why)
{
    fprintf(stderr, "fashion_mnist_int8: %s: %s\n", what, why);
    return 1;
}

static bool allocate_results(experiment *run)
{
    const size_t images = (size_t)run->data.test.count;
    run->float_classes = malloc(images);
    run->int8_classes = malloc(images);
    run->hidden = malloc(images * HIDDEN);
    run->expected_hidden = malloc(images * HIDDEN);
    run->scores = malloc(images * CLASSES * sizeof *run->scores);
    run->expected_scores = malloc(images * CLASSES * sizeof *run->scores);
    return run->float_classes && run->int8_classes && run->hidden && run->expected_hidden && run->scores && run->expected_scores;
}

/* Everything up to the 8-bit weights, on the host. */
static int prepare(experiment *run)
{
    const labelled_images *training = &run->data.training, *test = &run->data.test;
    const double start = now_seconds();
    float_network_randomize(&run->network, training, seed);
    if (!ridge_fit(&run->network, training, ridge)) return report("ridge regression", "no memory, or the hidden units are degenerate");
    printf("fit        %d training images, %d hidden units: %.1f s\n", training->count, HIDDEN, now_seconds() - start);
    const int calibration = training->count < CALIBRATION_IMAGES ? training->count : CALIBRATION_IMAGES;
    if (!quantize_network(&run->network, training->pixels, calibration, &run->quantized)) return report("quantization", "no memory");
    if (!allocate_results(run) || !float_network_classify(&run->network, test->pixels, test->count, run->float_classes)) {
        return report("classification in float", "no memory");
    }
    return 0;
}

/* From pixels on the host to classes on the host. */
static bool classify_on_device(const device_network *device, experiment *run)
{
    if (!device_network_upload(device, run->data.test.pixels) || !device_network_run(device, 1)) return false;
    if (!device_network_download(device, NULL, run->scores)) return false;
    for (int i = 0; i < device->images; i++) run->int8_classes[i] = (uint8_t)greatest_score(run->scores + (size_t)i * CLASSES);
    return true;
}

/* Shortest of a few runs, each over the whole test set. */
static bool time_device(const device_network *device, experiment *run, double *multiply_seconds, double *whole_seconds)
{
    *multiply_seconds = *whole_seconds = INFINITY;
    for (int i = 0; i < TIMED_RUNS; i++) {
        const double start = now_seconds();
        if (!device_network_run(device, PASSES)) return false;
        const double middle = now_seconds();
        if (!classify_on_device(device, run)) return false;
        *multiply_seconds = fmin(*multiply_seconds, (middle - start) / PASSES);
        *whole_seconds = fmin(*whole_seconds, now_seconds() - middle);
    }
    return true;
}

static int run_on_device(clqnn_context *context, experiment *run)
{
    const labelled_images *test = &run->data.test;
    device_network device;
    if (!device_network_create(context, &run->quantized, test->count, &device)) return report("network on the device", clqnn_last_error());
    double multiply = 0, whole = 0;
    const bool done = classify_on_device(&device, run) && time_device(&device, run, &multiply, &whole)
                      && device_network_download(&device, run->hidden, run->scores);
    device_network_free(&device);
    if (!done) return report("network on the device", clqnn_last_error());
    printf("speed      %.0f images/s multiplying (%d passes in flight), %.0f images/s from pixels to classes\n", test->count / multiply, PASSES,
           test->count / whole);
    return 0;
}

/* Prints accuracies and agreements; 1 if INT8 is not what it must be. */
static int judge(const experiment *run)
{
    const labelled_images *test = &run->data.test;
    const size_t images = (size_t)test->count;
    int float_right = 0, int8_right = 0, same = 0;
    for (size_t i = 0; i < images; i++) {
        float_right += run->float_classes[i] == test->labels[i];
        int8_right += run->int8_classes[i] == test->labels[i];
        same += run->int8_classes[i] == run->float_classes[i];
    }
    const double percent = 100.0 / (double)images;
    const bool identical = memcmp(run->hidden, run->expected_hidden, images * HIDDEN) == 0
                           && memcmp(run->scores, run->expected_scores, images * CLASSES * sizeof *run->scores) == 0;
    const bool close = int8_right * percent >= float_right * percent - allowed_loss;
    printf("accuracy   float %.2f %%, INT8 %.2f %%: %s\n", float_right * percent, int8_right * percent, close ? "within 0.5 points" : "MORE THAN 0.5 POINTS LOST");
    printf("agreement  INT8 and float give the same class for %d of %zu images (%.2f %%)\n", same, images, same * percent);
    printf("reference  %s\n", identical ? "bit-identical: hidden units and scores of every image" : "DIFFERENT BITS");
    return identical && close ? 0 : 1;
}

static int run_experiment(const fashion_options *options, experiment *run)
{
    char error[1200];
    if (!fashion_data_present(options->folder)) {
        (void)fashion_data_read(options->folder, 1, &run->data, error, sizeof error);
        (void)report("data set", error);
        return EXIT_NO_DATA;
    }
    if (!fashion_data_read(options->folder, options->training_images, &run->data, error, sizeof error)) return report("data set", error);

    clqnn_context *context = NULL;
    const clqnn_context_desc desc = {.struct_size = sizeof desc, .device = options->device};
    clqnn_device_info info;
    if (clqnn_context_create(&desc, &context) != CLQNN_OK) return report("device", clqnn_last_error());
    if (clqnn_context_device(context, &info) == CLQNN_OK) printf("device     %s, %s\n", info.platform, info.name);

    int code = prepare(run);
    if (code == 0) code = run_on_device(context, run);
    clqnn_context_release(context);
    if (code != 0) return code;
    const clqnn_status status = reference_network_run(&run->quantized, run->data.test.pixels, run->data.test.count, run->expected_hidden, run->expected_scores);
    if (status != CLQNN_OK) return report("reference", clqnn_status_name(status));
    return judge(run);
}

int main(int argc, char **argv)
{
    fashion_options options;
    if (!fashion_options_parse(argc, argv, &options)) return 2;
    if (options.help) {
        fputs(fashion_usage, stdout);
        return 0;
    }
    (void)setenv("POCL_AFFINITY", "1", 0); /* PoCL: each worker thread on a core of its own, unless the user has decided */
    experiment *run = calloc(1, sizeof *run);
    if (!run) return report("start", "no memory");
    const int code = run_experiment(&options, run);
    fashion_data_free(&run->data);
    free(run->float_classes);
    free(run->int8_classes);
    free(run->hidden);
    free(run->expected_hidden);
    free(run->scores);
    free(run->expected_scores);
    free(run);
    return code;
}
