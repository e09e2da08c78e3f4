/* SPDX-License-Identifier: Apache-2.0 */
/* A network on the device, to be trained and tested: its buffers, and three lists of calls: the weights' quantizers, one step of training on a batch, and one batch
 * of the test. Everything runs on the context's in-order queue. */
#ifndef TRAIN_GRAPH_H
#define TRAIN_GRAPH_H

#include <clqnn/fake_quant.h>
#include <clqnn/optimizer.h>

#include "device_calls.h"
#include "net_parameters.h"
#include "quantization_scheme.h"

enum { GRAPH_MAX_BUFFERS = 256 };

/* Images and labels on the device: count x 784 bytes, count s32. */
typedef struct device_images {
    struct _cl_mem *pixels, *labels;
    int count;
} device_images;

/* Of one block; what a network or a scheme doesn't have is NULL. Floats but for taps. */
typedef struct graph_block {
    struct _cl_mem *conv, *normed, *pooled, *taps, *quantized;
    struct _cl_mem *batch_mean, *batch_inv_std; /* of one batch */
    struct _cl_mem *scales, *zero_points;       /* ACTIVATIONS_AFFINE: one of each, set by the caller */
    call_region output;                         /* what the next layer reads */
    int64_t conv_count, output_count;           /* floats of a batch */
} graph_block;

/* How the weights of one layer are quantized: the call, and where its inputs lie. */
typedef struct graph_weight_quantizer {
    struct _cl_mem *quantized;                  /* NULL: not at all */
    clqnn_fake_quant_desc desc;
    call_region scales, zero_points;            /* of each slot; of TWN and TTQ zero_points is the threshold. What the scheme lacks has no memory */
    int64_t slots;
} graph_weight_quantizer;

typedef struct train_graph {
    clqnn_context *context;
    const net_description *net;
    net_layout layout;
    quantization_scheme scheme;
    int batch;
    device_images training, test;               /* not owned */
    struct _cl_mem *parameters, *gradients, *velocity, *state;
    struct _cl_mem *rates;                      /* learning rates, one a step of an epoch; of Adam its three numbers */
    struct _cl_mem *squares;                    /* of Adam: its second moments; velocity are the first */
    clqnn_adam_desc adam;                       /* struct_size 0: stochastic gradient descent */
    struct _cl_mem *loss, *counts;              /* sums over calls; clear them with train_graph_clear_sums */
    struct _cl_mem *input, *logits, *test_logits /* of all test images */;
    struct _cl_mem *gradient[2];                /* of the activations */
    struct _cl_mem *weight_gradient;
    graph_block blocks[NET_MAX_BLOCKS];
    graph_weight_quantizer weight_quantizers[NET_MAX_BLOCKS + 1];
    device_calls weights, step, testing;
    struct _cl_mem *buffers[GRAPH_MAX_BUFFERS]; /* all of the above, to release */
    int buffer_count;
} train_graph;

typedef struct train_graph_options {
    clqnn_context *context;
    const net_description *net;                 /* must outlive the graph */
    quantization_scheme scheme;
    int batch;                                  /* divides both counts of images */
    device_images training, test;
    float momentum, weight_decay;               /* of stochastic gradient descent */
    bool uses_adam;                             /* instead of that, without weight decay */
    bool only_tests;                            /* no training step */
} train_graph_options;

/* Makes plans and buffers. On failure says why and frees everything. */
bool train_graph_create(const train_graph_options *options, train_graph *graph);
void train_graph_free(train_graph *graph);

/* Uploads parameters, velocity (NULL: zeros) and state. */
bool train_graph_upload(train_graph *graph, const float *parameters, const float *velocity, const float *state);

bool train_graph_clear_sums(train_graph *graph);

/* Numbers of a step in `rates`. */
int graph_rate_words(const train_graph *graph);

/* What the calls since have summed up: mean loss a batch, images whose class was right. Labels outside 0..9 are a failure. Blocks. */
bool train_graph_read_sums(train_graph *graph, int batches, double *loss, int *right);

/* Runs the whole test set. logits: count x 10 on the host, or NULL. Blocks. */
bool train_graph_test(train_graph *graph, double *loss, int *right, float *logits);

/* ---- For the files that add calls ---- */

/* A buffer of the graph's. */
bool graph_buffer(train_graph *graph, int64_t bytes, struct _cl_mem **buffer);

/* Writes bytes of 0. Blocks. */
bool graph_fill_zero(const train_graph *graph, struct _cl_mem *buffer, uint64_t bytes);

/* A layer of the graph's weights, [output][rest]. */
clqnn_tensor graph_weight_tensor(const train_graph *graph, int i);

/* Parts of the parameters and their gradients, of the state; offsets in floats. */
call_region graph_parameter(const train_graph *graph, size_t offset);
call_region graph_gradient(const train_graph *graph, size_t offset);
call_region graph_state(const train_graph *graph, size_t offset);

/* The weights that layer i multiplies with. */
call_region graph_weights(const train_graph *graph, int i);

#endif
