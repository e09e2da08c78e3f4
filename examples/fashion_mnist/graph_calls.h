/* SPDX-License-Identifier: Apache-2.0 */
/* The calls of a graph, by what they do. */
#ifndef GRAPH_CALLS_H
#define GRAPH_CALLS_H

#include <clqnn/optimizer.h>
#include <clqnn/train.h>
#include <clqnn/train_layers.h>

#include "train_graph.h"

/* From a batch of pixels to logits; training: with batch statistics, and all that backward needs. */
bool graph_forward(train_graph *graph, device_calls *calls, bool training);

/* Loss, gradients and update of a batch, behind graph_forward's calls. */
bool graph_backward(train_graph *graph, float momentum, float weight_decay);

/* The loss of a batch of the test, behind graph_forward's calls. */
bool graph_test_loss(train_graph *graph);

/* ---- Quantizers: nothing to do for floats ---- */

/* Quantized weights of layer i into its buffer, in graph->weights. */
bool graph_quantize_weights(train_graph *graph, int i);

/* The gradient of layer i's weights, from that of the quantized ones in graph->weight_gradient. */
bool graph_weights_backward(train_graph *graph, int i);

/* Block i's activations, from `x` into its quantized buffer. */
bool graph_quantize_activations(train_graph *graph, device_calls *calls, int i, call_region x);

/* The gradient of what block i's quantizer read, from that of its output; of equal size, in two buffers. */
bool graph_activations_backward(train_graph *graph, int i, call_region dy, call_region dx);

#endif
