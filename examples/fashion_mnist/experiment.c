/* SPDX-License-Identifier: Apache-2.0 */
#include "experiment.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "checkpoint.h"

static const float momentum = 0.9f, weight_decay = 5e-4f, float_rate = 0.05f;

static train_graph_options graph_options(const experiment *run, const net_description *net, const quantization_scheme *scheme)
{
    return (train_graph_options){.context = run->context, .net = net, .scheme = *scheme, .batch = EXPERIMENT_BATCH, .training = run->training,
                                 .test = run->test, .momentum = momentum, .weight_decay = weight_decay};
}

static bool create_images(experiment *run)
{
    const int training = run->data->training.count, some = training < CALIBRATION_IMAGES ? training : CALIBRATION_IMAGES;
    return device_images_create(run->context, training, &run->training) && device_images_create(run->context, run->data->test.count, &run->test)
           && device_images_create(run->context, some, &run->calibration_images)
           && device_images_upload(run->context, &run->data->test, &run->test)
           && device_images_upload(run->context, &run->data->training, &run->calibration_images);
}

/* Fresh parameters, or those of the checkpoint where one is to be resumed and exists. */
static bool start_float(experiment *run, const char *path)
{
    train_state *state = &run->trained;
    const table_options *options = run->options;
    if (options->resume && access(path, R_OK) == 0) {
        if (!checkpoint_read(path, &run->net, run->net.name, "float", state)) return false;
        printf("%s: resumed from %s, %d of %d epochs done\n", run->net.name, path, state->epoch, state->epochs);
        return true;
    }
    state->seed = options->seed;
    state->epochs = options->epochs > 0 ? options->epochs : options->quick ? QUICK_EPOCHS : FLOAT_EPOCHS;
    state->rate = float_rate;
    net_parameters_start(&run->net, &state->layout, state->seed, state->parameters, state->state);
    return true;
}

static bool train_float(experiment *run)
{
    char path[1200] = "";
    const table_options *options = run->options;
    if (options->checkpoint_folder) (void)snprintf(path, sizeof path, "%s/fashion_mnist_%s.safetensors", options->checkpoint_folder, run->net.name);
    train_state *state = &run->trained;
    const quantization_scheme scheme = {0};
    train_graph graph;
    if (!train_state_create(&run->net, state) || !start_float(run, path)) return false;
    const train_graph_options made = graph_options(run, &run->net, &scheme);
    if (!train_graph_create(&made, &graph)) return false;
    const train_plan plan = {.label = run->net.name, .images = &run->data->training, .mirrors = true, .checkpoint = options->checkpoint_folder ? path : NULL,
                             .network = run->net.name, .scheme = "float", .stop_after = options->stop_after};
    const bool done = train_graph_upload(&graph, state->parameters, state->velocity, state->state)
                      && train_run(&graph, &plan, state, &run->training_result);
    train_graph_free(&graph);
    return done;
}

static bool calibrate(experiment *run)
{
    const quantization_scheme scheme = {0};
    train_graph_options options = graph_options(run, &run->net, &scheme);
    options.only_tests = true;
    options.test = run->calibration_images;
    train_graph graph;
    if (!train_graph_create(&options, &graph)) return false;
    const bool done = train_graph_upload(&graph, run->trained.parameters, NULL, run->trained.state) && calibration_measure(&graph, &run->calibration);
    train_graph_free(&graph);
    return done;
}

bool experiment_start(clqnn_context *context, const table_options *options, const fashion_data *data, const char *network, experiment *run)
{
    *run = (experiment){.context = context, .options = options, .data = data};
    if (!net_describe(network, 1, &run->net)) return failed("no network '%s'", network);
    printf("%s: %.2f million operations an image forward\n", network, net_operations(&run->net) * 1e-6);
    return create_images(run) && train_float(run) && calibrate(run);
}

void experiment_free(experiment *run)
{
    device_images_free(&run->training);
    device_images_free(&run->test);
    device_images_free(&run->calibration_images);
    train_state_free(&run->trained);
    calibration_free(&run->calibration);
}

static int greatest(const float *scores)
{
    int best = 0;
    for (int c = 1; c < NET_CLASSES; c++) best = scores[c] > scores[best] ? c : best;
    return best;
}

/* Runs the codes, with everything compiled and warm, and compares with the logits of the training's pass. */
static bool measure_codes(experiment *run, const table_row *row, const network_codes *codes, const float *expected, row_result *result)
{
    const labelled_images *test = &run->data->test;
    code_network network;
    float *logits = malloc((size_t)test->count * NET_CLASSES * sizeof *logits);
    if (!logits) return failed("no memory for logits");
    bool done = code_network_create(run->context, codes, EXPERIMENT_BATCH, row->storage, &network);
    if (done) {
        double seconds = 0.0;
        done = code_network_run(&network, test->pixels, EXPERIMENT_BATCH, logits, &seconds)
               && code_network_run(&network, test->pixels, test->count, logits, &seconds);
        result->seconds_per_image = seconds / test->count;
        (void)snprintf(result->kernels, sizeof result->kernels, "%s", network.kernels);
        code_network_free(&network);
    }
    int right = 0, same = 0;
    for (int i = 0; i < test->count && done; i++) {
        const int class = greatest(logits + (size_t)i * NET_CLASSES);
        right += class == test->labels[i];
        same += class == greatest(expected + (size_t)i * NET_CLASSES);
    }
    result->accuracy = 100.0 * right / test->count;
    result->agreement = 100.0 * same / test->count;
    free(logits);
    return done;
}

/* The graph is made and its parameters are `state`: training where the row wants it, the test by the training's pass, then inference. */
static bool measure_graph(experiment *run, const table_row *row, train_graph *graph, train_state *state, row_result *result)
{
    float *expected = malloc((size_t)run->test.count * NET_CLASSES * sizeof *expected);
    if (!expected) return failed("no memory for logits");
    const train_plan plan = {.label = row->name, .images = &run->data->training, .mirrors = true};
    train_result trained = {0};
    network_codes codes;
    double loss = 0.0;
    int right = 0;
    bool done = train_graph_upload(graph, state->parameters, NULL, state->state);
    if (done && row->scheme.activations == ACTIVATIONS_AFFINE) done = calibration_apply(&run->calibration, row->method, graph);
    if (done && row->kind == ROW_RETRAINED) done = train_run(graph, &plan, state, &trained);
    done = done && train_graph_test(graph, &loss, &right, expected);
    result->training_accuracy = 100.0 * right / run->test.count;
    result->training_seconds = trained.seconds;
    if (done && network_codes_read(graph, state->parameters, state->state, &codes)) {
        result->bytes = codes.bytes;
        if (row->storage != CLQNN_F32) result->bytes /= 2; /* every number of a float network is stored in 16 bits */
        done = measure_codes(run, row, &codes, expected, result);
        network_codes_free(&codes);
    } else {
        done = false;
    }
    free(expected);
    return done;
}

bool experiment_row(experiment *run, const table_row *row, row_result *result)
{
    net_description net;
    train_state state;
    train_graph graph;
    *result = (row_result){0};
    if (!net_describe(run->net.name, row->widening, &net) || !train_state_create(&net, &state)) return false;
    state.seed = run->options->seed + 1000; /* another order of images than the float network saw */
    state.epochs = run->options->quick && row->epochs > 1 ? 1 : row->epochs;
    state.rate = row->rate;
    train_graph_options options = graph_options(run, &net, &row->scheme);
    options.only_tests = row->kind != ROW_RETRAINED;
    options.uses_adam = row->uses_adam;
    bool done = row_start(run, row, &net, &state) && train_graph_create(&options, &graph);
    if (done) {
        done = measure_graph(run, row, &graph, &state, result);
        train_graph_free(&graph);
    }
    train_state_free(&state);
    result->measured = done;
    return done;
}
