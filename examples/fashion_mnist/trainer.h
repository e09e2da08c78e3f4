/* SPDX-License-Identifier: Apache-2.0 */
/* Training: epochs of steps, a rate that rises for some steps and then falls along a cosine, a line of progress, a checkpoint after each epoch. */
#ifndef TRAINER_H
#define TRAINER_H

#include "epoch_data.h"

/* What a checkpoint holds: parameters, velocity and running statistics on the host, and where training stands. */
typedef struct train_state {
    net_layout layout;
    float *parameters, *velocity, *state;
    int epoch;                 /* epochs done */
    int epochs;                /* of the whole run: the rate depends on it */
    uint64_t seed;
    float rate;                /* the highest learning rate */
} train_state;

/* Zeroes; false: no memory. */
bool train_state_create(const net_description *net, train_state *state);
void train_state_free(train_state *state);

typedef struct train_plan {
    const char *label;         /* of the progress lines */
    const labelled_images *images;
    bool mirrors;
    const char *checkpoint;    /* path, written after each epoch; or NULL */
    const char *network, *scheme;  /* names for the checkpoint */
    int stop_after;            /* epochs done at which to stop although more are planned; 0: none */
    bool quiet;
} train_plan;

typedef struct train_result {
    double loss, accuracy;     /* mean loss of the last epoch; percent of the test images */
    double images_per_second;  /* of training, the last epoch */
    double seconds;
} train_result;

/* Trains from `state` on, which must be uploaded already, and leaves the new state there. */
bool train_run(train_graph *graph, const train_plan *plan, train_state *state, train_result *result);

/* Copies the graph's parameters, velocity and statistics to the host. Blocks. */
bool train_state_download(const train_graph *graph, train_state *state);

#endif
