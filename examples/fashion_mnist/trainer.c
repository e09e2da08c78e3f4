/* SPDX-License-Identifier: Apache-2.0 */
#include "trainer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "checkpoint.h"
#include "wall_clock.h"

enum { WARM_UP_STEPS = 300, STEPS_BETWEEN_FINISHES = 25 };

bool train_state_create(const net_description *net, train_state *state)
{
    *state = (train_state){0};
    net_layout_make(net, &state->layout);
    state->parameters = calloc(state->layout.parameter_count, sizeof(float));
    state->velocity = calloc(state->layout.parameter_count, sizeof(float));
    state->state = calloc(state->layout.state_count, sizeof(float));
    if (state->parameters && state->velocity && state->state) return true;
    train_state_free(state);
    return failed("no memory for the parameters");
}

void train_state_free(train_state *state)
{
    free(state->parameters);
    free(state->velocity);
    free(state->state);
    *state = (train_state){0};
}

bool train_state_download(const train_graph *graph, train_state *state)
{
    const uint64_t bytes = state->layout.parameter_count * sizeof(float);
    return succeeded(clqnn_download(graph->context, graph->parameters, 0, state->parameters, bytes), "parameters")
           && succeeded(clqnn_download(graph->context, graph->velocity, 0, state->velocity, bytes), "velocity")
           && succeeded(clqnn_download(graph->context, graph->state, 0, state->state, state->layout.state_count * sizeof(float)), "running statistics");
}

/* The learning rates of an epoch's steps; with Adam, which begins anew with each training, its three numbers of each. */
static bool upload_rates(train_graph *graph, const train_state *state, int steps)
{
    const int words = graph_rate_words(graph);
    float *rates = malloc((size_t)steps * (size_t)words * sizeof *rates);
    if (!rates) return failed("no memory for %d learning rates", steps);
    const double total = (double)state->epochs * steps;
    const double warm_up = fmin(WARM_UP_STEPS, total / 10.0);
    bool done = true;
    for (int i = 0; i < steps && done; i++) {
        const double step = (double)state->epoch * steps + i;
        const float rate = (float)(state->rate * fmin(1.0, (step + 1.0) / warm_up) * 0.5 * (1.0 + cos(3.141592653589793 * step / total)));
        rates[i * words] = rate;
        if (words == 3) done = succeeded(clqnn_adam_step(&graph->adam, rate, (int64_t)step + 1, rates + i * words), "learning rates");
    }
    done = done && succeeded(clqnn_upload(graph->context, graph->rates, 0, rates, (uint64_t)(steps * words) * sizeof *rates), "learning rates");
    free(rates);
    return done;
}

/* One line that is written over and over, on a terminal only. */
static void show_progress(const train_plan *plan, const train_state *state, int step, int steps, double images_per_second, int batch)
{
    if (plan->quiet || !isatty(STDERR_FILENO) || images_per_second <= 0.0) return;
    const double left = ((double)(state->epochs - state->epoch) * steps - step) * batch / images_per_second;
    fprintf(stderr, "\r%s: epoch %d of %d, %3.0f %%, %.0f images/s, %.0f s left ", plan->label, state->epoch + 1, state->epochs, 100.0 * step / steps,
            images_per_second, left);
    fflush(stderr);
}

static bool run_steps(train_graph *graph, const train_plan *plan, const train_state *state, int steps)
{
    const double start = wall_seconds();
    for (int i = 0; i < steps; i++) {
        if (!device_calls_enqueue(&graph->weights, 0) || !device_calls_enqueue(&graph->step, (uint64_t)i)) return false;
        if ((i + 1) % STEPS_BETWEEN_FINISHES) continue; /* so that the queue stays short and progress is true */
        if (!succeeded(clqnn_finish(graph->context), "training")) return false;
        show_progress(plan, state, i + 1, steps, (i + 1) * graph->batch / (wall_seconds() - start), graph->batch);
    }
    return succeeded(clqnn_finish(graph->context), "training");
}

static bool run_epoch(train_graph *graph, const train_plan *plan, train_state *state, train_result *result)
{
    const int steps = graph->training.count / graph->batch;
    const double start = wall_seconds();
    int right = 0, test_right = 0;
    double test_loss = 0.0;
    if (!epoch_data_upload(graph->context, plan->images, state->seed, state->epoch, plan->mirrors, &graph->training)
        || !upload_rates(graph, state, steps) || !train_graph_clear_sums(graph) || !run_steps(graph, plan, state, steps)
        || !train_graph_read_sums(graph, steps, &result->loss, &right)) {
        return false;
    }
    const double seconds = wall_seconds() - start;
    result->images_per_second = graph->training.count / seconds;
    if (!train_graph_test(graph, &test_loss, &test_right, NULL)) return false;
    result->accuracy = 100.0 * test_right / graph->test.count;
    state->epoch++;
    if (plan->quiet) return true;
    printf("%s%s: epoch %d of %d: loss %.4f, %.2f %% of the training images, %.2f %% of the test images, %.0f images/s, %.0f s left\n",
           isatty(STDERR_FILENO) ? "\r" : "", plan->label, state->epoch, state->epochs, result->loss, 100.0 * right / graph->training.count,
           result->accuracy, result->images_per_second, (state->epochs - state->epoch) * (wall_seconds() - start));
    fflush(stdout);
    return true;
}

bool train_run(train_graph *graph, const train_plan *plan, train_state *state, train_result *result)
{
    const double start = wall_seconds();
    const int end = plan->stop_after > 0 && plan->stop_after < state->epochs ? plan->stop_after : state->epochs;
    *result = (train_result){0};
    while (state->epoch < end) {
        if (!run_epoch(graph, plan, state, result) || !train_state_download(graph, state)) return false;
        if (plan->checkpoint && !checkpoint_write(plan->checkpoint, graph->net, plan->network, plan->scheme, state)) return false;
    }
    result->seconds = wall_seconds() - start;
    return true;
}
