/* SPDX-License-Identifier: Apache-2.0 */
/* What the activations of a float network are like, measured on the device on some of the training images, and scales from that by every method. */
#ifndef CALIBRATION_H
#define CALIBRATION_H

#include "train_graph.h"

typedef struct calibration {
    clqnn_context *context;
    int block_count;
    struct _cl_mem *states[NET_MAX_BLOCKS], *counts[NET_MAX_BLOCKS]; /* of each block's output: one slot */
    struct _cl_mem *ranges, *scales, *zero_points;                   /* of one block, on the way */
} calibration;

enum { CALIBRATION_METHODS = 9 };

/* "min-max", "entropy", ... */
const char *calibration_method_name(clqnn_range_method method);

/* Runs the graph's test images, which are those to calibrate with, twice: statistics, then histograms. The graph's activations must be floats. */
bool calibration_measure(train_graph *graph, calibration *result);
void calibration_free(calibration *c);

/* Scale of block i's activations for codes of 0 .. 2^bits - 1. Blocks. */
bool calibration_scale(calibration *c, int i, clqnn_range_method method, int bits, float *scale);

/* Sets scales and zero points of a graph of ACTIVATIONS_AFFINE. */
bool calibration_apply(calibration *c, clqnn_range_method method, train_graph *graph);

#endif
